"""What a decision is made of: immutable records, and each of its parts as ids, by name.

Why this module exists: the quiz, the page, JSON, streams and proofs all read the
same decision. The keys of the JSON result are these names. Cases expect parts, statements
hold them, and a comparison of two rule sets counts them: under one name each sees the same.

It must not decide or judge anything, or know a screen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pathfinder.engine.conditions import View
from pathfinder.engine.question import Grounds
from pathfinder.engine.ruleset import HelpLine

ADULT: Final = "adult"
UNDER_18: Final = "under_18"
SCOPES: Final = (ADULT, UNDER_18)
"""Whom a result is for. docs/result.schema.json promises these two words, whatever a rule set
calls its answers."""

STANDING_NOTES: Final = (
    "not-a-diagnosis",
    "get-an-assessment",
    "who-reviewed-this",
    "who-wrote-the-sources",
)
"""The notes that stand in every result for an adult; their texts are the rule set's."""


class Passport(NamedTuple):
    """Which rules and which program decided."""

    ruleset: str
    version: str
    sha256: str
    app: str


class Fired(NamedTuple):
    """Something that every one of `rules` asks for: an alert, a first step, a support."""

    id: str
    rules: tuple[str, ...]
    because: tuple[str, ...]
    grounds: tuple[Grounds, ...]
    lines: tuple[str, ...] = ()


class Reason(NamedTuple):
    """One answer's weight for one path. `answer` is None where the question was left out.

    `because` is the whole sentence; `says` its first part, what the person said, and
    `does` its second, what the path makes of it. Both are empty for an open question.
    """

    rule: str
    factor: str
    question: str
    answer: str | None
    because: str
    points: int
    grounds: Grounds
    says: str = ""
    does: str = ""


class Ranked(NamedTuple):
    """A safe path. `above_need`: it asks for two levels of care more than is called for.

    Such a path comes after all others, whatever speaks for it.
    """

    path: str
    level: str
    rank: int
    points: int
    about_equal_to_top: bool
    for_: tuple[Reason, ...]
    against: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    above_need: bool = False


class SetAside(NamedTuple):
    path: str
    level: str
    rules: tuple[str, ...]
    because: tuple[str, ...]
    grounds: tuple[Grounds, ...]
    opens_when: str
    alongside: bool


class ToCheck(NamedTuple):
    """A rule that an unknown answer leaves open: a question to take to a professional."""

    rule: str
    effect: str
    target: tuple[str, ...]
    questions: tuple[str, ...]
    because: str


class Note(NamedTuple):
    """A sentence that changes nothing. `headline`: it leads the result."""

    id: str
    because: str
    headline: bool = False


class Warned(NamedTuple):
    """A first move that stands above the first steps and the paths."""

    id: str
    because: str


class IfNotPossible(NamedTuple):
    """What stands between the person and the first path, and the safest thing that can be had."""

    barriers: tuple[str, ...]
    helps: tuple[str, ...]
    compromise: str | None
    because: str


class Decision(NamedTuple):
    """The one result. `view` is what each question counts as; pages pick passages by it.

    `assumed`: questions that were asked and not answered, and count as another answer says.
    """

    passport: Passport
    scope: str
    hold: bool
    safe_level: str | None
    alerts: tuple[Fired, ...]
    first: tuple[Fired, ...]
    ranked: tuple[Ranked, ...]
    set_aside: tuple[SetAside, ...]
    supports: tuple[Fired, ...]
    to_check: tuple[ToCheck, ...]
    notes: tuple[Note, ...]
    if_not_possible: IfNotPossible | None
    next_moves: tuple[str, ...]
    help_lines: tuple[HelpLine, ...]
    region: str
    view: View
    warnings: tuple[Warned, ...] = ()
    assumed: tuple[str, ...] = ()


PARTS: Final[Mapping[str, Callable[[Decision], tuple[str, ...]]]] = {
    "scope": lambda d: (d.scope,),
    "hold": lambda d: ("true" if d.hold else "false",),
    "safe_level": lambda d: () if d.safe_level is None else (d.safe_level,),
    "alerts": lambda d: tuple(entry.id for entry in d.alerts),
    "alert_rules": lambda d: tuple(rule for rule, _ in asked_by(d.alerts)),
    "first": lambda d: tuple(entry.id for entry in d.first),
    "first_rules": lambda d: tuple(rule for rule, _ in asked_by(d.first)),
    "first_path": lambda d: tuple(entry.path for entry in d.ranked[:1]),
    "about_equal": lambda d: tuple(entry.path for entry in d.ranked if entry.about_equal_to_top),
    "ranked": lambda d: tuple(entry.path for entry in d.ranked),
    "alongside": lambda d: tuple(entry.path for entry in d.set_aside if entry.alongside),
    "supports": lambda d: tuple(entry.id for entry in d.supports),
    "warnings": lambda d: tuple(entry.id for entry in d.warnings),
    "notes": lambda d: tuple(note.id for note in d.notes),
    "to_check": lambda d: tuple(entry.rule for entry in d.to_check),
    "to_check_effects": lambda d: tuple(entry.effect for entry in d.to_check),
    "to_check_targets": lambda d: tuple(name for entry in d.to_check for name in entry.target),
    "barriers": lambda d: d.if_not_possible.barriers if d.if_not_possible else (),
    "helps": lambda d: d.if_not_possible.helps if d.if_not_possible else (),
    "compromise": lambda d: _compromise(d),
}
"""Each part as ids, in the order of the result; empty where there is none."""


def part_ids(decision: Decision, name: str) -> tuple[str, ...]:
    return PARTS[name](decision)


def asked_by(entries: Iterable[Fired]) -> Iterator[tuple[str, str]]:
    """Each rule that fired, with the id of what it asks for."""
    return ((rule, entry.id) for entry in entries for rule in entry.rules)


def _compromise(decision: Decision) -> tuple[str, ...]:
    beside = decision.if_not_possible
    return (beside.compromise,) if beside and beside.compromise else ()
