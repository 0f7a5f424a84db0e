"""The paths beside the first one: the next best, and the possible.

Why this module exists: a person may not like the first path, or not be able to
take it. Each of the others says in one line what puts it where it stands.

It must not rank anything: the order is the decision's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from itertools import takewhile
from typing import NamedTuple

from pathfinder.engine.decision import Decision, Ranked, Reason
from pathfinder.engine.explain.contrast import weights
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.how_much_care import asked_for_more, asking
from pathfinder.pages.if_not_possible import life
from pathfinder.pages.phrases import (
    Cites,
    help_comes_first,
    left_open_beside,
    level_words,
    listed,
    lower_first,
    name_of,
    sentence,
)
from pathfinder.pages.plain_names import way_names
from pathfinder.pages.reasons import answers_told, headline_of, not_argued

MANY_THE_SAME = 3
"""From so many other paths on that all fit the same, that is said once for all of them."""


class _Told(NamedTuple):
    label: str
    text: str


def other_paths(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The other safe paths in their order, each with what puts it there."""
    top, *others = decision.ranked
    if not others:
        return []
    blocks: list[Block] = [Heading(1, messages.OTHERS)]
    if len(others) >= MANY_THE_SAME and all(entry.points == top.points for entry in others):
        return [*blocks, Text(messages.ALL_THE_SAME), *(_in_one_line(rules, e) for e in others)]
    told = {text for reason in (*top.for_, *top.against) for text in (reason.because, reason.says)}
    each = before_each(rules, decision)
    if each:
        blocks.append(
            Text(sentence(listed(way_names(rules, decision, each))), label=messages.BEFORE_EACH)
        )
    decides: list[_Told] = []
    for above, entry in zip(decision.ranked, others, strict=False):
        before = decides[-1] if decides else None
        decides.append(_what_decides(rules, decision, above, entry, told, cite, before))
    level = top.level
    for at, (entry, told_of) in enumerate(zip(others, decides, strict=True)):
        label, text = told_of
        path = rules.path_by_id[entry.path]
        blocks.append(Heading(2, f"{entry.rank}. {path.name}"))
        blocks.append(Text(path.short))
        if path.level != level:  # the one above says it for both
            blocks.append(Text(f"{level_words(rules, path.level)}.", label=messages.LEVEL))
            level = path.level
        if entry.about_equal_to_top:  # who can choose must see both as fully
            command = answer_messages.compare(top.path, entry.path)
            blocks.append(Text(command, label=answer_messages.SIDE_BY_SIDE))
        if not text or (at and decides[at - 1] == told_of):
            continue  # the path above says it of this one, too
        same = len(list(takewhile(told_of.__eq__, decides[at + 1 :])))
        blocks.append(Text(f"{text} {messages.below_too(same)}".rstrip(), label=label))
    return blocks


def _in_one_line(rules: RuleSet, entry: Ranked) -> Text:
    path = rules.path_by_id[entry.path]
    text = f"{path.short} {level_words(rules, path.level)}."
    return Text(text, label=f"{entry.rank}. {path.name}")


def also_in_the_way(rules: RuleSet, decision: Decision, entry: Ranked) -> list[str]:
    """What stands before another path and not before the first one, by name."""
    first = barriers_before(rules, decision, decision.ranked[0].path)
    return in_its_way(rules, decision, entry, first)


def day_and_night(rules: RuleSet, entry: Ranked) -> bool:
    """Whether a path takes all hours of the day: the highest level of care does."""
    return rules.level_rank[entry.level] == len(rules.levels) - 1


def before_each(rules: RuleSet, decision: Decision) -> list[str]:
    """The questions whose answers stand before each of the other paths, of two at least."""
    ways = [_before(rules, decision, entry) for entry in decision.ranked[1:]]
    if len(ways) < 2:
        return []
    return [each for each in ways[0] if all(each in way for way in ways)]


def _before_all_above(rules: RuleSet, decision: Decision) -> list[str]:
    """What stands before each path of more care than is called for and not before all others:
    told with the first of them."""
    ways = [_before(rules, decision, entry) for entry in decision.ranked if entry.above_need]
    known = before_each(rules, decision)
    shared = [q for q in ways[0] if all(q in way for way in ways)] if ways else []
    return [q for q in shared if q not in known]


def in_its_way(
    rules: RuleSet, decision: Decision, entry: Ranked, told: Container[str] = ()
) -> list[str]:
    """All that stands before another path, by name, but the questions that are `told`: whoever
    reads of it alone looks for it here, also where the first path has it in its way."""
    left = [each for each in _before(rules, decision, entry) if each not in told]
    return way_names(rules, decision, left)


def _before(rules: RuleSet, decision: Decision, entry: Ranked) -> list[str]:
    # Where all hours are spent away, what else asks for some of them is no news.
    if day_and_night(rules, decision.ranked[0]):
        return []
    return barriers_before(rules, decision, entry.path)


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


def _what_decides(
    rules: RuleSet,
    decision: Decision,
    above: Ranked,
    entry: Ranked,
    told: set[str],
    cite: Cites,
    same_as_above: _Told | None,
) -> _Told:
    asked = ""
    if entry.above_need:  # all that stand below are so, too
        need = rules.texts.above_need
        if need.text in told:
            # What asks for less care in general is said by that, and what life gives by its way.
            first = next(each for each in decision.ranked if each.above_need)
            elsewhere = {reason.question for reason in first.against} | life(rules)
            cons = [r for r in entry.against if r.question not in elsewhere]
            con = _own((), [r for r in cons if not not_argued(rules, decision, r)])
            if con is None:
                return _with_its_way(rules, decision, entry, [])
            label, text = answer_messages.AGAINST_IT, cite(con.because, con.grounds)
            told.add(con.says)
            return _with_its_way(rules, decision, entry, [text], label=label)
        told.add(need.text)
        more = decision.ranked[-1].rank - entry.rank
        seen = help_comes_first(rules, decision)
        why = answer_messages.ASK_WHEN_SEEN if seen else cite(need.text, need.grounds)
        way = listed(way_names(rules, decision, _before_all_above(rules, decision)))
        said = [why, messages.in_the_way(way) if way else "", messages.below_too(more)]
        return _with_its_way(rules, decision, entry, [" ".join(filter(None, said))])
    top = decision.ranked[0]
    home = left_open_beside(rules, decision, entry.path) if entry.about_equal_to_top else []
    sure = [r for r in (*entry.for_, *entry.against) if not not_argued(rules, decision, r)]
    pros, cons = ([r for r in sure if r.points > 0], [r for r in sure if r.points < 0])
    if entry.about_equal_to_top and (own := _own(top.for_, pros)) is not None:
        label, text = answer_messages.FOR_IT, cite(own.because, own.grounds)
        said = [f"{text[:1].upper()}{text[1:]}"]
        told.add(own.says)
        if (con := _own(top.against, cons)) is not None and con.question not in life(rules):
            text = cite(con.because, con.grounds)
            said.append(f"{answer_messages.AGAINST_IT}: {lower_first(text)}")
        return _with_its_way(rules, decision, entry, [*said, *home], label=label)
    if (con := own_con(rules, decision, above, entry, told)) is not None:
        label, text = answer_messages.AGAINST_IT, cite(con.because, con.grounds)
        told.update((con.because, con.says))
        return _with_its_way(rules, decision, entry, [text], label=label, told=con.question)
    # Only where that is what puts the one above there, and nothing of its own.
    decided = same_as_above is not None and same_as_above.label != answer_messages.AGAINST_IT
    if same_as_above is not None and decided and _same(rules, decision, above, entry):
        return same_as_above
    if entry.points == top.points:
        more_care = rules.level_rank[entry.level] > rules.level_rank[above.level]
        said = [messages.SAME_FIT_MORE_CARE] if more_care else []  # the first path has said so
    elif (reason := decisive(rules, top, entry)) is None:
        said = [] if entry.about_equal_to_top else [messages.A_LITTLE_LESS]
    else:
        lead = messages.FITS_BETTER if reason.points > 0 else messages.FITS_LESS
        before = [lead] if reason.points > 0 else []  # what speaks against it says so by itself
        if entry.about_equal_to_top:
            if headline_of(rules, decision)[1]:  # it says that they fit about equally well
                return _with_its_way(rules, decision, entry, home)
            for_top = reason.points > 0
            lead = messages.A_LITTLE_BETTER if for_top else messages.A_LITTLE_LESS
            before = [lead]
        asked, question = reason.question, name_of(rules, reason.question)
        more = rules.level_rank[entry.level] > rules.level_rank[top.level]
        if not_argued(rules, decision, reason):
            rest = answers_told(rules, decision, asking(rules, decision) - {reason.question})
            told_of = answers_told(rules, decision, [reason.question])
            doubt = answer_messages.less_would_do(told_of, rest)
            said = [doubt] if more and doubt not in told else []
            told.update(said)
        elif more and reason.points > 0 and reason.question not in asked_for_more(rules):
            said = [answer_messages.MORE_CARE]
        elif reason.because in told:
            said = [answer_messages.by_answer(lead, question, reason.says)]
        else:
            said = [*before, cite(reason.because, reason.grounds)]
        told.update((reason.because, reason.says))
    return _with_its_way(rules, decision, entry, [*said, *home], told=asked)


def _with_its_way(
    rules: RuleSet,
    decision: Decision,
    entry: Ranked,
    said: Sequence[str],
    *,
    label: str = messages.DECIDES,
    told: str = "",
) -> _Told:
    """What was said, and what stands in its way without what is `told`: where nothing was said,
    under a label of its own, since it decides nothing."""
    above = _before_all_above(rules, decision) if entry.above_need else []
    known = (told, *before_each(rules, decision), *above)
    left = listed(in_its_way(rules, decision, entry, known))
    if said:
        return _Told(label, " ".join([*said, messages.in_the_way(left) if left else ""]).rstrip())
    return _Told(messages.IN_ITS_WAY, sentence(left)) if left else _Told("", "")


def _same(rules: RuleSet, decision: Decision, above: Ranked, entry: Ranked) -> bool:
    """Whether the same answer, and the same in their way, puts two paths where they stand."""
    top = decision.ranked[0]
    one, other = (decisive(rules, top, each) for each in (above, entry))
    alike = one is not None and other is not None and one.because == other.because
    ways = [_before(rules, decision, each) for each in (above, entry)]
    return alike and ways[0] == ways[1] and not entry.about_equal_to_top


def own_con(
    rules: RuleSet, decision: Decision, above: Ranked, entry: Ranked, told: Container[str]
) -> Reason | None:
    """What speaks against this path and not against the one above, where what decides is told."""
    reason = decisive(rules, decision.ranked[0], entry)
    if entry.about_equal_to_top or reason is None or reason.because not in told:
        return None
    return con_of(rules, decision, above, entry, told)


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
