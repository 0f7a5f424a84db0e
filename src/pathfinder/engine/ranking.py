"""In which order the safe paths stand.

Why this module exists: points rank what gates leave, and nothing else. What asks for two levels
more than is safe stands last, however much speaks for it.

It must not set a level or give a point: `gates` and `fit` do.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.engine.decision import Ranked
from pathfinder.engine.fit import Fit
from pathfinder.engine.gates import Gates
from pathfinder.engine.ruleset import Path, RuleSet
from pathfinder.errors import Problem, RulesError


def ranked_paths(rules: RuleSet, gates: Gates, fits: Mapping[str, Fit]) -> tuple[Ranked, ...]:
    """The safe paths, best fit first. Ties go to the lower level of care, then to file order.

    Paths two levels or more above what is safe come last: their points never lead a person
    to far more care than the answers call for.

    Raises RulesError if the gates leave none: nobody may go away without a path.
    """
    order = ranking(rules, gates, {path: fit.points for path, fit in fits.items()})
    near = fits[order[0][0].id].points - rules.about_equal_within
    ranked = []
    for rank, (path, above) in enumerate(order, start=1):
        fit = fits[path.id]
        equal = not above and fit.points >= near
        for_, against = fit.for_(), fit.against()
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
