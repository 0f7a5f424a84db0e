"""What comes out for a whole crowd, part by part.

Why this module exists: `decide` for everybody at once, as far as two rule sets are
compared. Tests hold it equal to `decide`, person by person, also with changed rules.

It must not compare: that is `compare`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pathfinder.difference.crowd import Crowd, Mask
from pathfinder.difference.points import Digits, chosen, more, points_of, zero
from pathfinder.difference.views import Views, fires, gate_fires, gate_views, views_of
from pathfinder.model import RuleSet

NO_PATH: Final = "no path"
"""The first path of people to whom the gates leave none."""

OUT_OF_SCOPE: Final = "out of scope"
"""The first path and the safe level of people for whom the rules aren't made."""


class Outcomes(NamedTuple):
    """For each part of a result: id -> who gets it. People who get nothing of it are in none.

    `first_path` and `safe_level` give everybody one. `told` are the rules that speak for
    alerts and first steps, `to_check` the rules and readings that unknown answers leave open.
    """

    first_path: Mapping[str, Mask]
    safe_level: Mapping[str, Mask]
    alerts: Mapping[str, Mask]
    first: Mapping[str, Mask]
    paths: Mapping[str, Mask]
    told: Mapping[str, Mask]
    to_check: Mapping[str, Mask]


class Fit(NamedTuple):
    """What doesn't hang on gates, alerts or first steps: it can be used again."""

    views: Views
    points: Mapping[str, Digits]


def fit_of(rules: RuleSet, crowd: Crowd) -> Fit:
    """What everybody's answers count as, and the points of every path."""
    views = views_of(rules, crowd)
    return Fit(views, points_of(rules, crowd, views))


def outcomes(rules: RuleSet, crowd: Crowd, fit: Fit | None = None) -> Outcomes:
    """What these rules come to for everybody. `fit`: as worked out for the same questions,
    readings aside, and the same fit tables."""
    views, points = fit or fit_of(rules, crowd)
    all_ = crowd.all
    out = 0
    if rules.scope_question in views:
        for answer in rules.scope_out:
            out |= views[rules.scope_question].says.get(answer, 0)
    alerts: dict[str, Mask] = {alert.id: 0 for alert in rules.alerts}
    first: dict[str, Mask] = {step.id: 0 for step in rules.steps}
    told: dict[str, Mask] = {}
    to_check: dict[str, Mask] = {}
    for alert in rules.alert_rules:
        true, maybe = fires(alert.when, alert.unless, views, all_)
        alerts[alert.alert] |= true
        told[alert.id] = true
        to_check[alert.id] = maybe & ~true & ~out
    for step in rules.first_rules:
        true, maybe = fires(step.when, step.unless, views, all_)
        first[step.first] |= true & ~out
        told[step.id] = true & ~out
        to_check[step.id] = maybe & ~true & ~out

    seen = gate_views(rules, views, all_)
    to_check.update((reading, who & ~out) for reading, who in seen.used.items())
    asked = [0] * len(rules.levels)
    closed: dict[str, Mask] = {}
    for gate in rules.gates:
        fired, check = gate_fires(gate, seen, all_)
        to_check[gate.id] = check & ~out
        if gate.at_least is not None:
            asked[rules.level_rank[gate.at_least]] |= fired
        for path in gate.set_aside:
            closed[path] = closed.get(path, 0) | fired
    levels = _levels(rules, asked, all_ & ~out)
    paths = _paths(rules, levels, closed)
    return Outcomes(
        first_path=_first_path(rules, paths, points, all_, out),
        safe_level={**levels, OUT_OF_SCOPE: out},
        alerts=alerts,
        first=first,
        paths=paths,
        told=told,
        to_check=to_check,
    )


def _levels(rules: RuleSet, asked: list[Mask], everybody: Mask) -> dict[str, Mask]:
    """The highest level that any gate asks for; without a gate, the lowest there is."""
    levels: dict[str, Mask] = {}
    left = everybody
    for rank in range(len(rules.levels) - 1, 0, -1):
        levels[rules.levels[rank].id] = left & asked[rank]
        left &= ~asked[rank]
    levels[rules.levels[0].id] = left
    return levels


def _paths(
    rules: RuleSet, levels: Mapping[str, Mask], closed: Mapping[str, Mask]
) -> dict[str, Mask]:
    """Who may take which path: of a safe level, and not set aside."""
    up_to: dict[str, Mask] = {}
    below = 0
    for level in rules.levels:
        below |= levels[level.id]
        up_to[level.id] = below
    return {path.id: up_to[path.level] & ~closed.get(path.id, 0) for path in rules.paths}


def _first_path(
    rules: RuleSet,
    paths: Mapping[str, Mask],
    points: Mapping[str, Digits],
    all_: Mask,
    out: Mask,
) -> dict[str, Mask]:
    """The safe path with the most points; a tie goes to the lower level, then to file order."""
    best: Digits = zero(rules)
    first: dict[str, Mask] = {}
    settled = 0
    for path in sorted(rules.paths, key=lambda each: rules.level_rank[each.level]):
        mine = points[path.id]
        wins = paths[path.id] & (~settled | more(mine, best, all_))
        if not wins:
            continue
        for other in first:
            first[other] &= ~wins
        first[path.id] = wins
        best = chosen(wins, mine, best)
        settled |= wins
    first[OUT_OF_SCOPE] = out
    first[NO_PATH] = all_ & ~settled & ~out
    return first
