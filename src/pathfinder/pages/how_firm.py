"""How firm a result is, what it hangs on, and what would change it.

Why this module exists: the whole page, the pages behind the answer and the explanation say in the
same words how firm a result is, and none calls firm what a warning or a reading doubts.

It must not try anything: what was tried comes from the explanation.
"""

from __future__ import annotations

from pathfinder.engine.conditions import NOT_ASKED
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.explain.firmness import Firmness, HangsOn, tried_questions
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.messages import label_of
from pathfinder.pages.phrases import help_comes_first, listed, name_of, names_of
from pathfinder.pages.reasons import more_may_be_right, rests_on_doubt
from pathfinder.pages.would_change import change_told

QUESTIONS_SPELLED_OUT = 5
"""So many open answers are told with what they could bring up; the rest are named in one line."""


def firm_or_close(rules: RuleSet, firmness: Firmness, decision: Decision) -> str:
    """One to three sentences; what it hangs on is named."""
    if help_comes_first(rules, decision):
        return messages.FIRM_ONCE_SEEN
    doubt = rests_on_doubt(rules, decision) or more_may_be_right(rules, decision)
    if firmness.firm and doubt:
        return f"{answer_messages.NOT_FIRM} {answer_messages.doubted(doubt)}"
    if firmness.firm:
        something_open = any(value is None for value in decision.view.values())
        alone = len(decision.ranked) == 1
        alarms = [q for each in decision.to_check if each.effect == "alert" for q in each.questions]
        if alarms:
            names = listed(names_of(rules, dict.fromkeys(alarms)))
            firm = messages.ONLY_ONE if alone else messages.FIRM
            return f"{firm} {messages.danger_open(names)}"
        if alone:
            said = messages.ONLY_ONE_THOUGH_OPEN if something_open else messages.ONLY_ONE
        else:
            said = messages.FIRM_THOUGH_OPEN if something_open else messages.FIRM
        first = first_steps_if_known(decision)
        told = messages.first_if_known(listed(names_of(rules, first))) if first else ""
        return f"{said} {told}".rstrip()
    if not firmness.hangs_on:
        return messages.CLOSE if firmness.about_equal else not_all_tried(rules, firmness)
    names = listed(name_of(rules, each.question) for each in firmness.hangs_on)
    if little_known(decision, firmness):
        return f"{messages.LITTLE_KNOWN} {names}."
    lead = messages.CLOSE_AND_IF_KNOWN if firmness.about_equal else messages.CLOSE_IF_KNOWN
    one = [_if_known(rules, each) for each in firmness.hangs_on]
    return " ".join([f"{lead} {names}.", *(one if len(one) == 1 else [])])


def first_steps_if_known(decision: Decision) -> list[str]:
    """The open questions by which a first step could be called for. That no single one of them asks
    for more care than the first path is tried: then that path would change."""
    able = (each for each in decision.to_check if each.effect == "first")
    asked = dict.fromkeys(question for each in able for question in each.questions)
    return [each for each in asked if decision.view.get(each) is None]


def little_known(decision: Decision, firmness: Firmness) -> bool:
    """More open answers could put another path first than there are answers: it is a guess yet."""
    known = sum(value is not None and value != NOT_ASKED for value in decision.view.values())
    return len(firmness.hangs_on) > known


def how_firm(rules: RuleSet, decision: Decision, explained: Explanation) -> list[Block]:
    """How firm the first place is, and which path each open answer could bring up."""
    firmness = explained.firmness
    spelled_out, more = (
        firmness.hangs_on[:QUESTIONS_SPELLED_OUT],
        firmness.hangs_on[QUESTIONS_SPELLED_OUT:],
    )
    said = firm_or_close(rules, firmness, decision)
    # Where one answer alone is open, this tells already what it brings up.
    told = ((_if_known(rules, each), _title(rules, each.question)) for each in spelled_out)
    bring_up = [Bullet(text, label=title) for text, title in told if text not in said]
    blocks: list[Block] = [Heading(1, messages.HOW_FIRM), Text(said), *bring_up]
    if more:
        names = listed(name_of(rules, each.question) for each in more)
        blocks.append(Text(f"{names}.", label=messages.ALSO_OPEN))
    if bring_up:
        blocks.append(Text(messages.ONE_AT_A_TIME))
    if firmness.half_tried and (firmness.hangs_on or firmness.about_equal):
        blocks.append(Text(not_all_tried(rules, firmness)))
    return blocks


def not_all_tried(rules: RuleSet, firmness: Firmness) -> str:
    """Which questions have more answers than were tried."""
    names = listed(name_of(rules, question) for question in firmness.half_tried)
    return f"{messages.HALF_TRIED} {names}."


def what_would_change(rules: RuleSet, decision: Decision, explained: Explanation) -> list[Block]:
    """What a person could change, told as life. Nothing where no change would matter."""
    if not explained.would_change:
        return []
    return [
        Heading(1, messages.WOULD_CHANGE),
        *(Bullet(change_told(rules, decision, change)) for change in explained.would_change),
    ]


def nothing_would_change(rules: RuleSet, decision: Decision) -> list[Block]:
    """What was tried, where no change is told. Nothing where there was nothing to try."""
    if decision.hold:
        return [Heading(1, messages.WOULD_CHANGE), Text(messages.WAITS_TILL_SAFE)]
    tried = tried_questions(rules, decision)
    if tried:
        names = listed(names_of(rules, tried))
        return [Heading(1, messages.WOULD_CHANGE), Text(messages.tried(names))]
    if any(q.can_change and decision.view.get(q.id, "") is None for q in rules.questions):
        return [Heading(1, messages.WOULD_CHANGE), Text(messages.TOO_LITTLE_KNOWN)]
    return []


def _if_known(rules: RuleSet, each: HangsOn) -> str:
    path = rules.path_by_id[each.top].name
    if isinstance(each.answer, str):
        return messages.if_known(label_of(rules, each.question, each.answer), path)
    chosen = tuple(each.answer)
    if any(q.derived is not None and q.derived.source == each.question for q in rules.questions):
        return messages.if_known(messages.so_many_of(len(chosen)), path)
    return messages.if_known("; ".join(label_of(rules, each.question, one) for one in chosen), path)


def _title(rules: RuleSet, question: str) -> str:
    return name_of(rules, question).capitalize()
