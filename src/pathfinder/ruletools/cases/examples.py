"""The examples inside the rules, and which rules are at work for one set of answers.

Why this module exists: a rule that is changed and no longer does what its own examples say
(for `fires` it must fire, for `quiet` it must not) is the slip that is made most often. "It
fires" and "it stays quiet" are no help to somebody who expected the other: they need the part of
the condition that decides, and the answer that it met, in the words of the rule files.

A decision says what comes out, and not every rule that took part: a gate that asks for less than
another leaves no trace in it. Trying a rule and counting who reaches it need the rule itself. And
deciding for somebody whom the gates leave nothing ends in an error; whoever put a gate too much
there needs to hear of that gate.

It must not decide anything: it asks conditions and gates, as `decide` does. What rules come to
together is for the cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import (
    NOT_ASKED,
    AnyOf,
    Condition,
    Leaf,
    NoneOf,
    Truth,
    View,
    fires,
    in_words,
    questions_in,
    unknown_in,
)
from pathfinder.engine.flow import view_of
from pathfinder.engine.gates import gate_questions, gate_truth, gate_views
from pathfinder.engine.question import NONE, Answers
from pathfinder.engine.ready import firing, made_ready
from pathfinder.engine.rules import AlertRule, FirstRule, Gate, Rule
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import check_answers
from pathfinder.loader.conditions import conjuncts

Safety = AlertRule | FirstRule | Gate
"""The rules that carry examples."""


def safety_rules(rules: RuleSet) -> tuple[Safety, ...]:
    """All of them, in the order of the rules."""
    return (*rules.alert_rules, *rules.first_rules, *rules.gates)


def truth_of(rules: RuleSet, rule: Safety, view: View) -> Truth:
    """Whether a safety rule fires; `None`: it hangs on an unknown answer."""
    if isinstance(rule, Gate):
        return gate_truth(rule, gate_views(rules, view))
    return fires(rule.when, rule.unless, view)


class AtWork(NamedTuple):
    """The rules that fired, gates apart, and the readings that were used."""

    fired: frozenset[str]
    gates: tuple[Gate, ...]
    readings: frozenset[str]


def at_work(rules: RuleSet, view: View) -> AtWork:
    """Every rule at work for a person, from their view. Out of scope, only alerts are."""
    alerts = {r.id for r in rules.alert_rules if fires(r.when, r.unless, view) is True}
    if view.get(rules.scope_question) in rules.scope_out:
        return AtWork(frozenset(alerts), (), frozenset())
    beside: tuple[Rule, ...] = (
        *rules.first_rules,
        *rules.support_rules,
        *rules.note_rules,
        *rules.move_rules,
        *rules.barriers,
    )
    others = {r.id for r in beside if fires(r.when, r.unless, view) is True}
    views = gate_views(rules, view)
    gates = tuple([gate for gate in rules.gates if gate_truth(gate, views) is True])
    fired = frozenset(alerts | others | {gate.id for gate in gates})
    return AtWork(fired, gates, frozenset(reading.id for reading in views.used))


def _gates_at_work(rules: RuleSet, view: View) -> tuple[Gate, ...]:
    """The gates of `at_work`, without looking at any other rule: it is asked very often."""
    if view.get(rules.scope_question) in rules.scope_out:
        return ()
    ready = made_ready(rules)
    names = [question.id for question in ready.read_otherwise]
    read = ready.instead(ready.facts(view), view, gate_views(rules, view).read, names)
    return tuple(firing(ready.gates, read))


class NoPath(NamedTuple):
    """Gates that leave no path, in the order of the rules, each of them needed for it.

    `last` is the one to look at first: without it a path is left, whatever else fires.
    If there is none like that, it is just the last.
    """

    gates: tuple[Gate, ...]
    last: Gate


def no_path(rules: RuleSet, view: View) -> NoPath | None:
    """The gates that leave this person no path; None if one is left."""
    firing = _gates_at_work(rules, view)
    if not firing or not leave_none(rules, firing):
        return None
    # A gate that was added or widened takes part in every such set: without it there was a
    # path. Earlier gates go first, since new ones are mostly written below.
    together = firing
    for gate in firing:
        fewer = _without(together, gate)
        if leave_none(rules, fewer):
            together = fewer
    needed = [gate for gate in together if not leave_none(rules, _without(firing, gate))]
    return NoPath(together, (needed or together)[-1])


def gates_in_words(found: NoPath, who: str) -> str:
    """One line: `these gates together leave no path for WHO: a (asks for at least day), …`."""
    one = len(found.gates) == 1
    leave = "this gate leaves" if one else "these gates together leave"
    named = ", ".join(f"{gate.id} ({_effect(gate)})" for gate in found.gates)
    return f"{leave} no path for {who}: {named}"


def _effect(gate: Gate) -> str:
    if gate.at_least is not None:
        return f"asks for at least {gate.at_least}"
    return f"sets aside {', '.join(gate.set_aside)}"


def _without(gates: Sequence[Gate], gate: Gate) -> tuple[Gate, ...]:
    return tuple(each for each in gates if each.id != gate.id)


def leave_none(rules: RuleSet, gates: Sequence[Gate]) -> bool:
    """Whether these gates leave no path."""
    ranks = rules.level_rank
    least = max((ranks[gate.at_least] for gate in gates if gate.at_least), default=0)
    aside = {path for gate in gates for path in gate.set_aside}
    return all(path.id in aside or ranks[path.level] < least for path in rules.paths)


class Example(NamedTuple):
    """One example, tried. `kind` is `fires` or `quiet`; `truth` is what the rule came to.

    `open` holds the unknown questions that the rule hangs on, where it hangs on any.
    `why` tells what decided, and is empty for an example that holds.
    """

    rule: str
    section: str
    factor: str
    kind: str
    answers: Answers
    truth: Truth
    open: tuple[str, ...]
    why: str

    @property
    def holds(self) -> bool:
        return _holds(self.kind, self.truth)


def try_examples(rules: RuleSet) -> tuple[Example, ...]:
    """Every example of every alert rule, first-step rule and gate, in the order of the rules."""
    return tuple(example for rule in safety_rules(rules) for example in examples_of(rules, rule))


def examples_of(rules: RuleSet, rule: Safety) -> tuple[Example, ...]:
    """The examples of one rule, tried."""
    return tuple(
        _tried(rules, rule, kind, answers)
        for kind, answers in (("fires", rule.fires), ("quiet", rule.quiet))
        if answers is not None
    )


def _tried(rules: RuleSet, rule: Safety, kind: str, answers: Answers) -> Example:
    given = check_answers(rules, answers)
    view = view_of(rules, given)
    truth = truth_of(rules, rule, view)
    open_ = _open(rules, rule, view) if truth is None else ()
    why = ""
    if not _holds(kind, truth):
        why = (why_it_fires if truth else why_it_is_quiet)(rules, rule, given, view)
    return Example(rule.id, _section(rule), rule.factor, kind, answers, truth, open_, why)


def _holds(kind: str, truth: Truth) -> bool:
    return (truth is True) == (kind == "fires")


def _open(rules: RuleSet, rule: Safety, view: View) -> tuple[str, ...]:
    if isinstance(rule, Gate):
        return gate_questions(rule, gate_views(rules, view))
    return unknown_in(view, rule.when, rule.unless)


def _section(rule: Safety) -> str:
    if isinstance(rule, AlertRule):
        return "alerts"
    return "first" if isinstance(rule, FirstRule) else "gates"


def why_it_fires(rules: RuleSet, rule: Safety, answers: Answers, view: View) -> str:
    """Each part of the condition with the answer that meets it, and what can be done.

    `answers` are those of the example in normal form, and `view` what they count as.
    """
    seen = _seen(rules, rule, answers, view)
    parts = _parts_that_hold(rule.when, seen)
    if rule.unless is not None:
        parts.append(f"its exception (unless {in_words(rule.unless)}) isn't known to hold")
    change = "one of these" if len(parts) > 1 else "this"
    return (
        f"all that it asks for holds: {'; '.join(parts)}."
        f" Change {change} in the example, or narrow the rule"
    )


def why_it_is_quiet(rules: RuleSet, rule: Safety, answers: Answers, view: View) -> str:
    """The first part of the condition that fails, or the exception that holds, or what is open."""
    seen = _seen(rules, rule, answers, view)
    failing = [part for part in conjuncts(rule.when) if part.holds(seen.view) is False]
    for part in failing:
        if isinstance(part, Leaf) and seen.view.get(part.question, NOT_ASKED) is NOT_ASKED:
            return _not_asked(rules, part.question)
    if failing:
        met = ", ".join(f"{name} {seen.value(name)}" for name in questions_in(failing[0]))
        return f"the rule asks that {_asked(failing[0])}; here {met}"
    if rule.unless is not None and rule.unless.holds(seen.view) is True:
        held = "; ".join(_parts_that_hold(rule.unless, seen))
        return f"its exception (unless) holds: {held}"
    missing = ", ".join(unknown_in(seen.view, rule.when)) or "an answer"
    return f"not known here: {missing}; add the answer"


# --- what the rule sees -----------------------------------------------------------


class _Seen(NamedTuple):
    """The answers as this rule sees them. `origin`: question -> where its value comes from,
    where the example doesn't give it."""

    view: View
    origin: Mapping[str, str]

    def value(self, question: str) -> str:
        """`is steady`, `isn't known`, `is read as severe (by severity-unknown)`."""
        value = self.view.get(question, NOT_ASKED)
        if value is NOT_ASKED:
            return "isn't asked"
        if value is None:
            return "isn't known"
        if isinstance(value, frozenset):
            return f"is {', '.join(sorted(value))}"
        return self.origin.get(question, "is {}").format(value)


def _seen(rules: RuleSet, rule: Safety, answers: Answers, view: View) -> _Seen:
    origin = {
        question.id: f"is {{}} (counted from {question.derived.source})"
        for question in rules.questions
        if question.derived is not None and answers.get(question.id) != view[question.id]
    }
    if not isinstance(rule, Gate):  # only gates see readings
        return _Seen(view, origin)
    views = gate_views(rules, view)
    origin.update((each.question, f"is read as {{}} (by {each.id})") for each in views.used)
    return _Seen(views.read, origin)


def _not_asked(rules: RuleSet, question: str) -> str:
    asked = rules.question_by_id[question].ask_when
    why = "" if asked is None else f"; its ask_when asks that {in_words(asked)}"
    return f"{question} isn't asked then{why}"


# --- conditions -------------------------------------------------------------------


def _asked(condition: Condition) -> str:
    alone = (
        isinstance(condition, Leaf) and condition.op == "exactly" and NONE not in condition.names
    )
    return in_words(condition) + (" and nothing else" if alone else "")


def _parts_that_hold(condition: Condition, seen: _Seen) -> list[str]:
    """One text for each part of a true condition; without any of them it would not be true."""
    texts: list[str] = []
    for part in conjuncts(condition):
        if isinstance(part, Leaf):
            texts.append(_met(part, seen))
        elif isinstance(part, AnyOf):
            held = [_parts_that_hold(each, seen) for each in part.parts if each.holds(seen.view)]
            if len(held) == 1:
                texts += held[0]
            else:
                texts.append(
                    f"{', or '.join(' and '.join(each) for each in held)} (each is enough)"
                )
        elif isinstance(part, NoneOf):
            texts.append(in_words(part))
    return texts


def _met(leaf: Leaf, seen: _Seen) -> str:
    """`severity is severe, at least moderate`: the answer, and what it had to be."""
    question, value = leaf.question, seen.view.get(leaf.question)
    if leaf.op == "answered":
        return in_words(leaf)
    if isinstance(value, frozenset):
        if leaf.op == "exactly":
            return _asked(leaf)
        return f"{question} includes {' and '.join(sorted(value & leaf.accepts))}"
    said = f"{question} {seen.value(question)}"
    if leaf.op in ("at_least", "at_most"):
        return f"{said}, {leaf.op.replace('_', ' ')} {leaf.names[0]}"
    return said if len(leaf.names) == 1 else f"{said}, one of {', '.join(leaf.names)}"
