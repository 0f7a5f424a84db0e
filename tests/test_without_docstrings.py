"""`python -OO` leaves out docstrings: no text that a person reads may be one."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pathfinder.commands.table import COMMANDS, Group


def commands() -> list[list[str]]:
    named: list[list[str]] = [[]]
    for name, what in COMMANDS.items():
        named.append([name])
        if isinstance(what, Group):
            named += [[name, each] for each in what.commands]
    return named


def said(*options: str, words: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *options, "-m", "pathfinder", *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_command_says_something_of_itself() -> None:
    for entry in COMMANDS.values():
        for each in entry.commands.values() if isinstance(entry, Group) else [entry]:
            assert each.summary.endswith(".")
        assert entry.summary.endswith(".")


@pytest.mark.slow
def test_help_says_the_same_without_docstrings() -> None:
    def same(words: list[str]) -> bool:
        return said(words=[*words, "--help"]) == said("-OO", words=[*words, "--help"])

    with ThreadPoolExecutor(2) as both:
        assert all(both.map(same, commands()))


@pytest.mark.parametrize("words", [["rules", "explain"], ["rules", "explain", "long-sentence"]])
def test_the_manual_of_checks_says_the_same_without_docstrings(words: list[str]) -> None:
    assert said("-OO", words=words) == said(words=words)
