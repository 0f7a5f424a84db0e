"""What a terminal can show: the questions and the result ask it the same things."""

from __future__ import annotations

import io

import pytest

from pathfinder.ask.plain import Surroundings, why_plain
from pathfinder.ask.terminal import Lines
from pathfinder.pages.blocks import Text
from pathfinder.render import print_blocks

CURLY = "“Été …”"


@pytest.mark.parametrize(
    ("encoding", "exact"),
    [
        ("utf-8", True),
        ("UTF8", True),
        ("utf_8", True),
        ("utf-8-sig", True),
        ("UTF-8-SIG", True),
        ("ascii", False),
        ("latin-1", False),
        ("cp1252", False),
        ("utf-16", False),
    ],
)
def test_questions_and_result_agree_on_what_an_encoding_can_show(
    encoding: str, exact: bool
) -> None:
    asked, shown = (
        io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace") for _ in range(2)
    )
    Lines(None, asked, typed=True).say(CURLY)
    print_blocks([Text(CURLY)], plain=True, stream=shown)
    for stream in (asked, shown):
        stream.seek(0)
    said = asked.read().strip()
    assert said == shown.read().strip() == (CURLY if exact else '"Ete ..."')
    here = Surroundings.of_streams(None, asked, {})._replace(
        input_is_terminal=True, output_is_terminal=True
    )
    assert (why_plain(False, here) is None) is exact
