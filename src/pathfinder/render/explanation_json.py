"""An explanation in full as JSON (docs/explanation.schema.json).

Why this module exists: a counselor's own program may want every reason, for every path.

It must not work anything out beyond what `explain` finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.explain.contrast import Closed, Weight, WhyNot, fits_of, why_not
from pathfinder.engine.explain.firmness import HangsOn
from pathfinder.engine.fit import Fit
from pathfinder.engine.plan import plan
from pathfinder.engine.question import Answers, Passage
from pathfinder.engine.ruleset import RuleSet
from pathfinder.render.result_json import dumps_pretty, explained_data, reason_data, sources

if TYPE_CHECKING:
    from pathfinder.pages.explanation import Wanted


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
            **explained_data(rules, explained),
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
        "today": found.today,
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
