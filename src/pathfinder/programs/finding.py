"""A list at hand: whom to call, for any decision, on the day on which this runs.

Why this module exists: after each changed answer the same list is matched anew. What costs time
(the table of places) is read once, and the pages get one record with all that they tell.

It must not decide what is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.programs.judging import Judge, MeetingJudge, Weighed
from pathfinder.programs.matching import Match, Matches, match, stays
from pathfinder.programs.model import ProgramList
from pathfinder.programs.needs import NOTHING_MORE, Circumstances
from pathfinder.programs.places import Distances, MappedTown, here, read_table


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
