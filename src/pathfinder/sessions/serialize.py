"""Sessions and drafts as JSON: how they are written, and how strictly they are read.

Why this module exists: the form is what Debian's `age` shows to somebody without
Pathfinder, so it is plain and says what it is. Reading checks everything: a file
may have been changed by other hands, or stand under another one's name.

It must not encrypt, or know where the bytes are kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pathfinder.engine.question import Answer
from pathfinder.errors import Damaged
from pathfinder.sanitize import quoted
from pathfinder.sessions.model import (
    Agreed,
    Draft,
    Given,
    Held,
    Judgement,
    Revision,
    Session,
    StepWord,
)

FORMAT: Final = 1
_MADE_BY: Final = "pathfinder"
_PASSPORT: Final = ("ruleset", "version", "sha256", "app")


def session_bytes(session: Session) -> bytes:
    """A session as JSON, one line for people with `jq` and none."""
    return _bytes(
        "session",
        {
            "id": session.id,
            "client": session.client,
            "begun": session.begun,
            "copy_of": session.copy_of,
            "follows": session.follows,
            "revisions": [_revision_data(revision) for revision in session.revisions],
            "decisions": list(session.decisions),
        },
    )


def draft_bytes(draft: Draft) -> bytes:
    return _bytes(
        "draft",
        {**draft._asdict(), "answers": dict(draft.answers), "notes": dict(draft.notes)},
    )


def session_from(data: bytes, id_: str) -> Session:
    """The session in `data`, which stood under `id_`. Raises `Damaged`."""
    what = f"The session {quoted(id_)}"
    body = _body(data, "session", id_, what)
    decisions = tuple([_given(item, what) for item in _list(body, "decisions", what)])
    revisions = tuple([_revision(item, what) for item in _list(body, "revisions", what)])
    numbers = [revision.number for revision in revisions]
    if numbers != list(range(1, len(numbers) + 1)) or not numbers:
        raise _no(what, "revisions")
    if any(not 0 <= revision.decision < len(decisions) for revision in revisions):
        raise _no(what, "decision")
    return Session(
        id=id_,
        client=_text(body, "client", what),
        begun=_text(body, "begun", what),
        copy_of=_text(body, "copy_of", what),
        revisions=revisions,
        decisions=decisions,
        follows=_newer_text(body, "follows", what),
    )


def draft_from(data: bytes, id_: str) -> Draft:
    """The draft in `data`, which stood under `id_`. Raises `Damaged`."""
    what = f"The draft {quoted(id_)}"
    body = _body(data, "draft", id_, what)
    base = body.get("base")
    if type(base) is not int or base < 0:
        raise _no(what, "base")
    return Draft(
        id=id_,
        client=_text(body, "client", what),
        begun=_text(body, "begun", what),
        saved=_text(body, "saved", what),
        base=base,
        passport=_texts(body, "passport", what),
        answers=_answers(body, what),
        notes=_texts(body, "notes", what),
        turn=_newer_text(body, "turn", what),
        follows=_newer_text(body, "follows", what),
    )


def _bytes(kind: str, body: Mapping[str, Any]) -> bytes:
    head = {"made_by": _MADE_BY, "format": FORMAT, "kind": kind}
    return json.dumps({**head, **body}, ensure_ascii=False).encode("utf-8", "replace")


def _revision_data(revision: Revision) -> dict[str, Any]:
    judgement = revision.judgement
    return {
        "number": revision.number,
        "saved": revision.saved,
        "answers": dict(revision.answers),
        "notes": dict(revision.notes),
        "judgement": None if judgement is None else judgement._asdict(),
        "decision": revision.decision,
        "author": revision.author,
        "steps": [step._asdict() for step in revision.steps],
        "agreed": None if revision.agreed is None else revision.agreed._asdict(),
        "held": None if revision.held is None else revision.held._asdict(),
        "came": dict(revision.came),
        "since": revision.since,
    }


# --- reading ------------------------------------------------------------------------


def _body(data: bytes, kind: str, id_: str, what: str) -> Mapping[str, Any]:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise Damaged(f"{what} can't be read: it isn't JSON.") from None
    if not isinstance(body, dict) or body.get("made_by") != _MADE_BY or body.get("kind") != kind:
        raise Damaged(f"{what} can't be read: it isn't a {kind} of Pathfinder.")
    if body.get("format") != FORMAT:
        raise Damaged(f"{what} was saved by another version of Pathfinder. Use a newer one.")
    if body.get("id") != id_:
        raise Damaged(f"{what} can't be read: the file of another one stands in its place.")
    return body


def _revision(item: Any, what: str) -> Revision:
    if not isinstance(item, dict):
        raise _no(what, "revisions")
    number, decision = item.get("number"), item.get("decision")
    if type(number) is not int or type(decision) is not int:
        raise _no(what, "revisions")
    return Revision(
        number=number,
        saved=_text(item, "saved", what),
        answers=_answers(item, what),
        notes=_texts(item, "notes", what),
        judgement=_judgement(item.get("judgement"), what),
        decision=decision,
        author=_newer_text(item, "author", what),
        steps=_steps(item.get("steps", []), what),
        agreed=_agreed(item.get("agreed"), what),
        held=_held(item.get("held"), what),
        came=tuple(_texts({"came": {}, **item}, "came", what).items()),
        since=_newer_text(item, "since", what),
    )


def _judgement(item: Any, what: str) -> Judgement | None:
    if item is None:
        return None
    if not isinstance(item, dict) or type(item.get("agrees")) is not bool:
        raise _no(what, "judgement")
    path, level, reason = (item.get(key) for key in ("path", "level", "reason"))
    if not all(part is None or isinstance(part, str) for part in (path, level, reason)):
        raise _no(what, "judgement")
    return Judgement(item["agrees"], path, level, reason, _text(item, "line", what))


def _steps(items: Any, what: str) -> tuple[StepWord, ...]:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _no(what, "steps")
    found = [
        StepWord(_text(item, "step", what), _text(item, "word", what), item.get("reason"))
        for item in items
    ]
    if not all(step.reason is None or isinstance(step.reason, str) for step in found):
        raise _no(what, "steps")
    return tuple(found)


def _agreed(item: Any, what: str) -> Agreed | None:
    if item is None:
        return None
    if not isinstance(item, dict) or type(item.get("with_ranking")) is not bool:
        raise _no(what, "agreed")
    texts = {
        key: _text(item, key, what)
        for key in Agreed._fields
        if key not in ("bring", "with_ranking", "then")
    }
    texts["then"] = _newer_text(item, "then", what)
    bring = _list(item, "bring", what)
    if not all(isinstance(each, str) for each in bring):
        raise _no(what, "bring")
    return Agreed(**texts, bring=tuple(bring), with_ranking=item["with_ranking"])


def _held(item: Any, what: str) -> Held | None:
    if item is None:
        return None
    if not isinstance(item, dict) or type(item.get("number")) is not int:
        raise _no(what, "held")
    return Held(_text(item, "question", what), item["number"], _texts(item, "done", what))


def _given(item: Any, what: str) -> Given:
    """A decision, checked as far as it is looked at again; the rest stays as it was given."""
    if not isinstance(item, dict):
        raise _no(what, "decisions")
    passport = _texts(item, "passport", what)
    if not all(key in passport for key in _PASSPORT):
        raise _no(what, "passport")
    level = item.get("safe_level")
    if level is not None and not isinstance(level, str):
        raise _no(what, "safe_level")
    for key, name in (("ranked", "path"), ("first", "id"), ("alerts", "id"), ("set_aside", "path")):
        for entry in _list(item, key, what):
            if not isinstance(entry, dict):
                raise _no(what, key)
            _text(entry, name, what)
            if key == "ranked":
                _text(entry, "level", what)
    return item


def _answers(body: Mapping[str, Any], what: str) -> dict[str, Answer]:
    given = body.get("answers")
    if not isinstance(given, dict):
        raise _no(what, "answers")
    answers: dict[str, Answer] = {}
    for question, answer in given.items():
        if isinstance(answer, str):
            answers[question] = answer
        elif isinstance(answer, list) and all(isinstance(part, str) for part in answer):
            answers[question] = tuple(answer)
        else:
            raise _no(what, "answers")
    return answers


def _texts(body: Mapping[str, Any], key: str, what: str) -> dict[str, str]:
    value = body.get(key)
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise _no(what, key)
    return value


def _text(body: Mapping[str, Any], key: str, what: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise _no(what, key)
    return value


def _newer_text(body: Mapping[str, Any], key: str, what: str) -> str:
    """A text that earlier versions didn't write."""
    return _text(body, key, what) if key in body else ""


def _list(body: Mapping[str, Any], key: str, what: str) -> list[Any]:
    value = body.get(key)
    if not isinstance(value, list):
        raise _no(what, key)
    return value


def _no(what: str, key: str) -> Damaged:
    return Damaged(f"{what} can't be read: {quoted(key)} isn't as Pathfinder writes it.")
