"""The plan in short: what to do now, next and after, and whom to call, to be torn off.

Why this module exists: it goes along where the page doesn't, so it holds what keeps somebody safe
and nothing that only the page explains.

It must not be longer than a screen, and it must not decide.
"""

from __future__ import annotations

from pathfinder.engine.decision import Decision
from pathfinder.engine.plan import plan
from pathfinder.engine.ruleset import Alert, HelpLine, RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Heading, Role, Text
from pathfinder.pages.how_much_care import step_too_little
from pathfinder.pages.phrases import (
    first_sentence,
    help_comes_first,
    is_more_care,
    lower_first,
    name_and_number,
    own_lines,
    sentence,
    stands_in,
    step_told,
    supports_told,
)
from pathfinder.pages.reasons import headline_of
from pathfinder.pages.today_moves import emergency_told, move_for_today

STEPS_WITH_ROOM = 2
"""Beside so many first steps a plan of one screen says what an emergency is."""


def plan_page(rules: RuleSet, decision: Decision) -> list[Block]:
    """The plan of a decision that ranks a path. The last line is the number to call now."""
    found = plan(rules, decision)
    urgent = [_urgent(alert, decision) for alert in rules.alerts if alert.id in found.urgent]
    steps = [step.titled(decision.view) for step in rules.steps if step.id in found.now]
    now = urgent if found.hold else [*urgent, *steps]
    blocks: list[Block] = [Heading(1, messages.IN_SHORT)]
    if do := f"{'; '.join(now)}." if now else move_for_today(found.today):
        blocks.append(Text(do, label=messages.NOW))
    if not found.hold and (careful := _careful(rules, decision)):
        blocks.append(Text(careful, label=messages.CAREFUL_FIRST))
    if found.hold and steps:  # some of them make safe, so they don't wait until somebody is safe
        blocks.append(Text(f"{'; '.join(steps)}.", label=messages.PLAN_AS_SOON))
    label = messages.IN_SHORT_ONCE_SAFE if found.hold else messages.PLAN_NEXT
    name, either = headline_of(rules, decision)
    name = name.removesuffix(".") if either else rules.path_by_id[found.path].name
    told = f", {messages.UNLESS_TOLD}" if help_comes_first(rules, decision) else ""
    blocks.append(Text(f"{name}{told}.", label=label))
    if (begin := stands_in(rules, decision)) is not None and not found.hold:
        label = messages.OR if is_more_care(rules, decision, begin) else messages.MEANWHILE
        keep = step_too_little(rules, decision, begin, answer_messages.KEEP_ASKING)
        left = map(first_sentence, step_told(rules, decision, keep))
        blocks.append(Text(" ".join([f"{rules.path_by_id[begin].name}.", *left]), label=label))
    if found.in_short is not None:
        blocks.append(Text(sentence(found.in_short.time.text), label=messages.PLAN_TIME))
        blocks.append(Text(sentence(found.in_short.length.text), label=messages.LENGTH))
    titles = supports_told(rules, decision)
    if beside := [titles[id_].title for id_ in titles if id_ in found.alongside]:
        blocks.append(Text(f"{'; '.join(beside)}.", label=messages.ALONGSIDE))
    if found.in_short is not None:
        blocks.append(Text(sentence(found.in_short.after.text), label=messages.AFTER))
    numbers = f"{'; '.join(map(name_and_number, _nearest_help(rules, decision)))}."
    role: Role = "strong" if urgent else "body"
    return [*blocks, Text(numbers, label=messages.IN_SHORT_HELP, role=role)]


def _careful(rules: RuleSet, decision: Decision) -> str:
    """What an emergency is, and the first warnings: where no first step takes room, the first of
    them whole; else in short."""
    said = [each.because for each in decision.warnings]
    if decision.first:
        # Beside more first steps a plan of one screen has no room for it.
        signs = [emergency_told(rules, decision)] if len(decision.first) <= STEPS_WITH_ROOM else []
        said = [*signs, *map(first_sentence, said)]
    first, second, *_ = [*filter(None, said), "", ""]
    return f"{first} {first_sentence(second)}".strip()


def _urgent(alert: Alert, decision: Decision) -> str:
    """An alert in a few words; where it isn't the one call to make, with whom to call, but on
    nothing that somebody who is feared may find."""
    text = alert.in_short or alert.title
    made = (line.name for line in decision.help_lines if line.kinds[0] == alert.lines[0])
    name = None if alert.hold or alert.read_first else next(made, None)
    return text if name is None else f"{name}: {lower_first(text)}"


def _nearest_help(rules: RuleSet, decision: Decision) -> list[HelpLine]:
    """The line made for each alert and one more for the first, else the one for drugs; the one for
    emergencies; and those that not everybody is told."""
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
    wanted += [line.id for line in own_lines(rules, decision)]
    found = [line for line in decision.help_lines if line.id in wanted]
    return found or list(decision.help_lines[:1])
