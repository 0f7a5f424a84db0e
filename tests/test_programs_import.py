"""Feeds and directories taken over: as they say it, and never over what somebody changed.

The files in `feeds` have the form of real ones, reduced, with names and numbers made up.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, ProgramsError
from pathfinder.programs.importing import merge, take
from pathfinder.programs.load import load_programs
from pathfinder.programs.model import Meeting, Program

FEEDS = Path(__file__).parent / "feeds"
STEPS = ("twelve-step-meetings",)


def meetings(file: str, kind: str) -> dict[str, Meeting]:
    return {each.name: each for each in take(str(FEEDS / file), kind, STEPS).meetings}


def programs(file: str, kind: str, *paths: str) -> list[Program]:
    return list(take(str(FEEDS / file), kind, paths).programs)


def imported(pathfinder: Run, file: Path | str, kind: str, into: Path, *more: str) -> Ran:
    command = ("programs", "import", str(file), "--format", kind, "--into", str(into))
    return pathfinder(*command, *more)


# --- what each format says ----------------------------------------------------------------


def test_a_meeting_of_a_meeting_guide_feed_says_when_where_and_for_whom() -> None:
    found = meetings("meeting-guide.json", "meeting-guide")
    sunrise = found["Sunrise on Mill Lane"]
    assert (sunrise.days, sunrise.time, sunrise.ends) == (("sunday",), "07:00", "08:00")
    assert (sunrise.place, sunrise.address) == ("Old Mill Hall", "12 Mill Lane")
    assert (sunrise.open, sunrise.languages) == (True, ("es",))
    assert sunrise.types == ("discussion", "wheelchair")
    assert sunrise.notes == "Ring the bell. Second floor"
    assert sunrise.seen_on == "", "that a listing was changed is nobody's visit"
    noon = found["Women at Noon"]
    assert noon.days == ("monday", "wednesday")
    assert (noon.link, noon.phone) == ("https://example.com/j/555", "+15555550101")
    assert (noon.open, noon.languages) == (False, ())


def test_what_a_feed_holds_beyond_a_list_is_counted_in_words() -> None:
    left = take(str(FEEDS / "meeting-guide.json"), "meeting-guide", STEPS).left
    assert left == {
        "meetings whose place is closed for now": 1,
        "meetings without a day or a time, which are held by appointment": 1,
        "type XT, for which a list has no word": 1,
    }


def test_sunday_is_day_one_of_bmlt_and_midnight_is_passed() -> None:
    found = meetings("bmlt.json", "bmlt")
    assert set(found) == {"Monday at the Town Hall", "Sunday online"}
    assert found["Monday at the Town Hall"].days == ("monday",)
    assert found["Monday at the Town Hall"].ends == "20:15"
    online = found["Sunday online"]
    assert (online.days, online.ends, online.coordinates) == (("sunday",), "00:30", None)
    assert (online.place, online.link) == ("", "https://example.com/j/556")


def test_the_services_of_the_treatment_locator_are_paths_and_what_a_program_takes() -> None:
    mill, nobody = programs("treatment-locator.json", "treatment-locator")
    assert mill.paths == ("outpatient", "iop-twelve-step", "iop-dual-diagnosis", "day-treatment")
    assert (mill.phone, mill.notes) == ("555-555-0111", "Another number: 555-555-0110")
    assert (mill.withdrawal_care, mill.takes_pregnant, mill.sliding_fee) == (True, True, True)
    assert mill.medication_on_site == ("naltrexone", "acamprosate")
    assert mill.insurance == ("medicaid", "private")
    assert mill.languages == ("en", "es")
    assert nobody.paths == ("residential",)
    assert (nobody.takes_pregnant, nobody.medication_welcome) == (None, None), "unknown is no no"


def test_the_locator_exports_columns_too_and_a_sheet(tmp_path: Path) -> None:
    (of_csv,) = programs("treatment-locator.csv", "treatment-locator")
    assert of_csv.paths == ("iop-secular",)
    assert of_csv.medication_welcome is False, "the one service that says no"
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in (FEEDS / "treatment-locator.csv").read_text().splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "export.xlsx")
    (of_sheet,) = take(str(tmp_path / "export.xlsx"), "treatment-locator", ()).programs
    assert of_sheet == of_csv


def test_a_zip_that_a_spreadsheet_took_for_a_number_is_mended_and_told(
    pathfinder: Run, tmp_path: Path
) -> None:
    file = tmp_path / "export.csv"
    text = (FEEDS / "treatment-locator.csv").read_text()
    (whole,) = programs("treatment-locator.csv", "treatment-locator")
    assert text.count(whole.postal_code) == 1
    assert whole.postal_code.startswith("0")
    file.write_text(text.replace(whole.postal_code, f"{int(whole.postal_code)}.0"))
    (mended,) = take(str(file), "treatment-locator", ()).programs
    assert mended.postal_code == whole.postal_code
    ran = imported(pathfinder, file, "treatment-locator", tmp_path / "list.yaml")
    assert "taken for numbers: 1." in ran.out


@pytest.mark.parametrize("name", ["hsds.json", "hsds"])
def test_hsds_comes_as_json_and_as_a_folder_of_tables(name: str) -> None:
    (service,) = programs(name, "hsds", "outpatient")
    assert service.paths == ("outpatient",)
    assert service.name.endswith(", Invented Organization")
    assert service.town == "Springfield"
    assert service.phone in ("+1 555 555 0114", "555-555-0115")


# --- a list, again and again --------------------------------------------------------------


def test_what_was_taken_over_is_a_list_that_holds(pathfinder: Run, tmp_path: Path) -> None:
    into = tmp_path / "meetings.yaml"
    ran = imported(pathfinder, FEEDS / "meeting-guide.json", "meeting-guide", into)
    assert (ran.code, ran.err) == (0, "")
    assert "2 new" in ran.out
    assert "Left out, meetings whose place is closed for now: 1." in ran.out
    assert pathfinder("programs", "check", str(into)).code == 0


def test_the_same_file_again_changes_nothing(pathfinder: Run, tmp_path: Path) -> None:
    into = tmp_path / "meetings.yaml"
    imported(pathfinder, FEEDS / "bmlt.json", "bmlt", into)
    before = into.read_bytes()
    assert "2 as before" in imported(pathfinder, FEEDS / "bmlt.json", "bmlt", into).out
    assert into.read_bytes() == before


def newer(tmp_path: Path) -> Path:
    """A month later: one entry moved, another is gone, and there is a new one."""
    rows = json.loads((FEEDS / "bmlt.json").read_text())
    rows[0]["location_street"] = "1 New Street"
    new = {**rows[1], "id_bigint": "9", "meeting_name": "A new one"}
    file = tmp_path / "newer.json"
    file.write_text(json.dumps([rows[0], new]))
    return file


def test_an_import_keeps_calls_and_leaves_alone_what_was_changed_by_hand(
    pathfinder: Run, tmp_path: Path
) -> None:
    into = tmp_path / "meetings.yaml"
    imported(pathfinder, FEEDS / "bmlt.json", "bmlt", into)
    text = into.read_text().replace(
        '    source: BMLT\n    imported: {kind: bmlt, key: "3563"',
        '    seen_on: "2026-11-20"\n    source: BMLT\n    imported: {kind: bmlt, key: "3563"',
    )
    into.write_text(text)
    ran = imported(pathfinder, newer(tmp_path), "bmlt", into)
    assert "1 new, 1 brought up to date, 0 as before, 0 changed by hand" in ran.out
    assert "still in the list: 1: sunday-online" in ran.out
    assert 'seen_on: "2026-11-20"' in into.read_text()
    assert "1 New Street" in into.read_text()
    into.write_text(into.read_text().replace("1 New Street", "Behind the church"))
    again = imported(pathfinder, newer(tmp_path), "bmlt", into)
    assert "1 changed by hand and left alone" in again.out
    assert "Behind the church" in into.read_text()


def test_a_list_with_entries_of_its_own_is_not_written_anew(
    pathfinder: Run, tmp_path: Path
) -> None:
    into = tmp_path / "mine.yaml"
    imported(pathfinder, FEEDS / "bmlt.json", "bmlt", into)
    for more in ("\n# Ask Sam about this one.\n", "\nnear: Springfield\n"):
        mine = into.read_text() + more
        into.write_text(mine)
        ran = imported(pathfinder, FEEDS / "bmlt.json", "bmlt", into)
        assert ran.code == 2
        assert "Import into a file of its own beside it" in ran.err
        assert into.read_text() == mine
        into.write_text(mine.replace(more, ""))


def test_hsds_needs_to_be_told_what_its_services_offer(pathfinder: Run, tmp_path: Path) -> None:
    ran = imported(pathfinder, FEEDS / "hsds.json", "hsds", tmp_path / "a.yaml")
    assert (ran.code, "--path PATH" in ran.err) == (2, True)
    wrong = imported(
        pathfinder, FEEDS / "hsds.json", "hsds", tmp_path / "a.yaml", "--path", "iop-secula"
    )
    assert "iop-secular" in wrong.err
    assert not (tmp_path / "a.yaml").exists()


# --- files of other hands -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.json", b"[{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b'"text"', "expected a list of entries"),
        ("a.json", b"9" * 6_000, "not JSON"),
        ("a.csv", b'name1,phone\n"open', "not CSV"),
        ("a.xlsx", b"PK\x03\x04 no zip", "not a spreadsheet"),
        ("a.json", b"\xff\xfe\x00", "a.json"),
    ],
)
def test_a_file_that_is_no_feed_gets_one_line_and_no_list(
    pathfinder: Run, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    ran = imported(pathfinder, file, "treatment-locator", tmp_path / "list.yaml")
    assert ran.code in (2, 65)
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "list.yaml").exists()


HOSTILE: tuple[Any, ...] = (
    None, True, -1, 1e300, "", " ", "x" * 5_000, "\x1b[2J", "<script>alert(1)</script>", "a: b # c",
    [], {}, [[]], {"a": 1}, "0", "7", "19:30", "25:00", "'\"\n", "\u202e", "--- !tag", "é後ろ",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"),
    [("bmlt.json", "bmlt"), ("meeting-guide.json", "meeting-guide"),
     ("treatment-locator.csv", "treatment-locator"),
     ("treatment-locator.json", "treatment-locator")],
)  # fmt: skip
def test_a_feed_that_was_named_as_another_is_told_what_it_looks_like(
    pathfinder: Run, tmp_path: Path, name: str, kind: str
) -> None:
    others = {"bmlt", "meeting-guide", "treatment-locator"} - {kind}
    for other in others:
        ran = imported(pathfinder, FEEDS / name, other, tmp_path / "list.yaml")
        assert ran.code == 2
        assert f"It looks like --format {kind}." in ran.err
    assert not (tmp_path / "list.yaml").exists()


def test_whom_to_call_first_is_told_with_the_list_and_not_for_meetings(
    pathfinder: Run, tmp_path: Path
) -> None:
    of = tmp_path / "loc.yaml"
    ran = imported(pathfinder, FEEDS / "treatment-locator.csv", "treatment-locator", of)
    assert f"pathfinder programs due {of}\n" in ran.out
    ran = imported(pathfinder, FEEDS / "bmlt.json", "bmlt", tmp_path / "na.yaml")
    assert "programs due" not in ran.out


@pytest.mark.parametrize("kind", ["meeting-guide", "bmlt", "hsds", "treatment-locator"])
def test_whatever_stands_in_a_field_the_list_holds_or_the_entry_is_left_out(
    kind: str, tmp_path: Path, rules: RuleSet
) -> None:
    dice = random.Random(f"hostile {kind}")
    source = "treatment-locator.json" if kind == "treatment-locator" else f"{kind}.json"
    data = json.loads((FEEDS / source).read_text())
    rows = data if isinstance(data, list) else data.get("rows") or data["contents"]
    made = []
    for number in range(120):
        row = dict(dice.choice(rows))
        for key in dice.sample(sorted(row), k=min(4, len(row))):
            row[key] = dice.choice(HOSTILE)
        made.append({**row, "slug": number, "id_bigint": number, "id": number, "frid": number})
    file, into = tmp_path / "feed.json", tmp_path / "list.yaml"
    file.write_text(json.dumps(made))
    merged = merge(take(str(file), kind, ("outpatient",)), None, "list.yaml", rules.path_by_id)
    into.write_text(merged.text)
    found = load_programs(into, rules.path_by_id)
    assert len(found.programs) + len(found.meetings) == merged.new > 0
    assert "\x1b" not in merged.text
    assert "<script>" not in merged.text


def test_a_damaged_list_is_told_with_its_slips_and_stays(tmp_path: Path, rules: RuleSet) -> None:
    taken = take(str(FEEDS / "bmlt.json"), "bmlt", STEPS)
    with pytest.raises(ProgramsError):
        merge(taken, b"meetings: [", "list.yaml", rules.path_by_id)
    with pytest.raises(PathfinderError, match="a comment or a key of the whole list"):
        merge(taken, b"title: Ours\n", "list.yaml", rules.path_by_id)
