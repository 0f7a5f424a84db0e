"""Many answer sets at once: for each answer, who of the crowd gave it.

Why this module exists: a hundred thousand decisions one by one take a minute for one
rule set. A crowd keeps, for each answer of each question, one whole number in which bit
n says whether person n gave it. Conditions are then worked out for everybody with a few
"and" and "or" of large numbers, which Python does quickly.

It must not know what a rule is. Chance comes in only as a seed.

    >>> crowd = everyone([Asked("home", False, ("none", "steady"))])
    >>> crowd.size, crowd.person(2)
    (4, {'home': 'unsure'})
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pathfinder.engine.possible import alike, every_answer, possible
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer

Mask = int
"""Bit n stands for person n of the crowd."""


PIECE: Final = 1 << 16
"""So many people are worked out at once: their numbers then stay near the processor."""

_BITS_OF_CHANCE: Final = 16
_CHOSEN: Final = 0.25
"""How likely each answer of a question with several answers is chosen. With a half, six
substances would come together too often, and cannabis alone hardly ever."""


class Asked(NamedTuple):
    """A question as the crowd answers it: its id, whether it takes several, its answers."""

    id: str
    many: bool
    answers: tuple[str, ...]


class Crowd(NamedTuple):
    """`gave[question][answer]`: who gave it. `unsure` and `skip` are answers like others.

    Everybody answers every question, also those that aren't put to them: the rules then
    don't look.
    """

    size: int
    questions: tuple[Asked, ...]
    gave: Mapping[str, Mapping[str, Mask]]

    @property
    def all(self) -> Mask:
        return (1 << self.size) - 1

    def person(self, place: int) -> dict[str, Answer]:
        """The answers of one of them, in normal form."""
        answers: dict[str, Answer] = {}
        for question in self.questions:
            chosen = tuple(
                answer
                for answer in (*question.answers, UNSURE, SKIP)
                if self.gave[question.id][answer] >> place & 1
            )
            if not question.many or chosen in ((UNSURE,), (SKIP,)):
                answers[question.id] = chosen[0]
            else:
                answers[question.id] = chosen
        return answers

    def pieces(self) -> Iterator[Crowd]:
        """The crowd again, some people at a time, from the lowest place on."""
        for start in range(0, self.size, PIECE):
            size = min(PIECE, self.size - start)
            ones = (1 << size) - 1
            gave = {
                question: {answer: who >> start & ones for answer, who in given.items()}
                for question, given in self.gave.items()
            }
            yield Crowd(size, self.questions, gave)


def drawn(questions: Sequence[Asked], size: int, seed: int) -> Crowd:
    """A crowd whose answers are drawn by chance; the same seed gives the same crowd.

    Each answer of a question is as likely as the next, "not sure" and "prefer not to say"
    included. Where several answers can be given, those two keep their share, and else each
    answer is chosen with a chance of one in four, `none` where none is.
    """
    return _drawn(questions, size, random.Random(seed))


def drawn_in_pieces(questions: Sequence[Asked], size: int, seed: int) -> Iterator[Crowd]:
    """People as `drawn` draws them, some at a time, so that a million needn't be kept."""
    dice = random.Random(seed)
    for start in range(0, size, PIECE):
        yield _drawn(questions, min(PIECE, size - start), dice)


def _drawn(questions: Sequence[Asked], size: int, dice: random.Random) -> Crowd:
    gave = {question.id: _draw(question, size, dice) for question in questions}
    return Crowd(size, tuple(questions), gave)


def everyone(questions: Sequence[Asked]) -> Crowd:
    """A crowd in which each way to answer these questions is there once."""
    size = ways(questions)
    gave: dict[str, dict[str, Mask]] = {}
    block = 1
    for question in questions:
        choices = _choices(question)
        gave[question.id] = masks = dict.fromkeys((*question.answers, UNSURE, SKIP), 0)
        run = (1 << block) - 1
        for place, choice in enumerate(choices):
            mask = _repeated(run << (place * block), block * len(choices), size)
            for answer in choice:
                masks[answer] |= mask
        block *= len(choices)
    return Crowd(size, tuple(questions), gave)


def gathered(questions: Sequence[Asked], people: Sequence[Mapping[str, Answer]]) -> Crowd:
    """A crowd of these people, in this order; what is left out counts as `skip`."""
    gave: dict[str, dict[str, Mask]] = {}
    for question in questions:
        digits = {answer: bytearray(len(people)) for answer in (*question.answers, UNSURE, SKIP)}
        for place, answers in enumerate(people):
            answer = answers.get(question.id, SKIP)
            for each in (answer,) if isinstance(answer, str) else answer:
                digits.get(each, digits[SKIP])[-1 - place] = 1
        gave[question.id] = {
            answer: int(bytes(each).translate(_AS_DIGITS) or b"0", 2)
            for answer, each in digits.items()
        }
    return Crowd(len(people), tuple(questions), gave)


_AS_DIGITS: Final = bytes.maketrans(b"\0\1", b"01")


def alone(questions: Sequence[Asked], answers: Mapping[str, Answer]) -> Crowd:
    """A crowd of one."""
    return gathered(questions, [answers])


def ways(questions: Sequence[Asked]) -> int:
    """In how many ways these questions can be answered, each by itself."""
    return math.prod(map(_ways, questions))


def _ways(question: Asked) -> int:
    # Nothing tells the answers apart, so that few stand for all, with how many each stands for.
    known = alike(question.answers, (), many=question.many)
    return 2 + sum(number for _, number in possible(known))  # unsure and skip are two more


def _choices(question: Asked) -> list[tuple[str, ...]]:
    """Every answer to one question: the first options change fastest, `skip` comes last.

    See `compare` for `skip`; the person at the lowest place is the one that is shown.
    """
    options = question.answers[::-1] if question.many else question.answers
    known = [answer for answer, _ in possible(every_answer(options, many=question.many))]
    if question.many:
        known.sort(key=lambda answer: NONE in answer)
    return [*known, (UNSURE,), (SKIP,)]


def _repeated(pattern: Mask, length: int, size: int) -> Mask:
    """The pattern of `length` bits, again and again up to `size` bits."""
    while length < size:
        pattern |= pattern << length
        length *= 2
    return pattern & ((1 << size) - 1)


# --- drawing ------------------------------------------------------------------------


def _draw(question: Asked, size: int, dice: random.Random) -> dict[str, Mask]:
    everybody = (1 << size) - 1
    if not question.many:
        return _split((*question.answers, UNSURE, SKIP), everybody, size, dice)
    shares = len(question.answers) + 2
    unsure = _some(1 / shares, size, dice)
    skip = _some(1 / (shares - 1), size, dice) & ~unsure
    left = everybody & ~unsure & ~skip
    masks: dict[str, Mask] = {}
    nothing = left
    for answer in question.answers:
        if answer != NONE:
            masks[answer] = _some(_CHOSEN, size, dice) & left
            nothing &= ~masks[answer]
    if NONE in question.answers:
        masks[NONE] = nothing
    else:  # something has to be said
        skip |= nothing
    return {**masks, UNSURE: unsure, SKIP: skip}


def _split(
    answers: Sequence[str], everybody: Mask, size: int, dice: random.Random
) -> dict[str, Mask]:
    """Everybody gives one of the answers, each as likely as the next."""
    masks: dict[str, Mask] = {}
    left = everybody
    for place, answer in enumerate(answers):
        rest = len(answers) - place
        mine = left if rest == 1 else left & _some(1 / rest, size, dice)
        masks[answer] = mine
        left &= ~mine
    return masks


def _some(chance: float, size: int, dice: random.Random) -> Mask:
    """Each person with this chance, to 16 binary places: coin falls, last place first."""
    places = round(chance * 2**_BITS_OF_CHANCE)
    mask = 0
    lowest = (places & -places).bit_length() - 1  # below it, no coin changes anything
    for place in range(max(lowest, 0), _BITS_OF_CHANCE):
        coin = dice.getrandbits(size)
        mask = mask | coin if places >> place & 1 else mask & coin
    return mask
