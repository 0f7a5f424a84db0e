"""`pathfinder programs`: begin a list, find its slips, call, and write down who was called."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random

import invented
import pytest
from command import Run
from screen import Screen

from pathfinder.programs.load import load_programs
from pathfinder.programs.writing import Learned, list_text, stamp, stamped, template

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "programs" / "invented-programs.yaml"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLE.with_name("postal-codes.csv"), tmp_path)
    return Path(shutil.copy(EXAMPLE, tmp_path / "mine.yaml"))


@pytest.fixture(autouse=True)
def no_list_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATHFINDER_PROGRAMS", raising=False)


@pytest.mark.slow
def test_a_new_list_brings_an_example_and_a_schema_and_replaces_nothing(
    pathfinder: Run, tmp_path: Path
) -> None:
    file = tmp_path / "programs.yaml"
    assert pathfinder("programs", "new", str(file)).code == 0
    assert (tmp_path / "programs.schema.json").is_file()
    before = file.read_bytes()
    again = pathfinder("programs", "new", str(file))
    assert (again.code, file.read_bytes()) == (73, before)
    assert pathfinder("programs", "check", str(file)).code == 65
    file.write_bytes(before.replace(b"example-program", b"a").replace(b"example-meeting", b"b"))
    assert pathfinder("programs", "check", str(file)).code == 0


def test_a_list_that_holds_is_told_by_number(pathfinder: Run) -> None:
    ran = pathfinder("programs", "check", str(EXAMPLE))
    assert ran.code == 0
    assert "10 programs, 4 meetings" in ran.out


def test_the_table_of_places_is_checked_with_the_list(pathfinder: Run, mine: Path) -> None:
    table = mine.with_name("postal-codes.csv")
    table.write_text("postal_code,latitude,longitude\n00001,10,-30\n")
    ran = pathfinder("programs", "check", str(mine))
    assert (ran.code, "holds 1 place." in ran.out) == (0, True)
    assert "isn't in it: 7." in ran.out
    table.write_text("postal_code,latitude\n")
    assert pathfinder("programs", "check", str(mine)).code == 65
    table.unlink()
    assert pathfinder("programs", "check", str(mine)).code == 66


def test_every_slip_is_told_with_all_and_the_first_twenty_without(
    pathfinder: Run, tmp_path: Path
) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("programs:\n" + "  - {id: A, nmae: b}\n" * 30)
    some = pathfinder("programs", "check", str(file))
    every = pathfinder("programs", "check", str(file), "--all")
    assert (some.code, every.code, some.out) == (65, 65, "")
    assert len(some.err.splitlines()) == 21
    assert "pathfinder programs check --all" in some.err
    assert len(every.err.splitlines()) > 100


def test_a_day_that_is_still_to_come_is_told(pathfinder: Run, mine: Path) -> None:
    tomorrow = (date.today() + timedelta(1)).isoformat()
    mine.write_text(mine.read_text().replace("2026-11-12", tomorrow))
    assert (
        f"lantern-evening: last_called is {tomorrow}"
        in pathfinder("programs", "check", str(mine)).out
    )


def test_due_names_those_never_called_first_and_then_the_longest_ago(
    pathfinder: Run, mine: Path
) -> None:
    long_ago = (date.today() - timedelta(90)).isoformat()
    lately = (date.today() - timedelta(89)).isoformat()
    text = mine.read_text().replace("2026-06-15", long_ago)
    mine.write_text(text.replace("2026-11-12", lately))
    lines = pathfinder("programs", "due", str(mine)).out.splitlines()
    named = [line.split()[0] for line in lines[1:-1]]
    assert named[:2] == ["county-clinic", "vine-recovery"]
    assert lines[-1].endswith(f"called ID --programs {mine}")
    assert "stillwater" in named
    assert "lantern-evening" not in named


@pytest.mark.slow
def test_in_a_narrow_window_a_row_is_a_name_with_what_belongs_to_it(mine: Path) -> None:
    for columns, first in ((80, "id "), (40, "Tri-County Clinic (invented)")):
        command = ["-m", "pathfinder", "programs", "due", str(mine)]
        with Screen(command, columns=columns, rows=24) as screen:
            screen.wait("When you have called")
            assert screen.lines[0].startswith(first)
            assert all(len(line) <= columns for line in screen.lines)
            assert "last called: never" in screen.text or columns == 80


def test_called_stamps_one_entry_and_leaves_every_other_byte(pathfinder: Run, mine: Path) -> None:
    os.chmod(mine, 0o644)
    before = mine.read_text().splitlines()
    ran = pathfinder(
        "programs", "called", "stillwater", "--wait", "3", "--by", "K. M.", "--programs", str(mine)
    )
    assert ran.code == 0, ran.err
    after = mine.read_text().splitlines()
    assert [line for line in before if line not in after] == [
        "    wait_days: 5",
        '    last_called: "2026-06-15"',
    ]
    assert len(after) == len(before) + 1
    assert mine.stat().st_mode & 0o777 == 0o644
    found = {each.id: each for each in load_programs(mine, invented.PATHS).programs}
    called = found["stillwater"]
    assert (called.last_called, called.called_by, called.wait_days) == (
        date.today().isoformat(), "K. M.", 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "days"), [("1 week", 7), ("2 days", 2), ("same day", 0), ("12", 12)]
)
def test_the_wait_is_taken_as_it_is_said_on_the_phone(
    pathfinder: Run, mine: Path, said: str, days: int
) -> None:
    ran = pathfinder("programs", "called", "stillwater", "--wait", said, "--programs", str(mine))
    assert (ran.code, f"days to wait: {days}." in ran.out) == (0, True)


@pytest.mark.parametrize("said", ["a while", "", "-1", "1000", "200 weeks", "1.5"])
def test_a_wait_that_is_no_number_of_days_is_told_and_nothing_is_written(
    pathfinder: Run, mine: Path, said: str
) -> None:
    before = mine.read_bytes()
    ran = pathfinder("programs", "called", "stillwater", "--wait", said, "--programs", str(mine))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "1 week" in ran.err
    assert mine.read_bytes() == before


def test_who_keeps_a_list_is_told_that_clients_read_the_notes(
    pathfinder: Run, mine: Path, tmp_path: Path
) -> None:
    assert "Clients read notes" in pathfinder("programs", "check", str(mine)).out
    bare = tmp_path / "bare.yaml"
    bare.write_text(
        "programs:\n  - id: a\n    name: A\n    paths: [outpatient]\n    phone: '555'\n"
    )
    assert "notes" not in pathfinder("programs", "check", str(bare)).out
    lines = template().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("    notes:"))
    assert "Clients read notes" in lines[at - 1]


def test_an_unknown_id_gets_the_nearest_and_a_list_is_needed(pathfinder: Run, mine: Path) -> None:
    ran = pathfinder("programs", "called", "stilwater", "--programs", str(mine))
    assert ran.code == 2
    assert '"stillwater"' in ran.err
    assert pathfinder("programs", "due").code == 2


def test_the_list_in_use_is_that_of_the_option_then_the_variable_then_the_preferences(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one(name: str) -> str:
        text = f"programs:\n  - id: {name}\n    name: One\n    paths: [outpatient]\n"
        text += "    phone: 555-0100\n"
        (tmp_path / f"{name}.yaml").write_text(text)
        return str(tmp_path / f"{name}.yaml")

    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path))
    one("preferred")
    (tmp_path / "config.yaml").write_text("programs: preferred.yaml\n")
    assert "preferred" in pathfinder("programs", "due").out
    monkeypatch.setenv("PATHFINDER_PROGRAMS", one("variable"))
    assert "variable" in pathfinder("programs", "due").out
    assert "option" in pathfinder("programs", "due", one("option")).out


# --- stamping -----------------------------------------------------------------------------


def at_most() -> dict[str, int]:
    return {"most_bytes": 10**6, "most_nodes": 10**6}


TODAY = 'last_called: "2026-11-28"'


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("- id: a  # why\n  free: true\n", f"- id: a  # why\n  free: true\n  {TODAY}\n"),
        ("- {id: a, free: true}\n", f"- {{{TODAY}, id: a, free: true}}\n"),
        ("- last_called: '2026-01-01' # K\n  id: a\n", f"- {TODAY} # K\n  id: a\n"),
        ("- id: a\r\n  free: true\r\n", f"- id: a\r\n  free: true\r\n  {TODAY}\r\n"),
        (
            "- id: a\n  notes: |\n    b\n\n    c\n",
            f"- id: a\n  {TODAY}\n  notes: |\n    b\n\n    c\n",
        ),
        ("- id: a\n  last_called: >-\n    2026-01-01\n", None),
    ],
)
def test_a_stamp_keeps_the_layout_or_is_refused(text: str, outcome: str | None) -> None:
    made = stamped(f"programs:\n{text}", "a", stamp("2026-11-28"), **at_most())
    assert made == (None if outcome is None else f"programs:\n{outcome}")


def test_what_would_not_be_read_back_as_it_was_meant_is_refused() -> None:
    text = "programs:\n- id: a\n  free: true\n"
    for written in ("a # b", "{b: c}", "x\n  free: false"):
        assert stamped(text, "a", [Learned("notes", written)], **at_most()) is None


def test_who_called_is_replaced_however_it_was_quoted() -> None:
    for written in ("Kim Moss", "'it''s K'", '"K \\"M\\""'):
        text = f"programs:\n- id: a\n  called_by: {written}\n"
        made = stamped(text, "a", stamp("2026-11-28", "J"), **at_most())
        assert made is not None
        assert made.endswith('  called_by: J\n  last_called: "2026-11-28"\n')


@pytest.mark.parametrize("seed", range(30))
def test_a_stamp_changes_what_was_said_and_nothing_else(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    programs = [invented.program(random, number) for number in range(4)]
    file = tmp_path / "list.yaml"
    text = list_text(programs, [])
    made = stamped(text, "program-2", stamp("2026-11-28", "K", 9), **at_most())
    assert made is not None
    file.write_text(made, encoding="utf-8")
    programs[2] = programs[2]._replace(last_called="2026-11-28", called_by="K", wait_days=9)
    assert load_programs(file, invented.PATHS).programs == tuple(programs)
