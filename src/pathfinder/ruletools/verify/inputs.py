"""Everybody who could answer: answers and conditions as a circuit, and how many there are.

Why this module exists: a proof speaks of every set of answers at once, those off the path,
"not sure" and "prefer not to say" included. The walk through the questions is that of
`flow.view_of`, and a condition has the same three values as in the engine, said for
everybody. `tests/test_verify_encoding.py` holds them together. "Verified" says nothing
without the number of people covered: people who are alike in all that decides whether a
later question is asked are counted together.

It must not know paths, list anybody (there are more sets of answers than grains of sand), or
guess: what can't be counted in the time is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from random import Random
from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, All, AnyOf, Condition, Leaf, Value, questions_in
from pathfinder.engine.possible import alike, possible
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Derived, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit, Deadline, Undecided, Wire
from pathfinder.ruletools.verify.statements import Situation


class Slot(NamedTuple):
    """What one question counts as. `known` only if `asked`; a wire of `chosen` only if `known`."""

    asked: Wire
    known: Wire
    chosen: Mapping[str, Wire]


WireView = Mapping[str, Slot]
"""Question id -> what it counts as. A question that is missing counts as not asked."""


class Kleene(NamedTuple):
    """Never both. Neither: not known."""

    true: Wire
    false: Wire

    def open(self, net: Circuit) -> Wire:
        return net.all_of([self.true ^ 1, self.false ^ 1])


def holds(net: Circuit, condition: Condition, view: WireView) -> Kleene:
    names = net.once(("names", condition), lambda: tuple(questions_in(condition)))
    slots = tuple([view.get(name) for name in names])
    return net.once(("holds", condition, *slots), lambda: _holds(net, condition, view))


def _holds(net: Circuit, condition: Condition, view: WireView) -> Kleene:
    if isinstance(condition, Leaf):
        return _leaf(net, condition, view)
    parts = [_holds(net, part, view) for part in condition.parts]
    if isinstance(condition, All):
        every = net.all_of([part.true for part in parts])
        return Kleene(every, net.any_of([part.false for part in parts]))
    some = net.any_of([part.true for part in parts])
    no = net.all_of([part.false for part in parts])
    return Kleene(some, no) if isinstance(condition, AnyOf) else Kleene(no, some)


def fires(net: Circuit, when: Condition, unless: Condition | None, view: WireView) -> Kleene:
    """WHEN, unless UNLESS is known to be true."""
    truth = holds(net, when, view)
    if unless is None:
        return truth
    exception = holds(net, unless, view).true
    return Kleene(net.all_of([truth.true, exception ^ 1]), net.any_of([truth.false, exception]))


def _leaf(net: Circuit, leaf: Leaf, view: WireView) -> Kleene:
    slot = view.get(leaf.question)
    if slot is None:
        return Kleene(FALSE, TRUE)
    if leaf.op == "answered":
        known = slot.known if "true" in leaf.accepts else slot.known ^ 1
        true = net.all_of([slot.asked, known])
        return Kleene(true, true ^ 1)
    chosen = [wire for answer, wire in slot.chosen.items() if answer in leaf.accepts]
    if leaf.op == "two_with":
        true = net.at_least([(wire, 1) for wire in chosen], 2)
    elif leaf.op == "exactly":
        others = [wire for answer, wire in slot.chosen.items() if answer not in leaf.accepts]
        true = net.all_of([*chosen, *[wire ^ 1 for wire in others]])
    else:
        true = net.any_of(chosen)
    return Kleene(true, net.any_of([slot.asked ^ 1, net.all_of([slot.known, true ^ 1])]))


Given = Mapping[str, Wire]
"""One question as answered: answer id -> wire, `unsure` among them.

No wire true: skipped, or left out. Both count the same for `decide`.
"""

PersonWires = Mapping[str, Given]


def everybody(net: Circuit, rules: RuleSet, who: str = "") -> dict[str, Given]:
    """Every answer of every question as an input. `who` tells a second set of people apart."""
    return {question.id: anyhow(net, question, who) for question in rules.questions}


def anyhow(net: Circuit, question: Question, who: str = "") -> Given:
    return {answer: net.input((who, question.id, answer)) for answer in (*question.answers, UNSURE)}


def answered(question: Question, answer: str) -> Given:
    """This one answer, for everybody."""
    return {each: TRUE if each == answer else FALSE for each in (*question.answers, UNSURE)}


def unknown(net: Circuit, question: Question, who: str = "") -> Given:
    """Not known for anybody: `unsure` for some, skipped for others."""
    either = net.input((who, question.id, UNSURE))
    return {**dict.fromkeys(question.answers, FALSE), UNSURE: either}


def well_formed(net: Circuit, question: Question, given: Given) -> Wire:
    """What holds of an answer as a person may give it: one of them, or several of a `many`."""
    wires: list[Wire] = []
    many = question.kind == "many"
    for one, other in combinations(given, 2):
        if not many or UNSURE in (one, other) or NONE in (one, other):
            wires.append(net.all_of([given[one], given[other]]) ^ 1)
    return net.all_of(wires)


def adults(net: Circuit, rules: RuleSet, people: PersonWires) -> Wire:
    """Whoever isn't out of scope; an age that isn't known counts as in scope."""
    given = people[rules.scope_question]
    return net.all_of([given[answer] ^ 1 for answer in sorted(rules.scope_out) if answer in given])


def view(
    net: Circuit, rules: RuleSet, people: PersonWires, surely_asked: str | None = None
) -> dict[str, Slot]:
    """What each question counts as, the questions walked in their order from the start.

    `surely_asked`: a question that is taken to apply. Who isn't asked it must be kept out.
    """
    seen: dict[str, Slot] = {}
    waiting: dict[str, list[Question]] = {}
    for question in rules.questions:
        seen[question.id] = _given(net, question, people, seen, question.id == surely_asked)
        derived = question.derived
        if derived is not None and not derived.counts:
            seen[question.id] = _taken_over(net, derived, seen[question.id], seen, assumed=True)
        elif derived is not None and derived.source in seen:
            seen[question.id] = _worked_out(net, derived, seen[question.id], seen[derived.source])
        elif derived is not None:
            waiting.setdefault(derived.source, []).append(question)
        for each in waiting.pop(question.id, ()):
            assert each.derived is not None
            seen[each.id] = _worked_out(net, each.derived, seen[each.id], seen[question.id])
    return seen


def without_assumed(
    net: Circuit,
    rules: RuleSet,
    people: PersonWires,
    seen: WireView,
    surely_asked: str | None = None,
) -> dict[str, Slot]:
    """`view`, where an answer that is only taken over from another question isn't known.

    Which questions apply is as `seen` has it, also where that hangs on what is assumed.
    """
    plain = dict(seen)
    for question in rules.questions:
        derived = question.derived
        if derived is None or derived.counts:
            continue
        slot = _given(net, question, people, seen, question.id == surely_asked)
        sure = _surely_asks(net, question, seen)
        own = {answer: net.all_of([sure, wire]) for answer, wire in slot.chosen.items()}
        slot = Slot(slot.asked, net.any_of(own.values()), own)
        plain[question.id] = _taken_over(net, derived, slot, seen, assumed=False)
    return plain


def _given(
    net: Circuit, question: Question, people: PersonWires, seen: WireView, surely: bool
) -> Slot:
    """The question as it is answered, where it applies."""
    asked = TRUE if surely else _asks(net, question, seen)
    given = people[question.id]

    def slot() -> Slot:
        chosen = {answer: net.all_of([asked, given[answer]]) for answer in question.answers}
        return Slot(asked, net.any_of(chosen.values()), chosen)

    return net.once(("given", question, given, net.part(asked)), slot)


def situation(rules: RuleSet, people: PersonWires, true: Mapping[Wire, bool]) -> dict[str, Answer]:
    """The answers of one person, in normal form; what was skipped is left out.

    `true`: what each wire of `people` carries for this person.
    """
    answers: dict[str, Answer] = {}
    for question in rules.questions:
        chosen = [each for each, wire in people[question.id].items() if true[wire]]
        if chosen:
            many = question.kind == "many" and chosen != [UNSURE]
            answers[question.id] = tuple(chosen) if many else chosen[0]
    return answers


def some_people(rules: RuleSet, number: int) -> dict[object, int]:
    """Adults drawn at random, the same ones each time: bit i of an input is that of person i."""
    dice = Random(number)
    drawn: Counter[object] = Counter()
    for question in rules.questions:
        out = rules.scope_out if question.id == rules.scope_question else ()
        answers = [answer for answer in question.answers if answer not in out]
        several = [answer for answer in answers if answer != NONE]
        for person in range(number):
            chosen = [dice.choice((*answers, UNSURE, SKIP))]
            if question.kind == "many" and several and dice.random() < 0.5:
                chosen = dice.sample(several, dice.randint(1, len(several)))
            for answer in chosen:
                drawn["", question.id, answer] += 1 << person
    return dict(drawn)


def inputs(rules: RuleSet, answers: Situation, who: str = "") -> list[tuple[str, str, str]]:
    """The inputs of `everybody` that are true for this person."""
    names = []
    for question in rules.questions:
        given = answers.get(question.id, SKIP)
        chosen = (given,) if isinstance(given, str) else given
        names += [(who, question.id, answer) for answer in chosen if answer != SKIP]
    return names


def _asks(net: Circuit, question: Question, seen: WireView) -> Wire:
    """Whether the question applies, which it does as long as it isn't known that it doesn't."""
    ask_when = question.ask_when
    return TRUE if ask_when is None else holds(net, ask_when, seen).false ^ 1


def _surely_asks(net: Circuit, question: Question, seen: WireView) -> Wire:
    ask_when = question.ask_when
    return TRUE if ask_when is None else holds(net, ask_when, seen).true


def _taken_over(net: Circuit, derived: Derived, slot: Slot, seen: WireView, assumed: bool) -> Slot:
    """The answer of another question, where this one isn't asked or (`assumed`) isn't known."""
    source = seen[derived.source]
    when = FALSE if derived.when is None else holds(net, derived.when, seen).true
    may_be = TRUE if derived.when is None else when

    def taken() -> Slot:
        told = net.all_of([slot.asked ^ 1, when, source.asked])
        open_ = net.all_of([slot.asked, slot.known ^ 1, may_be]) if assumed else FALSE
        either = net.any_of([told, open_])
        chosen = {
            answer: net.any_of([wire, net.all_of([either, source.chosen.get(answer, FALSE)])])
            for answer, wire in slot.chosen.items()
        }
        return Slot(net.any_of([slot.asked, told]), net.any_of(chosen.values()), chosen)

    return net.once(("taken over", derived, slot, source, net.part(when), assumed), taken)


def _worked_out(net: Circuit, derived: Derived, slot: Slot, source: Slot) -> Slot:
    """An unknown answer, filled in by counting the choices of another question."""
    return net.once(
        ("counted", derived, slot, source), lambda: _counted(net, derived, slot, source)
    )


def _counted(net: Circuit, derived: Derived, slot: Slot, source: Slot) -> Slot:
    open_ = net.all_of([slot.asked, slot.known ^ 1, source.known])
    counted = [(wire, 1) for answer, wire in source.chosen.items() if answer != NONE]
    chosen = dict(slot.chosen)
    above: list[Wire] = []
    for least, answer in derived.counts:
        reached = net.at_least(counted, least)
        filled = net.all_of([open_, reached, *[wire ^ 1 for wire in above]])
        chosen[answer] = net.any_of([chosen.get(answer, FALSE), filled])
        above.append(reached)
    return Slot(slot.asked, net.any_of(chosen.values()), chosen)


_MOST_KINDS = 200_000
"""Kinds of people who are told apart at once. Beyond this, memory would run out first."""

_Kept = frozenset[tuple[str, Value]]


def answer_sets(rules: RuleSet, deadline: Deadline | None = None) -> int:
    """Every way to answer all questions that apply, for everybody in scope.

    "Not sure" and "prefer not to say" are two answers of every question. What was left
    out counts as the second for `decide`, so answers files that name less are in it, too.
    Raises Undecided when the time, or the memory, doesn't suffice.
    """
    clock = deadline or Deadline(None)
    ways: dict[_Kept, int] = {frozenset(): 1}
    for place, question in enumerate(rules.questions):
        later = rules.questions[place + 1 :]
        needed = set(questions_in(*(each.ask_when for each in later)))
        needed |= {each.derived.source for each in later if each.derived is not None}
        after: Counter[_Kept] = Counter()
        for kept, count in ways.items():
            view = dict(kept)
            for value, ways_to in _values(rules, question, view, later):
                clock.milliseconds()
                now = {**view, question.id: value}
                _work_out(rules, question, now)
                after[frozenset((q, v) for q, v in now.items() if q in needed)] += count * ways_to
                if len(after) > _MOST_KINDS:
                    raise Undecided
        ways = dict(after)
    return sum(ways.values())


def _values(
    rules: RuleSet, question: Question, view: dict[str, Value], later: Sequence[Question]
) -> Iterator[tuple[Value, int]]:
    """What the question may count as, and in how many ways. Who is alike later is one."""
    if question.ask_when is not None and question.ask_when.holds(view) is False:
        yield NOT_ASKED, 1
        return
    yield None, 2
    many = question.kind == "many"
    out = rules.scope_out if question.id == rules.scope_question else ()
    leaves = [
        leaf
        for each in later
        if each.ask_when is not None
        for leaf in each.ask_when.leaves()
        if leaf.question == question.id
    ]
    told = alike(
        [answer for answer in question.answers if answer not in out],
        leaves,
        many=many,
        counted=question.id in {each.derived.source for each in rules.questions if each.derived},
    )
    for answer, ways in possible(told):
        yield frozenset(answer) if many else answer[0], ways


def _work_out(rules: RuleSet, question: Question, view: dict[str, Value]) -> None:
    """Fill in what is derived from `question`, or `question` itself, if it is derived."""
    for each in rules.questions:
        derived = each.derived
        if derived is None or view.get(each.id, NOT_ASKED) is not None:
            continue
        chosen = view.get(derived.source)
        if question.id in (each.id, derived.source) and isinstance(chosen, frozenset):
            number = len(chosen - {NONE})
            found = (answer for least, answer in derived.counts if number >= least)
            view[each.id] = next(found, None)
