"""From a terminal's sentences to keys: only what a person pressed becomes one."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leisure import leisure
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.output import DummyOutput
from reports import KNOWN, NO_KEYS
from small_rules import QUESTIONS, US, small_rules

from pathfinder.ask.interview import AskedQuestion
from pathfinder.ask.keys import WholeSentences, forget, listen
from pathfinder.ask.keystrokes import KEYBOARD, PATIENCE, Meant, Pace, without_sentences
from pathfinder.ask.phrases import Setting
from pathfinder.ask.plain import PlainPrompter
from pathfinder.ask.select import SelectPrompter
from pathfinder.ask.terminal import Lines

SETTING = Setting(small_rules(), US, for_client=False)


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Heard:
    """A parser, and the names of the keys that it gave."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.clock = Clock()
        self.parser = WholeSentences(self._take, self.clock)

    def _take(self, press: KeyPress) -> None:
        self.keys.append(str(getattr(press.key, "value", press.key)))


def heard(*pieces: str) -> list[str]:
    """The keys of what comes in pieces, with a moment between them."""
    here = Heard()
    for piece in pieces:
        here.parser.feed(piece)
        here.parser.flush()
    return here.keys


# --- keys, in every protocol --------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("\r", "c-m"), ("\n", "c-m"), ("\x1bOM", "c-m"), ("\x1b[13u", "c-m"), ("\x1b[13;2u", "c-m"),
        ("\x1b[13;1:1u", "c-m"), ("\x1b[27;2;13~", "c-m"), ("\x1b[13;129u", "c-m"),
        ("\x1b", "escape"), ("\x1b[27u", "escape"), ("\x1b[27;1;27~", "escape"),
        ("\t", "c-i"), ("\x1b[9u", "c-i"), ("\x1b[9;2u", "s-tab"), ("\x1b[Z", "s-tab"),
        ("\x1b\t", "s-tab"),
        ("\x7f", "c-h"), ("\x1b[127u", "c-h"), ("\x1b[127;1:2u", "c-h"),
        ("\x03", "c-c"), ("\x1b[99;5u", "c-c"), ("\x1b[67;5u", "c-c"), ("\x1b[27;5;99~", "c-c"),
        ("\x1b[99;69u", "c-c"), ("\x1b[1089::99;5u", None),
        ("\x18", "c-x"), ("\x1b[120;5u", "c-x"), ("\x1b[120;6u", "c-x"),
        ("\x1b[114;5u", "c-r"), ("\x1b[115;5u", "c-s"), ("\x1b[100;5u", "c-d"),
        ("\x1b[A", "up"), ("\x1b[1;1A", "up"), ("\x1b[1;1:1A", "up"), ("\x1b[1;129B", "down"),
        ("\x1bOB", "down"), ("\x1b[5~", "pageup"), ("\x1b[5;1:2~", "pageup"), ("\x1b[H", "home"),
        ("\x1bOP", "f1"), ("\x1b[[A", "f1"), ("\x1b[P", None), ("\x9bA", "up"),
    ],
)  # fmt: skip
def test_a_key_is_known_in_every_protocol_that_a_terminal_may_be_left_in(
    text: str, key: str | None
) -> None:
    assert heard(text) == ([] if key is None else [key])


@pytest.mark.parametrize("name", [name for name in KNOWN if not name.startswith("F5")])
def test_what_a_terminal_sends_by_itself_is_no_key(name: str) -> None:
    assert heard(KNOWN[name]) == []


@given(NO_KEYS, st.lists(st.integers(1, 40), max_size=4), st.booleans())
def test_no_sentence_of_the_grammar_is_a_key_however_it_is_torn(
    text: str, cuts: list[int], torn: bool
) -> None:
    places = sorted({cut for cut in cuts if 2 <= cut < len(text)})
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    alt = len(text) == 2
    if torn and not alt and text[0] == "\x1b" and text[1] not in "\x1b":
        # Where even Esc stands alone, it is taken for the key; but not what follows.
        assert heard("\x1b", text[1:]) == ["escape"]
    # Alt with a longer key begins with two: torn behind both, they stand alone as one does.
    alone = ["escape"] if text.startswith("\x1b\x1b") and 2 in places else []
    assert heard(*pieces) == alone


def test_what_follows_two_escapes_that_were_torn_off_is_still_no_key() -> None:
    assert heard("\x1b\x1b[A") == []
    assert heard("\x1b\x1b", "[A") == ["escape"]
    assert heard("\x1b\x1b", "a", "\x1b[A") == ["escape", "a", "up"], "and then it is over"


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from("123abjk?\r \x03\x18"), NO_KEYS), max_size=6))
def test_a_persons_own_keys_come_through_between_reports(typed: list[tuple[str, str]]) -> None:
    names = {"\r": "c-m", "\x03": "c-c", "\x18": "c-x"}
    assert heard(*(text for pair in typed for text in pair)) == [
        names.get(key, key) for key, _ in typed
    ]


@given(st.text(st.characters(min_codepoint=32, exclude_categories=("Cc", "Cs")), max_size=30))
def test_no_letter_is_lost(text: str) -> None:
    assert heard(text) == list(text)


@pytest.mark.parametrize("begun", ["\x1b[", "\x1b[1;", "\x1b]11;rgb", "\x1bPabc", "\x1bO"])
def test_an_unfinished_sentence_locks_nobody_in(begun: str) -> None:
    assert heard(begun, "\x18") == ["c-x"]
    assert heard(begun, "\x03") == ["c-c"]
    assert heard(begun, "\x1b[B") == ["down"]
    waited = Heard()
    waited.parser.feed(begun)
    waited.clock.now += PATIENCE + 0.1
    waited.parser.feed("1")
    assert waited.keys == ["1"]


@pytest.mark.slow
def test_a_flood_of_parameters_is_taken_in_its_stride() -> None:
    assert heard("\x1b[" + "1;" * 200_000 + "u", "2") == ["2"]


def test_what_is_pasted_is_one_key_with_its_text() -> None:
    assert heard("\x1b[200~1\r2\x1b[201", "~3") == ["<bracketed-paste>", "3"]


def test_plain_lines_lose_the_sentences_and_keep_what_was_pasted() -> None:
    assert without_sentences("\x1b[?1;2c\x1b[A2\x1b[200~ or\x1b[201~ 3\x1b]11;x\x07") == "2 or 3"


# --- at a question ------------------------------------------------------------


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    def give_up(*_: object) -> None:
        raise TimeoutError("the keys ran out before the question was answered")

    old = signal.signal(signal.SIGALRM, give_up)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe
    signal.alarm(0)
    signal.signal(signal.SIGALRM, old)


def menus() -> SelectPrompter:
    lines = Lines(None, io.StringIO(), typed=True, clock=leisure)
    return SelectPrompter(SETTING, PlainPrompter(SETTING, lines))


@pytest.mark.slow
@pytest.mark.usefixtures("typed_ahead")
@pytest.mark.parametrize("name", [name for name in KNOWN if name != "Alt-["])
@pytest.mark.parametrize(("number", "old"), [(2, ("none",)), (8, "own")])
def test_a_report_changes_no_mark_and_no_place(
    keys: PipeInput, name: str, number: int, old: str | tuple[str, ...]
) -> None:
    signal.alarm(10)
    asking = SelectPrompter(
        SETTING, PlainPrompter(SETTING, Lines(None, io.StringIO(), typed=True, clock=leisure))
    )
    keys.send_text(KNOWN[name])
    keys.send_text("\r")
    step = AskedQuestion(QUESTIONS[number - 1], number, 8, "You", old, can_go_back=True)
    assert asking.ask(step) == old


@pytest.mark.slow
def test_no_run_of_reports_answers_or_moves(keys: PipeInput, typed_ahead: None) -> None:
    asking = menus()

    @settings(max_examples=60)
    @given(st.lists(NO_KEYS, min_size=1, max_size=5))
    def hold(reports: list[str]) -> None:
        signal.alarm(10)
        keys.send_text("".join(reports) + "\r")
        step = AskedQuestion(QUESTIONS[1], 2, 8, "You", ("violence",), can_go_back=True)
        assert asking.ask(step) == ("violence",)

    hold()


# --- typed ahead --------------------------------------------------------------


def test_what_was_typed_ahead_is_forgotten_but_not_torn(keys: PipeInput) -> None:
    listen(keys)
    keys.send_text("1\r2\x1b[?1;")
    assert forget(keys) == ["1", "Keys.ControlM", "2"]
    keys.send_text("2c")
    keys.send_text("3")
    assert [press.key for press in keys.read_keys()] == ["3"]


def test_a_key_typed_before_the_question_does_not_answer_it(keys: PipeInput) -> None:
    signal.alarm(10)
    asking = SelectPrompter(
        SETTING, PlainPrompter(SETTING, Lines(None, io.StringIO(), typed=True, clock=leisure))
    )
    keys.send_text("\x1b[B\r")
    shown = KEYBOARD.shown
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KEYBOARD, "shown", lambda: (shown(), keys.send_text("2\r"))[0])
        step = AskedQuestion(QUESTIONS[7], 8, 8, "You", None, can_go_back=True)
        assert asking.ask(step) == "friends"


# --- held down ----------------------------------------------------------------


class Person:
    """Presses keys at a clock, and sees which of them count."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pace = Pace(self.clock)
        self.counted: list[float] = []

    def press(self, key: str, *, calm: bool = False) -> None:
        self.pace.key()
        verdict = self.pace.meant(key, calm=calm)
        pressed = self.pace.pressed
        if verdict is Meant.YES:
            self.counted.append(self.clock.now)
        elif verdict is Meant.UNLESS_IT_COMES_AGAIN:
            self.waiting = (self.clock.now, pressed)

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        begun, pressed = getattr(self, "waiting", (0.0, -1))
        if pressed == self.pace.pressed and self.clock.now - begun >= self.pace.settles:
            self.counted.append(begun)
            del self.waiting

    def hold(self, key: str, seconds: float, first: float, each: float, *, calm: bool) -> None:
        until = self.clock.now + seconds
        self.wait(first)
        while self.clock.now < until:
            self.press(key, calm=calm)
            self.wait(each)


@pytest.mark.parametrize("calm", [True, False])
@pytest.mark.parametrize("first", [0.2, 0.25, 0.5, 0.66, 0.95])
@pytest.mark.parametrize("each", [0.015, 0.033, 0.1])
@pytest.mark.parametrize("seconds", [1.2, 3.0, 20.0])
def test_a_key_that_is_held_from_before_never_counts(
    calm: bool, first: float, each: float, seconds: float
) -> None:
    person = Person()
    person.wait(5)
    person.press("enter")  # this one answered, and the next thing is shown
    assert len(person.counted) == 1
    person.pace.shown()
    person.hold("enter", seconds, first, each, calm=calm)
    person.wait(5)
    assert len(person.counted) == 1
    person.press("enter", calm=calm)
    person.wait(1)
    assert len(person.counted) == 2, "pressed once more, it counts"


def test_the_last_of_a_held_key_does_not_count_where_painting_took_long() -> None:
    person = Person()
    person.wait(5)
    person.press("enter")
    person.wait(0.4)  # the next question is painted, and the key let go meanwhile
    person.pace.drawn()
    person.clock.now += 0.001
    person.press("enter")
    person.wait(1)
    assert len(person.counted) == 1


@pytest.mark.parametrize(("waited", "counts"), [(0.1, 0), (0.49, 0), (0.51, 1), (3.0, 1)])
def test_an_alert_takes_enter_after_half_a_second_without_keys(waited: float, counts: int) -> None:
    person = Person()
    person.wait(5)
    person.pace.shown()
    person.wait(waited)
    person.press("enter", calm=True)
    person.wait(1)
    assert len(person.counted) == counts


def test_another_key_begins_the_half_second_anew() -> None:
    person = Person()
    person.pace.shown()
    person.wait(3)
    person.pace.key()
    person.wait(0.3)
    person.press("enter", calm=True)
    person.wait(1)
    assert person.counted == []


def test_nothing_is_answered_by_waiting() -> None:
    person = Person()
    person.pace.shown()
    person.wait(1000)
    assert person.counted == []


def test_at_a_question_a_single_press_counts_at_once() -> None:
    person = Person()
    person.pace.key()
    person.press("enter")
    assert len(person.counted) == 1
    person.clock.now += 0.3
    person.press("enter")
    person.wait(0.13)
    assert len(person.counted) == 2, "and a quick second one a moment later"
