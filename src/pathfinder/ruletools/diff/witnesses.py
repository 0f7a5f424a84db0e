"""One worked person for each kind of change, and such a person in words.

Why this module exists: a number tells how many, a person tells whether it is right. Each
is the plainest person found for whom the change is felt, and is decided anew by the real
engine under both rule sets. On the short page a person is one line, in full a small page; both name
paths, levels, steps and answers as their own rule set does.

It must not choose which kinds of change are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.decision import UNDER_18, Decision, part_ids
from pathfinder.engine.question import SKIP, UNSURE, Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.pages.blocks import Block, Bullet, Row, SideBySide, Text
from pathfinder.pages.phrases import name_of
from pathfinder.pages.plain_names import spaced
from pathfinder.ruletools.diff.changed_rules import named_by
from pathfinder.ruletools.diff.compare import Difference
from pathfinder.ruletools.diff.outcomes import (
    NO_NEED,
    NO_PATH,
    NONE_LEFT,
    OUT_OF_SCOPE,
    SHOWN,
    WAITS,
    outcomes,
)
from pathfinder.ruletools.diff.population import (
    ANOTHER,
    AS_BEFORE,
    BEGIN,
    BELOW,
    MOVES,
    ORDER,
    ORDERED,
    PARTS,
    Asked,
    PartRow,
    alone,
    in_order,
    turned,
)

Parts = Mapping[str, tuple[str, ...]]
"""What one person gets, part by part."""

_FEW: Final = 4
"""So many answers can be read at a glance."""

Kind = tuple[str, str | None, str | None]
"""Part, from, to: as in `PartRow`."""


class Worked(NamedTuple):
    """One person: the answers that matter, what they got and get, and the kinds they show."""

    answers: Mapping[str, Answer]
    before: Parts
    after: Parts
    shows: frozenset[Kind]


def worked_people(difference: Difference, kinds: Iterable[PartRow]) -> tuple[Worked, ...]:
    """People who together show every one of these kinds of change, in their order.

    Whoever shows several kinds stands for all of them.
    """
    people: list[Worked] = []
    shown: set[Kind] = set()
    for row in kinds:
        if kind_of(row) not in shown:
            person = plainest(difference, row)
            shown |= person.shows
            people.append(person)
    return tuple(people)


def kind_of(row: PartRow) -> Kind:
    return row.part, row.old, row.new


def plainest(difference: Difference, row: PartRow) -> Worked:
    """The person of this kind, with every answer left out that the change doesn't need.

    Answers that the changed rules speak of stay while anything else came out with them. What
    can be left out is tried in halves first: most answers bear on nothing. Where a change speaks
    of so much that many answers stay, those go, too, without which the kind is still shown.
    """
    named = named_by(difference.old, difference.new, difference.items.deciding)
    kind = kind_of(row)
    worked = _worked(difference, row.person)

    def without(fewer: Mapping[str, Answer], strict: bool) -> Worked | None:
        then = _worked(difference, fewer)
        same = (then.before, then.after) == (worked.before, worked.after)
        return then if same or (kind in then.shows and not strict) else None

    left = sorted(worked.answers, key=lambda question: question in named)
    size = max(1, len(left) // 2)
    while left:
        for start in range(0, len(left), size):
            block = [name for name in left[start : start + size] if name in worked.answers]
            fewer = {name: a for name, a in worked.answers.items() if name not in block}
            if block and (then := without(fewer, not named.isdisjoint(block))):
                worked = then
        if size == 1:
            break
        left, size = [name for name in left if name in worked.answers], max(1, size // 2)
    for question, answer in worked.answers.items():
        for one in () if isinstance(answer, str) else answer:
            rest = tuple(each for each in worked.answers[question] if each != one)
            fewer = {**worked.answers, question: rest}
            if rest and (then := without(fewer, strict=False)):  # still answered: no blank
                worked = then
    for question in list(worked.answers) if len(worked.answers) > _FEW else ():
        fewer = {name: a for name, a in worked.answers.items() if name != question}
        if then := without(fewer, strict=False):
            worked = then
    return worked


def _worked(difference: Difference, answers: Mapping[str, Answer]) -> Worked:
    before = parts_of(difference.old, answers)
    after = parts_of(difference.new, answers)
    shows: set[Kind] = set()
    if _order(before, after) != _order(after, before):
        shows.add((ORDER, AS_BEFORE, ANOTHER))
    for part, had in before.items():
        have = after[part]
        if part in MOVES:
            if had != have:
                shows.add((part, had[0], have[0]))
        else:
            shows.update((part, name, None) for name in had if name not in have)
            shows.update((part, None, name) for name in have if name not in had)
        if part in ORDERED:
            shows.update(
                (part, in_order(one, other), in_order(other, one))
                for one, other in turned(had, have)
            )
    return Worked(answers, before, after, frozenset(shows))


def _order(one: Parts, other: Parts) -> list[str]:
    """The paths of one that the other has, too, in their order."""
    return [path for path in one["paths"] if path in other["paths"]]


def parts_of(rules: RuleSet, answers: Mapping[str, Answer]) -> Parts:
    """What this person gets, in the parts that are compared. Answers to questions that
    this rule set doesn't ask, or doesn't know in this form, count as left out."""
    fitting = _fitting(rules, answers)
    try:
        found = decide(rules, fitting)
    except RulesError:  # these rules leave no path: the engine stops, what else comes out counts
        return _without_a_path(rules, fitting)
    if found.scope == UNDER_18:
        nothing = dict.fromkeys(PARTS_OF_ONE, ())
        return {
            **nothing,
            "first_path": (OUT_OF_SCOPE,),
            "safe_level": (OUT_OF_SCOPE,),
            "hold": (WAITS if found.hold else SHOWN,),
            "compromise": (NO_NEED,),
            BEGIN: (OUT_OF_SCOPE,),
            "alerts": part_ids(found, "alerts"),
            "told": part_ids(found, "alert_rules"),
        }
    beside = part_ids(found, "compromise") or (NONE_LEFT if found.if_not_possible else NO_NEED,)
    own = {rule.id for rule in rules.note_rules}
    return {
        **{part: part_ids(found, part) for part in _AS_THEY_ARE},
        "hold": (WAITS if found.hold else SHOWN,),
        "compromise": beside,
        BEGIN: (_begun(rules, found),),
        "paths": part_ids(found, "ranked"),
        "told": (*part_ids(found, "alert_rules"), *part_ids(found, "first_rules")),
        "notes": tuple(note for note in part_ids(found, "notes") if note in own),
        "moves": tuple(r.id for r in rules.move_rules if r.because in found.next_moves),
    }


_AS_THEY_ARE: Final = (
    "first_path", "safe_level", "first", "alerts", "about_equal", "supports", "barriers",
    "helps", "to_check",
)  # fmt: skip
PARTS_OF_ONE: Final = tuple(part for part in PARTS if part != ORDER)
"""What one person gets; of an order, there is a change only between two rule sets."""


def _begun(rules: RuleSet, found: Decision) -> str:
    """The level at which this person can begin, and whether it is too low."""
    if not found.if_not_possible:
        return rules.path_by_id[found.ranked[0].path].level
    beside = part_ids(found, "compromise")
    if not beside:
        return NONE_LEFT
    level, ranks = rules.path_by_id[beside[0]].level, rules.level_rank
    (safe,) = part_ids(found, "safe_level")
    return level + BELOW if ranks[level] < ranks[safe] else level


def _without_a_path(rules: RuleSet, answers: Mapping[str, Answer]) -> Parts:
    asked = [Asked(each.id, each.kind == "many", each.answers) for each in rules.questions]
    found = outcomes(rules, alone(asked, answers))
    return {
        part: tuple(n for n, who in getattr(found, part).items() if who) for part in PARTS_OF_ONE
    }


def _fitting(rules: RuleSet, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    fitting: dict[str, Answer] = {}
    for name, answer in answers.items():
        question = rules.question_by_id.get(name)
        if question is None:
            continue
        if isinstance(answer, str):
            if answer in (UNSURE, SKIP):
                fitting[name] = answer
            elif answer in question.answers:
                fitting[name] = (answer,) if question.kind == "many" else answer
        elif question.kind == "many":
            known = tuple(each for each in answer if each in question.answers)
            if known:
                fitting[name] = known
        elif len(answer) == 1 and answer[0] in question.answers:
            fitting[name] = answer[0]
    return fitting


TITLES: Final[Mapping[str, str]] = {
    "first_path": "First path",
    "safe_level": "Safe level",
    BEGIN: "With what care can begin",
    "hold": "List of paths",
    "first": "First steps",
    "alerts": "Alerts",
    "paths": "Paths that are open",
    "order": "Order of the paths",
    "about_equal": "Paths about equal to the first",
    "compromise": "What can be begun if the first path can't",
    "barriers": "What stands before the first path",
    "helps": "What could make room for it",
    "supports": "Supports",
    "notes": "Notes",
    "moves": "Moves",
    "told": "Rules that speak for an alert or a first step",
    "to_check": "Questions left for a professional",
}
SEEN: Final = ("first_path", "safe_level", "first", "alerts")
"""The parts that a worked person is shown with in full; of the others, what comes and goes."""
EVERY_OTHER: Final = "Everything else is left open."
ALL_OPEN: Final = "every question is left open"


def in_short(difference: Difference, person: Worked) -> str:
    """A person in one line."""
    told = []
    for name, given in person.answers.items():
        question = name_of(_asking(difference, name), name)
        told.append(f"{question}: {_answer(difference, name, given, brief=True)}")
    return "; ".join(told) or ALL_OPEN


def person_blocks(difference: Difference, person: Worked) -> Iterator[Block]:
    """A person in full."""
    for name, answer in person.answers.items():
        label = name_of(_asking(difference, name), name)
        yield Bullet(_answer(difference, name, answer), label=label)
    yield Text(EVERY_OTHER if person.answers else f"{ALL_OPEN.capitalize()}.")
    shown = sorted(person.shows, key=str)
    for part in PARTS:
        told = [_step(old, new) for name, old, new in shown if name == part]
        if told and part not in SEEN:
            yield Text(f"{'; '.join(told)}.", label=TITLES[part])
    yield SideBySide("Before", "Now", tuple(_rows(difference, person)))


def _step(old: str | None, new: str | None) -> str:
    if old is None:
        return f"{new} comes in"
    return f"{old} goes" if new is None else f"from {old} to {new}"


def _rows(difference: Difference, person: Worked) -> Iterator[Row]:
    """What they got and get: the path and the level always, the rest where there is any."""
    for part in SEEN:
        had, have = person.before[part], person.after[part]
        if had or have:
            names = [
                "; ".join(name_in(rules, part, each, whole=True) for each in ids) or "none"
                for rules, ids in ((difference.old, had), (difference.new, have))
            ]
            yield Row(TITLES[part], *names)


def name_in(rules: RuleSet, part: str, name: str, *, whole: bool = False) -> str:
    names: dict[str, str] = {}
    if part in ("safe_level", BEGIN):
        levels = {level.id: level.name for level in rules.levels}
        names = {**levels, **{each + BELOW: level + BELOW for each, level in levels.items()}}
    elif part in ("first", "alerts"):
        steps = {step.id: step.title for step in rules.steps}
        names = {**steps, **{alert.id: alert.title for alert in rules.alerts}}
    elif part in ("first_path", "paths", "about_equal", "compromise"):
        names = {path.id: path.name if whole else path.in_a_row for path in rules.paths}
    elif part in ("supports", "helps"):
        names = {support.id: support.title for support in rules.supports}
    elif part == "barriers":
        names = {question.id: name_of(rules, question.id) for question in rules.questions}
    else:
        names = {name: spaced(name)}
    special = {each: each for each in (NO_PATH, OUT_OF_SCOPE, NO_NEED, NONE_LEFT)}
    if part == BEGIN:
        special[NONE_LEFT] = "nothing at all"
    return {**names, **special}.get(name, name)


def _asking(difference: Difference, name: str) -> RuleSet:
    """The rules that ask a question: those of now, where both do."""
    return difference.new if name in difference.new.question_by_id else difference.old


def _answer(difference: Difference, name: str, answer: Answer, *, brief: bool = False) -> str:
    """The words of the answer; in brief, those before a colon, which name it."""
    given = (answer,) if isinstance(answer, str) else answer
    labels = [_label(difference, name, each) for each in given]
    if not brief:
        return " + ".join(labels)
    some = [label.partition(": ")[0] for label in labels[: _FEW - 1]]
    more = [f"{len(labels) - len(some)} more"] if len(labels) > len(some) else []
    return " + ".join(some + more)


def _label(difference: Difference, name: str, answer: str) -> str:
    for rules in (difference.new, difference.old):
        question = rules.question_by_id.get(name)
        if question is not None and answer in (*question.answers, UNSURE, SKIP):
            return question.label(answer)
    return answer


# --- who is shown on a page -------------------------------------------------------------------


class ShownPeople:
    """The people who are shown, by number; each is told once, where they are named first."""

    def __init__(
        self, difference: Difference, shown: Mapping[Kind, tuple[Worked, str]], full: bool
    ) -> None:
        self.difference = difference
        self.full = full
        self.shown = shown
        self.once = {id(person): (person, whose) for person, whose in shown.values()}
        self._place: dict[int, int] = {}
        self._told: set[int] = set()
        self._named: list[int] = []

    def of(self, rows: Sequence[PartRow]) -> str:
        """The end of a line about these kinds of change: who stands for them."""
        examples = [self.shown[key] for row in rows if (key := kind_of(row)) in self.shown]
        named = list(dict.fromkeys(id(person) for person, _ in examples))
        for who in named:
            self._place.setdefault(who, len(self._place) + 1)
        self._named += named
        numbers = ", ".join(map(str, sorted(self._place[who] for who in named)))
        return f" Person {numbers}." if named and not self.full else ""

    def told(self) -> Iterator[Block]:
        """Those named since, each in a line."""
        named, self._named = dict.fromkeys(self._named), []
        for key in named if not self.full else ():
            if key not in self._told:
                self._told.add(key)
                person, whose = self.once[key]
                who = f"Person {self._place[key]}" + (f", {whose_words(whose)}" if whose else "")
                yield Bullet(f"{in_short(self.difference, person)}.", label=who)


def whose_words(whose: str) -> str:
    return whose if whose.startswith("line ") else f"case {whose}"
