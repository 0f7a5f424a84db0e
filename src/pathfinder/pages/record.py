"""A short block for the counselor's record, at the end of a session with a client.

Why this module exists: a record says what was asked, what was answered, what the
tool found, and leaves a line for the judgement that counts, the counselor's own.

It must not read a clock: the date comes from the command.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pathfinder.engine.conditions import NOT_ASKED, View
from pathfinder.engine.decision import UNDER_18, Decision
from pathfinder.engine.flow import applicable
from pathfinder.engine.question import SKIP, UNSURE, Answers, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.phrases import level_words, name_of, was_derived


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
    blocks: list[Block] = [Heading(1, messages.RECORD)]
    if date:
        blocks.append(Text(date, label=messages.RECORD_DATE))
    blocks.append(Text(rule_set, label=messages.RULES))
    blocks.append(Heading(2, messages.RECORD_ANSWERS))
    asked = {question.id for question in applicable(rules, answers)}
    for question in rules.questions:
        # An answer taken over from another question was never asked for by itself.
        told = question.id in asked or was_derived(question, decision.view)
        if told and decision.view.get(question.id, NOT_ASKED) is not NOT_ASKED:
            name = name_of(rules, question.id).capitalize()
            blocks.append(Text(_answer(decision, question, answers), label=name))
        if _ends_here(rules, decision, question):
            break
    blocks += [Heading(2, messages.RECORD_RESULT), *_result(rules, decision, answers)]
    if own is None:
        return (*blocks, Text(messages.BLANK, label=messages.OWN_JUDGEMENT))
    return (*blocks, Heading(2, messages.OWN_JUDGEMENT), *own)


def _ends_here(rules: RuleSet, decision: Decision, question: Question) -> bool:
    return question.id == rules.scope_question and decision.scope == UNDER_18


def _answer(decision: Decision, question: Question, answers: Answers) -> str:
    if was_derived(question, decision.view):
        value = decision.view[question.id]
        if isinstance(value, str):
            return f"{question.label(value)} ({messages.WORKED_OUT})"
    given = answers.get(question.id)
    if given is None:
        return messages.NOT_ANSWERED
    if isinstance(given, str):
        return question.label(given)
    assert isinstance(given, Collection)
    # In the order of the question, whatever order they were given in.
    order = (*question.answers, "unsure", "skip")
    return "; ".join(question.label(answer) for answer in order if answer in given)


def _result(rules: RuleSet, decision: Decision, answers: Answers) -> list[Block]:
    steps = {step.id: step.title for step in rules.steps}
    fired = "; ".join(
        alert_told(rules, decision.view, alert.id, alert.rules) for alert in decision.alerts
    )
    blocks: list[Block] = [Text(fired or messages.NOTHING, label=messages.RECORD_ALERTS)]
    if decision.hold:
        blocks.insert(0, Text(messages.RECORD_HOLDS, label=messages.RECORD_HELD))
    if decision.safe_level is None:
        blocks.append(Text(messages.OUT_OF_SCOPE, label=messages.RECORD_PATH))
    else:
        first = "; ".join(steps[step.id] for step in decision.first)
        level = level_words(rules, decision.safe_level)
        path = rules.path_by_id[decision.ranked[0].path].name
        blocks += [
            Text(level, label=messages.SAFE_LEVEL),
            Text(first or messages.NOTHING, label=messages.RECORD_FIRST),
            Text(path, label=messages.RECORD_PATH),
            Text(_left_open(rules, answers), label=messages.RECORD_CHECK),
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
