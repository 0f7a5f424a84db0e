"""Of many samples of one thing the quick lane takes a few, from all over; the suite takes each."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def one_of(step: int, values: Iterable[object]) -> list[object]:
    """For `parametrize`: one value of each `step` is quick, the others are marked slow."""
    return [
        pytest.param(value, marks=pytest.mark.slow) if at % step else value
        for at, value in enumerate(values)
    ]
