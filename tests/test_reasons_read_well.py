"""Every reason reads well as the program shows it, and says one thing in one direction.

Each argument is told as a person reads it, what they said and what a path makes of it, beside
every other sentence that explains something, and held to `docs/rule-format.md`, "Words".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import textstat
import yaml
from built_in import RULES

import pathfinder
from pathfinder.engine.fit import fit_paths, joined
from pathfinder.engine.question import SKIP, UNSURE
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.check.words_file import read_words

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

SOURCE = Path(pathfinder.__file__).parent
WORDS = read_words()


class Said(NamedTuple):
    """One sentence or more that explain."""

    where: str
    because: str


def reasons(rules: RuleSet) -> Iterator[tuple[int, Said]]:
    """Every argument of every answer, with its points."""
    for table in rules.reasons:
        for answer, row in table.rows.items():
            for each in row.arguments:
                where = f"{table.question}={answer} {each.points:+d}"
                yield each.points, Said(where, joined(row.says, each.because))


def rule_texts(rules: RuleSet) -> Iterator[Said]:
    """What alerts, first steps, gates, supports, notes, moves, barriers and readings say."""
    for each in (
        *rules.alert_rules,
        *rules.first_rules,
        *rules.gates,
        *rules.support_rules,
        *rules.note_rules,
        *rules.move_rules,
        *rules.barriers,
        *(reading for question in rules.questions for reading in question.readings),
    ):
        for field in ("because", "check", "opens_when"):
            if text := getattr(each, field, ""):
                yield Said(f"{each.id} {field}", text)
    for question in rules.questions:
        yield Said(f"{question.id} why", question.why)


FIT = list(reasons(RULES))
FOR = [said for points, said in FIT if points > 0]
AGAINST = [said for points, said in FIT if points < 0]
OTHER = list(rule_texts(RULES))
EVERY = {said.because: said for said in (*FOR, *AGAINST, *OTHER)}.values()
"""Each different text once: a hundred paths may share one."""


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def plain_words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9][A-Za-z0-9'\u2019-]*", text)


def every(holds: Callable[[Said], bool]) -> list[str]:
    """Where it doesn't hold, with what is said there."""
    return [f"{said.where}: {said.because}" for said in EVERY if not holds(said)]


# --- nothing is left out -----------------------------------------------------------------------


def test_every_argument_that_always_counts_is_told_to_every_path_it_names() -> None:
    for table in RULES.reasons:
        many = RULES.question_by_id[table.question].kind == "many"
        for answer, row in table.rows.items():
            known = frozenset([answer]) if many else answer
            value = None if answer in (UNSURE, SKIP) else known
            fits = fit_paths(RULES, {table.question: answer}, {table.question: value})
            for each in row.arguments:
                if each.when is None and each.unless is None:
                    text = joined(row.says, each.because)
                    for path in each.paths:
                        told = [(r.because, r.points) for r in fits[path].told]
                        assert (text, each.points) in told, (table.id, answer, path)
    assert len(FOR) > 80
    assert len(AGAINST) > 60


def test_a_reason_begins_with_what_the_person_said() -> None:
    for table in RULES.reasons:
        for row in table.rows.values():
            assert not row.arguments or re.fullmatch(r"[A-Z\d].*[^.?!]", row.says), row.answer


def test_no_sentence_speaks_for_one_path_and_against_another() -> None:
    assert {said.because for said in FOR} & {said.because for said in AGAINST} == set()


# --- form --------------------------------------------------------------------------------------


def test_a_reason_is_one_to_three_sentences() -> None:
    """A headline takes the place of a path, so it may hold one more."""
    headlines = {f"{rule.id} because" for rule in RULES.note_rules if rule.headline}
    assert (
        every(
            lambda said: 1 <= len(sentences(said.because)) <= (4 if said.where in headlines else 3)
        )
        == []
    )


def test_no_sentence_has_more_than_twenty_words() -> None:
    """A reason joins two parts, each of them short; every other sentence stands alone."""
    long = [
        part
        for table in RULES.reasons
        for row in table.rows.values()
        for text in (row.says, *(each.because for each in row.arguments))
        for part in sentences(text)
        if len(plain_words(part)) > 20
    ]
    long += [
        part for said in OTHER for part in sentences(said.because) if len(plain_words(part)) > 20
    ]
    assert long == []
    assert every(lambda s: all(len(plain_words(part)) <= 32 for part in sentences(s.because))) == []


def test_a_reason_is_neither_a_scrap_nor_a_speech() -> None:
    assert every(lambda said: 20 <= len(said.because) <= 300) == []


def test_each_sentence_begins_with_a_capital_and_ends_with_one_mark() -> None:
    begins = re.compile(r"[A-Z]|\d")
    ends = re.compile(r"[^.?!,:;\s]['\u2019”]?[.?]$")
    assert (
        every(
            lambda said: all(
                begins.match(part) and ends.search(part) for part in sentences(said.because)
            )
        )
        == []
    )


def test_no_space_is_doubled_and_none_stands_at_an_end_or_before_a_mark() -> None:
    odd = re.compile(r"\s\s|\s$|^\s|\s[.,;:?!]|[.,;:?!]{2}|\n")
    assert every(lambda said: not odd.search(said.because)) == []


def test_what_to_ask_a_professional_is_one_question_in_the_persons_own_mouth() -> None:
    checks = [said for said in OTHER if said.where.endswith(" check")]
    assert [s for s in checks if not s.because.endswith("?") or s.because.count("?") > 1] == []
    assert [s for s in checks if re.search(r"\b(?:you|your)\b", s.because) and not re.search(
        r"\b(?:I|me|my|with you)\b", s.because)] == []  # fmt: skip


# --- words -------------------------------------------------------------------------------------

BLAME = re.compile(
    r"\byou (?:failed|refuse|let|caused|ruined|lied|never|only|always|should|shouldn't|won't|"
    r"didn't|gave up|broke|must)\b|\bbecause of you\b|\byour own (?:fault|doing)\b|"
    r"\b(?:use|people) like (?:you|yours)\b",
    re.IGNORECASE,
)


def test_no_reason_holds_a_word_to_avoid() -> None:
    assert every(lambda said: not WORDS.found_in(said.because)) == []


def test_no_you_is_used_to_blame() -> None:
    assert every(lambda said: not BLAME.search(said.because)) == []


def test_no_reason_gives_a_share_or_a_score() -> None:
    assert every(lambda said: not re.search(r"%|\bper ?cent\b|\d points?\b", said.because)) == []


@pytest.mark.slow
@pytest.mark.parametrize("told", [FOR, AGAINST, OTHER], ids=["for", "against", "other"])
def test_reasons_together_are_at_grade_six_or_under(told: list[Said]) -> None:
    pooled = " ".join(dict.fromkeys(said.because for said in told))
    assert textstat.flesch_kincaid_grade(pooled) <= 6


LONG_WORDS = {
    "buprenorphine", "community", "continuing", "emergency", "professional", "residential",
    "spiritual",
}  # fmt: skip


@cache
def syllables(word: str) -> int:
    return int(textstat.syllable_count(word))


@pytest.mark.slow
def test_long_words_are_the_few_that_have_no_shorter_one() -> None:
    used = {
        word.lower()
        for said in EVERY
        for word in re.findall(r"[A-Za-z]+", said.because)
        if syllables(word.lower()) >= 4
    }
    assert used - LONG_WORDS == set()


# --- every other text --------------------------------------------------------------------------

NOT_SAID = {"section", "id", "address", "claim", "seen_at", "number", "publisher"}
"""Keys of the rule files whose values are names and places that others chose."""


def rule_file_texts(node: object, key: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in NOT_SAID:
                yield from rule_file_texts(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from rule_file_texts(value, key)
    elif isinstance(node, str):
        yield node


RULE_FILES = sorted(file for file in built_in().rglob("*.yaml") if file.name != "words.yaml")


@pytest.mark.parametrize("file", RULE_FILES, ids=[file.name for file in RULE_FILES])
def test_no_text_of_a_rule_file_holds_a_word_to_avoid(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert [
        (hit.found, text) for text in rule_file_texts(data) for hit in WORDS.found_in(text)
    ] == []


def program_texts(file: Path) -> Iterator[str]:
    """Every text in the code but docstrings, and the `BAD` example of a check."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("BAD", "GOOD"):
            silent |= {id(inside) for inside in ast.walk(node.value)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


@pytest.mark.slow
def test_no_text_of_the_program_holds_a_word_to_avoid() -> None:
    """The page, the topics, the quiz, and all else that the program may print."""
    found = [
        (file.name, hit.found, text)
        for file in sorted(SOURCE.rglob("*.py"))
        for text in program_texts(file)
        for hit in WORDS.found_in(text)
    ]
    assert found == []
