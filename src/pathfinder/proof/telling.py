"""Verdicts as lines for people who keep rules, and as data.

Why this module exists: what was proved, over how many sets of answers, and for a broken
statement the person who breaks it, as the engine decides them.

It must not prove or print anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from pathfinder.decision import decide
from pathfinder.errors import RulesError
from pathfinder.model import RuleSet
from pathfinder.proof.statements import Situation, Statement, Verdict
from pathfinder.result import Decision, Fired

_WIDTH = 78
_WORDS = {True: "holds", False: "BROKEN", None: "not decided"}
_CODES = {True: "holds", False: "broken", None: "not-decided"}


def told(
    rules: RuleSet, statements: Sequence[Statement], verdicts: Sequence[Verdict], sets: int
) -> Iterator[str]:
    """The page of `pathfinder rules verify`. `sets`: how many sets of answers there are."""
    yield from wrap(
        f"{rules.id} {rules.version}: {_number(len(verdicts), 'statement')}, each looked at over"
        f" all {sets:,} sets of answers.",
        _WIDTH,
    )
    yield from wrap(
        "That is every way to answer the questions that apply to an adult, with \"not sure\" and"
        ' "prefer not to say". What a file of answers leaves out counts as the second. Answers'
        " kept from questions that no longer apply are covered, too.",
        _WIDTH,
    )  # fmt: skip
    says = {statement.id: statement.says for statement in statements}
    for verdict in verdicts:
        yield ""
        yield f"{_WORDS[verdict.holds]:12} {verdict.statement}"
        yield from _indented(says[verdict.statement])
        if verdict.holds is False:
            yield from _broken(rules, verdict)
        for proved in dict.fromkeys(verdict.proved):
            yield from _indented(proved)
        if verdict.holds is None:
            yield from _indented("The time ran out before this was proved. Give it more time.")
    yield ""
    yield summary(verdicts)


def summary(verdicts: Sequence[Verdict]) -> str:
    counts = {truth: sum(v.holds is truth for v in verdicts) for truth in (True, False, None)}
    return (
        f"{_number(len(verdicts), 'statement')}: {counts[True]} proved,"
        f" {counts[False]} broken, {counts[None]} not decided."
    )


def as_data(
    rules: RuleSet, statements: Sequence[Statement], verdicts: Sequence[Verdict], sets: int
) -> dict[str, object]:
    """The same for programs. Numbers this large are text: most programs would round them."""
    says = {statement.id: statement.says for statement in statements}
    return {
        "ruleset": rules.id,
        "version": rules.version,
        "sha256": rules.sha256,
        "answer_sets": str(sets),
        "holds": all(verdict.holds is True for verdict in verdicts),
        "statements": [
            {
                "id": verdict.statement,
                "says": says[verdict.statement],
                "verdict": _CODES[verdict.holds],
                "proved": list(verdict.proved),
                "broken": list(verdict.broken),
                "smallest": verdict.smallest,
                "situation": verdict.situation,
                "other": verdict.other,
                "expected": verdict.wanted,
            }
            for verdict in verdicts
        ],
    }


# --- a broken statement -------------------------------------------------------------


def _broken(rules: RuleSet, verdict: Verdict) -> Iterator[str]:
    for words in verdict.broken:
        yield from _indented(words)
    if verdict.situation is None:
        return
    which = "The smallest situation that breaks it" if verdict.smallest else "It is broken by"
    yield from _indented(f"{which} (everything else is not known):")
    yield from _answers(verdict.situation)
    if verdict.other is None:
        yield from _indented("What the engine decides:")
        yield from _decided(rules, verdict.situation)
        return
    yield from _indented("What the engine decides first:")
    yield from _decided(rules, verdict.situation)
    yield from _indented("Then one thing is different:")
    yield from _answers(_difference(verdict.situation, verdict.other))
    yield from _indented("What the engine decides then:")
    yield from _decided(rules, verdict.other)


def _difference(one: Situation, other: Situation) -> Situation:
    """What is answered differently; an answer that was taken away is skipped."""
    return {
        question: other.get(question, "skip")
        for question in dict.fromkeys([*one, *other])
        if one.get(question) != other.get(question)
    }


def _answers(answers: Situation) -> Iterator[str]:
    if not answers:
        yield from _indented("nothing at all is answered", 4)
    for question, answer in answers.items():
        yield from _indented(f"{question}: {in_yaml(answer)}", 4)


def in_yaml(answer: str | Sequence[str]) -> str:
    return answer if isinstance(answer, str) else f"[{', '.join(answer)}]"


def _decided(rules: RuleSet, answers: Situation) -> Iterator[str]:
    try:
        found = decide(rules, answers)
    except RulesError as error:
        yield from _indented(f"nothing: {error.problems[0].message}", 4)
        return
    for name, words in _explained(rules, found).items():
        yield from wrap(
            words,
            _WIDTH,
            initial_indent=f"{'':17}{name:13}",
            subsequent_indent=" " * 30,
            break_on_hyphens=False,
        )


def _explained(rules: RuleSet, found: Decision) -> Mapping[str, str]:
    """What came out, each with the rules that brought it."""
    at_work = {rule for entry in found.set_aside for rule in entry.rules}
    gates = [gate for gate in rules.gates if gate.id in at_work]
    asking = [gate.id for gate in gates if gate.at_least == found.safe_level]
    closing = [gate.id for gate in gates if gate.at_least is None]
    top, open_ = found.ranked[0], len(found.to_check)
    return {
        "alerts": _fired(found.alerts),
        "first steps": _fired(found.first),
        "safe level": f"{found.safe_level}{_because(asking)}",
        "set aside by": ", ".join(closing) or "nothing",
        "first path": f"{top.path} ({top.level}, {_number(top.points, 'point')})",
        # Of somebody who answers little, nearly every rule is to check: their names say nothing.
        "to check": f"{_number(open_, 'rule')}, while answers aren't known" if open_ else "nothing",
    }


def _fired(entries: Sequence[Fired]) -> str:
    return ", ".join(f"{entry.id}{_because(entry.rules)}" for entry in entries) or "none"


def _because(rules: Sequence[str]) -> str:
    return f" (by {', '.join(rules)})" if rules else ""


def _indented(text: str, more: int = 0) -> list[str]:
    indent = " " * (13 + more)
    return wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
