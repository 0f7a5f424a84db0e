"""JSON beside a whole result: a stream in ids alone, an explanation in full, programs for a person.

Why this module exists: each is a documented, versioned form for other programs. 24 kB a person
is more than a count needs: in the brief form (docs/brief.schema.json) which rules decided is
said once, in the first line, and each line after it takes less than a kilobyte. A counselor's
own program may want every reason for every path (docs/explanation.schema.json), or show the
list of programs its own way, with the key and the question that each reason rests on
(`"programs"` in docs/result.schema.json).

It must not work anything out, say a sentence of its own, leave out why a program stands where it
does, or add what a schema doesn't name.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pathfinder._version import __version__
from pathfinder.engine.brief import Brief
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.explain.contrast import Closed, Weight, WhyNot, fits_of, why_not
from pathfinder.engine.explain.firmness import HangsOn
from pathfinder.engine.fit import Fit
from pathfinder.engine.plan import plan
from pathfinder.engine.question import Answers, Passage
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.programs import questions, said_against, said_for
from pathfinder.pages.today_moves import move_for_today
from pathfinder.programs.judging import Why
from pathfinder.programs.matching import Match, MeetingMatch, NamedPrograms
from pathfinder.render.result_json import dumps_pretty, explained_data, reason_data, sources

if TYPE_CHECKING:
    from pathfinder.pages.explanation import Wanted


def first_line(rules: RuleSet) -> str:
    """The passport of every line that follows."""
    passport = {
        "ruleset": rules.id,
        "version": rules.version,
        "sha256": rules.sha256,
        "app": __version__,
    }
    return json.dumps({"passport": passport})


def brief_line(line: int, brief: Brief) -> str:
    """One person. `line`: where their answers stand, counted from 1."""
    scope, hold, safe_level, alerts, first, ranked, flags = brief
    paths = ", ".join([f"{_path(path)}{points}}}" for path, points in ranked])
    return (
        f'{{"line": {line}, "scope": "{scope}", "hold": {"true" if hold else "false"}, '
        f'"safe_level": {_ids(safe_level)}, "alerts": {_ids(alerts)}, "first": {_ids(first)}, '
        f'"ranked": [{paths}], "flags": {_ids(flags)}}}'
    )


@lru_cache(maxsize=4096)
def _ids(ids: tuple[str, ...] | str | None) -> str:
    return json.dumps(ids)


@lru_cache(maxsize=4096)
def _path(path: str) -> str:
    return f'{{"path": {json.dumps(path)}, "points": '


def dumps_explanation(rules: RuleSet, answers: Answers, decision: Decision, asked: Wanted) -> str:
    """The result with its whole explanation, on many lines.

    `asked.path` and `asked.why_not` choose paths; without them every path is told.
    """
    explained = explain(rules, answers, decision)
    if explained is None:
        return dumps_pretty(decision)
    fits = fits_of(rules, answers, decision)
    every = tuple(path.id for path in rules.paths)
    reasons_of = every if asked.path is None else (asked.path,)
    why_not_of = every if asked.why_not is None else (asked.why_not,)
    return dumps_pretty(
        decision,
        {
            **explained_data(rules, decision, explained),
            "plan": _plan(rules, decision),
            "about_equal": list(explained.firmness.about_equal),
            "hangs_on": [_hangs_on(each) for each in explained.firmness.hangs_on],
            "half_tried": list(explained.firmness.half_tried),
            "paths": [_fit(path, fits[path]) for path in reasons_of],
            "why_not": [_why_not(why_not(rules, decision, path, fits)) for path in why_not_of],
        },
    )


def _plan(rules: RuleSet, decision: Decision) -> dict[str, Any]:
    found = plan(rules, decision)
    in_short = found.in_short
    return {
        "urgent": list(found.urgent),
        "now": list(found.now),
        "today": move_for_today(found.today) or None,
        "next": found.path,
        "time": None if in_short is None else _passage(in_short.time),
        "length": None if in_short is None else _passage(in_short.length),
        "alongside": list(found.alongside),
        "after": None if in_short is None else _passage(in_short.after),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"text": passage.text, "sources": sources((passage.grounds,))}


def _hangs_on(each: HangsOn) -> dict[str, Any]:
    answer = each.answer if isinstance(each.answer, str) else list(each.answer)
    return {"question": each.question, "answer": answer, "top": each.top}


def _fit(path: str, fit: Fit) -> dict[str, Any]:
    return {
        "path": path,
        "points": fit.points,
        "for": [reason_data(reason) for reason in fit.for_()],
        "against": [reason_data(reason) for reason in fit.against()],
        "unknown": [reason_data(reason) for reason in fit.unknown],
    }


def _why_not(found: WhyNot) -> dict[str, Any]:
    return {
        "path": found.path,
        "rank": found.place,
        "gates": [_closed(closed) for closed in found.closed],
        "against": [_weight(weight) for weight in found.against],
        "tie": found.tie,
    }


def _closed(closed: Closed) -> dict[str, Any]:
    return {
        "rule": closed.gate.id,
        "because": closed.gate.because,
        "sure": closed.sure,
        "answers": [
            {
                "question": each.question,
                "answer": each.value,
                "read": each.read,
                "given": each.given,
            }
            for each in closed.answers
        ],
    }


def _weight(weight: Weight) -> dict[str, Any]:
    return {**reason_data(weight.reason), "points": weight.points}


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
