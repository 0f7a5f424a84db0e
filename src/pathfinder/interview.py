"""Which questions apply, which comes next, and what an answer changes.

Why this module exists: every way of asking (menus, numbered lines, a script in
a test) and every way of deciding stands on one walk through the questions, so
that none of them can ask, skip or count a question differently.

It must not know a screen, a file or a terminal. It decides nothing about care.

State is a replay: the answers are kept by question, and the questions that
apply are worked out from the start after every change. An answer to a question
that no longer applies is kept, not used, and comes back with its question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum, StrEnum
from typing import NamedTuple, Protocol

from pathfinder.logic import NOT_ASKED, Value, fires, questions_in
from pathfinder.model import NONE, SKIP, UNSURE, Alert, Question, RuleSet

Answer = str | Sequence[str] | AbstractSet[str]
"""An answer as given: one id, or the ids of a `many`; `unsure` and `skip` are ids too."""

Answers = Mapping[str, Answer]
"""Question id -> answer. A question that is missing has not been answered."""

_UNKNOWN = frozenset((UNSURE, SKIP))


# --- what the answers count as ------------------------------------------------


def view_of(rules: RuleSet, answers: Answers) -> dict[str, Value]:
    """What each question counts as, the questions walked in their order from the start.

    `NOT_ASKED` for a question that doesn't apply, `None` for an unknown answer,
    an id for `one` and `scale`, a frozenset of ids for `many`. A derived answer
    stands in for an unknown one as soon as the question it is counted from has
    been walked; questions before that point see the unknown answer.
    """
    view: dict[str, Value] = {}
    waiting: dict[str, list[Question]] = {}
    for question in rules.questions:
        ask_when = question.ask_when
        if ask_when is not None and ask_when.holds(view) is False:
            view[question.id] = NOT_ASKED
            continue
        value = view[question.id] = _value(question.kind, answers.get(question.id))
        derived = question.derived
        if derived is not None and value is None:
            if derived.source in view:
                _derive(question, view)
            else:
                waiting.setdefault(derived.source, []).append(question)
        if waiting and question.id in waiting:
            for each in waiting[question.id]:
                _derive(each, view)
    return view


def _value(kind: str, answer: Answer | None) -> Value:
    if answer is None:
        return None
    if kind != "many":
        return None if not isinstance(answer, str) or answer in _UNKNOWN else answer
    chosen = frozenset((answer,) if isinstance(answer, str) else answer)
    return None if not chosen or not chosen.isdisjoint(_UNKNOWN) else chosen


def _derive(question: Question, view: dict[str, Value]) -> None:
    """Fill in the answer of `question` by counting the choices it is derived from."""
    assert question.derived is not None
    chosen = view[question.derived.source]
    if not isinstance(chosen, frozenset):
        return
    count = len(chosen - {NONE})
    for least, answer in question.derived.counts:
        if count >= least:
            view[question.id] = answer
            return


def applicable(rules: RuleSet, answers: Answers) -> tuple[Question, ...]:
    """The questions of the current path: all that apply now, answered or not, in order.

    A question that hangs on something not answered yet counts as applying, so
    the path gets shorter while a person answers and doesn't grow under them.
    An answer that is out of scope ends the path.
    """
    view = view_of(rules, answers)
    path: list[Question] = []
    for question in rules.questions:
        if view[question.id] is NOT_ASKED:
            continue
        path.append(question)
        if question.id == rules.scope_question and view[question.id] in rules.scope_out:
            break
    return tuple(path)


# --- the interview ------------------------------------------------------------


class Move(Enum):
    """What a person may do at a question instead of answering it."""

    BACK = "back"


class Ended(StrEnum):
    """How an interview ended."""

    FINISHED = "finished"
    STOPPED_AT_ALERT = "stopped_at_alert"
    OUT_OF_SCOPE = "out_of_scope"


class Step(NamedTuple):
    """One question as it is put: where it stands on the current path, and the old answer."""

    question: Question
    number: int
    total: int
    part: str
    old: Answer | None
    can_go_back: bool


class Prompter(Protocol):
    """A way of asking: menus, numbered lines, or a script."""

    def ask(self, step: Step) -> Answer | Move:
        """Put one question. A `many` is answered with its ids, or with `unsure` or `skip`."""

    def alert(self, alerts: Sequence[Alert]) -> bool:
        """Show alerts that have just become due. False: the person wants to stop here.

        The choice is offered only where one of the alerts has `hold`.
        """


class Outcome(NamedTuple):
    """The answers, with those that are off the path, and how the interview ended."""

    answers: Answers
    ended: Ended


def conduct(rules: RuleSet, prompter: Prompter, answers: Answers | None = None) -> Outcome:
    """Ask what `answers` leaves open, and say how it ended.

    Going back leads to the question asked before, as long as it still applies.
    From there the questions are walked again, each with its old answer.
    """
    kept: dict[str, Answer] = dict(answers or {})
    settled = set(kept)
    asked: list[str] = []
    bell = _Bell(rules)
    if _next(rules, kept, settled) is not None and not _ring(bell, kept, None, prompter):
        return Outcome(kept, Ended.STOPPED_AT_ALERT)
    while (question := _next(rules, kept, settled)) is not None:
        path = [each.id for each in applicable(rules, kept)]
        number = path.index(question.id)
        behind = [each for each in path[:number] if each in asked]
        old = kept.get(question.id)
        given = prompter.ask(
            Step(question, number + 1, len(path), _part(rules, question), old, bool(behind))
        )
        if isinstance(given, Move):
            settled.discard(behind[-1] if behind else question.id)
            continue
        kept[question.id] = given
        settled.add(question.id)
        if question.id not in asked:
            asked.append(question.id)
        changed = question.id if old is not None and _ids(old) != _ids(given) else None
        if not _ring(bell, kept, changed, prompter):
            return Outcome(kept, Ended.STOPPED_AT_ALERT)
    age = view_of(rules, kept).get(rules.scope_question)
    return Outcome(kept, Ended.OUT_OF_SCOPE if age in rules.scope_out else Ended.FINISHED)


def _next(rules: RuleSet, kept: Answers, settled: AbstractSet[str]) -> Question | None:
    for question in applicable(rules, kept):
        if question.id not in settled:
            return question
    return None


def _part(rules: RuleSet, question: Question) -> str:
    return next(factor.title for factor in rules.factors if factor.id == question.factor)


def _ids(answer: Answer) -> frozenset[str]:
    return frozenset((answer,) if isinstance(answer, str) else answer)


class _Bell:
    """Which alert rules have rung already. A rule rings again only for a changed answer."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._rung: set[str] = set()

    def due(self, kept: Answers, changed: str | None) -> tuple[Alert, ...]:
        view = view_of(self._rules, kept)
        now: set[str] = set()
        new: set[str] = set()
        for rule in self._rules.alert_rules:
            if fires(rule.when, rule.unless, view) is not True:
                continue
            now.add(rule.id)
            if rule.id not in self._rung or changed in questions_in(rule.when):
                new.add(rule.alert)
        self._rung = now
        return tuple(alert for alert in self._rules.alerts if alert.id in new)


def _ring(bell: _Bell, kept: Answers, changed: str | None, prompter: Prompter) -> bool:
    alerts = bell.due(kept, changed)
    return prompter.alert(alerts) if alerts else True
