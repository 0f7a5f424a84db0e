"""All trials of one rule set: its examples, its people, and what they reach.

Why this module exists: the command, CI and the tests ask the same thing in one call.

It must not read files or word anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.case_file import Case
from pathfinder.ruletools.cases.coverage import Reached, coverage
from pathfinder.ruletools.cases.examples import Example, try_examples
from pathfinder.ruletools.cases.expectations import Judged, judge


class Trials(NamedTuple):
    """What was tried and what it came to."""

    examples: tuple[Example, ...]
    people: tuple[Judged, ...]
    reached: tuple[Reached, ...]

    @property
    def hold(self) -> bool:
        examples = all(each.holds for each in self.examples)
        return examples and all(each.holds for each in self.people)

    def below(self, percent: float) -> tuple[Reached, ...]:
        """The kinds of things of which the people reach less than this share."""
        return tuple(each for each in self.reached if each.percent < percent)


def run_trials(rules: RuleSet, cases: Sequence[Case]) -> Trials:
    """Try every example and every person."""
    people = tuple(judge(rules, case) for case in cases)
    return Trials(try_examples(rules), people, coverage(rules, people))
