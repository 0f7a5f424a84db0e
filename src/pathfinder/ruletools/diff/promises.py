"""What a change of rules does to the promises of `checks.yaml`: kept, weakened, dropped, broken.

Why this module exists: a promise that is taken out can't be broken any more, and `rules verify`
then has nothing to say. So each one is taken apart into what it asks of whom, and is kept only
where the new file asks at least as much for everybody of whom the old one did, under whatever
id. Whether a condition takes in everybody of another one is tried on every answer. And that a
promise still stands doesn't say that it is kept: a look at people who are drawn takes a second,
and whoever signs must not read "asked for as before" over a promise that thousands break.

It must not call a promise kept by the rules: only `rules verify` proves that. What compares two
people with each other isn't looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from pathfinder.engine.conditions import All, Condition
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.pages.phrases import listed
from pathfinder.pages.plain_names import PlainNames
from pathfinder.ruletools.diff.compare import MOST_WAYS
from pathfinder.ruletools.diff.outcomes import NO_PATH, WAITS, CarriedWires, Outcomes, outcomes
from pathfinder.ruletools.diff.population import PIECE, Asked, Crowd, Mask, drawn, everyone, ways
from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit, Wire
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import everybody, holds
from pathfinder.ruletools.verify.promises import (
    AskedFor,
    asked_in,
    asked_words,
    lost_words,
    value_words,
)
from pathfinder.ruletools.verify.statements import (
    Demand,
    Dropped,
    Implies,
    Promises,
    Statement,
)
from pathfinder.ruletools.verify.statements_file import read_promises

Fate = Literal[
    "no longer made", "weaker", "silent on what is gone", "its record is gone", "new", "says more",
    "in other words", "dropped before",
]  # fmt: skip
FATES: Final[tuple[Fate, ...]] = get_args(Fate)
OF_BEFORE: Final = (
    "no longer made", "weaker", "silent on what is gone", "says more", "in other words",
)  # fmt: skip
"""What can become of a promise that was made before."""

SILENT: Final = "silent on what is gone"
OF_NEW: Final = "It now speaks of answers, paths or rules that are new, too."
NO_REASON: Final = "No reason stands under `dropped` in checks.yaml."


class PromiseChange(NamedTuple):
    """What became of one promise. `says` are its words now, or before, where it is gone."""

    id: str
    fate: Fate
    says: str
    details: tuple[str, ...] = ()


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


def changed_promises(
    new_rules: RuleSet, old: Promises, new: Promises, old_rules: RuleSet | None = None
) -> tuple[PromiseChange, ...]:
    """Every promise of which something differs, what is lost first; and those dropped before."""
    scales = _Scales(new_rules)
    names = PlainNames(*(each for each in (new_rules, old_rules) if each))
    now = {statement.id: statement for statement in new.statements}
    all_asked = [each for statement in new.statements for each in asked_in(statement.must)]
    was = {statement.id for statement in old.statements}
    on_record = {each.id: each for each in new.dropped}
    found: list[PromiseChange] = []
    for statement in old.statements:
        then = now.get(statement.id)
        gone = [each for each in asked_in(statement.must) if not scales.kept(each, all_asked)]
        lost = [each for each in gone if not _can_not_be(new_rules, each)]
        if then is None:
            if gone:
                why = _why(on_record[statement.id]) if statement.id in on_record else NO_REASON
                found.append(PromiseChange(statement.id, "no longer made", statement.says, (why,)))
        elif lost:
            before, after = list(asked_in(statement.must)), list(asked_in(then.must))
            details = lost_words(names, scales.as_much, lost, before, after)
            found.append(PromiseChange(statement.id, "weaker", then.says, tuple(details)))
        elif gone:
            values = tuple(dict.fromkeys(value_words(names, each) for each in gone))
            found.append(PromiseChange(statement.id, "silent on what is gone", then.says, values))
        elif then != statement:
            before = list(asked_in(statement.must))
            more = [each for each in asked_in(then.must) if not scales.kept(each, before)]
            said_before = {asked_words(names, each) for each in before}
            fate: Fate = "says more" if more else "in other words"
            words = [f"It said: {statement.says}"] if then.says != statement.says else []
            details = (asked_words(names, each) for each in more)
            told = tuple(
                dict.fromkeys((*words, *(OF_NEW if d in said_before else d for d in details)))
            )
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


_FORBIDDEN: Final[Mapping[str, str]] = {
    "not_ranked": "paths", "not_first_path": "paths", "not_supports": "supports",
    "not_first": "steps",
}  # fmt: skip
"""What a promise keeps from coming about, by where such things stand in a rule set."""


def _can_not_be(rules: RuleSet, asked: AskedFor) -> bool:
    """Whether what is forbidden isn't in these rules any more, so that nothing was lost."""
    part = _FORBIDDEN.get(asked.key)
    return bool(part) and asked.value not in {each.id for each in getattr(rules, part or "")}


def _why(dropped: Dropped) -> str:
    return f"Dropped on {dropped.date} by {dropped.decided_by}: {dropped.because}"


class _Scales:
    """Weighs what is asked for under one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.net = Circuit()
        self.view = Reckoning(self.net, rules, everybody(self.net, rules)).view
        self._covers: dict[Wire, bool] = {}

    def kept(self, one: AskedFor, others: Iterable[AskedFor]) -> bool:
        """Whether these together ask at least as much, of everybody of whom it is asked."""
        whens = [each.when for each in others if self.as_much(each, one)]
        if not whens:
            return False
        return one.when in whens or self.take_in(one.when, whens)

    def as_much(self, other: AskedFor, one: AskedFor) -> bool:
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


LOOKED_AT: Final = PIECE
"""So many answer sets are drawn, of people of every age."""


class BrokenPromise(NamedTuple):
    """A promise, and how many of those who were drawn break it now, and broke it before; None where
    it wasn't made."""

    id: str
    says: str
    sets: int
    before: int | None = None


def broken(rules: RuleSet, statements: Iterable[Statement], seed: int) -> tuple[BrokenPromise, ...]:
    """The promises that somebody breaks under these rules, the most broken first."""
    told = [each for each in statements if any(isinstance(must, Implies) for must in each.must)]
    if not told:
        return ()
    asked = [Asked(each.id, each.kind == "many", each.answers) for each in rules.questions]
    crowd = drawn(asked, LOOKED_AT, seed)
    found = outcomes(rules, crowd)
    of_whom = _People(rules, crowd)
    counted = []
    for statement in told:
        who = 0
        for must in statement.must:
            if isinstance(must, Implies):
                who |= of_whom.speaks_of(must) & ~_gets(rules, found, must.then, crowd.all)
        if who:
            counted.append(BrokenPromise(statement.id, statement.says, who.bit_count()))
    return tuple(sorted(counted, key=lambda each: -each.sets))


class _People:
    """Of whom statements speak, in one crowd."""

    def __init__(self, rules: RuleSet, crowd: Crowd) -> None:
        self._rules = rules
        self._crowd = crowd
        self._net = Circuit()
        self._view = Reckoning(self._net, rules, everybody(self._net, rules)).view

    def speaks_of(self, must: Implies) -> Mask:
        age = self._view[self._rules.scope_question].chosen
        out = [wire for answer, wire in age.items() if answer in self._rules.scope_out]
        minor = self._net.any_of(out)
        when = TRUE if must.when is None else holds(self._net, must.when, self._view).true
        wire = self._net.all_of([when, minor if must.minors else minor ^ 1])
        return CarriedWires(self._net, [wire]).of(self._crowd)[wire]


def _gets(rules: RuleSet, found: Outcomes, wanted: Demand, ones: Mask) -> Mask:
    """Who gets all of it. What no outcome tells counts as given, as it can't be looked at here."""
    who = ones
    for mask in _asked(rules, found, wanted, ones):
        who &= mask
    return who


def _asked(rules: RuleSet, found: Outcomes, wanted: Demand, ones: Mask) -> Iterator[Mask]:
    def any_of(part: Mapping[str, Mask], names: Iterable[str]) -> Mask:
        who = 0
        for name in names:
            who |= part.get(name, 0)
        return who

    levels = [level.id for level in rules.levels]
    yield from (found.alerts.get(name, 0) for name in wanted.alerts)
    yield from (found.first.get(name, 0) for name in wanted.first)
    yield from (found.supports.get(name, 0) for name in wanted.supports)
    yield from (found.notes.get(name, 0) for name in wanted.notes)
    yield from (found.moves.get(name, 0) for name in wanted.warnings)
    yield ones & ~any_of(found.first, wanted.not_first)
    yield ones & ~any_of(found.paths, wanted.not_ranked)
    yield ones & ~any_of(found.first_path, wanted.not_first_path)
    yield ones & ~any_of(found.supports, wanted.not_supports)
    if wanted.first_of_first is not None and wanted.first_of_first in found.first:
        order = list(found.first)
        before = any_of(found.first, order[: order.index(wanted.first_of_first)])
        yield found.first[wanted.first_of_first] & ~before
    if wanted.at_least in levels:
        yield any_of(found.safe_level, levels[levels.index(wanted.at_least) :])
    if wanted.at_most in levels:
        yield any_of(found.safe_level, levels[: levels.index(wanted.at_most) + 1])
    if wanted.first_path:
        yield any_of(found.first_path, wanted.first_path)
    if wanted.some_path:
        yield ones & ~found.first_path[NO_PATH]
    if wanted.hold is not None:
        yield found.hold[WAITS] if wanted.hold else ones & ~found.hold[WAITS]


# --- told -----------------------------------------------------------------------------------

KEPT: Final = "Worded as before"
NOT_PROVED: Final = "Not proved yet"
SIGN_AFTER: Final = "Don't sign before"
PROVED_BEFORE: Final = "Nothing that it hangs on has changed: what was proved stays proved."


def share(number: int, of: int) -> str:
    if not number or of < 1000:
        return f"{number:,} of {of:,}"
    part = 100 * number / of
    return f"{number:,} of {of:,} ({'under 0.01' if part < 0.01 else f'{part:.2f}'} %)"


class PromisesTold(NamedTuple):
    """How many promises there were and are, what became of them, and their fingerprint now.

    `broken` are those of before and now that people who were drawn break under the new rules;
    nobody `looked` where neither the rules that decide nor the promises differ.
    """

    before: int
    now: int
    changed: tuple[PromiseChange, ...]
    sha256: str
    broken: tuple[BrokenPromise, ...] = ()
    looked: bool = False


def promise_lines(promises: PromisesTold, to_verify: str) -> Iterator[tuple[str, str]]:
    """Each line about them, those that are broken first: (label, text)."""
    for each in promises.broken:
        before = f"; {each.before:,} before" if each.before else ""
        text = f"{each.says} {share(each.sets, LOOKED_AT)} drawn break it{before}."
        yield _BROKEN[each.before and 1], f"{text} [{each.id}]"
    silent = [each for each in promises.changed if each.fate == SILENT]
    for change in promises.changed:
        if change.fate != SILENT:
            fate = change.fate[0].upper() + change.fate[1:]
            yield fate, " ".join((f"{change.says} [{change.id}]", *change.details))
    same = promises.before - sum(change.fate in OF_BEFORE for change in promises.changed)
    kept = f"{'All' if same == promises.before else f'{same} of'} {promises.before}."
    if silent:
        names = listed(dict.fromkeys(name for each in silent for name in each.details))
        says = " ".join(f"“{each.says}”" for each in silent)
        lost = any(each.fate in OF_BEFORE[:2] for each in promises.changed)
        many = f"{len(silent)} cover" if len(silent) > 1 else "1 covers"
        label = f"{'' if lost else 'None is dropped, but '}{many} less: {names} is gone"
        yield label, f"{says} {KEPT}: {kept}"
    else:
        yield KEPT, kept
    if promises.looked:
        yield NOT_PROVED, f"{_drawn_broken(promises)} {SIGN_AFTER}: {to_verify}"
    else:
        yield "Proved", PROVED_BEFORE


_BROKEN: Final = {
    None: "Broken by the rules now",
    0: "Broken by the rules now, and not before",
    1: "Broken by the rules now, as before",
}


def _drawn_broken(promises: PromisesTold) -> str:
    """What drawing found, in short: it is no proof."""
    fresh = sum(not each.before for each in promises.broken)
    old = len(promises.broken) - fresh
    beside = f"; {old} broken now and before" if old else ""
    many = (
        f"{fresh} broken that {'was' if fresh == 1 else 'were'} kept before"
        if fresh
        else "none broken anew"
    )
    return f"Drawing found {many}{beside}."
