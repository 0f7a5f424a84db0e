"""The examples inside the rules: for `fires` the rule must fire, for `quiet` it must not.

Why this module exists: a rule that is changed and no longer does what its own examples
say is the slip that is made most often.

It must not look at any other rule: what they come to together is for the cases.
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.conditions import Truth, View, unknown_in
from pathfinder.engine.flow import view_of
from pathfinder.engine.gates import gate_questions, gate_views
from pathfinder.engine.question import Answers
from pathfinder.engine.rules import AlertRule, FirstRule, Gate
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import check_answers
from pathfinder.ruletools.cases.fired import Safety, safety_rules, truth_of
from pathfinder.ruletools.cases.why_example import why_it_fires, why_it_is_quiet


class Example(NamedTuple):
    """One example, tried. `kind` is `fires` or `quiet`; `truth` is what the rule came to.

    `open` holds the unknown questions that the rule hangs on, where it hangs on any.
    `why` tells what decided, and is empty for an example that holds.
    """

    rule: str
    section: str
    factor: str
    kind: str
    answers: Answers
    truth: Truth
    open: tuple[str, ...]
    why: str

    @property
    def holds(self) -> bool:
        return _holds(self.kind, self.truth)


def try_examples(rules: RuleSet) -> tuple[Example, ...]:
    """Every example of every alert rule, first-step rule and gate, in the order of the rules."""
    return tuple(example for rule in safety_rules(rules) for example in examples_of(rules, rule))


def examples_of(rules: RuleSet, rule: Safety) -> tuple[Example, ...]:
    """The examples of one rule, tried."""
    return tuple(
        _tried(rules, rule, kind, answers)
        for kind, answers in (("fires", rule.fires), ("quiet", rule.quiet))
        if answers is not None
    )


def _tried(rules: RuleSet, rule: Safety, kind: str, answers: Answers) -> Example:
    given = check_answers(rules, answers)
    view = view_of(rules, given)
    truth = truth_of(rules, rule, view)
    open_ = _open(rules, rule, view) if truth is None else ()
    why = ""
    if not _holds(kind, truth):
        why = (why_it_fires if truth else why_it_is_quiet)(rules, rule, given, view)
    return Example(rule.id, _section(rule), rule.factor, kind, answers, truth, open_, why)


def _holds(kind: str, truth: Truth) -> bool:
    return (truth is True) == (kind == "fires")


def _open(rules: RuleSet, rule: Safety, view: View) -> tuple[str, ...]:
    if isinstance(rule, Gate):
        return gate_questions(rule, gate_views(rules, view))
    return unknown_in(view, rule.when, rule.unless)


def _section(rule: Safety) -> str:
    if isinstance(rule, AlertRule):
        return "alerts"
    return "first" if isinstance(rule, FirstRule) else "gates"
