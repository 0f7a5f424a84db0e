"""The counselor's view: a result in twenty lines, third person, fact before reading.

Why this module exists: at intake there is time for one look. It names the level of care and
the rule that set it, what is unknown and matters, first steps, the first three paths with the
reason that decides, the compromise, and what to ask next.

It must not decide, leave an alert out, or add a line of its own beside one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.answer import answer
from pathfinder.pages.best_path import level_gates
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.phrases import first_sentence, listed, names_of, sentence

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
    titles = {step.id: step.title for step in rules.steps}
    told = [f"{titles[fired.id]} ({fired.rules[0]})" for fired in decision.first]
    return f"{'; '.join(told)}." if told else f"{NONE}."


def _paths(rules: RuleSet, decision: Decision, explained: Explanation | None) -> Iterable[Block]:
    """The first path with the strongest reason each way, the next with what decides."""
    top = decision.ranked[0]
    reasons = [f"{sign} {sentence(each[0].because)}" for sign, each in
               (("+", top.for_), ("-", top.against)) if each]  # fmt: skip
    for row in answer(rules, decision, explained).rows[:_PATHS]:
        told = " ".join(reasons) if row.rank == 1 else row.decides
        yield Text(told or AS_GOOD, label=f"{row.rank}. {row.name}")


def _compromise(rules: RuleSet, decision: Decision) -> Iterable[Block]:
    blocked = decision.if_not_possible
    if blocked is None:
        return
    barriers = sentence(listed(names_of(rules, blocked.barriers)))
    then = NO_LESSER
    if blocked.compromise is not None:
        then = sentence(rules.path_by_id[blocked.compromise].name)
    yield Text(f"{barriers} {then}", label=COMPROMISE)


def _next(rules: RuleSet, decision: Decision, explained: Explanation | None) -> str:
    found = _open(decision, explained)
    if not found:
        return f"{NONE}."
    asks = (rules.question_by_id[each].ask for each in found[:_ASKED])
    return " ".join(map(first_sentence, asks))
