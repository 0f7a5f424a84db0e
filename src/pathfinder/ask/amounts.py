"""Questions that ask for an amount: which answer a number belongs to.

Why this module exists: whoever is asked for drinks on a day types 3 and means three drinks, not
the third line of a list. Amounts are read from the labels, so that a rule set of an agency's own
has them, too: "Fewer than 5", "5 to 9", "15 or more". A question with an answer that is none
of these asks for no amount.

It must not read or print.
"""

from __future__ import annotations

import re
from typing import Final

from pathfinder.engine.question import Question

_BELOW: Final = re.compile(r"(?:under|fewer than|less than) (\d{1,3})\b")
_BETWEEN: Final = re.compile(r"(\d{1,3}) to (\d{1,3})\b")
_FROM: Final = re.compile(r"(\d{1,3})(?: \w+)? (?:or|and) (?:more|older|over)\b")
_MOST: Final = 10**6

LETTERS: Final = "abcdefghijklmnop"
"""How the list of such a question is named: a figure would look like an amount."""


def amounts(question: Question) -> dict[str, range]:
    """The amounts that each answer stands for. Empty where the question asks for none."""
    found: dict[str, range] = {}
    for answer in question.answers:
        span = _span(question.label(answer).casefold())
        if span is None:
            return {}
        found[answer] = span
    return found


def taken_as(question: Question, number: int) -> str | None:
    """The answer that a number belongs to."""
    return next((id_ for id_, span in amounts(question).items() if number in span), None)


def is_lettered(question: Question) -> bool:
    """Whether its list has letters. With two answers, as for an age, figures can't be mistaken."""
    return len(amounts(question)) > 2


def _span(label: str) -> range | None:
    if (below := _BELOW.match(label)) is not None:
        return range(int(below[1]))
    if (between := _BETWEEN.match(label)) is not None:
        return range(int(between[1]), int(between[2]) + 1)
    if (least := _FROM.match(label)) is not None:
        return range(int(least[1]), _MOST)
    return None
