"""What a decision is made of: immutable records, no behaviour.

Why this module exists: the quiz, the page, JSON, streams and proofs all read the
same decision. The keys of the JSON result are these names.

It must not decide anything, or know a screen.
"""

from typing import NamedTuple

from pathfinder.engine.conditions import View
from pathfinder.engine.evidence import Grounds
from pathfinder.engine.ruleset import HelpLine


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
