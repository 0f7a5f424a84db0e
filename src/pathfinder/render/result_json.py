"""The result as JSON: the documented, versioned form (docs/result.schema.json).

Why this module exists: other programs read the result, and streams write many
thousands of them. `result` says what the form is; `dumps` writes the same data
quickly. Reasons and grounds are made once a rule set and shared by every
decision, so their JSON is written once too.

It must not import a page, leave anything out, or add what the schema doesn't name.

    >>> from pathfinder import decide, load_rules
    >>> result(decide(load_rules(), {}))["scope"]
    'adult'
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pathfinder.engine.decision import (
    Decision,
    Fired,
    IfNotPossible,
    Note,
    Passport,
    Ranked,
    Reason,
    SetAside,
    ToCheck,
    Warned,
)
from pathfinder.engine.question import Citation, Grounds
from pathfinder.engine.ruleset import HelpLine, RuleSet

if TYPE_CHECKING:
    from pathfinder.engine.explain import Explanation

JUDGEMENT: Final = "judgement"
"""Stands as the id of a source where the rule set says "this is our own judgement"."""

_T = TypeVar("_T")


def dumps(decision: Decision, explained: str = "") -> str:
    """The result on one line. ASCII only, so no text in it can steer a terminal.

    `explained`: what `explained_text` made of it, or nothing.
    """
    d = decision
    return (
        f'{{"passport": {_passport(d.passport)}, "scope": {_string(d.scope)}, '
        f'"hold": {_bool(d.hold)}, "safe_level": {_maybe(d.safe_level)}, '
        f'"warnings": [{_join(_warning, d.warnings)}], '
        f'"alerts": [{_join(_alert, d.alerts)}], '
        f'"first": [{_STEPS.joined(d.first)}], '
        f'"ranked": [{_join(_ranked, d.ranked)}], '
        f'"set_aside": [{_SET_ASIDE.joined(d.set_aside)}], '
        f'"supports": [{_SUPPORTS.joined(d.supports)}], '
        f'"to_check": [{_TO_CHECK.joined(d.to_check)}], '
        f'"notes": [{_join(_note, d.notes)}], '
        f'"if_not_possible": {_if_not_possible(d.if_not_possible)}, {explained}'
        f'"next_moves": [{_join(_string, d.next_moves)}], '
        f'"help_lines": [{_HELP_LINES.joined(d.help_lines)}]}}'
    )


def dumps_pretty(decision: Decision, explained: Mapping[str, Any] = {}) -> str:
    """The result on many lines, for reading. `explained`: more keys, beside those of a result."""
    return json.dumps({**result(decision), **explained}, indent=2)


def line_error(line: int, code: str, message: str) -> str:
    """What stands in a stream for a line of answers that doesn't hold. Lines count from 1."""
    return json.dumps({"line": line, "error": {"code": code, "message": message}})


def result(decision: Decision) -> dict[str, Any]:
    """The result as plain data, exactly as the schema says."""
    d = decision
    blocked = d.if_not_possible
    return {
        "passport": {
            "ruleset": d.passport.ruleset,
            "version": d.passport.version,
            "sha256": d.passport.sha256,
            "app": d.passport.app,
        },
        "scope": d.scope,
        "hold": d.hold,
        "safe_level": d.safe_level,
        "warnings": [{"id": warned.id, "because": warned.because} for warned in d.warnings],
        "alerts": [
            {
                "id": alert.id,
                "rules": list(alert.rules),
                "because": list(alert.because),
                "lines": list(alert.lines),
            }
            for alert in d.alerts
        ],
        "first": [
            {
                "id": step.id,
                "rules": list(step.rules),
                "because": list(step.because),
                "sources": sources(step.grounds),
            }
            for step in d.first
        ],
        "ranked": [
            {
                "path": entry.path,
                "level": entry.level,
                "rank": entry.rank,
                "points": entry.points,
                "about_equal_to_top": entry.about_equal_to_top,
                "above_need": entry.above_need,
                "for": [reason_data(reason) for reason in entry.for_],
                "against": [reason_data(reason) for reason in entry.against],
                "unknown": [reason_data(reason) for reason in entry.unknown],
            }
            for entry in d.ranked
        ],
        "set_aside": [
            {
                "path": entry.path,
                "level": entry.level,
                "rules": list(entry.rules),
                "because": list(entry.because),
                "sources": sources(entry.grounds),
                "opens_when": entry.opens_when,
                "alongside": entry.alongside,
            }
            for entry in d.set_aside
        ],
        "supports": [
            {"id": support.id, "rules": list(support.rules), "because": list(support.because)}
            for support in d.supports
        ],
        "to_check": [
            {
                "rule": check.rule,
                "effect": check.effect,
                "target": list(check.target),
                "questions": list(check.questions),
                "because": check.because,
            }
            for check in d.to_check
        ],
        "notes": [
            {"id": note.id, "because": note.because, "headline": note.headline} for note in d.notes
        ],
        "if_not_possible": None
        if blocked is None
        else {
            "barriers": list(blocked.barriers),
            "helps": list(blocked.helps),
            "compromise": blocked.compromise,
            "because": blocked.because,
        },
        "next_moves": list(d.next_moves),
        "help_lines": [_help_line(line) for line in d.help_lines],
    }


def explained_data(
    rules: RuleSet, decision: Decision, explained: Explanation | None
) -> dict[str, Any]:
    """`firmness` and `would_change`, as a result carries them. Nothing where no path is ranked."""
    if explained is None:
        return {}
    from pathfinder.pages.would_change import change_told

    return {
        "firmness": "firm" if explained.firmness.firm else "close",
        "would_change": [
            {
                "changes": dict(change.changes),
                "top": change.top,
                "because": change_told(rules, decision, change),
            }
            for change in explained.would_change
        ],
    }


def explained_text(rules: RuleSet, decision: Decision, explained: Explanation | None) -> str:
    """The same as JSON text that stands inside a result on one line."""
    data = explained_data(rules, decision, explained)
    return "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in data.items())


def sources(grounds: Iterable[Grounds]) -> list[dict[str, str | None]]:
    """What a rule rests on: each source once, and a judgement under its own id."""
    found: dict[tuple[str, str, str | None], None] = {}
    for ground in grounds:
        for citation in ground.sources:
            found[(citation.id, citation.section, citation.claim)] = None
        if ground.judgement is not None:
            found[(JUDGEMENT, ground.judgement, None)] = None
    return [{"id": id_, "section": section, "claim": claim} for id_, section, claim in found]


def reason_data(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "factor": reason.factor,
        "question": reason.question,
        "answer": reason.answer,
        "says": reason.says,
        "does": reason.does,
        "because": reason.because,
        "points": reason.points,
        "sources": sources((reason.grounds,)),
    }


def _citation(citation: Citation) -> dict[str, str | None]:
    return {"id": citation.id, "section": citation.section, "claim": citation.claim}


def _help_line(line: HelpLine) -> dict[str, str]:
    return {
        "id": line.id,
        "name": line.name,
        "number": line.number,
        "when": line.when,
        "region": line.region,
        "seen_on": line.seen_on,
        "seen_at": line.seen_at,
    }


# --- the same, as text, quickly -----------------------------------------------------


class _Written(Generic[_T]):
    """The JSON of records that many decisions share, found again by identity.

    Hashing a record would walk all of it; its identity is one number. The record is
    kept beside its JSON, so that the number can't pass to another record. The store
    is emptied when it is full: records made for one decision only don't pile up.
    """

    def __init__(self, write: Callable[[_T], str], most: int = 20_000) -> None:
        self._write = write
        self._most = most
        self._known: dict[int, str] = {}
        self._kept: list[_T] = []

    def text(self, record: _T) -> str:
        known = self._known.get(id(record))
        if known is not None:
            return known
        if len(self._known) >= self._most:
            self._known.clear()
            self._kept.clear()
        text = self._write(record)
        self._known[id(record)] = text
        self._kept.append(record)
        return text

    def joined(self, records: Sequence[_T]) -> str:
        try:  # almost always all of them are known
            return ", ".join(map(self._known.__getitem__, map(id, records)))
        except KeyError:
            return ", ".join([self.text(record) for record in records])


def _as_json(data: Callable[[_T], Any]) -> Callable[[_T], str]:
    return lambda record: json.dumps(data(record))


_string = lru_cache(maxsize=4096)(encode_basestring_ascii)


def _join(write: Callable[[_T], str], records: Iterable[_T]) -> str:
    return ", ".join([write(record) for record in records])


@lru_cache(maxsize=8192)
def _strings(texts: tuple[str, ...]) -> str:
    """A list of texts. The same few combinations of rules and questions come again and again."""
    return f"[{', '.join([_string(text) for text in texts])}]"


def _maybe(text: str | None) -> str:
    return "null" if text is None else _string(text)


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _passport(passport: Passport) -> str:
    return (
        f'{{"ruleset": {_string(passport.ruleset)}, "version": {_string(passport.version)}, '
        f'"sha256": {_string(passport.sha256)}, "app": {_string(passport.app)}}}'
    )


def _warning(warned: Warned) -> str:
    return f'{{"id": {_string(warned.id)}, "because": {_string(warned.because)}}}'


def _alert(alert: Fired) -> str:
    return (
        f'{{"id": {_string(alert.id)}, "rules": {_strings(alert.rules)}, '
        f'"because": {_strings(alert.because)}, "lines": {_strings(alert.lines)}}}'
    )


def _first(step: Fired) -> str:
    return (
        f'{{"id": {_string(step.id)}, "rules": {_strings(step.rules)}, '
        f'"because": {_strings(step.because)}, "sources": {_sources(step.grounds)}}}'
    )


def _support(support: Fired) -> str:
    return (
        f'{{"id": {_string(support.id)}, "rules": {_strings(support.rules)}, '
        f'"because": {_strings(support.because)}}}'
    )


def _ranked(entry: Ranked) -> str:
    reasons = _REASONS.joined
    return (
        f'{{"path": {_string(entry.path)}, "level": {_string(entry.level)}, '
        f'"rank": {entry.rank}, "points": {entry.points}, '
        f'"about_equal_to_top": {_bool(entry.about_equal_to_top)}, '
        f'"above_need": {_bool(entry.above_need)}, '
        f'"for": [{reasons(entry.for_)}], '
        f'"against": [{reasons(entry.against)}], '
        f'"unknown": [{reasons(entry.unknown)}]}}'
    )


def _set_aside(entry: SetAside) -> str:
    return (
        f'{{"path": {_string(entry.path)}, "level": {_string(entry.level)}, '
        f'"rules": {_strings(entry.rules)}, "because": {_strings(entry.because)}, '
        f'"sources": {_sources(entry.grounds)}, "opens_when": {_string(entry.opens_when)}, '
        f'"alongside": {_bool(entry.alongside)}}}'
    )


def _to_check(check: ToCheck) -> str:
    return (
        f'{{"rule": {_string(check.rule)}, "effect": {_string(check.effect)}, '
        f'"target": {_strings(check.target)}, "questions": {_strings(check.questions)}, '
        f'"because": {_string(check.because)}}}'
    )


def _note(note: Note) -> str:
    return (
        f'{{"id": {_string(note.id)}, "because": {_string(note.because)}, '
        f'"headline": {_bool(note.headline)}}}'
    )


def _if_not_possible(blocked: IfNotPossible | None) -> str:
    if blocked is None:
        return "null"
    return (
        f'{{"barriers": {_strings(blocked.barriers)}, "helps": {_strings(blocked.helps)}, '
        f'"compromise": {_maybe(blocked.compromise)}, "because": {_string(blocked.because)}}}'
    )


def _sources(grounds: Iterable[Grounds]) -> str:
    """The sources of several rules, each once. Citations of one rule set are shared records."""
    parts: dict[str, None] = {}
    for ground in grounds:
        for citation in ground.sources:
            parts[_CITATIONS.text(citation)] = None
        if ground.judgement is not None:
            section = _string(ground.judgement)
            parts[f'{{"id": "{JUDGEMENT}", "section": {section}, "claim": null}}'] = None
    return f"[{', '.join(parts)}]"


_CITATIONS: Final = _Written(_as_json(_citation))
_REASONS: Final = _Written(_as_json(reason_data))
_HELP_LINES: Final = _Written(_as_json(_help_line))
# What decisions share of these are a few thousand; some are made for one decision only.
_STEPS: Final = _Written(_first, 1024)
_SUPPORTS: Final = _Written(_support, 1024)
_SET_ASIDE: Final = _Written(_set_aside, 4096)
_TO_CHECK: Final = _Written(_to_check, 4096)
