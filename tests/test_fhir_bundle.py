"""A session for a record elsewhere: what is in it, and what never is."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from command import Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.fhir.vocabulary import RELEASES
from pathfinder.sessions.model import Judgement, Session
from pathfinder.vault import Vault

NOTE = "Her sister called twice."
ANSWERED: dict[str, Any] = {**ANSWERS, "danger": ("violence",), "spirituality": "secular_only"}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    from pathfinder.vault import vault_folder

    return make_vault(vault_folder())


@pytest.fixture
def session(vault: Vault, rules: RuleSet) -> Session:
    own = Judgement(False, "outpatient", None, "cost", "")
    return save_one(vault, rules, answers=ANSWERED, notes={"home": NOTE}, judgement=own)


def fhir(run: Run, *args: str) -> Any:
    return run("fhir", *args, "--passphrase-fd", through_pipe(PASSPHRASE))


def made(run: Run, *args: str) -> dict[str, Any]:
    ran = fhir(run, "bundle", *args)
    assert ran.code == 0, ran.err
    return dict(json.loads(ran.out))


def part(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    (found,) = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]
    return dict(found)


def note_in(bundle: dict[str, Any]) -> str:
    attachment = part(bundle, "DocumentReference")["content"][0]["attachment"]
    return base64.b64decode(attachment["data"]).decode()


@pytest.mark.parametrize("release", RELEASES)
def test_a_bundle_holds_answers_note_result_app_and_where_they_come_from(
    release: str, session: Session, pathfinder: Run
) -> None:
    bundle = made(pathfinder, session.id, "--fhir", release)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds == [
        "QuestionnaireResponse", "DocumentReference", "GuidanceResponse", "Device", "Provenance",
    ]  # fmt: skip
    assert bundle["type"] == "collection"
    urls = {entry["fullUrl"] for entry in bundle["entry"]}
    assert {each["reference"] for each in part(bundle, "Provenance")["target"]} < urls


def test_the_recommendation_stands_there_in_order_with_what_it_is_not(
    session: Session, pathfinder: Run, rules: RuleSet
) -> None:
    guidance = part(made(pathfinder, session.id), "GuidanceResponse")
    decision = decide(rules, ANSWERED)
    said = guidance["contained"][0]["parameter"]
    ranked = [p["part"][0]["valueCoding"]["code"] for p in said if p["name"] == "ranked"]
    assert ranked == [f"path.{entry.path}" for entry in decision.ranked]
    level = [p["valueCoding"]["code"] for p in said if p["name"] == "safe-level"]
    assert level == [f"level.{decision.safe_level}"]
    alerts = [p["valueCoding"]["code"] for p in said if p["name"] == "alert"]
    assert alerts == [f"alert.{alert.id}" for alert in decision.alerts] != []
    assert guidance["note"] == [{"text": rules.texts.not_a_diagnosis.text}]


@pytest.mark.parametrize(
    ("changed", "hold", "status"),
    [
        ({"danger": ("overdose",)}, True, "data-requested"),
        ({"danger": ("none",)}, False, "data-requested"),
        ({"age_group": "under_18"}, False, "success"),
    ],
)
def test_what_holds_the_paths_back_and_what_is_to_check_is_said(
    changed: dict[str, Any], hold: bool, status: str, vault: Vault, rules: RuleSet, pathfinder: Run
) -> None:
    saved = save_one(vault, rules, answers={**ANSWERS, **changed})
    guidance = part(made(pathfinder, saved.id), "GuidanceResponse")
    said = {p["name"]: p for p in guidance["contained"][0]["parameter"]}
    assert (said["hold"]["valueBoolean"], guidance["status"]) == (hold, status)
    assert ("ranked" in said) is ("age_group" not in changed)


def test_its_provenance_names_rules_app_and_no_person(
    session: Session, pathfinder: Run, rules: RuleSet
) -> None:
    bundle = made(pathfinder, session.id)
    provenance = part(bundle, "Provenance")
    assert rules.sha256 in provenance["entity"][0]["what"]["identifier"]["value"]
    agents = {a["type"]["coding"][0]["code"]: a["who"] for a in provenance["agent"]}
    assert agents["informant"]["identifier"] == {"value": "C-104"}
    assert agents["author"] == {"display": "A counselor of the agency"}
    device = [e["fullUrl"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Device"]
    assert agents["assembler"] == {"reference": device[0]}


def test_who_saved_it_is_its_author_by_the_name_they_gave(
    vault: Vault, rules: RuleSet, pathfinder: Run
) -> None:
    draft = kept.begin(vault, "C-9")
    decision = decide(rules, ANSWERED)
    saved = kept.save(vault, draft, decision, ANSWERED, {}, author="M. Field, LPC")
    agents = part(made(pathfinder, saved.id), "Provenance")["agent"]
    assert {"display": "M. Field, LPC"} in [agent["who"] for agent in agents]


def test_a_note_is_in_it_only_where_it_was_asked_for(session: Session, pathfinder: Run) -> None:
    assert NOTE not in note_in(made(pathfinder, session.id))
    with_notes = made(pathfinder, session.id, "--with-notes")
    assert NOTE in note_in(with_notes)
    assert NOTE not in json.dumps(with_notes)


def test_the_counselors_own_word_stands_in_the_note(session: Session, pathfinder: Run) -> None:
    assert "costs too much" in note_in(made(pathfinder, session.id))


@pytest.mark.parametrize("style", ["plain", "soap"])
def test_the_note_is_that_of_sessions_note(style: str, session: Session, pathfinder: Run) -> None:
    fd = through_pipe(PASSPHRASE)
    note = pathfinder("sessions", "note", session.id, "--style", style, "--passphrase-fd", fd)
    assert note_in(made(pathfinder, session.id, "--style", style)) == note.out != ""
    assert pathfinder("fhir", "bundle", session.id, "--style", "sop").code == 2


@pytest.mark.slow
def test_the_same_session_makes_the_same_bundle_and_a_file_is_not_replaced_by_mistake(
    session: Session, pathfinder: Run, tmp_path: Path
) -> None:
    out = tmp_path / "bundle.json"
    ran = fhir(pathfinder, "bundle", session.id, "--output", str(out))
    assert (ran.code, out.stat().st_mode & 0o777) == (0, 0o600)
    assert "isn't encrypted" in ran.err
    assert json.loads(out.read_text("utf-8")) == made(pathfinder, session.id)
    assert fhir(pathfinder, "bundle", session.id, "--output", str(out)).code == 73
    again = fhir(pathfinder, "bundle", session.id, "--output", str(out), "--overwrite")
    assert again.code == 0


def test_a_bundle_comes_back_as_a_session_of_the_same_client(
    session: Session, pathfinder: Run, tmp_path: Path, vault: Vault, rules: RuleSet
) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(made(pathfinder, session.id)), "utf-8")
    ran = fhir(pathfinder, "import", str(file), "--save")
    assert ran.code == 0, ran.err
    back = kept.read(vault, ran.out.strip())
    assert back.client == session.client
    assert back.newest.answers == session.newest.answers
    assert back.given == session.given
    assert back.newest.judgement is None


def test_a_response_without_a_code_asks_for_one_and_a_name_is_none(
    session: Session, pathfinder: Run, tmp_path: Path, vault: Vault
) -> None:
    ran = fhir(pathfinder, "response", session.id)
    response = json.loads(ran.out)
    assert response["authored"].endswith("Z")
    del response["subject"]
    file = tmp_path / "r.json"
    file.write_text(json.dumps(response), "utf-8")
    before = set(vault.stamps("sessions"))
    assert "--client CODE" in fhir(pathfinder, "import", str(file), "--save").err
    named = fhir(pathfinder, "import", str(file), "--save", "--client", "Ann Smith")
    assert named.code == 2
    assert set(vault.stamps("sessions")) == before
    assert fhir(pathfinder, "import", str(file), "--save", "--client", "C-7").code == 0
    assert len(set(vault.stamps("sessions")) - before) == 1


def test_who_brings_answers_in_hears_first_of_danger_and_what_to_do(
    rules: RuleSet, pathfinder: Run, tmp_path: Path
) -> None:
    from pathfinder.fhir.page import written

    alert = next(each for each in rules.alerts if each.id == "suicide-crisis")
    for answers, due in (({"self_harm": "plan"}, True), ({"self_harm": "none"}, False)):
        ran = pathfinder("fhir", "import", "-", stdin=written(rules, answers))
        assert ran.code == 0
        assert (alert.title in ran.err and alert.for_counselor in ran.err) is due
        assert bool(ran.err) is due


def test_danger_is_heard_also_where_nothing_is_taken(
    session: Session, rules: RuleSet, pathfinder: Run, tmp_path: Path
) -> None:
    response = json.loads(fhir(pathfinder, "response", session.id).out)
    items = response["item"][1]["item"]
    danger = items[0]["answer"]
    none = {**danger[0]["valueCoding"], "code": "danger.none"}
    danger.append({"valueCoding": none})
    items[1]["linkId"] = "nobody_knows"
    file = tmp_path / "r.json"
    file.write_text(json.dumps(response), "utf-8")
    ran = pathfinder("fhir", "import", str(file))
    assert ran.code == 65
    alert = next(each for each in rules.alerts if each.id == "violence")
    assert ran.err.startswith(f"NOW: {alert.title}")
    assert "can't stand beside" in ran.err
    assert "unknown link" in ran.err  # all that is wrong, in one run


@pytest.mark.parametrize(
    "option", [("--client", "C-1"), ("--region", "uk"), ("--passphrase-fd", "3")]
)
def test_what_goes_with_saving_is_refused_without_it(
    option: tuple[str, str], pathfinder: Run
) -> None:
    ran = pathfinder("fhir", "import", "r.json", *option)
    assert (ran.code, "goes with --save" in ran.err) == (2, True)
