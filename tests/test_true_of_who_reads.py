"""What two strangers, reading random people's results, found untrue of the person, or missing.

Each test holds a kind of sentence, not one person: what was said is not asked, what may clash is
asked first, and nobody is spoken to as somebody else.
"""

from __future__ import annotations

import html
import random
import re

import pytest
from contract import random_answers
from people import DRINKS
from test_the_whole_page import NO_USE, decided, short, whole

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.explain.contrast import weights
from pathfinder.engine.question import Answers, told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, discreet_words, messages
from pathfinder.pages.answer import answer
from pathfinder.pages.blocks import Text
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.other_paths import other_paths
from pathfinder.pages.paths_set_aside import set_aside
from pathfinder.pages.phrases import Cites
from pathfinder.pages.sheet import sheet
from pathfinder.render.answer import fitted, joined
from pathfinder.render.handout import handout_html, handout_md, sheet_html, sheet_md
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

HOURS = {**DRINKS, "staying_stopped": "hours"}


def moves_of(rules: RuleSet, answers: Answers) -> list[str]:
    """Every move of the first steps, in their order."""
    decision = decide(rules, answers)
    steps = {step.id: step for step in rules.steps}
    fired = [steps[each.id] for each in decision.first]
    return [move.text for step in fired for move in told(step.moves, decision.view)]


def warned(rules: RuleSet, answers: Answers) -> list[str]:
    return [warning.id for warning in decide(rules, answers).warnings]


def screen(rules: RuleSet, answers: Answers) -> str:
    """The short page as it is drawn."""
    lines = joined(fitted(short(rules, answers), 79, 40, drawn=True))
    return " ".join(" ".join("".join(part.text for part in line) for line in lines).split())


# --- two that slow the breath, and medicine beside drink ------------------------------------


@pytest.mark.parametrize(
    ("change", "told_"),
    [
        ({"substances": ["sedatives"]}, True),
        ({"substances": ["alcohol"]}, True),
        (
            {"substances": ["alcohol"], "frequency": "some_days"},
            False,
        ),  # as a question
        ({"substances": ["cannabis"]}, False),
        ({"substances": "skip", "alcohol_frequency": "most_days"}, True),
        ({"substances": ["sedatives", "alcohol"]}, False),
        ({"substances": ["opioids", "sedatives"]}, False),  # the other warning speaks of all
        ({"substances": ["sedatives"], "frequency": "not_lately"}, False),
        ({"substances": ["sedatives"], "health": ["none"]}, False),
    ],
)
def test_pain_medicine_beside_drink_or_sedatives_is_warned_of(
    rules: RuleSet, change: Answers, told_: bool
) -> None:
    answers = {"age_group": "adult", "frequency": "every_day", "health": ["pain"], **change}
    assert ("pain-medicine-beside-drink-or-sedatives" in warned(rules, answers)) is told_


def test_some_drink_beside_pain_medicine_is_a_question_for_the_prescriber(rules: RuleSet) -> None:
    some = {**DRINKS, "frequency": "some_days", "health": ["pain"]}
    ask = "Drinking with opioids for pain can stop the breath"
    assert ask in " ".join(decide(rules, some).next_moves)
    assert ask not in " ".join(decide(rules, {**some, "frequency": "every_day"}).next_moves)
    assert ask not in " ".join(decide(rules, {**some, "health": ["none"]}).next_moves)


@pytest.mark.parametrize(
    ("change", "told_"),
    [
        ({}, True),
        ({"frequency": "not_lately"}, False),
        ({"medication": ["none"]}, False),
        ({"substances": "skip", "drinks": "10_to_14", "alcohol_frequency": "unsure"}, True),
        ({"health": ["pain"]}, False),  # told to ask about both, in a warning of its own
    ],
)
def test_who_drinks_beside_a_medicine_for_drinking_is_told_whom_to_tell(
    rules: RuleSet, change: Answers, told_: bool
) -> None:
    answers = {**DRINKS, "frequency": "some_days", "medication": ["for_alcohol"], **change}
    assert ("drink-beside-medicine-for-drinking" in warned(rules, answers)) is told_


def test_two_medicines_that_may_not_go_together_are_asked_about_before_all_else(
    rules: RuleSet,
) -> None:
    both = {**DRINKS, "substances": ["opioids"], "medication": ["for_opioids", "for_alcohol"]}
    text = whole(rules, both)
    ask = "Ask a doctor or pharmacist today about your medicine for drinking"
    assert text.split(messages.IN_SHORT)[0].count(ask) == 1
    assert text.index(ask) < text.index("Keep taking your medication")
    assert ask not in whole(rules, {**both, "medication": ["for_opioids"]})


@pytest.mark.parametrize(
    ("change", "told_"),
    [
        ({}, True),
        ({"substances": ["sedatives", "alcohol"]}, False),
        ({"health": ["pain"]}, False),
    ],
)
def test_sedatives_alone_are_not_to_be_mixed_and_that_is_said_once(
    rules: RuleSet, change: Answers, told_: bool
) -> None:
    answers = {**DRINKS, "substances": ["sedatives"], "frequency": "every_day", **change}
    text = whole(rules, answers)
    assert ("Don't drink with sedatives" in text) is told_
    assert text.split(messages.IN_SHORT)[0].count("can stop the breath") == 1


# --- who could do serious harm today ---------------------------------------------------------


def test_harm_that_could_come_today_is_never_made_light(rules: RuleSet) -> None:
    mild = {**HOURS, "severity": "mild"}
    assert "harm-today-and-little-trouble" in warned(rules, mild)
    assert "harm-today-and-little-trouble" not in warned(rules, {**mild, "severity": "severe"})
    assert "harm-today-and-little-trouble" not in warned(rules, {**mild, "staying_stopped": "days"})
    text = whole(rules, mild)
    assert "so please don't wait" in text
    assert "If you wait all the same" not in text
    assert "If you wait all the same" in whole(rules, {**mild, "staying_stopped": "weeks"})
    for severity in ("mild", "moderate", "severe"):
        said = whole(rules, {**HOURS, "severity": severity, "support": "none"})
        assert "happen soon" not in said
        assert "harm soon" not in said


def test_who_finished_a_program_and_is_near_use_calls_it_for_help_now(rules: RuleSet) -> None:
    done = {**HOURS, "stage": "finished_program"}
    assert "what it offers to people who have been there" not in whole(rules, done)
    assert "Say how near harmful use is" in whole(rules, done)
    later = {**done, "staying_stopped": "weeks"}
    assert "what it offers to people who have been there" in whole(rules, later)
    assert "Say how near harmful use is" not in whole(rules, later)


@pytest.mark.parametrize(
    "change",
    [{"mental_health": "severe"}, {"withdrawal": "dangerous"}, {"staying_stopped": "hours"}],
)
def test_one_talk_is_not_called_enough_where_somebody_has_to_help_today(
    rules: RuleSet, change: Answers
) -> None:
    unready = {**DRINKS, "staying_stopped": "weeks", "motivation": "not_ready"}
    enough = "You don't have to agree to more than a first talk"
    assert enough in " ".join(decide(rules, unready).next_moves)
    assert enough not in " ".join(decide(rules, {**unready, **change}).next_moves)


def test_the_lighter_step_comes_after_the_first_steps(rules: RuleSet) -> None:
    poor = {**DRINKS, "severity": "moderate", "home": "none", "payment": "limited"}
    assert decide(rules, poor).first
    assert f"{answer_messages.UNTIL_THEN} Outpatient" in screen(rules, poor)
    assert answer_messages.AFTER_FIRST_STEPS in whole(rules, poor)
    housed = {**poor, "home": "steady", "staying_stopped": "days"}
    assert not decide(rules, housed).first
    assert decide(rules, housed).if_not_possible
    assert answer_messages.AFTER_FIRST_STEPS not in whole(rules, housed)


def test_the_step_until_then_names_what_is_still_in_its_way(rules: RuleSet) -> None:
    busy = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "payment": "limited",
            "weekly_hours": "3_to_8"}  # fmt: skip
    text = whole(rules, busy)
    assert messages.still_in_the_way("money and insurance") in text
    assert "asks for less" not in text


# --- who must be seen first --------------------------------------------------------------------


def test_no_change_leads_to_less_care_before_somebody_has_been_seen(rules: RuleSet) -> None:
    calm = {**DRINKS, "severity": "severe", "home": "none", "staying_stopped": "days",
            "weekly_hours": "20_plus"}  # fmt: skip
    assert messages.BEFORE_LESS in whole(rules, calm)
    assert messages.BEFORE_LESS not in whole(rules, {**calm, "mental_health": "severe"})


def test_thoughts_of_dying_bring_somebody_for_who_relies_on_them(rules: RuleSet) -> None:
    low = {**DRINKS, "mental_health": "severe", "self_harm": "thoughts"}
    relies = "who can be with those who rely on you while you are seen"
    assert relies in " ".join(moves_of(rules, {**low, "responsibilities": ["caring"]}))
    assert relies not in " ".join(moves_of(rules, low))


def test_more_care_is_to_be_asked_about_by_who_will_be_seen(rules: RuleSet) -> None:
    low = {**NO_USE, "mental_health": "severe", "stage": "steady_recovery", "home": "steady"}
    assert any(entry.above_need for entry in decide(rules, low).ranked)
    text = whole(rules, low)
    assert messages.FIRM_ONCE_SEEN in text
    assert "more care than your answers alone call for" not in text


def test_who_may_be_watched_reads_first_that_the_screen_can_be_closed(rules: RuleSet) -> None:
    watched = {**DRINKS, "danger": ["violence"], "self_harm": "thoughts"}
    decision = decide(rules, watched)
    assert [alert.id for alert in decision.alerts] == ["suicidal-thoughts", "violence"]
    title = {alert.id: alert.title for alert in rules.alerts}
    text = whole(rules, watched)
    assert text.index(title["violence"]) < text.index(title["suicidal-thoughts"])
    read = [each.title for each in short(rules, watched).alerts]
    assert read == [title["violence"], title["suicidal-thoughts"]]
    planned = whole(rules, {**watched, "self_harm": "plan"})
    assert planned.index(title["suicide-crisis"]) < planned.index(title["violence"])


# --- what was said is not asked, and nobody is somebody else ------------------------------------


def test_who_uses_on_most_days_is_not_told_if_you_use(rules: RuleSet) -> None:
    known = {**DRINKS, "frequency": "some_days", "withdrawal": "hard"}
    text = " ".join(moves_of(rules, known))
    assert "Until a doctor has said how, don't stop drinking suddenly" in text
    assert "If you drink or use now" not in text
    unknown = " ".join(moves_of(rules, {**known, "frequency": "unsure"}))
    assert "If you drink or use now, don't stop suddenly on your own" in unknown
    assert "Until a doctor has said how" not in unknown


def test_who_is_in_care_is_sent_to_their_team_and_told_to_stay(rules: RuleSet) -> None:
    inside = {**DRINKS, "stage": "in_program", "home": "none", "withdrawal": "hard"}
    texts = " ".join(moves_of(rules, inside))
    assert "Call a doctor, or the team that treats or treated you, today" in texts
    assert "if you reach none, call a clinic" not in texts
    assert "If you have left care, call a shelter" in texts
    stay = "stay until your next place is set up"
    assert whole(rules, inside).count(stay) == 1
    housed = {**inside, "home": "steady", "withdrawal": "none"}
    assert not decide(rules, housed).first
    assert "If you are still there, stay until then." in whole(rules, housed)
    assert stay not in whole(rules, housed)
    assert stay in short(rules, {**inside, "withdrawal": "none"}).today
    outside = " ".join(moves_of(rules, {**inside, "stage": "tried_before"}))
    assert "or the team that treats" not in outside
    assert "if you reach none, call a clinic" in outside
    assert "If you have left care" not in outside


def test_a_place_to_live_in_is_told_for_who_lives_there(rules: RuleSet) -> None:
    inside = {**DRINKS, "severity": "severe", "staying_stopped": "hours", "support": "none",
              "medication": ["for_alcohol"], "responsibilities": ["job"]}  # fmt: skip
    decided(rules, inside, "residential")
    text = whole(rules, inside)
    assert "tell the staff at once" in text
    assert "Once you have begun: if harmful use" not in text
    assert "Ask the program how to bring your medicine." in text
    assert "If you take medicine" not in text
    assert "someone relies on you" not in text.lower()
    cared = whole(rules, {**inside, "responsibilities": ["caring"], "medication": ["none"]})
    assert "and others have to do without you." in cared
    assert "If you take medicine, ask the program how to bring it." in cared


def test_an_illness_that_was_named_is_a_question_for_the_program(rules: RuleSet) -> None:
    ask = "I have a serious illness. Who looks after it"
    ill = {**DRINKS, "severity": "moderate", "health": ["serious_condition"]}
    assert ask in whole(rules, ill)
    assert ask not in whole(rules, {**ill, "health": ["none"]})


def test_mental_health_that_nobody_asked_about_is_not_claimed(rules: RuleSet) -> None:
    path = rules.path_by_id["iop-dual-diagnosis"]

    def first(answers: Answers) -> str:
        return " ".join(each.text for each in told(path.first_moves, decide(rules, answers).view))

    assert "that you want your mental health treated" in first(
        {**DRINKS, "mental_health": "severe"}
    )
    unknown = first({**DRINKS, "mental_health": "skip"})
    assert "that you want your mental health treated" not in unknown
    assert "If your mental health troubles you" in unknown


def test_two_duties_that_make_one_argument_are_told_once(rules: RuleSet) -> None:
    busy = {**DRINKS, "severity": "moderate", "staying_stopped": "days",
            "responsibilities": ["job", "school"]}  # fmt: skip
    text = whole(rules, busy)
    assert text.count("such a program gives structure and leaves room for that") == 1


def test_what_puts_several_paths_in_their_place_is_said_once(rules: RuleSet) -> None:
    near = {"severity": "mild", "staying_stopped": "days", "mental_health": "managed"}
    text = whole(rules, {**DRINKS, **near})
    part = text[text.index(messages.OTHERS) : text.index(messages.SET_ASIDE)]
    alone = "The trouble from your use counts as mild, and that alone asks for fewer hours."
    assert part.count(alone) == 1


def test_an_open_alarm_is_named(rules: RuleSet) -> None:
    open_ = {**DRINKS, "danger": "unsure", "self_harm": "unsure"}
    assert messages.danger_open("danger right now, thoughts of self-harm") in whole(rules, open_)


# --- not sure is never no, in a warning either ------------------------------------------------


@pytest.mark.parametrize(
    ("change", "warned_", "moved"),
    [
        ({"medication": "unsure"}, True, False),
        ({"medication": ["none"]}, True, False),
        ({"medication": ["for_opioids"]}, False, True),
        ({"frequency": "unsure"}, False, True),
        ({"frequency": "every_day"}, False, True),
    ],
)
def test_an_old_dose_of_opioids_is_warned_of_whatever_is_open(
    rules: RuleSet, change: Answers, warned_: bool, moved: bool
) -> None:
    answers = {"age_group": "adult", "substances": ["opioids"], "frequency": "not_lately",
               "severity": "severe", **change}  # fmt: skip
    assert ("a-dose-after-a-break" in warned(rules, answers)) is warned_
    assert any(text.startswith("After any break") for text in moves_of(rules, answers)) is moved


# --- who needs no program, and two paths that fit alike ----------------------------------------

CALM = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["alcohol"],
    "frequency": "some_days", "drinks": "under_5", "withdrawal": "none", "health": ["none"],
    "severity_signs": ["none"], "staying_stopped": "steady", "mental_health": "none",
    "home": "steady", "stage": "first_time", "motivation": "torn",
}  # fmt: skip


def test_that_nothing_points_to_a_problem_is_said_first_in_every_form(rules: RuleSet) -> None:
    said = "Nothing you told us points to a problem"
    decision = decide(rules, CALM)
    explained = explain(rules, CALM, decision)
    forms = (
        whole(rules, CALM),
        screen(rules, CALM),
        plain_text(explanation(rules, CALM, decision, Wanted()), 72),
        handout_md(rules, decision, date="today", explained=explained),
        html.unescape(handout_html(rules, decision, date="today", explained=explained)),
        sheet_md(rules, decision, date="today", explained=explained),
        html.unescape(sheet_html(rules, decision, date="today", explained=explained)),
    )
    for at, form in enumerate(forms):
        text = " ".join(form.split())
        assert said in text
        assert text.index(said) < text.index("Outpatient counseling")
        assert messages.BEST not in text
        assert ("What you told counts as risky use" in text) is (at == 2), (
            at
        )  # there every reason is told
        assert "At least:</" not in text
        assert "**At least:** ##" not in text
    assert "Show up once" not in whole(rules, CALM)
    hard = {**CALM, "withdrawal": "hard"}
    assert said not in whole(rules, hard)
    assert "Show up once" in whole(rules, hard)


def test_a_discreet_sheet_says_nothing_of_drinking_to_who_finds_it(rules: RuleSet) -> None:
    for answers, path in ((CALM, "Outpatient counseling"), (NO_USE, "Outpatient counseling")):
        decision = decide(rules, answers)
        explained = explain(rules, answers, decision)
        kinds = {"date": "today", "explained": explained, "discreet": True}
        for made_by in (sheet_md, sheet_html):
            text = made_by(rules, decision, **kinds)
            text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
            assert path in text
            assert "drink" not in text.lower()
            assert "drugs" not in text.lower()


def test_two_paths_that_differ_in_approach_alone_are_one_choice_on_the_whole_page(
    rules: RuleSet,
) -> None:
    either = {**DRINKS, "severity": "moderate", "staying_stopped": "weeks", "home": "steady",
              "stage": "tried_before", "weekly_hours": "9_to_19"}  # fmt: skip
    top, second, *_ = decide(rules, either).ranked
    assert {top.path, second.path} == {"iop-twelve-step", "iop-secular"}
    text = whole(rules, either)
    name = f"Intensive outpatient care, {answer_messages.WITH_OR_WITHOUT}"
    assert f"{messages.BEST} {name}" in text
    assert (
        answer_messages.told_of_one(answer_messages.your_choice(2), rules.path_by_id[top.path].name)
        in text
    )
    assert f"{messages.PLAN_NEXT}: {name}." in text
    believes = {**either, "spirituality": "secular_only"}
    assert answer_messages.WITH_OR_WITHOUT not in whole(rules, believes)


def test_what_was_refused_for_now_is_told_without_how_to_get_it(rules: RuleSet) -> None:
    stays = {
        **DRINKS,
        "home": "others_use",
        "severity": "mild",
        "staying_stopped": "weeks",
        "step_away": "cannot",
    }
    how = "In such a home you live with others in recovery"
    assert how in whole(rules, {**stays, "step_away": "can"})
    text = whole(rules, stays)
    assert how not in text
    assert messages.FOR_LATER in text
    no = {**DRINKS, "severity": "moderate", "medication": ["none"]}
    assert "and what to watch for" not in whole(rules, no)
    assert "and what to watch for" in whole(rules, {**no, "medication": ["interested"]})
    assert messages.FOR_LATER not in whole(rules, no)
    assert "and what to watch for" in whole(rules, {**no, "medication": "skip"})


def test_a_change_that_takes_away_what_the_page_names_already_is_not_told_again(
    rules: RuleSet,
) -> None:
    poor = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "payment": "limited",
            "home": "none"}  # fmt: skip
    assert messages.NOTHING_IN_THE_WAY not in whole(rules, poor)


def test_what_stands_before_a_lower_path_is_named_in_its_row(rules: RuleSet) -> None:
    stays = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "home": "steady",
             "step_away": "cannot"}  # fmt: skip
    rows = {row.path: row.decides for row in short(rules, stays).rows}
    assert rows["iop-sober-living"] == answer_messages.in_its_way("living away from home")
    # With all that is in its way, also what the first path has in its own.
    busy = {**stays, "weekly_hours": "3_to_8"}
    rows = {row.path: row.decides for row in short(rules, busy).rows}
    way = answer_messages.in_its_way("hours a week, living away from home")
    assert rows["iop-sober-living"] == way
    # Whoever reads of that path alone finds all of it there.
    assert f"{messages.IN_ITS_WAY}: Hours a week, living away from home." in whole(rules, busy)


def test_what_is_said_of_other_paths_alone_is_not_on_the_page_of_the_first(rules: RuleSet) -> None:
    low = {**DRINKS, "self_harm": "thoughts"}
    said = "Intensive outpatient programs are also used for depression"
    notes = [note.because for note in decide(rules, low).notes]
    first = decide(rules, low).ranked[0].path
    assert first == "outpatient"
    assert any(said in note for note in notes)
    assert said not in whole(rules, low)
    more = {**low, "severity": "moderate", "staying_stopped": "days"}
    assert decide(rules, more).ranked[0].path.startswith("iop")
    assert said in whole(rules, more)


@pytest.mark.parametrize("severity", ["moderate", "severe", "unsure"])
def test_two_answers_of_which_one_is_calm_are_both_to_be_told(
    rules: RuleSet, severity: str
) -> None:
    calm = {**DRINKS, "severity": severity, "staying_stopped": "steady"}
    warned = "say-that-you-are-steady-and-use"
    assert warned in [each.id for each in decide(rules, calm).warnings]
    # A medicine, or what pain asks for, is no such use, but drink is; that it isn't known
    # changes nothing.
    for blank in ({"medication": "skip"}, {"health": "unsure"}):
        assert warned in [each.id for each in decide(rules, {**calm, **blank}).warnings]
    assert warned in [each.id for each in decide(rules, {**calm, "health": ["pain"]}).warnings]
    for other in ({"medication": ["for_opioids"], "substances": ["opioids"]},
                  {"health": ["pain"], "substances": ["opioids"]},
                  {"frequency": "some_days"}, {"staying_stopped": "weeks"}):  # fmt: skip
        assert warned not in [each.id for each in decide(rules, {**calm, **other}).warnings]
    months = {**calm, "stage": "steady_recovery", "medication": "skip"}
    assert warned in [each.id for each in decide(rules, months).warnings]


@pytest.mark.parametrize("age", ["unsure", "skip"])
def test_who_gives_no_age_hears_that_this_is_made_for_adults(rules: RuleSet, age: str) -> None:
    said = f"{messages.IF_YOUNG}: {rules.texts.under_18[0].text}"
    for unknown in (
        {**DRINKS, "age_group": age},
        {k: v for k, v in DRINKS.items() if k != "age_group"},
    ):
        assert said in whole(rules, unknown)
        assert "Talk to an adult you trust" in whole(rules, unknown)
    assert messages.IF_YOUNG not in whole(rules, DRINKS)


# --- what is weighty comes before what is wished for -------------------------------------------


def test_a_wish_is_not_what_to_do_today_where_there_is_anything_else(rules: RuleSet) -> None:
    low = {**DRINKS, "wishes": ["same_gender_group"]}
    wish = "Ask each program if it has a women's or a men's group"
    assert not decide(rules, low).next_moves[0].startswith(wish)
    assert any(each.startswith(wish) for each in decide(rules, low).next_moves)
    assert short(rules, low).today
    assert not short(rules, low).today.startswith(wish)


def test_drinks_and_sedatives_are_warned_of_though_nothing_is_named(rules: RuleSet) -> None:
    both = {"age_group": "adult", "substances": "skip", "frequency": "every_day",
            "drinks": "15_plus", "sedative_frequency": "every_day"}  # fmt: skip
    warning = "two-that-slow-the-breath"
    assert warning in warned(rules, both)
    assert warning not in warned(rules, {**both, "drinks": "under_5"})
    assert warning not in warned(rules, {**both, "sedative_frequency": "not_lately"})
    assert warning not in warned(rules, {**both, "substances": ["sedatives"]})


# --- each once, and nothing that holds for both --------------------------------------------------


def test_a_row_does_not_say_again_what_stands_as_a_reason_for_the_first_path(
    rules: RuleSet,
) -> None:
    low = {**NO_USE, "mental_health": "severe", "stage": "steady_recovery", "home": "steady"}
    told_ = short(rules, low)
    says = "You can't cope right now, or you lose touch with what is real"
    assert told_.pros[0].startswith(says)
    assert {row.decides for row in told_.rows}.isdisjoint(told_.pros)


def test_a_row_of_more_care_is_to_be_asked_about_by_who_will_be_seen(rules: RuleSet) -> None:
    low = {**NO_USE, "mental_health": "severe", "stage": "steady_recovery", "home": "steady"}
    above = {entry.path for entry in decide(rules, low).ranked if entry.above_need}
    rows = {row.path: row.decides for row in short(rules, low).rows}
    asked = [rows[path] for path in above]
    assert "Whoever sees you may advise this." in asked
    assert not any("call for" in each for each in asked), "nobody has seen them yet"


def test_groups_are_told_as_good_beside_unless_each_is_a_thing_to_add(
    rules: RuleSet,
) -> None:
    day = {**DRINKS, "severity": "moderate", "staying_stopped": "days"}
    decision = decide(rules, day)
    added = {support.id for support in decision.supports}
    assert {"meetings-alongside", "secular-groups-alongside"} <= added
    decision = decide(rules, {**day, "spirituality": "open"})
    added = {support.id for support in decision.supports}
    assert "meetings-alongside" in added
    assert "secular-groups-alongside" not in added
    text = " ".join(plain_text(set_aside(rules, decision, Cites(rules, shown=False)), 72).split())
    # What is a thing to add is told further down.
    both = messages.beside("12-Step meetings, Secular support groups", many=True)
    assert messages.beside("Secular support groups", many=False) in text
    assert both not in text
    added = tuple(
        each
        for each in rules.supports
        if each.stands_for in ("twelve-step-meetings", "secular-groups")
    )
    fired = tuple(decision.supports[0]._replace(id=each.id) for each in added)
    told = decision._replace(supports=fired)
    text = " ".join(plain_text(set_aside(rules, told, Cites(rules, shown=False)), 72).split())
    assert both not in text


def test_who_is_shown_that_no_path_is_for_them_is_not_told_what_goes_beside(
    rules: RuleSet,
) -> None:
    gates = tuple(gate._replace(alongside=True) for gate in rules.gates)
    beside = rules._replace(gates=gates)
    decision = decide(beside, {**NO_USE, "stage": "first_time"})
    text = plain_text(set_aside(beside, decision, Cites(beside, shown=False)), 72)
    assert any(entry.alongside for entry in decision.set_aside)
    assert "beside another path" not in " ".join(text.split())


def test_money_that_the_page_names_is_not_told_again_beside_another_change(
    rules: RuleSet,
) -> None:
    poor = {**DRINKS, "frequency": "every_day", "severity": "mild", "staying_stopped": "days",
            "home": "none", "weekly_hours": "9_to_19", "payment": "limited"}  # fmt: skip
    decision = decide(rules, poor)
    assert decision.if_not_possible is not None
    named = set(decision.if_not_possible.barriers)
    pairs = [
        change
        for change in explain(rules, poor, decision).would_change
        if change.effect == "obstacle" and named & change.changes.keys() != change.changes.keys()
    ]
    assert pairs
    assert messages.NOTHING_IN_THE_WAY not in whole(rules, poor)


def test_a_place_that_the_first_path_brings_is_told_for_who_cannot_leave_home(
    rules: RuleSet,
) -> None:
    stays = {**DRINKS, "home": "none", "severity": "moderate", "step_away": "cannot"}
    decided(rules, stays, "iop-sober-living")
    text = whole(rules, stays)
    assert "The place that comes with your first path may be only for a time." in text
    assert messages.FOR_LATER not in text


def test_who_needs_no_program_reads_so_once_and_not_how_one_goes(rules: RuleSet) -> None:
    text = whole(rules, CALM)
    assert text.count("Nothing you told us points to a problem") == 1
    assert messages.LIKE not in text
    assert messages.ASK not in text


def test_one_answer_and_several_that_ask_for_less_are_told_as_what_they_are() -> None:
    less = answer_messages.LESS_ALONE
    one = answer_messages.less_alone(["Home helps you"])
    assert one == f"Home helps you. By itself, that {less}"
    more = answer_messages.less_alone(["Home helps you", "You can pay"])
    assert more == f"Home helps you. You can pay. By themselves, these {less}"


def test_several_answers_that_ask_for_less_are_told_as_several(rules: RuleSet) -> None:
    well = {**DRINKS, "mental_health": "severe", "staying_stopped": "steady",
            "stage": "steady_recovery", "frequency": "some_days"}  # fmt: skip
    text = whole(rules, well)
    # No mark stands before it: it argues against no path.
    less = "- The trouble from your use counts as mild. You said that harmful use is not close"
    assert less in text
    alone = f"By themselves, these {answer_messages.LESS_ALONE}"
    # What asks for more stands below, as that says.
    assert messages.WHY_LEVEL in text[text.index(alone) :]


def test_what_signs_add_up_to_is_no_answer_that_asks_for_less(rules: RuleSet) -> None:
    answered = {**DRINKS, "severity": "mild", "mental_health": "severe", "staying_stopped": "days"}
    alone = "The trouble from your use counts as mild. By itself, that would ask for less care"
    assert alone in whole(rules, answered)
    counted = {**answered, "severity": "unsure", "severity_signs": ["duties_slip", "cravings"]}
    assert decide(rules, counted).view["severity"] == "mild"
    assert alone not in whole(rules, counted)


def test_what_is_told_of_both_paths_alike_does_not_tell_them_apart(rules: RuleSet) -> None:
    leaving = {**DRINKS, "stage": "in_program", "home": "others_use", "severity": "moderate"}
    ranked = {entry.path: entry for entry in decide(rules, leaving).ranked}
    house, other = ranked["iop-sober-living"], ranked["iop-secular"]
    (weight,) = [
        each
        for each in weights((*house.for_, *house.against), (*other.for_, *other.against))
        if each.reason.question == "stage"
    ]
    assert weight.points == 1
    assert weight.reason.does == "and here you keep a sober place to live."


@pytest.mark.parametrize("mental_health", ["managed", "affecting", "severe", "skip"])
def test_whoever_thinks_of_dying_hears_once_to_keep_away_from_the_means(
    rules: RuleSet, mental_health: str
) -> None:
    thinks = {**DRINKS, "self_harm": "thoughts", "mental_health": mental_health}
    assert whole(rules, thinks).count("pills, guns and the like") == 1
    plans = whole(rules, {**thinks, "self_harm": "plan"})
    assert plans.count("Move away from what you could use to hurt yourself") == 1
    assert plans.count("pills, guns and the like") == 1
    assert "pills, guns" not in whole(rules, {**thinks, "self_harm": "none"})


def test_who_is_pregnant_is_asked_to_say_what_they_use_before_what_is_reported(
    rules: RuleSet,
) -> None:
    smokes = {**DRINKS, "substances": ["cannabis"], "health": ["pregnant"]}
    says = (
        "Tell them about any drinking, drug use or medicine, so that they can look after you both."
    )
    assert any(move.startswith(says) for move in moves_of(rules, smokes))
    assert not any(says in move for move in moves_of(rules, {**NO_USE, "health": ["pregnant"]}))


def test_a_pregnancy_in_danger_now_is_not_told_when_to_call_but_who_goes_on(rules: RuleSet) -> None:
    bleeds = {**DRINKS, "health": ["pregnant"], "danger": ["pregnancy_emergency"]}
    later, when = "can look after you from here on.", "for bleeding, fluid loss, early pains"
    now = " ".join(moves_of(rules, bleeds))
    assert later in now
    assert when not in now
    calm = " ".join(moves_of(rules, {**bleeds, "danger": ["none"]}))
    assert when in calm
    assert later not in calm
    # "Not sure" of danger keeps the sign to look for.
    assert when in " ".join(moves_of(rules, {**bleeds, "danger": "unsure"}))


def test_who_may_have_been_in_detox_alone_hears_no_rule_of_residential_care(rules: RuleSet) -> None:
    left = {**DRINKS, "severity": "severe", "staying_stopped": "hours", "stage": "in_program"}
    reasons = {reason.does for entry in decide(rules, left).ranked for reason in entry.against}
    assert "and unless that was detox alone, a lighter step comes next as a rule." in reasons


def test_what_was_taken_too_much_is_told_once_where_there_is_a_plan(rules: RuleSet) -> None:
    too_much = "If you took too much of anything"
    plans = {**DRINKS, "self_harm": "plan"}
    assert too_much not in whole(rules, plans)
    assert too_much in whole(rules, {**DRINKS, "self_harm": "thoughts", "mental_health": "severe"})


def test_an_answer_on_mental_health_is_not_asked_how_soon_after_the_page_said_today(
    rules: RuleSet,
) -> None:
    text = whole(rules, {**DRINKS, "self_harm": "plan"})
    assert "Be seen today" in text
    assert "How soon" not in text


# --- what the readings of 20280214 and 20280221 found ---------------------------------------------


def test_who_takes_a_medicine_for_opioids_and_names_none_is_told_to_keep_it(rules: RuleSet) -> None:
    keep = "Keep taking your medicine for opioid use as it was prescribed"
    drinks = {**DRINKS, "medication": ["for_opioids"], "frequency": "not_lately"}
    assert keep in whole(rules, drinks)
    # A first step says it to who names opioids, or what is used is not known.
    for substances in (["opioids"], "skip"):
        assert keep not in whole(rules, {**drinks, "substances": substances})
    assert keep not in whole(rules, {**drinks, "medication": ["for_alcohol"]})
    assert keep not in whole(rules, {**drinks, "danger": ["overdose"]}), "theirs to time"


def test_who_wants_to_know_more_of_medicine_for_drinking_is_told_of_it(rules: RuleSet) -> None:
    mild = {**DRINKS, "severity": "mild", "staying_stopped": "weeks"}
    told_of = "There are medicines that can help people drink less or stay stopped."
    assert told_of in whole(rules, {**mild, "medication": ["interested"]})
    assert told_of not in whole(rules, {**mild, "medication": ["none"]})


def test_a_few_drinks_in_pregnancy_may_be_left_at_once(rules: RuleSet) -> None:
    light = {**DRINKS, "health": ["pregnant"], "frequency": "some_days", "drinks": "under_5",
             "withdrawal": "none"}  # fmt: skip
    wait = "Until a doctor has said how, don't stop "
    assert "No amount of alcohol is known to be safe" in whole(rules, light)
    assert wait not in whole(rules, light)
    for change in ({"withdrawal": "mild"}, {"drinks": "5_to_9"}, {"drinks": "skip"},
                   {"frequency": "most_days"}, {"withdrawal": "unsure"}, {"danger": "skip"},
                   {"substances": "skip", "alcohol_frequency": "some_days"},
                   {"danger": ["pregnancy_emergency"]}, {"severity": "skip"},
                   {"health": ["pregnant", "serious_condition"]}):  # fmt: skip
        assert wait in whole(rules, {**light, **change}), change


def test_stimulants_alone_may_be_stopped_at_once(rules: RuleSet) -> None:
    ill = {**DRINKS, "substances": ["stimulants"], "withdrawal": "dangerous"}
    wait = "suddenly on your own"
    assert "medical-evaluation" in [step.id for step in decide(rules, ill).first]
    assert wait not in whole(rules, ill)
    assert wait in whole(rules, {**ill, "substances": ["stimulants", "opioids"]})


@pytest.mark.parametrize("danger", [["none"], ["overdose"]])
def test_thoughts_bring_distance_to_the_means_before_anything_else(
    rules: RuleSet, danger: list[str]
) -> None:
    thinks = {**DRINKS, "self_harm": "thoughts", "danger": danger}
    text = whole(rules, thinks)
    away = text.index("Keep away from what you could use to hurt yourself.")
    held = danger != ["none"]
    assert away < text.index(messages.CAN_WAIT if held else messages.BEST)


def test_a_medicine_that_pain_calls_for_is_named_in_the_title(rules: RuleSet) -> None:
    titles = {step.id: step for step in rules.steps}["taper-with-prescriber"]
    pills = {**DRINKS, "substances": ["opioids"], "health": ["pain"]}
    assert "pain medicine" in titles.titled(decide(rules, pills).view)
    both = {**pills, "substances": ["opioids", "sedatives"]}
    assert "sedatives" in titles.titled(decide(rules, both).view)


def test_less_care_is_not_held_out_as_what_a_change_would_open(rules: RuleSet) -> None:
    answers = random_answers(random.Random(41))
    told_ = explain(rules, answers, decide(rules, answers))
    assert told_ is not None
    (less,) = [each for each in told_.would_change if each.effect == "opens" and each.less_care]
    name = rules.path_by_id[less.path].name
    assert f"{messages.OPENS_UP} {name}." not in whole(rules, answers)


def test_a_step_until_the_path_can_be_had_says_where_one_would_live(rules: RuleSet) -> None:
    away = {**DRINKS, "severity": "severe", "staying_stopped": "days", "weekly_hours": "under_3",
            "step_away": "can", "payment": "covered"}  # fmt: skip
    decision = decide(rules, away)
    assert decision.ranked[0].path == "day-treatment"
    for step_away, words, never in (
        ("can", messages.AS_YOU_COULD_LIVE_AWAY, messages.IF_YOU_LIVE_AWAY),
        ("unsure", messages.IF_YOU_LIVE_AWAY, messages.AS_YOU_COULD_LIVE_AWAY),
    ):
        person = {**away, "step_away": step_away}
        # It asks for more than the first path, so it is no stopgap: it could take its place.
        made = short(rules, person)
        lines = joined(fitted(made, 80, 40, drawn=False))
        shown = " ".join(" ".join(part.text for line in lines for part in line).split())
        assert f"{messages.OR}: Residential treatment, " in shown
        paper = sheet(rules, decide(rules, person), "30 November 2026", None).pieces
        assert any(isinstance(piece, Text) and piece.label == messages.OR for piece in paper)
        assert words in made.until_then
        assert words in whole(rules, person)
        assert f"{messages.IN_ITS_PLACE}: " in whole(rules, person)
        assert messages.COMPROMISE not in whole(rules, person)
        assert never not in whole(rules, person)
    stays = short(rules, {**away, "step_away": "cannot"})
    assert "live away" not in stays.until_then


# --- what was answered and met with silence ----------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [({}, True), ({"staying_stopped": "days"}, False), ({"danger": ["overdose"]}, False)],
)
def test_who_could_do_serious_harm_today_is_told_to_say_so_today(
    rules: RuleSet, change: Answers, told: bool
) -> None:
    hours = {**DRINKS, "severity": "severe", "staying_stopped": "hours", **change}
    said = "Today, tell a doctor or a help line that use could do serious harm"
    assert any(said in each.because for each in decide(rules, hours).warnings) is told
    # It stands above the first steps and the paths.
    assert any(each.startswith(said) for each in short(rules, hours).warnings) is told


def test_what_medicine_givers_should_know_is_said_once(rules: RuleSet) -> None:
    ill = {**DRINKS, "mental_health": "severe", "health": ["serious_condition"]}
    said = "Say what else they should know: a pregnancy, an illness"
    assert whole(rules, ill).count(said) == 1
    assert said not in whole(rules, {**ill, "health": ["none"]})
    dangerous = {**ill, "withdrawal": "dangerous"}
    assert said not in whole(rules, dangerous)  # a doctor asks there, but of no overdose
    assert said in whole(rules, {**dangerous, "health": ["overdose_before"]})
    assert said in whole(rules, {**ill, "withdrawal": "unsure"})


def test_who_leaves_open_whom_they_look_after_still_hears_of_a_place_for_them(
    rules: RuleSet,
) -> None:
    no_home = {**DRINKS, "home": "none"}
    for left_open in ("skip", "unsure"):
        text = whole(rules, {**no_home, "responsibilities": left_open})
        assert "ask for a place that takes them, too" in text
    alone = {**no_home, "responsibilities": ["none"]}
    assert "Many shelters take families" not in whole(rules, alone)


def test_who_has_nowhere_to_stay_is_given_a_number_for_a_shelter(rules: RuleSet) -> None:
    no_home = {**DRINKS, "home": "none"}
    assert any("Shelter near you, 211" in line for line in short(rules, no_home).help)
    assert "Shelter near you, through local help services: 211." in whole(rules, no_home)
    assert "211" not in whole(rules, {**DRINKS, "home": "steady"})


def test_a_barrier_is_named_where_the_page_says_what_may_help(rules: RuleSet) -> None:
    busy = {**DRINKS, "severity": "severe", "staying_stopped": "days", "weekly_hours": "under_3"}
    text = whole(rules, busy)
    assert "You can give less than 3 hours a week, and this asks for 20 or more." in text
    assert f"{messages.NOT_POSSIBLE} Ask the program, and those who count on your time" in text
    poor = whole(rules, {**DRINKS, "severity": "severe", "payment": "limited"})
    assert f"{messages.IN_ITS_WAY}: Hours a week" not in poor


def test_what_may_be_right_after_all_names_what_is_in_doubt() -> None:
    signs = [answer_messages.SIGNS]
    one, many = (answer_messages.may_be_right(signs, many=each) for each in (False, True))
    assert (
        one == f"{signs[0].capitalize()} may not fit the rest. This path may be right after "
        "all: ask a professional."
    )
    assert "These paths may be right after all" in many


def test_distance_to_the_means_is_on_the_first_screen_and_on_every_sheet(rules: RuleSet) -> None:
    thinks = {**DRINKS, "self_harm": "thoughts"}
    said = "pills, guns and the like"
    assert said in short(rules, thinks).today
    decision = decide(rules, thinks)
    hurt = decide(rules, {**thinks, "danger": ["chest_pain_or_bleeding"]})
    for each in (decision, hurt):
        for discreet in (False, True):
            pieces = str(sheet(rules, each, "30 November 2026", None, discreet=discreet).pieces)
            assert (said in pieces) is not discreet
            # Pills and guns tell a finder why; the sheet says it in words of its own.
            assert (discreet_words.instead(said, warns=True) in pieces) is discreet
    assert said in short(rules, {**thinks, "support": "none"}).today
    assert "someone you trust" not in short(rules, {**thinks, "support": "none"}).today


def test_who_plans_to_die_is_told_to_keep_a_medicine_for_drinking(rules: RuleSet) -> None:
    steady = {**DRINKS, "self_harm": "plan", "medication": ["for_alcohol"],
              "frequency": "not_lately", "stage": "steady_recovery",
              "staying_stopped": "steady"}  # fmt: skip
    assert "change it only with your prescriber" in whole(rules, steady)
    none = {**steady, "medication": ["none"]}
    assert "Don't stop prescribed medicine on your own" in whole(rules, none)


def test_whom_to_call_if_hurt_is_said_in_one_line_only_where_a_line_is_for_all(
    rules: RuleSet,
) -> None:
    open_ = {**DRINKS, "danger": "skip"}
    for region, named in (("us", True), ("au", True), ("ca", False), ("uk", False), ("ie", False)):
        made = answer(rules, decide(rules, open_, region=region), None)
        assert ("Does someone hurt you?" in made.caution) is named, region
        if not named:  # then the line is named, with whom it is for
            assert any(
                name in line
                for line in made.help
                for name in ("ShelterSafe", "Refuge", "Women's Aid")
            )


def test_an_answer_in_doubt_argues_against_no_path_that_is_as_good(rules: RuleSet) -> None:
    steady = {**DRINKS, "stage": "finished_program", "philosophy": "skills",
              "mental_health": "affecting", "severity": "moderate", "staying_stopped": "steady",
              "motivation": "committed", "past_twelve_step": "helped"}  # fmt: skip
    assert "say-that-you-are-steady-and-use" in [w.id for w in decide(rules, steady).warnings]
    blocks = other_paths(rules, decide(rules, steady), Cites(rules))
    text = " ".join(plain_text(blocks, 72).split())
    assert "For it" in text
    assert "your answer on staying stopped: that alone" not in text


def test_what_was_not_answered_is_not_called_more_than_was_said(rules: RuleSet) -> None:
    unsure = {**DRINKS, "severity": "unsure", "severity_signs": ["none"], "withdrawal": "hard"}
    assert "counted more trouble than you named" in whole(rules, unsure)
    assert "than you said" not in whole(rules, unsure)
    light = {**unsure, "withdrawal": "none", "staying_stopped": "hours"}
    assert "the signs that you marked" not in whole(rules, light)


def test_a_shelter_pushes_no_line_for_drink_and_drugs_off_a_sheet(rules: RuleSet) -> None:
    made = sheet(rules, decide(rules, {**DRINKS, "home": "none"}), "30 November 2026", None)
    for number in ("911", "988", "1-800-662-4357", "211"):
        assert number in str(made.pieces), number
