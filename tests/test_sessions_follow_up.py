"""Coming back: a client's code stands for sessions, and a follow-up shows what was said before."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from screen import Screen
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe, update

import pathfinder.sessions as kept
from pathfinder.ask.menu_messages import question_menu
from pathfinder.ask.phrases import Earlier, Setting
from pathfinder.commands.intake import notes_before
from pathfinder.engine.flow import applicable
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.errors import PathfinderError
from pathfinder.sessions.agreeing import (
    APPOINTMENT,
    CAME_ABOUT,
    CAME_OF_IT,
    NEXT_CONTACT,
    NO_NEW_PLAN,
    SINCE,
)
from pathfinder.sessions.judging import LAST_TIME, LastTime
from pathfinder.sessions.messages import NOT_SAID
from pathfinder.sessions.model import Agreed, Judgement, StepWord
from pathfinder.sessions.prompts import from_the_first
from pathfinder.vault import Vault

QUIZ = ("quiz", "--for", "client", "--save")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return make_vault(tmp_path / "data" / "vault")


def ran(pathfinder: Run, *args: str, stdin: str = "") -> Ran:
    return pathfinder(*args, "--passphrase-fd", through_pipe(PASSPHRASE), stdin=stdin)


# --- a code in place of an id -------------------------------------------------------------


def test_a_code_stands_for_the_one_session_under_it(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules, "DK-41").id
    save_one(vault, rules, "DK-410")
    assert kept.named(vault, " dk-41 ") == id_


def test_a_code_of_several_names_them_all_the_newest_first(vault: Vault, rules: RuleSet) -> None:
    ids = [save_one(vault, rules, "DK-41").id for _ in range(2)]
    draft = kept.begin(vault, "DK-41")
    with pytest.raises(kept.Several) as several:
        kept.named(vault, "DK-41")
    assert {line.id for line in several.value.found} == {*ids, draft.id}
    assert all(f"{id_} ({draft.saved[:10]})" in str(several.value) for id_ in ids)
    assert f"{draft.id} ({draft.saved[:10]}, unfinished)" in str(several.value)
    assert "\n" not in str(several.value)


def test_a_whole_id_wins_over_a_code_that_looks_the_same(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules, "C-1").id
    if not any(letter.isdigit() for letter in id_):
        pytest.skip("this id is no code")
    save_one(vault, rules, id_.upper())
    assert kept.named(vault, id_) == id_


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [("sessions", "show"), ("sessions", "compare"), ("sessions", "export"), ("explain",),
     ("fhir", "response")],
    ids=lambda words: words[-1],
)  # fmt: skip
def test_every_command_that_takes_an_id_takes_a_code(
    pathfinder: Run, vault: Vault, rules: RuleSet, command: tuple[str, ...]
) -> None:
    save_one(vault, rules, "DK-41")
    assert ran(pathfinder, *command, "DK-41").code == 0
    for _ in range(2):
        save_one(vault, rules, "DK-42")
    several = ran(pathfinder, *command, "DK-42")
    if command[-1] in ("compare", "export"):
        assert several.code == 0  # the last two; all of them
    else:
        assert (several.code, several.out) == (2, "")


def test_export_by_code_gives_every_session_of_the_client(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    ids = {save_one(vault, rules, "DK-41").id for _ in range(2)}
    save_one(vault, rules, "DK-42")
    exported = ran(pathfinder, "sessions", "export", "DK-41", "--format", "jsonl")
    assert {json.loads(line)["session"] for line in exported.out.splitlines()} == ids


def test_forgetting_by_a_code_of_several_forgets_none(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    ids = {save_one(vault, rules, "DK-41").id for _ in range(2)}
    assert ran(pathfinder, "sessions", "forget", "DK-41", "--yes").code == 2
    assert set(vault.stamps("sessions")) == ids


@pytest.mark.slow
def test_a_file_name_with_a_slip_asks_for_no_passphrase(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    save_one(vault, rules, "DK-41")
    for name in ("answers2.yaml", "a1.json", "a1.yml", "my answers 2", "./DK-41"):
        missing = pathfinder("explain", name)
        assert (missing.code, missing.out) == (66, ""), name


@pytest.mark.slow
def test_at_a_terminal_one_of_several_is_picked_and_enter_picks_none(
    vault: Vault, rules: RuleSet
) -> None:
    ids = [save_one(vault, rules, "DK-41").id for _ in range(2)]
    for typed, code in (("2", 0), ("", 130)):
        with Screen(
            ["-m", "pathfinder", "sessions", "show", "DK-41"],
            environ={"PATHFINDER_DATA": str(vault.folder.parent)},
            rows=60,
        ) as screen:
            screen.wait("Passphrase:")
            screen.line(PASSPHRASE)
            screen.wait("Number:")
            assert all(id_ in screen.text for id_ in ids)
            screen.line(typed)
            assert screen.end() == code


# --- a follow-up --------------------------------------------------------------------------


@pytest.fixture
def before(vault: Vault, rules: RuleSet) -> kept.Session:
    answers: dict[str, Any] = {each.id: "skip" for each in rules.questions} | ANSWERS
    return save_one(vault, rules, "DK-41", answers, {"home": "a note of before"})


@pytest.mark.slow
def test_every_question_is_asked_again_with_the_answer_of_before_and_its_day(
    pathfinder: Run, vault: Vault, rules: RuleSet, before: kept.Session
) -> None:
    asked = ran(pathfinder, *QUIZ, "--from", "DK-41", stdin="adult\n" + "skip\n" * 60)
    assert asked.code == 0
    day = before.newest.saved[:10]
    steady = rules.question_by_id["home"].label("steady")
    assert f"On {day}: {steady}" in " ".join(asked.err.split())
    assert f"follow-up of session {before.id}" in asked.err
    (new,) = set(vault.stamps("sessions")) - {before.id}
    session = kept.read(vault, new)
    assert (session.client, session.follows, session.copy_of) == ("DK-41", before.id, "")
    assert session.newest.answers["home"] == "skip"
    assert session.newest.notes == {}
    assert kept.read(vault, before.id) == before
    assert before.id in ran(pathfinder, "sessions", "show", new).out


@pytest.mark.slow
def test_what_was_noted_judged_and_agreed_before_is_shown_with_its_day_and_not_taken_over(
    pathfinder: Run, vault: Vault, rules: RuleSet, before: kept.Session
) -> None:
    judged = Judgement(False, path="outpatient", reason="wait", line="The list is long.")
    plan = Agreed(program="Harbor House", next_contact="2026-12-05")
    kept.amend(vault, before, kept.Beside((), plan), judged, "Kim Osei")
    typed = "adult\n" + "skip\n" * 60
    asked = ran(pathfinder, *QUIZ, "--from", "DK-41", stdin=typed)
    said, day = " ".join(asked.err.split()), before.newest.saved[:10]
    assert "There is a note of an earlier day." in said
    assert "a note of before" not in said, "only who asks for it sees it"
    for told in (f"Judged on {day} by Kim Osei:", "The list is long.", "Harbor House",
                 f"Agreed before, on {day} by Kim Osei:"):  # fmt: skip
        assert told in said
    (new,) = set(vault.stamps("sessions")) - {before.id}
    newest = kept.read(vault, new).newest
    assert (newest.judgement, newest.agreed) == (None, None)
    draft = kept.begin(vault, "DK-41", follows=before.id)
    assert notes_before(vault, draft) == {"home": {f"On {day}": "a note of before"}}


@pytest.mark.slow
def test_a_follow_up_asks_what_became_of_what_was_agreed_and_only_an_answer_ends_what_is_due(
    pathfinder: Run,
    vault: Vault,
    rules: RuleSet,
    before: kept.Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begins, seconds = datetime.now(UTC), count(1)  # two sessions of one second have no order
    monkeypatch.setattr(
        "pathfinder.sessions.store.now",
        lambda: (begins + timedelta(seconds=next(seconds))).isoformat(timespec="seconds"),
    )
    steps = (StepWord("safe-place", "agreed"), StepWord("medical-evaluation", "done"))
    plan = Agreed(program="Harbor House", date="2001-12-03", next_contact="2001-12-05")
    kept.amend(vault, before, kept.Beside(steps, plan), None, "Kim Osei")
    title = next(step.title for step in rules.steps if step.id == "safe-place")
    answers: dict[str, Any] = {each.id: "skip" for each in rules.questions}
    questions = len(applicable(rules, answers | {"age_group": "adult"}))
    yes_no = (("appointment", "yes"), ("next_contact", "no"), ("safe-place", "no"))
    for typed, came in (("", ()), ("1\n2\n2\nTwo drinks, no more.\n", yes_no)):
        known = set(vault.stamps("sessions"))
        stdin = "adult\n" + "skip\n" * (questions - 1) + typed
        asked = ran(pathfinder, *QUIZ, "--from", before.id, stdin=stdin)
        said = " ".join(asked.err.split())
        assert asked.code == 0
        assert f"{LAST_TIME} {APPOINTMENT}: 2001-12-03." in said
        (new,) = set(vault.stamps("sessions")) - known
        assert kept.read(vault, new).newest.came == came
        due = ran(pathfinder, "sessions", "due").out
        assert (before.id in due) == (not came)
    assert f"{LAST_TIME} First step: {title}." in said
    assert f"{LAST_TIME} {NEXT_CONTACT}: 2001-12-05." in said
    assert kept.read(vault, new).newest.since == "Two drinks, no more."
    shown = " ".join(ran(pathfinder, "sessions", "show", new).out.split())
    assert f"Appointment, {CAME_ABOUT}: Yes" in shown
    assert f"Next contact, {CAME_ABOUT}: No" in shown
    assert f"{SINCE}: Two drinks, no more." in shown
    assert f"{title}, {CAME_ABOUT}: No" in shown
    note = " ".join(ran(pathfinder, "sessions", "note", new).out.split())
    assert re.search(r"Agreed last time: Appointment [^:]*(?::\d\d[^:]*)?: kept\. Outcome: _", note)
    assert "Next contact 2001-12-05: did not come about." in note
    assert "Agreed last time: A safe place to stay: did not come about." in note
    assert "Two drinks, no more." in note
    compared = " ".join(ran(pathfinder, "sessions", "compare", before.id, new).out.split())
    first = compared.partition("Answers that changed")[0]
    assert f"{CAME_OF_IT} Appointment, 2001-12-03: kept Next contact, 2001-12-05: not kept" in first
    assert f"First step: {title}: it didn't happen" in first
    assert f"{SINCE}: Two drinks, no more." in first
    assert compared.count(NO_NEW_PLAN) == 1
    assert "Harbor House" not in compared
    assert NOT_SAID not in compared.partition(NO_NEW_PLAN)[2]
    rows = csv.DictReader(io.StringIO(ran(pathfinder, "sessions", "export").out))
    assert {row["session"]: row["came"] for row in rows}[new] == (
        "appointment: yes; next_contact: no; safe-place: no"
    )


def test_no_word_about_the_medication_is_kept_or_compared_as_one_about_naloxone(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    opioids = {**ANSWERS, "substances": ["opioids"], "severity": "severe"}
    said = (StepWord("opioid-medication", "agreed"),)
    before = save_one(vault, rules, "K-412", opioids)
    update(vault, before.id, lambda newest: newest._replace(steps=said))
    after = save_one(vault, rules, "K-412", opioids)
    came = (("opioid-medication", "yes"),)
    done = (StepWord("opioid-medication", "done"),)
    update(vault, after.id, lambda newest: newest._replace(steps=done, came=came))
    compared = " ".join(ran(pathfinder, "sessions", "compare", before.id, after.id).out.split())
    assert "First step: Medication for opioid use" in compared
    assert "naloxone" not in compared
    shown = " ".join(ran(pathfinder, "sessions", "show", after.id).out.split())
    assert "Medication for opioid use: Done already" in shown
    assert f"Medication for opioid use, {CAME_ABOUT}: Yes" in shown


def test_one_session_and_one_that_is_begun_are_not_compared_and_the_line_says_why(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    save_one(vault, rules, "K-413")
    draft = kept.begin(vault, "K-413")
    kept.keep(vault, draft, {"age_group": "adult"}, {})
    one = ran(pathfinder, "sessions", "compare", "K-413")
    assert (one.code, one.out) == (2, "")
    assert "only one session is finished" in one.err
    assert f"pathfinder sessions resume {draft.id}" in " ".join(one.err.split())
    named = ran(pathfinder, "sessions", "note", "K-413")
    assert f"{draft.id} (" in named.err
    assert ", unfinished)" in " ".join(named.err.split())


class Script:
    """Lines in a test, typed one after the other."""

    typed = True

    def __init__(self, *lines: str) -> None:
        self.lines, self.said = list(lines), list[str]()

    def say(self, *texts: str, indent: str = "") -> None:
        self.said += texts

    def read(self, label: str) -> str | None:
        self.said.append(label)
        return self.lines.pop(0) if self.lines else None


@pytest.mark.parametrize(
    ("clock", "asked"),
    [
        ("2026-11-30T09:00:00+00:00", ()),
        ("2026-12-01T08:59:00+00:00", ("next_contact",)),
        ("2026-12-01T09:00:00+00:00", ("appointment", "next_contact")),
    ],
)
def test_what_is_still_to_come_is_asked_about_by_nobody(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch, clock: str, asked: tuple[str, ...]
) -> None:
    monkeypatch.setattr("pathfinder.sessions.judging.now", lambda: clock)
    plan = Agreed(date="2026-12-01", time="09:00", next_contact="2026-12-01")
    lines = Script(*["1"] * len(asked), "Sleeps better.")
    last = LastTime(lines, rules, kept.Beside(agreed=plan), kept.Beside(), follows=True)
    from_the_first(lines, last)
    assert last.came == tuple((key, "yes") for key in asked)
    assert last.since == "Sleeps better."


def test_what_has_been_since_is_asked_at_a_follow_up_alone_and_enter_keeps_it(
    rules: RuleSet,
) -> None:
    none = kept.Beside()
    first = LastTime(Script(), rules, none, none, follows=False)
    from_the_first(first._lines, first)
    assert first._lines.said == []
    lines = Script("")
    again = LastTime(lines, rules, none, none._replace(since="Sleeps better."), follows=True)
    from_the_first(lines, again)
    assert again.since == "Sleeps better."


@pytest.mark.slow
def test_the_answer_of_before_answers_nothing(
    pathfinder: Run, vault: Vault, before: kept.Session
) -> None:
    stopped = ran(pathfinder, *QUIZ, "--from", before.id, stdin="adult\n")
    assert stopped.code == 130
    (draft,) = vault.stamps("drafts")
    assert kept.resume(vault, draft).answers == {"age_group": "adult"}
    # Gone on with, it still shows what was said before.
    again = ran(pathfinder, "sessions", "resume", draft, stdin="quit\n")
    assert f"On {before.newest.saved[:10]}:" in again.err


@pytest.mark.slow
def test_a_known_code_is_told_and_from_a_pipe_asks_nothing(
    pathfinder: Run, vault: Vault, before: kept.Session
) -> None:
    stopped = ran(pathfinder, *QUIZ, stdin="dk-41\nadult\n")
    assert "There is an earlier session under dk-41" in stopped.err
    (draft,) = vault.stamps("drafts")
    assert kept.resume(vault, draft).answers == {"age_group": "adult"}
    assert kept.resume(vault, draft).follows == ""


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "follows"), [("2", True), ("1", False), ("", False)])
def test_at_a_terminal_a_known_code_offers_to_go_on_from_the_last_session(
    vault: Vault, rules: RuleSet, before: kept.Session, typed: str, follows: bool
) -> None:
    save_one(vault, rules, "DK-42")
    with Screen(
        ["-m", "pathfinder", *QUIZ, "--plain"],
        environ={"PATHFINDER_DATA": str(vault.folder.parent)},
        rows=60,
    ) as screen:
        screen.wait("Passphrase:")
        screen.line(PASSPHRASE)
        screen.wait("code:")
        screen.line("DK-41")
        screen.wait("Number:")
        screen.line(typed)
        screen.wait("answer:")
        screen.line("2")
        screen.wait("Question 2")
        screen.line("quit")
        assert screen.end() == 130
    (draft,) = vault.stamps("drafts")
    assert kept.resume(vault, draft).follows == (before.id if follows else "")


@pytest.mark.parametrize(
    "more",
    [("--answers", "x.yaml"), ("--draft", "x.yaml"), ("--resume", "x.yaml")],
    ids=lambda more: more[0],
)
def test_a_follow_up_goes_with_nothing_that_answers_for_the_client(
    pathfinder: Run, vault: Vault, before: kept.Session, more: tuple[str, ...]
) -> None:
    refused = ran(pathfinder, *QUIZ, "--from", before.id, *more)
    assert (refused.code, refused.out) == (2, "")
    assert pathfinder("quiz", "--from", before.id).code == 2


def test_a_menu_shows_the_answer_of_before_too(rules: RuleSet) -> None:
    from pathfinder.ask.interview import AskedQuestion

    question = rules.question_by_id["home"]
    setting = Setting(
        rules, region_of(rules, "us"), True, Earlier("2026-01-02", {"home": "steady"})
    )
    step = AskedQuestion(question, 1, 9, "Part", None, False)
    menu = question_menu(setting, step)
    assert any(text.startswith("On 2026-01-02:") for text in menu.extras)


@pytest.mark.slow
def test_a_follow_up_of_a_session_that_was_forgotten_is_told(
    pathfinder: Run, vault: Vault, before: kept.Session
) -> None:
    assert ran(pathfinder, *QUIZ, "--from", "nobody-9").code == 66
    draft = kept.begin(vault, "DK-41", follows=before.id)
    kept.forget(vault, before.id)
    gone_on = ran(pathfinder, "sessions", "resume", draft.id, stdin="adult\n")
    assert gone_on.code == 130
    assert kept.resume(vault, draft.id).answers == {"age_group": "adult"}
    with pytest.raises(PathfinderError):
        kept.read(vault, before.id)
