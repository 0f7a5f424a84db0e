"""What speaks for and against one program or meeting, for one person, and what to ask there.

Why this module exists: the order of a list is advice, so it has reasons, and each can be tried
again: it names the key of the entry and the answer that it rests on. What an entry doesn't say is
asked on the phone.

It must not put entries in order, or read a file. Words stand in `pages/programs.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import add, itemgetter
from typing import Final, NamedTuple, TypeVar

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

_NEITHER: Final = ("", 0)

Truth = bool | None
Said = TypeVar("Said")
Entry = TypeVar("Entry", Program, Meeting)


class Criterion(NamedTuple):
    """One thing asked of a program. `key`: what tells it to a reader; `reads`: every key whose
    value decides it."""

    key: str
    test: "Callable[[Program, Judge], Truth]"
    reads: tuple[str, ...]


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
        return tuple([id_ for id_, asked in self._hard if asked.test(program, self) is False])

    def missing(self, programs: Sequence[Program]) -> list[tuple[str, ...]]:
        """What `lacks` says of each: quick, for lists of thousands."""
        if not self._hard:
            return [()] * len(programs)
        tried = [self._tried(asked, programs) for _, asked in self._hard]
        return [
            tuple([id_ for (id_, _), has in zip(self._hard, all_, strict=True) if has is False])
            if False in all_
            else ()
            for all_ in zip(*tried, strict=True)
        ]

    def points(
        self, programs: Sequence[Program], path: str, miles: Sequence[float | None]
    ) -> list[int]:
        """The sum of the reasons of each, without making them. `miles`: how far each is."""
        columns = [
            [KNOWN if has else 0 for has in self._tried(asked, programs)] for _, asked in self._hard
        ]
        for want, asked in self._wants_of(path):
            worth = {None: 0, True: want.more, False: want.less}
            columns.append([worth[has] for has in self._tried(asked, programs)])
        columns.append(_of_each(programs, ("wait_days",), lambda each: _sum(_wait(each))))
        columns.append(_of_each(programs, ("takes",), lambda each: _sum(self._only(each))))
        if path not in self._stays:
            columns.append(
                [
                    _reach(program, far, self.distances, from_home=bool(program.online))[1]
                    for program, far in zip(programs, miles, strict=True)
                ]
            )
        return list(map(sum, zip(*columns, strict=True)))

    def _tried(self, asked: Criterion, programs: Sequence[Program]) -> list[Truth]:
        return _of_each(programs, asked.reads, lambda each: asked.test(each, self))

    def judged(self, program: Program, path: str) -> Weighed:
        """Every reason, and what the program doesn't say."""
        whys: list[Why] = []
        ask: list[str] = []
        for id_, asked in self._hard:
            if asked.test(program, self):
                whys.append(Why(id_, asked.key, _ASKED_BY.get(id_, ""), KNOWN))
            else:
                ask.append(id_)
        for want, asked in self._wants_of(path):
            has = asked.test(program, self)
            if has is None:
                ask.append(want.id)
            else:
                points = want.more if has else want.less
                whys.append(Why(want.id, asked.key, want.question, points))
        whys += self._beside(program, path)
        if program.wait_days is None:
            ask.append("wait")
        ask += self.needs.asks
        return Weighed(
            tuple([why for why in whys if why.points > 0]),
            tuple([why for why in whys if why.points < 0]),
            tuple(dict.fromkeys(ask)),
        )

    def _wants_of(self, path: str) -> list[tuple[Want, Criterion]]:
        return self._wants_there if path in self._stays else self._wants

    def _beside(self, program: Program, path: str) -> Iterator[Why]:
        """Reasons that need no answer: the wait, the way, and for whom it is."""
        yield from _wait(program)
        if path not in self._stays:  # who stays there goes once
            miles = self.distances.miles(program)
            yield from _way(program, miles, self.distances, from_home=bool(program.online))
        yield from self._only(program)

    def _only(self, program: Program) -> Iterator[Why]:
        wished = any(want.id == "same_gender" for want in self.needs.wants)
        if program.takes in ("women", "men") and not wished:
            yield Why("only", "takes", "", -1)

    def is_near(self, entry: Program | Meeting) -> Truth:
        """None where nobody knows how far it is."""
        miles = self.distances.miles(entry)
        if miles is None:
            return True if self.distances.same_town(entry) else None
        return miles <= CLOSE


def _wait(program: Program) -> Iterator[Why]:
    wait = program.wait_days
    if wait is not None and wait <= SOON:
        yield Why("soon", "wait_days", "", 2)
    elif wait is not None and wait > LATE:
        yield Why("late", "wait_days", "", -2)


def _way(
    entry: Program | Meeting, miles: float | None, distances: Distances, *, from_home: bool
) -> Iterator[Why]:
    """How far it is, for what one goes to and comes back from."""
    id_, points = _reach(entry, miles, distances, from_home=from_home)
    if points:
        key = "coordinates" if entry.coordinates is not None else "postal_code"
        yield Why(id_, "town" if id_ == "same_town" else key, "", points)


def _reach(
    entry: Program | Meeting, miles: float | None, distances: Distances, *, from_home: bool
) -> tuple[str, int]:
    if miles is None:
        return ("same_town", _NEAR) if distances.same_town(entry) else _NEITHER
    if miles <= CLOSE:
        return "near", _NEAR
    if miles <= REACHABLE:
        return "reachable", _REACHABLE
    return ("far", _FAR) if miles > FAR and not from_home else _NEITHER


def _sum(whys: Iterable[Why]) -> int:
    return sum([why.points for why in whys])


def _of_each(
    entries: Sequence[Entry], reads: Sequence[str], said: Callable[[Entry], Said]
) -> list[Said]:
    """What `said` gives for each, worked out once for all that hold the same under `reads`."""
    if not entries:
        return []
    fields = entries[0]._fields
    held = list(map(itemgetter(*[fields.index(key) for key in reads]), entries))
    known = {values: said(entry) for values, entry in dict(zip(held, entries, strict=True)).items()}
    return [known[values] for values in held]


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

    def points(self, meetings: Sequence[Meeting], miles: Sequence[float | None]) -> list[int]:
        """The sum of the reasons of each, without making them: a town has thousands of meetings."""
        there = [
            _reach(meeting, far, self.distances, from_home=bool(meeting.link))[1]
            for meeting, far in zip(meetings, miles, strict=True)
        ]
        if self._language or self._types:
            wished = _of_each(meetings, ("languages", "types"), self._wished)
            there = list(map(add, there, wished))
        if self._online is not None:
            online = [self._online.more if meeting.link else 0 for meeting in meetings]
            there = list(map(add, there, online))
        return there

    def _wished(self, meeting: Meeting) -> int:
        return _sum(self._spoken_and_types(meeting))

    def whys(self, meeting: Meeting, miles: float | None) -> list[Why]:
        """What speaks for it and against it. `miles`: how far it is."""
        found = list(self._spoken_and_types(meeting))
        if self._online is not None and meeting.link:
            found.append(Why("online", "link", self._online.question, self._online.more))
        found += _way(meeting, miles, self.distances, from_home=bool(meeting.link))
        return found

    def _spoken_and_types(self, meeting: Meeting) -> Iterator[Why]:
        if self._language and self._language in meeting.languages:
            yield Why("language", "languages", "", KNOWN)
        for want, types in self._types:
            if not types.isdisjoint(meeting.types):
                yield Why(want.id, "types", want.question, want.more)


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


def _key(name: str) -> Criterion:
    return Criterion(name, lambda program, _: getattr(program, name), (name,))


_PLACE: Final = ("coordinates", "postal_code", "town")

_HARD: Final[Mapping[str, Criterion]] = {
    "pregnant": _key("takes_pregnant"),
    "medication": _key("medication_welcome"),
    "language": Criterion("languages", _language, ("languages",)),
    "from_home": Criterion("online", _from_home, ("online", *_PLACE)),
}
"""Hard need -> what of a program tells whether it is met."""

_ASKED_BY: Final = {"pregnant": "health", "medication": "medication"}

_WANTED: Final[Mapping[str, Criterion]] = {
    "child_care": _key("child_care"),
    "evenings": _key("evenings"),
    "cost": Criterion("sliding_fee", _cost, ("free", "sliding_fee")),
    "dual_diagnosis": _key("dual_diagnosis"),
    "withdrawal_care": _key("withdrawal_care"),
    "housing": _key("sober_housing"),
    "medicine": Criterion("medication_on_site", _medicine, ("medication_on_site",)),
    "online": _key("online"),
    "lgbtq": _key("lgbtq"),
    "same_gender": Criterion("same_gender_groups", _same_gender, ("same_gender_groups", "takes")),
    "faith": _key("faith"),
    "secular": Criterion(
        "faith", lambda p, _: None if p.faith is None else not p.faith, ("faith",)
    ),
}

_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "child_care": frozenset({"child-care"}),
    "same_gender": frozenset({"women", "men"}),
    "lgbtq": frozenset({"lgbtq"}),
    "secular": frozenset({"secular"}),
    "dual_diagnosis": frozenset({"dual-diagnosis"}),
}
"""Wish -> the types of meetings that meet it. Types are never complete: none of them is a "no"."""
