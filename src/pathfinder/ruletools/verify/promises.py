"""Promises that are made no longer: those that were dropped, and those that another set makes.

Why this module exists: a promise that is taken out is silent ever after, unless somebody says
so. What was dropped on purpose is told for as long as the rule set is used; what is missing
without a word is found by holding the rules to the promises of others.

It must not prove anything, or judge whether a reason is a good one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap
from typing import Final, Literal, NamedTuple

from pathfinder.ruletools.verify.statements import (
    Dropped,
    OtherPromise,
    Promises,
    Statement,
    Verdict,
)

_WIDTH = 78


def dropped_lines(dropped: Sequence[Dropped]) -> Iterator[str]:
    """What is promised no longer: nothing at all where there is none."""
    if not dropped:
        return
    number = "1 promise is" if len(dropped) == 1 else f"{len(dropped)} promises are"
    yield f"{number} made no longer:"
    for each in dropped:
        yield f"  {each.id}"
        for words in (
            each.says,
            f"Dropped on {each.date} by {each.decided_by}: {each.because}",
        ):
            yield from wrap(words, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def dropped_data(dropped: Sequence[Dropped]) -> list[dict[str, str]]:
    """The same for programs."""
    return [each._asdict() for each in dropped]


# --- the promises of another rule set -------------------------------------------------------

Fate = Literal["as it was", "in other words", "missing", "dropped", "not readable"]


class PromiseFate(NamedTuple):
    """A promise of another rule set, and what became of it here.

    `verdict`: whether it holds as it stood there, if that had to be proved apart.
    """

    promise: OtherPromise
    fate: Fate
    verdict: Verdict | None = None

    @property
    def kept(self) -> bool:
        """Made here still, and holding, or dropped on purpose."""
        if self.fate in ("as it was", "dropped"):
            return True
        holds = self.verdict is not None and self.verdict.holds is True
        return self.fate == "in other words" and holds


class Against(NamedTuple):
    """Another rule set, by its name, and what became of each of its promises."""

    name: str
    held: tuple[PromiseFate, ...]

    @property
    def kept(self) -> bool:
        return all(each.kept for each in self.held)


def fates(mine: Promises, others: Sequence[OtherPromise]) -> tuple[PromiseFate, ...]:
    """What became of the promises of others, but for what has to be proved."""
    here = {statement.id: statement for statement in mine.statements}
    dropped = {each.id for each in mine.dropped}
    return tuple(PromiseFate(each, _fate(each, here.get(each.id), dropped)) for each in others)


def _fate(other: OtherPromise, here: Statement | None, dropped: Collection[str]) -> Fate:
    if other.id in dropped:
        return "dropped"
    if other.statement is None:
        return "not readable"
    if here is None:
        return "missing"
    return "as it was" if here.must == other.statement.must else "in other words"


def to_prove(held: Sequence[PromiseFate]) -> list[Statement]:
    """The promises that no statement of this rule set makes in the same words."""
    open_ = ("in other words", "missing")
    return [e.promise.statement for e in held if e.fate in open_ and e.promise.statement]


def proved(held: Sequence[PromiseFate], verdicts: Sequence[Verdict]) -> tuple[PromiseFate, ...]:
    """The same with the verdicts on what was `to_prove`."""
    found = {verdict.statement: verdict for verdict in verdicts}
    return tuple(
        each._replace(verdict=found.get(each.promise.id))
        if each.fate in ("in other words", "missing")
        else each
        for each in held
    )


def counted(against: Against) -> str:
    """How many promises stand there, and what became of them, in one line."""
    parts = []
    for fate, words in _COUNTED.items():
        number = sum(_said(each) == fate for each in against.held)
        if number or fate == "as it was":
            parts.append(f"{number} {words}")
    many = len(against.held)
    promises = "1 promise" if many == 1 else f"{many} promises"
    return f"Of {promises} of {against.name}: {', '.join(parts)}."


def _said(held: PromiseFate) -> str:
    if held.fate == "in other words" and held.verdict is not None:
        return {True: "in other words", False: "weaker", None: "not decided"}[held.verdict.holds]
    return held.fate


_COUNTED: Final = {
    "as it was": "made here in the same words",
    "in other words": "in other words, and kept",
    "weaker": "weaker here",
    "missing": "missing here",
    "not readable": "about what isn't here any more",
    "not decided": "not decided",
    "dropped": "dropped on purpose",
}


def against_lines(against: Against) -> Iterator[tuple[PromiseFate, str, str]]:
    """Each promise that isn't made here in the same words, with a word and a sentence for it."""
    for held in against.held:
        said = _said(held)
        if said == "in other words":
            yield held, "holds", "It stands here in other words. As it was, it still holds."
        elif said == "weaker":
            yield held, "WEAKER", f"It stands here in other words, and no longer holds. {_RENAME}"
        elif said == "not decided":
            yield held, "not decided", "It stands here in other words; the time ran out."
        elif said == "not readable":
            problem = held.promise.problems[0].message
            yield held, "MISSING", f"It can't be read on these rules: {problem}. {_DROP}"
        elif said == "missing":
            yield held, "MISSING", f"{_TODAY[held.verdict and held.verdict.holds]} {_DROP}"


_DROP: Final = "Put it back, or say under `dropped` in checks.yaml why not, and who decided."
_RENAME: Final = "Give the weaker promise an id of its own, and say under `dropped` who decided."
_TODAY: Final = {
    True: "Nobody breaks it today, but nothing promises it any more.",
    False: "Nothing promises it any more, and it doesn't hold.",
    None: "Nothing promises it any more; whether it holds wasn't decided.",
}


def against_data(against: Against | None) -> dict[str, object] | None:
    """The same for programs."""
    if against is None:
        return None
    return {
        "ruleset": against.name,
        "kept": against.kept,
        "promises": [
            {
                "id": each.promise.id,
                "says": each.promise.says,
                "fate": _said(each).replace(" ", "-"),
                "holds": each.verdict.holds if each.verdict else None,
                "broken": list(each.verdict.broken) if each.verdict else [],
                "situation": each.verdict.situation if each.verdict else None,
                "other": each.verdict.other if each.verdict else None,
                "problems": [problem.message for problem in each.promise.problems],
            }
            for each in against.held
        ],
    }
