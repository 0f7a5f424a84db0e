"""The check `example-wrong`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.cases.examples import examples_of, safety_rules
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "rules"
PAGE = """A `fires` or `quiet` whose answers don't lead where it says.

The rule must fire for its `fires` and must not for its `quiet`. An answer that the example
leaves out is unknown, and an unknown answer never makes a rule fire.

To put it right, look at which is wrong, the rule or the example. If a `fires` lacks an
answer, add it; a question is only asked, and so only counts, where its `ask_when` holds.
If a `quiet` meets all that the rule asks for, change one of its answers so that one part
fails. Narrow the rule only if it really asks too little, and never so that people who are
worse off fall out of it: `pathfinder rules verify` tells.
"""
CODE = "example-wrong"
SEVERITY = Severity.ERROR
NEEDS = Needs.QUESTIONS
FILE = "factors/home.yaml"
GOOD = """\
    fires: {substances: [alcohol], severity: severe, home: none}
    quiet: {substances: [alcohol], severity: severe, home: steady}
"""
BAD = """\
    fires: {substances: [alcohol], severity: mild, home: none}
    quiet: {substances: [alcohol], severity: severe, home: none}
"""


def check(book: Book) -> Iterator[Found]:
    for rule in safety_rules(book.rules):
        entry = book.by_id.get(rule.id)
        if entry is None or not book.sound(entry.file, entry.node):
            continue
        for example in examples_of(book.rules, rule):
            if not example.holds:
                came = "fires" if example.truth else "doesn't fire"
                message = f"{rule.id} {came} for these answers: {example.why}"
                yield book.found(entry.file, entry.at(example.kind), message)
