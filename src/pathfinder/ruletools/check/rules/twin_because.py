"""The check `twin-because`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Entry, Found, Severity, all_words, word
from pathfinder.ruletools.check.written import alike

FAMILY = "rules"
PAGE = """Two rules that do different things, with the same sentence for why.

Whoever reads it twice learns nothing the second time, and can't tell what each rule does:
a reason belongs to what follows from it.

To put it right, say in each rule why just this follows.
"""
CODE = "twin-because"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need care day and night."
BAD = "because: You need a safe place."

_EFFECTS = ("alert", "first", "at_least", "set_aside", "support", "question")


def check(book: Book) -> Iterator[Found]:
    first: dict[tuple[str, ...], Entry] = {}
    for entry in book.rule_entries():
        because = word(entry.node.get("because"))
        if not alike(because):
            continue
        before = first.setdefault(alike(because), entry)
        if before is not entry and _effect(before) != _effect(entry):
            where = book.place(before.file, before.at("because"))
            message = f"{entry.id} says why in the same words as {before.id} ({where})"
            yield book.found(entry.file, entry.at("because"), message)


def _effect(entry: Entry) -> tuple[object, ...]:
    return entry.section, *(all_words(entry.node.get(key)) for key in _EFFECTS)
