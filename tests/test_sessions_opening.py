"""What was agreed opens the client's sheet; a held intake claims nothing anywhere."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe, update

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.question import told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.handing_on import AGREED, SUGGESTED, THEN, WHERE_FOR_IT
from pathfinder.sessions.model import Agreed, Held, Judgement, StepWord
from pathfinder.vault import Vault

PLAN = Agreed("Harbor House detox", "you call", "555-0100", "2026-12-03", "14:30", "12 Main St",
              ("ID", "list of medicines"), "2026-12-05")  # fmt: skip
OTHERWISE = Judgement(False, None, "withdrawal-management", "clinical-judgement", "Shakes")
PLAN_TO_DIE: dict[str, Any] = {"age_group": "adult", "danger": ("none",), "self_harm": "plan"}
SIGNS = ("cravings", "conflict", "given_up", "risky_use")
COUNTED = ANSWERS | {"severity": "unsure", "severity_signs": SIGNS}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def ran(pathfinder: Run, *args: str) -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(PASSPHRASE))


def agreed(vault: Vault, rules: RuleSet, plan: Agreed | None, own: Judgement | None = None) -> str:
    session = save_one(vault, rules, judgement=own)
    update(vault, session.id, lambda revision: revision._replace(agreed=plan))
    return session.id


def handout(pathfinder: Run, id_: str, form: str, *options: str) -> str:
    made = ran(pathfinder, "show", id_, "--format", form, *options)
    assert made.code == 0, made.err
    return made.out


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "md"])
def test_what_was_agreed_stands_before_the_tools_own_path(
    pathfinder: Run, vault: Vault, rules: RuleSet, form: str
) -> None:
    id_ = agreed(vault, rules, PLAN)
    page = handout(pathfinder, id_, form).replace("\\", "")
    for each in ("Harbor House detox", "555-0100", "Thursday, 3 December 2026 at 2:30 pm",
                 "12 Main St", "list of medicines", "Saturday, 5 December 2026"):  # fmt: skip
        assert each in page
    assert page.index(AGREED) < page.index("The paths, in order")
    assert "Your answers alone" not in page
    assert "Less isn't safe" not in page, "nobody judged this plan, so nothing argues with it"
    if form == "html":
        assert 'href="tel:5550100"' in page


def test_where_the_counselor_judged_otherwise_it_is_said_kindly_or_left_out(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = agreed(vault, rules, PLAN, OTHERWISE)
    page = handout(pathfinder, id_, "md").replace("\\", "")
    assert page.index(SUGGESTED) < page.index("Withdrawal management first") < page.index(AGREED)
    assert f"**{WHERE_FOR_IT}:** Harbor House detox" in page
    first = rules.path_by_id[kept.read(vault, id_).given["ranked"][0]["path"]].name
    alone = page[page.index("Your answers alone pointed to this") :]
    assert "Ask them about it." in alone
    for argues in ("fits best", "At least", "Less isn't safe", "Not now", "The paths, in order",
                   "What to ask before"):  # fmt: skip
        assert argues not in page
    for secret in ("Shakes", "clinical judgement", "C-104"):
        assert secret not in page
    update(vault, id_, lambda r: r._replace(agreed=PLAN._replace(with_ranking=False)))
    page = handout(pathfinder, id_, "md")
    for left_out in ("Your answers alone", first, "The paths, in order", "fits best"):
        assert left_out not in page
    assert "Whom to call" in page
    full = ran(pathfinder, "show", id_, "--format", "md", "--full")
    assert (full.code, "left out" in full.err) == (2, True)


def test_what_comes_after_stands_on_the_sheet_and_in_the_chart(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = agreed(vault, rules, PLAN._replace(then="Evening program from January"))
    assert f"**{THEN}:** Evening program from January" in handout(pathfinder, id_, "md")
    assert "After this program: Evening program from January" in ran(pathfinder, "note", id_).out
    later = PLAN._replace(then="Detox, then alcohol classes")
    update(vault, id_, lambda revision: revision._replace(agreed=later))
    assert "classes" not in handout(pathfinder, id_, "md", "--discreet")


def test_the_whole_handout_is_not_made_where_it_would_argue_with_the_counselor(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = agreed(vault, rules, PLAN, OTHERWISE)
    full = ran(pathfinder, "show", id_, "--format", "md", "--full")
    assert (full.code, "judged otherwise" in " ".join(full.err.split())) == (2, True)


def test_where_another_path_was_judged_its_own_questions_stand_there(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = agreed(vault, rules, None, Judgement(False, "residential", None, "mandate"))
    page = handout(pathfinder, id_, "md")
    own = rules.path_by_id["residential"].ask
    asked = told(own, decide(rules, ANSWERS).view)
    said = page.replace("\\", "")
    assert asked[0].text.split("? ")[0].removesuffix("?") in said
    # And one that no other path asks.
    shared = {each.text for path in rules.paths if path.level != "residential" for each in path.ask}
    assert [e for e in asked if e.text not in shared and e.text.split("? ")[0].rstrip("?") in said]
    assert "Your answers alone" in page


def test_a_sheet_says_what_the_place_is_for_where_the_counselor_agrees(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = agreed(vault, rules, PLAN, Judgement(True))
    page = handout(pathfinder, id_, "md")
    assert "Your counselor sees it the same way." in page
    assert SUGGESTED not in page
    update(vault, id_, lambda r: r._replace(agreed=PLAN._replace(with_ranking=False)))
    page = handout(pathfinder, id_, "md")
    first = rules.path_by_id[kept.read(vault, id_).given["ranked"][0]["path"]].name
    assert page.index(SUGGESTED) < page.index(first) < page.index(AGREED)


@pytest.mark.slow
def test_without_an_agreement_the_counselors_care_still_stands_first(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    page = handout(pathfinder, agreed(vault, rules, None, OTHERWISE), "md")
    assert page.index(SUGGESTED) < page.index("What Pathfinder's questions put first")
    assert "Withdrawal management first" in page
    plain = handout(pathfinder, agreed(vault, rules, None, Judgement(True)), "md")
    assert SUGGESTED not in plain


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_whole_handout_opens_with_it_too(
    pathfinder: Run, vault: Vault, rules: RuleSet, form: str
) -> None:
    page = handout(pathfinder, agreed(vault, rules, PLAN), form, "--full")
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>|^## (.*)$", page, re.MULTILINE)
    assert AGREED in headings[0]


def test_a_discreet_sheet_names_no_program_that_tells(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    page = handout(pathfinder, agreed(vault, rules, PLAN, OTHERWISE), "html", "--discreet")
    assert "detox" not in page.casefold()
    assert "12 Main St" in page
    assert "3 December 2026" in page


@pytest.mark.slow
def test_what_an_agency_writes_stands_at_the_foot_as_it_is(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text("Our notice <b>1</b>.\n\nSecond line.\n", encoding="utf-8")
    id_ = agreed(vault, rules, PLAN)
    for options in ((), ("--full",)):
        page = handout(pathfinder, id_, "html", "--notice", str(notice), *options)
        assert "Our notice &lt;b&gt;1&lt;/b&gt;." in page
        assert page.index("Second line.") > page.index(AGREED)
    assert ran(pathfinder, "show", id_, "--notice", str(notice)).code == 2
    notice.write_bytes(b"\xff\xfe\x00")
    assert ran(pathfinder, "show", id_, "--format", "md", "--notice", str(notice)).code == 2


def test_hostile_words_in_a_plan_are_escaped(pathfinder: Run, vault: Vault, rules: RuleSet) -> None:
    evil = "</p><script>x</script>\x1b[2J"
    plan = Agreed(evil, evil, evil, "yesterday", evil, evil, (evil,), "soon\x1b[2J", True)
    id_ = agreed(vault, rules, plan)
    html = handout(pathfinder, id_, "html")
    assert "<script>" not in html
    for text in (html, handout(pathfinder, id_, "md"), ran(pathfinder, "note", id_).out,
                 ran(pathfinder, "show", id_).out):  # fmt: skip
        assert "\x1b" not in text


# --- held -----------------------------------------------------------------------------------


def held(vault: Vault, rules: RuleSet) -> str:
    id_ = save_one(vault, rules, answers=PLAN_TO_DIE).id
    done = Held("self_harm", 3, {"stayed": "Kim, all the time"})
    update(vault, id_, lambda revision: revision._replace(held=done))
    return id_


@pytest.mark.slow
def test_a_held_intake_is_told_as_held_and_with_no_level(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = held(vault, rules)
    shown = ran(pathfinder, "show", id_).out
    assert "Stopped for safety. No level of care worked out." in shown
    assert "Kim, all the time" in shown
    for claim in ("Least care that is safe", "Outpatient", "The path it put first", "To be asked",
                  "Left open"):  # fmt: skip
        assert claim not in shown
    assert "stopped for safety" in ran(pathfinder, "list").out
    assert f"once the client is safe: pathfinder sessions resume {id_}" in " ".join(shown.split())
    page = handout(pathfinder, id_, "md")
    assert "988" in page
    for path in ("The paths, in order", "Recovery paths"):
        assert path not in page


def test_a_held_intake_is_no_finding_in_a_row_or_a_figure(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    held(vault, rules)
    save_one(vault, rules, "C-2")
    for option in ((), ("--deidentified",)):
        rows = list(csv.DictReader(io.StringIO(ran(pathfinder, "export", *option).out)))
        by = {row["held"]: row for row in rows}
        assert (by["held"]["tool_path"], by["held"]["tool_level"]) == ("", "")
        assert by[""]["tool_level"] == "outpatient"
    whole = list(csv.DictReader(io.StringIO(ran(pathfinder, "export").out)))
    assert {row["done_stayed"] for row in whole} == {"Kim, all the time", ""}


# --- a sheet orders nothing that is settled -----------------------------------------------------

IN_WITHDRAWAL: dict[str, Any] = ANSWERS | {
    "danger": ("none",), "self_harm": "none", "frequency": "every_day", "drinks": "15_plus",
    "withdrawal": "hard", "health": ("none",),
}  # fmt: skip
CALL_TODAY, BED = "Call a doctor today; if you reach none", "Ask whether you need a bed"
NOT_AT_ONCE, SEIZURE = (
    "don't stop drinking suddenly on your own",
    "Tell whoever sees you of past seizures",
)


def settled(vault: Vault, rules: RuleSet, *steps: StepWord, plan: Agreed | None = None) -> str:
    session = save_one(vault, rules, answers=IN_WITHDRAWAL)
    assert [step["id"] for step in session.given["first"]] == ["medical-evaluation"]
    update(vault, session.id, lambda old: old._replace(steps=steps, agreed=plan))
    return session.id


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(
    ("word", "plan", "told"),
    [
        (StepWord("medical-evaluation", "done"), None, "Done already"),
        (StepWord("medical-evaluation", "agreed"), PLAN, "your appointment is above"),
        (StepWord("medical-evaluation", "declined", "clients-choice"), None, "You chose not to"),
        (StepWord("medical-evaluation", "declined", "cost"), None, "possible just now"),
    ],
    ids=["done", "booked", "declined", "not possible"],
)
def test_a_sheet_orders_no_call_that_is_made_or_was_refused_and_keeps_what_is_safe(
    pathfinder: Run, vault: Vault, rules: RuleSet, form: str, word: StepWord, plan: Agreed | None,
    told: str,
) -> None:  # fmt: skip
    page = handout(pathfinder, settled(vault, rules, word, plan=plan), form)
    page = page.replace("&#x27;", "'").replace("&#39;", "'")
    for arranged in (CALL_TODAY, BED, "Many people can be seen as an outpatient"):
        assert arranged not in page
    for each in (told, NOT_AT_ONCE, "988", "911"):
        assert each in page
    assert (SEIZURE in page) is True


@pytest.mark.parametrize("steps", [(), (StepWord("medical-evaluation", "agreed"),)])
def test_what_nobody_has_arranged_yet_stays_to_be_done(
    pathfinder: Run, vault: Vault, rules: RuleSet, steps: tuple[StepWord, ...]
) -> None:
    page = handout(pathfinder, settled(vault, rules, *steps), "md")
    assert CALL_TODAY in page
    assert SEIZURE in page, "it is told though it would be the fourth"
    assert page.index(CALL_TODAY) < page.index(SEIZURE)


def test_a_plan_to_die_is_to_be_seen_today_though_a_visit_is_booked(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    session = save_one(vault, rules, answers=PLAN_TO_DIE)
    agreed_to = (StepWord("psychiatric-evaluation", "agreed"),)
    update(vault, session.id, lambda old: old._replace(steps=agreed_to, agreed=PLAN))
    assert "Be seen today" in handout(pathfinder, session.id, "md")
    done = (StepWord("psychiatric-evaluation", "done"),)
    update(vault, session.id, lambda old: old._replace(steps=done))
    page = handout(pathfinder, session.id, "md")
    assert "Be seen today" not in page
    for each in (
        "988",
        "911",
        "Tell a crisis line, or those who come",
        "Stay with someone you trust",
    ):
        assert each in page


def test_the_whole_handout_and_the_discreet_sheet_order_it_no_more_either(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = settled(vault, rules, StepWord("medical-evaluation", "done"))
    whole = handout(pathfinder, id_, "md", "--full")
    assert CALL_TODAY not in whole
    assert "Done already" in whole
    assert NOT_AT_ONCE in whole
    assert "What to do first" not in handout(pathfinder, id_, "md", "--discreet")


def test_where_something_else_was_agreed_the_sheet_sends_nobody_to_the_tools_path(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    calm = {"danger": ("none",), "self_harm": "none", "frequency": "some_days"}
    answers = ANSWERS | calm | {"drinks": "under_5", "withdrawal": "none", "health": ("none",)}
    session = save_one(vault, rules, "C-9", answers)
    first = session.given["ranked"][0]["path"]
    moves = [move.text.split(". ")[0].rstrip(".") for move in rules.path_by_id[first].first_moves]
    assert any(move in handout(pathfinder, "C-9", "md") for move in moves)
    update(vault, session.id, lambda old: old._replace(judgement=OTHERWISE, agreed=PLAN))
    page = handout(pathfinder, session.id, "md")
    assert not [move for move in moves if move in page]
    assert "In the way" not in page


# --- rows, and what was worked out --------------------------------------------------------------


def test_first_steps_and_the_agreement_stand_in_the_rows(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = agreed(vault, rules, PLAN, OTHERWISE)
    steps = (StepWord("medical-evaluation", "declined", "cost"), StepWord("safe-place", "done"))
    update(vault, id_, lambda revision: revision._replace(steps=steps))
    (row,) = csv.DictReader(io.StringIO(ran(pathfinder, "export").out))
    assert row["steps"] == "medical-evaluation: declined: cost; safe-place: done"
    assert row["own_level"] == "withdrawal-management"
    assert (row["next_contact"], row["agreed_date"]) == ("2026-12-05", "2026-12-03")
    (figure,) = csv.DictReader(io.StringIO(ran(pathfinder, "export", "--deidentified").out))
    assert figure["steps"] == row["steps"]
    assert "Harbor" not in str(figure)


@pytest.mark.slow
def test_severity_that_was_counted_is_told_wherever_the_answer_is(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    one = save_one(vault, rules, answers=COUNTED)
    two = save_one(vault, rules, answers=COUNTED | {"severity_signs": ("cravings",)})
    shown = ran(pathfinder, "show", one.id).out
    assert re.search(r"worked out from the answers: Moderate", " ".join(shown.split()))
    rows = list(csv.DictReader(io.StringIO(ran(pathfinder, "export").out)))
    assert {row["worked_out_severity"] for row in rows} == {"moderate", "risky"}
    assert {row["answer_severity"] for row in rows} == {"unsure"}
    compared = " ".join(ran(pathfinder, "compare", one.id, two.id).out.split())
    assert "worked out from the answers: Moderate" in compared
    assert "worked out from the answers: Risky" in compared
