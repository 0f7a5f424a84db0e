"""The theme: measured on light and dark windows, and nothing told by colour alone."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from pathfinder.render import draw
from pathfinder.render.layout import ACCENT, QUIET, STYLES, STYLES_IN_16, WARNING, Line, Part
from pathfinder.terminal import can_be_rich, colour_forced

BACKGROUNDS = {
    "black": "#000000",
    "VS Code dark": "#1e1e1e",
    "Tango dark": "#2e3436",
    "Solarized dark": "#002b36",
    "white": "#ffffff",
    "Tango light": "#eeeeec",
    "Solarized light": "#fdf6e3",
}
LEAST = 2.7
"""WCAG 2.1 asks for 3 of large text and of what is drawn. On black and on white all three
colours pass it; on the four greyish grounds they come to 2.7 and more."""


def light(colour: str) -> float:
    """The relative luminance of WCAG 2.1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", BACKGROUNDS)
@pytest.mark.parametrize("colour", [ACCENT, WARNING, QUIET])
def test_every_colour_can_be_told_from_light_and_dark_grounds(colour: str, ground: str) -> None:
    asked = 3.5 if ground in ("black", "white") else LEAST
    assert contrast(colour, BACKGROUNDS[ground]) >= asked, contrast(colour, BACKGROUNDS[ground])


def drawn(colours: str | None) -> str:
    lines: list[Line] = [(Part(f"this is {style or 'body'}", style),) for style in STYLES]  # type: ignore[arg-type]
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, color_system=colours, width=80)  # type: ignore[arg-type]
    draw(lines, console)
    return stream.getvalue()


def test_a_terminal_with_16_colours_gets_weight_alone() -> None:
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", drawn("standard")))
    assert codes == {"0", "1"}
    assert set(STYLES_IN_16.values()) == {"", "bold"}


def test_without_colour_every_word_is_there() -> None:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", drawn("256"))
    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", drawn(None))
    assert "this is alert" in plain


@pytest.mark.parametrize(
    ("environ", "forced"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_can_be_forced_and_no_color_is_stronger(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], forced: bool
) -> None:
    assert colour_forced(environ) is forced
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert can_be_rich(io.StringIO()) is forced, "a pipe is drawn for where it is asked for"
