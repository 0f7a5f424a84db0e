"""A plan, not a label: what comes now, what next, what alongside, and what after.

Why this module exists: a person can't act on a name in bold. The plan is the
decision once more, in the order in which a life goes on.

It must not add anything: every entry stands in the decision or in the rules.
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import InShort, RuleSet


class Plan(NamedTuple):
    """`urgent`: ids of the alerts. `now`: ids of the first steps; without either, `today`
    is the first move. With `hold`, the first steps wait until the person is safe.

    `in_short` says how much of a week the next path takes, for how long, and what
    comes after it; None where the rule set doesn't say. `alongside`: ids of supports.
    """

    urgent: tuple[str, ...]
    hold: bool
    now: tuple[str, ...]
    today: str | None
    path: str
    in_short: InShort | None
    alongside: tuple[str, ...]


def plan(rules: RuleSet, decision: Decision) -> Plan:
    """The plan in a decision that ranks a path."""
    path = decision.ranked[0].path
    urgent = tuple(alert.id for alert in decision.alerts)
    now = tuple(step.id for step in decision.first)
    waits = urgent or now or not decision.next_moves
    return Plan(
        urgent=urgent,
        hold=decision.hold,
        now=now,
        today=None if waits else decision.next_moves[0],
        path=path,
        in_short=rules.path_by_id[path].in_short,
        alongside=tuple(support.id for support in decision.supports),
    )
