"""A list of programs is read as strictly as rules, and plainly written ones are read quickly."""

from __future__ import annotations

from pathlib import Path
from random import Random

import invented
import pytest
from samples import one_of

from pathfinder.errors import FileProblem, ProgramsError
from pathfinder.programs import load
from pathfinder.programs.load import load_programs
from pathfinder.programs.model import Program, ProgramList
from pathfinder.programs.writing import entry_text, fingerprint, list_text, template

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "programs" / "invented-programs.yaml"
ONE = "programs:\n  - id: one\n    name: One\n    paths: [outpatient]\n    phone: 555-0100\n"
A_MEETING = (
    "meetings:\n  - id: noon\n    name: Noon\n    paths: [secular-groups]\n    days: [monday]\n"
    '    time: "12:00"\n    place: A hall\n'
)


def read(folder: Path, text: str | bytes) -> ProgramList:
    file = folder / "list.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_programs(file, invented.PATHS)


def slips(folder: Path, text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(ProgramsError) as error:
        read(folder, text)
    return [(each.line, each.column, each.code) for each in error.value.problems]


def strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "read_quickly", lambda *args: None)


def test_the_example_list_holds_and_says_that_it_is_invented() -> None:
    found = load_programs(EXAMPLE, invented.PATHS)
    assert (len(found.programs), len(found.meetings)) == (10, 4)
    assert all("invented" in each.name for each in (*found.programs, *found.meetings))
    assert all(each.phone.startswith("555-01") for each in found.programs)
    assert "none of these exist" in found.title


def test_what_is_not_written_is_unknown_and_never_no(tmp_path: Path) -> None:
    (found,) = read(tmp_path, ONE).programs
    assert found == Program("one", "One", ("outpatient",), phone="555-0100")
    assert found.takes_pregnant is None
    (told,) = read(tmp_path, ONE + "    takes_pregnant: false\n").programs
    assert told.takes_pregnant is False


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("paths: [iop-seculr]", "unknown-path"),
        ("evenings: yes", "unquoted-word"),
        ("evenings: sometimes", "wrong-type"),
        ("childcare: true", "unknown-key"),
        ("name: Two", "duplicate-key"),
        ("text_line: text A #5", "cut-text"),
        ("notes: &x here", "anchor"),
        ("notes: !x here", "tag"),
        ('phone: "call us"', "not-a-phone-number"),
        ('web: "example.org"', "not-a-web-address"),
        ("last_called: 2026-11-01", "unquoted-date"),
        ('last_called: "2026-13-01"', "not-a-date"),
        ("postal_code: 01101", "unquoted-number"),
        ('coordinates: "142.1, 7"', "not-coordinates"),
        ("languages: [sp]", "unknown-language"),
        ("languages: [Spanish]", "unknown-language"),
        ("insurance: [medicade]", "unknown-kind-of-insurance"),
        ("start: [walkin]", "unknown-way-to-start"),
        ("start: [walk_in]", "no-way-to-start"),
        ("start: [web]", "no-way-to-start"),
        ("medication_on_site: [methadon]", "unknown-medicine"),
        ("takes: woman", "unknown-group-of-people"),
        ("insurance: medicaid", "wrong-type"),
        ("wait_days: -1", "out-of-range"),
        ("wait_days: soon", "wrong-type"),
        ("days: [mon]", "unknown-day-of-the-week"),
        ("days: []", "empty-list"),
        ("notes:", "no-value"),
        ('notes: "a\\u0007b"', "hidden-character"),
        ('imported: {kind: hsd, key: "1", fingerprint: ab}', "unknown-kind-of-import"),
    ],
)
def test_every_slip_is_told_at_its_line(tmp_path: Path, line: str, code: str) -> None:
    key = line.partition(":")[0]
    before = "".join(row for row in ONE.splitlines(True) if key == "name" or f" {key}:" not in row)
    found = slips(tmp_path, f"{before}    {line}\n")
    assert code in [each[2] for each in found]
    assert (len(before.splitlines()) + 1) in [each[0] for each in found]


def test_who_writes_the_name_of_a_language_is_told_its_code(tmp_path: Path) -> None:
    with pytest.raises(ProgramsError) as error:
        read(tmp_path, ONE + "    languages: [en, Spanish]\n")
    assert '"es"' in str(error.value)


@pytest.mark.parametrize(
    ("line", "way_out"),
    [
        ("paths: outpatient", "write [outpatient]"),
        ("languages: es", "write [es]"),
        ("languages: [ASL]", 'write "ase"'),
        ("medication_on_site: [Suboxone]", 'write "buprenorphine"'),
        ("start: [phone]", 'write "call"'),
        ('wait_days: "1 week"', "write 7"),
        ("wait_days: same day", "write 0"),
        ("wait_days: a while", "such as 7 for a week"),
        ("takes: woman", 'unknown group of people "woman"; did you mean "women"?'),
    ],
)
def test_who_writes_it_as_it_is_said_is_told_how_it_is_written(
    tmp_path: Path, line: str, way_out: str
) -> None:
    key = line.partition(":")[0]
    rest = "".join(row for row in ONE.splitlines(True) if f" {key}:" not in row)
    with pytest.raises(ProgramsError) as error:
        read(tmp_path, f"{rest}    {line}\n")
    assert [way_out in str(each) for each in error.value.problems] == [True]


@pytest.mark.parametrize(
    "way",
    ["phone: 555-0100", "text_line: text A to 555-0100", "web: https://a.example.org",
     "start: [referral]", "start: [walk_in]\n    address: 1 Mill Street"],
)  # fmt: skip
def test_one_way_in_is_enough_and_none_is_a_slip(tmp_path: Path, way: str) -> None:
    without = "programs:\n  - id: one\n    name: One\n    paths: [outpatient]\n"
    assert slips(tmp_path, without) == [(2, 9, "no-way-to-start")]
    assert len(read(tmp_path, f"{without}    {way}\n").programs) == 1


def test_a_meeting_that_nobody_could_find_is_a_slip(tmp_path: Path) -> None:
    assert slips(tmp_path, A_MEETING.replace("    place: A hall\n", "")) == [(2, 9, "no-place")]


def test_an_id_stands_once_in_the_whole_list(tmp_path: Path) -> None:
    again = ONE + ONE.removeprefix("programs:\n")
    assert slips(tmp_path, again) == [(6, 9, "duplicate-id")]
    assert slips(tmp_path, ONE + A_MEETING.replace("noon", "one")) == [(7, 9, "duplicate-id")]


def test_the_example_of_the_template_is_no_program(tmp_path: Path) -> None:
    codes = [code for _, _, code in slips(tmp_path, template())]
    assert codes == ["example-left", "example-left"]
    mine = template().replace("example-program", "mine").replace("example-meeting", "ours")
    found = read(tmp_path, mine)
    assert (len(found.programs), len(found.meetings)) == (1, 1)
    (program,) = found.programs
    assert {key for key, said in program._asdict().items() if said in (None, "", ())} == {
        "coordinates", "imported",
    }  # fmt: skip


def test_a_folder_is_one_list_in_the_order_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(A_MEETING)
    (tmp_path / "a.yaml").write_text("title: Ours\n" + ONE)
    (tmp_path / ".c.yaml").write_text("left by an editor")
    (tmp_path / "notes.txt").write_text("not ours")
    found = load_programs(tmp_path, invented.PATHS)
    assert (found.title, found.programs[0].id, found.meetings[0].id) == ("Ours", "one", "noon")
    (tmp_path / "b.yaml").write_text(ONE)
    with pytest.raises(ProgramsError) as error:
        load_programs(tmp_path, invented.PATHS)
    assert [(Path(each.file).name, each.code) for each in error.value.problems] == [
        ("b.yaml", "duplicate-id")
    ]


def test_a_folder_without_a_list_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    for where in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(FileProblem):
            load_programs(where, invented.PATHS)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"programs: []\n", "empty"),
        (b"[]", "wrong-type"),
        (b"programs: {}\n", "wrong-type"),
        (b"\xff\xfe", "not-utf-8"),
        (b"programs:\n  - id: \x00", "hidden-character"),
        (b"programs: " + b"[" * 5_000, "too-deep"),
        (b"programs: &a [*a, *a, *a, *a]\n", "alias"),
        (b"programs: [" + b"a," * 20_000 + b"a]", "too-many"),
        (b"# " + b"x" * (16 * 1024 * 1024), "too-large"),
        (b"--- {}\n--- {}\n", "second-document"),
    ],
    ids=["empty", "none", "list", "map", "bytes", "nul", "deep", "bomb", "many", "large", "two"],
)
def test_a_hostile_file_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, code: str
) -> None:
    monkeypatch.setattr(load, "MOST_VALUES", 20_000)
    assert code in [each[2] for each in slips(tmp_path, data)]


def test_a_table_of_postal_codes_can_only_stand_beside_the_list(tmp_path: Path) -> None:
    found = read(tmp_path, "postal_codes: codes.csv\n" + ONE)
    assert Path(found.postal_codes) == tmp_path / "codes.csv"
    assert slips(tmp_path, "postal_codes: ../codes.csv\n" + ONE) == [(1, 15, "not-beside")]


# --- two ways of reading -----------------------------------------------------------------


@pytest.mark.parametrize("seed", one_of(4, range(40)))
def test_what_is_written_is_read_back_in_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    programs = tuple(invented.program(random, number) for number in range(20))
    meetings = tuple(invented.meeting(random, number) for number in range(20))
    text = list_text(programs, meetings)
    quickly = read(tmp_path, text)
    strictly(monkeypatch)
    assert quickly == read(tmp_path, text)
    assert (quickly.programs, quickly.meetings) == (programs, meetings)


LINES = (
    "", "  ", "# a comment", "    # deeper", "  # less deep", "      more of it", "    more of it",
    "    notes: >-", "    notes: |", "    notes: 'it''s'", '    notes: "two', '    lines"',
    "    notes: a", "    notes: a # b", "    notes: a b # c", "    notes: a\tb", "    notes : a",
    "    notes:  a", "    notes: a ", "    free: true", "    free: false # asked", "    free: yes",
    "    days: [monday,tuesday]", "    days: [ monday , tuesday ]", "    days: [monday, monday]",
    "    days:", "      - monday", "    - monday", "  - id: two", "  - {id: three}", "-", "- id: x",
    "    ? notes", "    : a", "    name: again", "title: Ours", "title: [a]", "programs:", "...",
    "---", "%YAML 1.1", "    town: É", "    town: a\u2028b", "    town: a\x85b", "\t", "    *a",
    '    imported: {kind: hsds, key: "1", fingerprint: ab}', "    imported: {kind: hsds}", "{", "]",
    '    postal_code: "01101"', "    postal_code: 01101", "    wait_days: 3", "    wait_days: 1e3",
)  # fmt: skip


def test_a_section_without_an_entry_is_told(tmp_path: Path) -> None:
    assert slips(tmp_path, "programs:\n" + A_MEETING) == [(1, 10, "no-value")]


@pytest.mark.parametrize("seed", one_of(6, range(12)))
def test_whatever_lines_a_file_has_both_ways_come_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    for _ in range(150):
        lines = (ONE + A_MEETING).splitlines()
        for _ in range(random.randint(1, 3)):
            lines.insert(random.randint(0, len(lines)), random.choice(LINES))
        text = "\n".join(lines) + "\n"
        outcomes = []
        for quick in (True, False):
            with monkeypatch.context() as patch:
                if not quick:
                    strictly(patch)
                try:
                    outcomes.append(str(read(tmp_path, text)))
                except ProgramsError as error:
                    outcomes.append(str(error))
        assert outcomes[0] == outcomes[1], text


def test_plainly_written_lists_are_read_without_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathfinder.programs import load

    def parser(*args: object, **more: object) -> None:
        raise AssertionError("the parser was asked")

    random = Random(1)
    monkeypatch.setattr(load, "_strictly", parser)
    read(tmp_path, EXAMPLE.read_text(encoding="utf-8"))
    monkeypatch.setattr(load, "read_yaml", parser)
    plain = invented.program(random, 1, known=1)._replace(
        **dict.fromkeys(
            ("name", "text_line", "address", "town", "hours", "notes", "called_by", "source"),
            "Plain: no",
        )
    )
    read(tmp_path, list_text([plain], []))


# --- what an import leaves --------------------------------------------------------------


def test_a_call_is_no_change_by_hand_and_a_new_number_is() -> None:
    one = invented.program(Random(3), 1)
    called = one._replace(last_called="2026-11-27", called_by="K", wait_days=2, imported=None)
    assert fingerprint(called) == fingerprint(one)
    assert fingerprint(one._replace(phone="555-0199")) != fingerprint(one)


def test_an_entry_is_written_a_line_a_key() -> None:
    found = Program("one", "One: A", ("outpatient",), phone="555-0100", evenings=False, wait_days=0)
    assert entry_text(found).splitlines() == [
        "  - id: one", '    name: "One: A"', "    paths: [outpatient]", "    phone: 555-0100",
        "    wait_days: 0", "    evenings: false",
    ]  # fmt: skip
