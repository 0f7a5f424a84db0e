"""What hangs on what in a rule set: questions on questions, rules and points on factors.

Why this module exists: before someone changes an answer or a path, they want to
see what it touches. The picture and the outline draw from the same facts.

It must not draw.
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.condition_text import in_words
from pathfinder.engine.conditions import questions_in
from pathfinder.engine.rules import Rule
from pathfinder.engine.ruleset import RuleSet


class Asked(NamedTuple):
    """A question, its place from 1, and after which questions it is asked, `when` in words."""

    question: str
    place: int
    after: tuple[str, ...]
    when: str


class Fed(NamedTuple):
    """A rule of the file of `factor`, and the factors whose questions it reads.

    `kind` is the key under which it stands (`gates`). What it does is `effect` and
    `targets`: "at least" and a level, "sets aside" and paths, nothing and a support.
    """

    rule: str
    kind: str
    factor: str
    effect: str
    targets: tuple[str, ...]
    questions: tuple[str, ...]
    factors: tuple[str, ...]


class Scored(NamedTuple):
    """A fit table: the answers to `question` give or take points for `paths`."""

    table: str
    factor: str
    question: str
    paths: tuple[str, ...]


class Graph(NamedTuple):
    """`titles`: factor -> title, in the order of the factors. `ends`: (question, answers)."""

    titles: dict[str, str]
    asked: tuple[Asked, ...]
    ends: tuple[str, tuple[str, ...]]
    fed: tuple[Fed, ...]
    scored: tuple[Scored, ...]


def graph_of(rules: RuleSet) -> Graph:
    """Everything that leads or feeds anywhere, in the order of the rule set."""
    factor_of = {question.id: question.factor for question in rules.questions}

    def fed(rule: Rule, kind: str, effect: str, *targets: str) -> Fed:
        questions = questions_in(rule.when, rule.unless)
        factors = dict.fromkeys(factor_of[question] for question in questions)
        return Fed(rule.id, kind, rule.factor, effect, targets, questions, tuple(factors))

    out = [a for a in rules.question_by_id[rules.scope_question].answers if a in rules.scope_out]
    return Graph(
        titles={factor.id: factor.title for factor in rules.factors},
        asked=tuple(
            Asked(
                question.id,
                place,
                questions_in(question.ask_when),
                "" if question.ask_when is None else in_words(question.ask_when),
            )
            for place, question in enumerate(rules.questions, start=1)
        ),
        ends=(rules.scope_question, tuple(out)),
        fed=(
            *(fed(rule, "alerts", "", rule.alert) for rule in rules.alert_rules),
            *(fed(rule, "first", "", rule.first) for rule in rules.first_rules),
            *(
                fed(gate, "gates", "at least", gate.at_least)
                if gate.at_least is not None
                else fed(gate, "gates", "sets aside", *gate.set_aside)
                for gate in rules.gates
            ),
            *(fed(rule, "supports", "", rule.support) for rule in rules.support_rules),
            *(fed(rule, "notes", "") for rule in rules.note_rules),
            *(fed(rule, "moves", "") for rule in rules.move_rules),
            *(fed(rule, "barriers", "stands before", *rule.paths) for rule in rules.barriers),
        ),
        scored=tuple(
            Scored(
                table.id,
                table.factor,
                table.question,
                tuple(
                    path.id
                    for path in rules.paths
                    if any(
                        path.id in argument.paths
                        for row in table.rows.values()
                        for argument in row.arguments
                    )
                ),
            )
            for table in rules.reasons
        ),
    )
