"""Figures for an agency: counted right, and none of them points to a person."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from hypothesis import example, given
from hypothesis import strategies as st
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder.engine.ruleset import RuleSet
from pathfinder.render.layout import plain_text
from pathfinder.sessions import messages
from pathfinder.sessions.index import Line
from pathfinder.sessions.listing import (
    AGREE_ON_ONE,
    NO_DAY_AGREED,
    due,
    expired,
    kept_until,
    table,
    unpromised,
)
from pathfinder.sessions.model import Agreed, Beside, Judgement, Session, StepWord
from pathfinder.sessions.report import (
    KIND_OPEN,
    PARTS,
    _parts,
    figures_by_month,
    report_page,
    what_became,
    withheld,
)
from pathfinder.sessions.serialize import session_bytes
from pathfinder.sessions.store import amend
from pathfinder.vault import Vault

TODAY = date(2026, 11, 28)
OTHERWISE = Judgement(False, path="outpatient", reason="wait")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path))
    return make_vault(tmp_path / "vault")


def ran(pathfinder: Run, *args: str) -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(PASSPHRASE))


def many(vault: Vault, rules: RuleSet, number: int, begun: str = "", **more: Any) -> list[Session]:
    saved = [save_one(vault, rules, f"C-{place}", **more) for place in range(number)]
    if begun:
        saved = [each._replace(begun=begun) for each in saved]
        with vault.writer() as writer:
            for each in saved:
                writer.write("sessions", each.id, session_bytes(each))
    return saved


def told(rules: RuleSet, sessions: list[Session], part: str, least: int = 1) -> dict[str, Any]:
    (month,) = figures_by_month(rules, sessions, least, TODAY)
    return {each.value: each.number for each in month.parts[part]}


def test_each_intake_is_counted_once_in_every_part(vault: Vault, rules: RuleSet) -> None:
    agrees = many(vault, rules, 3, judgement=Judgement(True))
    otherwise = many(vault, rules, 2, judgement=OTHERWISE)
    held = many(vault, rules, 1, answers={**ANSWERS, "self_harm": "plan"})
    every = [*agrees, *otherwise, *held]
    for part in PARTS:
        assert sum(told(rules, every, part).values()) == 6
    assert told(rules, every, "held") == {"held": 1, "not-held": 5}
    assert told(rules, every, "tool_path")["held"] == 1  # three answers are no finding
    assert told(rules, every, "judgement") == {"agrees": 3, "otherwise": 2, "open": 1}
    assert told(rules, every, "reason") == {"": 4, "wait": 2}
    top = agrees[0].given["ranked"][0]["path"]
    assert told(rules, every, "own_path") == {top: 3, "outpatient": 2, "": 1}
    level = rules.path_by_id["outpatient"].level
    assert told(rules, every, "own_level")[level] >= 2


def test_intakes_are_counted_in_the_month_in_which_they_began(vault: Vault, rules: RuleSet) -> None:
    sessions = [
        *many(vault, rules, 2, "2025-12-31T12:00:00+00:00"), *many(vault, rules, 1, "2024"),
        *many(vault, rules, 1, "2026-01-15T12:00:00+00:00"), *many(vault, rules, 1, "no time"),
    ]  # fmt: skip
    months = figures_by_month(rules, sessions, 1, TODAY)
    assert [(each.month, each.intakes) for each in months] == [
        ("", 1), ("2024", 1), ("2025-12", 2), ("2026-01", 1),
    ]  # fmt: skip


def test_a_month_of_too_few_tells_nothing_of_them(vault: Vault, rules: RuleSet) -> None:
    (month,) = figures_by_month(rules, many(vault, rules, 4), 5, TODAY)
    assert (month.intakes, month.parts) == (None, {})


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 30), min_size=1),
    st.integers(1, 12),
)
@example({"a": 1, "b": 1, "c": 9}, 5)  # two of them, and still one each
@example({"a": 2, "b": 9, "c": 7}, 5)
def test_no_small_number_is_told_or_can_be_worked_out(counts: dict[str, int], least: int) -> None:
    """The whole is known: what is held back must be of several values, and together not small."""
    whole = sum(counts.values())
    if whole < least:
        return  # such a month isn't told at all
    hidden = withheld(counts, least)
    assert all(number >= least for value, number in counts.items() if value not in hidden)
    if hidden:
        assert len(hidden) > 1
        assert sum(counts[value] for value in hidden) >= least
    assert hidden or all(number >= least for number in counts.values())


@pytest.mark.slow
def test_what_is_held_back_is_said_to_be_so_and_no_number_of_it_is_on_the_page(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    many(vault, rules, 9, judgement=Judgement(True))
    many(vault, rules, 6, judgement=OTHERWISE)
    many(vault, rules, 2)
    page = ran(pathfinder, "report")
    assert page.code == 0
    words = " ".join(page.out.split())
    assert "Intakes: 17" in words
    assert "agrees: 9; held back: left open, otherwise." in words
    rows = list(csv.DictReader(io.StringIO(ran(pathfinder, "report", "--format", "csv").out)))
    judged = {row["value"]: row["sessions"] for row in rows if row["what"] == "judgement"}
    assert judged == {"agrees": "9", "otherwise": "held back", "open": "held back"}
    (tmp_path / "config.yaml").write_text("smallest_count: 2\n")
    assert "left open: 2" in " ".join(ran(pathfinder, "report").out.split())


def test_a_report_holds_no_code_no_id_and_no_day(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    judgement = Judgement(False, path="outpatient", reason="wait", line="CANARY")
    saved = many(vault, rules, 6, notes={"home": "CANARY"}, judgement=judgement)
    for form in ("text", "csv"):
        out = ran(pathfinder, "report", "--format", form).out
        assert out
        for word in ("CANARY", saved[0].id, "C-1", saved[0].begun[:10]):
            assert word not in out


@pytest.mark.slow
def test_a_hostile_word_in_a_session_steers_no_terminal_and_no_spreadsheet(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    bad = Judgement(False, path="=cmd()\x1b[2J", level="\x1b]0;x\x07", reason="@x\u202e")
    many(vault, rules, 6, begun="\x1b[2J", judgement=bad)
    for form in ("text", "csv"):
        ran_ = ran(pathfinder, "report", "--format", form)
        assert ran_.code == 0
        assert not set(ran_.out + ran_.err) & set("\x1b\x07\u202e")
        assert not any(cell.startswith(("=", "@")) for row in csv.reader(io.StringIO(ran_.out))
                       for cell in row)  # fmt: skip


def test_without_a_session_nothing_is_counted(pathfinder: Run, vault: Vault) -> None:
    ran_ = ran(pathfinder, "report")
    assert (ran_.code, ran_.out) == (0, "")
    assert ran(pathfinder, "report", "--output", "x").code == 2


def dated(session: Session, *savings: tuple[str, str]) -> Session:
    """The session with one revision a saving: when it was, and the next contact agreed then."""
    return session._replace(
        revisions=tuple(
            [
                session.newest._replace(number=number, saved=saved, agreed=Agreed(next_contact=on))
                for number, (saved, on) in enumerate(savings, start=1)
            ]
        )
    )


NOON = "T12:00:00+00:00"


@pytest.mark.parametrize(
    ("on", "told", "became"),
    [
        ("2026-11-08", [], "untold"),
        ("2026-12-08", [], "ahead"),
        ("2026-11-28", [], "ahead"),  # today is not over
        ("2026-11-08", ["yes"], "made"),
        ("2026-11-08", ["no"], "missed"),
        ("2026-11-08", ["unsure"], "unsure"),
        ("2026-12-08", ["yes"], "made"),  # earlier than was agreed
        ("2026-11-08", [""], "untold"),  # came by, and nobody said what became of the call
        ("2026-11-08", ["no", "yes"], "made"),  # the last word counts
        ("", [], ""),
        ("someday", ["yes"], ""),
    ],
)
def test_a_next_contact_was_made_only_if_a_follow_up_was_told_so(
    vault: Vault, rules: RuleSet, on: str, told: list[str], became: str
) -> None:
    one, other = many(vault, rules, 2)
    # Saved again on a later day: a slip mended is no call that was made.
    first = dated(one, (f"2026-11-01{NOON}", on), (f"2026-11-09{NOON}", on))
    follow_ups = [
        _telling(other, f"2026-11-{day}{NOON}", first.id, {"contact": word} if word else {})
        for day, word in enumerate(told, start=10)
    ]
    stranger = _telling(other, f"2026-11-20{NOON}", "", {"contact": "yes"})
    assert what_became(first, [first, *reversed(follow_ups), stranger], TODAY) == became


def _telling(session: Session, saved: str, follows: str, came: dict[str, str]) -> Session:
    newest = session.newest._replace(saved=saved, came=tuple(came.items()))
    return session._replace(follows=follows, revisions=(newest,))


def test_a_step_that_was_agreed_on_is_taken_only_if_a_follow_up_was_told_so(
    vault: Vault, rules: RuleSet
) -> None:
    sessions = many(vault, rules, 5, answers={**ANSWERS, "home": "none"})
    words = ("agreed", "agreed", "agreed", "declined", "agreed")
    steps = [StepWord("safe-place", word) for word in words]
    sessions = [
        amend(vault, each, Beside(steps=(step,)), None)
        for each, step in zip(sessions, steps, strict=True)
    ]
    told_of = zip(sessions, ("yes", "no", "unsure", "yes"), strict=False)
    follow_ups = [
        _telling(save_one(vault, rules, each.client), each.newest.saved, each.id,
                 {"safe-place": word})
        for each, word in told_of
    ]  # fmt: skip
    assert told(rules, [*sessions, *follow_ups], "step:safe-place") == {
        "agreed: yes": 1, "agreed: no": 1, "agreed: unsure": 1, "declined": 1, "agreed": 1,
    }  # fmt: skip
    months = figures_by_month(rules, [*sessions, *follow_ups], 1, TODAY)
    page = plain_text(report_page(rules, months, 1), 10**6)
    assert "agreed, and it didn't happen: 1" in page


def test_what_is_due_is_what_was_agreed_last_with_each_client() -> None:
    def line(
        id_: str, client: str, saved: str, on: str, state: str = "saved", answered: bool = False
    ) -> Line:
        when = f"{saved}{NOON}"
        return Line(id_, state, client, when, next_contact=on, contact_answered=answered)

    lines = [
        line("a", "C-1", "2026-11-01", "2026-11-08"),
        line("b", "c-1", "2026-11-10", "2026-12-01"),
        line("c", "C-2", "2026-11-01", "2026-11-02"),
        line("d", "C-3", "2026-11-01", "2026-11-02"),
        line("e", "C-3", "2026-11-02", "", answered=True),
        line("g", "C-5", "2026-11-01", "2026-11-03"),
        line("h", "C-5", "2026-11-02", ""),  # came by, and nobody said what became of the call
        line("i", "C-6", "2026-11-01", "2026-11-02"),
        line("j", "C-6", "2026-11-02", "2026-12-02", answered=True),
        line("f", "C-4", "2026-11-01", "2026-11-02", "unfinished"),
    ]
    found = [(each.line.id, each.days) for each in due(lines, TODAY)]
    assert found == [("c", -26), ("g", -25), ("b", 3), ("j", 4)]


def test_due_lists_what_was_agreed_by_a_command(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    nothing = ran(pathfinder, "due")
    assert (nothing.code, nothing.out) == (0, "")
    session = save_one(vault, rules, "C-1")
    amend(vault, session, Beside(agreed=Agreed(phone="555-0142", next_contact="2001-02-03")), None)
    listed = ran(pathfinder, "due")
    assert (listed.code, listed.out.split()[0], session.id in listed.out) == (0, "2001-02-03", True)
    assert "days ago" in listed.out
    assert listed.out.split()[-1] == "555-0142"


def test_a_held_intake_is_named_until_a_contact_is_agreed_or_another_came_through() -> None:
    def line(id_: str, client: str, begun: str, saved: str = "", **more: Any) -> Line:
        return Line(id_, "saved", client, f"{saved or begun}{NOON}", begun=f"{begun}{NOON}", **more)

    lines = [
        line("a", "C-1", "2026-11-01", held=True),
        line("b", "C-2", "2026-11-01", held=True, next_contact="2026-11-02"),
        line("c", "C-3", "2026-11-01", held=True),
        line("d", "c-3", "2026-11-05"),  # came again, and it came through
        line("e", "C-4", "2026-11-02", held=True),
        line("f", "C-4", "2026-11-01", "2026-11-05"),  # an older one, only written on since
        line("g", "C-5", "2026-11-02", held=True),
        line("h", "C-5", "2026-11-01", "2026-11-05", next_contact="2026-11-09"),
        line("i", "C-6", "2026-11-01", held=True),
        line("j", "C-6", "2026-11-03", held=True, next_contact="2026-11-09"),
        line("k", "C-7", "2026-11-02", held=True),
        line("l", "C-7", "2026-11-01", next_contact="2026-11-30"),  # agreed before the danger
    ]
    assert [each.id for each in unpromised(lines)] == ["k", "e", "a"]


def test_due_names_who_was_stopped_for_safety_and_is_promised_no_call(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    held = save_one(vault, rules, "C-9", {**ANSWERS, "self_harm": "plan"})
    listed = ran(pathfinder, "due")
    assert listed.out.split("  ")[0] == NO_DAY_AGREED
    assert (held.id in listed.out, listed.out.count("\n")) == (True, 1)
    assert AGREE_ON_ONE in listed.err
    amend(vault, held, Beside(agreed=Agreed(next_contact="2001-02-03")), None)
    listed = ran(pathfinder, "due")
    assert (listed.out.split()[0], listed.out.count("\n")) == ("2001-02-03", 1)
    assert AGREE_ON_ONE not in listed.err


def test_first_steps_are_counted_by_what_became_of_them(vault: Vault, rules: RuleSet) -> None:
    answers = {**ANSWERS, "home": "none"}
    sessions = many(vault, rules, 4, answers=answers)
    words = [StepWord("safe-place", "done")] * 2 + [StepWord("safe-place", "declined", "cost")]
    for place, word in enumerate(words):
        sessions[place] = amend(vault, sessions[place], Beside(steps=(word,)), None)
    sessions += many(vault, rules, 3)
    assert told(rules, sessions, "step:safe-place") == {"done": 2, "declined": 1, "": 1}


# --- the list ---------------------------------------------------------------------------------


def test_the_list_says_in_words_what_the_counselor_decided(rules: RuleSet) -> None:
    def decided(width: int | None = None, **fields: Any) -> str:
        line = Line("k7f2mzq4xw", "saved", "M-207", f"2026-11-28{NOON}", 1, **fields)
        return table(rules, [line], width).partition("\n")[2]

    dual, level = rules.path_by_id["iop-dual-diagnosis"], rules.levels[3]
    for fields, words in (
        ({"path": dual.id, "judgement": "agrees"}, f"agrees: {dual.brief}"),
        ({"path": dual.id}, f"no judgement; Pathfinder: {dual.brief}"),
        ({"path": dual.id, "judgement": "otherwise", "own": "outpatient"},
         f"otherwise: {rules.path_by_id['outpatient'].name}"),
        ({"path": dual.id, "judgement": "otherwise", "own": level.id}, f"otherwise: {level.name}"),
        ({"path": dual.id, "judgement": "otherwise", "own": "withdrawal-management"},
         "otherwise: Withdrawal management first"),
        ({"judgement": "otherwise", "own": "x\x1b[2J"}, "otherwise: x"),
        ({"path": dual.id, "held": True}, messages.HELD),
    ):  # fmt: skip
        row = decided(**fields)
        assert row.rstrip("\n").partition("  1    ")[2].startswith(words)
        assert "\x1b" not in row
        for width in (79, 39):
            shown = decided(width, **fields)
            assert words in " ".join(shown.split())
            assert max(map(len, shown.splitlines()[1:] or [""])) <= width


def test_in_a_terminal_what_was_decided_wraps_under_its_own_head_within_eighty(
    rules: RuleSet,
) -> None:
    line = Line("k7f2mzq4xw", "saved", "M-207", f"2026-11-28{NOON}", 1, "iop-dual-diagnosis")
    shown = table(rules, [line], 79).splitlines()
    assert all(len(each) <= 79 for each in shown)
    at = shown[0].index("what was decided")
    assert len(shown) == 3
    assert shown[2][:at].strip() == ""
    assert shown[2][at] != " "
    in_lines = table(rules, [line]).splitlines()
    assert len(in_lines) == 2


# --- how long ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("saved", "years", "until"),
    [
        ("2019-03-05T12:00:00+00:00", 7, date(2026, 3, 5)),
        ("2020-02-29T12:00:00+00:00", 1, date(2021, 2, 28)),
        ("2019", 7, date(2026, 12, 31)),
        ("9990-01-01T12:00:00+00:00", 100, date(9999, 2, 28)),
        ("no time", 7, None),
    ],
)
def test_the_time_counts_from_the_last_saving(saved: str, years: int, until: date | None) -> None:
    assert kept_until(saved, years) == until


def test_what_has_stood_too_long_is_listed_the_longest_first_and_nothing_goes() -> None:
    lines = [
        Line("a", "saved", "C-1", "2019-01-01T12:00:00+00:00"),
        Line("b", "unfinished", "C-2", "2018-01-01T12:00:00+00:00"),
        Line("c", "saved", "C-3", "2025-01-01T12:00:00+00:00"),
        Line("d", "damaged"),
    ]
    found = expired(lines, 7, date(2026, 11, 28))
    assert [each.line.id for each in found] == ["b", "a"]
    assert expired(lines, 7, date(2026, 1, 1)) == found[:1]  # its last day is still its own


def test_expired_sessions_are_told_by_a_command_that_removes_nothing(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    (session,) = many(vault, rules, 1)
    assert ran(pathfinder, "expired").code == 2
    (tmp_path / "config.yaml").write_text("keep_years: 7\n")
    nothing = ran(pathfinder, "expired")
    assert (nothing.code, nothing.out) == (0, "")
    year = int(session.newest.saved[:4]) + 7
    assert f"Kept until: {year}" in ran(pathfinder, "show", session.id).out
    old = session.newest._replace(saved="2001-01-01T12:00:00+00:00")
    with vault.writer() as writer:
        writer.write("sessions", session.id, session_bytes(session._replace(revisions=(old,))))
    listed = ran(pathfinder, "expired")
    assert (listed.code, listed.out.split()[:2]) == (0, [session.id, "C-0"])
    assert "2008-01-01" in listed.out
    assert kept.read(vault, session.id)


def test_a_level_agreed_with_counts_as_agreement_on_the_level_and_names_no_path(
    rules: RuleSet, vault: Vault
) -> None:
    session = save_one(vault, rules)
    level = session.given["ranked"][0]["level"]
    agreed = amend(vault, session, Beside(), Judgement(True, level=level))
    parts = _parts(rules, agreed, {})
    assert (parts["judgement"], parts["own_level"]) == ("agrees", parts["tool_level"])
    assert parts["own_path"] == KIND_OPEN
