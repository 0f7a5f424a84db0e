"""Select mode by its keys: a pipe of key presses in, answers out. What is seen is tested elsewhere.

A lone Esc glues itself to the key that follows, so Shift-Tab and Left stand for
it here; Esc itself is tested on a real screen.
"""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from screen import CTRL_C, CTRL_D, DOWN, ENTER, F1, LEFT, SHIFT_TAB, UP
from small_rules import ALERTS, LONG_LABEL, QUESTIONS, US, question, small_rules

from pathfinder.ask.base import Setting
from pathfinder.ask.picture import KEYS, Menu, Picture, draw, page, room_for
from pathfinder.ask.plain import PlainPrompter
from pathfinder.ask.select import SelectPrompter
from pathfinder.ask.terminal import Lines, Size
from pathfinder.interview import Answer, Move, Step, conduct

RULES = small_rules()
SETTING = Setting(RULES, US, for_client=False)
SPACE, HOME, END = " ", "\x1b[H", "\x1b[F"
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
    lines = Lines(io.BytesIO(typed), io.StringIO(), typed=True)
    return SelectPrompter(SETTING, PlainPrompter(SETTING, lines))


def step(number: int, old: Answer | None = None) -> Step:
    return Step(QUESTIONS[number - 1], number, 8, "You", old, can_go_back=number > 1)


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
    assert press(keys, 1, SHIFT_TAB, LEFT, DOWN, ENTER) == "adult"


@pytest.mark.parametrize("key", ["?", F1])
@pytest.mark.parametrize("closing", ["x", ENTER, SPACE, DOWN, SHIFT_TAB])
def test_a_look_at_why_comes_back_to_the_same_place(
    keys: PipeInput, key: str, closing: str
) -> None:
    assert press(keys, 8, DOWN, key, closing, ENTER) == "friends"


def test_a_look_at_why_keeps_the_marks(keys: PipeInput) -> None:
    assert press(keys, 2, "1", "2", "?", "x", ENTER) == ("overdose", "violence")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, "\x11"])
@pytest.mark.parametrize("before", ["", "?"])
def test_ctrl_c_stops_at_a_question_and_on_the_page_behind_it(
    keys: PipeInput, key: str, before: str
) -> None:
    with pytest.raises(KeyboardInterrupt):
        press(keys, 2, before, key)


def test_a_whole_interview_by_keys_gives_the_same_answers_as_by_lines(keys: PipeInput) -> None:
    pressed = ("2", ENTER, "3", ENTER, "1", "2", ENTER, ENTER, "2", ENTER, "3", ENTER)
    keys.send_text("".join([*pressed, "1", "a", ENTER, "3", ENTER]))
    by_keys = conduct(RULES, prompter())
    typed = io.BytesIO(b"2\n3\n1,2\n1\n2\n3\n1,10\n3\n")
    by_lines = conduct(RULES, PlainPrompter(SETTING, Lines(typed, io.StringIO(), typed=False)))
    assert by_keys == by_lines
    assert by_keys.answers["signs"] == ("sign_1", "tenth")


# --- alerts -------------------------------------------------------------------


def alert(keys: PipeInput, number: int, *presses: str) -> bool:
    keys.send_text("".join(presses))
    return prompter().alert([ALERTS[number]])


def test_stop_here_is_first_after_an_alert_that_holds(keys: PipeInput) -> None:
    assert alert(keys, 0, ENTER) is False


def test_go_on_is_second_after_an_alert_that_holds(keys: PipeInput) -> None:
    assert alert(keys, 0, DOWN, ENTER) is True


@pytest.mark.parametrize("stray", ["?", F1, SHIFT_TAB, LEFT, SPACE, "x"])
def test_no_other_key_waves_an_alert_that_holds_away(keys: PipeInput, stray: str) -> None:
    assert alert(keys, 0, stray, ENTER) is False
    assert alert(keys, 0, DOWN, stray, ENTER) is True


@pytest.mark.parametrize("stray", ["", "x", SPACE, DOWN, SHIFT_TAB])
def test_an_alert_without_hold_is_closed_by_enter_alone(keys: PipeInput, stray: str) -> None:
    assert alert(keys, 1, stray, ENTER) is True


# --- what stands on the screen ------------------------------------------------

SMALLEST, SMALL, USUAL = Size(30, 12), Size(40, 12), Size(80, 24)


def menu(number: int, **changes: Any) -> Menu:
    return prompter()._menu_of(step(number))._replace(**changes)


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
    assert asking.ask(Step(long, 2, 8, "You", None, can_go_back=True)) == "no"


@pytest.mark.parametrize("size", [SMALLEST, SMALL])
def test_every_line_of_a_page_can_be_reached(size: Size) -> None:
    texts = [f"This is paragraph number {n} of a long page." for n in range(20)]
    seen, top, more = "", 0, True
    while more:
        picture, more = page(texts, size, top, "Press any key.")
        assert len(picture.rows) <= size.rows
        seen += " " + " ".join(row.text for row in picture.rows[:-1])
        top = picture.top + size.rows - 1
    seen = " ".join(seen.split())
    assert all(text in seen for text in texts[:-1])
    assert picture.rows[-1].text == "Press any key."
