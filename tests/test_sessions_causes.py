"""Which changed answer did what: each tried by itself, and beside the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command import Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.compare import AnswerChange, AnswerEffect, effects
from pathfinder.vault import Vault


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def tried(rules: RuleSet, before: Any, after: Any) -> dict[str, AnswerEffect]:
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    changes = [AnswerChange(key, before.get(key), after.get(key)) for key in keys]
    return {each.question: each for each in effects(rules, before, after, changes)}


def test_each_answer_is_told_with_its_own_effect_and_the_idle_ones_are_not(rules: RuleSet) -> None:
    after = {**ANSWERS, "home": "none", "self_harm": "thoughts", "company": "peers"}
    found = tried(rules, ANSWERS, after)
    assert set(found) == {"home", "self_harm"}
    assert found["home"].did.first.came == ("safe-place",)
    assert "suicidal-thoughts" in found["self_harm"].did.alerts.came
    assert found["home"].alone


def test_what_two_answers_do_only_together_is_told_of_both(rules: RuleSet) -> None:
    """Neither raises the level by itself: a gate asks for both, and for no safe home."""
    before = {**ANSWERS, "home": "none"}
    both = tried(rules, before, {**before, "severity": "severe", "staying_stopped": "days"})
    told = {key: (each.alone, each.did.level) for key, each in both.items()}
    together = (False, ("intensive", "residential"))
    assert told == {"severity": together, "staying_stopped": together}


def test_an_answer_that_was_given_or_taken_back_counts_too(rules: RuleSet) -> None:
    gone = {key: value for key, value in ANSWERS.items() if key != "home"}
    found = tried(rules, {**ANSWERS, "home": "none"}, gone)
    assert "safe-place" in found["home"].did.first.went


@pytest.mark.slow
def test_compare_says_which_answer_did_what(pathfinder: Run, vault: Vault, rules: RuleSet) -> None:
    one = save_one(vault, rules, "C-1").id
    after = {**ANSWERS, "home": "none", "company": "peers"}
    other = save_one(vault, rules, "C-1", after).id
    ran = pathfinder("sessions", "compare", one, other, "--passphrase-fd", through_pipe(PASSPHRASE))
    told = " ".join(ran.out.split())
    assert ran.code == 0
    assert "Which answer did what" in told
    title = next(step.title for step in rules.steps if step.id == "safe-place")
    assert f"new first step: {title}" in told
    assert "No effect" in told
