"""What sets each other path apart from the first: the strongest for it, and against it.

Why this module exists: a row of the short answer and the whole page must name the same. What both
paths have puts neither before the other, and an answer in doubt argues for none.

It must not rank anything: the order is the decision's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.engine.decision import Decision, Ranked, Reason
from pathfinder.engine.question import Grounds
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.how_much_care import asked_for_more
from pathfinder.pages.if_not_possible import life
from pathfinder.pages.reasons import headline_of, not_argued


class Point(NamedTuple):
    """A sentence for a path or against it. Where it is the page's own, it rests on nothing."""

    text: str
    grounds: Grounds | None = None


class Sides(NamedTuple):
    """All that speaks for a path and against it and sets it apart: what says most stands first."""

    pros: Sequence[Point] = ()
    cons: Sequence[Point] = ()

    def on(self, *, against: bool) -> Sequence[Point]:
        return self.cons if against else self.pros


class Apart(NamedTuple):
    """What is news of one path, below the paths that stand above it. `shared`: what an earlier
    path was told, and holds this one back, too."""

    pro: Point | None
    con: Point | None
    shared: Point | None


def day_and_night(rules: RuleSet, entry: Ranked) -> bool:
    """Whether a path takes all hours of the day: the highest level of care does."""
    return rules.level_rank[entry.level] == len(rules.levels) - 1


def _more_care(rules: RuleSet, decision: Decision, entry: Ranked) -> bool:
    return rules.level_rank[entry.level] > rules.level_rank[decision.ranked[0].level]


def sides_of(rules: RuleSet, decision: Decision) -> dict[str, Sides]:
    """What sets each of the other paths apart, by path, in their order."""
    return {entry.path: _sides(rules, decision, entry) for entry in decision.ranked[1:]}


def apart(sides: dict[str, Sides]) -> dict[str, Apart]:
    """What is told of each path. What an earlier path has, and was told something stronger than,
    is no news of a later one."""
    said: set[Point] = set()
    had: set[Point] = set()
    found = {}
    for path, (pros, cons) in sides.items():
        pro = pros[0] if pros and pros[0] not in had else None
        con = next((point for point in cons if point not in had), None)
        shared = next((point for point in cons if point in said), None)
        if con is None and shared is None:
            con = next(iter(cons), None)
        said.update(point for point in (pro, con) if point is not None)
        had.update(pros, cons)
        found[path] = Apart(pro, con, shared)
    return found


def _sides(rules: RuleSet, decision: Decision, entry: Ranked) -> Sides:
    """No answer in doubt argues, and what life has no room for is told as what is in the way."""
    top, barred, needs = decision.ranked[0], life(rules), asked_for_more(rules)

    def own(of_entry: Sequence[Reason], of_top: Sequence[Reason]) -> list[Reason]:
        left = [r for r in of_entry if r.question not in barred]
        said = {reason.because for reason in of_top}
        return [r for r in left if r.because not in said and not not_argued(rules, decision, r)]

    pros, cons = own(entry.for_, top.for_), own(entry.against, top.against)
    if not entry.about_equal_to_top:  # who may choose between equals is told it all
        # The same answer may speak for two paths in other words: it counts where it counts for
        # more. What bears on how much care is needed is told in each path's own words.
        for_top, against_top = ({r.question: r.points for r in e} for e in (top.for_, top.against))
        more = needs if _more_care(rules, decision, entry) else frozenset[str]()
        pros = [r for r in pros if r.question in more or r.points > for_top.get(r.question, 0)]
        cons = [r for r in cons if r.question in needs or r.points < against_top.get(r.question, 0)]
    else:  # and first what fewest paths have: it tells most of this one
        shared = Counter(r.question for each in decision.ranked for r in each.against)
        cons.sort(key=lambda reason: shared[reason.question])
    if day_and_night(rules, top):  # no liking for some hours speaks against fewer of them
        cons = [r for r in cons if r.question in needs]
    for_it, against = ([Point(r.because, r.grounds) for r in each] for each in (pros, cons))
    if entry.above_need:  # what is more than the answers call for isn't argued for
        return Sides(cons=against)
    if not against and (text := _in_all(rules, decision, entry)):
        against = [Point(text)]
    return Sides(for_it, against)


def _in_all(rules: RuleSet, decision: Decision, entry: Ranked) -> str:
    """Why a path that no answer speaks against stands behind the first. Whether more care is needed
    is for an assessment. Empty where it doesn't stand behind."""
    more = _more_care(rules, decision, entry)
    if entry.points == decision.ranked[0].points:
        return messages.SAME_FIT_MORE_CARE if more else ""
    if entry.about_equal_to_top:  # of two that differ in approach alone the headline says it
        return "" if headline_of(rules, decision)[1] else messages.A_LITTLE_LESS_FOR_IT
    return messages.MORE_CARE if more else messages.LESS_FOR_IT
