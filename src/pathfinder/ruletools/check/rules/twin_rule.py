"""The check `twin-rule`: its manual page, an example, and what looks for it."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from pathfinder.engine.conditions import Condition, questions_in
from pathfinder.engine.rules import Rule
from pathfinder.ruletools.check.context import Book, Entry, Found, Needs, Severity, all_words, word

FAMILY = "rules"
PAGE = """Two rules that do the same for the same people.

One of them is enough, and the other is where the next change will be forgotten. Rules are
compared by what they come to: `[none, unsafe]` and `at_most: unsafe` are the same here.

To put it right, take one out. If both reasons should be told, join them in one `because`.
Two tables of reasons by the same question are twins, too: their points would add up beyond
what the loader allows for one.
"""
CODE = "twin-rule"
SEVERITY = Severity.ERROR
NEEDS = Needs.QUESTIONS
FILE = "factors/home.yaml"
GOOD = "notes:\n"
BAD = """\
  - id: a-second-time
    when: {home: none, severity: severe}
    at_least: residential
    because: You need care day and night.
    check: Do I need care day and night?
    judgement: It is safer so.
    fires: {substances: [alcohol], severity: severe, home: none}
    quiet: {home: steady}
notes:
"""

_EFFECTS = ("alert", "first", "at_least", "set_aside", "support", "question", "paths")


def check(book: Book) -> Iterator[Found]:
    rules = {rule.id: rule for rule in book.rules.every_rule}
    alike: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in book.rule_entries():
        effect = tuple(all_words(entry.node.get(key)) for key in _EFFECTS)
        # Notes and moves have no effect but their text: two of them may well go together.
        if any(effect) and entry.id in rules:
            named = frozenset(questions_in(*_conditions(rules[entry.id])))
            alike[(entry.section, effect, named)].append(entry)
    for entries in alike.values():
        for first, second in combinations(entries, 2):
            one, other = _conditions(rules[first.id]), _conditions(rules[second.id])
            if book.search.same(one, other):
                yield _found(book, first, second, "does the same for the same people as")
    yield from _tables(book)


def _tables(book: Book) -> Iterator[Found]:
    by: dict[str, Entry] = {}
    for entry in book.entries("reasons"):
        question = word(entry.node.get("by"))
        if question in by:
            yield _found(book, by[question], entry, f"gives reasons by {question}, and so does")
        by.setdefault(question, entry)


def _conditions(rule: Rule) -> tuple[Condition, Condition | None]:
    return rule.when, rule.unless


def _found(book: Book, first: Entry, second: Entry, does: str) -> Found:
    where = book.place(first.file, first.at())
    return book.found(second.file, second.at(), f"{second.id} {does} {first.id} ({where})")
