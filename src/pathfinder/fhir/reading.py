"""A QuestionnaireResponse as answers, or every problem with its place.

Why this module exists: what another program sends may be of another form, of older rules, cut
off, or made to do harm. It is taken whole or not at all, each problem is one line with its
place, and what is left out on purpose (`lenient`) is said.

It must not take a word for an answer because it reads like one: codes count, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, Problem
from pathfinder.fhir.items import AnsweredItem, HeldTo, given_in
from pathfinder.fhir.questionnaire import opened
from pathfinder.fhir.vocabulary import CanonicalName, Json, code, form_url, named, system
from pathfinder.loader.fields import Reader
from pathfinder.loader.migrations import Migration
from pathfinder.loader.older_answers import carry
from pathfinder.loader.syntax.json import read_json
from pathfinder.loader.syntax.nodes import Kind, MapNode, ScalarNode, SeqNode
from pathfinder.loader.syntax.text import decode
from pathfinder.sanitize import quoted

_OURS: Final = "QuestionnaireResponse"
_STATES: Final = ("completed", "amended", "in-progress", "stopped")
_ALONE: Final = (NONE, UNSURE, SKIP)


class ReadBack(NamedTuple):
    """Answers in normal form. `told`: what was read otherwise or left out, a sentence each.

    `client`: the code that the response names as its subject; "" for none.
    """

    answers: dict[str, Answer]
    told: tuple[str, ...]
    client: str


class _Slips:
    """Problems that end the reading, and those that cost one answer. Both are `Reader`s."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.whole: list[Problem] = []
        self.single: list[Problem] = []

    @property
    def ends_it(self) -> Reader:
        return Reader(self.file, self.whole)

    @property
    def costs_one(self) -> Reader:
        return Reader(self.file, self.single)


def read_response(
    rules: RuleSet,
    form: Json,
    data: bytes,
    label: str,
    *,
    migrations: Sequence[Migration] = (),
    lenient: bool = False,
) -> ReadBack:
    """The answers in a response to `form`, or to that of an older edition of the same rules.

    A bundle is read for the one response in it. Raises AnswersError with every problem;
    `lenient`: not for those that concern one answer, which is left out and told.
    """
    slips = _Slips(label)
    node = _resource(data, slips)
    about = None if node is None else _about(rules, node, slips)
    if node is None or about is None:
        raise AnswersError(_in_order(slips.whole))
    todays = about.sha256 in ("", rules.sha256)
    wanted = HeldTo(rules, system(rules), about.sha256 or rules.sha256, todays, _parents(form))
    given = given_in(slips.costs_one, node.get("item"), wanted)
    if slips.whole:
        raise AnswersError(_in_order([*slips.whole, *slips.single]))
    told: tuple[str, ...] = ()
    if todays:
        answers = _as_offered(rules, given, slips.costs_one)
        if lenient or not slips.single:  # what is asked of whom hangs on answers that hold
            _only_what_is_asked(form, given, answers, slips.costs_one)
    else:
        answers, told = _carried(rules, migrations, given, about, slips.costs_one)
    if slips.single and not lenient:
        raise AnswersError(_in_order(slips.single))
    left = tuple(f"Left out: {problem}." for problem in _in_order(slips.single))
    return ReadBack(answers, (*told, *left), _client(node))


def heard_in(rules: RuleSet, form: Json, data: bytes) -> dict[str, Answer]:
    """Every answer in a response that means something by itself, whatever else is wrong with it.

    For danger alone, which is heard also where nothing is taken: "none" beside an overdose is an
    overdose. Of a file that can't be read at all, nothing.
    """
    slips = _Slips("")
    node = _resource(data, slips)
    if node is None:
        return {}
    wanted = HeldTo(rules, system(rules), "", False, _parents(form))
    answers: dict[str, Answer] = {}
    for link, each in given_in(slips.costs_one, node.get("item"), wanted).items():
        question = rules.question_by_id.get(link)
        offered = () if question is None else question.answers
        words = tuple(dict.fromkeys(word for word, _ in each.words if word in offered))
        words = tuple(word for word in words if word not in _ALONE) or words
        if question is not None and words:
            answers[link] = words if question.kind == "many" else words[-1]
    return answers


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


# --- the resource -----------------------------------------------------------------------


def _resource(data: bytes, slips: _Slips) -> MapNode | None:
    """The response, if the file holds one and can be read at all."""
    text, slips.whole = decode(data, slips.file)
    if text is None:
        return None
    reader = slips.ends_it
    if not text.strip():
        slips.whole.append(Problem(slips.file, 1, 1, "empty", "the file is empty"))
        return None
    root = read_json(text, slips.file, slips.whole)
    if slips.whole or root is None:
        return None
    if not isinstance(root, MapNode):
        reader.wrong(root, f"a {_OURS} of FHIR, as JSON")
        return None
    kind = _word(root, "resourceType")
    if kind == "Bundle":
        return _in_bundle(root, reader)
    if kind != _OURS:
        said = f"this is a {quoted(kind)}" if kind else 'there is no "resourceType"'
        reader.note(root, "wrong-type", f"expected a {_OURS} of FHIR; {said}")
        return None
    return root


def _in_bundle(root: MapNode, reader: Reader) -> MapNode | None:
    entries = root.get("entry")
    found = [
        inside
        for each in (entries.items if isinstance(entries, SeqNode) else ())
        if isinstance(each, MapNode) and isinstance(inside := each.get("resource"), MapNode)
        if _word(inside, "resourceType") == _OURS
    ]
    if len(found) == 1:
        return found[0]
    held = f"{len(found)} of them" if found else "none"
    reader.note(root, "wrong-type", f"expected a bundle with one {_OURS}; found {held}")
    return None


def _about(rules: RuleSet, node: MapNode, slips: _Slips) -> CanonicalName | None:
    """Which form it answers: ours of today, or of an older edition; None if it is another's."""
    reader = slips.ends_it
    for key in ("modifierExtension", "implicitRules"):
        if key in node.entries:
            reader.note(node.entries[key][0], "unknown-key", _not_understood(key))
    status = node.get("status")
    if status is None:
        reader.note(node, "missing-key", 'there is no "status"')
    elif _word(node, "status") not in _STATES:
        said = quoted(_word(node, "status"))
        message = f"the status {said} is none to take answers from; expected one of: "
        reader.note(status, "status", message + ", ".join(_STATES))
    form = node.get("questionnaire")
    if form is None:
        reader.note(node, "missing-key", 'it doesn\'t say which "questionnaire" it answers')
        return None
    about = named(_word(node, "questionnaire"))
    if about.url != form_url(rules):
        message = (
            f"it answers another questionnaire, {quoted(about.url)}; ours is {form_url(rules)}"
        )
        reader.note(form, "another-questionnaire", message)
        return None
    if about.version and not about.sha256:
        reader.note(form, "version", f"{quoted(about.version)} is no version of our form")
    return None if slips.whole else about


def _not_understood(key: str) -> str:
    return f"{quoted(key)} may change what all of it means, and isn't understood here"


def _word(node: MapNode, key: str) -> str:
    found = node.get(key)
    if isinstance(found, ScalarNode) and found.kind is Kind.TEXT:
        return found.value
    return ""


def _client(node: MapNode) -> str:
    """The code of the subject, as `response` writes it."""
    subject = node.get("subject")
    identifier = subject.get("identifier") if isinstance(subject, MapNode) else None
    return _word(identifier, "value") if isinstance(identifier, MapNode) else ""


def _parents(form: Json) -> dict[str, tuple[str, str]]:
    """Each link id with the type of its item, and the link id of the group that it lies in."""
    found: dict[str, tuple[str, str]] = {}

    def walk(items: Sequence[Json], parent: str) -> None:
        for item in items:
            found[item["linkId"]] = (item["type"], parent)
            walk(item.get("item", ()), item["linkId"])

    walk(form["item"], "")
    return found


# --- the answers ------------------------------------------------------------------------


def _as_offered(
    rules: RuleSet, given: Mapping[str, AnsweredItem], reader: Reader
) -> dict[str, Answer]:
    """Answers to today's form, each of which its question offers."""
    answers: dict[str, Answer] = {}
    for link, each in given.items():
        question = rules.question_by_id[link]
        offered = (*question.answers, UNSURE, SKIP)
        slips = len(reader.problems)
        for word, at in each.words:
            if word not in offered:
                reader.unknown(at, "answer", word, offered, of=link)
        _one_or_several(reader, question.kind == "many", link, each)
        if len(reader.problems) == slips:
            answers[link] = _normal(question.kind, question.answers, [w for w, _ in each.words])
    return answers


def _only_what_is_asked(
    form: Json, given: Mapping[str, AnsweredItem], answers: dict[str, Answer], reader: Reader
) -> None:
    """Take out what was answered at an item that wasn't open, and note it."""
    codes = {
        link: frozenset(code(link, word) for word in ((a,) if isinstance(a, str) else a))
        for link, a in answers.items()
    }
    is_open = opened(form, codes)
    for link in [link for link in answers if link not in is_open]:
        message = f"{quoted(link)} has an answer, and isn't asked of someone with these answers"
        reader.note(given[link].at, "not-asked", message)
        del answers[link]


def _one_or_several(reader: Reader, several: bool, link: str, each: AnsweredItem) -> None:
    words = [word for word, _ in each.words]
    if len(words) < 2:
        return
    if not several:
        reader.note(each.words[1][1], "several", f"{quoted(link)} takes one answer")
        return
    for place, (word, at) in enumerate(each.words):
        if word in words[:place]:
            reader.note(at, "repeated", f"{quoted(word)} stands twice under {quoted(link)}")
        elif word in _ALONE:
            message = f"{quoted(word)} can't stand beside another answer of {quoted(link)}"
            reader.note(at, "not-alone", message)


def _normal(kind: str, order: Sequence[str], words: Sequence[str]) -> Answer:
    if kind != "many" or words[0] in (UNSURE, SKIP):
        return words[0]
    return tuple(sorted(words, key=order.index))


def _carried(
    rules: RuleSet,
    migrations: Sequence[Migration],
    given: Mapping[str, AnsweredItem],
    about: CanonicalName,
    reader: Reader,
) -> tuple[dict[str, Answer], tuple[str, ...]]:
    """Answers to an older form, as today's rules take them. What fits no more is noted."""
    old: dict[str, Answer] = {}
    for link, each in given.items():
        slips = len(reader.problems)
        _one_or_several(reader, True, link, each)  # how many it took then, nobody knows here
        if len(reader.problems) == slips:
            words = tuple(word for word, _ in each.words)
            old[link] = words[0] if len(words) == 1 else words
    passport = {"ruleset": rules.id, "version": about.version, "sha256": about.sha256}
    carried = carry(rules, migrations, old, {}, passport)
    known = {step.question for migration in migrations for step in migration.steps}
    for link in old:
        if link not in carried.answers and link not in known:
            message = f"{quoted(link)} doesn't fit today's rules, and no migration knows it"
            reader.note(given[link].at, "does-not-fit", message)
    return carried.answers, carried.told
