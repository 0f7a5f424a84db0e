"""What to ask a professional: the answers that are open, and what each could bring up.

Why this module exists: "not sure" is never "no". What an open answer could bring, a person takes
along as a question, the urgent ones first, each once.

It must not drop a question that could still change what is safe: many are set closer together
instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.decision import Decision, ToCheck
from pathfinder.engine.ruleset import HelpLine, RuleSet
from pathfinder.pages import answer_messages as words
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import (
    kinds_of_open_alerts,
    listed,
    lower_first,
    names_of,
    steps_to_be_seen,
)

MANY_CHECKS = 8
"""From so many questions on, the most urgent stand apart and the answers are named once."""


@dataclass(slots=True)
class _Check:
    """One question for a professional; several rules may ask it."""

    text: str
    urgency: int
    questions: dict[str, None] = field(default_factory=dict)


def to_check(rules: RuleSet, decision: Decision) -> list[Block]:
    """Each question once, the urgent ones first."""
    checks = _grouped(rules, decision)
    if not checks:
        return []
    left_open = messages.NOT_A_NO if any(check.questions for check in checks) else ""
    head: list[Block] = [
        Heading(1, messages.TO_CHECK),
        Text(f"{left_open} {messages.TO_CHECK_WHY}".strip()),
    ]
    if len(checks) < MANY_CHECKS:
        open_ = {tuple(check.questions) for check in checks}
        if len(checks) > 1 and len(open_) == 1 and any(open_):  # the same stands behind each
            names = listed(names_of(rules, next(iter(open_))))
            label = messages.OPEN_ANSWERS_ALL
            return [*head, Text(f"{names}.", label=label), *(Bullet(c.text) for c in checks)]
        return head + [Bullet(" ".join([check.text, *_open(rules, check)])) for check in checks]
    for urgency, title in enumerate(
        (messages.CHECK_FIRST, messages.CHECK_LEVEL, messages.CHECK_PATHS)
    ):
        lines = [Bullet(check.text) for check in checks if check.urgency == urgency]
        if lines:
            head += [Heading(2, title), *lines]
    everything = dict.fromkeys(name for check in checks for name in check.questions)
    return [*head, Text(f"{listed(names_of(rules, everything))}.", label=messages.OPEN_ANSWERS_ALL)]


def _grouped(rules: RuleSet, decision: Decision) -> list[_Check]:
    found: dict[str, _Check] = {}
    for check in sorted(able_to_move(rules, decision), key=lambda check: _urgency(rules, check)):
        # Sorted by urgency: the most urgent rule that asks a question places it.
        entry = found.setdefault(check.because, _Check(check.because, _urgency(rules, check)))
        entry.questions.update(dict.fromkeys(_left_open(rules, decision, check)))
    return list(found.values())


def able_to_move(rules: RuleSet, decision: Decision) -> list[ToCheck]:
    """Without the gates that ask for no more care than is certain to be called for anyway, or take
    out nothing but what is less, and without what a first step that stands there has answered.

    A gate at work by a guess is in the list itself: what it asks for isn't certain.
    """
    told = {
        (step.id, rule.check)
        for step in decision.first
        for rule in rules.first_rules
        if rule.id in step.rules
    }
    soon = steps_to_be_seen(rules, decision)
    guessed = {check.rule for check in decision.to_check}
    at_work = {rule for entry in decision.set_aside for rule in entry.rules} - guessed
    sure = [g.at_least for g in rules.gates if g.id in at_work and g.at_least is not None]
    floor = max((rules.level_rank[level] for level in sure), default=0)
    return [
        check
        for check in decision.to_check
        if (
            (check.effect != "gate" and (*check.target[:1], check.because) not in told)
            # Who is to be seen today need not ask how soon.
            and not (check.effect == "first" and soon.intersection(check.target))
        )
        or check.rule in {rule for entry in decision.set_aside for rule in entry.rules}
        or (check.effect == "gate" and any(_rank(rules, each) > floor for each in check.target))
    ]


def may_be_danger(rules: RuleSet, decision: Decision) -> str:
    """Whom to call now, should it be so: where nobody said that no life is in danger, and where
    thoughts of dying are neither known nor denied: not where an alarm names that number already."""
    kinds = kinds_of_open_alerts(rules, decision)
    said = []
    for kind, text in (
        ("emergency", words.may_be_danger),
        ("violence", words.may_be_hurt),
        ("suicide", words.may_be_thoughts),
    ):
        line = next((line for line in decision.help_lines if kind in line.kinds), None)
        if kind == "violence":
            line = line_if_hurt(rules, decision)
        if kind not in kinds or line is None:
            continue
        if kind == "emergency" or not (decision.hold and "emergency" in line.kinds):
            said.append(text(lower_first(line.number)))
    return " ".join(said)


def line_if_hurt(rules: RuleSet, decision: Decision) -> HelpLine | None:
    """The line that is made for violence and for everybody, where danger is open. A line for some
    is told among the help lines, by its name."""
    if "violence" not in kinds_of_open_alerts(rules, decision):
        return None
    made = (line for line in decision.help_lines if line.kinds[0] == "violence")
    return next((line for line in made if not line.for_some), None)


def _rank(rules: RuleSet, target: str) -> int:
    """How much care a gate asks for, or, just above it, a path that it takes out: of those that
    are out for their level anyway, nothing need be asked."""
    path = rules.path_by_id.get(target)
    return rules.level_rank[target] if path is None else rules.level_rank[path.level] + 1


def _left_open(rules: RuleSet, decision: Decision, check: ToCheck) -> Sequence[str]:
    """The questions that have no answer. One may have, and hang on another that has none."""
    behind = (questions_in(rules.question_by_id[each].ask_when) for each in check.questions)
    for names in (check.questions, (name for each in behind for name in each)):
        if open_ := [each for each in dict.fromkeys(names) if decision.view.get(each) is None]:
            return open_
    return ()


def _urgency(rules: RuleSet, check: ToCheck) -> int:
    """0: alerts and first steps, 1: how much care is safe, 2: which paths are set aside."""
    if check.effect in ("alert", "first"):
        return 0
    paths_only = check.effect == "gate" and check.target[0] not in rules.level_rank
    return 2 if paths_only else 1


def _open(rules: RuleSet, check: _Check) -> list[str]:
    """Which answers are open, by name, but for what the question to ask names itself."""
    names = [each for each in names_of(rules, check.questions) if each not in check.text]
    return [messages.hangs_on(listed(names))] if names else []
