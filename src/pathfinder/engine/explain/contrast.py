"""Two paths weighed against each other: why not that one, and which of two the answers lean to.

Why this module exists: "why not residential?" and "this one or that one?" are the same
question, asked of two paths. The answers that put one before the other are found in the
points that rank them, so their sum is the distance in the ranking. A person who hoped for
another path deserves the real reason: the gates that took it out, or what decided.

It must not recommend one over the first path, or put anything in words: pages do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from pathfinder.engine.conditions import View, fires, holding_in, questions_in
from pathfinder.engine.decision import Decision, Reason, SetAside
from pathfinder.engine.fit import Fit, fit_paths
from pathfinder.engine.gates import gate_views
from pathfinder.engine.question import Answers
from pathfinder.engine.rules import Gate
from pathfinder.engine.ruleset import RuleSet


class Weight(NamedTuple):
    """One answer's lean: what it gives to the path ahead, and what to the one behind.

    `reason` is told from the side where the answer has a say: what speaks against
    the path that falls behind, or else what speaks for the one ahead.
    """

    reason: Reason
    ahead: int
    behind: int

    @property
    def points(self) -> int:
        """By how much it favours the path ahead; negative where it favours the other."""
        return self.ahead - self.behind

    @property
    def against(self) -> bool:
        """Whether it is told as what speaks against a path, and not for the other one."""
        return self.reason.points < 0


def fits_of(rules: RuleSet, answers: Answers, decision: Decision) -> dict[str, Fit]:
    """Points and reasons of every path, those set aside included."""
    return fit_paths(rules, answers, decision.view)


def weights(ahead: Iterable[Reason], behind: Iterable[Reason]) -> tuple[Weight, ...]:
    """The answers that tell two paths apart, strongest first, by all that is told of each.

    Positive and negative weights together add up to the distance in points.
    """
    # A `many` answer gives a row for each, so a table and its answer name one weight.
    mine, theirs = _by_answer(ahead), _by_answer(behind)
    found = []
    for key in dict.fromkeys((*mine, *theirs)):
        near, far = mine.get(key, ()), theirs.get(key, ())
        points, other = sum(r.points for r in near), sum(r.points for r in far)
        if points != other:
            # What is told of both alike tells them apart no more than silence.
            own = _strongest([reason for reason in near if reason not in far])
            others = _strongest([reason for reason in far if reason not in near])
            told = _told_from(own, others, points > other)
            found.append(Weight(told, points, other))
    return tuple(sorted(found, key=lambda weight: -abs(weight.points)))


_Answer = tuple[str, str | None]


def _by_answer(reasons: Iterable[Reason]) -> dict[_Answer, tuple[Reason, ...]]:
    """What one answer says about one path: mostly one reason, now and then two."""
    found: dict[_Answer, tuple[Reason, ...]] = {}
    for reason in reasons:
        key = (reason.rule, reason.answer)
        found[key] = (*found.get(key, ()), reason)
    return found


def _strongest(reasons: Sequence[Reason]) -> Reason | None:
    return max(reasons, key=lambda reason: abs(reason.points), default=None)


def fewest(leaning: Sequence[Weight], enough: int) -> tuple[Weight, ...]:
    """The fewest of the weights, all positive, that come to `enough` points together.

    Taking the strongest first is the smallest set: no other of its size weighs more.
    """
    taken: list[Weight] = []
    left = enough
    for weight in leaning:
        if left <= 0:
            break
        taken.append(weight)
        left -= weight.points
    return tuple(taken)


def _told_from(ahead: Reason | None, behind: Reason | None, leans_ahead: bool) -> Reason:
    loser, winner = (behind, ahead) if leans_ahead else (ahead, behind)
    if loser is not None and loser.points < 0:
        return loser
    chosen = winner or loser
    assert chosen is not None
    return chosen


class Leaning(NamedTuple):
    """`to`: the path that the answers lean to, or None. `aside`: those that a gate sets aside.

    `for_it` is what leans to it, `for_other` what leans the other way, strongest first;
    without a lean, `for_it` leans to the first path named. `too_much`: the other path, where it is
    more care than these answers call for; that outweighs what leans to it.
    """

    to: str | None
    aside: tuple[SetAside, ...]
    too_much: str | None
    for_it: tuple[Weight, ...]
    for_other: tuple[Weight, ...]


def leaning(
    rules: RuleSet, answers: Answers, decision: Decision, first: str, second: str
) -> Leaning:
    """Which of the two paths these answers lean to.

    A path that is set aside is never leant to while the other is open, nor one that is more care
    than they call for while the other isn't. Within one point of each other, as everywhere, two
    paths fit about equally well.
    """
    aside = tuple(entry for entry in decision.set_aside if entry.path in (first, second))
    closed = {entry.path for entry in aside}
    fits = fits_of(rules, answers, decision)
    points = fits[first].points - fits[second].points
    above = [e.path for e in decision.ranked if e.above_need and e.path in (first, second)]
    too_much = above[0] if len(above) == 1 and not closed else None
    if len(closed) == 1:
        to: str | None = second if first in closed else first
    elif too_much is not None:
        to = second if too_much == first else first
    elif closed or abs(points) <= 1:
        to = None
    else:
        to = first if points > 0 else second
    ahead, behind = (second, first) if to == second else (first, second)
    found = weights(fits[ahead].told, fits[behind].told)
    return Leaning(
        to,
        aside,
        too_much,
        tuple(weight for weight in found if weight.points > 0),
        tuple(weight for weight in found if weight.points < 0),
    )


Tie = Literal["level", "order", "need"]


class GateAnswer(NamedTuple):
    """An answer that makes a gate fire. `read`: a reading stands in for it or corrects it.

    `given` is then the person's own answer, or None where there is none.
    """

    question: str
    value: str
    read: bool
    given: str | None


class Closed(NamedTuple):
    """A gate that took the path out, with the answers that made it fire.

    `sure`: it fires on the answers themselves, without any reading.
    """

    gate: Gate
    answers: tuple[GateAnswer, ...]
    sure: bool


class WhyNot(NamedTuple):
    """What stands between a path and the first place.

    `place` counts from 1, and is None where the path is set aside; then `closed`
    says by what: first what sets aside the path itself, then what asks for more
    care. `against` is the smallest set of answers without which it would come before
    the first path. `tie`: without them it would fit as well (or it does already), and
    would come later all the same: "level" since it asks more of a person, "order"
    since it stands later in the rules, "need" since it is two levels above what is safe.
    """

    path: str
    place: int | None
    aside: SetAside | None
    closed: tuple[Closed, ...]
    against: tuple[Weight, ...]
    tie: Tie | None


def why_not(rules: RuleSet, decision: Decision, path: str, fits: Mapping[str, Fit]) -> WhyNot:
    """Why `path` isn't first. `fits` are those of `weighing.fits_of` for the decision's answers."""
    aside = next((entry for entry in decision.set_aside if entry.path == path), None)
    if aside is not None:
        return WhyNot(path, None, aside, _closed(rules, decision, aside), (), None)
    top = decision.ranked[0]
    entry = next(entry for entry in decision.ranked if entry.path == path)
    if entry is top:
        return WhyNot(path, 1, None, (), (), None)
    distance = top.points - entry.points
    if entry.above_need:  # it would stand last, whatever speaks for it
        return WhyNot(path, entry.rank, None, (), (), "need")
    ahead = _wins_a_tie(rules, path, top.path)
    enough = distance if ahead else distance + 1
    found = weights(fits[top.path].told, fits[path].told)
    leaning = [weight for weight in found if weight.points > 0]
    tie: Tie | None = None
    if distance == 0 or sum(weight.points for weight in leaning) < enough:
        tie = "order" if entry.level == top.level else "level"
    against = fewest(leaning, distance if tie else enough)
    return WhyNot(path, entry.rank, None, (), against, tie)


def _wins_a_tie(rules: RuleSet, path: str, other: str) -> bool:
    """With as many points the lower level of care comes first, then the order of the file."""
    order = [each.id for each in rules.paths]

    def place(name: str) -> tuple[int, int]:
        return rules.level_rank[rules.path_by_id[name].level], order.index(name)

    return place(path) < place(other)


def _closed(rules: RuleSet, decision: Decision, aside: SetAside) -> tuple[Closed, ...]:
    gates = {gate.id: gate for gate in rules.gates}
    read = gate_views(rules, decision.view, decision.assumed).read
    return tuple(_one_closed(rules, gates[rule], decision.view, read) for rule in aside.rules)


def _one_closed(rules: RuleSet, gate: Gate, view: View, read: View) -> Closed:
    sure = fires(gate.when, gate.unless, view) is True
    return Closed(gate, _answers_of(rules, gate, view, view if sure else read), sure)


def _answers_of(rules: RuleSet, gate: Gate, view: View, read: View) -> tuple[GateAnswer, ...]:
    wanted: dict[str, frozenset[str]] = {}
    for leaf in holding_in(read, gate.when):
        if leaf.op != "answered":  # that names no answer
            wanted[leaf.question] = wanted.get(leaf.question, frozenset()) | leaf.accepts
    if not wanted:  # it holds whatever was said, or because something was not: show what was
        asked = questions_in(gate.when, gate.unless)
        wanted = {name: frozenset(rules.question_by_id[name].answers) for name in asked}
    found: dict[GateAnswer, None] = {}
    for name, accepts in wanted.items():
        value, given = read[name], view[name]
        own = given if isinstance(given, str) else None
        known = {value} if isinstance(value, str) else value
        if not isinstance(known, set | frozenset):
            continue  # no answer at all: there is none to show
        for answer in rules.question_by_id[name].answers:
            if answer in known and answer in accepts:
                found[GateAnswer(name, answer, given != value, own)] = None
    return tuple(found)
