"""The walk in docs/counselor-walk.md is what the program does: its words are held to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from command import Run
from screen import Screen
from vaults import PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder.ask import notes as note_words
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.model import Judgement
from pathfinder.vault import Vault

WALK = (Path(__file__).parents[1] / "docs" / "counselor-walk.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\n(.*?)```", WALK, re.DOTALL)

BEFORE: dict[str, Any] = {
    "age_group": "adult", "danger": ("none",), "self_harm": "none", "substances": ("alcohol",),
    "frequency": "most_days", "drinks": "5_to_9", "withdrawal": "mild", "health": ("none",),
    "medication": ("interested",), "severity": "moderate", "staying_stopped": "weeks",
    "mental_health": "managed", "home": "steady", "support": "some", "stage": "tried_before",
    "past_twelve_step": "mixed", "motivation": "willing", "responsibilities": ("job", "caring"),
    "step_away": "cannot", "weekly_hours": "9_to_19", "payment": "covered",
    "spirituality": "no_preference", "philosophy": "both", "company": "both",
    "wishes": ("evening",),
}  # fmt: skip
AFTER = BEFORE | {
    "frequency": "some_days", "medication": ("for_alcohol",), "mental_health": "affecting",
    "home": "others_use", "support": "strong", "motivation": "committed",
}  # fmt: skip
JUDGEMENT = Judgement(
    False, path="outpatient", reason="caring", line="Two small children, and no sitter before June."
)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def parts(beginning: str) -> list[list[str]]:
    """The lines between two […] of the block that has this line."""
    (block,) = [block for block in BLOCKS if beginning in block]
    return [part.strip("\n").splitlines() for part in block.split("[…]")]


def stands_in(lines: list[str], output: str) -> None:
    """Every line that isn't empty stands there, in this order."""
    rest = [line.rstrip() for line in output.splitlines()]
    for line in filter(None, lines):
        assert line in rest, line
        rest = rest[rest.index(line) + 1 :]


def test_the_first_session_of_the_walk_ends_as_it_tells(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    given = {key: list(a) if isinstance(a, tuple) else a for key, a in BEFORE.items()}
    del given["wishes"]
    file.write_text(json.dumps(given))
    typed = f"M-207\n3\n2\n3\n5\n{JUDGEMENT.line}\n"
    ran = pathfinder(
        "quiz", "--for", "client", "--save", "--answers", str(file), "--passphrase-fd",
        through_pipe(PASSPHRASE), stdin=typed,
    )  # fmt: skip
    (id_,) = vault.stamps("sessions")
    session = kept.read(vault, id_)
    assert session.newest.answers == BEFORE
    assert session.newest.judgement == JUDGEMENT
    _, first, best, asked, reasons, line, record = parts("Your own judgement. It is kept")
    stands_in([*first, *best, "For the record"], ran.out)
    record_, _, saved = "\n".join(record).partition("\n\nSaved")
    stands_in(record_.splitlines(), ran.out)
    for told in (asked, reasons, line):
        labels = [re.sub(r"^(Number:|Line:).*", r"\1", each) for each in told]
        stands_in([each for each in labels if each != "For the record"], ran.err)
    stands_in(f"Saved{saved}".replace("2nmwn7e2kw", id_).splitlines(), ran.err)


def test_the_comparison_of_the_walk_is_what_the_program_prints(
    vault: Vault, rules: RuleSet
) -> None:
    ids = [save_one(vault, rules, "M-207", answers).id for answers in (BEFORE, AFTER)]
    today = kept.read(vault, ids[0]).newest.saved[:10]
    args = ["-m", "pathfinder", "sessions", "compare", *ids]
    with Screen(args, rows=80, environ={"PATHFINDER_DATA": str(vault.folder.parent)}) as screen:
        screen.wait("Passphrase:")
        screen.line(PASSPHRASE)
        assert screen.end() == 0
        for part in parts("sessions compare"):
            told = [line.replace("2026-11-22", today) for line in part if line[:1] != "$"]
            stands_in(told, "\n".join(screen.lines))


def test_what_the_walk_quotes_of_notes_is_what_is_said() -> None:
    for text in (note_words.HOW, note_words.HOW_IN_A_MENU, note_words.THERE_IS_ONE):
        assert text in WALK
    assert f"\n{note_words.KEPT}\n" in WALK


def test_every_command_and_option_of_the_walk_is_there(pathfinder: Run) -> None:
    typed = re.findall(r"^\$ pathfinder (.*)$", WALK, re.MULTILINE)
    assert len(typed) >= 5
    for line in typed:
        names = [word for word in line.split() if re.fullmatch("[a-z]+", word)]
        ran = pathfinder(*names[: 2 if names[0] == "sessions" else 1], "--help")
        assert ran.code == 0
        for option in re.findall(r"--[a-z]+", line):
            assert option in ran.out, line
