"""A tiny rule set in code, for tests of the interview and of the ways to ask.

Small on purpose: a scope question, checklists, a branch, a derived answer, two
alerts (one holds), and one label that is longer than a small window is wide.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.engine.conditions import AnyOf, Condition, Leaf
from pathfinder.engine.question import Derived, Grounds, Option, Passage, Question
from pathfinder.engine.rules import AlertRule
from pathfinder.engine.ruleset import Alert, Factor, HelpLine, Region, RuleSet, Texts

GROUNDS = Grounds(judgement="For tests.")

LONG_LABEL = (
    "With a friend, a cousin or somebody from work, for a few weeks at a time, and then "
    "somewhere else again when that stops working out"
)


def includes(question: str, *ids: str) -> Leaf:
    return Leaf(question, "includes_any", ids, frozenset(ids))


def equals(question: str, *ids: str) -> Leaf:
    return Leaf(question, "is", ids, frozenset(ids))


def unanswered(question: str) -> Leaf:
    return Leaf(question, "answered", ("false",), frozenset(("false",)))


def question(
    id: str,
    kind: str,
    options: Mapping[str, str],
    *,
    ask: str | None = None,
    ask_when: Condition | None = None,
    derived: Derived | None = None,
    by_region: Mapping[str, str] | None = None,
    factor: str = "you",
    unsure: str = "Not sure",
) -> Question:
    return Question(
        id=id,
        factor=factor,
        kind=kind,
        ask=ask or f"What about {id}?",
        why=f"We ask about {id} because it matters.",
        cue=f"a pause at {id}.",
        options=tuple(Option(key, label) for key, label in options.items()),
        unsure=unsure,
        skip="Prefer not to say",
        ask_when=ask_when,
        can_change=False,
        derived=derived,
        readings=(),
        by_region=by_region or {},
    )


QUESTIONS = (
    question("age", "one", {"young": "Under 18", "adult": "18 or older"}, ask="How old are you?"),
    question(
        "danger",
        "many",
        {"overdose": "Took too much", "violence": "Someone hurts me", "none": "None of these"},
        ask="Is any of this happening right now?",
        factor="safety",
    ),
    question(
        "use",
        "many",
        {"alcohol": "Alcohol", "opioids": "Opioids", "none": "None"},
        ask="What do you use?",
    ),
    question(
        "often",
        "scale",
        {"rarely": "Some days", "daily": "Every day"},
        ask_when=includes("use", "alcohol", "opioids"),
    ),
    question(
        "drinks",
        "scale",
        {"few": "Under 5", "many": "5 or more"},
        ask_when=includes("use", "alcohol"),
        by_region={"us": "A drink is a can of beer.", "elsewhere": "A drink is a small glass."},
    ),
    question(
        "severity",
        "scale",
        {"mild": "A little", "severe": "A lot"},
        derived=Derived("signs", ((2, "severe"), (0, "mild"))),
    ),
    question(
        "signs",
        "many",
        {
            **{f"sign_{n}": f"Sign number {n}" for n in range(1, 10)},
            "tenth": "The tenth sign",
            "none": "None of these",
        },
        ask_when=unanswered("severity"),
    ),
    question(
        "place",
        "one",
        {"none": "Nowhere steady", "friends": LONG_LABEL, "own": "In a place of my own"},
        ask="Where do you sleep?",
        factor="home",
    ),
)


def alert_rule(id: str, alert: str, when: Condition, unless: Condition | None = None) -> AlertRule:
    return AlertRule(
        id=id,
        factor="safety",
        when=when,
        unless=unless,
        because="It matters.",
        grounds=GROUNDS,
        check="Is it so?",
        alert=alert,
        fires={},
        quiet={},
    )


ALERT_RULES = (
    alert_rule("overdose-now", "call", includes("danger", "overdose")),
    alert_rule("violence-now", "violence", includes("danger", "violence")),
    alert_rule("daily-or-hurt", "violence", AnyOf((equals("often", "daily"),))),
)

ALERTS = (
    Alert("call", "Get help now", "Call your emergency number.", ("emergency",), True, GROUNDS),
    Alert("violence", "You matter", "Go where people are.", ("violence",), False, GROUNDS),
)


def line(id: str, name: str, number: str, region: str, *kinds: str) -> HelpLine:
    return HelpLine(id, name, number, "any time", region, kinds, "2026-01-01", "a test")


US = Region(
    "us",
    "United States",
    ("usa", "u.s."),
    (
        line("us-911", "Emergency services", "911", "us", "emergency", "violence"),
        line("us-988", "Crisis line", "988", "us", "suicide"),
    ),
)
UK = Region(
    "uk",
    "United Kingdom",
    ("gb",),
    (line("uk-999", "Emergency services", "999", "uk", "emergency"),),
)
ELSEWHERE = Region(
    "elsewhere",
    "another country",
    (),
    (
        line(
            "elsewhere-emergency",
            "Your local emergency number",
            "your local emergency number",
            "elsewhere",
            "emergency",
        ),
    ),
)


def _passage(text: str) -> Passage:
    return Passage(text, GROUNDS)


TEXTS = Texts(
    privacy=_passage("Your answers stay here."),
    sensitive=_passage("You may skip any question."),
    not_a_diagnosis=_passage("This is not a diagnosis."),
    assessment=_passage("See someone."),
    review=_passage("Nobody has looked."),
    evidence=_passage("We wrote it."),
    level_opens_when=_passage("Later."),
    about_equal=_passage("Either."),
    above_need=_passage("More than that."),
    once_safe=_passage("Once you are safe"),
    under_18=(_passage("There is other help for you."),),
)


def small_rules(questions: tuple[Question, ...] = QUESTIONS) -> RuleSet:
    return RuleSet(
        id="small",
        version="1",
        title="Small",
        sha256="0" * 64,
        reviewed_on="2026-01-01",
        reviewed_by="nobody",
        review_next="2027-01-01",
        scope_question="age",
        scope_out=frozenset(("young",)),
        texts=TEXTS,
        levels=(),
        factors=(Factor("safety", "Danger"), Factor("you", "You"), Factor("home", "Home")),
        questions=questions,
        paths=(),
        compare_rows=(),
        alerts=ALERTS,
        steps=(),
        supports=(),
        alert_rules=ALERT_RULES,
        first_rules=(),
        gates=(),
        support_rules=(),
        note_rules=(),
        move_rules=(),
        barriers=(),
        reasons=(),
        sources=(),
        left_out=(),
        regions=(US, UK),
        default_region="us",
        elsewhere=ELSEWHERE,
        conditions={},
        claims={},
        question_by_id={each.id: each for each in questions},
        path_by_id={},
        level_rank={},
    )
