"""What a person could change, each change in a sentence: "If you had a safe place, …".

Why this module exists: the pages and the JSON tell a change in the same words.

It must not find a change: the explanation has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.messages import label_of, name_of
from pathfinder.pages.plain_names import way_names

if TYPE_CHECKING:
    from pathfinder.engine.explain.firmness import Change


def change_told(rules: RuleSet, decision: Decision, change: Change) -> str:
    """A change and what comes of it: "If you slept where it is safe, …"."""
    clauses = [
        told or messages.answer_were(name_of(rules, question), label_of(rules, question, answer))
        for (question, answer), told in zip(change.changes.items(), change.told, strict=True)
    ]
    told = messages.would_be(" and ".join(clauses), _effect(rules, decision, change))
    return f"{told} {messages.BEFORE_LESS}" if change.less_care else told


def _effect(rules: RuleSet, decision: Decision, change: Change) -> str:
    if change.effect == "obstacle":
        return messages.LESS_IN_THE_WAY if change.barriers_left else messages.NOTHING_IN_THE_WAY
    lead = messages.COMES_FIRST if change.effect == "top" else messages.OPENS_UP
    effect = f"{lead} {rules.path_by_id[change.path].name}"
    if change.effect == "top" and change.barriers_left:
        names = ", ".join(way_names(rules, decision, change.barriers_left))
        return f"{effect}. {messages.still_in_the_way(names).rstrip('.')}"
    return effect
