"""Three-valued conditions: true, false, or not known yet; and each as one line to read aloud.

Why this module exists: "not sure" must never be read as "no". Every condition
of the rule set is evaluated here, with Kleene's strong logic: a condition that
hangs on an unknown answer is unknown, unless the known answers settle it. A picture of the
rules needs it in a few words; people who take the quiz read `because` instead.

It must not know about rules, paths, files or screens.

    >>> safe = Leaf("home", "is", ("steady",), frozenset({"steady"}))
    >>> safe.holds({"home": "steady"}), safe.holds({"home": None})
    (True, None)
    >>> in_words(safe)
    'home is steady'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final, NamedTuple

Truth = bool | None
"""`True`, `False`, or `None` for "not known"."""


class _NotAsked(Enum):
    NOT_ASKED = "not asked"


NOT_ASKED: Final = _NotAsked.NOT_ASKED
"""Stands for a question that does not apply: every condition on it is false."""

Value = str | frozenset[str] | None | _NotAsked
"""One answer id, the set of a `many`, `None` for unknown, or `NOT_ASKED`."""

View = Mapping[str, Value]
"""Question id -> value. A question that is missing counts as not asked."""


class Leaf(NamedTuple):
    """A condition on one question.

    `op` is the word of the rule file (`is`, `at_least`, `at_most`, `includes`,
    `includes_any`, `trait`, `two_with`, `exactly`, `answered`), `names` the ids
    written there, and `accepts` every answer that makes it true. `exactly` is a `many`
    question answered with these things and nothing else; `trait` includes an answer
    with the trait, `two_with` two answers or more.
    """

    question: str
    op: str
    names: tuple[str, ...]
    accepts: frozenset[str]

    def holds(self, view: View) -> Truth:
        # This runs a hundred times in each decision: the commonest case stands first.
        value = view.get(self.question, NOT_ASKED)
        op = self.op
        if value is NOT_ASKED:
            return False
        if op == "answered":
            return (value is not None) == ("true" in self.accepts)
        if value is None:
            return None
        if isinstance(value, str):
            return value in self.accepts
        if op == "exactly":
            return value == self.accepts
        if op == "two_with":
            return len(value & self.accepts) >= 2
        return not value.isdisjoint(self.accepts)

    def leaves(self) -> Iterator[Leaf]:
        yield self


class All(NamedTuple):
    """Every part must hold (a mapping with several keys, or `all:`)."""

    parts: tuple[Condition, ...]

    def holds(self, view: View) -> Truth:
        result: Truth = True
        for part in self.parts:
            truth = part.holds(view)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    def leaves(self) -> Iterator[Leaf]:
        for part in self.parts:
            yield from part.leaves()


class AnyOf(NamedTuple):
    """At least one part must hold (`any:`)."""

    parts: tuple[Condition, ...]

    def holds(self, view: View) -> Truth:
        result: Truth = False
        for part in self.parts:
            truth = part.holds(view)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    def leaves(self) -> Iterator[Leaf]:
        for part in self.parts:
            yield from part.leaves()


class NoneOf(NamedTuple):
    """No part may hold (`none:`)."""

    parts: tuple[Condition, ...]

    def holds(self, view: View) -> Truth:
        truth = AnyOf(self.parts).holds(view)
        return None if truth is None else not truth

    def leaves(self) -> Iterator[Leaf]:
        for part in self.parts:
            yield from part.leaves()


Condition = Leaf | All | AnyOf | NoneOf


def fires(when: Condition, unless: Condition | None, view: View) -> Truth:
    """Truth of "WHEN, unless UNLESS". An exception counts only when it is known to be true."""
    truth = when.holds(view)
    if truth is not False and unless is not None and unless.holds(view) is True:
        return False
    return truth


def questions_in(*conditions: Condition | None) -> tuple[str, ...]:
    """The questions that the conditions name, each once, in order of appearance."""
    seen: dict[str, None] = {}
    for condition in conditions:
        if condition is not None:
            seen.update((leaf.question, None) for leaf in condition.leaves())
    return tuple(seen)


def unknown_in(view: View, *conditions: Condition | None) -> tuple[str, ...]:
    """The questions whose missing answers leave the conditions open, in order of appearance.

    A part that the known answers settle is passed over, whatever else it names.
    """
    return tuple(dict.fromkeys(name for each in conditions if each for name in _open(each, view)))


def _open(condition: Condition, view: View) -> Iterator[str]:
    if condition.holds(view) is not None:
        return
    if isinstance(condition, Leaf):
        yield condition.question
        return
    for part in condition.parts:
        yield from _open(part, view)


def holding_in(view: View, condition: Condition) -> tuple[Leaf, ...]:
    """The leaves that make a condition true, in order of appearance; none if it isn't true.

    What is true because something is absent (`none:`) has no leaf to show.
    """
    if condition.holds(view) is not True or isinstance(condition, NoneOf):
        return ()
    if isinstance(condition, Leaf):
        return (condition,)
    found = [leaf for part in condition.parts for leaf in holding_in(view, part)]
    return tuple(dict.fromkeys(found))


def in_words(condition: Condition) -> str:
    """The condition in words, parts in parts in brackets."""
    if isinstance(condition, Leaf):
        return _leaf(condition)
    if isinstance(condition, NoneOf):
        if len(condition.parts) == 1:
            return _not(condition.parts[0])
        return f"none of: {', '.join(_inner(part) for part in condition.parts)}"
    joint = " and " if isinstance(condition, All) else " or "
    return joint.join(_inner(part) for part in condition.parts)


def _inner(condition: Condition) -> str:
    grouped = isinstance(condition, All | AnyOf) and len(condition.parts) > 1
    return f"({in_words(condition)})" if grouped else in_words(condition)


def _not(condition: Condition) -> str:
    if isinstance(condition, Leaf) and condition.op in ("is", "exactly"):
        return f"{condition.question} is not {' or '.join(condition.names)}"
    return f"not ({in_words(condition)})"


def _leaf(leaf: Leaf) -> str:
    question, names = leaf.question, " or ".join(leaf.names)
    if leaf.op == "answered":
        return f"{question} is known" if names == "true" else f"{question} is not known"
    if leaf.op in ("at_least", "at_most"):
        return f"{question} is {leaf.op.replace('_', ' ')} {names}"
    if leaf.op == "exactly":
        return f"{question} is {' and '.join(leaf.names)}"
    if leaf.op in ("trait", "two_with"):
        several = "two answers that have" if leaf.op == "two_with" else "an answer that has"
        return f"{question} includes {several} {leaf.names[0].replace('_', ' ')}"
    return f"{question} {'includes' if leaf.op.startswith('includes') else 'is'} {names}"
