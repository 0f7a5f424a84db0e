"""Plain mode: what a line means, what is said, and when it gives up."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from leisure import leisure
from screen import CTRL_C, Screen
from small_rules import QUESTIONS, UK, US, small_rules

from pathfinder.ask import _pages
from pathfinder.ask.interview import AskedQuestion, Ended, Move, Outcome, ReviewRow, conduct
from pathfinder.ask.menu_messages import numbers_first, review_menu
from pathfinder.ask.phrases import (
    READ_OUT,
    InputEnded,
    Left,
    NoMatch,
    Setting,
    alert_texts,
    input_ended,
    match,
    opening,
    stopped,
)
from pathfinder.ask.plain import PlainPrompter, Surroundings, why_plain
from pathfinder.ask.terminal import TOO_EARLY, Lines, wrap
from pathfinder.engine.question import Answer
from pathfinder.errors import AnswersError, QuickExit
from pathfinder.terminal import Size

RULES = small_rules()
SETTING = Setting(RULES, US, for_client=False)
SMALL_QUIZ = str(Path(__file__).with_name("small_quiz.py"))
AGE, DANGER, USE, OFTEN, DRINKS, SEVERITY, SIGNS, PLACE = QUESTIONS


def prompter(*typed: str, at_a_terminal: bool = True) -> tuple[PlainPrompter, io.StringIO]:
    said = io.StringIO()
    source = io.BytesIO("".join(f"{line}\n" for line in typed).encode())
    return PlainPrompter(SETTING, Lines(source, said, typed=at_a_terminal, clock=leisure)), said


def b_in(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def put(
    number: int, *typed: str, old: Answer | None = None, at_a_terminal: bool = True
) -> tuple[Answer | Move, str]:
    """Put one question of the small rules; the answer, and what was said, as running words."""
    asking, said = prompter(*typed, at_a_terminal=at_a_terminal)
    step = AskedQuestion(QUESTIONS[number - 1], number, 8, "You", old, can_go_back=number > 1)
    answer = asking.ask(step)
    return answer, " ".join(said.getvalue().split())


def run(
    stdin: bytes | None, *words: str, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, **(environ or {})}
    return subprocess.run(
        [sys.executable, SMALL_QUIZ, *words],
        input=stdin,
        capture_output=True,
        env=env,
        timeout=60,
        check=False,
    )


# --- what a line means --------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", "none"),
        ("1.", "none"),
        (" 3 ", "own"),
        ("own", "own"),
        ("nowhere", "none"),
        ("IN A PLACE", "own"),
        ("Not sure", "unsure"),
        ("unsure", "unsure"),
        ("4", "unsure"),
        ("skip", "skip"),
        ("prefer", "skip"),
        ("With a friend, a cousin", "friends"),
        ("\uff13", "own"),
        ('"3"', "own"),
        ("\u201c3\u201d", "own"),
        ("(3)", "own"),
        ("[3]", "own"),
        ("#3", "own"),
        ("# 3.", "own"),
        ("'own'", "own"),
        ("1. Nowhere steady", "none"),
        ("3) In a place", "own"),
        ("2: with a friend", "friends"),
    ],
)
def test_a_line_may_be_a_number_an_id_or_the_start_of_a_label(typed: str, meant: str) -> None:
    assert match(PLACE, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", ("overdose",)),
        ("2,1", ("overdose", "violence")),
        ("1 2", ("overdose", "violence")),
        ("took; someone hurts", ("overdose", "violence")),
        ("1, 1,", ("overdose",)),
        ("none", ("none",)),
        ("none of these", ("none",)),
        ("5", "skip"),
        ("skip, skip", "skip"),
        ("\uff11\uff0c\uff12", ("overdose", "violence")),
        ("(1), (2)", ("overdose", "violence")),
        ("1. Took too much, 2. Someone hurts me", ("overdose", "violence")),
    ],
)
def test_a_checklist_takes_several_answers_with_commas(typed: str, meant: Answer) -> None:
    assert match(DANGER, typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("", "  ", "0", "6", "99999999999999", "x", "n", "1,2", "²", "(6)", "#", "()"),
        "1. In a place",
        "3. Nowhere",
    ],
)
def test_what_is_not_clearly_one_answer_is_no_answer(typed: str) -> None:
    assert isinstance(match(PLACE, typed), NoMatch)


@pytest.mark.parametrize("typed", ["1,none", "3,1", "not sure, 2", "1,skip", "none, skip"])
def test_an_answer_that_stands_alone_is_refused_beside_another(typed: str) -> None:
    found = match(DANGER, typed)
    assert isinstance(found, NoMatch)
    assert "stands alone" in found.message


def test_a_start_that_fits_two_answers_is_said_back_with_both() -> None:
    found = match(PLACE, "n")
    assert isinstance(found, NoMatch)
    assert "1 or 4" in found.message


# --- a question ---------------------------------------------------------------


def test_a_question_is_put_with_its_place_its_part_and_a_number_for_every_answer() -> None:
    _, said = put(5, "1")
    assert "Question 5 of 8. You." in said
    assert "What about drinks? A drink is a can of beer." in said
    assert "1. Under 5 2. 5 or more 3. Not sure 4. Prefer not to say" in said


def test_the_answer_is_said_back_in_words() -> None:
    assert put(2, "2,1")[1].endswith("You answered: Took too much; Someone hurts me.")


def test_enter_alone_never_answers() -> None:
    answer, said = put(8, "", "", "", "", "3")
    assert answer == "own"
    assert said.count("Type a number from 1 to 5") == 4


def test_why_tells_the_reason_and_the_question_stays() -> None:
    answer, said = put(8, "why", "1")
    assert answer == "none"
    assert "Why we ask: We ask about place because it matters." in said


def test_why_tells_what_each_answer_is_and_what_the_country_adds() -> None:
    for word in ("why", "?"):
        _, said = put(5, word, "1")
        told = said.partition("Why we ask")[2]
        assert "A drink is a can of beer." in told
        assert "1. Under 5 2. 5 or more 3. Not sure 4. Prefer not to say" in told


def test_list_says_the_answers_again() -> None:
    _, said = put(8, "list", "1")
    assert said.count("1. Nowhere steady") == 2


def test_back_goes_back() -> None:
    assert put(8, "back")[0] is Move.BACK


def test_esc_and_enter_go_back_as_the_word_does() -> None:
    assert put(8, "\x1b")[0] is Move.BACK
    assert put(8, "\x1b\x1b")[0] is Move.BACK
    assert put(8, "\x1b[A", "1")[0] is not Move.BACK, "an arrow key is no Esc"


def test_back_at_the_first_question_says_that_there_is_nothing_before_it() -> None:
    answer, said = put(1, "back", "2")
    assert answer == "adult"
    assert "first question" in said


def test_the_old_answer_is_said_in_words_and_keep_leaves_it() -> None:
    answer, said = put(2, "keep", old=("overdose", "violence"))
    assert "Your answer so far: Took too much; Someone hurts me." in said
    assert answer == ("overdose", "violence")


def test_keep_means_nothing_where_there_is_no_old_answer() -> None:
    assert put(8, "keep", "1")[0] == "none"


def test_quit_stops() -> None:
    with pytest.raises(Left):
        put(3, "quit")
    assert "Nothing was saved. To start again: pathfinder quiz" in str(stopped(SETTING))


def test_a_counselor_sees_what_to_listen_for_and_a_person_does_not() -> None:
    for for_client in (True, False):
        said = io.StringIO()
        lines = Lines(io.BytesIO(b"1\n"), said, typed=True, clock=leisure)
        asking = PlainPrompter(Setting(RULES, US, for_client), lines)
        asking.ask(AskedQuestion(PLACE, 8, 8, "Home", None, can_go_back=True))
        assert ("Listen for: a pause at place." in said.getvalue()) is for_client


def test_escape_codes_that_are_typed_are_not_said_back() -> None:
    _, said = put(8, "\x1b[2Jboo", "1")
    assert "\x1b" not in said
    assert "[2J" not in said
    assert '"boo" is not in the list' in said


@pytest.mark.parametrize(("word", "move"), [("review", Move.REVIEW), (" SAVE. ", Move.SAVE)])
def test_review_and_save_are_words_at_every_question(word: str, move: Move) -> None:
    for number in range(1, 9):
        assert put(number, word)[0] is move


@pytest.mark.parametrize("word", ["exit!", "EXIT!", "exit !", "exit!!", "\x18"])
def test_exit_leaves_at_once_also_when_it_is_typed_in_a_hurry(word: str) -> None:
    with pytest.raises(QuickExit):
        put(1, word)
    with pytest.raises(QuickExit):
        look(word)
    asking, _ = prompter("2", "1", word)
    with pytest.raises(QuickExit):
        conduct(RULES, asking)


@pytest.mark.parametrize("word", ["exit", "help", "what", "go on"])
def test_a_word_that_is_not_known_is_told_what_can_be_typed(word: str) -> None:
    _, said = put(8, word, "1")
    assert "Or type: not sure, skip, back, review, why, list, save, quit, exit!" in said
    assert "Type a number from 1 to 5." in said


def test_in_a_small_window_the_same_words_hold() -> None:
    for word, move in (("review", Move.REVIEW), ("save", Move.SAVE), ("back", Move.BACK)):
        asking, _ = prompter(word)
        step = AskedQuestion(PLACE, 8, 8, "Home", None, can_go_back=True)
        assert asking.ask_in_a_small_window(step) is move


# --- the review ---------------------------------------------------------------

ROWS = (
    ReviewRow(AGE, "adult"),
    ReviewRow(DANGER, ("overdose", "violence")),
    ReviewRow(PLACE, "friends"),
    ReviewRow(USE, "unsure"),
    ReviewRow(OFTEN, None),
)


def look(
    *typed: str, finished: bool = True, at_a_terminal: bool = True, saved: list[str] | None = None
) -> tuple[str | None, str]:
    """Look at the review; what was picked, and what was said."""
    said = io.StringIO()
    source = io.BytesIO("".join(f"{line}\n" for line in typed).encode())
    lines = Lines(source, said, typed=at_a_terminal, clock=leisure)
    keeps = [] if saved is None else saved
    asking = PlainPrompter(SETTING, lines, lambda: keeps.append("now"))
    return asking.review(ROWS, finished=finished), said.getvalue()


def test_the_review_says_every_answer_in_the_questions_own_words_numbered() -> None:
    _, said = look("show my result")
    words = " ".join(said.split())
    assert "1. How old are you? 18 or older." in words
    assert "2. Is any of this happening right now? Took too much; Someone hurts me." in words
    assert "4. What do you use? Not sure." in words
    assert "5. What about often? Not answered yet." in words
    assert max(map(len, said.splitlines())) <= 72


def test_the_review_says_where_what_no_question_asked_is_to_be_told() -> None:
    missing = "Is something missing? Tell it to the professional."
    _, said = look("show my result")
    assert missing in said
    _, said = look("go on", finished=False)
    assert missing not in said, "it may still be asked"
    menus = [review_menu(ROWS, finished=finished, on_screen=True) for finished in (True, False)]
    assert [missing in " ".join((*menu.head, *menu.extras)) for menu in menus] == [True, False]


def test_a_number_in_the_review_picks_the_answer_to_change() -> None:
    assert [look(each)[0] for each in ("1", "2.", " 5 ")] == ["age", "danger", "often"]


@pytest.mark.parametrize("word", ["show my result", "Show", "s", "go on", "g"])
def test_the_review_before_the_result_goes_on_with_a_word(word: str) -> None:
    assert look("", word)[0] is None


@pytest.mark.parametrize("word", ["go on", "GO", "back"])
def test_a_look_at_the_answers_goes_back_to_the_question_with_a_word(word: str) -> None:
    assert look("", word, finished=False)[0] is None


@pytest.mark.parametrize("typed", ["", "0", "6", "10000001", "²", "what", "-1"])
def test_what_the_review_does_not_know_is_told_what_can_be_typed(typed: str) -> None:
    picked, said = look(typed, "2")
    assert picked == "danger"
    assert (
        " ".join(said.split()).count(
            "type its number from 1 to 5. To see your result, type show my result."
        )
        == 2
    )
    assert "You can also type: list, save, quit, exit!" in said


def test_showing_the_result_is_not_offered_while_questions_are_open() -> None:
    picked, said = look("show my result", "1", finished=False)
    assert picked == "age"
    assert "To go on, type go on." in said


def test_the_review_is_said_again_saved_and_left() -> None:
    saved: list[str] = []
    _, said = look("list", "save", "s", saved=saved)
    assert said.count("1. How old are you?") == 2
    assert saved == ["now"]
    with pytest.raises(Left):
        look("quit")


def test_a_review_of_nothing_says_so_and_reads_no_line() -> None:
    asking, said = prompter()
    assert asking.review((), finished=False) is None
    assert "Nothing is answered yet." in said.getvalue()


def test_a_pipe_may_review_with_the_same_words() -> None:
    typed = ("2", "review", "1", "back", "go on", "none", "none", "1", "review", "4", "2", "go on")
    asking, said = prompter(*typed, "3", at_a_terminal=False)
    outcome = conduct(RULES, asking)
    assert outcome.ended is Ended.FINISHED
    assert outcome.answers["severity"] == "severe"
    assert "These are all" not in said.getvalue(), "before the result a pipe isn't asked"


@pytest.mark.parametrize(
    "typed", [("review", "go on") * 9, ("save",) * 9, ("review", "", "", "", "go on")]
)
def test_a_pipe_that_only_asks_to_be_told_things_comes_to_an_end(typed: tuple[str, ...]) -> None:
    asking, _ = prompter("2", *typed, at_a_terminal=False)
    with pytest.raises(AnswersError):
        conduct(RULES, asking)


def test_nothing_stands_before_the_result_in_lines() -> None:
    asking, said = prompter()
    for ended in Ended:
        asking.before_result(ended)
    assert said.getvalue() == ""


# --- from a pipe --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "an empty line is no answer. Type a number from 1 to 5"),
        ("nonsense", '"nonsense" is not in the list. Type a number'),
        ("9", '"9" is not in the list. Its numbers go from 1 to 5.'),
        ("n", '"n" could be 1 or 4.'),
        ("1, 2", "This question takes one answer."),
    ],
)
def test_the_first_line_that_is_no_answer_ends_a_piped_quiz_and_is_named(
    typed: str, found: str
) -> None:
    """The lines after it would answer the wrong questions."""
    with pytest.raises(AnswersError) as error:
        put(8, typed, "1", "1", at_a_terminal=False)
    assert error.value.exit_code == 65
    said = str(error.value)
    assert said.startswith("standard input:1:1: At the question place (Where do you sleep?): ")
    assert found in said


def test_after_a_line_that_does_not_fit_no_later_one_is_taken_for_an_answer() -> None:
    kept: list[object] = []
    asking, _ = prompter("adult", "nonsense", "1", "1", at_a_terminal=False)
    with pytest.raises(AnswersError, match="standard input:2:1: At the question danger"):
        conduct(RULES, asking, keep=kept.append)
    assert kept == [{"age": "adult"}]


def test_a_byte_order_mark_before_the_first_line_is_dropped() -> None:
    asking, _ = prompter("\ufeffadult", "none", "none", "1", "1", at_a_terminal=False)
    assert conduct(RULES, asking).answers["age"] == "adult"


@pytest.mark.parametrize("word", ["why", "list", "?"])
def test_asking_to_be_told_something_is_taken_from_a_pipe_once(word: str) -> None:
    assert put(8, word, "1", at_a_terminal=False)[0] == "none"
    with pytest.raises(AnswersError, match="came twice, and no answer between"):
        put(8, word, word, "1", at_a_terminal=False)


def test_going_back_for_ever_from_a_pipe_comes_to_an_end() -> None:
    asking, _ = prompter("1", "none", *["back"] * 20, at_a_terminal=False)
    with pytest.raises(AnswersError):
        conduct(small_rules(QUESTIONS[1:]), asking)


def test_at_a_terminal_a_question_is_asked_for_ever() -> None:
    assert put(8, *["x"] * 50, "1")[0] == "none"


def test_the_end_of_the_input_stops_and_says_how_to_go_on() -> None:
    with pytest.raises(InputEnded):
        put(8, "why", at_a_terminal=False)
    assert "pathfinder quiz --answers FILE" in str(input_ended())


# --- alerts -------------------------------------------------------------------


def answered(*typed: str, at_a_terminal: bool) -> tuple[Outcome, str]:
    asking, said = prompter(*typed, at_a_terminal=at_a_terminal)
    return conduct(RULES, asking), said.getvalue()


def test_an_alert_that_holds_offers_to_stop_first_and_then_to_go_on() -> None:
    outcome, said = answered("2", "1", "what", "", "1", at_a_terminal=True)
    assert (
        said.index("Emergency services: 911") < said.index("1. Stop here") < said.index("2. Go on")
    )
    assert outcome.ended == "stopped_at_alert"
    assert outcome.answers == {"age": "adult", "danger": ("overdose",)}


def test_where_somebody_else_asks_an_alert_says_first_that_it_is_read_to_the_client() -> None:
    client = Setting(RULES, US, for_client=True)
    for setting, told in ((client, [READ_OUT]), (SETTING, [])):
        for texts in (alert_texts(setting, RULES.alerts), numbers_first(setting, RULES.alerts)):
            assert [text for text in texts if text == READ_OUT] == told
            assert list(texts[: len(told)]) == told
        said = io.StringIO()
        asking = PlainPrompter(setting, Lines(b_in("1\n"), said, typed=True, clock=leisure))
        asking.alert(RULES.alerts)
        assert (READ_OUT in said.getvalue()) == bool(told)


def test_saving_and_stopping_work_at_an_alert() -> None:
    saved: list[str] = []
    lines = Lines(b_in("2\n1\nsave\n1\n"), io.StringIO(), typed=True, clock=leisure)
    outcome = conduct(RULES, PlainPrompter(SETTING, lines, lambda: saved.append("now")))
    assert (saved, outcome.ended) == (["now"], "stopped_at_alert")
    asking, _ = prompter("2", "1", "quit")
    with pytest.raises(Left):
        conduct(RULES, asking)


def test_a_line_that_comes_sooner_than_anyone_reads_is_told_so_and_answers_nothing() -> None:
    moments = iter([0.0, 0.3, 10.0, 10.6])
    said = io.StringIO()
    lines = Lines(b_in("2\n1\n"), said, typed=True, clock=lambda: next(moments))
    assert lines.read_fresh("Your answer:", lambda text: None) == "1"
    assert said.getvalue().count(TOO_EARLY[:40]) == 1


def test_going_on_after_an_alert_leads_to_the_next_question() -> None:
    outcome, _ = answered("2", "1", "go on", "none", "1", "1", at_a_terminal=True)
    assert outcome.ended == "finished"


@pytest.mark.parametrize("back", ["back", "\x1b"])
def test_back_at_an_alert_puts_its_question_again_and_says_the_alert_again(back: str) -> None:
    outcome, said = answered("2", "1", back, "1", "1", at_a_terminal=True)
    assert outcome.ended == "stopped_at_alert"
    assert said.count("1. Stop here") == 2
    outcome, said = answered("2", "1", back, "none", "none", "1", "1", at_a_terminal=True)
    assert (outcome.ended, said.count("1. Stop here")) == ("finished", 1)


def test_from_a_pipe_an_alert_is_said_and_reads_no_line() -> None:
    outcome, said = answered("2", "1", "none", "1", "1", at_a_terminal=False)
    assert outcome.ended == "finished"
    assert "Get help now" in said
    assert "Stop here" not in said


def test_an_alert_without_hold_is_said_and_the_quiz_goes_on() -> None:
    outcome, said = answered("2", "2", "none", "1", "1", at_a_terminal=True)
    assert "You matter\nGo where people are.\nEmergency services: 911\n" in said
    assert outcome.ended == "finished"


# --- the whole program --------------------------------------------------------

EVERY_QUESTION = b"2\nnone\n1\n1\n1\nnot sure\n1,2\n2\n"


ASIDES = (
    ("why", "Your answer:"),
    ("what", "Your answer:"),
    ("review", "Your choice:"),
    ("x", "Your choice:"),
    ("go on", "Your answer:"),
    ("save", "File name:"),
    ("d", "Your answer:"),
)
"""Words that are no answers, and what is read after each."""


def aside(screen: Screen, word: str, label: str) -> None:
    before = len(screen.bytes)
    screen.line(word)
    screen.wait(lambda screen: screen.bytes[before:].rstrip().endswith(label.encode()))


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 40, 30])
def test_nothing_is_redrawn_drawn_or_too_wide(
    columns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Screen([SMALL_QUIZ, "--plain", "--for-client"], columns=columns, rows=24) as screen:
        for number, line in enumerate(EVERY_QUESTION.decode().splitlines(), 1):
            screen.wait(f"Question {number} of 8.")
            screen.wait(lambda screen: screen.text.endswith("Your answer:"))
            if number == 3:
                for word, label in ASIDES:
                    aside(screen, word, label)
            screen.line(line)
        screen.wait(lambda screen: screen.text.endswith("Your choice:"))
        screen.line("show")
        assert screen.end() == 0
        said = screen.bytes.decode().replace("\r\n", "\n")
    assert "With a friend" in said
    assert re.search("[\x1b\r\u2500-\u259f\u2800-\u28ff]", said) is None
    answers = said.partition('{"ended"')[0]
    assert [line for line in answers.splitlines() if len(line) > min(columns, 72)] == []


def test_a_piped_quiz_answers_on_standard_output_and_asks_on_standard_error() -> None:
    done = run(EVERY_QUESTION)
    assert done.returncode == 0
    assert json.loads(done.stdout)["answers"]["signs"] == ["sign_1", "sign_2"]
    assert done.stderr.startswith(b"Plain mode is on: the input is not a terminal.\n")


@pytest.mark.parametrize("stdin", [b"", b"2\n", b"2", b"\xef\xbb\xbf2\n"])
def test_an_input_that_ends_early_stops_with_a_clear_line(stdin: bytes) -> None:
    done = run(stdin)
    assert done.returncode == 130
    assert done.stdout == b""
    assert b"The input ended before the quiz did. Nothing was saved." in done.stderr
    assert b"\x1b" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "answer",
    [b"\n", b"why\n", b"back\n", b"\xff\xfe\x00\n", b"\x1b[2J\n", b"\x00" * 200_000 + b"\n"],
)
def test_a_pipe_that_never_answers_ends_with_65(answer: bytes) -> None:
    done = run(answer * 6)
    assert done.returncode == 65
    assert b"Traceback" not in done.stderr
    assert len(done.stderr) < 4000


@pytest.mark.parametrize("closed", ["<&-", "2>&- </dev/null", "<&- 2>&-"])
def test_closed_streams_stop_the_quiz_without_a_traceback(closed: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" "{SMALL_QUIZ}" {closed}'],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr


def test_a_stream_without_utf8_gets_plain_letters() -> None:
    said = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace", newline="\n")
    Lines(None, said, typed=False).say("Don\u2019t \u2013 \u201chere\u201d\u2026")
    said.seek(0)
    assert said.read() == 'Don\'t - "here"...\n'


@pytest.mark.parametrize("width", range(20, 41))
def test_a_number_to_call_stays_on_one_line(width: int) -> None:
    lines = wrap("Men's Advice Line, for violence at home: 0808 801 0327", width)
    assert any("0808 801 0327" in line for line in lines)
    assert max(map(len, lines)) <= width


def test_a_page_of_the_opening_breaks_between_paragraphs() -> None:
    parts = [["a", "b"], ["c", "d"], ["e"], ["f", "g", "h", "i"]]
    assert _pages(parts, 3) == [["a", "b"], ["c", "d", "e"], ["f", "g", "h"], ["i"]]


def test_the_result_stands_apart_from_the_last_answer() -> None:
    assert run(EVERY_QUESTION).stderr[-2:] == b"\n\n"


def test_more_help_names_the_place_of_the_quiz() -> None:
    assert "pathfinder help-lines" in opening(SETTING, ())[-1]
    assert "--region" not in opening(SETTING, ())[-1] + str(stopped(SETTING))
    uk = Setting(RULES, UK, for_client=False)
    assert opening(uk, ())[-1].endswith("pathfinder help-lines --region uk")
    assert str(stopped(uk)).endswith("pathfinder help-lines --region uk")


def test_ctrl_c_in_plain_mode_stops_with_a_clear_line() -> None:
    with Screen([SMALL_QUIZ, "--plain"], columns=40) as screen:
        screen.wait("Your answer:")
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert "Stopped. Nothing was saved." in screen.text
        assert "pathfinder help-lines" in screen.text


# --- which mode ---------------------------------------------------------------

GOOD = Surroundings(True, True, True, Size(80, 24), {"TERM": "xterm"})


def surroundings(**changes: Any) -> Surroundings:
    return GOOD._replace(**changes)


def test_a_good_terminal_gets_menus() -> None:
    assert why_plain(False, GOOD) is None
    assert why_plain(False, surroundings(size=Size(30, 12))) is None


@pytest.mark.parametrize("off", ["", "0", "false", "False"])
def test_accessible_that_is_off_changes_nothing(off: str) -> None:
    assert why_plain(False, surroundings(environ={"ACCESSIBLE": off})) is None


@pytest.mark.parametrize(
    ("here", "reason"),
    [
        (surroundings(environ={"ACCESSIBLE": "1"}), "ACCESSIBLE"),
        (surroundings(environ={"TERM": "dumb"}), "redraw"),
        (surroundings(size=Size(29, 24)), "29 columns by 24 rows"),
        (surroundings(size=Size(80, 11)), "80 columns by 11 rows"),
        (surroundings(shows_utf8=False), "UTF-8"),
        (surroundings(input_is_terminal=False), "input"),
        (surroundings(output_is_terminal=False), "questions"),
    ],
)
def test_plain_mode_is_on_where_menus_do_not_work_and_says_why(
    here: Surroundings, reason: str
) -> None:
    assert reason in (why_plain(False, here) or "")


def test_plain_mode_is_on_when_it_is_asked_for() -> None:
    assert "--plain" in (why_plain(True, GOOD) or "")
    assert why_plain(False, GOOD, by_config=True) == "your config.yaml asks for it"
    assert "--plain" in (why_plain(True, GOOD, by_config=True) or "")


# --- what is harmless -------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "\x1b[A3",
        "\x1b[?1;2c3",
        "\x1b[I3\x1b[O",
        "\x1b[200~3\x1b[201~",
        "\x1b]11;rgb:1/2/3\x073",
        "\x1b3",
        "3\x1b\x1b[A",
        "\x9b1;2R3",
    ],
)
def test_what_a_terminal_sends_into_a_line_is_no_part_of_the_answer(typed: str) -> None:
    assert put(8, typed)[0] == "own"


def test_a_line_of_the_list_is_its_own_answer(rules: Any) -> None:
    """Whatever was said with a number may be copied back whole."""
    from pathfinder.ask.phrases import options_of

    for question in rules.questions:
        for number, option in enumerate(options_of(question), 1):
            found = match(question, f"{number}. {option.label}")
            assert found in (option.id, (option.id,)), (question.id, option.id)
