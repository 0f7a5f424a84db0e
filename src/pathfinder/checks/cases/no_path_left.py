"""Gates that together leave no path to a person in `cases/`.

Nobody may go away without a path. Deciding for this person ends in an error.

To put it right, take a path out of `set_aside` of one of the gates that the finding names,
or make the condition of one of them narrower.
"""

from collections.abc import Iterator

from pathfinder.checks.book import Book
from pathfinder.checks.catalogue import Needs
from pathfinder.checks.finding import Found, Place, Severity
from pathfinder.errors import RulesError

CODE = "no-path-left"
SEVERITY = Severity.ERROR
NEEDS = Needs.ALL
FILE = "factors/home.yaml"
GOOD = "set_aside: [stay]"
BAD = "set_aside: [stay, talks, groups]"


def check(book: Book) -> Iterator[Found]:
    for case, first in book.case_firsts:
        if isinstance(first, RulesError):
            yield Found(Place(case.file, 1, 1), first.problems[0].message)
