"""Reading a file that a person named: what may stand in its place."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from pathfinder.errors import FileProblem
from pathfinder.files import read_bytes


def test_a_named_pipe_is_refused_and_nobody_waits_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "home.yaml"
    os.mkfifo(pipe)
    # If the pipe were read after all, this writer lets the reader go on.
    writer = Thread(target=lambda: pipe.open("wb").close())
    writer.start()
    try:
        with pytest.raises(FileProblem) as told:
            read_bytes(str(pipe), "home.yaml", 10, "A file should stand there.")
    finally:
        end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        writer.join()
        os.close(end)
    assert str(told.value) == "home.yaml isn't an ordinary file. A file should stand there."


def test_a_pipe_that_the_shell_made_is_read() -> None:
    out, into = os.pipe()
    os.write(into, b"home: steady")
    os.close(into)
    try:
        assert read_bytes(f"/dev/fd/{out}", "answers", 100, "") == b"home: steady"
    finally:
        os.close(out)


def test_a_folder_is_told_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"^mine is a folder\. Name a file\.$"):
        read_bytes(str(tmp_path), "mine", 10, "Name a file.")
