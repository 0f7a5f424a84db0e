"""The words that a form has: names for what it holds, and when a question of it applies.

Why this module exists: what goes out under a name must be known by it when it comes back,
months later and under other rules. A name is worked out from the rule set, so two machines give
the same one; it is a `urn:uuid`, for we own no address that would be kept for ever. And the
interview asks a question unless it is known not to apply, for "not sure" is never "no"; but a
form knows only what is chosen and what is empty. So each condition is worked out twice, as "may
hold" and as "holds for certain", in terms of what a person chose; and then brought into the one
shape that nested groups can carry: every clause of some that must all hold.

It must not ask anything, or borrow the code of another system: none of our questions is theirs
word for word.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import combinations
from typing import Any, Final, NamedTuple

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf
from pathfinder.engine.question import NONE, SKIP, UNSURE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError

Json = dict[str, Any]

_OURS: Final = uuid.UUID("6b1d3c0a-6a5e-5a0e-9d0e-0d6f5b7b1f27")
_EXTENSIONS: Final = "http://hl7.org/fhir/StructureDefinition/"
EXCLUSIVE: Final = f"{_EXTENSIONS}questionnaire-optionExclusive"
ITEM_CONTROL: Final = f"{_EXTENSIONS}questionnaire-itemControl"
CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"


class Release(NamedTuple):
    """What two releases of FHIR call differently."""

    name: str
    number: str
    choice: str
    weight: str


RELEASES: Final = {
    "R4": Release("R4", "4.0.1", "choice", f"{_EXTENSIONS}ordinalValue"),
    "R5": Release("R5", "5.0.0", "coding", f"{_EXTENSIONS}itemWeight"),
}


def urn(kind: str, name: str) -> str:
    """The same name for the same thing, on every machine."""
    return uuid.uuid5(_OURS, f"{kind}:{name}").urn


def form_url(rules: RuleSet) -> str:
    return urn("questionnaire", rules.id)


def system(rules: RuleSet) -> str:
    """The system of codes: every answer of the rule set."""
    return urn("answers", rules.id)


def path_system(rules: RuleSet) -> str:
    """The system of codes for what is recommended: paths, levels, first steps."""
    return urn("paths", rules.id)


def form_version(rules: RuleSet) -> str:
    """The version that was given to the rules, and the fingerprint that can't be wrong."""
    return f"{rules.version}+{rules.sha256}"


def code(question: str, answer: str) -> str:
    """`none` at home is not `none` of the drugs: a code names its question."""
    return f"{question}.{answer}"


def coding(rules: RuleSet, question: Question, answer: str) -> Json:
    return {
        "system": system(rules),
        "version": rules.sha256,
        "code": code(question.id, answer),
        "display": question.label(answer),
    }


def canonical(rules: RuleSet) -> str:
    return f"{form_url(rules)}|{form_version(rules)}"


class CanonicalName(NamedTuple):
    """What a canonical name says of a rule set. Empty where it says nothing."""

    url: str
    version: str
    sha256: str


def named(text: str) -> CanonicalName:
    """The canonical name in its parts."""
    url, _, version = text.partition("|")
    number, _, fingerprint = version.partition("+")
    return CanonicalName(url, number, fingerprint)


MOST_CLAUSES: Final = 200


class Said(NamedTuple):
    """What a form can test: whether an answer is chosen; for `answer` None, whether any is."""

    question: str
    answer: str | None
    holds: bool


class AllHold(NamedTuple):
    parts: tuple[Formula, ...]


class OneHolds(NamedTuple):
    parts: tuple[Formula, ...]


Formula = Said | AllHold | OneHolds
TRUE: Final = AllHold(())
FALSE: Final = OneHolds(())

Clause = frozenset[Said]
"""At least one of these."""


def negated(formula: Formula) -> Formula:
    if isinstance(formula, Said):
        return formula._replace(holds=not formula.holds)
    other = OneHolds if isinstance(formula, AllHold) else AllHold
    return other(tuple([negated(part) for part in formula.parts]))


class Says:
    """The conditions of one rule set in terms of what was chosen."""

    def __init__(self, rules: RuleSet) -> None:
        self._questions = rules.question_by_id
        self._place = {question.id: place for place, question in enumerate(rules.questions)}

    def asked(self, question: Question) -> Formula:
        """True where the question applies, or nobody knows yet whether it does."""
        if question.ask_when is None:
            return TRUE
        return self.may_hold(question.ask_when, self._place[question.id])

    def fires(self, when: Condition, unless: Condition | None) -> Formula:
        """True where WHEN is known to hold, and UNLESS isn't."""
        last = len(self._place)
        holds = self.holds(when, last)
        return holds if unless is None else AllHold((holds, negated(self.holds(unless, last))))

    def may_hold(self, condition: Condition, before: int) -> Formula:
        """True unless the condition is known to be false. `before`: who asks, by its place."""
        if isinstance(condition, Leaf):
            if condition.op == "answered":
                return self._leaf(condition, before)
            unknown = self._unknown(condition.question, before)
            return OneHolds((unknown, self._leaf(condition, before)))
        if isinstance(condition, All):
            return AllHold(tuple([self.may_hold(part, before) for part in condition.parts]))
        if isinstance(condition, AnyOf):
            return OneHolds(tuple([self.may_hold(part, before) for part in condition.parts]))
        return negated(self.holds(AnyOf(condition.parts), before))

    def holds(self, condition: Condition, before: int) -> Formula:
        """True where the condition is known to be true."""
        if isinstance(condition, Leaf):
            return self._leaf(condition, before)
        if isinstance(condition, All):
            return AllHold(tuple([self.holds(part, before) for part in condition.parts]))
        if isinstance(condition, AnyOf):
            return OneHolds(tuple([self.holds(part, before) for part in condition.parts]))
        return negated(self.may_hold(AnyOf(condition.parts), before))

    def _leaf(self, leaf: Leaf, before: int) -> Formula:
        question = self._questions[leaf.question]
        if leaf.op == "answered":
            if "true" in leaf.accepts:
                return self._known(question, question.answers, before)
            return self._unknown(question.id, before)
        chosen = [Said(question.id, answer, True) for answer in question.answers]
        named = [said for said in chosen if said.answer in leaf.accepts]
        if leaf.op == "exactly":
            others = [negated(said) for said in chosen if said.answer not in leaf.accepts]
            return AllHold((*named, *others))
        if leaf.op == "two_with":
            # All but one of them, whichever that one is, hold one that is chosen.
            return AllHold(tuple([OneHolds(each) for each in combinations(named, len(named) - 1)]))
        return self._known(question, leaf.accepts, before)

    def _known(self, question: Question, accepts: Iterable[str], before: int) -> Formula:
        """True where the question counts as answered with one of these."""
        wanted = set(accepts)
        own = OneHolds(tuple([Said(question.id, a, True) for a in question.answers if a in wanted]))
        source = self._copied(question, before)
        if source is None:
            return own
        there = self._known(source, wanted, before)
        asked, nothing = self.asked(question), _nothing_said(question)
        when = self._taken_when(question)
        if when is None:
            return OneHolds((own, AllHold((asked, nothing, there))))
        return OneHolds((own, AllHold((OneHolds((negated(asked), nothing)), when, there))))

    def _unknown(self, name: str, before: int) -> Formula:
        """True where the question applies, and what the answer is nobody knows."""
        question = self._questions[name]
        asked = self.asked(question)
        source = self._copied(question, before)
        if source is None:
            return AllHold((asked, _nothing_said(question)))
        known = self._known(source, source.answers, before)
        when = self._taken_when(question)
        if when is None:
            return AllHold((asked, _nothing_said(question), negated(known)))
        here = AllHold((asked, _nothing_said(question), negated(AllHold((when, known)))))
        there = self._unknown(source.id, before)
        return OneHolds((here, AllHold((negated(asked), when, there))))

    def _taken_when(self, question: Question) -> Formula | None:
        """Where the question may take over the answer of another; None: wherever it is asked."""
        assert question.derived is not None
        when = question.derived.when
        return None if when is None else self.holds(when, self._place[question.id])

    def _copied(self, question: Question, before: int) -> Question | None:
        """The question whose answer stands in for an unknown one of this, if that is walked."""
        derived = question.derived
        if derived is None or self._place[derived.source] >= before:
            return None
        if derived.counts:
            raise PathfinderError(
                f"These rules can't be a form: something hangs on {question.id}, which is "
                f"counted from {derived.source}, and a form can't count."
            )
        return self._questions[derived.source]


def _nothing_said(question: Question) -> Formula:
    known = (Said(question.id, None, False), *(Said(question.id, w, True) for w in (UNSURE, SKIP)))
    return OneHolds(known)


# --- one shape ------------------------------------------------------------------------


class TooLong(Exception):
    """A condition that would fill pages."""


def clauses(rules: RuleSet, formula: Formula, what: str) -> list[Clause]:
    """Clauses that must all hold, none of which follows from another. None: it always holds.

    One that is empty never holds. Raises PathfinderError, naming `what`, for what would fill pages.
    """
    several = frozenset(each.id for each in rules.questions if each.kind == "many")
    try:
        found = list(dict.fromkeys(_clauses(formula, several)))
    except TooLong:
        message = f"These rules can't be a form: the condition of {what} has too many parts."
        raise PathfinderError(message) from None
    return sorted(found, key=lambda clause: (len(clause) > 1, _places(rules, clause)))


def _places(rules: RuleSet, clause: Clause) -> list[tuple[int, str]]:
    order = {question.id: place for place, question in enumerate(rules.questions)}
    return sorted((order[said.question], said.answer or "") for said in clause)


def _clauses(formula: Formula, several: frozenset[str]) -> list[Clause]:
    if isinstance(formula, Said):
        return [frozenset((formula,))]
    parts = [_clauses(part, several) for part in formula.parts]
    if isinstance(formula, AllHold):
        return _least((clause for part in parts for clause in part), several)
    return reduce(lambda one, two: _either(one, two, several), parts, [frozenset()])


def _either(one: Sequence[Clause], two: Sequence[Clause], several: frozenset[str]) -> list[Clause]:
    found = _least((first | second for first in one for second in two), several)
    if len(found) > MOST_CLAUSES:
        raise TooLong
    return found


def _least(found: Iterable[Clause], several: frozenset[str]) -> list[Clause]:
    """The clauses without those that are always true, or follow from another."""
    short = list(dict.fromkeys(c for each in found if (c := _short(each, several)) is not None))
    kept: list[Clause] = []
    for place, clause in enumerate(short):
        others = (*kept, *short[place + 1 :])
        if not any(_follows(clause, other, several) for other in others):
            kept.append(clause)
    return kept


def _short(clause: Clause, several: frozenset[str]) -> Clause | None:
    """The clause without what another part of it already says; None if it is always true."""
    if any(_always(one, two, several) for one in clause for two in clause):
        return None
    return frozenset(
        one
        for one in clause
        if not any(one != two and _implies(one, two, several) for two in clause)
    )


def _always(one: Said, two: Said, several: frozenset[str]) -> bool:
    """Whether one of the two holds, whatever was chosen."""
    return _implies(negated_said(one), two, several)


def negated_said(said: Said) -> Said:
    return said._replace(holds=not said.holds)


def _follows(clause: Clause, other: Clause, several: frozenset[str]) -> bool:
    """Whether `clause` holds wherever `other` does."""
    return all(any(_implies(one, two, several) for two in clause) for one in other)


def _implies(one: Said, two: Said, several: frozenset[str]) -> bool:
    if one == two:
        return True
    if one.question != two.question:
        return False
    if one.answer is None:  # nothing is chosen, so this one isn't either
        return not one.holds and two.answer is not None and not two.holds
    if not one.holds:
        return False
    if two.answer is None:
        return two.holds
    alone = one.question not in several or {one.answer, two.answer} & {NONE, UNSURE, SKIP}
    return not two.holds and one.answer != two.answer and bool(alone)
