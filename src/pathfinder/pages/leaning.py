"""Which of two paths a person's answers lean to, and why.

Why this module exists: the side-by-side view says what two paths are; this says
what the person's own answers make of them.

It must not rank: the first path of the result stays the first path.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain.contrast import Leaning, leaning
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import Cites
from pathfinder.pages.reasons import Teller
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
    if found.aside:
        blocks.append(Text(messages.ONLY_OPEN if found.to else messages.BOTH_ASIDE))
        for entry in found.aside:
            name = teller.rules.path_by_id[entry.path].name
            said = dict(zip(entry.because, entry.grounds, strict=True))
            texts = [teller.cite(because, grounds) for because, grounds in said.items()]
            blocks += [Heading(2, name), *map(Text, texts)]
            blocks.append(Text(entry.opens_when, label=messages.OPENS))
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
