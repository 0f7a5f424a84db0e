"""Which programs of the list fit a person, in which order, on the day on which this runs.

Why this module exists: a program that is known not to meet a hard need isn't shown as fitting;
one that doesn't say is shown, with what to ask. Where nothing fits the first path, what is next
best is named as that. A number that rings into nothing costs a person their one attempt, so an
entry that nobody has called for three months says so, and comes later among equals. `Finder`
holds a list at hand: after each changed answer the same list is matched anew.

It must not change what is recommended, decide what is said, or ask for the date, and the order
of the file decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Final, NamedTuple

from pathfinder.engine.decision import UNDER_18, Decision
from pathfinder.engine.plan import left_open_by_life
from pathfinder.engine.ruleset import RuleSet
from pathfinder.programs.judging import Judge, MeetingJudge, Weighed
from pathfinder.programs.model import LANGUAGES, WEEK, Meeting, Program, ProgramList
from pathfinder.programs.needs import NOTHING_MORE, Circumstances, PersonNeeds, needs_of
from pathfinder.programs.places import Distances, Table, here, read_table

MOST_MEETINGS: Final = 200
"""Nobody reads more; a large town has thousands."""

_NOWHERE: Final = float("inf")
_FARTHEST: Final = 20_000.0
"""More miles than any two places are apart."""


class Match(NamedTuple):
    """A program that fits as far as anybody knows. `path`: the best that it offers this person."""

    program: Program
    path: str
    points: int
    miles: float | None
    old: bool


class MeetingMatch(NamedTuple):
    meeting: Meeting
    path: str
    points: int
    miles: float | None
    old: bool


class Matches(NamedTuple):
    """What of the list is for this person.

    `paths`: the first path, and those that fit about as well. `fit`: programs for these. Where
    there are none, `instead` is the path whose programs stand in `fit_instead`: the compromise,
    or else the next path that has any. `lacking`: programs for `paths` with a hard need that they
    are known not to meet.
    """

    paths: tuple[str, ...]
    fit: tuple[Match, ...]
    instead: str | None
    fit_instead: tuple[Match, ...]
    lacking: tuple[tuple[Program, tuple[str, ...]], ...]
    meetings: tuple[MeetingMatch, ...]
    needs: PersonNeeds


class Shelves(NamedTuple):
    """A list laid out by path, once, since the same list is matched after each answer.

    `programs` stand in the order of their names; `offering` and `meeting` say for each path which
    of them belong there.
    """

    programs: tuple[Program, ...]
    offering: Mapping[str, Sequence[int]]
    meeting: Mapping[str, Sequence[Meeting]]


def shelved(listed: ProgramList) -> Shelves:
    programs = sorted(listed.programs, key=lambda each: (each.name.casefold(), each.id))
    offering: dict[str, list[int]] = {}
    meeting: dict[str, list[Meeting]] = {}
    for number, program in enumerate(programs):
        for path in program.paths:
            offering.setdefault(path, []).append(number)
    for each in listed.meetings:
        for path in each.paths:
            meeting.setdefault(path, []).append(each)
    return Shelves(tuple(programs), offering, meeting)


def match(
    rules: RuleSet,
    decision: Decision,
    shelves: Shelves,
    distances: Distances,
    today: date,
    asked: Circumstances = NOTHING_MORE,
) -> Matches | None:
    """The programs and meetings for a decision; None where it ranks no path."""
    if decision.scope == UNDER_18 or not decision.ranked:
        return None
    needs = needs_of(decision, asked)
    judge = Judge(needs, distances, stays(rules))
    meeting_judge = MeetingJudge(needs, distances)
    paths = tuple(entry.path for entry in decision.ranked if entry.about_equal_to_top)
    fit, lacking = _for_paths(judge, shelves, paths, today)
    meetings = _meetings(rules, meeting_judge, shelves, decision, paths, today)
    instead: str | None = None
    fit_instead: tuple[Match, ...] = ()
    # Where meetings are the path itself, they are what to go to.
    if not fit and not any(each.path in paths for each in meetings):
        instead, fit_instead = _instead(rules, judge, shelves, decision, paths, today)
    return Matches(paths, fit, instead, fit_instead, lacking, meetings, needs)


def _instead(
    rules: RuleSet,
    judge: Judge,
    shelves: Shelves,
    decision: Decision,
    paths: tuple[str, ...],
    today: date,
) -> tuple[str | None, tuple[Match, ...]]:
    """Programs of the next safe path that the person's life leaves open, else the compromise's.

    Money rules no path out: a program with a low price may stand behind the next one. Where
    none is left open and the compromise has none either, those of any path in order.
    """
    blocked = decision.if_not_possible
    ranked = [entry for entry in decision.ranked if entry.path not in paths]
    others = [path for path in left_open_by_life(rules, decision) if path not in paths]
    if blocked is not None and blocked.compromise is not None:
        others.append(blocked.compromise)
    others = list(dict.fromkeys([*others, *(each.path for each in ranked)]))
    for path in others:
        fit, _ = _for_paths(judge, shelves, (path,), today)
        if fit:
            return path, fit
    return (others[0] if others else None), ()


def _for_paths(
    judge: Judge, shelves: Shelves, paths: tuple[str, ...], today: date
) -> tuple[tuple[Match, ...], tuple[tuple[Program, tuple[str, ...]], ...]]:
    """Programs that offer one of the paths: those that fit, in order, and those that don't.

    The order: points; among equals those called lately, then the nearer; the name decides the rest.
    """
    oldest = old_day(today)
    taken: set[int] = set()
    fit: list[tuple[int, bool, float, int, str]] = []
    lacking: list[tuple[int, tuple[str, ...]]] = []
    for path in paths:
        numbers = [each for each in shelves.offering.get(path, ()) if each not in taken]
        taken.update(numbers)
        missing = judge.missing([shelves.programs[number] for number in numbers])
        lacking += [each for each in zip(numbers, missing, strict=True) if each[1]]
        numbers = [number for number, lack in zip(numbers, missing, strict=True) if not lack]
        programs = [shelves.programs[number] for number in numbers]
        miles = list(map(judge.distances.miles, programs))
        points = judge.points(programs, path, miles)
        fit += [
            (-point, program.last_called <= oldest, _NOWHERE if far is None else far, number, path)
            for point, program, far, number in zip(points, programs, miles, numbers, strict=True)
        ]
    fit.sort()
    lacking.sort()
    return (
        tuple(
            [
                Match(shelves.programs[number], path, -less, None if far == _NOWHERE else far, old)
                for less, old, far, number, path in fit
            ]
        ),
        tuple([(shelves.programs[number], lack) for number, lack in lacking]),
    )


def stays(rules: RuleSet) -> frozenset[str]:
    """Paths that one lives at."""
    return frozenset(path.id for path in rules.paths if ("goes_home", "false") in path.traits)


def _meetings(
    rules: RuleSet,
    judge: MeetingJudge,
    shelves: Shelves,
    decision: Decision,
    paths: tuple[str, ...],
    today: date,
) -> tuple[MeetingMatch, ...]:
    """Meetings of the paths that fit, then of those that are good beside them, each in order."""
    offered = {fired.id for fired in decision.supports}
    beside = [s.stands_for for s in rules.supports if s.id in offered and s.stands_for]
    found: list[MeetingMatch] = []
    earlier: set[str] = set()
    for path in dict.fromkeys([*paths, *beside]):
        meetings = list(shelves.meeting.get(path, ()))
        if earlier:
            meetings = [each for each in meetings if earlier.isdisjoint(each.paths)]
        if judge.has_needs:
            meetings = [each for each in meetings if not judge.lacks(each)]
        found += _first(MOST_MEETINGS - len(found), judge, meetings, path, today)
        earlier.add(path)
    return tuple(found)


def _first(
    most: int, judge: MeetingJudge, meetings: Sequence[Meeting], path: str, today: date
) -> list[MeetingMatch]:
    """The first of them: by points, then seen lately, the nearer, the next; then by name."""
    if not meetings or most <= 0:
        return []
    oldest = old_day(today)
    miles = list(map(judge.distances.miles, meetings))
    points = judge.points(meetings, miles)
    # A number that grows with the first three, so that the rest is asked only of who may be first.
    rough = [
        (2 * (meeting.seen_on <= oldest) - 4 * point) * _FARTHEST
        + (_FARTHEST if far is None else far)
        for meeting, point, far in zip(meetings, points, miles, strict=True)
    ]
    enough = sorted(rough)[min(most, len(rough)) - 1]
    days = _Days(today)
    rows = []
    for meeting, point, far, number in zip(meetings, points, miles, rough, strict=True):
        if number <= enough:
            old = meeting.seen_on <= oldest
            away = _NOWHERE if far is None else far
            order = (-point, old, away, days[meeting.days], meeting.time, meeting.name, meeting.id)
            rows.append((order, MeetingMatch(meeting, path, point, far, old)))
    rows.sort(key=itemgetter(0))
    return [made for _, made in rows[:most]]


class _Days(dict[tuple[str, ...], int]):
    """Days of the week -> how many days it is until the next of them."""

    def __init__(self, today: date) -> None:
        self._weekday = today.weekday()

    def __missing__(self, names: tuple[str, ...]) -> int:
        days = min([(WEEK.index(name) - self._weekday) % len(WEEK) for name in names])
        self[names] = days
        return days


# --- a list at hand ---


class NamedPrograms(NamedTuple):
    """Programs and meetings for one decision, and who can tell why each stands where it does.

    `asked`: what they were looked for with; `near` in it may be that of the list. `placed`: whether
    anybody can tell how far it is from there.
    """

    listed: ProgramList
    matches: Matches
    judge: Judge
    meetings: MeetingJudge
    asked: Circumstances
    placed: bool

    def judged(self, each: Match) -> Weighed:
        return self.judge.judged(each.program, each.path)


class Finder:
    """Finds programs in one list, with circumstances that may change while it is at hand."""

    def __init__(
        self, rules: RuleSet, listed: ProgramList, today: date, asked: Circumstances = NOTHING_MORE
    ) -> None:
        self._rules = rules
        self._listed = listed
        self._shelves = shelved(listed)
        self._today = today
        self._table: Table | None = None
        self.ask(asked)

    def ask(self, asked: Circumstances) -> None:
        """Look with these circumstances from now on. They are kept nowhere else.

        Raises ProgramsError or FileProblem for the table of places; then all is as before.
        """
        near = asked.near or self._listed.near
        if self._table is None and near and self._listed.postal_codes:
            self._table = read_table(self._listed.postal_codes)
        table = self._table or {}
        self._distances = Distances(here(near, table), table)
        self._near, self.asked = near, asked

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Code and name of every language that the list names, and of the one looked for."""
        codes = {code for each in self._listed.programs for code in each.languages}
        codes |= {code for each in self._listed.meetings for code in each.languages}
        codes |= {self.asked.language} - {""}
        return sorted([(code, LANGUAGES[code]) for code in codes], key=itemgetter(1))

    def __call__(self, decision: Decision) -> NamedPrograms | None:
        """None where the decision ranks no path."""
        matches = match(
            self._rules, decision, self._shelves, self._distances, self._today, self.asked
        )
        if matches is None:
            return None
        judge = Judge(matches.needs, self._distances, stays(self._rules))
        meetings = MeetingJudge(matches.needs, self._distances)
        asked = self.asked._replace(near=self._near)
        placed = self._distances.here.point is not None
        return NamedPrograms(self._listed, matches, judge, meetings, asked, placed)


# --- how old an entry is ---

OLD_AFTER: Final = 90
"""Days. National lists that nobody calls are right for about half of their entries."""


def old_day(today: date) -> str:
    """The last day that is too long ago: "" (never) and all days up to it are old."""
    return (today - timedelta(OLD_AFTER)).isoformat()


def is_old(day: str, today: date) -> bool:
    """Whether what was seen or called on `day` must be checked again. No day: nobody knows."""
    return day <= old_day(today)


def due(programs: Iterable[Program], today: date) -> list[Program]:
    """Whom to call again: those never called first, then the longest ago."""
    oldest = old_day(today)
    found = [each for each in programs if each.last_called <= oldest]
    return sorted(found, key=lambda each: (each.last_called, each.name, each.id))


def days_to_come(programs: Iterable[Program], today: date) -> list[Program]:
    """Entries whose last call is still to come: somebody mistyped."""
    return [each for each in programs if each.last_called > today.isoformat()]
