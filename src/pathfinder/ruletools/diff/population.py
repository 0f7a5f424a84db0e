"""Many answer sets at once: for each answer, who gave it; and what a change did to them.

Why this module exists: a hundred thousand decisions one by one take a minute for one
rule set. A crowd keeps, for each answer of each question, one whole number in which bit
n says whether person n gave it. Conditions are then worked out for everybody with a few
"and" and "or" of large numbers, which Python does quickly. The same sums are made of people who
are drawn, of cases and of an agency's own answers, and page and data speak of these kinds.

It must not know what a rule is, or word anything. Chance comes in only as a seed.

    >>> crowd = everyone([Asked("home", False, ("none", "steady"))])
    >>> crowd.size, crowd.person(2)
    (4, {'home': 'unsure'})
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
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


BEGIN: Final = "begin"
"""With which level of care somebody can begin: that of the first path, or what is left of it."""

BELOW: Final = ", below what is safe"
"""Stands after a level to begin with, where the safe level is higher."""

MOVES: Final = ("first_path", "safe_level", "hold", "compromise", BEGIN)
"""Parts of which everybody gets one: a change goes from one to another."""

COMES_AND_GOES: Final = (
    "first", "alerts", "paths", "told", "about_equal", "supports", "notes", "moves", "barriers",
    "helps", "to_check",
)  # fmt: skip
"""Parts of which people get several: each comes or goes by itself."""

ORDERED: Final = ("first", "alerts")
"""Those of them whose order is told: two that were there before may change places."""

ORDER: Final = "order"
"""The part for the order of the paths, of which a change is told without saying which two."""

AS_BEFORE: Final = "one order"
ANOTHER: Final = "another"

PARTS: Final = (
    "first_path", "safe_level", BEGIN, "alerts", "first", "paths", "hold", "supports", "moves",
    "notes",
    "compromise", "barriers", "helps", ORDER, "about_equal", "told", "to_check",
)  # fmt: skip
"""In the order in which they are told: what bears on safety comes first."""

LESS_CARE: Final = "less_care"
MORE_CARE: Final = "more_care"
BEGINS_LESS: Final = "begins_less"
LOSES: Final = {"alerts": "alert", "first": "first_step", "paths": "safe_path"}
DIRECTIONS: Final = (LESS_CARE, BEGINS_LESS, MORE_CARE, *LOSES.values())
"""Less care: a first path of a lower level, or a lower safe level. More care: a higher one of
these, and none lower. Who begins with less has something before the first path, and what can be
begun now is less than before, or newly below the safe level. The others lose one."""

STILL_SAFE: Final = "less_care_still_safe"
MORE_BUT_LESS: Final = "more_care_begins_less"
"""Of less care: for how many the first path is still at or above the safe level of before. Of more
care: how many can begin only with less."""


class PartRow(NamedTuple):
    """One kind of change, and the plainest person found for whom it is felt.

    `old` is None for what comes, `new` for what goes. Of a part that is ordered, both stand
    where two have changed places: see `turned`. `whose` names a real person; it is empty for one
    who was drawn. `care` is -1 where it is less care, 1 where it is more. Of a first path, `shut`
    says to how many of them the one before isn't open any more, though their safe level is
    what it was. `warned`, of a support: alert or first step -> how many of them are told it, and
    how many who are told it have the support on the other side of the change.
    """

    part: str
    old: str | None
    new: str | None
    sets: int
    whose: str
    person: Mapping[str, Answer]
    care: int
    shut: int = 0
    warned: Mapping[tuple[str, str], tuple[int, int]] = {}


class Tally(NamedTuple):
    """What a change does to one crowd. `touched`: part -> for how many it differs. `of_these`: of
    some directions, for how many something else holds, too."""

    sets: int
    any: int
    touched: Mapping[str, int]
    directions: Mapping[str, int]
    rows: tuple[PartRow, ...]
    of_these: Mapping[str, int] = {}


def added(tallies: Iterable[Tally]) -> Tally:
    """Several crowds as one.

    Of each kind of change, the real person with the fewest answers stays, or who was drawn first.
    """
    sets = any_ = 0
    touched = dict.fromkeys(PARTS, 0)
    directions = dict.fromkeys(DIRECTIONS, 0)
    of_these = dict.fromkeys((STILL_SAFE, MORE_BUT_LESS), 0)
    rows: dict[tuple[str, str | None, str | None], PartRow] = {}
    for tally in tallies:
        sets, any_ = sets + tally.sets, any_ + tally.any
        for part, number in tally.touched.items():
            touched[part] += number
        for name, number in tally.directions.items():
            directions[name] += number
        for name, number in tally.of_these.items():
            of_these[name] += number
        for row in tally.rows:
            kind = row.part, row.old, row.new
            before = rows.get(kind)
            if before is None:
                rows[kind] = row
            else:
                plainer = row if row.whose and len(row.person) < len(before.person) else before
                rows[kind] = plainer._replace(
                    sets=before.sets + row.sets,
                    shut=before.shut + row.shut,
                    warned={
                        what: (some + row.warned[what][0], others + row.warned[what][1])
                        for what, (some, others) in before.warned.items()
                    },
                )
    order = {part: at for at, part in enumerate(PARTS)}
    told = sorted(rows.values(), key=lambda row: (order[row.part], row.care, -row.sets))
    return Tally(sets, any_, touched, directions, tuple(told), of_these)


def lowest(who: Mask) -> int:
    return (who & -who).bit_length() - 1


Change = tuple[str | None, str | None, Mask]


def turned(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each two that stand in both and have changed places, as they stood."""
    place = {name: at for at, name in enumerate(new)}
    for one, other in combinations([name for name in old if name in place], 2):
        if place[other] < place[one]:
            yield one, other


def in_order(one: str, other: str) -> str:
    return f"{one}, then {other}"


def moves(old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> Iterator[Change]:
    for left, had in old.items():
        gone = had & ~new.get(left, 0) & who
        for right, have in new.items() if gone else ():
            if left != right and (mask := gone & have):
                yield left, right, mask


def comings(
    old: Mapping[str, Mask], new: Mapping[str, Mask], same: Iterable[str], who: Mask
) -> Iterator[Change]:
    alike = set(same)
    for name in {**old, **new}:
        if name in alike:
            continue
        had, have = old.get(name, 0), new.get(name, 0)
        if gone := had & ~have & who:
            yield name, None, gone
        if come := have & ~had & who:
            yield None, name, come


def turns(old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> Iterator[Change]:
    for one, other in turned(old, new):
        if mask := old[one] & old[other] & new[one] & new[other] & who:
            yield in_order(one, other), in_order(other, one), mask
