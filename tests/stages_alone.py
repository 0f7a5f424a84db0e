"""One stage of what a counselor is asked after a result, asked alone: for the tests of that stage.

The program asks them as one conversation (`commands/intake.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.agreeing import Agreeing, Given, Steps, WhatWasDone
from pathfinder.sessions.judging import JudgedBefore, Judging
from pathfinder.sessions.model import Agreed, Held, Judgement, StepWord
from pathfinder.sessions.prompts import LinePrompter, from_the_first


def ask_judgement(
    lines: LinePrompter, rules: RuleSet, decision: Decision, before: JudgedBefore | None = None
) -> Judgement | None:
    """The counselor's own judgement alone, or None where it is left open."""
    judging = Judging(lines, rules, decision, before)
    from_the_first(lines, judging)
    return judging.judgement


def ask_steps(
    lines: LinePrompter, rules: RuleSet, given: Given, before: Sequence[StepWord] = ()
) -> tuple[StepWord, ...]:
    """What became of each first step. Those of before that are first steps no more go."""
    steps = Steps(lines, rules, given, before)
    from_the_first(lines, steps)
    return steps.words


def ask_agreed(lines: LinePrompter, id_: str, before: Agreed | None = None) -> Agreed | None:
    """What was agreed, or `before` where nothing is written now."""
    plan = Agreeing(lines, id_, before)
    from_the_first(lines, plan)
    return plan.agreed


def ask_done(lines: LinePrompter, held: Held) -> Held:
    """What was done after an intake was stopped for safety, and no next contact."""
    done = WhatWasDone(lines, held)
    from_the_first(lines, done)
    return done.held
