"""What stands in the way of the first path, and what can be done all the same.

Why this module exists: a path that life has no room for helps nobody. The page says what is in the
way, whom to ask, and what to begin with, and never that less than is safe is enough.

It must not decide: barriers and the step that stands in come from the decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.engine.decision import Decision, IfNotPossible, Reason
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.best_path import cons_told
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.how_much_care import step_too_little
from pathfinder.pages.phrases import (
    first_sentence,
    instead_of_home,
    is_more_care,
    level_words,
    listed,
    sentence,
    stands_in,
    step_told,
    supports_told,
)
from pathfinder.pages.plain_names import way_names


def if_not_possible(rules: RuleSet, decision: Decision) -> list[Block]:
    """What stands in the way of the first path, told as sentences."""
    blocked = decision.if_not_possible
    if blocked is None:
        return []
    titles = {id_: support.title for id_, support in supports_told(rules, decision).items()}
    # All of it, unless all is argued above.
    left = blocked.barriers if _not_argued(blocked, cons_told(rules, decision)) else ()
    blocks: list[Block] = [
        Heading(1, messages.NOT_POSSIBLE),
        *([Text(_way(rules, decision, left), label=messages.IN_ITS_WAY)] if left else []),
        Text(blocked.because),
    ]
    if blocked.helps:
        helps = listed(titles[support] for support in blocked.helps)
        blocks.append(Text(f"{helps}.", label=messages.WHAT_HELPS))
    begin = stands_in(rules, decision)
    if begin is None:
        # What makes room, or helps to pay, says whom to ask.
        asked = blocked.helps or set(blocked.barriers).intersection(life(rules))
        return [*blocks, Text(messages.AS_MUCH_AS_YOU_CAN if asked else messages.NO_COMPROMISE)]
    path = rules.path_by_id[begin]
    lead = f"{answer_messages.AFTER_FIRST_STEPS} " if decision.first else ""
    away = instead_of_home(rules, decision, begin)
    told = begin in {entry.path for entry in decision.ranked}  # its level stands further down
    hours = "" if told else f". {level_words(rules, path.level)}"
    step = f"{lead}{path.name}{hours}{away}."
    if not told:  # nothing else says what it is
        step += f" {path.short}"
    if names := between(rules, decision, begin):
        step += f" {messages.in_between(listed(names))}"
    if still := barriers_before(rules, decision, begin):
        same = set(still) == set(blocked.barriers)
        said = messages.the_same_but_less if same else messages.still_in_the_way
        step += f" {said(listed(way_names(rules, decision, still)))}"
    less = step_too_little(rules, decision, begin, messages.COMPROMISE_LESS)
    text = " ".join([step, *step_told(rules, decision, less)])
    more = is_more_care(rules, decision, begin)
    if more and still:
        text += f" {messages.NEITHER}"
    return [*blocks, Text(text, label=messages.IN_ITS_PLACE if more else messages.COMPROMISE)]


def _not_argued(blocked: IfNotPossible, told: Sequence[Reason]) -> list[str]:
    """What is in the way by question, without what `told` has argued from the same answers."""
    argued = {reason.question for reason in told}
    return [question for question in blocked.barriers if question not in argued]


def _way(rules: RuleSet, decision: Decision, questions: Sequence[str]) -> str:
    return sentence(listed(way_names(rules, decision, questions)))


def _ask_about(rules: RuleSet, decision: Decision, blocked: IfNotPossible) -> str:
    """What to ask for, by the first thing that is in the way."""
    supports = supports_told(rules, decision)
    first = blocked.barriers[0]
    helps = {h for barrier in rules.barriers if barrier.question == first for h in barrier.helps}
    asks = (first_sentence(supports[each].text) for each in blocked.helps if each in helps)
    return next(asks, first_sentence(blocked.because))


class InTheWay(NamedTuple):
    """What a person's life doesn't give the first path, and what can be done all the same."""

    barriers: str = ""
    step: str = ""
    label: str = ""


def first_in_the_way(rules: RuleSet, decision: Decision, told: Sequence[Reason] = ()) -> InTheWay:
    """For the first screen: the barriers by name, and the safest step till they are gone, or the
    path with more care that could take its place."""
    blocked = decision.if_not_possible
    if blocked is None:
        return InTheWay()
    begin = stands_in(rules, decision)
    if begin is None:  # then what can be done about it is all that there is to say
        barriers = _way(rules, decision, blocked.barriers)
        return InTheWay(f"{barriers} {_ask_about(rules, decision, blocked)}")
    barriers = _way(rules, decision, _not_argued(blocked, told))
    path = rules.path_by_id[begin]
    level = rules.levels[rules.level_rank[path.level]]
    keep = step_too_little(rules, decision, begin, answer_messages.KEEP_ASKING)
    left = map(first_sentence, step_told(rules, decision, keep))
    still = barriers_before(rules, decision, begin)
    more = is_more_care(rules, decision, begin)
    too = messages.still_in_the_way(listed(way_names(rules, decision, still)))
    less = f", {answer_messages.IF_YOU_CAN}" if still else ""
    if more or not still:
        less = instead_of_home(rules, decision, begin)
    told_of = begin in {entry.path for entry in decision.ranked}  # its hours stand in its row
    hours = "" if told_of else f", {level.hours}"
    step = " ".join([f"{path.name}{hours}{less}.", *([too] if more and still else []), *left])
    return InTheWay(barriers, step, messages.OR if more else answer_messages.UNTIL_THEN)


def between(rules: RuleSet, decision: Decision, begin: str) -> list[str]:
    """What stands in the way of everything that lies between a path to begin with and the first,
    and not in the way of that one, by name."""
    rank = rules.level_rank
    least = rank[rules.path_by_id[begin].level]
    most = rank[decision.ranked[0].level]
    here = barriers_before(rules, decision, begin)
    all_ = [
        barriers_before(rules, decision, path.id)
        for path in rules.paths
        if least < rank[path.level] < most
    ]
    common = set.intersection(*map(set, all_)).difference(here) if all_ else set()
    return way_names(rules, decision, [q for q in all_[0] if q in common] if all_ else [])


def life(rules: RuleSet) -> set[str]:
    """The questions of what a person's life has room for: what stands in the way says it."""
    return {barrier.question for barrier in rules.barriers if barrier.rules_out}
