"""How hard a text is to read: the Flesch-Kincaid grade, in years of school.

Why this module exists: "plain words" is measured, on every machine in the same way and
without a dictionary to download. Syllables are counted by the spelling: groups of vowels,
less what is silent, more what is said apart. Over the built-in rules the grade of a file
stays within 0.3 of what textstat 0.7.8 says with its dictionary (`tests/test_check_grade.py`).

It must not know which texts are measured.

    >>> round(grade(["You need care day and night."]), 1)
    -1.4
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

HIGHEST: Final = 6.0
"""The grade that a text may have: design section 7."""

FIELD_TERMS: Final = (
    "intensive outpatient",
    "outpatient",
    "intensive",
    "residential",
    "recovery",
    "medication",
    "medical",
    "emergency",
    "withdrawal",
    "professional",
    "alcohol",
    "opioid",
    "sedative",
    "cannabis",
    "naloxone",
    "methadone",
    "buprenorphine",
    "prescriber",
    "therapist",
    "therapy",
    "counselor",
    "spiritual",
    "secular",
    "psychiatric",
    "assessment",
    "diagnosis",
    "facilitation",
    "facilitated",
    "insurance",
)
"""Words of the field that can't be avoided. Each counts as one plain word."""

_TERMS: Final = re.compile(r"\b(?:" + "|".join(FIELD_TERMS) + r")s?\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019-]*")
_SHORTEST: Final = 3  # "Call now." is no sentence to take a breath after

_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(
    r"(?<=[^aeiouylsxzcg])(?<![cs]h)es$|[aeiouy]les$|[^aeiouytd]ed$|[^aeiouyl]e$|[aeiouyr]le$"
)
_SILENT_INSIDE: Final = re.compile(r"[^aeiouy]e(?:ly|less|ful|ment|ty)|[aeiouy]me(?:th|wh)")
_APART: Final = re.compile(
    r"(?<!c)ia(?!l)|io(?!n|us)|ual|[aeouy]ing|iety|ier|iest|iet|eo(?!n|p)|[aeiou]y[aeiou]|sm$|cient"
)


def words(sentence: str) -> list[str]:
    """The words of a sentence, field terms made plain."""
    return _WORD.findall(_TERMS.sub("care", sentence))


def grade(sentences: Iterable[str]) -> float:
    """The grade of these sentences together. Below 0 for very short ones; 0 for none at all."""
    counted = [found for sentence in sentences if (found := words(sentence))]
    total = sum(map(len, counted))
    if not total:
        return 0.0
    whole = max(1, sum(len(each) >= _SHORTEST for each in counted))
    spoken = sum(syllables(word) for each in counted for word in each)
    return 0.39 * total / whole + 11.8 * spoken / total - 15.59


@cache
def syllables(word: str) -> int:
    """The syllables of a word, by its spelling; of a word with hyphens, those of its parts."""
    parts = re.split(r"[^a-z']+", word.lower().replace("\u2019", "'"))
    return max(1, sum(_of_part(part) for part in parts if part.strip("'")))


def _of_part(part: str) -> int:
    if part.endswith("n't"):
        stem = part[:-3]
        return (_of_part(stem) if stem else 1) + (stem[-1:] in tuple("dst"))
    stem = part.split("'")[0]
    if not stem:
        return 0
    count = len(_VOWELS.findall(stem)) + len(_APART.findall(stem))
    return max(1, count - bool(_SILENT.search(stem)) - len(_SILENT_INSIDE.findall(stem)))
