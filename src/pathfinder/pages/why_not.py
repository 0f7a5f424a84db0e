"""Why a path isn't first, or why it is set aside, told from the person's own answers.

Why this module exists: "not now" without a reason is a closed door. This says which
answers closed it, whether one of them is only a careful reading, and what opens it.

It must never say "not eligible", and it must not weigh anything: `explain.why_not` did.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.conditions import View
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain.contrast import Closed, GateAnswer, WhyNot
from pathfinder.pages import messages
from pathfinder.pages.best_path import with_care
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import question_words, was_derived
from pathfinder.pages.reasons import Teller, weighed


def why_not_page(teller: Teller, decision: Decision, found: WhyNot) -> list[Block]:
    """One path: its name, where it stands, and what stands between it and the first place."""
    rules = teller.rules
    name = rules.path_by_id[found.path].name
    if found.aside is not None:
        return [
            Heading(1, f"{messages.WHY_NOT_NOW}: {name}"),
            *_gates(teller, decision, found.closed),
            Text(found.aside.opens_when, label=messages.OPENS),
            *([Text(messages.BESIDE, label=messages.MEANWHILE)] if found.aside.alongside else []),
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
        return messages.counted_as(question_words(answer.question).capitalize(), given, label)
    lead = messages.ADDS_UP if was_derived(question, teller.view) else messages.YOU_SAID
    return f"{lead} “{label}”."
