"""The check `unused-source`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Needs, Severity, word

FAMILY = "evidence"
PAGE = """A source that nothing cites.

The list of sources is shown to people as what the advice rests on. A source that nothing
rests on makes it look better founded than it is.

To put it right, cite the source where it is used, or take it out.
"""
CODE = "unused-source"
SEVERITY = Severity.WARNING
NEEDS = Needs.ALL
FILE = "sources.yaml"
GOOD = "left_out:\n"
BAD = """\
  - {id: film, title: A film, publisher: A studio, year: "2020", address: not stated,
     interest: none stated}
left_out:
"""


def check(book: Book) -> Iterator[Found]:
    cited = {
        word(spot.node)
        for spot in book.spots
        if spot.trail[-2:] == ("sources", "id") and spot.file != "sources.yaml"
    }
    for entry in book.in_file("sources.yaml", "sources"):
        if entry.id not in cited:
            yield book.found(entry.file, entry.at(), f"nothing cites the source {entry.id}")
