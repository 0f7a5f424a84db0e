"""A small rule set and decisions on it, written by hand: how a result is shown needs no loader.

The rules are not the real ones. Their texts are short words, so that a test can say
which of them must stand on a page, and in which order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from pathfinder.engine.conditions import NOT_ASKED, All, Condition, Leaf, Value
from pathfinder.engine.decision import (
    Decision,
    Fired,
    IfNotPossible,
    Note,
    Passport,
    Ranked,
    Reason,
    SetAside,
    ToCheck,
)
from pathfinder.engine.question import (
    Citation,
    Derived,
    Grounds,
    LeftOut,
    Option,
    Passage,
    Question,
    Source,
)
from pathfinder.engine.rules import AlertRule, FirstRule, Gate, MoveRule, NoteRule, SupportRule
from pathfinder.engine.ruleset import (
    Alert,
    Comparison,
    Factor,
    FirstStep,
    HelpLine,
    Level,
    Path,
    Region,
    RuleSet,
    Support,
    Texts,
)

ARTICLE = Grounds(sources=(Citation("article", "Home", "B26"),))
STUDY = Grounds(sources=(Citation("study", "Results", None),))
OURS = Grounds(judgement="We chose this ourselves.")
BOTH = Grounds(sources=(Citation("study", "Results", None),), judgement="The study is small.")

WORRIED_HOME = Leaf("home", "is", ("none",), frozenset({"none"}))
STEADY_HOME = Leaf("home", "is", ("steady",), frozenset({"steady"}))
NO_DANGER = All((Leaf("danger", "answered", ("true",), frozenset({"true"})), STEADY_HOME))

LEVELS = (
    Level("support", "Support groups", "as many meetings as you like"),
    Level("outpatient", "Outpatient care", "under 9 hours a week"),
    Level("intensive", "Intensive outpatient care", "9 to 19 hours a week"),
    Level("day", "Day treatment", "20 hours a week and more"),
    Level("residential", "Residential care", "24 hours a day"),
)


def replace(record: Any, **changes: Any) -> Any:
    """The record with other values: a named tuple, or the rule set (a dataclass)."""
    if isinstance(record, tuple):
        return record._replace(**changes)  # type: ignore[attr-defined]
    return dataclasses.replace(record, **changes)


def passage(text: str, grounds: Grounds = OURS, when: Condition | None = None) -> Passage:
    return Passage(text, grounds, when)


def question(
    id_: str,
    answers: Mapping[str, str],
    *,
    kind: str = "one",
    derived: Derived | None = None,
) -> Question:
    return Question(
        id=id_,
        factor="home",
        kind=kind,
        ask=f"Ask {id_}?",
        why=f"Why {id_} matters.",
        cue="Listen.",
        options=tuple(Option(answer, label) for answer, label in answers.items()),
        unsure="Not sure",
        skip="Prefer not to say",
        ask_when=None,
        can_change=False,
        derived=derived,
        readings=(),
        by_region={},
        name=NAMES.get(id_, ""),
    )


NAMES = {
    "age_group": "age", "severity": "how serious the use is", "responsibilities": "daily duties",
    "weekly_hours": "hours a week", "company": "peers or professionals",
    "payment": "money and insurance", "staying_stopped": "time without use",
    "support": "people who help", "stage": "help so far", "spirituality": "beliefs",
    "philosophy": "style of program", "motivation": "readiness to change",
    "severity_signs": "signs of trouble", "danger": "danger right now",
}  # fmt: skip

QUESTIONS = (
    question("age_group", {"under_18": "Under 18", "adult": "18 or older"}),
    question("danger", {"violence": "Someone hurts me", "none": "None of these"}, kind="many"),
    question(
        "severity",
        {"mild": "A few signs.", "severe": "Many signs."},
        kind="scale",
        derived=Derived("severity_signs", ((1, "severe"), (0, "mild"))),
    ),
    question("severity_signs", {"cravings": "I crave it", "none": "None of these"}, kind="many"),
    question(
        "home",
        {"none": "I have nowhere steady to stay", "steady": "A steady, calm home"},
        kind="scale",
    ),
    question("responsibilities", {"job": "A job", "school": "School", "none": "None"}, kind="many"),
    question("weekly_hours", {"under_3": "Under 3 hours", "20_plus": "20 hours and more"}),
    question("wishes", {"online": "Meeting online", "none": "None"}, kind="many"),
    question("philosophy", {"skills": "Learning skills", "acceptance": "Letting go"}),
    question("company", {"peers": "Peers", "professional": "Professionals"}),
    question("payment", {"covered": "It is covered", "limited": "Money is short"}),
)


def path(id_: str, name: str, level: str, *, alongside: bool = False) -> Path:
    return Path(
        id=id_,
        name=name,
        short=f"{name} in one sentence.",
        level=level,
        approach="either",
        alongside=alongside,
        what=(passage(f"{name}: what it is.", ARTICLE),),
        week=(
            passage(f"{name}: three days a week.", STUDY),
            passage(f"{name}: a bed for tonight.", OURS, WORRIED_HOME),
            passage(f"{name}: bring your family.", ARTICLE, NO_DANGER),
        ),
        run_by=(passage(f"{name}: led by a counselor.", ARTICLE),),
        length=(passage(f"{name}: about 12 weeks.", ARTICLE),),
        cost=(passage(f"{name}: ask what is covered.", ARTICLE),),
        first_moves=(passage(f"{name}: call a program today.", OURS),),
        ask=(
            passage(f"{name}: is it 12-Step?", ARTICLE),
            passage(f"{name}: who leads it?", OURS),
        ),
        next=(passage(f"{name}: plan the time after.", ARTICLE),),
        compare=(Comparison("philosophy", f"{name} ideas"), Comparison("time", f"{name} hours")),
        compare_grounds=ARTICLE,
    )


PATHS = (
    path("groups", "Peer groups", "support", alongside=True),
    path("talks", "Weekly talks", "outpatient"),
    path("iop-one", "IOP one", "intensive"),
    path("iop-two", "IOP two", "intensive"),
    path("live-in", "Live-in care", "residential"),
)


def line(id_: str, name: str, number: str, region: str, *kinds: str) -> HelpLine:
    return HelpLine(
        id_, name, number, "day and night", region, kinds, "2026-11-22", "example.org; stored copy"
    )


EMERGENCY = line("us-emergency", "Emergency services", "911", "us", "emergency", "violence")
CRISIS = line("us-crisis", "Crisis line", "988 (call or text)", "us", "suicide")
DRUGS = line("us-drugs", "Drug help line", "1-800-555-0100", "us", "drugs")
ELSEWHERE = line(
    "elsewhere-emergency",
    "Your local emergency number",
    "your local emergency number",
    "elsewhere",
    "emergency",
)

_RULE = {"factor": "home", "when": WORRIED_HOME, "unless": None}

RULES = RuleSet(
    id="by-hand",
    version="1.2.3",
    title="Rules written by hand",
    sha256="0123456789abcdef" * 4,
    reviewed_on="2026-11-22",
    reviewed_by="nobody",
    review_next="2027-05-22",
    scope_question="age_group",
    scope_out=frozenset({"under_18"}),
    texts=Texts(
        privacy=passage("Private."),
        sensitive=passage("You may skip."),
        not_a_diagnosis=passage("Not a diagnosis."),
        assessment=passage("Ask for an assessment.", ARTICLE),
        review=passage("No clinician has read this."),
        evidence=passage("Four of five articles sell treatment."),
        level_opens_when=passage("When less care is safe."),
        about_equal=passage("Take the one that feels right."),
        above_need=passage("More than is called for."),
        once_safe=passage("Once you are safe"),
        under_18=(passage("Thank you for being open."), passage("The help lines are for you.")),
    ),
    levels=LEVELS,
    factors=(Factor("home", "Home"),),
    questions=QUESTIONS,
    paths=PATHS,
    compare_rows=(("philosophy", "Philosophy"), ("time", "Time")),
    alerts=(
        Alert("call-emergency", "Get help now", "Call now.", ("emergency",), True, ARTICLE),
        Alert("violence", "Your safety first", "Go where people are.", ("violence",), False, OURS),
    ),
    steps=(
        FirstStep("medical-evaluation", "See a doctor", (passage("Call a doctor today.", STUDY),)),
        FirstStep(
            "safe-place",
            "Find a safe place",
            (
                passage("Call a shelter.", OURS, WORRIED_HOME),
                passage("Stay where you are.", OURS, STEADY_HOME),
            ),
        ),
    ),
    supports=(
        Support("evening-track", "An evening track", "Programs meet after work too.", ARTICLE),
        Support("groups", "Groups beside it", "Go to a group.", OURS, stands_for="groups"),
        Support("cost-help", "Help with the cost", "Ask for a sliding fee.", OURS),
    ),
    alert_rules=(
        AlertRule(
            id="overdose-now",
            alert="call-emergency",
            because="An overdose is happening.",
            check="How would I know?",
            grounds=ARTICLE,
            **_RULE,
        ),
    ),
    first_rules=(
        FirstRule(
            id="no-home",
            first="safe-place",
            because="You have nowhere steady to stay.",
            check="Where can I stay?",
            grounds=ARTICLE,
            **_RULE,
        ),
    ),
    gates=(
        Gate(
            id="outpatient-gate",
            at_least="outpatient",
            set_aside=(),
            opens_when="",
            alongside=False,
            because="Some care is needed.",
            check="Do I need care?",
            grounds=STUDY,
            **_RULE,
        ),
        Gate(
            id="intensive-gate",
            at_least="intensive",
            set_aside=(),
            opens_when="",
            alongside=False,
            because="You need several days a week.",
            check="Do I need more days?",
            grounds=ARTICLE,
            **_RULE,
        ),
        Gate(
            id="own-choice",
            at_least=None,
            set_aside=("live-in",),
            opens_when="When you can step away.",
            alongside=False,
            because="You said that living in is not for you.",
            check="Is living in right for me?",
            grounds=OURS,
            **_RULE,
        ),
    ),
    support_rules=(
        SupportRule(
            id="job-evening",
            support="evening-track",
            because="You have a job to keep.",
            grounds=ARTICLE,
            **_RULE,
        ),
    ),
    note_rules=(NoteRule(id="a-note", because="A note of its own.", grounds=ARTICLE, **_RULE),),
    move_rules=(MoveRule(id="a-move", because="Write down why.", grounds=OURS, **_RULE),),
    barriers=(),
    reasons=(),
    sources=(
        Source("article", "An article", "A directory", "2024", "example.org", "sells treatment"),
        Source("unused", "Not cited", "Nobody", "not stated", "not stated", "none stated"),
        Source("study", "A study", "A journal", "2014", "example.net", "none stated"),
    ),
    left_out=(LeftOut("F10", "It is about one place only."),),
    regions=(Region("us", "United States", ("usa",), (EMERGENCY, CRISIS, DRUGS)),),
    default_region="us",
    elsewhere=Region("elsewhere", "another country", (), (ELSEWHERE,)),
    conditions={},
    claims={},
    question_by_id={q.id: q for q in QUESTIONS},
    path_by_id={p.id: p for p in PATHS},
    level_rank={level.id: rank for rank, level in enumerate(LEVELS)},
)


def reason(
    rule: str, question_: str, answer: str | None, because: str, points: int, grounds: Grounds
) -> Reason:
    """`because` holds what was said and what a path makes of it, apart at the first comma."""
    says, _, does = because.rpartition(", ")
    return Reason(rule, "home", question_, answer, because, points, grounds, says, does)


TOP = Ranked(
    path="iop-one",
    level="intensive",
    rank=1,
    points=7,
    about_equal_to_top=True,
    for_=(
        reason("severity-fit", "severity", "severe", "Many signs call for days.", 3, ARTICLE),
        reason("job-fit", "responsibilities", "job", "A job asks for evenings.", 2, OURS),
        reason(
            "skills-fit",
            "philosophy",
            "skills",
            "You want to learn skills, and it teaches them.",
            2,
            BOTH,
        ),
        reason("online-fit", "wishes", "online", "It has online days.", 1, OURS),
    ),
    against=(
        reason(
            "home-fit", "home", "none", "You have nowhere to stay, which makes it hard.", -1, STUDY
        ),
    ),
    unknown=(reason("company-fit", "company", "unsure", "Why company matters.", 0, OURS),),
)
SECOND = Ranked(
    path="iop-two",
    level="intensive",
    rank=2,
    points=6,
    about_equal_to_top=True,
    for_=TOP.for_[:2],
    against=(TOP.against[0],),
    unknown=(),
)

VIEW: dict[str, Value] = {
    "age_group": "adult",
    "danger": frozenset({"none"}),
    "severity": "severe",
    "severity_signs": NOT_ASKED,
    "home": "none",
    "responsibilities": frozenset({"job", "school"}),
    "weekly_hours": "under_3",
    "wishes": frozenset({"online"}),
    "philosophy": "skills",
    "company": None,
    "payment": None,
}

STANDING_NOTES = (
    Note("not-a-diagnosis", "Not a diagnosis."),
    Note("get-an-assessment", "Ask for an assessment."),
    Note("who-reviewed-this", "No clinician has read this."),
    Note("who-wrote-the-sources", "Four of five articles sell treatment."),
)

ADULT = Decision(
    passport=Passport("by-hand", "1.2.3", RULES.sha256, "0.1.0"),
    scope="adult",
    hold=False,
    safe_level="intensive",
    alerts=(),
    first=(
        Fired(
            "safe-place",
            ("no-home", "no-home-two"),
            ("You have nowhere steady to stay.", "Nights outside are a danger."),
            (ARTICLE, OURS),
        ),
    ),
    ranked=(TOP, SECOND),
    set_aside=(
        SetAside(
            "groups",
            "support",
            ("outpatient-gate", "intensive-gate"),
            ("Some care is needed.", "You need several days a week."),
            (STUDY, ARTICLE),
            "When less care is safe.",
            True,
        ),
        SetAside(
            "talks",
            "outpatient",
            ("intensive-gate",),
            ("You need several days a week.",),
            (ARTICLE,),
            "When less care is safe.",
            False,
        ),
        SetAside(
            "live-in",
            "residential",
            ("own-choice",),
            ("You said that living in is not for you.",),
            (OURS,),
            "When you can step away.",
            False,
        ),
    ),
    supports=(Fired("evening-track", ("job-evening",), ("You have a job to keep.",), (ARTICLE,)),),
    to_check=(
        ToCheck("own-choice", "gate", ("live-in",), ("payment",), "Is living in right for me?"),
        ToCheck("other-gate", "gate", ("day",), ("company",), "Do I need more days?"),
        ToCheck("third-gate", "gate", ("day",), ("payment",), "Do I need more days?"),
        ToCheck("open-alert", "alert", ("violence",), ("company",), "Am I safe at home?"),
    ),
    notes=(Note("a-note", "A note of its own."), *STANDING_NOTES),
    if_not_possible=IfNotPossible(
        ("weekly_hours",), ("evening-track",), "talks", "Your week leaves under 3 hours."
    ),
    next_moves=("Call a shelter.", "Write down why.", "IOP one: call a program today."),
    help_lines=(EMERGENCY, CRISIS, DRUGS),
    region="us",
    view=VIEW,
)

IN_DANGER = replace(
    ADULT,
    hold=True,
    alerts=(
        Fired(
            "call-emergency",
            ("overdose-now",),
            ("An overdose is happening.",),
            (ARTICLE,),
            ("us-emergency",),
        ),
        Fired("violence", ("hurt",), ("Someone hurts you.",), (OURS,), ("us-emergency",)),
    ),
    next_moves=("Call now.", "Go where people are.", *ADULT.next_moves),
)

UNDER_18 = replace(
    IN_DANGER,
    scope="under_18",
    safe_level=None,
    first=(),
    ranked=(),
    set_aside=(),
    supports=(),
    to_check=(),
    notes=(),
    if_not_possible=None,
    next_moves=(
        "Call now.",
        "Go where people are.",
        "Thank you for being open.",
        "The help lines are for you.",
        "Not a diagnosis.",
    ),
    view={"age_group": "under_18"},
)
