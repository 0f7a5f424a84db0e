"""Programs where a person sees them: the first screen, behind it, on paper, as data."""

from __future__ import annotations

import json
import random
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from built_in import RULES
from command import Run
from contract import random_answers
from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from answering import finder, measure

from pathfinder import decide
from pathfinder.ask.behind import choices
from pathfinder.commands.programs.using import language_code
from pathfinder.engine.explain import explain
from pathfinder.pages import answer_messages as words
from pathfinder.pages.answer import answer
from pathfinder.pages.answer_messages import KEEP_ASKING
from pathfinder.pages.behind import Result, page_of, pages_of
from pathfinder.pages.blocks import Bullet, Heading, Text
from pathfinder.pages.programs import contacts, dial, distance
from pathfinder.programs.judging import MeetingJudge
from pathfinder.programs.keys import CHOICES
from pathfinder.programs.matching import Finder, NamedPrograms
from pathfinder.programs.model import Meeting, Program, ProgramList
from pathfinder.programs.needs import Circumstances
from pathfinder.render.parts_json import programs_data

ROOT = Path(__file__).parents[1]
FIND = finder(RULES)
LIST = str(ROOT / "docs" / "examples" / "programs" / "invented-programs.yaml")
WORKER = str(ROOT / "docs" / "examples" / "steady-worker.yaml")
NOWHERE = str(ROOT / "docs" / "examples" / "nowhere-to-stay.yaml")
SCHEMA = Draft202012Validator(
    json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))
)
IOP: dict[str, Any] = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["other"],
    "frequency": "most_days", "withdrawal": "mild", "health": ["none"], "severity": "moderate",
    "staying_stopped": "days", "mental_health": "none", "home": "steady", "support": "strong",
    "stage": "first_time", "motivation": "committed", "responsibilities": ["job"],
    "step_away": "cannot", "weekly_hours": "9_to_19", "payment": "covered",
    "spirituality": "secular_only", "wishes": ["none"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_list_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATHFINDER_PROGRAMS", raising=False)


def result(find: Finder = FIND, **answers: Any) -> Result:
    given = IOP | answers
    decision = decide(RULES, given)
    explained = explain(RULES, given, decision)
    assert explained is not None
    return Result(RULES, given, decision, explained, find(decision))


def found(find: Finder = FIND, **answers: Any) -> NamedPrograms:
    made = result(find, **answers).found
    assert made is not None
    return made


def of(*programs: Program, title: str = "") -> Finder:
    return Finder(RULES, ProgramList(title=title, programs=programs), date(2026, 11, 28))


def said(blocks: tuple[object, ...]) -> str:
    return "\n".join(
        each.text if isinstance(each, Heading) else f"{each.label}: {each.text}"
        for each in blocks
        if isinstance(each, Heading | Text | Bullet)
    )


# --- the first screen ---------------------------------------------------------------------


def test_the_answer_ends_in_up_to_three_names_with_their_numbers(pathfinder: Run) -> None:
    out = " ".join(pathfinder("recommend", WORKER, "--programs", LIST).out.split())
    assert re.search(r"Today: Call one of these: (?:[^;]+, 555-01\d\d(?: \([^)]+\))?; ){2}", out)


def test_without_a_list_nothing_is_said_of_one(pathfinder: Run) -> None:
    made = result()
    bare = answer(RULES, made.decision, made.explained)
    assert bare.to_call is None
    assert words.CALL_ONE_OF not in pathfinder("recommend", WORKER).out


def test_a_first_step_stays_what_is_to_do_today_and_names_come_below(pathfinder: Run) -> None:
    out = pathfinder("recommend", NOWHERE, "--programs", LIST).out
    assert re.search(r"^Today: .*\nCall: ", out, re.MULTILINE)
    assert "Call: Call" not in out


def test_in_danger_no_program_stands_on_the_screen(pathfinder: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(IOP | {"danger": ["overdose"]}))
    assert "555-01" not in pathfinder("recommend", str(file), "--programs", LIST).out


def test_where_nothing_fits_it_says_so_and_names_the_next_best_and_who_finds_more() -> None:
    talks = of(Program("talks", "Talks", ("outpatient",), phone="555-0100"))
    made = result(talks, weekly_hours="3_to_8")
    told = answer(RULES, made.decision, made.explained, made.found)
    assert told.to_call is not None
    assert words.NOTHING_FITS in told.to_call.lead
    assert told.to_call.names == ("Talks, 555-0100 (not checked yet)",)
    assert "SAMHSA" in told.to_call.after
    assert KEEP_ASKING[1] in said(page_of(made, "programs"))
    assert told.today
    nobody = result(of(Program("x", "X", ("residential",), phone="1", takes_pregnant=False)),
                    health=["pregnant"])  # fmt: skip
    told = answer(RULES, nobody.decision, nobody.explained, nobody.found)
    assert told.to_call is not None
    assert (told.to_call.lead, told.to_call.names) == (words.NOTHING_AT_ALL, ())


def test_an_old_entry_says_how_old_it_is() -> None:
    old = Program("old", "Old", ("iop-secular",), phone="555-0100", last_called="2026-01-02")
    (contact,) = contacts(found(of(old)))
    assert contact.in_a_line() == "Old, 555-0100 (last checked 2026-01-02)"


def test_the_recommendation_is_the_same_with_and_without_a_list(pathfinder: Run) -> None:
    bare = json.loads(pathfinder("recommend", WORKER, "--format", "json").out)
    told = json.loads(pathfinder("recommend", WORKER, "--format", "json", "--programs", LIST).out)
    assert told.pop("programs")["fit"]
    assert told == bare


@pytest.mark.slow
def test_with_a_list_the_answer_still_fits_one_screen_for_nine_of_ten() -> None:
    dice = random.Random(2)
    lines = [measure(RULES, random_answers(dice), find=FIND).lines for _ in range(300)]
    assert sum(each <= 24 for each in lines) >= 0.9 * len(lines)
    assert max(lines) <= 36


# --- behind it ------------------------------------------------------------------------------


def test_the_menu_leads_to_every_program_with_why_and_what_to_ask() -> None:
    made = result()
    assert "programs" in [each.id for each in choices(made, safe=True)]
    page = said(page_of(made, "programs"))
    assert made.found is not None
    for each in made.found.matches.fit:
        assert each.program.name in page
    assert words.SPEAKS_FOR["evenings"] in page
    assert words.QUESTIONS["wait"] not in page.split("Lantern")[1].split("2. ")[0]
    assert words.ONLY_WHAT_IS_LISTED in page


def test_without_a_list_the_menu_offers_no_such_page() -> None:
    assert "programs" not in [each.id for each in pages_of(result()._replace(found=None))]


def test_meetings_stand_with_their_day_time_and_place() -> None:
    page = said(page_of(result(), "programs"))
    assert "Tools on Thursday (invented): Thursday, 18:00; SMART Recovery; Invented Library" in page


def test_a_meeting_that_does_not_say_its_language_is_to_ask_about() -> None:
    here = {"days": ("monday",), "time": "19:30", "place": "A hall", "seen_on": "2026-11-20"}
    paths = tuple(RULES.path_by_id)
    one = Meeting("one", "One", paths, languages=("es",), **here)  # type: ignore[arg-type]
    two = Meeting("two", "Two", paths, **here)  # type: ignore[arg-type]
    three = Meeting("three", "Three", paths, languages=("en",), **here)  # type: ignore[arg-type]
    asked = Circumstances(language="es")
    find = Finder(RULES, ProgramList(meetings=(one, two, three)), date(2026, 11, 28), asked)
    made = result(find)
    told = answer(RULES, made.decision, made.explained, made.found)
    assert told.to_call is not None
    assert told.to_call.names == (
        "One, Monday 19:30, A hall", "Two, Monday 19:30, A hall (ask about Spanish)",
    )  # fmt: skip
    page = said(page_of(made, "programs"))
    assert ("Two: Monday, 19:30; A hall; ask about Spanish." in page, "Three" in page) == (
        True,
        False,
    )


def test_every_reason_and_every_question_has_words() -> None:
    dice = random.Random(5)
    import invented

    listed = ProgramList(
        programs=tuple(invented.program(dice, n, known=k) for n in range(80) for k in [0.7]),
        meetings=tuple(invented.meeting(dice, n) for n in range(20)),
    )
    for n in range(80):
        asked = Circumstances(dice.choice(["", "es"]), n % 3 == 0, "10.0, -30.0")
        find = Finder(RULES, listed, date(2026, 11, 28), asked)
        given = random_answers(dice)
        decision = decide(RULES, given)
        made = find(decision)
        if made is not None:
            text = json.dumps(programs_data(made))
            assert "{" in text
            assert isinstance(made.meetings, MeetingJudge)
    for kind, table in (
        ("day of the week", words.DAYS), ("way to start", words.STARTS),
        ("kind of insurance", words.INSURANCES),
    ):  # fmt: skip
        assert set(table) == set(CHOICES[kind])


def test_the_words_are_short_and_end_as_sentences() -> None:
    for table, end in (
        (words.SPEAKS_FOR, "."),
        (words.SPEAKS_AGAINST, "."),
        (words.QUESTIONS, "?"),
    ):
        for text in table.values():
            assert text.endswith(end)
            assert len(text.split()) <= 14


# --- on paper -------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [[], ["--full"]])
def test_a_handout_names_whom_to_call(pathfinder: Run, more: list[str]) -> None:
    out = pathfinder("recommend", WORKER, "--programs", LIST, "--format", "html", *more).out
    assert "Lantern Evening Program" in out
    if not more:
        assert 'href="tel:5550101"' in out


def test_a_discreet_handout_has_the_numbers_and_no_name(pathfinder: Run) -> None:
    args = ("recommend", WORKER, "--programs", LIST, "--format", "html", "--discreet")
    out = pathfinder(*args).out
    assert "Lantern" not in out
    assert 'href="tel:5550101"' in out


def test_markdown_names_them_too(pathfinder: Run) -> None:
    out = pathfinder("recommend", WORKER, "--programs", LIST, "--format", "md").out
    assert "**Lantern Evening Program (invented):** 555-0101" in out


@pytest.mark.parametrize(
    ("phone", "dialed"),
    [
        ("555-0100", "5550100"),
        ("+44 (0)20 555 0100", "+440205550100"),
        ("1-800-RECOVER", "18007326837"),
        ("555-0100 ext. 12", "5550100"),
        ("555-0100 x12", "5550100"),
        ("", ""),
    ],
)
def test_a_number_is_given_to_a_phone_as_it_dials_it(phone: str, dialed: str) -> None:
    assert dial(phone) == dialed


def test_distances_are_said_as_people_say_them() -> None:
    assert [distance(each, "miles") for each in (0.4, 1.2, 7.4)] == [
        "under a mile", "1 mile", "7 miles",
    ]  # fmt: skip
    assert [distance(each, "kilometers") for each in (0.4, 7.4)] == ["under 1 km", "12 km"]


# --- as data ----------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [WORKER, NOWHERE])
def test_the_json_fits_the_schema(pathfinder: Run, answers: str) -> None:
    told = json.loads(pathfinder("recommend", answers, "--format", "json", "--programs", LIST).out)
    SCHEMA.validate(told)
    for each in told["programs"]["fit"]:
        assert each["points"] == sum(why["points"] for why in (*each["for"], *each["against"]))


@pytest.mark.slow
def test_find_tells_all_that_fit_and_what_the_others_lack(pathfinder: Run) -> None:
    args = ("programs", "find", "--answers", WORKER, "--programs", LIST, "--language", "es")
    ran = pathfinder(*args)
    assert ran.code == 0, ran.err
    assert words.LACKS["language"] in " ".join(ran.out.split())
    told = json.loads(pathfinder(*args, "--format", "json").out)
    assert {each["id"] for each in told["lacking"]} == {"telehealth-north", "twelve-oaks-day"}
    assert pathfinder(*args[:-1], "Español").out == ran.out
    wrong = pathfinder(*args[:-1], "Spansh")
    assert (wrong.code, wrong.out) == (2, "")
    assert 'Did you mean "Spanish"?' in wrong.err


def first_screen(pathfinder: Run, *more: str) -> str:
    return " ".join(pathfinder("recommend", WORKER, "--programs", LIST, *more).out.split())


def test_who_names_a_language_is_named_programs_that_have_it_or_may_have_it(
    pathfinder: Run,
) -> None:
    assert "North Telehealth" in first_screen(pathfinder)  # English alone
    spanish = first_screen(pathfinder, "--language", "Spanish")
    assert "North Telehealth" not in spanish
    assert "555-0101; The Long Table (invented), 555-0110 (ask about Spanish)" in spanish
    assert "ask about" not in first_screen(pathfinder)


def test_a_place_and_who_cannot_leave_home_count_on_the_first_screen(pathfinder: Run) -> None:
    usual = first_screen(pathfinder)
    assert first_screen(pathfinder, "--near", "Cedar Point") != usual
    command = ("recommend", WORKER, "--programs", LIST, "--format", "json")
    told = json.loads(pathfinder(*command, "--near", "00004", "--from-home").out)
    SCHEMA.validate(told)
    home = told["programs"]
    assert home["asked"] == {"language": None, "near": "00004", "from_home": True}
    assert "from_home" in {why["id"] for why in home["fit"][0]["for"]}
    assert "from_home" in {each["id"] for each in home["fit"][-1]["ask"]}


@pytest.mark.slow
def test_the_preferences_say_language_and_place_and_an_option_goes_before_them(
    pathfinder: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path))
    config = tmp_path / "config.yaml"
    config.write_text('language: Spanish\nnear: "00003"\n')

    def asked(*more: str) -> dict[str, object]:
        out = pathfinder("recommend", WORKER, "--programs", LIST, "--format", "json", *more).out
        made: dict[str, object] = json.loads(out)["programs"]["asked"]
        return made

    assert asked() == {"language": "es", "near": "00003", "from_home": False}
    assert asked("--language", "vi", "--near", "Alder") == {
        "language": "vi", "near": "Alder", "from_home": False,
    }  # fmt: skip
    config.write_text("language: Spansh\n")
    ran = pathfinder("recommend", WORKER, "--programs", LIST)
    assert (ran.code, "Fits best" in ran.out) == (0, True)
    assert ran.err.count("\n") == 1
    assert "config.yaml" in ran.err
    assert pathfinder("recommend", WORKER).err == "", "who has no list isn't told of it"
    config.write_text("language: es\nnear: 01101\n")
    for command in (("recommend", WORKER), ("programs", "find", "--answers", WORKER)):
        ran = pathfinder(*command, "--programs", LIST)
        assert (ran.code, ran.err.count("config.yaml:2:7: found the number 01101")) == (0, 1)


@pytest.mark.parametrize(
    ("named", "code"),
    [("es", "es"), ("SPANISH", "es"), ("es-MX", "es"), ("español", "es"), ("ASL", "ase"),
     ("Haitian  creole", "ht"), ("Farsi", "fa"), ("yue", "yue")],
)  # fmt: skip
def test_a_language_is_known_by_its_code_and_as_people_call_it(named: str, code: str) -> None:
    assert language_code(named) == code


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((WORKER,), "No list of programs is in use"),
        ((WORKER, "--programs", LIST, "--explain"), "An explanation names no programs"),
        (("-", "--input", "jsonl"), "A stream of answers names no programs"),
    ],
)
def test_where_no_program_is_named_the_options_about_them_are_refused(
    pathfinder: Run, more: tuple[str, ...], said: str
) -> None:
    for option in (("--language", "es"), ("--near", "Alder"), ("--from-home",)):
        ran = pathfinder("recommend", *more, *option, stdin="{}\n")
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err


def test_the_page_says_what_was_looked_for_and_where_it_cannot_tell_how_far(
    pathfinder: Run,
) -> None:
    args = ("programs", "find", "--answers", WORKER, "--programs", LIST, "--language", "es")

    def out(*more: str) -> str:
        return " ".join(pathfinder(*args, *more).out.split())

    assert "Looked for: care in Spanish, near 00001." in out()
    assert words.NOT_PLACED not in out()
    assert words.NOT_PLACED in out("--near", "Nowhere")


def test_near_counts_from_the_place_that_is_named(pathfinder: Run) -> None:
    args = ("programs", "find", "--answers", WORKER, "--programs", LIST, "--format", "json")
    there = json.loads(pathfinder(*args, "--near", "00003").out)
    here = json.loads(pathfinder(*args).out)
    assert there["fit"][0]["miles"] > 15
    assert here["fit"][0]["miles"] == 0


# --- which list -------------------------------------------------------------------------------


def test_the_list_of_the_variable_and_of_the_preferences_is_used(
    pathfinder: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATHFINDER_PROGRAMS", LIST)
    assert "555-01" in pathfinder("recommend", WORKER).out
    monkeypatch.delenv("PATHFINDER_PROGRAMS")
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "config.yaml").write_text(f'programs: "{LIST}"\n')
    assert "555-01" in pathfinder("recommend", WORKER).out


@pytest.mark.slow
def test_a_list_with_a_slip_keeps_nobody_from_the_answer_unless_it_was_named(
    pathfinder: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("programs:\n  - id: a\n    nmae: A\n")
    monkeypatch.setenv("PATHFINDER_PROGRAMS", str(bad))
    ran = pathfinder("recommend", WORKER)
    assert (ran.code, "Fits best" in ran.out) == (0, True)
    assert f"{bad}:" in ran.err
    named = pathfinder("recommend", WORKER, "--programs", str(bad))
    assert (named.code, named.out) == (65, "")
    assert pathfinder("quiz", "--plain", "--programs", str(bad)).code == 65


def test_a_stream_takes_no_list(pathfinder: Run) -> None:
    ran = pathfinder("recommend", "-", "--input", "jsonl", "--programs", LIST, stdin="{}\n")
    assert (ran.code, ran.out) == (2, "")


def test_a_quiz_in_lines_ends_in_whom_to_call(pathfinder: Run) -> None:
    asked = pathfinder(
        "quiz", "--plain", "--answers", WORKER, "--programs", LIST, stdin="skip\n" * 9 + "0\n"
    )
    assert (asked.code, "555-0101" in asked.out) == (0, True), asked.err


@pytest.mark.slow
def test_the_handout_of_a_session_names_whom_to_call(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaults import PASSPHRASE, make_vault, save_one, through_pipe

    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    kept = save_one(make_vault(tmp_path / "vault"), RULES, answers=IOP)

    def sheet() -> str:
        fd = through_pipe(PASSPHRASE)
        command = ("sessions", "show", kept.id, "--format", "md", "--passphrase-fd", fd)
        return pathfinder(*command).out

    without = sheet()
    monkeypatch.setenv("PATHFINDER_PROGRAMS", LIST)
    named = contacts(FIND(decide(RULES, IOP)))
    assert named
    assert all(each.reach in sheet() and each.reach not in without for each in named)


@pytest.mark.slow
def test_the_note_and_the_letter_of_a_session_take_them_from_the_list(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaults import PASSPHRASE, make_vault, save_one, through_pipe

    import pathfinder.sessions as kept

    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    vault = make_vault(tmp_path / "vault")
    session = save_one(vault, RULES, answers=IOP)
    program = FIND(decide(RULES, IOP)).matches.fit[0].program
    agreed = kept.Agreed(program=program.name.upper())
    kept.amend(vault, session, kept.Beside(agreed=agreed), None)

    def out(*command: str) -> str:
        return pathfinder("sessions", *command, "--passphrase-fd", through_pipe(PASSPHRASE)).out

    note, letter = out("note", session.id), out("letter", session.id, "--tell", "steps")
    assert program.phone not in note + letter
    monkeypatch.setenv("PATHFINDER_PROGRAMS", LIST)
    named = contacts(FIND(decide(RULES, IOP)))
    note, letter = out("note", session.id), out("letter", session.id, "--tell", "steps")
    assert f"On the agency's list: {'; '.join(each.in_a_line() for each in named)}" in note
    assert "(ask about Vietnamese)" in out("note", session.id, "--language", "Vietnamese")
    sheet = out("show", session.id, "--format", "md", "--language", "vi", "--near", "Alder")
    assert "(ask about Vietnamese)" in sheet
    assert "ask about" not in note
    assert program.phone in letter
    assert program.town in letter


@pytest.mark.slow
def test_the_note_that_follows_an_intake_names_whom_to_call(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaults import PASSPHRASE, make_vault, through_pipe

    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    make_vault(tmp_path / "vault")
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(IOP))

    def note(*more: str) -> str:
        ran = pathfinder(
            "quiz", "--for", "client", "--save", "--answers", str(file), "--passphrase-fd",
            through_pipe(PASSPHRASE), *more, stdin="M-9\n" + "skip\n" * 9 + "\n" * 20,
        )  # fmt: skip
        assert ran.code == 0, ran.err
        return " ".join(ran.out.partition("Intake note")[2].split())

    assert "On the agency's list" not in note()
    told = note("--programs", LIST, "--language", "es")
    assert "On the agency's list: Lantern Evening Program (invented), 555-0101" in told
    assert "North Telehealth" not in told
