"""Two rule sets, one crowd: what comes out for everybody, and who gets something else.

Why this module exists: the numbers of `rules diff`, and the test whether a change of rules
changes anything at all. Two rule sets are compared over a million answer sets, and `decide`
takes them one by one: here the crowd is sent through the circuit of the proofs. Tests hold
what comes out equal to `decide`, person by person, also with changed rules.

It must not word anything, or read files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.question import SKIP
from pathfinder.engine.rules import Rule
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.changed_rules import Differing, differing, hangs_on
from pathfinder.ruletools.diff.population import Asked, Crowd, Mask, drawn, everyone, ways
from pathfinder.ruletools.verify.circuit import Circuit, Wire
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import everybody

NO_PATH: Final = "no path"
"""The first path of people to whom the gates leave none."""

OUT_OF_SCOPE: Final = "out of scope"
"""The first path and the safe level of people for whom the rules aren't made."""

SHOWN: Final = "shown at once"
WAITS: Final = "waits for an alert"
"""What becomes of the list of paths, out of scope too: an alert with `hold` makes it wait."""


class Outcomes(NamedTuple):
    """For each part of a result: id -> who gets it. People who get nothing of it are in none.

    `first_path`, `safe_level` and `hold` give everybody one. `alerts` and `first` stand in
    the order in which they are told. `told` are the rules that speak for them, `to_check`
    the rules and readings that unknown answers leave open.
    """

    first_path: Mapping[str, Mask]
    safe_level: Mapping[str, Mask]
    hold: Mapping[str, Mask]
    alerts: Mapping[str, Mask]
    first: Mapping[str, Mask]
    paths: Mapping[str, Mask]
    told: Mapping[str, Mask]
    to_check: Mapping[str, Mask]


def outcomes(rules: RuleSet, crowd: Crowd) -> Outcomes:
    """What these rules come to for everybody.

    A question that the crowd wasn't given, or an answer that the rules don't know, counts as
    left out.
    """
    net = Circuit()
    out = Reckoning(net, rules, everybody(net, rules))
    age = out.view[rules.scope_question].chosen
    minor = net.any_of([wire for answer, wire in age.items() if answer in rules.scope_out])
    adult = minor ^ 1
    wires = _wires(out, net, adult, minor)
    carried = iter(_carried(net, [w for part in wires for w in part.values()], rules, crowd))
    return Outcomes(*({name: next(carried) for name in part} for part in wires))


def asked_of(rules: RuleSet, crowd: Crowd) -> dict[str, Mask]:
    """Question id -> who is asked it."""
    net = Circuit()
    view = Reckoning(net, rules, everybody(net, rules)).view
    wires = [slot.asked for slot in view.values()]
    return dict(zip(view, _carried(net, wires, rules, crowd), strict=True))


def _wires(out: Reckoning, net: Circuit, adult: Wire, minor: Wire) -> Outcomes:
    """The outcomes as wires in place of masks. Who is out of scope gets alerts alone."""
    rules = out.rules

    def adults(wires: Mapping[str, Wire]) -> dict[str, Wire]:
        return {name: net.all_of([adult, wire]) for name, wire in wires.items()}

    held = net.any_of([out.alert(alert.id) for alert in rules.alerts if alert.hold])
    open_: tuple[Rule, ...] = (*rules.alert_rules, *rules.first_rules, *rules.gates)
    up_to = [out.safe_level(rank) for rank in range(len(rules.levels) + 1)]
    return Outcomes(
        first_path={
            **adults({path.id: out.first(path) for path in rules.paths}),
            OUT_OF_SCOPE: minor,
            NO_PATH: net.all_of([adult, net.any_of(out.ranked.values()) ^ 1]),
        },
        safe_level={
            **adults({
                level.id: net.all_of([up_to[rank], up_to[rank + 1] ^ 1])
                for rank, level in enumerate(rules.levels)
            }),
            OUT_OF_SCOPE: minor,
        },
        hold={SHOWN: held ^ 1, WAITS: held},
        alerts={alert.id: out.alert(alert.id) for alert in rules.alerts},
        first=adults({step.id: out.step(step.id) for step in rules.steps}),
        paths=adults(out.ranked),
        told={
            **{rule.id: out.fired[rule.id].true for rule in rules.alert_rules},
            **adults({rule.id: out.fired[rule.id].true for rule in rules.first_rules}),
        },
        to_check=adults({
            **{rule.id: out.to_check(rule) for rule in open_},
            **out.gate_views.used,
        }),
    )  # fmt: skip


def _carried(net: Circuit, wires: Iterable[Wire], rules: RuleSet, crowd: Crowd) -> list[Mask]:
    inputs: dict[object, Mask] = {
        ("", question.id, answer): who
        for question in rules.questions
        for answer, who in crowd.gave.get(question.id, {}).items()
    }
    return net.evaluate(list(wires), inputs, crowd.size)


SAMPLE: Final = 1_000_000
LEAST_SAMPLE: Final = 100_000
SEED: Final = 1
MOST_WAYS: Final = 1 << 20
"""Up to here, each way to answer is looked at instead of a sample."""

MOVES: Final = ("first_path", "safe_level", "hold")
"""Parts of which everybody gets one: a change goes from one to another."""

COMES_AND_GOES: Final = ("first", "alerts", "paths", "told", "to_check")
"""Parts of which people get several: each comes or goes by itself."""

ORDERED: Final = ("first", "alerts")
"""Those of them whose order is told: two that were there before may change places."""

PARTS: Final = (*MOVES, *COMES_AND_GOES)


class PartRow(NamedTuple):
    """One kind of change. `old` is None for what comes, `new` for what goes.

    Of a part that is ordered, both stand where two have changed places: see `turned`.
    """

    part: str
    old: str | None
    new: str | None
    who: Mask

    @property
    def sets(self) -> int:
        return self.who.bit_count()


class Counted(NamedTuple):
    """What was looked at. `seed` is None where each way to answer `questions` was."""

    sets: int
    seed: int | None
    questions: tuple[str, ...]
    in_scope_only: bool


class Difference(NamedTuple):
    """What a change does. `touched` maps each part to the number of answer sets it differs for."""

    old: RuleSet
    new: RuleSet
    items: Differing
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    counted: Counted | None
    crowd: Crowd
    any: int
    touched: Mapping[str, int]
    rows: tuple[PartRow, ...]

    @property
    def same_rules(self) -> bool:
        """The rules that decide are the same: nobody at all can get something else."""
        return not self.items.deciding


def compare(old: RuleSet, new: RuleSet, *, sample: int = SAMPLE, seed: int = SEED) -> Difference:
    """What changes for people between two rule sets.

    Each way to answer the questions that the change hangs on is looked at, where there are
    few enough; else `sample` answer sets drawn with `seed` (see `population.drawn`).
    """
    items = differing(old, new)
    only_old = tuple(q.id for q in old.questions if q.id not in new.question_by_id)
    only_new = tuple(q.id for q in new.questions if q.id not in old.question_by_id)
    if not items.deciding:
        crowd = everyone([])
        return Difference(old, new, items, only_old, only_new, None, crowd, 0, {}, ())
    named = hangs_on(old, new, items.deciding)
    few = [asked for asked in _asked(old, new, all_ages=True) if asked.id in named]
    if ways(few) <= MOST_WAYS:
        crowd = everyone(few)
        who = _different_people(old, new, crowd)
        names = tuple(asked.id for asked in few)
        counted = Counted(who.bit_count(), None, names, in_scope_only=False)
    else:
        in_scope_only = _age_changes_nothing(old, new)
        many = _asked(old, new, all_ages=not in_scope_only)
        crowd = drawn(many, sample, seed)
        who = crowd.all
        names = tuple(asked.id for asked in many)
        counted = Counted(sample, seed, names, in_scope_only)
    rows = changes(outcomes(old, crowd), outcomes(new, crowd), who)
    touched = {part: _together(rows, part).bit_count() for part in PARTS}
    any_ = 0
    for row in rows:
        any_ |= row.who
    return Difference(
        old, new, items, only_old, only_new, counted, crowd, any_.bit_count(), touched, rows
    )


def changes(before: Outcomes, after: Outcomes, who: Mask) -> tuple[PartRow, ...]:
    """Every kind of change among these people, part by part, the commonest first."""
    rows: list[PartRow] = []
    for part in PARTS:
        old, new = getattr(before, part), getattr(after, part)
        found = _moves(part, old, new, who) if part in MOVES else _comings(part, old, new, who)
        if part in ORDERED:
            found += _turns(part, old, new, who)
        rows += sorted(found, key=lambda row: -row.sets)
    return tuple(rows)


def turned(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each two that stand in both and have changed places, as they stood."""
    place = {name: at for at, name in enumerate(new)}
    for one, other in combinations([name for name in old if name in place], 2):
        if place[other] < place[one]:
            yield one, other


def in_order(one: str, other: str) -> str:
    return f"{one}, then {other}"


def _moves(part: str, old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> list[PartRow]:
    return [
        PartRow(part, left, right, mask)
        for left, had in old.items()
        for right, have in new.items()
        if left != right and (mask := had & have & who)
    ]


def _comings(
    part: str, old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask
) -> list[PartRow]:
    rows: list[PartRow] = []
    for name in {**old, **new}:
        had, have = old.get(name, 0), new.get(name, 0)
        if gone := had & ~have & who:
            rows.append(PartRow(part, name, None, gone))
        if come := have & ~had & who:
            rows.append(PartRow(part, None, name, come))
    return rows


def _turns(part: str, old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> list[PartRow]:
    return [
        PartRow(part, in_order(one, other), in_order(other, one), mask)
        for one, other in turned(old, new)
        if (mask := old[one] & old[other] & new[one] & new[other] & who)
    ]


def _together(rows: tuple[PartRow, ...], part: str) -> Mask:
    who = 0
    for row in rows:
        if row.part == part:
            who |= row.who
    return who


# --- who is looked at ---------------------------------------------------------------


def _asked(old: RuleSet, new: RuleSet, *, all_ages: bool) -> list[Asked]:
    """The questions of both, those of the old one first. Of a question that both ask, the
    answers of both; where one takes several answers and the other doesn't, it takes one."""
    asked: list[Asked] = []
    for question in (*old.questions, *(q for q in new.questions if q.id not in old.question_by_id)):
        mine, other = old.question_by_id.get(question.id), new.question_by_id.get(question.id)
        answers = tuple(dict.fromkeys(a for each in (mine, other) if each for a in each.answers))
        if question.id == old.scope_question and not all_ages:
            answers = tuple(answer for answer in answers if answer not in old.scope_out)
        many = all(each.kind == "many" for each in (mine, other) if each)
        asked.append(Asked(question.id, many, answers))
    return asked


def _age_changes_nothing(old: RuleSet, new: RuleSet) -> bool:
    """Whether people out of scope can be left out: all they get is alerts, as others do."""
    same = (old.scope_question, old.scope_out) == (new.scope_question, new.scope_out)
    named = questions_in(
        *(each for rules in (old, new) for r in rules.alert_rules for each in (r.when, r.unless))
    )
    return same and old.scope_question not in named


def _different_people(old: RuleSet, new: RuleSet, crowd: Crowd) -> Mask:
    """One of those who differ only in answers to questions that aren't put to them."""
    who = crowd.all
    both = (asked_of(old, crowd), asked_of(new, crowd))
    for question in crowd.questions:
        asked = 0
        for each in both:
            asked |= each.get(question.id, 0)
        who &= asked | crowd.gave[question.id][SKIP]
    return who
