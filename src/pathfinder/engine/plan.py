"""In which order the safe paths stand, and a plan of them: now, next, alongside, after.

Why this module exists: points rank what gates leave, and nothing else. What asks for two levels
more than is safe stands last, however much speaks for it. Then a plan, not a label: a person
can't act on a name in bold. The plan is the decision once more, in the order in which a life
goes on. Money, time and duties never lower the safe level in silence: the first path stays
first; beside it stands what would make it possible and, named as such, the safest compromise.

It must not set a level or give a point (`gates` and `fit` do), or add anything to a plan that
stands neither in the decision nor in the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import View, fires
from pathfinder.engine.decision import Decision, Fired, IfNotPossible, Ranked
from pathfinder.engine.fit import Fits
from pathfinder.engine.flow import Sight
from pathfinder.engine.gates import Gates
from pathfinder.engine.ready import barriers_standing
from pathfinder.engine.ruleset import InShort, Path, RuleSet, Support
from pathfinder.errors import Problem, RulesError

# --- in which order the safe paths stand -------------------------------------------------


def ranked_paths(rules: RuleSet, gates: Gates, fits: Fits) -> tuple[Ranked, ...]:
    """The safe paths, best fit first. Ties go to the lower level of care, then to file order.

    Paths two levels or more above what is safe come last: their points never lead a person
    to far more care than the answers call for.

    Raises RulesError if the gates leave none: nobody may go away without a path.
    """
    order = ranking(rules, gates, fits.points)
    near = fits.points[order[0][0].id] - rules.about_equal_within
    ranked = []
    for rank, (path, above) in enumerate(order, start=1):
        fit = fits.of(path.id)
        equal = not above and fit.points >= near
        for_, against = fit.sides()
        ranked.append(
            Ranked(path.id, path.level, rank, fit.points, equal, for_, against, fit.unknown, above)
        )
    return tuple(ranked)


def ranking(rules: RuleSet, gates: Gates, points: Mapping[str, int]) -> list[tuple[Path, bool]]:
    """The safe paths, best fit first, and of each whether it asks for far more than is needed.

    Raises RulesError if the gates leave none.
    """
    ranks, far = rules.level_rank, gates.safe_rank + 1
    safe = [
        (path, ranks[path.level] > far)
        for path in rules.paths
        if path.id not in gates.closed and ranks[path.level] >= gates.safe_rank
    ]
    if not safe:
        closing = dict.fromkeys(gate.id for closed in gates.closed.values() for gate in closed)
        message = f"these gates together leave no path for some answers: {', '.join(closing)}"
        raise RulesError([Problem(rules.id, 0, 0, "no-path-left", message)])
    safe.sort(key=lambda each: (each[1], -points[each[0].id], ranks[each[0].level]))
    return safe


# --- what to do with it -------------------------------------------------------------------


class Plan(NamedTuple):
    """`urgent`: ids of the alerts. `now`: ids of the first steps; without either, `today`
    holds the moves that don't warn. With `hold`, the first steps wait until the person is safe.

    `in_short` says how much of a week the next path takes, for how long, and what
    comes after it; None where the rule set doesn't say. `alongside`: ids of supports, without
    those that the person's own answers refuse.
    """

    urgent: tuple[str, ...]
    hold: bool
    now: tuple[str, ...]
    today: tuple[str, ...]
    path: str
    in_short: InShort | None
    alongside: tuple[str, ...]


def plan(rules: RuleSet, decision: Decision) -> Plan:
    """The plan in a decision that ranks a path."""
    path = decision.ranked[0].path
    urgent = tuple(alert.id for alert in decision.alerts)
    now = tuple(step.id for step in decision.first)
    warned = {each.because for each in decision.warnings}
    moves = (move for move in decision.next_moves if move not in warned)
    no = {each.id for each in rules.supports if refused(each, decision.view)}
    return Plan(
        urgent=urgent,
        hold=decision.hold,
        now=now,
        today=() if urgent or now else tuple(moves),
        path=path,
        in_short=rules.path_by_id[path].in_short,
        alongside=tuple(each.id for each in decision.supports if each.id not in no),
    )


def refused(support: Support, view: View) -> bool:
    """Whether the person has said no to it: it may be told, and is no part of a plan."""
    return support.refused_when is not None and support.refused_when.holds(view) is True


def barriers_before(rules: RuleSet, decision: Decision, path: str) -> list[str]:
    """The questions whose answers stand before a path. An unknown answer is no barrier."""
    standing = (
        barrier.question
        for barrier in rules.barriers
        if path in barrier.paths and fires(barrier.when, barrier.unless, decision.view) is True
    )
    return list(dict.fromkeys(standing))


def if_not_possible(
    rules: RuleSet,
    sight: Sight,
    ranked: Sequence[Ranked],
    fits: Fits,
    closed: Mapping[str, object],
    supports: Sequence[Fired],
    safe_rank: int,
) -> IfNotPossible | None:
    """The barriers before the first path, or None. An unknown answer is no barrier.

    `closed` holds the paths that a set-aside gate takes out for their own sake:
    these are never the compromise. A path below the safe level may be.
    """
    first = ranked[0]
    standing = barriers_standing(sight.ready, sight.facts)
    before_first = [barrier for barrier in standing if first.path in barrier.paths]
    if not before_first:
        return None
    wanted = {support for barrier in before_first for support in barrier.helps}
    ruled_out = {path for barrier in standing if barrier.rules_out for path in barrier.paths}
    return IfNotPossible(
        barriers=tuple(dict.fromkeys(barrier.question for barrier in before_first)),
        helps=tuple(support.id for support in supports if support.id in wanted),
        compromise=_compromise(rules, first, ranked, fits, ruled_out.union(closed), safe_rank),
        because=" ".join(dict.fromkeys(barrier.because for barrier in before_first)),
    )


def left_open_by_life(rules: RuleSet, decision: Decision) -> list[str]:
    """The ranked paths that nothing in the person's life rules out, in their order.

    Without those that are far more than is called for. Money rules no path out.
    """
    shut = {
        path
        for barrier in rules.barriers
        if barrier.rules_out and fires(barrier.when, barrier.unless, decision.view) is True
        for path in barrier.paths
    }
    return [e.path for e in decision.ranked if not e.above_need and e.path not in shut]


def _compromise(
    rules: RuleSet,
    first: Ranked,
    ranked: Sequence[Ranked],
    fits: Fits,
    not_these: set[str],
    safe_rank: int,
) -> str | None:
    """The best path of the highest level under the first path's that the person's life allows."""
    place = {entry.path: entry.rank for entry in ranked}
    last = len(ranked) + 1
    # Peer groups alone are no compromise for someone who needs professional care.
    floor = min(safe_rank, 1)
    for rank in range(rules.level_rank[first.level] - 1, floor - 1, -1):
        possible = [
            path.id
            for path in rules.paths
            if rules.level_rank[path.level] == rank and path.id not in not_these
        ]
        if possible:
            return min(possible, key=lambda path: (place.get(path, last), -fits.points[path]))
    return None
