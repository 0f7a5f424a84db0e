"""The answer on one screen: what is in it for everybody, and how much room it takes."""

from __future__ import annotations

import io
import random
import re
import statistics
import sys
from pathlib import Path

import pytest
from built_in import RULES

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from answering import measure
from conftest import Run
from contract import random_answers

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.pages import answer_messages as words
from pathfinder.pages.answer import Answer, answer
from pathfinder.render import print_answer
from pathfinder.render.answer import COLUMNS_FROM, fitted, joined

EXAMPLES = sorted((Path(__file__).parents[1] / "docs" / "examples").glob("*.yaml"))
STEADY = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["alcohol"],
    "frequency": "some_days", "withdrawal": "none", "severity": "moderate", "home": "steady",
    "staying_stopped": "weeks", "mental_health": "none", "motivation": "committed",
    "weekly_hours": "9_to_19", "payment": "covered", "step_away": "can",
}  # fmt: skip
IN_DANGER = {**STEADY, "danger": ["overdose"]}


def told(answers: dict[str, object], region: str | None = None) -> Answer:
    decision = decide(RULES, answers, region=region)
    return answer(RULES, decision, explain(RULES, answers, decision))


def text(answers: dict[str, object], width: int = 79, rows: int = 23, *, drawn: bool = True) -> str:
    lines = joined(fitted(told(answers), width, rows, drawn=drawn))
    return "\n".join("".join(part.text for part in line) for line in lines)


@pytest.fixture(scope="module")
def people() -> list[dict[str, object]]:
    dice = random.Random(2)
    return [random_answers(dice) for _ in range(150)]


@pytest.mark.slow
def test_the_answer_fits_one_screen_for_nine_of_ten_and_never_needs_more_than_36(
    people: list[dict[str, object]],
) -> None:
    found = [measure(RULES, answers) for answers in people]
    assert sum(each.lines <= 24 for each in found) >= 0.9 * len(found)
    assert max(each.lines for each in found) <= 36
    assert statistics.median(each.words for each in found) < 250


@pytest.mark.slow
@pytest.mark.parametrize("drawn", [True, False])
def test_nobody_s_answer_lacks_a_first_step_a_ranked_path_an_alert_or_help(
    people: list[dict[str, object]], drawn: bool
) -> None:
    for answers in people:
        assert measure(RULES, answers, drawn=drawn).left_out == (), answers


@pytest.mark.slow
def test_no_answer_shows_a_negative_number_and_no_bar_is_empty(
    people: list[dict[str, object]],
) -> None:
    for answers in people:
        found = told(answers)
        assert all(0 < row.closeness <= 1 for row in found.rows), found.rows
        assert [row.rank for row in found.rows] == list(range(1, len(found.rows) + 1))
        assert not re.search(r"(?<![0-9\w])-[0-9]", text(answers)), text(answers)


def test_bars_say_how_close_a_path_comes_to_the_first() -> None:
    rows = told(STEADY).rows
    assert rows[0].closeness == 1
    assert [row.closeness for row in rows] == sorted((r.closeness for r in rows), reverse=True)


def test_the_first_three_paths_are_rows_with_a_bar_hours_and_what_decides() -> None:
    shown = text(STEADY).splitlines()
    rows = [line for line in shown if "█" in line]
    assert len(rows) >= 3
    assert all("hours" in row for row in rows[:3])
    assert all(row.decides for row in told(STEADY).rows[2:])


def test_where_two_paths_differ_in_approach_alone_the_choice_is_the_person_s() -> None:
    found = told(STEADY)
    assert [row.path for row in found.rows[:2]] == ["iop-twelve-step", "iop-secular"]
    assert words.WITH_OR_WITHOUT in found.headline
    assert found.choice


def test_a_clear_first_path_is_named_and_offers_no_choice() -> None:
    found = told({**STEADY, "spirituality": "secular_only", "philosophy": "skills"})
    assert found.choice == ""
    assert found.headline == f"{RULES.path_by_id[found.rows[0].path].name}."


def test_in_danger_the_screen_is_the_alert_and_its_lines_and_nothing_else() -> None:
    shown = text(IN_DANGER)
    assert "911" in shown
    for path in RULES.paths:
        assert path.in_a_row not in shown
    assert words.TODAY not in shown


def test_what_stands_in_the_way_names_the_safest_step() -> None:
    found = told({**STEADY, "staying_stopped": "days", "weekly_hours": "under_3"})
    assert found.in_the_way == "", "the argument against it has said so"
    assert any("less than 3 hours a week" in con for con in found.cons)
    poor = told({**STEADY, "staying_stopped": "days", "weekly_hours": "under_3",
                 "payment": "limited"})  # fmt: skip
    assert poor.in_the_way == "Money and insurance."
    assert "Outpatient counseling" in found.until_then


def test_the_least_safe_care_is_told_with_its_reason() -> None:
    level = decide(RULES, STEADY).safe_level
    assert level is not None
    name = RULES.levels[RULES.level_rank[level]].name
    assert told(STEADY).safe.startswith(f"{name}. ")
    assert len(told(STEADY).safe) > len(name) + 10


def test_a_firm_result_says_nothing_of_its_firmness() -> None:
    for answers in (STEADY, {**STEADY, "philosophy": "skills", "spirituality": "secular_only"}):
        decision = decide(RULES, answers)
        explained = explain(RULES, answers, decision)
        assert explained is not None
        assert (answer(RULES, decision, explained).how_sure == "") is explained.firmness.firm


@pytest.mark.slow
@pytest.mark.parametrize("width", [39, 59, 79, 119])
@pytest.mark.parametrize("drawn", [True, False])
def test_no_line_is_wider_than_the_window(
    people: list[dict[str, object]], width: int, drawn: bool
) -> None:
    for answers in people[:40]:
        assert max(map(len, text(answers, width, drawn=drawn).splitlines())) <= width


def test_in_a_narrow_window_no_column_is_drawn() -> None:
    assert "█" not in text(STEADY, COLUMNS_FROM - 1)


def test_a_larger_window_shows_more() -> None:
    assert len(text(STEADY, rows=40).splitlines()) > len(text(STEADY, rows=23).splitlines())


def test_in_words_no_mark_and_no_bar_carries_meaning() -> None:
    shown = text(STEADY, 72, drawn=False)
    assert not re.search(r"[█+|]|^\s*-", shown, re.MULTILINE)
    assert words.FOR in shown


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_recommend_prints_the_answer_and_one_last_line(pathfinder: Run, file: Path) -> None:
    ran = pathfinder("recommend", str(file))
    lines = ran.out.splitlines()
    assert len(lines) <= 24
    assert lines[-1] == words.MORE
    assert "--full" in lines[-1]
    assert "explain" in lines[-1]


def test_the_last_line_breaks_between_words_where_the_window_is_narrow() -> None:
    stream = io.StringIO()
    print_answer(told(STEADY), plain=True, stream=stream, last=f"{'every reason ' * 9}here")
    *_, before, last = stream.getvalue().splitlines()
    assert (len(before) <= 80, last.split()[-1]) == (True, "here")
    assert before.startswith("every reason every")


def test_full_gives_the_whole_page(pathfinder: Run) -> None:
    ran = pathfinder("recommend", str(EXAMPLES[0]), "--full")
    assert len(ran.out.splitlines()) > 150
    assert "Your plan, in short" in ran.out


# --- what must be known before any path ---------------------------------------------------

NO_PROBLEM = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["alcohol"],
    "frequency": "some_days", "drinks": "under_5", "withdrawal": "none", "health": ["none"],
    "medication": ["none"], "severity": "unsure", "severity_signs": ["none"],
    "staying_stopped": "steady", "mental_health": "none", "home": "steady", "support": "strong",
    "stage": "first_time",
}  # fmt: skip


def test_who_has_no_problem_reads_so_before_any_path_and_is_sent_nowhere() -> None:
    note = next(each for each in decide(RULES, NO_PROBLEM).notes if each.headline)
    shown = " ".join(text(NO_PROBLEM).split())
    assert shown.index(note.because) < shown.index(words.OPEN_TO_YOU)
    assert words.BEST not in shown
    assert "Call" not in told(NO_PROBLEM).today


def test_a_warning_stands_above_the_first_steps_with_what_to_do() -> None:
    both = {**STEADY, "substances": ["alcohol", "opioids"], "medication": ["for_alcohol"]}
    ids = [each.id for each in decide(RULES, both).warnings]
    assert ids == ["two-that-slow-the-breath", "medicine-for-drinking-beside-opioids"]
    shown = " ".join(text(both, rows=36).split())
    assert shown.lower().index("naltrexone") < shown.index(words.FIRST)
    assert shown.index("Don't mix opioids, sedatives") < shown.index(words.FIRST)
    assert told(both).today not in told(both).warnings


def test_who_names_no_drug_reads_for_what_the_tool_is() -> None:
    nothing = {**STEADY, "substances": ["none"], "mental_health": "severe"}
    assert "if not, ask a doctor what help fits." in told(nothing).lead[0]
    assert not told(nothing).calm


def test_a_crisis_line_stands_under_the_answer_of_who_cannot_cope() -> None:
    assert any("988" in line for line in told({**STEADY, "mental_health": "severe"}).help)
    assert not any("988" in line for line in told(STEADY).help)


def test_the_least_care_says_what_is_not_sure_where_an_answer_was_read() -> None:
    unsaid = {**STEADY, "staying_stopped": "unsure"}
    assert "Not known: how soon harmful use could come" in told(unsaid).safe
    assert "Not sure yet" not in told(STEADY).safe


def test_today_is_something_to_do_for_everybody(people: list[dict[str, object]]) -> None:
    people = [{"age_group": "adult"}, *people]  # who says nothing hears what to do, too
    verbs = re.compile("(Ask|Be|Call|Carry|Don't|Have|Hear|Keep|Look|Show|Take|Tell) ")
    for answers in people:
        decision = decide(RULES, answers)
        if decision.ranked and not decision.hold:
            today = answer(RULES, decision, None).today
            assert verbs.match(today), today


def test_only_what_takes_a_meeting_or_two_goes_beside_another_path() -> None:
    answers = {**STEADY, "staying_stopped": "days", "philosophy": "skills"}
    assert {"12-Step meetings", "Secular groups"} == set(told(answers).beside)


def test_who_wants_no_higher_power_is_not_offered_its_meetings_beside_a_program() -> None:
    answers = {**STEADY, "spirituality": "secular_only", "staying_stopped": "days",
               "past_twelve_step": "never"}  # fmt: skip
    refused = [e for e in decide(RULES, answers).set_aside if "twelve" in e.path]
    assert all(entry.alongside for entry in refused), (
        "the person's own choice, which the JSON tells"
    )
    assert told(answers).beside == ("Secular groups",)
    assert "12-Step meetings" in told(answers).set_aside
    helped = {**answers, "past_twelve_step": "helped"}
    assert told(helped).beside == ("12-Step meetings", "Secular groups"), "what helped stays good"


def test_a_result_that_hangs_on_more_than_is_known_says_so_and_claims_no_best_path() -> None:
    few = {"age_group": "adult", "danger": ["none"], "self_harm": "none",
           "substances": ["alcohol"], "severity": "moderate"}  # fmt: skip
    decision = decide(RULES, few)
    found = answer(RULES, decision, explain(RULES, few, decision))
    assert decision.ranked[0].for_
    assert found.starts
    assert found.how_sure.startswith("Too little is known to choose well. Most would help: ")
    steady = decide(RULES, STEADY)
    known = answer(RULES, steady, explain(RULES, STEADY, steady))
    assert not known.starts
    assert "Too little" not in known.how_sure


def test_a_question_is_called_by_the_name_that_its_rule_gives_it() -> None:
    """And not by a list in the code, in which a renamed question would lose its name."""
    renamed = [
        each._replace(name="days between") if each.id == "staying_stopped" else each
        for each in RULES.questions
    ]
    by_id = {each.id: each for each in renamed}
    rules = RULES._replace(questions=tuple(renamed), question_by_id=by_id)
    decision = decide(rules, {**STEADY, "staying_stopped": "unsure"})
    assert "Not known: days between" in answer(rules, decision, None).safe


@pytest.mark.parametrize("hurt", [{"home": "unsafe"}, {"danger": ["violence"]}])
def test_who_is_hurt_at_home_reads_the_line_for_it_in_each_country(hurt: dict[str, object]) -> None:
    """The emergency line takes it, too, and stands there already."""
    for region in RULES.regions:
        own = next(line for line in region.lines if line.kinds[0] == "violence")
        name = own.name.split(",")[0]
        for said, is_named in ((hurt, True), ({"home": "none"}, False)):
            found = told({**STEADY, **said}, region.id)
            calls = [*found.help, *(call for alert in found.alerts for call in alert.lines)]
            assert any(call.startswith(name) for call in calls) is is_named, region.id


@pytest.mark.parametrize("drawn", [True, False])
def test_a_single_path_stands_once_with_its_hours(drawn: bool) -> None:
    alone = {**STEADY, "withdrawal": "dangerous", "severity": "severe", "staying_stopped": "hours",
             "frequency": "every_day", "drinks": "15_plus"}  # fmt: skip
    assert len(told(alone).rows) == 1
    assert "Residential treatment, 24 hours a day." in text(alone, drawn=drawn)
    assert text(alone, drawn=drawn).count("Residential treatment") == 1


def test_a_crisis_line_stands_there_for_who_left_the_question_on_it_open() -> None:
    assert not any("988" in line for line in told(STEADY).help)
    for left_open in ("unsure", "skip"):
        assert any("988" in line for line in told({**STEADY, "self_harm": left_open}).help)
    by_country = told({**STEADY, "self_harm": "skip"}, region="uk").help
    assert any("Samaritans" in line for line in by_country)


def test_where_nothing_asks_for_more_than_the_least_no_least_is_named() -> None:
    """It read as if nobody need be asked, beside a first path that is more."""
    light = {**STEADY, "severity": "mild", "staying_stopped": "steady", "home": "steady"}
    assert decide(RULES, light).safe_level == "support"
    assert told(light).safe == ""
    assert told({**light, "self_harm": "thoughts"}).safe.startswith("Outpatient care.")


# --- danger that nobody has denied ---------------------------------------------------------


@pytest.mark.parametrize("open_", [{"danger": "unsure"}, {"danger": "skip"}])
def test_who_cannot_say_whether_there_is_danger_reads_the_number_in_the_first_line(
    open_: dict[str, object],
) -> None:
    said = told({**STEADY, **open_}, "US")
    asked = f"{words.may_be_danger('911')} {words.may_be_hurt('1-800-799-7233')}"
    assert said.caution == f"{words.IN_SHORT_NO_DIAGNOSIS} {asked}"
    assert not any("1-800-799-7233" in line for line in said.help), "it stands above already"
    assert words.may_be_danger("911") in text_of(said)[0]


def test_who_denied_all_danger_reads_no_number_in_the_first_line() -> None:
    assert told(STEADY, "US").caution == words.NOT_A_DIAGNOSIS


def text_of(said: Answer) -> list[str]:
    lines = joined(fitted(said, 79, 24, drawn=False))
    return ["".join(part.text for part in line) for line in lines]


def test_no_path_is_named_twice_where_the_list_is_read_out() -> None:
    for answers in (STEADY, {**STEADY, "spirituality": "secular_only"}):
        lines = text_of(told(answers))
        listed = [line for line in lines if re.match(rf"({words.BEST}: )?\d\. ", line)]
        assert len(listed) == len(set(listed)) > 1
        assert lines[lines.index(listed[0]) - 1] != f"{words.BEST}: {told(answers).headline}"


def test_what_sets_the_first_path_apart_is_told_before_what_the_next_one_shares() -> None:
    peers = {**STEADY, "company": "peers", "past_twelve_step": "mixed"}
    decision = decide(RULES, peers)
    top, second = decision.ranked[:2]
    shared = {reason.because for reason in second.for_}
    alike = [[each.because in shared for each in top.for_ if each.points == points]
             for points in {each.points for each in top.for_}]  # fmt: skip
    assert any(True in each and False in each for each in alike)  # else nothing is tried here
    told_first = [reason for reason in top.for_ if reason.points == max(r.points for r in top.for_)]
    own = [r.because for r in told_first if r.because not in shared]
    assert list(told(peers).pros[: len(own)]) == [f"{each.rstrip('.')}." for each in own]


def test_a_line_that_only_some_are_told_stands_under_their_answer() -> None:
    plain, gambling = told(STEADY), told({**STEADY, "health": ["gambling_or_eating"]})
    assert not any("Gambling" in each for each in plain.help)
    assert any("Gambling" in each for each in gambling.help)


def test_a_violence_line_is_named_with_the_word_on_a_safe_phone() -> None:
    hurt = told({**STEADY, "home": "unsafe"})
    assert any("Domestic" in each and words.SAFE_PHONE in each for each in hurt.help)
    assert not any(words.SAFE_PHONE in each for each in told(STEADY).help)


def test_who_has_no_problem_hears_no_reason_for_a_path_and_nothing_set_aside() -> None:
    glass = {
        **STEADY, "drinks": "under_5", "health": ["none"], "severity": "unsure",
        "severity_signs": ["none"], "staying_stopped": "steady", "stage": "first_time",
    }  # fmt: skip
    calm = told(glass)
    assert calm.calm
    assert (calm.pros, calm.cons, calm.safe, calm.set_aside) == ((), (), "", ())
    assert not any(row.decides for row in calm.rows)
    assert not told({**glass, "medication": ["for_alcohol"]}).calm  # steady with a medicine's help


def test_who_cant_go_away_is_sent_to_a_safe_path_from_home_before_one_with_less_care() -> None:
    leaving = {
        **STEADY, "stage": "in_program", "home": "others_use", "step_away": "with_help",
        "frequency": "not_lately",
    }  # fmt: skip
    decision = decide(RULES, leaving)
    assert decision.ranked[0].path == "iop-sober-living"
    assert decision.if_not_possible is not None
    assert decision.if_not_possible.compromise == "outpatient"  # as the design asks
    begin = told(leaving).until_then
    assert begin.startswith("Intensive outpatient program")
    assert "Less than is safe" not in begin
    assert "If you are still in care, stay until your next place is set up" in begin


def test_what_decides_is_that_they_cannot_go_and_not_that_home_is_fine() -> None:
    stays = {
        **STEADY, "stage": "intensive_not_enough", "severity": "severe", "step_away": "cannot",
        "weekly_hours": "20_plus",
    }  # fmt: skip
    (row,) = [row for row in told(stays).rows if row.path == "residential"]
    assert row.decides == words.in_its_way("living away from home")
