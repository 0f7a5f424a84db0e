"""The check `reading-grade`: its manual page, an example, and what looks for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import HIGHEST, RuleText, Spoken, grade_of_words, prose

FAMILY = "language"
PAGE = """The texts of a file are harder to read than grade 6.

People read this in distress, and many left school early. The grade is that of Flesch and
Kincaid, over all sentences of one file together, with words of the field (such as
"outpatient": `field_terms` in words.yaml) counted as one plain word each. Files of under
30 words aren't measured.

To put it right, begin with the sentence that the finding points at: say it in two
sentences, and take a shorter word where there is one.
"""
CODE = "reading-grade"
SEVERITY = Severity.ERROR
FILE = "supports.yaml"
GOOD = "text: You can join from home."
BAD = """text: Participation necessitates considerable organizational determination.
     Individuals experiencing difficulties regularly underestimate the accumulated
     consequences. Comprehensive interdisciplinary evaluation facilitates identification
     of underlying vulnerabilities. Sustainable improvement presupposes continuous
     involvement"""

_FEWEST_WORDS = 30


def check(book: Book) -> Iterator[Found]:
    by_file: dict[str, list[tuple[RuleText, tuple[Spoken, ...]]]] = defaultdict(list)
    for text, said in prose(book):
        by_file[text.file].append((text, said))
    for file, texts in by_file.items():
        measured, length = _measured([sentence for _, said in texts for sentence in said])
        if measured <= HIGHEST or length < _FEWEST_WORDS:
            continue
        # A short label of one long word isn't what makes a file hard: weigh by the length.
        hardest, _ = max(texts, key=lambda each: _weight(each[1]))
        message = f"the texts of this file read at grade {measured:.1f}; the most is {HIGHEST:.0f}."
        yield book.found(file, hardest.node, f"{message} This is the hardest of them")


def _measured(said: Sequence[Spoken]) -> tuple[float, int]:
    """The grade of these sentences together, and how many words they have."""
    return grade_of_words(each.words for each in said), sum(len(each.words) for each in said)


def _weight(said: Sequence[Spoken]) -> float:
    measured, length = _measured(said)
    return (measured - HIGHEST) * length
