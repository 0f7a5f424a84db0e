"""When the first path doesn't fit: what stands in the way, and the safest compromise.

Why this module exists: money, time and duties never lower the safe level in
silence. The first path stays first; beside it stands what would make it possible
and, named as such, the safest compromise.

It must not change the ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathfinder.engine.conditions import View, fires
from pathfinder.engine.decision import Fired, IfNotPossible, Ranked
from pathfinder.engine.fit import Fit
from pathfinder.engine.ruleset import RuleSet


def if_not_possible(
    rules: RuleSet,
    view: View,
    ranked: Sequence[Ranked],
    fits: Mapping[str, Fit],
    closed: Mapping[str, object],
    supports: Sequence[Fired],
    safe_rank: int,
) -> IfNotPossible | None:
    """The barriers before the first path, or None. An unknown answer is no barrier.

    `closed` holds the paths that a set-aside gate takes out for their own sake:
    these are never the compromise. A path below the safe level may be.
    """
    first = ranked[0]
    standing = [b for b in rules.barriers if fires(b.when, b.unless, view) is True]
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


def _compromise(
    rules: RuleSet,
    first: Ranked,
    ranked: Sequence[Ranked],
    fits: Mapping[str, Fit],
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
            return min(possible, key=lambda path: (place.get(path, last), -fits[path].points))
    return None
