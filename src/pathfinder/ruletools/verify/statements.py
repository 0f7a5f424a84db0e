"""What must hold for everybody: what `checks.yaml` may say, statements, and what became of each.

Why this module exists: the safety promises of a rule set are data, and everything that reads,
proves or tells them speaks in these records. The reader, the JSON Schema for editors and the
page of keys go by the one list of forms here.

It must not read files, or know how a statement is proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.engine.question import Answers
from pathfinder.errors import Problem
from pathfinder.loader.fields import Form

Situation = Answers
"""Answers in normal form. Whatever isn't named counts as not known."""

FILE: Final = "checks.yaml"

CHECKS: Final = Form(
    FILE,
    {
        "statements": ("a statement+", "What must hold for everybody."),
        "dropped?": ("a dropped promise+", "What was promised once, and is promised no longer."),
    },
)
DROPPED: Final = Form(
    "a dropped promise",
    {
        "id": ("kebab", "The id that the statement had."),
        "says": ("text", "The promise, in words, as it was made."),
        "because": ("text", "Why it is made no longer."),
        "decided_by": ("text", "Who decided that, and answers for it."),
        "date": ("day", "The day of that decision."),
    },
)
STATEMENT: Final = Form(
    "a statement",
    {
        "id": ("kebab", "Its name in what `pathfinder rules verify` tells."),
        "says": ("text", "The promise, in words."),
        "must": ("one of the forms below+", "What is to be proved."),
    },
)
IMPLIES: Final = Form(
    'a statement with "then"',
    {
        "then": ('"then"', "What must come out."),
        "when?": ("condition", "For whom; without it, for everybody."),
        "minors?": ("true", "It speaks of those who are out of scope, of alerts and hold alone."),
    },
)
THEN: Final = Form(
    '"then"',
    {
        "alerts?": ("alert+", "All of these are shown."),
        "first?": ("first step+", "All of these are among the first steps."),
        "first_of_first?": ("first step", "This first step stands before all others."),
        "at_least?": ("level", "The safe level is this one or a higher one."),
        "first_path?": ("path or path+", "The first path is this one, or one of these."),
        "not_ranked?": ("paths meant", "None of these is ranked."),
        "at_most?": ("level", "The safe level is this one or a lower one."),
        "not_first?": ("first step+", "None of these is among the first steps."),
        "not_first_path?": ("paths meant", "The first path is none of these."),
        "not_above_need?": ("true", "The first path is at most one level above the safe one."),
        "supports?": ("support+", "All of these are offered."),
        "not_supports?": ("support+", "None of these is offered."),
        "notes?": ("note+", "All of these are told."),
        "warnings?": ("warning+", "All of these stand above the first steps."),
        "hold?": ("truth", "Whether the paths wait until the person is safe."),
        "some_path?": ("true", "At least one path is ranked."),
    },
)
LOWERS: Final = Form(
    'a statement with "one_step_worse"',
    {
        "one_step_worse": ("steps on scales", "Each question with its worse direction."),
        "never_lowers": ("part that is never lowered+", "What must not go down."),
    },
)
CHANGES: Final = Form(
    'a statement with "changing"',
    {
        "changing": ("question+", "Other answers to these, all else equal."),
        "never_changes": ("part that never changes+", "What must stay as it is."),
    },
)
ADDS: Final = Form(
    'a statement with "adding"',
    {
        "adding": ("answers of one checklist", "One of these more, each in turn, all else equal."),
        "with?": ("answers", "What is answered beside it then."),
        "when?": ("condition", "For whom; without it, for everybody who has not chosen it yet."),
        "never_changes?": ("part that never changes+", "What must stay as it is."),
        "never_lowers?": ("part that is never lowered+", "What must not go down."),
    },
)
LOSES: Final = Form(
    'a statement with "not_known"',
    {
        "not_known": ("question+", "Each in turn unsure, skipped or left out."),
        "never_loses": ("part that is never lost+", "What fired must still, or be there to check."),
    },
)
REACHES: Final = Form(
    'a statement with "somebody_for_each"',
    {"somebody_for_each": ("thing to be reached", "Each is at work for somebody.")},
)
FORMS: Final = (IMPLIES, LOWERS, CHANGES, ADDS, LOSES, REACHES)
LOWERED: Final = ("safe_level", "first_path_level")
UNCHANGED: Final = ("safe_level", "first", "alerts", "first_path", "supports", "notes")
KEPT: Final = ("alerts", "first", "gates")
REACHED: Final = ("paths", "rules")
DIRECTIONS: Final = ("up", "down")
OF_MINORS: Final = ("alerts", "hold")


class Demand(NamedTuple):
    """What must come out. A field that is empty asks for nothing."""

    alerts: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    first_of_first: str | None = None
    at_least: str | None = None
    first_path: tuple[str, ...] = ()
    not_ranked: tuple[str, ...] = ()
    not_supports: tuple[str, ...] = ()
    some_path: bool = False
    at_most: str | None = None
    not_first: tuple[str, ...] = ()
    not_first_path: tuple[str, ...] = ()
    not_above_need: bool = False
    supports: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    hold: bool | None = None


class Implies(NamedTuple):
    """Whoever `when` is known to be true for gets `then`. Without `when`: everybody.

    Everybody is every adult; with `minors`, everybody who is out of scope for their age.
    """

    when: Condition | None
    then: Demand
    minors: bool = False


class Worsening(NamedTuple):
    """One step worse on a scale: `up` or `down` in the order in which its answers are written."""

    question: str
    direction: str


class NeverLowers(NamedTuple):
    """One of `steps`, all else equal, lowers none of `parts`: safe_level, first_path_level."""

    steps: tuple[Worsening, ...]
    parts: tuple[str, ...]


class NeverChanges(NamedTuple):
    """Other answers to `questions`, all else equal, change none of `parts`.

    Parts: safe_level, first, alerts, first_path, supports, notes.
    """

    questions: tuple[str, ...]
    parts: tuple[str, ...]


class Adding(NamedTuple):
    """One of `answers` more of a checklist, all else equal, changes none of `changes`.

    Nor does it lower any of `lowers`. It is tried on everybody whose checklist is known and
    who gets along without this answer, if `when` is known to be true for them. `beside`:
    what they answer then to other questions, which the one more may bring.
    """

    question: str
    answers: tuple[str, ...]
    beside: Answers
    when: Condition | None
    changes: tuple[str, ...]
    lowers: tuple[str, ...]


class NeverLoses(NamedTuple):
    """With any one of `questions` unknown, every rule of `parts` that fired still does.

    Or it stands under `to_check`. Parts: alerts, first, gates. Where an answer can be worked
    out from another question, that one is unknown, too.
    """

    questions: tuple[str, ...]
    parts: tuple[str, ...]


class SomebodyForEach(NamedTuple):
    """For each of `what` there is somebody: `paths` that come first, `rules` that fire."""

    what: str


Must = Implies | NeverLowers | NeverChanges | Adding | NeverLoses | SomebodyForEach


class Statement(NamedTuple):
    """One promise: `says` is what a counselor reads, `must` what is proved."""

    id: str
    says: str
    must: tuple[Must, ...]


class Dropped(NamedTuple):
    """A promise that was made once and is made no longer: what it said, why, who decided, when.

    It stays in the rule set for ever, so that nobody takes its silence for "still promised".
    """

    id: str
    says: str
    because: str
    decided_by: str
    date: str


class Promises(NamedTuple):
    """All that `checks.yaml` says: what is promised, and what no longer is."""

    statements: tuple[Statement, ...]
    dropped: tuple[Dropped, ...]


class OtherPromise(NamedTuple):
    """A promise of another rule set, as it reads on these rules; None if it can't be read here."""

    id: str
    says: str
    statement: Statement | None
    problems: tuple[Problem, ...]


class Verdict(NamedTuple):
    """What became of a statement.

    `holds`: True if proved, False if broken, None if the time ran out first. `proved` says
    what exactly, in sentences. A broken statement has `broken`, what is wrong in words;
    the `situation` that breaks it, with as few answers as can be if `smallest`; and `other`,
    the second set of answers where two are compared. `case` and `wanted` are what a
    whole-person case would hold: its answers and what must come out. Where nobody is found
    who was promised, there is no situation. `reached`: where the time ran out, how many of how
    many ways to break the statement were proved to be nobody's by then.
    """

    statement: str
    holds: bool | None
    proved: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    situation: Situation | None = None
    other: Situation | None = None
    smallest: bool = False
    case: Situation | None = None
    wanted: Mapping[str, object] | None = None
    reached: tuple[int, int] = (0, 0)
