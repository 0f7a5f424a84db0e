"""The check `rule-without-case`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.cases.examples import at_work
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "cases"
PAGE = """A rule that fires for no person in `cases/`.

Such a rule could be turned around without anybody noticing. A case is a whole person: a
story, the answers, and what must come out.

To put it right, add a case for which the rule fires, or add the answers to one that is
there. `pathfinder rules test` shows what no case reaches.
"""
CODE = "rule-without-case"
SEVERITY = Severity.WARNING
NEEDS = Needs.ALL
FILE = "cases/opioids-every-day.yaml"
GOOD = "frequency: every_day"
BAD = "frequency: some_days"


def check(book: Book) -> Iterator[Found]:
    fired: set[str] = set()
    for view in book.case_views:
        fired |= at_work(book.rules, view).fired
    for entry in book.rule_entries():
        if entry.id not in fired:
            message = f"{entry.id} fires for no person in cases/; add one for whom it does"
            yield book.found(entry.file, entry.at(), message)
