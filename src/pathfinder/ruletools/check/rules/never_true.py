"""The check `never-true`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.engine.conditions import Condition, questions_in
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity
from pathfinder.ruletools.check.written import written_in

FAMILY = "rules"
PAGE = """A condition that can hold for nobody.

Every answer to the questions it names was tried, with all that decides whether these
questions are asked. Most often two parts exclude each other, or a question isn't asked
of the very people whom the rule is for.

To put it right, take out the part that excludes the rest, or put parts that stand for
different people in a list under `any:`.

A condition that leaves more than 20,000 sets of answers to try is passed over here.
`pathfinder rules verify` looks at all of them.
"""
CODE = "never-true"
SEVERITY = Severity.ERROR
NEEDS = Needs.QUESTIONS
FILE = "factors/home.yaml"
GOOD = "when: {severity: severe, home: none}"
BAD = "when: {severity: severe, home: none, substances: none}"


def check(book: Book) -> Iterator[Found]:
    for file, conditions in written_in(book):
        dead = False
        for key, (condition, node) in conditions.items():
            if book.search.outcomes(condition, asks=key == "ask_when").can_hold is False:
                yield book.found(file, node, f"this can hold for nobody; {_why(book, condition)}")
                dead = True
        if dead or not {"when", "unless"} <= set(conditions):
            continue
        (when, _), (unless, node) = conditions["when"], conditions["unless"]
        if book.search.outcomes(when, unless).can_hold is False:
            yield book.found(file, node, "this exception leaves nobody for whom the rule holds")


def _why(book: Book, condition: Condition) -> str:
    named = questions_in(condition)
    if book.search.outcomes(condition, all_asked=True).can_hold:
        asked = [name for name in named if book.rules.question_by_id[name].ask_when is not None]
        return f"see ask_when: to these people {' or '.join(asked)} is never put"
    return f"its parts exclude each other: look at {', '.join(named)}"
