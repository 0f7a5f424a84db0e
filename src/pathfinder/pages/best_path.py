"""The path that fits best, told from the person's own answers.

Why this module exists: a name in bold persuades nobody. This part says why, what
speaks against it, what isn't known, why less care isn't safe, and what the path
is like from its first day on.

It must not show points or numbers: they rank paths, they don't measure people.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from pathfinder.engine.decision import Decision, Ranked, Reason
from pathfinder.engine.explain import Explanation
from pathfinder.engine.question import Passage, told
from pathfinder.engine.ruleset import Path, RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Mark, Text
from pathfinder.pages.how_firm import firm_or_close
from pathfinder.pages.how_much_care import level_reasons, overruled
from pathfinder.pages.open_answers import able_to_move
from pathfinder.pages.phrases import (
    Cites,
    help_comes_first,
    level_words,
    listed,
    names_of,
    passages,
    seen_first,
    was_derived,
)
from pathfinder.pages.reasons import (
    argued,
    by_its_signs,
    calm,
    doubted,
    headline_of,
    not_argued,
)
from pathfinder.pages.views import both_sides

STRONGEST = 3
"""So many reasons stand under "Why"; a tired person reads no more at once."""


def best_path(
    rules: RuleSet, decision: Decision, cite: Cites, explained: Explanation | None = None
) -> list[Block]:
    top = rules.path_by_id[decision.ranked[0].path]
    where_to_ask = explaining_notes(rules, decision) and ("assessment", "true") in top.traits
    asked = {q for check in able_to_move(rules, decision) for q in check.questions}
    # What it hangs on stands beside how firm it is, but where somebody must be seen first.
    if explained is not None and not help_comes_first(rules, decision):
        asked |= {each.question for each in explained.firmness.hangs_on}
    if where_to_ask or calm(decision):
        # How a path for drinking and drugs goes is nothing to them.
        return [*why_it_fits(rules, decision, cite, named=asked), *today(rules, decision, cite)]
    return [
        *why_it_fits(rules, decision, cite, explained, named=asked),
        *what_it_is_like(rules, decision, cite),
        *today(rules, decision, cite),
        *to_ask(rules, decision, cite),
    ]


def why_it_fits(
    rules: RuleSet,
    decision: Decision,
    cite: Cites,
    explained: Explanation | None = None,
    *,
    named: Container[str] = (),
) -> list[Block]:
    """Its name, how firm its place is, and every reason for it and against it that the page doesn't
    doubt. What is open is told but for the questions `named` elsewhere."""
    top = decision.ranked[0]
    path = rules.path_by_id[top.path]
    blocks = opening(rules, decision, cite)
    blocks.append(Text(f"{level_words(rules, path.level)}.", label=messages.LEVEL))
    if calm(decision):
        return blocks  # a path that nobody needs isn't argued for
    if _nothing_speaks(top) and len(decision.ranked) > 1:
        blocks.append(Text(messages.NOTHING_SPEAKS))
    else:
        blocks += about_equal(rules, decision, cite)
    firm = messages.FIRM_ONCE_SEEN if help_comes_first(rules, decision) else ""
    if explained is not None:
        firm = firm_or_close(rules, explained.firmness, decision)
    if firm and firm != messages.CLOSE:  # that they fit alike stands in the line above
        blocks.append(Text(firm, label=messages.HOW_FIRM))
    for_ = [by_its_signs(rules, decision, each) for each in argued(rules, decision)]
    said = {(each.question, each.does or each.because): each for each in reversed(for_)}
    speaking = [each for each in for_ if each in said.values()]  # two duties, one argument
    strongest, more = speaking[:STRONGEST], speaking[STRONGEST:]
    blocks += _reasons(messages.WHY, strongest, "plus", cite)
    blocks += _against(rules, decision, cite)
    blocks += level_reasons(rules, decision, cite, of=path.level)
    blocks += _reasons(messages.MORE, more, "plus", cite)
    return blocks + _not_known(rules, [each for each in top.unknown if each.question not in named])


def opening(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The name of the first path under its heading, below what tells why others were taken out."""
    top = decision.ranked[0]
    path = rules.path_by_id[top.path]
    # With every answer left open, all safe paths are equal: no one fits best.
    where_to_ask = bool(explaining_notes(rules, decision))
    starts = where_to_ask or _nothing_speaks(top)
    title = messages.START if starts else answer_messages.best(hold=decision.hold)
    name, either = headline_of(rules, decision)
    said = {note.id for note in decision.notes if note.headline}
    first: list[Block] = [
        Text(cite(r.because, r.grounds), role="strong") for r in rules.note_rules if r.id in said
    ]
    return [
        *([Heading(1, answer_messages.CALM)] if first else []),
        *first,
        Heading(1, answer_messages.OPEN_TO_YOU if first else title),
        *_notes_above(rules, decision, cite),
        Text(name.removesuffix(".") if either else path.name, role="strong"),
        *([Text(answer_messages.told_of_one(either, path.name))] if either else []),
        Text(path.short),
    ]


def _nothing_speaks(top: Ranked) -> bool:
    return not top.for_ and not top.against


def explaining_notes(rules: RuleSet, decision: Decision) -> set[str]:
    """The notes that hold for the very reason for which a gate sets paths aside."""
    return {note for note, _ in _notes_of_gates(rules, decision)}


def explained_gates(rules: RuleSet, decision: Decision) -> set[str]:
    """The gates whose reason such a note tells: beside it, no other reason matters."""
    return {gate for _, gate in _notes_of_gates(rules, decision)}


def _notes_of_gates(rules: RuleSet, decision: Decision) -> list[tuple[str, str]]:
    fired = {rule for entry in decision.set_aside for rule in entry.rules}
    noted = {note.id for note in decision.notes}
    return [
        (note.id, gate.id)
        for note in rules.note_rules
        for gate in rules.gates
        if note.id in noted and gate.id in fired and gate.set_aside
        if (note.when, note.unless) == (gate.when, gate.unless)
    ]


def _notes_above(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """A note that tells why other paths were taken out stands above the path that is left."""
    above = explaining_notes(rules, decision)
    return [
        Text(cite(rule.because, rule.grounds), label=messages.NOTE)
        for rule in rules.note_rules
        if rule.id in above
    ]


def about_equal(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    equals = [entry.path for entry in decision.ranked[1:] if entry.about_equal_to_top]
    # The headline names two that differ in approach alone; of more, each is named.
    if not equals or (headline_of(rules, decision)[1] and len(equals) == 1):
        return []
    passage = rules.texts.about_equal
    names = listed(rules.path_by_id[path].name for path in equals)
    return [
        Text(f"{names}.", label=messages.ABOUT_AS_GOOD),
        *([] if seen_first(rules, decision) else [Text(cite(passage.text, passage.grounds))]),
    ]


def _reasons(title: str, reasons: Sequence[Reason], mark: Mark, cite: Cites) -> list[Block]:
    if not reasons:
        return []
    return [
        Heading(2, title),
        *(Bullet(cite(reason.because, reason.grounds), mark=mark) for reason in reasons),
    ]


def cons_told(rules: RuleSet, decision: Decision) -> list[Reason]:
    """What is argued against the first path, one by one."""
    less = overruled(rules, decision)
    cons = (each for each in decision.ranked[0].against if each not in less)
    return [each for each in cons if not not_argued(rules, decision, each)]


def _against(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """What speaks against the first path. Reasons that other answers overrule aren't argued one by
    one: they would add up to a case for less care than is safe. What was counted from other
    answers is none of the person's own."""
    less = overruled(rules, decision)
    counted = [by_its_signs(rules, decision, each) for each in cons_told(rules, decision)]
    blocks = _reasons(messages.AGAINST, counted, "minus", cite)
    warned = doubted(rules, decision)  # of such an answer a warning says that it may not hold
    own = {each.question: each.says or each.because.removesuffix(".") for each in less
           if not was_derived(rules.question_by_id[each.question], decision.view)
           if each.question not in warned}  # fmt: skip
    if own:
        head = [] if blocks else [Heading(2, messages.AGAINST)]
        blocks += [*head, Bullet(answer_messages.less_alone(list(own.values())))]
    return blocks


def _not_known(rules: RuleSet, reasons: Sequence[Reason]) -> list[Block]:
    """What is open, by name: why each counts, the question itself and the explanation say."""
    names = list(names_of(rules, dict.fromkeys(each.question for each in reasons)))
    if not names:
        return []
    return [Heading(2, messages.NOT_KNOWN), Text(answer_messages.left_open(names))]


def what_it_is_like(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """What the first path is, from its first week to what comes after it."""
    path = rules.path_by_id[decision.ranked[0].path]
    return _passages(
        decision,
        cite,
        (messages.WHAT, path.what),
        *both_sides(path),
        (messages.WEEK, path.week),
        (messages.RUN_BY, path.run_by),
        (messages.LENGTH, path.length),
        (messages.COST, path.cost),
        (messages.NEXT, path.next),
    )


def today(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """What to do about the first path now."""
    moves = _moves(rules, decision, rules.path_by_id[decision.ranked[0].path], cite)
    title = messages.MOVES_ONCE_SAFE if decision.hold else messages.MOVES
    return [Heading(2, title), *moves] if moves else []


def to_ask(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """What to ask a program of the first path before signing up."""
    path = rules.path_by_id[decision.ranked[0].path]
    return _passages(decision, cite, (messages.ASK, path.ask))


def _passages(
    decision: Decision, cite: Cites, *parts: tuple[str, tuple[Passage, ...]]
) -> list[Block]:
    return [
        block
        for title, texts in parts
        for block in passages(title, told(texts, decision.view), cite)
    ]


def _moves(rules: RuleSet, decision: Decision, path: Path, cite: Cites) -> list[Block]:
    """The next moves that weren't told with an alert or a first step already."""
    firing = {fired.id for fired in (*decision.alerts, *decision.first)}
    told_before = {alert.text for alert in rules.alerts if alert.id in firing}
    told_before |= {move.text for s in rules.steps if s.id in firing for move in s.moves}
    told_before |= {warning.because for warning in decision.warnings}
    grounds = {rule.because: rule.grounds for rule in rules.move_rules}
    grounds |= {passage.text: passage.grounds for passage in path.first_moves}
    return [
        Bullet(cite(move, grounds[move]) if move in grounds else move)
        for move in decision.next_moves
        if move not in told_before
    ]
