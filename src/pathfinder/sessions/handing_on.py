"""What leaves with a client: the sheet's opening, a referral letter, an appointment for a phone.

Why this module exists: each is read by somebody else than who wrote the chart.
- A sheet that puts the tool's path first argues against the counselor in the client's own
  kitchen. So what the two agreed stands on top; the tool's result stands behind it, in one kind
  sentence where it differs, or is left out, as the counselor chose.
- A program needs to know some things and has no right to others. So the letter begins with
  nothing but the appointment, and each part of the note stands in it only where the counselor
  picked it by name.
- A phone lies on tables and shows what comes next to whoever looks. So the entry of the calendar
  (iCalendar, RFC 5545) is called "Appointment", and neither the program, a code, anything a client
  said nor what to bring, which may be a medicine, stands in it, unless the counselor asks for the
  program's name. Its form is the work
  of icalendar: signs are escaped there, so no text can add an entry of its own.

It must not ask, or choose anything by itself, and it must not tell a note, the counselor's line,
a code, or what was done in a danger: these are for the chart. What a law asks for at the foot of
a letter is the agency's own text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError
from pathfinder.loader.record_file import RecordWords
from pathfinder.pages.blocks import Heading, Text
from pathfinder.pages.discreet_words import says_too_much
from pathfinder.pages.phrases import level_words, sentence
from pathfinder.pages.sheet import Call, Calls, Opening, Piece, Sheet, StepSaid
from pathfinder.sanitize import clean
from pathfinder.sessions.choices import OTHER_CARE, check_clock, check_day
from pathfinder.sessions.compare import top
from pathfinder.sessions.model import (
    Agreed,
    Judgement,
    Revision,
    Session,
    clock_in_words,
    day_in_words,
    half_titles,
    held_of,
    judged_otherwise,
)
from pathfinder.sessions.note import blocks_of
from pathfinder.sessions.third_person import Reported

AGREED: Final = "What we agreed"
SUGGESTED: Final = "What your counselor suggests"
WHERE: Final = "Where you go"
WHERE_FOR_IT: Final = "Where you go for this"
WHO_CALLS: Final = "Who calls"
CALL: Final = "Number"
WHEN: Final = "Your appointment"
PLACE: Final = "Place"
BRING: Final = "To bring"
THEN: Final = "After this program"
NEXT: Final = "We are in touch again"

LETTER_TITLE: Final = "Referral"
DATE: Final = "Date"
TO: Final = "To"
CONCERNING: Final = "Concerning"
BLANK: Final = "____________________"
ASKS: Final = "I would like to refer this person to you."
TOOL_NAMED: Final = (
    "This was asked with Pathfinder, a questionnaire run on this agency's own computer. "
    'Where it says "the tool" below, Pathfinder is meant.'
)
APPOINTMENT: Final = "Appointment"
REPORTED: Final = "What the client reports"
FROM: Final = "From"
SIGNED: Final = "Signed"
FROM_THE_NOTE: Final = {
    "alerts": "Alerts",
    "steps": "First steps, and what became of them",
    "level": "Level of care by the tool, at least",
    "judgement": "Counselor's judgement",
}

LASTS: Final = timedelta(hours=1)
"""Nobody is asked for the end of an appointment, and without one it is no time at all (RFC 5545):
a phone then shows a line without height, or nothing."""
ENTRY_TITLE: Final = "Appointment"
ENTRY_CALL: Final = "Call:"
_MADE_BY: Final = "-//Pathfinder//sessions calendar//EN"


def opening(
    rules: RuleSet, told: RecordWords, session: Session, revision: Revision, notice: str = ""
) -> Opening:
    """What opens the sheet of a revision; nothing where nothing was agreed or judged otherwise.

    What was agreed leads, so what would argue with it falls away: moves that only arrange what is
    arranged, and those of a path that wasn't chosen. What keeps somebody safe always stays.
    """
    agreed, judgement = revision.agreed, revision.judgement
    given = session.decision(revision)
    held = held_of(session, revision) is not None
    with_ranking = not held and (agreed is None or agreed.with_ranking)
    first = top(given)
    otherwise = judged_otherwise(judgement)
    judged = (judgement.path if otherwise else first) if judgement is not None else None
    sees_it_too = judgement is not None and judgement.agrees and judgement.level is None
    by_name = sees_it_too and agreed is not None and not with_ranking and first
    known = rules.path_by_id.get(by_name or "")
    care = known.name if known else _care(rules, judgement)
    pieces = tuple(_pieces(agreed, care, discreet=False))
    quiet = tuple(_pieces(agreed, "", discreet=True))
    planned = agreed is not None and bool(agreed.program or agreed.date)
    booked = agreed is not None and bool(agreed.date)
    steps = {
        each.step: StepSaid(each.word, each.reason == "clients-choice") for each in revision.steps
    }
    names = {
        id_: each for id_, each in half_titles(rules, told.first_steps).items() if id_ in steps
    }
    warns = {move.text for step in rules.steps for move in step.moves if move.warns}
    out = {
        move
        for id_, arranging in told.arranging.items()
        if id_ in steps and _is_arranged(steps[id_].word, booked and arranging.by_visit)
        for move in arranging.moves
        if move not in warns or steps[id_].word == "done"
    }
    if (
        first is not None
        and first in rules.path_by_id
        and (booked or otherwise or not with_ranking)
    ):
        out |= {move.text for move in rules.path_by_id[first].first_moves}
    standing = {step["id"] for step in given["first"]}
    still = standing - {id_ for id_, said in steps.items() if said.word == "done"}
    return Opening(
        pieces, quiet, with_ranking, notice, otherwise, judged or "",
        judgement is not None or not planned, steps, booked, frozenset(out),
        tuple((each.move, each.tell) for each in told.in_person if still & {*each.steps}),
        names,
    )  # fmt: skip


def _is_arranged(word: str, visit: bool) -> bool:
    return word in ("done", "declined") or (word == "agreed" and visit)


def _pieces(agreed: Agreed | None, care: str, *, discreet: bool) -> Iterator[Piece]:
    """`care`: what the counselor suggests, which what was agreed is for."""
    if care:
        yield Heading(1, SUGGESTED)
        yield Text(sentence(care), role="strong")
    if agreed is None:
        return
    yield Heading(1, AGREED)
    for label, text in (
        (WHERE_FOR_IT if care else WHERE, "" if _same(agreed.program, care) else agreed.program),
        (WHO_CALLS, agreed.calls),
        (WHEN, _as_said(agreed)),
        (PLACE, agreed.place),
    ):
        if text and not (discreet and says_too_much(text)):
            yield Text(text, label=label)
    if agreed.phone:
        dial = "".join(sign for sign in agreed.phone if sign.isdigit() or sign == "+")
        plain = not any(sign.isalpha() for sign in agreed.phone)
        yield Calls((Call(CALL, agreed.phone, dial if plain else ""),))
    bring = tuple(each for each in agreed.bring if not (discreet and says_too_much(each)))
    if bring:
        yield Text("; ".join(bring), label=BRING)
    if agreed.then and not (discreet and says_too_much(agreed.then)):
        yield Text(agreed.then, label=THEN)
    if agreed.next_contact:
        yield Text(day_in_words(agreed.next_contact), label=NEXT)


def _same(program: str, care: str) -> bool:
    """Whether what was agreed only names the care again."""
    return program.strip(" .").casefold() == care.casefold()


def _when(agreed: Agreed) -> str:
    if not agreed.date:
        return ""
    clock = clock_in_words(agreed.time) if agreed.time else ""
    return ", ".join(filter(None, (day_in_words(agreed.date), clock)))


def _as_said(agreed: Agreed) -> str:
    """The appointment as people say it, on one clock: a sheet is read by a worried eye."""
    clock = clock_in_words(agreed.time).partition("(")[2].rstrip(")") or agreed.time
    return " at ".join(filter(None, (_when(agreed._replace(time="")), clean(clock))))


def _care(rules: RuleSet, judgement: Judgement | None) -> str:
    """What a counselor judged otherwise, or a level agreed with, in the words of the rules."""
    if judgement is None or (judgement.agrees and judgement.level is None):
        return ""
    path, level = judgement.path, judgement.level
    if path is not None:
        known = rules.path_by_id.get(path)
        return known.name if known else path
    if level is None:
        return ""
    if level in OTHER_CARE:
        return OTHER_CARE[level]
    return level_words(rules, level) if level in rules.level_rank else level


def choices(told: RecordWords) -> Mapping[str, str]:
    """What can be ticked: id -> its words, parts of the note first."""
    return {**{part.id: part.title for part in told.parts}, **FROM_THE_NOTE}


def letter(
    rules: RuleSet,
    told: RecordWords,
    session: Session,
    revision: Revision,
    ticked: Collection[str],
    *,
    today: str,
    notice: str = "",
    reached: str = "",
) -> Sheet:
    """The letter. `ticked`: ids of `choices`; `today` is printed as it is given.

    `reached`: where the program that was agreed on is reached, from the agency's own list.
    """
    agreed = revision.agreed
    pieces: list[Piece] = [
        Text(today, label=DATE),
        Text((agreed.program if agreed else "") or BLANK, label=TO),
        *([Text(reached)] if reached else []),
        Text(BLANK, label=CONCERNING),
        Text(ASKS),
    ]
    if agreed is not None and agreed.date:
        visit = ", ".join(filter(None, (_when(agreed), agreed.place)))
        pieces.append(Text(visit, label=APPOINTMENT))
    parts: list[Piece] = [*_parts(rules, told, revision, ticked)]
    for name, title in FROM_THE_NOTE.items():
        if name in ticked:
            inside = [
                block
                for block in blocks_of(rules, told, session, revision, name)
                if isinstance(block, Text)
            ]
            parts += [Heading(1, title), *inside] if inside else []
    pieces += [Text(TOOL_NAMED), *parts] if parts else []  # who reads it doesn't know of it
    pieces += [Heading(1, FROM), Text(revision.author or BLANK), Text(BLANK, label=SIGNED)]
    pieces += map(Text, filter(None, notice.split("\n")))
    return Sheet(LETTER_TITLE, tuple(pieces), large=False)


def _parts(
    rules: RuleSet, told: RecordWords, revision: Revision, ticked: Collection[str]
) -> Iterator[Piece]:
    parts = [
        (part.title, text)
        for part, text in Reported(rules, told, revision.answers).parts()
        if part.id in ticked
    ]
    if parts:
        yield Heading(1, REPORTED)
        for title, text in parts:
            yield Text(text, label=title)


def calendar(
    agreed: Agreed | None,
    now: datetime,
    *,
    zone: ZoneInfo | None = None,
    name_program: bool = False,
) -> bytes:
    """The appointment. Raises PathfinderError where there is none, or its day is no day.

    `zone`: of the place. Calendars on the web take a time without one to be of some other zone,
    so it is named, and told whole. Without one the time is that of the clock wherever the phone is.
    """
    if agreed is None or not agreed.date:
        raise PathfinderError(
            "No appointment is written down with this session. Do it first: pathfinder sessions "
            "agree SESSION"
        )
    from icalendar import Calendar, Event  # only this needs it

    day = date.fromisoformat(check_day(agreed.date))
    event = Event()
    event.add("uid", str(uuid4()))  # nothing of the session's id
    event.add("dtstamp", now.astimezone(UTC))
    if check_clock(agreed.time):
        hour, minute = map(int, check_clock(agreed.time).split(":"))
        begins = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        event.add("dtstart", begins)
        event.add("dtend", begins + LASTS)
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    named = name_program and agreed.program
    event.add("summary", f"{ENTRY_TITLE}: {agreed.program}" if named else ENTRY_TITLE)
    if agreed.place:
        event.add("location", agreed.place)
    if agreed.phone:
        event.add("description", f"{ENTRY_CALL} {agreed.phone}")
    event.add("class", "PRIVATE")
    whole = Calendar()
    whole.add("prodid", _MADE_BY)
    whole.add("version", "2.0")
    whole.add_component(event)
    if zone is not None:
        whole.add_missing_timezones(date(day.year, 1, 1), date(day.year + 1, 12, 31))
    data: bytes = whole.to_ical()
    return data


def entry_holds(agreed: Agreed, *, name_program: bool) -> str:
    """What stands in the entry, and what doesn't, for who hands it on."""
    told = {
        "program": name_program and agreed.program,
        "place": agreed.place,
        "phone": agreed.phone,
    }
    parts = ["day", *(["time"] if agreed.time else []), *(key for key in told if told[key])]
    left = [*(["the program"] if not told["program"] else []), "what to bring"]
    return f"It holds: {', '.join(parts)}. Not in it: {', '.join(left)}, anything of the client."


def entry_told(agreed: Agreed, zone: ZoneInfo | None) -> str:
    """What the entry says of the time, for who hands it on to look over."""
    if not agreed.time:
        return f"The entry: {day_in_words(agreed.date)}, the whole day."
    ends = (datetime.fromisoformat(f"{agreed.date}T{agreed.time}") + LASTS).strftime("%H:%M")
    clock = (
        "by the clock of wherever the phone is, as this computer names no time zone"
        if zone is None
        else f"by the clock of {zone.key}, as this computer has it"
    )
    return (
        f"The entry: {_when(agreed)} to {clock_in_words(ends)}, {clock}. "
        "No end is asked for, so it lasts an hour."
    )
