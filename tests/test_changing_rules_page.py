"""docs/changing-rules.md is what the program does: its walks are played, its edits made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from walks import LEFT_OUT, PAGE, played

TEXT = PAGE.read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_output_in_the_walks_is_that_of_the_program(tmp_path: Path) -> None:
    """If rules have changed what stands there: python tests/walks.py writes it anew."""
    assert played(TEXT, tmp_path) == TEXT


def test_a_path_and_a_substance_are_walked_until_test_and_verify_hold() -> None:
    for walk in TEXT.split("<!-- walk -->")[2:4]:
        assert "People in cases: 162 tried, all hold." in walk
        assert re.search(r"31 proved for all [\d,]+ sets of answers, 0 broken", walk)


def test_a_substance_a_question_and_a_factor_are_each_walked_to_no_finding() -> None:
    walks = TEXT.split("<!-- walk -->")[1:]
    assert len(walks) == 5
    for walk in walks[3:]:
        assert "No findings in" in walk
    for walk in walks:
        assert LEFT_OUT in walk
        assert "$ pathfinder rules diff built-in my-rules" in walk
