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
from pathfinder.engine.evidence import Grounds
from pathfinder.engine.question import Answers


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


class SupportRule(NamedTuple):
    """Offers something to add to any path."""

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds
    support: str


class NoteRule(NamedTuple):
    """A sentence for the result that changes nothing in the ranking."""

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds


class MoveRule(NamedTuple):
    """A first move for this person, told before the moves of the path. Its text is `because`."""

    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds


class Barrier(NamedTuple):
    """Where a path asks more than the person's life gives.

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


Rule = AlertRule | FirstRule | Gate | SupportRule | NoteRule | MoveRule | Barrier


class FitRow(NamedTuple):
    """The points of one answer: path id -> -3 to 3. An empty row says nothing, on purpose."""

    answer: str
    points: Mapping[str, int]
    because: str
    grounds: Grounds


class FitTable(NamedTuple):
    id: str
    factor: str
    question: str
    rows: Mapping[str, FitRow]
