"""What a counselor may choose and write: reasons, other care, what became of steps; codes, notes.

Why this module exists: a session must never be filed under a person's name, and the
reasons are a fixed list, so that an agency can count them. And a window can't see that another
one writes the same draft, or that the session was forgotten there: each writing leaves a mark
(`Draft.turn`); who finds another mark than their own writes nothing in its place.

It must not ask or store anything. What looks into the vault, all but `need_newest`, is asked
under the lock.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from typing import Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite, PathfinderError
from pathfinder.sanitize import clean, quoted
from pathfinder.sessions.index import session_or_none, turn_of
from pathfinder.sessions.model import TO, Agreed, Draft, Judgement, StepWord, day_in_words
from pathfinder.suggest import did_you_mean
from pathfinder.vault import Vault, Writer
from pathfinder.vault.store import SHELVES

REASONS: Final[dict[str, str]] = {
    "clients-choice": "It is the client's choice",
    "not-available": "It isn't on offer here",
    "wait": "The wait is too long",
    "cost": "It costs too much",
    "caring": "The client cares for others",
    "distance": "It is too far away",
    "mandate": "A court or an agency has set it",
    "language": "It isn't offered in the client's language",
    "clinical-judgement": "My clinical judgement",
}
"""Why a counselor judges otherwise: id -> its words. The order is that of the question."""

CLINICAL: Final = "clinical-judgement"
CHART_REASONS: Final = {
    "clients-choice": "the client's choice",
    "not-available": "the tool's path is not on offer here",
    "wait": "the wait for the tool's path is too long",
    "cost": "the tool's path costs too much",
    "caring": "the client cares for others",
    "distance": "the tool's path is too far away",
    "mandate": "a court or an agency has set other care",
    "language": "the tool's path is not offered in the client's language",
    CLINICAL: "clinical judgement",
}
"""Why a counselor judges otherwise, as a chart says it: "it" would stand there for nothing."""

CAME: Final = {"yes": "Yes", "no": "No", "unsure": "Not sure"}
"""Whether what was agreed last time came about."""

OTHER_CARE: Final[dict[str, str]] = {
    "withdrawal-management": "Withdrawal management first",
    "opioid-program": "An opioid treatment program",
    "hospital": "A hospital or psychiatric bed",
}
"""Care that is none of the ranked paths and still what a counselor may judge: id -> its words."""

STEP_WORDS: Final[dict[str, str]] = {
    "agreed": "Agreed",
    "done": "Done already",
    "declined": "Not wanted, or not possible",
}
"""What may become of a first step: id -> its words. The order is that of the question."""

DONE: Final[dict[str, str]] = {
    "where": "Where the client is, and a number to call back",
    "stayed": "Who stayed with the client",
    "called": "Who was called",
    "supervisor": "Supervisor told",
    "means": "Means to do harm: where they are now",
    "transport": "How the client got where they went",
    "time": "When that was",
}
"""What was done after an intake was stopped for safety: id -> its words, in their order."""

LONGEST_CODE: Final = 40
# A day or a month: which of the two comes first differs from country to country.
_DAY: Final = "(?:0?[1-9]|[12][0-9]|3[01])"
_TWO: Final = "(?:0[1-9]|[12][0-9]|3[01])"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_TELLING: Final = tuple(
    (re.compile(shape), what)
    for shape, what in (
        (rf"(?<![0-9]){_YEAR}[-._]{_DAY}[-._]{_DAY}(?![0-9])", "a date"),
        (rf"(?<![0-9]){_DAY}[-._]{_DAY}[-._](?:{_YEAR}|[0-9]{{2}})(?![0-9])", "a date"),
        (rf"(?<![0-9])(?:{_YEAR}{_TWO}{_TWO}|{_TWO}{_TWO}{_YEAR})(?![0-9])", "a date"),
        (r"(?<![0-9])[0-9]{3}[-._][0-9]{2}[-._][0-9]{4}(?![0-9])", "a social security number"),
        (r"[^\W\d_]{4}.*[.]|[.].*[^\W\d_]{4}", "a name"),
    )
)
"""What a code must not look like, and how that is said."""

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_IN_FIGURES: Final = re.compile("([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_NUMBER: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH: Final = r"(?P<month>[a-z]{3,9})[.]?"
_DAY_FIRST: Final = re.compile(rf"{_NUMBER}[.]? {_MONTH},? (?P<year>[0-9]{{4}})")
_MONTH_FIRST: Final = re.compile(rf"{_MONTH} {_NUMBER},? (?P<year>[0-9]{{4}})")
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_WEEKDAY_FIRST: Final = re.compile(r"(?P<weekday>[a-z]{3,9})[.]?,? (?P<rest>[0-9a-z].*)")
_PART_OF_DAY: Final = re.compile(
    "([0-9]{1,2})((?:[:.][0-9]{2})?) in the (morning|afternoon|evening)"
)
_PARTS_OF_DAY: Final = {
    "morning": ("am", range(1, 12)),
    "afternoon": ("pm", (12, *range(1, 7))),
    "evening": ("pm", range(4, 12)),
}
"""Which hours people mean by each: "12 in the evening" could be two times, so it is none."""
_CLOCK: Final = re.compile("([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(?:([aApP])[.]?[mM][.]?)?")

LONGEST_NOTE: Final = 4_000
LONGEST_LINE: Final = 400


def check_client(text: str) -> str:
    """A client code, without blanks around it. Raises PathfinderError for what looks like a name.

    Letters, digits, hyphens, dots and underscores, with at least one digit: a bare
    word is a name far more often than a code. What looks like a date is refused (it may
    be that of a birth), and so is 123-45-6789, and a word beside a dot: names stand like
    that in e-mail addresses.
    """
    code = clean(text.strip())
    if not code:
        raise PathfinderError("The client code is empty. Write a code such as C-104.")
    if len(code) > LONGEST_CODE:
        raise PathfinderError(f"A client code has {LONGEST_CODE} letters at most.")
    plain = code.replace("-", "").replace("_", "").replace(".", "")
    if not plain.isalnum() or not code[0].isalnum():
        raise PathfinderError(
            f"{quoted(code)} is no client code: use letters, digits, and - _ . between them."
        )
    if not any(letter.isdigit() for letter in code):
        raise PathfinderError(
            f"{quoted(code)} could be a name. Write a code with a digit, such as C-104."
        )
    for shape, what in _TELLING:
        if shape.search(code):
            raise PathfinderError(
                f"{quoted(code)} looks like {what}. "
                "Write a code that tells nothing of the person, such as C-104."
            )
    return code


def check_note(text: str) -> str:
    """A note as it is kept: line ends stay, blanks around it go. Raises if it is too long."""
    note = text.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise PathfinderError(f"A note has {LONGEST_NOTE:,} letters at most.")
    return note.encode("utf-8", "replace").decode("utf-8")


def check_judgement(rules: RuleSet, judgement: Judgement) -> Judgement:
    """The judgement, if it says one thing and names what exists. Raises PathfinderError."""
    if len(judgement.line) > LONGEST_LINE:
        raise PathfinderError(f"The line beside a judgement has {LONGEST_LINE} letters at most.")
    path, level, reason = judgement.path, judgement.level, judgement.reason
    if judgement.agrees and (path is not None or reason is not None):
        raise PathfinderError("A judgement agrees, or names something else; not both.")
    if not judgement.agrees and path is None and level is None:
        raise PathfinderError("A judgement that doesn't agree names another path or level.")
    if path is not None:
        _known("path", path, rules.path_by_id)
    if level is not None:
        other = {} if judgement.agrees else OTHER_CARE  # agreed with, its kind is left open
        _known("level of care", level, [*rules.level_rank, *other])
    if not judgement.agrees and reason is None:
        raise PathfinderError("Another judgement needs a reason from the list.")
    if reason is not None:
        _known("reason", reason, REASONS)
    return judgement


def check_step(rules: RuleSet, word: StepWord) -> StepWord:
    """What became of a first step, if it names what exists. Raises PathfinderError."""
    _known("first step", word.step, [step.id for step in rules.steps])
    _known("word for a first step", word.word, STEP_WORDS)
    if word.word == "declined":
        if word.reason is None:
            raise PathfinderError("A first step that isn't taken needs a reason from the list.")
        _known("reason", word.reason, REASONS)
    elif word.reason is not None:
        raise PathfinderError("Only a first step that isn't taken has a reason.")
    return word


def check_agreed(agreed: Agreed) -> Agreed:
    """What was agreed, without blanks around it. Raises PathfinderError, which names the field."""
    lines = (key for key in Agreed._fields if key not in ("bring", "with_ranking"))
    kept = Agreed(
        **{key: check_line(key, getattr(agreed, key)) for key in lines},
        bring=tuple(check_line("bring", each) for each in agreed.bring if each.strip()),
        with_ranking=agreed.with_ranking,
    )
    for key in ("date", "next_contact"):
        check_day(getattr(kept, key))
    kept = kept._replace(time=check_clock(kept.time))
    if kept.time and not kept.date:
        raise PathfinderError("There is a time and no date. Write the day of the appointment, too.")
    return kept


def check_day(text: str) -> str:
    """A day such as 2026-12-03, or nothing. Raises PathfinderError."""
    if text and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        raise PathfinderError(f"{quoted(text)} is no day. Write it like this: 2026-12-03.")
    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        raise PathfinderError(f"There is no day {quoted(text)} in the calendar.") from None
    return text


def day_typed(text: str, today: date) -> str:
    """A day as a person types it, as 2026-12-03, or nothing. Raises PathfinderError.

    12/4/2026 is in December here and in April there. So the one reading that is a day still to
    come is taken; where both are, both are spelled out, and nothing is guessed.
    """
    typed = " ".join(text.casefold().split())
    if (led := _WEEKDAY_FIRST.fullmatch(typed)) and (weekday := _weekday(led["weekday"])):
        return _on_its_weekday(text, weekday, day_typed(led["rest"], today))
    if figures := _IN_FIGURES.fullmatch(typed):
        one, other, year = map(int, figures.groups())
        return _of_two_readings(text, one, other, year, today)
    in_words = _DAY_FIRST.fullmatch(typed) or _MONTH_FIRST.fullmatch(typed)
    if in_words is not None:
        word, number = in_words["month"], int(in_words["day"])
        months = [at for at, name in enumerate(_MONTHS, start=1) if name.startswith(word)]
        if months:
            return check_day(f"{in_words['year']}-{months[0]:02}-{number:02}")
    return check_day(text)


def _weekday(word: str) -> str:
    """The weekday that a word is or begins, or ""."""
    return next((name for name in _WEEKDAYS if name.startswith(word)), "")


def _on_its_weekday(text: str, weekday: str, day: str) -> str:
    """A day that was typed with its weekday: where the two differ, one of them is a slip."""
    if _WEEKDAYS[date.fromisoformat(day).weekday()] != weekday:
        raise PathfinderError(
            f"{quoted(text)} is no day: {day} is {day_in_words(day)}. Which of them do you mean?"
        )
    return day


def _of_two_readings(text: str, one: int, other: int, year: int, today: date) -> str:
    year += 2000 if year < 100 else 0
    real = set()
    for month, day in ((one, other), (other, one)):
        with suppress(ValueError):
            real.add(date(year, month, day))
    coming = sorted(day for day in real if day >= today)
    if len(coming) == 1:
        return str(coming[0])
    if coming:
        ways = "; ".join(f"for {day_in_words(str(day))}, type {day}" for day in coming)
        raise PathfinderError(f"{quoted(text)} can be read as two days: {ways}.")
    if real:
        past = ", or ".join(map(str, sorted(real)))
        raise PathfinderError(f"{quoted(text)} is over. If you mean it, type {past}.")
    raise PathfinderError(f"There is no day {quoted(text)} in the calendar.")


def check_clock(text: str) -> str:
    """A time as 14:30, or nothing; 2:30 pm is 14:30, and 9 in the morning 09:00.

    Raises PathfinderError.
    """
    found = _CLOCK.fullmatch(_on_the_clock(text))
    if found is not None and (found[2] or found[3]):
        hour, minute = int(found[1]), int(found[2] or 0)
        fits = 1 <= hour <= 12 if found[3] else hour < 24
        if found[3]:
            hour = hour % 12 + (12 if found[3] in "pP" else 0)
        if fits and minute < 60:
            return f"{hour:02}:{minute:02}"
    if text:
        raise PathfinderError(f"{quoted(text)} is no time. Write it like this: 14:30, or 2:30 pm.")
    return ""


def _on_the_clock(text: str) -> str:
    """A time in words as one with am or pm; what is no such time stays."""
    typed = " ".join(text.casefold().split())
    if typed in ("noon", "12 noon", "at noon"):
        return "12:00"
    found = _PART_OF_DAY.fullmatch(typed)
    if found is None:
        return text.strip()
    half, hours = _PARTS_OF_DAY[found[3]]
    return f"{found[1]}{found[2]} {half}" if int(found[1]) in hours else text.strip()


def check_when(text: str) -> str:
    """When something was: 14:05, 14:05 to 14:40, each with a day or without, or nothing."""
    found = re.fullmatch(r"(?:([0-9]{4}-[0-9-]+)[T ,]+)?(.+)", text, re.ASCII)
    try:
        if text and found is not None:
            start, *end = re.split(r" *(?:\bto\b|-) *", found[2], maxsplit=1)
            clock = TO.join(check_clock(each or "?") for each in (start, *end))
            return f"{check_day(found[1] or '')} {clock}".strip()
    except PathfinderError:
        found = None
    if text:
        how = "Write it like this: 14:05, 14:05 to 14:40, or 2026-12-03 14:05."
        raise PathfinderError(f"{quoted(text)} is no time. {how}")
    return ""


def check_line(what: str, text: str) -> str:
    """A line as it is kept, without blanks around it. Raises if it is too long, or isn't one."""
    line = clean(text.strip())
    if len(line) > LONGEST_LINE:
        raise PathfinderError(f"{quoted(what)} has {LONGEST_LINE} letters at most.")
    return line


def _known(what: str, found: str, choices: Collection[str]) -> None:
    if found not in choices:
        near = did_you_mean(found, choices)
        raise PathfinderError(f"There is no {what} {quoted(found)}.{near}")


class Stale(PathfinderError):
    """Another window has changed this session since it was opened here. That stays as it is."""


class Gone(CantWrite):
    """The session was forgotten after it was opened here. It must not come back."""

    def __init__(self) -> None:
        super().__init__("This session was forgotten in another window. Nothing more is kept.")


def need_newest(vault: Vault, draft: Draft) -> None:
    """Raise `Stale` for a draft that can't become the next revision, before anyone is asked."""
    session = session_or_none(vault, draft.id)
    if session is not None and session.newest.number != draft.base:
        go_on = f"pathfinder sessions resume {draft.id}"
        raise Stale(
            f"The session {quoted(draft.id)} was saved again after this draft of it was begun. To "
            f"save the draft as another session: {go_on} --save-as CODE. To drop the draft, and "
            f"go on from what was saved: {go_on} --from-saved"
        )


def unfinished(id_: str) -> Stale:
    """Why nothing is written beside a session of which a draft is unfinished."""
    go_on = f"pathfinder sessions resume {id_}"
    return Stale(
        f"An unfinished draft of the session {quoted(id_)} stands there. Finish it first: {go_on}. "
        f"To drop it, and go on from what was saved: {go_on} --from-saved"
    )


def need_it_there(vault: Vault, draft: Draft) -> None:
    """Raise `Gone` if neither the session nor a draft of it stands there any more."""
    was_there = draft.base or draft.turn
    if was_there and not any(vault.has(shelf, draft.id) for shelf in SHELVES):
        raise Gone


def is_ours(vault: Vault, draft: Draft) -> bool:
    """Whether nobody has written since `draft` was read or written here."""
    turn = turn_of(vault, draft.id)
    if turn or draft.turn:
        return turn == draft.turn
    # No draft stands there, then or now; but one may have come, been saved and gone.
    session = session_or_none(vault, draft.id)
    return session is None or session.newest.number == draft.base


def remove_ours(vault: Vault, writer: Writer, draft: Draft) -> None:
    """Take the session's draft away, if it is the one that was read or written here."""
    if draft.turn == turn_of(vault, draft.id):
        writer.remove("drafts", draft.id)
