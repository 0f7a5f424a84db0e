"""The paths of the short answer, a row each: the first, and what puts the others behind it.

Why this module exists: a row has one line. It says what the whole page says against its path, what
the row above says, too, in a few words, and never that a path is nearer than the rules put it.

It must not decide, and it must not know a width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pathfinder.engine.decision import Decision, Ranked
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages as words
from pathfinder.pages import messages
from pathfinder.pages.best_path import explaining_notes
from pathfinder.pages.other_paths import before_it
from pathfinder.pages.paths_apart import Apart, apart, sides_of
from pathfinder.pages.phrases import (
    first_sentence,
    left_open_beside,
    listed,
    lower_first,
    seen_first,
    sentence,
    stands_in,
)
from pathfinder.pages.plain_names import way_names
from pathfinder.pages.reasons import headline_of


class PathRow(NamedTuple):
    """A ranked path in one row. `closeness` to the first path: 1 for the first, never 0."""

    rank: int
    path: str
    name: str
    hours: str
    closeness: float
    equal: bool
    decides: str


def path_rows(rules: RuleSet, decision: Decision) -> Iterable[PathRow]:
    """A row for each path that is ranked, in that order. Some path has to be."""
    top = decision.ranked[0]
    either = bool(headline_of(rules, decision)[1])
    # Paths that fit nearly alike must look alike, and what comes later for its level no closer.
    spread = max(top.points - min(entry.points for entry in decision.ranked), 6) + 1
    news, beside = apart(sides_of(rules, decision)), left_open_beside(rules, decision)
    before, closeness = "", 1.0
    for above, entry in zip((top, *decision.ranked), decision.ranked, strict=False):
        own = entry.rank > 1 + either
        open_ = beside.get(entry.path, ())
        decides = _decides(rules, decision, above, entry, news[entry.path], open_) if own else ""
        if either and decides == words.FITS_AS_WELL:
            decides = ""  # counted above
        closeness = min(closeness, 1 - (top.points - entry.points) / spread)
        again = None if entry.about_equal_to_top else _again(decides, before)
        before = decides
        yield PathRow(
            rank=entry.rank,
            path=entry.path,
            name=rules.path_by_id[entry.path].in_a_row,
            hours=rules.levels[rules.level_rank[entry.level]].hours,
            closeness=closeness,
            equal=entry.about_equal_to_top,
            decides=decides if again is None else again,
        )


def not_now(rules: RuleSet, decision: Decision) -> Iterable[str]:
    """What is set aside, but for the path that is told as a way until the first one can be had.

    Nothing where the lead has said why: that a tool for drinking and drugs isn't for this person.
    """
    if explaining_notes(rules, decision):
        return
    begin = stands_in(rules, decision)
    yield from (rules.path_by_id[e.path].in_a_row for e in decision.set_aside if e.path != begin)


def _decides(
    rules: RuleSet,
    decision: Decision,
    above: Ranked,
    entry: Ranked,
    news: Apart,
    beside: Sequence[str],
) -> str:
    """What holds a path back behind the first: what no row above has said, where there is such.
    `beside`: what it leaves open of a place to sleep."""
    way = before_it(rules, decision, entry)
    # What the first path has in its way, too, puts none behind it: it is told with what does.
    also = set(way).difference(barriers_before(rules, decision, decision.ranked[0].path))
    more = listed(way_names(rules, decision, way)) if also else ""
    if entry.about_equal_to_top:
        con = news.con or news.shared
        good = words.as_good(more, con.text if con is not None and con.grounds else "")
        return " ".join([good, *map(first_sentence, beside)])
    if more and not entry.above_need:
        return words.in_its_way(more)
    if entry.above_need and not (above.above_need and news.con is not None):
        seen = seen_first(rules, decision)
        return first_sentence(words.ASK_WHEN_SEEN if seen else rules.texts.above_need.text)
    con = news.con or news.shared
    return "" if con is None else first_sentence(sentence(con.text))


def _again(decides: str, before: str) -> str | None:
    """What stands in place of the words that the row right above has, too; None where it hasn't."""
    if not decides or lower_first(decides.removesuffix(".")) not in lower_first(before):
        return None
    if decides == messages.LESS_FOR_IT:
        return ""
    return words.THE_SAME if decides.startswith(words.IN_ITS_WAY) else words.SAME_AGAINST
