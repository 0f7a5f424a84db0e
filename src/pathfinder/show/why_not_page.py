"""Why a path isn't first, or why it is set aside, told from the person's own answers.

Why this module exists: "not now" without a reason is a closed door. This says which
answers closed it, whether one of them is only a careful reading, and what opens it.

It must never say "not eligible", and it must not weigh anything: `explain.why_not` did.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.explain.why_not import Closed, GateAnswer, WhyNot
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.blocks import Block, Bullet, Heading, Text
from pathfinder.show.naming import question_words, was_derived
from pathfinder.show.reasons import Teller, weighed


def why_not_page(teller: Teller, decision: Decision, found: WhyNot) -> list[Block]:
    """One path: its name, where it stands, and what stands between it and the first place."""
    rules = teller.rules
    name = rules.path_by_id[found.path].name
    if found.aside is not None:
        return [
            Heading(1, f"{words.WHY_NOT_NOW}: {name}"),
            *_gates(teller, decision, found.closed),
            Text(found.aside.opens_when, label=words.OPENS),
            *([Text(words.BESIDE, label=words.MEANWHILE)] if found.aside.alongside else []),
        ]
    if found.place is None or found.place == 1:
        return [Heading(1, name), Text(words.PLACE_FIRST)]
    top = rules.path_by_id[decision.ranked[0].path].name
    blocks: list[Block] = [
        Heading(1, f"{words.WHY_NOT_FIRST}: {name}"),
        Text(words.place(found.place, len(decision.ranked))),
        Text(f"{top}.", label=words.RECORD_PATH),
    ]
    if not found.against:
        return [*blocks, Text(f"{words.FITS_AS_WELL} {_tie(found)}")]
    end = f"{words.WITHOUT_THEM_TIED} {_tie(found)}" if found.tie else words.WITHOUT_THEM
    return [*blocks, *weighed(teller, found.against), Text(end)]


def _tie(found: WhyNot) -> str:
    return words.TIED_ON_LEVEL if found.tie == "level" else words.TIED_ON_ORDER


def _gates(teller: Teller, decision: Decision, gates: Sequence[Closed]) -> list[Block]:
    """What sets the path aside for its own sake, and what asks for just the safe level.

    Gates that ask for less than that say less, and would seem to contradict it.
    """
    told = [c for c in gates if c.gate.at_least in (None, decision.safe_level)]
    blocks = [block for closed in told for block in _gate(teller, closed)]
    if len(told) < len(gates):
        blocks.append(Text(words.MORE_RULES))
    return blocks


def _gate(teller: Teller, closed: Closed) -> list[Block]:
    text = teller.cite(closed.gate.because, closed.gate.grounds)
    return [
        Text(text if closed.sure else f"{text} {words.CAREFUL}"),
        *(Bullet(_answer(teller, answer)) for answer in closed.answers),
    ]


def _answer(teller: Teller, answer: GateAnswer) -> str:
    question = teller.rules.question_by_id[answer.question]
    label = question.label(answer.value).rstrip(".")
    if answer.read:
        given = None if answer.given is None else question.label(answer.given).rstrip(".")
        return words.counted_as(question_words(answer.question).capitalize(), given, label)
    lead = words.ADDS_UP if was_derived(question, teller.view) else words.YOU_SAID
    return f"{lead} “{label}”."
