"""The rules of a factor file: alerts, first steps, gates, supports, notes, moves, barriers.

Why this module exists: one rule is one decision that can be read aloud, with its
condition, its effect, its reason and its grounds. Here each gets all four.

It must not evaluate a rule; tests do that with `fires` and `quiet`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypedDict

from pathfinder.engine.conditions import Condition
from pathfinder.engine.question import Answers, Grounds
from pathfinder.engine.rules import (
    AlertRule,
    Barrier,
    FirstRule,
    Gate,
    MoveRule,
    NoteRule,
    SupportRule,
)
from pathfinder.loader.conditions import condition, optional_condition, paths_meant
from pathfinder.loader.fields import GROUNDS, KEBAB, Fields, Form, Key, Reader
from pathfinder.loader.ids_and_answers import Names, check_answer_nodes
from pathfinder.loader.sources_and_steps import grounds
from pathfinder.loader.syntax.nodes import MapNode, Node

_ID: Final[Mapping[str, Key]] = {
    "id": ("kebab", "Its name in explanations; once in the whole rule set."),
}
_WHEN: Final[Mapping[str, Key]] = {"when": ("condition", "The rule holds only then.")}
_BECAUSE: Final[Mapping[str, Key]] = {
    "because": ("text", "Why, in a sentence or two for the person."),
}
_SHARED: Final[Mapping[str, Key]] = {
    "unless?": ("condition", "The rule doesn't hold where this is known to be true."),
    **GROUNDS,
}
_PROVED: Final[Mapping[str, Key]] = {
    **_BECAUSE,
    "check": ("text", "What to ask a professional while the rule hangs on an unknown answer."),
    "fires": ("answers", "Answers for which the rule fires."),
    "quiet": ("answers", "Answers for which it doesn't."),
    **_SHARED,
}
ALERT: Final = Form(
    "an alert rule", {**_ID, **_WHEN, "alert": ("alert", "The alert that is shown."), **_PROVED}
)
FIRST: Final = Form(
    "a first-step rule",
    {**_ID, **_WHEN, "first": ("first step", "What comes before any path."), **_PROVED},
)
GATE: Final = Form(
    "a gate",
    {
        **_ID,
        **_WHEN,
        **_PROVED,
        "at_least?": ("level", "The lowest level of care that is safe."),
        "set_aside?": ("paths meant", "The paths that can't be recommended now."),
        "opens_when?": ("text", "What would open them; it goes with set_aside."),
        "alongside?": ("truth", "They can still help beside another path; with set_aside."),
    },
)
_ABOUT: Final[Mapping[str, Key]] = {
    "about?": (
        "paths meant",
        "What the text speaks of: told only where one of them is called for.",
    ),
}
SUPPORT: Final = Form(
    "a support rule",
    {**_ID, **_WHEN, "support": ("support", "What is added."), **_BECAUSE, **_SHARED, **_ABOUT},
)
NOTE: Final = Form(
    "a note",
    {
        **_ID,
        **_WHEN,
        **_BECAUSE,
        **_SHARED,
        **_ABOUT,
        "headline?": ("truth", "It leads the result, and no path is pushed."),
    },
)
MOVE: Final = Form(
    "a move",
    {
        **_ID,
        **_WHEN,
        **_BECAUSE,
        **_SHARED,
        **_ABOUT,
        "warns?": ("truth", "It stands above the first steps and the paths."),
        "in_the_call?": (
            "truth",
            "It is said or asked in a call: the path's own moves come before.",
        ),
    },
)
BARRIER: Final = Form(
    "a barrier",
    {
        **_ID,
        "question": ("question", "The question that it is about."),
        "called?": ("text", "What stands in the way, where the question's name says it badly."),
        **_WHEN,
        "paths": ("paths meant", "The paths that ask for more than the person's life gives."),
        "helps": ("support*", "What could help with it."),
        **_BECAUSE,
        **_SHARED,
        "rules_out?": ("truth", "The paths can't be begun at all while it stands."),
    },
)


class Rules:
    """The rules of all factor files, as they are read."""

    def __init__(self) -> None:
        self.alerts: list[AlertRule] = []
        self.first: list[FirstRule] = []
        self.gates: list[Gate] = []
        self.supports: list[SupportRule] = []
        self.notes: list[NoteRule] = []
        self.moves: list[MoveRule] = []
        self.barriers: list[Barrier] = []


class _Common(TypedDict):
    id: str
    factor: str
    when: Condition
    unless: Condition | None
    because: str
    grounds: Grounds


class _Examples(TypedDict):
    fires: Answers | None
    quiet: Answers | None


SECTIONS: Final[Mapping[str, tuple[Form, str]]] = {
    "alerts": (ALERT, "What must be said before all else, and when."),
    "first": (FIRST, "What comes before any path, and when."),
    "gates": (GATE, "Which level is safe, and which paths are set aside."),
    "supports": (SUPPORT, "What is added to any path."),
    "notes": (NOTE, "A sentence for the result that changes nothing in the ranking."),
    "moves": (MOVE, "A first move for this person; its text is `because`."),
    "barriers": (BARRIER, "Where a path asks more than the person's life gives."),
}
"""The keys of a factor file that hold rules: the form of one, and what they are for."""


def read_rules(
    reader: Reader, file: Fields, factor: str, names: Names, taken: dict[str, str], into: Rules
) -> None:
    """All rules of one factor file. `taken`: rule ids of the whole set so far."""

    def section(key: str, form: Form) -> list[tuple[Node, Fields, _Common]]:
        entries = []
        for item in reader.items(file.get(key), f"a list, each item {form.what}", least=0):
            fields = reader.fields(item, form)
            entries.append((item, fields, _common(reader, item, fields, factor, names, taken)))
        return entries

    for _, fields, common in section("alerts", ALERT):
        alert = reader.name(fields.get("alert"), names.alerts)
        examples = _examples(reader, fields, names)
        check = _check(reader, fields)
        into.alerts.append(AlertRule(**common, **examples, check=check, alert=alert))
    for _, fields, common in section("first", FIRST):
        step = reader.name(fields.get("first"), names.steps)
        examples = _examples(reader, fields, names)
        check = _check(reader, fields)
        into.first.append(FirstRule(**common, **examples, check=check, first=step))
    for item, fields, common in section("gates", GATE):
        into.gates.append(_gate(reader, item, fields, common, names))
    for _, fields, common in section("supports", SUPPORT):
        support = reader.name(fields.get("support"), names.supports)
        about = _about(reader, fields, names)
        into.supports.append(SupportRule(**common, support=support, about=about))
    for _, fields, common in section("notes", NOTE):
        headline = reader.truth(fields.get("headline"))
        about = _about(reader, fields, names)
        into.notes.append(NoteRule(**common, headline=headline, about=about))
    for _, fields, common in section("moves", MOVE):
        warns, about = reader.truth(fields.get("warns")), _about(reader, fields, names)
        in_the_call = reader.truth(fields.get("in_the_call"))
        into.moves.append(MoveRule(**common, warns=warns, about=about, in_the_call=in_the_call))
    for _, fields, common in section("barriers", BARRIER):
        into.barriers.append(
            Barrier(
                **common,
                question=reader.name(fields.get("question"), names.questions),
                paths=paths_meant(reader, fields.get("paths"), names),
                helps=reader.names(fields.get("helps"), names.supports, least=0),
                rules_out=reader.truth(fields.get("rules_out")),
                called=reader.text(fields.get("called")) if "called" in fields else "",
            )
        )


def _about(reader: Reader, fields: Fields, names: Names) -> tuple[str, ...]:
    node = fields.get("about")
    return () if node is None else paths_meant(reader, node, names)


def _common(
    reader: Reader, item: Node, fields: Fields, factor: str, names: Names, taken: dict[str, str]
) -> _Common:
    return {
        "id": reader.new_id(fields.get("id"), KEBAB, taken),
        "factor": factor,
        "when": condition(reader, fields.get("when"), names),
        "unless": optional_condition(reader, fields.get("unless"), names),
        "because": reader.text(fields.get("because")),
        "grounds": grounds(reader, fields, item, names),
    }


def _examples(reader: Reader, fields: Fields, names: Names) -> _Examples:
    return {
        "fires": _example(reader, fields.get("fires"), names),
        "quiet": _example(reader, fields.get("quiet"), names),
    }


def _check(reader: Reader, fields: Fields) -> str:
    return reader.text(fields.get("check"))


def _example(reader: Reader, node: Node | None, names: Names) -> Answers | None:
    """Answers for which a rule does or doesn't fire, held to the rules of answers files."""
    if node is None:
        return None
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping of answers like {home: steady}")
        return None
    complete = names.questions.complete
    return check_answer_nodes(reader, node, names.shapes, complete=complete)


def _gate(reader: Reader, item: Node, fields: Fields, common: _Common, names: Names) -> Gate:
    at_least, set_aside = fields.get("at_least"), fields.get("set_aside")
    if at_least is None and set_aside is None:
        reader.note(item, "gate-effect", "a gate needs at_least or set_aside")
    elif at_least is not None and set_aside is not None:
        reader.note(set_aside, "gate-effect", "a gate has at_least or set_aside, not both")
    if set_aside is not None and "opens_when" not in fields:
        message = "a gate that sets paths aside needs the key opens_when: what would open them"
        reader.note(item, "missing-key", message)
    if set_aside is None:
        for key in ("opens_when", "alongside"):
            if key in fields:
                reader.note(fields[key], "gate-effect", f"{key} goes with set_aside only")
    return Gate(
        **common,
        **_examples(reader, fields, names),
        check=_check(reader, fields),
        at_least=None if at_least is None else reader.name(at_least, names.levels),
        set_aside=paths_meant(reader, set_aside, names),
        opens_when=reader.text(fields.get("opens_when")),
        alongside=reader.truth(fields.get("alongside")),
    )
