"""What a rule set is made of: immutable records, and the help lines of a place.

Why this module exists: every other module speaks in these records, never in
dictionaries of strings. Names are those of the field and of `docs/rule-format.md`.
The records are named tuples: making the classes costs a tenth of what frozen
dataclasses cost at each start (docs/decisions/0004). Alerts, the result, and `pathfinder
help-lines` must name the same numbers for the same place, and never none at all.

It must not read files, decide anything, know a screen, or guess a country from the machine.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from pathfinder.engine.conditions import Condition, View
from pathfinder.engine.question import Grounds, LeftOut, Passage, Question, Source, told
from pathfinder.engine.rules import (
    AlertRule,
    Barrier,
    FirstRule,
    Gate,
    MoveRule,
    NoteRule,
    ReasonTable,
    Rule,
    SupportRule,
)


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
    traits: tuple[tuple[str, str], ...] = ()
    brief: str = ""
    good: tuple[Passage, ...] = ()
    hard: tuple[Passage, ...] = ()
    like: tuple[Passage, ...] = ()

    @property
    def in_a_row(self) -> str:
        """Its name where there is little room."""
        return self.brief or self.name


class Alert(NamedTuple):
    """`lines`: kinds of help lines to show. `hold`: the ranking waits until the person is safe.

    `read_first`: it stands before other alerts that don't hold, as its reader may be watched.
    `in_short` is what to do, in a few words, for the plan. `for_counselor` is what a
    counselor does who sits with the person. `texts`: in place of `text`, for people to whom that
    isn't true; the first that is told.
    """

    id: str
    title: str
    text: str
    lines: tuple[str, ...]
    hold: bool
    grounds: Grounds
    in_short: str = ""
    for_counselor: str = ""
    read_first: bool = False
    texts: tuple[Passage, ...] = ()

    def worded(self, view: View) -> str:
        """Its text for this person."""
        return next((each.text for each in told(self.texts, view)), self.text)


class FirstStep(NamedTuple):
    """A first step: its title, what to do about it today, and kinds of help lines for it.

    `titles`: for people of whom `title` isn't true; the first that is told stands in its place.
    """

    id: str
    title: str
    moves: tuple[Passage, ...]
    lines: tuple[str, ...] = ()
    titles: tuple[Passage, ...] = ()

    def titled(self, view: View) -> str:
        """What it is called to this person."""
        return next((each.text for each in told(self.titles, view)), self.title)


class WordsBeside(NamedTuple):
    """What a support is called and says where its own words aren't true: beside `paths`, to those
    for whom `when` is known to hold; to everybody, where there is none."""

    paths: tuple[str, ...]
    when: Condition | None
    title: str
    text: str
    grounds: Grounds


class Support(NamedTuple):
    """`stands_for`: the path that this is, taken beside another one. `refused_when`: answers that
    say no to it, or that it is there: no plan adds it, and no page calls that path good beside one.
    """

    id: str
    title: str
    text: str
    grounds: Grounds
    stands_for: str | None = None
    refused_when: Condition | None = None
    beside: tuple[WordsBeside, ...] = ()

    def told_beside(self, path: str, view: View) -> Self:
        """The same with the words for people with these answers whose first path this is."""
        for other in self.beside:
            if path in other.paths and (other.when is None or other.when.holds(view) is True):
                return self._replace(title=other.title, text=other.text, grounds=other.grounds)
        return self


class HelpLine(NamedTuple):
    """`number` was read at `seen_at` on `seen_on`; nobody dialled it.

    With `told_when`, a result names it only where that is known to hold. `for_some`: it is made for
    some people alone, and no text tells everybody to call it.
    """

    id: str
    name: str
    number: str
    when: str
    region: str
    kinds: tuple[str, ...]
    seen_on: str
    seen_at: str
    told_when: Condition | None = None
    for_some: bool = False


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
    above_need: Passage
    once_safe: Passage
    under_18: tuple[Passage, ...]
    if_you_wait: tuple[Passage, ...] = ()
    left_open: tuple[Passage, ...] = ()
    update_policy: Passage | None = None
    who_paid: Passage | None = None


class Factor(NamedTuple):
    id: str
    title: str


class RuleSet(NamedTuple):
    """A whole rule set, loaded and checked. `sha256` is that of its files as loaded.

    `about_equal_within`: so many points behind the first, a path still fits about as well.

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
    steps: tuple[FirstStep, ...]
    supports: tuple[Support, ...]
    alert_rules: tuple[AlertRule, ...]
    first_rules: tuple[FirstRule, ...]
    gates: tuple[Gate, ...]
    support_rules: tuple[SupportRule, ...]
    note_rules: tuple[NoteRule, ...]
    move_rules: tuple[MoveRule, ...]
    barriers: tuple[Barrier, ...]
    reasons: tuple[ReasonTable, ...]
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    regions: tuple[Region, ...]
    default_region: str
    elsewhere: Region
    conditions: Mapping[str, Condition]
    claims: Mapping[str, tuple[str, ...]]
    question_by_id: Mapping[str, Question]
    path_by_id: Mapping[str, Path]
    level_rank: Mapping[str, int]
    about_equal_within: int = 1

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """The rules of every kind, in the order in which a decision comes to them."""
        safety: tuple[Rule, ...] = (*self.alert_rules, *self.first_rules, *self.gates)
        return (*safety, *self.support_rules, *self.note_rules, *self.move_rules, *self.barriers)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


EMERGENCY = "emergency"


@lru_cache(maxsize=64)
def region_of(rules: RuleSet, text: str) -> Region:
    """The region that `text` names, by id, name or alias. Unknown: `rules.elsewhere`.

    Case, spaces, dots and dashes don't matter. No text at all is the default region.
    """
    wanted = _plain(text) or _plain(rules.default_region)
    for region in rules.regions:
        if wanted in map(_plain, (region.id, region.name, *region.aliases)):
            return region
    return rules.elsewhere


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def lines_for(rules: RuleSet, region: Region | str, kinds: Sequence[str]) -> tuple[HelpLine, ...]:
    """The region's lines of these kinds, in the order of `kinds`, each once.

    A region without such a line falls back on its emergency line, and a region
    without that one on the line for "elsewhere".
    """
    here = region if isinstance(region, Region) else region_of(rules, region)
    return (
        _of_kinds(here, kinds)
        or _of_kinds(here, (EMERGENCY,))
        or _of_kinds(rules.elsewhere, (EMERGENCY,))
    )


def _of_kinds(region: Region, kinds: Sequence[str]) -> tuple[HelpLine, ...]:
    found: dict[str, HelpLine] = {}
    for kind in kinds:
        found.update({line.id: line for line in region.lines if kind in line.kinds})
    return tuple(found.values())
