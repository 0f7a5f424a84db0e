"""The check `no-path-left`: its manual page, an example, and what looks for it."""

from collections import defaultdict
from collections.abc import Iterator

from pathfinder.ruletools.cases.fired import NoPath, gates_in_words, no_path
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "cases"
PAGE = """Gates that together leave no path to a person in `cases/`.

Nobody may go away without a path. Deciding for this person ends in an error. The finding
names the gates that it takes, and stands at the last one without which a path is left.

To put it right, take a path out of `set_aside` of one of the gates that the finding names,
or make the condition of one of them narrower. Begin with the one that you changed.
"""
CODE = "no-path-left"
SEVERITY = Severity.ERROR
NEEDS = Needs.ALL
FILE = "factors/home.yaml"
GOOD = "set_aside: [stay]"
BAD = "set_aside: [stay, talks, groups]"


def check(book: Book) -> Iterator[Found]:
    people: dict[str, list[tuple[NoPath, str]]] = defaultdict(list)
    for case, view, first in zip(book.cases, book.case_views, book.case_firsts, strict=True):
        if first is None and (found := no_path(book.rules, view)) is not None:
            people[found.last.id].append((found, case.file))
    for gate, ((found, file), *others) in people.items():
        entry = book.by_id[gate]
        key = "at_least" if found.last.at_least else "set_aside"
        message = gates_in_words(found, f"the person in {file}")
        if others:
            message += f". Nor does {gate} leave one for {len(others)} more"
        yield book.found(entry.file, entry.at(key), message)
