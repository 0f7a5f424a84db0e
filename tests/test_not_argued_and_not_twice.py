"""What strangers found said twice, or argued from an answer that the page itself doubts."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from built_in import RULES
from contract import random_answers
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.answer import answer
from pathfinder.pages.blocks import Bullet, Heading, Text
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.how_much_care import level_gates
from pathfinder.pages.open_answers import to_check
from pathfinder.pages.other_paths import other_paths
from pathfinder.pages.phrases import Cites, seen_first
from pathfinder.pages.reasons import argued, calm, doubted, not_argued
from pathfinder.pages.result import page
from pathfinder.render.answer import fitted, joined
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

STEADY = {**DRINKS, "severity": "risky", "staying_stopped": "steady", "stage": "steady_recovery"}
NOT_CLOSE = "You said that harmful use is not close right now"
MILD = "The trouble from your use counts as mild"


def explained(rules: RuleSet, answers: Answers) -> str:
    blocks = explanation(rules, answers, decide(rules, answers), Wanted())
    return " ".join(plain_text(blocks, 72).split())


# --- an answer that the page doubts is no reason ------------------------------------------------


def test_who_is_steady_and_uses_hears_no_argument_from_being_steady(rules: RuleSet) -> None:
    assert "say-that-you-are-steady-and-use" in [w.id for w in decide(rules, STEADY).warnings]
    for page_ in (whole(rules, STEADY), " ".join(short(rules, STEADY).pros)):
        assert "You said that you have been steady for some months, and" not in page_
    # The explanation tells every reason, and so do the points.
    assert "You said that you have been steady for some months" in explained(rules, STEADY)
    dry = {**STEADY, "frequency": "not_lately"}
    assert decide(rules, dry).warnings == ()
    assert "You said that you have been steady for some months, and" in whole(rules, dry)


def test_what_gates_read_otherwise_is_no_reason_for_little_care(rules: RuleSet) -> None:
    mild = {**DRINKS, "severity": "mild", "frequency": "some_days", "staying_stopped": "weeks"}
    assert MILD in whole(rules, mild)
    sick = {**mild, "withdrawal": "hard"}
    assert decide(rules, sick).ranked[0].path == "outpatient"
    assert MILD not in whole(rules, sick)
    assert MILD in explained(rules, sick)


def test_trouble_that_is_called_little_is_no_reason_where_harm_could_come_today(
    rules: RuleSet,
) -> None:
    today = {**DRINKS, "severity": "mild", "frequency": "some_days", "staying_stopped": "hours"}
    assert MILD not in whole(rules, today)
    assert not any(MILD in pro for pro in short(rules, today).pros)
    assert MILD in whole(rules, {**today, "staying_stopped": "days"})


@pytest.mark.parametrize(
    "change", [{"danger": ["chest_pain_or_bleeding"]}, {"mental_health": "severe"}]
)
def test_no_answer_soothes_who_must_be_helped_or_seen_first(
    rules: RuleSet, change: Answers
) -> None:
    calm = {**DRINKS, "severity": "risky", "frequency": "some_days", "staying_stopped": "steady"}
    assert NOT_CLOSE in whole(rules, calm)
    assert NOT_CLOSE not in whole(rules, {**calm, **change})
    # What calls for more is argued all the same.
    grave = {**DRINKS, "severity": "severe", "staying_stopped": "hours", **change}
    assert "Harmful use could happen today, and" in whole(rules, grave)


def test_a_place_is_not_called_firm_where_an_answer_behind_it_is_doubted(rules: RuleSet) -> None:
    firm = {**STEADY, "philosophy": "skills", "company": "professional", "motivation": "committed"}
    text = whole(rules, firm)
    doubt = "Your answer “I'm steady: harmful use is not close right now”"
    assert f"{messages.HOW_FIRM}: {answer_messages.NOT_FIRM} {doubt}" in text
    assert "may not fit the rest. More care may be right." in text
    dry = {**firm, "frequency": "not_lately"}
    assert f"{messages.HOW_FIRM}: Firm" in whole(rules, dry)


def test_a_doubted_answer_is_not_held_against_another_path_in_its_own_words(
    rules: RuleSet,
) -> None:
    daily = {**DRINKS, "severity": "risky", "drinks": "10_to_14", "staying_stopped": "weeks"}
    said = "What you told counts as risky use"
    rows = " ".join(row.decides for row in short(rules, daily).rows)
    assert said not in rows
    assert said not in whole(rules, daily)
    light = {**daily, "drinks": "under_5", "frequency": "some_days"}
    assert said in whole(rules, light)


def test_a_doubted_answer_puts_no_path_behind_and_sets_none_aside_in_its_own_words(
    rules: RuleSet,
) -> None:
    alone = "by your answers, asks for less than this"
    mild = {**DRINKS, "severity": "risky", "frequency": "some_days", "staying_stopped": "weeks"}
    assert alone in whole(rules, mild)
    hurt = whole(rules, {**mild, "danger": ["overdose"]})
    assert alone not in hurt
    assert messages.ASK_OF_MANY in hurt
    assert "may be right after all" not in hurt, "which is no comfort in an emergency"
    daily = {**DRINKS, "severity": "risky", "drinks": "10_to_14", "staying_stopped": "weeks"}
    text, rows = whole(rules, daily), [row.decides for row in short(rules, daily).rows]
    assert messages.MORE_CARE.split(".")[0] + "." in rows
    assert not any("how serious the use is" in row for row in rows)
    assert "by your answer on how serious the use is" not in text
    # Where a reading of it sets paths of more care aside, what may not fit is said of them.
    steady = {**DRINKS, "severity": "skip", "severity_signs": "skip", "staying_stopped": "days",
              "frequency": "not_lately", "stage": "steady_recovery"}  # fmt: skip
    open_ = answer_messages.may_be_right([], ["how serious the use is"], many=True)
    assert open_ in whole(rules, steady)
    near = {**DRINKS, "severity": "mild", "frequency": "some_days", "staying_stopped": "hours"}
    doubted_ = answer_messages.may_be_right(["your answer on how serious the use is"], many=True)
    assert doubted_ in whole(rules, near)
    assert doubted_ not in whole(rules, {**near, "staying_stopped": "weeks"})
    # What keeps somebody from a program that they go home from is no doubt of theirs.
    assert ": A safe place to stay." in whole(
        rules, {**mild, "danger": ["overdose"], "home": "unsafe"}
    )


def test_a_reading_of_what_is_not_known_doubts_no_answer(rules: RuleSet) -> None:
    unknown = {**DRINKS, "severity": "moderate", "staying_stopped": "unsure", "home": "tempting"}
    taken = next(q for q in rules.questions if q.id == "staying_stopped").readings
    assert any(r.of_unknown and r.when.holds(decide(rules, unknown).view) for r in taken)
    assert doubted(rules, decide(rules, unknown)) == set()


def test_only_what_a_warning_rests_on_is_doubted(rules: RuleSet) -> None:
    harm = {**DRINKS, "severity": "mild", "frequency": "some_days", "staying_stopped": "hours",
            "drinks": "under_5"}  # fmt: skip
    assert [w.id for w in decide(rules, harm).warnings] == ["harm-today-and-little-trouble"]
    assert doubted(rules, decide(rules, harm)) == {"severity", "staying_stopped"}
    # Of what could bring the warning, only what did.
    steady = decide(rules, {**STEADY, "staying_stopped": "weeks"})
    assert "stage" in doubted(rules, steady)
    assert "staying_stopped" not in doubted(rules, steady)


@pytest.mark.slow
def test_a_doubted_answer_is_argued_with_neither_for_a_path_nor_against_one() -> None:
    dice = random.Random(19)
    seen = urgent = 0
    for _ in range(300):
        answers = random_answers(dice)
        decision = decide(RULES, answers)
        top = decision.ranked[0]
        reasons = (*top.for_, *top.against)
        doubtful = [each for each in reasons if not_argued(RULES, decision, each)]
        # Another rule may say the same of an answer that nobody doubts.
        sure = {each.because for each in reasons if each not in doubtful}
        said = {each.because for each in doubtful} - sure
        if said:
            text = whole(RULES, answers)
            assert [each for each in said if each in text] == []
        seen += len(said)
        urgent += bool(said) and (decision.hold or seen_first(RULES, decision))
    assert seen > 40
    assert urgent > 20


@pytest.mark.slow
def test_what_is_open_is_named_also_where_somebody_must_be_seen_first() -> None:
    dice = random.Random(20)
    named = 0
    for _ in range(300):
        answers = random_answers(dice)
        decision = decide(RULES, answers)
        top = decision.ranked[0]
        if calm(decision) or not seen_first(RULES, decision) or not top.for_:
            continue
        text = whole(RULES, answers).lower()
        for each in top.unknown:
            name = RULES.question_by_id[each.question].name
            assert name.lower() in text, name
            named += 1
    assert named > 40


def test_only_an_answer_that_asks_for_less_care_is_left_out() -> None:
    dice = random.Random(11)
    left_out = 0
    for _ in range(300):
        decision = decide(RULES, random_answers(dice))
        top = decision.ranked[0]
        kept = argued(RULES, decision)
        assert [each for each in top.for_ if each in kept] == kept
        left_out += len(top.for_) - len(kept)
        rows = {table.id: table.rows for table in RULES.reasons}
        rank = RULES.level_rank
        for each in top.for_:
            if each not in kept:
                row = rows[each.rule][each.answer or ""]
                more = [p.id for p in RULES.paths if rank[p.level] > rank[top.level]]
                assert any(row.most(path) < 0 for path in more), each.because
    assert left_out > 20


# --- "not sure" is never "no" -------------------------------------------------------------------


@pytest.mark.parametrize("unknown", ["unsure", "skip"])
def test_who_is_not_sure_of_thoughts_of_dying_reads_whom_to_call(
    rules: RuleSet, unknown: str
) -> None:
    line = answer_messages.may_be_thoughts("988 (call or text)")
    assert line == "Thoughts of hurting yourself? Call 988."
    not_sure = {**DRINKS, "self_harm": unknown}
    assert line in short(rules, not_sure).caution
    assert line in whole(rules, not_sure)
    both = {**not_sure, "danger": unknown}
    assert answer_messages.may_be_danger("911") in short(rules, both).caution
    assert line in short(rules, both).caution
    for known in ("none", "thoughts"):
        assert line not in whole(rules, {**DRINKS, "self_harm": known})
    alarm = {**not_sure, "danger": ["chest_pain_or_bleeding"]}
    assert line in whole(rules, alarm)
    assert short(rules, alarm).danger == line


def test_elsewhere_the_line_for_such_thoughts_is_the_one_that_there_is(rules: RuleSet) -> None:
    decision = decide(rules, {**DRINKS, "self_harm": "skip"}, region="elsewhere")
    text = " ".join(plain_text(page(rules, decision), 72).split())
    assert answer_messages.may_be_thoughts("your local emergency number") in text
    # Under an alarm, that number is named.
    hurt = decide(
        rules, {**DRINKS, "self_harm": "skip", "danger": ["overdose"]}, region="elsewhere"
    )
    assert answer(rules, hurt, None).danger == ""


def test_a_plan_to_die_with_danger_left_open_still_reads_when_to_call(rules: RuleSet) -> None:
    plan = {**DRINKS, "self_harm": "plan", "danger": "skip"}
    line = answer_messages.may_be_danger("911")
    hurt = answer_messages.may_be_hurt("1-800-799-7233")
    assert short(rules, plan).danger == f"{line} {hurt}"
    shown = " ".join(
        "".join(p.text for p in each)
        for each in joined(fitted(short(rules, plan), 79, 24, drawn=True))
    )
    assert line in shown
    text = whole(rules, plan)
    assert text.index(line) < text.index(rules.texts.once_safe.text)
    known = {**plan, "danger": ["none"]}
    assert short(rules, known).danger == ""


# --- each thing in one place --------------------------------------------------------------------


def test_a_level_of_care_is_told_where_it_changes() -> None:
    dice = random.Random(12)
    for _ in range(60):
        decision = decide(RULES, random_answers(dice))
        blocks = other_paths(RULES, decision, Cites(RULES, shown=False))
        told = [b.text for b in blocks if isinstance(b, Text) and b.label == messages.LEVEL]
        levels = [entry.level for entry in decision.ranked]
        if any(isinstance(b, Heading) and b.level == 2 for b in blocks):
            changes = [b for a, b in pairwise(levels) if a != b]
            names = {level.id: level.name for level in RULES.levels}
            assert [text.split(",")[0] for text in told] == [names[each] for each in changes]


@pytest.mark.slow
def test_the_least_care_is_named_where_it_is_not_that_of_the_path_above(rules: RuleSet) -> None:
    same = {**DRINKS, "severity": "moderate", "staying_stopped": "days"}
    assert decide(rules, same).safe_level == decide(rules, same).ranked[0].level
    assert messages.WHY_LEVEL in whole(rules, same)
    assert f"{messages.SAFE_LEVEL}:" not in whole(rules, same)
    assert f"{messages.SAFE_LEVEL}:" in explained(rules, same)
    dice = random.Random(21)
    above = 0
    for _ in range(400):
        answers = random_answers(dice)
        decision = decide(RULES, answers)
        if decision.hold and doubted(RULES, decision):
            continue  # the lowest level would be taken for enough
        if decision.safe_level != decision.ranked[0].level and level_gates(RULES, decision):
            text = whole(RULES, answers)
            labels = (
                messages.SAFE_LEVEL,
                messages.SAFE_LEVEL_ONCE_SAFE,
                messages.SAFE_LEVEL_ONCE_SEEN,
            )
            assert any(f"{label}:" in text for label in labels)
            above += 1
    assert above > 3


def test_before_help_is_there_nobody_is_told_how_much_their_answers_call_for(
    rules: RuleSet,
) -> None:
    light = {**DRINKS, "severity": "mild", "frequency": "some_days", "staying_stopped": "weeks",
             "danger": ["overdose"]}  # fmt: skip
    need = rules.texts.above_need.text
    assert need in whole(rules, {**light, "danger": ["none"]})
    assert need not in whole(rules, light)


def test_the_step_for_a_safe_place_says_once_what_it_comes_before(rules: RuleSet) -> None:
    hurt = {**DRINKS, "danger": ["violence"], "home": "unsafe"}
    (step,) = [each for each in decide(rules, hurt).first if each.id == "safe-place"]
    assert len(step.because) == 2
    assert whole(rules, hurt).count("comes before any program") == 1


@pytest.mark.slow
def test_what_is_open_is_named_once() -> None:
    dice = random.Random(13)
    seen = 0
    for _ in range(80):
        answers = random_answers(dice, 0.3)
        decision = decide(RULES, answers)
        made = explain(RULES, answers, decision)
        blocks = page(RULES, decision, made)
        for at, block in enumerate(blocks):
            if isinstance(block, Heading) and block.text == messages.NOT_KNOWN:
                listed_ = blocks[at + 1]
                assert isinstance(listed_, Text)
                names = listed_.text.rstrip(".").lower().split(", ")
                said = (b for b in blocks if isinstance(b, Text) and b.label == messages.HOW_FIRM)
                firm = next((each.text for each in said), "")
                hangs = firm.rstrip(".").split(": ")[-1].split(", ")
                assert not set(names) & set(hangs)
                seen += 1
    assert seen > 20


def test_what_speaks_for_a_path_that_fits_as_well_is_told_with_it(rules: RuleSet) -> None:
    """Who may choose is told what sets the other apart: an article on care without the 12 Steps."""
    torn = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "frequency": "some_days",
            "mental_health": "affecting", "philosophy": "both",
            "spirituality": "no_preference"}  # fmt: skip
    decision = decide(rules, torn)
    equals = {entry.path for entry in decision.ranked if entry.about_equal_to_top}
    assert "iop-secular" in equals
    assert decision.ranked[0].path != "iop-secular"
    said = "one article counts care for it among the strong sides of programs without the 12 Steps"
    assert said in whole(rules, torn)


def test_an_overdose_now_is_told_beside_answers_of_little_trouble(rules: RuleSet) -> None:
    over = {**DRINKS, "danger": ["overdose"], "severity": "mild", "staying_stopped": "weeks"}
    warning = "an-overdose-and-little-trouble"
    assert warning in [w.id for w in decide(rules, over).warnings]
    for far in ("steady", "weeks"):
        near = {**over, "severity": "severe", "staying_stopped": far}
        assert warning in [w.id for w in decide(rules, near).warnings]
    for other in ({"danger": ["none"]}, {"severity": "severe", "staying_stopped": "days"}):
        assert warning not in [w.id for w in decide(rules, {**over, **other}).warnings]
    assert MILD not in whole(rules, over)


@pytest.mark.parametrize("danger", [["violence"], "skip"])
def test_a_wish_for_family_is_answered_where_such_sessions_are_not_offered(
    rules: RuleSet, danger: object
) -> None:
    said = "ask each program if it has them. Before the first one, talk with a counselor alone"
    hurt = {**DRINKS, "wishes": ["family"], "danger": danger}
    decision = decide(rules, hurt)  # type: ignore[arg-type]
    assert "family-sessions" not in [each.id for each in decision.supports]
    assert any(said in move for move in decision.next_moves)
    safe = decide(rules, {**DRINKS, "wishes": ["family"]})
    assert "family-sessions" in [each.id for each in safe.supports]
    assert not any(said in move for move in safe.next_moves)


def test_naloxone_is_told_of_once(rules: RuleSet) -> None:
    both = {**DRINKS, "substances": ["stimulants"], "health": ["overdose_before"]}
    text = " ".join(decide(rules, both).next_moves)
    assert text.count("Get naloxone") == 1
    assert "may hold fentanyl" in text
    other = " ".join(decide(rules, {**both, "health": ["none"]}).next_moves)
    assert "naloxone" in other
    assert "may hold fentanyl" in other


def test_who_names_nothing_after_a_program_reads_what_that_means(rules: RuleSet) -> None:
    said = "You named no drink or drug, so this rests on your other answers."
    none = {"age_group": "adult", "substances": ["none"], "stage": "finished_program"}
    assert said in whole(rules, none)
    assert said not in whole(rules, {**none, "substances": ["alcohol"]})
    assert said not in whole(rules, {**none, "stage": "first_time"})


def test_a_sober_home_is_put_off_only_for_who_has_a_safe_home(rules: RuleSet) -> None:
    stays = {**DRINKS, "home": "tempting", "step_away": "cannot"}
    assert messages.FOR_LATER in whole(rules, stays)
    for home in ("none", "unsafe"):
        assert messages.FOR_LATER not in whole(rules, {**stays, "home": home})


# --- those who come are the first to be told ----------------------------------------------------


def test_each_emergency_is_named_on_the_one_screen(rules: RuleSet) -> None:
    two = {**DRINKS, "danger": ["chest_pain_or_bleeding", "pregnancy_emergency"]}
    shown = " ".join(urgent.text for urgent in short(rules, two).alerts)
    assert "Chest pain, trouble breathing" in shown
    assert "a baby that has stopped moving" in shown
    assert "take nothing more" in shown


def test_after_an_overdose_the_next_dose_is_asked_about(rules: RuleSet) -> None:
    taking = {**DRINKS, "substances": ["opioids"], "medication": ["for_opioids"]}
    ask, keep = (
        "Ask those who treat you when to take your next dose.",
        "Keep taking your medication",
    )
    over = whole(rules, {**taking, "danger": ["overdose"]})
    assert ask in over
    assert keep not in over
    calm = whole(rules, taking)
    assert keep in calm
    assert ask not in calm


@pytest.mark.parametrize("danger", ["overdose", "seizure_or_confusion", "chest_pain_or_bleeding"])
def test_in_an_emergency_nobody_is_told_to_call_a_program_today(
    rules: RuleSet, danger: str
) -> None:
    dice = random.Random(16)
    seen = set()
    for _ in range(60):
        answers = {**random_answers(dice), "danger": [danger], "self_harm": "none"}
        decision = decide(rules, answers)  # type: ignore[arg-type]
        seen.add(decision.ranked[0].path)
        moves = " ".join(decision.next_moves)
        assert "Call one program" not in moves
    assert len(seen) > 4


def test_who_cares_for_somebody_says_so_when_help_comes(rules: RuleSet) -> None:
    alone = {**DRINKS, "danger": ["chest_pain_or_bleeding"], "responsibilities": ["caring"]}
    assert "who relies on you" in whole(rules, alone)
    assert "who relies on you" in short(rules, alone).alerts[0].text


def test_of_day_treatment_the_nights_are_asked_about_where_they_may_not_be_safe(
    rules: RuleSet,
) -> None:
    day = {**DRINKS, "severity": "severe", "staying_stopped": "days", "support": "some"}
    assert decide(rules, day).ranked[0].path == "day-treatment"
    safe = "while nights are safe and supported"
    assert safe in whole(rules, day)
    for change in ({"home": "others_use"}, {"self_harm": "unsure"}, {"support": "skip"}):
        text = whole(rules, {**day, **change})
        assert decide(rules, {**day, **change}).ranked[0].path == "day-treatment"
        assert safe not in text
        assert "Plan the nights: who is there" in text


def test_a_path_for_who_named_nothing_is_where_to_start_and_not_what_fits_best(
    rules: RuleSet,
) -> None:
    none = {"age_group": "adult", "substances": ["none"], "stage": "first_time"}
    assert messages.START in whole(rules, none)
    assert messages.BEST not in whole(rules, none)


def test_what_was_left_open_is_named_only_where_something_was(rules: RuleSet) -> None:
    dice = random.Random(32)
    with_open = without = 0
    for _ in range(150):
        answers = random_answers(dice, 0.1)
        blocks = to_check(rules, decide(rules, answers))
        text = " ".join(block.text for block in blocks if isinstance(block, (Text, Bullet)))
        if blocks and not any(isinstance(each, Heading) and each.level == 2 for each in blocks):
            names = [question.name for question in rules.questions if question.name in text]
            assert (messages.NOT_A_NO in text) is ("(Open:" in text or bool(names)), answers
            with_open += messages.NOT_A_NO in text
            without += messages.NOT_A_NO not in text
    assert with_open
    assert without


def test_what_a_question_names_itself_is_not_named_again_as_open(rules: RuleSet) -> None:
    open_ = {**DRINKS, "mental_health": "unsure", "danger": "unsure", "health": "unsure"}
    text = whole(rules, open_)
    for itself in (
        "me in danger right now?",
        "What help does my mental health need, and who can give it?",
    ):
        assert itself in text
        assert f"{itself} (Open:" not in text
    asks = "Does a pregnancy, an illness or an earlier overdose change what is safe for me?"
    assert f"{asks} (Open: pregnancy and illness)" in text


# --- who has stopped, and what is for today ------------------------------------------------------


def test_who_has_stopped_reads_of_the_next_time_in_every_form(rules: RuleSet) -> None:
    uses = {**DRINKS, "withdrawal": "dangerous", "severity": "severe"}
    stopped = {**uses, "frequency": "not_lately"}
    again, now = (
        "See a doctor before you ever stop again",
        "See a doctor about stopping drinking",
    )
    for answers, has, lacks in ((uses, now, again), (stopped, again, now)):
        decision = decide(rules, answers)
        assert "medical-evaluation" in [step.id for step in decision.first]
        assert any(has in step.title for step in short(rules, answers).first)
        text = whole(rules, answers)
        assert text.count(has) >= 2, "at the step, and in the plan"
        assert lacks not in text


def test_a_step_that_may_not_concern_the_person_is_not_the_one_for_today(rules: RuleSet) -> None:
    court = {**DRINKS, "severity": "moderate", "past_twelve_step": "not_for_me",
             "responsibilities": ["court"]}  # fmt: skip
    decision = decide(rules, court)
    assert any(move.startswith("If 12-step meetings are asked") for move in decision.next_moves)
    assert not short(rules, court).today.startswith("If ")


def test_what_says_what_not_to_do_is_no_step_for_today(rules: RuleSet) -> None:
    some = {**DRINKS, "substances": ["opioids"], "frequency": "some_days", "medication": ["none"],
            "severity": "moderate", "withdrawal": "none"}  # fmt: skip
    assert any(
        "Don't settle for detox" in text
        for text in decide(rules, some).next_moves
        + tuple(
            move.text
            for step in rules.steps
            if step.id == "opioid-medication"
            for move in step.moves
        )
    )
    assert short(rules, some).today.startswith("Carry naloxone")


def test_as_words_rows_that_give_no_reason_stand_together(rules: RuleSet) -> None:
    mild = {**DRINKS, "severity": "mild", "frequency": "some_days", "staying_stopped": "weeks"}
    made = short(rules, mild)
    lines = joined(fitted(made, 80, 23, drawn=False))  # room for the reasons of three
    text = " ".join("".join(part.text for part in line).strip() for line in lines)
    named = text.index(f"{answer_messages.THEN}:")
    found = [text.index(row.name) > named for row in made.rows]
    # The third has nothing of its own that the second hasn't.
    assert (made.rows[2].decides, made.rows[1].decides) == ("", messages.LESS_FOR_IT)
    assert found == [row.rank > 2 for row in made.rows]
    assert "4. " not in text


@pytest.mark.parametrize(
    ("move", "told"),
    [
        ("Call a doctor today; if you reach none, call a clinic.", "Call a doctor; if you reach"),
        ("Call a doctor, or the team that treats you, today.", "the team that treats you."),
        ("Look up one meeting for today or tomorrow, near you.", "for today or tomorrow"),
        ("Be seen today by a doctor.", "Be seen by a doctor."),
    ],
)
def test_under_today_a_sentence_stays_whole(move: str, told: str) -> None:
    assert told in answer_messages.under_today(move)
