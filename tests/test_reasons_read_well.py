"""Every reason reads well in each direction in which the program can show it.

A row of points is told as a reason for some paths and as a reason against others, in the
same words. Here each of them is rendered as the page renders it, for every path, beside
every other sentence that explains something, and held to `docs/rule-format.md`, "Words".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import textstat
import yaml

import pathfinder
from pathfinder import load_rules
from pathfinder.engine.conditions import View
from pathfinder.engine.fit import fit_paths
from pathfinder.engine.question import SKIP, UNSURE
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.rule_files import built_in
from pathfinder.pages.phrases import you_said
from pathfinder.ruletools.check.words_file import read_words

SOURCE = Path(pathfinder.__file__).parent
RULES = load_rules()
WORDS = read_words()


class Said(NamedTuple):
    """One sentence or more that explain. `shown`: with the person's own answer before them."""

    where: str
    because: str
    shown: str


def reasons(rules: RuleSet) -> Iterator[tuple[str, str, int, Said]]:
    """Table and answer, path, points, and what is said: every row for every path."""
    for table in rules.fit:
        question = rules.question_by_id[table.question]
        for answer in table.rows:
            for view, given in _views(rules, table.question, answer):
                for path, fit in fit_paths(rules, given, view).items():
                    for reason in (*fit.for_(), *fit.against()):
                        if reason.rule == table.id and reason.answer in (answer, None):
                            where = f"{question.id}={answer} {reason.points:+d} {path}"
                            shown = you_said(rules, view, reason)
                            yield (
                                f"{table.id} {answer}",
                                path,
                                reason.points,
                                Said(where, reason.because, shown),
                            )


def _views(rules: RuleSet, name: str, answer: str) -> Iterator[tuple[View, Mapping[str, object]]]:
    """The answers under which this row is told: given, and counted from other answers."""
    question = rules.question_by_id[name]
    if answer in (UNSURE, SKIP):
        yield {name: None}, {name: answer}
        return
    value = frozenset([answer]) if question.kind == "many" else answer
    yield {name: value}, {name: value}
    if question.derived is not None:
        yield {name: value, question.derived.source: frozenset(["any"])}, {}


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
                yield Said(f"{each.id} {field}", text, text)
    for question in rules.questions:
        yield Said(f"{question.id} why", question.why, question.why)


FIT = list(reasons(RULES))
FOR = [said for _, _, points, said in FIT if points > 0]
AGAINST = [said for _, _, points, said in FIT if points < 0]
OTHER = list(rule_texts(RULES))
EVERY = {said.shown: said for said in (*FOR, *AGAINST, *OTHER)}.values()
"""Each different text once: a hundred paths may share one."""


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def plain_words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9][A-Za-z0-9'\u2019-]*", text)


def every(holds: Callable[[Said], bool]) -> list[str]:
    """Where it doesn't hold, with what is said there."""
    return [f"{said.where}: {said.because}" for said in EVERY if not holds(said)]


# --- nothing is left out -----------------------------------------------------------------------


def test_every_row_that_gives_points_is_rendered_for_every_path_it_moves() -> None:
    told = {(row, path, points) for row, path, points, _ in FIT}
    expected = {
        (f"{table.id} {answer}", path, points)
        for table in RULES.fit
        for answer, row in table.rows.items()
        for path, points in row.points.items()
        if points
    }
    assert told == expected
    assert len(FOR) > 150
    assert len(AGAINST) > 120


def test_a_reason_begins_with_the_persons_own_answer() -> None:
    for said in (*FOR, *AGAINST):
        assert re.fullmatch(
            r"(You said:|Your answers add up to:) “[^“”]+[^.“”]” — .+", said.shown
        ), said


# --- form --------------------------------------------------------------------------------------


def test_a_reason_is_one_to_three_sentences() -> None:
    assert every(lambda said: 1 <= len(sentences(said.because)) <= 3) == []


def test_no_sentence_has_more_than_twenty_words() -> None:
    assert every(lambda s: all(len(plain_words(part)) <= 20 for part in sentences(s.because))) == []


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
    assert every(lambda said: not odd.search(said.shown)) == []


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
    assert every(lambda said: not WORDS.found_in(said.shown)) == []


def test_no_you_is_used_to_blame() -> None:
    assert every(lambda said: not BLAME.search(said.because)) == []


def test_no_reason_gives_a_share_or_a_score() -> None:
    assert every(lambda said: not re.search(r"%|\bper ?cent\b|\d points?\b", said.because)) == []


# Holds in one direction alone: a row that speaks for some paths and against others can't say it.
ONE_WAY = re.compile(
    r"\b(?:so )?(?:this|that|the) (?:path|program|group|kind of care) (?:is|isn't|fits|suits)\b|"
    r"\bspeaks? (?:for|against)\b|\b(?:good|bad|better|best|poor) (?:fit|match|choice)\b|"
    r"\bmatch(?:es)? (?:that|you|this)\b|\b(?:fits|suits) you\b|\bright for you\b|"
    r"\bnot for you$|\btoo (?:much|little|light|heavy|far)\b|\bgood for\b|"
    r"\bwe (?:suggest|advise)\b|\bhere\b",
    re.IGNORECASE,
)


def both_ways() -> list[Said]:
    signs: dict[str, set[bool]] = {}
    for row, _, points, _ in FIT:
        signs.setdefault(row, set()).add(points > 0)
    return [said for row, _, _, said in FIT if len(signs[row]) == 2]


def test_a_row_for_some_paths_and_against_others_says_nothing_that_holds_one_way_only() -> None:
    two_way = {said.because for said in both_ways()}
    assert len(two_way) > 25
    assert sorted(text for text in two_way if ONE_WAY.search(text)) == []


def test_no_reason_only_says_the_answer_again() -> None:
    """What stands after the dash must add something to the words before it."""
    small = {"you", "your", "have", "has", "a", "an", "the", "to", "is", "are", "been", "for"}
    echoes = []
    for said in {said.because: said for said in (*FOR, *AGAINST)}.values():
        label, _, because = said.shown.partition(" — ")
        added = {word.lower() for word in plain_words(because)} - small
        added -= {word.lower() for word in plain_words(label)}
        if len(added) < 3:
            echoes.append(said.shown)
    assert echoes == []


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


def test_long_words_are_the_few_that_have_no_shorter_one() -> None:
    used = {
        word.lower()
        for said in EVERY
        for word in re.findall(r"[A-Za-z]+", said.because)
        if syllables(word.lower()) >= 4
    }
    assert used - LONG_WORDS == set()


# --- every other text --------------------------------------------------------------------------

NOT_SAID = {"section", "id", "address", "claim", "seen_at", "number"}
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


def test_no_text_of_the_program_holds_a_word_to_avoid() -> None:
    """The page, the topics, the quiz, and all else that the program may print."""
    found = [
        (file.name, hit.found, text)
        for file in sorted(SOURCE.rglob("*.py"))
        for text in program_texts(file)
        for hit in WORDS.found_in(text)
    ]
    assert found == []
