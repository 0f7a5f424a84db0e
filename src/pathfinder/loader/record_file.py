"""record.yaml: how answers are told in a counselor's note, and the forms that charts ask for.

Why this module exists: a chart speaks of a client in the third person, and each agency has an
order of its own. Both are words and no rules, so they stand beside the rule set: no decision
rests on them, and only a note reads them. A rule set without the file is told by the names of
its questions and the words of its answers.

It must not decide anything, or know a session.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pathfinder.engine.question import NONE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.files import read_bytes
from pathfinder.loader.fields import KEBAB, Form, Reader
from pathfinder.loader.rule_files import built_in, label_of
from pathfinder.loader.syntax.nodes import MapNode, Node
from pathfinder.loader.syntax.text import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import quoted

FILE: Final = "record.yaml"
HOLDS: Final = (
    "reported", "parts", "alerts", "worked_out", "unknown", "level", "ranking", "judgement",
    "done", "steps", "agreed",
)  # fmt: skip
"""The blocks of a note. `reported` and `parts` tell the same: a style holds one of the two."""

RECORD: Final = Form(
    FILE,
    {
        "parts": ("a part of the note+", "What is told together, in the order of the note."),
        "first_steps": ("words for each first step", "What a chart calls each first step."),
        "alerts": ("words for each alert", "What a chart calls each alert."),
        "styles": ("a style of the note+", "The forms that charts ask for; the first is usual."),
        "arranging?": ("moves that arrange a first step+", "What leaves a sheet once it is done."),
        "in_person?": ("what to ask in person+", "What no question asks, and care may hang on."),
    },
)
ARRANGING: Final = Form(
    "moves that arrange a first step",
    {
        "step": ("first step", "The first step."),
        "moves": ("text+", "How they begin. They leave once the step is done or isn't wanted."),
        "by_visit?": ("truth", "They leave it, too, once it is agreed and a visit is booked."),
    },
)
IN_PERSON: Final = Form(
    "what to ask in person",
    {
        "steps": ("first step+", "It is asked where one of these stands first."),
        "questions?": ("question+", "A counselor's note on one of these may tell it."),
        "record": ("text", "What a note names as still to be asked."),
        "move?": ("text", "How a move begins that tells it: the sheet then always says that."),
        "tell": ("text", "What the client's sheet says where there is no such move."),
    },
)
PART: Final = Form(
    "a part of the note",
    {
        "id": ("kebab", "Its name."),
        "title": ("text", "What stands over it."),
        "blank?": ("text", "Names a line to fill by hand, unless the intake was stopped."),
        "questions": ("a question in the note+", "The questions that belong to it."),
    },
)
TOLD: Final = Form(
    "a question in the note",
    {
        "question": ("question", "The question."),
        "record": ("text", 'What follows "Client": a verb, and {answer} once.'),
        "answers": ("words for each answer", "What stands for {answer}; every answer has words."),
        "short?": ("words for an answer", "A few words for what may stop an intake."),
        "other?": ("other words in the note+", "In place of `record`, the first that fit."),
        "follow_up?": ("words for an answer", "Where an answer would be untrue in a follow-up."),
    },
)
OTHER: Final = Form(
    "other words in the note",
    {
        "question": ("question", "The question whose answer decides, or this one."),
        "answers": ("text+", "Answers of it; one of them was given."),
        "record": ("text", 'What follows "Client" then: a verb, and {answer} once.'),
    },
)
STYLE: Final = Form(
    "a style of the note",
    {
        "id": ("kebab", "Its name for `--style`."),
        "sections": ("a section of the note+", "Its sections, in their order."),
    },
)
SECTION: Final = Form(
    "a section of the note",
    {
        "title": ("text", "What stands over it."),
        "holds?": ("block of the note+", "What stands in it, in this order."),
        "blank?": ("text", "Names a line to fill by hand: what no question can know."),
        "blanks?": ("text+", "More such lines, after it."),
    },
)
ANSWER: Final = "{answer}"


class OtherWords(NamedTuple):
    """What is told where one of these answers was given to a question."""

    question: str
    answers: frozenset[str]
    record: str


class ToldAs(NamedTuple):
    """A question in the third person. Answer id -> words, three times."""

    record: str
    answers: Mapping[str, str]
    short: Mapping[str, str]
    other: tuple[OtherWords, ...] = ()
    follow_up: Mapping[str, str] = {}


class RecordPart(NamedTuple):
    id: str
    title: str
    questions: Mapping[str, ToldAs]
    blank: str = ""


class Section(NamedTuple):
    title: str
    holds: tuple[str, ...]
    blanks: tuple[str, ...] = ()


class Arranging(NamedTuple):
    """The moves of a first step that only arrange it, whole. `by_visit`: a booked visit does."""

    moves: tuple[str, ...]
    by_visit: bool


class InPerson(NamedTuple):
    """What no question asks: for the chart, and for the client."""

    steps: tuple[str, ...]
    record: str
    tell: str
    move: str = ""
    questions: frozenset[str] = frozenset()


class RecordWords(NamedTuple):
    """How notes are told. `styles`: by name, the usual one first."""

    parts: tuple[RecordPart, ...]
    styles: Mapping[str, tuple[Section, ...]]
    first_steps: Mapping[str, str]
    alerts: Mapping[str, str]
    arranging: Mapping[str, Arranging] = {}
    in_person: tuple[InPerson, ...] = ()

    def short(self, question: str, answer: str) -> str | None:
        """A few words for what may stop an intake, where there are any."""
        told = (part.questions[question] for part in self.parts if question in part.questions)
        return next((each.short.get(answer) for each in told), None)


def read_record(rules: RuleSet, directory: Path | None = None) -> RecordWords:
    """How the rule set in `directory` (None: the built-in one) tells notes.

    Without the file, the styles are those of the built-in one, and each factor is a part, told
    by names and labels. Raises RulesError with every problem, and FileProblem.
    """
    folder = built_in() if directory is None else Path(directory)
    path, label = folder / FILE, label_of(folder, FILE)
    if not os.path.lexists(path):
        steps = {step.id: step.title for step in rules.steps}
        alerts = {alert.id: alert.id.replace("-", " ") for alert in rules.alerts}  # no "you"
        return RecordWords(_by_factor(rules), _styles_alone(), steps, alerts)
    data = read_bytes(str(path), label, MOST_BYTES, "A file of rules should stand there.")
    root, problems = read_yaml(data, label)
    found = _record(Reader(label, problems), root, rules)
    if problems:
        problems.sort(key=lambda problem: (problem.line, problem.column))
        raise RulesError(problems)
    return found


def _by_factor(rules: RuleSet) -> tuple[RecordPart, ...]:
    return tuple(
        RecordPart(
            factor.id,
            factor.title,
            {
                question.id: ToldAs(
                    f"says of {question.name or question.id.replace('_', ' ')}: {ANSWER}",
                    {answer: question.label(answer) for answer in _answers(question)},
                    {},
                )
                for question in rules.questions
                if question.factor == factor.id
            },
        )
        for factor in rules.factors
    )


def _styles_alone() -> Mapping[str, tuple[Section, ...]]:
    data = read_bytes(str(built_in() / FILE), FILE, MOST_BYTES, "")
    root, problems = read_yaml(data, FILE)
    return _styles(Reader(FILE, problems), root)


def _record(reader: Reader, root: MapNode | None, rules: RuleSet) -> RecordWords:
    fields = reader.fields(root, RECORD)
    parts: list[RecordPart] = []
    ids: dict[str, str] = {}
    told: dict[str, None] = {}
    for item in reader.items(fields.get("parts"), "a list of parts"):
        entry = reader.fields(item, PART)
        questions = [
            _told(reader, node, rules, told)
            for node in reader.items(entry.get("questions"), "a list of questions")
        ]
        part = reader.new_id(entry.get("id"), KEBAB, ids)
        title, blank = (reader.text(entry.get(key)) for key in ("title", "blank"))
        parts.append(RecordPart(part, title, dict(questions), blank))
    missing = [question.id for question in rules.questions if question.id not in told]
    if missing and root is not None and not reader.problems:
        message = f"a note can't tell {quoted(missing[0])}; put each question into one part"
        reader.note(fields.get("parts", root), "untold-question", message)
    steps, alerts = (
        _named(reader, fields.get(key), what, [each.id for each in known])
        for key, what, known in (
            ("first_steps", "first step", rules.steps),
            ("alerts", "alert", rules.alerts),
        )
    )
    arranging = dict(
        _arranging(reader, item, rules)
        for item in reader.items(fields.get("arranging"), "a list of moves", least=0)
    )
    in_person = tuple(
        _in_person(reader, item, rules)
        for item in reader.items(fields.get("in_person"), "a list of what to ask", least=0)
    )
    return RecordWords(tuple(parts), _styles(reader, root), steps, alerts, arranging, in_person)


def _arranging(reader: Reader, node: Node, rules: RuleSet) -> tuple[str, Arranging]:
    fields = reader.fields(node, ARRANGING)
    id_ = _id(reader, fields.get("step"), "first step", (step.id for step in rules.steps))
    texts = [move.text for step in rules.steps if step.id == id_ for move in step.moves]
    found: list[str] = []
    for item in reader.items(fields.get("moves"), "a list of how moves begin"):
        begins = reader.text(item)
        meant = [text for text in texts if begins and text.startswith(begins)]
        if texts and not meant:
            reader.note(item, "unknown-move", f"no move of {quoted(id_)} begins {quoted(begins)}")
        found += meant
    return id_, Arranging(tuple(found), reader.truth(fields.get("by_visit")))


def _in_person(reader: Reader, node: Node, rules: RuleSet) -> InPerson:
    fields = reader.fields(node, IN_PERSON)
    ids = [step.id for step in rules.steps]
    nodes = reader.items(fields.get("steps"), "a list of steps")
    steps = [_id(reader, item, "first step", ids) for item in nodes]
    move = reader.text(fields.get("move"))
    texts = [each.text for step in rules.steps if step.id in steps for each in step.moves]
    if move and texts and not any(text.startswith(move) for text in texts):
        reader.note(fields["move"], "unknown-move", f"no move of these steps begins {quoted(move)}")
    record, tell = (reader.text(fields.get(key)) for key in ("record", "tell"))
    questions = frozenset(
        _id(reader, item, "question", rules.question_by_id)
        for item in reader.items(fields.get("questions"), "a list of questions", least=0)
    )
    return InPerson(tuple(steps), record, tell, move, questions)


def _id(reader: Reader, node: Node | None, what: str, ids: Iterable[str]) -> str:
    id_ = reader.text(node)
    if node is not None and id_ and id_ not in (known := [*ids]):
        reader.unknown(node, what, id_, known)
    return id_


def _named(reader: Reader, node: Node | None, what: str, ids: Sequence[str]) -> dict[str, str]:
    """What a chart calls each of these."""
    found = _mapping(reader, node, f"a {what}: what a chart calls it", what, ids)
    left = [id_ for id_ in ids if id_ not in found]
    if isinstance(node, MapNode) and left:
        reader.note(node, "missing-key", f"the {what} {quoted(left[0])} has no words")
    return found


def _told(reader: Reader, node: Node, rules: RuleSet, told: dict[str, None]) -> tuple[str, ToldAs]:
    fields = reader.fields(node, TOLD)
    at = fields.get("question")
    id_ = _id(reader, at, "question", rules.question_by_id)
    question = rules.question_by_id.get(id_)
    if question is not None and at is not None and id_ in told:
        reader.note(at, "repeated", f"the question {quoted(id_)} is told already; keep one")
    told[id_] = None
    text = _record_words(reader, fields.get("record"))
    answers = _words(reader, fields.get("answers"), question)
    if question is not None and (left := [a for a in _answers(question) if a not in answers]):
        message = f"the answer {quoted(left[0])} has no words"
        reader.note(fields.get("answers", node), "missing-key", message)
    other = tuple(
        _other(reader, item, rules)
        for item in reader.items(fields.get("other"), "a list of other words", least=0)
    )
    short, later = (_words(reader, fields.get(key), question) for key in ("short", "follow_up"))
    return id_, ToldAs(text, answers, short, other, later)


def _record_words(reader: Reader, node: Node | None) -> str:
    text = reader.text(node)
    if node is not None and text and text.count(ANSWER) != 1:
        reader.note(node, "no-answer-in-it", f"expected {ANSWER} once in {quoted(text)}")
    return text


def _other(reader: Reader, node: Node, rules: RuleSet) -> OtherWords:
    fields = reader.fields(node, OTHER)
    id_ = _id(reader, fields.get("question"), "question", rules.question_by_id)
    question = rules.question_by_id.get(id_)
    given: set[str] = set()
    for item in reader.items(fields.get("answers"), "a list of answers"):
        word = reader.text(item)
        if question is not None and word not in _answers(question):
            reader.unknown(item, "answer", word, _answers(question), of=question.id)
        given.add(word)
    return OtherWords(id_, frozenset(given), _record_words(reader, fields.get("record")))


def _words(reader: Reader, node: Node | None, question: Question | None) -> dict[str, str]:
    ids, of = (None, "") if question is None else (_answers(question), question.id)
    return _mapping(reader, node, "an answer: its words", "answer", ids, of)


def _mapping(
    reader: Reader, node: Node | None, form: str, what: str, ids: Sequence[str] | None, of: str = ""
) -> dict[str, str]:
    if node is not None and not isinstance(node, MapNode):
        reader.wrong(node, f"a mapping ({form})")
    if not isinstance(node, MapNode):
        return {}
    for key, (_, value) in node.entries.items():
        if ids is not None and key not in ids:
            reader.unknown(value, what, key, ids, of=of)
    return {key: reader.text(value) for key, (_, value) in node.entries.items()}


def _answers(question: Question) -> tuple[str, ...]:
    none = (NONE,) if question.kind == "many" and NONE not in question.answers else ()
    return (*question.answers, *none)


def _styles(reader: Reader, root: MapNode | None) -> Mapping[str, tuple[Section, ...]]:
    node = root.get("styles") if root is not None else None
    ids: dict[str, str] = {}
    found: dict[str, tuple[Section, ...]] = {}
    for item in reader.items(node, "a list of styles"):
        entry = reader.fields(item, STYLE)
        id_ = reader.new_id(entry.get("id"), KEBAB, ids)
        nodes = reader.items(entry.get("sections"), "a list of sections")
        found[id_] = sections = tuple(_section(reader, each) for each in nodes)
        held = sorted(block for section in sections for block in section.holds)
        wanted = sorted({*HOLDS} - {"reported" if "parts" in held else "parts"})
        if held != wanted and not reader.problems:
            message = f"a style holds each of these once: {', '.join(wanted)}"
            reader.note(item, "note-not-whole", message)
    return found


def _section(reader: Reader, node: Node) -> Section:
    fields = reader.fields(node, SECTION)
    nodes = reader.items(fields.get("holds"), "a list of blocks of the note")
    holds = [reader.text(item) for item in nodes]
    for item, word in zip(nodes, holds, strict=True):
        if word not in HOLDS:
            reader.note(item, "unknown-block", f"there is no {quoted(word)}: {', '.join(HOLDS)}")
    more = reader.items(fields.get("blanks"), "a list of lines to fill")
    title, *blanks = (
        reader.text(each) for each in (fields.get("title"), fields.get("blank"), *more)
    )
    if not holds and not any(blanks):
        reader.note(node, "missing-key", "a section holds blocks, or has a blank to fill")
    return Section(title, tuple(holds), tuple(filter(None, blanks)))
