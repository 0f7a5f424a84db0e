"""The check `barrier-elsewhere`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.engine.conditions import questions_in
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "rules"
PAGE = """A barrier whose condition doesn't name the question that it is about.

A result tells the person which answer stands in the way, and which change would open the
path. Where the condition hangs on other answers only, both are untrue.

To put it right, name the question in `when`, or the right question under `question`.
"""
CODE = "barrier-elsewhere"
SEVERITY = Severity.ERROR
NEEDS = Needs.QUESTIONS
FILE = "factors/home.yaml"
GOOD = "    question: home\n"
BAD = "    question: frequency\n"


def check(book: Book) -> Iterator[Found]:
    barriers = {barrier.id: barrier for barrier in book.rules.barriers}
    for entry in book.rule_entries():
        barrier = barriers.get(entry.id)
        if barrier is None or entry.section != "barriers":
            continue
        named = questions_in(barrier.when)
        if barrier.question not in named:
            message = f"is about {barrier.question}, but `when` names {', '.join(named)}"
            yield book.found(entry.file, entry.at("question"), message)
