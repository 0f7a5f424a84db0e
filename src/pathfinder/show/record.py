"""A short block for the counselor's record, at the end of a session with a client.

Why this module exists: a record says what was asked, what was answered, what the
tool found, and leaves a line for the judgement that counts, the counselor's own.

It must not read a clock: the date comes from the command.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pathfinder.logic import NOT_ASKED
from pathfinder.model import Question, RuleSet
from pathfinder.result import Decision
from pathfinder.show import words
from pathfinder.show.blocks import Block, Heading, Text
from pathfinder.show.naming import level_words, listed, question_words, was_derived


def record(
    rules: RuleSet,
    decision: Decision,
    answers: Mapping[str, object],
    date: str = "",
    own: Sequence[Block] | None = None,
) -> tuple[Block, ...]:
    """The session in short. Questions that don't apply are left out, open ones are named.

    `own`: the counselor's judgement, which stands beside the result. Without it a line is
    left for it.
    """
    passport = decision.passport
    rule_set = f"{passport.ruleset} {passport.version}, {passport.sha256[:12]}"
    blocks: list[Block] = [Heading(1, words.RECORD)]
    if date:
        blocks.append(Text(date, label=words.RECORD_DATE))
    blocks.append(Text(rule_set, label=words.RULES))
    blocks.append(Heading(2, words.RECORD_ANSWERS))
    for question in rules.questions:
        if decision.view.get(question.id, NOT_ASKED) is not NOT_ASKED:
            name = question_words(question.id).capitalize()
            blocks.append(Text(_answer(decision, question, answers), label=name))
        if _ends_here(rules, decision, question):
            break
    blocks += [Heading(2, words.RECORD_RESULT), *_result(rules, decision)]
    if own is None:
        return (*blocks, Text(words.BLANK, label=words.OWN_JUDGEMENT))
    return (*blocks, Heading(2, words.OWN_JUDGEMENT), *own)


def _ends_here(rules: RuleSet, decision: Decision, question: Question) -> bool:
    return question.id == rules.scope_question and decision.scope == "under_18"


def _answer(decision: Decision, question: Question, answers: Mapping[str, object]) -> str:
    if was_derived(question, decision.view):
        value = decision.view[question.id]
        if isinstance(value, str):
            return f"{question.label(value)} ({words.WORKED_OUT})"
    given = answers.get(question.id)
    if given is None:
        return words.NOT_ANSWERED
    if isinstance(given, str):
        return question.label(given)
    assert isinstance(given, Collection)
    # In the order of the question, whatever order they were given in.
    order = (*question.answers, "unsure", "skip")
    return "; ".join(question.label(answer) for answer in order if answer in given)


def _result(rules: RuleSet, decision: Decision) -> list[Block]:
    alerts = {alert.id: alert.title for alert in rules.alerts}
    steps = {step.id: step.title for step in rules.steps}
    fired = listed(alerts[alert.id] for alert in decision.alerts)
    blocks: list[Block] = [Text(fired or words.NOTHING, label=words.RECORD_ALERTS)]
    if decision.safe_level is None:
        blocks.append(Text(words.OUT_OF_SCOPE, label=words.RECORD_PATH))
    else:
        first = "; ".join(steps[step.id] for step in decision.first)
        level = level_words(rules, decision.safe_level)
        path = rules.path_by_id[decision.ranked[0].path].name
        blocks += [
            Text(level, label=words.SAFE_LEVEL),
            Text(first or words.NOTHING, label=words.RECORD_FIRST),
            Text(path, label=words.RECORD_PATH),
            Text(str(len(decision.to_check)), label=words.RECORD_CHECK),
        ]
    return blocks
