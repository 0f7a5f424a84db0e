"""What a session is made of: immutable records, its times, and whether it was stopped for safety.

Why this module exists: keeping, comparing, exporting and showing all speak of the
same session. Revisions are added, never changed; a decision stays as it was given. A time is kept
with its distance from UTC, so it is the same moment everywhere; as text it is not (in the autumn
night an hour comes twice), so nothing else cuts a time out of its text. One that can't be read
comes last, and is shown as it stands. Where an intake was stopped for safety, what the tool says
of three answers is no finding: a record, a list or a figure that shows it as one argues against
whoever kept the client safe. Version 0.1 didn't write down that it had stopped, so for its
sessions it is seen from what they hold.

It must not read files, decide anything, or know a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from pathfinder.engine.conditions import fires
from pathfinder.engine.flow import applicable, view_of
from pathfinder.engine.question import Answer, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sanitize import clean

Given = Mapping[str, Any]
"""A decision as it was given: the JSON result, with its passport."""

_BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)
_NO_TIME: Final = (ValueError, OverflowError, OSError)


class Judgement(NamedTuple):
    """The counselor's own word, beside the tool's.

    `agrees`, or another `path` or `level` with a `reason` from `choices.REASONS`. `line` is free.
    A `level` is one of the rule set's, or one of `choices.OTHER_CARE`.
    """

    agrees: bool
    path: str | None = None
    level: str | None = None
    reason: str | None = None
    line: str = ""


def judged_otherwise(judgement: Judgement | None) -> bool:
    """Whether a counselor judged otherwise than the tool. What is left open says nothing of it."""
    return judgement is not None and not judgement.agrees


class StepWord(NamedTuple):
    """What became of one first step: a `word` of `choices.STEP_WORDS`; `reason` if declined."""

    step: str
    word: str
    reason: str | None = None


class Agreed(NamedTuple):
    """What counselor and client agreed. "" is left open.

    `date` and `next_contact` are days such as 2026-12-03, `time` such as 14:30, on the clock of
    the place. `with_ranking`: the tool's own result stands behind it on the handout.
    `then`: what comes after it, such as another program.
    """

    program: str = ""
    calls: str = ""
    phone: str = ""
    date: str = ""
    time: str = ""
    place: str = ""
    bring: tuple[str, ...] = ()
    next_contact: str = ""
    with_ranking: bool = True
    then: str = ""


class Held(NamedTuple):
    """That an intake was stopped for safety: at which question, and what was done then.

    `number` is its place among those asked, 0 where nobody knows. `done`: by the ids of
    `choices.DONE`, in the counselor's words.
    """

    question: str
    number: int
    done: Mapping[str, str]


class Beside(NamedTuple):
    """What a revision holds beside answers, notes and judgement.

    `came`: at a follow-up, whether what was agreed last time came about, by the id of the first
    step or a key of `CONTACTS`, each a word of `choices.CAME`. `since`: what has been since then,
    in the counselor's words.
    """

    steps: tuple[StepWord, ...] = ()
    agreed: Agreed | None = None
    held: Held | None = None
    came: tuple[tuple[str, str], ...] = ()
    since: str = ""


NOTHING_BESIDE = Beside()
VISIT, NEXT, CONTACT = "appointment", "next_contact", "contact"
CONTACTS: Final = {
    VISIT: "appointment",
    NEXT: "next contact",
    CONTACT: "appointment or next contact",
}
"""What can have come about beside first steps. `CONTACT` is both in one, as it was asked before."""

TO: Final = " to "
"""Between two times of a day: 14:05 to 14:40."""


class Revision(NamedTuple):
    """One saving of a session. `number` counts from 1; `saved` is a time in ISO form.

    `decision` is a place in the session's `decisions`: several revisions may share one.
    `author`: what who saved it calls themselves; "" where they never said.
    """

    number: int
    saved: str
    answers: Answers
    notes: Mapping[str, str]
    judgement: Judgement | None
    decision: int
    author: str = ""
    steps: tuple[StepWord, ...] = ()
    agreed: Agreed | None = None
    held: Held | None = None
    came: tuple[tuple[str, str], ...] = ()
    since: str = ""

    @property
    def beside(self) -> Beside:
        return Beside(self.steps, self.agreed, self.held, self.came, self.since)


class Session(NamedTuple):
    """One person's session. `copy_of`: the session that this one was saved from, or "".

    `follows`: the session of an earlier day that this one followed up, or "".
    """

    id: str
    client: str
    begun: str
    copy_of: str
    revisions: tuple[Revision, ...]
    decisions: tuple[Given, ...]
    follows: str = ""

    @property
    def newest(self) -> Revision:
        return self.revisions[-1]

    def decision(self, revision: Revision) -> Given:
        return self.decisions[revision.decision]

    @property
    def given(self) -> Given:
        """What the tool said last."""
        return self.decision(self.newest)


class Draft(NamedTuple):
    """An unfinished session. `base`: the number of the revision that it goes on from; 0 is none.

    `passport` is that of the rules under which the answers were given, if there are any.
    `turn`: a mark that is new with each writing, so that a window can tell whether the file is
    still the one that it wrote; "" is none yet. `follows` is that of the session.
    """

    id: str
    client: str
    begun: str
    saved: str
    base: int
    passport: Mapping[str, str]
    answers: Answers
    notes: Mapping[str, str]
    turn: str = ""
    follows: str = ""


def step_titles(rules: RuleSet, names: Mapping[str, str]) -> Mapping[str, str]:
    """What a word about a first step tells of: its title, or as much of it as its name in `names`.

    Of "Medication for opioid use, and naloxone against overdose" the name is the first half: that
    the medication is agreed or begun doesn't say that anybody has naloxone.
    """
    return {**{step.id: step.title for step in rules.steps}, **half_titles(rules, names)}


def half_titles(rules: RuleSet, names: Mapping[str, str]) -> Mapping[str, str]:
    """Of `step_titles` those that are less than a title; a whole one is the person's own."""
    titles = {step.id: step.title for step in rules.steps}
    halves = {id_: title[: len(names.get(id_, title))] for id_, title in titles.items()}
    return {
        id_: half
        for id_, half in halves.items()
        if half.casefold() == names.get(id_, "").casefold() and half != titles[id_]
    }


def held_of(session: Session, revision: Revision | None = None) -> Held | None:
    """That a revision (the newest by default) was stopped for safety, or None."""
    taken = session.newest if revision is None else revision
    if taken.held is not None:
        return taken.held
    given = session.decision(taken)
    if taken.judgement is None and stopped_before_the_end(given, taken.answers):
        return Held("", 0, {})
    return None


def held_now(rules: RuleSet, answers: Answers) -> Held:
    """Where an interview was stopped that ends with these answers."""
    view = view_of(rules, answers)
    holding = {alert.id for alert in rules.alerts if alert.hold}
    called = {
        leaf.question
        for rule in rules.alert_rules
        if rule.alert in holding and fires(rule.when, rule.unless, view) is True
        for leaf in rule.when.leaves()
        if leaf.holds(view) is True
    }
    places = [
        (place, question.id)
        for place, question in enumerate(applicable(rules, answers), start=1)
        if question.id in called
    ]
    number, question = max(places, default=(0, ""))
    return Held(question, number, {})


def stopped_before_the_end(given: Given, answers: Mapping[str, Answer]) -> bool:
    """Whether a danger was told, and questions that bear on the paths never came up.

    Who goes on after an alert answers each question, if only with "not sure".
    """
    if given.get("hold") is not True:
        return False
    open_ = (reason for entry in given["ranked"] for reason in entry.get("unknown", ()))
    return any(reason.get("question") not in answers for reason in open_)


def instant(kept: str) -> datetime:
    """When that was, to be put in order; before everything where it can't be read.

    One without a distance from UTC is taken to be of the reader's zone.
    """
    return _on_the_readers_clock(kept) or _BEFORE_ALL


def day(kept: str) -> date | None:
    """The day on the reader's clock."""
    when = _on_the_readers_clock(kept)
    return when.date() if when is not None else None


def day_or_text(kept: str) -> str:
    """The day; what stands there, such as a year alone, where it can't be read as one."""
    return str(day(kept) or clean(kept[:10]))


def day_in_words(text: str) -> str:
    """A day as people say it: Thursday, 3 December 2026."""
    try:
        day = date.fromisoformat(text)
    except ValueError:  # a file from elsewhere may hold anything
        return clean(text)
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def clock_in_words(text: str) -> str:
    """A time of the day on both clocks, so that nobody takes it for another: 14:30 (2:30 pm)."""
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):  # a file from elsewhere may hold anything
        return clean(text)
    half = "am" if int(hour) < 12 else "pm"
    return f"{text} ({int(hour) % 12 or 12}:{minute} {half})"


def time(kept: str) -> str:
    """Day and time on the reader's clock, with its zone: `2026-11-22 11:17 +01:00`."""
    when = _on_the_readers_clock(kept)
    return clean(kept) if when is None else f"{_minute(when)} {_zone(when)}"


def short_time(kept: str) -> str:
    """As `time`, and the zone only where the time alone would mislead.

    That is where the clock shows it twice, and where it was saved by another zone's clock.
    """
    when = _on_the_readers_clock(kept)
    if when is None:
        return clean(kept[:16])
    there = datetime.fromisoformat(kept).utcoffset()
    misleads = _comes_twice(when) or there not in (None, when.utcoffset())
    return f"{_minute(when)} {_zone(when)}" if misleads else _minute(when)


def _on_the_readers_clock(kept: str) -> datetime | None:
    try:
        return datetime.fromisoformat(kept).astimezone()
    except _NO_TIME:
        return None


def _comes_twice(when: datetime) -> bool:
    local = when.replace(tzinfo=None)
    try:
        offsets = {local.replace(fold=fold).astimezone().utcoffset() for fold in (0, 1)}
    except _NO_TIME:
        return False
    return len(offsets) > 1


def _minute(when: datetime) -> str:
    return when.isoformat(" ", "minutes")[:16]


def _zone(when: datetime) -> str:
    return f"{when:%z}"[:3] + ":" + f"{when:%z}"[3:5]
