"""An agency's own rows as sessions: strict, whole, and never made up."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import signal
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from kills import at_every_step
from vaults import PASSPHRASE, in_child, make_vault, through_pipe, update

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite
from pathfinder.sessions import bring_in as bring_in_module
from pathfinder.sessions.bring_in import bring_in, read_rows
from pathfinder.sessions.export import figures, whole_rows
from pathfinder.sessions.mapping_file import ImportProblems, read_mapping
from pathfinder.sessions.serialize import session_bytes
from pathfinder.vault import Vault, let_in, unlock

HEAD = [
    "ADMYR", "CASEID", "AGE", "SERVICES", "NOPRIOR", "PSOURCE", "EMPLOY", "PREG", "PSYPROB",
    "LIVARAG", "SUB1", "SUB2", "SUB3", "FREQ1", "FREQ2", "FREQ3", "ROUTE1",
]  # fmt: skip
ROW = ["2024", "1001", "6", "7", "0", "1", "3", "-9", "-9", "3", "2", "1", "-9", "3", "-9", "-9",
       "1"]  # fmt: skip
MAPPING = """
mapping: ours
about: Our own register
unknown: ["99"]
client: {column: NUMBER, prefix: "A-"}
day: {column: ADMITTED, form: us-date}
answers:
  home:
    - {column: HOUSING, values: {"1": none, "2": steady}, says_nothing: ["3"]}
  substances:
    - {column: FIRST, values: {alc: alcohol, her: opioids, nil: none}}
    - {column: SECOND, values: {alc: alcohol, her: opioids, nil: none}}
"""


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    return make_vault(tmp_path / "data" / "vault")


def teds(tmp_path: Path, *changes: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for change in changes:
        writer.writerow({**dict(zip(HEAD, ROW, strict=True)), **change}.values())
    file = tmp_path / "teds.csv"
    file.write_text(out.getvalue())
    return str(file)


def answers_of(rules: RuleSet, tmp_path: Path, **change: str) -> dict[str, Any]:
    (row,) = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, change))
    return dict(row.answers)


def ran(pathfinder: Run, *args: str) -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(PASSPHRASE))


# --- the columns of SAMHSA ------------------------------------------------------------------


def test_what_a_row_says_is_taken_and_what_it_does_not_say_stays_unknown(
    rules: RuleSet, tmp_path: Path
) -> None:
    assert answers_of(rules, tmp_path) == {
        "age_group": "adult", "substances": ("alcohol",), "frequency": "every_day",
        "alcohol_frequency": "every_day", "stage": "first_time",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "question", "answer"),
    [
        ({"AGE": "2"}, "age_group", "under_18"),
        ({"SUB2": "13", "SUB3": "5"}, "substances", ("alcohol", "opioids", "sedatives")),
        ({"SUB1": "1", "SUB2": "-9"}, "substances", ("none",)),
        ({"SUB1": "-9", "SUB2": "-9"}, "substances", None),
        ({"FREQ1": "2"}, "frequency", None),  # some use: few days, or most of them
        ({"FREQ1": "1", "SUB3": "1"}, "frequency", "not_lately"),
        ({"FREQ1": "1"}, "frequency", None),  # the third may have been used
        ({"FREQ1": "1", "SUB2": "16", "FREQ2": "3"}, "sedative_frequency", "every_day"),
        ({"FREQ1": "1", "SUB2": "16", "FREQ2": "3"}, "alcohol_frequency", "not_lately"),
        ({"LIVARAG": "1"}, "home", "none"),
        ({"LIVARAG": "2"}, "home", None),
        ({"PREG": "1"}, "health", ("pregnant",)),
        ({"PREG": "2"}, "health", None),  # nobody asked about the rest of the list
        ({"PSYPROB": "1"}, "mental_health", None),
        ({"PSYPROB": "2"}, "mental_health", "none"),
        ({"EMPLOY": "2", "PSOURCE": "7"}, "responsibilities", ("job", "court")),
        ({"NOPRIOR": "3"}, "stage", "tried_before"),
    ],
)
def test_each_column_means_what_the_codebook_says(
    rules: RuleSet, tmp_path: Path, change: dict[str, str], question: str, answer: Any
) -> None:
    assert answers_of(rules, tmp_path, **change).get(question) == answer


@pytest.mark.slow
def test_a_year_of_admissions_becomes_sessions_with_what_was_chosen_then(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    file = teds(tmp_path, {}, {"CASEID": "1002", "SERVICES": "4"}, {"SERVICES": "2"})
    done = ran(pathfinder, "import", file, "--map", "teds-a")
    assert (done.code, done.out) == (0, "")
    assert "3 sessions" in done.err
    found = [kept.read(vault, id_) for id_ in vault.stamps("sessions")]
    by_code = {each.client: each for each in found}
    session = by_code["T-1002"]
    assert (session.begun, session.newest.author) == ("2024", "import: teds-a")
    assert session.newest.judgement is not None
    assert session.newest.judgement.level == "residential"
    decision = decide(rules, session.newest.answers)
    assert session.given["safe_level"] == decision.safe_level
    levels = [each.newest.judgement.level for each in found if each.newest.judgement]
    assert sorted(map(str, levels)) == ["None", "residential", "withdrawal-management"]
    for command in (("list",), ("show", "T-1002"), ("export",), ("compare", "T-1001")):
        assert ran(pathfinder, *command).code == 0, command


# --- strict -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"AGE": "13"}, ["3:3", "AGE", '"13"']),
        ({"SERVICES": "9"}, ["3:4", "SERVICES"]),
        ({"CASEID": ""}, ["3:2", "CASEID"]),
        ({"ADMYR": "last"}, ["3:1", "ADMYR", "year"]),
        ({"SUB1": "\x1b[2J"}, ["3:11"]),
    ],
)
def test_a_value_that_the_mapping_does_not_name_is_a_problem_at_its_line(
    pathfinder: Run, vault: Vault, tmp_path: Path, change: dict[str, str], words: list[str]
) -> None:
    done = ran(pathfinder, "import", teds(tmp_path, {}, change), "--map", "teds-a")
    assert (done.code, done.out) == (65, "")
    for word in words:
        assert word in done.err
    assert "\x1b" not in done.err
    assert not vault.stamps("sessions")  # the good row isn't kept either


def test_a_missing_column_is_told_with_the_nearest_one(rules: RuleSet, tmp_path: Path) -> None:
    file = Path(teds(tmp_path, {}))
    file.write_text(file.read_text().replace("LIVARAG", "LIVARG"))
    with pytest.raises(ImportProblems) as refused:
        read_rows(rules, read_mapping(rules, "teds-a"), str(file))
    assert "LIVARAG" in str(refused.value)
    assert "LIVARG" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "column"), (b"NUMBER,ADMITTED,HOUSING,FIRST,SECOND\n", "no row"),
        (b"NUMBER,ADMITTED,HOUSING,FIRST,SECOND\n1,2\n", "2 columns"),
        (b"NUMBER,ADMITTED,HOUSING,FIRST,SECOND,FIRST\n", "twice"),
        (b'NUMBER,ADMITTED,HOUSING,FIRST,SECOND\n"1', "CSV"),
        (b"NUMBER\xff", "UTF-8"), (b"\x00,\x00\n\x00,\x00\n", "column"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_these_columns_is_refused_in_words(
    rules: RuleSet, tmp_path: Path, data: bytes, word: str
) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING)
    (tmp_path / "rows.csv").write_bytes(data)
    with pytest.raises(ImportProblems, match=word):
        read_rows(
            rules, read_mapping(rules, str(tmp_path / "map.yaml")), str(tmp_path / "rows.csv")
        )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("home:", "hom:", [":8:3", "hom", "home"]),
        ('"1": none', '"1": non', [":9:", "non"]),
        ("form: us-date", "form: uk-date", [":6:", "us-date"]),
        ("about:", "abut:", [":3:1", "abut", "about"]),
        ("column: HOUSING", "colum: HOUSING", [":9:", "column"]),
        ('says_nothing: ["3"]', 'says_nothing: ["1"]', [":9:", '"1"']),
        ("client:", "#client:", ["client"]),
    ],
)
def test_a_slip_in_a_mapping_is_told_at_its_line_with_the_nearest_name(
    rules: RuleSet, tmp_path: Path, before: str, after: str, words: list[str]
) -> None:
    assert before in MAPPING
    (tmp_path / "map.yaml").write_text(MAPPING.replace(before, after, 1))
    with pytest.raises(ImportProblems) as refused:
        read_mapping(rules, str(tmp_path / "map.yaml"))
    for word in words:
        assert word in str(refused.value)


def test_json_lines_say_the_same_as_csv(rules: RuleSet, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING)
    mapping = read_mapping(rules, str(tmp_path / "map.yaml"))
    rows = [
        {"NUMBER": 7, "ADMITTED": "11/28/2026", "HOUSING": 1, "FIRST": "her", "SECOND": "99"},
        {"NUMBER": "8", "ADMITTED": "01/02/2026", "FIRST": "nil", "SECOND": None},
    ]
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    head = list(rows[0])
    lines = [",".join(head), *(",".join(str(r.get(k) or "") for k in head) for r in rows)]
    (tmp_path / "rows.csv").write_text("\ufeff" + "\r\n".join(lines) + "\r\n")
    both = [read_rows(rules, mapping, str(tmp_path / f"rows.{kind}")) for kind in ("jsonl", "csv")]
    assert [each._replace(line=0) for each in both[0]] == [
        each._replace(line=0) for each in both[1]
    ]
    first, second = both[0]
    assert (first.client, first.day) == ("A-7", "2026-11-28")
    assert first.answers == {"home": "none", "substances": ("opioids",)}
    assert second.answers == {"substances": ("none",)}


def test_a_line_that_is_no_object_or_holds_a_list_is_told(rules: RuleSet, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING)
    (tmp_path / "rows.jsonl").write_text('[]\n{"NUMBER": []}\n{\n')
    with pytest.raises(ImportProblems) as refused:
        read_rows(
            rules, read_mapping(rules, str(tmp_path / "map.yaml")), str(tmp_path / "rows.jsonl")
        )
    lines = {problem.line for problem in refused.value.problems}
    assert lines == {1, 2, 3}


def test_a_row_under_a_name_is_refused(rules: RuleSet, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING.replace(', prefix: "A-"', ""))
    head = "NUMBER,ADMITTED,HOUSING,FIRST,SECOND\nMaria,11/28/2026,1,alc,nil\n"
    (tmp_path / "rows.csv").write_text(head)
    with pytest.raises(ImportProblems, match="could be a name"):
        read_rows(
            rules, read_mapping(rules, str(tmp_path / "map.yaml")), str(tmp_path / "rows.csv")
        )


# --- run again, and cut off -------------------------------------------------------------------


@pytest.mark.slow
def test_an_import_that_is_run_again_brings_in_nothing_twice(
    pathfinder: Run, vault: Vault, tmp_path: Path
) -> None:
    file = teds(tmp_path, {}, {"CASEID": "1002"})
    ran(pathfinder, "import", file, "--map", "teds-a")
    first = vault.stamps("sessions")
    again = ran(pathfinder, "import", file, "--map", "teds-a")
    assert (again.code, "2 stood there already" in again.err) == (0, True)
    assert vault.stamps("sessions") == first
    more = teds(tmp_path, {}, {"CASEID": "1002"}, {"CASEID": "1003"})
    ran(pathfinder, "import", more, "--map", "teds-a")
    assert len(vault.stamps("sessions")) == 3


def test_an_imported_year_is_counted_as_that_year_in_figures(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    rows = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, {}))
    bring_in(vault, rules, rows, "teds-a")
    (id_,) = vault.stamps("sessions")
    session = kept.read(vault, id_)
    assert [row["year"] for row in figures([session])] == ["2024"]
    (row,) = whole_rows(rules, [session])
    assert (row["author"], row["follows"]) == ("import: teds-a", "")


def test_rows_that_say_the_same_are_as_many_sessions_as_rows(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    rows = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, {}, {}))
    assert bring_in(vault, rules, rows, "teds-a") == (2, 0)
    assert bring_in(vault, rules, rows, "teds-a") == (0, 2)


def test_the_name_of_a_file_confirms_no_guess_at_what_is_in_it(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    """In another vault the same row has another id: it follows from a key, not from the row."""
    rows = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, {}))
    other = make_vault(tmp_path / "other")
    for each in (vault, other):
        bring_in(each, rules, rows, "teds-a")
    assert set(vault.stamps("sessions")).isdisjoint(other.stamps("sessions"))


def test_what_was_gone_on_with_since_stays_and_a_supervisor_brings_in_nothing_twice(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    rows = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, {}))
    bring_in(vault, rules, rows, "teds-a")
    (id_,) = vault.stamps("sessions")
    draft = kept.resume(vault, id_)
    later = {**draft.answers, "home": "steady"}
    kept.save(vault, draft, decide(rules, later), later, {})
    let_in(vault, "Supervisor", "2026-11-28T10:00:00+00:00", passphrase="five calm herons fly")
    theirs = unlock(vault.folder, "five calm herons fly").vault
    assert bring_in(theirs, rules, rows, "teds-a") == (0, 1)
    assert kept.read(vault, id_).newest.number == 2


def test_what_another_window_brought_in_and_went_on_with_meanwhile_stays(
    vault: Vault, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, {}))
    made = bring_in_module._session

    def while_another_window_is_quicker(*args: Any) -> kept.Session:
        session = made(*args)
        with vault.writer() as writer:
            writer.write("sessions", session.id, session_bytes(session))
        update(vault, session.id, lambda newest: newest)
        return session

    monkeypatch.setattr(bring_in_module, "_session", while_another_window_is_quicker)
    assert bring_in(vault, rules, rows, "teds-a") == (0, 1)
    (id_,) = vault.stamps("sessions")
    assert kept.read(vault, id_).newest.number == 2


@pytest.mark.slow
@pytest.mark.parametrize("windows", [2, 4])
def test_windows_that_bring_in_the_same_rows_bring_in_each_once(
    vault: Vault, rules: RuleSet, tmp_path: Path, windows: int
) -> None:
    file = teds(tmp_path, *({"CASEID": str(2000 + number)} for number in range(60)))
    rows = read_rows(rules, read_mapping(rules, "teds-a"), file)
    pids = []
    for _ in range(windows):
        pid = os.fork()
        if pid == 0:
            try:
                bring_in(vault, rules, rows, "teds-a")
                os._exit(0)
            finally:
                os._exit(1)
        pids.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * windows
    codes = [kept.read(vault, id_).client for id_ in vault.stamps("sessions")]
    assert len(codes) == len(set(codes)) == 60


@pytest.mark.slow
def test_an_import_that_is_killed_goes_on_where_it_stopped(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    file = teds(tmp_path, *({"CASEID": str(2000 + number)} for number in range(120)))
    mapping = read_mapping(rules, "teds-a")
    rows = read_rows(rules, mapping, file)
    for kill_at in (1, 30, 70):
        pid = os.fork()
        if pid == 0:
            try:
                bring_in(vault, rules, rows, mapping.id)
            finally:
                os._exit(1)
        while len(list((vault.folder / "sessions").glob("*.age"))) < kill_at:
            pass
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert all(kept.read(vault, id_) for id_ in vault.stamps("sessions"))
    bring_in(vault, rules, rows, mapping.id)
    codes = [kept.read(vault, id_).client for id_ in vault.stamps("sessions")]
    assert len(codes) == len(set(codes)) == 120


@pytest.mark.slow
def test_an_import_that_is_killed_before_any_step_on_the_disk_leaves_whole_sessions_alone(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    rows = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, {}, {"CASEID": "1002"}))
    for _ in at_every_step(lambda: bring_in(vault, rules, rows, "teds-a")):
        assert all(kept.read(vault, id_) for id_ in vault.stamps("sessions"))
        bring_in(vault, rules, rows, "teds-a")
        assert len(vault.stamps("sessions")) == 2
        assert not list(vault.folder.rglob(".*.part"))
        for id_ in vault.stamps("sessions"):
            kept.forget(vault, id_)


def test_a_disk_that_takes_no_more_stops_an_import_and_keeps_no_half_session(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    rows = read_rows(rules, read_mapping(rules, "teds-a"), teds(tmp_path, {}))

    def stopped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        with pytest.raises(CantWrite):
            bring_in(vault, rules, rows, "teds-a")

    assert in_child(stopped) == 0
    assert not vault.stamps("sessions")
    assert not list(vault.folder.rglob(".*.part"))
