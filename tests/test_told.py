"""What people were told before a change and are told now: the tool that tells it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import told

ROOT = Path(__file__).parents[1]


def test_a_title_and_a_mark_begin_a_sentence_and_a_line_that_is_cut_goes_on() -> None:
    text = """
Be careful
  - Don't use alone: call
    for help. [41]
  - See a doctor. Ask today; say why.
"""
    assert told.sentences(text) == {
        "Be careful", "Don't use alone:", "call for help.", "See a doctor.", "Ask today",
        "say why.",
    }  # fmt: skip
    screen = "First: See a doctor, and\n  never stop alone.\nToday: Call."
    assert told.sentences(screen, hanging=True) == {
        "First:", "See a doctor, and never stop alone.", "Today:", "Call.",
    }  # fmt: skip


def test_a_decision_is_compared_by_ids_and_not_by_its_words() -> None:
    one = {"hold": True, "ranked": [{"path": "outpatient", "points": 3, "for": ["You can."]}]}
    assert told.decided(one) == told.decided({**one, "ranked": [{**one["ranked"][0], "for": []}]})
    assert told.decided(one) != told.decided({**one, "hold": False})
    fewer = {**one, "ranked": [{**one["ranked"][0], "points": 2}]}
    assert told.decided(one) != told.decided(fewer)


@pytest.mark.slow
def test_a_line_that_somebody_has_no_more_is_told_with_their_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = tmp_path / "now"
    now.mkdir()
    for folder in ("src", "rules"):
        shutil.copytree(ROOT / folder, now / folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = now / "rules" / "steps.yaml"
    text = file.read_text(encoding="utf-8")
    gone, come = "don't drive yourself", "let nobody drive you"
    assert gone in text
    file.write_text(text.replace(gone, come), encoding="utf-8")
    words = [str(ROOT), str(now), "--people", "12", "--only", "drive"]
    assert told.run(words) == 1
    said = capsys.readouterr().out
    assert said.startswith("12 people. Decided otherwise: 0.\n")
    before, _, after = said.partition("Come, first screen:")
    assert before.index("Gone, first screen:") < before.index(gone)
    assert come in after
    assert '"danger": ["' in before
    assert told.run([str(ROOT), str(ROOT), "--people", "4"]) == 0
