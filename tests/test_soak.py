"""The soak in parts, so that cores can share it: the first 200 of its sessions.

`python tests/soak.py` draws 500 and prints its figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PART, PARTS = 50, 4


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_in_random_sessions_nothing_happens_but_what_was_done_on_purpose(part: int) -> None:
    soak = str(Path(__file__).with_name("soak.py"))
    numbers = (f"--seed={part * PART}", f"--sessions={PART}", "--jobs=12", "--json")
    done = subprocess.run(
        [sys.executable, soak, *numbers], capture_output=True, text=True, timeout=300, check=False
    )
    told, wrong = json.loads(done.stdout)
    assert wrong == []
    assert told["sessions"] == PART
    for what in ("answers on purpose", "reports", "pastes", "stops", "keys typed ahead"):
        assert told[what] > 0, f"no {what}: the soak tries less than it says"
