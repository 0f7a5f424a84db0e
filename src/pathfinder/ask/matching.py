"""What a typed line means as an answer: a number, an amount, an id, or the start of a label.

Why this module exists: in plain mode people type words. A word that could mean
two answers is said back with both, never guessed. Whoever is asked for drinks on a day types
3 and means three drinks, not the third line of a list. Amounts are read from the labels, so
that a rule set of an agency's own has them, too: "Fewer than 5", "5 to 9", "15 or more".

It must not read or print; it knows nothing of `back` or `why`.
"""

from __future__ import annotations

import re
from typing import Final

from pathfinder.ask.phrases import ALONE, as_answer, options_of
from pathfinder.ask.terminal import fold, narrow
from pathfinder.engine.question import SKIP, UNSURE, Answer, Question
from pathfinder.sanitize import quoted

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


_WORDS = {
    "not sure": UNSURE,
    "unsure": UNSURE,
    "don't know": UNSURE,
    "i don't know": UNSURE,
    "skip": SKIP,
    "prefer not to say": SKIP,
}
_NUMBERS = re.compile(r"\d+(?:[\s,;]+\d+)+")
_NUMBER = re.compile(r"[(\[<#]*\s*([0-9]+)\s*[)\]>]*")
"""A number as people write it: (2), [2], #2."""
_NUMBER_AND_LABEL = re.compile(r"([0-9]{1,3})[.):]\s*(\S.*)")
"""A line of the list, as it was said."""


class NoMatch:
    """Why a line is no answer, and what would be one. `unknown`: it is like none of them."""

    __slots__ = ("message", "unknown")

    def __init__(self, message: str, *, unknown: bool = False) -> None:
        self.message = message
        self.unknown = unknown


def match(question: Question, text: str) -> Answer | NoMatch:
    """The answer that `text` gives to `question`."""
    text = narrow(text)
    whole = _one(question, text)
    if isinstance(whole, str):
        return as_answer(question, (whole,))
    parts = _parts(text)
    if len(parts) < 2:
        return whole
    if question.kind != "many":
        return NoMatch("This question takes one answer. Type one number.")
    ids: list[str] = []
    for part in parts:
        found = _one(question, part)
        if isinstance(found, NoMatch):
            return found
        ids.append(found)
    return _together(question, ids)


def _parts(text: str) -> list[str]:
    separator = r"[\s,;]+" if _NUMBERS.fullmatch(text.strip()) else "[,;]"
    return [part for part in re.split(separator, text.strip()) if part.strip()]


def _together(question: Question, ids: list[str]) -> Answer | NoMatch:
    alone = next((each for each in ids if each in ALONE), None)
    if alone is not None and set(ids) != {alone}:
        label = next(option.label for option in options_of(question) if option.id == alone)
        return NoMatch(f'"{label}" stands alone. Type it by itself, or leave it out.')
    return as_answer(question, ids)


def _one(question: Question, text: str) -> str | NoMatch:
    options = options_of(question)
    word = fold(text).strip("\"'").strip()
    lettered = is_lettered(question)
    if not word:
        what = "the number that is asked for, or a letter" if lettered else "a number"
        upto = f"a to {LETTERS[len(options) - 1]}" if lettered else f"1 to {len(options)}"
        return NoMatch(f"Type {what} from {upto}, or the start of an answer.")
    if lettered and len(word) == 1 and word in LETTERS[: len(options)]:
        return options[LETTERS.index(word)].id
    with_label = _NUMBER_AND_LABEL.fullmatch(word)
    if with_label is not None and 0 < int(with_label[1]) <= len(options):
        option = options[int(with_label[1]) - 1]
        if fold(option.label).startswith(fold(with_label[2])):
            return option.id
    bare = _NUMBER.fullmatch(word)
    if bare is not None:
        number = int(bare[1]) if len(bare[1]) < 6 else 0
        # An age is never as small as a place in the list of its two answers.
        amount = taken_as(question, number) if lettered or number > len(options) else None
        if amount is not None:
            return amount
        if 1 <= number <= len(options):
            return options[number - 1].id
        return NoMatch(
            f"{quoted(word)} is not in the list. Its numbers go from 1 to {len(options)}."
        )
    exact = [option.id for option in options if word in (fold(option.id), fold(option.label))]
    if exact:
        return exact[0]
    if word in _WORDS:
        return _WORDS[word]
    starts = [n for n, option in enumerate(options, 1) if fold(option.label).startswith(word)]
    if len(starts) == 1:
        return options[starts[0] - 1].id
    if starts:
        numbers = ", ".join(map(str, starts[:-1])) + f" or {starts[-1]}"
        return NoMatch(f"{quoted(text)} could be {numbers}. Type one of these numbers.")
    return NoMatch(
        f"{quoted(text)} is not in the list. Type a number from 1 to {len(options)}.", unknown=True
    )
