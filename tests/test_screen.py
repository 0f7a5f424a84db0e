"""The real command on an emulated screen: what a person sees, at 80x24 and at 40x12."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from screen import (
    CTRL_C,
    CTRL_D,
    CTRL_R,
    CTRL_X,
    DOWN,
    ENTER,
    ESCAPE,
    F1,
    HOME,
    LEFT,
    SHIFT_TAB,
    Screen,
)

from pathfinder.ask.menu_layout import KEYS
from pathfinder.ask.menu_messages import help_page
from pathfinder.ask.phrases import Setting, in_words, options_of
from pathfinder.ask.plain import LABEL
from pathfinder.engine.flow import applicable
from pathfinder.engine.question import Answer, Question
from pathfinder.engine.ruleset import RuleSet, region_of

QUIZ = ["-m", "pathfinder", "quiz"]
MORE = "Press Enter to go on."
FEET = (
    MORE,
    "Press Enter to show it.",
    "Press any key to go back.",
    "Any other key goes back.",
    "Ctrl-X leaves at once.",
    "Ctrl-X leaves.",
    "Ctrl-X.",
    "keys.",
    "Esc back.",
    "then Enter.",
)
"""How the last line of each menu and each page ends."""

USUAL, SMALL = (80, 24), (40, 12)

LONGEST: dict[str, Answer] = {
    "age_group": "adult",
    "danger": ("none",),
    "self_harm": "none",
    "substances": ("alcohol", "opioids", "sedatives"),
    "severity": "unsure",
}
"""Answers that every question follows from; the others are answered with their first option."""


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(params=[USUAL, SMALL], ids=["80x24", "40x12"])
def quiz(request: pytest.FixtureRequest) -> Iterator[Screen]:
    columns, rows = request.param
    with Screen([*QUIZ, "--format", "json"], columns=columns, rows=rows) as screen:
        start(screen)
        yield screen


def start(screen: Screen, first: str = "Question 1 of ") -> str:
    """Read the opening to its end, and come to the first question. Gives all that was seen."""

    def there(screen: Screen) -> bool:
        return first in screen.text or screen.waits_for_enter

    seen = ""
    while True:
        screen.wait(there)
        seen = f"{seen} {screen.text}"
        if first in screen.text:
            return seen
        before = screen.lines
        screen.press(ENTER)
        screen.wait(lambda s, before=before: s.lines != before and there(s))


def ready(screen: Screen) -> bool:
    """A menu or a page stands there whole: its last line does."""
    return screen.text.endswith(FEET)


def turn_page(screen: Screen) -> None:
    """Enter, and wait for what it brings: a second one too early would answer the next menu."""
    before = screen.text
    screen.press(ENTER)
    screen.wait(lambda s: s.text != before and ready(s))
    screen.settle()


def at(place: int) -> Callable[[Screen], bool]:
    """A condition: the cursor stands on this answer."""
    return lambda screen: screen.lines[screen.cursor[0]].startswith(f"> {KEYS[place]}. ")


def see_all(screen: Screen, question: Question, number: int) -> None:
    """Walk down the answers. The question, its place and each answer must be seen whole."""
    screen.press(HOME)  # where the quiz ends for the first answer, the cursor stands on another
    for place, option in enumerate(options_of(question)):
        for text in (f"Question {number} of ", question.ask, option.label):
            screen.wait(words(text))
        screen.wait(at(place))
        assert words(option.label) in screen.text, "whole while the cursor is on it"
        assert words(question.ask) in screen.text
        assert not screen.cursor_is_hidden
        screen.press(DOWN)
    screen.wait(at(0))


def give(screen: Screen, question: Question, answer: Answer) -> None:
    ids = [option.id for option in options_of(question)]
    for each in (answer,) if isinstance(answer, str) else answer:
        place = ids.index(each)
        screen.press(KEYS[place])
        screen.wait(at(place))
    screen.press(ENTER)


def first_of(question: Question) -> Answer:
    return (question.answers[0],) if question.kind == "many" else question.answers[0]


@pytest.mark.slow
def test_every_word_of_every_question_and_answer_is_seen_on_the_longest_path(
    quiz: Screen, rules: RuleSet
) -> None:
    given: dict[str, Answer] = {}
    for number, question in enumerate(rules.questions, 1):
        see_all(quiz, question, number)
        given[question.id] = LONGEST.get(question.id, first_of(question))
        give(quiz, question, given[question.id])
    assert [each.id for each in applicable(rules, given)] == [each.id for each in rules.questions]
    quiz.wait("All correct: show my result")
    quiz.wait(lambda s: s.lines[s.cursor[0]].startswith("> 0. All correct"))
    quiz.press(ENTER)
    assert quiz.end() == 0
    assert '"ranked"' in quiz.everything


@pytest.mark.slow
def test_going_back_one_question_shows_the_old_answer_under_the_cursor(
    quiz: Screen, rules: RuleSet
) -> None:
    age = rules.questions[0]
    give(quiz, age, "adult")
    for key in (SHIFT_TAB, ESCAPE):
        quiz.wait("Question 2 of ")
        quiz.press(key)
        quiz.wait("Question 1 of ")
        quiz.wait(at(1))
        quiz.press(ENTER)
    quiz.wait("Question 2 of ")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["?", F1])
def test_why_we_ask_is_told_whole_and_leads_back(quiz: Screen, rules: RuleSet, key: str) -> None:
    quiz.press(key)
    quiz.wait(words(rules.questions[0].why))
    quiz.press("x")
    quiz.wait("Question 1 of ")


@pytest.mark.slow
def test_an_alert_is_told_whole_at_once_with_its_numbers(quiz: Screen, rules: RuleSet) -> None:
    give(quiz, rules.questions[0], "adult")
    quiz.wait("Question 2 of ")
    give(quiz, rules.questions[1], ("overdose",))
    alert = next(each for each in rules.alerts if each.id == "call-emergency")
    quiz.wait(lambda s: alert.title in s.text and ready(s))
    assert "911" in quiz.text, "the number is there at first sight"
    seen = quiz.text
    while "Stop here" not in quiz.text:
        page = quiz.text
        turn_page(quiz)
        seen += " " + quiz.text
        if "Stop here" in quiz.text:
            below = page.rpartition(" ".join(alert.text.split()[-3:]))[2]
            assert "911" in below, "the text says that the number is below"
    missing = [word for word in alert.text.split() if word not in seen]
    assert missing == []
    quiz.wait("911")
    assert quiz.text.index("Stop here") < quiz.text.index("Go on")
    quiz.press(DOWN)
    quiz.wait(at(1))
    quiz.press(ENTER)
    quiz.wait("Question 3 of ")


@pytest.mark.slow
def test_stop_here_gives_the_held_result_and_exit_0(rules: RuleSet) -> None:
    with Screen([*QUIZ, "--format", "json"], rows=60) as screen:
        start(screen)
        give(screen, rules.questions[0], "adult")
        screen.wait("Question 2 of ")
        give(screen, rules.questions[1], ("overdose",))
        screen.wait("Stop here")
        screen.press(ENTER)
        screen.wait("Press Enter to show it.")
        assert "The questions stop here. What to do now, and whom to call" in screen.text
        assert "result" not in screen.text, "three answers come to none"
        assert screen.on_second_screen
        screen.press(ENTER)
        assert screen.end() == 0
        assert '"hold": true' in screen.everything


@pytest.mark.slow
def test_a_key_pressed_twice_in_a_hurry_does_not_wave_an_alert_away(rules: RuleSet) -> None:
    with Screen(QUIZ) as screen:
        start(screen)
        give(screen, rules.questions[0], "adult")
        screen.wait("Question 2 of ")
        screen.press("1" + ENTER + ENTER + ENTER)
        screen.wait("Stop here")
        screen.settle()
        assert "> 1. Stop here" in screen.text


@pytest.mark.slow
def test_in_the_smallest_window_both_ways_on_from_two_alerts_are_seen(rules: RuleSet) -> None:
    with Screen([*QUIZ, "--region", "uk"], columns=30, rows=12) as screen:
        start(screen)
        give(screen, rules.questions[0], "adult")
        screen.wait("Question 2 of ")
        give(screen, rules.questions[1], ("overdose", "violence"))
        screen.wait(lambda s: "More below" in s.text and ready(s))
        while "Stop here" not in screen.text:
            turn_page(screen)
        assert "Go on" in screen.text
        assert "Arrows, Enter. Esc back." in screen.text


@pytest.mark.slow
def test_a_remark_about_a_key_is_gone_at_the_next_key(rules: RuleSet) -> None:
    with Screen(QUIZ) as screen:
        start(screen)
        screen.press(SHIFT_TAB)
        screen.wait("This is the first question.")
        screen.press(DOWN)
        screen.wait("Enter answers.")
        assert "This is the first question." not in screen.text


@pytest.mark.slow
@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_ctrl_c_stops_with_a_clear_line_and_the_help_lines(quiz: Screen, key: str) -> None:
    quiz.press(key)
    assert quiz.end() == 130
    assert "Stopped. Nothing was saved. To start again: pathfinder quiz" in quiz.text
    assert "911" in quiz.text
    assert "Traceback" not in quiz.everything


@pytest.mark.slow
@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "40x12"])
def test_the_opening_is_seen_whole(size: tuple[int, int], rules: RuleSet) -> None:
    with Screen([*QUIZ, "--for", "client"], columns=size[0], rows=size[1]) as screen:
        seen = start(screen)
        texts = rules.texts
        for passage in (texts.privacy, texts.sensitive, texts.not_a_diagnosis):
            assert [word for word in passage.text.split() if word not in seen] == []
        assert "pathfinder help-lines" in seen


@pytest.mark.slow
def test_an_enter_too_many_in_the_opening_is_no_answer(rules: RuleSet) -> None:
    with Screen(QUIZ, columns=SMALL[0], rows=SMALL[1]) as screen:
        screen.wait(lambda s: s.text.endswith(MORE))
        screen.press(4 * ENTER)
        screen.wait("Question 1 of ")
        screen.settle()
        assert rules.questions[0].ask in screen.text


@pytest.mark.slow
def test_a_counselor_sees_one_line_to_listen_for(rules: RuleSet) -> None:
    with Screen([*QUIZ, "--for", "client"]) as screen:
        start(screen)
        screen.wait(words(f"Listen for: {rules.questions[0].cue}"))


@pytest.mark.slow
def test_after_a_resize_every_answer_can_be_seen(rules: RuleSet) -> None:
    with Screen(QUIZ) as screen:
        start(screen)
        screen.resize(*SMALL)
        see_all(screen, rules.questions[0], 1)


@pytest.mark.slow
def test_a_window_that_becomes_too_small_is_asked_in_lines(rules: RuleSet) -> None:
    with Screen(QUIZ) as screen:
        start(screen)
        give(screen, rules.questions[0], "adult")
        screen.wait("Question 2 of ")
        screen.resize(30, 6)
        screen.wait("The window is small")
        seen = ""
        while "Your answer:" not in screen.text:
            screen.wait(lambda s: s.lines[s.cursor[0]] in ("More below: press Enter.", LABEL))
            seen = f"{seen} {screen.text}"
            before = screen.lines
            screen.press(*([] if LABEL in screen.text else [ENTER]))
            screen.wait(lambda s, before=before: LABEL in s.text or s.lines != before)
        missing = [
            word
            for option in options_of(rules.questions[1])
            for word in option.label.split()
            if word not in f"{seen} {screen.text}"
        ]
        assert missing == []
        screen.line("none")
        screen.wait(lambda s: "You answered: None of these." in s.everything)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environ", "size", "reason"),
    [
        ({"TERM": "dumb"}, USUAL, "can't redraw"),
        ({"ACCESSIBLE": "1"}, USUAL, "ACCESSIBLE is set"),
        ({"PYTHONIOENCODING": "ascii"}, USUAL, "can't show UTF-8"),
        ({}, (29, 30), "29 columns"),
        ({}, (80, 11), "11 rows"),
    ],
)
def test_where_menus_do_not_work_plain_mode_says_that_it_is_on_and_why(
    environ: dict[str, str], size: tuple[int, int], reason: str
) -> None:
    with Screen(QUIZ, columns=size[0], rows=size[1], environ=environ) as screen:
        screen.wait("Your answer:")
        assert screen.everything.startswith("Plain mode is on:")
        assert reason in screen.everything
        assert b"\x1b" not in screen.bytes


@pytest.mark.slow
def test_without_colour_the_cursor_and_the_marks_are_still_there(rules: RuleSet) -> None:
    with Screen(QUIZ, environ={"NO_COLOR": "1"}) as screen:
        start(screen)
        give(screen, rules.questions[0], "adult")
        screen.wait("Question 2 of ")
        screen.press(" ")
        screen.wait("> 1. [x] ")
        assert b"\x1b[3" not in screen.bytes


# --- the review ---------------------------------------------------------------


@pytest.fixture
def nearly_done(tmp_path: Path, rules: RuleSet) -> tuple[list[str], dict[str, Answer]]:
    """The command with every answer but the last of the longest path, and all of them."""
    given: dict[str, Answer] = {}
    for question in rules.questions:
        given[question.id] = LONGEST.get(question.id, first_of(question))
    last = rules.questions[-1].id
    file = tmp_path / "answers.json"
    file.write_text(
        json.dumps(
            {
                key: each if isinstance(each, str) else list(each)
                for key, each in given.items()
                if key != last
            }
        ),
        encoding="utf-8",
    )
    return [*QUIZ, "--answers", str(file)], given


def to_the_review(screen: Screen, rules: RuleSet, given: dict[str, Answer]) -> None:
    start(screen, f"Question {len(rules.questions)} of ")
    give(screen, rules.questions[-1], given[rules.questions[-1].id])
    screen.wait("All correct: show my result")
    screen.wait(ready)


def on_row(key: str) -> Callable[[Screen], bool]:
    """A condition: the cursor stands on this row of the review."""
    return lambda screen: screen.lines[screen.cursor[0]].startswith(f"> {key}. ")


def cursor_is_shown(screen: Screen) -> bool:
    return not screen.cursor_is_hidden


def see_the_review(screen: Screen, rules: RuleSet, given: dict[str, Answer]) -> None:
    """Walk down the review. Each row is seen whole on the way; a tall one in several steps."""
    screen.press(HOME)
    screen.wait(on_row("0"))
    screen.press(DOWN)
    screen.wait(on_row(KEYS[0]))
    rows = KEYS[1 : len(rules.questions)] + "0"
    for question, after in zip(rules.questions, rows, strict=True):
        screen.wait(cursor_is_shown)  # it is hidden while a frame is drawn, and no longer
        seen: list[str] = []
        while not on_row(after)(screen):
            screen.wait(ready)
            seen += screen.text.split()
            before = screen.text
            screen.press(DOWN)
            screen.wait(lambda s, before=before: s.text != before and ready(s))
        told = f"{question.ask} {in_words(question, given[question.id])}".split()
        assert [word for word in told if word not in seen] == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "40x12"])
def test_the_review_shows_each_answer_whole_under_the_cursor_and_changes_one(
    size: tuple[int, int], rules: RuleSet, nearly_done: tuple[list[str], dict[str, Answer]]
) -> None:
    command, given = nearly_done
    with Screen(command, columns=size[0], rows=size[1]) as screen:
        to_the_review(screen, rules, given)
        see_the_review(screen, rules, given)
        screen.press("2")
        screen.wait(on_row("2"))
        screen.press(ENTER)
        screen.wait("Question 2 of ")
        screen.press(LEFT)
        screen.wait(on_row("2"))
        screen.press("1")
        screen.wait(on_row("1"))
        screen.press(ENTER)
        screen.wait("Question 1 of ")
        screen.wait(at(1))
        screen.press("1")
        screen.wait(at(0))
        screen.press(ENTER)
        screen.wait("All correct: show my result")
        assert "Under 18." in screen.text


@pytest.mark.slow
def test_the_review_is_whole_after_the_window_has_changed(
    rules: RuleSet, nearly_done: tuple[list[str], dict[str, Answer]]
) -> None:
    command, given = nearly_done
    with Screen(command) as screen:
        to_the_review(screen, rules, given)
        screen.press("9")
        screen.wait(on_row("9"))
        for size in (SMALL, (30, 12), USUAL):
            screen.resize(*size)
            screen.wait(lambda s: on_row("9")(s) and ready(s))
        screen.resize(*SMALL)
        screen.wait(lambda s: on_row("9")(s) and ready(s))
        see_the_review(screen, rules, given)


def to_the_end_of_the_lines(screen: Screen) -> None:
    """Read on, page by page, until a line may be typed."""
    more, choice = "More below: press Enter.", "Your choice:"
    while True:
        screen.wait(lambda s: s.text.endswith((more, choice)))
        if screen.text.endswith(choice):
            return
        before = screen.everything
        screen.press(ENTER)
        screen.wait(lambda s, before=before: s.everything != before)


@pytest.mark.slow
def test_a_review_in_a_window_that_becomes_too_small_comes_in_lines(
    rules: RuleSet, nearly_done: tuple[list[str], dict[str, Answer]]
) -> None:
    command, given = nearly_done
    with Screen(command) as screen:
        to_the_review(screen, rules, given)
        screen.resize(60, 11)
        screen.wait("The window is small, so this comes in plain lines.")
        screen.wait("More below: press Enter.")
        to_the_end_of_the_lines(screen)
        screen.line("show my result")
        screen.wait("Your answer.")
        to_the_end_of_the_lines(screen)
        screen.line("done")
        assert screen.end() == 0
        assert not screen.on_second_screen
        assert rules.questions[4].ask not in screen.everything


@pytest.mark.slow
def test_a_look_at_the_review_in_mid_quiz_leads_back_to_the_question(
    quiz: Screen, rules: RuleSet
) -> None:
    give(quiz, rules.questions[0], "adult")
    quiz.wait("Question 2 of ")
    for key in (ENTER, ESCAPE):
        quiz.press(CTRL_R)
        quiz.wait("Go on with the questions")
        quiz.wait(words(f"{rules.questions[0].ask} 18 or older."))
        quiz.press(key)
        quiz.wait("Question 2 of ")


# --- what these tests see -----------------------------------------------------


class InPieces:
    """A program whose frames come as a slow pipe brings them; b"" stands for a silence."""

    modes_at_the_start = (0,)

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def read_nonblocking(self, size: int, timeout: float) -> bytes:
        if not self.pieces or not (piece := self.pieces.pop(0)):
            raise pexpect.TIMEOUT("nothing came")
        return piece

    def close(self, *, force: bool) -> None:
        """It has no process."""


def test_a_frame_that_is_half_the_last_one_is_seen_by_no_test() -> None:
    drawing, drawn = b"\x1b[?25l", b"\x1b[?25h"
    second = [drawing[:3], drawing[3:] + b"\x1b[H", b"two ", b"\x1b", b"[2;1Hfoot", drawn]
    pieces = [drawing + b"one \r\nfoot" + drawn, *second]
    with Screen([], child=InPieces(*pieces)) as screen:
        seen = []
        for _ in pieces:
            screen._read(0)
            seen.append(screen.lines[0])
        assert seen == ["one"] * len(second) + ["two"]
    with Screen([], child=InPieces(drawing + b"no", b" end", b"")) as screen:
        screen.settle()
        assert screen.text == "no end"  # what doesn't go on is seen as it stands


# --- pages and alerts, after the window has changed ---------------------------


@pytest.mark.slow
def test_after_a_resize_every_word_of_the_page_behind_the_question_mark_can_be_read(
    rules: RuleSet,
) -> None:
    with Screen(QUIZ) as screen:
        start(screen)
        screen.press("?")
        screen.wait("Press any key to go back.")
        screen.resize(*SMALL)
        screen.wait("More below: Space or Down. Any other key goes back.")
        seen = screen.text
        while "More above: Up." not in screen.text:
            before = screen.text
            screen.press(" ")
            screen.wait(lambda s, before=before: s.text != before and ready(s))
            seen += " " + screen.text
        told = help_page(Setting(rules, region_of(rules, "us"), False), rules.questions[0])
        assert [word for text in told for word in text.split() if word not in seen] == []
        screen.press("x")
        screen.wait("Question 1 of ")


@pytest.mark.slow
def test_after_a_resize_an_alert_is_told_whole_again(rules: RuleSet) -> None:
    alert = next(each for each in rules.alerts if each.id == "call-emergency")
    with Screen(QUIZ) as screen:
        start(screen)
        give(screen, rules.questions[0], "adult")
        screen.wait("Question 2 of ")
        give(screen, rules.questions[1], ("overdose",))
        screen.wait("Stop here")
        screen.resize(*SMALL)
        screen.wait(lambda s: s.text.endswith(MORE))
        seen = screen.text
        assert "911" in screen.text
        while "Stop here" not in screen.text:
            turn_page(screen)
            seen += " " + screen.text
        assert [word for word in alert.text.split() if word not in seen] == []
        assert "Go on" in screen.text


# --- what stays behind --------------------------------------------------------


def nothing_of(rules: RuleSet, screen: Screen) -> bool:
    """No question stands on the screen, or can be scrolled back to."""
    seen = screen.everything
    return not [each for each in rules.questions if words(each.ask) in seen] and (
        "Question " not in seen
    )


@pytest.mark.slow
@pytest.mark.parametrize("size", [USUAL, SMALL, (30, 12)], ids=["80x24", "40x12", "30x12"])
def test_nothing_of_the_questions_can_be_scrolled_back_to(
    size: tuple[int, int], rules: RuleSet, nearly_done: tuple[list[str], dict[str, Answer]]
) -> None:
    command, given = nearly_done
    with Screen([*command, "--format", "json"], columns=size[0], rows=size[1]) as screen:
        to_the_review(screen, rules, given)
        assert screen.on_second_screen
        screen.press(ENTER)
        assert screen.end() == 0
        assert not screen.on_second_screen
        assert '"ranked"' in screen.everything
        assert "All correct" not in screen.everything
        assert nothing_of(rules, screen)


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "?", CTRL_R])
def test_ctrl_c_leaves_nothing_of_the_questions(rules: RuleSet, before: str) -> None:
    with Screen(QUIZ) as screen:
        start(screen)
        screen.press(before)
        screen.wait({"": "How old", "?": "Press any key", CTRL_R: "Go on with"}[before])
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert not screen.on_second_screen
        assert nothing_of(rules, screen)
        assert "Stopped." in screen.text


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "?", CTRL_R])
@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "40x12"])
def test_the_quick_exit_leaves_an_empty_screen_and_says_nothing(
    size: tuple[int, int], before: str
) -> None:
    with Screen(QUIZ, columns=size[0], rows=size[1]) as screen:
        start(screen)
        screen.press(before)
        screen.wait({"": "How old", "?": "key", CTRL_R: "Go on with"}[before])
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""
        assert not screen.on_second_screen


@pytest.mark.slow
def test_a_question_in_plain_lines_leaves_nothing_either(rules: RuleSet) -> None:
    with Screen(QUIZ) as screen:
        start(screen)
        screen.resize(60, 10)
        screen.wait("The window is small")
        screen.press(CTRL_C)
        screen.wait("Stopped.")
        assert screen.end() == 130
        assert nothing_of(rules, screen)


@pytest.mark.slow
@pytest.mark.parametrize("size", [USUAL, SMALL], ids=["80x24", "40x12"])
def test_a_terminal_with_one_screen_alone_does_as_well(
    size: tuple[int, int], rules: RuleSet, nearly_done: tuple[list[str], dict[str, Answer]]
) -> None:
    command, given = nearly_done
    with Screen(
        [*command, "--format", "json"], columns=size[0], rows=size[1], has_second_screen=False
    ) as screen:
        to_the_review(screen, rules, given)
        assert screen.lines[0] == "These are your answers."
        screen.press(ENTER)
        assert screen.end() == 0
        assert '"ranked"' in screen.everything
        assert nothing_of(rules, screen)


@pytest.mark.slow
def test_the_result_alone_goes_to_standard_output(tmp_path: object) -> None:
    result = f"{tmp_path}/result.json"
    command = f'"$0" -m pathfinder quiz --format json > "{result}"'
    with Screen(["-c", SHELL, command]) as screen:
        start(screen)
        screen.press("1", ENTER)  # under 18: the quiz ends
        screen.wait("All correct: show my result")
        screen.settle()
        screen.press(ENTER)
        assert screen.end() == 0
    with open(result, encoding="utf-8") as file:
        assert json.load(file)["scope"] == "under_18"


SHELL = (
    "import subprocess, sys; sys.exit(subprocess.call(['sh', '-c', sys.argv[1], sys.executable]))"
)
