"""Where a name leads: through one's own links, and through those of nobody else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pathfinder import leads, output
from pathfinder.ask import draft_file
from pathfinder.ask.autosave import starting_point
from pathfinder.ask.draft_file import delete_draft, save_draft
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite
from pathfinder.leads import led_to
from pathfinder.ruletools.author.copy import write_copy

ONE = Path(__file__).parents[1] / "docs" / "examples" / "steady-worker.yaml"
VICTIM, STRANGER = 65533, 65534
"""Two users, by number alone: nobody needs to have made them."""

Way = Callable[[Path], object]

TWO_USERS = os.environ.get("PATHFINDER_TWO_USERS", "")
needs_two_users = pytest.mark.skipif(
    not TWO_USERS and (os.name != "posix" or os.geteuid() != 0),
    reason="only root can be two users (PATHFINDER_TWO_USERS=required lets none skip)",
)


def bash(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What bash makes of the line; `pathfinder` is the program under test."""
    if not Path("/dev/stdout").exists():
        pytest.skip("needs /dev/stdout")
    begin = f'pathfinder() {{ {sys.executable} -m pathfinder "$@"; }}; set -o pipefail; '
    words = ["bash", "-c", begin + line]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


# --- one user ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "a", "./a", "b/../a", "b//c", "link", "link/new", "chain", "b/up", "no/such/thing",
        "link/../a", "..", "/", "a/", "dangling", "round/../a",
    ],
)  # fmt: skip
def test_a_name_leads_where_the_system_says_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to("b/deep")
    (tmp_path / "chain").symlink_to(tmp_path / "link")
    (tmp_path / "b" / "up").symlink_to("../a")
    (tmp_path / "dangling").symlink_to("nowhere/at-all")
    (tmp_path / "round").symlink_to("link/..")
    monkeypatch.chdir(tmp_path)
    assert led_to(name) == Path(os.path.realpath(name))


def test_links_that_lead_around_in_a_circle_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(CantWrite, match="circle"):
        led_to(str(tmp_path / "a"))


def test_an_own_link_where_everybody_could_exchange_it_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    tmp_path.chmod(0o777)
    with pytest.raises(CantWrite, match="somebody else"):
        led_to(str(tmp_path / "a"))
    tmp_path.chmod(0o1777)  # as /tmp
    assert led_to(str(tmp_path / "a")) == tmp_path / "b"


@pytest.mark.slow
@pytest.mark.parametrize("to", ["/dev/stdout", "/dev/fd/1", ">(cat)", "/dev/fd/5 5>&1"])
def test_what_the_shell_has_opened_is_written_to(tmp_path: Path, to: str) -> None:
    whole = bash(f"pathfinder recommend {ONE}", tmp_path).stdout
    ran = bash(f"pathfinder recommend {ONE} --output {to} | cat", tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, whole, "")
    assert whole.startswith("Your answer")


@pytest.mark.slow
def test_what_stood_in_the_file_of_standard_output_stays_before_the_result(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("kept\n")
    assert bash(f"pathfinder recommend {ONE} --output /dev/stdout >>log", tmp_path).returncode == 0
    first, second, *_ = (tmp_path / "log").read_text().splitlines()
    assert (first, second[:11]) == ("kept", "Your answer")


def test_a_pipe_that_nobody_reads_is_one_line_and_no_wait_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leads, "WAIT_FOR_READER", 0.05)
    os.mkfifo(tmp_path / "pipe")
    with (
        pytest.raises(CantWrite, match="nobody reads"),
        output.result_stream(str(tmp_path / "pipe")),
    ):
        pass
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_pipe_of_ones_own_gets_the_result_as_soon_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leads, "WAIT_FOR_READER", 60)  # a busy computer may start it late
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Timer(0.1, lambda: read.append(pipe.read_text()))
    reader.start()
    with output.result_stream(str(pipe)) as stream:
        stream.write("words\n" * 100_000)  # more than a pipe holds at once
    reader.join()
    assert read == ["words\n" * 100_000]


WAYS_OUT_OF_A_RACE = (
    "--output",
    "--output of sessions",
    "--output of an export",
    "--draft",
    "exit",
)


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="a folder can be held so on Linux alone")
@pytest.mark.parametrize("way", WAYS_OUT_OF_A_RACE)
def test_a_folder_that_is_exchanged_for_a_link_after_the_look_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: RuleSet, way: str
) -> None:
    """As a stranger can, where everybody may write: between two steps of ours."""
    home, shared = tmp_path / "home", tmp_path / "shared"
    home.mkdir()
    (home / "r.yaml").write_text("precious")
    folder = shared / "mine"
    folder.mkdir(parents=True)
    name = "new.yaml" if way == "--output of an export" else "r.yaml"
    if name == "r.yaml":
        (folder / name).write_text("")

    def then_exchanged(name: str) -> Path:
        path = led_to(name)
        folder.rename(shared / "aside")
        folder.symlink_to(home)
        return path

    for module in (output, draft_file):
        monkeypatch.setattr(module, "led_to", then_exchanged)
    monkeypatch.setattr(output, "refuse_the_vault", lambda name: None)
    write: dict[str, Way] = {
        "--output": write_result,
        "--output of sessions": lambda name: output.write_out("x", str(name), overwrite=True),
        "--output of an export": lambda name: output.write_out("x", str(name)),
        "--draft": lambda name: save_draft(str(name), rules, {}, "now"),
        "exit": lambda name: delete_draft(str(name)),
    }
    if way == "exit":
        write[way](folder / name)
    else:
        with pytest.raises(CantWrite):
            write[way](folder / name)
    assert folder.is_symlink()
    assert (home / "r.yaml").read_text() == "precious"
    assert os.listdir(home) == ["r.yaml"]


def test_a_pipe_that_is_exchanged_for_a_file_after_the_look_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "precious").write_text("mine")
    monkeypatch.setattr(output, "is_open_or_device", lambda path: True)
    with pytest.raises(CantWrite):
        write_result(tmp_path / "precious")
    assert (tmp_path / "precious").read_text() == "mine"


# --- two users --------------------------------------------------------------------------


@pytest.fixture
def ways(rules: RuleSet) -> dict[str, Way]:
    """Everything that writes where a person says."""
    return {
        "--output": write_result,
        "--output of sessions": lambda name: output.write_out("x", str(name), overwrite=True),
        "--draft": lambda name: save_draft(str(name), rules, {}, "now"),
        "rules copy": lambda name: write_copy({"a.yaml": b"x"}, str(name)),
    }


@pytest.fixture
def shared(tmp_path: Path, ways: dict[str, Way]) -> Iterator[Path]:
    """A folder that everybody may write in, as /tmp is one, and which both users can reach.

    Not below `tmp_path`: whoever starts pytest beside this run shuts that to other users.
    """
    for number, way in enumerate(ways.values()):
        way(tmp_path / str(number))  # brings in what it imports: another user may not be able to
    with tempfile.TemporaryDirectory() as folder:
        place = Path(os.path.realpath(folder)) / "shared"
        place.parent.chmod(0o711)
        place.mkdir()
        place.chmod(0o1777)
        yield place


def as_user(user: int, work: Callable[[], object]) -> str:
    """Do this as another user, in a process of its own. What CantWrite said, or ""."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            work()
            code = 0
        except CantWrite as error:
            os.write(tell, str(error).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(told, "rb") as report:
        said = report.read().decode()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    return said


def write_result(name: Path) -> None:
    with output.result_stream(str(name)) as stream:
        stream.write("what was said")


WAYS = ("--output", "--output of sessions", "--draft", "rules copy")


@needs_two_users
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", ["link", "link/new", "dangling"])
@pytest.mark.parametrize("mode", [0o1777, 0o777])
def test_nothing_is_written_through_the_link_of_a_stranger(
    shared: Path, ways: dict[str, Way], way: str, place: str, mode: int
) -> None:
    shared.chmod(mode)
    home = shared / "home"
    home.mkdir()
    (home / "precious").write_text("mine")
    for path in (home, home / "precious"):
        os.chown(path, VICTIM, VICTIM)
    leads_to = {"link": home / "precious", "link/new": home, "dangling": home / "new"}[place]
    link = shared / place.split("/")[0]
    as_user(STRANGER, lambda: link.symlink_to(leads_to))
    said = as_user(VICTIM, lambda: ways[way](shared / place))
    assert "link" in said
    assert "\n" not in said
    assert (home / "precious").read_text() == "mine"
    assert os.listdir(home) == ["precious"]
    assert sorted(os.listdir(shared)) == sorted(["home", link.name])


@needs_two_users
@pytest.mark.parametrize("way", ["--output", "--output of sessions", "--draft"])
def test_the_pipe_of_a_stranger_gets_nothing(shared: Path, ways: dict[str, Way], way: str) -> None:
    pipe = shared / "pipe"
    as_user(STRANGER, lambda: (os.mkfifo(pipe), pipe.chmod(0o666)))
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert as_user(VICTIM, lambda: ways[way](pipe)) != ""
        assert os.read(reader, 100) == b""
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert pipe.stat().st_uid == STRANGER


@needs_two_users
@pytest.mark.parametrize("way", ["--output", "--output of sessions", "--draft"])
@pytest.mark.parametrize("folder_mode", [0o755, 0o1777])
def test_the_file_of_a_stranger_is_never_written_over(
    shared: Path, ways: dict[str, Way], way: str, folder_mode: int
) -> None:
    """It is theirs to read, whoever may write to it."""
    folder = shared / "theirs"
    as_user(STRANGER, lambda: (folder.mkdir(), folder.chmod(0o755)))
    file = folder / "r.txt"
    as_user(STRANGER, lambda: (file.write_text("there"), file.chmod(0o666)))
    folder.chmod(folder_mode)
    said = as_user(VICTIM, lambda: ways[way](file))
    assert "\n" not in said
    assert ("somebody else's" in said) is (folder_mode == 0o755)
    assert "can't be written" in said or folder_mode == 0o755
    assert file.read_text() == "there"
    assert os.listdir(folder) == ["r.txt"]


@needs_two_users
def test_an_own_file_in_the_folder_of_a_stranger_is_written_over(
    shared: Path, ways: dict[str, Way]
) -> None:
    folder = shared / "theirs"
    as_user(STRANGER, lambda: (folder.mkdir(), folder.chmod(0o755)))
    file = folder / "r.txt"
    file.write_text("")
    os.chown(file, VICTIM, VICTIM)
    assert as_user(VICTIM, lambda: ways["--output"](file)) == ""
    assert file.read_text() == "what was said"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@needs_two_users
@pytest.mark.parametrize("option", ["draft", "resume"])
def test_a_link_of_a_stranger_is_told_before_the_first_question(
    shared: Path, rules: RuleSet, option: str
) -> None:
    """`starting_point` comes before it, and what it raises ends the command."""
    (shared / "there.yaml").write_text("home: steady\n" if option == "resume" else "")
    os.chown(shared / "there.yaml", VICTIM, VICTIM)
    as_user(STRANGER, lambda: (shared / "d.yaml").symlink_to("there.yaml"))
    named = {"answers": None, "draft": None, "resume": None, option: str(shared / "d.yaml")}
    starting_point(rules, **{**named, option: str(shared / "there.yaml")})
    said = as_user(VICTIM, lambda: starting_point(rules, **named))
    assert "a link that somebody else may have put there" in said


@needs_two_users
def test_a_quick_exit_deletes_nothing_through_the_link_of_a_stranger(shared: Path) -> None:
    (shared / "precious").write_text("mine")
    os.chown(shared / "precious", VICTIM, VICTIM)
    as_user(STRANGER, lambda: (shared / "d.yaml").symlink_to("precious"))
    as_user(VICTIM, lambda: delete_draft(str(shared / "d.yaml")))
    assert (shared / "precious").read_text() == "mine"


@needs_two_users
def test_a_link_in_the_folder_of_a_stranger_is_not_followed_whoever_made_it(shared: Path) -> None:
    folder = shared / "theirs"
    as_user(STRANGER, lambda: (folder.mkdir(), folder.chmod(0o777)))
    as_user(VICTIM, lambda: (folder / "link").symlink_to(shared / "new"))
    assert "somebody else" in as_user(VICTIM, lambda: led_to(str(folder / "link")))


@needs_two_users
def test_own_links_and_those_of_root_are_followed(shared: Path) -> None:
    home = shared / "home"
    as_user(VICTIM, lambda: (home.mkdir(0o755), (home / "link").symlink_to("there.txt")))
    (shared / "by-root").symlink_to("home")
    for name in (home / "link", shared / "by-root" / "link"):
        assert as_user(VICTIM, lambda name=name: write_result(name)) == ""  # type: ignore[misc]
    assert (home / "there.txt").read_text() == "what was said"
    assert (home / "there.txt").stat().st_uid == VICTIM
    assert (home / "link").is_symlink()
