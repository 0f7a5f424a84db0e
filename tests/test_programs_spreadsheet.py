"""A spreadsheet becomes a list: what is known is taken, what isn't is told, nothing is guessed.

The walk of the README is done as it stands there.
"""

from __future__ import annotations

import io
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from command import Run

from pathfinder.errors import ProgramsError
from pathfinder.programs import spreadsheet
from pathfinder.programs.spreadsheet import BEGIN, END, SheetRead, read_sheet, with_headings

ROOT = Path(__file__).parents[1]
NAMES = {"iop": "iop-secular", "outpatient counseling": "outpatient", "outpatient": "outpatient"}


def read(text: str) -> SheetRead:
    return read_sheet(text.encode(), "sheet.csv", NAMES)


def test_columns_are_known_by_their_keys_and_by_the_names_that_sheets_have() -> None:
    (one,) = read(
        "Agency,Services,Tel,City,Zip Code,child_care,MAT,Sliding Scale,Languages,Wait,Days\n"
        'One,"Outpatient Counseling, IOP",555-0100,Alder,01101,Yes,n,x,Spanish; en,3 days,Mon/Wed\n'
    ).programs
    assert (one.id, one.name, one.paths) == ("one", "One", ("outpatient", "iop-secular"))
    assert (one.phone, one.town, one.postal_code) == ("555-0100", "Alder", "01101")
    assert (one.child_care, one.medication_welcome, one.sliding_fee) == (True, None, True)
    assert (one.languages, one.wait_days, one.days) == (("es", "en"), 3, ("monday", "wednesday"))


@pytest.mark.parametrize("cell", ["", "?", "-", "unknown", "N/A"])
def test_a_cell_that_says_nothing_is_unknown_and_never_no(cell: str) -> None:
    found = read(f"Name,Evenings\nOne,{cell}\n")
    assert found.programs[0].evenings is None
    assert found.lost == ()


@pytest.mark.parametrize("cell", ["mostly", "Tue 6 pm"])
def test_a_cell_that_cannot_be_read_is_told_with_its_line(cell: str) -> None:
    found = read(f"Name,Evenings\n\nOne,{cell}\n")
    assert found.programs[0].evenings is None
    assert found.lost == (f'line 3, evenings: "{cell}": it could not be read',)


def test_a_date_that_could_be_two_days_is_not_guessed() -> None:
    found = read("Name,Last called\nOne,3/4/2026\nTwo,2026-04-03\n")
    assert [each.last_called for each in found.programs] == ["", "2026-04-03"]
    assert len(found.lost) == 1


def test_a_word_that_is_no_path_stands_as_it_is_for_the_check_to_name() -> None:
    assert read("Name,Paths\nOne,Day program\n").programs[0].paths == ("day-program",)


def test_a_sheet_is_read_as_agencies_keep_it() -> None:
    """Headings, cells and rows of a sheet that a stranger made, who kept it for themselves."""
    found = read(
        "Facility,Type of care,Gender,Wait time,Last contact,MAT ok,Comments\n"
        "One,outpatient / residential,Both,2 weeks,11/12/2026,no,Never send K. back\n"
        "Two,outpatient and residential,Women,same day,2026-11-12,yes,\n"
        ",residential,,,,,\n"
    )
    one, two = found.programs
    assert one.paths == two.paths == ("outpatient", "residential")
    assert (one.takes, two.takes) == ("everyone", "women")
    assert (one.wait_days, two.wait_days) == (14, 0)
    assert (one.medication_welcome, two.medication_welcome) == (None, True)
    assert (one.notes, one.last_called) == ("", "")
    assert found.lost == (
        'column "Comments": no key of a program is called so',
        'line 2, last_called: "11/12/2026": write it as 2026-11-28',
        'line 2, medication_welcome: "no": it may mean that nothing is prescribed there; '
        "ask if people on medicine are welcome",
        "line 4: the row has no name",
    )


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("11/28/2026", "2026-11-28"),
        ("28/11/2026", "2026-11-28"),
        ("5/5/2026", "2026-05-05"),
        ("Nov 28, 2026", "2026-11-28"),
        ("28 November 2026", "2026-11-28"),
        ("2026-11-28 00:00:00", "2026-11-28"),
        ("13/13/2026", ""),
        ("2/30/2026", ""),
        ("last week", ""),
    ],
)
def test_a_date_that_can_be_one_day_alone_is_taken(said: str, day: str) -> None:
    found = read(f'Name,Last called\nOne,"{said}"\n')
    assert found.programs[0].last_called == day
    assert bool(found.lost) == (not day)


def test_a_zip_that_lost_its_leading_zero_gets_it_back_and_is_told() -> None:
    found = read("Name,ZIP\nOne,2139\nTwo,601\nThree,2139.0\nFour,2139-1234\nFive,02139\n")
    codes = [each.postal_code for each in found.programs]
    assert codes == ["02139", "00601", "02139", "02139-1234", "02139"]
    assert [each.partition(":")[0] for each in found.mended] == [
        f"line {n}, postal_code" for n in (2, 3, 4, 5)
    ]
    assert '"2139" is 02139' in found.mended[0]


def test_a_postal_code_of_four_figures_is_left_where_it_may_be_whole() -> None:
    """In Denmark and Norway it is; beside one of five figures it isn't."""
    found = read("Name,Postal code\nOne,2100\nTwo,1050.0\n")
    assert [each.postal_code for each in found.programs] == ["2100", "1050"]
    found = read("Name,Postal code\nOne,2100\nTwo,10500\n")
    assert [each.postal_code for each in found.programs] == ["02100", "10500"]


@pytest.mark.slow
def test_a_sheet_is_read_from_xlsx_as_from_csv(pathfinder: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Name", "Care", "Phone", "ZIP", "Wait", "Last called"])
    book.active.append(["One", "outpatient", "555-0100", 2139, "1 week", datetime(2026, 11, 12)])
    file = tmp_path / "sheet.xlsx"
    book.save(file)
    (one,) = read_sheet(file.read_bytes(), str(file), NAMES).programs
    assert (one.postal_code, one.wait_days, one.last_called) == ("02139", 7, "2026-11-12")
    ran = pathfinder("programs", "new", str(tmp_path / "list.yaml"), "--from", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert 'Mended: line 2, postal_code: "2139" is 02139' in ran.out


def test_a_sheet_that_unfolds_to_fill_the_memory_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Name"])
    book.active.append(["a" * 20_000])
    packed = io.BytesIO()
    book.save(packed)
    assert len(packed.getvalue()) < 20_000
    assert read_sheet(packed.getvalue(), "sheet.xlsx", NAMES).programs
    monkeypatch.setattr(spreadsheet, "_MOST_UNPACKED", 20_000)
    for data in (packed.getvalue(), b"PK no"):
        with pytest.raises(ProgramsError) as error:
            read_sheet(data, "sheet.xlsx", NAMES)
        assert error.value.problems[0].code == "not-xlsx"


def test_the_page_of_headings_is_made_of_the_table() -> None:
    page = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    assert with_headings(page) == page, "make it anew: with_headings(page)"
    known = page.partition(BEGIN)[2].partition(END)[0]
    for row in re.findall(r"^\| `(\w+)` \| (.+) \|$", known, re.MULTILINE):
        for heading in row[1].split(", "):
            found = read(f"Name,{heading.title()}\nOne,x\n")
            assert not [line for line in found.lost if line.startswith("column")], heading


def test_two_rows_of_one_name_get_ids_of_their_own() -> None:
    assert [each.id for each in read("Name\nOne\nOne\n").programs] == ["one", "one-2"]


@pytest.mark.parametrize("between", [";", "\t"])
def test_sheets_that_put_something_else_between_their_cells_are_read(between: str) -> None:
    (one,) = read(f"Name{between}City\nOne{between}Alder\n").programs
    assert (one.name, one.town) == ("One", "Alder")


@pytest.mark.parametrize("text", ["", "Phone,City\n1,2\n", 'Name\n"One\n', "Name\n\0\n"])
def test_what_is_no_sheet_of_programs_is_told(text: str) -> None:
    with pytest.raises(ProgramsError):
        read(text)


@pytest.mark.slow
def test_the_walk_of_the_readme_goes_as_it_says(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    walk = readme.partition("<!-- programs-walk -->")[2].partition("<!-- end -->")[0]
    first, second = re.findall(r"```\n(.*?)```", walk, re.DOTALL)
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PATHFINDER_PROGRAMS", raising=False)
    go(pathfinder, first)
    list_ = tmp_path / "programs.yaml"
    list_.write_text(list_.read_text().replace("residental", "residential"))
    go(pathfinder, second)


def go(pathfinder: Run, steps: str) -> None:
    """Run each command, and find each line that stands below it in what it says."""
    for step in steps.split("$ pathfinder ")[1:]:
        command, *shown = step.splitlines()
        ran = pathfinder(*command.split())
        said = (ran.out + ran.err).splitlines()
        for line in shown:
            begin, cut, _ = line.partition("[…]")
            assert any(each.startswith(begin) if cut else each == line for each in said), line
