"""The examples inside the rules: for `fires` the rule must fire, for `quiet` it must not.

Why this module exists: a rule that is changed and no longer does what its own examples
say is the slip that is made most often.

It must not look at any other rule: what they come to together is for the cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.answers import check_answers
from pathfinder.interview import view_of
from pathfinder.logic import Truth, unknown_in
from pathfinder.model import AlertRule, FirstRule, RuleSet
from pathfinder.trials.firing import Safety, safety_rules, truth_of


class Example(NamedTuple):
    """One example, tried. `kind` is `fires` or `quiet`; `truth` is what the rule came to.

    `open` holds the unknown questions that the rule hangs on, where it hangs on any.
    """

    rule: str
    section: str
    factor: str
    kind: str
    answers: Mapping[str, object]
    truth: Truth
    open: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return (self.truth is True) == (self.kind == "fires")


def try_examples(rules: RuleSet) -> tuple[Example, ...]:
    """Every example of every alert rule, first-step rule and gate, in the order of the rules."""
    return tuple(
        _tried(rules, rule, kind, answers)
        for rule in safety_rules(rules)
        for kind, answers in (("fires", rule.fires), ("quiet", rule.quiet))
        if answers is not None
    )


def _tried(rules: RuleSet, rule: Safety, kind: str, answers: Mapping[str, object]) -> Example:
    view = view_of(rules, check_answers(rules, answers))
    truth = truth_of(rules, rule, view)
    open_ = unknown_in(view, rule.when, rule.unless) if truth is None else ()
    return Example(rule.id, _section(rule), rule.factor, kind, answers, truth, open_)


def _section(rule: Safety) -> str:
    if isinstance(rule, AlertRule):
        return "alerts"
    return "first" if isinstance(rule, FirstRule) else "gates"
