"""The check `always-true`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.engine.conditions import questions_in
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity
from pathfinder.ruletools.check.written import written_in

FAMILY = "rules"
PAGE = """A condition that holds whatever is answered.

Once its questions are answered it can't fail, so it tells nobody apart: an order test
that begins at the first answer, a list of all answers, or an `any:` whose parts cover
everything.

A rule is judged with its exception: a `when` for everybody and an `unless` for some are
fine together.

To put it right, name the answers that are really meant. If the rule is for everybody who
has answered, write `{home: {answered: true}}`. If an `ask_when` says so, take it out.
"""
CODE = "always-true"
SEVERITY = Severity.ERROR
NEEDS = Needs.QUESTIONS
FILE = "factors/home.yaml"
GOOD = "when: {home: {at_most: unsafe}}"
BAD = "when: {home: {at_most: steady}}"


def check(book: Book) -> Iterator[Found]:
    for written in written_in(book):
        unless = written.get("unless")
        for key in ("when", "ask_when"):
            condition = written.get(key)
            if condition is None:
                continue
            exception = unless if key == "when" else None
            outcomes = book.search.outcomes(condition, exception)
            # It may fail by another answer where one of its questions isn't put.
            if (
                outcomes.can_hold
                and outcomes.can_fail is False
                and book.search.outcomes(condition, exception, all_asked=True).can_fail is False
            ):
                named = ", ".join(questions_in(condition, exception))
                message = f"this holds whatever is answered to {named}, so it tells nobody apart"
                yield book.found(written.file, written.at(key), message)
