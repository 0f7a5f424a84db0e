"""How firm a result is, and what would change it, in sentences.

Why this module exists: the result page and the explanation say both in the same words.

It must not work anything out: `explain` has tried it.
"""

from __future__ import annotations

from pathfinder.explain import Explanation
from pathfinder.explain.firmness import Firmness, HangsOn
from pathfinder.explain.would_change import tried_questions
from pathfinder.model import RuleSet
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.blocks import Block, Bullet, Heading, Text
from pathfinder.show.changes import change_told, label_of
from pathfinder.show.naming import listed, question_words

SPELLED_OUT = 5
"""So many open answers are told with what they could bring up; the rest are named in one line."""


def firm_or_close(firmness: Firmness, decision: Decision) -> str:
    """One or two sentences; what it hangs on is named."""
    if firmness.firm:
        something_open = any(value is None for value in decision.view.values())
        if len(decision.ranked) == 1:
            return words.ONLY_ONE_THOUGH_OPEN if something_open else words.ONLY_ONE
        return words.FIRM_THOUGH_OPEN if something_open else words.FIRM
    if not firmness.hangs_on:
        return words.CLOSE
    names = listed(question_words(each.question) for each in firmness.hangs_on)
    lead = words.CLOSE_AND_IF_KNOWN if firmness.about_equal else words.CLOSE_IF_KNOWN
    return f"{lead} {names}."


def how_firm(rules: RuleSet, decision: Decision, explained: Explanation) -> list[Block]:
    """How firm the first place is, and which path each open answer could bring up."""
    firmness = explained.firmness
    spelled_out, more = firmness.hangs_on[:SPELLED_OUT], firmness.hangs_on[SPELLED_OUT:]
    blocks: list[Block] = [
        Heading(1, words.HOW_FIRM),
        Text(firm_or_close(firmness, decision)),
        *(Bullet(_if_known(rules, each), label=_title(each.question)) for each in spelled_out),
    ]
    if more:
        names = listed(question_words(each.question) for each in more)
        blocks.append(Text(f"{names}.", label=words.ALSO_OPEN))
    if spelled_out:
        blocks.append(Text(words.ONE_AT_A_TIME))
    return blocks


def what_would_change(rules: RuleSet, explained: Explanation) -> list[Block]:
    """What a person could change, told as life. Nothing where no change would matter."""
    if not explained.would_change:
        return []
    return [
        Heading(1, words.WOULD_CHANGE),
        Text(words.ABOUT_YOUR_LIFE),
        *(Bullet(change_told(rules, change)) for change in explained.would_change),
    ]


def nothing_would_change(rules: RuleSet, decision: Decision) -> list[Block]:
    """What was tried, where no change is told. Nothing where there was nothing to try."""
    if decision.hold:
        return [Heading(1, words.WOULD_CHANGE), Text(words.WAITS_TILL_SAFE)]
    tried = tried_questions(rules, decision)
    if tried:
        names = listed(map(question_words, tried))
        return [Heading(1, words.WOULD_CHANGE), Text(words.tried(names))]
    if any(q.can_change and decision.view.get(q.id, "") is None for q in rules.questions):
        return [Heading(1, words.WOULD_CHANGE), Text(words.TOO_LITTLE_KNOWN)]
    return []


def _if_known(rules: RuleSet, each: HangsOn) -> str:
    path = rules.path_by_id[each.top].name
    if isinstance(each.answer, str):
        return words.if_known(label_of(rules, each.question, each.answer), path)
    chosen = tuple(each.answer)
    if any(q.derived is not None and q.derived.source == each.question for q in rules.questions):
        return words.if_known(words.so_many_of(len(chosen)), path)
    return words.if_known("; ".join(label_of(rules, each.question, one) for one in chosen), path)


def _title(question: str) -> str:
    return question_words(question).capitalize()
