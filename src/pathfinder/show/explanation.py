"""The explanation: every step from a person's words to the recommendation.

Why this module exists: the result page says what to do; this page shows why, for
every path, and what would change it. It begins with what can't wait, and ends with
the plan, as every page about a person does.

It must not work anything out: `explain` and `decide` have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.explain import Explanation, explain
from pathfinder.explain.weighing import fits_of
from pathfinder.explain.why_not import why_not
from pathfinder.model import RuleSet
from pathfinder.ranking import Fit
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.best_path import level_reasons
from pathfinder.show.blocks import Block, Heading, Text
from pathfinder.show.firmness import how_firm, what_would_change
from pathfinder.show.naming import Cites, cited
from pathfinder.show.other_paths import if_not_possible, set_aside
from pathfinder.show.page import page
from pathfinder.show.plan_page import plan_page
from pathfinder.show.reasons import Teller, for_and_against
from pathfinder.show.rest import about_result, to_check
from pathfinder.show.urgent import alerts, before_one_path, first_steps, held
from pathfinder.show.why_not_page import why_not_page


class Asked(NamedTuple):
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
    rules: RuleSet, answers: Mapping[str, object], decision: Decision, asked: Asked
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
    blocks: list[Block] = []
    if asked.everything:
        blocks += _everything(teller, decision, explained, fits)
    else:
        blocks += before_one_path(rules, decision, cite)
        if asked.path is not None:
            blocks += _one_path(teller, decision, asked.path, fits)
        if asked.why_not is not None:
            blocks += why_not_page(
                teller, decision, why_not(rules, answers, decision, asked.why_not)
            )
        if asked.what_if:
            blocks += how_firm(rules, decision, explained)
            blocks += what_would_change(rules, explained) or _nothing_would_change()
        blocks += about_result(rules, cite)[:2]
    if asked.sources:
        blocks += [Heading(1, words.SOURCES), Text(words.NUMBERS), *cited(rules, cite)]
    return (*blocks, *plan_page(rules, decision))


def _everything(
    teller: Teller, decision: Decision, explained: Explanation, fits: Mapping[str, Fit]
) -> list[Block]:
    rules, cite = teller.rules, teller.cite
    top, *others = decision.ranked
    blocks = [
        *alerts(rules, decision, cite),
        *(held(rules, decision) if decision.hold else []),
        *first_steps(rules, decision, cite),
        Heading(1, words.BEST),
        Text(rules.path_by_id[top.path].name, role="strong"),
        Text(rules.path_by_id[top.path].short),
        *for_and_against(teller, fits[top.path]),
        *level_reasons(rules, decision, cite),
        *how_firm(rules, decision, explained),
        *(what_would_change(rules, explained) or _nothing_would_change()),
        *if_not_possible(rules, decision),
    ]
    for entry in others:
        name = rules.path_by_id[entry.path].name
        blocks += [Heading(1, f"{entry.rank}. {name}"), *for_and_against(teller, fits[entry.path])]
    return [
        *blocks,
        *set_aside(rules, decision, cite),
        Text(words.MORE_ABOUT),
        *to_check(rules, decision),
        *about_result(rules, cite),
    ]


def _one_path(
    teller: Teller, decision: Decision, path: str, fits: Mapping[str, Fit]
) -> list[Block]:
    found = teller.rules.path_by_id[path]
    place = next((entry.rank for entry in decision.ranked if entry.path == path), None)
    where = words.SET_ASIDE_NOW if place is None else words.place(place, len(decision.ranked))
    return [
        Heading(1, found.name),
        Text(found.short),
        Text(words.PLACE_FIRST if place == 1 else where),
        *for_and_against(teller, fits[path]),
    ]


def _nothing_would_change() -> list[Block]:
    return [Heading(1, words.WOULD_CHANGE), Text(words.NOTHING_WOULD_CHANGE)]
