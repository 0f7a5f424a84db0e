"""The check `counts-astray`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator
from itertools import pairwise

from pathfinder.engine.question import Question
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "rules"
PAGE = """Counts that don't rise with the order of the scale, or leave an answer of it out.

The answers of a scale stand least first. If more signs gave a lesser answer, ticking one
more sign would make someone look better off.

An answer without a count could never come from the signs, and whoever ticks them would be
read as the answer below it.

To put it right, give each answer a number above that of the answer before it.
"""
CODE = "counts-astray"
SEVERITY = Severity.ERROR
NEEDS = Needs.QUESTIONS
FILE = "factors/needs.yaml"
GOOD = "counts: {risky: 0, mild: 1, severe: 2}"
BAD = "counts: {risky: 0, mild: 2, severe: 1}"


def check(book: Book) -> Iterator[Found]:
    for entry in book.entries("questions"):
        question = book.rules.question_by_id.get(entry.id)
        if question is not None and (pair := _astray(question)):
            lesser, more = pair
            message = f"{more} is more than {lesser}, but counts from fewer choices"
            yield book.found(entry.file, entry.at("derived"), message)
        for answer in _left_out(question) if question is not None else ():
            message = f"{answer} has no count, so the signs never come to it"
            yield book.found(entry.file, entry.at("derived"), message)


def _left_out(question: Question) -> list[str]:
    """The answers of a scale that no count leads to, where others have one."""
    if question.kind != "scale" or question.derived is None or not question.derived.counts:
        return []
    counted = {answer for _, answer in question.derived.counts}
    return [option.id for option in question.options if option.id not in counted]


def _astray(question: Question) -> tuple[str, str] | None:
    """Two neighbours of a scale whose counts fall: the lesser answer, and the greater one."""
    if question.kind != "scale" or question.derived is None:
        return None
    least = {answer: number for number, answer in question.derived.counts}
    order = [option.id for option in question.options if option.id in least]
    for lesser, more in pairwise(order):
        if least[more] < least[lesser]:
            return lesser, more
    return None
