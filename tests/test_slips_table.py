"""Every slip in words, keys and forms is caught by `rules check`, and at most five are missed.

Of the broken safety rules, `test_proofs_bite.py` holds that each is caught or changes nobody.
"""

from __future__ import annotations

import pytest
from slips_table import Slip, slips_of_the_checks, written_slips
from test_proofs_bite import REDUNDANT

MOST_MISSED = 5
MISSED: set[str] = set()
"""True misses, by name."""


@pytest.mark.slow
def test_slips_that_can_not_be_read_are_caught_by_check() -> None:
    slips = list(written_slips())
    assert len(slips) > 80
    assert {slip.caught_by for slip in slips} == {"check"}


@pytest.mark.slow
def test_slips_that_can_be_read_are_caught_but_for_those_that_are_named() -> None:
    slips: list[Slip] = list(slips_of_the_checks())
    assert len(slips) > 100
    missed = {slip.name for slip in slips if slip.caught_by == "nobody"} - REDUNDANT
    assert missed == MISSED
    assert len(MISSED) <= MOST_MISSED
