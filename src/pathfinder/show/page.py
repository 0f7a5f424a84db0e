"""The result page: what is said, and in which order.

Why this module exists: one page for everybody who reads a result, whatever draws
it. Danger comes first, then what to do before anything else, then the path that
fits best with its reasons, then all the rest; the end says it again in short,
because the end is what a scrolling terminal leaves on the screen.

It must not know a screen, and it must not decide: every fact comes from the
decision, every sentence from the rules or from `words`.
"""

from __future__ import annotations

from pathfinder.decision import told
from pathfinder.model import Alert, HelpLine, RuleSet
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.best_path import best_path
from pathfinder.show.blocks import Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.show.naming import (
    Cites,
    help_line,
    help_lines,
    name_and_number,
    unknown_place,
)
from pathfinder.show.other_paths import if_not_possible, other_paths, set_aside
from pathfinder.show.rest import about_result, good_to_know, supports, to_check, where_from

__all__ = ["Block", "Bullet", "Heading", "Row", "SideBySide", "Text", "page"]


def page(rules: RuleSet, decision: Decision) -> tuple[Block, ...]:
    """The whole result as blocks. Under 18 it is short: kind words and help lines."""
    cite = Cites(rules)
    if decision.scope == "under_18":
        return (
            *_alerts(rules, decision, cite),
            *_under_18(rules, decision),
            *_help(rules, decision),
            Text(words.A_SLIP),
        )
    return (
        *_alerts(rules, decision, cite),
        *(_held(rules, decision) if decision.hold else []),
        *_first_steps(rules, decision, cite),
        *best_path(rules, decision, cite),
        *if_not_possible(rules, decision),
        *other_paths(rules, decision, cite),
        *set_aside(rules, decision, cite),
        *supports(rules, decision, cite),
        *to_check(rules, decision),
        *good_to_know(rules, decision, cite),
        *about_result(rules, cite),
        *where_from(rules, decision, cite),
        *([] if decision.hold else _help(rules, decision)),
        *_in_short(rules, decision),
    )


def _alerts(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    texts = {alert.id: alert for alert in rules.alerts}
    lines = _known_lines(rules, decision)
    shown: set[str] = set()
    blocks: list[Block] = []
    for fired in decision.alerts:
        alert: Alert = texts[fired.id]
        blocks.append(Heading(1, alert.title, role="alert"))
        for because, grounds in zip(fired.because, fired.grounds, strict=True):
            blocks.append(Text(cite(because, grounds), role="strong"))
        blocks.append(Text(cite(alert.text, alert.grounds)))
        for id_ in fired.lines:
            blocks.append(help_line(lines[id_], with_seen=id_ not in shown))
            shown.add(id_)
    return blocks


def _known_lines(rules: RuleSet, decision: Decision) -> dict[str, HelpLine]:
    """An alert may fall back on the line for "elsewhere", so all regions are looked through."""
    regions = (*rules.regions, rules.elsewhere)
    everywhere = {line.id: line for region in regions for line in region.lines}
    return everywhere | {line.id: line for line in decision.help_lines}


def _first_steps(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    if not decision.first:
        return []
    steps = {step.id: step for step in rules.steps}
    blocks: list[Block] = [Heading(1, words.FIRST)]
    for place, fired in enumerate(decision.first, start=1):
        step = steps[fired.id]
        title = step.title if len(decision.first) == 1 else f"{place}. {step.title}"
        blocks.append(Heading(2, title))
        for because, grounds in zip(fired.because, fired.grounds, strict=True):
            blocks.append(Text(cite(because, grounds)))
        for move in told(step.moves, decision.view):
            blocks.append(Bullet(cite(move.text, move.grounds)))
    return blocks


def _under_18(rules: RuleSet, decision: Decision) -> list[Block]:
    blocks: list[Block] = [Text(passage.text) for passage in rules.texts.under_18]
    said = {passage.text for passage in rules.texts.under_18}
    said |= {alert.text for alert in rules.alerts}
    moves = [move for move in decision.next_moves if move not in said]
    return blocks + [Text(move) for move in moves]


def _help(rules: RuleSet, decision: Decision) -> list[Block]:
    blocks: list[Block] = [Heading(1, words.HELP), *help_lines(decision.help_lines)]
    if decision.region == rules.elsewhere.id:
        blocks += unknown_place(rules)
    return blocks


def _held(rules: RuleSet, decision: Decision) -> list[Block]:
    """While there is danger, the first screen holds alerts and help lines alone, each once."""
    shown = {id_ for fired in decision.alerts for id_ in fired.lines}
    more = help_lines([line for line in decision.help_lines if line.id not in shown])
    return [
        *([Heading(1, words.MORE_HELP), *more] if more else []),
        Heading(1, rules.texts.once_safe.text),
        Text(words.CAN_WAIT),
    ]


def _in_short(rules: RuleSet, decision: Decision) -> list[Block]:
    steps = {step.id: step.title for step in rules.steps}
    path = rules.path_by_id[decision.ranked[0].path].name
    blocks: list[Block] = [Heading(1, words.IN_SHORT)]
    if decision.first:
        titles = "; ".join(steps[fired.id] for fired in decision.first)
        blocks.append(Text(f"{titles}.", label=words.IN_SHORT_FIRST))
    label = words.IN_SHORT_ONCE_SAFE if decision.hold else words.IN_SHORT_PATH
    blocks.append(Text(f"{path}.", label=label))
    # First steps are what to do today; without any, the first move is.
    if decision.next_moves and not (decision.first or decision.alerts):
        blocks.append(Text(decision.next_moves[0], label=words.IN_SHORT_TODAY))
    lines = "; ".join(map(name_and_number, _nearest_help(decision)))
    if decision.alerts:
        title = next(alert.title for alert in rules.alerts if alert.id == decision.alerts[0].id)
        blocks.append(Text(f"{lines}.", label=title, role="strong"))
    else:
        blocks.append(Text(f"{lines}.", label=words.IN_SHORT_HELP))
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
