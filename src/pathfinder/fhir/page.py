"""The questions as one HTML file that asks them on a tablet, its own words, and its code.

Why this module exists: a waiting room has a tablet, and no terminal. The page is made from the
rules; its branching is theirs, sent along as data, and held equal to the interview by tests. A
person alone reads it: it promises what it does and no more. It has no way to send anything, and
shall have none: where its file can't be carried over, its answers are written down as a code of
thirty letters and some more, to read aloud or type. Each question's answer is a digit, all
digits one number, and the number letters that no eye takes for each other.

It must not recommend or advise, load anything, keep anything, or name an address. The code must
not be taken for a lock: whoever has the rules can read it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf
from pathfinder.engine.flow import applicable
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Question
from pathfinder.engine.ruleset import EMERGENCY, Region, RuleSet, lines_for
from pathfinder.errors import AnswersError, PathfinderError, Problem
from pathfinder.fhir.vocabulary import Json, canonical, system
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
    values = [LETTERS.find(letter) for letter in words]
    prefix = [*(ord(letter) >> 5 for letter in "age"), 0, *(ord(letter) & 31 for letter in "age")]
    if letters == words or -1 in values or polymod([*prefix, *values]) != 1:
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
        "code": code_plan(rules),
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
        "ways": ways(question),
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


LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""Those of bech32: none looks like another, and six of them notice up to four slips."""

_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_OURS: Final = 0x5046
"""What the checksum of a code of ours comes to: so no code of another kind is taken for one."""

_CHECK: Final = 6
_RULES: Final = 4
_GROUP: Final = 4
_LONGEST: Final = 1000
_UNKNOWN: Final = ("", UNSURE, SKIP)


def polymod(values: Sequence[int]) -> int:
    """The remainder that a checksum of bech32 is made of."""
    found = 1
    for value in values:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            found ^= term if top >> place & 1 else 0
    return found


def ways(question: Question) -> int:
    """How many answers a question can have, none at all included."""
    if question.kind != "many":
        return len(_UNKNOWN) + len(question.answers)
    return len(_UNKNOWN) + (1 << len(_several(question)))


def code_plan(rules: RuleSet) -> dict[str, Any]:
    """What a page needs to write a code as this module does."""
    size = length(rules) - _RULES - _CHECK
    return {"letters": LETTERS, "rules": _fingerprint(rules), "size": size, "check": _OURS}


def length(rules: RuleSet) -> int:
    """How many letters a code of these rules has."""
    most = 1
    for question in rules.questions:
        most *= ways(question)
    return _RULES + -(-(most - 1).bit_length() // 5) + _CHECK


def written(rules: RuleSet, answers: Answers) -> str:
    """The code, in groups. Answers that the path leaves out aren't in it."""
    asked = {question.id for question in applicable(rules, answers)}
    number = 0
    for question in rules.questions:
        answer = answers.get(question.id, "") if question.id in asked else ""
        number = number * ways(question) + _digit(question, answer)
    size = length(rules) - _RULES - _CHECK
    values = [*_fingerprint(rules), *(number >> 5 * at & 31 for at in range(size - 1, -1, -1))]
    check = polymod([*values, *[0] * _CHECK]) ^ _OURS
    values += [check >> 5 * at & 31 for at in range(_CHECK - 1, -1, -1)]
    text = "".join(LETTERS[value] for value in values)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)).upper()


def looks_written(data: bytes) -> bool:
    """Whether a file holds a code: letters, digits and what stands between groups of them."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    return 0 < len(text) < _LONGEST and re.fullmatch(r"[\w\s-]*\w[\w\s-]*", text) is not None


def read_code(rules: RuleSet, data: bytes, label: str) -> dict[str, Answer]:
    """The answers of a code. Raises AnswersError with what is wrong with it."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    letters = [letter for letter in text.lower() if not letter.isspace() and letter != "-"]
    for letter in letters:
        if letter not in LETTERS:
            raise _slip(label, f"{quoted(letter.upper())} stands in no code; check it")
    values = [LETTERS.index(letter) for letter in letters]
    if len(values) <= _RULES + _CHECK or polymod(values) != _OURS:
        said = f"a code of these rules has {length(rules)} letters, and this one {len(values)}"
        raise _slip(label, f"the code doesn't hold; check it letter by letter ({said})")
    if values[:_RULES] != _fingerprint(rules):
        message = "the code was made by a page of other rules; name them with --rules"
        raise _slip(label, message)
    number = 0
    for value in values[_RULES:-_CHECK]:
        number = number << 5 | value
    answers: dict[str, Answer] = {}
    for question in reversed(rules.questions):
        number, digit = divmod(number, ways(question))
        if answer := _answer(question, digit):
            answers[question.id] = answer
    asked = {question.id for question in applicable(rules, answers)}
    fits = all(a != (NONE,) or NONE in rules.question_by_id[q].answers for q, a in answers.items())
    if number or len(values) != length(rules) or not (fits and answers.keys() <= asked):
        raise _slip(label, "the code stands for no answers of these rules")
    return {each.id: answers[each.id] for each in rules.questions if each.id in answers}


def _slip(label: str, message: str) -> AnswersError:
    return AnswersError([Problem(label, 1, 1, "code", message)])


def _fingerprint(rules: RuleSet) -> list[int]:
    """The first twenty bits of the rules' fingerprint."""
    bits = int(rules.sha256[:5], 16)
    return [bits >> 5 * at & 31 for at in range(_RULES - 1, -1, -1)]


def _several(question: Question) -> tuple[str, ...]:
    return tuple(answer for answer in question.answers if answer != NONE)


def _digit(question: Question, answer: Answer) -> int:
    if isinstance(answer, str) and answer in _UNKNOWN:
        return _UNKNOWN.index(answer)
    if question.kind != "many":
        assert isinstance(answer, str)
        return len(_UNKNOWN) + question.answers.index(answer)
    # None is no choice at all: the one set of choices that can't be given otherwise.
    chosen = sum(1 << at for at, each in enumerate(_several(question)) if each in answer)
    return len(_UNKNOWN) + chosen


def _answer(question: Question, digit: int) -> Answer:
    if digit < len(_UNKNOWN):
        return _UNKNOWN[digit]
    digit -= len(_UNKNOWN)
    if question.kind != "many":
        return question.answers[digit]
    chosen = tuple(each for at, each in enumerate(_several(question)) if digit >> at & 1)
    return chosen or (NONE,)
