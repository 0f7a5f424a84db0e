"""The contract of the product, written down a second time, by hand and on purpose.

`QUESTIONS`, `PATHS` and the functions below restate what the design promises, in
plain Python and without reading `rules/`. The tests hold the rule set and the
engine to it: a slip in a YAML condition and a slip here would have to agree.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

Answer = str | list[str]
Answers = Mapping[str, Answer]
Truth = bool | None

QUESTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "age_group": ("one", ("under_18", "adult")),
    "danger": (
        "many",
        (
            "overdose",
            "seizure_or_confusion",
            "chest_pain_or_bleeding",
            "pregnancy_emergency",
            "violence",
            "none",
        ),
    ),
    "self_harm": ("scale", ("none", "thoughts", "plan")),
    "substances": (
        "many",
        ("alcohol", "opioids", "sedatives", "stimulants", "cannabis", "other", "none"),
    ),
    "frequency": ("scale", ("not_lately", "some_days", "most_days", "every_day")),
    "alcohol_frequency": ("scale", ("not_lately", "some_days", "most_days", "every_day")),
    "sedative_frequency": ("scale", ("not_lately", "some_days", "most_days", "every_day")),
    "drinks": ("scale", ("under_5", "5_to_9", "10_to_14", "15_plus")),
    "withdrawal": ("scale", ("none", "mild", "hard", "dangerous")),
    "health": (
        "many",
        (
            "pregnant",
            "serious_condition",
            "pain",
            "overdose_before",
            "gambling_or_eating",
            "none",
        ),
    ),
    "medication": ("many", ("for_opioids", "for_alcohol", "interested", "none")),
    "severity": ("scale", ("risky", "mild", "moderate", "severe")),
    "severity_signs": (
        "many",
        (
            "more_than_meant",
            "cannot_cut_down",
            "time_spent",
            "cravings",
            "duties_slip",
            "conflict",
            "given_up",
            "risky_use",
            "harm_known",
            "tolerance",
            "withdrawal_sign",
            "none",
        ),
    ),
    "staying_stopped": ("scale", ("hours", "days", "weeks", "steady")),
    "mental_health": ("scale", ("none", "managed", "affecting", "severe")),
    "home": ("scale", ("none", "unsafe", "others_use", "tempting", "steady")),
    "support": ("scale", ("none", "some", "strong")),
    "stage": (
        "one",
        (
            "first_time",
            "tried_before",
            "in_program",
            "finished_program",
            "returned_to_use",
            "more_needed",
            "intensive_not_enough",
            "steady_recovery",
        ),
    ),
    "past_twelve_step": ("one", ("never", "helped", "mixed", "not_for_me")),
    "motivation": ("scale", ("not_ready", "torn", "willing", "committed")),
    "responsibilities": ("many", ("job", "school", "caring", "court", "none")),
    "step_away": ("one", ("can", "with_help", "cannot")),
    "weekly_hours": ("scale", ("under_3", "3_to_8", "9_to_19", "20_plus")),
    "payment": ("one", ("covered", "limited")),
    "spirituality": ("scale", ("secular_only", "no_preference", "open", "important")),
    "philosophy": ("one", ("acceptance", "skills", "both")),
    "company": ("one", ("peers", "professional", "both")),
    "wishes": (
        "many",
        (
            "family",
            "online",
            "evening",
            "whole_person",
            "same_gender_group",
            "lgbtq",
            "faith_based",
            "none",
        ),
    ),
}

LEVELS = ("support", "outpatient", "intensive", "day", "residential")
PATHS = {
    "twelve-step-meetings": ("support", "twelve-step"),
    "secular-groups": ("support", "secular"),
    "outpatient": ("outpatient", "either"),
    "iop-twelve-step": ("intensive", "twelve-step"),
    "iop-secular": ("intensive", "secular"),
    "iop-dual-diagnosis": ("intensive", "either"),
    "iop-sober-living": ("intensive", "either"),
    "day-treatment": ("day", "either"),
    "residential": ("residential", "either"),
    "continuing-care": ("outpatient", "either"),
}
FIRST_STEPS = (
    "medical-evaluation",
    "opioid-medication",
    "taper-with-prescriber",
    "psychiatric-evaluation",
    "prenatal-care",
    "safe-place",
)
ALERTS = ("call-emergency", "suicide-crisis", "suicidal-thoughts", "violence")
SUPPORTS = (
    "meetings-alongside",
    "secular-groups-alongside",
    "family-sessions",
    "evening-track",
    "online",
    "sober-housing",
    "whole-person",
    "craving-medication",
    "motivational-counseling",
    "cost-help",
    "child-care",
)
SAFETY = (
    "danger",
    "self_harm",
    "substances",
    "frequency",
    "alcohol_frequency",
    "sedative_frequency",
    "drinks",
    "withdrawal",
    "health",
    "severity",
    "severity_signs",
    "staying_stopped",
    "mental_health",
    "home",
    "support",
    "stage",
)


OF_ONE = {"alcohol_frequency": "alcohol", "sedative_frequency": "sedatives"}
"""The questions on how often one substance is taken."""


def random_answers(dice: random.Random, unknown: float = 0.12) -> dict[str, Answer]:
    """A random adult. Each answer is unsure, skipped or left out with the chance `unknown`."""
    answers: dict[str, Answer] = {"age_group": "adult"}
    for question, (kind, options) in QUESTIONS.items():
        if question == "age_group":
            continue
        roll = dice.random()
        if roll < unknown:
            if roll < unknown * 2 / 3:
                answers[question] = "unsure" if roll < unknown / 3 else "skip"
            continue
        if kind != "many":
            answers[question] = dice.choice(options)
        elif dice.random() < 0.25:
            answers[question] = ["none"]
        else:
            some = [o for o in options if o != "none"]
            chosen = dice.sample(some, min(len(some), dice.choice((1, 1, 1, 2, 2, 3))))
            answers[question] = sorted(chosen, key=options.index)
    return answers


# --- three-valued words -----------------------------------------------------------


def both(*parts: Truth) -> Truth:
    return False if False in parts else None if None in parts else True


def one_of(*parts: Truth) -> Truth:
    return True if True in parts else None if None in parts else False


def negate(truth: Truth) -> Truth:
    return None if truth is None else not truth


class Person:
    """What each question counts as: a word, a set, "?" for unknown, None for not asked.

    `assumed`: how often of one substance, where that is only taken over from `frequency`.
    """

    def __init__(self, answers: Answers) -> None:
        self.value: dict[str, object] = {}
        self.assumed: set[str] = set()
        for question, (kind, _) in QUESTIONS.items():
            applies = self._applies(question)
            if question in OF_ONE:
                self._of_one(question, applies, answers)
                continue
            if applies is False:
                self.value[question] = None
                continue
            given = answers.get(question)
            if given is None or given in ("unsure", "skip") or given in (["unsure"], ["skip"]):
                self.value[question] = "?"
            elif kind == "many":
                self.value[question] = {given} if isinstance(given, str) else set(given)
            else:
                self.value[question] = given
        signs = self.value["severity_signs"]
        if self.value["severity"] == "?" and isinstance(signs, set):
            count = len(signs - {"none"})
            self.value["severity"] = (
                "severe"
                if count >= 6
                else "moderate"
                if count >= 4
                else "mild"
                if count >= 2
                else "risky"
            )

    def _of_one(self, question: str, applies: Truth, answers: Answers) -> None:
        """How often of one substance: asked beside others, else as often as what is used most."""
        usual = self.value["frequency"]
        if applies is False:
            alone = self.takes(OF_ONE[question]) is True
            self.value[question] = usual if alone else None
            return
        given = answers.get(question)
        known = given is not None and given not in ("unsure", "skip")
        taken = usual if self.takes(OF_ONE[question]) is True and usual is not None else "?"
        value = given if known else taken
        if value != "?" and not (known and applies is True):
            self.assumed.add(question)
        self.value[question] = value

    def plain(self) -> Person:
        """The same person, with what is only assumed not known."""
        return self.but(**dict.fromkeys(self.assumed, "?"))

    def often(self, substance: str, least: str) -> Truth:
        """Whether this substance is taken at least so often."""
        question = next(q for q, of in OF_ONE.items() if of == substance)
        return both(self.tells_of(substance), self.at_least(question, least))

    def tells_of(self, substance: str) -> Truth:
        """It is named, or nothing is, and the last month is told (docs/decisions/0020)."""
        question = next(q for q, of in OF_ONE.items() if of == substance)
        told = self.at_least(question, "some_days")
        return one_of(self.takes(substance), both(self.value["substances"] == "?", told))

    def _applies(self, question: str) -> Truth:
        if question in OF_ONE:
            substance = OF_ONE[question]
            return both(self.takes(substance), negate(self.only(substance)))
        if question == "drinks":
            return self.takes("alcohol")
        if question == "medication":
            return one_of(self.takes("alcohol"), self.takes("opioids"))
        if question == "severity_signs":
            return self.value["severity"] == "?"
        if question in (
            "frequency",
            "withdrawal",
            "severity",
            "staying_stopped",
            "motivation",
        ):
            return self.uses()
        return True

    def uses(self) -> Truth:
        taken = self.value["substances"]
        return None if taken == "?" else taken != {"none"}

    def takes(self, *names: str) -> Truth:
        return self.has("substances", *names)

    def has(self, question: str, *names: str) -> Truth:
        value = self.value[question]
        if value is None:
            return False
        return None if value == "?" else bool(set(names) & value)  # type: ignore[operator]

    def only(self, *substances: str) -> Truth:
        taken = self.value["substances"]
        return None if taken == "?" else taken == set(substances)

    def is_(self, question: str, *names: str) -> Truth:
        value = self.value[question]
        if value is None:
            return False
        return None if value == "?" else value in names

    def at_least(self, question: str, name: str) -> Truth:
        scale = QUESTIONS[question][1]
        return self.is_(question, *scale[scale.index(name) :])

    def at_most(self, question: str, name: str) -> Truth:
        scale = QUESTIONS[question][1]
        return self.is_(question, *scale[: scale.index(name) + 1])

    def unknown(self, question: str) -> bool:
        return self.value[question] == "?"

    def but(self, **values: object) -> Person:
        other = Person.__new__(Person)
        other.value = {**self.value, **values}
        other.assumed = self.assumed
        return other


def unless(truth: Truth, exception: Truth) -> Truth:
    return False if exception is True else truth


# --- what must come out -------------------------------------------------------------


def alerts(p: Person) -> dict[str, Truth]:
    return {
        "call-emergency": p.has(
            "danger",
            "overdose",
            "seizure_or_confusion",
            "chest_pain_or_bleeding",
            "pregnancy_emergency",
        ),
        "suicide-crisis": p.is_("self_harm", "plan"),
        "suicidal-thoughts": p.is_("self_harm", "thoughts"),
        "violence": p.has("danger", "violence"),
    }


def first_steps(p: Person) -> dict[str, list[Truth]]:
    """Every clause of every first step: a step is due when one of its clauses is true."""
    lately = p.is_("frequency", "not_lately")
    three = one_of(p.takes("opioids"), p.tells_of("alcohol"), p.tells_of("sedatives"))
    drinks, sedates = (
        one_of(p.takes(OF_ONE[question]), p.at_least(question, "most_days")) for question in OF_ONE
    )
    opioids = p.takes("opioids")
    not_said = p.value["substances"] == "?"
    stopping_unknown = p.unknown("withdrawal")
    either_often = one_of(p.often("alcohol", "most_days"), p.often("sedatives", "most_days"))

    def rarely(question: str) -> Truth:
        return one_of(
            p.is_(question, "not_lately"),
            both(p.is_(question, "some_days"), negate(p.is_("severity", "severe"))),
        )

    return {
        "medical-evaluation": [
            p.is_("withdrawal", "dangerous"),
            unless(
                both(
                    one_of(p.takes("alcohol", "sedatives", "opioids", "other"), not_said),
                    p.is_("withdrawal", "hard"),
                ),
                lately,
            ),
            both(either_often, p.at_least("withdrawal", "mild")),
            both(p.often("alcohol", "most_days"), p.at_least("drinks", "10_to_14")),
            unless(both(drinks, stopping_unknown), rarely("alcohol_frequency")),
            unless(both(sedates, stopping_unknown), rarely("sedative_frequency")),
            both(
                one_of(p.takes("other"), not_said),
                stopping_unknown,
                p.is_("frequency", "every_day"),
            ),
            unless(both(three, p.has("health", "pregnant")), lately),
            both(either_often, p.has("health", "serious_condition")),
        ],
        "opioid-medication": [opioids, both(not_said, p.has("medication", "for_opioids"))],
        "taper-with-prescriber": [
            unless(sedates, p.is_("sedative_frequency", "not_lately", "some_days")),
            both(opioids, p.has("health", "pain")),
        ],
        "psychiatric-evaluation": [
            p.is_("mental_health", "severe"),
            p.is_("self_harm", "plan"),
        ],
        "prenatal-care": [p.has("health", "pregnant")],
        "safe-place": [p.is_("home", "none", "unsafe"), p.has("danger", "violence")],
    }


def reads_as_moderate(p: Person) -> Truth:
    """A risky or mild answer that others contradict."""
    return both(
        p.is_("severity", "risky", "mild"),
        one_of(
            p.is_("withdrawal", "hard", "dangerous"),
            both(
                p.often("alcohol", "every_day"),
                p.at_least("drinks", "10_to_14"),
            ),
        ),
    )


def read(p: Person) -> Person:
    """The answers as gates see them, all readings taken."""
    values: dict[str, object] = {}
    if p.unknown("severity"):
        steady = p.is_("stage", "steady_recovery") is True
        values["severity"] = "mild" if steady else "moderate"
    if reads_as_moderate(p.but(**values)) is True:
        values["severity"] = "moderate"
    if p.unknown("staying_stopped"):
        risk = one_of(
            p.at_most("home", "tempting"),
            p.is_("support", "none"),
            p.is_("stage", "returned_to_use", "more_needed"),
            p.at_least("mental_health", "affecting"),
        )
        steady = p.is_("stage", "steady_recovery") is True
        values["staying_stopped"] = "steady" if steady else "days" if risk is True else "weeks"
    return p.but(**values)


def left_open(p: Person) -> Person:
    """The answers as gates see them the second time: what isn't known stays unknown."""
    p = p.plain()
    contradicted = reads_as_moderate(p)
    if contradicted is True:
        return p.but(severity="moderate")
    return p.but(severity="?") if contradicted is None and not p.unknown("severity") else p


def level_clauses(p: Person) -> list[tuple[str, Truth]]:
    """Each clause that asks for a least level of care."""
    severe = p.is_("severity", "severe")
    moderate_up = p.at_least("severity", "moderate")
    moderate = p.is_("severity", "moderate")
    days = p.at_most("staying_stopped", "days")
    hours = p.is_("staying_stopped", "hours")
    no_support = p.is_("support", "none")
    no_safe_home = p.is_("home", "none", "unsafe")
    affected = p.at_least("mental_health", "affecting")
    four = one_of(
        p.is_("withdrawal", "hard", "dangerous"),
        p.is_("home", "others_use"),
        p.is_("stage", "returned_to_use"),
        p.is_("mental_health", "severe"),
    )
    cannabis = one_of(
        p.only("cannabis"),
        both(
            p.only("alcohol", "cannabis"),
            p.at_most("alcohol_frequency", "some_days"),
            p.is_("drinks", "under_5"),
        ),
    )
    through = p.is_("stage", "finished_program", "steady_recovery")
    return [
        ("residential", both(severe, days, one_of(no_safe_home, no_support))),
        ("residential", unless(both(severe, hours, four), cannabis)),
        ("day", unless(both(severe, days), cannabis)),
        (
            "day",
            unless(both(moderate, hours, one_of(four, no_support, no_safe_home)), cannabis),
        ),
        ("day", both(p.at_least("severity", "mild"), p.is_("mental_health", "severe"))),
        ("day", both(moderate_up, p.is_("stage", "intensive_not_enough"))),
        (
            "intensive",
            unless(both(severe, p.at_most("staying_stopped", "weeks")), through),
        ),
        (
            "intensive",
            both(
                moderate_up,
                one_of(days, p.is_("stage", "returned_to_use", "more_needed"), no_safe_home),
            ),
        ),
        ("intensive", both(moderate_up, no_support, affected)),
        ("intensive", p.is_("stage", "in_program")),
        (
            "outpatient",
            both(
                moderate_up,
                one_of(p.at_most("staying_stopped", "weeks"), no_support, affected),
            ),
        ),
        ("outpatient", unless(severe, through)),
        ("outpatient", affected),
        ("outpatient", both(p.is_("severity", "mild"), days)),
        ("outpatient", p.is_("self_harm", "thoughts", "plan")),
    ]


IOPS = ("iop-twelve-step", "iop-secular", "iop-dual-diagnosis", "iop-sober-living")


def set_aside_clauses(p: Person) -> list[tuple[tuple[str, ...], Truth]]:
    """Each clause that sets paths aside for their own sake."""
    no_safe_home = p.is_("home", "none", "unsafe")
    through = p.is_("stage", "finished_program", "steady_recovery")
    return [
        (
            ("day-treatment", "residential"),
            unless(
                p.is_("severity", "risky", "mild"),
                both(p.is_("severity", "mild"), p.is_("mental_health", "severe")),
            ),
        ),
        (IOPS, unless(p.is_("severity", "risky"), p.is_("stage", "in_program"))),
        (
            ("iop-twelve-step", "iop-secular", "iop-dual-diagnosis", "day-treatment"),
            no_safe_home,
        ),
        (
            ("twelve-step-meetings", "secular-groups"),
            both(p.takes("opioids"), p.at_least("severity", "moderate")),
        ),
        (("continuing-care",), unless(True, through)),
        (
            ("twelve-step-meetings", "iop-twelve-step"),
            p.is_("spirituality", "secular_only"),
        ),
        (
            tuple(path for path in PATHS if path != "outpatient"),
            unless(
                p.only("none"),
                p.is_("stage", "in_program", "finished_program", "steady_recovery"),
            ),
        ),
    ]


def family_is_safe(p: Person) -> bool:
    """`family-sessions`: never with violence or an unsafe home, nor while either is unknown."""
    return (
        p.has("danger", "violence") is False
        and p.is_("home", "none", "others_use", "tempting", "steady") is True
    )


def expected(answers: Answers) -> dict[str, object]:
    """Alerts, first steps, safe level and closed paths, worked out by hand."""
    p = Person(answers)
    seen, second = read(p), left_open(p)
    levels = [level for level, truth in level_clauses(seen) if truth is True]
    closed: set[str] = set()
    for paths, truth in set_aside_clauses(seen):
        if truth is True:
            closed.update(paths)
    rank = max((LEVELS.index(level) for level in levels), default=0)
    return {
        "alerts": [a for a, truth in alerts(p).items() if truth is True],
        "first": [s for s, clauses in first_steps(p).items() if True in clauses],
        "safe_level": LEVELS[rank],
        "ranked": {
            path
            for path, (level, _) in PATHS.items()
            if path not in closed and LEVELS.index(level) >= rank
        },
        "open_levels": {
            level
            for (level, first), (_, then) in zip(
                level_clauses(seen), level_clauses(second), strict=True
            )
            if first is not True and then is not False
        },
    }


# --- what stands in the way ---------------------------------------------------------


def barriers(p: Person, path: str) -> set[str]:
    """What stands between this person and the path. What isn't known is no barrier."""
    level = PATHS[path][0]
    too_few = {"intensive": "3_to_8", "day": "9_to_19"}.get(level)
    found = {
        "weekly_hours": too_few is not None and p.at_most("weekly_hours", too_few),
        "step_away": path in ("residential", "iop-sober-living")
        and p.is_("step_away", "with_help", "cannot"),
        "payment": level != "support" and p.is_("payment", "limited"),
    }
    return {question for question, truth in found.items() if truth is True}


def compromises(p: Person, first: str, safe_level: str, ranked: list[str]) -> set[str]:
    """The paths that may be named as the compromise; empty for none.

    A path that is set aside for its own sake, and not for its level, is never one: that
    takes in home and opioids, and leaves the other reasons as sound as they were.
    """
    closed = {
        name for paths, truth in set_aside_clauses(read(p)) if truth is True for name in paths
    }
    least = 0 if safe_level == "support" else 1
    for level in reversed(LEVELS[least : LEVELS.index(PATHS[first][0])]):
        here = [
            path
            for path, (its_level, _) in PATHS.items()
            if its_level == level and path not in closed and barriers(p, path) <= {"payment"}
        ]
        best = [path for path in ranked if path in here]
        if here:
            return {best[0]} if best else set(here)
    return set()


def readings(p: Person) -> list[tuple[str, str]]:
    """(question, what it reads as) for every reading that is used, in order."""
    used: list[tuple[str, str]] = []
    if p.unknown("severity"):
        steady = p.is_("stage", "steady_recovery") is True
        used.append(("severity", "mild" if steady else "moderate"))
    if reads_as_moderate(p.but(severity=used[0][1]) if used else p) is True:
        used.append(("severity", "moderate"))
    if p.unknown("staying_stopped"):
        used.append(("staying_stopped", str(read(p).value["staying_stopped"])))
    return used
