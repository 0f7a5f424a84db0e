"""Programs and meetings in words: on the answer, behind it, on paper, and for a record.

Why this module exists: a name and a number are said in one way, wherever they stand, with the day
on which somebody last made sure of them.

It must not choose or rank: `programs/` did. It knows no screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import HelpLine, RuleSet
from pathfinder.pages import answer_messages as words
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.how_much_care import step_too_little
from pathfinder.pages.phrases import help_comes_first, listed, name_and_number
from pathfinder.programs.judging import Weighed, Why
from pathfinder.programs.matching import Match, MeetingMatch, NamedPrograms
from pathfinder.programs.model import LANGUAGES, Meeting, Program
from pathfinder.programs.places import KILOMETERS
from pathfinder.sanitize import excerpt

NAMED: Final = 3
"""So many stand on the first screen and on paper."""

MOST: Final = 12
"""So many stand on the page behind the answer."""


class WhomToCall(NamedTuple):
    """Whom to call: `reach` as a person reads it, `dial` as a phone takes it (may be empty).

    `beware`: how old the entry is where that matters, and whether to ask for the language; else "".
    """

    name: str
    reach: str
    dial: str
    beware: str

    def in_a_line(self) -> str:
        """Name, number, and the warning, as in "Lantern, 555-0101 (not checked yet)"."""
        return f"{self.name}, {self.reach}" + (f" ({self.beware})" if self.beware else "")


class ToCall(NamedTuple):
    """What the answer says of programs: `lead` before the names, `after` behind them."""

    lead: str
    names: tuple[str, ...]
    after: str


def contacts(found: NamedPrograms, most: int = NAMED) -> tuple[WhomToCall, ...]:
    """The first programs for this person: for a note, a letter or a page. Empty where none fits."""
    return tuple(_contact(found, each) for each in found.matches.fit[:most])


def to_call(rules: RuleSet, decision: Decision, found: NamedPrograms) -> ToCall:
    """For the first screen: up to three names with their numbers, or what to do without any."""
    matches = found.matches
    if matches.fit:
        names = tuple(each.in_a_line() for each in contacts(found))
        return ToCall(words.CALL_ONE_OF if len(names) > 1 else words.CALL_ONE, names, "")
    own = [each for each in matches.meetings if each.path in matches.paths]
    if own:
        return ToCall(
            words.GO_TO, tuple(_meeting_in_a_line(found, each) for each in own[:NAMED]), ""
        )
    more = _finds_more(decision)
    if not matches.fit_instead:
        return ToCall(words.NOTHING_AT_ALL, (), more)
    if help_comes_first(rules, decision):  # no lesser path is named before that
        return ToCall(words.NOTHING_FITS, (), more)
    assert matches.instead is not None
    path = rules.path_by_id[matches.instead].in_a_row
    names = tuple(_contact(found, each).in_a_line() for each in matches.fit_instead[:NAMED])
    return ToCall(f"{words.NOTHING_FITS} {words.for_path(path)}", names, more)


def _finds_more(decision: Decision) -> str:
    line = next((each for each in decision.help_lines if "drugs" in each.kinds), None)
    return "" if line is None else words.finds_more(_short(line))


def _short(line: HelpLine) -> str:
    return name_and_number(line._replace(name=line.name.split(",")[0]))


# --- the page behind the answer -----------------------------------------------------------


def programs_page(
    rules: RuleSet, decision: Decision, found: NamedPrograms, most: int = MOST
) -> Iterator[Block]:
    """Programs in order, each with why and what to ask; then meetings."""
    matches, listed_ = found.matches, found.listed
    yield Heading(1, messages.PROGRAMS)
    if listed_.title or listed_.kept_by:
        yield Text(words.kept_by(listed_.title, listed_.kept_by))
    yield Text(words.ONLY_WHAT_IS_LISTED)
    if sought := _sought(found):
        yield Text(sought)
    shown = matches.fit
    own = [each for each in matches.meetings if each.path in matches.paths]
    if not shown and not own:
        shown = () if help_comes_first(rules, decision) else matches.fit_instead
        told = to_call(rules, decision, found)
        yield Text(" ".join(filter(None, (told.lead, told.after))), role="strong")
        if shown and _less_than_safe(rules, decision, shown[0].path):
            yield Text(step_too_little(rules, decision, shown[0].path, words.KEEP_ASKING))
    for place, each in enumerate(shown[:most], 1):
        yield from _one(rules, found, place, each)
    if len(shown) > most:
        yield Text(words.and_more(len(shown) - most))
    if matches.meetings:
        yield Heading(1, messages.MEETINGS)
        for meeting in matches.meetings[:most]:
            yield Bullet(_meeting_words(found, meeting), label=meeting.meeting.name)
        if len(matches.meetings) > most:
            yield Text(words.and_more(len(matches.meetings) - most))


def _sought(found: NamedPrograms) -> str:
    """What they were looked for with, so that nobody wonders where another one is."""
    asked = found.asked
    sought = [words.in_language(_language(found))] if asked.language else []
    sought += [words.near(asked.near)] if asked.near else []
    sought += [words.FROM_HOME] if asked.from_home else []
    if not sought:
        return ""
    unplaced = bool(asked.near) and not found.placed
    return words.looked_for(listed(sought)) + (f" {words.NOT_PLACED}" if unplaced else "")


def _less_than_safe(rules: RuleSet, decision: Decision, path: str) -> bool:
    rank = rules.level_rank
    level = rules.path_by_id[path].level
    return decision.safe_level is not None and rank[level] < rank[decision.safe_level]


def left_out(found: NamedPrograms) -> Iterator[Block]:
    """Programs for the path that are known not to meet a need, for who looks after the list."""
    if found.matches.lacking:
        yield Heading(1, words.NOT_SHOWN)
    for program, lacks in found.matches.lacking:
        yield Bullet(f"{listed([words.LACKS[each] for each in lacks])}.", label=program.name)


def _one(rules: RuleSet, found: NamedPrograms, place: int, each: Match) -> Iterator[Block]:
    program, judged = each.program, found.judged(each)
    yield Heading(2, f"{place}. {program.name}")
    yield Text(f"{_reach(program)}.", label=words.REACH)
    if where := _where(program):
        yield Text(f"{where}.", label=words.WHERE)
    if when := _when(program):
        yield Text(f"{when}.", label=words.WHEN)
    offers = [rules.path_by_id[path].in_a_row for path in program.paths]
    yield Text(f"{listed(offers)}.", label=words.OFFERS)
    for why in judged.for_:
        yield Bullet(said_for(found, program, why, each.miles), "plus")
    for why in judged.against:
        yield Bullet(said_against(found, program, why, each.miles), "minus")
    if judged.ask:
        yield Text(" ".join(questions(found, judged)), label=words.ASK)
    if program.insurance:
        takes = listed([words.INSURANCES[kind] for kind in program.insurance])
        yield Text(f"{takes}.", label=words.INSURANCE)
    if program.notes:
        yield Text(program.notes, label=words.NOTES)
    if each.old:
        day = program.last_called
        yield Text(words.last_called(day) if day else words.NOT_CALLED)


def questions(found: NamedPrograms, judged: Weighed) -> list[str]:
    """What to ask on the phone."""
    return [
        words.ask_for_language(_language(found)) if each == "language" else words.QUESTIONS[each]
        for each in judged.ask
    ]


def said_for(found: NamedPrograms, program: Program, why: Why, miles: float | None) -> str:
    """A reason that puts a program further up, in a sentence."""
    match why.id:
        case "language":
            return words.language_is(_language(found))
        case "cost" if program.free:
            return words.SPEAKS_FOR["free"]
        case "medicine":
            wanted = [m for m in program.medication_on_site if m in found.matches.needs.medicines]
            return words.medicines_are(listed(wanted))
        case "same_gender" if program.takes in ("women", "men"):
            return words.only(program.takes)
        case _:
            return _said_beside(found, program, why, miles) or words.SPEAKS_FOR[why.id]


def said_against(found: NamedPrograms, program: Program, why: Why, miles: float | None) -> str:
    return _said_beside(found, program, why, miles) or words.SPEAKS_AGAINST[why.id]


def _said_beside(found: NamedPrograms, program: Program, why: Why, miles: float | None) -> str:
    """Reasons that are facts of the entry alone."""
    if why.id in ("soon", "late"):
        return words.wait(program.wait_days or 0)
    if why.id in ("near", "reachable", "far") and miles is not None:
        return words.away(distance(miles, found.listed.units), found.asked.near)
    if why.id == "same_town":
        return words.in_town(program.town)
    return words.only(program.takes) if why.id == "only" else ""


def _language(found: NamedPrograms) -> str:
    code = found.matches.needs.language
    return LANGUAGES.get(code, code)


def distance(miles: float, units: str) -> str:
    """As people say it: "under a mile", "4 miles", "7 km"."""
    if units == "kilometers":
        return "under 1 km" if miles * KILOMETERS < 1 else f"{miles * KILOMETERS:.0f} km"
    return "under a mile" if miles < 1 else "1 mile" if miles < 1.5 else f"{miles:.0f} miles"


# --- one entry --------------------------------------------------------------------------


def _contact(found: NamedPrograms, each: Match) -> WhomToCall:
    program = each.program
    short = program.phone or _reach(program)
    beware = _beware(found, program, program.last_called if each.old else None)
    return WhomToCall(excerpt(program.name), excerpt(short), dial(program.phone), beware)


def _silent(found: NamedPrograms, entry: Program | Meeting) -> bool:
    """Whether going there may fail since nobody knows if the person's language is spoken there."""
    return bool(found.asked.language) and not entry.languages


_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


_EXTENSION: Final = re.compile(r",|\bext|\s+x\s*[0-9]", re.IGNORECASE)


def dial(phone: str) -> str:
    """A number as a phone takes it: "1-800-RECOVER" is 18007326837. An extension isn't dialed."""
    number = _EXTENSION.split(phone, maxsplit=1)[0].upper().translate(_KEYPAD)
    figures = "".join(sign for sign in number if sign.isdigit())
    return f"+{figures}" if number.lstrip().startswith("+") else figures


def _reach(program: Program) -> str:
    """Every way to reach it, a number first."""
    ways = [each for each in (program.phone, program.text_line, program.web) if each]
    if not ways and "walk_in" in program.start:
        ways = [f"walk in: {', '.join(filter(None, (program.address, program.town)))}"]
    elif ways and program.start:
        ways.append(words.to_start(" or ".join(words.STARTS[each] for each in program.start)))
    return "; ".join(ways) or words.BY_REFERRAL


def _where(entry: Program | Meeting) -> str:
    return ", ".join(filter(None, (entry.address, entry.town, entry.postal_code)))


def _when(program: Program) -> str:
    days = listed([words.DAYS[day] for day in program.days])
    return "; ".join(filter(None, (program.hours, days)))


def _beware(found: NamedPrograms, entry: Program | Meeting, old: str | None) -> str:
    """What to be ready for: the language, and an entry that nobody has made sure of since `old`."""
    warnings = [words.ask_about(_language(found))] if _silent(found, entry) else []
    return "; ".join([*warnings, *([] if old is None else [words.on_the_screen(old)])])


def _meeting_in_a_line(found: NamedPrograms, each: MeetingMatch) -> str:
    meeting = each.meeting
    beware = _beware(found, meeting, meeting.seen_on if each.old else None)
    told = f" ({beware})" if beware else ""
    place = excerpt(meeting.place or meeting.address or meeting.link or meeting.phone)
    return f"{excerpt(meeting.name)}, {_days(meeting)} {meeting.time}, {place}{told}"


def _days(meeting: Meeting) -> str:
    return listed([words.DAYS[day] for day in meeting.days])


def _meeting_words(found: NamedPrograms, each: MeetingMatch) -> str:
    meeting = each.meeting
    ends = f" to {meeting.ends}" if meeting.ends else ""
    facts: list[str] = [f"{_days(meeting)}, {meeting.time}{ends}", meeting.fellowship]
    facts += [meeting.place, _where(meeting), meeting.link, meeting.phone]
    if each.miles is not None:
        facts.append(distance(each.miles, found.listed.units))
    if meeting.open is not None:
        facts.append("everyone may come" if meeting.open else "for people with the problem alone")
    if meeting.languages:
        facts.append(listed([LANGUAGES.get(code, code) for code in meeting.languages]))
    facts.append(_beware(found, meeting, meeting.seen_on if each.old else None))
    told = "; ".join(filter(None, facts))
    return f"{told}. {meeting.notes}".strip()
