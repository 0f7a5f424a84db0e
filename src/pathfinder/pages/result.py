"""The result page and the plan at its end: what is said, and in which order.

Why this module exists: one page for everybody who reads a result, whatever draws
it. Danger comes first, then what to do before anything else, then the path that
fits best with its reasons, then all the rest; the plan says it again in short,
because the end is what a scrolling terminal leaves on the screen. `tests/test_plan.py`
holds it to one screen of 80 by 24.

It must not know a screen, and it must not decide: every fact comes from the
decision, every sentence from the rules or from `messages`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathfinder.engine.decision import UNDER_18, Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.plan import plan
from pathfinder.engine.ruleset import HelpLine, RuleSet
from pathfinder.pages import messages
from pathfinder.pages.answer import lines_of_steps
from pathfinder.pages.best_path import best_path
from pathfinder.pages.blocks import Block, Bullet, Heading, Role, Row, SideBySide, Text
from pathfinder.pages.firmness import what_would_change
from pathfinder.pages.other_paths import if_not_possible, other_paths, set_aside
from pathfinder.pages.phrases import Cites, name_and_number, sentence
from pathfinder.pages.rest import about_result, good_to_know, supports, to_check, where_from
from pathfinder.pages.urgent import alerts, first_steps, held, help_now, numbers_seen, under_18
from pathfinder.pages.views import if_you_wait

if TYPE_CHECKING:
    from pathfinder.programs.matching import NamedPrograms


def plan_page(rules: RuleSet, decision: Decision) -> list[Block]:
    """The plan of a decision that ranks a path. The last line is the number to call now."""
    found = plan(rules, decision)
    urgent = [alert.in_short or alert.title for alert in rules.alerts if alert.id in found.urgent]
    steps = [step.title for step in rules.steps if step.id in found.now]
    now = urgent if found.hold else [*urgent, *steps]
    blocks: list[Block] = [Heading(1, messages.IN_SHORT)]
    if now or found.today:
        blocks.append(Text(f"{'; '.join(now)}." if now else found.today or "", label=messages.NOW))
    following = [*(steps if found.hold else []), rules.path_by_id[found.path].name]
    label = messages.IN_SHORT_ONCE_SAFE if found.hold else messages.PLAN_NEXT
    blocks.append(Text(f"{'; '.join(following)}.", label=label))
    if found.in_short is not None:
        blocks.append(Text(sentence(found.in_short.time.text), label=messages.PLAN_TIME))
        blocks.append(Text(sentence(found.in_short.length.text), label=messages.LENGTH))
    beside = [support.title for support in rules.supports if support.id in found.alongside]
    if beside:
        blocks.append(Text(f"{'; '.join(beside)}.", label=messages.ALONGSIDE))
    if found.in_short is not None:
        blocks.append(Text(sentence(found.in_short.after.text), label=messages.AFTER))
    numbers = f"{'; '.join(map(name_and_number, _nearest_help(rules, decision)))}."
    role: Role = "strong" if urgent else "body"
    return [*blocks, Text(numbers, label=messages.IN_SHORT_HELP, role=role)]


def _nearest_help(rules: RuleSet, decision: Decision) -> list[HelpLine]:
    """The line made for each alert and one more for the first, else the one for drugs; the one for
    emergencies; and that of each first step, so that the plan names whom its steps say to call."""
    kinds = {alert.id: alert.lines for alert in rules.alerts}
    made = {(line.kinds[0], line.id) for line in decision.help_lines}
    wanted: list[str] = []
    for fired in decision.alerts:
        own = [id_ for id_ in fired.lines if (*kinds[fired.id][:1], id_) in made]
        wanted += (own or list(fired.lines))[:1]
    if decision.alerts:
        wanted += [id_ for id_ in decision.alerts[0].lines if id_ not in wanted][:1]
    for kind in ("emergency",) if decision.alerts else ("emergency", "drugs"):
        wanted += [line.id for line in decision.help_lines if kind in line.kinds][:1]
    wanted += [line.id for line in lines_of_steps(rules, decision)]
    found = [line for line in decision.help_lines if line.id in wanted]
    return found or list(decision.help_lines[:1])


__all__ = ["Block", "Bullet", "Heading", "Row", "SideBySide", "Text", "page"]


def page(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None = None,
    found: NamedPrograms | None = None,
) -> tuple[Block, ...]:
    """The whole result as blocks. Under 18 it is short: kind words and help lines.

    With `explained`, it also says how firm the first place is and what would change it; with
    `found`, whom of the agency's list to call.
    """
    cite = Cites(rules)
    if decision.scope == UNDER_18:
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
        *programs(rules, decision, found),
        *([] if explained is None else what_would_change(rules, explained)),
        *other_paths(rules, decision, cite),
        *set_aside(rules, decision, cite),
        *supports(rules, decision, cite),
        *to_check(rules, decision),
        *good_to_know(rules, decision, cite),
        *if_you_wait(rules, decision, cite),
        *about_result(rules, cite),
        *where_from(rules, decision, cite),
        *(numbers_seen(rules, decision, held=True) if decision.hold else help_now(rules, decision)),
        *plan_page(rules, decision),
    )


def programs(rules: RuleSet, decision: Decision, found: NamedPrograms | None) -> Iterable[Block]:
    if found is None:
        return ()
    from pathfinder.pages.programs import programs_page  # only who has a list pays for it

    return programs_page(rules, decision, found)
