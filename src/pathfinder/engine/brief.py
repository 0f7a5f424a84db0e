"""A decision in ids alone: what a stream is counted by.

Why this module exists: whoever counts a million people needs the level, the alerts, the first
steps and the order of the paths, and not the sentences that a person reads. Working these out
is most of a decision, so here they are left.

It must not decide anything in its own way: fires, gates and ranking are those of `decide`.

    >>> from pathfinder import load_rules
    >>> brief(load_rules(), {"home": "none", "severity": "moderate"}).first
    ('safe-place',)
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pathfinder.engine.decision import ADULT, UNDER_18
from pathfinder.engine.fit import points_of
from pathfinder.engine.flow import fire, see
from pathfinder.engine.gates import work_out_gates
from pathfinder.engine.plan import ranking
from pathfinder.engine.question import Answers
from pathfinder.engine.ready import barriers_standing
from pathfinder.engine.ruleset import RuleSet

ABOUT_EQUAL: Final = "about_equal"
BARRIER: Final = "barrier"
TO_CHECK: Final = "to_check"
ABOVE_NEED: Final = "above_need"
FLAGS: Final = (ABOUT_EQUAL, BARRIER, TO_CHECK, ABOVE_NEED)
"""Another path fits about as well as the first; something in the person's life stands before
the first; a rule hangs on an answer that nobody knows; the last paths ask for far more than is
needed."""


class Brief(NamedTuple):
    """`ranked`: path and points, best fit first. `flags`: those of `FLAGS` that are up."""

    scope: str
    hold: bool
    safe_level: str | None
    alerts: tuple[str, ...]
    first: tuple[str, ...]
    ranked: tuple[tuple[str, int], ...]
    flags: tuple[str, ...]


def brief(rules: RuleSet, answers: Answers) -> Brief:
    """The decision in ids alone. Raises what `decide` raises."""
    sight = see(rules, answers)
    ready, facts = sight.ready, sight.facts
    fired, open_alerts = fire(ready.alerts, sight)
    asked_for = {rule.alert for rule in fired}
    alerts = tuple([alert.id for alert in rules.alerts if alert.id in asked_for])
    hold = any(alert.hold for alert in rules.alerts if alert.id in asked_for)
    if sight.view.get(rules.scope_question) in rules.scope_out:
        return Brief(UNDER_18, hold, None, alerts, (), (), ())

    steps, open_first = fire(ready.first, sight)
    wanted = {rule.first for rule in steps}
    gates = work_out_gates(rules, sight)
    points = points_of(rules, answers, sight.view, facts)
    order = ranking(rules, gates, points)
    ranked = tuple([(path.id, points[path.id]) for path, _ in order])
    top, most = ranked[0]
    near = most - rules.about_equal_within
    equal = [path for path, above in order if not above and points[path.id] >= near]
    up = (
        len(equal) > 1,
        any(top in barrier.paths for barrier in barriers_standing(ready, facts)),
        bool(open_alerts or open_first or gates.open or gates.readings),
        order[-1][1],
    )
    return Brief(
        ADULT,
        hold,
        rules.levels[gates.safe_rank].id,
        alerts,
        tuple([step.id for step in rules.steps if step.id in wanted]),
        ranked,
        tuple([flag for flag, is_up in zip(FLAGS, up, strict=True) if is_up]),
    )
