"""The paths of the short answer, a row each: the first, and what puts the others behind it.

Why this module exists: a row has one line. It says what decides, not again what a row above
said, and never that a path is nearer than the rules put it.

It must not decide, and it must not know a width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from pathfinder.engine.decision import Decision, Ranked, Reason
from pathfinder.engine.explain.contrast import weights
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages as words
from pathfinder.pages import messages
from pathfinder.pages.best_path import explaining_notes
from pathfinder.pages.if_not_possible import life
from pathfinder.pages.other_paths import before_it, day_and_night
from pathfinder.pages.phrases import (
    first_sentence,
    left_open_beside,
    listed,
    name_of,
    seen_first,
    sentence,
    stands_in,
)
from pathfinder.pages.plain_names import way_names
from pathfinder.pages.reasons import headline_of, not_argued


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
    before, closeness = "", 1.0
    told: set[str] = set()
    for above, entry in zip((top, *decision.ranked), decision.ranked, strict=False):
        own = entry.rank > 1 + either
        decides = _decides(rules, decision, above, entry, told) if own else ""
        decides = "" if either and decides == words.FITS_AS_WELL else decides  # counted above
        closeness = min(closeness, 1 - (top.points - entry.points) / spread)
        again = bool(decides) and decides == before and decides != words.FITS_AS_WELL
        before = decides
        yield PathRow(
            rank=entry.rank,
            path=entry.path,
            name=rules.path_by_id[entry.path].in_a_row,
            hours=rules.levels[rules.level_rank[entry.level]].hours,
            closeness=closeness,
            equal=entry.about_equal_to_top,
            decides=words.THE_SAME if again else decides,
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
    rules: RuleSet, decision: Decision, above: Ranked, entry: Ranked, told: set[str]
) -> str:
    """What puts a path behind the first, in the words of the answer that does most; where a row
    above has `told` that, what speaks against this path alone."""
    top = decision.ranked[0]
    # What the first path has in its way, too, puts none behind it: it is told with what does.
    also = also_in_the_way(rules, decision, entry)
    more = listed(in_its_way(rules, decision, entry)) if also else ""
    if entry.about_equal_to_top:
        con = con_of(rules, decision, top, entry)
        told.update(() if con is None else (con.because,))
        good = words.as_good(more, "" if con is None else con.because)
        return " ".join([good, *map(first_sentence, left_open_beside(rules, decision, entry.path))])
    if more and not entry.above_need:
        return words.in_its_way(more)
    said, key = _puts_behind(rules, decision, entry)
    again = bool(said) and key in told
    con = con_of(rules, decision, above, entry, told) if again else None
    told.update((key,) if con is None else (key, con.because))
    if con is not None:
        return sentence(con.because)
    # What a row above has, too, doesn't put this one behind it: what speaks more for that one may.
    better = decisive(rules, above, entry) if again and not entry.above_need else None
    if (
        better is not None
        and better.points > 0
        and better.because not in told
        and not not_argued(rules, decision, better)
    ):
        told.add(better.because)
        return words.speaks_for_above(better.says, name_of(rules, better.question))
    return said


def _puts_behind(rules: RuleSet, decision: Decision, entry: Ranked) -> tuple[str, str]:
    """The same for who reads this row alone, and by what words it is known again."""
    top, rank = decision.ranked[0], rules.level_rank
    if entry.above_need:
        seen = seen_first(rules, decision)
        said = first_sentence(words.ASK_WHEN_SEEN if seen else rules.texts.above_need.text)
        return said, said
    reason = decisive(rules, top, entry)
    if reason is None:
        return "", ""
    if not_argued(rules, decision, reason):
        more = rank[entry.level] > rank[top.level]
        return (messages.MORE_SO_FAR, messages.MORE_SO_FAR) if more else ("", "")
    if reason.points < 0:
        return sentence(reason.because), reason.because
    return words.speaks_more(reason.says, name_of(rules, reason.question)), reason.because


def also_in_the_way(rules: RuleSet, decision: Decision, entry: Ranked) -> list[str]:
    """What stands before another path and not before the first one, by name."""
    first = barriers_before(rules, decision, decision.ranked[0].path)
    return in_its_way(rules, decision, entry, first)


def in_its_way(
    rules: RuleSet, decision: Decision, entry: Ranked, told: Container[str] = ()
) -> list[str]:
    """All that stands before another path, by name, but the questions that are `told`: whoever
    reads of it alone looks for it here, also where the first path has it in its way."""
    left = [each for each in before_it(rules, decision, entry) if each not in told]
    return way_names(rules, decision, left)


def decisive(rules: RuleSet, top: Ranked, entry: Ranked) -> Reason | None:
    """The answer that does most to put a path below the first. None where no answer does.

    An answer that speaks for both paths, or against both, is named only where no
    other tells them apart: "a place to live counts" is no reason against a place to live. Nor
    are few hours one against care by day, beside a place where all hours are spent, and none tell
    a group apart, to which everybody goes as often as they like.
    """
    found = weights((*top.for_, *top.against), (*entry.for_, *entry.against))
    leaning = [weight for weight in found if weight.points > 0]
    away = day_and_night(rules, top)
    asked = life(rules)
    if not rules.level_rank[entry.level]:
        leaning = [each for each in leaning if each.reason.question not in asked]
    elif away:
        leaning = [e for e in leaning if e.reason.question not in asked or e.ahead > 0]
    telling = [weight for weight in leaning if weight.ahead * weight.behind <= 0]
    # Of equals, what speaks most against the entry itself: "you can't go" before "home is fine".
    # Where all hours are spent, no hour of the day is one against less: what speaks for the place.
    telling.sort(key=lambda each: (-each.points, -each.ahead if away else each.behind))
    return next((weight.reason for weight in (*telling, *leaning)), None)


def con_of(
    rules: RuleSet,
    decision: Decision,
    other: Ranked,
    entry: Ranked,
    told: Container[str] = (),
) -> Reason | None:
    """What speaks most against a path and not against the other, but for what life gives."""
    cons = [r for r in entry.against if r.because not in told and r.question not in life(rules)]
    cons = [r for r in cons if not not_argued(rules, decision, r)]
    shared = Counter(r.question for each in decision.ranked for r in each.against)
    return _own(other.against, sorted(cons, key=lambda r: shared[r.question]))


def _own(of_top: Sequence[Reason], of_entry: Sequence[Reason]) -> Reason | None:
    """What says most of a path that fits as well as the first, and isn't said of that one."""
    shared = {reason.because for reason in of_top}
    own = [reason for reason in of_entry if reason.because not in shared]
    return max(own, key=lambda reason: abs(reason.points), default=None)
