"""The result page: what is said, and in which order.

Why this module exists: one page for everybody who reads a result, whatever draws
it. Danger comes first, then what to do before anything else, then the path that
fits best with its reasons, then all the rest; the end says it again in short,
because the end is what a scrolling terminal leaves on the screen.

It must not know a screen, and it must not decide: every fact comes from the
decision, every sentence from the rules or from `words`.
"""

from __future__ import annotations

from pathfinder.explain import Explanation
from pathfinder.model import RuleSet
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.best_path import best_path
from pathfinder.show.blocks import Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.show.firmness import what_would_change
from pathfinder.show.naming import Cites
from pathfinder.show.other_paths import if_not_possible, other_paths, set_aside
from pathfinder.show.plan_page import plan_page
from pathfinder.show.rest import about_result, good_to_know, supports, to_check, where_from
from pathfinder.show.urgent import alerts, first_steps, held, help_now, under_18

__all__ = ["Block", "Bullet", "Heading", "Row", "SideBySide", "Text", "page"]


def page(
    rules: RuleSet, decision: Decision, explained: Explanation | None = None
) -> tuple[Block, ...]:
    """The whole result as blocks. Under 18 it is short: kind words and help lines.

    With `explained`, it also says how firm the first place is and what would change it.
    """
    cite = Cites(rules)
    if decision.scope == "under_18":
        return (
            *alerts(rules, decision, cite),
            *under_18(rules, decision),
            *help_now(rules, decision),
            Text(words.A_SLIP),
        )
    return (
        *alerts(rules, decision, cite),
        *(held(rules, decision) if decision.hold else []),
        *first_steps(rules, decision, cite),
        *best_path(rules, decision, cite, explained),
        *if_not_possible(rules, decision),
        *([] if explained is None else what_would_change(rules, explained)),
        *other_paths(rules, decision, cite),
        *set_aside(rules, decision, cite),
        *supports(rules, decision, cite),
        *to_check(rules, decision),
        *good_to_know(rules, decision, cite),
        *about_result(rules, cite),
        *where_from(rules, decision, cite),
        *([] if decision.hold else help_now(rules, decision)),
        *plan_page(rules, decision),
    )
