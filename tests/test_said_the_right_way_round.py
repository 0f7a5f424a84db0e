"""What readers took the wrong way round: who is still in care, who takes the medicine already, what
isn't known, more care, and answers that other answers outweigh."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from contract import random_answers
from people import DRINKS
from test_the_whole_page import short, whole
from test_true_of_who_reads import moves_of, screen

from pathfinder import decide
from pathfinder.engine.question import Answers, told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, discreet_words, messages
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.plan_page import plan_page
from pathfinder.render.answer import fitted, joined
from pathfinder.render.handout import sheet_md
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

STAY = "If you are still in care, stay until your next place is set up."
HIDDEN = ("hurt yourself", "hurting myself", "keep myself safe", "GHB", "can't cope", "You said",
          "hurt or threatened", "a baby", "thoughts of",
          "shelter", "somebody you fear", "is done to you", "the shaking", "cut down on your own",
          "when you stop", "use could come", "your answers", "recovery homes")  # fmt: skip
OPIOIDS = {**DRINKS, "substances": ["opioids"], "severity": "moderate"}


def plan_of(rules: RuleSet, answers: Answers) -> str:
    return " ".join(plain_text(plan_page(rules, decide(rules, answers)), 72).split())


def test_who_may_still_be_in_care_is_told_to_stay_before_less_care_is_named(
    rules: RuleSet,
) -> None:
    leaving = {**DRINKS, "stage": "in_program", "severity": "mild", "weekly_hours": "3_to_8"}
    for answers in (leaving, {**leaving, "home": "skip"}, {**leaving, "danger": "skip"}):
        decision = decide(rules, answers)
        assert decision.if_not_possible is not None
        assert decision.if_not_possible.compromise == "outpatient"
        for text in (whole(rules, answers), screen(rules, answers), plan_of(rules, answers)):
            assert STAY in text
    assert STAY not in whole(rules, {**leaving, "stage": "returned_to_use"})
    # A home that isn't safe has words of its own, and so has somebody who is hurt.
    for other in ({"home": "unsafe"}, {"home": "none"}, {"danger": ["violence"]}):
        assert STAY not in whole(rules, {**leaving, **other})


def test_who_takes_the_medicine_for_opioid_use_reads_to_keep_it(rules: RuleSet) -> None:
    keep = "Keep your medicine for opioid use, and carry naloxone"
    taking = {**OPIOIDS, "medication": ["for_opioids"]}
    assert keep in screen(rules, taking)
    for medication in (["interested"], ["none"], "unsure"):
        assert keep not in whole(rules, {**OPIOIDS, "medication": medication})
    # After an overdose the next dose is theirs to time who treat the person.
    assert keep not in whole(rules, {**taking, "danger": ["overdose"]})


def test_more_care_than_the_first_path_is_for_an_assessment_to_ask_for(rules: RuleSet) -> None:
    bare = {"withdrawal": "dangerous", "stage": "returned_to_use", "company": "professional"}
    assert messages.MORE_CARE in whole(rules, bare)
    assert messages.MORE_CARE not in whole(rules, {**DRINKS, "severity": "mild"})


@pytest.mark.slow
def test_every_source_that_is_listed_is_named_by_a_number_in_the_text(rules: RuleSet) -> None:
    dice, asked = random.Random(23), 0
    for _ in range(300):
        answers = random_answers(dice, 0.1)
        decision = decide(rules, answers)
        if not decision.ranked:
            continue
        text, _, sources = whole(rules, answers).partition(messages.SOURCES)
        listed = set(re.findall(r"- \[(\d+)\]", sources))
        named = {n for each in re.findall(r"\[([\d, ]+)\]", text) for n in each.split(", ")}
        assert listed == named, answers
        asked += messages.ASK_OF_MANY in text
    assert asked, "of such a group only the question is told, and nothing that has a source"


def test_naloxone_is_told_as_what_undoes_opioids_alone(rules: RuleSet) -> None:
    over = {**DRINKS, "substances": ["sedatives"], "danger": ["overdose"]}
    call, naloxone = "Call your local emergency number now", "give naloxone, if there is some"
    for text in (screen(rules, over), whole(rules, over)):
        assert text.index(call) < text.index(naloxone)
    assert "It works on opioids only, and street drugs may hold them." in whole(rules, over)


def test_a_heart_beside_stimulants_and_an_illness_with_nothing_named_are_not_passed_over(
    rules: RuleSet,
) -> None:
    ill = {**DRINKS, "health": ["serious_condition"]}
    hard_on_it = "are hard on the heart"
    assert hard_on_it in whole(rules, {**ill, "substances": ["stimulants"]})
    for other in ({"health": ["none"]}, {"substances": ["alcohol"]}, {"frequency": "not_lately"}):
        near = {**ill, "substances": ["stimulants"], "staying_stopped": "weeks", **other}
        assert hard_on_it not in whole(rules, near)
    too = "Tell each doctor or counselor about your illness, and what you take for it."
    assert too in whole(rules, {**ill, "substances": ["none"]})
    assert too not in whole(rules, ill)


@pytest.mark.parametrize("thoughts", ["none", "thoughts", "skip"])
def test_who_is_being_helped_is_not_told_to_call_for_it_once_more(
    rules: RuleSet, thoughts: str
) -> None:
    cant_cope = {**DRINKS, "mental_health": "severe", "self_harm": thoughts}
    call = "If you think you may hurt yourself or someone else, call your local emergency number."
    assert call in moves_of(rules, cant_cope)
    helped = moves_of(rules, {**cant_cope, "danger": ["overdose"]})
    assert call not in helped
    (say,) = [each for each in helped if "someone else, say" in each]
    assert "or call your local emergency number" in say  # it stands on what is taken home


def test_a_group_needs_what_may_stand_beside_it_already_and_no_path_is_open_by_the_past(
    rules: RuleSet,
) -> None:
    taking = whole(rules, {**OPIOIDS, "medication": ["for_opioids"]})
    # They have medical care already, so it isn't what would open it.
    assert "A professional who finds that a group beside medical care is enough for you." in taking
    assert "A program that you finish, or some steady months." in taking


def test_who_is_hurt_asks_a_place_to_live_whether_it_can_be_found(rules: RuleSet) -> None:
    hidden = "Is the address kept from others?"
    for path in ("iop-sober-living", "residential"):
        (asked,) = (each.ask for each in rules.paths if each.id == path)
        for answers in ({"danger": ["violence"]}, {"home": "unsafe"}):
            view = decide(rules, {**DRINKS, **answers}).view
            assert any(hidden in text for text in (each.text for each in told(asked, view)))
        calm = decide(rules, DRINKS).view
        assert not any(hidden in each.text for each in told(asked, calm))


def test_naloxone_and_sedatives_are_not_told_twice_in_a_row(rules: RuleSet) -> None:
    uses = {**DRINKS, "medication": ["for_opioids"]}
    assert any(
        "Ask a doctor or a clinic for naloxone" in move for move in decide(rules, uses).next_moves
    )
    over = {**DRINKS, "substances": ["stimulants"], "danger": ["overdose"]}
    for frequency, said in (("every_day", 0), ("not_lately", 1), ("skip", 0)):
        moves = " ".join(decide(rules, {**over, "frequency": frequency}).next_moves)
        assert moves.count("can happen again") == 1
        assert moves.casefold().count("street drugs may hold opioids") == said
    taper = {**DRINKS, "substances": ["sedatives"], "withdrawal": "hard"}
    alone = "don't stop sedatives suddenly on your own"
    for frequency, here in (("every_day", 0), ("some_days", 1)):
        text = whole(rules, {**taper, "frequency": frequency, "sedative_frequency": frequency})
        assert text.count(alone) == here
        assert ("Never stop sedatives all at once" in text) is not here


@pytest.mark.parametrize("region", ["us", "elsewhere"])
def test_who_is_hurt_in_an_emergency_tells_it_where_nobody_hears(
    rules: RuleSet, region: str
) -> None:
    hurt = decide(rules, {**DRINKS, "danger": ["overdose", "violence"]}, region=region)
    (alert,) = [each for each in rules.alerts if each.id == "violence"]
    told_ = alert.worded(hurt.view)
    assert told_.startswith("If nobody who hurts you hears it, tell those who answer your call.")
    assert "once you are alone" in told_
    assert "learn the number" not in told_
    alone = decide(rules, {**DRINKS, "danger": ["violence"]})
    assert "learn the number below by heart" in alert.worded(alone.view)


def test_a_discreet_sheet_tells_no_drug_no_thought_no_hurt_and_quotes_nobody(
    rules: RuleSet,
) -> None:
    """Some 600 people, so that each of these stands on a sheet that isn't discreet."""
    dice = random.Random(20281201)
    names = {each for path in rules.paths for each in (path.name, path.in_a_row)}
    open_ = ""
    for _ in range(600):
        decision = decide(rules, random_answers(dice))
        if not decision.ranked:
            continue
        hidden, told_ = (
            sheet_md(rules, decision, date="today", explained=None, discreet=each)
            for each in (True, False)
        )
        for name in sorted(names, key=len, reverse=True):
            hidden = hidden.replace(name, "")
        assert not discreet_words.says_too_much(hidden), hidden
        hurt = "violence" in [fired.id for fired in decision.alerts]
        assert (discreet_words.alert("violence", "hurt") in hidden) is hurt
        open_ += told_
    assert [each for each in HIDDEN if each not in open_] == []
    assert [each for each in HIDDEN if not discreet_words.says_too_much(each)] == []


def test_a_discreet_sheet_gives_no_details_of_what_it_says_in_its_own_words(
    rules: RuleSet,
) -> None:
    drinks = {**DRINKS, "withdrawal": "dangerous", "health": ["pregnant"], "home": "unsafe",
              "weekly_hours": "under_3"}  # fmt: skip
    decision = decide(rules, drinks)
    told_ = sheet_md(rules, decision, date="today", explained=None, discreet=False)
    hidden = sheet_md(rules, decision, date="today", explained=None, discreet=True)
    assert "a safe one comes first" in told_
    assert "safe place" not in hidden
    for step in decision.first:
        assert discreet_words.step(step.id) in hidden
    assert discreet_words.WARNS in hidden
    bed = "Ask whether you need a bed for this"
    assert any(move.startswith(bed) for move in decision.next_moves)
    assert bed not in hidden
    dry = decide(rules, {**DRINKS, "frequency": "not_lately", "withdrawal": "hard"})
    assert "Your body missed what you used." in " ".join(dry.next_moves)
    assert "Your body missed" not in sheet_md(
        rules, dry, date="today", explained=None, discreet=True
    )


def test_what_is_taken_from_how_often_they_use_in_all_is_said_to_be_not_known(
    rules: RuleSet,
) -> None:
    """Of somebody who smokes daily and left open how often they drink, nobody knows the latter."""
    smokes = {**DRINKS, "substances": ["alcohol", "cannabis"], "drinks": "under_5",
              "severity": "severe", "staying_stopped": "days", "withdrawal": "mild"}  # fmt: skip
    care = messages.with_care
    days = "drinking days in a month"
    open_, severe = care(days), care(days, "Severe use needs help")
    unsaid = whole(rules, {**smokes, "alcohol_frequency": "unsure"})
    assert care(days, "Drinking on most days makes stopping harder") in unsaid
    assert severe in unsaid
    assert open_ in screen(rules, {**smokes, "alcohol_frequency": "skip"})
    (step, *_) = short(rules, {**smokes, "alcohol_frequency": "skip"}).first
    assert step.why == f"Drinking on most days makes stopping harder on the body. {open_}"
    for said in ("every_day", "some_days"):
        text = whole(rules, {**smokes, "alcohol_frequency": said})
        assert open_.removesuffix(".") not in text
        assert ("Drinking on most days" in text) is (said == "every_day")
    for said in ("unsure", "every_day"):
        answers = {**smokes, "alcohol_frequency": said}
        blocks = explanation(rules, answers, decide(rules, answers), Wanted(why_not="outpatient"))
        text = " ".join(plain_text(blocks, 72).split())
        assert (severe in text) is (said == "unsure")
    # A gate that would fire with every answer hangs on none.
    opioids = {**smokes, "substances": ["alcohol", "opioids"], "alcohol_frequency": "unsure"}
    assert severe not in whole(rules, opioids)


def test_who_mixes_two_that_slow_the_breath_hears_of_falls_and_of_codeine(rules: RuleSet) -> None:
    both = {**DRINKS, "substances": ["alcohol", "sedatives"]}
    (warning,) = decide(rules, both).warnings
    for said in ("can stop the breath", "take codeine", "watch for falls"):
        assert said in warning.because
    # It works on opioids alone, so it stands with what may hold one.
    pills = "If you take pills that nobody prescribed, get naloxone"
    for days in ("every_day", "unsure"):
        moves = decide(rules, {**both, "frequency": days}).next_moves
        assert any(move.startswith(pills) for move in moves)
    assert not short(rules, {**both, "frequency": "some_days"}).today.startswith(pills)
    opioids = {**both, "substances": ["alcohol", "sedatives", "opioids"]}
    assert not any(move.startswith(pills) for move in decide(rules, opioids).next_moves)


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("pills-and-a-drink-at-73-after-a-crash", "Don't drive"),
        ("hurt-at-home-with-children", "Ask for a place where your children"),
        ("ordered-to-aa-and-an-atheist", "federal appeals courts have ruled"),
    ],
)
def test_what_a_real_case_asks_for_by_its_words_is_on_the_page(
    rules: RuleSet, name: str, reads: str
) -> None:
    file = next(Path(__file__).parents[1].glob(f"rules/cases/{name}*.yaml"))
    answers = yaml.safe_load(file.read_text(encoding="utf-8"))["answers"]
    assert reads in whole(rules, answers)


# --- what a third round of readers took the wrong way ---------------------------------------------


def test_who_plans_to_die_and_may_be_in_care_tells_the_staff(rules: RuleSet) -> None:
    plans = {**DRINKS, "self_harm": "plan"}
    staff = "If you are in care now, tell the staff at once."
    assert staff in screen(rules, {**plans, "stage": "in_program"})
    assert staff not in screen(rules, {**plans, "stage": "first_time"})
    # Of two alarms one speaks of the staff, and the other of what may have been done already.
    both = screen(rules, {**plans, "stage": "in_program", "danger": ["overdose"]})
    assert both.count(staff) == 1
    assert "that you may act on it, or have." in both


def test_harm_that_is_hours_away_is_told_to_those_who_treat(rules: RuleSet) -> None:
    soon = {**DRINKS, "severity": "moderate", "staying_stopped": "hours"}
    treats = "Tell those who treat you that you could use again today"
    line = "Today, tell a doctor or a help line that use could do serious harm"
    assert treats in whole(rules, {**soon, "danger": ["chest_pain_or_bleeding"]})
    assert line not in whole(rules, {**soon, "danger": ["chest_pain_or_bleeding"]})
    assert line in whole(rules, soon)
    assert treats not in whole(rules, soon)


def test_who_named_no_drug_needs_none_to_get_more_care(rules: RuleSet) -> None:
    person = {**DRINKS, "substances": ["none"], "mental_health": "severe"}
    more = "you need to name no drug for it"
    assert more in whole(rules, person)
    assert more in whole(rules, {**person, "mental_health": "none", "self_harm": "plan"})
    assert more not in whole(rules, {**person, "mental_health": "affecting"})
    assert more not in whole(rules, {**person, "substances": ["alcohol"]})


def test_a_path_with_nights_at_home_is_as_good_only_where_home_is_safe(rules: RuleSet) -> None:
    """Of two that fit alike, one gives a place to sleep."""
    hurt = {**OPIOIDS, "severity": "severe", "staying_stopped": "weeks", "withdrawal": "hard",
            "frequency": "skip", "mental_health": "severe", "danger": ["violence"],
            "self_harm": "thoughts", "home": "unsure", "support": "none",
            "stage": "returned_to_use", "motivation": "committed", "step_away": "with_help",
            "company": "professional", "payment": "limited", "responsibilities": ["school"],
            "weekly_hours": "under_3", "past_twelve_step": "helped", "spirituality": "open",
            "philosophy": "skills"}  # fmt: skip
    nights = "It brings no bed, and a safe one comes first."
    decision = decide(rules, hurt)
    first, second = decision.ranked[:2]
    assert (first.path, second.path, second.about_equal_to_top) == (
        "residential", "day-treatment", True,
    )  # fmt: skip
    row = next(row for row in short(rules, hurt).rows if row.path == second.path)
    assert row.decides.startswith(answer_messages.AS_GOOD)
    assert row.decides.endswith(nights)
    # In no window does one stand without the other, however far down the path stands.
    page = short(rules, hurt)
    low = page._replace(rows=tuple(each._replace(rank=each.rank + 3) for each in page.rows))
    lines = joined(fitted(low, 79, 1, drawn=True))
    small = " ".join(" ".join("".join(part.text for part in at) for at in lines).split())
    assert (nights in small) is (answer_messages.AS_GOOD in small)
    assert nights in whole(rules, hurt)
    assert nights not in whole(rules, {**hurt, "danger": ["none"]})


def test_programs_are_asked_what_they_do_if_the_one_who_hurts_comes(rules: RuleSet) -> None:
    hurt = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "danger": ["violence"],
            "home": "steady"}  # fmt: skip
    assert "What do you do if someone who hurts me comes or calls?" in whole(rules, hurt)
    assert "someone who hurts me" not in whole(rules, {**hurt, "danger": ["none"]})
    mind = {**hurt, "danger": ["none"], "mental_health": "affecting", "home": "none"}
    assert decide(rules, mind).ranked[0].path == "iop-sober-living"
    assert "Can you treat my mental health as well?" in whole(rules, mind)


def test_who_wants_a_higher_power_is_not_told_that_it_may_be_hard(rules: RuleSet) -> None:
    wants = {**DRINKS, "severity": "moderate", "staying_stopped": "weeks", "stage": "more_needed",
             "weekly_hours": "9_to_19", "spirituality": "important",
             "past_twelve_step": "helped"}  # fmt: skip
    assert decide(rules, wants).ranked[0].path == "iop-twelve-step"
    assert "That isn't for everyone." not in whole(rules, wants)
    assert "Meetings and a sponsor take time of their own" in whole(rules, wants)
    assert "You can just listen." not in whole(rules, wants)
    new = {**wants, "spirituality": "open", "past_twelve_step": "never", "philosophy": "acceptance"}
    assert decide(rules, new).ranked[0].path == "iop-twelve-step"
    assert "That isn't for everyone." in whole(rules, new)
    assert "You can just listen." in whole(rules, new)


def test_more_care_is_never_called_more_than_the_answers_ask_for(rules: RuleSet) -> None:
    """An answer may well ask for more, as weekly help that was not enough does."""
    weekly = {**DRINKS, "severity": "mild", "stage": "more_needed", "danger": ["overdose"]}
    text = whole(rules, weekly)
    assert "More care than your other answers ask for" not in text
    assert messages.ASK_OF_MANY in text


def test_who_felt_ill_without_drink_reads_why_to_ask_and_not_to_wait(rules: RuleSet) -> None:
    ill = {**DRINKS, "severity": "unsure", "severity_signs": ["more_than_meant", "withdrawal_sign"]}
    text = whole(rules, ill)
    assert "You felt ill without what you use, so stopping at once may be dangerous." in text
    better = "many people with drinking problems get better without treatment"
    assert better not in text
    fine = {**ill, "severity_signs": ["more_than_meant", "cravings"]}
    assert better in whole(rules, fine)
    # What it was of isn't asked, so no warning says that it was drink.
    both = {**ill, "substances": ["alcohol", "cannabis"], "alcohol_frequency": "most_days"}
    assert "You felt ill without what you use" in whole(rules, both)
    # Who has stopped reads it for the next time.
    again = "Should you start again, see a doctor before you stop"
    assert again in whole(rules, {**ill, "frequency": "not_lately"})
    assert again in whole(rules, {**fine, "frequency": "not_lately", "withdrawal": "hard"})
    assert again not in whole(rules, {**fine, "frequency": "not_lately"})
    assert again not in whole(rules, {**ill, "substances": ["cannabis"], "frequency": "not_lately"})


def test_of_more_care_each_path_tells_what_speaks_against_it(rules: RuleSet) -> None:
    mild = {**DRINKS, "severity": "mild", "staying_stopped": "weeks", "home": "steady"}
    decision = decide(rules, mild)
    text = whole(rules, mild)
    above = [each.path for each in decision.ranked if each.above_need]
    assert "iop-dual-diagnosis" in above
    assert "iop-sober-living" in above
    assert "Against it: You named no mental health trouble" in text
    assert "Against it: Your home is safe and steady, so you don't need the place" in text


def test_sedatives_alone_bring_no_word_on_drink_into_the_title(rules: RuleSet) -> None:
    title = "See a doctor before you stop sedatives, and never stop alone"
    alone = {**DRINKS, "substances": ["sedatives"], "withdrawal": "mild"}
    assert title in screen(rules, alone)
    assert title not in screen(rules, {**alone, "substances": ["sedatives", "alcohol"]})
    assert title not in screen(
        rules, {**alone, "frequency": "not_lately", "withdrawal": "dangerous"}
    )


def test_in_pregnancy_who_uses_cannabis_reads_what_doctors_advise(rules: RuleSet) -> None:
    weed = {**DRINKS, "substances": ["cannabis"], "frequency": "some_days", "health": ["pregnant"]}
    advice = "In pregnancy, doctors advise against cannabis."
    assert advice in whole(rules, weed)
    assert advice not in whole(rules, {**weed, "frequency": "not_lately"})
    assert advice not in whole(rules, {**weed, "substances": ["alcohol"]})
    assert advice not in whole(rules, {**weed, "health": ["none"]})


def test_an_answer_that_was_given_is_never_told_as_not_known(rules: RuleSet) -> None:
    """It is in doubt, since what is used isn't known, and that is what is told."""
    daily = {**DRINKS, "substances": "unsure", "alcohol_frequency": "some_days",
             "sedative_frequency": "every_day", "withdrawal": "unsure"}  # fmt: skip
    for text in (whole(rules, daily), screen(rules, daily)):
        assert messages.with_care("all that is used").removesuffix(".") in text
        assert "days on sedatives in a month" not in text


def test_every_discreet_sheet_has_the_same_numbers(rules: RuleSet) -> None:
    """So that none of them tells a finder why it stands there."""
    calm = {**DRINKS, "severity": "moderate"}
    seen = set()
    for change in ({}, {"danger": ["violence"]}, {"self_harm": "plan"}, {"home": "none"},
                   {"danger": ["overdose"]}, {"health": ["gambling_or_eating"]}):  # fmt: skip
        text = sheet_md(
            rules, decide(rules, {**calm, **change}), date="today", explained=None, discreet=True
        )
        seen.add(
            tuple(line for line in text.splitlines() if re.match(r"- \*\*[^1-9].*\d{3}", line))
        )
        assert "911" in text
    (numbers,) = seen
    # In no country does anybody have a sheet without a number, or one that is all numbers.
    for region in (*(each.id for each in rules.regions), "elsewhere"):
        hurt = decide(rules, {**calm, "danger": ["violence"]}, region=region)
        text = sheet_md(rules, hurt, date="today", explained=None, discreet=True)
        assert "- **Emergency:**" in text
        assert text.count("- **A line that names places near you") <= 2
    labels = [line.partition(":**")[0] for line in numbers]
    assert "- **A line that names places near you, by TTY" in labels
    assert "- **Places to stay" in labels
    assert len(labels) > 6


def test_a_discreet_sheet_never_says_to_wait_till_it_gets_worse_where_the_call_is_now(
    rules: RuleSet,
) -> None:
    drinks = {**DRINKS, "withdrawal": "dangerous", "medication": ["for_opioids"]}
    for danger, waits in ((["none"], True), (["overdose"], False)):
        decision = decide(rules, {**drinks, "danger": danger})
        text = sheet_md(rules, decision, date="today", explained=None, discreet=True)
        assert (discreet_words.WARNS in text) is waits
        # What can't be quoted of a medicine has words of its own, for the same two.
        assert ("Keep taking your medicine as it was prescribed" in text) is waits
        assert ("Ask those who treat you when to take your medicine again" in text) is not waits


def test_a_discreet_sheet_warns_in_words_that_tell_no_use(rules: RuleSet) -> None:
    hard = {**DRINKS, "severity": "moderate", "withdrawal": "hard"}
    ill = {**OPIOIDS, "withdrawal": "dangerous"}
    reach_one = "Call a doctor today; if you reach none, call a clinic or hospital."
    for person, warned, own in (
        (OPIOIDS, "After any break, an old dose can be", "After a break, ask before you take"),
        (OPIOIDS, "don't mix them", "Ask before you take two things together."),
        (OPIOIDS, "don't use alone", "Have someone you trust near, who can call for help."),
        (ill, "If you use now, don't stop suddenly", "Change nothing all at once on your own."),
        (hard, reach_one, "Call a doctor or a clinic today"),
    ):
        decision = decide(rules, person)
        open_, text = (
            sheet_md(rules, decision, date="today", explained=None, discreet=discreet)
            for discreet in (False, True)
        )
        assert warned in " ".join([open_, *decision.next_moves])
        assert own in text
        assert warned not in text
        assert "If you use" not in text


def test_who_can_not_cope_and_may_be_in_care_tells_the_staff(rules: RuleSet) -> None:
    staff = "Be seen today by the staff, if you are in care now;"
    cant = {**DRINKS, "mental_health": "severe"}
    for thoughts in ("none", "thoughts"):
        inside = {**cant, "self_harm": thoughts, "stage": "in_program"}
        assert staff in whole(rules, inside)
        assert "Be seen by the staff" in short(rules, inside).today
        assert staff not in whole(rules, {**inside, "stage": "tried_before"})


def test_who_is_off_sedatives_reads_what_to_do_should_they_take_them_again(rules: RuleSet) -> None:
    off = {**DRINKS, "substances": ["sedatives"], "frequency": "not_lately"}
    again = "Should you take sedatives again, then not with drink or opioids"
    assert again in whole(rules, off)
    assert again not in whole(rules, {**off, "frequency": "some_days"})
    assert again not in whole(rules, {**off, "substances": ["alcohol"]})


def test_what_hard_stopping_may_mean_is_told_where_nothing_named_explains_it(
    rules: RuleSet,
) -> None:
    hard = {**DRINKS, "substances": ["stimulants"], "withdrawal": "hard"}
    other = "Tell a doctor that you shake, sweat or throw up when you stop."
    assert other in whole(rules, hard)
    assert other not in whole(rules, {**hard, "substances": ["stimulants", "alcohol"]})
    assert other not in whole(rules, {**hard, "withdrawal": "mild"})
    assert other not in whole(rules, {**hard, "frequency": "not_lately"})


def test_who_drank_heavily_before_reads_what_to_do_should_it_come_back(rules: RuleSet) -> None:
    dry = {**DRINKS, "frequency": "not_lately", "drinks": "15_plus", "withdrawal": "mild"}
    again = "If you ever drink heavily again, don't stop all at once."
    assert again in whole(rules, dry)
    assert again not in whole(rules, {**dry, "drinks": "5_to_9"})
    assert again not in whole(rules, {**dry, "frequency": "some_days"})
    assert again not in whole(rules, {**dry, "withdrawal": "hard"})


def test_who_is_hurt_and_cares_for_somebody_never_reads_that_others_need_them(
    rules: RuleSet,
) -> None:
    away = {**DRINKS, "severity": "severe", "staying_stopped": "hours", "home": "others_use",
            "support": "none", "responsibilities": ["caring"], "withdrawal": "hard"}  # fmt: skip
    others = "others have to do without you"
    assert decide(rules, away).ranked[0].path == "residential"
    assert others in whole(rules, away)
    for hurt in ({"danger": ["violence"]}, {"home": "unsafe"}, {"danger": "skip"}):
        assert decide(rules, {**away, **hurt}).ranked[0].path == "residential"
        assert others not in whole(rules, {**away, **hurt})
        assert "what is dear to you" in whole(rules, {**away, **hurt})


def test_whether_to_wait_for_a_visit_is_told_where_the_mind_is_not_known(rules: RuleSet) -> None:
    open_ = {**DRINKS, "severity": "mild", "mental_health": "skip", "self_harm": "unsure"}
    assert decide(rules, open_).ranked[0].path == "outpatient"
    assert "You may have to wait for a visit." in whole(rules, open_)


def test_an_explanation_says_why_more_care_stands_last_whatever_its_points(rules: RuleSet) -> None:
    mild = {**DRINKS, "severity": "mild"}
    decision = decide(rules, mild)
    assert any(each.above_need for each in decision.ranked)
    text = " ".join(plain_text(explanation(rules, mild, decision, Wanted()), 72).split())
    above = sum(each.above_need for each in decision.ranked)
    assert text.count(rules.texts.above_need.text) == above


def test_that_kinds_of_help_go_together_is_told_with_its_article(rules: RuleSet) -> None:
    """Claims D1, F2 and F5, by those whom they concern."""
    busy = {**DRINKS, "severity": "moderate", "stage": "more_needed", "responsibilities": ["job"]}
    text = whole(rules, {**busy, "spirituality": "secular_only"})
    assert "One article says that kinds of help can go together" in text
    said = "articles say that such a program gives structure and leaves room for that"
    assert f"You have a job to keep up, and {said}" in text
    cares = whole(rules, {**busy, "responsibilities": ["caring"]})
    assert "leaves room for daily duties" in cares


def test_whom_an_article_says_outpatient_care_suits_is_told_where_the_mind_is_not_known(
    rules: RuleSet,
) -> None:
    open_ = {**DRINKS, "severity": "mild", "mental_health": "skip", "self_harm": "unsure"}
    suits = "it suits people who still manage their duties and have support in place"
    assert suits in whole(rules, open_)
    assert suits not in whole(rules, {**open_, "support": "none"})
