"""The reading grade, measured by spelling, agrees with textstat 0.7.8 and its dictionary."""

from __future__ import annotations

import pytest
import textstat

from pathfinder.ruletools.check.words_file import WordList, read_words
from pathfinder.ruletools.check.written import (
    HIGHEST,
    grade,
    sentences,
    syllables,
    words,
)

WITHIN = 0.3  # of a grade, over the sentences of one file


def plain(sentence: str) -> str:
    said = sentence.strip()
    return said if said[-1] in ".?!" else said.rstrip(":;,") + "."


def files() -> dict[str, list[str]]:
    from datetime import date

    from pathfinder.loader.rule_files import built_in
    from pathfinder.ruletools.check.collect import files_in, read
    from pathfinder.ruletools.check.written import prose

    by_file: dict[str, list[str]] = {}
    book = read(files_in(built_in()), date(2026, 11, 22)).book
    for text, _ in prose(book):
        said = map(book.words.plain, sentences(text.node.value))
        by_file.setdefault(text.file, []).extend(said)
    return by_file


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(files()))
def test_the_grade_of_a_file_is_that_of_textstat(name: str) -> None:
    said = files()[name]
    theirs = textstat.flesch_kincaid_grade(" ".join(map(plain, said)))
    assert grade(said) == pytest.approx(theirs, abs=WITHIN)


@pytest.mark.slow
def test_nearly_every_word_has_the_syllables_of_the_dictionary() -> None:
    found = {
        word.lower()
        for said in files().values()
        for sentence in said
        for word in words(sentence)
        if word.isalpha()
    }
    differ = [word for word in found if syllables(word) != textstat.syllable_count(word)]
    assert len(differ) < 0.05 * len(found)


def test_a_long_sentence_of_long_words_is_far_above_grade_six() -> None:
    assert grade(["Comprehensive evaluation facilitates identification of vulnerabilities."]) > 12


def test_the_highest_grade_is_the_sixth() -> None:
    assert HIGHEST == 6  # design, section 7: the words of every text


def test_no_text_has_no_grade() -> None:
    assert grade([]) == grade(["…"]) == 0


def test_a_field_term_of_the_rule_set_counts_as_one_plain_word() -> None:
    ours = read_words()
    assert words(ours.plain("Intensive outpatient care")) == ["care", "care"]
    assert words(ours.plain("Therapists and opioids")) == ["care", "and", "care"]
    assert ours.plain("spirituality") == "spirituality"
    assert WordList((), (), ("meeting",)).plain("Meetings, residential") == "care, residential"
    assert WordList(()).plain("Intensive outpatient care") == "Intensive outpatient care"


def test_a_colon_ends_a_sentence() -> None:
    assert sentences('One thing: "rest." Then  go\non.') == ["One thing:", '"rest.', "Then go on."]
