"""What the help topics say is what the program does: held to the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from command import Run

import pathfinder
from pathfinder.errors import ExitCode
from pathfinder.pages.help_topics import EXIT_CODES, TOPICS, VARIABLES

SOURCE = Path(pathfinder.__file__).parent
ROOT = Path(__file__).parents[1]
READS = re.compile(r"\benviron\b|\benvironment\.get\b")
VARIABLE = re.compile("[A-Z][A-Z_]{3,}")
"""A name in capitals, in a function that reads the environment, is the name of a variable."""


def test_every_variable_that_the_code_reads_is_told_and_no_other() -> None:
    read = set()
    texts = (file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    for text in filter(READS.search, texts):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and READS.search(ast.unparse(node)):
                words = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
                read |= {str(word) for word in words if VARIABLE.fullmatch(str(word))}
    assert read == set(VARIABLES)
    assert list(VARIABLES) == sorted(VARIABLES)


def test_every_exit_code_is_told_in_the_topic_and_in_the_docs() -> None:
    assert list(EXIT_CODES) == list(ExitCode)
    table = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    rows = {
        int(row.split("|")[1]): row.split("|")[3].strip()
        for row in table.splitlines()
        if re.match(r"\| \d", row)
    }
    assert rows == {code.value: text for code, text in EXIT_CODES.items()}


@pytest.mark.parametrize("topic", list(TOPICS))
def test_each_topic_is_printed_in_plain_lines(pathfinder: Run, topic: str) -> None:
    ran = pathfinder("help", topic)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 72


def test_a_mistyped_topic_is_told_the_nearest_one(pathfinder: Run) -> None:
    ran = pathfinder("help", "privicy")
    assert (ran.code, ran.out) == (2, "")
    assert "privacy" in ran.err


def test_help_without_a_topic_lists_the_topics(pathfinder: Run) -> None:
    ran = pathfinder("help")
    assert ran.code == 0
    for topic in TOPICS:
        assert f"pathfinder help {topic}" in ran.out


def test_help_of_a_command_is_the_help_of_that_command(pathfinder: Run) -> None:
    ran = pathfinder("help", "quiz")
    assert ran.code == 0
    assert "--plain" in ran.out


def told(topic: str) -> str:
    return " ".join(getattr(block, "text", "") for block in TOPICS[topic]())


def test_every_word_of_plain_mode_and_every_key_of_the_menus_is_told() -> None:
    from pathfinder.ask import MENU_KEYS
    from pathfinder.ask.plain import KEYS

    text = told("accessibility")
    words = KEYS[1].partition(":")[2].split(",")
    assert len(words) >= 9
    for word in (*words, "keep"):
        assert word.strip(" .") in text, word
    keys = re.findall(r"Ctrl-[A-Z]|Esc|F1|\?", " ".join(MENU_KEYS))
    assert len(keys) >= 4
    for key in (*keys, "Ctrl-X", "Ctrl-Z", "F1", "Shift-Tab"):
        assert key in text, key


def test_who_pauses_is_told_that_the_answers_wait_for_whoever_types_fg() -> None:
    assert re.search("Ctrl-Z.*whoever types fg", told("privacy"))
    assert "fg" in told("environment")
    assert "fg" in told("accessibility")
