"""The counselor's view, and the short block for their record at the end of a session.

Why this module exists: at intake there is time for one look. The view names the level of care
and the rule that set it, what is unknown and matters, first steps, the first three paths with the
reason that decides, the compromise, and what to ask next: twenty lines, third person, fact before
reading. The record says what was asked, what was answered, what the tool found, and leaves a line
for the judgement that counts, the counselor's own.

It must not decide, leave an alert out, add a line of its own beside one, or read a clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from pathfinder.engine.conditions import NOT_ASKED, View
from pathfinder.engine.decision import UNDER_18, Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.flow import applicable
from pathfinder.engine.question import SKIP, UNSURE, Answers, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages, record_messages
from pathfinder.pages.answer import answer
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.how_much_care import level_gates
from pathfinder.pages.phrases import (
    first_sentence,
    level_words,
    listed,
    name_of,
    names_of,
    sentence,
    stands_in,
    was_derived,
)
from pathfinder.pages.plain_names import way_names

TITLE: Final = "For the counselor"
ALERT: Final = "Alert"
LEVEL: Final = "Least care that is safe"
UNKNOWN: Final = "Unknown, and it matters"
FIRST: Final = "First steps"
COMPROMISE: Final = "If it can't be done now"
NEXT: Final = "Ask next"
NONE: Final = "none"
AS_GOOD: Final = "As good as the first."
NO_RULE: Final = "No rule asks for more."
NOTHING_OPEN: Final = "Nothing is open that would change this."
NO_LESSER: Final = "No lesser path is safe. Ask what a program can make possible."
_OPEN = 3
_ASKED = 2
_PATHS = 3


def counselor_view(
    rules: RuleSet, decision: Decision, explained: Explanation | None
) -> tuple[Block, ...]:
    """The view of a decision that ranks a path."""
    return (
        Heading(1, TITLE),
        *_alerts(rules, decision),
        Text(_level(rules, decision), label=LEVEL),
        Text(_unknown(rules, decision, explained), label=UNKNOWN),
        Text(_first(rules, decision), label=FIRST),
        *_paths(rules, decision, explained),
        *_compromise(rules, decision),
        Text(_next(rules, decision, explained), label=NEXT),
    )


def _alerts(rules: RuleSet, decision: Decision) -> Iterable[Block]:
    alerts = {alert.id: alert for alert in rules.alerts}
    for fired in decision.alerts:
        alert = alerts[fired.id]
        text = f"{sentence(alert.title)} {alert.for_counselor}".strip()
        yield Text(text, label=ALERT, role="alert")


def _level(rules: RuleSet, decision: Decision) -> str:
    assert decision.safe_level is not None
    level = sentence(rules.levels[rules.level_rank[decision.safe_level]].name)
    gates = level_gates(rules, decision)
    if not gates:
        return f"{level} {NO_RULE}"
    gate, because, _ = gates[0]
    return f"{level} {first_sentence(because)} ({gate.id})"


def _open(decision: Decision, explained: Explanation | None) -> list[str]:
    """Open answers that safety hangs on, then those that another first path hangs on."""
    checks = [check for check in decision.to_check if check.effect in ("alert", "first", "gate")]
    found = dict.fromkeys(question for check in checks for question in check.questions)
    if explained is not None:
        found |= dict.fromkeys(each.question for each in explained.firmness.hangs_on)
    return list(found)


def _unknown(rules: RuleSet, decision: Decision, explained: Explanation | None) -> str:
    found = _open(decision, explained)
    if not found:
        return NOTHING_OPEN
    more = f", and {len(found) - _OPEN} more" if len(found) > _OPEN else ""
    return f"{listed(names_of(rules, found[:_OPEN]))}{more}."


def _first(rules: RuleSet, decision: Decision) -> str:
    titles = {step.id: step.titled(decision.view) for step in rules.steps}
    told = [f"{titles[fired.id]} ({fired.rules[0]})" for fired in decision.first]
    return f"{'; '.join(told)}." if told else f"{NONE}."


def _paths(rules: RuleSet, decision: Decision, explained: Explanation | None) -> Iterable[Block]:
    """The first path with the strongest reason each way, the next with what decides."""
    top = decision.ranked[0]
    reasons = [f"{sign} {sentence(each[0].because)}" for sign, each in
               (("+", top.for_), ("-", top.against)) if each]  # fmt: skip
    for row in answer(rules, decision, explained).rows[:_PATHS]:
        told = " ".join(reasons) if row.rank == 1 else row.decides
        near = AS_GOOD if row.equal else messages.LESS_FOR_IT
        yield Text(told or near, label=f"{row.rank}. {row.name}")


def _compromise(rules: RuleSet, decision: Decision) -> Iterable[Block]:
    blocked = decision.if_not_possible
    if blocked is None:
        return
    barriers = sentence(listed(way_names(rules, decision, blocked.barriers)))
    then = NO_LESSER
    begin = stands_in(rules, decision)
    if begin is not None:
        then = sentence(rules.path_by_id[begin].name)
    yield Text(f"{barriers} {then}", label=COMPROMISE)


def _next(rules: RuleSet, decision: Decision, explained: Explanation | None) -> str:
    found = _open(decision, explained)
    if not found:
        return f"{NONE}."
    asks = (rules.question_by_id[each].ask for each in found[:_ASKED])
    return " ".join(map(first_sentence, asks))


def record(
    rules: RuleSet,
    decision: Decision,
    answers: Answers,
    date: str = "",
    own: Sequence[Block] | None = None,
) -> tuple[Block, ...]:
    """The session in short. Questions that don't apply are left out, open ones are named.

    `own`: the counselor's judgement, which stands beside the result. Without it a line is
    left for it.
    """
    passport = decision.passport
    rule_set = f"{passport.ruleset} {passport.version}, {passport.sha256[:12]}"
    blocks: list[Block] = [Heading(1, record_messages.RECORD)]
    if date:
        blocks.append(Text(date, label=record_messages.RECORD_DATE))
    blocks.append(Text(rule_set, label=messages.RULES))
    blocks.append(Heading(2, record_messages.RECORD_ANSWERS))
    asked = {question.id for question in applicable(rules, answers)}
    for question in rules.questions:
        # An answer taken over from another question was never asked for by itself.
        told = question.id in asked or was_derived(question, decision.view)
        if told and decision.view.get(question.id, NOT_ASKED) is not NOT_ASKED:
            name = name_of(rules, question.id).capitalize()
            blocks.append(Text(_answer(decision, question, answers), label=name))
        if _ends_here(rules, decision, question):
            break
    blocks += [Heading(2, record_messages.RECORD_RESULT), *_result(rules, decision, answers)]
    if own is None:
        return (*blocks, Text(record_messages.BLANK, label=record_messages.OWN_JUDGEMENT))
    return (*blocks, Heading(2, record_messages.OWN_JUDGEMENT), *own)


def _ends_here(rules: RuleSet, decision: Decision, question: Question) -> bool:
    return question.id == rules.scope_question and decision.scope == UNDER_18


def _answer(decision: Decision, question: Question, answers: Answers) -> str:
    if was_derived(question, decision.view):
        value = decision.view[question.id]
        if isinstance(value, str):
            return f"{question.label(value)} ({record_messages.WORKED_OUT})"
    given = answers.get(question.id)
    if given is None:
        return record_messages.NOT_ANSWERED
    if isinstance(given, str):
        return question.label(given)
    assert isinstance(given, Collection)
    # In the order of the question, whatever order they were given in.
    order = (*question.answers, "unsure", "skip")
    return "; ".join(question.label(answer) for answer in order if answer in given)


def _result(rules: RuleSet, decision: Decision, answers: Answers) -> list[Block]:
    steps = {step.id: step.titled(decision.view) for step in rules.steps}
    fired = "; ".join(
        alert_told(rules, decision.view, alert.id, alert.rules) for alert in decision.alerts
    )
    blocks: list[Block] = [
        Text(fired or record_messages.NOTHING, label=record_messages.RECORD_ALERTS)
    ]
    if decision.hold:
        blocks.insert(0, Text(record_messages.RECORD_HOLDS, label=record_messages.RECORD_HELD))
    if decision.safe_level is None:
        blocks.append(Text(record_messages.OUT_OF_SCOPE, label=record_messages.RECORD_PATH))
    else:
        first = "; ".join(steps[step.id] for step in decision.first)
        level = level_words(rules, decision.safe_level)
        path = rules.path_by_id[decision.ranked[0].path].name
        blocks += [
            Text(level, label=messages.SAFE_LEVEL),
            Text(first or record_messages.NOTHING, label=record_messages.RECORD_FIRST),
            Text(path, label=record_messages.RECORD_PATH),
            Text(_left_open(rules, answers), label=record_messages.RECORD_CHECK),
        ]
    return blocks


def alert_told(rules: RuleSet, view: View, id_: str, fired: Collection[str]) -> str:
    """An alert by its title, with the answers for which it came. `fired`: the rules that did."""
    title = next((alert.title for alert in rules.alerts if alert.id == id_), id_)
    told = []
    for rule in rules.alert_rules:
        leaves = rule.when.leaves() if rule.id in fired else ()
        for leaf in leaves:
            if leaf.holds(view) is True:
                question = rules.question_by_id[leaf.question]
                value = view[question.id]
                given = leaf.accepts & (value if isinstance(value, frozenset) else {value})
                labels = [question.label(each) for each in question.answers if each in given]
                told.append(f"{name_of(rules, question.id)}: {'; '.join(labels)}")
    return f"{title} ({'; '.join(dict.fromkeys(told))})" if told else title


def _left_open(rules: RuleSet, answers: Answers) -> str:
    """How many questions of this person's path have no answer, of how many."""
    asked = applicable(rules, answers)
    open_ = [q for q in asked if answers.get(q.id) in (None, UNSURE, SKIP)]
    return messages.some_of(len(open_), len(asked))
