"""Programs for a person as JSON: what `"programs"` holds in a result (docs/result.schema.json).

Why this module exists: other programs show the list their own way, and need each reason with the
key and the question it rests on, not only the sentence.

It must not leave out why a program stands where it does, or add what the schema doesn't name.
"""

from __future__ import annotations

from typing import Any, Final

from pathfinder.pages.programs import questions, said_against, said_for
from pathfinder.programs.judging import Why
from pathfinder.programs.matching import Match, MeetingMatch, NamedPrograms

MOST: Final = 50
"""Programs and meetings that a result holds; `left` says how many more there are."""


def programs_data(found: NamedPrograms) -> dict[str, Any]:
    """Everything about the programs of a decision, as plain data."""
    matches, listed, asked = found.matches, found.listed, found.asked
    return {
        "list": {"title": listed.title, "kept_by": listed.kept_by, "sha256": listed.sha256},
        "asked": {
            "language": asked.language or None,
            "near": asked.near or None,
            "from_home": asked.from_home,
        },
        "paths": list(matches.paths),
        "fit": [_match(found, each) for each in matches.fit[:MOST]],
        "left": max(0, len(matches.fit) - MOST),
        "instead": matches.instead,
        "fit_instead": [_match(found, each) for each in matches.fit_instead[:MOST]],
        "lacking": [
            {"id": program.id, "name": program.name, "needs": list(lacks)}
            for program, lacks in matches.lacking[:MOST]
        ],
        "meetings": [_meeting(each) for each in matches.meetings[:MOST]],
    }


def _match(found: NamedPrograms, each: Match) -> dict[str, Any]:
    program, judged = each.program, found.judged(each)
    return {
        "id": program.id,
        "name": program.name,
        "path": each.path,
        "phone": program.phone,
        "text_line": program.text_line,
        "web": program.web,
        "address": program.address,
        "town": program.town,
        "start": list(program.start),
        "wait_days": program.wait_days,
        "miles": _rounded(each.miles),
        "points": each.points,
        "for": [_why(why, said_for(found, program, why, each.miles)) for why in judged.for_],
        "against": [
            _why(why, said_against(found, program, why, each.miles)) for why in judged.against
        ],
        "ask": [
            {"id": id_, "text": text}
            for id_, text in zip(judged.ask, questions(found, judged), strict=True)
        ],
        "notes": program.notes,
        "last_called": program.last_called or None,
        "old": each.old,
    }


def _why(why: Why, text: str) -> dict[str, Any]:
    question = why.question or None
    return {"id": why.id, "key": why.key, "question": question, "points": why.points, "text": text}


def _meeting(each: MeetingMatch) -> dict[str, Any]:
    meeting = each.meeting
    return {
        "id": meeting.id,
        "name": meeting.name,
        "path": each.path,
        "days": list(meeting.days),
        "time": meeting.time,
        "ends": meeting.ends or None,
        "fellowship": meeting.fellowship,
        "place": meeting.place,
        "address": meeting.address,
        "town": meeting.town,
        "link": meeting.link,
        "phone": meeting.phone,
        "open": meeting.open,
        "languages": list(meeting.languages),
        "miles": _rounded(each.miles),
        "points": each.points,
        "seen_on": meeting.seen_on or None,
        "old": each.old,
    }


def _rounded(miles: float | None) -> float | None:
    return None if miles is None else round(miles, 1)
