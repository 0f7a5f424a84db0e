"""A referral letter: who is referred, to whom, and of the session only what was ticked.

Why this module exists: a program needs to know some things and has no right to others. So the
letter begins with nothing but the appointment, and each part of the note stands in it only
where the counselor picked it by name. Notes, the counselor's line and a code never do.

It must not ask, or choose anything by itself. What a law asks for at the foot of such a letter
is the agency's own text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.record_file import RecordWords
from pathfinder.pages.blocks import Heading, Text
from pathfinder.pages.sheet import Piece, Sheet
from pathfinder.sessions.model import Revision, Session
from pathfinder.sessions.note import blocks_of
from pathfinder.sessions.opening import day_in_words
from pathfinder.sessions.third_person import Reported

TITLE: Final = "Referral"
DATE: Final = "Date"
TO: Final = "To"
CONCERNING: Final = "Concerning"
BLANK: Final = "____________________"
ASKS: Final = "I would like to refer this person to you."
APPOINTMENT: Final = "Appointment"
REPORTED: Final = "What the client reports"
FROM: Final = "From"
SIGNED: Final = "Signed"
FROM_THE_NOTE: Final = {
    "alerts": "Alerts",
    "steps": "First steps, and what became of them",
    "level": "Least care that is safe",
    "judgement": "Counselor's judgement",
}


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
        day = ", ".join(filter(None, (day_in_words(agreed.date), agreed.time, agreed.place)))
        pieces.append(Text(day, label=APPOINTMENT))
    pieces += _parts(rules, told, revision, ticked)
    for name, title in FROM_THE_NOTE.items():
        if name in ticked:
            inside = [
                block
                for block in blocks_of(rules, told, session, revision, name)
                if isinstance(block, Text)
            ]
            pieces += [Heading(1, title), *inside] if inside else []
    pieces += [Heading(1, FROM), Text(revision.author or BLANK), Text(BLANK, label=SIGNED)]
    pieces += map(Text, filter(None, notice.split("\n")))
    return Sheet(TITLE, tuple(pieces), large=False)


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
