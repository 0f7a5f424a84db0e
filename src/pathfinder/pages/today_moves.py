"""Which move is the one for today, and what an emergency is for this person.

Why this module exists: the short answer, the plan and the JSON of a plan must name the same one.

It chooses by how a move begins, and among the moves of the decision alone, in their order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pathfinder.engine.decision import Decision
from pathfinder.engine.question import told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.phrases import first_sentence, lower_first

WHAT_NOT: Final = "Don't "
NO_STEP: Final = ("If ", "Keep ", WHAT_NOT)
"""How a move begins that may not concern the person, goes on anyway, or says what not to do."""


def emergency_told(rules: RuleSet, decision: Decision) -> str:
    """What an emergency is for who has a first step, with the number to call; empty in one."""
    if decision.hold:
        return ""
    steps = {step.id: step for step in rules.steps}
    moves = (move for each in decision.first for move in told(steps[each.id].moves, decision.view))
    said = next((first_sentence(move.text) for move in moves if move.emergency), "")
    call = next((line.number for line in decision.help_lines if "emergency" in line.kinds), "")
    if not (said and call):
        return said
    # Where no number is known, words stand in its place.
    return f"{said.rstrip('.')}: {call if call[0].isdigit() else f'call {lower_first(call)}'}."


def move_for_today(moves: Iterable[str]) -> str:
    """Of some moves the first that surely concerns the person; empty where there is none."""
    return min(moves, key=lambda each: each.startswith(NO_STEP), default="")
