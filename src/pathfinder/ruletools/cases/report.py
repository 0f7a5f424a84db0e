"""What the trials came to, in lines for the people who keep the rules, and as data.

Why this module exists: a case that fails must say what was expected, what came out
and why, so that nobody has to read the program to put a rule right.

It must not try anything, or print.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from math import floor
from pathlib import Path
from typing import Any

from pathfinder.engine.decision import Decision, Fired, Ranked, Reason
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.rule_files import label_of
from pathfinder.ruletools.cases.examples import Example, at_work
from pathfinder.ruletools.cases.judge import Judged, Missed, Reached, Trials

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
    yield from _too_few(trials, threshold)


def _too_few(trials: Trials, threshold: float) -> Iterator[str]:
    below = trials.below(threshold)
    for kind in below:
        yield f"Too few {_kind(kind)}: {_shown(kind)} %, below {threshold:g} %."
    if below:
        enough = int(min(kind.percent for kind in below))
        yield (
            "What no person reaches was tried on nobody. Write a person for it in cases/,"
            f" or say that less is enough: --threshold {enough}"
        )


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
