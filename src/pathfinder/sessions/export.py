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

from pathfinder.engine.ruleset import RuleSet
from pathfinder.sanitize import clean
from pathfinder.sessions.compare import top
from pathfinder.sessions.index import word_for
from pathfinder.sessions.model import Session

Row = dict[str, Any]

_FIGURES: Final = (
    "year", "ruleset", "version", "tool_path", "tool_level",
    "judgement", "own_path", "own_level", "reason",
)  # fmt: skip
_STARTS_A_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 (spreadsheets take these too)


def whole_rows(
    rules: RuleSet, sessions: Iterable[Session], *, with_notes: bool = False
) -> list[Row]:
    """A row for each session, as it was saved last: with the client code, and no notes."""
    sessions = list(sessions)
    questions = _in_order(rules, {key for each in sessions for key in each.newest.answers})
    noted = _in_order(rules, {key for each in sessions for key in each.newest.notes})
    return [_whole(session, questions, noted if with_notes else []) for session in sessions]


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


def _whole(session: Session, questions: Sequence[str], noted: Sequence[str]) -> Row:
    newest, given = session.newest, session.given
    judgement = newest.judgement
    row: Row = {
        "session": session.id,
        "client": session.client,
        "begun": session.begun,
        "saved": newest.saved,
        "revision": newest.number,
        "ruleset": given["passport"]["ruleset"],
        "version": given["passport"]["version"],
        "sha256": given["passport"]["sha256"],
        "tool_path": top(given),
        "tool_level": given["safe_level"],
        "first_steps": [step["id"] for step in given["first"]],
        "alerts": [alert["id"] for alert in given["alerts"]],
        "judgement": word_for(judgement),
        "own_path": judgement.path if judgement else None,
        "own_level": judgement.level if judgement else None,
        "reason": judgement.reason if judgement else None,
        "line": judgement.line if judgement else "",
    }
    for question in questions:
        answer = newest.answers.get(question)
        row[f"answer_{question}"] = list(answer) if isinstance(answer, tuple) else answer
    for question in noted:
        row[f"note_{question}"] = newest.notes.get(question)
    return row


def _figure(session: Session) -> tuple[str, ...]:
    given, judgement = session.given, session.newest.judgement
    passport: Mapping[str, str] = given["passport"]
    return (
        session.newest.saved[:4] if re.match("[0-9]{4}-", session.newest.saved) else "",
        passport["ruleset"],
        passport["version"],
        top(given) or "",
        given["safe_level"] or "",
        word_for(judgement),
        (judgement.path or "") if judgement else "",
        (judgement.level or "") if judgement else "",
        (judgement.reason or "") if judgement else "",
    )


def _in_order(rules: RuleSet, questions: set[str]) -> list[str]:
    known = [question.id for question in rules.questions if question.id in questions]
    return [*known, *sorted(questions.difference(known))]
