"""The paths that are set aside: what stands in their way, and what would open each.

Why this module exists: a path that a person asked about must not be missing without a word.
Each says what would open it, and what of it helps beside another path. Never "not eligible".

It must not set anything aside: the gates have, and the decision says which.
"""

from __future__ import annotations

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.decision import Decision, SetAside
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.best_path import explained_gates
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.how_much_care import surely_too_little, why_level
from pathfinder.pages.phrases import (
    Cites,
    goes_beside,
    help_comes_first,
    listed,
    names_of,
    stands_in,
)
from pathfinder.pages.reasons import answers_told, shaky

_LESS_CARE = ""
"""Where a path stands below the safe level: all gates of the level count as one reason."""


def _may_be_right(rules: RuleSet, decision: Decision, open_: set[str], *, many: bool) -> str:
    """Of more care that is set aside by answers in doubt. What less would do is no comfort where
    help must come first."""
    if not help_comes_first(rules, decision):
        unknown = [each for each in sorted(open_) if decision.view.get(each) is None]
        told = answers_told(rules, decision, open_.difference(unknown))
        return answer_messages.may_be_right(told, list(names_of(rules, unknown)), many=many)
    return messages.ASK_OF_MANY if many else answer_messages.ASK_WHEN_SEEN


def set_aside(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The paths for later, by what stands in their way: each path once, with what lifts it."""
    if not decision.set_aside:
        return []
    enough = explained_gates(rules, decision)
    gates = {gate.id: gate for gate in rules.gates}
    in_place = {gate.id: _LESS_CARE for gate in rules.gates if gate.at_least}
    too_much, doubted = _too_much(rules, decision), shaky(rules, decision)
    in_place |= {id_: first for first, *more in too_much for id_ in more}
    groups: dict[tuple[str, ...], list[SetAside]] = {(): []}  # what most share is first
    less: set[str] = set()
    begin = stands_in(rules, decision)
    for entry in decision.set_aside:
        if entry.path == begin and all(in_place.get(rule) == _LESS_CARE for rule in entry.rules):
            continue  # that it is less than is safe stands where it is told as a beginning
        # Who is shown that nothing here is for them needn't hear what else each path would ask.
        kept = [rule for rule in entry.rules if rule in enough] or entry.rules
        why = dict.fromkeys(in_place.get(rule, rule) for rule in kept)
        if _LESS_CARE in why:
            less.add(entry.path)
        groups.setdefault(tuple(filter(None, why)), []).append(entry)
    added = {fired.id for fired in decision.supports}  # each of these is told of further down
    offered = {support.stands_for for support in rules.supports if support.id in added}
    blocks: list[Block] = [Heading(1, messages.SET_ASIDE)]
    said = False  # what lifts the level is told once, and so is each gate
    told_above: set[str] = set()
    for own, entries in sorted(groups.items(), key=lambda group: len(group[0])):
        if not entries:
            continue
        blocks.append(Heading(2, _names(rules, entries)))
        label = messages.OPENS_MANY if len(entries) > 1 else messages.OPENS
        less_too = [each for each in entries if each.path in less]
        if less_too and len(less_too) == len(entries):
            if not said:
                levels = {rules.path_by_id[each.path].level for each in entries}
                perhaps = not any(surely_too_little(rules, decision, each) for each in levels)
                where = why_level(rules, decision)
                too_little = messages.less_care(len(entries), perhaps=perhaps, why=where)
                blocks.append(Text(too_little))
                blocks.append(Text(rules.texts.level_opens_when.text, label=label))
            said, label = True, messages.OPENS_BESIDES
        opens: list[str] = []
        for id_ in own:
            only_more = any(id_ in same for same in too_much)
            if only_more and (open_ := doubted.intersection(questions_in(gates[id_].when))):
                blocks.append(Text(_may_be_right(rules, decision, open_, many=len(entries) > 1)))
                continue
            if id_ not in told_above:
                blocks.append(Text(cite(gates[id_].because, gates[id_].grounds)))
            opens.append(gates[id_].opens_when or "")
        text = messages.taken_together(opens) if opens else ""
        if less_too and len(less_too) < len(entries):
            text = f"{text} {messages.less_by_itself(_names(rules, less_too))}".strip()
        if text:
            blocks.append(Text(text, label=label))
        told_above.update(own)
        good = [each for each in entries if not enough.intersection(each.rules)]
        good = [each for each in good if goes_beside(rules, decision, each)]
        good = [each for each in good if each.path not in offered]  # further down that is told
        if good:
            which = "" if len(good) == len(entries) else _names(rules, good)
            text = messages.beside(which, many=len(good) > 1)
            blocks.append(Text(text, label=messages.MEANWHILE))
    return blocks


def _too_much(rules: RuleSet, decision: Decision) -> list[list[str]]:
    """The gates at work that take out more care alone: each with those that ask the same questions
    and that the same thing would open."""
    rank = rules.level_rank
    safe = rank[decision.safe_level or ""]
    at_work = {rule for entry in decision.set_aside for rule in entry.rules}
    found: dict[tuple[str, ...], list[str]] = {}
    for gate in rules.gates:
        out = [rank[rules.path_by_id[path].level] for path in gate.set_aside]
        if gate.id in at_work and out and min(out) > safe:
            found.setdefault((gate.opens_when or "", *questions_in(gate.when)), []).append(gate.id)
    return list(found.values())


def _names(rules: RuleSet, entries: list[SetAside]) -> str:
    return listed(rules.path_by_id[entry.path].name for entry in entries)
