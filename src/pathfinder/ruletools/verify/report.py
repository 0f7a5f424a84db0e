"""Verdicts as lines for people who keep rules, as data, and as a whole-person case.

Why this module exists: what was proved, over how many sets of answers, and for a broken
statement the person who breaks it, as the engine decides them. Who breaks a statement should
stand among the cases, so that the mend is tried on them by every later run.

It must not prove or print anything, or write a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.loader.syntax.text import mapping, value
from pathfinder.ruletools.cases.report import why
from pathfinder.ruletools.verify.promises import (
    Against,
    against_data,
    against_lines,
    counted,
    dropped_data,
    dropped_lines,
)
from pathfinder.ruletools.verify.statements import Promises, Situation, Statement, Verdict

_WIDTH = 78
_WORDS = {True: "holds", False: "BROKEN", None: "not decided"}
_ORDER = (False, None, True)
"""What is broken is told first, so that it isn't lost among what holds."""
_CODES = {True: "holds", False: "broken", None: "not-decided"}


class Proof(NamedTuple):
    """All that `pathfinder rules verify` came to.

    `sets`: how many sets of answers there are, or None if they couldn't be counted in the time.
    `unnamed`: promises of the built-in rules that these don't name, where nothing was held
    against them.
    """

    rules: RuleSet
    promises: Promises
    verdicts: Sequence[Verdict]
    sets: int | None
    against: Against | None = None
    unnamed: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        kept = self.against is None or self.against.kept
        return kept and all(verdict.holds is True for verdict in self.verdicts)


def told(proof: Proof) -> Iterator[str]:
    """The page of `pathfinder rules verify`."""
    rules, promises, verdicts, sets, *_ = proof
    statements = promises.statements
    asked = _number(len(verdicts), "statement")
    over = "every set of answers" if sets is None else f"{sets:,} sets of answers"
    yield from wrap(f"{rules.id} {rules.version}: {asked} over {over}.", _WIDTH)
    if sets is None:
        yield "How many there are isn't known: the count needs more time or memory."
    yield from wrap(
        "That is every way to answer the questions that apply to an adult, with \"not sure\" and"
        ' "prefer not to say". What a file of answers leaves out counts as the second. Answers'
        " kept from questions that no longer apply are covered, too.",
        _WIDTH,
    )  # fmt: skip
    says = {statement.id: statement.says for statement in statements}
    for verdict in sorted(verdicts, key=lambda each: _ORDER.index(each.holds)):
        yield ""
        yield f"{_WORDS[verdict.holds]:12} {verdict.statement}"
        yield from _indented(says[verdict.statement])
        if verdict.holds is False:
            yield from _broken(rules, verdict)
        for proved in dict.fromkeys(verdict.proved):
            yield from _indented(proved)
        if verdict.holds is None:
            yield from _indented(_how_far(verdict))
    if promises.dropped:
        yield ""
        yield from dropped_lines(promises.dropped)
    if proof.against is not None:
        yield from _against(rules, proof.against)
    if proof.unnamed:
        yield ""
        yield from wrap(_unnamed(proof.unnamed), _WIDTH, break_on_hyphens=False)
    yield ""
    beside = "" if proof.against is None else f" {counted(proof.against)}"
    yield f"{summary(verdicts, sets)}{beside}{_named(verdicts)}"


def _against(rules: RuleSet, against: Against) -> Iterator[str]:
    for held, word, sentence in against_lines(against):
        yield ""
        yield f"{word:12} {held.promise.id}"
        yield from _indented(held.promise.says)
        yield from _indented(sentence)
        if held.verdict is not None and held.verdict.holds is False:
            yield from _broken(rules, held.verdict)


def _unnamed(ids: Sequence[str]) -> str:
    many = "1 promise" if len(ids) == 1 else f"{len(ids)} promises"
    return (
        f"The built-in rules make {many} that these don't: {', '.join(ids)}."
        " To have them proved here: --against built-in"
    )


def _how_far(verdict: Verdict) -> str:
    done, every = verdict.reached
    far = f" It came through {done} of {every} ways to break it." if done else ""
    return f"The time ran out before this was proved.{far} Give it more time."


def summary(verdicts: Sequence[Verdict], sets: int | None) -> str:
    """All in one line, as long as it is: a log often keeps nothing else."""
    counts = {truth: sum(v.holds is truth for v in verdicts) for truth in (True, False, None)}
    over = "every set of answers" if sets is None else f"all {sets:,} sets of answers"
    proved = f"{counts[True]} proved" + (f" for {over}" if counts[True] else "")
    return f"{proved}, {counts[False]} broken, {counts[None]} not decided."


def _named(verdicts: Sequence[Verdict]) -> str:
    """The statements that are broken, once more where the eye ends."""
    ids = [verdict.statement for verdict in verdicts if verdict.holds is False]
    return f" Broken: {', '.join(ids)}." if ids else ""


def as_data(proof: Proof) -> dict[str, object]:
    """The same for programs. Numbers this large are text: most programs would round them.

    `answer_sets` is null if they couldn't be counted in the time.
    """
    rules, promises, verdicts, sets, *_ = proof
    says = {statement.id: statement.says for statement in promises.statements}
    return {
        "ruleset": rules.id,
        "version": rules.version,
        "sha256": rules.sha256,
        "answer_sets": None if sets is None else str(sets),
        "holds": proof.holds,
        "dropped": dropped_data(promises.dropped),
        "against": against_data(proof.against),
        "statements": [
            {
                "id": verdict.statement,
                "says": says[verdict.statement],
                "verdict": _CODES[verdict.holds],
                "proved": list(verdict.proved),
                "broken": list(verdict.broken),
                "smallest": verdict.smallest,
                "reached": list(verdict.reached) if verdict.holds is None else None,
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
        yield from _indented(f"{question}: {value(answer)}", 4)


def _decided(rules: RuleSet, answers: Situation) -> Iterator[str]:
    try:
        found = decide(rules, answers)
    except RulesError as error:
        yield from _indented(f"nothing: {error.problems[0].message}", 4)
        return
    for words in why(rules, found):
        yield from _indented(words, 4)
    # Of somebody who answers little, nearly every rule is to check: their names say nothing.
    open_ = len(found.to_check)
    waiting = f"{_number(open_, 'rule')}, while answers aren't known" if open_ else "none"
    yield from _indented(f"To check: {waiting}", 4)


def _indented(text: str, more: int = 0) -> list[str]:
    indent = " " * (13 + more)
    return wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def as_case(statement: Statement, verdict: Verdict) -> str | None:
    """The text of the case, or None where no person stands for the break."""
    if verdict.case is None or verdict.wanted is None:
        return None
    return "\n".join([
        f"# Found by `pathfinder rules verify`: breaks the statement {statement.id}.",
        "story: >-",
        *wrap(statement.says, 96, initial_indent="  ", subsequent_indent="  "),
        *mapping("answers", verdict.case),
        *mapping("expect", verdict.wanted),
        "",
    ])  # fmt: skip
