"""The questions of a factor file, with what they are derived from and how gates read them.

It must not know in which order the questions are asked beyond what `ask_when` may name.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from pathfinder.engine.conditions import Condition, Leaf, questions_in
from pathfinder.engine.question import (
    SKIP,
    UNSURE,
    CouldBe,
    Derived,
    Option,
    Question,
    Reading,
    Unlikely,
)
from pathfinder.loader.conditions import condition, conjuncts, optional_condition
from pathfinder.loader.fields import GROUNDS, KEBAB, SNAKE, Fields, Form, Reader
from pathfinder.loader.ids_and_answers import QUESTION_KINDS, Names
from pathfinder.loader.sources_and_steps import grounds
from pathfinder.loader.syntax.nodes import MapNode, Node

QUESTION: Final = Form(
    "a question",
    {
        "id": ("snake", "Its name in conditions and answers files."),
        "kind": ("kind of question", "One answer, one of a scale, or many."),
        "name?": ("text", "Its name in a few words. Default: its id, in words."),
        "ask": ("text", "The question, in the person's own words."),
        "why": ("text", "Why we ask; also shown where the answer isn't known."),
        "cue": ("text", "What a counselor listens for."),
        "answers": ("labels of answers", "Each answer with its label; of a scale the least first."),
        "unsure?": ("text", "Another label for not being sure."),
        "skip?": ("text", "Another label for not saying."),
        "ask_when?": ("condition", "Asked only then; it may name earlier questions."),
        "can_change?": ("truth", "Another answer may be offered as what would change the result."),
        "could_be?": ("what an answer could be+", 'What people may come to, told as "If …".'),
        "unlikely?": ("unlikely answers+", "What doesn't fit with other answers, as an example."),
        "derived?": ("derived", "Worked out from another question when it isn't answered."),
        "by_region?": ("sentences by region", "One more sentence, by country."),
        "readings?": ("a reading+", "What gates read instead; the first that holds is taken."),
    },
)
COULD_BE: Final = Form(
    "what an answer could be",
    {
        "answer": ("snake", "The answer that a person may come to."),
        "instead_of": ("snake+", "The answers from which it can be reached."),
        "if": ("text", 'What would have happened, behind the word "If".'),
        "unless?": ("condition", "Not offered then."),
    },
)
UNLIKELY: Final = Form(
    "unlikely answers",
    {
        "answers": ("snake+", "The answers that are no example then."),
        "when": ("condition", "What was told that doesn't fit with them."),
    },
)
DERIVED: Final = Form(
    "derived",
    {
        "from": ("question", "A question that takes many answers, or has the same answers."),
        "counts?": ("counts of answers", "For each answer, from how many given ones on it holds."),
        "when?": ("condition", "Without counts: taken over also where it isn't asked, then."),
    },
)
OPTION: Final = Form(
    "an answer with traits",
    {
        "label": ("text", "The answer as people read it."),
        "traits": ("snake*", "What it is, for conditions that name traits."),
    },
)
READING: Final = Form(
    "a reading",
    {
        "id": ("kebab", "Its name in explanations."),
        "as": ("snake", "The answer that gates read."),
        "when": ("condition", "Read so only then."),
        "because": ("text", "Why, in a sentence for the person."),
        "check": ("text", "What to ask a professional about it."),
        **GROUNDS,
    },
)

_UNSURE: Final = "Not sure"
_SKIP: Final = "Prefer not to say"


def question(
    reader: Reader,
    node: Node,
    factor: str,
    names: Names,
    taken: dict[str, str],
    rules_taken: dict[str, str],
) -> Question:
    """One question. `taken`: question ids so far; `rules_taken`: rule ids of the whole set."""
    fields = reader.fields(node, QUESTION)
    identity = reader.new_id(fields.get("id"), SNAKE, taken)
    kind = reader.choice(fields.get("kind"), "kind of question", QUESTION_KINDS)
    unsure, skip, name = (fields.get(key) for key in ("unsure", "skip", "name"))
    return Question(
        id=identity,
        factor=factor,
        kind=kind,
        ask=reader.text(fields.get("ask")),
        why=reader.text(fields.get("why")),
        cue=reader.text(fields.get("cue")),
        options=_options(reader, fields.get("answers")),
        unsure=_UNSURE if unsure is None else reader.text(unsure),
        skip=_SKIP if skip is None else reader.text(skip),
        ask_when=_ask_when(reader, fields.get("ask_when"), identity, names),
        can_change=reader.truth(fields.get("can_change")),
        derived=_derived(reader, fields.get("derived"), identity, kind, names),
        readings=_readings(reader, fields.get("readings"), identity, kind, names, rules_taken),
        by_region=_by_region(reader, fields.get("by_region"), names),
        could_be=_could_be(reader, fields, identity, kind, names),
        name=identity.replace("_", " ") if name is None else reader.text(name),
        unlikely=_unlikely(reader, fields.get("unlikely"), identity, names),
    )


def _options(reader: Reader, node: Node | None) -> tuple[Option, ...]:
    if node is None:
        return ()
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping of answers like {steady: A steady home}")
        return ()
    if len(node.entries) < 2:
        reader.note(node, "too-few-answers", "a question needs two answers or more")
    taken: dict[str, str] = {}
    options = []
    for answer, (at, label) in node.entries.items():
        if answer in (UNSURE, SKIP):
            message = f"every question takes {answer} already; write its label under {answer}:"
            reader.note(at, "reserved-answer", message)
        options.append(_option(reader, reader.new_id(at, SNAKE, taken), label))
    return tuple(options)


def _option(reader: Reader, answer: str, node: Node) -> Option:
    """An answer: its label, or a mapping with the label and what the answer is."""
    if not isinstance(node, MapNode):
        return Option(answer, reader.text(node))
    fields = reader.fields(node, OPTION)
    traits = tuple(
        reader.new_id(item, SNAKE, {})
        for item in reader.items(fields.get("traits"), "a list of traits", least=0)
    )
    return Option(answer, reader.text(fields.get("label")), traits)


def _ask_when(reader: Reader, node: Node | None, question: str, names: Names) -> Condition | None:
    if node is None:
        return None
    asked = condition(reader, node, names)
    own_place = names.order.get(question)
    for other in questions_in(asked):
        place = names.order.get(other)
        if other == question:
            message = f"{question} can't be asked only when {question} itself is answered"
            reader.note(node, "asks-itself", message)
        elif own_place is not None and place is not None and place > own_place:
            message = f"ask_when of {question} names {other}, which is asked later"
            reader.note(node, "asks-later", message)
    return asked


def _derived(
    reader: Reader, node: Node | None, question: str, kind: str, names: Names
) -> Derived | None:
    if node is None:
        return None
    if kind == "many":
        message = f"{question} takes several answers, so it can't be derived"
        reader.note(node, "derived-many", message)
        return None
    fields = reader.fields(node, DERIVED)
    source_node, counts_node = fields.get("from"), fields.get("counts")
    source = reader.name(source_node, names.questions)
    shape = names.shapes.get(source)
    if counts_node is None:
        return _same_as(reader, fields, question, source, names)
    most = 0
    if shape is not None and source_node is not None:
        most = len(shape.listed)
        if shape.kind in ("one", "scale"):
            message = f"{source} takes one answer, so there is nothing to count"
            reader.note(source_node, "not-many", message)
            return None
    counts = _counts(reader, counts_node, question, most or 999, names)
    return Derived(source, counts)


def _same_as(reader: Reader, fields: Fields, question: str, source: str, names: Names) -> Derived:
    """An answer that is taken over from a question asked before, with the same answers."""
    own, other = names.shapes.get(question), names.shapes.get(source)
    node = fields.get("from")
    if node is not None and own is not None and other is not None:
        if own.answers != other.answers:
            message = f"{question} and {source} must have the same answers, or it needs counts"
            reader.note(node, "derived-differs", message)
        elif names.order.get(source, 0) >= names.order.get(question, 0):
            message = f"{question} takes the answer of {source}, which is asked later"
            reader.note(node, "asks-later", message)
    return Derived(source, (), optional_condition(reader, fields.get("when"), names))


def _counts(
    reader: Reader, node: Node | None, question: str, most: int, names: Names
) -> tuple[tuple[int, str], ...]:
    if node is None:
        return ()
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping from an answer to the least number of choices")
        return ()
    own = names.shapes.get(question)
    counts: dict[int, str] = {}
    for answer, (at, value) in node.entries.items():
        if own is not None and answer not in own.answers:
            reader.unknown(at, "answer", answer, own.answers, of=question)
        number = reader.whole(value, 0, most)
        if number in counts:
            message = f"{answer} and {counts[number]} both count from {number}; keep one"
            reader.note(value, "repeated", message)
        counts.setdefault(number, answer)
    if 0 not in counts:
        message = "no answer counts from 0, so few choices would give none"
        reader.note(node, "counts-from-zero", message)
    return tuple(sorted(counts.items(), reverse=True))


def _readings(
    reader: Reader,
    node: Node | None,
    question: str,
    kind: str,
    names: Names,
    taken: dict[str, str],
) -> tuple[Reading, ...]:
    if node is not None and kind == "many":
        message = f"{question} takes several answers, so gates can't read it as one"
        reader.note(node, "reading-many", message)
        return ()
    readings = []
    for item in reader.items(node, "a list of readings"):
        fields = reader.fields(item, READING)
        when = condition(reader, fields.get("when"), names)
        readings.append(
            Reading(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                question=question,
                value=_read_as(reader, fields, question, names),
                when=when,
                of_unknown=_of_unknown(reader, fields, question, when),
                because=reader.text(fields.get("because")),
                check=reader.text(fields.get("check")),
                grounds=grounds(reader, fields, item, names),
            )
        )
    return tuple(readings)


def _read_as(reader: Reader, fields: Fields, question: str, names: Names) -> str:
    shape = names.shapes.get(question)
    return _own_answer(reader, fields.get("as"), question, () if shape is None else shape.answers)


def _of_unknown(reader: Reader, fields: Fields, question: str, when: Condition) -> bool:
    """Whether the reading stands in for no answer. If not, it must name the answers it corrects."""
    node = fields.get("when")
    own = [part for part in conjuncts(when) if isinstance(part, Leaf) and part.question == question]
    unknown = any(leaf.op == "answered" and "false" in leaf.accepts for leaf in own)
    corrects = any(leaf.op != "answered" for leaf in own)
    if node is not None and unknown and corrects:
        message = f"{question} can't have no answer and this answer at once"
        reader.note(node, "reading-kind", message)
    elif node is not None and not unknown and not corrects and isinstance(node, MapNode):
        message = (
            f"says nothing about {question} itself; add {{{question}: {{answered: false}}}},"
            f" or the answers it corrects, like {{{question}: […]}}"
        )
        reader.note(node, "reading-kind", message)
    return unknown


def _could_be(
    reader: Reader, question: Fields, identity: str, kind: str, names: Names
) -> tuple[CouldBe, ...]:
    """What may be told under "what would change this": only of what a person can change."""
    node = question.get("could_be")
    if node is None:
        return ()
    if question.get("can_change") is None:
        message = f"{identity} has could_be, but not can_change: true"
        reader.note(node, "could-be-fixed", message)
    if kind == "many":
        message = f"{identity} takes several answers, so none stands in another's place"
        reader.note(node, "could-be-many", message)
        return ()
    shape = names.shapes.get(identity)
    own = () if shape is None else shape.answers
    entries = []
    for item in reader.items(node, "a list like {answer: …, instead_of: […], if: …}"):
        fields = reader.fields(item, COULD_BE)
        answer = _own_answer(reader, fields.get("answer"), identity, own)
        instead = tuple(
            _own_answer(reader, each, identity, own)
            for each in reader.items(fields.get("instead_of"), "a list of answers")
        )
        if answer in instead:
            message = f"{answer} can't be told instead of {answer} itself"
            reader.note(item, "could-be-itself", message)
        unless = optional_condition(reader, fields.get("unless"), names)
        entries.append(CouldBe(answer, instead, reader.text(fields.get("if")), unless))
    return tuple(entries)


def _unlikely(
    reader: Reader, node: Node | None, identity: str, names: Names
) -> tuple[Unlikely, ...]:
    shape = names.shapes.get(identity)
    own = () if shape is None else shape.answers
    entries = []
    for item in () if node is None else reader.items(node, "a list like {answers: […], when: …}"):
        fields = reader.fields(item, UNLIKELY)
        answers = tuple(
            _own_answer(reader, each, identity, own)
            for each in reader.items(fields.get("answers"), "a list of answers")
        )
        entries.append(Unlikely(answers, condition(reader, fields.get("when"), names)))
    return tuple(entries)


def _own_answer(reader: Reader, node: Node | None, question: str, answers: Collection[str]) -> str:
    value = reader.text(node)
    if node is not None and value and answers and value not in answers:
        reader.unknown(node, "answer", value, answers, of=question)
    return value


def _by_region(reader: Reader, node: Node | None, names: Names) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping from a region to one more sentence")
        return {}
    for region, (at, _) in node.entries.items():
        if names.regions.complete and region not in names.regions.ids:
            reader.unknown(at, names.regions.what, region, names.regions.ids)
    return {region: reader.text(text) for region, (_, text) in node.entries.items()}
