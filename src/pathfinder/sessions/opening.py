"""What was agreed, as it opens the sheet that a client takes home.

Why this module exists: a sheet that puts the tool's path first argues against the counselor in
the client's own kitchen. So what the two agreed stands on top; the tool's result stands behind
it, with a kind word where it differs, or is left out, as the counselor chose.

It must not tell a reason, the counselor's line, a note, or what was done in a danger: these are
for the chart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Heading, Text
from pathfinder.pages.phrases import level_words
from pathfinder.pages.sheet import Call, Calls, Opening, Piece, says_too_much
from pathfinder.sanitize import clean
from pathfinder.sessions.compare import top
from pathfinder.sessions.held import held_of
from pathfinder.sessions.model import Agreed, Judgement, Revision, Session
from pathfinder.sessions.validate import OTHER_CARE

AGREED: Final = "What we agreed"
SUGGESTED: Final = "What your counselor suggests"
WHERE: Final = "Where you go"
WHO_CALLS: Final = "Who calls"
CALL: Final = "Number"
WHEN: Final = "Your appointment"
PLACE: Final = "Place"
BRING: Final = "To bring"
NEXT: Final = "We are in touch again"
DIFFERS: Final = (
    "Pathfinder's questions put another path first; you see it below. What you agreed looks at "
    "more than these questions can. You can ask your counselor about both."
)


def opening(rules: RuleSet, session: Session, revision: Revision, notice: str = "") -> Opening:
    """What opens the sheet of a revision; nothing where nothing was agreed or judged otherwise."""
    agreed, judgement = revision.agreed, revision.judgement
    held = held_of(session, revision) is not None
    with_ranking = not held and (agreed is None or agreed.with_ranking)
    pieces = tuple(_pieces(rules, agreed, judgement, discreet=False))
    quiet = tuple(_pieces(rules, agreed, judgement, discreet=True))
    first = top(session.decision(revision))
    otherwise = judgement is not None and not judgement.agrees
    differs = with_ranking and first is not None and otherwise and bool(pieces)
    if differs:
        pieces, quiet = (*pieces, Text(DIFFERS)), (*quiet, Text(DIFFERS))
    return Opening(pieces, quiet, with_ranking, notice, differs)


def day_in_words(text: str) -> str:
    """A day as people say it: Thursday, 3 December 2026."""
    try:
        day = date.fromisoformat(text)
    except ValueError:  # a file from elsewhere may hold anything
        return clean(text)
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def _pieces(
    rules: RuleSet, agreed: Agreed | None, judgement: Judgement | None, *, discreet: bool
) -> Iterator[Piece]:
    care = _care(rules, judgement)
    if agreed is None:
        if care and not discreet:
            yield Heading(1, SUGGESTED)
            yield Text(care, role="strong")
        return
    yield Heading(1, AGREED)
    for label, text in (
        (WHERE, agreed.program or care),
        (WHO_CALLS, agreed.calls),
        (WHEN, _when(agreed)),
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
    if agreed.next_contact:
        yield Text(day_in_words(agreed.next_contact), label=NEXT)


def _when(agreed: Agreed) -> str:
    if not agreed.date:
        return ""
    return ", ".join(filter(None, (day_in_words(agreed.date), agreed.time)))


def _care(rules: RuleSet, judgement: Judgement | None) -> str:
    """What a counselor judged otherwise, in the words that the rules have for it."""
    if judgement is None or judgement.agrees:
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
