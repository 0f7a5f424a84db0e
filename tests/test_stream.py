"""Streams: in ids alone, and among several cores. Nobody's line depends on either."""

from __future__ import annotations

import json
import mmap
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import contract
import pytest
from command import Run
from jsonschema import Draft202012Validator

from pathfinder.commands import stream
from pathfinder.engine.brief import brief
from pathfinder.engine.decide import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import MOST_BYTES, check_answers

SCHEMA = Path(__file__).parents[1] / "docs" / "brief.schema.json"
schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def people(number: int, seed: int = 1) -> list[str]:
    dice = random.Random(seed)
    return [json.dumps(contract.random_answers(dice, 0.2)) for _ in range(number)]


def file_of(folder: Path, *lines: str, end: str = "\n") -> Path:
    file = folder / "people.jsonl"
    file.write_text("\n".join(lines) + end, encoding="utf-8")
    return file


# --- ids alone --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_ids_alone_are_those_of_the_whole_decision(rules: RuleSet, seed: int) -> None:
    answers = contract.random_answers(random.Random(seed), 0.25)
    if seed % 10 == 0:
        answers["age_group"] = "under_18"
    checked = check_answers(rules, answers)
    whole, short = decide(rules, checked), brief(rules, checked)
    assert (short.scope, short.hold, short.safe_level) == (
        whole.scope,
        whole.hold,
        whole.safe_level,
    )
    assert short.alerts == tuple(each.id for each in whole.alerts)
    assert short.first == tuple(each.id for each in whole.first)
    assert short.ranked == tuple((each.path, each.points) for each in whole.ranked)
    assert short.flags == tuple(
        flag
        for flag, up in (
            ("about_equal", any(each.about_equal_to_top for each in whole.ranked[1:])),
            ("barrier", whole.if_not_possible is not None),
            ("to_check", whole.scope == "adult" and bool(whole.to_check)),
            ("above_need", any(each.above_need for each in whole.ranked)),
        )
        if up
    )


def test_every_flag_is_seen_up_and_down(rules: RuleSet) -> None:
    seen = [set(brief(rules, check_answers(rules, json.loads(line))).flags) for line in people(150)]
    for flag in ("about_equal", "barrier", "to_check", "above_need"):
        assert {flag in flags for flags in seen} == {True, False}, flag


def test_a_brief_stream_is_a_passport_and_a_line_a_person(
    pathfinder: Run, tmp_path: Path, rules: RuleSet
) -> None:
    file = file_of(tmp_path, *people(2), "", '{"home": "nowhere"}', *people(30, 2))
    found = pathfinder("recommend", str(file), "--brief")
    assert found.code == 65
    first, *rest = map(json.loads, found.out.splitlines())
    assert first["passport"]["sha256"] == rules.sha256
    assert [each["line"] for each in rest] == [1, 2, *range(4, 35)]
    assert rest[2]["error"]["code"] == "unknown-answer"
    for each in (first, *rest):
        schema.validate(each)
    assert max(map(len, found.out.splitlines())) < 1000


def test_an_empty_brief_stream_is_a_passport_alone(pathfinder: Run, tmp_path: Path) -> None:
    found = pathfinder("recommend", str(file_of(tmp_path, end="")), "--brief")
    assert found.code == 0
    assert [list(json.loads(line)) for line in found.out.splitlines()] == [["passport"]]


def test_ids_alone_are_for_many_people_and_explain_nothing(pathfinder: Run, tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    one.write_text("home: steady\n", encoding="utf-8")
    assert pathfinder("recommend", str(one), "--brief").code == 2
    file = file_of(tmp_path, *people(1))
    found = pathfinder("recommend", str(file), "--brief", "--explain")
    assert found.code == 2
    assert "--explain" in found.err


# --- lines of an older edition ----------------------------------------------------------------


def test_lines_of_the_first_edition_are_read_and_a_slip_is_still_a_slip(
    pathfinder: Run, tmp_path: Path
) -> None:
    taking = {"age_group": "adult", "substances": ["opioids"], "medication": "taking"}
    slip = {**taking, "medication": "takin"}
    today = {**taking, "medication": ["for_opioids"]}
    heard = {**taking, "medication": "never_heard"}
    lines = [json.dumps(each) for each in (taking, slip, today, {"answers": taking}, heard)]
    ran = pathfinder("recommend", str(file_of(tmp_path, *lines)))
    assert ran.code == 65
    first, error, same_as, wrapped, asks = map(json.loads, ran.out.splitlines())
    assert first["first"] == same_as["first"] == wrapped["first"]
    assert [each["rules"] for each in first["first"]] == [["keep-opioid-medication"]]
    assert [each["rules"] for each in asks["first"]] == [["start-opioid-medication"]]
    assert error["error"]["code"] == "unknown-answer"
    assert "takin" in error["error"]["message"]
    one = tmp_path / "one.json"
    one.write_text(json.dumps(slip), encoding="utf-8")
    assert pathfinder("recommend", str(one)).code == 65


def test_an_empty_list_is_a_slip_in_every_edition(pathfinder: Run, tmp_path: Path) -> None:
    slips = (
        {"nonsense": []},
        {"home": [], "severity": "mild"},
        {"substances": [], "home": "steady"},
    )
    ran = pathfinder("recommend", str(file_of(tmp_path, *map(json.dumps, slips))))
    assert ran.code == 65
    assert [list(json.loads(line)) for line in ran.out.splitlines()] == [["line", "error"]] * 3
    one = tmp_path / "one.json"
    for slip in slips:
        one.write_text(json.dumps(slip), encoding="utf-8")
        assert pathfinder("recommend", str(one)).code == 65


def test_the_migrations_are_read_once_for_a_stream(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def counted(*args: object) -> tuple[()]:
        read.append(args)
        return ()

    monkeypatch.setattr("pathfinder.loader.migrations.read_migrations", counted)
    wrong = json.dumps({"medication": "taking"})
    monkeypatch.setattr("pathfinder.commands.stream._cores", lambda source: 1)
    assert pathfinder("recommend", str(file_of(tmp_path, *[wrong] * 5))).code == 65
    assert len(read) == 1


# --- among several cores -----------------------------------------------------------------

SHARED = """
import sys
from pathfinder.commands import stream
stream._BLOCK = {block}
stream._cores = lambda source: {cores}
{more}
sys.argv = ["pathfinder", "recommend", *{args!r}]
from pathfinder.cli import main
main()
"""


def run(
    *args: str, cores: int, block: int = 700, more: str = ""
) -> subprocess.CompletedProcess[str]:
    probe = SHARED.format(block=block, cores=cores, more=more, args=list(args))
    return subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=False
    )


def same(args: tuple[str, ...], **shared: object) -> subprocess.CompletedProcess[str]:
    alone, together = run(*args, cores=1), run(*args, cores=3, **shared)  # type: ignore[arg-type]
    assert together.stdout == alone.stdout
    assert (together.returncode, together.stderr) == (alone.returncode, alone.stderr)
    return together


@pytest.mark.slow
@pytest.mark.parametrize("form", [(), ("--brief",), ("--explain", "--region", "uk")])
@pytest.mark.parametrize("block", [1, 700, 10**6])
def test_several_cores_come_to_the_same_lines_in_the_same_order(
    tmp_path: Path, form: tuple[str, ...], block: int
) -> None:
    lines = people(24)
    lines[3:3] = ["", "  ", '{"home": "nowhere"}', "[", '{"home": "\x7f"}', "a" * (MOST_BYTES + 9)]
    lines[9:9] = ['{"home": "none"' + " " * (MOST_BYTES - 16) + "}"]
    file = file_of(tmp_path, *lines, end="")
    found = same((str(file), *form), block=block)
    assert found.returncode == 65
    assert len(found.stdout.splitlines()) == 29 + (form == ("--brief",))
    assert {"too-large"} <= set(found.stdout.split('"'))


def test_blocks_are_whole_lines_where_they_stand_and_never_too_many(tmp_path: Path) -> None:
    lines = ["{}"] * 1000 + people(90) + ["a" * (MOST_BYTES * 2)] + ["{}"] * 3
    file = file_of(tmp_path, *lines)
    whole, before = file.read_bytes(), 0
    with file.open("rb") as source:
        for block in stream._blocks(source, str(file)):
            assert whole[block.start :].startswith(block.data)
            assert whole[: block.start].count(b"\n") == block.before == before
            before += (count := len(block.data.splitlines()))
            assert count <= stream._MOST_LINES
    assert before == len(lines)


def test_what_there_is_room_for_goes_through_no_pipe() -> None:
    more: list[bytes] = []
    with mmap.mmap(-1, 100) as rooms:
        write = stream._laid(rooms, 50, more)
        for _ in range(5):
            write("x" * 10)
        assert more == []
        for text in ("y" * 10, "z"):
            write(text)
        assert (more, rooms[40:51]) == ([b"y" * 10, b"z"], b"x" * 10 + b"\0")


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["_ROOM = 70_000", "_ROOM = 1", "_MOST_LINES = 3"])
def test_a_block_that_becomes_more_than_there_is_room_for_comes_out_whole(
    tmp_path: Path, setting: str
) -> None:
    file = file_of(tmp_path, *people(20), *["{}"] * 30, *people(9, 3))
    assert same((str(file),), block=4000, more=f"stream.{setting}").returncode == 0


@pytest.mark.slow
def test_another_encoding_of_the_output_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(tmp_path, *people(9))
    probe = SHARED.format(block=700, cores=2, more="", args=[str(file), "--brief"])
    written = {}
    for encoding in ("utf-8", "utf-16"):
        monkeypatch.setenv("PYTHONIOENCODING", encoding)
        ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True)
        written[encoding] = ran.stdout.decode(encoding)
    assert written["utf-16"] == written["utf-8"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to try")
def test_a_full_disk_is_told_whoever_worked(tmp_path: Path) -> None:
    probe = SHARED.format(
        block=700, cores=2, more="", args=[str(file_of(tmp_path, *people(40))), "--brief"]
    )
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-c", probe], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode != 0
    assert b"No space left" in ran.stderr
    assert b"Traceback" not in ran.stderr


@pytest.mark.slow
def test_a_byte_order_mark_and_windows_line_ends_are_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(people(12)).encode())
    assert same((str(file), "--brief")).returncode == 0


@pytest.mark.slow
def test_what_a_worker_fails_at_is_done_by_the_first_process(tmp_path: Path) -> None:
    file = file_of(tmp_path, *people(20))
    same((str(file), "--brief"), more="stream._work = lambda *_: stream.os._exit(9)")
    dies = (
        "read = stream._read\n"
        "def dying(rules, source, file, before, otherwise):\n"
        "    import os, io\n"
        "    if before > 6 and stream.os.getpid() != first: os._exit(9)\n"
        "    return read(rules, source, file, before, otherwise)\n"
        "first = stream.os.getpid(); stream._read = dying"
    )
    same((str(file), "--brief"), more=dies)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_the_first_process(tmp_path: Path, number: int) -> None:
    file = file_of(tmp_path, *people(20_000))
    probe = SHARED.format(
        block=700, cores=3, more="", args=[str(file), "--output", str(tmp_path / "out.jsonl")]
    )
    child = subprocess.Popen(
        [sys.executable, "-c", probe], stderr=subprocess.PIPE, start_new_session=True
    )
    workers: set[int] = set()
    until = time.monotonic() + 30
    while len(workers) < 3 and time.monotonic() < until:
        workers = children_of(child.pid)
        time.sleep(0.02)
    assert len(workers) == 3
    os.kill(child.pid, number)
    _, said = child.communicate(timeout=30)
    assert b"Traceback" not in said
    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def children_of(pid: int) -> set[int]:
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return set(map(int, file.read_text().split())) if file.exists() else set()
