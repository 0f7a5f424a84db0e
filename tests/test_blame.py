"""What is told where something doesn't hold: enough, at the right place, and not too much."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import termios
import zipfile
from pathlib import Path

import pytest
from command import Run
from screen import Screen

import pathfinder as package
from pathfinder import cli
from pathfinder.process import Refused, named_streams
from pathfinder.vault import identity

LINES = '{"home": "steady"}\n{"home": "none"}\n'
HOPELESS = "answers:\n" + "".join(f"  nonsense_{n}: {n}\n" for n in range(1000))


def test_json_lines_on_standard_input_are_told_of_the_option(pathfinder: Run) -> None:
    done = pathfinder("recommend", "-", stdin=LINES)
    assert done.code == 65
    assert "add --input jsonl" in done.err
    assert "jsonl" not in pathfinder("recommend", "-", stdin="home: steady\n - no").err


def test_ndjson_is_another_name_of_jsonl(pathfinder: Run, tmp_path: Path) -> None:
    (tmp_path / "people.ndjson").write_text(LINES, encoding="utf-8")
    done = pathfinder("recommend", str(tmp_path / "people.ndjson"))
    assert done.code == 0
    assert [json.loads(line)["scope"] for line in done.out.splitlines()] == ["adult", "adult"]


@pytest.mark.slow
def test_a_hopeless_file_gets_twenty_problems_told_and_the_count_of_the_rest(
    pathfinder: Run, tmp_path: Path
) -> None:
    file = tmp_path / "hopeless.yaml"
    file.write_text(HOPELESS, encoding="utf-8")
    done = pathfinder("recommend", str(file))
    assert done.code == 65
    assert done.err.count("nonsense_") == 20
    assert "And 980 more. To see them all: pathfinder recommend --all FILE" in done.err
    assert pathfinder("recommend", "--all", str(file)).err.count("nonsense_") == 1000


@pytest.mark.slow
def test_a_hopeless_rule_set_gets_twenty_problems_told_and_the_count_of_the_rest(
    pathfinder: Run, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(Path(__file__).parents[1] / "rules", rules)
    with (rules / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(f"nonsense_{n}: 1\n" for n in range(60)))
    some = pathfinder("rules", "check", str(rules))
    assert (some.code, some.out.count("unknown-key")) == (1, 20)
    assert "more. To see them all, add --all, or --format json." in some.out
    assert pathfinder("rules", "check", "--all", str(rules)).out.count("unknown-key") == 60
    told = json.loads(pathfinder("rules", "check", "--format", "json", str(rules)).out)
    assert len(told["findings"]) >= 60
    with (rules / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(f"nonsense_{n}: 1\n" for n in range(60, 600)))
    told = pathfinder("--rules", str(rules), "paths").err
    assert told.count("nonsense_") == 20
    assert re.search("And (5[89][0-9]|6[0-9]{2}) more", told)


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u2003"])
def test_a_blank_that_is_no_space_is_named_where_it_indents(
    pathfinder: Run, tmp_path: Path, blank: str
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(f"answers:\n{blank} home: steady\n", encoding="utf-8")
    done = pathfinder("recommend", str(file))
    assert done.code == 65
    assert f"answers.yaml:2:1: found the blank U+{ord(blank):04X} before the text" in done.err


def test_from_a_zip_file_it_says_so_and_what_to_do(tmp_path: Path) -> None:
    archive = tmp_path / "pathfinder.zip"
    source = Path(package.__file__).parent
    with zipfile.ZipFile(archive, "w") as into:
        for file in source.rglob("*.py"):
            into.write(file, Path("pathfinder") / file.relative_to(source))
    program = "import pathfinder; pathfinder.load_rules()"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(archive)},
    )  # fmt: skip
    assert "Pathfinder runs from a zip file" in done.stderr


@pytest.mark.parametrize("typed", ["\ufefffour plain words", "four\u00a0plain\u00a0words"])
def test_a_passphrase_is_the_same_with_what_editors_and_keyboards_put_into_it(typed: str) -> None:
    assert identity.normal(typed) == identity.normal("four plain words")


def test_what_is_typed_is_shown_also_where_a_pager_has_switched_that_off() -> None:
    """`quiz --plain | less`: less takes the terminal for its own keys."""
    with Screen([str(Path(__file__).with_name("small_quiz.py")), "--plain"]) as screen:
        screen.wait("Your answer:")
        modes = screen.modes
        modes[3] &= ~(termios.ECHO | termios.ICANON)
        screen.set_modes(modes)
        screen.press("2\n")
        screen.wait("Question 2 of")
        screen.wait(lambda s: s.text.endswith("Your answer:"))
        screen.press("none")
        screen.wait("Your answer: none")


# --- what the system says without a name ----------------------------------------------


class Full:
    """A stream on a full disk."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    flush = write


@pytest.mark.parametrize(("name", "stream"), [("stdout", "output"), ("stderr", "error")])
def test_a_stream_that_refuses_says_that_it_was_the_one(
    monkeypatch: pytest.MonkeyPatch, name: str, stream: str
) -> None:
    monkeypatch.setattr(sys, name, Full())
    with named_streams(), pytest.raises(Refused) as refused:
        print("words", file=getattr(sys, name))
    assert (refused.value.stream, refused.value.errno) == (stream, errno.ENOSPC)
    assert isinstance(getattr(sys, name), Full)


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that is gone."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()


def fails(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def run() -> int:
        raise error

    monkeypatch.setattr(cli, "_run", run)


def test_what_fails_without_a_name_is_not_blamed_on_the_result(
    pathfinder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, OSError(errno.EMFILE, os.strerror(errno.EMFILE)))
    done = pathfinder("paths")
    assert done.code == 70
    assert "can't be written" not in done.err


@pytest.mark.usefixtures("nowhere")
def test_who_is_in_a_folder_that_is_gone_is_told_so(
    pathfinder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    done = pathfinder("paths")
    assert (done.code, done.out) == (66, "")
    assert done.err == "The folder you are in isn't there any more. Go to another one first.\n"


@pytest.mark.slow
@pytest.mark.usefixtures("nowhere")
def test_the_rules_can_be_checked_from_a_folder_that_is_gone(pathfinder: Run) -> None:
    done = pathfinder("rules", "check")
    assert (done.code, done.err) == (0, "")


@pytest.mark.usefixtures("nowhere")
def test_a_file_can_not_be_made_in_a_folder_that_is_gone_and_it_is_named(pathfinder: Run) -> None:
    done = pathfinder("recommend", "-", "--output", "result.txt", stdin="home: steady")
    assert (done.code, done.out, len(done.err.splitlines())) == (73, "", 1)
    assert done.err.startswith("result.txt can't be written: ")
