"""The explanation: every step from words to the recommendation, and why not another path.

Why this module exists: the result page says what to do; this page shows why, for
every path, and what would change it. It begins with what can't wait, and ends with
the plan, as every page about a person does. "Not now" without a reason is a closed door: so for
another path it says which answers closed it, whether one of them is only a careful reading, and
what opens it; and for two paths, to which of them the person's own answers lean.

It must never say "not eligible", and it must not work anything out: `explain` and `decide` have,
and the first path of the result stays the first path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation, explain
from pathfinder.engine.explain.contrast import (
    Closed,
    GateAnswer,
    Leaning,
    WhyNot,
    fits_of,
    leaning,
    why_not,
)
from pathfinder.engine.fit import Fit
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages, record_messages
from pathfinder.pages.best_path import about_equal, opening, today
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.how_firm import how_firm, nothing_would_change, what_would_change
from pathfinder.pages.how_much_care import level_reasons, with_care
from pathfinder.pages.if_not_possible import if_not_possible
from pathfinder.pages.open_answers import to_check
from pathfinder.pages.paths_set_aside import set_aside
from pathfinder.pages.phrases import (
    Cites,
    cited,
    goes_beside,
    name_of,
    opened_by,
    openings,
    was_derived,
)
from pathfinder.pages.plan_page import plan_page
from pathfinder.pages.reasons import Teller, for_and_against, weighed
from pathfinder.pages.result import (
    about_result,
    alerts,
    before_one_path,
    careful,
    first_steps,
    good_to_know,
    held,
    numbers_seen,
    page,
    rules_used,
    supports,
)

STRONGEST_OF_EACH = 3
"""So many reasons a side: the rest stands in `pathfinder explain`."""


class Wanted(NamedTuple):
    """What the reader wants to see. Nothing named: the whole explanation."""

    path: str | None = None
    why_not: str | None = None
    what_if: bool = False
    numbers: bool = False
    sources: bool = False

    @property
    def everything(self) -> bool:
        return self.path is None and self.why_not is None and not self.what_if


def explanation(
    rules: RuleSet, answers: Answers, decision: Decision, asked: Wanted
) -> tuple[Block, ...]:
    """The explanation as blocks. `answers` are those that `decision` was made of.

    Where no path is ranked (under 18) there is nothing to explain: it is the result page.
    """
    explained = explain(rules, answers, decision)
    if explained is None:
        return page(rules, decision)
    cite = Cites(rules, shown=asked.sources)
    teller = Teller(rules, decision.view, cite, numbers=asked.numbers)
    fits = fits_of(rules, answers, decision)
    if asked.everything:
        blocks = _everything(teller, decision, explained, fits)
    else:
        blocks = before_one_path(rules, decision, cite)
        if asked.path is not None:
            blocks += _one_path(teller, decision, asked.path, fits)
        if asked.why_not is not None:
            found = why_not(rules, decision, asked.why_not, fits)
            blocks += why_not_page(teller, decision, found)
        if asked.what_if:
            blocks += _what_if(rules, decision, explained, cite)
        blocks += about_result(rules, cite)[:2]
    if asked.sources:
        blocks += [Heading(1, messages.SOURCES), Text(messages.NUMBERS), *cited(rules, cite)]
    return (
        *blocks,
        *numbers_seen(rules, decision),
        *plan_page(rules, decision),
    )


def _everything(
    teller: Teller, decision: Decision, explained: Explanation, fits: Mapping[str, Fit]
) -> list[Block]:
    rules, cite = teller.rules, teller.cite
    top, *others = decision.ranked
    blocks = [
        *alerts(rules, decision, cite),
        *(held(rules, decision) if decision.hold else []),
        *careful(rules, decision, cite),
        *first_steps(rules, decision, cite),
        *opening(rules, decision, cite),
        *for_and_against(teller, top.path, fits[top.path]),
        *level_reasons(rules, decision, cite),
        *today(rules, decision, cite),
        *_what_if(rules, decision, explained, cite),
        *if_not_possible(rules, decision),
    ]
    need = rules.texts.above_need
    for entry in others:
        name = rules.path_by_id[entry.path].name
        blocks.append(Heading(1, f"{entry.rank}. {name}"))
        if entry.above_need:  # it stands where it does for that, whatever its points are
            blocks.append(Text(cite(need.text, need.grounds)))
        blocks += for_and_against(teller, entry.path, fits[entry.path])
    blocks += set_aside(rules, decision, cite)
    for aside in decision.set_aside:
        blocks.append(Heading(1, messages.aside(rules.path_by_id[aside.path].name)))
        blocks += for_and_against(teller, aside.path, fits[aside.path], aside=True)
    return [
        *blocks,
        *supports(rules, decision, cite, every_reason=True),
        *to_check(rules, decision),
        *good_to_know(rules, decision, cite),
        *about_result(rules, cite),
        rules_used(rules, decision),
    ]


def _what_if(
    rules: RuleSet, decision: Decision, explained: Explanation, cite: Cites
) -> list[Block]:
    return [
        *how_firm(rules, decision, explained),
        *about_equal(rules, decision, cite),
        *(what_would_change(rules, decision, explained) or nothing_would_change(rules, decision)),
    ]


def _one_path(
    teller: Teller, decision: Decision, path: str, fits: Mapping[str, Fit]
) -> list[Block]:
    found = teller.rules.path_by_id[path]
    place = next((entry.rank for entry in decision.ranked if entry.path == path), None)
    where = messages.SET_ASIDE_NOW if place is None else messages.place(place, len(decision.ranked))
    return [
        Heading(1, found.name),
        Text(found.short),
        Text(messages.PLACE_FIRST if place == 1 else where),
        *for_and_against(teller, path, fits[path]),
    ]


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
        *numbers_seen(rules, decision),
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
            told = weights[:STRONGEST_OF_EACH]
            blocks.append(Heading(2, title))
            blocks += [Bullet(teller.reason(each.reason, each.points)) for each in told]
    return blocks


def why_not_page(teller: Teller, decision: Decision, found: WhyNot) -> list[Block]:
    """One path: its name, where it stands, and what stands between it and the first place."""
    rules = teller.rules
    name = rules.path_by_id[found.path].name
    if found.aside is not None:
        beside = goes_beside(rules, decision, found.aside)
        return [
            Heading(1, f"{messages.WHY_NOT_NOW}: {name}"),
            *_gates(teller, decision, found.closed),
            *opened_by(openings(rules, found.aside)),
            *([Text(messages.beside("", many=False), label=messages.MEANWHILE)] if beside else []),
        ]
    if found.place is None or found.place == 1:
        return [Heading(1, name), Text(messages.PLACE_FIRST)]
    top = rules.path_by_id[decision.ranked[0].path].name
    blocks: list[Block] = [
        Heading(1, f"{messages.WHY_NOT_FIRST}: {name}"),
        Text(messages.place(found.place, len(decision.ranked))),
        Text(f"{top}.", label=record_messages.RECORD_PATH),
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
    blocks = [block for closed in told for block in _gate(teller, closed, decision)]
    if len(told) < len(gates):
        blocks.append(Text(messages.MORE_RULES))
    return blocks


def _gate(teller: Teller, closed: Closed, decision: Decision) -> list[Block]:
    text = teller.cite(closed.gate.because, closed.gate.grounds)
    return [
        Text(with_care(teller.rules, closed.gate, text, decision)),
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
