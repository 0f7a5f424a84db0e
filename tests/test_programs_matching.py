"""Programs for a person: what fits is known to lack nothing that must be, and every reason is true.

The truths are worked out here anew, from the answers and the entries, not by the code that
matches. People are by chance, programs too (`invented`).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import invented
import pytest
from contract import random_answers
from samples import one_of

from pathfinder import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import ProgramsError
from pathfinder.programs.judging import Judge, MeetingJudge, Weighed
from pathfinder.programs.matching import Matches, due, match, shelved, stays
from pathfinder.programs.model import WEEK, Meeting, Program, ProgramList
from pathfinder.programs.needs import Circumstances
from pathfinder.programs.places import Distances, MappedTown, between, here, read_table

TODAY = date(2026, 11, 28)
TABLE = {
    "00001": MappedTown((10.0, -30.0), "Alder"),
    "00002": MappedTown((10.09, -30.02), "Birchfield"),
    "00003": MappedTown((10.2, -30.2), "Cedar Point"),
    "00004": MappedTown((11.5, -31.0), "Dunmore Falls"),
}
HOME = here("00001", TABLE)
ADULT = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["other"],
    "frequency": "most_days", "withdrawal": "mild", "health": ["none"], "severity": "moderate",
    "staying_stopped": "weeks", "mental_health": "none", "home": "steady", "support": "strong",
    "stage": "first_time", "motivation": "committed", "responsibilities": ["none"],
    "step_away": "cannot", "weekly_hours": "9_to_19", "payment": "covered",
    "spirituality": "secular_only", "wishes": ["none"],
}  # fmt: skip


def listed(*entries: Program | Meeting) -> ProgramList:
    return ProgramList(
        programs=tuple(each for each in entries if isinstance(each, Program)),
        meetings=tuple(each for each in entries if isinstance(each, Meeting)),
    )


def one(id_: str = "one", **more: Any) -> Program:
    values: dict[str, Any] = {"paths": ("iop-secular",), "phone": "555-0100"} | more
    return Program(id=id_, name=values.pop("name", id_), **values)


def found(
    rules: RuleSet, programs: ProgramList, asked: Circumstances | None = None, **answers: Any
) -> Matches:
    decision = decide(rules, ADULT | answers)
    made = match(
        rules, decision, shelved(programs), Distances(HOME, TABLE), TODAY, asked or Circumstances()
    )
    assert made is not None
    return made


def order(matches: Matches) -> list[str]:
    return [each.program.id for each in matches.fit]


def judged(rules: RuleSet, matches: Matches, program: Program) -> Weighed:
    return Judge(matches.needs, Distances(HOME, TABLE), stays(rules)).judged(
        program, next(path for path in matches.paths if path in program.paths)
    )


# --- hard needs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "asked", "key", "no", "yes", "need"),
    [
        ({"health": ["pregnant"]}, Circumstances(), "takes_pregnant", False, True, "pregnant"),
        ({"substances": ["alcohol"], "medication": ["for_alcohol"]}, Circumstances(),
         "medication_welcome", False, True, "medication"),
        ({"substances": ["opioids"], "medication": ["none"]}, Circumstances(), "medication_welcome",
         False, True, "medication"),
        ({}, Circumstances(language="es"), "languages", ("en",), ("en", "es"), "language"),
        ({}, Circumstances(from_home=True), "online", False, True, "from_home"),
    ],
)  # fmt: skip
def test_who_is_known_to_lack_a_hard_need_is_out_and_who_does_not_say_is_asked(
    rules: RuleSet,
    answers: dict[str, Any],
    asked: Circumstances,
    key: str,
    no: Any,
    yes: Any,
    need: str,
) -> None:
    far = {"coordinates": (40.0, -70.0)}
    entries = [one("no", **far, **{key: no}), one("yes", **far, **{key: yes}), one("silent", **far)]
    matches = found(rules, listed(*entries), asked, **answers)
    assert set(order(matches)) == {"yes", "silent"}
    assert [(each.id, lacks) for each, lacks in matches.lacking] == [("no", (need,))]
    assert need in judged(rules, matches, entries[2]).ask
    assert need not in judged(rules, matches, entries[1]).ask


def test_what_nobody_asked_for_takes_no_program_out(rules: RuleSet) -> None:
    never = one(takes_pregnant=False, medication_welcome=False, online=False, languages=("vi",))
    assert order(found(rules, listed(never))) == ["one"]


def test_who_cannot_leave_home_may_go_to_what_is_near(rules: RuleSet) -> None:
    near = one("near", online=False, postal_code="00001")
    far = one("far", online=False, postal_code="00004")
    matches = found(rules, listed(near, far), Circumstances(from_home=True))
    assert order(matches) == ["near"]


def test_an_unknown_answer_needs_nothing(rules: RuleSet) -> None:
    no = one(takes_pregnant=False)
    assert order(found(rules, listed(no), health="unsure")) == ["one"]


# --- the order ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "better", "worse"),
    [
        ({"responsibilities": ["job"]}, {"evenings": True}, {"evenings": False}),
        ({"responsibilities": ["caring"]}, {"child_care": True}, {}),
        ({"wishes": ["evening"]}, {"evenings": True}, {}),
        ({"payment": "limited"}, {"sliding_fee": True}, {"sliding_fee": False, "free": False}),
        ({"payment": "limited"}, {"free": True}, {}),
        ({"wishes": ["lgbtq"]}, {"lgbtq": True}, {}),
        ({"wishes": ["same_gender_group"]}, {"takes": "women"}, {}),
        ({"wishes": ["online"]}, {"online": True}, {"online": False}),
        ({}, {"faith": False}, {"faith": True}),
        ({}, {"wait_days": 1}, {"wait_days": 5}),
        ({}, {}, {"wait_days": 30}),
        ({}, {}, {"takes": "men"}),
        ({}, {"postal_code": "00002"}, {"postal_code": "00004"}),
        ({}, {"last_called": "2026-11-01"}, {}),
        ({}, {"last_called": "2026-11-01"}, {"last_called": "2026-08-01"}),
    ],
)  # fmt: skip
def test_wishes_duties_the_wait_the_way_and_the_last_call_put_one_before_another(
    rules: RuleSet, answers: dict[str, Any], better: dict[str, Any], worse: dict[str, Any]
) -> None:
    """The better one has the later name: without its reason it would stand behind."""
    entries = (one("z", **better), one("a", **worse))
    assert order(found(rules, listed(*entries), **answers)) == ["z", "a"]


def test_an_old_entry_comes_later_among_equals_only(rules: RuleSet) -> None:
    edge = (TODAY - timedelta(89)).isoformat()
    entries = (one("a", last_called="2026-01-01"), one("b", last_called=edge))
    assert order(found(rules, listed(*entries))) == ["b", "a"]
    better = (one("a", last_called="2026-01-01", wait_days=0), entries[1])
    assert order(found(rules, listed(*better))) == ["a", "b"]


def test_an_entry_is_old_on_its_ninetieth_day() -> None:
    on, before = (one(d, last_called=(TODAY - timedelta(int(d))).isoformat()) for d in ("90", "89"))
    assert [each.id for each in due([before, on, one("never")], TODAY)] == ["never", "90"]


def test_without_a_table_of_places_the_town_decides(rules: RuleSet) -> None:
    entries = listed(one("a", town="Birchfield"), one("b", town="ALDER"))
    decision = decide(rules, ADULT)
    made = match(rules, decision, shelved(entries), Distances(here("Alder", {}), {}), TODAY)
    assert made is not None
    assert [each.program.id for each in made.fit] == ["b", "a"]
    assert [each.miles for each in made.fit] == [None, None]


# --- where nothing fits ---------------------------------------------------------------------


def test_where_no_program_fits_the_first_path_the_compromises_come_instead(
    rules: RuleSet,
) -> None:
    blocked = {"weekly_hours": "3_to_8", "staying_stopped": "days"}
    decision = decide(rules, ADULT | blocked)
    assert decision.if_not_possible is not None
    compromise = decision.if_not_possible.compromise
    talks = one("talks", paths=("outpatient",))
    matches = found(rules, listed(talks, one("day", paths=("day-treatment",))), **blocked)
    assert (matches.fit, matches.instead) == ((), compromise)
    assert [each.program.id for each in matches.fit_instead] == ["talks"]
    matches = found(rules, listed(talks, one("there")), **blocked)
    assert (order(matches), matches.instead) == (["there"], None)


def test_money_alone_sends_nobody_to_a_program_that_is_less_than_safe(rules: RuleSet) -> None:
    tight = {"payment": "limited", "staying_stopped": "days"}
    decision = decide(rules, ADULT | tight)
    assert decision.if_not_possible is not None
    assert decision.if_not_possible.compromise == "outpatient", "less than is safe"
    first = {entry.path for entry in decision.ranked if entry.about_equal_to_top}
    next_best = next(entry.path for entry in decision.ranked if entry.path not in first)
    cheap = one("cheap", paths=(next_best,), sliding_fee=True)
    matches = found(rules, listed(one("talks", paths=("outpatient",)), cheap), **tight)
    assert [each.program.id for each in matches.fit_instead] == ["cheap"]
    hours = tight | {"weekly_hours": "3_to_8"}
    matches = found(rules, listed(one("talks", paths=("outpatient",)), cheap), **hours)
    assert [each.program.id for each in matches.fit_instead] == ["talks"], "nine hours aren't there"


def test_where_nobody_offers_anything_the_result_says_that_nothing_fits(rules: RuleSet) -> None:
    matches = found(rules, listed())
    assert (matches.fit, matches.fit_instead) == ((), ())


def test_under_18_and_without_a_path_nobody_is_named(rules: RuleSet) -> None:
    decision = decide(rules, {"age_group": "under_18"})
    assert match(rules, decision, shelved(listed(one())), Distances(HOME, TABLE), TODAY) is None


# --- meetings --------------------------------------------------------------------------------


def gathering(id_: str, **more: Any) -> Meeting:
    values: dict[str, Any] = {"days": ("monday",), "time": "19:30", "place": "A hall"} | more
    paths = values.pop("paths", ("secular-groups",))
    return Meeting(id=id_, name=id_, paths=paths, **values)


def test_meetings_that_are_good_beside_the_path_stand_with_it(rules: RuleSet) -> None:
    steps = gathering("steps", paths=("twelve-step-meetings",))
    matches = found(rules, listed(steps, gathering("secular")))
    assert [each.meeting.id for each in matches.meetings] == ["secular"]


def test_of_meetings_that_are_equal_the_next_one_comes_first(rules: RuleSet) -> None:
    assert TODAY.strftime("%A") == "Saturday"
    entries = [
        gathering("a", days=("friday",)),
        gathering("b", days=("monday", "sunday")),
        gathering("c", days=("saturday",)),
    ]
    matches = found(rules, listed(*entries))
    assert [each.meeting.id for each in matches.meetings] == ["c", "b", "a"]


# --- whoever it is, whatever is listed ----------------------------------------------------


def by_chance(
    rules: RuleSet, seed: int
) -> tuple[Decision, dict[str, Any], ProgramList, Circumstances]:
    random = Random(seed)
    answers = random_answers(random)
    programs = tuple(invented.program(random, n, known=0.6) for n in range(60))
    meetings = tuple(invented.meeting(random, n, known=0.6) for n in range(60))
    asked = Circumstances(random.choice(["", "", "es", "en"]), random.random() < 0.3)
    return decide(rules, answers), answers, ProgramList(programs=programs, meetings=meetings), asked


def given(answers: dict[str, Any], question: str, *wanted: str) -> bool:
    value = answers.get(question)
    return bool(set(value if isinstance(value, list | tuple) else [value]) & set(wanted))


def asked_for(decision: Decision, question: str) -> bool:
    """Whether the question applies: an answer off the path isn't used."""
    return isinstance(decision.view.get(question), frozenset)


def truly_lacks(
    each: Program, decision: Decision, answers: dict[str, Any], asked: Circumstances
) -> bool:
    """Whether it is known not to meet what must be, as the issue states it."""
    steps = {fired.id for fired in decision.first}
    medicine = given(answers, "medication", "for_opioids", "for_alcohol", "interested")
    return (
        (each.takes_pregnant is False and given(answers, "health", "pregnant"))
        or (each.medication_welcome is False and "opioid-medication" in steps)
        or (each.medication_welcome is False and medicine and asked_for(decision, "medication"))
        or bool(asked.language and each.languages and asked.language not in each.languages)
        or (asked.from_home and each.online is False and (away(each) or 0) > 10)
    )


def away(each: Program | Meeting) -> float | None:
    point = each.coordinates or (TABLE[each.postal_code].point if each.postal_code else None)
    return None if point is None else between((10.0, -30.0))(*point)


@pytest.mark.parametrize("seed", one_of(5, range(150)))
def test_nobody_is_shown_a_program_that_lacks_what_must_be(rules: RuleSet, seed: int) -> None:
    decision, answers, programs, asked = by_chance(rules, seed)
    made = match(rules, decision, shelved(programs), Distances(HOME, TABLE), TODAY, asked)
    if made is None:
        assert not decision.ranked
        return
    safe = {entry.path for entry in decision.ranked}
    for each in (*made.fit, *made.fit_instead):
        assert not truly_lacks(each.program, decision, answers, asked)
        assert each.path in each.program.paths
    assert all(each.path in safe for each in made.fit)
    shown = {each.program.id for each in made.fit}
    out = {each.id for each, _ in made.lacking}
    offering = [p for p in programs.programs if set(p.paths) & set(made.paths)]
    assert shown | out == {each.id for each in offering}
    assert shown & out == set()


@pytest.mark.parametrize("seed", range(40))
def test_the_order_does_not_depend_on_that_of_the_file(rules: RuleSet, seed: int) -> None:
    decision, _, programs, asked = by_chance(rules, seed)
    mixed = [list(programs.programs), list(programs.meetings)]
    for each in mixed:
        Random(seed).shuffle(each)
    other = ProgramList(programs=tuple(mixed[0]), meetings=tuple(mixed[1]))
    there = Distances(HOME, TABLE)
    assert match(rules, decision, shelved(programs), there, TODAY, asked) == match(
        rules, decision, shelved(other), there, TODAY, asked
    )


TRUE_OF = {
    "pregnant": lambda p: p.takes_pregnant,
    "medication": lambda p: p.medication_welcome,
    "child_care": lambda p: p.child_care,
    "evenings": lambda p: p.evenings,
    "cost": lambda p: (p.free or p.sliding_fee) or (
        None if None in (p.free, p.sliding_fee) else False
    ),
    "dual_diagnosis": lambda p: p.dual_diagnosis,
    "withdrawal_care": lambda p: p.withdrawal_care,
    "housing": lambda p: p.sober_housing,
    "online": lambda p: p.online,
    "lgbtq": lambda p: p.lgbtq,
    "same_gender": lambda p: p.same_gender_groups or p.takes in ("women", "men") or (
        p.same_gender_groups
    ),
    "faith": lambda p: p.faith,
    "secular": lambda p: None if p.faith is None else not p.faith,
    "soon": lambda p: p.wait_days is not None and p.wait_days <= 2,
    "late": lambda p: not (p.wait_days is not None and p.wait_days > 14),
    "only": lambda p: p.takes not in ("women", "men"),
    "near": lambda p: (away(p) or 0) <= 10,
    "reachable": lambda p: 10 < (away(p) or 0) <= 25,
    "far": lambda p: not (away(p) or 0) > 50,
    "same_town": lambda p: p.town.casefold() == "alder" or p.postal_code == "00001",
}  # fmt: skip
ANSWERED = {
    "child_care": ("responsibilities", "caring"),
    "cost": ("payment", "limited"),
    "dual_diagnosis": ("mental_health", "affecting", "severe"),
    "housing": ("home", "none", "unsafe", "others_use"),
    "online": ("wishes", "online"),
    "lgbtq": ("wishes", "lgbtq"),
    "same_gender": ("wishes", "same_gender_group"),
    "faith": ("wishes", "faith_based"),
    "secular": ("spirituality", "secular_only"),
    "pregnant": ("health", "pregnant"),
}


@pytest.mark.parametrize("seed", one_of(5, range(100)))
def test_every_reason_is_true_of_the_program_and_of_the_answers(rules: RuleSet, seed: int) -> None:
    decision, answers, programs, asked = by_chance(rules, seed)
    there = Distances(HOME, TABLE)
    made = match(rules, decision, shelved(programs), there, TODAY, asked)
    if made is None:
        return
    judge = Judge(made.needs, there, stays(rules))
    for each in (*made.fit, *made.fit_instead):
        told = judge.judged(each.program, each.path)
        assert each.points == sum(why.points for why in (*told.for_, *told.against))
        for why in (*told.for_, *told.against):
            if why.id in TRUE_OF:
                has = TRUE_OF[why.id](each.program)
                assert has is not None, why
                assert bool(has) == (why.points > 0), why
            if why.id in ANSWERED:
                assert given(answers, *ANSWERED[why.id]), why
        for name in told.ask:
            if name in TRUE_OF:
                assert TRUE_OF[name](each.program) is None, name
    meeting_judge = MeetingJudge(made.needs, there)
    for each in made.meetings:
        whys = meeting_judge.whys(each.meeting, each.miles)
        assert each.points == sum(why.points for why in whys)
        assert (
            not asked.language
            or not each.meeting.languages
            or (asked.language in each.meeting.languages)
        )


def plainly(
    rules: RuleSet, decision: Decision, everything: ProgramList, there: Distances, made: Matches
) -> tuple[list[Any], list[Any], list[Any]]:
    """Who fits the first paths, who lacks what, and the meetings: each entry by itself, and all
    of them put in order by everything that counts."""
    judge, meeting_judge = Judge(made.needs, there, stays(rules)), MeetingJudge(made.needs, there)
    fit, lacking, meetings = [], [], []
    for each in everything.programs:
        path = next((path for path in made.paths if path in each.paths), None)
        if path is not None and (missing := judge.lacks(each)):
            lacking.append((each.name.casefold(), each.id, missing))
        elif path is not None:
            told = judge.judged(each, path)
            points = sum(why.points for why in (*told.for_, *told.against))
            far = there.miles(each)
            old = each.last_called <= (TODAY - timedelta(90)).isoformat()
            order = (-points, old, 1e9 if far is None else far, each.name.casefold(), each.id)
            fit.append((order, path))
    beside = {"meetings-alongside": "twelve-step-meetings",
              "secular-groups-alongside": "secular-groups"}  # fmt: skip
    wanted = [*made.paths, *(beside[s.id] for s in decision.supports if s.id in beside)]
    for each in everything.meetings:
        path = next((path for path in wanted if path in each.paths), None)
        if path is None or meeting_judge.lacks(each):
            continue
        far = there.miles(each)
        points = sum(why.points for why in meeting_judge.whys(each, far))
        old = each.seen_on <= (TODAY - timedelta(90)).isoformat()
        days = min((WEEK.index(day) - TODAY.weekday()) % 7 for day in each.days)
        away = 1e9 if far is None else far
        order = (wanted.index(path), -points, old, away, days, each.time, each.name, each.id)
        meetings.append(order)
    return sorted(fit), sorted(lacking), sorted(meetings)[:200]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_the_quick_way_finds_what_judging_each_entry_by_itself_finds(
    rules: RuleSet, seed: int
) -> None:
    random = Random(seed)
    everything = ProgramList(
        programs=tuple(invented.program(random, n, known=0.6) for n in range(150)),
        meetings=tuple(invented.meeting(random, n, known=0.6) for n in range(700)),
    )
    decision, _, _, asked = by_chance(rules, seed)
    there = Distances(HOME if seed % 3 else here("Alder", {}), TABLE if seed % 3 else {})
    made = match(rules, decision, shelved(everything), there, TODAY, asked)
    if made is None:
        return
    fit, lacking, meetings = plainly(rules, decision, everything, there, made)
    assert [(each.program.id, each.path) for each in made.fit] == [(o[-1], p) for o, p in fit]
    assert [-each.points for each in made.fit] == [order[0] for order, _ in fit]
    assert [(p.name.casefold(), p.id, lack) for p, lack in made.lacking] == lacking
    assert [each.meeting.id for each in made.meetings] == [order[-1] for order in meetings]
    assert [-each.points for each in made.meetings] == [order[1] for order in meetings]


# --- distance -------------------------------------------------------------------------------


def test_a_degree_of_latitude_is_sixty_nine_miles() -> None:
    assert between((10.0, -30.0))(11.0, -30.0) == pytest.approx(69.09, abs=0.02)
    assert between((0.0, 179.5))(0.0, -179.5) == pytest.approx(69.09, abs=0.02)
    assert between((10.0, -30.0))(10.0, -30.0) == 0


def test_a_place_is_a_postal_code_a_town_or_coordinates() -> None:
    assert here("00002", TABLE).point == (10.09, -30.02)
    assert here("00002-1234", TABLE).town == "birchfield"
    assert here("cedar point", TABLE).point == (10.2, -30.2)
    assert here("10.5, -30", TABLE).point == (10.5, -30.0)
    assert here("99999", TABLE) == here("99999", {})
    assert here("", TABLE).point is None


def table(folder: Path, data: bytes) -> Path:
    file = folder / "codes.csv"
    file.write_bytes(data)
    return file


def test_a_table_of_places_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    data = b"Town,Postal_Code,population,longitude,latitude\r\nAlder,00001,9,-30.0,10.0\r\n\r\n"
    read = read_table(str(table(tmp_path, data)))
    assert read == {"00001": MappedTown((10.0, -30.0), "Alder")}
    bare = read_table(str(table(tmp_path, b"postal_code,latitude,longitude\nsw1a 1aa,51.5,-0.1\n")))
    assert bare == {"SW1A1AA": MappedTown((51.5, -0.1), "")}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "missing-column", 1),
        (b"zip,latitude,longitude\n", "missing-column", 1),
        (b"postal_code,latitude,longitude\n00001,10,-30\n00002,north,-30\n", "not-a-place", 3),
        (b"postal_code,latitude,longitude\n00001,10\n", "not-a-place", 2),
        (b"postal_code,latitude,longitude\n00001,91,-30\n", "not-a-place", 2),
        (b"postal_code,latitude,longitude\n00001,nan,-30\n", "not-a-place", 2),
        (b'postal_code,latitude,longitude\n"00001,10,-30\n', "not-csv", 2),
        (b"\xff\xfe", "not-utf-8", 1),
        (b"postal_code,latitude,longitude\n\x1b[2J,1,2\n", "hidden-character", 2),
        (b"x" * (16 * 1024 * 1024 + 1), "too-large", 1),
    ],
    ids=["empty", "zip", "north", "short", "beyond", "nan", "quote", "bytes", "escape", "large"],
)
def test_a_line_of_the_table_that_is_no_place_is_told(
    tmp_path: Path, data: bytes, code: str, line: int
) -> None:
    with pytest.raises(ProgramsError) as error:
        read_table(str(table(tmp_path, data)))
    assert (error.value.problems[0].code, error.value.problems[0].line) == (code, line)
