"""The interview as a whole: random keys, both modes side by side, and Ctrl-C everywhere."""

from __future__ import annotations

import io
import random
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import contract
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from leisure import leisure
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from screen import (
    CTRL_C,
    CTRL_R,
    CTRL_S,
    CTRL_X,
    DOWN,
    END,
    ENTER,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    SHIFT_TAB,
    UP,
)
from small_rules import US, small_rules

from pathfinder import decide
from pathfinder.ask.interview import AskedQuestion, Ended, Move, ReviewRow, conduct
from pathfinder.ask.phrases import InputEnded, Left, Setting, ids_of, options_of
from pathfinder.ask.plain import PlainPrompter
from pathfinder.ask.select import SelectPrompter
from pathfinder.ask.terminal import Lines
from pathfinder.engine.flow import applicable
from pathfinder.engine.question import Answer
from pathfinder.engine.ruleset import Alert, RuleSet
from pathfinder.errors import AnswersError, QuickExit

pytestmark = pytest.mark.usefixtures("typed_ahead")

KEYS = [
    ENTER, ENTER, ENTER, ENTER, DOWN, DOWN, UP, " ", "1", "2", "3", "9", "a", "?", LEFT, SHIFT_TAB,
    CTRL_R, CTRL_S, HOME, END, PAGE_DOWN, PAGE_UP, "x", "\t",
]  # fmt: skip
WORDS = [
    "1", "2", "3", "1,2", "none", "not sure", "skip", "back", "why", "list", "keep", "review",
    "go on", "save", "", "nonsense", "99", "show my result", "exit!", "stop here",
]  # fmt: skip
SMALL = small_rules()
SETTING = Setting(SMALL, US, for_client=False)


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """A walk that doesn't end is a finding, and not a test that hangs."""

    def give_up(*_: object) -> None:
        raise TimeoutError("the walk doesn't end")

    old = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def lines_of(text: str, *, typed: bool = True) -> Lines:
    return Lines(io.BytesIO(text.encode()), io.StringIO(), typed=typed, clock=leisure)


def walk_by_keys(keys: Sequence[str]) -> str:
    """How a walk ended: with a result, a quick exit, or a stop."""
    done = threading.Event()
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):

        def press() -> None:
            # One at a time, since an alert drops what was typed ahead. Ctrl-C until it is over.
            for key in keys:
                pipe.send_text(key)
                if done.wait(0.002):
                    return
            while not done.wait(0.02):
                pipe.send_text(CTRL_C)

        feeder = threading.Thread(target=press)
        feeder.start()
        try:
            prompter = SelectPrompter(SETTING, PlainPrompter(SETTING, lines_of("")))
            kept: list[object] = []
            outcome = conduct(
                SMALL, prompter, review=True, keep=kept.append, save=lambda answers: None
            )
        except QuickExit:
            return "gone"
        except KeyboardInterrupt:
            return "stopped"
        finally:
            done.set()
            feeder.join()
    decided = {question.id for question in applicable(SMALL, outcome.answers)}
    if outcome.ended is Ended.FINISHED:
        assert decided <= set(outcome.answers)
    return outcome.ended.value


@pytest.mark.slow
@pytest.mark.parametrize("part", range(6))
def test_no_walk_of_keys_crashes_or_goes_on_for_ever(part: int) -> None:
    """Parts, so that cores can share them. Each draws its own walks."""

    @seed(part)
    @settings(max_examples=30, database=None)
    @given(st.lists(st.sampled_from([*KEYS, CTRL_X]), max_size=40))
    def every_walk_ends(keys: list[str]) -> None:
        with patience(20):
            assert walk_by_keys(keys) in {"gone", "stopped", *Ended}

    every_walk_ends()


@pytest.mark.slow
@settings(max_examples=300, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.booleans())
def test_no_walk_of_typed_words_crashes_or_goes_on_for_ever(words: list[str], typed: bool) -> None:
    text = "\n".join([*words, "quit", "quit"])
    prompter = PlainPrompter(SETTING, lines_of(text + "\n", typed=typed))
    with patience(20):
        try:
            outcome = conduct(SMALL, prompter, review=typed, save=lambda answers: None)
        except (AnswersError, InputEnded, Left, QuickExit):
            return
    assert outcome.ended in set(Ended)


# --- the same answers through both modes -----------------------------------------------


class ByKeys:
    """Menus, answered with the keys that a person would press for these answers."""

    def __init__(self, rules: RuleSet, keys: PipeInput, wanted: contract.Answers) -> None:
        setting = Setting(rules, US, for_client=False)
        self._menus = SelectPrompter(setting, PlainPrompter(setting, lines_of("")))
        self._keys = keys
        self._wanted = wanted

    def ask(self, step: AskedQuestion) -> Answer | Move:
        ids = ids_of(self._wanted.get(step.question.id, "skip"))
        places = [n for n, o in enumerate(options_of(step.question)) if o.id in ids]
        for place in places:
            self._keys.send_text(HOME + DOWN * place)
            if step.question.kind == "many":
                self._keys.send_text(" ")
        self._keys.send_text(ENTER)
        return self._menus.ask(step)

    def alert(self, alerts: Sequence[Alert]) -> bool:
        return True

    def review(self, rows: Sequence[ReviewRow], *, finished: bool) -> str | None:
        return None


class ByLines(ByKeys):
    """Numbered lines, answered with numbers."""

    def __init__(self, rules: RuleSet, wanted: contract.Answers) -> None:
        self._setting = Setting(rules, US, for_client=False)
        self._wanted = wanted

    def ask(self, step: AskedQuestion) -> Answer | Move:
        ids = ids_of(self._wanted.get(step.question.id, "skip"))
        if step.question.kind != "many":  # a number may be an amount, so the answer's own words
            (label,) = [o.label for o in options_of(step.question) if o.id in ids]
            return PlainPrompter(self._setting, lines_of(label + "\n")).ask(step)
        places = [str(n) for n, o in enumerate(options_of(step.question), 1) if o.id in ids]
        return PlainPrompter(self._setting, lines_of(", ".join(places) + "\n")).ask(step)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


@pytest.mark.slow
@pytest.mark.parametrize(
    "person", [0, *(pytest.param(each, marks=pytest.mark.slow) for each in range(1, 6))]
)
def test_the_same_answers_through_both_modes_give_the_same_result(
    rules: RuleSet, keys: PipeInput, person: int
) -> None:
    wanted = contract.random_answers(random.Random(person), 0.15)
    with patience(60):
        by_keys = conduct(rules, ByKeys(rules, keys, wanted))
        by_lines = conduct(rules, ByLines(rules, wanted))
    assert by_keys == by_lines
    asked = {q.id for q in applicable(rules, wanted)}
    assert set(by_keys.answers) == asked
    found = decide(rules, by_keys.answers)
    direct = decide(rules, {q: wanted.get(q, "skip") for q in asked})
    assert found == direct


# --- Ctrl-C ------------------------------------------------------------------------------


class StopsAt(ByKeys):
    """Presses Ctrl-C at one question."""

    place = 0

    def ask(self, step: AskedQuestion) -> Answer | Move:
        if step.number == self.place:
            self._keys.send_text(CTRL_C)
            return self._menus.ask(step)
        return super().ask(step)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_ctrl_c_stops_at_every_question(rules: RuleSet, keys: PipeInput, part: int) -> None:
    wanted = {**contract.random_answers(random.Random(3), 0.0), "substances": ["alcohol"]}
    places = range(1, len(applicable(rules, wanted)) + 1)[part::4]
    assert places
    with patience(120):
        for place in places:
            prompter = StopsAt(rules, keys, wanted)
            prompter.place = place
            with pytest.raises(KeyboardInterrupt):
                conduct(rules, prompter)
