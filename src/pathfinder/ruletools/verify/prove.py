"""Proving statements: is there anybody, of everybody, who breaks one?

Why this module exists: a statement holds if the solver shows that nobody breaks it. If
somebody does, this finds who does so with the fewest answers, and `judge` decides them again.

It must not take "no answer in time" for "holds".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.question import UNSURE
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.circuit import TRUE, Deadline, Person, Solver, Undecided, Wire
from pathfinder.ruletools.verify.counterexample import Violation, judge
from pathfinder.ruletools.verify.firsts import Claim, Firsts
from pathfinder.ruletools.verify.inputs import PersonWires, some_people
from pathfinder.ruletools.verify.inputs import situation as answers_of
from pathfinder.ruletools.verify.statements import (
    Adding,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
    Situation,
    SomebodyForEach,
    Statement,
    Verdict,
)
from pathfinder.ruletools.verify.violations import (
    Doubt,
    Sought,
    World,
    doubts,
    guarded_rules,
    number_of_doubts,
    situation,
    somebody,
    worse_steps,
)


def prove(
    rules: RuleSet,
    statements: Sequence[Statement],
    *,
    only: Collection[str] | None = None,
    time_limit: float | None = None,
    smallest: bool = True,
) -> tuple[Verdict, ...]:
    """A verdict for each statement, or for those whose ids are in `only`.

    `time_limit`: seconds for all of them together; what isn't decided by then says so.
    Without `smallest`, the first person found is taken, whatever else they answered.
    The statements must name nothing that `rules` don't have. Raises NoSolver without z3.
    """
    asked = [each for each in statements if only is None or each.id in only]
    return tuple(verdicts(rules, asked, time_limit=time_limit, smallest=smallest))


def verdicts(
    rules: RuleSet,
    statements: Iterable[Statement],
    *,
    time_limit: float | None = None,
    smallest: bool = True,
) -> Iterator[Verdict]:
    """As `prove`, one by one: who looks for the first that is broken needn't wait for the rest."""
    prover = Prover(rules, Deadline(time_limit))
    for statement in statements:
        yield prover.verdict(statement, smallest=smallest)


class Prover:
    """One rule set as a circuit, and a solver. What was worked out serves the next statement."""

    def __init__(self, rules: RuleSet, clock: Deadline) -> None:
        self._world = World(rules)
        self._clock = clock
        self._solver = Solver(self._world.net, clock, self._world.given)

    def ignore_keys(self) -> None:
        """From now on, Ctrl-C ends no search."""
        self._solver.heeds_keys = False

    def verdict(
        self, statement: Statement, *, smallest: bool = True, share: float | None = None
    ) -> Verdict:
        """`share`: seconds for this statement alone, if there are so many left."""
        self._solver.deadline = self._clock.at_most(share)
        return _verdict(self._world, self._solver, statement, smallest)


class _Broken(NamedTuple):
    """The smallest person so far, what they are told, and how many answers they gave."""

    finding: Violation
    situation: Situation
    other: Situation | None
    size: int
    smallest: bool


def _verdict(world: World, solver: Solver, statement: Statement, smallest: bool) -> Verdict:
    undecided = False
    broken: _Broken | None = None
    nobody: list[str] = []
    done = 0
    for must in statement.must:
        try:
            nobody += _nobody(world, solver, must)
        except Undecided:
            undecided = True
        for doubt in doubts(world, must):
            if broken is not None and not smallest:
                break
            try:
                broken = _smaller(world, solver, must, doubt, broken, smallest) or broken
                done += 1
            except Undecided:
                undecided = True
                break  # there won't be more time for the next
    if broken is not None:
        return Verdict(
            statement.id,
            False,
            (),
            (*broken.finding.broken, *nobody),
            broken.situation,
            broken.other,
            broken.smallest and smallest and not undecided,
            broken.finding.case,
            broken.finding.wanted,
        )
    if nobody:
        return Verdict(statement.id, False, broken=tuple(nobody))
    if undecided:
        return Verdict(statement.id, None, reached=(done, number_of_doubts(world, statement)))
    return Verdict(statement.id, True, tuple(_proved(world, must) for must in statement.must))


# --- who breaks it ------------------------------------------------------------------


def _smaller(
    world: World,
    solver: Solver,
    must: Must,
    doubt: Doubt,
    best: _Broken | None,
    smallest: bool,
) -> _Broken | None:
    """Somebody who breaks `must` with fewer answers than `best`, or None. Raises Undecided."""
    people = [doubt.people] if doubt.other is None else [doubt.people, doubt.other]
    wires = [doubt.wire, *[world.limits(each, minors=doubt.minors) for each in people]]
    answered = _answered(world, people)
    if best is not None:
        wires.append(world.net.at_least(answered, best.size) ^ 1)
    person = Firsts(solver, world.net, wires, doubt.ways).person()
    if person is None:
        return None
    proved = True
    if smallest:
        for weights in (answered, _given(people)):
            search = Firsts(solver, world.net, wires, doubt.ways)
            person, size, done = _fewest(world, search, weights, person)
            wires = [*wires, world.net.at_least(weights, size + 1) ^ 1]
            proved = proved and done
    return _told(world, must, doubt, person, answered, proved)


def _fewest(
    world: World,
    search: Firsts,
    weights: Sequence[tuple[Wire, int]],
    person: Person,
) -> tuple[Person, int, bool]:
    """Whoever has the least weight; how much that is; whether nobody has less."""
    while True:
        size = _weighed(world, weights, person)
        if size == 0:
            return person, size, True
        try:
            search.also([world.net.at_least(weights, size) ^ 1])
            less = search.person()
        except Undecided:
            return person, size, False
        if less is None:
            return person, size, True
        person = less


def _answered(world: World, people: Sequence[PersonWires]) -> list[tuple[Wire, int]]:
    """One for each question that is answered with something that is known."""
    questions: dict[Wire, int] = {}
    for each in people:
        for given in each.values():
            known = [wire for answer, wire in given.items() if answer != UNSURE]
            questions[world.net.any_of(known)] = 1
    return list(questions.items())


def _given(people: Sequence[PersonWires]) -> list[tuple[Wire, int]]:
    """One for each thing that is ticked, "not sure" among them."""
    wires = {wire: 1 for each in people for given in each.values() for wire in given.values()}
    return list(wires.items())


def _weighed(world: World, weights: Sequence[tuple[Wire, int]], person: Person) -> int:
    carried = _carried(world, [wire for wire, _ in weights], person)
    return sum(weight for wire, weight in weights if carried[wire])


def _carried(world: World, wires: Sequence[Wire], person: Person) -> dict[Wire, bool]:
    inputs = {name: 1 for name, true in person.items() if true}
    found = world.net.evaluate(wires, inputs, 1)
    return {wire: bool(bit) for wire, bit in zip(wires, found, strict=True)}


def _answers(world: World, people: PersonWires, person: Person) -> Situation:
    wires = [wire for given in people.values() for wire in given.values()]
    return answers_of(world.rules, people, _carried(world, wires, person))


def _told(
    world: World,
    must: Must,
    doubt: Doubt,
    person: Person,
    weights: Sequence[tuple[Wire, int]],
    smallest: bool,
) -> _Broken:
    one = _answers(world, doubt.people, person)
    other = None if doubt.other is None else _answers(world, doubt.other, person)
    finding = judge(world.rules, must, one, one if other is None else other)
    if finding is None:
        raise AssertionError(f"the proof and decide disagree about {one} and {other}")
    return _Broken(finding, one, other, _weighed(world, weights, person), smallest)


# --- who is promised ----------------------------------------------------------------


def _nobody(world: World, solver: Solver, must: Must) -> list[str]:
    """What is promised of somebody who doesn't exist, in words."""
    minors = isinstance(must, Implies) and must.minors
    if isinstance(must, Implies | Adding):
        wires = {"": Sought(situation(world, must))}
        said = "Nobody can give the answers that this speaks of, so it promises nothing."
    elif isinstance(must, SomebodyForEach):
        wires = somebody(world, must.what)
        said = {
            "paths": 'The path "{}" comes first for nobody.',
            "rules": 'The rule "{}" is at work for nobody.',
        }[must.what]
    else:
        return []
    return [said.format(name) for name in _unreached(world, solver, wires, minors)]


_CROWD = 500
"""So many people are drawn to find who is somebody. Only those whom it misses are searched."""


def _unreached(
    world: World, solver: Solver, wanted: Mapping[str, Sought], minors: bool
) -> list[str]:
    """The names of those who are nobody."""
    limits = world.limits(world.people, minors=minors)
    left = {name: sought.wire for name, sought in wanted.items() if not sought.paths}
    if len(left) > 1 and not minors:
        drawn = some_people(world.rules, _CROWD)
        found = world.net.evaluate(list(left.values()), drawn, _CROWD)
        left = {name: left[name] for name, bits in zip(left, found, strict=True) if not bits}
    while left:
        person = solver.search([world.net.any_of(left.values()), limits]).person()
        if person is None:
            break
        carried = _carried(world, list(left.values()), person)
        left = {name: wire for name, wire in left.items() if not carried[wire]}
    with_paths = {name: sought for name, sought in wanted.items() if sought.paths}
    nobody = {*left, *_never_first(world, solver, with_paths, limits)}
    return [name for name in wanted if name in nobody]


def _never_first(
    world: World, solver: Solver, wanted: Mapping[str, Sought], limits: Wire
) -> Iterator[str]:
    """The names of those for whom none of their paths is first."""
    met: set[str] = set()
    for name, sought in wanted.items():
        if sought.wire == TRUE and met & {*sought.paths}:
            continue
        paths = [world.rules.path_by_id[path] for path in sought.paths]
        ways = [(Claim(world.reckoning, path),) for path in paths]
        search = Firsts(solver, world.net, [sought.wire, limits], ways)
        if search.person() is None:
            yield name
        met |= search.met


# --- what was proved ----------------------------------------------------------------


def _proved(world: World, must: Must) -> str:
    if isinstance(must, Implies):
        return "Nobody breaks it, whatever they answer."
    if isinstance(must, NeverLowers):
        steps, parts = len(list(worse_steps(world.rules, must))), ", ".join(must.parts)
        return f"Nobody breaks it at any of {steps} steps to the worse ({parts})."
    if isinstance(must, NeverChanges):
        return f"Nobody breaks it, whatever else they answer to {', '.join(must.questions)}."
    if isinstance(must, Adding):
        more = ", ".join(must.answers)
        return f"Nobody breaks it, whoever adds one of these to {must.question}: {more}."
    if isinstance(must, NeverLoses):
        kept, blanks = len(guarded_rules(world.rules, must)), len(must.questions)
        return f"Nobody breaks it: {kept} rules, each of {blanks} answers taken away in turn."
    kind = "paths" if must.what == "paths" else "rules, readings and rows of points"
    return f"Somebody is found for each of {len(somebody(world, must.what))} {kind}."
