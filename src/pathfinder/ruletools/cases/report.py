"""What the trials came to, in lines for the people who keep the rules, and as data.

Why this module exists: a case that fails must say what was expected, what came out
and why, so that nobody has to read the program to put a rule right. Where rules change, a case is
a promise to somebody like this person, and is told of like one.

It must not try anything, or print.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import floor
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.engine.decision import Decision, Fired, Ranked, Reason
from pathfinder.engine.question import Answer, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.rule_files import label_of
from pathfinder.pages.plain_names import PlainNames, spaced
from pathfinder.ruletools.cases.case_file import KEYS
from pathfinder.ruletools.cases.examples import Example, at_work
from pathfinder.ruletools.cases.judge import (
    ANSWERS,
    Judged,
    Missed,
    Reached,
    Trials,
    draft_person,
)

_MOST_REASONS = 6
_COUNTED = {"rules": "rules and readings"}
"""What a kind of things is called where its name alone would leave out what was counted."""


def lines(rules: RuleSet, trials: Trials, folder: Path, threshold: float = 0) -> Iterator[str]:
    """The whole report: what fails with its reasons, then the counts, then what nobody reaches.

    `folder` holds the rule set, and stands before the names of its files.
    """
    wrong = [each for each in trials.examples if not each.holds]
    for example in wrong:
        yield from _example(example, folder)
    if wrong:
        shown = shlex.quote(label_of(folder, "").rstrip("/") or "/")
        yield f"The lines of these examples: pathfinder rules check {shown}"
    for person in trials.people:
        if not person.holds:
            yield from _person(rules, person)
    yield _count("Examples in rules", [each.holds for each in trials.examples])
    yield _count("People in cases", [each.holds for each in trials.people])
    yield "What the people reach:"
    for kind in trials.reached:
        yield f"  {_kind(kind)}: {len(kind.reached)} of {len(kind.every)} ({floor(kind.percent)} %)"
    for kind in trials.reached:
        if kind.missing:
            yield f"No person reaches these {_kind(kind)}:"
            yield from (f"  {name}" for name in kind.missing)
    yield from _too_few(rules, trials, threshold)


def _too_few(rules: RuleSet, trials: Trials, threshold: float) -> Iterator[str]:
    below = trials.below(threshold)
    for kind in below:
        yield f"Too few {_kind(kind)}: {_shown(kind)} %, below {threshold:g} %."
    if not below:
        return
    enough = int(min(kind.percent for kind in below))
    less = f"or say that less is enough: --threshold {enough}"
    draft = draft_person(rules, trials)
    if not draft or [kind.kind for kind in below] != [ANSWERS]:
        yield f"What no person reaches was tried on nobody. Write a person for it in cases/, {less}"
        return
    answers, decision, said = draft
    left = next(len(kind.missing) for kind in below) - len(said)
    yield f"One person in cases/ is enough for: {', '.join(said)}."
    if left:
        yield f"That leaves {left} more; after this one, run rules test again."
    yield "A draft of a new file there. Write the story, and judge whether the path is right:"
    yield ""
    yield "story: Who this person is, in a sentence or two."
    yield "answers:"
    yield from (f"  {key}: {_flow(value)}" for key, value in answers.items())
    yield f"expect:\n  first_path: {decision.ranked[0].path}"
    yield ""
    yield f"Else write another person, {less}"


def _flow(answer: Answer) -> str:
    return answer if isinstance(answer, str) else f"[{', '.join(answer)}]"


def _shown(kind: Reached) -> str:
    """A share that is rounded never up to more than it is: 99.97 % isn't all."""
    return f"{floor(kind.percent * 10) / 10:.1f}"


def as_data(rules: RuleSet, trials: Trials, folder: Path, threshold: float = 0) -> dict[str, Any]:
    """The same for programs."""
    return {
        "ruleset": {"id": rules.id, "version": rules.version, "sha256": rules.sha256},
        "hold": trials.hold,
        "threshold": threshold,
        "too_few": [kind.kind for kind in trials.below(threshold)],
        "examples": {
            "tried": len(trials.examples),
            "failed": [_example_data(each, folder) for each in trials.examples if not each.holds],
        },
        "people": {
            "tried": len(trials.people),
            "failed": [_person_data(rules, each) for each in trials.people if not each.holds],
        },
        "reached": [_reached_data(each) for each in trials.reached],
    }


# --- examples ---------------------------------------------------------------------


def _example(example: Example, folder: Path) -> Iterator[str]:
    yield f"{_file(example, folder)}, {example.section}, {example.rule}: {example.kind}"
    yield f"  Answers: {_answers(example.answers)}"
    yield f"  Expected: the rule {'fires' if example.kind == 'fires' else 'stays quiet'}."
    yield f"  Got: {_truth(example)}."
    if example.truth is not None:
        yield f"  Why: {example.why}."


def _file(example: Example, folder: Path) -> str:
    return label_of(folder, f"factors/{example.factor}.yaml")


def _truth(example: Example) -> str:
    if example.truth is None:
        return f"it hangs on what isn't known: {', '.join(example.open)}"
    return "it fires" if example.truth else "it stays quiet"


# --- people -----------------------------------------------------------------------


def _person(rules: RuleSet, person: Judged) -> Iterator[str]:
    case = person.case
    for miss in person.missed:
        at = miss.expected
        yield f"{case.file}:{at.line}:{at.column}: {at.key} came out otherwise"
        yield f"  Expected: {_expected(miss)}"
        yield f"  Got: {_listed(miss.got)}"
    if person.decision is None:
        yield f"{case.file}: no decision can be made for this person"
        yield f"  Got: {person.broken}"
        return
    yield "  Why it came out so:"
    yield from (f"    {line}" for line in why(rules, person.decision, _paths_in(person)))


def _expected(miss: Missed) -> str:
    names = miss.expected.names
    match miss.expected.key:
        case "first_path" if len(names) > 1:
            return f"one of {_listed(names)}"
        case key if key.startswith("not_"):
            return f"none of {_listed(names)}"
        case _:
            return _listed(names)


def _paths_in(person: Judged) -> tuple[str, ...]:
    """The paths that a missed expectation names: the reasons must speak of them."""
    named = [name for miss in person.missed for name in miss.expected.names]
    return tuple(dict.fromkeys(named))


def why(rules: RuleSet, decision: Decision, paths: tuple[str, ...] = ()) -> Iterator[str]:
    """What led to a decision: the rules at work, then the first path and `paths`, with points."""
    work = at_work(rules, decision.view)
    yield f"Alerts: {_fired(decision.alerts)}"
    if decision.safe_level is None:
        yield "Out of scope: nothing else is worked out."
        return
    yield f"First steps: {_fired(decision.first)}"
    asking = [gate.id for gate in work.gates if gate.at_least == decision.safe_level]
    by = f", asked for by {', '.join(asking)}" if asking else ", as no gate asks for more"
    yield f"Safe level: {decision.safe_level}{by}"
    if work.readings:
        yield f"Readings used: {', '.join(sorted(work.readings))}"
    first = decision.ranked[0]
    yield f"First path: {_points(first)}"
    placed = {entry.path: entry for entry in decision.ranked}
    aside = {entry.path: entry for entry in decision.set_aside}
    for path in paths:
        if path in placed and path != first.path:
            yield f"Place {placed[path].rank}: {_points(placed[path])}"
        elif path in aside:
            yield f"Set aside: {path}, by {', '.join(aside[path].rules)}"


def _points(entry: Ranked) -> str:
    reasons = sorted((*entry.for_, *entry.against), key=lambda each: -abs(each.points))
    told = ", ".join(_reason(each) for each in reasons[:_MOST_REASONS])
    more = f", and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return f"{entry.path} with {entry.points} points ({told}{more})" if told else entry.path


def _reason(reason: Reason) -> str:
    return f"{reason.points:+d} {reason.question} {reason.answer or 'left out'}"


def _fired(entries: tuple[Fired, ...]) -> str:
    return "; ".join(f"{each.id} (by {', '.join(each.rules)})" for each in entries) or "none"


# --- counts -----------------------------------------------------------------------


def _count(what: str, held: list[bool]) -> str:
    if not held:
        return f"{what}: there are none."
    if all(held):
        return f"{what}: {len(held)} tried, all hold."
    return f"{what}: {len(held)} tried, {len(held) - sum(held)} fail."


def _kind(reached: Reached) -> str:
    return _COUNTED.get(reached.kind, reached.kind)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"


def _answers(answers: Answers) -> str:
    def said(value: object) -> str:
        return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)

    return ", ".join(f"{question}: {said(value)}" for question, value in answers.items())


# --- data -------------------------------------------------------------------------


def _example_data(example: Example, folder: Path) -> dict[str, Any]:
    return {
        "rule": example.rule,
        "file": _file(example, folder),
        "kind": example.kind,
        "answers": dict(example.answers),
        "got": _truth(example),
        "why": example.why,
    }


def _person_data(rules: RuleSet, person: Judged) -> dict[str, Any]:
    decision = person.decision
    return {
        "case": person.case.id,
        "file": person.case.file,
        "missed": [
            {
                "key": miss.expected.key,
                "line": miss.expected.line,
                "expected": list(miss.expected.names),
                "got": list(miss.got),
            }
            for miss in person.missed
        ],
        "broken": person.broken or None,
        "why": list(why(rules, decision, _paths_in(person))) if decision else [],
    }


def _reached_data(reached: Reached) -> dict[str, Any]:
    return {
        "kind": reached.kind,
        "reached": len(reached.reached),
        "of": len(reached.every),
        "percent": round(reached.percent, 1),
        "missing": list(reached.missing),
    }


# --- what becomes of cases where rules change -----------------------------------------------


class CaseChange(NamedTuple):
    """One line under `expect` of a case: what it asked for, and asks for now; or, where it comes
    out `otherwise`, what it asks for, and what comes out now."""

    id: str
    otherwise: bool
    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def case_lines(
    cases: Iterable[CaseChange], names: PlainNames, *, whole: bool
) -> Iterator[tuple[str, str]]:
    """Who comes out otherwise than the file says, then what files now ask for: (label, text).
    On the short page, the largest groups of each; and of whom the rules miss, every name there
    is room for: whoever signs decides about them."""
    for otherwise, label in (
        (True, "Cases that come out otherwise than expected"),
        (False, "Cases that expect something else now"),
    ):
        alike: dict[str, list[str]] = {}
        seen: set[str] = set()
        for each in cases:
            if each.otherwise is not otherwise or (not whole and otherwise and each.id in seen):
                continue  # on the short page, each by the first line that isn't met
            seen.add(each.id)
            alike.setdefault(_in_a_case(names, each), []).append(spaced(each.id))
        groups = sorted(alike.items(), key=lambda group: -len(group[1]))
        if whole:
            for what, ids in groups:
                yield label, f"{what} ({_named(ids, len(ids))})."
        elif groups:
            most = _GROUPS if otherwise else 1
            text = "; ".join(
                f"{what} ({_named(ids, _NAMES) if otherwise else len(ids)})"
                for what, ids in groups[:most]
            )
            if left := dict.fromkeys(name for _, ids in groups[most:] for name in ids):
                more = _named([*left], _MORE_NAMES) if otherwise else f"{len(left)} more"
                text += f"; {more}. See {'rules test' if otherwise else '--full'}"
            yield f"{label} ({len(seen)})", f"{text}."


_GROUPS: Final = 2
_NAMES: Final = 2
_MORE_NAMES: Final = 6


def _named(ids: Sequence[str], most: int) -> str:
    """The shortest of these names, each in quotation marks, and how many more there are."""
    most = len(ids) if len(ids) == most + 1 else most  # one more takes as much room as its name
    some = [f"“{name}”" for name in sorted(ids, key=len)[:most]]
    more = f" and {len(ids) - len(some)} more" if len(ids) > len(some) else ""
    return f"{', '.join(some)}{more}"


def file_lines(files: Sequence[tuple[str, str]], *, whole: bool) -> Iterator[tuple[str, str]]:
    """Cases whose files are new, changed or deleted, by name. Who is deleted is no promise any more
    and gets a line (label, text); the others share one, without a label."""
    for what in ("deleted", "changed", "new"):
        ids = [spaced(name) for name, how in files if how == what]
        if ids and what == "deleted":
            yield f"Cases deleted ({len(ids)})", f"{_named(ids, len(ids))}."
        elif ids:
            yield "", f"cases {what}: {_named(ids, len(ids) if whole else _NAMES)}"


def _in_a_case(names: PlainNames, change: CaseChange) -> str:
    key = _CASE_KEYS.get(change.key, spaced(change.key))
    if change.otherwise:
        return f"{key}: {_missed(names, change)}"
    gone = [each for each in change.before if each not in change.after]
    come = [each for each in change.after if each not in change.before]
    if gone and come:
        was, now = (_of_a_case(names, change.key, ids) for ids in (gone, come))
        return f"{key}: was {was}, is {now}"
    if gone or come:
        verb = "no longer" if gone else "also"
        return f"{key}: {verb} {_of_a_case(names, change.key, gone or come)}"
    return f"{key}: in another order"


_CASE_KEYS: Final[Mapping[str, str]] = {
    "first": "first steps", "first_rules": "rules for first steps", "ranked": "order of paths",
}  # fmt: skip
"""Keys of a case whose words say too little."""


def _missed(names: PlainNames, change: CaseChange) -> str:
    """What a case expects, and what comes out; of those it only names among others, the missed."""
    how, wanted, came = KEYS[change.key].how, change.before, change.after
    if how == "holds none of":
        there = tuple(each for each in wanted if each in came)
        return f"{_of_a_case(names, change.key, there)} comes out, and should not"
    if how == "holds":
        missing = tuple(each for each in wanted if each not in came)
        return f"{_of_a_case(names, change.key, missing)} is expected, and doesn't come out"
    both = (_of_a_case(names, change.key, ids) for ids in (wanted, came))
    return "{} is expected, {} comes out".format(*both)


def _of_a_case(names: PlainNames, key: str, ids: Sequence[str]) -> str:
    return ", ".join(names.of(KEYS[key].names, each) for each in ids) or "none"
