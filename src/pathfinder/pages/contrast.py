"""Why another path isn't first, and which of two a person's answers lean to, and why.

Why this module exists: "not now" without a reason is a closed door. This says which answers
closed it, whether one of them is only a careful reading, and what opens it. The side-by-side
view says what two paths are; this says what the person's own answers make of them.

It must never say "not eligible", and it must not rank or weigh anything: the first path of
the result stays the first path, and `explain.contrast` has weighed.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.conditions import View
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain.contrast import Closed, GateAnswer, Leaning, WhyNot, leaning
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.best_path import with_care
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import Cites, goes_beside, name_of, opened_by, openings, was_derived
from pathfinder.pages.reasons import Teller, weighed
from pathfinder.pages.rest import about_result
from pathfinder.pages.result import page
from pathfinder.pages.urgent import before_one_path, numbers_seen

STRONGEST = 3
"""So many reasons a side: the rest stands in `pathfinder explain`."""


def compared_for(
    rules: RuleSet,
    answers: Answers,
    decision: Decision,
    first: str,
    second: str,
    side_by_side: Sequence[Block],
) -> tuple[Block, ...]:
    """Two paths side by side for one person: what can't wait, the lean, and then the rows."""
    if not decision.ranked:
        return page(rules, decision)
    cite = Cites(rules, shown=False)
    teller = Teller(rules, decision.view, cite, numbers=False)
    return (
        *before_one_path(rules, decision, cite),
        *leaning_page(teller, leaning(rules, answers, decision, first, second)),
        *side_by_side,
        *about_result(rules, cite)[:2],
        *numbers_seen(rules, decision, held=decision.hold),
    )


def leaning_page(teller: Teller, found: Leaning) -> list[Block]:
    """The lean in one line, then what leans each way."""
    blocks: list[Block] = [Heading(1, messages.LEANS_TO)]
    if found.to is not None:
        blocks.append(Text(f"{teller.rules.path_by_id[found.to].name}.", role="strong"))
    if not found.aside and found.to is None:
        blocks.append(Text(messages.NO_LEAN))
    if found.too_much is not None:
        name = teller.rules.path_by_id[found.too_much].name
        need = teller.rules.texts.above_need
        blocks += [Heading(2, name), Text(teller.cite(need.text, need.grounds))]
    if found.aside:
        blocks.append(Text(messages.ONLY_OPEN if found.to else messages.BOTH_ASIDE))
        for entry in found.aside:
            name = teller.rules.path_by_id[entry.path].name
            said = dict(zip(entry.because, entry.grounds, strict=True))
            texts = [teller.cite(because, grounds) for because, grounds in said.items()]
            blocks += [Heading(2, name), *map(Text, texts)]
            blocks += opened_by(openings(teller.rules, entry))
    return [*blocks, *_weights(teller, found)]


def _weights(teller: Teller, found: Leaning) -> list[Block]:
    """What leans each way. Where a gate has decided, points decide nothing, so none are told."""
    if found.aside:
        return []
    blocks: list[Block] = []
    for title, weights in ((messages.WHY, found.for_it), (messages.FOR_THE_OTHER, found.for_other)):
        if weights:
            told = weights[:STRONGEST]
            blocks.append(Heading(2, title))
            blocks += [Bullet(teller.reason(each.reason, each.points)) for each in told]
    return blocks


def why_not_page(teller: Teller, decision: Decision, found: WhyNot) -> list[Block]:
    """One path: its name, where it stands, and what stands between it and the first place."""
    rules = teller.rules
    name = rules.path_by_id[found.path].name
    if found.aside is not None:
        beside = goes_beside(rules, found.aside)
        return [
            Heading(1, f"{messages.WHY_NOT_NOW}: {name}"),
            *_gates(teller, decision, found.closed),
            *opened_by(openings(rules, found.aside)),
            *([Text(messages.BESIDE, label=messages.MEANWHILE)] if beside else []),
        ]
    if found.place is None or found.place == 1:
        return [Heading(1, name), Text(messages.PLACE_FIRST)]
    top = rules.path_by_id[decision.ranked[0].path].name
    blocks: list[Block] = [
        Heading(1, f"{messages.WHY_NOT_FIRST}: {name}"),
        Text(messages.place(found.place, len(decision.ranked))),
        Text(f"{top}.", label=messages.RECORD_PATH),
    ]
    if found.tie == "need":
        need = teller.rules.texts.above_need
        return [*blocks, Text(teller.cite(need.text, need.grounds))]
    if not found.against:
        return [*blocks, Text(f"{messages.FITS_AS_WELL} {_tie(found)}")]
    end = f"{messages.WITHOUT_THEM_TIED} {_tie(found)}" if found.tie else messages.WITHOUT_THEM
    return [*blocks, *weighed(teller, found.against), Text(end)]


def _tie(found: WhyNot) -> str:
    return messages.TIED_ON_LEVEL if found.tie == "level" else messages.TIED_ON_ORDER


def _gates(teller: Teller, decision: Decision, gates: Sequence[Closed]) -> list[Block]:
    """What sets the path aside for its own sake, and what asks for just the safe level.

    Gates that ask for less than that say less, and would seem to contradict it.
    """
    told = [c for c in gates if c.gate.at_least in (None, decision.safe_level)]
    blocks = [block for closed in told for block in _gate(teller, closed, decision.view)]
    if len(told) < len(gates):
        blocks.append(Text(messages.MORE_RULES))
    return blocks


def _gate(teller: Teller, closed: Closed, view: View) -> list[Block]:
    text = teller.cite(closed.gate.because, closed.gate.grounds)
    return [
        Text(with_care(teller.rules, closed.gate, text, view)),
        *(Bullet(_answer(teller, answer)) for answer in closed.answers),
    ]


def _answer(teller: Teller, answer: GateAnswer) -> str:
    question = teller.rules.question_by_id[answer.question]
    label = question.label(answer.value).rstrip(".")
    if answer.read:
        given = None if answer.given is None else question.label(answer.given).rstrip(".")
        return messages.counted_as(
            name_of(teller.rules, answer.question).capitalize(), given, label
        )
    lead = messages.ADDS_UP if was_derived(question, teller.view) else messages.YOU_SAID
    return f"{lead} “{label}”."
