"""The explanation: every step from a person's words to the recommendation.

Why this module exists: the result page says what to do; this page shows why, for
every path, and what would change it. It begins with what can't wait, and ends with
the plan, as every page about a person does.

It must not work anything out: `explain` and `decide` have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation, explain
from pathfinder.engine.explain.contrast import fits_of, why_not
from pathfinder.engine.fit import Fit
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.best_path import about_equal, level_reasons, opening
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.contrast import why_not_page
from pathfinder.pages.firmness import how_firm, nothing_would_change, what_would_change
from pathfinder.pages.other_paths import if_not_possible, set_aside
from pathfinder.pages.phrases import Cites, cited
from pathfinder.pages.reasons import Teller, for_and_against
from pathfinder.pages.rest import about_result, good_to_know, supports, to_check
from pathfinder.pages.result import page, plan_page
from pathfinder.pages.urgent import alerts, before_one_path, first_steps, held, numbers_seen


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
        *numbers_seen(rules, decision, held=decision.hold),
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
        *first_steps(rules, decision, cite),
        *opening(rules, decision, cite),
        *for_and_against(teller, top.path, fits[top.path]),
        *level_reasons(rules, decision, cite),
        *_what_if(rules, decision, explained, cite),
        *if_not_possible(rules, decision),
    ]
    for entry in others:
        name = rules.path_by_id[entry.path].name
        blocks.append(Heading(1, f"{entry.rank}. {name}"))
        blocks += for_and_against(teller, entry.path, fits[entry.path])
    blocks += set_aside(rules, decision, cite)
    for aside in decision.set_aside:
        blocks.append(Heading(1, messages.aside(rules.path_by_id[aside.path].name)))
        blocks += for_and_against(teller, aside.path, fits[aside.path], aside=True)
    return [
        *blocks,
        *supports(rules, decision, cite),
        *to_check(rules, decision),
        *good_to_know(rules, decision, cite),
        *about_result(rules, cite),
    ]


def _what_if(
    rules: RuleSet, decision: Decision, explained: Explanation, cite: Cites
) -> list[Block]:
    return [
        *how_firm(rules, decision, explained),
        *about_equal(rules, decision, cite),
        *(what_would_change(rules, explained) or nothing_would_change(rules, decision)),
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
