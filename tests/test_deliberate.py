"""In a real terminal: only what a person does on purpose answers, closes or moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from reports import KNOWN
from screen import CTRL_X, DOWN, ENTER, ESCAPE, Screen
from test_screen import start

SMALL_QUIZ = str(Path(__file__).with_name("small_quiz.py"))
WIDTHS = [(80, 24), (40, 12)]


def to_the_alert(screen: Screen) -> None:
    """In menus, to the question on danger, with the emergency marked."""
    screen.wait("How old are you?")
    screen.press("2", ENTER)
    screen.wait("Is any of this happening")
    screen.press("1")
    screen.wait("[x] Took too much")


@pytest.mark.slow
def test_enter_held_down_from_the_question_closes_no_alert() -> None:
    with Screen([SMALL_QUIZ]) as screen:
        to_the_alert(screen)
        screen.hold(ENTER, seconds=2.5)
        screen.wait("Stop here")
        screen.settle()
        assert "> 1. Stop here" in screen.text


@pytest.mark.slow
def test_enter_held_down_at_the_first_question_ends_nothing() -> None:
    with Screen([SMALL_QUIZ]) as screen:
        screen.wait("How old are you?")
        screen.hold(ENTER, seconds=2.5)
        screen.wait("Is any of this happening")
        screen.settle()
        assert screen.alive, "Under 18 is not told to somebody who leant on a key"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["device attributes", "focus out", "background", "Alt-1"])
def test_a_report_marks_nothing_and_goes_nowhere_in_a_real_terminal(name: str) -> None:
    with Screen([SMALL_QUIZ]) as screen:
        to_the_alert(screen)
        before = screen.lines
        screen.press(KNOWN[name])
        screen.settle()
        assert screen.lines == before


@pytest.mark.slow
def test_lines_typed_ahead_answer_no_alert_that_is_not_yet_shown() -> None:
    with Screen([SMALL_QUIZ, "--plain"]) as screen:
        screen.wait("Your answer:")
        screen.line("2")
        screen.wait("Question 2 of")
        screen.wait(lambda s: s.text.endswith("Your answer:"))
        screen.press("1\r2\r2\r")
        screen.wait("2. Go on")
        screen.settle()
        assert "Question 3" not in screen.text
        assert screen.text.endswith("Your answer:")
        screen.line("2")
        screen.wait("Question 3 of")


def test_a_line_typed_ahead_answers_no_question_that_is_not_yet_shown() -> None:
    with Screen([SMALL_QUIZ, "--plain"]) as screen:
        screen.wait("Your answer:")
        screen.press("2\r1\r")  # as a slow start tempts to
        screen.wait("Question 2 of")
        screen.wait(lambda s: s.text.endswith("Your answer:"))
        screen.settle()
        assert "You answered" not in screen.text.rpartition("Question 2 of")[2]
        screen.line("1")
        screen.wait("1. Stop here")


# --- the quick exit is one key ------------------------------------------------


@pytest.mark.slow
def test_the_quick_exit_needs_no_enter_while_the_opening_is_read_in_pages() -> None:
    with Screen([SMALL_QUIZ], columns=40, rows=12) as screen:
        screen.wait("Press Enter to go on.")
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""


@pytest.mark.slow
@pytest.mark.parametrize("size", WIDTHS)
def test_the_quick_exit_needs_no_enter_where_a_file_name_is_typed(size: tuple[int, int]) -> None:
    with Screen([SMALL_QUIZ], columns=size[0], rows=size[1]) as screen:
        start(screen)
        screen.press("\x13")
        screen.wait("File name:")
        screen.press("my-an", CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""


@pytest.mark.parametrize("typed", ["", "2", "no"])
def test_the_quick_exit_needs_no_enter_in_plain_lines(typed: str) -> None:
    with Screen([SMALL_QUIZ, "--plain"]) as screen:
        screen.wait("Your answer:")
        screen.press(typed, CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""


# --- marks --------------------------------------------------------------------


@pytest.mark.slow
def test_marks_are_there_again_when_esc_was_pressed_and_the_question_comes_back() -> None:
    with Screen([SMALL_QUIZ]) as screen:
        to_the_alert(screen)
        screen.press(DOWN, " ")
        screen.wait("[x] Someone hurts me")
        screen.press(ESCAPE)
        screen.wait("How old are you?")
        screen.press(ENTER)
        screen.wait("Is any of this happening")
        screen.wait("[x] Took too much")
        assert "[x] Someone hurts me" in screen.text


@pytest.mark.slow
def test_the_keyboard_speaks_plainly_while_our_screen_is_open_and_as_before_afterwards() -> None:
    """A program that died may have left on what makes a report of every key."""
    entered = (b"\x1b[>0u", b"\x1b[>4;0m", b"\x1b[?1003l", b"\x1b[?1004l")
    left = (b"\x1b[<1u", b"\x1b[>4m")
    with Screen([SMALL_QUIZ]) as screen:
        screen.wait("How old are you?")
        before = screen.bytes.partition(b"How old")[0]
        assert [code for code in entered if code not in before] == []
        assert [code for code in left if code in screen.bytes] == []
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert [code for code in left if screen.bytes.count(code) != 1] == []
        assert screen.bytes.count(entered[0]) == 1
