"""The paths beside the first one: the next best, and the possible.

Why this module exists: a person may not like the first path, or not be able to
take it. Each of the others says what is for it, what is against it, and what is in its way.

It must not rank anything: the order is the decision's.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.decision import Decision, Ranked
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.paths_apart import Point, apart, day_and_night, sides_of
from pathfinder.pages.phrases import (
    Cites,
    help_comes_first,
    left_open_beside,
    level_words,
    listed,
    sentence,
)
from pathfinder.pages.plain_names import way_names

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
    beside = left_open_beside(rules, decision)
    sides = sides_of(rules, decision)
    news = apart(sides)
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
        below = [other for other in others if other.rank > entry.rank]
        for point, against in ((news[entry.path].pro, False), (news[entry.path].con, True)):
            if point is not None:
                too = [e.rank for e in below if point in sides[e.path].on(against=against)]
                label = answer_messages.AGAINST_IT if against else answer_messages.FOR_IT
                blocks.append(_told(point, too, label, cite, against=against))
        blocks += map(Text, beside.get(entry.path, ()))
        if left := [question for question in ways[entry.path] if question not in each]:
            way = sentence(listed(way_names(rules, decision, left)))
            blocks.append(Text(way, label=messages.IN_ITS_WAY))
    return blocks


def _more_than_needed(rules: RuleSet, decision: Decision, entry: Ranked, cite: Cites) -> Text:
    """Of the first path that is more care than the answers call for: so are all below it."""
    need, seen = rules.texts.above_need, help_comes_first(rules, decision)
    said = answer_messages.ASK_WHEN_SEEN if seen else cite(need.text, need.grounds)
    too = [each.rank for each in decision.ranked if each.rank > entry.rank]
    return _also(said, too, messages.DECIDES)


def _told(point: Point, too: Sequence[int], label: str, cite: Cites, *, against: bool) -> Text:
    if point.grounds is None:
        return _also(point.text, too, label)
    text = cite(point.text, point.grounds)
    return Text(f"{text} {answer_messages.speaks_too(too, against=against)}".rstrip(), label=label)


def _also(text: str, ranks: Sequence[int], label: str) -> Text:
    return Text(f"{text} {messages.true_of(ranks)}" if ranks else text, label=label)


def _in_one_line(rules: RuleSet, entry: Ranked) -> Text:
    path = rules.path_by_id[entry.path]
    text = f"{path.short} {level_words(rules, path.level)}."
    return Text(text, label=f"{entry.rank}. {path.name}")


def before_it(rules: RuleSet, decision: Decision, entry: Ranked) -> list[str]:
    """The questions whose answers stand before another path."""
    # Where all hours are spent away, what else asks for some of them is no news.
    if day_and_night(rules, decision.ranked[0]):
        return []
    return barriers_before(rules, decision, entry.path)
