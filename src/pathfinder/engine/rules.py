"""What rules are made of: immutable records, no behaviour.

Why this module exists: every rule is a decision that can be read aloud: when it holds,
unless what, and because why. `check` is the question to ask a professional while the rule
hangs on an unknown answer. `fires` and `quiet` are examples of answers. Named tuples can't
inherit, so the fields that rules share stand in each.

It must not read files, decide anything, or know a screen.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.engine.question import Answers, Grounds


class AlertRule(NamedTuple):
    """Shows an alert the moment its answer is given."""

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    check: str
    alert: str
    fires: Answers | None = None
    quiet: Answers | None = None


class FirstRule(NamedTuple):
    """Puts a first step before every path."""

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    check: str
    first: str
    fires: Answers | None = None
    quiet: Answers | None = None


class Gate(NamedTuple):
    """Asks for a least level of care, or sets paths aside: exactly one of the two is filled."""

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    check: str
    at_least: str | None
    set_aside: tuple[str, ...]
    opens_when: str
    alongside: bool
    fires: Answers | None = None
    quiet: Answers | None = None


# `about` names the paths that a text speaks of: it is told only where one of them is ranked
# and not more than is called for, so that nobody hears praise of what isn't for them.


class SupportRule(NamedTuple):
    """Offers something to add to any path."""

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    support: str
    about: tuple[str, ...] = ()


class NoteRule(NamedTuple):
    """A sentence for the result that changes nothing in the ranking.

    `headline`: it is told before everything but alerts and first steps.
    """

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    headline: bool = False
    about: tuple[str, ...] = ()


class MoveRule(NamedTuple):
    """A first move for this person, told before the moves of the path. Its text is `because`.

    `warns`: it is told above the first steps and the paths, as a warning. `in_the_call`: what
    to say or ask once there is a call; the path's own moves, which begin it, come before.
    """

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    warns: bool = False
    about: tuple[str, ...] = ()
    in_the_call: bool = False


class Barrier(NamedTuple):
    """Where a path asks more than the person's life gives.

    `called`: what stands in the way, where the name of the question says it badly.
    `rules_out`: while it stands, the paths can't be the compromise either.
    """

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    question: str
    paths: tuple[str, ...]
    helps: tuple[str, ...]
    rules_out: bool
    called: str = ""


Rule = AlertRule | FirstRule | Gate | SupportRule | NoteRule | MoveRule | Barrier


class Argument(NamedTuple):
    """What one answer makes of some paths: `because` in one direction, with its weight.

    `points` is 1 to 3 for the paths, -1 to -3 against them. It counts where `when` is known
    to hold, unless `unless` is known to.
    """

    paths: tuple[str, ...]
    points: int
    because: str
    grounds: Grounds
    when: Condition | None = None
    unless: Condition | None = None


class ReasonRow(NamedTuple):
    """One answer: what the person said, in the second person, and what paths make of it."""

    answer: str
    says: str
    arguments: tuple[Argument, ...]

    def most(self, path: str) -> int:
        """The points that this answer gives the path, or takes, where all its arguments count."""
        return sum(each.points for each in self.arguments if path in each.paths)


class ReasonTable(NamedTuple):
    """The reasons that one question gives, a row for every answer."""

    id: str
    factor: str
    question: str
    rows: Mapping[str, ReasonRow]
