"""What stands before any path: alerts, help lines, first steps.

Why this module exists: every page about a person begins with what can't wait, in
the same words, and no page may rank paths above it.

It must not know how a path is chosen.
"""

from __future__ import annotations

from pathfinder.engine.decision import Decision
from pathfinder.engine.evidence import told
from pathfinder.engine.ruleset import Alert, HelpLine, RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import Cites, help_line, help_lines, seen_lines, unknown_place


def alerts(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    texts = {alert.id: alert for alert in rules.alerts}
    lines = _known_lines(rules, decision)
    blocks: list[Block] = []
    for fired in decision.alerts:
        alert: Alert = texts[fired.id]
        blocks.append(Heading(1, alert.title, role="alert"))
        for because, grounds in zip(fired.because, fired.grounds, strict=True):
            blocks.append(Text(cite(because, grounds), role="strong"))
        blocks.append(Text(cite(alert.text, alert.grounds)))
        blocks += [help_line(lines[id_], with_seen=False) for id_ in fired.lines]
    return blocks


def _known_lines(rules: RuleSet, decision: Decision) -> dict[str, HelpLine]:
    """An alert may fall back on the line for "elsewhere", so all regions are looked through."""
    regions = (*rules.regions, rules.elsewhere)
    everywhere = {line.id: line for region in regions for line in region.lines}
    return everywhere | {line.id: line for line in decision.help_lines}


def first_steps(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    if not decision.first:
        return []
    steps = {step.id: step for step in rules.steps}
    blocks: list[Block] = [Heading(1, messages.FIRST)]
    for place, fired in enumerate(decision.first, start=1):
        step = steps[fired.id]
        title = step.title if len(decision.first) == 1 else f"{place}. {step.title}"
        blocks.append(Heading(2, title))
        for because, grounds in zip(fired.because, fired.grounds, strict=True):
            blocks.append(Text(cite(because, grounds)))
        for move in told(step.moves, decision.view):
            blocks.append(Bullet(cite(move.text, move.grounds)))
    return blocks


def before_one_path(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """Alerts in full, first steps in one line: a page about one path must not hide them."""
    blocks = alerts(rules, decision, cite)
    if decision.hold:
        blocks += held(rules, decision)
    if decision.first:
        steps = {step.id: step.title for step in rules.steps}
        titles = "; ".join(steps[fired.id] for fired in decision.first)
        blocks += [Heading(1, messages.BEFORE_ANY_PATH), Text(f"{titles}.")]
    return blocks


def under_18(rules: RuleSet, decision: Decision) -> list[Block]:
    blocks: list[Block] = [Text(passage.text) for passage in rules.texts.under_18]
    said = {passage.text for passage in rules.texts.under_18}
    said |= {alert.text for alert in rules.alerts}
    moves = [move for move in decision.next_moves if move not in said]
    return blocks + [Text(move) for move in moves]


def help_now(rules: RuleSet, decision: Decision) -> list[Block]:
    blocks: list[Block] = [Heading(1, messages.HELP), *help_lines(decision.help_lines)]
    if decision.region == rules.elsewhere.id:
        blocks += unknown_place(rules)
    return blocks


def numbers_seen(rules: RuleSet, decision: Decision, *, held: bool) -> list[Block]:
    """Where the numbers of alerts were read, for the end of a page: whoever calls can't care now.

    With `held`, the other help lines stand above as short as those, and are told here, too.
    """
    lines = _known_lines(rules, decision)
    shown = {id_: lines[id_] for fired in decision.alerts for id_ in fired.lines}
    if held:
        shown |= {line.id: line for line in decision.help_lines}
    read = seen_lines(list(shown.values()))
    return [Heading(1, messages.NUMBERS_SEEN), *read] if read else []


def held(rules: RuleSet, decision: Decision) -> list[Block]:
    """While there is danger, the first screen holds alerts and help lines alone, each once."""
    shown = {id_ for fired in decision.alerts for id_ in fired.lines}
    rest = [line for line in decision.help_lines if line.id not in shown]
    more: list[Block] = [help_line(line, with_seen=False) for line in rest]
    return [
        *([Heading(1, messages.MORE_HELP), *more] if more else []),
        Heading(1, rules.texts.once_safe.text),
        Text(messages.CAN_WAIT),
    ]
