"""The paths beside the first one: the next best, the possible, and those set aside.

Why this module exists: a person may not like the first path, or not be able to
take it. Each of the others says in one line what puts it where it stands, and a
path that is set aside says what would open it. Never "not eligible".

It must not rank anything: the order is the decision's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.decision import Decision, Ranked, Reason, SetAside
from pathfinder.engine.explain.contrast import weights
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.best_path import asked_for_more, explained_gates
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.phrases import (
    Cites,
    first_sentence,
    goes_beside,
    help_comes_first,
    instead_of_home,
    is_more_care,
    left_open_beside,
    level_words,
    listed,
    lower_first,
    name_of,
    names_of,
    sentence,
    stands_in,
    step_told,
    supports_told,
)
from pathfinder.pages.reasons import answers_told, not_argued, shaky

_LESS_CARE = ""
"""Where a path stands below the safe level: all gates of the level count as one reason."""

MANY_THE_SAME = 3
"""From so many other paths on that all fit the same, that is said once for all of them."""


def if_not_possible(rules: RuleSet, decision: Decision) -> list[Block]:
    """What stands in the way of the first path, told as sentences."""
    blocked = decision.if_not_possible
    if blocked is None:
        return []
    titles = {id_: support.title for id_, support in supports_told(rules, decision).items()}
    blocks: list[Block] = [
        Heading(1, messages.NOT_POSSIBLE),
        Text(sentence(listed(names_of(rules, blocked.barriers))), label=messages.IN_ITS_WAY[0]),
        Text(blocked.because),
    ]
    if blocked.helps:
        helps = listed(titles[support] for support in blocked.helps)
        blocks.append(Text(f"{helps}.", label=messages.WHAT_HELPS))
    begin = stands_in(rules, decision)
    if begin is None:
        # What makes room, or helps to pay, says whom to ask.
        asked = blocked.helps or set(blocked.barriers).intersection(life(rules))
        return blocks if asked else [*blocks, Text(messages.NO_COMPROMISE)]
    path = rules.path_by_id[begin]
    lead = f"{answer_messages.AFTER_FIRST_STEPS} " if decision.first else ""
    away = instead_of_home(rules, decision, begin)
    step = f"{lead}{path.name}. {level_words(rules, path.level)}{away}."
    if still := barriers_before(rules, decision, begin):
        same = set(still) == set(blocked.barriers)
        named = messages.still_in_the_way(listed(names_of(rules, still)))
        step += f" {messages.THE_SAME_BUT_LESS if same else named}"
    text = " ".join([step, *step_told(rules, decision, messages.COMPROMISE_LESS)])
    more = is_more_care(rules, decision, begin)
    return [*blocks, Text(text, label=messages.IN_ITS_PLACE if more else messages.COMPROMISE)]


class _Told(NamedTuple):
    label: str
    text: str


class InTheWay(NamedTuple):
    """What a person's life doesn't give the first path, and what can be done all the same."""

    barriers: str = ""
    step: str = ""
    label: str = ""


def first_in_the_way(rules: RuleSet, decision: Decision) -> InTheWay:
    """For the first screen: the barriers by name, and the safest step till they are gone, or the
    path with more care that could take its place."""
    blocked = decision.if_not_possible
    if blocked is None:
        return InTheWay()
    barriers = sentence(listed(names_of(rules, blocked.barriers)))
    begin = stands_in(rules, decision)
    if begin is None:
        return InTheWay(f"{barriers} {answer_messages.NO_LESSER}")
    path = rules.path_by_id[begin]
    level = rules.levels[rules.level_rank[path.level]]
    left = map(first_sentence, step_told(rules, decision, answer_messages.KEEP_ASKING))
    still = barriers_before(rules, decision, begin)
    less = f", {answer_messages.IF_YOU_CAN}" if still else instead_of_home(rules, decision, begin)
    step = " ".join([f"{path.name}, {level.hours}{less}.", *left])
    more = is_more_care(rules, decision, begin)
    return InTheWay(barriers, step, messages.OR if more else answer_messages.UNTIL_THEN)


def other_paths(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The other safe paths in their order, each with what puts it there."""
    top, *others = decision.ranked
    if not others:
        return []
    blocks: list[Block] = [Heading(1, messages.OTHERS)]
    if len(others) >= MANY_THE_SAME and all(entry.points == top.points for entry in others):
        return [*blocks, Text(messages.ALL_THE_SAME), *(_in_one_line(rules, e) for e in others)]
    told = {text for reason in (*top.for_, *top.against) for text in (reason.because, reason.says)}
    decides = [
        _what_decides(rules, decision, above, entry, told, cite)
        for above, entry in zip(decision.ranked, others, strict=False)
    ]
    level = top.level
    for at, (entry, told_of) in enumerate(zip(others, decides, strict=True)):
        label, text = told_of
        path = rules.path_by_id[entry.path]
        blocks.append(Heading(2, f"{entry.rank}. {path.name}"))
        blocks.append(Text(path.short))
        if path.level != level:  # the one above says it for both
            blocks.append(Text(f"{level_words(rules, path.level)}.", label=messages.LEVEL))
            level = path.level
        if not at and entry.about_equal_to_top:  # who can choose must see both as fully
            command = answer_messages.compare(top.path, entry.path)
            blocks.append(Text(command, label=answer_messages.SIDE_BY_SIDE))
        if not text or (at and set(decides[at - 1 :]) == {told_of}):
            continue  # the path above says it of this one, too
        if at and decides[at - 1] == told_of:
            text = messages.AS_ABOVE
        more = len(decides) - at - 1
        below = _below(more) if set(decides[at + 1 :]) == {told_of} else []
        blocks.append(Text(" ".join([text, *below]), label=label))
    return blocks


def _in_one_line(rules: RuleSet, entry: Ranked) -> Text:
    path = rules.path_by_id[entry.path]
    text = f"{path.short} {level_words(rules, path.level)}."
    return Text(text, label=f"{entry.rank}. {path.name}")


def also_in_the_way(rules: RuleSet, decision: Decision, entry: Ranked) -> list[str]:
    """What stands before another path and not before the first one, by name."""
    top = rules.path_by_id[decision.ranked[0].path]
    if ("goes_home", "true") not in top.traits:
        return []  # where all hours are spent away, what else asks for some of them is no news
    first = barriers_before(rules, decision, top.id)
    more = [q for q in barriers_before(rules, decision, entry.path) if q not in first]
    return list(names_of(rules, more))


def in_its_way(rules: RuleSet, decision: Decision, entry: Ranked, told: str = "") -> str:
    """The same as a sentence, without what is `told` by name; empty where nothing is left."""
    names = [each for each in also_in_the_way(rules, decision, entry) if each != told]
    both = decision.if_not_possible is not None
    return messages.in_the_way(listed(names), too=both) if names else ""


def decisive(rules: RuleSet, top: Ranked, entry: Ranked) -> Reason | None:
    """The answer that does most to put a path below the first. None where no answer does.

    An answer that speaks for both paths, or against both, is named only where no
    other tells them apart: "a place to live counts" is no reason against a place to live. Nor
    are few hours one against care by day, beside a place where all hours are spent, and none tell
    a group apart, to which everybody goes as often as they like.
    """
    found = weights((*top.for_, *top.against), (*entry.for_, *entry.against))
    leaning = [weight for weight in found if weight.points > 0]
    away = ("goes_home", "true") not in rules.path_by_id[top.path].traits
    if away or not rules.level_rank[entry.level]:
        leaning = [each for each in leaning if each.reason.question not in life(rules)]
    telling = [weight for weight in leaning if weight.ahead * weight.behind <= 0]
    # Of equals, what speaks most against the entry itself: "you can't go" before "home is fine".
    telling.sort(key=lambda weight: (-weight.points, weight.behind))
    return next((weight.reason for weight in (*telling, *leaning)), None)


def life(rules: RuleSet) -> set[str]:
    """The questions of what a person's life has room for: what stands in the way says it."""
    return {barrier.question for barrier in rules.barriers if barrier.rules_out}


def _what_decides(
    rules: RuleSet,
    decision: Decision,
    above: Ranked,
    entry: Ranked,
    told: set[str],
    cite: Cites,
) -> _Told:
    question = ""
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
            label, text = _side(rules, decision, answer_messages.AGAINST_IT, con, told, cite)
            told.add(con.says)
            return _with_its_way(rules, decision, entry, [text], label=label)
        told.add(need.text)
        more = decision.ranked[-1].rank - entry.rank
        seen = help_comes_first(rules, decision)
        why = answer_messages.ASK_WHEN_SEEN if seen else cite(need.text, need.grounds)
        return _with_its_way(rules, decision, entry, [why, *_below(more)])
    top = decision.ranked[0]
    home = left_open_beside(rules, decision, entry.path) if entry.about_equal_to_top else []
    sure = [r for r in (*entry.for_, *entry.against) if not not_argued(rules, decision, r)]
    pros, cons = ([r for r in sure if r.points > 0], [r for r in sure if r.points < 0])
    if entry.about_equal_to_top and (own := _own(top.for_, pros)) is not None:
        label, text = _side(rules, decision, answer_messages.FOR_IT, own, told, cite)
        said = [f"{text[:1].upper()}{text[1:]}"]
        told.add(own.says)
        if (con := _own(top.against, cons)) is not None and con.question not in life(rules):
            side, text = _side(rules, decision, answer_messages.AGAINST_IT, con, told, cite)
            said.append(f"{side}: {lower_first(text)}")
        return _with_its_way(rules, decision, entry, [*said, *home], label=label)
    if entry.points == top.points:
        more_care = rules.level_rank[entry.level] > rules.level_rank[above.level]
        said = [messages.SAME_FIT_MORE_CARE] if more_care else []  # the first path has said so
    elif (reason := decisive(rules, top, entry)) is None:
        said = [] if entry.about_equal_to_top else [messages.A_LITTLE_LESS]
    else:
        lead = messages.FITS_BETTER if reason.points > 0 else messages.FITS_LESS
        before = [lead] if reason.points > 0 else []  # what speaks against it says so by itself
        if entry.about_equal_to_top:
            for_top = reason.points > 0
            lead = messages.A_LITTLE_BETTER if for_top else messages.A_LITTLE_LESS
            before = [lead]
        question = name_of(rules, reason.question)
        more = rules.level_rank[entry.level] > rules.level_rank[top.level]
        if not_argued(rules, decision, reason):
            doubt = answer_messages.less_would_do(answers_told(rules, decision, [reason.question]))
            said = [doubt] if more and doubt not in told else []
            told.update(said)
        elif more and reason.points > 0 and reason.question not in asked_for_more(rules):
            said = [answer_messages.MORE_CARE]
        elif reason.because in told:
            said = [answer_messages.by_answer(lead, question, reason.says)]
        elif reason.says and reason.says in told and not answer_messages.leans(reason.does):
            said = [*before, cite(answer_messages.on(question, reason.does), reason.grounds)]
        else:
            said = [*before, cite(reason.because, reason.grounds)]
        told.update((reason.because, reason.says))
    return _with_its_way(rules, decision, entry, [*said, *home], told=question)


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
    if said:
        return _Told(label, " ".join([*said, in_its_way(rules, decision, entry, told)]).rstrip())
    names = [each for each in also_in_the_way(rules, decision, entry) if each != told]
    label = messages.IN_ITS_WAY[decision.if_not_possible is not None]
    return _Told(label, sentence(messages.joined(listed(names))))


def _below(more: int) -> list[str]:
    """That the same is true of so many paths that stand below."""
    return [messages.THE_ONE_BELOW_TOO if more == 1 else messages.BELOW_TOO] if more else []


def _own(of_top: Sequence[Reason], of_entry: Sequence[Reason]) -> Reason | None:
    """What says most of a path that fits as well as the first, and isn't said of that one."""
    shared = {reason.because for reason in of_top}
    own = [reason for reason in of_entry if reason.because not in shared]
    return max(own, key=lambda reason: abs(reason.points), default=None)


def _side(
    rules: RuleSet, decision: Decision, side: str, reason: Reason, told: set[str], cite: Cites
) -> _Told:
    """A reason as it is told: whole, or, where its answer stands above, by the name of that."""
    again = reason.says in told and not answer_messages.leans(reason.does)
    text = answer_messages.alone(reason.does) if again else reason.because
    (answer,) = answers_told(rules, decision, {reason.question})
    label = answer_messages.by_name(side, answer if again else "")
    return _Told(label, cite(text, reason.grounds))


def _may_be_right(rules: RuleSet, decision: Decision, open_: set[str], *, many: bool) -> str:
    """Of more care that is set aside by answers in doubt. What less would do is no comfort where
    help must come first."""
    if not help_comes_first(rules, decision):
        return answer_messages.less_would_do(answers_told(rules, decision, open_), many=many)
    return messages.ASK_OF_MANY if many else answer_messages.ASK_WHEN_SEEN


def set_aside(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The paths for later, by what stands in their way: each reason once, with what lifts it."""
    if not decision.set_aside:
        return []
    enough = explained_gates(rules, decision)
    gates = {gate.id: gate for gate in rules.gates}
    in_place = {gate.id: _LESS_CARE for gate in rules.gates if gate.at_least}
    too_much, doubted = _too_much(rules, decision), shaky(rules, decision)
    in_place |= {id_: first for first, *more in too_much for id_ in more}
    groups: dict[str, list[SetAside]] = {_LESS_CARE: []}  # what most of them share stands first
    begin = stands_in(rules, decision)
    for entry in decision.set_aside:
        if entry.path == begin and all(in_place.get(rule) == _LESS_CARE for rule in entry.rules):
            continue  # that it is less than is safe stands where it is told as a beginning
        # Who is shown that nothing here is for them needn't hear what else each path would ask.
        kept = [rule for rule in entry.rules if rule in enough] or entry.rules
        for id_ in dict.fromkeys(in_place.get(rule, rule) for rule in kept):
            groups.setdefault(id_, []).append(entry)
    blocks: list[Block] = [Heading(1, messages.SET_ASIDE)]
    if sum(map(len, groups.values())) > len(decision.set_aside):
        blocks.append(Text(messages.SET_ASIDE_TWICE))
    beside: set[str] = set()
    added = {fired.id for fired in decision.supports}  # each of these is told of further down
    offered = {support.stands_for for support in rules.supports if support.id in added}
    for id_, entries in groups.items():
        if not entries:
            continue
        blocks.append(Heading(2, _names(rules, entries)))
        label = messages.OPENS_MANY if len(entries) > 1 else messages.OPENS
        if id_ == _LESS_CARE:
            blocks.append(Text(messages.LESS_CARE))
            blocks.append(Text(rules.texts.level_opens_when.text, label=label))
        else:
            only_more = any(id_ in same for same in too_much)
            if only_more and (open_ := doubted.intersection(questions_in(gates[id_].when))):
                blocks.append(Text(_may_be_right(rules, decision, open_, many=len(entries) > 1)))
            else:
                blocks.append(Text(cite(gates[id_].because, gates[id_].grounds)))
                blocks.append(Text(gates[id_].opens_when, label=label))
        good = [
            each
            for each in entries
            if goes_beside(rules, decision, each) and each.path not in beside
            if not enough.intersection(each.rules)
        ]
        beside.update(each.path for each in good)
        # Where one is told of further down, the others alone would read as if that one couldn't.
        if good and offered.isdisjoint(each.path for each in good):
            which = "" if len(good) == len(entries) else _names(rules, good)
            text = messages.beside(which, many=len(good) > 1)
            blocks.append(Text(text, label=messages.MEANWHILE))
    return blocks


def _too_much(rules: RuleSet, decision: Decision) -> list[list[str]]:
    """The gates at work that take out more care alone: each with those that ask the same questions
    and that the same thing would open."""
    rank = rules.level_rank
    safe = rank[decision.safe_level or ""]
    at_work = {rule for entry in decision.set_aside for rule in entry.rules}
    found: dict[tuple[str, ...], list[str]] = {}
    for gate in rules.gates:
        out = [rank[rules.path_by_id[path].level] for path in gate.set_aside]
        if gate.id in at_work and out and min(out) > safe:
            found.setdefault((gate.opens_when or "", *questions_in(gate.when)), []).append(gate.id)
    return list(found.values())


def _names(rules: RuleSet, entries: list[SetAside]) -> str:
    return listed(rules.path_by_id[entry.path].name for entry in entries)
