"""What speaks for and against one program or meeting, for one person, and what to ask there.

Why this module exists: the order of a list is advice, so it has reasons, and each can be tried
again: it names the key of the entry and the answer that it rests on. What an entry doesn't say is
asked on the phone.

It must not put entries in order, or read a file. Words stand in `pages/programs.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from pathfinder.programs.model import Meeting, Program
from pathfinder.programs.needs import PersonNeeds, Want
from pathfinder.programs.places import Distances

CLOSE, REACHABLE, FAR = 10.0, 25.0, 50.0
"""Miles. A program several times a week is another thing at ten miles than at fifty."""

_NEAR, _REACHABLE, _FAR = 2, 1, -2

SOON, LATE = 2, 14
"""Days of waiting. An appointment within two days keeps most of those who would be lost."""

KNOWN: Final = 2
"""Points where a hard need is known to be met: nobody has to ask."""

Truth = bool | None


class Why(NamedTuple):
    """One reason. `key`: what it rests on in the entry; `question`: whose answer asks for it."""

    id: str
    key: str
    question: str
    points: int


class Weighed(NamedTuple):
    """Why an entry stands where it does, and what to ask on the phone."""

    for_: tuple[Why, ...]
    against: tuple[Why, ...]
    ask: tuple[str, ...]


class Judge:
    """Judges programs for one person."""

    def __init__(self, needs: PersonNeeds, distances: Distances, stays: frozenset[str]) -> None:
        self.needs = needs
        self.distances = distances
        self._stays = stays
        self._hard = [(id_, _HARD[id_]) for id_ in needs.hard]
        self._wants = [(want, _WANTED[want.id]) for want in needs.wants]
        # Where one lives at the program, nobody has to look for a place to live.
        self._wants_there = [each for each in self._wants if each[0].id != "housing"]

    def lacks(self, program: Program) -> tuple[str, ...]:
        """The hard needs that the program is known not to meet."""
        return tuple([id_ for id_, (_, test) in self._hard if test(program, self) is False])

    def points(self, program: Program, path: str) -> tuple[int, float | None]:
        """The sum of its reasons, and its distance: quick, for lists of thousands."""
        points = 0
        for _, (_, test) in self._hard:
            if test(program, self):
                points += KNOWN
        for want, (_, tried) in self._wants_of(path):
            has = tried(program, self)
            if has is not None:
                points += want.more if has else want.less
        miles = self.distances.miles(program)
        points += sum([why.points for why in self._beside(program, path, miles)])
        return points, miles

    def judged(self, program: Program, path: str) -> Weighed:
        """Every reason, and what the program doesn't say."""
        whys: list[Why] = []
        ask: list[str] = []
        for id_, (key, test) in self._hard:
            if test(program, self):
                whys.append(Why(id_, key, _ASKED_BY.get(id_, ""), KNOWN))
            else:
                ask.append(id_)
        for want, (key, tried) in self._wants_of(path):
            has = tried(program, self)
            if has is None:
                ask.append(want.id)
            else:
                points = want.more if has else want.less
                whys.append(Why(want.id, key, want.question, points))
        whys += self._beside(program, path, self.distances.miles(program))
        if program.wait_days is None:
            ask.append("wait")
        ask += self.needs.asks
        return Weighed(
            tuple([why for why in whys if why.points > 0]),
            tuple([why for why in whys if why.points < 0]),
            tuple(dict.fromkeys(ask)),
        )

    def _wants_of(self, path: str) -> "list[tuple[Want, tuple[str, Test]]]":
        return self._wants_there if path in self._stays else self._wants

    def _beside(self, program: Program, path: str, miles: float | None) -> Iterator[Why]:
        """Reasons that need no answer: the wait, the way, and for whom it is."""
        wait = program.wait_days
        if wait is not None and wait <= SOON:
            yield Why("soon", "wait_days", "", 2)
        elif wait is not None and wait > LATE:
            yield Why("late", "wait_days", "", -2)
        if path not in self._stays:  # who stays there goes once
            yield from _way(program, miles, self.distances, from_home=bool(program.online))
        if program.takes in ("women", "men") and not any(
            want.id == "same_gender" for want in self.needs.wants
        ):
            yield Why("only", "takes", "", -1)

    def is_near(self, entry: Program | Meeting) -> Truth:
        """None where nobody knows how far it is."""
        miles = self.distances.miles(entry)
        if miles is None:
            return True if self.distances.same_town(entry) else None
        return miles <= CLOSE


def _way(
    entry: Program | Meeting, miles: float | None, distances: Distances, *, from_home: bool
) -> Iterator[Why]:
    """How far it is, for what one goes to and comes back from."""
    key = "coordinates" if entry.coordinates is not None else "postal_code"
    if miles is None:
        if distances.same_town(entry):
            yield Why("same_town", "town", "", _NEAR)
    elif miles <= CLOSE:
        yield Why("near", key, "", _NEAR)
    elif miles <= REACHABLE:
        yield Why("reachable", key, "", _REACHABLE)
    elif miles > FAR and not from_home:
        yield Why("far", key, "", _FAR)


class MeetingJudge:
    """Judges meetings for one person."""

    def __init__(self, needs: PersonNeeds, distances: Distances) -> None:
        self.distances = distances
        self._language = needs.language if "language" in needs.hard else ""
        self._from_home = "from_home" in needs.hard
        wants = [want for want in needs.wants if want.id in _TYPES]
        self._types = [(want, _TYPES[want.id]) for want in wants]
        self._online = next((want for want in needs.wants if want.id == "online"), None)

    @property
    def has_needs(self) -> bool:
        return bool(self._language) or self._from_home

    def lacks(self, meeting: Meeting) -> bool:
        """Whether it is known not to meet a hard need."""
        if self._language and meeting.languages and self._language not in meeting.languages:
            return True
        if not self._from_home or meeting.link:
            return False
        miles = self.distances.miles(meeting)
        return miles is not None and miles > CLOSE

    def points(self, meeting: Meeting, miles: float | None) -> int:
        """The sum of `whys`, without making them: a town has thousands of meetings."""
        points = 0
        if self._language and self._language in meeting.languages:
            points = KNOWN
        for want, types in self._types:
            if not types.isdisjoint(meeting.types):
                points += want.more
        if self._online is not None and meeting.link:
            points += self._online.more
        if miles is None:
            return points + (_NEAR if self.distances.same_town(meeting) else 0)
        if miles <= CLOSE:
            return points + _NEAR
        if miles <= REACHABLE:
            return points + _REACHABLE
        return points + (_FAR if miles > FAR and not meeting.link else 0)

    def whys(self, meeting: Meeting, miles: float | None) -> list[Why]:
        """What speaks for it and against it. `miles`: how far it is."""
        found = []
        if self._language and self._language in meeting.languages:
            found.append(Why("language", "languages", "", KNOWN))
        for want, types in self._types:
            if not types.isdisjoint(meeting.types):
                found.append(Why(want.id, "types", want.question, want.more))
        if self._online is not None and meeting.link:
            found.append(Why("online", "link", self._online.question, self._online.more))
        found += _way(meeting, miles, self.distances, from_home=bool(meeting.link))
        return found


# --- what is asked of a program ---------------------------------------------------------


def _language(program: Program | Meeting, judge: Judge) -> Truth:
    return judge.needs.language in program.languages if program.languages else None


def _from_home(program: Program, judge: Judge) -> Truth:
    near = judge.is_near(program)
    return True if program.online or near else (program.online if near is False else None)


def _cost(program: Program, judge: Judge) -> Truth:
    if program.free or program.sliding_fee:
        return True
    return False if program.free is False and program.sliding_fee is False else None


def _same_gender(program: Program, judge: Judge) -> Truth:
    if program.same_gender_groups or program.takes in ("women", "men"):
        return True
    return program.same_gender_groups


def _medicine(program: Program, judge: Judge) -> Truth:
    if not program.medication_on_site:
        return None
    return not frozenset(judge.needs.medicines).isdisjoint(program.medication_on_site)


Test = Callable[[Program, Judge], Truth]

_HARD: Final[Mapping[str, tuple[str, Test]]] = {
    "pregnant": ("takes_pregnant", lambda p, _: p.takes_pregnant),
    "medication": ("medication_welcome", lambda p, _: p.medication_welcome),
    "language": ("languages", _language),
    "from_home": ("online", _from_home),
}
"""Hard need -> the key of a program that tells, and whether it is met."""

_ASKED_BY: Final = {"pregnant": "health", "medication": "medication"}

_WANTED: Final[Mapping[str, tuple[str, Test]]] = {
    "child_care": ("child_care", lambda p, _: p.child_care),
    "evenings": ("evenings", lambda p, _: p.evenings),
    "cost": ("sliding_fee", _cost),
    "dual_diagnosis": ("dual_diagnosis", lambda p, _: p.dual_diagnosis),
    "withdrawal_care": ("withdrawal_care", lambda p, _: p.withdrawal_care),
    "housing": ("sober_housing", lambda p, _: p.sober_housing),
    "medicine": ("medication_on_site", _medicine),
    "online": ("online", lambda p, _: p.online),
    "lgbtq": ("lgbtq", lambda p, _: p.lgbtq),
    "same_gender": ("same_gender_groups", _same_gender),
    "faith": ("faith", lambda p, _: p.faith),
    "secular": ("faith", lambda p, _: None if p.faith is None else not p.faith),
}

_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "child_care": frozenset({"child-care"}),
    "same_gender": frozenset({"women", "men"}),
    "lgbtq": frozenset({"lgbtq"}),
    "secular": frozenset({"secular"}),
    "dual_diagnosis": frozenset({"dual-diagnosis"}),
}
"""Wish -> the types of meetings that meet it. Types are never complete: none of them is a "no"."""
