"""The words are plain: grade 6 or under, short sentences, few long words.

Measured with textstat 0.7.8 (later versions download data). A few field terms
can't be avoided; they count as one plain word. Labels, names and titles are exempt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textstat
import yaml

from pathfinder.ruletools.check.words_file import read_words

RULES = Path(__file__).parents[1] / "rules"
FILES = [*sorted(RULES.glob("*.yaml")), *sorted((RULES / "factors").glob("*.yaml"))]

_TERMS = re.compile(r"\b(?:" + "|".join(read_words().field_terms) + r")s?\b", re.IGNORECASE)

# What a person reads as sentences. Labels, names and ids are not in it.
TEXT_KEYS = {
    "ask", "why", "cue", "because", "check", "text", "opens_when", "short", "interest",
    "judgement", "if", "us", "uk", "ca", "au", "ie", "elsewhere",
}  # fmt: skip


def texts(node: object, key: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from texts(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, key)
    elif isinstance(node, str) and key in TEXT_KEYS:
        yield node


@cache
def said(file: Path) -> tuple[str, ...]:
    """The sentences of a file, field terms made plain."""
    found = []
    for text in texts(yaml.safe_load(file.read_text(encoding="utf-8"))):
        for sentence in re.split(r"(?<=[.?!:;])[\"')]*\s+", text.strip()):
            plain = _TERMS.sub("care", sentence).strip()
            if plain:
                found.append(plain if plain[-1] in ".?!" else plain.rstrip(":;,") + ".")
    return tuple(found)


@cache
def syllables(word: str) -> int:
    return int(textstat.syllable_count(word))


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_the_text_of_each_rule_file_is_at_grade_six_or_under(file: Path) -> None:
    sentences = said(file)
    if sentences:
        assert textstat.flesch_kincaid_grade(" ".join(sentences)) <= 6


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_no_sentence_is_long_or_full_of_long_words(file: Path) -> None:
    hard = []
    for sentence in said(file):
        words = re.findall(r"[A-Za-z0-9][A-Za-z0-9'\u2019-]*", sentence)
        long_words = [w for w in words if w.isalpha() and syllables(w.lower()) >= 4]
        if len(words) > 20 or len(long_words) > 2:
            hard.append((len(words), long_words, sentence))
    assert hard == []
