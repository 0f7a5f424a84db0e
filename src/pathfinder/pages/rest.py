"""What stands beside and behind the paths: things to add, open questions, sources.

Why this module exists: these parts are the same for every path, and a person who
stops reading before them has missed nothing that is urgent.

It must not drop an open question: many of them are set closer together instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathfinder.engine.decision import Decision, ToCheck
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.best_path import explaining_notes
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import Cites, cited, listed, names_of

MANY_CHECKS = 8
"""From so many questions on, the most urgent stand apart and the answers are named once."""


def supports(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    if not decision.supports:
        return []
    texts = {support.id: support for support in rules.supports}
    blocks: list[Block] = [Heading(1, messages.SUPPORTS)]
    for fired in decision.supports:
        support = texts[fired.id]
        blocks.append(Heading(2, support.title))
        for because, grounds in zip(fired.because, fired.grounds, strict=True):
            blocks.append(Bullet(cite(because, grounds)))
        blocks.append(Text(cite(support.text, support.grounds)))
    return blocks


def good_to_know(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The notes for this person, but those that stand above the path."""
    told = {note.id for note in decision.notes} - explaining_notes(rules, decision)
    notes = [Bullet(cite(r.because, r.grounds)) for r in rules.note_rules if r.id in told]
    return [Heading(1, messages.GOOD_TO_KNOW), *notes] if notes else []


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
    head: list[Block] = [Heading(1, messages.TO_CHECK), Text(messages.TO_CHECK_WHY)]
    if len(checks) < MANY_CHECKS:
        return head + [
            Bullet(f"{check.text} {messages.hangs_on(_names(rules, check.questions))}")
            for check in checks
        ]
    head.append(Text(messages.TO_CHECK_MANY))
    for urgency, title in enumerate(
        (messages.CHECK_FIRST, messages.CHECK_LEVEL, messages.CHECK_PATHS)
    ):
        lines = [Bullet(check.text) for check in checks if check.urgency == urgency]
        if lines:
            head += [Heading(2, title), *lines]
    everything = dict.fromkeys(name for check in checks for name in check.questions)
    return [*head, Text(f"{_names(rules, everything)}.", label=messages.OPEN_ANSWERS_ALL)]


def _grouped(rules: RuleSet, decision: Decision) -> list[_Check]:
    found: dict[str, _Check] = {}
    for check in sorted(decision.to_check, key=lambda check: _urgency(rules, check)):
        # Sorted by urgency: the most urgent rule that asks a question places it.
        entry = found.setdefault(check.because, _Check(check.because, _urgency(rules, check)))
        entry.questions.update(dict.fromkeys(check.questions))
    return list(found.values())


def _urgency(rules: RuleSet, check: ToCheck) -> int:
    """0: alerts and first steps, 1: how much care is safe, 2: which paths are set aside."""
    if check.effect in ("alert", "first"):
        return 0
    paths_only = check.effect == "gate" and check.target[0] not in rules.level_rank
    return 2 if paths_only else 1


def _names(rules: RuleSet, questions: dict[str, None]) -> str:
    return listed(names_of(rules, questions))


def about_result(rules: RuleSet, cite: Cites) -> list[Block]:
    said = rules.texts
    texts = (said.not_a_diagnosis, said.assessment, said.review, said.update_policy, said.who_paid)
    return [
        Heading(1, messages.ABOUT_RESULT),
        *(Text(cite(passage.text, passage.grounds)) for passage in texts if passage),
    ]


def where_from(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """Every source that a number on the page names, with what its publisher may gain."""
    evidence = rules.texts.evidence
    passport = decision.passport
    text = cite(evidence.text, evidence.grounds)
    return [
        Heading(1, messages.SOURCES),
        Text(text),
        Text(messages.NUMBERS),
        *cited(rules, cite),
        Text(messages.NO_GAIN_NAMED),
        Text(messages.ALL_SOURCES),
        Text(
            messages.passport(
                f"{passport.ruleset} {passport.version}",
                passport.sha256[:12],
                passport.app,
                rules.reviewed_on,
                rules.review_next,
            ),
            label=messages.RULES,
        ),
    ]
