"""What texts rest on: sources, judgements, and the passages that name them.

Why this module exists: no text for people stands without a source or a judgement
that the developers own. These records say which.

It must not know questions, rules or paths.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pathfinder.engine.conditions import Condition, View


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
    """

    text: str
    grounds: Grounds
    when: Condition | None = None
    lines: tuple[str, ...] = ()


class LeftOut(NamedTuple):
    """A row of the ledger of claims that the rule set leaves out on purpose."""

    claim: str
    because: str


def told(passages: Iterable[Passage], view: View) -> tuple[Passage, ...]:
    """The passages that are for this person: those whose condition is known to hold."""
    return tuple(p for p in passages if p.when is None or p.when.holds(view) is True)
