"""How firm the first place is, and what a person could change that would change it.

Why this module exists: a person should know whether the first path is clearly
ahead, or whether it hangs on something that nobody knows yet. A small lead in
points can't tell that; only deciding again with each open answer filled in can.
Of a `many` there are too many answers to decide each: those that every condition takes
alike are decided once, and among them a rival's best gains are added up.

"If you had a steady place to sleep" is something to work on, with help. Only answers that the
rule set marks as changeable are offered (`can_change`, `could_be`): never the past, a pregnancy,
or what somebody uses. And nobody in danger hears what their life could be: that waits.

It must not become a trick for the quiz: only answers that are known are changed, only towards
what the rule set names, and at most three are told. None is told where a smaller one does the same.
It must not guess: two open answers at once are left alone, and the result says
that each was tried by itself. Where there are more kinds of answers than are tried, it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, islice, product
from operator import ge
from typing import Final, Literal, NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, Condition
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.fit import gains
from pathfinder.engine.flow import without
from pathfinder.engine.possible import Alike, alike, how_many, smallest_first
from pathfinder.engine.question import NONE, Answer, Answers, CouldBe, Question
from pathfinder.engine.ready import made_ready
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError

MOST_TRIED: Final = 128
"""So many kinds of answers to one question are tried, the smallest first."""


class HangsOn(NamedTuple):
    """An open question, and an answer to it that would put another path first, and that can well
    be true beside the person's other answers.
    """

    question: str
    answer: Answer
    top: str


class Firmness(NamedTuple):
    """`about_equal`: the paths that fit about as well as the first, the first left out.

    `half_tried`: questions with more kinds of answers than were tried; none of those tried
    would put another path first.
    """

    about_equal: tuple[str, ...]
    hangs_on: tuple[HangsOn, ...]
    half_tried: tuple[str, ...] = ()

    @property
    def firm(self) -> bool:
        """No other path is about equal, and no single open answer could change the first."""
        return not self.about_equal and not self.hangs_on and not self.half_tried


def firmness(rules: RuleSet, answers: Answers, decision: Decision) -> Firmness:
    """How firm the first path of `decision` is. `answers` are those it was made of, checked."""
    equal = tuple(entry.path for entry in decision.ranked[1:] if entry.about_equal_to_top)
    view = without(decision.view, decision.assumed)
    open_ = [q for q in rules.questions if q.id in view and view[q.id] is None]
    found = [_hangs_on(rules, answers, question, decision) for question in open_]
    half = tuple(
        question.id
        for question, hangs in zip(open_, found, strict=True)
        if hangs is None and question.kind == "many"
        if how_many(_told_apart(rules)[question.id]) > MOST_TRIED
    )
    return Firmness(equal, tuple(each for each in found if each is not None), half)


def tried(rules: RuleSet, answers: Answers) -> Decision | None:
    """The decision, or None where these answers leave no path: they decide nothing then.

    Nobody gave them, and the person's own answers may be in order (`rules check` tells it).
    """
    try:
        return decide(rules, answers)
    except RulesError:
        return None


def kinds_of_answers(rules: RuleSet, question: Question) -> Iterator[Answer]:
    """Every answer to a `one` or a scale, and one for each kind of a `many`, smallest first.

    Of one kind are answers that every condition takes alike. Where the choices are counted,
    or a rule asks for two or for all of some, each number of them is a kind.
    """
    if question.kind != "many":
        yield from question.answers
        return
    for answer in smallest_first(_told_apart(rules)[question.id]):
        yield NONE if answer == (NONE,) else answer


def _hangs_on(
    rules: RuleSet, answers: Answers, question: Question, decision: Decision
) -> HangsOn | None:
    """Of the answers that fit with what is known and would change the first path, rather one that
    asks for no less care: nobody is lured to what they may not have.
    """
    first, care = decision.ranked[0].path, _care(rules, decision)
    less: HangsOn | None = None
    for answer in islice(kinds_of_answers(rules, question), MOST_TRIED):
        if question.id == rules.scope_question and answer in rules.scope_out:
            continue  # leaves no path: that is another matter than another path
        after = tried(rules, {**answers, question.id: answer})
        if after is not None and question.kind == "many" and after.ranked[0].path == first:
            if (enough := _enough(rules, question, answer, after)) is None:
                continue
            answer = enough
            after = tried(rules, {**answers, question.id: answer})
        if after is None or after.ranked[0].path == first:
            continue
        if _likely(question, answer, decision, after):
            hangs = HangsOn(question.id, answer, after.ranked[0].path)
            if all(map(ge, _care(rules, after), care)):
                return hangs
            less = less or hangs
    return less


def _care(rules: RuleSet, decision: Decision) -> tuple[int, int]:
    """How much care is safe, and how much the first path gives."""
    level = decision.ranked[0].level
    return rules.level_rank[decision.safe_level or level], rules.level_rank[level]


def _likely(question: Question, answer: Answer, before: Decision, after: Decision) -> bool:
    """Whether an answer can well be true beside the others, as far as the rules know.

    Not where a question that the person did answer wouldn't have been asked then.
    """
    given = {answer} if isinstance(answer, str) else set(answer)
    told = [n for n, value in before.view.items() if value is not None and value is not NOT_ASKED]
    return (
        all(after.view.get(name, NOT_ASKED) is not NOT_ASKED for name in told)
        and not any(r.when.holds(after.view) for r in question.readings if not r.of_unknown)
        and not any(u.when.holds(after.view) for u in question.unlikely if given & set(u.answers))
    )


# --- among the answers that every condition takes alike ------------------------------------


def _enough(
    rules: RuleSet, question: Question, answer: Answer, after: Decision
) -> tuple[str, ...] | None:
    """The smallest answer of the same kind with which another path comes first, if any does.

    `after` was decided with `answer`. The kind leaves the paths and the conditions of
    arguments as they are, so only points differ; they are added up.
    """
    given = (answer,) if isinstance(answer, str) else answer
    by_option = gains(rules, question, made_ready(rules).facts(after.view))
    order = {path.id: place for place, path in enumerate(rules.paths)}
    top, *rivals = after.ranked
    found: list[tuple[str, ...]] = []
    for rival in rivals:
        if rival.above_need and not top.above_need:
            continue  # whatever speaks for it, it stands behind
        gain = {
            option: points.get(rival.path, 0) - points.get(top.path, 0)
            for option, points in by_option.items()
        }
        behind = top.points - rival.points + sum(gain[option] for option in given)
        theirs, ours = (
            (rules.level_rank[entry.level], order[entry.path]) for entry in (rival, top)
        )
        wanted = behind if theirs < ours else behind + 1
        chosen = _best_of_kind(_told_apart(rules)[question.id], given, gain, wanted)
        if chosen is not None:
            found.append(tuple(option for option in question.answers if option in chosen))
    return min(found, key=len, default=None)


def _best_of_kind(
    told: Alike, given: Sequence[str], gain: dict[str, int], wanted: int
) -> set[str] | None:
    """The fewest options of the kind of `given` that gain as much as is wanted, if any do."""
    chosen: set[str] = set()
    more: list[str] = []
    for group in told.groups:
        size = sum(option in group for option in given)
        strongest = sorted(group, key=lambda option: -gain[option])
        chosen.update(strongest[:size])
        if size and not told.numbers:
            more += strongest[size:]
    gained = sum(gain[option] for option in chosen)
    for option in sorted(more, key=lambda option: -gain[option]):
        if gained >= wanted or gain[option] <= 0:
            break
        chosen.add(option)
        gained += gain[option]
    return chosen if chosen and gained >= wanted else None


@lru_cache(maxsize=8)
def _told_apart(rules: RuleSet) -> dict[str, Alike]:
    """For each `many`: which options every condition takes alike."""
    leaves = [leaf for condition in _conditions(rules) for leaf in condition.leaves()]
    counted = {each.derived.source for each in rules.questions if each.derived is not None}
    return {
        question.id: alike(
            question.answers,
            [leaf for leaf in leaves if leaf.question == question.id],
            many=True,
            counted=question.id in counted,
        )
        for question in rules.questions
        if question.kind == "many"
    }


def _conditions(rules: RuleSet) -> Iterator[Condition]:
    """The conditions that can move a path: of questions, readings, gates and reasons."""
    for question in rules.questions:
        if question.derived is not None and question.derived.when is not None:
            yield question.derived.when
        yield from (reading.when for reading in question.readings)
        if question.ask_when is not None:
            yield question.ask_when
    for gate in rules.gates:
        yield gate.when
        if gate.unless is not None:
            yield gate.unless
    for table in rules.reasons:
        for row in table.rows.values():
            for argument in row.arguments:
                yield from (each for each in (argument.when, argument.unless) if each is not None)


# --- what would change it -------------------------------------------------------------------


MOST_TOLD: Final = 3
LARGEST: Final = 2
"""More than two changes at once are no plan for a person, so they aren't looked for."""

Effect = Literal["top", "obstacle", "opens"]
_ORDER: Final[tuple[Effect, ...]] = ("top", "obstacle", "opens")


class Change(NamedTuple):
    """Answers that could become others, and the best that would come of it.

    `effect`: "top" puts `path` first; "obstacle" takes something out of the way of
    the first path, which is `path`; "opens" brings back `path`, which is set aside
    and would speak for itself. `told` holds the rule set's own words for each change,
    or None where it has none. `barriers_left`: what would stand before the first path.
    `less_care`: `path` is of a lower level than what comes first now.
    """

    changes: Mapping[str, str]
    told: tuple[str | None, ...]
    effect: Effect
    path: str
    top: str
    barriers_left: tuple[str, ...]
    less_care: bool


_Outcome = tuple[Effect, str]
_ALL_CLEAR: Final = ""
"""Stands for every barrier at once: two changes together may clear the way that each only eases."""


def would_change(rules: RuleSet, answers: Answers, decision: Decision) -> tuple[Change, ...]:
    """The smallest changes with a result of their own, the most telling first, three at most.

    `answers` are those that `decision` was made of, checked.
    """
    found: dict[_Outcome, Change] = {}
    offers = [] if decision.hold else [o for q in rules.questions if (o := _offers(q, decision))]
    for size in range(1, LARGEST + 1):
        for chosen in _choices(offers, size):
            changes = {question: could.answer for question, could in chosen}
            after = tried(rules, {**answers, **changes})
            if after is None:
                continue
            told = tuple(could.told or None for _, could in chosen)
            for outcome in _outcomes(decision, after):
                # What a smaller change does already stays its own.
                if not _falls_short(rules, changes, outcome, after):
                    found.setdefault(
                        outcome, _change(rules, changes, told, outcome, decision, after)
                    )
    return _most_telling(_telling(found))


def _falls_short(
    rules: RuleSet, changes: Mapping[str, str], outcome: _Outcome, after: Decision
) -> bool:
    """Whether a change leads to a path that asks for still more of the same: nine hours a week
    are no way to twenty.
    """
    effect, path = outcome
    return effect != "obstacle" and any(
        barrier.question in changes and path in barrier.paths and barrier.when.holds(after.view)
        for barrier in rules.barriers
    )


def tried_questions(rules: RuleSet, decision: Decision) -> tuple[str, ...]:
    """The questions with a known answer that another could take the place of."""
    return tuple(question.id for question in rules.questions if _offers(question, decision))


_Offer = tuple[str, CouldBe]


def _offers(question: Question, decision: Decision) -> list[_Offer]:
    """What the answer to a question could become; nothing where it isn't known or can't change."""
    now = decision.view.get(question.id)
    if not question.can_change or not isinstance(now, str):
        return []
    known = question.could_be or _any_better(question, now)
    return [
        (question.id, could)
        for could in known
        if now in could.instead_of
        if could.unless is None or could.unless.holds(decision.view) is False
    ]


def _any_better(question: Question, now: str) -> tuple[CouldBe, ...]:
    """Without words of its own, a scale can only get better, and another answer is any other."""
    answers = question.answers
    others = answers[answers.index(now) + 1 :] if question.kind == "scale" else answers
    return tuple(CouldBe(answer, (now,), "") for answer in others if answer != now)


def _choices(offers: list[list[_Offer]], size: int) -> Iterator[tuple[_Offer, ...]]:
    for questions in combinations(offers, size):
        yield from product(*questions)


def _outcomes(before: Decision, after: Decision) -> Iterator[_Outcome]:
    first, top = before.ranked[0].path, after.ranked[0].path
    stood, stand = _barriers(before), _barriers(after)
    if top != first:
        yield "top", top
    else:
        yield from (("obstacle", barrier) for barrier in stood if barrier not in stand)
        if stood and not stand:
            yield "obstacle", _ALL_CLEAR
    aside = {entry.path for entry in before.set_aside}
    for entry in after.ranked:
        # A path that opens only for every answer to speak against it is no news for a person.
        if entry.path in aside and entry.path != top and entry.points >= 0:
            yield "opens", entry.path


def _change(
    rules: RuleSet,
    changes: Mapping[str, str],
    told: tuple[str | None, ...],
    outcome: _Outcome,
    before: Decision,
    after: Decision,
) -> Change:
    effect, name = outcome
    top, rank = after.ranked[0].path, rules.level_rank
    path = top if effect == "obstacle" else name
    less_care = rank[rules.path_by_id[path].level] < rank[before.ranked[0].level]
    return Change(changes, told, effect, path, top, _barriers(after), less_care)


def _barriers(decision: Decision) -> tuple[str, ...]:
    return decision.if_not_possible.barriers if decision.if_not_possible else ()


def _telling(found: Mapping[_Outcome, Change]) -> list[Change]:
    """Without what only eases the way to the first path, where other changes clear it, or where
    several each leave another thing in it: these tell no more than what is in the way.
    """
    eases = [key for key, each in found.items() if each.effect == "obstacle" and each.barriers_left]
    if ("obstacle", _ALL_CLEAR) not in found and len(eases) == 1:
        eases = []
    return [each for key, each in found.items() if key not in eases]


def _most_telling(found: Iterable[Change]) -> tuple[Change, ...]:
    """One change of each kind of thing: the fewest changes first, then the one that does most."""
    told: dict[tuple[str, ...], Change] = {}
    for change in sorted(found, key=lambda c: (len(c.changes), _ORDER.index(c.effect))):
        told.setdefault(tuple(change.changes), change)
    return tuple(told.values())[:MOST_TOLD]
