"""The check `not-mentioned`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "rules"
PAGE = """A path, an alert, a first step or a support that no rule mentions.

Nothing speaks for such a path or against it, and nobody is ever shown such a text. Often a
rule was taken out and its text was left.

To put it right, write the rule or the reason that leads to it, or take the text out.
"""
CODE = "not-mentioned"
SEVERITY = Severity.WARNING
NEEDS = Needs.ALL
FILE = "supports.yaml"
GOOD = "supports:\n"
BAD = """\
supports:
  - {id: child-care, title: Child care, text: Ask who looks after them., judgement: It helps.}
"""


def check(book: Book) -> Iterator[Found]:
    rules = book.rules
    rows = [row for table in rules.reasons for row in table.rows.values()]
    paths = {path for row in rows for argument in row.arguments for path in argument.paths}
    paths |= {path for gate in rules.gates for path in gate.set_aside}
    paths |= {path for barrier in rules.barriers for path in barrier.paths}
    supports = {rule.support for rule in rules.support_rules}
    supports |= {support for barrier in rules.barriers for support in barrier.helps}
    mentioned = {
        ("paths.yaml", "paths", "path"): paths,
        ("steps.yaml", "alerts", "alert"): {rule.alert for rule in rules.alert_rules},
        ("steps.yaml", "steps", "first step"): {rule.first for rule in rules.first_rules},
        ("supports.yaml", "supports", "support"): supports,
    }
    for (file, section, what), ids in mentioned.items():
        for entry in book.in_file(file, section):
            if entry.id not in ids:
                yield book.found(file, entry.at(), f"no rule mentions the {what} {entry.id}")
