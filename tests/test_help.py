"""The help of every command: each name whole, each sentence to its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from command import Run

from pathfinder.cli import app
from pathfinder.commands.lazy import held_together
from pathfinder.commands.table import COMMANDS, Command, Group


def entries(table: dict[str, Command | Group], before: str = "") -> dict[str, Command | Group]:
    """Every command and every group, by all its words."""
    found: dict[str, Command | Group] = {}
    for name, entry in table.items():
        found[before + name] = entry
        if isinstance(entry, Group):
            found |= entries(entry.commands, f"{before}{name} ")
    return found


ENTRIES = entries(COMMANDS)
SENTENCES = re.compile(r"`[^`]+`|\S+-\S+")


def texts_of(words: str) -> Iterator[str]:
    """Every text that the help of a command is made of, as it was written."""
    import typer

    command = typer.main.get_command(app)
    context = command.context_class(command, info_name="pathfinder")
    for word in words.split():
        command = command.get_command(context, word)  # type: ignore[attr-defined]
        context = command.context_class(command, info_name=word, parent=context)
    yield command.help or ""
    for param in command.params:
        yield getattr(param, "help", None) or ""


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("words", ["", *ENTRIES])
def test_the_help_of_every_command_breaks_no_name_and_fits(
    words: str, width: int, pathfinder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = pathfinder(*words.split(), "--help")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= min(width, 80)
    said = lines[next(n for n, line in enumerate(lines) if not line) :]  # below "Usage:"
    assert not [line for line in said if line.endswith(("-", "..."))]
    for text in texts_of(words):
        for name in SENTENCES.findall(text):
            assert any(name in line for line in lines), name


@pytest.mark.parametrize("words", ["", *(n for n, e in ENTRIES.items() if isinstance(e, Group))])
def test_a_list_of_commands_says_each_one_whole_in_its_own_line(
    words: str, pathfinder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    group = ENTRIES.get(words)
    listed = group.commands if isinstance(group, Group) else COMMANDS
    lines = pathfinder(*words.split(), "--help").out.splitlines()
    for name, entry in listed.items():
        assert any(re.fullmatch(rf"  {name} +{re.escape(entry.summary)}", line) for line in lines)


def test_the_help_lines_command_is_never_broken_in_two(
    pathfinder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in range(50, 101):
        monkeypatch.setenv("COLUMNS", str(width))
        assert "pathfinder help-lines\n" in pathfinder("--help").out, width


def test_a_call_is_held_together_and_other_words_are_not() -> None:
    held = held_together("Run `rules check` or pathfinder help-lines, and wait.")
    parts = ["Run", "`rules\ue001check`", "or", "pathfinder\ue001help\ue000lines,", "and", "wait."]
    assert held.split(" ") == parts
