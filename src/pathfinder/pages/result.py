"""The result page: what is said, and in which order.

Why this module exists: one page for everybody who reads a result, whatever draws
it. Danger comes first, then what to do before anything else, then the path that
fits best with its reasons, then all the rest; the end says it again in short,
because the end is what a scrolling terminal leaves on the screen.

It must not know a screen, and it must not decide: every fact comes from the
decision, every sentence from the rules or from `words`.
"""

from __future__ import annotations

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.best_path import best_path
from pathfinder.pages.blocks import Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.pages.firmness import what_would_change
from pathfinder.pages.other_paths import if_not_possible, other_paths, set_aside
from pathfinder.pages.path_facts import if_you_wait
from pathfinder.pages.phrases import Cites
from pathfinder.pages.plan import plan_page
from pathfinder.pages.rest import about_result, good_to_know, supports, to_check, where_from
from pathfinder.pages.urgent import alerts, first_steps, held, help_now, numbers_seen, under_18

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
            Text(messages.A_SLIP),
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
        *if_you_wait(rules, decision.view, cite),
        *about_result(rules, cite),
        *where_from(rules, decision, cite),
        *(numbers_seen(rules, decision, held=True) if decision.hold else help_now(rules, decision)),
        *plan_page(rules, decision),
    )
