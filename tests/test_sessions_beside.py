"""What stands beside a session's answers: first steps, what was agreed, what was done when held."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import Damaged, PathfinderError
from pathfinder.sessions import index
from pathfinder.sessions.choices import check_agreed, check_judgement, check_step
from pathfinder.sessions.model import Agreed, Beside, Held, Judgement, StepWord
from pathfinder.sessions.serialize import session_bytes, session_from
from pathfinder.vault import Vault, unlock

AGREED = Agreed(
    "Harbor House", "the client", "555 0100", "2026-12-03", "14:30", "12 Main Street",
    ("ID", "list of medicines"), "2026-12-05", with_ranking=False,
    then="Evening program",
)  # fmt: skip
BESIDE = Beside(
    (StepWord("medical-evaluation", "declined", "cost"), StepWord("opioid-medication", "done")),
    AGREED,
    Held("self_harm", 3, {"stayed": "the counselor"}),
)
PLAN_TO_DIE = {"age_group": "adult", "danger": ("none",), "self_harm": "plan"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "vault")


def test_what_stands_beside_is_read_as_it_was_written(vault: Vault, rules: RuleSet) -> None:
    session = kept.amend(vault, save_one(vault, rules), BESIDE, None, "Kim")
    again = kept.read(vault, session.id)
    assert again.newest.beside == BESIDE
    assert (again.newest.number, again.newest.author) == (2, "Kim")
    assert again.newest.answers == again.revisions[0].answers
    assert again.decisions == session.decisions
    assert len(again.decisions) == 1


def test_a_plan_of_before_that_knew_no_second_stage_still_opens(
    vault: Vault, rules: RuleSet
) -> None:
    session = kept.amend(vault, save_one(vault, rules), BESIDE, None, "Kim")
    body = json.loads(session_bytes(session))
    del body["revisions"][-1]["agreed"]["then"]
    again = session_from(json.dumps(body).encode(), session.id)
    assert again.newest.agreed == AGREED._replace(then="")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("steps", {}), ("steps", [{"step": "a", "word": 3}]),
        ("steps", [{"step": "a", "word": "declined", "reason": 3}]),
        ("agreed", []), ("agreed", {**AGREED._asdict(), "phone": None}),
        ("agreed", {**AGREED._asdict(), "bring": [3]}),
        ("agreed", {**AGREED._asdict(), "with_ranking": "no"}),
        ("held", {"question": "danger", "number": "3", "done": {}}),
        ("held", {"question": "danger", "number": 3, "done": {"stayed": 1}}),
    ],
)  # fmt: skip
def test_what_pathfinder_does_not_write_is_not_read(
    vault: Vault, rules: RuleSet, key: str, value: object
) -> None:
    session = save_one(vault, rules)
    data = json.loads(session_bytes(session))
    data["revisions"][0][key] = value
    with pytest.raises(Damaged):
        session_from(json.dumps(data).encode(), session.id)


def test_a_second_window_that_saved_is_not_overwritten(vault: Vault, rules: RuleSet) -> None:
    session = save_one(vault, rules)
    kept.amend(vault, session, BESIDE, None)
    with pytest.raises(kept.Stale):
        kept.amend(vault, session, BESIDE, None)
    assert len(kept.read(vault, session.id).revisions) == 2


def test_an_unfinished_draft_is_finished_first(vault: Vault, rules: RuleSet) -> None:
    session = save_one(vault, rules)
    draft = kept.keep(vault, kept.resume(vault, session.id), ANSWERS, {})
    with pytest.raises(kept.Stale, match="unfinished draft"):
        kept.amend(vault, session, BESIDE, None)
    assert kept.resume(vault, session.id) == draft


def test_a_forgotten_session_does_not_come_back(vault: Vault, rules: RuleSet) -> None:
    session = save_one(vault, rules)
    kept.forget(vault, session.id)
    with pytest.raises(kept.Gone):
        kept.amend(vault, session, BESIDE, None)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"date": "3.12.2026"}, "2026-12-03"), ({"date": "2026-02-30"}, "calendar"),
        ({"next_contact": "tomorrow"}, "2026-12-03"), ({"time": "2"}, "14:30"),
        ({"time": "24:00"}, "14:30"), ({"date": ""}, "no date"),
        ({"place": "x" * 401}, "place"), ({"bring": ("x" * 401,)}, "bring"),
    ],
)  # fmt: skip
def test_a_day_or_a_time_with_a_slip_is_told_plainly(
    changed: dict[str, object], named: str
) -> None:
    with pytest.raises(PathfinderError, match=named):
        check_agreed(AGREED._replace(**changed))


def test_what_could_steer_a_terminal_is_not_kept() -> None:
    assert "\x1b" not in check_agreed(AGREED._replace(place=" \x1b[2Jhere ")).place
    assert check_agreed(AGREED._replace(bring=("ID", "  "))).bring == ("ID",)


def test_a_first_step_not_taken_needs_a_reason_and_no_other_has_one(rules: RuleSet) -> None:
    assert check_step(rules, StepWord("opioid-medication", "declined", "cost"))
    for wrong in (
        StepWord("opioid-medication", "declined"), StepWord("opioid-medication", "done", "cost"),
        StepWord("opioid-medication", "perhaps"), StepWord("opioid", "done"),
        StepWord("opioid-medication", "declined", "because"),
    ):  # fmt: skip
        with pytest.raises(PathfinderError):
            check_step(rules, wrong)


@pytest.mark.parametrize("level", ["withdrawal-management", "opioid-program", "hospital"])
def test_care_that_is_no_ranked_path_can_be_judged(rules: RuleSet, level: str) -> None:
    judgement = Judgement(False, level=level, reason="clinical-judgement")
    assert check_judgement(rules, judgement) == judgement


# --- held ---------------------------------------------------------------------------------


def test_an_intake_of_before_that_was_stopped_is_seen_as_held(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).with_name("vault_of_0_1"), tmp_path / "vault")
    vault = unlock(tmp_path / "vault", PASSPHRASE).vault
    sessions = {
        each.client: each for each in (kept.read(vault, i) for i in vault.stamps("sessions"))
    }
    assert kept.held_of(sessions["C-105"]) == Held("", 0, {})
    assert kept.held_of(sessions["C-104"]) is None
    assert {line.client for line in index.lines(vault) if line.held} == {"C-105"}


def test_who_went_on_after_an_alert_is_not_held(vault: Vault, rules: RuleSet) -> None:
    whole = PLAN_TO_DIE | {
        question.id: "skip" for question in rules.questions if question.id not in PLAN_TO_DIE
    }
    assert decide(rules, whole).hold
    assert kept.held_of(save_one(vault, rules, answers=whole)) is None
    assert kept.held_of(save_one(vault, rules, answers=PLAN_TO_DIE))


def test_a_list_written_before_is_read_anew_and_still_knows_what_it_saw(
    vault: Vault, rules: RuleSet
) -> None:
    session = save_one(vault, rules, answers=PLAN_TO_DIE)
    kept.amend(vault, session, Beside(), None)
    data = vault.index()
    assert data is not None
    root = json.loads(data)
    root["sessions"] = [row[:-1] for row in root["sessions"]]
    with vault.writer() as writer:
        writer.write_index(json.dumps(root).encode())
        writer.write("sessions", session.id, session_bytes(session))
    (line,) = index.lines(vault)
    assert (line.held, line.older) == (True, 2)
