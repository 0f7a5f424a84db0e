"""What `decide` says of a person who was found: is the statement broken, and how.

Why this module exists: a solver's word isn't enough. Each person it finds is decided again
by the engine, and what is told about them comes from that decision alone.

It must not know circuits or the solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.decision import ADULT, Decision, asked_by, part_ids
from pathfinder.engine.gates import gate_truth, gate_views
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.ruletools.cases.case_file import NOTHING
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
    Situation,
)


class Violation(NamedTuple):
    """What is wrong in words; the answers and the expectations of a case that would show it."""

    broken: tuple[str, ...]
    case: Situation
    wanted: Mapping[str, object]


Wrong = tuple[str, Mapping[str, object]]


def judge(rules: RuleSet, must: Must, situation: Situation, other: Situation) -> Violation | None:
    """How this person breaks `must`, or None if they don't. `other`: the same person, changed."""
    one, two = _decided(rules, situation), _decided(rules, other)
    if one is None or two is None:
        lost = situation if one is None else other
        return Violation(("The rules leave no path at all here.",), lost, {"scope": ADULT})
    if isinstance(must, Implies):
        if must.when is not None and must.when.holds(one.view) is not True:
            return None
        case, wrong = situation, list(_missing(rules, must.then, one))
    elif isinstance(must, NeverLowers):
        case, wrong = other, list(_lowered(rules, must.parts, one, two, "One step worse"))
    elif isinstance(must, NeverChanges):
        case, wrong = other, list(_changed(rules, must.parts, one, two))
    elif isinstance(must, Adding):
        if must.when is not None and must.when.holds(one.view) is not True:
            return None
        lower = _lowered(rules, must.lowers, one, two, "One answer more")
        case, wrong = other, [*_changed(rules, must.changes, one, two), *lower]
    elif isinstance(must, NeverLoses):
        case, wrong = other, list(_lost(rules, must, one, two))
    else:
        return None
    if not wrong:
        return None
    wanted: dict[str, object] = {}
    for _, more in wrong:
        wanted.update(more)
    return Violation(tuple(dict.fromkeys(words for words, _ in wrong)), case, wanted)


def _decided(rules: RuleSet, answers: Situation) -> Decision | None:
    try:
        return decide(rules, answers)
    except RulesError:
        return None


def _missing(rules: RuleSet, then: Demand, found: Decision) -> Iterator[Wrong]:
    alerts, first = part_ids(found, "alerts"), part_ids(found, "first")
    for alert in then.alerts:
        if alert not in alerts:
            order = [each.id for each in rules.alerts if each.id in {*alerts, *then.alerts}]
            yield f'The alert "{alert}" isn\'t shown.', {"alerts": order}
    for step in then.first:
        if step not in first:
            order = [each.id for each in rules.steps if each.id in {*first, *then.first}]
            yield f'"{step}" isn\'t one of the first steps.', {"first": order}
    leader = then.first_of_first
    if leader is not None and first[:1] != (leader,):
        stands = f'"{first[0]}" stands there' if first else "there is no first step"
        rest = [step for step in first if step != leader]
        yield f'"{leader}" doesn\'t lead the first steps: {stands}.', {"first": [leader, *rest]}
    if then.hold is not None and found.hold is not then.hold:
        words = "The paths wait." if found.hold else "The paths don't wait."
        yield words, {"hold": "true" if then.hold else "false"}
    if found.ranked:
        yield from _missing_paths(rules, then, found)
        yield from _missing_beside(then, found)


def _missing_paths(rules: RuleSet, then: Demand, found: Decision) -> Iterator[Wrong]:
    first = part_ids(found, "first")
    for step in then.not_first:
        if step in first:
            rest = [each for each in first if each not in then.not_first]
            yield f'"{step}" is one of the first steps.', {"first": rest}
    level = found.safe_level or ""
    if then.at_least is not None and rules.level_rank[level] < rules.level_rank[then.at_least]:
        words = f'The safe level is "{level}"; it must be "{then.at_least}" or more.'
        yield words, {"safe_level": then.at_least}
    if then.at_most is not None and rules.level_rank[level] > rules.level_rank[then.at_most]:
        words = f'The safe level is "{level}"; it must be "{then.at_most}" or less.'
        yield words, {"safe_level": then.at_most}
    top = found.ranked[0].path
    if top in then.not_first_path:
        others = [e for e in part_ids(found, "ranked") if e not in then.not_first_path]
        yield f'The first path is "{top}".', {"first_path": others or [NOTHING]}
    if then.not_above_need and found.ranked[0].above_need:
        words = f'The first path is "{top}", far above the safe level "{level}".'
        nearer = [path.id for path in rules.paths if not _far(rules, path.level, level)]
        yield words, {"first_path": nearer}
    if then.first_path and top not in then.first_path:
        wanted = ", ".join(f'"{path}"' for path in then.first_path)
        allowed = then.first_path[0] if len(then.first_path) == 1 else [*then.first_path]
        yield f'The first path is "{top}"; it must be {wanted}.', {"first_path": allowed}
    for path in then.not_ranked:
        if path in part_ids(found, "ranked"):
            yield f'The path "{path}" is ranked.', {"not_ranked": [*then.not_ranked]}


def _missing_beside(then: Demand, found: Decision) -> Iterator[Wrong]:
    for support in then.not_supports:
        if support in part_ids(found, "supports"):
            yield f'The support "{support}" is offered.', {"not_supports": [*then.not_supports]}

    for support in then.supports:
        if support not in part_ids(found, "supports"):
            yield f'The support "{support}" isn\'t offered.', {"supports": [*then.supports]}
    for note in then.notes:
        if note not in part_ids(found, "notes"):
            yield f'The note "{note}" isn\'t told.', {"notes": [*then.notes]}
    for warning in then.warnings:
        if warning not in part_ids(found, "warnings"):
            yield f'The warning "{warning}" isn\'t given.', {"warnings": [*then.warnings]}


def _far(rules: RuleSet, level: str, safe: str) -> bool:
    return rules.level_rank[level] > rules.level_rank[safe] + 1


def _lowered(
    rules: RuleSet, parts: Sequence[str], one: Decision, two: Decision, what: str
) -> Iterator[Wrong]:
    ranks = rules.level_rank
    before, after = one.safe_level or "", two.safe_level or ""
    if "safe_level" in parts and ranks[after] < ranks[before]:
        words = f'{what} lowers the safe level from "{before}" to "{after}".'
        yield words, {"safe_level": before}
    high, low = one.ranked[0], two.ranked[0]
    if "first_path_level" in parts and ranks[low.level] < ranks[high.level]:
        words = (
            f'{what} lowers the level of the first path from "{high.level}"'
            f' ("{high.path}") to "{low.level}" ("{low.path}").'
        )
        enough = [p.path for p in two.ranked if ranks[p.level] >= ranks[high.level]]
        yield words, {"first_path": enough or [high.path]}


_KEPT: Final = {
    "safe_level": "safe level changes from",
    "first_path": "first path changes from",
    "first": "first steps change from",
    "alerts": "alerts change from",
    "supports": "supports change from",
    "notes": "notes change from",
}
_ONE_OF_IT: Final = ("safe_level", "first_path")


def _changed(rules: RuleSet, kept: Sequence[str], one: Decision, two: Decision) -> Iterator[Wrong]:
    notes = {rule.id for rule in rules.note_rules}
    for name, what in _KEPT.items():
        before, after = part_ids(one, name), part_ids(two, name)
        if name == "notes":
            before, after = (tuple(sorted(notes & {*ids})) for ids in (before, after))
        if name in kept and before != after:
            words = f"The {what} {_listed(before)} to {_listed(after)}."
            yield words, {name: before[0] if name in _ONE_OF_IT else [*before]}


def _lost(rules: RuleSet, must: NeverLoses, one: Decision, two: Decision) -> Iterator[Wrong]:
    fired = _fired(rules, must, one)
    kept = {*_fired(rules, must, two), *(check.rule for check in two.to_check)}
    for rule, target in fired.items():
        if rule not in kept:
            words = f'The rule "{rule}" fires before. Then it neither fires nor is to be checked.'
            yield words, {"to_check_targets": [*target]}


def _fired(rules: RuleSet, must: NeverLoses, found: Decision) -> dict[str, tuple[str, ...]]:
    """The rules that fired, of the kinds that the statement speaks of, and what each asks for."""
    fired: dict[str, tuple[str, ...]] = {}
    if "alerts" in must.parts:
        fired.update((rule, (alert,)) for rule, alert in asked_by(found.alerts))
    if "first" in must.parts:
        fired.update((rule, (step,)) for rule, step in asked_by(found.first))
    if "gates" in must.parts:
        views = gate_views(rules, found.view, found.assumed)
        for gate in rules.gates:
            if gate_truth(gate, views) is True:
                fired[gate.id] = (gate.at_least,) if gate.at_least else gate.set_aside
    return fired


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(f'"{each}"' for each in ids) or "none"
