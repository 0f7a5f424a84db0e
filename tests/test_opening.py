"""A page is opened in a browser with a window, or not at all."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from pathfinder.commands.result import has_screen, open_in_browser


class Recorded:
    """A browser that only notes what it was asked to show."""

    def __init__(self, name: str = "firefox", shows: bool = True) -> None:
        self.name, self.shows = name, shows
        self.opened: list[str] = []

    def open(self, address: str) -> bool:
        self.opened.append(address)
        return self.shows


@pytest.fixture
def a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")


def use(monkeypatch: pytest.MonkeyPatch, browser: Recorded) -> Recorded:
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    return browser


@pytest.mark.usefixtures("a_screen")
def test_the_file_is_handed_to_the_browser_as_a_whole_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser = use(monkeypatch, Recorded())
    monkeypatch.chdir(tmp_path)
    assert open_in_browser("-my page#1.html")
    assert browser.opened == [f"{tmp_path.resolve().as_uri()}/-my%20page%231.html"]


@pytest.mark.usefixtures("a_screen")
@pytest.mark.parametrize("name", ["lynx", "/usr/bin/w3m", "www-browser", "elinks"])
def test_a_browser_that_would_take_over_the_terminal_is_not_started(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    browser = use(monkeypatch, Recorded(name))
    assert not open_in_browser("page.html")
    assert browser.opened == []


def test_without_a_screen_no_browser_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = use(monkeypatch, Recorded())
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not open_in_browser("page.html")
    assert browser.opened == []


@pytest.mark.usefixtures("a_screen")
def test_where_no_browser_is_installed_the_answer_is_no(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Recorded:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert not open_in_browser("page.html")


@pytest.mark.usefixtures("a_screen")
def test_a_browser_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Recorded(shows=False))
    assert not open_in_browser("page.html")


def test_a_screen_is_known_by_what_the_system_says_of_it() -> None:
    assert has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert has_screen("linux", {"DISPLAY": ":0"})
    assert not has_screen("linux", {"DISPLAY": ""})
    assert has_screen("darwin", {})
