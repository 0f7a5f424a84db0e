"""Why a path isn't first, or why it is set aside, told from the person's own answers.

Why this module exists: "not now" without a reason is a closed door. This says which
answers closed it, whether one of them is only a careful reading, and what opens it.

It must never say "not eligible", and it must not weigh anything: `explain.why_not` did.
"""

from __future__ import annotations

from pathfinder.explain.why_not import Closed, GateAnswer, WhyNot
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.blocks import Block, Bullet, Heading, Text
from pathfinder.show.reasons import Teller, weighed


def why_not_page(teller: Teller, decision: Decision, found: WhyNot) -> list[Block]:
    """One path: its name, where it stands, and what stands between it and the first place."""
    name = teller.rules.path_by_id[found.path].name
    if found.aside is not None:
        return [
            Heading(1, f"{words.WHY_NOT_NOW}: {name}"),
            *(block for closed in found.closed for block in _gate(teller, closed)),
            Text(found.aside.opens_when, label=words.OPENS),
            *([Text(words.BESIDE, label=words.MEANWHILE)] if found.aside.alongside else []),
        ]
    if found.place == 1:
        return [Heading(1, name), Text(words.PLACE_FIRST)]
    top = teller.rules.path_by_id[decision.ranked[0].path].name
    blocks: list[Block] = [
        Heading(1, f"{words.WHY_NOT_FIRST}: {name}"),
        Text(words.place(found.place or 0, len(decision.ranked))),
        Text(f"{top}.", label=words.RECORD_PATH),
    ]
    if not found.against:
        return [*blocks, Text(words.FITS_AS_WELL)]
    end = words.AS_WELL_BUT_LATER if found.by_order else words.WITHOUT_THEM
    return [*blocks, Text(words.STAND_AGAINST), *weighed(teller, found.against), Text(end)]


def _gate(teller: Teller, closed: Closed) -> list[Block]:
    gate = closed.gate
    careful = any(answer.read for answer in closed.answers)
    text = teller.cite(gate.because, gate.grounds)
    return [
        Text(f"{text} {words.CAREFUL}" if careful else text),
        *(Bullet(_answer(teller, answer)) for answer in closed.answers),
    ]


def _answer(teller: Teller, answer: GateAnswer) -> str:
    question = teller.rules.question_by_id[answer.question]
    label = question.label(answer.value).rstrip(".")
    return f"{words.READ_AS if answer.read else words.YOU_SAID} “{label}”."
