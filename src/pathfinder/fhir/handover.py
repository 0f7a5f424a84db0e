"""Answers as a short code that a person can read aloud or type: thirty letters and some more.

Why this module exists: a page on a tablet has no way to send anything, and shall have none. Where
its file can't be carried over, its answers are written down: each question's answer is a
digit, all digits one number, and the number letters that no eye takes for each other.

It must not be taken for a lock: whoever has the rules can read the code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from pathfinder.engine.flow import applicable
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, Problem
from pathfinder.sanitize import quoted

LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""Those of bech32: none looks like another, and six of them notice up to four slips."""

_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_OURS: Final = 0x5046
"""What the checksum of a code of ours comes to: so no code of another kind is taken for one."""

_CHECK: Final = 6
_RULES: Final = 4
_GROUP: Final = 4
_LONGEST: Final = 1000
_UNKNOWN: Final = ("", UNSURE, SKIP)


def polymod(values: Sequence[int]) -> int:
    """The remainder that a checksum of bech32 is made of."""
    found = 1
    for value in values:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            found ^= term if top >> place & 1 else 0
    return found


def ways(question: Question) -> int:
    """How many answers a question can have, none at all included."""
    if question.kind != "many":
        return len(_UNKNOWN) + len(question.answers)
    return len(_UNKNOWN) + (1 << len(_several(question)))


def plan(rules: RuleSet) -> dict[str, Any]:
    """What a page needs to write a code as this module does."""
    size = length(rules) - _RULES - _CHECK
    return {"letters": LETTERS, "rules": _fingerprint(rules), "size": size, "check": _OURS}


def length(rules: RuleSet) -> int:
    """How many letters a code of these rules has."""
    most = 1
    for question in rules.questions:
        most *= ways(question)
    return _RULES + -(-(most - 1).bit_length() // 5) + _CHECK


def written(rules: RuleSet, answers: Answers) -> str:
    """The code, in groups. Answers that the path leaves out aren't in it."""
    asked = {question.id for question in applicable(rules, answers)}
    number = 0
    for question in rules.questions:
        answer = answers.get(question.id, "") if question.id in asked else ""
        number = number * ways(question) + _digit(question, answer)
    size = length(rules) - _RULES - _CHECK
    values = [*_fingerprint(rules), *(number >> 5 * at & 31 for at in range(size - 1, -1, -1))]
    check = polymod([*values, *[0] * _CHECK]) ^ _OURS
    values += [check >> 5 * at & 31 for at in range(_CHECK - 1, -1, -1)]
    text = "".join(LETTERS[value] for value in values)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)).upper()


def looks_written(data: bytes) -> bool:
    """Whether a file holds a code: letters, digits and what stands between groups of them."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    return 0 < len(text) < _LONGEST and re.fullmatch(r"[\w\s-]*\w[\w\s-]*", text) is not None


def read_code(rules: RuleSet, data: bytes, label: str) -> dict[str, Answer]:
    """The answers of a code. Raises AnswersError with what is wrong with it."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    letters = [letter for letter in text.lower() if not letter.isspace() and letter != "-"]
    for letter in letters:
        if letter not in LETTERS:
            raise _slip(label, f"{quoted(letter.upper())} stands in no code; check it")
    values = [LETTERS.index(letter) for letter in letters]
    if len(values) <= _RULES + _CHECK or polymod(values) != _OURS:
        said = f"a code of these rules has {length(rules)} letters, and this one {len(values)}"
        raise _slip(label, f"the code doesn't hold; check it letter by letter ({said})")
    if values[:_RULES] != _fingerprint(rules):
        message = "the code was made by a page of other rules; name them with --rules"
        raise _slip(label, message)
    number = 0
    for value in values[_RULES:-_CHECK]:
        number = number << 5 | value
    answers: dict[str, Answer] = {}
    for question in reversed(rules.questions):
        number, digit = divmod(number, ways(question))
        if answer := _answer(question, digit):
            answers[question.id] = answer
    asked = {question.id for question in applicable(rules, answers)}
    fits = all(a != (NONE,) or NONE in rules.question_by_id[q].answers for q, a in answers.items())
    if number or len(values) != length(rules) or not (fits and answers.keys() <= asked):
        raise _slip(label, "the code stands for no answers of these rules")
    return {each.id: answers[each.id] for each in rules.questions if each.id in answers}


def _slip(label: str, message: str) -> AnswersError:
    return AnswersError([Problem(label, 1, 1, "code", message)])


def _fingerprint(rules: RuleSet) -> list[int]:
    """The first twenty bits of the rules' fingerprint."""
    bits = int(rules.sha256[:5], 16)
    return [bits >> 5 * at & 31 for at in range(_RULES - 1, -1, -1)]


def _several(question: Question) -> tuple[str, ...]:
    return tuple(answer for answer in question.answers if answer != NONE)


def _digit(question: Question, answer: Answer) -> int:
    if isinstance(answer, str) and answer in _UNKNOWN:
        return _UNKNOWN.index(answer)
    if question.kind != "many":
        assert isinstance(answer, str)
        return len(_UNKNOWN) + question.answers.index(answer)
    # None is no choice at all: the one set of choices that can't be given otherwise.
    chosen = sum(1 << at for at, each in enumerate(_several(question)) if each in answer)
    return len(_UNKNOWN) + chosen


def _answer(question: Question, digit: int) -> Answer:
    if digit < len(_UNKNOWN):
        return _UNKNOWN[digit]
    digit -= len(_UNKNOWN)
    if question.kind != "many":
        return question.answers[digit]
    chosen = tuple(each for at, each in enumerate(_several(question)) if digit >> at & 1)
    return chosen or (NONE,)
