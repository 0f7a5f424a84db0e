"""What is agreed with a client: asked in lines, or taken from a file, and never half."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from stages_alone import ask_agreed, ask_done, ask_steps
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder.ask.terminal import Lines
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError
from pathfinder.sessions import messages
from pathfinder.sessions.agreeing import (
    BEHIND_IT,
    BEHIND_IT_KINDLY,
    FIELDS,
    HOW,
    LEAVES_OPEN,
    NOTHING_AGREED,
    TELLS_OF,
    Agreeing,
    Steps,
    WhatWasDone,
    later,
)
from pathfinder.sessions.choices import DONE, STEP_WORDS, check_clock, check_when, day_typed
from pathfinder.sessions.model import Agreed, Held, Judgement, StepWord, step_titles
from pathfinder.sessions.prompts import DAY_ALONE, from_the_first
from pathfinder.vault import Vault

WITH_STEP = ANSWERS | {"withdrawal": "hard", "frequency": "every_day", "self_harm": "none"}
PLAN_TO_DIE = {"age_group": "adult", "danger": ("none",), "self_harm": "plan"}
GIVEN: dict[str, Any] = {"first": [{"id": "medical-evaluation"}, {"id": "safe-place"}]}
AGREED = Agreed("Harbor House", "client", "555 0100", "2026-12-03", "14:30", "Main St",
                ("ID", "medicines"), "2026-12-05")  # fmt: skip
TYPED = ("1", "Harbor House", "client", "555 0100", "2026-12-03", "14:30", "Main St",
         "ID; medicines", "2026-12-05", "", "")  # fmt: skip


class Script:
    """Lines in a test. `KeyboardInterrupt` stands for Ctrl-C, the end for that of the input."""

    typed = True

    def __init__(self, *lines: str | type[BaseException]) -> None:
        self.lines = list(lines)
        self.said: list[str] = []

    def say(self, *texts: str, indent: str = "") -> None:
        self.said += texts

    def read(self, label: str) -> str | None:
        self.said.append(label)
        if not self.lines:
            return None
        line = self.lines.pop(0)
        if not isinstance(line, str):
            raise line
        return line


def test_each_first_step_is_agreed_done_or_refused_with_a_reason(rules: RuleSet) -> None:
    found = ask_steps(Script("1", "3", "4"), rules, GIVEN)
    assert found == (
        StepWord("medical-evaluation", "agreed"),
        StepWord("safe-place", "declined", "cost"),
    )
    assert ask_steps(Script("2", ""), rules, GIVEN) == (StepWord("medical-evaluation", "done"),)


def test_enter_keeps_what_was_said_of_a_step_and_so_does_the_end_of_the_input(
    rules: RuleSet,
) -> None:
    before = (StepWord("safe-place", "declined", "cost"), StepWord("prenatal-care", "done"))
    for typed in (("", ""), (), ("", "3"), ("", KeyboardInterrupt)):
        assert ask_steps(Script(*typed), rules, GIVEN, before) == before[:1], typed


def test_a_refusal_without_a_reason_is_none(rules: RuleSet) -> None:
    assert ask_steps(Script("3", "", "3", "99", "x", "0"), rules, GIVEN) == ()


def test_what_is_agreed_is_asked_line_by_line() -> None:
    assert ask_agreed(Script(*TYPED), "k7f2mzq4xw") == AGREED
    left_out = ask_agreed(Script(*TYPED[:-1], "2"), "k7f2mzq4xw")
    assert left_out == AGREED._replace(with_ranking=False)


@pytest.mark.parametrize("typed", [(), ("",), ("2",), TYPED[:5], (*TYPED[:5], KeyboardInterrupt)])
@pytest.mark.parametrize("before", [None, AGREED._replace(program="Elm Street")])
def test_half_a_plan_is_no_plan(typed: Sequence[Any], before: Agreed | None) -> None:
    assert ask_agreed(Script(*typed), "k7f2mzq4xw", before) == before


def test_enter_keeps_a_line_and_a_hyphen_takes_it_away() -> None:
    lines = Script("1", "", "-", "", "-", "", "", "", "", "")
    found = ask_agreed(lines, "k7f2mzq4xw", AGREED)
    # Without a day there is no time to keep, and none is asked.
    assert found == AGREED._replace(calls="", date="", time="")


def test_a_day_with_a_slip_is_told_and_typed_again() -> None:
    lines = Script(*TYPED[:4], "3 December", "2026-13-01", *TYPED[4:])
    assert ask_agreed(lines, "k7f2mzq4xw") == AGREED
    assert any("2026-12-03" in line and "3 December" in line for line in lines.said)
    assert any("calendar" in line for line in lines.said)


def test_what_was_done_is_kept_line_by_line_even_if_the_rest_is_never_typed() -> None:
    held = Held("self_harm", 3, {"called": "the crisis line"})
    for end in ((), (KeyboardInterrupt,)):
        found = ask_done(Script("", "I stayed", "", *end), held)
        assert found.done == {"stayed": "I stayed", "called": "the crisis line"}


def test_back_leads_to_the_question_before_and_loses_nothing(rules: RuleSet) -> None:
    found = ask_steps(Script("1", "back", "", "2"), rules, GIVEN)
    assert found == (StepWord("medical-evaluation", "agreed"), StepWord("safe-place", "done"))
    again = ask_steps(Script("1", "3", "back", "3", "4"), rules, GIVEN)
    assert again[1] == StepWord("safe-place", "declined", "cost")
    refused = ask_steps(Script("3", "4", "back", "back", "1", "2"), rules, GIVEN)
    assert refused == (StepWord("medical-evaluation", "agreed"), StepWord("safe-place", "done"))
    typed = (*TYPED[:4], "back", "back", "", "555 0199", *TYPED[4:])
    assert ask_agreed(Script(*typed), "k7f2mzq4xw") == AGREED._replace(phone="555 0199")


def test_back_before_the_first_question_says_so_and_asks_it_again(rules: RuleSet) -> None:
    lines = Script("back", "2", "")
    assert ask_steps(lines, rules, GIVEN) == (StepWord("medical-evaluation", "done"),)
    assert messages.FIRST_QUESTION in lines.said
    done = Script("BACK", "I stayed")
    assert ask_done(done, Held("self_harm", 3, {})).done == {"where": "I stayed"}


def test_esc_alone_at_a_terminal_is_back_and_never_enter(rules: RuleSet) -> None:
    class Typed(Script):
        escaped = False

        def read(self, label: str) -> str | None:
            line = super().read(label)
            self.escaped = line == "\x1b"
            return "" if self.escaped else line

    before = (StepWord("safe-place", "declined", "cost"),)
    found = ask_steps(Typed("1", "\x1b", "2", ""), rules, GIVEN, before)
    assert found == (StepWord("medical-evaluation", "done"), *before)
    sent = io.BytesIO(b"\x1b\n\n\x1b[A\nback\n")
    lines = Lines(sent, io.StringIO(), typed=False)
    assert [(lines.read(""), lines.escaped) for _ in range(4)] == [
        ("", True), ("", False), ("", False), ("back", False),
    ]  # fmt: skip


def test_a_step_can_be_left_open_again_by_its_own_line(rules: RuleSet) -> None:
    before = (StepWord("medical-evaluation", "done"),)
    lines = Script("4", "")
    assert ask_steps(lines, rules, GIVEN, before) == ()
    assert f"4. {messages.LEAVE_OPEN}" in lines.said
    assert messages.enter_keeps(STEP_WORDS["done"]) in lines.said


def test_what_was_agreed_before_is_shown_with_its_day_before_it_is_asked_again() -> None:
    lines = Script("")
    plan = Agreeing(lines, "k7f2mzq4xw", AGREED, "on 2026-11-20 by Kim")
    from_the_first(lines, plan)
    assert plan.agreed == AGREED
    assert lines.said[0] == "Agreed before, on 2026-11-20 by Kim:"
    assert any("Harbor House" in line for line in lines.said)
    earlier = Script("")
    shown = Agreeing(earlier, "k7f2mzq4xw", None, "on 2026-11-20", AGREED)
    from_the_first(earlier, shown)
    assert shown.agreed is None, "that of another session is shown and not taken over"
    assert any("Harbor House" in line for line in earlier.said)


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [("14:05", "14:05"), ("9:15", "09:15"), ("2026-12-03 14:05", "2026-12-03 14:05"),
     ("2026-12-03T9:15", "2026-12-03 09:15"), ("", ""), ("2:05 pm", "14:05"),
     ("2026-12-03 9 am", "2026-12-03 09:00")],
)  # fmt: skip
def test_when_that_was_is_a_time_or_a_day_and_a_time(typed: str, kept_as: str) -> None:
    assert check_when(typed) == kept_as


@pytest.mark.parametrize(
    "typed", ["after lunch", "25:00", "14:5", "2026-13-01 14:05", "2026-12-03", "14:05 14:06"]
)
def test_when_that_was_is_told_in_one_line_where_it_does_not_fit(typed: str) -> None:
    with pytest.raises(PathfinderError, match="14:05 to 14:40, or 2026-12-03 14:05") as told:
        check_when(typed)
    assert "\n" not in str(told.value)
    lines = Script(*[""] * (len(DONE) - 1), typed, "14:05")
    assert ask_done(lines, Held("self_harm", 3, {})).done == {"time": "14:05"}
    assert str(told.value) in lines.said


def test_what_was_done_has_a_way_back_line_by_line() -> None:
    held = ask_done(Script("", "Kim", "the crisis line", "back", "988", "yes"), Held("", 3, {}))
    assert held.done == {"stayed": "Kim", "called": "988", "supervisor": "yes"}


def test_after_a_stop_it_is_asked_first_where_the_client_is_and_a_number_to_call_back() -> None:
    assert next(iter(DONE)) == "where"
    held = ask_done(Script("in her car, Lot 4; 555-0166"), Held("self_harm", 3, {}))
    assert held.done == {"where": "in her car, Lot 4; 555-0166"}


def test_what_enter_does_to_a_line_of_what_was_done_is_true_of_it() -> None:
    new, again = Script(), Script()
    ask_done(new, Held("self_harm", 3, {}))
    ask_done(again, Held("self_harm", 3, {"stayed": "Kim"}))
    assert LEAVES_OPEN in new.said
    assert HOW not in new.said
    assert HOW in again.said
    assert LEAVES_OPEN not in again.said


def test_after_what_was_done_the_next_contact_is_asked_and_may_be_left_out() -> None:
    held, nothing = Held("self_harm", 3, {}), [""] * len(DONE)
    for typed, on in (("2026-12-05", "2026-12-05"), ("", "")):
        done = WhatWasDone(Script(*nothing, typed), held, Agreed(phone="555 0100"))
        from_the_first(done._lines, done)
        assert done.agreed == Agreed(phone="555 0100", next_contact=on)
    back = WhatWasDone(Script(*nothing, "back", "14:10", "2026-12-05"), held, Agreed())
    from_the_first(back._lines, back)
    assert (back.held.done, back.agreed) == ({"time": "14:10"}, Agreed(next_contact="2026-12-05"))
    stopped = WhatWasDone(Script("", "Kim", KeyboardInterrupt), held, Agreed())
    from_the_first(stopped._lines, stopped)
    assert (stopped.held.done, stopped.agreed) == ({"stayed": "Kim"}, Agreed())


def test_three_lines_that_are_no_choice_say_that_nothing_was_written_and_how_to_do_it() -> None:
    lines = Script("y", "yes", "0")
    assert ask_agreed(lines, "k7f2mzq4xw") is None
    assert lines.said[-1] == f"{NOTHING_AGREED} {later('k7f2mzq4xw')}"
    again = Script("y", "yes", "0")
    assert ask_agreed(again, "k7f2mzq4xw", AGREED) == AGREED
    assert again.said[-1] == messages.STAYS_OPEN


def test_where_no_result_stands_nobody_is_asked_what_becomes_of_it() -> None:
    lines = Script(*TYPED[:-1])
    plan = Agreeing(lines, "k7f2mzq4xw", None, has_result=False)
    from_the_first(lines, plan)
    assert plan.agreed == AGREED
    assert not any(BEHIND_IT in line for line in lines.said)


TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-04", "2026-12-04"), ("12/4/2026", "2026-12-04"), ("4/12/2026", "2026-12-04"),
        ("12/4/26", "2026-12-04"), ("4.12.2026", "2026-12-04"), ("12-04-2026", "2026-12-04"),
        ("12/31/2026", "2026-12-31"), ("31/12/2026", "2026-12-31"), ("5/5/2027", "2027-05-05"),
        ("11/28/2026", "2026-11-28"), ("Dec 4 2026", "2026-12-04"), ("4 Dec 2026", "2026-12-04"),
        ("december 4th, 2026", "2026-12-04"),
        ("Friday 4 December 2026", "2026-12-04"), ("Fri, Dec 4 2026", "2026-12-04"),
        ("fri. 12/4/2026", "2026-12-04"), ("Friday, 2026-12-04", "2026-12-04"),
        ("4. Sept. 2027", "2027-09-04"), ("", ""),
    ],
)  # fmt: skip
def test_a_day_is_taken_as_people_type_it_where_it_can_be_one_day_alone(
    typed: str, day: str
) -> None:
    assert day_typed(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12/4/2027", ("2027-04-12", "Monday, 12 April 2027", "2027-12-04",
                       "Saturday, 4 December 2027")),
        ("11/27/2026", ("over", "2026-11-27")), ("12/4/2020", ("over", "2020-04-12", "2020-12-04")),
        ("13/13/2026", ("calendar",)), ("Feb 30 2027", ("calendar",)),
        ("Foo 3 2027", ("2026-12-03",)),
        ("Tuesday 4 December 2026", ("2026-12-04", "Friday, 4 December 2026")),
        ("Frog 4 December 2026", ("2026-12-03",)), ("Friday", ("2026-12-03",)),
        ("12/4", ("2026-12-03",)), ("3 December", ("2026-12-03",)), ("Mon", ("2026-12-03",)),
    ],
)  # fmt: skip
def test_a_day_that_can_be_two_or_none_is_never_guessed(typed: str, told: tuple[str, ...]) -> None:
    with pytest.raises(PathfinderError) as error:
        day_typed(typed, TODAY)
    assert all(word in str(error.value) for word in told)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("14:30", "14:30"), ("9:15", "09:15"), ("6:40 pm", "18:40"), ("6:40pm", "18:40"),
        ("6:40 P.M.", "18:40"), ("9 am", "09:00"), ("9AM", "09:00"), ("18.40", "18:40"),
        ("12 pm", "12:00"), ("12:05 am", "00:05"), ("0:05", "00:05"), ("", ""),
        ("9 in the morning", "09:00"), ("9:15 in the morning", "09:15"), ("Noon", "12:00"),
        ("3 in the afternoon", "15:00"), ("12:30 in the afternoon", "12:30"),
        ("7.30 in the  evening", "19:30"), ("12 noon", "12:00"),
    ],
)  # fmt: skip
def test_a_time_is_taken_as_people_type_it(typed: str, clock: str) -> None:
    assert check_clock(typed) == clock


@pytest.mark.parametrize(
    "typed",
    [
        "9",
        "13 pm",
        "0 am",
        "24:00",
        "18.4",
        "6:60 pm",
        "noonish",
        "12 in the evening",
        "12 in the morning",
        "14 in the afternoon",
        "7:75 in the evening",
        "at night",
    ],
)
def test_a_time_that_could_be_two_or_none_is_told(typed: str) -> None:
    with pytest.raises(PathfinderError, match="14:30, or 2:30 pm"):
        check_clock(typed)


def test_what_is_taken_for_a_day_or_a_time_is_said_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathfinder.sessions.prompts.now", lambda: "2026-11-28T10:00:00+00:00")
    typed = [*TYPED[:4], "12/3/2026", "2:30 pm", *TYPED[6:]]
    lines = Script(*typed)
    assert ask_agreed(lines, "k7f2mzq4xw") == AGREED
    assert "Thursday, 3 December 2026." in lines.said
    assert "Thursday, 3 December 2026, 14:30 (2:30 pm)." in lines.said
    assert "Saturday, 5 December 2026." in lines.said
    kept_as_it_is = Script("1", *[""] * len(FIELDS), "")
    assert ask_agreed(kept_as_it_is, "k7f2mzq4xw", AGREED) == AGREED
    assert not any("December" in line for line in kept_as_it_is.said)


@pytest.mark.parametrize(
    "typed",
    ["Thursday 3 December 2026 at 14:30", "2026-12-03 14:30", "3 Dec 2026, 2:30 pm",
     "Dec 3, 2026 at 2:30 in the afternoon"],
)  # fmt: skip
def test_a_time_typed_behind_the_day_is_taken_and_stands_at_the_next_question(typed: str) -> None:
    lines = Script(*TYPED[:4], typed, "", *TYPED[6:])
    assert ask_agreed(lines, "k7f2mzq4xw") == AGREED
    assert f"{FIELDS['time']} (14:30):" in lines.said


def test_a_next_contact_has_no_time_and_says_so() -> None:
    lines = Script(*TYPED[:8], "2026-12-05 at 10:30", *TYPED[8:])
    assert ask_agreed(lines, "k7f2mzq4xw") == AGREED
    assert f"{DAY_ALONE} 2026-12-05" in lines.said


def test_enter_at_the_plan_says_that_it_was_left_for_later_and_how() -> None:
    lines = Script("")
    assert ask_agreed(lines, "k7f2mzq4xw") is None
    assert lines.said[-1] == f"{NOTHING_AGREED} {later('k7f2mzq4xw')}"


def test_a_second_stage_is_kept_with_the_plan() -> None:
    lines = Script(*TYPED[:-2], "Evening program", "")
    assert ask_agreed(lines, "k7f2mzq4xw") == AGREED._replace(then="Evening program")


def test_a_word_about_medication_says_nothing_of_naloxone(rules: RuleSet) -> None:
    names = {"opioid-medication": "medication for opioid use", "safe-place": "somewhere to stay"}
    titles = step_titles(rules, names)
    assert titles["opioid-medication"] == "Medication for opioid use"
    whole = {step.id: step.title for step in rules.steps}
    assert {id_ for id_, text in titles.items() if text != whole[id_]} == {"opioid-medication"}
    lines = Script("2", "1")
    steps = Steps(
        lines, rules, {"first": [{"id": "opioid-medication"}, GIVEN["first"][1]]}, (), titles
    )
    from_the_first(lines, steps)
    told = [line for line in lines.said if line.startswith(TELLS_OF)]
    assert told == [f"{TELLS_OF}: Medication for opioid use."]


# --- the command ----------------------------------------------------------------------------


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def agree(pathfinder: Run, *args: str, stdin: str = "") -> Ran:
    fd = ("--passphrase-fd", through_pipe(PASSPHRASE))
    return pathfinder("sessions", "agree", *args, *fd, stdin=stdin)


@pytest.mark.slow
def test_the_command_adds_a_revision_and_changes_nothing_else(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    own = Judgement(False, level="hospital", reason="clinical-judgement")
    before = save_one(vault, rules, answers=WITH_STEP, judgement=own)
    steps = [step["id"] for step in before.given["first"]]
    assert steps == ["medical-evaluation"]
    ran = agree(pathfinder, "C-104", stdin="\n".join(("1", *TYPED, "")))
    assert ran.code == 0, ran.err
    after = kept.read(vault, before.id)
    # Judged otherwise, so Enter alone leaves the tool's result out of the client's sheet.
    assert after.newest.agreed == AGREED._replace(with_ranking=False)
    assert BEHIND_IT_KINDLY in ran.err
    assert after.newest.steps == (StepWord("medical-evaluation", "agreed"),)
    assert after.newest.judgement == own
    assert after.revisions[0] == before.newest
    assert after.decisions == before.decisions


def test_the_command_itself_names_no_command_for_later(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    session = save_one(vault, rules)
    said = agree(pathfinder, session.id, stdin="\n").err
    assert messages.LEAVE_OPEN in said
    assert later(session.id) not in said


def test_an_input_that_ends_saves_nothing(pathfinder: Run, vault: Vault, rules: RuleSet) -> None:
    session = save_one(vault, rules, answers=WITH_STEP)
    for typed in ("", "\n\n", "\n1\nHarbor House\n"):
        assert agree(pathfinder, session.id, stdin=typed).code == 130
    assert kept.read(vault, session.id) == session


def test_a_plan_from_a_file_is_kept_whole(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    session = save_one(vault, rules, answers=WITH_STEP)
    file = tmp_path / "plan.yaml"
    file.write_text(
        "program: Harbor House\ncalls: client\nphone: 555 0100\ndate: '2026-12-03'\n"
        "time: '14:30'\nplace: Main St\nbring: [ID, medicines]\nnext_contact: '2026-12-05'\n"
        "with_ranking: false\nsteps: {medical-evaluation: wait}\n"
    )
    assert agree(pathfinder, session.id, "--plan", str(file)).code == 0
    newest = kept.read(vault, session.id).newest
    assert newest.agreed == AGREED._replace(with_ranking=False)
    assert newest.steps == (StepWord("medical-evaluation", "declined", "wait"),)


@pytest.mark.parametrize(("said", "stands"), [("", False), ("with_ranking: true\n", True)])
def test_a_plan_beside_another_judgement_leaves_the_tools_result_out_unless_it_says_so(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path, said: str, stands: bool
) -> None:
    own = Judgement(False, level="opioid-program", reason="clinical-judgement")
    session = save_one(vault, rules, judgement=own)
    file = tmp_path / "plan.yaml"
    file.write_text(f"program: Harbor House\n{said}")
    assert agree(pathfinder, session.id, "--plan", str(file)).code == 0
    kept_plan = kept.read(vault, session.id).newest.agreed
    assert kept_plan == Agreed("Harbor House", with_ranking=stands)


@pytest.mark.slow
def test_a_plan_comes_through_a_pipe_and_keeps_what_it_does_not_name(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    session = save_one(vault, rules, answers=PLAN_TO_DIE)
    plan = "next_contact: '2026-12-01'\ndone: {stayed: Kim}\n"
    assert agree(pathfinder, session.id, "--plan", "-", stdin=plan).code == 0
    assert agree(pathfinder, session.id, "--plan", "-", stdin="done: {time: '14:10'}\n").code == 0
    newest = kept.read(vault, session.id).newest
    assert newest.agreed is not None
    assert newest.agreed.next_contact == "2026-12-01"
    assert newest.held is not None
    assert newest.held.done == {"stayed": "Kim", "time": "14:10"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plan", "line"),
    [
        ("program: [a]\n", 1), ("date: '2026-02-30'\n", 1), ("place: x\ntime: '14:30'\n", 2),
        ("dates: '2026-12-03'\n", 1), ("steps: {medical-evaluation: perhaps}\n", 1),
        ("steps: {nothing: agreed}\n", 1), ("done: {stay: me}\n", 1), ("with_ranking: maybe\n", 1),
        ("", 1), ("next_contact: soon\n", 1),
    ],
)  # fmt: skip
def test_a_slip_in_a_plan_is_told_at_its_line_and_nothing_is_kept(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path, plan: str, line: int
) -> None:
    session = save_one(vault, rules, answers=WITH_STEP)
    (tmp_path / "plan.yaml").write_text(plan)
    ran = agree(pathfinder, session.id, "--plan", str(tmp_path / "plan.yaml"))
    assert ran.code == 65
    assert f"plan.yaml:{line}:" in ran.err
    assert kept.read(vault, session.id) == session


def test_what_was_done_belongs_to_a_held_intake(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    session = save_one(vault, rules, answers=WITH_STEP)
    assert agree(pathfinder, session.id, "--plan", "-", stdin="done: {stayed: Kim}\n").code == 2
    assert kept.read(vault, session.id) == session


@pytest.mark.slow
def test_nobody_is_asked_where_a_draft_is_unfinished(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    session = save_one(vault, rules, answers=WITH_STEP)
    kept.keep(vault, kept.resume(vault, session.id), WITH_STEP, {})
    ran = agree(pathfinder, session.id, stdin="1\n")
    assert (ran.code, "First step" in ran.err) == (2, False)


@pytest.mark.slow
def test_what_became_of_last_time_stays_when_a_session_is_agreed_on_or_gone_on_with(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    came = (("contact", "no"), ("medical-evaluation", "yes"))
    session = save_one(vault, rules, answers=WITH_STEP)
    kept.amend(vault, session, kept.Beside(came=came), None)
    file = tmp_path / "plan.yaml"
    file.write_text("program: Harbor House\n")
    typed = "\n".join(("1", *TYPED, ""))
    for args, stdin in ((("--plan", str(file)), ""), ((), typed)):
        assert agree(pathfinder, session.id, *args, stdin=stdin).code == 0
        assert kept.read(vault, session.id).newest.came == came
    assert kept.read(vault, session.id).newest.number == 4
    assert kept.beside_that_stays(vault, session.id).came == came
