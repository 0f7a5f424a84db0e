"""What a change of rules does to the promises of `checks.yaml`: kept, weakened, dropped, new.

Why this module exists: a promise that is taken out can't be broken any more, and `rules verify`
then has nothing to say. So each one is taken apart into what it asks of whom, and is kept only
where the new file asks at least as much for everybody of whom the old one did, under whatever
id. Whether a condition takes in everybody of another one is tried on every answer.

It must not prove that the rules keep a promise: that is `rules verify`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from pathfinder.engine.conditions import All, Condition, in_words
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.ruletools.diff.compare import MOST_WAYS
from pathfinder.ruletools.diff.outcomes import CarriedWires
from pathfinder.ruletools.diff.population import Asked, everyone, ways
from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit, Wire
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import everybody, holds
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Dropped,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
    Promises,
)
from pathfinder.ruletools.verify.statements_file import read_promises

Fate = Literal[
    "no longer made", "weaker", "its record is gone", "new", "says more", "in other words",
    "dropped before",
]  # fmt: skip
FATES: Final[tuple[Fate, ...]] = get_args(Fate)
OF_BEFORE: Final = ("no longer made", "weaker", "says more", "in other words")
"""What can become of a promise that was made before."""

OF_NEW: Final = "It now speaks of answers, paths or rules that are new, too."
NO_REASON: Final = "No reason stands under `dropped` in checks.yaml."


class PromiseChange(NamedTuple):
    """What became of one promise. `says` are its words now, or before, where it is gone."""

    id: str
    fate: Fate
    says: str
    details: tuple[str, ...] = ()


class _Asked(NamedTuple):
    """One thing that a statement asks for. `of` is what is varied, or "" where nothing is;
    `beside` what else has to be the same, for two of them to be compared at all."""

    kind: str
    of: tuple[str, ...]
    key: str
    value: str | tuple[str, ...]
    when: Condition | None = None
    beside: str = ""


def promises_in(rules: RuleSet, folder: Path | None) -> Promises:
    """The promises beside a rule set; none where there is no file of them.

    Raises RulesError where the file can't be read.
    """
    try:
        return read_promises(rules, folder)
    except RulesError as error:
        if [problem.code for problem in error.problems] == ["missing-file"]:
            return Promises((), ())
        raise


def changed_promises(new_rules: RuleSet, old: Promises, new: Promises) -> tuple[PromiseChange, ...]:
    """Every promise of which something differs, what is lost first; and those dropped before."""
    scales = _Scales(new_rules)
    now = {statement.id: statement for statement in new.statements}
    all_asked = [each for statement in new.statements for each in _asked_in(statement.must)]
    was = {statement.id for statement in old.statements}
    on_record = {each.id: each for each in new.dropped}
    found: list[PromiseChange] = []
    for statement in old.statements:
        then = now.get(statement.id)
        lost = [each for each in _asked_in(statement.must) if not scales.kept(each, all_asked)]
        if then is None:
            if lost:
                why = _why(on_record[statement.id]) if statement.id in on_record else NO_REASON
                found.append(PromiseChange(statement.id, "no longer made", statement.says, (why,)))
        elif lost:
            before, after = list(_asked_in(statement.must)), list(_asked_in(then.must))
            details = _told(scales, lost, before, after)
            found.append(PromiseChange(statement.id, "weaker", then.says, tuple(details)))
        elif then != statement:
            before = list(_asked_in(statement.must))
            more = [each for each in _asked_in(then.must) if not scales.kept(each, before)]
            said_before = {_one(each) for each in before}
            fate: Fate = "says more" if more else "in other words"
            words = [f"It said: {statement.says}"] if then.says != statement.says else []
            details = (OF_NEW if _one(each) in said_before else _one(each) for each in more)
            told = tuple(dict.fromkeys((*words, *details)))
            found.append(PromiseChange(statement.id, fate, then.says, told))
    found += [
        PromiseChange(each.id, "new", each.says) for each in new.statements if each.id not in was
    ]
    found += [
        PromiseChange(each.id, "dropped before", each.says, (_why(each),))
        for each in new.dropped
        if each.id not in was
    ]
    found += [
        PromiseChange(each.id, "its record is gone", each.says, (_why(each),))
        for each in old.dropped
        if each.id not in on_record and each.id not in now
    ]
    return tuple(sorted(found, key=lambda change: FATES.index(change.fate)))


def _why(dropped: Dropped) -> str:
    return f"Dropped on {dropped.date} by {dropped.decided_by}: {dropped.because}"


# --- what is asked for, one by one --------------------------------------------------------


def _asked_in(musts: Iterable[Must]) -> Iterator[_Asked]:
    for must in musts:
        if isinstance(must, Implies):
            beside = "minors" if must.minors else ""
            for key, value in _demands(must.then):
                yield _Asked("then", (), key, value, must.when, beside)
        elif isinstance(must, NeverLowers):
            for step in must.steps:
                for part in must.parts:
                    yield _Asked("one step worse", (step.question, step.direction), part, part)
        elif isinstance(must, NeverChanges):
            for part in must.parts:
                yield _Asked("changing", tuple(sorted(must.questions)), part, part)
        elif isinstance(must, Adding):
            given = f" with {dict(must.beside)}" if must.beside else ""
            for answer in must.answers:
                for verb, parts in (("changes", must.changes), ("lowers", must.lowers)):
                    for part in parts:
                        of = (must.question, answer)
                        yield _Asked("adding", of, f"{verb} {part}", part, must.when, given)
        elif isinstance(must, NeverLoses):
            for question in must.questions:
                for part in must.parts:
                    yield _Asked("not known", (question,), part, part)
        else:
            yield _Asked("somebody for each", (), must.what, must.what)


def _demands(then: Demand) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in then._asdict().items():
        if key == "first_path" and value:
            yield key, tuple(sorted(value))
        elif isinstance(value, tuple):
            yield from ((key, each) for each in value)
        elif value is not None and (value or key == "hold"):
            yield key, str(value)


class _Scales:
    """Weighs what is asked for under one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.net = Circuit()
        self.view = Reckoning(self.net, rules, everybody(self.net, rules)).view
        self._covers: dict[Wire, bool] = {}

    def kept(self, one: _Asked, others: Iterable[_Asked]) -> bool:
        """Whether these together ask at least as much, of everybody of whom it is asked."""
        whens = [each.when for each in others if self.as_much(each, one)]
        if not whens:
            return False
        return one.when in whens or self.take_in(one.when, whens)

    def as_much(self, other: _Asked, one: _Asked) -> bool:
        """Whether the other asks at least as much of whom it speaks."""
        if (other.kind, other.key, other.beside) != (one.kind, one.key, one.beside):
            return False
        if one.kind == "changing":
            return set(other.of) >= set(one.of)
        if other.of != one.of:
            return False
        ranks = self.rules.level_rank
        if one.key in ("at_least", "at_most") and {one.value, other.value} <= set(ranks):
            more = ranks[str(other.value)] - ranks[str(one.value)]
            return more >= 0 if one.key == "at_least" else more <= 0
        if one.key == "first_path":
            return set(other.value) <= set(one.value)
        return other.value == one.value

    def take_in(self, one: Condition | None, others: Sequence[Condition | None]) -> bool:
        """Whether one of the others holds for everybody for whom this one does."""
        if None in others or any(self._takes_in(one, each) for each in others):
            return True
        net = self.net
        mine = TRUE if one is None else holds(net, one, self.view).true
        theirs = [holds(net, each, self.view).true for each in others if each is not None]
        left = net.all_of([mine, net.any_of(theirs) ^ 1])
        if left not in self._covers:
            self._covers[left] = left == FALSE or self._nobody(left)
        return self._covers[left]

    def _takes_in(self, one: Condition | None, other: Condition | None) -> bool:
        """Whether the other asks for less, as what both ask for alike can be left aside."""
        mine, theirs = _parts(one), _parts(other)
        net = self.net
        left = [holds(net, each, self.view).true for each in mine if each not in theirs]
        for each in theirs:
            if each not in mine:
                against = net.all_of([*left, holds(net, each, self.view).true ^ 1])
                if against not in self._covers:
                    self._covers[against] = against == FALSE or self._nobody(against)
                if not self._covers[against]:
                    return False
        return True

    def _nobody(self, wire: Wire) -> bool:
        """Whether this holds for nobody. Where that is too much to try, it counts as not so."""
        carried = CarriedWires(self.net, [wire])
        questions = [
            Asked(each.id, each.kind == "many", each.answers)
            for each in self.rules.questions
            if each.id in carried.questions
        ]
        if ways(questions) > MOST_WAYS:
            return False
        return not any(carried.of(piece)[wire] for piece in everyone(questions).pieces())


def _parts(condition: Condition | None) -> tuple[Condition, ...]:
    """What a condition asks for, each by itself."""
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, All) else (condition,)


# --- in words -----------------------------------------------------------------------------


def _told(
    scales: _Scales, lost: Sequence[_Asked], before: Sequence[_Asked], now: Sequence[_Asked]
) -> Iterator[str]:
    """What was lost, all that came to the same end in one sentence."""
    fresh = [each for each in now if each not in before]
    said: dict[str, list[_Asked]] = {}
    for each in lost:
        said.setdefault(_became(scales, each, fresh), []).append(each)
    yield from (f"{_whats(whats)}: {end}." for end, whats in said.items())


def _became(scales: _Scales, lost: _Asked, fresh: Sequence[_Asked]) -> str:
    """What is asked in place of what was lost."""
    alike = [each for each in fresh if (each.kind, each.key) == (lost.kind, lost.key)]
    looser = [each for each in alike if each.of == lost.of and each.when == lost.when]
    if looser:
        return f"asked {_for_whom(lost.when)}; now it only {_whats(looser)}"
    narrower = [each for each in alike if scales.as_much(each, lost)]
    if narrower:
        became = " or ".join(_for_whom(each.when) for each in narrower)
        return f"was asked {_for_whom(lost.when)}; now only {became}"
    fewer = [each for each in alike if each.of and set(each.of) < set(lost.of)]
    if fewer:
        return f"now only {fewer[0].kind} {', '.join(fewer[0].of)}"
    return f"no longer asked {_for_whom(lost.when)}"


def _one(asked: _Asked) -> str:
    return f"{_whats([asked])}: asked {_for_whom(asked.when)}."


def _for_whom(when: Condition | None) -> str:
    return "of everybody" if when is None else f"where {in_words(when)}"


_THEN: Final = {
    "alerts": "shows the alert {}",
    "first": "names the first step {}",
    "first_of_first": "puts {} before all other first steps",
    "at_least": "calls at least for {}",
    "at_most": "calls at most for {}",
    "first_path": "puts {} first",
    "not_ranked": "doesn't rank {}",
    "not_supports": "doesn't offer {}",
    "not_first": "doesn't name the first step {}",
    "not_first_path": "doesn't put {} first",
    "not_above_need": "puts no path far above the need first",
    "supports": "offers {}",
    "notes": "tells {}",
    "warnings": "warns with {}",
    "some_path": "leaves a path",
    "hold": "whether the paths wait: {}",
}


def _whats(every: Iterable[_Asked]) -> str:
    """What is asked for, as what the result does; parts of one comparison told together."""
    said: dict[str, list[str]] = {}
    for asked in every:
        if asked.kind == "then":
            value = asked.value if isinstance(asked.value, str) else " or ".join(asked.value)
            minors = " (under age)" if asked.beside else ""
            said[_THEN[asked.key].format(value) + minors] = []
            continue
        verb = _VERBS.get(asked.kind) or f"never {asked.key.split()[0]}"
        what = f"{asked.kind} {', '.join(asked.of)}{asked.beside} {verb}"
        said.setdefault(what, []).append(str(asked.value).replace("_", " "))
    told = (f"{what} {' and '.join(parts)}" if parts else what for what, parts in said.items())
    return " and ".join(told)


_VERBS: Final = {
    "one step worse": "never lowers",
    "changing": "never changes",
    "not known": "never loses",
    "somebody for each": "of the",
}
