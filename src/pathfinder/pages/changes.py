"""What a person could change, each in a sentence: the same on a page and in JSON.

Why this module exists: a result as JSON carries these sentences, and must not pay
for the page at every start (`tests/test_startup.py`).

It must not know blocks, or work anything out.
"""

from __future__ import annotations

from pathfinder.engine.explain.counterfactuals import Change
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.messages import name_of, names_of


def change_told(rules: RuleSet, change: Change) -> str:
    """A change and what comes of it: "If you had a safe and steady place to sleep, …"."""
    clauses = [
        told or messages.answer_were(name_of(rules, question), label_of(rules, question, answer))
        for (question, answer), told in zip(change.changes.items(), change.told, strict=True)
    ]
    return messages.would_be(" and ".join(clauses), _effect(rules, change))


def _effect(rules: RuleSet, change: Change) -> str:
    if change.effect == "obstacle":
        return messages.LESS_IN_THE_WAY if change.barriers_left else messages.NOTHING_IN_THE_WAY
    lead = messages.COMES_FIRST if change.effect == "top" else messages.OPENS_UP
    effect = f"{lead} {rules.path_by_id[change.path].name}"
    if change.effect == "top" and change.barriers_left:
        names = ", ".join(names_of(rules, change.barriers_left))
        return f"{effect}. {messages.still_in_the_way(names).rstrip('.')}"
    return effect


def label_of(rules: RuleSet, question: str, answer: str) -> str:
    """The person's words for an answer, without the full stop."""
    return rules.question_by_id[question].label(answer).rstrip(".")
