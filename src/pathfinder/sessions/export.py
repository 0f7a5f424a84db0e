"""Sessions as rows for other programs: CSV or JSON lines, whole or without the person.

Why this module exists: an agency wants to know how often its counselors agree, and a
counselor may need their own records elsewhere. What leaves the vault is the most
dangerous thing here, so each row is built from a list of named fields: nothing gets
out because it happened to be there.

It must not write a file: `output` does. Free text of notes is in no row unless
the caller asks for notes by name.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pathfinder.engine.question import Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.phrases import worked_out
from pathfinder.sanitize import clean
from pathfinder.sessions.choices import DONE
from pathfinder.sessions.compare import top
from pathfinder.sessions.index import word_for
from pathfinder.sessions.model import Agreed, Session, StepWord, held_of

Row = dict[str, Any]

_FIGURES: Final = (
    "year", "ruleset", "version", "tool_path", "tool_level",
    "judgement", "own_path", "own_level", "reason", "held", "steps",
)  # fmt: skip
_AGREED: Final = ("program", "calls", "phone", "date", "time", "place", "bring")
_STARTS_A_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 (spreadsheets take these too)


def whole_rows(
    rules: RuleSet, sessions: Iterable[Session], *, with_notes: bool = False
) -> list[Row]:
    """A row for each session, as it was saved last: with the client code, and no notes."""
    sessions = list(sessions)
    questions = _in_order(rules, {key for each in sessions for key in each.newest.answers})
    noted = _in_order(rules, {key for each in sessions for key in each.newest.notes})
    counted = [question.id for question in rules.questions if _is_counted(question)]
    told = noted if with_notes else []
    return [_whole(rules, session, counted, questions, told) for session in sessions]


def figures(sessions: Iterable[Session]) -> list[Row]:
    """How often which judgement stood beside which recommendation, counted.

    Without codes, ids, answers and free text; dates only as years; sorted by what the
    rows say, so that their order tells nothing.
    """
    counted = Counter(_figure(session) for session in sessions)
    return [
        {**dict(zip(_FIGURES, key, strict=True)), "sessions": count}
        for key, count in sorted(counted.items())
    ]


def as_jsonl(rows: Sequence[Row]) -> str:
    """One row a line. ASCII only, so no text in it can steer a terminal."""
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def as_csv(rows: Sequence[Row]) -> str:
    """Rows under a head. Text that a spreadsheet would take for a formula gets a `'` before it."""
    import csv
    import io

    out = io.StringIO()
    heads = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(head) for head in heads])
    writer.writerows([[safe_cell(row.get(head)) for head in heads] for row in rows])
    return out.getvalue()


def safe_cell(value: object) -> str | int:
    """A cell that is data and nothing else: numbers stay numbers, text is never a formula."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    raw = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    first = raw.lstrip(" ")[:1]
    text = clean(raw, keep_newlines=True)
    return f"'{text}" if first in _STARTS_A_FORMULA and first else text


def _whole(
    rules: RuleSet,
    session: Session,
    counted: Sequence[str],
    questions: Sequence[str],
    noted: Sequence[str],
) -> Row:
    newest, given = session.newest, session.given
    judgement, held = newest.judgement, held_of(session)
    agreed = newest.agreed or Agreed()
    row: Row = {
        "session": session.id,
        "client": session.client,
        "begun": session.begun,
        "saved": newest.saved,
        "revision": newest.number,
        "author": newest.author,
        "follows": session.follows,
        "ruleset": given["passport"]["ruleset"],
        "version": given["passport"]["version"],
        "sha256": given["passport"]["sha256"],
        "held": _held(session),
        # What a few answers came to before it was stopped is no finding.
        "tool_path": None if held else top(given),
        "tool_level": None if held else given["safe_level"],
        "first_steps": [step["id"] for step in given["first"]],
        "alerts": [alert["id"] for alert in given["alerts"]],
        "judgement": word_for(judgement),
        "own_path": judgement.path if judgement else None,
        "own_level": judgement.level if judgement else None,
        "reason": judgement.reason if judgement else None,
        "line": judgement.line if judgement else "",
        "steps": [_step(word) for word in newest.steps],
        **{f"agreed_{key}": getattr(agreed, key) for key in _AGREED},
        "next_contact": agreed.next_contact,
        # At a follow-up: what became of what was agreed in the session that it follows.
        "came": [f"{key}: {word}" for key, word in newest.came],
        **{f"done_{key}": held.done.get(key, "") if held else "" for key in DONE},
    }
    for question in questions:
        answer = newest.answers.get(question)
        row[f"answer_{question}"] = list(answer) if isinstance(answer, tuple) else answer
    for question in counted:
        row[f"worked_out_{question}"] = worked_out(rules, newest.answers).get(question)
    for question in noted:
        row[f"note_{question}"] = newest.notes.get(question)
    return row


def _figure(session: Session) -> tuple[str, ...]:
    given, judgement, held = session.given, session.newest.judgement, _held(session)
    passport: Mapping[str, str] = given["passport"]
    return (
        session.newest.saved[:4] if re.match("[0-9]{4}(-|$)", session.newest.saved) else "",
        passport["ruleset"],
        passport["version"],
        "" if held else top(given) or "",
        "" if held else given["safe_level"] or "",
        word_for(judgement),
        (judgement.path or "") if judgement else "",
        (judgement.level or "") if judgement else "",
        (judgement.reason or "") if judgement else "",
        held,
        "; ".join(map(_step, session.newest.steps)),
    )


def _held(session: Session) -> str:
    return "held" if held_of(session) is not None else ""


def _step(word: StepWord) -> str:
    """What became of a first step, in ids: `medical-evaluation: declined: cost`."""
    return ": ".join(filter(None, (word.step, word.word, word.reason)))


def _is_counted(question: Question) -> bool:
    return question.derived is not None and bool(question.derived.counts)


def _in_order(rules: RuleSet, questions: set[str]) -> list[str]:
    known = [question.id for question in rules.questions if question.id in questions]
    return [*known, *sorted(questions.difference(known))]
