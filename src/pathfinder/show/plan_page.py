"""The plan at the end of a page: now, next, alongside, after, and help right now.

Why this module exists: the end is what a scrolling terminal leaves on the screen.
A person who reads nothing else finds there what to do; `tests/test_plan.py` holds
it to one screen of 80 by 24.

It must not say anything that doesn't stand further up or in the rules.
"""

from __future__ import annotations

from pathfinder.model import HelpLine, RuleSet
from pathfinder.plan import plan
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.blocks import Block, Heading, Text
from pathfinder.show.naming import name_and_number, sentence


def plan_page(rules: RuleSet, decision: Decision) -> list[Block]:
    """The plan of a decision that ranks a path. The last line is the number to call now."""
    found = plan(rules, decision)
    steps = {step.id: step.title for step in rules.steps}
    blocks: list[Block] = [Heading(1, words.IN_SHORT)]
    alerts = {alert.id: alert.title for alert in rules.alerts}
    urgent = [alerts[decision.alerts[0].id]] if decision.alerts else []
    if urgent or found.now:
        titles = "; ".join((*urgent, *(steps[step] for step in found.now)))
        blocks.append(Text(f"{titles}.", label=words.NOW))
    elif found.today:
        blocks.append(Text(found.today, label=words.NOW))
    label = words.IN_SHORT_ONCE_SAFE if decision.hold else words.PLAN_NEXT
    blocks.append(Text(f"{rules.path_by_id[found.path].name}.", label=label))
    if found.in_short is not None:
        blocks.append(Text(sentence(found.in_short.time.text), label=words.PLAN_TIME))
        blocks.append(Text(sentence(found.in_short.length.text), label=words.LENGTH))
    if found.alongside:
        titles = {support.id: support.title for support in rules.supports}
        listed = "; ".join(titles[support] for support in found.alongside)
        blocks.append(Text(f"{listed}.", label=words.ALONGSIDE))
    if found.in_short is not None:
        blocks.append(Text(sentence(found.in_short.after.text), label=words.AFTER))
    numbers = f"{'; '.join(map(name_and_number, _nearest_help(decision)))}."
    if urgent:
        blocks.append(Text(numbers, label=urgent[0], role="strong"))
    else:
        blocks.append(Text(numbers, label=words.IN_SHORT_HELP))
    return blocks


def _nearest_help(decision: Decision) -> list[HelpLine]:
    """Two numbers at the most: what the first alert names, or emergency and drug help."""
    if decision.alerts:
        named = decision.alerts[0].lines
        return [line for line in decision.help_lines if line.id in named][:2]
    found: list[HelpLine] = []
    for kind in ("emergency", "drugs"):
        line = next((line for line in decision.help_lines if kind in line.kinds), None)
        if line is not None and line not in found:
            found.append(line)
    return found or list(decision.help_lines[:1])
