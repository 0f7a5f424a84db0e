"""The check `review-overdue`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator
from datetime import date

from pathfinder.loader.syntax.nodes import MapNode
from pathfinder.ruletools.check.context import Book, Found, Severity, word

FAMILY = "evidence"
PAGE = """The day on which the rule set was to be looked at again has passed.

`reviewed: {next: …}` of ruleset.yaml is a promise to the people who are advised by it.

To put it right, have the rules looked at, and then set `date`, `by` and `next` anew.
"""
CODE = "review-overdue"
SEVERITY = Severity.WARNING
FILE = "ruleset.yaml"
GOOD = 'next: "2027-05-22"'
BAD = 'next: "2026-11-21"'


def check(book: Book) -> Iterator[Found]:
    root = book.roots.get("ruleset.yaml")
    reviewed = root.get("reviewed") if root is not None else None
    node = reviewed.get("next") if isinstance(reviewed, MapNode) else None
    if node is None or not book.sound("ruleset.yaml", node):
        return
    due = date.fromisoformat(word(node))
    if due < book.today:
        message = f"these rules were to be looked at again by {due}; today is {book.today}"
        yield book.found("ruleset.yaml", node, message)
