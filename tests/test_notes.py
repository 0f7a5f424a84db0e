"""Notes: a counselor's word to an answer, taken in menus and in lines, shown to nobody unasked."""

from __future__ import annotations

import io
import signal
from collections.abc import Callable, Iterator

import pytest
from leisure import leisure
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from screen import CTRL_C, CTRL_X, DOWN, ENTER
from small_rules import QUESTIONS, US, question, small_rules

from pathfinder.ask.interview import (
    NO_NOTE,
    NOTE_GONE,
    NOTE_KEPT,
    NOTE_LEFT,
    NOTES_NEED_SAVE,
    THERE_IS_A_NOTE,
    THERE_WAS_A_NOTE,
    AskedQuestion,
    Move,
    Notes,
    ReviewRow,
)
from pathfinder.ask.menu_layout import Menu, draw
from pathfinder.ask.menu_messages import help_page, keys_of, question_menu, review_help, review_menu
from pathfinder.ask.phrases import Setting
from pathfinder.ask.plain import PlainPrompter
from pathfinder.ask.select import SelectPrompter
from pathfinder.ask.terminal import Lines
from pathfinder.engine.question import Answer
from pathfinder.errors import AnswersError, QuickExit
from pathfinder.sessions.choices import LONGEST_NOTE
from pathfinder.terminal import Size

pytestmark = pytest.mark.usefixtures("typed_ahead")

RULES = small_rules()
CLIENT = Setting(RULES, US, for_client=True)
ALONE = Setting(RULES, US, for_client=False)
PLACE = QUESTIONS[7]
SHIFT_TAB = "\x1b[Z"


class Kept(Notes):
    """Notes that count how often they were written."""

    def __init__(self, trouble: str = "", **notes: str) -> None:
        self.written = 0
        self._trouble = trouble
        super().__init__(notes, self._count)

    def _count(self) -> str:
        self.written += 1
        return self._trouble


def step(asked: int = 8, old: Answer | None = None) -> AskedQuestion:
    return AskedQuestion(QUESTIONS[asked - 1], asked, 8, "You", old, can_go_back=True)


# --- a note -------------------------------------------------------------------------------


def test_a_note_is_taken_changed_and_taken_away_and_each_is_written_and_said() -> None:
    notes = Kept()
    assert notes.put("home", "  A flat.\n He pays  half. ") == NOTE_KEPT
    assert notes.kept == {"home": "A flat. He pays half."}
    assert notes.put("home", "Alone now.") == NOTE_KEPT
    assert notes.put("home", "") == NOTE_GONE
    assert notes.kept == {}
    assert notes.written == 3


def test_a_note_that_says_nothing_new_is_not_written() -> None:
    notes = Kept(home="A flat.")
    assert notes.put("home", "A flat.") == NOTE_LEFT
    assert notes.put("place", "  ") == NO_NOTE
    assert (notes.written, notes.kept) == (0, {"home": "A flat."})


def test_a_note_that_is_too_long_is_refused_and_the_old_one_stays() -> None:
    notes = Kept(home="A flat.")
    assert "4,000 letters" in notes.put("home", "x" * (LONGEST_NOTE + 1))
    assert (notes.written, notes.kept) == (0, {"home": "A flat."})


def test_a_note_is_not_said_to_be_kept_before_it_is_on_the_disk() -> None:
    assert Kept("The disk is full.").put("home", "A flat.") == "The disk is full."


def test_a_control_code_in_a_note_is_neither_stored_nor_shown() -> None:
    notes = Kept(old="\x1b[2J")
    notes.put("home", "Safe\x1b]0;pwn\x07 \u202e9 \x9b31m")
    stored = notes.kept["home"]
    assert stored.isprintable()
    assert stored.startswith("Safe")
    assert "\x1b" not in notes.of("old")


# --- in plain lines -----------------------------------------------------------------------


def in_lines(
    typed: str, setting: Setting = CLIENT, notes: Notes | None = None, *, old: Answer | None = None
) -> tuple[Answer | Move, str]:
    said = io.StringIO()
    lines = Lines(io.BytesIO(typed.encode()), said, typed=False)
    return PlainPrompter(setting, lines, None, notes).ask(step(old=old)), said.getvalue()


def test_the_word_note_takes_the_next_line_and_the_question_stays_open() -> None:
    notes = Kept()
    answer, said = in_lines("note\nWith his aunt.\n1\n", notes=notes)
    assert answer == PLACE.answers[0]
    assert notes.kept == {PLACE.id: "With his aunt."}
    assert NOTE_KEPT in said


def test_a_line_of_its_own_leaves_a_note_and_a_hyphen_takes_it_away() -> None:
    notes = Kept(**{PLACE.id: "With his aunt."})
    _, said = in_lines("note\n\n1\n", notes=notes)
    assert "So far: With his aunt." in said
    assert NOTE_LEFT in said
    assert notes.kept == {PLACE.id: "With his aunt."}
    _, said = in_lines("note\n-\n1\n", notes=notes)
    assert NOTE_GONE in said
    assert notes.kept == {}


def test_the_words_of_a_note_are_not_shown_before_they_are_asked_for() -> None:
    notes = Kept(**{PLACE.id: "With his aunt."})
    _, said = in_lines("1\n", notes=notes)
    assert THERE_IS_A_NOTE in said
    assert "aunt" not in said


def test_a_note_of_an_earlier_day_is_told_with_its_day_when_a_new_one_is_asked() -> None:
    before = {PLACE.id: {"On 2026-11-20 by Kim": "With his \x1b[2Jaunt."}}
    notes = Notes({}, lambda: "", before)
    _, said = in_lines("1\n", notes=notes)
    assert THERE_WAS_A_NOTE in said
    assert "aunt" not in said
    _, said = in_lines("note\nA flat.\n1\n", notes=notes)
    assert "On 2026-11-20 by Kim: With his" in " ".join(said.split())
    assert "\x1b" not in said
    assert notes.kept == {PLACE.id: "A flat."}


def test_a_note_that_still_stands_is_told_once_with_its_day() -> None:
    notes = Notes({PLACE.id: "His aunt."}, lambda: "", {PLACE.id: {"On 2026-11-20": "His aunt."}})
    _, said = in_lines("note\n\n1\n", notes=notes)
    assert said.count("His aunt.") == 1
    assert THERE_IS_A_NOTE in said


def test_without_a_session_the_word_says_what_it_needs_and_takes_no_line() -> None:
    answer, said = in_lines("note\n1\n")
    assert answer == PLACE.answers[0]
    assert NOTES_NEED_SAVE in " ".join(said.split())


def test_for_oneself_there_is_no_such_word() -> None:
    with pytest.raises(AnswersError, match='"note" is not in the list') as error:
        in_lines("note\n1\n", ALONE)
    assert "--save" not in str(error.value)


def test_the_quick_exit_holds_where_a_note_is_typed() -> None:
    notes = Kept()
    with pytest.raises(QuickExit):
        in_lines("note\nexit!\n", notes=notes)
    assert notes.kept == {}


def test_a_pipe_that_says_note_for_ever_is_given_up() -> None:
    with pytest.raises(AnswersError):
        in_lines("note\n" * 40, notes=Kept())


def test_the_review_in_lines_marks_what_has_a_note() -> None:
    said = io.StringIO()
    notes = Kept(**{PLACE.id: "With his aunt."})
    prompter = PlainPrompter(CLIENT, Lines(io.BytesIO(b"go on\n"), said, typed=False), None, notes)
    prompter.review([ReviewRow(QUESTIONS[0], "adult"), ReviewRow(PLACE, "none")], finished=False)
    assert said.getvalue().count(THERE_IS_A_NOTE) == 1
    assert "aunt" not in said.getvalue()


# --- in menus -----------------------------------------------------------------------------


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    def give_up(*_: object) -> None:
        raise TimeoutError("the keys ran out before the question was answered")

    old = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
    ):
        yield pipe
    signal.alarm(0)
    signal.signal(signal.SIGALRM, old)


def in_menus(
    keys: PipeInput,
    *presses: str,
    setting: Setting = CLIENT,
    notes: Notes | None = None,
    asked: int = 8,
) -> Answer | Move:
    keys.send_text("".join(presses))
    lines = Lines(io.BytesIO(), io.StringIO(), typed=True, clock=leisure)
    return SelectPrompter(setting, PlainPrompter(setting, lines, None, notes)).ask(step(asked))


def test_n_opens_a_note_and_leads_back_to_the_same_place(keys: PipeInput) -> None:
    notes = Kept()
    answer = in_menus(keys, DOWN, "n", "With his aunt.", ENTER, ENTER, notes=notes)
    assert answer == PLACE.answers[1]
    assert notes.kept == {PLACE.id: "With his aunt."}


def test_marks_outlive_a_note(keys: PipeInput) -> None:
    answer = in_menus(keys, "1", "2", "n", "Slow.", ENTER, ENTER, notes=Kept(), asked=7)
    assert answer == ("sign_1", "sign_2")


def test_an_old_note_can_be_changed_where_it_stands(keys: PipeInput) -> None:
    notes = Kept(**{PLACE.id: "With his aunt."})
    in_menus(keys, "n", "\x7f", " now.", ENTER, ENTER, notes=notes)
    assert notes.kept == {PLACE.id: "With his aunt now."}


def test_an_emptied_note_is_gone(keys: PipeInput) -> None:
    notes = Kept(**{PLACE.id: "aunt"})
    in_menus(keys, "n", "\x7f" * 4, ENTER, ENTER, notes=notes)
    assert notes.kept == {}


@pytest.mark.parametrize(("key", "end"), [(CTRL_C, KeyboardInterrupt), (CTRL_X, QuickExit)])
def test_the_ways_out_hold_while_a_note_is_typed(
    keys: PipeInput, key: str, end: type[BaseException]
) -> None:
    notes = Kept()
    with pytest.raises(end):
        in_menus(keys, "n", "With", key, notes=notes)
    assert notes.kept == {}


@pytest.mark.parametrize("setting", [ALONE, CLIENT], ids=["for oneself", "without a session"])
def test_elsewhere_n_opens_nothing(keys: PipeInput, setting: Setting) -> None:
    assert in_menus(keys, DOWN, "n", ENTER, setting=setting) == PLACE.answers[1]


def test_n_is_no_answers_key_for_a_counselor_and_each_answer_still_has_one() -> None:
    assert "n" in keys_of(ALONE)
    assert keys_of(CLIENT) == keys_of(ALONE).replace("n", "")
    most = max(len(asked.options) + 2 for asked in RULES.questions)
    assert len(keys_of(CLIENT)) >= most


def test_a_list_of_many_answers_keeps_n_for_the_note(keys: PipeInput) -> None:
    many = question("many", "one", {f"answer_{n}": f"Answer {n}" for n in range(24)})
    asked = AskedQuestion(many, 1, 1, "You", None, can_go_back=False)
    notes = Kept()
    keys.send_text("n" + "twenty" + ENTER + "o" + ENTER)
    lines = Lines(io.BytesIO(), io.StringIO(), typed=True, clock=leisure)
    got = SelectPrompter(CLIENT, PlainPrompter(CLIENT, lines, None, notes)).ask(asked)
    assert notes.kept == {"many": "twenty"}
    rows = [row.text for row in draw(question_menu(CLIENT, asked, notes), Size(80, 50), 0).rows]
    assert any(row.strip("> ").startswith("o. ") and row.endswith(str(got)[7:]) for row in rows)


def feet(menu: Menu) -> Callable[[int], str]:
    return lambda columns: draw(menu, Size(columns, 40), 0).rows[-1].text


@pytest.mark.parametrize("asked", [8, 7], ids=["one", "many"])
@pytest.mark.parametrize("columns", [72, 40, 30])
def test_the_line_under_the_menu_names_the_key_where_there_is_a_session(
    asked: int, columns: int
) -> None:
    foot = feet(question_menu(CLIENT, step(asked), Kept()))(columns)
    assert "n note" in foot
    assert len(foot) <= columns
    assert "?" in foot, "behind it stand all keys"
    for menu in (question_menu(CLIENT, step(asked)), question_menu(ALONE, step(asked))):
        assert "note" not in feet(menu)(columns)


def test_the_page_behind_the_question_mark_tells_of_notes_and_of_what_leaving_deletes() -> None:
    with_notes, without = help_page(CLIENT, PLACE, Kept()), help_page(CLIENT, PLACE)
    assert any(text.startswith("n: ") for text in with_notes)
    assert not any(text.startswith("n: ") for text in without)
    for told in (" ".join(with_notes), " ".join(review_help(finished=True, in_session=True))):
        assert "A session that was never saved is deleted." in told
        assert "file" not in told


def test_a_menu_and_the_review_mark_a_note_and_never_show_its_words() -> None:
    notes = Kept(**{PLACE.id: "With his aunt."})
    rows = [ReviewRow(QUESTIONS[0], "adult"), ReviewRow(PLACE, "none")]
    review = review_menu(rows, finished=True, on_screen=True, notes=notes)
    for menu in (question_menu(CLIENT, step(), notes), review):
        shown = "\n".join(row.text for row in draw(menu, Size(72, 40), 0).rows)
        assert shown.count(THERE_IS_A_NOTE) == 1
        assert "aunt" not in shown
