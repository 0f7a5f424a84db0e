"""What rules speak of, by the names that people read: paths, questions, answers, conditions.

Why this module exists: who compares or proves rules reads them as sentences, and both must call
the same thing by the same name.

It must not choose what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pathfinder.engine.conditions import AnyOf, Condition, Leaf, NoneOf, fires
from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.messages import name_of


def spaced(id_: str) -> str:
    """An id as words: rules have no other name."""
    return id_.replace("-", " ").replace("_", " ")


_LONGEST_LABEL: Final = 60


def in_brief(label: str) -> str:
    """An answer's words as they are chosen; only very long ones are cut, after a word."""
    label = label.rstrip(".")
    if len(label) <= _LONGEST_LABEL:
        return label
    return f"{label[:_LONGEST_LABEL].rpartition(' ')[0].rstrip(',;:')}…"


def way_names(rules: RuleSet, decision: Decision, questions: Iterable[str]) -> list[str]:
    """What stands in the way by those answers of this person, by name."""
    firing = [b for b in rules.barriers if fires(b.when, b.unless, decision.view) is True]
    called = {barrier.question: barrier.called for barrier in firing if barrier.called}
    return [called.get(question) or name_of(rules, question) for question in questions]


class PlainNames:
    """Calls what rules speak of as people read it, by the first rule set that knows it.

    One for both of two rule sets, so that a question that got another name doesn't make each
    condition on it look changed.
    """

    def __init__(self, *sets: RuleSet) -> None:
        self._sets = sets
        self._known: dict[str, dict[str, str]] = {}
        for rules in sets:
            named = {
                "path": {each.id: each.name for each in rules.paths},
                "question": {each.id: name_of(rules, each.id) for each in rules.questions},
                "level": {each.id: each.name for each in rules.levels},
                "support": {each.id: each.title for each in rules.supports},
                "alert": {each.id: each.title for each in rules.alerts},
                "first step": {each.id: each.title for each in rules.steps},
            }
            for kind, names in named.items():
                self._known[kind] = {**names, **self._known.get(kind, {})}

    def of(self, kind: str, id_: str) -> str:
        """The name of a path, question, level, support, alert or first step."""
        return self._known.get(kind, {}).get(id_) or spaced(id_)

    def answer(self, question: str, id_: str) -> str:
        """The words of an answer, in quotation marks."""
        for rules in self._sets:
            asked = rules.question_by_id.get(question)
            if asked is not None and id_ in asked.answers:
                return f"“{in_brief(asked.label(id_))}”"
        return f"“{spaced(id_)}”"

    def condition(self, condition: Condition) -> str:
        """A condition in these names, parts in parts in brackets."""
        if isinstance(condition, Leaf):
            return f"{self.of('question', condition.question)}: {self._asked(condition)}"
        if isinstance(condition, NoneOf):
            (first, *more) = condition.parts
            if not more and isinstance(first, Leaf):
                return f"{self.of('question', first.question)}: not {self._asked(first)}"
            return f"none of these: {'; '.join(map(self._inner, condition.parts))}"
        joint = " or " if isinstance(condition, AnyOf) else ", and "
        return joint.join(self._inner(part) for part in condition.parts)

    def _inner(self, condition: Condition) -> str:
        words = self.condition(condition)
        return words if isinstance(condition, Leaf) else f"({words})"

    def _asked(self, leaf: Leaf) -> str:
        if leaf.op == "answered":
            return "known" if leaf.names == ("true",) else "not known"
        if leaf.op in ("trait", "two_with"):
            several = "two things that have" if leaf.op == "two_with" else "something that has"
            return f"{several} the trait “{spaced(leaf.names[0])}”"
        joint = " and " if leaf.op == "exactly" else " or "
        names = joint.join(self.answer(leaf.question, each) for each in leaf.names)
        verb = {"at_least": "at least ", "at_most": "at most ", "exactly": "only "}
        return f"{verb.get(leaf.op, '')}{names}"
