"""What is said of each path beside the first is in the decision, and is said of the right ones.

Each person is drawn by chance; what stands under a path is held against the path's own reasons.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from contract import random_answers

from pathfinder import decide
from pathfinder.engine.decision import Decision, Ranked, Reason
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Heading, Text
from pathfinder.pages.if_not_possible import life
from pathfinder.pages.other_paths import MANY_THE_SAME, other_paths
from pathfinder.pages.path_rows import path_rows
from pathfinder.pages.paths_apart import Apart, apart, day_and_night, sides_of
from pathfinder.pages.phrases import Cites, left_open_beside, left_open_told, stands_in
from pathfinder.pages.plain_names import way_names
from pathfinder.pages.reasons import headline_of, not_argued

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

IN_ALL = (
    messages.A_LITTLE_LESS_FOR_IT,
    messages.LESS_FOR_IT,
    messages.MORE_CARE,
    messages.SAME_FIT_MORE_CARE,
)
SIDES = (answer_messages.FOR_IT, answer_messages.AGAINST_IT)
WITH_MORE = (*SIDES, messages.DECIDES)
PEOPLE = 250
TOO = re.compile(r" (The same is true of|It speaks for|It speaks against) paths? ")


class Said(NamedTuple):
    """A line under a path, with the places of the paths further down of which it is true, too, and
    how that is said."""

    label: str
    text: str
    too: tuple[int, ...] = ()
    how: str = ""


class Told(NamedTuple):
    decision: Decision
    above_all: list[Said]
    paths: dict[int, list[Said]]


def told(rules: RuleSet, answers: Answers) -> Told:
    decision = decide(rules, answers)
    found = Told(decision, [], {})
    lines = found.above_all
    for block in other_paths(rules, decision, Cites(rules, shown=False)):
        if isinstance(block, Heading) and block.level == 2:
            lines = found.paths.setdefault(int(block.text.split(".")[0]), [])
        elif isinstance(block, Text):
            text, how, too = [*TOO.split(block.text, maxsplit=1), "", ""][:3]
            numbers = tuple(map(int, re.findall(r"\d+", too)))
            lines.append(Said(block.label, text, numbers, how))
    return found


@pytest.fixture(scope="module")
def people(rules: RuleSet) -> list[Told]:
    """So many with a path of its own for each of the others."""
    dice, found = random.Random(20281130), []
    while len(found) < PEOPLE:
        each = told(rules, random_answers(dice))
        if each.paths:
            found.append(each)
    return found


def entry_at(decision: Decision, rank: int) -> Ranked:
    return next(each for each in decision.ranked if each.rank == rank)


def side_of(entry: Ranked, label: str) -> tuple[Reason, ...]:
    return entry.for_ if label == answer_messages.FOR_IT else entry.against


def lines_of(each: Told) -> Iterator[tuple[Ranked, Said]]:
    for rank, lines in each.paths.items():
        for line in lines:
            yield entry_at(each.decision, rank), line


def own(rules: RuleSet, decision: Decision, entry: Ranked, label: str) -> set[str]:
    """What a path has on a side and may be argued with."""
    reasons = (r for r in side_of(entry, label) if not not_argued(rules, decision, r))
    return {r.because for r in reasons if r.question not in life(rules)}


def test_what_stands_under_a_path_is_its_own_and_nothing_in_doubt(
    rules: RuleSet, people: list[Told]
) -> None:
    seen = dict.fromkeys(SIDES, 0)
    for each in people:
        for entry, line in lines_of(each):
            if line.label in SIDES and line.text not in IN_ALL:
                assert line.text in own(rules, each.decision, entry, line.label)
                seen[line.label] += 1
    assert min(seen.values()) > 50


def test_what_is_true_of_paths_further_down_is_said_of_those_and_of_no_other(
    rules: RuleSet, people: list[Told]
) -> None:
    numbers = set()
    for each in people:
        for entry, line in lines_of(each):
            below = [other for other in each.decision.ranked if other.rank > entry.rank]
            assert set(line.too) <= {other.rank for other in below}
            numbers.add(len(line.too))
            if line.label == messages.DECIDES:
                assert entry.above_need
                assert line.too == tuple(other.rank for other in below)
            for other in below if line.label in SIDES else ():
                has = line.text in own(rules, each.decision, other, line.label)
                if line.text in IN_ALL:
                    argued = own(rules, each.decision, other, answer_messages.AGAINST_IT)
                    assert other.rank not in line.too or not other.above_need
                    assert other.rank not in line.too or not argued - against_first(each)
                elif line.label == answer_messages.AGAINST_IT:
                    assert has == (other.rank in line.too)
                else:
                    assert has or other.rank not in line.too
    assert len(numbers) > 4


def against_first(each: Told) -> set[str]:
    """What speaks against others by answers that speak against the first path as well."""
    top, *others = each.decision.ranked
    asked = {reason.question for reason in top.against}
    return {r.because for entry in others for r in entry.against if r.question in asked}


def test_one_path_further_down_is_not_several(rules: RuleSet) -> None:
    assert messages.true_of([4]) == "The same is true of path 4."
    assert messages.true_of([4, 6]) == "The same is true of paths 4 and 6."
    assert messages.true_of([4, 5, 6]) == "The same is true of paths 4, 5 and 6."


def test_nothing_is_said_of_two_paths_by_itself(people: list[Told]) -> None:
    for each in people:
        texts = [line.text for _, line in lines_of(each) if line.label in WITH_MORE]
        assert len(texts) == len(set(texts))


def test_each_path_says_why_it_stands_behind_the_first(people: list[Told]) -> None:
    """By itself, or with a path above that says it of both."""
    behind = 0
    for each in people:
        if len(each.paths) >= MANY_THE_SAME and not any(each.paths.values()):
            continue
        above = {rank for _, line in lines_of(each) for rank in line.too}
        for rank, lines in each.paths.items():
            entry = entry_at(each.decision, rank)
            if entry.about_equal_to_top:
                continue
            labels = {line.label for line in lines}
            assert rank in above or labels & {answer_messages.AGAINST_IT, messages.DECIDES}
            behind += 1
    assert behind > PEOPLE


def test_what_speaks_against_the_first_path_as_much_puts_none_behind_it(people: list[Told]) -> None:
    seen = 0
    for each in people:
        top = each.decision.ranked[0]
        points = {reason.because: reason.points for reason in top.against}
        seen += len(points)
        for entry, line in lines_of(each):
            if line.label == answer_messages.AGAINST_IT and line.text in points:
                (mine,) = [r for r in entry.against if r.because == line.text]
                assert mine.points < points[line.text]
    assert seen > 50


def test_what_is_in_the_way_of_a_path_stands_with_it_or_above_all(
    rules: RuleSet, people: list[Told]
) -> None:
    both = alone = 0
    for each in people:
        top = each.decision.ranked[0]
        every = [line.text for line in each.above_all if line.label == messages.BEFORE_EACH]
        for rank, lines in each.paths.items():
            mine = [line.text for line in lines if line.label == messages.IN_ITS_WAY]
            said = " ".join([*every, *mine]).lower()
            before = barriers_before(rules, each.decision, entry_at(each.decision, rank).path)
            names = way_names(rules, each.decision, before)
            if day_and_night(rules, top):  # no hour of the day is news there
                assert not said
                continue
            assert [name for name in names if said.count(name.lower()) != 1] == []
            both += bool(every and mine)
            alone += bool(mine) and not every
    assert both > 5
    assert alone > 5


def test_more_care_than_answers_call_for_is_argued_for_by_nothing(people: list[Told]) -> None:
    above = 0
    for each in people:
        for entry, line in lines_of(each):
            if entry.above_need:
                assert line.label != answer_messages.FOR_IT
                above += 1
    assert above > 50


def test_who_may_choose_is_told_what_speaks_for_the_other(
    rules: RuleSet, people: list[Told]
) -> None:
    equals = 0
    for each in people:
        top = each.decision.ranked[0]
        shared = {reason.because for reason in top.for_}
        second = each.decision.ranked[1]
        mine = own(rules, each.decision, second, answer_messages.FOR_IT) - shared
        if not second.about_equal_to_top or not mine or second.rank not in each.paths:
            continue
        (line,) = [e for e in each.paths[second.rank] if e.label == answer_messages.FOR_IT]
        strongest = max(abs(r.points) for r in second.for_ if r.because in mine)
        assert line.text in {r.because for r in second.for_ if abs(r.points) == strongest}
        assert line.text not in shared
        equals += 1
    assert equals > 20


def test_a_path_that_has_nothing_against_it_is_said_to_have_less_for_it(rules: RuleSet) -> None:
    finished = {"substances": ["alcohol"], "frequency": "not_lately", "severity": "skip",
                "staying_stopped": "days", "mental_health": "none", "home": "steady",
                "support": "some", "stage": "steady_recovery", "danger": ["none"],
                "self_harm": "none", "withdrawal": "none"}  # fmt: skip
    paths = told(rules, finished).paths
    assert Said(answer_messages.AGAINST_IT, messages.LESS_FOR_IT) in paths[2]
    # More care is for an assessment to ask for.
    more = Said(answer_messages.AGAINST_IT, messages.MORE_CARE, (4,), "The same is true of")
    assert more in paths[3]


def test_a_reason_speaks_for_the_others_or_against_them_as_it_does_here(people: list[Told]) -> None:
    seen = dict.fromkeys(("The same is true of", "It speaks for", "It speaks against"), 0)
    for each in people:
        for _, line in lines_of(each):
            if not line.too:
                continue
            own_words = line.text in IN_ALL or line.label == messages.DECIDES
            speaks = "for" if line.label == answer_messages.FOR_IT else "against"
            assert line.how == ("The same is true of" if own_words else f"It speaks {speaks}")
            seen[line.how] += 1
    assert min(seen.values()) > 2


def test_what_stands_before_the_only_other_path_stands_with_it(people: list[Told]) -> None:
    alone = 0
    for each in people:
        if len(each.paths) == 1:
            assert messages.BEFORE_EACH not in {line.label for line in each.above_all}
            (lines,) = each.paths.values()
            alone += messages.IN_ITS_WAY in {line.label for line in lines}
    assert alone > 5


def test_a_reason_that_rests_on_sources_names_them(rules: RuleSet, people: list[Told]) -> None:
    named = 0
    for each in people:
        cite = Cites(rules)
        blocks = other_paths(rules, each.decision, cite)
        text = " ".join(block.text for block in blocks if isinstance(block, Text))
        for entry, line in lines_of(each):
            reasons = {r.because: r for r in side_of(entry, line.label)}
            if line.label in SIDES and line.text in reasons:
                reason = reasons[line.text]
                assert cite(reason.because, reason.grounds) in text
                named += bool(reason.grounds.sources)
    assert named > PEOPLE


def test_what_an_earlier_path_has_for_it_is_no_news_of_a_later_one(
    rules: RuleSet, people: list[Told]
) -> None:
    held = 0
    for each in people:
        sides, had = sides_of(rules, each.decision), set()
        for path, news in apart(sides).items():
            assert news.pro is None or news.pro not in had
            held += news.pro is None and bool(sides[path].pros)
            had.update(sides[path].pros)
    assert held > 20


def test_of_two_that_differ_in_approach_alone_the_headline_says_enough(
    rules: RuleSet, people: list[Told]
) -> None:
    choices = 0
    for each in people:
        if headline_of(rules, each.decision)[1]:
            texts = [line.text for _, line in lines_of(each)]
            assert messages.A_LITTLE_LESS_FOR_IT not in texts
            choices += each.decision.ranked[1].points < each.decision.ranked[0].points
    assert choices > 3


def test_a_row_of_an_equal_has_what_speaks_against_it_also_where_a_row_above_has(
    rules: RuleSet,
) -> None:
    dice, shared = random.Random(11), 0
    for _ in range(900):
        decision = decide(rules, random_answers(dice))
        if len(decision.ranked) < 2:
            continue
        news = apart(sides_of(rules, decision))
        rows = {row.path: row for row in path_rows(rules, decision)}
        for path, told_of in news.items():
            if rows[path].equal and told_of.con is None and grounded(told_of):
                told_as = (
                    f"{answer_messages.AS_GOOD}, though",
                    f"{answer_messages.AS_GOOD}. In its way",
                )
                assert rows[path].decides.startswith(told_as)
                shared += 1
    assert shared > 1


def grounded(news: Apart) -> bool:
    return news.shared is not None and news.shared.grounds is not None


def test_where_to_sleep_is_told_of_the_first_path_that_leaves_it_open_and_once(
    rules: RuleSet,
) -> None:
    dice, seen, beside_a_step = random.Random(11), 0, 0
    for _ in range(1500):
        decision = decide(rules, random_answers(dice))
        if len(decision.ranked) < 3 or not left_open_beside(rules, decision):
            continue
        texts = [text for each in left_open_beside(rules, decision).values() for text in each]
        assert len(texts) == len(set(texts))
        begin = stands_in(rules, decision)
        step = left_open_told(rules, decision, begin) if begin is not None else ()
        assert {passage.text for passage in step}.isdisjoint(texts)
        beside_a_step += bool(step)
        seen += bool(texts)
    assert seen > 10
    assert beside_a_step > 3
