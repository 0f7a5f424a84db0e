"""What a question, an answer and the grounds of a text are: immutable records.

Why this module exists: asking, checking answers and deciding speak of the same questions.
And no text for people stands without a source or a judgement that the developers own: these
records say which.
(No `from __future__ import annotations` here: see docs/decisions/0004.)

It must not read files, know rules or paths, decide anything, or know a screen.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pathfinder.engine.conditions import Condition, View

UNSURE = "unsure"
SKIP = "skip"
NONE = "none"

Answer = str | tuple[str, ...]
"""An answer in normal form: one id, or for a `many` its ids in the order of the options;
`unsure` and `skip` are ids too."""

Answers = Mapping[str, Answer]
"""Question id -> answer. A question that is missing has not been answered."""


# --- what texts rest on -----------------------------------------------------------


class Source(NamedTuple):
    """One citable source. `interest` says what its publisher may gain; it is shown to people."""

    id: str
    title: str
    publisher: str
    year: str
    address: str
    interest: str


class Citation(NamedTuple):
    """Where a statement comes from. `claim` is the ledger's row id, if there is one."""

    id: str
    section: str
    claim: str | None


class Grounds(NamedTuple):
    """What a text rests on: sources, or a judgement that the developers own. Never neither."""

    sources: tuple[Citation, ...] = ()
    judgement: str | None = None


class Passage(NamedTuple):
    """A piece of text for people. With `when`, it is told only where that is known to hold.

    `lines`: in a first step, the kinds of help lines that the answer names while it is told.
    `warns`: in a first step, it keeps somebody safe, so no page leaves it out for want of room.
    `emergency`: there, its first sentence says what an emergency is: the short answer and the plan
    say it, too.
    """

    text: str
    grounds: Grounds
    when: Condition | None = None
    lines: tuple[str, ...] = ()
    warns: bool = False
    emergency: bool = False


class LeftOut(NamedTuple):
    """A row of the ledger of claims that the rule set leaves out on purpose."""

    claim: str
    because: str


def told(passages: Iterable[Passage], view: View) -> tuple[Passage, ...]:
    """The passages that are for this person: those whose condition is known to hold."""
    return tuple(p for p in passages if p.when is None or p.when.holds(view) is True)


# --- questions ----------------------------------------------------------------------


class Option(NamedTuple):
    """One answer that a question offers. `traits` are names that conditions may ask for."""

    id: str
    label: str
    traits: tuple[str, ...] = ()


class Derived(NamedTuple):
    """An answer worked out from another question.

    `counts` holds (least number of choices, answer), highest number first. Without counts
    the answer is that of `source`, also where the question isn't asked but `when` holds.
    """

    source: str
    counts: tuple[tuple[int, str], ...]
    when: Condition | None = None


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


class Unlikely(NamedTuple):
    """Answers that nobody is given as an example who has told what `when` says."""

    answers: tuple[str, ...]
    when: Condition


class Question(NamedTuple):
    """One question. `kind` is `one`, `scale` (options least first) or `many` (`none` exclusive).

    `cue` is what a counselor listens for. `by_region` holds an extra sentence by region.
    `name` tells it in a few words.
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
    name: str = ""
    unlikely: tuple[Unlikely, ...] = ()

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
