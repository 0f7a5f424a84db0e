"""Select mode by its keys: a pipe of key presses in, answers out. What is seen is tested elsewhere.

A lone Esc glues itself to the key that follows, so Shift-Tab and Left stand for
it here; Esc itself is tested on a real screen.
"""

from __future__ import annotations

import io
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any

import pytest
from leisure import leisure
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size as PromptToolkitSize
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from screen import (
    CTRL_C,
    CTRL_D,
    CTRL_R,
    CTRL_S,
    CTRL_X,
    DOWN,
    END,
    ENTER,
    ESCAPE,
    F1,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    SHIFT_TAB,
    UP,
)
from small_rules import ALERTS, LONG_LABEL, QUESTIONS, US, question, small_rules

from pathfinder.ask.interview import AskedQuestion, Ended, Move, ReviewRow, conduct
from pathfinder.ask.keystrokes import Pace
from pathfinder.ask.menu_layout import KEYS, Menu, Picture, draw, page, room_for, stepped
from pathfinder.ask.menu_messages import (
    CLOSE_ANY,
    CLOSE_ANY_OTHER,
    help_page,
    question_menu,
    review_menu,
)
from pathfinder.ask.phrases import Setting
from pathfinder.ask.plain import PlainPrompter
from pathfinder.ask.select import SelectPrompter
from pathfinder.ask.terminal import Lines
from pathfinder.engine.question import Answer
from pathfinder.engine.ruleset import Alert
from pathfinder.errors import QuickExit
from pathfinder.terminal import Size

pytestmark = pytest.mark.usefixtures("typed_ahead")

RULES = small_rules()
SETTING = Setting(RULES, US, for_client=False)
SPACE = " "
DANGER, SIGNS, PLACE = QUESTIONS[1], QUESTIONS[6], QUESTIONS[7]


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Too few keys wait for ever: give up instead."""

    def give_up(*_: object) -> None:
        raise TimeoutError("the keys ran out before the question was answered")

    old = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, old)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
    ):
        yield pipe


def prompter(typed: bytes = b"") -> SelectPrompter:
    lines = Lines(io.BytesIO(typed), io.StringIO(), typed=True, clock=leisure)
    return SelectPrompter(SETTING, PlainPrompter(SETTING, lines))


def step(number: int, old: Answer | None = None) -> AskedQuestion:
    return AskedQuestion(QUESTIONS[number - 1], number, 8, "You", old, can_go_back=number > 1)


def press(keys: PipeInput, number: int, *presses: str, old: Answer | None = None) -> Answer | Move:
    keys.send_text("".join(presses))
    return prompter().ask(step(number, old))


# --- one answer ---------------------------------------------------------------


def test_enter_takes_the_answer_under_the_cursor(keys: PipeInput) -> None:
    assert press(keys, 8, ENTER) == "none"


@pytest.mark.parametrize(
    ("presses", "answer"),
    [
        ((DOWN,), "friends"),
        ((DOWN, DOWN, UP), "friends"),
        ((UP,), "skip"),
        ((END,), "skip"),
        ((END, HOME), "none"),
        ((END, UP), "unsure"),
        (("j", "k", "j"), "friends"),
    ],
)
def test_arrows_home_and_end_move(keys: PipeInput, presses: Sequence[str], answer: str) -> None:
    assert press(keys, 8, *presses, ENTER) == answer


def test_a_number_moves_and_does_not_answer(keys: PipeInput) -> None:
    assert press(keys, 8, "5", "3", ENTER) == "own"


def test_the_old_answer_is_under_the_cursor(keys: PipeInput) -> None:
    assert press(keys, 8, ENTER, old="own") == "own"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["x", "9", "a", "i", SPACE, "\t", "\x1b[15~"])
def test_other_keys_do_nothing(keys: PipeInput, key: str) -> None:
    assert press(keys, 8, key, ENTER) == "none"


# --- checklists ---------------------------------------------------------------


def test_space_marks_and_the_answers_come_in_the_order_of_the_list(keys: PipeInput) -> None:
    assert press(keys, 2, DOWN, SPACE, UP, SPACE, ENTER) == ("overdose", "violence")


def test_space_again_takes_a_mark_away(keys: PipeInput) -> None:
    assert press(keys, 2, SPACE, SPACE, DOWN, SPACE, ENTER) == ("violence",)


def test_numbers_mark(keys: PipeInput) -> None:
    assert press(keys, 2, "2", "1", ENTER) == ("overdose", "violence")


def test_letters_mark_what_the_nine_numbers_do_not_reach(keys: PipeInput) -> None:
    assert press(keys, 7, "9", "a", ENTER) == ("sign_9", "tenth")


def test_enter_with_nothing_marked_does_not_answer(keys: PipeInput) -> None:
    assert press(keys, 2, ENTER, ENTER, "1", ENTER) == ("overdose",)


@pytest.mark.parametrize("alone", ["3", "4", "5"])
def test_an_answer_that_stands_alone_takes_the_other_marks_away(
    keys: PipeInput, alone: str
) -> None:
    expected = {"3": ("none",), "4": "unsure", "5": "skip"}[alone]
    assert press(keys, 2, "1", "2", alone, ENTER) == expected


@pytest.mark.slow
@pytest.mark.parametrize("alone", ["3", "4", "5"])
def test_another_answer_takes_the_one_that_stands_alone_away(keys: PipeInput, alone: str) -> None:
    assert press(keys, 2, alone, "2", ENTER) == ("violence",)


def test_the_old_marks_are_still_there(keys: PipeInput) -> None:
    assert press(keys, 2, ENTER, old=("overdose", "violence")) == ("overdose", "violence")


@pytest.mark.parametrize("key", ["a", "i", "\x01", "\t"])
def test_no_key_marks_everything_or_turns_the_marks_around(keys: PipeInput, key: str) -> None:
    assert press(keys, 2, "2", key, ENTER) == ("violence",)


# --- beside answering ---------------------------------------------------------


@pytest.mark.parametrize("key", [SHIFT_TAB, LEFT])
@pytest.mark.parametrize("number", [2, 8])
def test_shift_tab_and_left_go_back(keys: PipeInput, key: str, number: int) -> None:
    assert press(keys, number, key) is Move.BACK


def test_nothing_goes_back_from_the_first_question(keys: PipeInput) -> None:
    assert press(keys, 1, SHIFT_TAB, LEFT, ENTER) == "adult"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["?", F1])
@pytest.mark.parametrize("closing", ["x", ENTER, SPACE, DOWN, SHIFT_TAB])
def test_a_look_at_why_comes_back_to_the_same_place(
    keys: PipeInput, key: str, closing: str
) -> None:
    assert press(keys, 8, DOWN, key, closing, ENTER) == "friends"


def test_a_look_at_why_keeps_the_marks(keys: PipeInput) -> None:
    assert press(keys, 2, "1", "2", "?", "x", ENTER) == ("overdose", "violence")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize(("key", "move"), [(CTRL_R, Move.REVIEW), (CTRL_S, Move.SAVE)])
def test_each_question_leads_to_the_review_and_to_saving(
    keys: PipeInput, key: str, move: Move, number: int
) -> None:
    assert press(keys, number, DOWN, key) is move


STOPS = [
    (CTRL_C, KeyboardInterrupt),
    (CTRL_D, KeyboardInterrupt),
    ("\x11", KeyboardInterrupt),
    (CTRL_X, QuickExit),
]


@pytest.mark.slow
@pytest.mark.parametrize(("key", "error"), STOPS)
@pytest.mark.parametrize("before", ["", "?", DOWN + SPACE])
def test_stopping_and_the_quick_exit_work_at_a_question_and_on_the_page_behind_it(
    keys: PipeInput, key: str, error: type[BaseException], before: str
) -> None:
    for number in (1, 2, 8):
        with pytest.raises(error):
            press(keys, number, before, key)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 9))
def test_ctrl_c_and_ctrl_x_work_at_each_question(keys: PipeInput, number: int) -> None:
    for key, error in (STOPS[0], STOPS[-1]):
        with pytest.raises(error):
            press(keys, number, key)


@pytest.mark.parametrize(("key", "error"), STOPS)
def test_they_work_at_an_alert_and_before_the_result_too(
    keys: PipeInput, key: str, error: type[BaseException]
) -> None:
    places: list[Callable[[], object]] = [
        lambda: prompter().alert([ALERTS[0]]),
        lambda: prompter().alert([ALERTS[1]]),
        lambda: prompter().before_result(Ended.STOPPED_AT_ALERT),
    ]
    for place in places:
        keys.send_text(key)
        with pytest.raises(error):
            place()


# --- the page behind "?" ------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 9))
def test_it_tells_why_and_what_each_answer_means(number: int) -> None:
    asked = QUESTIONS[number - 1]
    told = " ".join(help_page(SETTING, asked))
    for text in (asked.ask, asked.why, *(option.label for option in asked.options)):
        assert text in told
    assert asked.unsure in told
    assert asked.skip in told
    assert "Listen for" not in told
    assert asked.cue in " ".join(help_page(Setting(RULES, US, for_client=True), asked))


def test_it_tells_what_a_drink_is_here() -> None:
    assert "A drink is a can of beer." in help_page(SETTING, QUESTIONS[4])


@pytest.mark.parametrize("name", ["Ctrl-R", "Ctrl-S", "Ctrl-X", "Ctrl-C", "Esc", "Enter", "Home"])
@pytest.mark.parametrize("number", [1, 2])
def test_it_names_every_key(name: str, number: int) -> None:
    assert any(text.startswith(name) or name in text for text in help_page(SETTING, QUESTIONS[1]))


@pytest.mark.slow
def test_a_whole_interview_by_keys_gives_the_same_answers_as_by_lines(keys: PipeInput) -> None:
    pressed = ("2", ENTER, "3", ENTER, "1", "2", ENTER, ENTER, "2", ENTER, "3", ENTER)
    keys.send_text("".join([*pressed, "1", "a", ENTER, "3", ENTER]))
    by_keys = conduct(RULES, prompter())
    typed = io.BytesIO(b"2\n3\n1,2\n1\n2\n3\n1,10\n3\n")
    by_lines = conduct(RULES, PlainPrompter(SETTING, Lines(typed, io.StringIO(), typed=False)))
    assert by_keys == by_lines
    assert by_keys.answers["signs"] == ("sign_1", "tenth")


# --- alerts -------------------------------------------------------------------


def alert(keys: PipeInput, number: int, *presses: str) -> bool | Move:
    keys.send_text("".join(presses))
    return prompter().alert([ALERTS[number]])


def test_stop_here_is_first_after_an_alert_that_holds(keys: PipeInput) -> None:
    assert alert(keys, 0, ENTER) is False


def test_go_on_is_second_after_an_alert_that_holds(keys: PipeInput) -> None:
    assert alert(keys, 0, DOWN, ENTER) is True


@pytest.mark.parametrize("back", [ESCAPE, LEFT, SHIFT_TAB])
def test_back_at_an_alert_that_holds_leads_to_its_question_and_never_on(
    keys: PipeInput, back: str
) -> None:
    assert alert(keys, 0, back) is Move.BACK
    assert alert(keys, 0, DOWN, back) is Move.BACK


def test_enter_before_a_quiet_moment_closes_no_alert(keys: PipeInput) -> None:
    keys.send_text(f"{ENTER}{CTRL_C}")
    lines = Lines(io.BytesIO(b""), io.StringIO(), typed=True, clock=leisure)
    at_once = Pace(lambda: 0.0)  # the key comes at the moment at which the alert is shown
    asking = SelectPrompter(SETTING, PlainPrompter(SETTING, lines), pace=at_once)
    with pytest.raises(KeyboardInterrupt):
        asking.alert([ALERTS[0]])


@pytest.mark.slow
@pytest.mark.parametrize("stray", ["?", F1, SPACE, "x"])
def test_no_other_key_waves_an_alert_that_holds_away(keys: PipeInput, stray: str) -> None:
    assert alert(keys, 0, stray, ENTER) is False
    assert alert(keys, 0, DOWN, stray, ENTER) is True


@pytest.mark.parametrize("stray", ["", "x", SPACE, DOWN, SHIFT_TAB])
def test_an_alert_without_hold_is_closed_by_enter_alone(keys: PipeInput, stray: str) -> None:
    assert alert(keys, 1, stray, ENTER) is True


# --- what stands on the screen ------------------------------------------------

SMALLEST, SMALL, USUAL = Size(30, 12), Size(40, 12), Size(80, 24)


def menu(number: int, **changes: Any) -> Menu:
    return question_menu(SETTING, step(number))._replace(**changes)


def text(picture: Picture) -> str:
    return " ".join(" ".join(row.text for row in picture.rows).split())


@pytest.mark.parametrize("size", [SMALLEST, SMALL, USUAL])
@pytest.mark.parametrize("number", range(1, 9))
def test_each_answer_is_whole_under_the_cursor_and_the_question_stays(
    size: Size, number: int
) -> None:
    shown, top = menu(number), 0
    assert room_for(shown, size)
    for place in [*range(len(shown.labels)), *reversed(range(len(shown.labels)))]:
        picture = draw(shown, size, place, top)
        top = picture.top
        assert len(picture.rows) <= size.rows
        assert max(len(row.text) for row in picture.rows) <= size.columns
        assert shown.labels[place] in text(picture)
        assert QUESTIONS[number - 1].ask in text(picture)
        assert shown.progress in text(picture)
        [cursor] = [row for row in picture.rows if row.cursor is not None]
        assert cursor.text.startswith(f"> {KEYS[place]}. ")


def test_a_mark_says_that_there_is_more_above_and_below() -> None:
    shown = menu(7)
    assert "More answers below." in text(draw(shown, SMALL, 0))
    assert "More answers above and below." in text(draw(shown, SMALL, 9))
    assert "More answers above." in text(draw(shown, SMALL, 12))
    assert "More answers" not in text(draw(shown, USUAL, 0))


def test_moving_scrolls_no_more_than_it_must() -> None:
    shown = menu(7)
    down = draw(shown, SMALL, 9, 0)
    assert draw(shown, SMALL, 8, down.top).top == down.top


def test_what_a_drink_is_stands_under_the_question_where_there_is_room() -> None:
    assert "A drink is a can of beer." in text(draw(menu(5), USUAL, 0))


def test_extra_lines_never_hide_the_answer_under_the_cursor() -> None:
    long = menu(8, extras=("Listen for: " + "a pause " * 12,), labels=(LONG_LABEL,) * 6)
    for place in range(6):
        assert LONG_LABEL in text(draw(long, SMALL, place))


def test_a_question_that_takes_over_half_the_rows_is_not_a_menu() -> None:
    assert not room_for(menu(8, head=("word " * 60,)), SMALL)
    assert not room_for(menu(8, labels=("word " * 100,)), SMALL)


def test_such_a_question_is_asked_in_plain_lines(keys: PipeInput) -> None:
    long = question("long", "one", {"yes": "Yes", "no": "No"}, ask="word " * 400)
    asking = prompter(b"no\n")
    assert asking.ask(AskedQuestion(long, 2, 8, "You", None, can_go_back=True)) == "no"


@pytest.mark.parametrize("size", [SMALLEST, SMALL])
def test_every_line_of_a_page_can_be_reached_and_it_says_that_there_is_more(size: Size) -> None:
    texts = [f"This is paragraph number {n} of a long page." for n in range(20)]
    seen, top, more, marks = "", 0, True, []
    while more:
        picture, more = page(texts, size, top, CLOSE_ANY_OTHER, CLOSE_ANY)
        assert len(picture.rows) <= size.rows
        seen += " " + " ".join(row.text for row in picture.rows[:-2])
        marks.append(picture.rows[-2].text)
        assert picture.rows[-1].text == (CLOSE_ANY_OTHER if more else CLOSE_ANY)
        top = picture.top + size.rows - 4
    seen = " ".join(seen.split())
    assert all(text in seen for text in texts[:-1])
    assert marks[0] == "More below: Space or Down."
    assert set(marks[1:-1]) == {"More above and below."}
    assert marks[-1] == "More above: Up."


def test_a_page_that_fits_says_nothing_of_more() -> None:
    picture, more = page(["One line."], SMALL, 5, CLOSE_ANY_OTHER, CLOSE_ANY)
    assert [row.text for row in picture.rows] == ["One line.", CLOSE_ANY]
    assert not more


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_window_of_hardly_any_rows_still_shows_a_line_of_a_page(rows: int) -> None:
    picture, _ = page(["One line.", "Another."], Size(20, rows), 1, CLOSE_ANY, CLOSE_ANY)
    assert picture.rows[0].text == "Another."


# --- the review ---------------------------------------------------------------

ANSWERS: dict[str, Answer] = {
    "age": "adult",
    "danger": ("none",),
    "use": ("none",),
    "severity": "mild",
    "place": "friends",
}
ROWS = [ReviewRow(each, ANSWERS[each.id]) for each in QUESTIONS if each.id in ANSWERS]
MANY = [ReviewRow(each, each.answers[0]) for each in QUESTIONS] + [
    ReviewRow(
        question(f"more_{n}", "many", {f"x{m}": f"{LONG_LABEL} {m}" for m in range(n)}), ("x0",)
    )
    for n in range(1, 40)
]


def review(
    keys: PipeInput, *presses: str, finished: bool = True, asking: SelectPrompter | None = None
) -> str | None:
    keys.send_text("".join(presses))
    return (asking or prompter()).review(ROWS, finished=finished)


@pytest.mark.slow
@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize(
    "presses", ["", END + HOME, DOWN + UP, "50", UP + DOWN, PAGE_DOWN + PAGE_UP]
)
def test_the_first_row_of_the_review_goes_on(keys: PipeInput, presses: str, finished: bool) -> None:
    assert review(keys, presses, ENTER, finished=finished) is None


@pytest.mark.slow
@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize(
    ("presses", "picked"),
    [
        (DOWN, "age"),
        ("1", "age"),
        ("3", "use"),
        (END, "place"),
        (UP, "place"),
        (PAGE_DOWN, "place"),
        (DOWN + "?x", "age"),
        ("2?" + DOWN, "danger"),
        ("4" + CTRL_R + SPACE + "xai9", "severity"),
    ],
)
def test_enter_on_another_row_picks_its_question(
    keys: PipeInput, presses: str, picked: str, finished: bool
) -> None:
    assert review(keys, presses, ENTER, finished=finished) == picked


@pytest.mark.slow
@pytest.mark.parametrize("key", [SHIFT_TAB, LEFT])
def test_back_leads_from_the_review_to_the_questions_and_never_to_the_result(
    keys: PipeInput, key: str
) -> None:
    assert review(keys, "3", key, finished=False) is None
    assert review(keys, "3", key, ENTER, finished=True) == "use"


@pytest.mark.slow
@pytest.mark.parametrize(("key", "error"), STOPS)
@pytest.mark.parametrize("before", ["", "?", DOWN])
@pytest.mark.parametrize("finished", [True, False])
def test_stopping_and_the_quick_exit_work_in_the_review(
    keys: PipeInput, key: str, error: type[BaseException], before: str, finished: bool
) -> None:
    with pytest.raises(error):
        review(keys, before, key, finished=finished)


@pytest.mark.slow
def test_the_answers_can_be_saved_from_the_review_and_at_an_alert(keys: PipeInput) -> None:
    saved: list[str] = []
    lines = Lines(io.BytesIO(), io.StringIO(), typed=True, clock=leisure)
    asking = SelectPrompter(SETTING, PlainPrompter(SETTING, lines, lambda: saved.append("saved")))
    assert review(keys, "3", CTRL_S, ENTER, asking=asking) == "use"
    keys.send_text(DOWN + CTRL_S + ENTER)
    assert asking.alert([ALERTS[0]]) is True
    assert saved == ["saved", "saved"]
    assert review(keys, "3", CTRL_S, ENTER) == "use"


def test_the_point_returns_to_the_row_just_changed(keys: PipeInput) -> None:
    asking = prompter()
    assert review(keys, "4", ENTER, asking=asking) == "severity"
    assert review(keys, DOWN, ENTER, asking=asking) == "place"
    assert review(keys, ENTER, asking=asking) == "place"
    assert review(keys, HOME, ENTER, asking=asking) is None
    assert review(keys, ENTER, asking=asking) is None


def test_a_row_that_no_longer_applies_gives_the_point_back_to_the_top(keys: PipeInput) -> None:
    asking = prompter()
    assert review(keys, "3", ENTER, asking=asking) == "use"
    keys.send_text(ENTER)
    assert asking.review(ROWS[:2], finished=True) is None


def test_an_empty_review_can_only_be_left(keys: PipeInput) -> None:
    keys.send_text(DOWN + ENTER)
    assert prompter().review([], finished=False) is None


@pytest.mark.parametrize("size", [SMALLEST, SMALL, USUAL])
@pytest.mark.parametrize("down", [True, False])
def test_every_word_of_the_review_is_brought_on_screen_by_stepping(size: Size, down: bool) -> None:
    rows = [*MANY, ReviewRow(QUESTIONS[6], tuple(QUESTIONS[6].answers[:-1]))]
    shown = review_menu(rows, finished=True, on_screen=True)
    seen: dict[int, dict[str, None]] = {}
    place, top = 0, 0
    for _ in range(2000):
        picture = draw(shown, size, place, top)
        top = picture.top
        assert len(picture.rows) <= size.rows
        assert max(len(row.text) for row in picture.rows) <= size.columns
        [cursor] = [row for row in picture.rows if row.cursor is not None]
        assert cursor.bold
        assert cursor.text.startswith(">")
        bold = dict.fromkeys(row.text[1:].strip() for row in picture.rows[1:-1] if row.bold)
        seen[place] = seen.get(place, {}) | bold if down else bold | seen.get(place, {})
        before = place
        place, top = stepped(shown, size, place, top, 1 if down else -1)
        if place != before and place == 0:
            break
    assert len(seen) == len(shown.labels)
    for n, label in enumerate(shown.labels):
        assert set(" ".join(label.split()).split()) <= set(" ".join(seen[n]).split())


def test_a_row_that_is_taller_than_the_window_is_walked_through_to_its_end() -> None:
    signs = ReviewRow(QUESTIONS[6], tuple(f"sign_{n}" for n in range(1, 10)) * 1)
    long = signs._replace(
        question=signs.question._replace(ask="A long question. " * 20),
    )
    shown = review_menu([long], finished=True, on_screen=True)
    place, top, tops = 1, 0, []
    while place == 1:
        top = draw(shown, SMALL, place, top).top
        tops.append(top)
        place, top = stepped(shown, SMALL, place, top, 1)
    assert len(tops) > 1
    assert tops == sorted(set(tops))
    assert "Sign number 9." in text(draw(shown, SMALL, 1, tops[-1]))


def test_the_row_that_shows_the_result_says_that_it_stays_on_the_screen() -> None:
    first = review_menu(ROWS, finished=True, on_screen=True).labels[0]
    assert "All correct: show my result" in first
    assert "stays on your screen" in first
    assert "stays" not in review_menu(ROWS, finished=True, on_screen=False).labels[0]
    assert review_menu(ROWS, finished=False, on_screen=True).labels[0] == "Go on with the questions"


# --- whole interviews ---------------------------------------------------------


class Typist:
    """Presses the keys of each prompt in turn: those of the next are not typed ahead."""

    def __init__(self, keys: PipeInput, *presses: str) -> None:
        self._keys = keys
        self._presses = list(presses)
        self._asking = prompter()
        self.asked: list[str] = []

    def _next(self, what: str) -> SelectPrompter:
        self.asked.append(what)
        assert self._presses, f"no keys are left for {what}"
        self._keys.send_text(self._presses.pop(0))
        return self._asking

    def ask(self, step: AskedQuestion) -> Answer | Move:
        return self._next(step.question.id).ask(step)

    def alert(self, alerts: Sequence[Alert]) -> bool:
        return self._next("alert").alert(alerts)

    def review(self, rows: Sequence[ReviewRow], *, finished: bool) -> str | None:
        return self._next("review").review(rows, finished=finished)


GIVEN: dict[str, Answer] = {
    "age": "adult", "danger": ("none",), "use": ("none",), "severity": "mild",
}  # fmt: skip


@pytest.mark.slow
def test_a_change_in_the_review_asks_only_what_newly_applies(keys: PipeInput) -> None:
    typist = Typist(
        keys, ENTER, "3" + ENTER, "3" + "1" + ENTER, "2" + ENTER, ENTER, DOWN + ENTER, HOME + ENTER
    )
    outcome = conduct(RULES, typist, GIVEN, review=True)
    assert typist.asked == ["place", "review", "use", "often", "alert", "drinks", "review"]
    assert outcome.ended is Ended.FINISHED
    assert outcome.answers["use"] == ("alcohol",)
    assert outcome.answers["drinks"] == "many"


def test_a_look_at_the_review_in_mid_question_changes_nothing(keys: PipeInput) -> None:
    typist = Typist(
        keys, CTRL_R, SHIFT_TAB, CTRL_R, "1" + ENTER, SHIFT_TAB, SHIFT_TAB, "3" + ENTER, ENTER
    )
    outcome = conduct(RULES, typist, GIVEN, review=True)
    assert typist.asked == [
        "place", "review", "place", "review", "age", "review", "place", "review",
    ]  # fmt: skip
    assert outcome == ({**GIVEN, "place": "own"}, Ended.FINISHED)


def test_back_from_a_question_of_the_review_leaves_its_answer(keys: PipeInput) -> None:
    typist = Typist(keys, ENTER, "1" + ENTER, SHIFT_TAB, HOME + ENTER)
    outcome = conduct(RULES, typist, GIVEN, review=True)
    assert typist.asked == ["place", "review", "age", "review"]
    assert outcome.answers["age"] == "adult"


@pytest.mark.slow
def test_the_key_for_saving_saves_the_answers_so_far(keys: PipeInput) -> None:
    saved: list[Any] = []
    typist = Typist(keys, CTRL_S, ENTER)
    conduct(RULES, typist, GIVEN, save=saved.append)
    assert saved == [GIVEN]


# --- before the result --------------------------------------------------------


def test_the_result_waits_for_enter_and_for_no_other_key(keys: PipeInput) -> None:
    keys.send_text("x" + SPACE + DOWN + SHIFT_TAB + "?" + CTRL_R + ENTER)
    prompter().before_result(Ended.STOPPED_AT_ALERT)


@pytest.mark.parametrize("ended", [Ended.FINISHED, Ended.OUT_OF_SCOPE])
def test_after_a_review_the_result_comes_at_once(keys: PipeInput, ended: Ended) -> None:
    prompter().before_result(ended)


# --- a screen of its own ------------------------------------------------------


@pytest.mark.parametrize("error", [None, KeyboardInterrupt, QuickExit, EOFError, RuntimeError])
def test_the_screen_of_the_menus_is_left_however_the_quiz_ends(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException] | None
) -> None:
    done: list[str] = []

    class Recording(DummyOutput):
        def enter_alternate_screen(self) -> None:
            done.append("enter")

        def quit_alternate_screen(self) -> None:
            done.append("leave")

        def show_cursor(self) -> None:
            done.append("cursor")

    monkeypatch.setattr("pathfinder.ask.select.create_output", lambda _: Recording())
    with nullcontext() if error is None else pytest.raises(error), prompter():
        assert done == ["enter"]
        if error is not None:
            raise error
    assert done == ["enter", "leave", "cursor"]


# --- small windows ------------------------------------------------------------


class Window(DummyOutput):
    """An output of a given size, which may change."""

    def __init__(self, columns: int, rows: int) -> None:
        self.size = rows, columns

    def get_size(self) -> PromptToolkitSize:
        return PromptToolkitSize(*self.size)


@pytest.mark.parametrize("size", [(29, 24), (80, 11), (10, 3)])
def test_under_30_columns_or_12_rows_everything_is_plain_and_says_so(size: tuple[int, int]) -> None:
    said, typed = io.StringIO(), io.BytesIO(b"1\n\n2\n1\n")
    plain = PlainPrompter(SETTING, Lines(typed, said, typed=True, clock=leisure))
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=Window(*size)):
        asking = SelectPrompter(SETTING, plain)
        assert asking.ask(step(8)) == "none"
        assert asking.alert([ALERTS[1]]) is True
        assert asking.alert([ALERTS[0]]) is True
        assert asking.review(ROWS, finished=True) == "age"
    assert said.getvalue().count("The window is small") == 4
    assert ALERTS[1].text in " ".join(said.getvalue().split())


def test_a_window_that_becomes_too_small_while_a_page_is_read_is_asked_in_lines() -> None:
    said, typed = io.StringIO(), io.BytesIO(b"2\n")
    plain = PlainPrompter(SETTING, Lines(typed, said, typed=True, clock=leisure))
    window = Window(80, 24)

    class Shrinking(SelectPrompter):
        def _explain(self, texts: Sequence[str]) -> None:
            window.size = 11, 80
            super()._explain(texts)

    with create_pipe_input() as pipe, create_app_session(input=pipe, output=window):
        pipe.send_text("?")
        assert Shrinking(SETTING, plain).ask(step(8)) == "friends"
    assert "The window is small" in said.getvalue()


@pytest.mark.parametrize("rows", [1, 5, 11])
def test_plain_lines_wait_before_a_word_leaves_the_window(
    monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(Lines, "size", Size(80, rows))
    said = io.StringIO()
    lines = Lines(io.BytesIO(b"\n" * 20 + b"end\n"), said, typed=True, clock=leisure)
    with lines.on_own_screen(lambda: None, lambda: None):
        lines.put(f"line {n}" for n in range(20))
    for stretch in said.getvalue().split("More below: press Enter. ")[:-1]:
        assert 1 <= stretch.count("line") <= max(1, rows - 1)


def test_an_answer_typed_at_such_a_wait_is_taken_as_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Lines, "size", Size(80, 4))
    lines = Lines(io.BytesIO(b"2\n3\n"), io.StringIO(), typed=True, clock=leisure)
    with lines.on_own_screen(lambda: None, lambda: None):
        lines.put(f"line {n}" for n in range(20))
        assert lines.read("Your answer:") == "2"
        assert lines.read("Your answer:") == "3"
        assert lines.read("Your answer:") is None


def test_the_first_question_s_cursor_stands_on_an_answer_with_which_the_quiz_goes_on(
    keys: PipeInput,
) -> None:
    assert press(keys, 1, ENTER) == "adult"
    assert press(keys, 1, UP, ENTER) == "young"
