"""The questions as one HTML file that asks them on a tablet, with no network and no program.

Why this module exists: a waiting room has a tablet, and no terminal. The page is made from the
rules; its branching is theirs, sent along as data, and held equal to the interview by tests. What
it says beside the rules' own words stands here, too: it promises what the page does, and no more.

It must not recommend or advise anything, load anything, keep anything, or name an address.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from typing import Any, Final

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf
from pathfinder.engine.question import NONE, SKIP, UNSURE, Question
from pathfinder.engine.ruleset import EMERGENCY, Region, RuleSet, lines_for
from pathfinder.errors import PathfinderError
from pathfinder.fhir import handover
from pathfinder.fhir.naming import Json, canonical, system
from pathfinder.pages.phrases import name_and_number
from pathfinder.sanitize import quoted

_SCRIPTS = ("page_flow.js", "page_age.js", "page_screens.js")
_AGE_KEY = 32

TITLE: Final = "Questions before your talk"
LEAVE: Final = "Leave now"
LARGER: Final = "Larger text"
HELP_NOW: Final = "Help right now"
NEEDS_SCRIPT: Final = "This page needs JavaScript. Ask the staff for another way to answer."
STAYS_HERE: Final = (
    "Your answers stay on this page until you hand them over. "
    "The page sends nothing and stores nothing."
)
WAY_OUT: Final = (
    'The button "Leave now", or the Esc key pressed twice, clears the page at once. '
    "It can't erase what someone has seen."
)

WORDS: Final = {
    "title": TITLE,
    "begin": "Begin",
    "next": "Next",
    "back": "Back",
    "why": "Why we ask",
    "one": "Choose one answer.",
    "several": "Choose all that fit.",
    "choose": 'Choose an answer. "Not sure" and "Prefer not to say" are answers, too.',
    "taken_off": "The answers that don't go with this one were taken off.",
    "progress": "Question {n} of {all}. {part}.",
    "before_more": "Before you go on",
    "tell_someone": "You can tell the staff here now. They can call for you.",
    "stop": "Stop here",
    "go_on": "Go on",
    "stopped": "Please get help now",
    "hand_over_now": "Hand over what I answered",
    "out": "This is made for adults",
    "review": "Your answers",
    "review_text": "Look at them once more. You can change each one.",
    "change": "Change",
    "done": "Done",
    "hand_over": "Thank you. Now tell your counselor",
    "no_advice": "This page gives no advice. Your counselor looks at your answers with you.",
    "file_open": "Save your answers as a file. Whoever has the file can read it.",
    "file_locked": "Save your answers as a file that only this place can open.",
    "save": "Save the file",
    "saved": "The file was given to your browser to save.",
    "code": "Or show this code",
    "code_text": "It holds all your answers. Whoever has it can read them.",
    "see_answers": "See my answers",
    "clear": "Clear all",
    "clear_sure": "Clear all answers?",
    "clear_text": "Nobody can bring them back. A file that you saved stays where it is.",
    "clear_yes": "Yes, clear them",
    "clear_no": "No, go back",
}
"""Each by the name that the page's script calls it."""


def page(rules: RuleSet, form: Json, region: Region, recipient: bytes | None = None) -> str:
    """The whole page. `form`: the same questions as a form. `recipient`: who alone can read it."""
    style = _file("page.css").strip()
    script = '"use strict";\n' + "".join(map(_file, _SCRIPTS)).strip() + "\n"
    words: dict[str, Any] = {**WORDS, "opening": _opening(rules, region)}
    data = {"rules": _rules(rules, form, region, recipient), "words": words}
    parts = {
        "style hash": _hash(style),
        "script hash": _hash(script),
        "style": style,
        "script": script,
        # The reader of a page looks for "</script>" in it, whatever it is.
        "data": json.dumps(data).replace("<", "\\u003c"),
        "title": html.escape(TITLE),
        "leave": html.escape(LEAVE),
        "larger": html.escape(LARGER),
        "needs script": html.escape(NEEDS_SCRIPT),
        "help now": html.escape(HELP_NOW),
        "help": "".join(f"<li>{html.escape(line)}</li>" for line in _help(rules, region)),
        "version": html.escape(f"{rules.id} {rules.version}, {rules.sha256[:12]}"),
    }
    return re.sub(r"\{([a-z ]+)\}", lambda match: parts[match[1]], _file("page.html"))


def recipient_of(key: str) -> bytes:
    """The 32 bytes of a public key of age. Raises PathfinderError for anything else."""
    letters = key.strip().lower()
    words = letters.removeprefix("age1")
    values = [handover.LETTERS.find(letter) for letter in words]
    prefix = [*(ord(letter) >> 5 for letter in "age"), 0, *(ord(letter) & 31 for letter in "age")]
    if letters == words or -1 in values or handover.polymod([*prefix, *values]) != 1:
        raise PathfinderError(f"{quoted(key)} is no public key of age. One begins with age1.")
    number = 0
    for value in values[:-6]:
        number = number << 5 | value
    size = 5 * len(values[:-6])
    if size // 8 != _AGE_KEY:
        raise PathfinderError(f"{quoted(key)} is a key of age of another kind; X25519 is needed.")
    return (number >> size - 8 * _AGE_KEY).to_bytes(_AGE_KEY, "big")


def _opening(rules: RuleSet, region: Region) -> list[str]:
    texts = rules.texts
    said = (STAYS_HERE, texts.sensitive.text, texts.not_a_diagnosis.text)
    emergency = lines_for(rules, region, (EMERGENCY,))
    call = [f"In danger right now? Call {line.number}." for line in emergency[:1]]
    return [*said, WAY_OUT, *call]


def _rules(rules: RuleSet, form: Json, region: Region, recipient: bytes | None) -> Json:
    """The rules as far as the page needs them: what is asked and when, and what rings."""
    return {
        "questions": [_question(rules, question, region) for question in rules.questions],
        "scope": {"question": rules.scope_question, "out": sorted(rules.scope_out)},
        "out_of_scope": [passage.text for passage in rules.texts.under_18],
        "alone": [NONE, UNSURE, SKIP],
        "alerts": [
            {
                "id": alert.id,
                "title": alert.title,
                "text": alert.text,
                "hold": alert.hold,
                "lines": [name_and_number(line) for line in lines_for(rules, region, alert.lines)],
            }
            for alert in rules.alerts
        ],
        "bells": [
            {"alert": r.alert, "when": _condition(r.when), "unless": _condition(r.unless)}
            for r in rules.alert_rules
        ],
        "help": _help(rules, region),
        "questionnaire": canonical(rules),
        "coding": {"system": system(rules), "version": rules.sha256},
        "shape": _shape(form["item"]),
        "code": handover.plan(rules),
        "recipient": None if recipient is None else list(recipient),
    }


def _question(rules: RuleSet, question: Question, region: Region) -> Json:
    derived = question.derived
    here = question.by_region
    return {
        "id": question.id,
        "kind": question.kind,
        "part": next(each.title for each in rules.factors if each.id == question.factor),
        "ask": question.ask,
        "why": question.why,
        "here": here.get(region.id) or here.get(rules.elsewhere.id) or "",
        "options": [[a, question.label(a)] for a in (*question.answers, UNSURE, SKIP)],
        "when": _condition(question.ask_when),
        "derived": derived
        and {
            "source": derived.source,
            "counts": [list(each) for each in derived.counts],
            "when": _condition(derived.when),
        },
        "ways": handover.ways(question),
    }


def _condition(condition: Condition | None) -> list[Any] | None:
    """A condition as lists: its kind, and its parts or what it asks of one question."""
    if condition is None:
        return None
    if isinstance(condition, Leaf):
        return ["leaf", condition.question, condition.op, sorted(condition.accepts)]
    kind = (
        "all" if isinstance(condition, All) else "any" if isinstance(condition, AnyOf) else "none"
    )
    return [kind, [_condition(part) for part in condition.parts]]


def _shape(items: list[Json]) -> list[Any]:
    """The questions of the form by link id, inside of their groups."""
    groups = [item for item in items if item["type"] != "display"]
    return [
        [item["linkId"], _shape(item["item"])] if item["type"] == "group" else [item["linkId"]]
        for item in groups
    ]


def _help(rules: RuleSet, region: Region) -> list[str]:
    lines = [*lines_for(rules, region, (EMERGENCY,)), *region.lines]
    told = [line for line in lines if not line.told_when]
    return list(dict.fromkeys(f"{name_and_number(line)} ({line.when})" for line in told))


def _file(name: str) -> str:
    return (files("pathfinder.fhir") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
