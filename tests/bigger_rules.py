"""A rule set of many times our size, made of copies of our own.

For tests and benchmarks of what has to grow gently. Each copy brings its own questions, rules,
reasons and paths; levels, alerts, first steps and supports are shared, and so is who the rules
are for. So all paths compete for everybody, and as many rules speak for each alert.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pathfinder.engine.conditions import Condition, Leaf
from pathfinder.engine.question import Question
from pathfinder.engine.ruleset import RuleSet

_T = TypeVar("_T")

_RULES = (
    "alert_rules", "first_rules", "gates", "support_rules", "note_rules", "move_rules", "barriers",
)  # fmt: skip
_OF_PATHS = ("set_aside", "about", "paths")


def bigger(rules: RuleSet, times: int) -> RuleSet:
    """The rules, `times` as large. The first copy keeps its names."""
    copies = [
        _Copy(rules, f"-copy-{number}" if number > 1 else "") for number in range(1, times + 1)
    ]
    shared = rules.question_by_id[rules.scope_question]
    questions = [q for copy in copies for q in copy.questions()]
    every = (shared, *questions)
    paths = tuple(path for copy in copies for path in copy.paths())
    return rules._replace(
        id=f"{rules.id}-times-{times}",
        questions=every,
        question_by_id={question.id: question for question in every},
        paths=paths,
        path_by_id={path.id: path for path in paths},
        reasons=tuple(table for copy in copies for table in copy.reasons()),
        **{kind: tuple(rule for copy in copies for rule in copy.rules_of(kind)) for kind in _RULES},
    )


class _Copy:
    def __init__(self, rules: RuleSet, suffix: str) -> None:
        self.rules = rules
        self.suffix = suffix

    def questions(self) -> list[Question]:
        scope = self.rules.scope_question
        return [self._question(each) for each in self.rules.questions if each.id != scope]

    def paths(self) -> list[Any]:
        return [path._replace(id=path.id + self.suffix) for path in self.rules.paths]

    def rules_of(self, kind: str) -> list[Any]:
        return [self._rule(rule) for rule in getattr(self.rules, kind)]

    def reasons(self) -> list[Any]:
        return [
            table._replace(
                id=table.id + self.suffix,
                question=self._name(table.question),
                rows={
                    answer: row._replace(arguments=tuple(map(self._of_paths, row.arguments)))
                    for answer, row in table.rows.items()
                },
            )
            for table in self.rules.reasons
        ]

    def _name(self, question: str) -> str:
        return question if question == self.rules.scope_question else question + self.suffix

    def _question(self, question: Question) -> Question:
        derived = question.derived
        return question._replace(
            id=self._name(question.id),
            ask_when=self._condition(question.ask_when),
            derived=derived
            and derived._replace(
                source=self._name(derived.source), when=self._condition(derived.when)
            ),
            readings=tuple(
                reading._replace(
                    id=reading.id + self.suffix,
                    question=self._name(reading.question),
                    when=self._condition(reading.when),
                )
                for reading in question.readings
            ),
            could_be=tuple(
                each._replace(unless=self._condition(each.unless)) for each in question.could_be
            ),
        )

    def _rule(self, rule: Any) -> Any:
        changed = self._of_paths(rule)._replace(id=rule.id + self.suffix)
        if hasattr(rule, "question"):
            changed = changed._replace(question=self._name(rule.question))
        return changed._replace(fires=None, quiet=None) if hasattr(rule, "fires") else changed

    def _of_paths(self, record: Any) -> Any:
        """A rule or an argument, with its conditions and paths those of this copy."""
        named = {
            key: tuple(path + self.suffix for path in getattr(record, key))
            for key in _OF_PATHS
            if hasattr(record, key)
        }
        return record._replace(
            when=self._condition(record.when), unless=self._condition(record.unless), **named
        )

    def _condition(self, condition: _T) -> _T:
        if isinstance(condition, Leaf):
            return condition._replace(question=self._name(condition.question))
        if condition is None:
            return condition
        parts: tuple[Condition, ...] = condition.parts  # type: ignore[attr-defined]
        return condition._replace(parts=tuple(map(self._condition, parts)))  # type: ignore[attr-defined]
