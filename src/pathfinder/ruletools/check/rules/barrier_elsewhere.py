"""The check `barrier-elsewhere`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.engine.conditions import AnyOf, Condition, NoneOf, questions_in
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "rules"
PAGE = """A barrier whose condition can hold without the question that it is about.

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
        elif not _hangs_on(barrier.when, barrier.question):
            message = f"is about {barrier.question}, but `when` can hold whatever its answer is"
            yield book.found(entry.file, entry.at("when"), message)


def _hangs_on(when: Condition, question: str) -> bool:
    """Whether every way for `when` to hold names the question."""
    if isinstance(when, AnyOf):
        return all(_hangs_on(part, question) for part in when.parts)
    if isinstance(when, NoneOf):  # each part must fail, so one that names it is enough
        return any(question in questions_in(part) for part in when.parts)
    return any(_hangs_on(part, question) for part in getattr(when, "parts", ())) or (
        question == getattr(when, "question", None)
    )
