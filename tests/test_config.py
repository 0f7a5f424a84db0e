"""Preferences are read, never written, and a slip in them keeps nobody from the quiz."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathfinder.commands.preferences import Config, config_file, read_config


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path))
    return tmp_path


def test_without_a_file_the_usual_way_is_taken_and_nothing_is_written(folder: Path) -> None:
    assert read_config() == Config()
    assert list(folder.iterdir()) == []


def test_plain_and_region_are_read(folder: Path) -> None:
    (folder / "config.yaml").write_text("plain: true\nregion: uk\n")
    config = read_config()
    assert (config.plain, config.region, config.slips) == (True, "uk", ())


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("plian: true\n", ":1:1", "plain"),
        ("plain: yes\n", ":1:8", "yes"),
        ("region: [us]\n", ":1:9", "a list"),
        ("", ":1:1", "empty"),
        ("plain: &a true\n", ":1:8", "anchor"),
        ("author: [me]\n", ":1:9", "a list"),
        ("keep_years: 0\n", ":1:13", "1 to 100"),
        ("smallest_count: 99999999\n", ":1:17", "1 to 1000"),
        ("author: 7\n", ":1:9", "a name"),
    ],
)
def test_a_slip_is_told_with_its_place_and_the_usual_way_is_taken(
    folder: Path, text: str, place: str, words: str
) -> None:
    (folder / "config.yaml").write_text(text)
    config = read_config()
    assert config._replace(file="", slips=()) == Config()
    assert place in config.slips[0]
    assert words in config.slips[0]


def test_what_counselors_set_is_read(folder: Path) -> None:
    text = "author: M. Field, LPC\nkeep_years: 7\nsmallest_count: 11\n"
    (folder / "config.yaml").write_text(text)
    config = read_config()
    assert config.slips == ()
    assert (config.author, config.keep_years, config.smallest_count) == ("M. Field, LPC", 7, 11)


def test_a_folder_in_place_of_the_file_is_one_line(folder: Path) -> None:
    (folder / "config.yaml").mkdir()
    assert len(read_config().slips) == 1


def test_the_platforms_folder_is_used_when_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATHFINDER_CONFIG_DIR", raising=False)
    assert config_file().name == "config.yaml"
    assert "pathfinder" in str(config_file())
