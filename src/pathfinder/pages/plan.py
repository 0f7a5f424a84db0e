"""The plan at the end of a page: now, next, alongside, after, and help right now.

Why this module exists: the end is what a scrolling terminal leaves on the screen.
A person who reads nothing else finds there what to do; `tests/test_plan.py` holds
it to one screen of 80 by 24.

It must not say anything that doesn't stand further up or in the rules.
"""

from __future__ import annotations

from pathfinder.engine.decision import Decision
from pathfinder.engine.plan import plan
from pathfinder.engine.ruleset import HelpLine, RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Heading, Role, Text
from pathfinder.pages.phrases import name_and_number, sentence


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
    numbers = f"{'; '.join(map(name_and_number, _nearest_help(decision)))}."
    role: Role = "strong" if urgent else "body"
    return [*blocks, Text(numbers, label=messages.IN_SHORT_HELP, role=role)]


def _nearest_help(decision: Decision) -> list[HelpLine]:
    """What the alerts name, the first line of each before the second; else emergency and drugs."""
    if decision.alerts:
        named = [alert.lines for alert in decision.alerts]
        wanted = [lines[0] for lines in named if lines]
        wanted += [lines[1] for lines in named[:1] if len(lines) > 1]
        known = [line for line in decision.help_lines if line.id in wanted]
        return known or list(decision.help_lines[:1])
    found: list[HelpLine] = []
    for kind in ("emergency", "drugs"):
        line = next((line for line in decision.help_lines if kind in line.kinds), None)
        if line is not None and line not in found:
            found.append(line)
    return found or list(decision.help_lines[:1])
