"""How firm a result is, and what would change it, in sentences.

Why this module exists: the result page and the explanation say both in the same words.

It must not work anything out: `explain` has tried it.
"""

from __future__ import annotations

from pathfinder.engine.conditions import NOT_ASKED
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.explain.counterfactuals import tried_questions
from pathfinder.engine.explain.firmness import Firmness, HangsOn
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.changes import change_told, label_of
from pathfinder.pages.phrases import listed, name_of, names_of

SPELLED_OUT = 5
"""So many open answers are told with what they could bring up; the rest are named in one line."""


def firm_or_close(rules: RuleSet, firmness: Firmness, decision: Decision) -> str:
    """One or two sentences; what it hangs on is named."""
    if firmness.firm:
        something_open = any(value is None for value in decision.view.values())
        if len(decision.ranked) == 1:
            return messages.ONLY_ONE_THOUGH_OPEN if something_open else messages.ONLY_ONE
        return messages.FIRM_THOUGH_OPEN if something_open else messages.FIRM
    if not firmness.hangs_on:
        return messages.CLOSE if firmness.about_equal else not_all_tried(rules, firmness)
    names = listed(name_of(rules, each.question) for each in firmness.hangs_on)
    if little_known(decision, firmness):
        return f"{messages.LITTLE_KNOWN} {names}."
    lead = messages.CLOSE_AND_IF_KNOWN if firmness.about_equal else messages.CLOSE_IF_KNOWN
    return f"{lead} {names}."


def little_known(decision: Decision, firmness: Firmness) -> bool:
    """More open answers could put another path first than there are answers: it is a guess yet."""
    known = sum(value is not None and value != NOT_ASKED for value in decision.view.values())
    return len(firmness.hangs_on) > known


def how_firm(rules: RuleSet, decision: Decision, explained: Explanation) -> list[Block]:
    """How firm the first place is, and which path each open answer could bring up."""
    firmness = explained.firmness
    spelled_out, more = firmness.hangs_on[:SPELLED_OUT], firmness.hangs_on[SPELLED_OUT:]
    blocks: list[Block] = [
        Heading(1, messages.HOW_FIRM),
        Text(firm_or_close(rules, firmness, decision)),
        *(
            Bullet(_if_known(rules, each), label=_title(rules, each.question))
            for each in spelled_out
        ),
    ]
    if more:
        names = listed(name_of(rules, each.question) for each in more)
        blocks.append(Text(f"{names}.", label=messages.ALSO_OPEN))
    if spelled_out:
        blocks.append(Text(messages.ONE_AT_A_TIME))
    if firmness.half_tried and (firmness.hangs_on or firmness.about_equal):
        blocks.append(Text(not_all_tried(rules, firmness)))
    return blocks


def not_all_tried(rules: RuleSet, firmness: Firmness) -> str:
    """Which questions have more answers than were tried."""
    names = listed(name_of(rules, question) for question in firmness.half_tried)
    return f"{messages.HALF_TRIED} {names}."


def what_would_change(rules: RuleSet, explained: Explanation) -> list[Block]:
    """What a person could change, told as life. Nothing where no change would matter."""
    if not explained.would_change:
        return []
    return [
        Heading(1, messages.WOULD_CHANGE),
        Text(messages.ABOUT_YOUR_LIFE),
        *(Bullet(change_told(rules, change)) for change in explained.would_change),
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
