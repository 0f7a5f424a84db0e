"""The walk in docs/counselor-walk.md is what the program does: its words are held to it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from screen import Screen
from vaults import PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder.ask.interview import HOW_TO_NOTE, HOW_TO_NOTE_IN_A_MENU, NOTE_KEPT, THERE_IS_A_NOTE
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions import agreeing, judging, messages
from pathfinder.sessions.choices import DONE
from pathfinder.sessions.model import Agreed, Judgement, StepWord
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
FIRST, HELD, SECOND = "vj78aq5xgc", "9u5bkux6ce", "ekqaxsqndy"
AGREED = Agreed(
    "Elm Street Outpatient", "we called together", "555-0142", "2026-12-03", "14:30",
    "12 Elm Street, second floor", ("ID", "list of medicines"), "2026-12-05",
)  # fmt: skip
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


def answered(line: str) -> str:
    """A prompt without what was typed at it."""
    return re.sub(rf"^({'|'.join(map(re.escape, PROMPTS))}).*$", r"\1", line)


PROMPTS = (
    "Number:", "Numbers:", "Line:", *(f"{label}:" for label in agreeing.FIELDS.values()),
    *(f"{label}:" for label in (*DONE.values(), agreeing.WHEN)),
)  # fmt: skip


def typed_in(lines: list[str]) -> list[str]:
    """What was typed at the prompts of a block."""
    found = []
    for line in lines:
        prompt = next((each for each in PROMPTS if line.startswith(each)), None)
        if prompt is not None:
            found.append(line.removeprefix(prompt).strip())
    return found


def today_in(text: str, saved: str) -> str:
    """The walk's day, ids and times as those of this run."""
    text = text.replace("2026-11-28", saved[:10])
    return re.sub(r"[0-9]{2}:[0-9]{2} \+00:00", "TIME", text)


def test_the_first_session_of_the_walk_ends_as_it_tells(
    pathfinder: Run, vault: Vault, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    given = {key: list(a) if isinstance(a, tuple) else a for key, a in BEFORE.items()}
    del given["wishes"]
    file.write_text(json.dumps(given))
    _, first, best, *rest = parts("Your own judgement. It is kept")
    asked = [line for part in rest for line in part]
    ran = pathfinder(
        "quiz", "--for", "client", "--save", "--answers", str(file), "--passphrase-fd",
        through_pipe(PASSPHRASE), stdin="\n".join(["M-207", "3", *typed_in(asked), ""]),
    )  # fmt: skip
    (id_,) = vault.stamps("sessions")
    session = kept.read(vault, id_)
    assert session.newest.answers == BEFORE
    assert session.newest.judgement == JUDGEMENT
    assert session.newest.agreed == AGREED
    assert session.newest.steps == (StepWord("medical-evaluation", "agreed"),)
    stands_in([*first, *best], ran.out)
    stands_in([answered(line).replace(FIRST, id_) for line in asked], ran.err)
    note = pathfinder("sessions", "note", id_, "--passphrase-fd", through_pipe(PASSPHRASE)).out
    (shown,) = [block for block in BLOCKS if block.startswith("Intake note\n")]
    told = " ".join(shown.partition("Record\n")[0].replace("[…]", "").split())
    whole = " ".join(note.split())
    for sentence in re.split(r"(?<=[.;]) ", told.removeprefix("Intake note ")):
        assert sentence in whole


@pytest.mark.slow
def test_the_held_intake_of_the_walk_is_asked_as_it_tells(vault: Vault) -> None:
    (done,) = parts("The intake was stopped for safety, and that is saved")
    (alert,) = parts("988 Suicide and Crisis Lifeline: 988")
    args = ["-m", "pathfinder", "quiz", "--for", "client", "--save", "--plain"]
    with Screen(args, rows=100, environ={"PATHFINDER_DATA": str(vault.folder.parent)}) as screen:
        screen.wait("Passphrase:")
        screen.line(PASSPHRASE)
        screen.wait("Client code:")
        screen.line("M-311")
        for number, answer in enumerate(("adult", "none", "plan"), start=1):
            screen.wait(f"Question {number} of")
            screen.line(answer)
        screen.wait("Stop here")
        screen.line("1")
        labels = [agreeing.WHEN if key == "time" else label for key, label in DONE.items()]
        contact = agreeing.FIELDS["next_contact"]
        for label, text in zip((*labels, contact), typed_in(done), strict=True):
            screen.wait(f"{label}:")
            screen.line(text)
        assert screen.end() == 0
        everything = screen.everything
    (id_,) = vault.stamps("sessions")
    for told in (alert[:-1], done):
        # A terminal breaks what is typed wherever its line ends.
        assert "".join("".join(told).split()).replace(HELD, id_) in "".join(everything.split())
    newest = kept.read(vault, id_).newest
    assert newest.held is not None
    assert (newest.held.question, newest.held.number) == ("self_harm", 3)
    assert newest.agreed is not None
    due = f"{newest.agreed.next_contact}  in 1 day  M-311  {HELD}"
    assert due in parts("sessions due")[0]


def test_the_note_of_the_held_intake_is_what_the_walk_shows(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, written = (
        datetime(2026, 11, 28, 14, minute).astimezone().isoformat() for minute in (2, 23)
    )
    clock = [written, begun]
    monkeypatch.setattr(
        "pathfinder.sessions.store.now", lambda: clock.pop() if len(clock) > 1 else written
    )
    (done,) = parts("The intake was stopped for safety, and that is saved")
    answers: dict[str, Any] = {"age_group": "adult", "danger": ("none",), "self_harm": "plan"}
    session = save_one(vault, rules, "M-311", answers)
    held = kept.held_now(rules, answers)._replace(
        done=dict(zip(DONE, typed_in(done)[:-1], strict=True))
    )
    agreed = Agreed(next_contact=typed_in(done)[-1])
    kept.amend(vault, session, kept.Beside(agreed=agreed, held=held), None, "Kim Osei")

    def ran(*args: str) -> str:
        return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(PASSPHRASE)).out

    told, _ = parts("sessions note M-311 --style soap")
    soap = ran("note", "M-311", "--style", "soap")
    assert " ".join(" ".join(told[2:]).split()) in " ".join(soap.split())
    assert messages.HELD in ran("list")
    assert messages.HELD in WALK


def test_what_goes_home_and_what_goes_on_is_what_the_walk_shows(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = save_one(vault, rules, "M-207", BEFORE, judgement=JUDGEMENT)
    steps = (StepWord("medical-evaluation", "agreed"),)
    kept.amend(vault, session, kept.Beside(steps, AGREED), JUDGEMENT, "Kim Osei")

    def ran(*args: str, stdin: str = "") -> Ran:
        fd = ("--passphrase-fd", through_pipe(PASSPHRASE))
        return pathfinder("sessions", *args, *fd, stdin=stdin)

    sheet, behind, _ = parts("cat sheet.md")
    stands_in([*sheet[3:], *behind], ran("show", "M-207", "--format", "md").out)
    asked, *entry, _ = parts("cat visit.ics")
    monkeypatch.setenv("TZ", "America/New_York")
    calendar = ran("calendar", "M-207")
    stands_in([line for part in entry for line in part], calendar.out)
    assert " ".join(asked[2:-1]) in calendar.err
    (letter,) = parts("sessions letter M-207")
    asked = ran("letter", "M-207", stdin="6\n")
    stands_in([answered(line) for line in letter[2:]], asked.err)
    due = ran("due").out
    assert due.split()[0] == AGREED.next_contact
    assert due.split()[-1] == AGREED.phone
    assert AGREED.next_contact in "".join(parts("sessions due")[0])
    assert AGREED.phone in "".join(parts("sessions due")[0])
    for text in (judging.LAST_TIME, judging.DID_IT):
        assert text in WALK


@pytest.mark.slow
def test_the_comparison_of_the_walk_is_what_the_program_prints(
    vault: Vault, rules: RuleSet
) -> None:
    first = save_one(vault, rules, "M-207", BEFORE, judgement=JUDGEMENT)
    steps = (StepWord("medical-evaluation", "agreed"),)
    kept.amend(vault, first, kept.Beside(steps, AGREED), JUDGEMENT, "Kim Osei")
    second = save_one(vault, rules, "M-207", AFTER, judgement=Judgement(agrees=True))
    ids = [first.id, second.id]
    today = kept.read(vault, ids[0]).newest.saved[:10]
    times = [kept.read(vault, id_).newest.saved[11:16] for id_ in ids]
    args = ["-m", "pathfinder", "sessions", "compare", *ids]
    with Screen(args, rows=140, environ={"PATHFINDER_DATA": str(vault.folder.parent)}) as screen:
        screen.wait("Passphrase:")
        screen.line(PASSPHRASE)
        assert screen.end() == 0
        for part in parts("sessions compare"):
            told = [
                line.replace("2026-11-28 14:23", f"{today} {times[0]}")
                .replace("2026-11-28 14:24", f"{today} {times[1]}")
                .replace(FIRST, ids[0])
                .replace(SECOND, ids[1])
                for line in part
                if line[:1] != "$" and not line.startswith("The last two")
            ]
            stands_in(told, "\n".join(screen.lines))


def test_what_the_walk_quotes_of_notes_is_what_is_said() -> None:
    for text in (HOW_TO_NOTE, HOW_TO_NOTE_IN_A_MENU, THERE_IS_A_NOTE):
        assert text in WALK
    assert f"\n{NOTE_KEPT}\n" in WALK


def test_every_command_and_option_of_the_walk_is_there(pathfinder: Run) -> None:
    typed = re.findall(r"^\$ pathfinder (.*)$", WALK, re.MULTILINE)
    assert len(typed) >= 5
    for line in typed:
        names = [word for word in line.split() if re.fullmatch("[a-z]+", word)]
        ran = pathfinder(*names[: 2 if names[0] == "sessions" else 1], "--help")
        assert ran.code == 0
        for option in re.findall(r"--[a-z]+", line):
            assert option in ran.out, line
