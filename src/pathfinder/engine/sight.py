"""What alerts and first steps see of a person, and which of them fire or are left open.

Why this module exists: they see the answers as they are, and never a reading. Where an answer is
assumed from another, a rule that fires only for that is also a question for a professional.

It must not know gates or paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from pathfinder.engine.conditions import View, unknown_in
from pathfinder.engine.decision import ToCheck
from pathfinder.engine.flow import walk, without
from pathfinder.engine.question import Answers
from pathfinder.engine.ready import Facts, Ready, ReadyRules, made_ready
from pathfinder.engine.rules import AlertRule, FirstRule
from pathfinder.engine.ruleset import RuleSet

_R = TypeVar("_R", AlertRule, FirstRule)


class Sight(NamedTuple):
    """A person as rules see them: `view`, and `plain`, where what is assumed isn't known."""

    ready: ReadyRules
    view: View
    facts: Facts
    plain: View
    plain_facts: Facts
    assumed: tuple[str, ...]


def see(rules: RuleSet, answers: Answers) -> Sight:
    walked = walk(rules, answers)
    ready = made_ready(rules)
    view, facts, assumed = walked.view, walked.facts, walked.assumed
    if not assumed:
        return Sight(ready, view, facts, view, facts, ())
    plain = without(view, assumed)
    return Sight(ready, view, facts, plain, ready.instead(facts, view, plain, assumed), assumed)


def fire(rules: Sequence[Ready[_R]], sight: Sight) -> tuple[list[_R], list[Ready[_R]]]:
    """The rules that fire, and those that an unknown answer leaves open.

    A rule that fires, or is quiet, only for what is assumed is open, too.
    """
    fired: list[_R] = []
    open_: list[Ready[_R]] = []
    facts, plain = sight.facts, sight.plain_facts
    can = facts.can | plain.can
    for each in rules:
        needs = each[1]
        if can & needs != needs:
            continue
        truth = each.truth(facts)
        surely = each.truth(plain) if sight.assumed else truth
        if truth is True:
            fired.append(each.rule)
            if surely is not True:
                open_.append(each)
        elif truth is None or surely is not False:
            open_.append(each)
    return fired, open_


def to_check(
    each: Ready[AlertRule] | Ready[FirstRule], effect: str, target: str, sight: Sight
) -> ToCheck:
    """A rule that is open, with the questions that would settle it."""
    rule, named = each.rule, each.named
    (true, can), (sure, may) = sight.facts, sight.plain_facts
    key = (rule.id, true & named, can & named, sure & named, may & named)
    known = sight.ready.open_rules.get(key)
    if known is not None:
        return known
    questions = unknown_in(sight.plain, rule.when, rule.unless) or unknown_in(
        sight.view, rule.when, rule.unless
    )
    return sight.ready.open_rules.keep(
        key, ToCheck(rule.id, effect, (target,), questions, rule.check)
    )
