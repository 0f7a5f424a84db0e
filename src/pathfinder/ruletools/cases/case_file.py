"""Whole people: `cases/*.yaml`, a story, the answers, and what must come out.

Why this module exists: a case is a promise to somebody like this person. It is read
as strictly as a rule, because a misspelt expectation would hold for everybody.

It must not decide anything, or judge a case: that is `judge`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

from pathfinder.engine.decision import SCOPES, STANDING_NOTES
from pathfinder.engine.question import Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import FileProblem, Problem, RulesError
from pathfinder.files import read_bytes
from pathfinder.loader.fields import Form, Known, Reader
from pathfinder.loader.ids_and_answers import check_answer_nodes, shape_of
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode
from pathfinder.loader.syntax.text import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.ruletools.cases.examples import safety_rules
from pathfinder.sanitize import clean

FOLDER: Final = "cases"
MOST: Final = 2_000
"""Files that a folder of cases may hold."""
CASE: Final = Form(
    "a case",
    {
        "story": ("text", "One or two sentences about somebody."),
        "answers": ("answers", "What they answered, as in an answers file."),
        "expect": ("expect", "What must come out; at least one line."),
    },
)

How = Literal["is", "one of", "in order", "holds", "holds none of", "all of"]
"""How an expectation is compared. `in order`: this list and nothing else. `holds`: at least
these. `all of`: these and no others, in any order. `one of`: one name out of these."""


class Expectation(NamedTuple):
    """What may stand under `expect`: how it is compared, which kind of name it takes, and why."""

    how: How
    names: str
    about: str


KEYS: Final[Mapping[str, Expectation]] = {
    "scope": Expectation("is", "scope", "Whether these rules are made for the person."),
    "hold": Expectation("is", "truth", "Whether the paths wait for an emergency."),
    "safe_level": Expectation(
        "is", "level", "The lowest level of care that is safe, or `nothing`."
    ),
    "alerts": Expectation("in order", "alert", "The alerts, in this order."),
    "alert_rules": Expectation("holds", "alert rule", "At least these alert rules fire."),
    "first": Expectation("in order", "first step", "The first steps, in this order."),
    "first_rules": Expectation(
        "holds", "first-step rule", "At least these rules for first steps fire."
    ),
    "not_first_rules": Expectation(
        "holds none of", "first-step rule", "None of these rules for first steps fires."
    ),
    "first_path": Expectation("one of", "path", "The path that comes first, or one of these."),
    "about_equal": Expectation("holds", "path", "At least these are about equal to the first."),
    "ranked": Expectation("in order", "path", "The paths, in this order."),
    "not_ranked": Expectation("holds none of", "path", "None of these is ranked."),
    "alongside": Expectation("holds", "path", "At least these can help beside another path."),
    "supports": Expectation("holds", "support", "At least these are offered."),
    "not_supports": Expectation("holds none of", "support", "None of these is offered."),
    "notes": Expectation("holds", "note", "At least these notes stand in the result."),
    "not_notes": Expectation("holds none of", "note", "None of these notes stands in the result."),
    "warnings": Expectation("holds", "warning", "At least these warnings stand above the paths."),
    "to_check": Expectation(
        "holds", "rule or reading", "At least these hang on an unknown answer."
    ),
    "not_to_check": Expectation(
        "holds none of", "rule or reading", "None of these hangs on an unknown answer."
    ),
    "to_check_effects": Expectation(
        "holds", "effect", "At least these effects hang on an unknown answer."
    ),
    "to_check_targets": Expectation(
        "holds", "target", "At least these are what hangs on an unknown answer."
    ),
    "barriers": Expectation("all of", "question", "The questions of all barriers, and no others."),
    "helps": Expectation("holds", "support", "At least these are named as help with a barrier."),
    "compromise": Expectation(
        "is", "path", "The path that fits less and can be begun, or `nothing`."
    ),
}

EFFECTS: Final = ("alert", "first", "gate", "reading")
NOTHING: Final = "nothing"
"""Stands for "there is none" under `compromise` and `safe_level`."""


def _kind(key: Expectation) -> str:
    """What stands under the key, in the words of the rule format."""
    if key.how == "is":
        may_be_none = f"{key.names} or {NOTHING}" if key.names in ("level", "path") else key.names
        return "scope of a result" if key.names == "scope" else may_be_none
    return f"{key.names} or {key.names}+" if key.how == "one of" else f"{key.names}*"


EXPECT: Final = Form("expect", {f"{name}?": (_kind(key), key.about) for name, key in KEYS.items()})


class Expected(NamedTuple):
    """One line under `expect`. A single value is a list of one; a truth is `true` or `false`."""

    key: str
    names: tuple[str, ...]
    line: int
    column: int


class Case(NamedTuple):
    """One person. `id` is the name of the file without its ending; `file` as shown to people."""

    id: str
    file: str
    story: str
    answers: Mapping[str, Answer]
    expect: tuple[Expected, ...]


def read_cases(rules: RuleSet, directory: Path) -> tuple[Case, ...]:
    """Every case of the rule set in `directory`, in the order of their names.

    No folder `cases` means no cases. Raises RulesError with every problem of every file.
    """
    folder = directory / FOLDER
    problems: list[Problem] = []
    cases = [
        case
        for name in case_names(folder)
        if (case := _case(rules, folder / name, problems)) is not None
    ]
    if problems:
        problems.sort(key=lambda each: (each.file, each.line, each.column))
        raise RulesError(problems)
    return tuple(cases)


def read_case(rules: RuleSet, data: bytes, file: str, problems: list[Problem]) -> Case | None:
    """The case that `data` holds, or None if it can't be read; what is wrong is added."""
    before = len(problems)
    root, found = read_yaml(data, file)
    problems += found
    if root is None:
        return None
    reader = Reader(file, problems)
    fields = reader.fields(root, CASE)
    case = Case(
        id=os.path.basename(file).removesuffix(".yaml"),
        file=file,
        story=reader.text(fields.get("story")),
        answers=_answers(reader, fields.get("answers"), rules),
        expect=_expect(reader, fields.get("expect"), rules),
    )
    return case if len(problems) == before else None


def case_names(folder: Path) -> list[str]:
    """The files of `folder` that are cases, or are meant to be: see `other_ending`.

    No folder means none. Raises FileProblem if it can't be read, or holds too many files.
    """
    try:
        names = sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = clean(error.strerror or str(error))
        raise FileProblem(f"{clean(str(folder))} can't be read: {reason}.") from None
    if len(names) > MOST:
        raise FileProblem(f"{clean(str(folder))} holds {len(names):,} files; the most is {MOST:,}.")
    # Editors leave hidden files behind; they are nobody's cases.
    return [n for n in names if n.lower().endswith((".yaml", ".yml")) and not n.startswith(".")]


def other_ending(name: str, label: str) -> Problem | None:
    """What is wrong with the ending of a case's name, if anything. Such a file isn't read."""
    if name.endswith(".yaml"):
        return None
    return Problem(label, 1, 1, "unexpected-file", "files of cases end in .yaml; rename it")


def case_bytes(path: Path, label: str) -> bytes:
    """What stands in the file of a case. Raises FileProblem."""
    return read_bytes(str(path), label, MOST_BYTES, "A case should stand there.")


# --- files ------------------------------------------------------------------------


def _case(rules: RuleSet, path: Path, problems: list[Problem]) -> Case | None:
    label = clean(_shown(path))
    slip = other_ending(path.name, label)
    if slip is not None:
        problems.append(slip)
        return None
    data = case_bytes(path, label)
    return read_case(rules, data, label, problems)


def _shown(path: Path) -> str:
    """The file as a person would type it from where they are, if it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


# --- what stands in them ------------------------------------------------------------


def _answers(reader: Reader, node: Node | None, rules: RuleSet) -> dict[str, Answer]:
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping of answers like {home: steady}")
        return {}
    shapes = {
        each.id: shape_of(each.kind, each.answers, f"factors/{each.factor}.yaml")
        for each in rules.questions
    }
    return check_answer_nodes(reader, node, shapes)


def _expect(reader: Reader, node: Node | None, rules: RuleSet) -> tuple[Expected, ...]:
    if node is None:
        return ()
    fields = reader.fields(node, EXPECT)
    if isinstance(node, MapNode) and not node.entries:
        reader.note(node, "empty-mapping", "nothing is expected here; write what must come out")
    known = known_to_cases(rules)
    return tuple(
        Expected(key, _names(reader, value, KEYS[key], known), value.line, value.column)
        for key, value in fields.items()
    )


def _names(
    reader: Reader, node: Node, key: Expectation, known: Mapping[str, Known]
) -> tuple[str, ...]:
    if key.names == "truth":
        return ("true" if reader.truth(node) else "false",)
    of = known[key.names]
    one = isinstance(node, ScalarNode)
    if key.how == "is" or (key.how == "one of" and one):
        if key.names in ("level", "path") and _says_nothing(node):
            return (NOTHING,)
        return (reader.name(node, of),)
    if not isinstance(node, SeqNode):
        reader.wrong(node, f"a list of names, each a {of.what}")
        return ()
    return reader.names(node, of, least=0)


def _says_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.kind is Kind.TEXT and node.value == NOTHING


def known_to_cases(rules: RuleSet) -> dict[str, Known]:
    """The names that exist, by the kind that an expectation takes."""
    readings = [reading for question in rules.questions for reading in question.readings]
    checked = [rule.id for rule in safety_rules(rules)]
    targets = [
        *(alert.id for alert in rules.alerts),
        *(step.id for step in rules.steps),
        *(level.id for level in rules.levels),
        *rules.path_by_id,
        *(reading.value for reading in readings),
    ]
    ids: dict[str, list[str]] = {
        "scope": list(SCOPES),
        "level": [level.id for level in rules.levels],
        "alert": [alert.id for alert in rules.alerts],
        "alert rule": [rule.id for rule in rules.alert_rules],
        "first step": [step.id for step in rules.steps],
        "first-step rule": [rule.id for rule in rules.first_rules],
        "path": list(rules.path_by_id),
        "support": [support.id for support in rules.supports],
        "note": [*(rule.id for rule in rules.note_rules), *STANDING_NOTES],
        "warning": [rule.id for rule in rules.move_rules if rule.warns],
        "rule or reading": [*checked, *(reading.id for reading in readings)],
        "effect": list(EFFECTS),
        "target": targets,
        "question": [question.id for question in rules.questions],
    }
    return {what: Known(what, dict.fromkeys(names)) for what, names in ids.items()}
