"""The paths beside the first one: the next best, and the possible.

Why this module exists: a person may not like the first path, or not be able to
take it. Each of the others says in one line what puts it where it stands.

It must not rank anything: the order is the decision's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.decision import Decision, Ranked
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.question import Grounds
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.if_not_possible import life
from pathfinder.pages.phrases import (
    Cites,
    help_comes_first,
    left_open_beside,
    level_words,
    listed,
    sentence,
)
from pathfinder.pages.plain_names import way_names
from pathfinder.pages.reasons import headline_of, not_argued

MANY_THE_SAME = 3
"""From so many other paths on that all fit the same, that is said once for all of them."""


def other_paths(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The other safe paths in their order, each with what is its own."""
    top, *others = decision.ranked
    if not others:
        return []
    blocks: list[Block] = [Heading(1, messages.OTHERS)]
    if len(others) >= MANY_THE_SAME and all(entry.points == top.points for entry in others):
        return [*blocks, Text(messages.ALL_THE_SAME), *(_in_one_line(rules, e) for e in others)]
    ways = {entry.path: before_it(rules, decision, entry) for entry in others}
    each = [q for q in ways[others[0].path] if all(q in way for way in ways.values())]
    each = each if len(others) > 1 else []
    if each:
        way = sentence(listed(way_names(rules, decision, each)))
        blocks.append(Text(way, label=messages.BEFORE_EACH))
    sides = {entry.path: _sides(rules, decision, entry) for entry in others}
    argued = _Argued(others, sides, cite)
    for above, entry in zip(decision.ranked, others, strict=False):
        path = rules.path_by_id[entry.path]
        blocks += [Heading(2, f"{entry.rank}. {path.name}"), Text(path.short)]
        if entry.level != above.level:  # the one above says it for both
            blocks.append(Text(f"{level_words(rules, entry.level)}.", label=messages.LEVEL))
        if entry.about_equal_to_top:  # who can choose must see both as fully
            command = answer_messages.compare(top.path, entry.path)
            blocks.append(Text(command, label=answer_messages.SIDE_BY_SIDE))
        if entry.above_need and not above.above_need:
            blocks.append(_more_than_needed(rules, decision, entry, cite))
        blocks += argued(entry)
        if entry.about_equal_to_top:
            blocks += map(Text, left_open_beside(rules, decision, entry.path))
        if left := [question for question in ways[entry.path] if question not in each]:
            way = sentence(listed(way_names(rules, decision, left)))
            blocks.append(Text(way, label=messages.IN_ITS_WAY))
    return blocks


class _Point(NamedTuple):
    """A sentence for a path or against it. Where it is the page's own, it rests on nothing."""

    text: str
    grounds: Grounds | None = None


class _Sides(NamedTuple):
    """What speaks for a path and what against it, the strongest first, no more than sets it apart:
    what the first path has as well puts neither before the other."""

    pros: Sequence[_Point] = ()
    cons: Sequence[_Point] = ()


def _sides(rules: RuleSet, decision: Decision, entry: Ranked) -> _Sides:
    """No answer in doubt argues, and what life has no room for is told as what is in the way."""
    top, barred = decision.ranked[0], life(rules)
    own = [r for r in (*entry.for_, *entry.against) if r.question not in barred]
    own = [r for r in own if not not_argued(rules, decision, r)]
    own.sort(key=lambda reason: -abs(reason.points))
    pros, cons = ([r for r in own if r.points * way > 0] for way in (1, -1))
    # The same answer may speak for two paths in other words: it counts where it counts for more.
    # Who may choose between equals is told it all.
    of_top = {reason.question: reason.points for reason in (*top.against, *top.for_)}
    if entry.about_equal_to_top:
        said = {reason.because for reason in top.for_}
        pros = [r for r in pros if r.because not in said]
    else:
        pros = [r for r in pros if r.points > max(0, of_top.get(r.question, 0))]
    cons = [r for r in cons if r.points < min(0, of_top.get(r.question, 0))]
    for_it, against = ([_Point(r.because, r.grounds) for r in each] for each in (pros, cons))
    if entry.above_need:  # what is more than the answers call for isn't argued for
        return _Sides(cons=against)
    if not against and (text := _in_all(rules, decision, entry)):
        against = [_Point(text)]
    return _Sides(for_it, against)


def _in_all(rules: RuleSet, decision: Decision, entry: Ranked) -> str:
    """Why a path that no answer speaks against stands behind the first. Whether more care is needed
    is for an assessment. Empty where it doesn't stand behind."""
    top = decision.ranked[0]
    more_care = rules.level_rank[entry.level] > rules.level_rank[top.level]
    if entry.points == top.points:
        return messages.SAME_FIT_MORE_CARE if more_care else ""
    if entry.about_equal_to_top:  # of two that differ in approach alone the headline says it
        return "" if headline_of(rules, decision)[1] else messages.A_LITTLE_LESS_FOR_IT
    return messages.MORE_CARE if more_care else messages.LESS_FOR_IT


class _Argued:
    """What sets each path apart, told path by path: a sentence stands with the first path of which
    it is true, and names those further down. What an earlier path has, and told something
    stronger than, is no news of a later one."""

    def __init__(self, ranked: Sequence[Ranked], sides: Mapping[str, _Sides], cite: Cites) -> None:
        self._ranked, self._sides, self._cite = ranked, sides, cite
        self._said: set[_Point] = set()
        self._had: set[_Point] = set()

    def __call__(self, entry: Ranked) -> Iterator[Block]:
        pros, cons = self._sides[entry.path]
        if pros and pros[0] not in self._had:
            yield self._told(entry, pros[0], 0, answer_messages.FOR_IT)
        new = next((point for point in cons if point not in self._had), None)
        if new is None and not self._said.intersection(cons):
            new = next(iter(cons), None)
        if new is not None:
            yield self._told(entry, new, 1, answer_messages.AGAINST_IT)
        self._had.update(pros, cons)

    def _told(self, entry: Ranked, point: _Point, side: int, label: str) -> Text:
        self._said.add(point)
        below = (each for each in self._ranked if each.rank > entry.rank)
        too = [each.rank for each in below if point in self._sides[each.path][side]]
        text = point.text if point.grounds is None else self._cite(point.text, point.grounds)
        return _also(text, too, label)


def _more_than_needed(rules: RuleSet, decision: Decision, entry: Ranked, cite: Cites) -> Text:
    """Of the first path that is more care than the answers call for: so are all below it."""
    need, seen = rules.texts.above_need, help_comes_first(rules, decision)
    said = answer_messages.ASK_WHEN_SEEN if seen else cite(need.text, need.grounds)
    too = [each.rank for each in decision.ranked if each.rank > entry.rank]
    return _also(said, too, messages.DECIDES)


def _also(text: str, ranks: Sequence[int], label: str) -> Text:
    return Text(f"{text} {messages.true_of(ranks)}" if ranks else text, label=label)


def _in_one_line(rules: RuleSet, entry: Ranked) -> Text:
    path = rules.path_by_id[entry.path]
    text = f"{path.short} {level_words(rules, path.level)}."
    return Text(text, label=f"{entry.rank}. {path.name}")


def day_and_night(rules: RuleSet, entry: Ranked) -> bool:
    """Whether a path takes all hours of the day: the highest level of care does."""
    return rules.level_rank[entry.level] == len(rules.levels) - 1


def before_it(rules: RuleSet, decision: Decision, entry: Ranked) -> list[str]:
    """The questions whose answers stand before another path."""
    # Where all hours are spent away, what else asks for some of them is no news.
    if day_and_night(rules, decision.ranked[0]):
        return []
    return barriers_before(rules, decision, entry.path)
