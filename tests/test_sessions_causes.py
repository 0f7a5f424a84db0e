"""Which changed answer did what, tried by itself and beside the others; and what was agreed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from command import Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions import messages
from pathfinder.sessions.agreeing import NEXT_CONTACT, NOT_IN_NEW_PLAN
from pathfinder.sessions.choices import STEP_WORDS
from pathfinder.sessions.compare import AnswerChange, AnswerEffect, effects
from pathfinder.sessions.model import Agreed, Beside, Judgement, StepWord
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


# --- what counselor and client said --------------------------------------------------------


def told_by(pathfinder: Run, *args: str) -> str:
    ran = pathfinder("sessions", *args, "--passphrase-fd", through_pipe(PASSPHRASE))
    assert ran.code == 0
    return ran.out


@pytest.mark.slow
def test_compare_says_what_changed_in_judgement_first_steps_and_plan(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    ids = []
    for judged, plan in (
        (
            Judgement(agrees=False, path="outpatient", reason="caring"),
            Beside(
                (StepWord("safe-place", "declined", "distance"),),
                Agreed("Elm Street", phone="555-0142", next_contact="2026-12-05"),
            ),
        ),
        (
            Judgement(agrees=True),
            Beside((StepWord("safe-place", "done"),), Agreed("Elm Street", phone="555-0199")),
        ),
    ):
        draft = kept.begin(vault, "C-1")
        decision = decide(rules, ANSWERS)
        ids.append(kept.save(vault, draft, decision, ANSWERS, {}, judged, "Kim", plan).id)
    told = told_by(pathfinder, "compare", *ids)
    own = " ".join(told.split(messages.CHANGED_OWN)[1].split())
    title = next(step.title for step in rules.steps if step.id == "safe-place")
    label = f"{messages.FIRST_STEP}: {title}"
    for said in (
        rules.path_by_id["outpatient"].name, "The client cares for others",
        messages.OWN_AGREES, label, "It is too far away", STEP_WORDS["done"],
        "555-0142", "555-0199", f"{NOT_IN_NEW_PLAN}: {NEXT_CONTACT}.",
    ):  # fmt: skip
        assert said in own
    assert "Elm Street" not in own  # it is the same
    assert messages.SAME in told
    assert messages.SAME_OWN in told_by(pathfinder, "compare", ids[1], again(vault, rules))


def again(vault: Vault, rules: RuleSet) -> str:
    """The second of them once more, on another day."""
    plan = Beside((StepWord("safe-place", "done"),), Agreed("Elm Street", phone="555-0199"))
    draft = kept.begin(vault, "C-1")
    judged = Judgement(agrees=True)
    return kept.save(vault, draft, decide(rules, ANSWERS), ANSWERS, {}, judged, "Kim", plan).id


@pytest.mark.slow
def test_compare_is_silent_where_nothing_was_judged_or_agreed(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    ids = [save_one(vault, rules).id for _ in range(2)]
    assert messages.CHANGED_OWN not in told_by(pathfinder, "compare", *ids)


@pytest.mark.slow
def test_show_says_when_judgement_and_plan_were_written_on_the_readers_clock(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathfinder.sessions.store.now", lambda: "2026-11-28T23:30:00+00:00")
    id_ = save_one(vault, rules, judgement=Judgement(agrees=True)).id
    monkeypatch.setattr("pathfinder.sessions.store.now", lambda: "2026-11-30T10:00:00+00:00")
    plan = Beside(agreed=Agreed("Elm Street"))
    kept.amend(vault, kept.read(vault, id_), plan, Judgement(agrees=True), "Kim")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        told = told_by(pathfinder, "show", id_)
        older = told_by(pathfinder, "show", id_, "--revision", "1")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert told.count(f"{messages.WRITTEN}: ") == 2
    assert f"{messages.WRITTEN}: 2026-11-29 00:30 +01:00" in told
    assert f"{messages.WRITTEN}: 2026-11-30 11:00 +01:00, Kim" in told
    assert older.count(f"{messages.WRITTEN}: ") == 1
