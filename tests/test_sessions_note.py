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
from pathfinder.errors import PathfinderError, RulesError
from pathfinder.loader.load import load_rules
from pathfinder.loader.record_file import FILE, read_record
from pathfinder.loader.rule_files import built_in
from pathfinder.render.layout import plain_text
from pathfinder.render.result_json import result
from pathfinder.sessions import third_person as words_of_note
from pathfinder.sessions.agreeing import SINCE
from pathfinder.sessions.choices import CHART_REASONS, DONE, REASONS, check_when
from pathfinder.sessions.model import Agreed, Held, Judgement, Revision, Session, StepWord, held_of
from pathfinder.sessions.note import blocks_of, note
from pathfinder.sessions.plan_file import IN_IT
from pathfinder.vault import Vault, unlock

BLANK = words_of_note.BLANK
STYLES = ("plain", "soap", "dap", "birp", "dimensions")
DAILY: dict[str, Any] = ANSWERS | {
    "danger": ("none",), "self_harm": "none", "frequency": "every_day", "withdrawal": "hard",
    "severity": "unsure", "severity_signs": ("cravings", "conflict", "duties_slip", "given_up"),
    "mental_health": "unsure", "home": "others_use",
}  # fmt: skip
BASE = ANSWERS | dict.fromkeys(("self_harm", "mental_health"), "none") | {
    "danger": ("none",), "health": ("none",), "frequency": "some_days", "stage": "tried_before",
}  # fmt: skip
SEVERAL_PARTS = ("Use, withdrawal and medication", "Home, people and duties")
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
        "shaking, sweating or throwing up", "(4 of 11)", "hard-withdrawal",
        "Ranking by the tool", "Withdrawal management first",
        "Reason, in the counselor's words: Shakes.", "It costs too much", "Harbor House",
        "555 0100", "2026-12-03 14:30, Main St", "ID", "Next contact: 2026-12-05",
        "Author, credential: Kim, ___", "2026-11-28",
        rules.version,
        "k7f2mzq4xw, revision 1 of 1", rules.sha256[:12], "could bring",
    ):  # fmt: skip
        assert each in text, each
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
        "Stopped for safety at question 3: suicidal plan, intent or recent attempt. "
        "No level of care worked out."
    )
    assert "crisis line, 14:10" in text
    for claim in (words_of_note.LEVEL, "Outpatient", "Ranking", "Unknown, and it matters"):
        assert claim not in text


def test_an_alert_is_told_by_what_it_is_about(rules: RuleSet) -> None:
    thoughts = DAILY | {"self_harm": "thoughts"}
    assert "Alert: Suicidal thoughts or thoughts of self-harm." in told(
        rules, session_of(rules, thoughts)
    )


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
    assert "moderate, by the tool's count of self-reported signs (4 of 11)" in text


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
    assert "Counselor's judgement: agrees with the tool" in soap.out
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
        ("every_day", "Client reports use of alcohol in the past year."),
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
        assert ("it matters: seizures or delirium in earlier withdrawals" in text) is asked
        assert ("Asked directly: ___" in text) is asked
        assert (words_of_note.NOTHING_OPEN in text) is False, "an open question is no nothing"
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
    assert "Level of care by the tool, at least: Support groups. " in text
    assert not re.search(r"\byou\b", text)


# --- what an auditor, and the client's lawyer, would strike out -----------------------------------


def parts_of(text: str) -> dict[str, list[str]]:
    """What stands under each title that isn't set in."""
    found: dict[str, list[str]] = {}
    for line in filter(str.strip, text.splitlines()):
        if line.startswith(" "):
            found[[*found][-1]].append(line.strip())
        else:
            found[line] = []
    return found


OWN = Judgement(False, path="outpatient", reason="cost", line="No car, and no bus.")
ALONE = DAILY | {
    "severity_signs": ("cravings", "conflict", "tolerance", "duties_slip", "given_up", "risky_use"),
    "staying_stopped": "hours", "substances": ("alcohol",), "drinks": "10_to_14",
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_the_judgement_stands_before_the_tools_result_which_is_there_for_reference(
    rules: RuleSet, style: str
) -> None:
    text = told(rules, session_of(rules, DAILY, judgement=OWN), style)
    places = [
        text.index(each)
        for each in (
            f"{words_of_note.OTHERWISE}: Outpatient counseling.", words_of_note.TOOL,
            "moderate, by the tool's count", words_of_note.LEVEL, words_of_note.RANKING,
        )
    ]  # fmt: skip
    assert places == sorted(places)
    (assessed,) = [lines for lines in parts_of(text).values() if words_of_note.TOOL in lines]
    assert assessed[0].startswith(words_of_note.JUDGEMENT)
    assert not any(line.startswith("Client reports") for line in assessed)


def test_nothing_that_a_questionnaire_can_know_stands_under_objective(rules: RuleSet) -> None:
    lines = parts_of(told(rules, session_of(rules, DAILY), "soap"))["O: Objective"]
    assert lines[0].endswith(f"breath test): {BLANK}")
    assert lines[1:] == [f"Appears under the influence now: {BLANK}"]


@pytest.mark.parametrize("style", STYLES)
def test_what_only_a_counselor_knows_is_a_line_to_fill(rules: RuleSet, style: str) -> None:
    text = told(rules, session_of(rules, DAILY), style)
    for label in ("Observed by the counselor", words_of_note.HOW, words_of_note.PRESENT):
        assert re.search(rf"{re.escape(label)}.*: {words_of_note.BLANK}", text)
    last = [line.strip() for line in text.rstrip().splitlines()[-3:]]
    labels = (words_of_note.AUTHOR, "Signature", "Date")
    assert last == [f"{label}: {words_of_note.BLANK}" for label in labels]


def test_a_reason_is_told_in_the_counselors_own_words_right_there(rules: RuleSet) -> None:
    def judged(judgement: Judgement) -> str:
        return told(rules, session_of(rules, DAILY, judgement=judgement))

    assert "In the counselor's words: No car, and no bus." in judged(OWN)
    assert "Reason: the tool's path costs too much. In the counselor's" in judged(OWN)
    bare = judged(OWN._replace(reason="clinical-judgement", line=""))
    assert f"Reason: clinical judgement: {words_of_note.BLANK}" in bare
    assert "clinical judgement" not in judged(OWN._replace(reason="clinical-judgement"))
    agrees = judged(Judgement(True, line="As last year."))
    assert "agrees with the tool: " in agrees
    assert "In the counselor's words: As last year." in agrees
    assert {*CHART_REASONS} == {*REASONS}


def test_a_step_that_is_not_possible_is_told_without_mine(rules: RuleSet) -> None:
    steps = (StepWord("medical-evaluation", "declined", "clinical-judgement"),)
    text = told(rules, session_of(rules, DAILY, steps=steps))
    assert "With the client: Not possible now: clinical judgement." in text
    assert "My clinical" not in text


def test_what_leaves_for_a_program_holds_neither_the_line_nor_a_blank(rules: RuleSet) -> None:
    for judgement in (OWN, OWN._replace(reason="clinical-judgement", line=""), None):
        session = session_of(rules, DAILY, judgement=judgement)
        blocks = [
            block
            for name in ("alerts", "steps", "level", "judgement")
            for block in blocks_of(rules, read_record(rules), session, session.newest, name)
        ]
        text = plain_text(blocks, 10**6)
        assert words_of_note.LEVEL in text
        assert "___" not in text
        assert "No car" not in text
        assert "hard-withdrawal" not in text
        assert judgement is None or f"{words_of_note.PUT_FIRST}: " in text, "whose path costs much?"


@pytest.mark.parametrize("style", STYLES)
def test_ids_of_rules_stand_in_the_record_alone_and_all_of_them(rules: RuleSet, style: str) -> None:
    session = session_of(rules, ALONE | {"self_harm": "thoughts"})
    before, _, record = told(rules, session, style).partition("\nRecord\n")
    ids = {rule.id for rule in (*rules.alert_rules, *rules.first_rules, *rules.gates)}
    assert not [id_ for id_ in ids if id_ in before]
    for fired in (*session.given["alerts"], *session.given["first"]):
        for id_ in fired["rules"]:
            assert id_ in record
    assert "level of care: severe-use-today-with-hard-withdrawal" in record


def test_signs_can_be_counted_and_are_as_many_as_was_counted(rules: RuleSet) -> None:
    text = told(rules, session_of(rules, ALONE))
    (signs,) = re.findall(r"these signs in the past year: ([^.]*)\.", text)
    assert len(signs.split(";")) == 6
    assert "severe, by the tool's count of self-reported signs (6 of 11)" in text


def test_one_path_alone_is_no_list(rules: RuleSet) -> None:
    session = session_of(rules, ALONE)
    (first,) = session.given["ranked"]
    assert len(session.given["set_aside"]) == len(rules.paths) - 1
    text = told(rules, session)
    assert f"by the tool: {rules.path_by_id[first['path']].name} alone; every other" in text
    assert "1. " not in text


@pytest.mark.parametrize("printed", [True, False])
def test_what_is_asked_in_person_points_to_the_notes_only_where_they_stand(
    rules: RuleSet, printed: bool
) -> None:
    session = session_of(rules, DAILY, notes={"withdrawal": "A fit in 2019."})
    text = told(rules, session, notes=printed)
    assert ("see the counselor's notes below" in text) is printed
    assert ("the tool reads no notes" in text) is not printed
    without = told(rules, session_of(rules, DAILY), notes=True)
    assert "notes below" not in without


def test_where_nothing_is_open_that_is_said_of_the_tools_questions_alone(rules: RuleSet) -> None:
    calm: dict[str, Any] = {"substances": ("cannabis",), "withdrawal": "none"}
    answers = BASE | calm
    text = told(rules, session_of(rules, answers))
    assert words_of_note.NOTHING_OPEN in text
    assert words_of_note.NOTHING_OPEN not in told(rules, session_of(rules, answers | DAILY))
    closed = answers | ALONE | {"home": "steady", "mental_health": "none", "stage": "tried_before"}
    text = told(rules, session_of(rules, closed))
    assert words_of_note.NOTHING_OPEN not in text, "seizures are open, and they matter"
    assert text.count(words_of_note.UNKNOWN) == 1


def test_an_answer_off_the_path_is_named_and_not_told(rules: RuleSet) -> None:
    changed = DAILY | {"substances": ("cannabis",), "drinks": "15_plus"}
    text = told(rules, session_of(rules, changed))
    assert "15 drinks" not in text
    assert f"{words_of_note.NOT_USED}: drinks in a day." in text
    assert words_of_note.NOT_USED not in told(rules, session_of(rules, ALONE))


def test_reasons_of_one_step_are_parted_by_what_parts_nothing_else(rules: RuleSet) -> None:
    answers = DAILY | {"substances": ("opioids", "sedatives"), "health": ("pregnant",)}
    text = told(rules, session_of(rules, answers | {"sedative_frequency": "most_days"}))
    assert (
        "Client reports use of opioids; and sedatives (prescribed or not) in the past year." in text
    )
    assert "reports use of opioids and sedatives (prescribed or not)" in text


def test_under_18_no_open_question_is_told_as_settled(rules: RuleSet) -> None:
    text = told(rules, session_of(rules, {"age_group": "under_18"}))
    assert words_of_note.UNKNOWN not in text


def test_what_could_come_is_never_a_first_step_that_stands(rules: RuleSet) -> None:
    hazy = {"withdrawal": "unsure", "severity_signs": "skip", "home": "steady"}
    session = session_of(rules, ALONE | hazy | {"staying_stopped": "hours"})
    assert [each["id"] for each in session.given["first"]] == ["medical-evaluation"]
    text = told(rules, session)
    assert "it matters: effects of stopping: could bring at least" in text
    assert "first step: medical evaluation" not in text


def test_an_answer_that_was_read_more_seriously_is_told_as_the_client_gave_it(
    rules: RuleSet,
) -> None:
    text = told(rules, session_of(rules, DAILY | {"severity": "mild", "severity_signs": "skip"}))
    assert "How serious the use is: the client chose mild; for safety taken as moderate." in text
    assert "Taken for safety: how serious the use is as moderate." in text
    assert "taken for safety (how serious the use is): hard-withdrawal-says-moderate" in text
    in_program = {"severity": "risky", "stage": "in_program", "staying_stopped": "weeks"}
    by_stage = told(rules, session_of(rules, DAILY | in_program | {"home": "steady"}))
    assert "the client chose risky; for safety taken as moderate." in by_stage
    assert words_of_note.TAKEN not in by_stage, "the level doesn't rest on it"
    unknown = told(rules, session_of(rules, DAILY | {"severity_signs": "skip"}))
    assert "How serious the use is: not known; for safety taken as moderate." in unknown


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"philosophy": "both"},
            "Has no preference between a recovery that is about letting go, as in the 12 Steps,",
        ),
        ({"company": "both"}, "Has no preference between the help of peers and that of"),
        ({"health": ("pain",)}, "lasting pain, pain medicine as prescribed, or both."),
        ({"frequency": "most_days"}, "on about half of the days or more, but not every day,"),
        ({"self_harm": "thoughts"}, "recent thoughts of ending their life or of self-harm,"),
        ({"responsibilities": ("job", "caring")}, "a job; and care for children or someone"),
    ],
)
def test_an_option_that_joins_two_things_is_told_in_words_true_of_each(
    rules: RuleSet, answers: dict[str, Any], said: str
) -> None:
    text = told(rules, session_of(rules, DAILY | answers))
    assert said in text
    assert "Answers are options of a questionnaire" in text


@pytest.mark.parametrize("question", ["danger", "health"])
def test_none_of_these_names_what_was_asked_and_denies_no_more(
    rules: RuleSet, question: str
) -> None:
    text = told(rules, session_of(rules, DAILY | {question: ("none",)}))
    (denied,) = re.findall(
        r"eports (none of these right now[^.]*)" if question == "danger"
        else r"eports (none of these: pregnancy[^.]*)", text,
    )  # fmt: skip
    asked = rules.question_by_id[question].answers
    assert denied.count(",") >= len(set(asked) - {"none"}) - 1
    assert "no bleeding" not in text


def test_until_the_appointment_or_the_next_contact_there_is_a_line_to_fill(
    rules: RuleSet,
) -> None:
    booked = told(rules, session_of(rules, DAILY, agreed=Agreed(date="2026-12-03")))
    assert f"{words_of_note.UNTIL_APPOINTMENT}: {words_of_note.BLANK}" in booked
    for session in (
        session_of(rules, DAILY),
        session_of(rules, PLAN, held=Held("self_harm", 3, {})),
        session_of(rules, DAILY, agreed=Agreed(next_contact="2026-12-05")),
    ):
        assert f"{words_of_note.UNTIL_CONTACT}: {words_of_note.BLANK}" in told(rules, session)


def test_a_follow_up_is_headed_as_one_and_names_what_it_follows(rules: RuleSet) -> None:
    came = (("contact", "yes"), ("medical-evaluation", "no"))
    session = session_of(rules, DAILY, came=came)._replace(follows="2435k2m2e6")
    lines = [line.strip() for line in told(rules, session).splitlines()]
    assert lines[:2] == ["Follow-up note, client C-104", "Follow-up of session: 2435k2m2e6"]
    assert "\n".join(lines).count("2435k2m2e6") == 1
    came_of = [line for line in lines if line.startswith(words_of_note.CAME_OF)]
    assert came_of == [
        "Agreed last time: Appointment or next contact: came about. Outcome: " + BLANK,
        "Agreed last time: Medical evaluation before stopping: did not come about.",
    ]
    stopped = session_of(rules, PLAN, held=Held("self_harm", 3, {}))
    text = told(rules, stopped._replace(follows="2435k2m2e6"))
    assert text.index("Stopped for safety") < text.index("Follow-up of session")


BEFORE = Agreed("Lakeside Detox", date="2026-12-01", time="09:00", next_contact="2026-11-30")


def follow_up(
    rules: RuleSet, style: str = "soap", *, before: dict[str, Any] | None = None, **fields: Any
) -> str:
    first = session_of(rules, DAILY, **{"agreed": BEFORE, **(before or {})})._replace(
        id="2435k2m2e6"
    )
    session = session_of(rules, DAILY, **fields)._replace(follows=first.id)
    blocks = note(
        rules, read_record(rules), session, session.newest, style,
        with_notes=True, followed=first,
    )  # fmt: skip
    return plain_text(blocks, 10**6)


@pytest.mark.parametrize("style", STYLES)
def test_who_opened_the_list_of_signs_is_not_told_as_not_sure(rules: RuleSet, style: str) -> None:
    text = told(rules, session_of(rules, DAILY), style)
    assert "How serious the use is: taken from a list of signs." in text
    assert 'Answered "not sure" on: how serious' not in text
    unknown = told(rules, session_of(rules, DAILY | {"severity_signs": "skip"}), style)
    assert 'Answered "not sure" on: how serious' in unknown, "no sign was counted"


def test_agreement_is_told_as_what_was_agreed_with(rules: RuleSet) -> None:
    level = told(rules, session_of(rules, BASE, judgement=Judgement(True, level="intensive")))
    assert "agrees with the level: Intensive outpatient care" in level
    assert "; which kind is the client's choice." in level
    equal = session_of(rules, BASE, judgement=Judgement(True))
    among = any(each["about_equal_to_top"] for each in equal.given["ranked"][1:])
    assert among
    assert "(first among paths that fit about equally well)." in told(rules, equal)
    alone = session_of(rules, ALONE, judgement=Judgement(True))
    assert "agrees with the tool: Residential treatment." in told(rules, alone)


@pytest.mark.parametrize("style", STYLES)
def test_a_follow_up_opens_with_what_came_since_and_when_use_was_last(
    rules: RuleSet, style: str
) -> None:
    text = follow_up(rules, style, came=(("contact", "yes"),))
    places = [
        text.index(each)
        for each in (
            "Agreed last time: Appointment 2026-12-01 09:00, Lakeside Detox; next contact "
            f"2026-11-30: came about. Outcome: {BLANK}",
            f"{SINCE}: ", f"Last use (what, how much, how taken, day, hour): {BLANK}", "Safety now",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    intake = told(rules, session_of(rules, DAILY), style)
    assert intake.count(f"Last use (what, how much, how taken, day, hour): {BLANK}") == 1
    assert (
        intake.index("Use, withdrawal") < intake.index("Last use") < intake.index("Mental health")
    )
    assert SINCE not in intake
    held = session_of(rules, PLAN, held=Held("self_harm", 3, {}))
    assert "Last use" not in told(rules, held, style)


def test_what_became_of_each_contact_is_told_by_its_day(rules: RuleSet) -> None:
    came = (("appointment", "yes"), ("next_contact", "no"))
    text = follow_up(rules, came=came, since="No drink for 12 days, by his account.")
    assert f"Appointment 2026-12-01 09:00, Lakeside Detox: kept. Outcome: {BLANK}" in text
    assert "Next contact 2026-11-30: did not come about." in text
    assert f"{SINCE}: No drink for 12 days, by his account." in text
    stopped = follow_up(rules, held=Held("self_harm", 3, {}))
    assert SINCE not in stopped


def test_a_follow_up_denies_no_care_that_the_client_has_had_since(rules: RuleSet) -> None:
    first_time = {**DAILY, "stage": "first_time"}
    intake = session_of(rules, first_time)
    assert "looking for help for the first time" in told(rules, intake)
    later = told(rules, intake._replace(follows="2435k2m2e6"))
    assert "first time" not in later
    assert "Reports no help looked for before coming here." in later


def test_who_went_to_the_program_is_in_it_and_no_more_referred_there(rules: RuleSet) -> None:
    there = f"Program now: Lakeside Detox (appointment 2026-12-01 kept). {IN_IT}: {BLANK}"
    kept_ = (("appointment", "yes"),)
    again = Agreed("Lakeside Detox", next_contact="2026-12-15")
    text = follow_up(rules, came=kept_, agreed=again)
    assert there in text
    assert "Referral" not in text
    new = follow_up(rules, came=kept_, agreed=again._replace(program="Harbor House"))
    assert there in new
    assert "Referral: Harbor House" in new
    for came in ((("appointment", "no"),), (("contact", "yes"),), ()):
        text = follow_up(rules, came=came, agreed=again)
        assert f"Program now: {BLANK}" in text, "nothing tells that the client went there"
        assert "Referral: Lakeside Detox" in text
    assert "Plan: nothing new agreed in writing." in follow_up(rules, came=kept_)
    for intake in (session_of(rules, DAILY), session_of(rules, PLAN, held=Held("x", 3, {}))):
        assert "Program now" not in told(rules, intake)


def test_a_next_contact_that_nobody_has_agreed_on_is_a_line_to_fill(rules: RuleSet) -> None:
    held = session_of(rules, PLAN, held=Held("self_harm", 3, {}))
    for session in (held, session_of(rules, DAILY), session_of(rules, DAILY, agreed=Agreed("A"))):
        assert f"Next contact: {BLANK}\n" in told(rules, session) + "\n"


@pytest.mark.parametrize("word", ["agreed", "done"])
def test_one_word_on_medication_says_nothing_of_naloxone(rules: RuleSet, word: str) -> None:
    answers = {**DAILY, "substances": ("opioids",), "severity": "severe"}
    session = session_of(rules, answers, steps=(StepWord("opioid-medication", word),))
    lines = [line for line in told(rules, session).splitlines() if "aloxone" in line]
    assert len(lines) == 1
    assert re.search(rf"it matters: naloxone at hand, and .*Asked directly: {BLANK}", lines[0])
    assert "naloxone" not in told(rules, session_of(rules, DAILY))


def test_an_appointment_alone_was_kept_or_not(rules: RuleSet) -> None:
    alone = {"agreed": BEFORE._replace(next_contact="", place="12 Lake Road")}
    for word, said in (("yes", "kept. "), ("no", "not kept."), ("unsure", "not known whether")):
        text = follow_up(rules, before=alone, came=(("contact", word),))
        assert f"Appointment 2026-12-01 09:00, Lakeside Detox, 12 Lake Road: {said}" in text


@pytest.mark.parametrize("style", STYLES)
def test_a_first_step_that_is_done_is_no_plan(rules: RuleSet, style: str) -> None:
    done = (StepWord("medical-evaluation", "done"),)
    text = follow_up(rules, style, steps=done)
    assert "Done since last time: Medical evaluation before stopping. Client reports" in text
    assert "First step 1" not in text
    came = follow_up(rules, style, came=(("medical-evaluation", "yes"),))
    assert "Done since last time: Medical evaluation" in came
    assert "First step 1" not in came
    already = follow_up(rules, style, steps=done, before={"steps": done})
    assert "Done already: Medical evaluation before stopping." in already
    assert "Done already: Medical" in told(rules, session_of(rules, DAILY, steps=done), style)


def test_a_follow_up_points_to_the_notes_of_the_session_that_holds_them(rules: RuleSet) -> None:
    earlier = {"notes": {"withdrawal": "A fit in 2021."}}
    there = "see the notes of session 2435k2m2e6, of 2026-11-28. Asked directly"
    assert there in follow_up(rules, before=earlier, notes={"home": "Alone on the line."})
    both = follow_up(rules, before=earlier, notes={"withdrawal": "None in detox."})
    assert "see the counselor's notes below and the notes of session 2435k2m2e6, of" in both
    neither = follow_up(rules, notes={"home": "Alone on the line."})
    assert "and the tool reads no notes" in neither
    assert "see also" not in neither, "a note to a question isn't what was observed"


def test_what_looks_back_says_how_far(rules: RuleSet) -> None:
    text = told(rules, session_of(rules, ALONE))
    lines = [line for line in text.splitlines() if "Use, withdrawal" in line or "Course" in line]
    found = re.findall(
        r"eports [^.]*(?:use of|drinks on|these signs|use every)[^.]*[.]", str(lines)
    )
    assert len(found) == 4
    assert all("in the past year" in each or "in the last month" in each for each in found)
    soon = "the client would use again within hours, in a way that could do serious harm"
    assert f"Says that, without more help, {soon}." in text


def test_what_is_shared_outside_has_a_line_for_the_consent(rules: RuleSet) -> None:
    shared = (
        session_of(rules, DAILY, agreed=BEFORE),
        session_of(rules, PLAN, held=Held("self_harm", 3, {"called": "911"})),
    )
    for session in shared:
        assert f"{words_of_note.CONSENT}: {BLANK}" in told(rules, session)
    alone = told(rules, session_of(rules, DAILY, agreed=Agreed(next_contact="2026-12-05")))
    assert words_of_note.CONSENT not in alone
    nobody = session_of(rules, PLAN, held=Held("self_harm", 3, {"stayed": "I did"}))
    assert words_of_note.CONSENT not in told(rules, nobody)
    assert f"Next contact: 2026-12-05, by whom, how: {BLANK}" in alone
    assert f"Held from: {BLANK} to {BLANK}" in alone


@pytest.mark.parametrize("style", STYLES)
def test_a_held_note_says_where_the_client_is_what_is_open_and_what_was_not_asked(
    rules: RuleSet, style: str
) -> None:
    done = {"where": "in her car, 555 0100", "called": "911, at 20:38"}
    text = told(rules, session_of(rules, PLAN, held=Held("self_harm", 3, done)), style)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines[2] == "Where the client is, and a number to call back: in her car, 555 0100"
    assert text.count("555 0100") == 1
    assert f"Which of these: {BLANK}" in text
    (left,) = [line for line in lines if line.startswith(words_of_note.NOT_ASKED)]
    assert all(part in left for part in SEVERAL_PARTS)
    assert "Safety now" not in left
    at = lines.index("What was done")
    assert lines[at + 1].startswith("Who was called: 911")
    then = "R: Response" if style == "birp" else "From here on"
    assert lines[at + 2] == then, "a judgement is nothing from here on"


def test_a_credential_that_stands_there_has_no_blank(rules: RuleSet) -> None:
    text = told(rules, session_of(rules, DAILY, author="Counselor 14, LADC"))
    assert "Author, credential: Counselor 14, LADC\n" in text


DONE_THEN = {"stayed": "Kim, in the room", "called": "988", "time": "09:40"}


@pytest.mark.parametrize(
    ("style", "place"),
    [
        ("plain", "First steps and plan"), ("soap", "P: Plan"), ("dap", "P: Plan"),
        ("birp", "I: Intervention"), ("dimensions", "First steps and plan"),
    ],
)  # fmt: skip
def test_after_a_stop_what_was_done_stands_where_a_chart_has_it(
    rules: RuleSet, style: str, place: str
) -> None:
    session = session_of(rules, PLAN, held=Held("self_harm", 3, DONE_THEN))
    parts = parts_of(told(rules, session, style))
    assert "Who stayed with the client: Kim, in the room" in parts[place]
    where = f"{DONE['where']}: {words_of_note.BLANK}"
    assert parts["Intake note, client C-104"][1:] == [where]
    (danger,) = [lines for lines in parts.values() for line in lines if line.startswith("Alert")]
    assert f"{words_of_note.RISK}: {words_of_note.BLANK}" in danger
    assert f"When this was done: {session.begun[:10]} 09:40" in parts[place]
    nothing = session_of(rules, PLAN, held=Held("self_harm", 3, {}))
    assert f"What was done: {words_of_note.NOTHING_WRITTEN}" in told(rules, nothing, style)


@pytest.mark.parametrize(
    ("begun", "written", "clock", "day"),
    [
        ("2026-11-28T23:00+09:00", "2026-11-28T23:55+09:00", "23:20", "2026-11-28"),
        ("2026", "2026", "09:40", ""),
        ("2026-11-28T09:00", "2026-11-28T10:00", "09:40", "2026-11-28"),
        ("2026-11-28T09:00", "2026-11-29T10:00", "09:40", ""),
        ("2026-11-28T23:50", "2026-11-28T23:58", "00:20", ""),
        ("2026-11-28T09:00", "2026-11-28T10:00", "11:40", ""),
        ("2026-11-28T09:00", "2026-11-28T10:00", "9:40", "2026-11-28"),
        ("2026-11-28T09:00", "2026-11-28T10:00", "09:10 to 09:40", "2026-11-28"),
        ("2026-11-28T09:00", "2026-11-28T10:00", "09:10 to 10:40", ""),
    ],
    ids=[
        "on the clock there",
        "a year alone",
        "between",
        "a day later",
        "after midnight",
        "later than written",
        "one figure",
        "from one time to another",
        "to later than written",
    ],
)
def test_a_time_of_day_has_its_day_or_a_blank_for_it(
    begun: str, written: str, clock: str, day: str
) -> None:
    told = words_of_note.on_its_day(clock, begun, written)
    assert told == (f"{day} {clock.rjust(5, '0')}" if day else f"{clock}, on {words_of_note.BLANK}")
    for dated in ("2026-11-30 09:40", "2026-11-30 09:40 to 10:10"):
        assert words_of_note.on_its_day(dated, begun, written) == dated


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [
        ("21:40 to 22:10", "21:40 to 22:10"), ("21:40-22:10", "21:40 to 22:10"),
        ("9:40 pm to 10:10 pm", "21:40 to 22:10"), ("14:05", "14:05"),
        ("2026-11-28 21:40 - 22:10", "2026-11-28 21:40 to 22:10"),
    ],
)  # fmt: skip
def test_what_was_done_may_have_taken_from_one_time_to_another(typed: str, kept_as: str) -> None:
    assert check_when(typed) == kept_as


@pytest.mark.parametrize(
    "typed", ["21:40 to", "to 22:10", "21:40 to 25:10", "9 to 10", "1 to 2 to 3"]
)
def test_half_a_span_is_no_time(typed: str) -> None:
    with pytest.raises(PathfinderError, match="14:05 to 14:40"):
        check_when(typed)


@pytest.mark.parametrize("bare", [False, True], ids=["our words", "rules without words"])
def test_no_alert_in_a_chart_speaks_to_the_client(
    rules: RuleSet, tmp_path: Path, bare: bool
) -> None:
    folder = tmp_path / "rules"
    if bare:
        shutil.copytree(built_in(), folder)
        (folder / FILE).unlink()
    words = read_record(rules, folder if bare else None)
    for name in words.alerts.values():
        assert not re.search(r"\byou", name, re.IGNORECASE)
    every = [("self_harm", "thoughts"), ("self_harm", "plan")]
    every += [("danger", (each,)) for each in rules.question_by_id["danger"].answers]
    for question, answer in every if not bare else ():
        session = session_of(rules, DAILY | {question: answer})
        for style in STYLES:
            assert not re.search(r"\byou", told(rules, session, style), re.IGNORECASE)


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
        ("unknown, worked_out, level, ranking]", "worked_out, level]", "note-not-whole"),
        ("      - {title: Client reports, holds: [reported]}", "      - {title: x}", "missing-key"),
        ("  safe-place: a safe place to stay\n", "", "missing-key"),
        ("  safe-place: a", "  safe-plac: a", "unknown-first-step"),
        ("parts:\n", "partz:\n", "unknown-key"),
        ("moves: [Be seen today,", "moves: [Be seen soon,", "unknown-move"),
        ("move: Tell whoever sees you of past seizures", "move: Tell us about any", "unknown-move"),
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


def test_a_follow_up_names_the_day_of_what_it_follows_while_that_is_kept(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    first = save_one(vault, rules)
    draft = kept.begin(vault, "C-104", follows=first.id)
    second = kept.save(vault, draft, decide(rules, ANSWERS), ANSWERS, {}, None)

    def heading(*command: str) -> str:
        return pathfinder(*command, "--passphrase-fd", through_pipe(PASSPHRASE)).out

    dated = f"Follow-up of session: {first.id}, of {first.begun[:10]}\n"
    assert dated in heading("sessions", "note", second.id)
    kept.forget(vault, first.id)
    assert f"Follow-up of session: {first.id}\n" in heading("sessions", "note", second.id)
