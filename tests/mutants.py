"""Rule sets with one thing broken: taken out, turned around, or moved by one step.

Why this module exists: a proof or a case that no broken rule can upset proves nothing.
`mutants(rules)` gives each way to break one alert rule, first-step rule or gate that a
slip of the hand might make, and each way to break what those rules stand on: when a
question is asked, what it reads as for gates, and how signs are counted. See
test_proofs_bite.

It must not know which of them are caught.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf, NoneOf
from pathfinder.engine.question import Derived, Question, Reading
from pathfinder.engine.rules import AlertRule, FirstRule, Gate
from pathfinder.engine.ruleset import RuleSet

Safety = AlertRule | FirstRule | Gate


class Mutant(NamedTuple):
    """A rule set in which `rule` was broken; `how` says in words what was done.

    `rule` is the id of a rule or a reading, or of the question whose asking or counting broke.
    """

    rule: str
    how: str
    rules: RuleSet

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.how}"


def mutants(rules: RuleSet) -> Iterator[Mutant]:
    """Every mutant: those of the rules, then those of the questions, each in its order."""
    for section in ("alert_rules", "first_rules", "gates"):
        for rule in getattr(rules, section):
            for how, broken in _broken(rules, rule):
                kept = tuple(
                    made
                    for each in getattr(rules, section)
                    if (made := broken if each is rule else each) is not None
                )
                yield Mutant(rule.id, how, rules._replace(**{section: kept}))
    for question in rules.questions:
        for rule_id, how, other in _broken_question(rules, question):
            kept_questions = tuple(other if each is question else each for each in rules.questions)
            by_id = {**rules.question_by_id, other.id: other}
            yield Mutant(
                rule_id, how, rules._replace(questions=kept_questions, question_by_id=by_id)
            )


def _broken(rules: RuleSet, rule: Safety) -> Iterator[tuple[str, Safety | None]]:
    yield "taken out", None
    yield "turned around", rule._replace(when=NoneOf((rule.when,)))
    for how, moved in _moved(rules, rule.when):
        yield f"when {how}", rule._replace(when=moved)
    if rule.unless is not None:
        yield "without its unless", rule._replace(unless=None)
        for how, moved in _moved(rules, rule.unless):
            yield f"unless {how}", rule._replace(unless=moved)
    if isinstance(rule, Gate) and rule.at_least is not None:
        rank = rules.level_rank[rule.at_least]
        if rank:
            lower = rules.levels[rank - 1].id
            yield f"at least {lower}, not {rule.at_least}", rule._replace(at_least=lower)
    if isinstance(rule, Gate) and len(rule.set_aside) > 1:
        for path in rule.set_aside:
            rest = tuple(each for each in rule.set_aside if each != path)
            yield f"no longer sets aside {path}", rule._replace(set_aside=rest)


def _broken_question(rules: RuleSet, question: Question) -> Iterator[tuple[str, str, Question]]:
    if question.ask_when is not None:
        yield question.id, "always asked", question._replace(ask_when=None)
        turned = NoneOf((question.ask_when,))
        yield question.id, "asked the other way round", question._replace(ask_when=turned)
        for how, moved in _moved(rules, question.ask_when):
            yield question.id, f"asked when {how}", question._replace(ask_when=moved)
    if question.derived is not None:
        counts = question.derived.counts
        yield from _broken_taking_over(rules, question, question.derived)
        for place, (least, answer) in enumerate(counts):
            for other in (least - 1, least + 1):
                if other >= 0:
                    changed = (*counts[:place], (other, answer), *counts[place + 1 :])
                    derived = question.derived._replace(counts=changed)
                    how = f"{answer} from {other} signs, not {least}"
                    yield question.id, how, question._replace(derived=derived)
    for place, reading in enumerate(question.readings):
        before, after = question.readings[:place], question.readings[place + 1 :]
        yield reading.id, "taken out", question._replace(readings=(*before, *after))
        for how, broken in _broken_reading(rules, question, reading):
            yield reading.id, how, question._replace(readings=(*before, broken, *after))


def _broken_taking_over(
    rules: RuleSet, question: Question, derived: Derived
) -> Iterator[tuple[str, str, Question]]:
    """An answer that is taken over from another question is so no more, or for other people."""
    if derived.counts:
        return
    yield question.id, "takes over no answer", question._replace(derived=None)
    if derived.when is not None:
        changed = question._replace(derived=derived._replace(when=None))
        yield question.id, "takes over only where it is asked", changed
        turned = derived._replace(when=NoneOf((derived.when,)))
        yield question.id, "takes over the other way round", question._replace(derived=turned)
        for how, moved in _moved(rules, derived.when):
            changed = question._replace(derived=derived._replace(when=moved))
            yield question.id, f"takes over when {how}", changed


def _broken_reading(
    rules: RuleSet, question: Question, reading: Reading
) -> Iterator[tuple[str, Reading]]:
    for answer in question.answers:
        if answer != reading.value:
            yield f"reads as {answer}, not {reading.value}", reading._replace(value=answer)
    for how, moved in _moved(rules, reading.when):
        yield f"when {how}", reading._replace(when=moved)


def _moved(rules: RuleSet, condition: Condition) -> Iterator[tuple[str, Condition]]:
    """The condition with one threshold or list moved by one step, or one part left out."""
    if isinstance(condition, Leaf):
        for how, accepts in _steps(rules, condition):
            yield f"{condition.question} {how}", condition._replace(accepts=accepts)
        return
    for place, part in enumerate(condition.parts):
        if len(condition.parts) > 1:
            rest = (*condition.parts[:place], *condition.parts[place + 1 :])
            yield f"without {_named(part)}", _like(condition, rest)
        for how, moved in _moved(rules, part):
            parts = (*condition.parts[:place], moved, *condition.parts[place + 1 :])
            yield how, _like(condition, parts)


def _named(condition: Condition) -> str:
    return " and ".join(
        f"{leaf.question} {leaf.op} {'/'.join(leaf.names)}" for leaf in condition.leaves()
    )


def _like(condition: Condition, parts: tuple[Condition, ...]) -> Condition:
    assert isinstance(condition, All | AnyOf | NoneOf)
    return type(condition)(parts)


def _steps(rules: RuleSet, leaf: Leaf) -> Iterator[tuple[str, frozenset[str]]]:
    """One answer more at either end of a scale, or one answer less of several."""
    question = rules.question_by_id[leaf.question]
    if leaf.op == "answered":
        return
    answers = question.answers
    if question.kind == "scale":
        places = sorted(answers.index(answer) for answer in leaf.accepts)
        assert places == list(range(places[0], places[-1] + 1))
        for place in (places[0] - 1, places[-1] + 1):
            if 0 <= place < len(answers) and len(places) < len(answers) - 1:
                yield f"also {answers[place]}", leaf.accepts | {answers[place]}
        if len(places) > 1:
            ends = {answers[places[0]], answers[places[-1]]}
            yield from ((f"not {end}", leaf.accepts - {end}) for end in sorted(ends))
    elif len(leaf.accepts) > 1:
        for answer in sorted(leaf.accepts):
            yield f"not {answer}", leaf.accepts - {answer}
