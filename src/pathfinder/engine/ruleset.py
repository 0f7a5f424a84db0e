"""What a rule set is made of: immutable records, no behaviour.

Why this module exists: every other module speaks in these records, never in
dictionaries of strings. Names are those of the field and of `docs/rule-format.md`.
The records are named tuples: making the classes costs a tenth of what frozen
dataclasses cost at each start (docs/decisions/0004).

It must not read files, decide anything, or know a screen.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.engine.evidence import Citation as Citation
from pathfinder.engine.evidence import Grounds as Grounds
from pathfinder.engine.evidence import LeftOut as LeftOut
from pathfinder.engine.evidence import Passage as Passage
from pathfinder.engine.evidence import Source as Source

UNSURE = "unsure"
SKIP = "skip"
NONE = "none"


class Option(NamedTuple):
    id: str
    label: str


class Derived(NamedTuple):
    """An answer worked out by counting the choices of another question.

    `counts` holds (least number of choices, answer), highest number first.
    """

    source: str
    counts: tuple[tuple[int, str], ...]


class Reading(NamedTuple):
    """What gates read a question as when `when` holds. `of_unknown`: it stands in for no answer."""

    id: str
    question: str
    value: str
    when: Condition
    of_unknown: bool
    because: str
    check: str
    grounds: Grounds


class CouldBe(NamedTuple):
    """An answer that a person may come to: who now gives another one is told "If …".

    `told` is the clause that follows the "If", in the words of a life, not of a quiz.
    It is offered only where `unless` is known to be false.
    """

    answer: str
    instead_of: tuple[str, ...]
    told: str
    unless: Condition | None = None


class Question(NamedTuple):
    """One question. `kind` is `one`, `scale` (options least first) or `many` (`none` exclusive).

    `cue` is what a counselor listens for. `by_region` holds an extra sentence by region.
    """

    id: str
    factor: str
    kind: str
    ask: str
    why: str
    cue: str
    options: tuple[Option, ...]
    unsure: str
    skip: str
    ask_when: Condition | None
    can_change: bool
    derived: Derived | None
    readings: tuple[Reading, ...]
    by_region: Mapping[str, str]
    could_be: tuple[CouldBe, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    def label(self, answer: str) -> str:
        """The person's words for an answer id, `unsure` and `skip` included."""
        if answer == UNSURE:
            return self.unsure
        if answer == SKIP:
            return self.skip
        return next(option.label for option in self.options if option.id == answer)


# --- rules --------------------------------------------------------------------
#
# Every rule is a decision that can be read aloud: when it holds, unless what, and because
# why. `check` is the question to ask a professional while the rule hangs on an unknown
# answer. `fires` and `quiet` are examples of answers. Named tuples can't inherit, so the
# fields that rules share stand in each.


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
    fires: Mapping[str, object] | None = None
    quiet: Mapping[str, object] | None = None


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
    fires: Mapping[str, object] | None = None
    quiet: Mapping[str, object] | None = None


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
    fires: Mapping[str, object] | None = None
    quiet: Mapping[str, object] | None = None


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


class Level(NamedTuple):
    """A level of care; `hours` is said in words."""

    id: str
    name: str
    hours: str


class Comparison(NamedTuple):
    """One row of the side-by-side view of a path."""

    id: str
    text: str


class InShort(NamedTuple):
    """A path in a plan: how much of a week, for how long, and what comes after it."""

    time: Passage
    length: Passage
    after: Passage


class Path(NamedTuple):
    """What can be recommended, with everything a person wants to know before they call."""

    id: str
    name: str
    short: str
    level: str
    approach: str
    alongside: bool
    what: tuple[Passage, ...]
    week: tuple[Passage, ...]
    run_by: tuple[Passage, ...]
    length: tuple[Passage, ...]
    cost: tuple[Passage, ...]
    first_moves: tuple[Passage, ...]
    ask: tuple[Passage, ...]
    next: tuple[Passage, ...]
    compare: tuple[Comparison, ...]
    compare_grounds: Grounds
    in_short: InShort | None = None


class Alert(NamedTuple):
    """`lines`: kinds of help lines to show. `hold`: the ranking waits until the person is safe.

    `in_short` is what to do, in a few words, for the plan.
    """

    id: str
    title: str
    text: str
    lines: tuple[str, ...]
    hold: bool
    grounds: Grounds
    in_short: str = ""


class Step(NamedTuple):
    """A first step: its title, and what to do about it today."""

    id: str
    title: str
    moves: tuple[Passage, ...]


class Support(NamedTuple):
    id: str
    title: str
    text: str
    grounds: Grounds


class HelpLine(NamedTuple):
    """`number` was read at `seen_at` on `seen_on`; nobody dialled it."""

    id: str
    name: str
    number: str
    when: str
    region: str
    kinds: tuple[str, ...]
    seen_on: str
    seen_at: str


class Region(NamedTuple):
    id: str
    name: str
    aliases: tuple[str, ...]
    lines: tuple[HelpLine, ...]


class Texts(NamedTuple):
    """The sentences that every result carries, whatever the answers."""

    privacy: Passage
    sensitive: Passage
    not_a_diagnosis: Passage
    assessment: Passage
    review: Passage
    evidence: Passage
    level_opens_when: Passage
    about_equal: Passage
    once_safe: Passage
    under_18: tuple[Passage, ...]


class Factor(NamedTuple):
    id: str
    title: str


class RuleSet(NamedTuple):
    """A whole rule set, loaded and checked. `sha256` is that of its files as loaded.

    Compared by identity: a rule set is loaded once, and what is worked out from it is kept.
    """

    id: str
    version: str
    title: str
    sha256: str
    reviewed_on: str
    reviewed_by: str
    review_next: str
    scope_question: str
    scope_out: frozenset[str]
    texts: Texts
    levels: tuple[Level, ...]
    factors: tuple[Factor, ...]
    questions: tuple[Question, ...]
    paths: tuple[Path, ...]
    compare_rows: tuple[tuple[str, str], ...]
    alerts: tuple[Alert, ...]
    steps: tuple[Step, ...]
    supports: tuple[Support, ...]
    alert_rules: tuple[AlertRule, ...]
    first_rules: tuple[FirstRule, ...]
    gates: tuple[Gate, ...]
    support_rules: tuple[SupportRule, ...]
    note_rules: tuple[NoteRule, ...]
    move_rules: tuple[MoveRule, ...]
    barriers: tuple[Barrier, ...]
    fit: tuple[FitTable, ...]
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    regions: tuple[Region, ...]
    default_region: str
    elsewhere: Region
    question_by_id: Mapping[str, Question]
    path_by_id: Mapping[str, Path]
    level_rank: Mapping[str, int]

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """The rules of every kind, in the order in which a decision comes to them."""
        safety: tuple[Rule, ...] = (*self.alert_rules, *self.first_rules, *self.gates)
        return (*safety, *self.support_rules, *self.note_rules, *self.move_rules, *self.barriers)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)
