"""What stands behind the answer: the whole result, in pages of one subject each.

Why this module exists: the answer leaves out what a tired person doesn't need at once.
Here it is, one key away, in the words of the whole page (`result`), which holds nothing
that isn't on one of these pages; `tests/test_behind.py` names the page of every fact.

It must not know a screen, a key or a width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.explain.contrast import fits_of, why_not
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.best_path import to_ask, today, what_it_is_like, why_it_fits
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.explanation import compared_for, why_not_page
from pathfinder.pages.how_firm import how_firm, nothing_would_change, what_would_change
from pathfinder.pages.if_not_possible import if_not_possible
from pathfinder.pages.open_answers import to_check
from pathfinder.pages.other_paths import other_paths
from pathfinder.pages.paths_set_aside import set_aside
from pathfinder.pages.phrases import Cites
from pathfinder.pages.plan_page import plan_page
from pathfinder.pages.reasons import Teller, differ_in_approach_alone
from pathfinder.pages.result import (
    about_result,
    alerts,
    careful,
    first_steps,
    good_to_know,
    help_now,
    if_in_danger,
    numbers_seen,
    programs,
    supports,
    where_from,
)
from pathfinder.pages.views import if_you_wait, two_paths

if TYPE_CHECKING:
    from pathfinder.programs.matching import NamedPrograms


class Result(NamedTuple):
    """What a person's pages are made of. `found`: programs, where a list of them is in use."""

    rules: RuleSet
    answers: Answers
    decision: Decision
    explained: Explanation
    found: NamedPrograms | None = None


class Subject(NamedTuple):
    """A page behind the answer. One without blocks isn't offered."""

    id: str
    title: str
    blocks: Callable[[Result, Cites], Iterable[Block]]


def pages_of(result: Result) -> tuple[Subject, ...]:
    """The pages that have something to say, in the order of the menu."""
    cite = Cites(result.rules)
    return tuple(each for each in SUBJECTS if list(each.blocks(result, cite)))


def page_of(result: Result, id_: str) -> tuple[Block, ...]:
    """One page. Numbers in brackets are those of the page on sources."""
    subject = next(each for each in SUBJECTS if each.id == id_)
    return tuple(subject.blocks(result, Cites(result.rules)))


def offers_the_approach(result: Result) -> bool:
    """Whether the first two paths fit alike and differ in approach alone."""
    first, *others = result.decision.ranked
    return any(
        other.about_equal_to_top and differ_in_approach_alone(result.rules, first.path, other.path)
        for other in others[:1]
    )


def side_by_side(result: Result, first: str, second: str) -> tuple[Block, ...]:
    """Two paths row by row, and which of them the answers lean to."""
    rows = two_paths(result.rules, first, second)
    return compared_for(result.rules, result.answers, result.decision, first, second, rows)


def why_not_this(result: Result, path: str) -> tuple[Block, ...]:
    """Why a path isn't first, or what sets it aside and what would open it."""
    rules, decision = result.rules, result.decision
    teller = Teller(rules, decision.view, Cites(rules), numbers=False)
    found = why_not(rules, decision, path, fits_of(rules, result.answers, decision))
    return tuple(why_not_page(teller, decision, found))


# --- the pages --------------------------------------------------------------------


def _first(result: Result, cite: Cites) -> Iterable[Block]:
    yield from alerts(result.rules, result.decision, cite)
    yield from careful(result.rules, result.decision, cite)
    yield from first_steps(result.rules, result.decision, cite)


def _why(result: Result, cite: Cites) -> Iterable[Block]:
    yield from why_it_fits(result.rules, result.decision, cite, result.explained)
    yield from plan_page(result.rules, result.decision)


def _like(result: Result, cite: Cites) -> Iterable[Block]:
    path = result.rules.path_by_id[result.decision.ranked[0].path]
    yield Heading(1, path.name)
    yield from what_it_is_like(result.rules, result.decision, cite)
    yield from if_you_wait(result.rules, result.decision, cite)


def _others(result: Result, cite: Cites) -> Iterable[Block]:
    yield from other_paths(result.rules, result.decision, cite)
    yield from set_aside(result.rules, result.decision, cite)


def _change(result: Result, cite: Cites) -> Iterable[Block]:
    rules, decision, explained = result.rules, result.decision, result.explained
    yield from how_firm(rules, decision, explained)
    yield from if_not_possible(rules, decision)
    yield from what_would_change(rules, decision, explained) or nothing_would_change(
        rules, decision
    )


def _ask(result: Result, cite: Cites) -> Iterable[Block]:
    rules, decision = result.rules, result.decision
    yield Heading(1, rules.path_by_id[decision.ranked[0].path].name)
    yield from today(rules, decision, cite)
    yield from to_ask(rules, decision, cite)
    yield from to_check(rules, decision)


def _programs(result: Result, cite: Cites) -> Iterable[Block]:
    return programs(result.rules, result.decision, result.found)


def _add(result: Result, cite: Cites) -> Iterable[Block]:
    yield from supports(result.rules, result.decision, cite)
    yield from good_to_know(result.rules, result.decision, cite)


def _sources(result: Result, cite: Cites) -> Iterable[Block]:
    for subject in SUBJECTS:
        if subject.blocks is not _sources:
            list(subject.blocks(result, cite))  # so that their numbers are known here
    yield from about_result(result.rules, cite)
    yield from where_from(result.rules, result.decision, cite)
    yield from numbers_seen(result.rules, result.decision)


def _help(result: Result, cite: Cites) -> Iterable[Block]:
    decision = result.decision
    if decision.hold:  # the lines that stand with an alert are told here, too
        yield Text(messages.CAN_WAIT)
    yield from if_in_danger(result.rules, decision)
    yield from help_now(result.rules, decision)


SUBJECTS: Final = (
    Subject("first", "What to do first", _first),
    Subject("programs", "Programs", _programs),
    Subject("why", "Why this path", _why),
    Subject("like", "What it is like", _like),
    Subject("others", "Other paths", _others),
    Subject("change", "What would change it", _change),
    Subject("ask", "What to ask", _ask),
    Subject("add", "Things to add", _add),
    Subject("sources", "Sources", _sources),
    Subject("help", "Help lines", _help),
)
"""Every page behind the answer."""
