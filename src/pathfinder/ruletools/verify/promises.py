"""Promises that are made no longer: dropped, made by another set, or lost in part.

Why this module exists: a promise that is taken out is silent ever after, unless somebody says
so. What was dropped on purpose is told for as long as the rule set is used; what is missing
without a word is found by holding the rules to the promises of others. And a promise is taken
apart into each thing that it asks of somebody, so that what is lost of it can be named.

It must not prove anything, weigh one promise against another, or judge whether a reason is a good
one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final, Literal, NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.pages.plain_names import PlainNames, spaced
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Dropped,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
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
    for held in sorted(against.held, key=lambda each: _said(each) == "in other words"):
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


AsMuch = Callable[["AskedFor", "AskedFor"], bool]
"""Whether the first asks at least as much as the second of whom it speaks."""


# --- what a promise asks for, one by one ----------------------------------------------------


class AskedFor(NamedTuple):
    """One thing that a statement asks for. `of` is what is varied, or "" where nothing is;
    `beside` what else has to be the same, for two of them to be compared at all."""

    kind: str
    of: tuple[str, ...]
    key: str
    value: str | tuple[str, ...]
    when: Condition | None = None
    beside: str = ""


def asked_in(musts: Iterable[Must]) -> Iterator[AskedFor]:
    for must in musts:
        if isinstance(must, Implies):
            beside = "minors" if must.minors else ""
            for key, value in _demands(must.then):
                yield AskedFor("then", (), key, value, must.when, beside)
        elif isinstance(must, NeverLowers):
            for step in must.steps:
                for part in must.parts:
                    yield AskedFor("one step worse", (step.question, step.direction), part, part)
        elif isinstance(must, NeverChanges):
            for part in must.parts:
                yield AskedFor("changing", tuple(sorted(must.questions)), part, part)
        elif isinstance(must, Adding):
            given = f" with {dict(must.beside)}" if must.beside else ""
            for answer in must.answers:
                for verb, parts in (("changes", must.changes), ("lowers", must.lowers)):
                    for part in parts:
                        of = (must.question, answer)
                        yield AskedFor("adding", of, f"{verb} {part}", part, must.when, given)
        elif isinstance(must, NeverLoses):
            for question in must.questions:
                for part in must.parts:
                    yield AskedFor("not known", (question,), part, part)
        else:
            yield AskedFor("somebody for each", (), must.what, must.what)


def _demands(then: Demand) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in then._asdict().items():
        if key == "first_path" and value:
            yield key, tuple(sorted(value))
        elif isinstance(value, tuple):
            yield from ((key, each) for each in value)
        elif value is not None and (value or key == "hold"):
            yield key, str(value)


# --- what was lost of a promise -----------------------------------------------------------


def lost_words(
    names: PlainNames,
    as_much: AsMuch,
    lost: Sequence[AskedFor],
    before: Sequence[AskedFor],
    now: Sequence[AskedFor],
) -> Iterator[str]:
    """What was lost, all that came to the same end in one sentence."""
    fresh = [each for each in now if each not in before]
    said: dict[str, list[AskedFor]] = {}
    for each in lost:
        said.setdefault(_became(names, as_much, each, fresh), []).append(each)
    yield from (f"It {_whats(names, whats)}: {end}." for end, whats in said.items())


def _became(names: PlainNames, as_much: AsMuch, lost: AskedFor, fresh: Sequence[AskedFor]) -> str:
    """What is asked in place of what was lost."""
    alike = [each for each in fresh if (each.kind, each.key) == (lost.kind, lost.key)]
    looser = [each for each in alike if each.of == lost.of and each.when == lost.when]
    if looser:
        return f"asked {_for_whom(names, lost.when)}; now it only {_whats(names, looser)}"
    narrower = [each for each in alike if as_much(each, lost)]
    if narrower:
        became = " or ".join(_for_whom(names, each.when) for each in narrower)
        return f"was asked {_for_whom(names, lost.when)}; now only {became}"
    fewer = [each for each in alike if each.of and set(each.of) < set(lost.of)]
    if fewer:
        return f"now only {fewer[0].kind} {_of(names, fewer[0])}"
    return f"no longer asked {_for_whom(names, lost.when)}"


def asked_words(names: PlainNames, asked: AskedFor) -> str:
    whom = "" if asked.when is None else f", {_for_whom(names, asked.when)}"
    return f"It {_whats(names, [asked])}{whom}."


def _for_whom(names: PlainNames, when: Condition | None) -> str:
    return "of everybody" if when is None else f"where {names.condition(when)}"


_THEN: Final = {
    "alerts": "shows the alert “{}”",
    "first": "names the first step “{}”",
    "first_of_first": "puts “{}” before all other first steps",
    "at_least": "calls at least for {}",
    "at_most": "calls at most for {}",
    "first_path": "puts {} first",
    "not_ranked": "doesn't rank {}",
    "not_supports": "doesn't offer {}",
    "not_first": "doesn't name the first step “{}”",
    "not_first_path": "doesn't put {} first",
    "not_above_need": "puts no path far above the need first",
    "supports": "offers {}",
    "notes": "tells {}",
    "warnings": "warns with {}",
    "some_path": "leaves a path",
    "hold": "whether the paths wait: {}",
}


_OF: Final = {
    "alerts": "alert", "first": "first step", "first_of_first": "first step", "at_least": "level",
    "at_most": "level", "first_path": "path", "not_ranked": "path", "not_first_path": "path",
    "not_supports": "support", "not_first": "first step", "supports": "support",
}  # fmt: skip
"""What is named there, so that its own name can be told."""


def value_words(names: PlainNames, asked: AskedFor) -> str:
    """What a promise asks for or forbids, by its name."""
    values = (asked.value,) if isinstance(asked.value, str) else asked.value
    return " or ".join(names.of(_OF.get(asked.key, ""), each) for each in values)


def _whats(names: PlainNames, every: Iterable[AskedFor]) -> str:
    """What is asked for, as what the result does; parts of one comparison told together."""
    said: dict[str, list[str]] = {}
    for asked in every:
        if asked.kind == "then":
            minors = " (under age)" if asked.beside else ""
            said[_THEN[asked.key].format(value_words(names, asked)) + minors] = []
            continue
        verb = _VERBS.get(asked.kind) or f"never {asked.key.split()[0]}"
        what = f"says that {asked.kind} {_of(names, asked)}{asked.beside} {verb}"
        said.setdefault(what, []).append(_PARTS.get(str(asked.value)) or spaced(str(asked.value)))
    told = (f"{what} {' and '.join(parts)}" if parts else what for what, parts in said.items())
    return " and ".join(told)


def _of(names: PlainNames, asked: AskedFor) -> str:
    """What is varied: questions by their names, with the answer or the direction."""
    if asked.kind == "adding":
        question, answer = asked.of
        return f"{names.answer(question, answer)} to “{names.of('question', question)}”"
    questions = asked.of[:1] if asked.kind == "one step worse" else asked.of
    return ", ".join(f"“{names.of('question', each)}”" for each in questions)


_PARTS: Final = {
    "first": "the first steps",
    "safe_level": "the safe level",
    "first_path": "the path that stands first",
    "alerts": "the alerts",
    "gates": "what the gates ask for",
}
"""Parts of a result whose key alone says too little."""

_VERBS: Final = {
    "one step worse": "never lowers",
    "changing": "never changes",
    "not known": "never loses",
    "somebody for each": "of the",
}
