"""`python -OO` leaves out docstrings: no text that a person reads may be one."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pathfinder.commands.table import COMMANDS, every_command


def commands() -> list[list[str]]:
    """No word at all, every command, and every group."""
    named = {()}
    for words in every_command():
        whole = words.split()
        named |= {tuple(whole[:length]) for length in range(1, len(whole) + 1)}
    return [list(each) for each in sorted(named)]


def said(*options: str, words: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *options, "-m", "pathfinder", *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_command_says_something_of_itself() -> None:
    for each in (*every_command().values(), *COMMANDS.values()):
        assert each.summary.endswith(".")


@pytest.mark.slow
def test_help_says_the_same_without_docstrings() -> None:
    def same(words: list[str]) -> bool:
        return said(words=[*words, "--help"]) == said("-OO", words=[*words, "--help"])

    with ThreadPoolExecutor(2) as both:
        assert all(both.map(same, commands()))


@pytest.mark.slow
@pytest.mark.parametrize("words", [["rules", "explain"], ["rules", "explain", "long-sentence"]])
def test_the_manual_of_checks_says_the_same_without_docstrings(words: list[str]) -> None:
    assert said("-OO", words=words) == said(words=words)
