"""Privacy, watched from inside: what each command opens, connects to and leaves behind.

Python tells an audit hook of every file that is opened and every socket that is made.
Each command runs in a process of its own with such a hook in it from the start.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from screen import ENTER, Screen
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions import index
from pathfinder.sessions.model import Judgement
from pathfinder.vault import Vault, change_passphrase

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "steady-worker.yaml"
PROGRAMS = EXAMPLE.parent / "programs" / "invented-programs.yaml"
FIND = ("--answers", str(EXAMPLE), "--programs", str(PROGRAMS), "--near", "00003")
CANARY = "kanarienvogel"

PROBE = """
import sys, json, os
seen = {"socket": [], "written": []}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
held = [None]
opens = os.open
def opened(path, flags, mode=0o777, *, dir_fd=None):
    # The hook isn't told in which held folder a bare name is opened.
    held.append(None if dir_fd is None else os.readlink(f"/proc/self/fd/{dir_fd}"))
    try:
        return opens(path, flags, mode, dir_fd=dir_fd)
    finally:
        held.pop()
os.open = opened
os.supports_dir_fd.add(opened)
def whole(path, folder):
    if isinstance(folder, int):  # -1: none
        folder = None if folder < 0 else os.readlink(f"/proc/self/fd/{folder}")
    return os.path.join(folder or "", os.fsdecode(path))
def hook(event, args):
    if event == "socket.__new__" and args[1] == 1:  # AF_UNIX: how a menu wakes itself
        seen["socket"].append("to itself")
    elif event.startswith(("socket.", "urllib", "http.", "ftplib", "smtplib", "subprocess",
                         "os.system", "os.exec", "os.posix_spawn", "webbrowser")):
        seen["socket"].append(event)
    elif event == "open" and args[0] is not None and not isinstance(args[0], int):
        path, mode, flags = args
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & WRITES:
            seen["written"].append(whole(path, held[-1]))
    elif event in ("os.mkdir", "os.remove", "os.rmdir"):
        seen["written"].append(whole(args[0], args[-1]))
    elif event in ("os.symlink", "os.truncate"):
        seen["written"].append(os.fsdecode(args[0]))
    elif event in ("os.rename", "os.link"):
        seen["written"] += [whole(args[0], args[2]), whole(args[1], args[3])]
sys.addaudithook(hook)
sys.argv = ["pathfinder", *json.loads(sys.argv[1])]
from pathfinder.cli import main
code = 0
try:
    main()
except SystemExit as end:
    code = int(end.code or 0)
sys.stdout.flush()
os.write(int(os.environ["REPORT_TO"]), json.dumps([code, seen]).encode())
"""


class Watched(NamedTuple):
    code: int
    sockets: list[str]
    written: set[str]
    out: str


def watched(home: Path, *args: str, stdin: str = "", fds: tuple[int, ...] = ()) -> Watched:
    """Run a command with the hook. `written`: what it opened to write, made, moved or removed."""
    out, into = os.pipe()
    run = subprocess.run(
        [sys.executable, "-B", "-c", PROBE, json.dumps(args)],
        input=stdin, capture_output=True, text=True, timeout=60, check=False,
        pass_fds=(into, *fds), cwd=home,
        env={
            **os.environ, "REPORT_TO": str(into), "PATHFINDER_DATA": str(home / "data"),
            "HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_CACHE_HOME": str(home / "cache"),
        },
    )  # fmt: skip
    os.close(into)
    with os.fdopen(out, encoding="utf-8") as report:
        text = report.read()
    assert text, run.stderr
    code, seen = json.loads(text)
    return Watched(code, seen["socket"], set(seen["written"]), run.stdout)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "tmp").mkdir()
    return tmp_path


@pytest.fixture
def vault(home: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    return make_vault(home / "data" / "vault")


def outside(found: Watched, *allowed: Path) -> set[str]:
    """What was written elsewhere than in the folders and files that were named."""
    harmless = {"/dev/null", "/dev/tty"}
    return {
        path
        for path in found.written - harmless
        if not any(Path(path) == place or place in Path(path).parents for place in allowed)
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("recommend", str(EXAMPLE)), 0),
        (("recommend", str(EXAMPLE), "--format", "json"), 0),
        (("explain", str(EXAMPLE)), 0),
        (("quiz", "--plain"), 130),
        (("paths",), 0),
        (("help-lines",), 0),
        (("recommend", str(EXAMPLE), "--programs", str(PROGRAMS)), 0),
        (("programs", "check", str(PROGRAMS)), 0),
        (("programs", "list", str(PROGRAMS)), 0),
        (("programs", "due", str(PROGRAMS)), 0),
        (("programs", "find", *FIND), 0),
        (("fhir", "questionnaire"), 0),
        (("fhir", "response", str(EXAMPLE)), 0),
        (("fhir", "page"), 0),
        (("fhir", "import", "-"), 65),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_without_sessions_no_socket_is_opened_and_nothing_is_written(
    home: Path, args: tuple[str, ...], code: int
) -> None:
    found = watched(home, *args, stdin="2\nnone\nquit\n")
    assert found.code == code
    assert found.sockets == []
    assert outside(found) == set()
    assert sorted(path.name for path in home.rglob("*")) == ["tmp"]


@pytest.mark.slow
def test_a_result_is_written_to_the_file_that_was_named_and_nowhere_else(home: Path) -> None:
    found = watched(home, "recommend", str(EXAMPLE), "--output", str(home / "result.txt"))
    assert (found.code, found.sockets) == (0, [])
    assert all(path.startswith(str(home / "result.txt")) or ".result.txt." in path
               for path in outside(found))  # fmt: skip
    assert sorted(path.name for path in home.iterdir()) == ["result.txt", "tmp"]


@pytest.mark.slow
def test_a_call_is_written_into_the_list_and_nowhere_else(home: Path) -> None:
    mine = home / "mine.yaml"
    mine.write_bytes(PROGRAMS.read_bytes())
    found = watched(home, "programs", "called", "stillwater", "--programs", str(mine))
    assert (found.code, found.sockets) == (0, [])
    assert all(
        Path(path).name in ("mine.yaml",) or ".mine.yaml." in path for path in outside(found)
    )
    assert sorted(path.name for path in home.iterdir()) == ["mine.yaml", "tmp"]


@pytest.mark.slow
def test_sessions_open_no_socket_and_write_in_their_own_folder_alone(
    home: Path, vault: Vault, rules: RuleSet
) -> None:
    one, other = (save_one(vault, rules).id for _ in range(2))
    export = home / "out.csv"
    for args in (
        ("list",), ("show", one), ("compare", one, other), ("export",),
        ("export", "--deidentified", "--format", "jsonl"), ("export", "--output", str(export)),
        ("forget", other, "--yes"),
    ):  # fmt: skip
        fd = through_pipe(PASSPHRASE)
        found = watched(home, "sessions", *args, "--passphrase-fd", fd, fds=(int(fd),))
        os.close(int(fd))
        assert (found.code, found.sockets) == (0, []), args
        # A file is written beside the one that was named, and then moved there whole.
        strays = {path for path in outside(found, vault.folder, export) if ".out.csv." not in path}
        assert strays == set(), args
        if args[0] in ("show", "compare") or args == ("export",):
            assert found.written == set(), args
    assert sorted(path.name for path in home.iterdir()) == ["data", "out.csv", "tmp"]
    assert list((home / "tmp").iterdir()) == []


@pytest.mark.slow
def test_a_session_goes_to_another_system_and_comes_back_without_a_socket(
    home: Path, vault: Vault, rules: RuleSet
) -> None:
    one = save_one(vault, rules, notes={"home": CANARY}).id
    file = home / "bundle.json"
    for args in (
        ("response", one),
        ("bundle", one, "--output", str(file)),
        ("import", str(file), "--save"),
    ):
        fd = through_pipe(PASSPHRASE)
        found = watched(home, "fhir", *args, "--passphrase-fd", fd, fds=(int(fd),))
        os.close(int(fd))
        assert (found.code, found.sockets) == (0, []), args
        strays = {p for p in outside(found, vault.folder, file) if ".bundle.json." not in p}
        assert strays == set(), args
        assert CANARY not in found.out
    assert CANARY.encode() not in file.read_bytes()
    assert sorted(path.name for path in home.iterdir()) == ["bundle.json", "data", "tmp"]
    assert list((home / "tmp").iterdir()) == []


@pytest.mark.slow
def test_what_is_agreed_and_handed_on_stands_in_the_named_files_alone(
    home: Path, vault: Vault, rules: RuleSet
) -> None:
    """Plan, note, sheet, letter, calendar: no socket, no stray file, no word where none belongs."""
    one = save_one(vault, rules, f"{CANARY}-1", notes={"home": CANARY}).id
    (home / "plan.yaml").write_text(f"program: {CANARY}\ndate: '2026-12-03'\nplace: Main St\n")
    for args, says in (
        (("agree", one, "--plan", str(home / "plan.yaml")), False),
        (("note", one), True), (("note", one, "--style", "soap", "--with-notes"), True),
        (("show", one, "--format", "html", "--output", str(home / "sheet.html")), True),
        (("letter", one, "--tell", "use", "--output", str(home / "letter.md")), True),
        (("calendar", one, "--output", str(home / "visit.ics")), False),
    ):  # fmt: skip
        fd = through_pipe(PASSPHRASE)
        found = watched(home, "sessions", *args, "--passphrase-fd", fd, fds=(int(fd),))
        os.close(int(fd))
        assert (found.code, found.sockets) == (0, []), args
        named = home / Path(args[-1]).name
        strays = {path for path in outside(found, vault.folder, named) if ".part" not in path}
        assert strays == set(), args
        words = found.out + (named.read_text() if "--output" in args else "")
        assert (CANARY in words) == says, args
    assert sorted(path.name for path in home.iterdir()) == [
        "data", "letter.md", "plan.yaml", "sheet.html", "tmp", "visit.ics",
    ]  # fmt: skip
    for path in (home / "data").rglob("*"):
        assert CANARY not in path.name
        if path.is_file():
            assert not any(w.encode() in path.read_bytes() for w in (CANARY, PASSPHRASE)), path
    assert list((home / "tmp").iterdir()) == []


@pytest.mark.slow
def test_what_several_people_count_and_bring_back_stays_in_its_folder_and_says_no_word(
    home: Path, vault: Vault, rules: RuleSet
) -> None:
    """Access, backup, import, report, follow-up: no socket, no stray file, and no word as text."""
    code, theirs = f"{CANARY}-1", "five calm herons fly"
    one = save_one(vault, rules, code, notes={"home": CANARY}).id
    rows, file = home / "rows.csv", home / "all.age"
    rows.write_text(f"NUMBER,ADMITTED,HOUSING\n{CANARY}-2,2026-11-28,1\n")
    (home / "map.yaml").write_text(
        "mapping: ours\nabout: Ours\nclient: {column: NUMBER}\n"
        "day: {column: ADMITTED, form: date}\n"
        'answers:\n  home:\n    - {column: HOUSING, values: {"1": steady}}\n'
    )
    for args, words in (
        (("access", "add", CANARY), (PASSPHRASE, theirs)),
        (("access", "list"), (theirs,)),
        (("import", str(rows), "--map", str(home / "map.yaml")), (theirs,)),
        (("show", code), (PASSPHRASE,)),
        (("due",), (PASSPHRASE,)),
        (("report",), (PASSPHRASE,)),
        (("report", "--format", "csv"), (PASSPHRASE,)),
        (("backup", str(file)), (PASSPHRASE,)),
        (("access", "remove", CANARY), (PASSPHRASE,)),
    ):
        fd = through_pipe(*words)
        found = watched(home, "sessions", *args, "--passphrase-fd", fd, fds=(int(fd),))
        os.close(int(fd))
        assert (found.code, found.sockets) == (0, []), args
        strays = {path for path in outside(found, vault.folder, file) if ".all.age." not in path}
        assert strays == set(), args
        assert CANARY not in found.out or args[0] in ("show", "access"), args
    fd = through_pipe(PASSPHRASE)
    follow = watched(home, *INTAKE, "--from", one, "--passphrase-fd", fd, stdin=f"note\n{CANARY}\n",
                     fds=(int(fd),))  # fmt: skip
    os.close(int(fd))
    assert (follow.code, outside(follow, vault.folder)) == (130, set())
    fd = through_pipe(PASSPHRASE)
    vault.folder.rename(home / "old")
    back = watched(home, "sessions", "restore", str(file), "--passphrase-fd", fd, fds=(int(fd),))
    os.close(int(fd))
    assert (back.code, back.sockets) == (0, [])
    assert outside(back, home / "data") == set()
    assert sorted(path.name for path in home.iterdir()) == [
        "all.age", "data", "map.yaml", "old", "rows.csv", "tmp",
    ]  # fmt: skip
    for path in home.rglob("*"):
        if path.is_file() and path.name not in ("rows.csv", "map.yaml"):
            data = path.read_bytes()
            assert not any(word.encode() in data for word in (CANARY, PASSPHRASE, theirs)), path
        assert CANARY not in path.name
    assert list((home / "tmp").iterdir()) == []


@pytest.mark.slow
def test_a_canary_in_answers_and_notes_is_found_in_no_file(
    home: Path, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers, notes, code, a line, a passphrase: none is ever on the disk as text."""
    monkeypatch.setattr(tempfile, "tempdir", str(home / "tmp"))
    answers = {**ANSWERS, "home": CANARY}
    notes = {"home": f"{CANARY} said so", CANARY: "x"}
    draft = kept.begin(vault, f"{CANARY}-1")
    draft = kept.keep(vault, draft, answers, notes)
    from pathfinder import decide

    judgement = Judgement(False, "outpatient", None, "wait", CANARY)
    saved = kept.save(vault, draft, decide(rules, ANSWERS), answers, notes, judgement)
    draft = kept.keep(vault, kept.resume(vault, saved.id), answers, notes)
    # And what a write leaves that is killed before its end.
    monkeypatch.setattr(os, "replace", lambda *_, **__: os._exit(0))
    pid = os.fork()
    if pid == 0:
        try:  # whatever happens, the child must not go on as a second run of the tests
            kept.keep(vault, draft, answers, notes)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    monkeypatch.undo()
    assert list(vault.folder.rglob(".*.part"))
    change_passphrase(vault.folder, PASSPHRASE, CANARY)
    index.lines(vault)
    fd = through_pipe(CANARY)
    found = watched(home, "sessions", "show", saved.id, "--passphrase-fd", fd, "--with-notes",
                    fds=(int(fd),))  # fmt: skip
    assert CANARY in found.out  # it is there, for who has the passphrase
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) >= 5
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path.name
        assert CANARY not in path.name


@pytest.fixture
def all_but_two(home: Path, rules: RuleSet) -> Path:
    """A file of answers that leaves two questions open, the last ones."""
    file = home / "answers.json"
    open_ = ("company", "wishes")
    asked = [question.id for question in rules.questions if question.id not in open_]
    file.write_text(json.dumps({**dict.fromkeys(asked, "skip"), "age_group": "adult"}))
    return file


INTAKE = ("quiz", "--for", "client", "--save")
LAST = "Is any of this important"
LEFT = {"answers.json", "data", "tmp"}


def nothing_stands_there_in_words(home: Path, *more: str) -> None:
    files = [path for path in home.rglob("*") if path.is_file() and path.name != "answers.json"]
    assert len(files) >= 3
    for path in files:
        data = path.read_bytes()
        for word in (CANARY, PASSPHRASE, "age_group", *more):
            assert word.encode() not in data, (path.name, word)
            assert word not in path.name


@pytest.mark.slow
def test_an_intake_from_a_pipe_writes_in_the_folder_of_sessions_alone(
    home: Path, vault: Vault, all_but_two: Path
) -> None:
    fd = through_pipe(PASSPHRASE)
    typed = f"{CANARY}-1\nnote\n{CANARY} said so\n1\nskip\n2\n1\n1\n{CANARY} line\n"
    found = watched(home, *INTAKE, "--answers", str(all_but_two), "--passphrase-fd", fd,
                    stdin=typed, fds=(int(fd),))  # fmt: skip
    os.close(int(fd))
    assert (found.code, found.sockets) == (0, [])
    assert outside(found, vault.folder) == set()
    (id_,) = vault.stamps("sessions")
    assert kept.read(vault, id_).newest.notes == {"company": f"{CANARY} said so"}
    assert {path.name for path in home.iterdir()} == LEFT
    nothing_stands_there_in_words(home)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["menus", "plain"])
def test_an_intake_at_a_terminal_writes_in_the_folder_of_sessions_alone(
    home: Path, vault: Vault, all_but_two: Path, tmp_path_factory: pytest.TempPathFactory, mode: str
) -> None:
    report = tmp_path_factory.mktemp("report") / "seen.json"
    report.touch()
    plain = mode == "plain"
    args = [*INTAKE, "--answers", str(all_but_two), *(["--plain"] if plain else [])]
    before = f"import os; os.environ['REPORT_TO'] = str(os.open({str(report)!r}, os.O_WRONLY))"
    with Screen(
        ["-B", "-c", f"{before}\n{PROBE}", json.dumps(args)],
        rows=60,
        environ={
            "PATHFINDER_DATA": str(home / "data"), "HOME": str(home), "TMPDIR": str(home / "tmp"),
        },
    ) as screen:  # fmt: skip
        steps: list[tuple[str, str]] = [("Passphrase:", PASSPHRASE), ("code:", f"{CANARY}-1")]
        if plain:
            steps += [("answer:", "note"), ("note:", f"{CANARY} said so"), ("Note kept.", "1")]
            steps += [(LAST, "skip"), ("choice:", "go on"), ("done, exit!", "done")]
        for words, typed in steps:
            screen.wait(words)
            screen.line(typed)
        if not plain:
            screen.wait("n note")
            screen.press("n")
            screen.wait("note:")
            screen.press(f"{CANARY} said so", ENTER)
            for words in ("Note kept.", LAST, "All correct"):
                screen.wait(words)
                screen.settle()
                screen.press(*(("1",) if words == LAST else ()), ENTER)
            screen.wait("Change an answer")
            done = re.search(r"(\w) Done", screen.text)
            assert done is not None
            screen.press(done[1], ENTER)
        last = (("Number:", "1"), ("Line:", f"{CANARY} line"), ("Write it down now?", "2"))
        for words, typed in last:
            screen.wait(words)
            screen.line(typed)
        assert screen.end() == 0
    code, seen = json.loads(report.read_text())
    found = Watched(code, seen["socket"], set(seen["written"]), "")
    assert set(found.sockets) <= (set() if plain else {"to itself"})
    assert outside(found, vault.folder) == set()
    (id_,) = vault.stamps("sessions")
    assert kept.read(vault, id_).newest.notes == {"company": f"{CANARY} said so"}
    assert {path.name for path in home.iterdir()} == LEFT
    assert list((home / "tmp").iterdir()) == []
    nothing_stands_there_in_words(home, "peers")


@pytest.mark.slow
def test_explaining_a_session_and_handing_it_out_writes_the_named_file_alone(
    home: Path, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules, notes={"home": CANARY}).id
    page = home / "page.html"
    for args in (
        ("explain", id_),
        ("sessions", "show", id_, "--format", "html", "--output", str(page)),
    ):
        fd = through_pipe(PASSPHRASE)
        found = watched(home, *args, "--passphrase-fd", fd, fds=(int(fd),))
        os.close(int(fd))
        assert (found.code, found.sockets) == (0, [])
        assert all(".page.html." in path for path in outside(found, page))
        assert CANARY not in found.out
    assert CANARY not in page.read_text()
    assert sorted(path.name for path in home.iterdir()) == ["data", "page.html", "tmp"]


def test_the_watch_would_see_a_socket_and_a_file(home: Path) -> None:
    """The hook itself is tried, so that an empty finding means something."""
    probe = PROBE.replace(
        "    main()\n",
        "    import socket; socket.socket().close(); open('stray.txt', 'w').close(); main()\n",
    )
    out, into = os.pipe()
    subprocess.run(
        [sys.executable, "-B", "-c", probe, json.dumps(["paths"])], cwd=home, check=False,
        capture_output=True, pass_fds=(into,), env={**os.environ, "REPORT_TO": str(into)},
    )  # fmt: skip
    os.close(into)
    with os.fdopen(out, encoding="utf-8") as report:
        _, seen = json.loads(report.read())
    assert seen["socket"]
    assert "stray.txt" in seen["written"]
