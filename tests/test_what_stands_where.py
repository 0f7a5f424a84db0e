"""Which of several true sentences stands in the one place that a page has for it.

Each failed to break a test when the rule for it was taken out of the program. The people are those
of `rules/cases/`, so that who reads a failure can read whom it is about.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from contract import random_answers
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import check_answers
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.how_much_care import by_what_is_open, surely_too_little
from pathfinder.pages.phrases import stands_in
from pathfinder.pages.plan_page import plan_page
from pathfinder.pages.today_moves import emergency_told, move_for_today
from pathfinder.render.answer import fitted, joined
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

CASES = Path(__file__).resolve().parents[1] / "rules" / "cases"


def person(rules: RuleSet, name: str) -> Answers:
    told = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return check_answers(rules, told["answers"])


def plan_of(rules: RuleSet, answers: Answers) -> str:
    return " ".join(plain_text(plan_page(rules, decide(rules, answers)), 72).split())


def other_paths(rules: RuleSet, answers: Answers) -> str:
    text = whole(rules, answers)
    return text[text.index(messages.OTHERS) : text.index(messages.SET_ASIDE)]


# --- what keeps somebody safe -------------------------------------------------------------------


def test_every_warning_stands_on_the_whole_page(rules: RuleSet) -> None:
    answers = person(rules, "fentanyl-and-a-medicine-for-drinking")
    warnings = decide(rules, answers).warnings
    assert len(warnings) == 2
    assert all(each.because in whole(rules, answers) for each in warnings)


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        (
            "an-emergency-on-a-medicine-for-drinking",
            "drink-on-a-medicine-for-it-in-an-emergency",
        ),
        ("disulfiram-and-still-drinking", "drink-beside-medicine-for-drinking"),
        ("court-papers-and-a-safe-family", "drink-beside-medicine-for-drinking"),
    ],
)
def test_drink_on_a_medicine_for_it_brings_one_warning(
    rules: RuleSet, name: str, warned: str
) -> None:
    assert [each.id for each in decide(rules, person(rules, name)).warnings] == [warned]


def test_opioids_beside_a_medicine_for_drinking_bring_a_warning_of_their_own(
    rules: RuleSet,
) -> None:
    now = {**DRINKS, "danger": ["seizure_or_confusion"], "medication": ["for_alcohol"]}
    own = "drink-on-a-medicine-for-it-in-an-emergency"
    assert own in [each.id for each in decide(rules, now).warnings]
    for with_opioids in ({"substances": ["alcohol", "opioids"]}, {"health": ["pain"]}):
        warned = [each.id for each in decide(rules, {**now, **with_opioids}).warnings]
        assert own not in warned
        assert "medicine-for-drinking-beside-opioids" in warned


def test_a_plan_in_danger_has_no_warning_between_the_call_and_the_rest(rules: RuleSet) -> None:
    answers = person(rules, "bleeding-and-may-be-pregnant")
    decision = decide(rules, answers)
    assert decision.hold
    assert decision.warnings
    assert f"{messages.CAREFUL_FIRST}:" not in plan_of(rules, answers)


def test_in_danger_no_lighter_step_stands_in(rules: RuleSet) -> None:
    told = {**DRINKS, "severity": "skip", "home": "others_use", "step_away": "cannot",
            "danger": ["overdose"]}  # fmt: skip
    decision = decide(rules, told)
    assert stands_in(rules, decision) is not None
    assert decision.hold
    assert f"{messages.MEANWHILE}:" not in plan_of(rules, told)


@pytest.mark.parametrize("name", ["steady-on-methadone-for-years", "leaving-residential-care"])
def test_naloxone_is_the_move_of_today_before_what_goes_on_and_what_may_not_be(
    rules: RuleSet, name: str
) -> None:
    answers = person(rules, name)
    keep, if_, *_ = decide(rules, answers).next_moves
    assert keep.startswith("Keep taking")
    assert if_.startswith("If a program")
    assert short(rules, answers).today.startswith("Carry naloxone")


def test_the_move_for_today_is_none_that_may_not_concern_who_reads() -> None:
    moves = ["Don't drive.", "If it hurts, call.", "Keep taking it.", "Call a doctor.", "Rest."]
    assert move_for_today(moves) == "Call a doctor."
    for only in moves[:3]:
        assert move_for_today([only]) == only, "better than nothing"
        assert move_for_today([only, "Rest."]) == "Rest."
    assert move_for_today([]) == ""


def test_a_warning_is_not_the_move_of_today(rules: RuleSet) -> None:
    answers = person(rules, "just-left-and-would-not-say-what")
    decision = decide(rules, answers)
    assert decision.next_moves[0] in [each.because for each in decision.warnings]
    assert short(rules, answers).today.startswith("Ask the team")


def test_showing_up_once_is_not_enough_for_who_can_not_cope(rules: RuleSet) -> None:
    torn = {**DRINKS, "motivation": "torn"}
    once = "Show up once"
    assert once in whole(rules, torn)
    assert once not in whole(rules, {**torn, "mental_health": "severe"})


def test_the_least_care_is_not_named_where_none_of_it_is_offered(rules: RuleSet) -> None:
    assert short(rules, person(rules, "no-bed-cocaine-today-and-losing-touch")).safe == ""


# --- what puts a path behind --------------------------------------------------------------------


def test_of_cons_the_one_that_fewest_paths_share_is_told(rules: RuleSet) -> None:
    answers = person(rules, "finished-a-program-and-sees-things-when-stopping")
    row = short(rules, answers).rows[1]
    assert row.decides.startswith("As good, though people drink or use drugs where you live")


def test_of_such_cons_the_heaviest_is_told(rules: RuleSet) -> None:
    row = short(rules, person(rules, "fifteen-drinks-a-day-called-mild")).rows[-1]
    assert row.decides == "Your home is safe and steady, and this takes you away from it."


def test_a_con_that_leans_on_its_first_half_keeps_it(rules: RuleSet) -> None:
    text = other_paths(rules, person(rules, "heroin-some-days-with-family-near"))
    assert "You said that harmful use is not close right now, and that alone asks for less" in text


def test_a_path_that_fits_as_well_says_so_in_its_row(rules: RuleSet) -> None:
    row = short(rules, person(rules, "pregnant-and-off-heroin-among-users")).rows[1]
    assert row.equal
    assert row.decides == answer_messages.FITS_AS_WELL
    # Where several do, each does, and none is "the same".
    rows = short(rules, person(rules, "everything-skipped")).rows[1:4]
    assert [each.decides for each in rows] == [answer_messages.FITS_AS_WELL] * 3


def test_beside_a_stay_no_hours_stand_in_the_way_of_less(rules: RuleSet) -> None:
    stays = {**DRINKS, "danger": ["pregnancy_emergency"], "drinks": "10_to_14",
             "withdrawal": "dangerous", "stage": "intensive_not_enough",
             "weekly_hours": "under_3"}  # fmt: skip
    assert decide(rules, stays).ranked[0].path == "residential"
    text = other_paths(rules, stays)
    assert "no staff is here at night." in text
    assert "hours a week" not in text.replace("20 hours a week and more", "")


# --- what opens a path, and what helps ------------------------------------------------------------


def test_two_things_that_open_a_path_are_told_as_two(rules: RuleSet) -> None:
    answers = person(rules, "a-bottle-today-after-treatment")
    decision = decide(rules, answers)
    blocks = explanation(rules, answers, decision, Wanted(why_not="continuing-care"))
    text = " ".join(plain_text(blocks, 72).split())
    told = text[text.index(messages.OPENS_TOGETHER) :]
    assert "A program that you finish, or some steady months." in told
    assert rules.texts.level_opens_when.text in told


def test_all_that_is_in_the_way_is_named_also_where_part_of_it_is_argued(rules: RuleSet) -> None:
    few = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "home": "unsafe",
           "weekly_hours": "under_3", "step_away": "cannot"}  # fmt: skip
    text = whole(rules, few)
    way = text[text.index(messages.NOT_POSSIBLE) :]
    assert f"{messages.IN_ITS_WAY}: Hours a week, living away from home." in way


def test_a_choice_opens_nothing_while_less_care_is_not_enough(rules: RuleSet) -> None:
    secular = {**DRINKS, "withdrawal": "skip", "staying_stopped": "hours", "payment": "limited",
               "spirituality": "secular_only"}  # fmt: skip
    only = messages.less_by_itself("12-Step meetings")
    assert only in whole(rules, secular)
    assert only not in whole(rules, {**secular, "staying_stopped": "steady", "withdrawal": "none"})


def test_who_helps_is_asked_about_what_stands_in_the_way_first(rules: RuleSet) -> None:
    both = {**DRINKS, "mental_health": "severe", "step_away": "with_help", "payment": "limited",
            "weekly_hours": "3_to_8"}  # fmt: skip
    way = short(rules, both).in_the_way
    assert way.startswith("Hours a week, money and insurance. Ask the program")
    assert way.endswith("what could free the hours that this asks for.")


def test_a_meeting_that_is_the_path_is_no_thing_to_add_for_the_same_reason(rules: RuleSet) -> None:
    answers = person(rules, "faith-and-meetings-that-helped")
    assert "They helped you, and they can stand beside any path." not in whole(rules, answers)


# --- what a text asks of whom -----------------------------------------------------------------


def test_a_medicine_is_asked_about_by_who_said_nothing_of_it(rules: RuleSet) -> None:
    mild = {**DRINKS, "frequency": "some_days"}
    assert decide(rules, mild).ranked[0].path == "outpatient"
    ask = "Ask whether a medicine could help you."
    assert ask in whole(rules, {**mild, "medication": "unsure"})
    for medication in (["interested"], ["none"], ["for_alcohol"]):
        assert ask not in whole(rules, {**mild, "medication": medication})


def test_what_pays_for_visits_is_told_where_nothing_is_known_of_money(rules: RuleSet) -> None:
    covered = "Visits to your own doctor may be covered"
    calm = {**DRINKS, "frequency": "some_days", "drinks": "under_5"}
    assert covered in whole(rules, {**calm, "payment": "unsure"})
    assert covered in whole(rules, {**calm, "payment": "covered"})


# --- an emergency, and what takes a reason away ---------------------------------------------------


def test_what_an_emergency_is_stands_on_the_short_answer_and_in_the_plan(rules: RuleSet) -> None:
    sick = {**DRINKS, "withdrawal": "hard"}
    signs = "A seizure, or confusion or seeing things in withdrawal, is an emergency: 911."
    assert short(rules, sick).emergency == signs
    drawn = joined(fitted(short(rules, sick), 79, 60, drawn=False))
    assert "seeing things" in "".join(part.text for line in drawn for part in line)
    assert signs in plan_of(rules, sick)
    far = decide(rules, sick, region="elsewhere")
    assert emergency_told(rules, far).endswith("an emergency: call your local emergency number.")
    # In one the alert says whom to call.
    now = {**sick, "danger": ["seizure_or_confusion"]}
    assert short(rules, now).emergency == ""
    assert signs not in plan_of(rules, now)
    assert short(rules, {**DRINKS, "frequency": "some_days"}).emergency == ""


def test_what_is_said_of_one_path_alone_is_not_true_of_the_path_below(rules: RuleSet) -> None:
    dry = {**DRINKS, "substances": ["sedatives"], "frequency": "not_lately", "severity": "severe",
           "staying_stopped": "steady", "mental_health": "managed", "home": "others_use",
           "support": "none", "stage": "finished_program", "past_twelve_step": "helped",
           "motivation": "committed", "payment": "limited",
           "spirituality": "important"}  # fmt: skip
    text = other_paths(rules, dry)
    rent = text[text.index("rent comes on top of the program.") :]
    assert not rent.split(".")[1].strip().startswith("The same is true")


def test_no_change_of_life_is_held_out_as_two_steps_down(rules: RuleSet) -> None:
    one = {"severity": "moderate", "home": "none", "staying_stopped": "weeks"}
    assert "another path would come first" in whole(rules, {**DRINKS, **one})
    two = {**DRINKS, **one, "severity": "severe", "staying_stopped": "hours", "support": "strong"}
    explained = explain(rules, two, decide(rules, two))
    assert explained is not None
    assert any(set(each.changes) == {"home"} for each in explained.would_change)
    assert "another path would come first" not in whole(rules, two)


def test_what_a_row_above_has_too_does_not_put_the_next_one_behind(rules: RuleSet) -> None:
    near = {**DRINKS, "frequency": "most_days", "drinks": "10_to_14", "severity": "severe",
            "home": "others_use", "support": "none", "stage": "tried_before",
            "past_twelve_step": "mixed", "motivation": "committed",
            "responsibilities": ["school", "court"], "spirituality": "open",
            "company": "peers"}  # fmt: skip
    rows = short(rules, near).rows
    assert rows[1].equal
    home = "People drink or use drugs where you live"
    assert home.lower() in rows[1].decides.lower()
    assert not rows[2].decides.startswith(home)


def test_a_step_to_begin_with_that_stands_nowhere_else_says_what_it_is(rules: RuleSet) -> None:
    poor = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "weekly_hours": "3_to_8"}
    begin = decide(rules, poor).if_not_possible
    assert begin is not None
    assert begin.compromise == "outpatient"
    text = whole(rules, poor)
    told = text[text.index(messages.COMPROMISE) :].split(messages.OTHERS)[0]
    assert rules.path_by_id["outpatient"].short in told


def test_who_has_a_serious_illness_tells_the_doctor_who_treats_it(rules: RuleSet) -> None:
    ill = {**DRINKS, "substances": ["cannabis"], "health": ["serious_condition"]}
    said = "Tell the doctor who treats your illness what you use."
    assert said in whole(rules, ill)
    assert said in whole(rules, {**ill, "frequency": "unsure"})
    assert said not in whole(rules, {**ill, "frequency": "not_lately"})
    assert said not in whole(rules, {**ill, "health": ["none"]})
    # What could kill comes first.
    over = {**ill, "health": ["serious_condition", "overdose_before"]}
    assert "naloxone" in plan_of(rules, over)


def test_a_bed_is_no_reason_to_stop_at_once(rules: RuleSet) -> None:
    house = {**DRINKS, "severity": "moderate", "home": "others_use", "staying_stopped": "days",
             "drinks": "10_to_14"}  # fmt: skip
    assert decide(rules, house).ranked[0].path == "iop-sober-living"
    drinks = "If a doctor has to say how I stop drinking, how can I move in?"
    assert drinks in whole(rules, house)
    assert drinks in whole(rules, {**house, "drinks": "unsure"})
    some = {"drinks": "under_5", "frequency": "some_days"}
    assert drinks not in whole(rules, {**house, **some})


def test_less_care_may_be_enough_where_all_that_asks_for_more_is_open(rules: RuleSet) -> None:
    open_ = {**DRINKS, "substances": ["cannabis"], "frequency": "some_days",
             "stage": "returned_to_use", "staying_stopped": "unsure"}  # fmt: skip
    assert by_what_is_open(rules, decide(rules, open_))
    assert messages.WHY_LEVEL_PERHAPS in whole(rules, open_)
    known = {**open_, "staying_stopped": "days"}
    assert not by_what_is_open(rules, decide(rules, known))
    assert messages.WHY_LEVEL in whole(rules, known)


def test_a_step_to_begin_with_is_called_too_little_only_where_that_is_known(rules: RuleSet) -> None:
    few = {**DRINKS, "substances": ["stimulants"], "severity": "moderate",
           "frequency": "some_days", "staying_stopped": "unsure", "support": "none",
           "spirituality": "open", "past_twelve_step": "helped", "weekly_hours": "under_3",
           "motivation": "committed", "philosophy": "acceptance"}  # fmt: skip
    assert by_what_is_open(rules, decide(rules, few))
    perhaps, sure = messages.COMPROMISE_LESS
    assert perhaps in whole(rules, few)
    assert sure not in whole(rules, few)
    known = {**few, "staying_stopped": "days"}
    assert sure in whole(rules, known)
    assert answer_messages.KEEP_ASKING[0] in short(rules, few).until_then
    assert answer_messages.KEEP_ASKING[1] in short(rules, known).until_then


def test_a_firm_result_names_what_may_still_ask_for_more(rules: RuleSet) -> None:
    skipped = {**DRINKS, "substances": "skip", "alcohol_frequency": "some_days",
               "sedative_frequency": "not_lately", "drinks": "10_to_14", "weekly_hours": "under_3",
               "motivation": "not_ready", "philosophy": "skills", "company": "professional",
               "past_twelve_step": "mixed", "step_away": "cannot"}  # fmt: skip
    more = messages.first_if_known("all that is used")
    assert more in whole(rules, skipped)
    assert more not in whole(rules, {**skipped, "substances": ["cannabis"]})
    # One open answer can't ask for more care than the first path, or it would be close.
    few = {"substances": ["alcohol"], "frequency": "skip", "drinks": "15_plus", "severity": "mild",
           "withdrawal": "mild", "staying_stopped": "weeks", "danger": ["none"], "home": "steady",
           "self_harm": "none", "health": ["none"], "mental_health": "none", "support": "some",
           "medication": ["none"], "stage": "first_time", "motivation": "willing",
           "responsibilities": ["job"], "step_away": "can", "weekly_hours": "3_to_8",
           "payment": "covered"}  # fmt: skip
    alone = whole(rules, few)
    assert messages.first_if_known("drinking days in a month") in alone
    assert "may still ask for more care" not in alone


def test_a_quoted_answer_keeps_its_own_comma() -> None:
    said = answer_messages.doubted(["your answer “a, but b”", "your answer “c”"])
    assert said.startswith("Your answer “a, but b” and your answer “c” may not fit the rest.")


def test_no_list_of_open_answers_is_empty(rules: RuleSet) -> None:
    dice = random.Random(15)
    for _ in range(150):
        assert f"{messages.OPEN_ANSWERS_ALL}: ." not in whole(rules, random_answers(dice))


def test_what_is_surely_too_little_is_not_called_too_little_perhaps(rules: RuleSet) -> None:
    """A guess asks for a stay, and what is known for more than talks."""
    home = {**DRINKS, "severity": "severe", "home": "unsafe", "staying_stopped": "skip"}
    decision = decide(rules, home)
    assert decision.safe_level == "residential"
    assert surely_too_little(rules, decision, "outpatient")
    assert not surely_too_little(rules, decision, "day")
    # An answer that gates read as another one is no open one.
    grave = {**DRINKS, "withdrawal": "dangerous", "severity": "unsure", "severity_signs": ["none"],
             "weekly_hours": "under_3"}  # fmt: skip
    assert not by_what_is_open(rules, decide(rules, grave))
    assert messages.LESS_CARE in whole(rules, grave)
    assert messages.PERHAPS_LESS_CARE not in whole(rules, grave)


def test_meetings_that_helped_are_not_told_again_where_the_path_builds_on_them(
    rules: RuleSet,
) -> None:
    helped = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "spirituality": "open",
              "past_twelve_step": "helped"}  # fmt: skip
    assert decide(rules, helped).ranked[0].path == "iop-twelve-step"
    text = whole(rules, helped)
    assert "12-step meetings have helped you, and this builds on them." in text
    assert "They helped you, and they can stand beside any path." not in text
