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

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from heapq import nsmallest
from typing import Final, NamedTuple

from pathfinder.engine.conditions import fires
from pathfinder.engine.decision import UNDER_18, Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.programs.judging import Judge, MeetingJudge, Weighed
from pathfinder.programs.model import WEEK, Meeting, Program, ProgramList
from pathfinder.programs.needs import NOTHING_MORE, Circumstances, PersonNeeds, needs_of
from pathfinder.programs.places import Distances, MappedTown, here, read_table

MOST_MEETINGS: Final = 200
"""Nobody reads more; a large town has thousands."""

BESIDE: Final = {
    "meetings-alongside": "twelve-step-meetings",
    "secular-groups-alongside": "secular-groups",
}
"""Support -> the path whose meetings are good beside any other."""

_NOWHERE: Final = float("inf")


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


def match(
    rules: RuleSet,
    decision: Decision,
    listed: ProgramList,
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
    fit, lacking = _for_paths(judge, listed.programs, paths, today)
    meetings = _meetings(meeting_judge, listed.meetings, decision, paths, today)
    instead: str | None = None
    fit_instead: tuple[Match, ...] = ()
    # Where meetings are the path itself, they are what to go to.
    if not fit and not any(each.path in paths for each in meetings):
        instead, fit_instead = _instead(rules, judge, listed.programs, decision, paths, today)
    return Matches(paths, fit, instead, fit_instead, lacking, meetings, needs)


def _instead(
    rules: RuleSet,
    judge: Judge,
    programs: Iterable[Program],
    decision: Decision,
    paths: tuple[str, ...],
    today: date,
) -> tuple[str | None, tuple[Match, ...]]:
    """Programs of the next safe path that the person's life leaves open, else the compromise's.

    Money rules no path out: a program with a low price may stand behind the next one. Where
    none is left open and the compromise has none either, those of any path in order.
    """
    shut = {
        path
        for barrier in rules.barriers
        if barrier.rules_out and fires(barrier.when, barrier.unless, decision.view) is True
        for path in barrier.paths
    }
    blocked = decision.if_not_possible
    ranked = [entry for entry in decision.ranked if entry.path not in paths]
    others = [each.path for each in ranked if not each.above_need and each.path not in shut]
    if blocked is not None and blocked.compromise is not None:
        others.append(blocked.compromise)
    others = list(dict.fromkeys([*others, *(each.path for each in ranked)]))
    for path in others:
        fit, _ = _for_paths(judge, programs, (path,), today)
        if fit:
            return path, fit
    return (others[0] if others else None), ()


def _for_paths(
    judge: Judge, programs: Iterable[Program], paths: tuple[str, ...], today: date
) -> tuple[tuple[Match, ...], tuple[tuple[Program, tuple[str, ...]], ...]]:
    """Programs that offer one of the paths: those that fit, in order, and those that don't."""
    wanted = frozenset(paths)
    oldest = old_day(today)
    fit: list[Match] = []
    lacking: list[tuple[Program, tuple[str, ...]]] = []
    for program in programs:
        if wanted.isdisjoint(program.paths):
            continue
        if missing := judge.lacks(program):
            lacking.append((program, missing))
            continue
        path = next(each for each in paths if each in program.paths)
        points, miles = judge.points(program, path)
        fit.append(Match(program, path, points, miles, program.last_called <= oldest))
    fit.sort(key=_order)
    lacking.sort(key=lambda each: (each[0].name.casefold(), each[0].id))
    return tuple(fit), tuple(lacking)


def _order(each: Match) -> tuple[object, ...]:
    """Points; among equals those called lately, then the nearer; the name decides the rest."""
    miles = _NOWHERE if each.miles is None else each.miles
    return (-each.points, each.old, miles, each.program.name.casefold(), each.program.id)


def stays(rules: RuleSet) -> frozenset[str]:
    """Paths that one lives at."""
    return frozenset(path.id for path in rules.paths if ("goes_home", "false") in path.traits)


def _meetings(
    judge: MeetingJudge,
    meetings: Iterable[Meeting],
    decision: Decision,
    paths: tuple[str, ...],
    today: date,
) -> tuple[MeetingMatch, ...]:
    """Meetings of the paths that fit, and of those that are good beside them, in order."""
    beside = [BESIDE[fired.id] for fired in decision.supports if fired.id in BESIDE]
    place = {path: rank for rank, path in enumerate(dict.fromkeys([*paths, *beside]))}
    oldest = old_day(today)
    days = _Days(today)
    strict = judge.has_needs
    best: dict[tuple[str, ...], str | None] = {}
    found = []
    for meeting in meetings:
        if meeting.paths not in best:
            best[meeting.paths] = next((path for path in place if path in meeting.paths), None)
        path = best[meeting.paths]
        if path is None or (strict and judge.lacks(meeting)):
            continue
        miles = judge.distances.miles(meeting)
        points = judge.points(meeting, miles)
        old = meeting.seen_on <= oldest
        far = _NOWHERE if miles is None else miles
        order = (place[path], -points, old, far, days[meeting.days], meeting.time, meeting.name)
        found.append((order, meeting.id, meeting, path, miles))
    return tuple(
        [
            MeetingMatch(meeting, path, -order[1], miles, order[2])
            for order, _, meeting, path, miles in nsmallest(MOST_MEETINGS, found)
        ]
    )


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

    `near`: the place that distances count from, as it was named.
    """

    listed: ProgramList
    matches: Matches
    judge: Judge
    meetings: MeetingJudge
    near: str

    def judged(self, each: Match) -> Weighed:
        return self.judge.judged(each.program, each.path)


class Finder:
    """Finds programs in one list. Raises ProgramsError or FileProblem for its table of places."""

    def __init__(
        self, rules: RuleSet, listed: ProgramList, today: date, asked: Circumstances = NOTHING_MORE
    ) -> None:
        self._rules = rules
        self._listed = listed
        self._today = today
        self._asked = asked
        self._near = near = asked.near or listed.near
        table: Mapping[str, MappedTown] = {}
        if near and listed.postal_codes:
            table = read_table(listed.postal_codes)
        self._distances = Distances(here(near, table), table)

    def __call__(self, decision: Decision) -> NamedPrograms | None:
        """None where the decision ranks no path."""
        matches = match(
            self._rules, decision, self._listed, self._distances, self._today, self._asked
        )
        if matches is None:
            return None
        judge = Judge(matches.needs, self._distances, stays(self._rules))
        meetings = MeetingJudge(matches.needs, self._distances)
        return NamedPrograms(self._listed, matches, judge, meetings, self._near)


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
