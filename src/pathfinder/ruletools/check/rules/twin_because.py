"""The check `twin-because`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Entry, Found, Severity, word
from pathfinder.ruletools.check.written import WrittenReason, alike, argued, arguments

FAMILY = "rules"
PAGE = """Two rules or answers that differ, with the same sentence for why.

Whoever reads it twice learns nothing the second time, and can't tell what each rule does:
a reason belongs to what follows from it.

In a table of reasons, so are two answers with the same words under `says`, and two with the
same whole sentence.

To put it right, say in each rule why just this follows.
"""
CODE = "twin-because"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need care day and night."
BAD = "because: You need a safe place."


def check(book: Book) -> Iterator[Found]:
    first: dict[tuple[str, ...], Entry] = {}
    for entry in book.rule_entries():
        because = word(entry.node.get("because"))
        if not alike(because):
            continue
        before = first.setdefault(alike(because), entry)
        if before is not entry:
            where = book.place(before.file, before.at("because"))
            message = f"{entry.id} says why in the same words as {before.id} ({where})"
            yield book.found(entry.file, entry.at("because"), message)
    yield from _of_tables(book)


def _of_tables(book: Book) -> Iterator[Found]:
    says: dict[tuple[str, ...], WrittenReason] = {}
    whole: dict[tuple[tuple[str, ...], str], WrittenReason] = {}
    for each in arguments(book):
        said = alike(each.says)
        before = says.setdefault((each.table, *said), each)
        if said and before.answer != each.answer:
            message = f"{each.answer} says what {before.answer} says"
            yield book.found(each.file, each.because, message)
            continue
        before = whole.setdefault((said + argued(each), each.side), each)
        if (before.table, before.answer) != (each.table, each.answer):
            where = book.place(before.file, before.because)
            message = f"{each.answer} argues in the same words as {before.answer} ({where})"
            yield book.found(each.file, each.because, message)
