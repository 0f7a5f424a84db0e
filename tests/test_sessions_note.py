"""The note for a chart: third person, what was worked out and how, and first that it was held."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from command import Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe, update

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.loader.load import load_rules
from pathfinder.loader.record_file import FILE, read_record
from pathfinder.loader.rule_files import built_in
from pathfinder.render.layout import plain_text
from pathfinder.render.result_json import result
from pathfinder.sessions.model import Agreed, Held, Judgement, Revision, Session, StepWord, held_of
from pathfinder.sessions.note import note
from pathfinder.vault import Vault, unlock

STYLES = ("plain", "soap", "dap", "birp", "dimensions")
DAILY: dict[str, Any] = ANSWERS | {
    "danger": ("none",), "self_harm": "none", "frequency": "every_day", "withdrawal": "hard",
    "severity": "unsure", "severity_signs": ("cravings", "conflict", "duties_slip", "given_up"),
    "mental_health": "unsure", "home": "others_use",
}  # fmt: skip
PLAN = {"age_group": "adult", "danger": ("none",), "self_harm": "plan"}


def session_of(rules: RuleSet, answers: Any, **fields: Any) -> Session:
    made = Revision(1, "2026-11-28T10:00:00+01:00", answers, {}, None, 0)._replace(**fields)
    given = result(decide(rules, answers))
    return Session("k7f2mzq4xw", "C-104", "2026-11-28T09:00:00+01:00", "", (made,), (given,))


def told(rules: RuleSet, session: Session, style: str = "plain", *, notes: bool = False) -> str:
    words = read_record(rules)
    blocks = note(rules, words, session, session.newest, style, with_notes=notes)
    return plain_text(blocks, 10**6)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


@pytest.mark.parametrize("style", STYLES)
def test_each_style_tells_all_of_it_once(rules: RuleSet, style: str) -> None:
    own = Judgement(
        False, level="withdrawal-management", reason="clinical-judgement", line="Shakes."
    )
    agreed = Agreed("Harbor House", "client", "555 0100", "2026-12-03", "14:30", "Main St", ("ID",),
                    "2026-12-05")  # fmt: skip
    steps = (StepWord("medical-evaluation", "declined", "cost"),)
    session = session_of(rules, DAILY, judgement=own, agreed=agreed, steps=steps, author="Kim")
    text = told(rules, session, style)
    for each in (
        "Client reports a place to sleep where people drink or use drugs",
        "shaking, sweating or throwing up", "Counted from 4 answers", "hard-withdrawal",
        "Set by", "Ranking by the tool", "Withdrawal management first",
        "Reason: clinical judgement",
        "Shakes.", "It costs too much", "Harbor House", "555 0100", "2026-12-03 14:30, Main St",
        "ID", "Next contact: 2026-12-05", "Author: Kim", "2026-11-28", rules.version,
        "k7f2mzq4xw, revision 1 of 1", rules.sha256[:12], "could bring",
    ):  # fmt: skip
        assert each in text, each
    assert text.count("Set by ") >= 1
    assert text.count("Ranking by the tool") == text.count("Next contact") == 1
    assert "I have" not in text
    assert " you " not in text.casefold()


def test_a_paragraph_is_one_line_so_that_it_can_be_pasted(rules: RuleSet) -> None:
    lines = told(rules, session_of(rules, DAILY)).splitlines()
    (line,) = [line for line in lines if "Use, withdrawal and medication:" in line]
    assert "Client reports use" in line
    assert "every day" in line


def test_no_style_names_a_level_of_the_protected_criteria(rules: RuleSet) -> None:
    for style in STYLES:
        text = told(rules, session_of(rules, DAILY), style)
        assert "ASAM" not in text.replace("no ASAM assessment", "")
        assert not any(f"evel {number}" in text for number in range(10))
        assert "imension" not in text


# --- held ---------------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
def test_a_held_intake_says_so_first_and_claims_no_level(rules: RuleSet, style: str) -> None:
    held = Held("self_harm", 3, {"stayed": "counselor", "called": "crisis line, 14:10"})
    text = told(rules, session_of(rules, PLAN, held=held), style)
    first = [line.strip() for line in text.splitlines() if line.strip()][1]
    assert first == (
        "Stopped for safety at question 3: suicidal plan. No level of care worked out."
    )
    assert "crisis line, 14:10" in text
    for claim in ("Least care", "Outpatient", "Ranking", "Unknown, and it matters"):
        assert claim not in text


def test_an_alert_is_told_by_what_it_is_about(rules: RuleSet) -> None:
    thoughts = DAILY | {"self_harm": "thoughts"}
    assert "Alert: Suicidal thoughts." in told(rules, session_of(rules, thoughts))


def test_one_held_by_an_earlier_version_is_told_as_held(rules: RuleSet, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).with_name("vault_of_0_1"), tmp_path / "vault")
    vault = unlock(tmp_path / "vault", PASSPHRASE).vault
    for id_ in vault.stamps("sessions"):
        session = kept.read(vault, id_)
        text = told(rules, session)
        assert ("Stopped for safety" in text) == (session.client == "C-105")
        assert ("suicidal plan" in text) == (session.client == "C-105")
        assert (held_of(session) is not None) == ("No level of care worked out" in text)


# --- what the client said and what was made of it --------------------------------------------


def test_what_was_counted_is_never_told_as_said(rules: RuleSet) -> None:
    text = told(rules, session_of(rules, DAILY))
    assert "puts the trouble from use at" not in text
    assert "not said by the client" in text


def test_an_answer_of_other_rules_is_told_as_it_was_given(rules: RuleSet) -> None:
    session = session_of(rules, DAILY)
    old = session.newest._replace(answers=DAILY | {"housing": "tent\x1b[2J", "home": "castle"})
    text = told(rules, session._replace(revisions=(old,)))
    assert "housing: tent" in text
    assert "home: castle" in text
    assert "\x1b" not in text


def test_under_18_no_level_is_claimed(rules: RuleSet) -> None:
    text = told(rules, session_of(rules, {"age_group": "under_18"}))
    assert "No level of care worked out" in text
    assert "Ranking" not in text


def test_notes_stand_there_only_when_they_are_asked_for(rules: RuleSet) -> None:
    session = session_of(rules, DAILY, notes={"home": "Moved out.\nBack since May."})
    assert "Moved out." not in told(rules, session)
    assert "Back since May." in told(rules, session, notes=True)


# --- the command ----------------------------------------------------------------------------


def test_the_command_writes_the_note_of_a_revision(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    session = save_one(vault, rules, judgement=Judgement(True))
    update(vault, session.id, lambda revision: revision._replace(judgement=None))
    fd = ("--passphrase-fd", through_pipe(PASSPHRASE))
    newest = pathfinder("sessions", "note", "C-104", *fd)
    assert (newest.code, "revision 2 of 2" in newest.out, "agrees" in newest.out) == (
        0,
        True,
        False,
    )
    fd = ("--passphrase-fd", through_pipe(PASSPHRASE))
    soap = pathfinder("sessions", "note", session.id, "--revision", "1", "--style", "soap", *fd)
    assert "Counselor agrees with the tool" in soap.out
    assert soap.out.index("S: Subjective") < soap.out.index("A: Assessment")


def test_an_unfinished_session_has_no_note_yet(pathfinder: Run, vault: Vault) -> None:
    draft = kept.begin(vault, "C-104")
    ran = pathfinder("sessions", "note", draft.id, "--passphrase-fd", through_pipe(PASSPHRASE))
    assert (ran.code, ran.out) == (2, "")
    assert f"sessions resume {draft.id}" in ran.err


def test_a_style_that_is_not_there_asks_for_no_passphrase(pathfinder: Run, vault: Vault) -> None:
    ran = pathfinder("sessions", "note", "C-104", "--style", "girp")
    assert (ran.code, "dimensions" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("often", "told"),
    [
        ("every_day", "Client reports use of alcohol."),
        ("not_lately", "Client reports use of alcohol in the 12 months before stopping."),
        ("unsure", "Client reports use, or use in the 12 months before stopping, of alcohol."),
    ],
)
def test_use_is_told_in_words_that_are_true_of_this_client(
    rules: RuleSet, often: str, told: str
) -> None:
    session = session_of(rules, {**DAILY, "substances": ("alcohol",), "frequency": often})
    words = read_record(rules)
    assert told in plain_text(note(rules, words, session, session.newest, "plain"), 10**6)


@pytest.mark.parametrize("style", ["plain", "soap", "dap", "birp", "dimensions"])
def test_past_seizures_are_to_be_asked_in_person_where_withdrawal_is_at_stake(
    rules: RuleSet, style: str
) -> None:
    words = read_record(rules)
    calm = {"substances": ("cannabis",), "withdrawal": "none", "frequency": "some_days"}
    for answers, asked in (({**DAILY, "withdrawal": "hard"}, True), ({**ANSWERS, **calm}, False)):
        session = session_of(rules, answers)
        text = plain_text(note(rules, words, session, session.newest, style), 10**6)
        assert ("To ask in person: seizures or delirium in earlier withdrawals" in text) is asked
        assert "by the tool" in text


def test_a_held_note_claims_no_first_steps_where_three_answers_called_for_none(
    rules: RuleSet,
) -> None:
    words = read_record(rules)
    session = session_of(rules, {"age_group": "adult", "danger": ("seizure_or_confusion",)})
    assert session.given["first"] == []
    held = session.newest._replace(held=Held("danger", 2, {}))
    text = plain_text(note(rules, words, session, held, "plain"), 10**6)
    assert "First steps: none" not in text
    assert "Stopped for safety at question 2" in text


def test_a_client_who_has_been_steady_for_months_reads_as_one_and_is_not_spoken_to(
    rules: RuleSet,
) -> None:
    steady = {
        **ANSWERS, "frequency": "not_lately", "drinks": "10_to_14", "withdrawal": "none",
        "stage": "steady_recovery", "staying_stopped": "steady",
    }  # fmt: skip
    session = session_of(rules, steady)
    text = plain_text(note(rules, read_record(rules), session, session.newest, "plain"), 10**6)
    assert "10 to 14 drinks on a day of drinking, before stopping." in text
    assert "Reports being steady now" in text
    assert session.given["safe_level"] == "support"
    assert "Least care that is safe, by the tool: Support groups. " in text
    assert not re.search(r"\byou\b", text)


# --- record.yaml ------------------------------------------------------------------------------


def changed(tmp_path: Path, before: str, after: str) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(built_in(), folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert before in text
    (folder / FILE).write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("record: is {answer}", "record: is", "no-answer-in-it"),
        ("question: danger", "question: dangr", "unknown-question"),
        ("question: danger", "question: age_group", "repeated"),
        ("under_18: under 18, ", "", "missing-key"),
        ("under_18: under 18", "under_8: under 18", "unknown-answer"),
        ("holds: [reported]", "holds: [reportd]", "unknown-block"),
        ("holds: [level, ranking]", "holds: [level]", "note-not-whole"),
        ("  safe-place: a safe place to stay\n", "", "missing-key"),
        ("  safe-place: a", "  safe-plac: a", "unknown-first-step"),
        ("parts:\n", "partz:\n", "unknown-key"),
        ("moves: [Be seen today.", "moves: [Be seen soon.", "unknown-move"),
        ("move: Tell whoever sees you about any", "move: Tell us about any", "unknown-move"),
        ("  - step: safe-place", "  - step: safe-plac", "unknown-first-step"),
        (
            "question: frequency\n            answers: [some",
            "question: frequ\n            answers: [some",
            "unknown-question",
        ),
        ("answers: [not_lately]", "answers: [not_late]", "unknown-answer"),
        ("of {answer} in the 12 months before stopping", "in the past", "no-answer-in-it"),
    ],
)
def test_a_slip_in_the_words_of_notes_is_told_at_its_place(
    tmp_path: Path, before: str, after: str, code: str
) -> None:
    folder = changed(tmp_path, before, after)
    with pytest.raises(RulesError) as caught:
        read_record(load_rules(folder), folder)
    assert code in {problem.code for problem in caught.value.problems}
    assert all(problem.line > 1 for problem in caught.value.problems)


def test_a_question_that_no_part_tells_is_a_slip(tmp_path: Path) -> None:
    text = (built_in() / FILE).read_text(encoding="utf-8")
    start, end = text.index("  - id: body"), text.index("  - id: mind")
    folder = changed(tmp_path, text[start:end], "")
    with pytest.raises(RulesError, match="health"):
        read_record(load_rules(folder), folder)


def test_a_rule_set_without_the_file_is_told_by_its_own_words(
    rules: RuleSet, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(built_in(), folder)
    (folder / FILE).unlink()
    words = read_record(load_rules(folder), folder)
    assert [part.id for part in words.parts] == [factor.id for factor in rules.factors]
    session = session_of(rules, DAILY)
    text = plain_text(note(rules, words, session, session.newest, "soap"), 10**6)
    assert "people drink or use drugs there" in text
    assert "A: Assessment" in text


def test_the_session_shows_an_alert_with_the_answer_for_which_it_came(
    rules: RuleSet, vault: Vault, pathfinder: Run
) -> None:
    answers = {**ANSWERS, "self_harm": "thoughts"}
    shown = pathfinder(
        "sessions", "show", save_one(vault, rules, answers=answers).id,
        "--passphrase-fd", through_pipe(PASSPHRASE),
    )  # fmt: skip
    flat = " ".join(shown.out.split())
    assert "thoughts of self-harm: Yes, I have had thoughts, but no plan" in flat
