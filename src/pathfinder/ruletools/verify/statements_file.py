"""`checks.yaml`: the statements that must hold, as a counselor writes them.

Why this module exists: a promise is read as strictly as a rule. Every slip is told with
file, line and column, and statements with a problem aren't used in part.

It must not prove anything. The file decides nothing, so it is read apart from the rules and
isn't in their hash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.engine.question import NONE, Answer, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import Problem, RulesError
from pathfinder.files import read_bytes
from pathfinder.loader.conditions import optional_condition, paths_meant
from pathfinder.loader.fields import KEBAB, Form, Known, Reader
from pathfinder.loader.ids_and_answers import Names, Shape, check_answer_nodes, shape_of
from pathfinder.loader.rule_files import built_in
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode
from pathfinder.loader.syntax.text import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.ruletools.verify.statements import (
    ADDS,
    CHANGES,
    CHECKS,
    DIRECTIONS,
    DROPPED,
    FILE,
    IMPLIES,
    KEPT,
    LOSES,
    LOWERED,
    LOWERS,
    OF_MINORS,
    REACHED,
    REACHES,
    STATEMENT,
    THEN,
    UNCHANGED,
    Adding,
    Demand,
    Dropped,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
    OtherPromise,
    Promises,
    SomebodyForEach,
    Statement,
    Worsening,
)
from pathfinder.sanitize import clean


class _Known(NamedTuple):
    """What a statement may name: all that the rules have, and what rules tell."""

    names: Names
    notes: Known
    warnings: Known


def read_statements(rules: RuleSet, directory: Path | None = None) -> tuple[Statement, ...]:
    """What is promised in `checks.yaml` of a folder; without one, of the built-in rules."""
    return read_promises(rules, directory).statements


def read_promises(rules: RuleSet, directory: Path | None = None) -> Promises:
    """The statements in `checks.yaml`, and the promises that were dropped.

    What statements name must stand in `rules`. Raises RulesError with every problem,
    FileProblem if the file can't be read.
    """
    label, root, problems = _read(directory)
    promises = _promises(Reader(label, problems), root, _known(rules))
    if problems:
        problems.sort(key=lambda problem: (problem.line, problem.column))
        raise RulesError(problems)
    return promises


def read_other_promises(
    rules: RuleSet, directory: Path | None, conditions: Mapping[str, Condition]
) -> tuple[OtherPromise, ...]:
    """The statements of another folder, each read as if it stood in `rules`.

    `conditions`: those that the other rules name, for they are part of what was promised.
    What speaks of something that `rules` don't have is told, and the rest is still read.
    """
    label, root, problems = _read(directory)
    if problems:
        raise RulesError(problems)
    known = _known(rules)
    known = known._replace(
        names=known.names._replace(conditions={**rules.conditions, **conditions})
    )
    others = []
    for item in Reader(label, []).items(root and root.get("statements"), "a list of statements"):
        found: list[Problem] = []
        reader = Reader(label, found)
        statement = _statement(reader, item, known, {})
        read = None if found else statement
        others.append(OtherPromise(statement.id, statement.says, read, tuple(found)))
    return tuple(others)


def _read(directory: Path | None) -> tuple[str, MapNode | None, list[Problem]]:
    folder = built_in() if directory is None else Path(directory)
    label = clean(str(folder / FILE))
    if folder.is_dir() and not (folder / FILE).exists():
        message = "this file isn't there, so nothing is promised that could be proved"
        raise RulesError([Problem(label, 1, 1, "missing-file", message)])
    data = read_bytes(str(folder / FILE), label, MOST_BYTES, f"A file {FILE} should stand there.")
    root, problems = read_yaml(data, label)
    return label, root, problems


def _known(rules: RuleSet) -> _Known:
    warnings = dict.fromkeys(rule.id for rule in rules.move_rules if rule.warns)
    notes = dict.fromkeys(rule.id for rule in rules.note_rules)
    return _Known(_names(rules), Known("note", notes), Known("warning", warnings))


def _names(rules: RuleSet) -> Names:

    def known(what: str, ids: list[str]) -> Known:
        return Known(what, dict.fromkeys(ids))

    shapes = {
        each.id: shape_of(each.kind, each.answers, traits=_by_trait(each))
        for each in rules.questions
    }
    return Names(
        shapes=shapes,
        questions=known("question", list(shapes)),
        order={question: place for place, question in enumerate(shapes)},
        factors=known("factor", [factor.id for factor in rules.factors]),
        levels=known("level", [level.id for level in rules.levels]),
        paths=known("path", [path.id for path in rules.paths]),
        traits={
            path.id: {"level": path.level, "approach": path.approach, **dict(path.traits)}
            for path in rules.paths
        },
        conditions=rules.conditions,
        compare=known("compare row", [row for row, _ in rules.compare_rows]),
        shared=known("shared passage", []),
        alerts=known("alert", [alert.id for alert in rules.alerts]),
        steps=known("first step", [step.id for step in rules.steps]),
        supports=known("support", [support.id for support in rules.supports]),
        sources=known("source", [source.id for source in rules.sources]),
        line_kinds=known("kind of help line", []),
        regions=known("region", [region.id for region in rules.regions]),
    )


def _by_trait(question: Question) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for option in question.options:
        for trait in option.traits:
            found[trait] = (*found.get(trait, ()), option.id)
    return found


def _promises(reader: Reader, root: MapNode | None, known: _Known) -> Promises:
    file = reader.fields(root, CHECKS)
    taken: dict[str, str] = {}  # what is promised isn't dropped, too
    statements = _statements(reader, file.get("statements"), known, taken)
    dropped = [
        Dropped(
            id=reader.new_id(fields.get("id"), KEBAB, taken),
            says=reader.text(fields.get("says")),
            because=reader.text(fields.get("because")),
            decided_by=reader.text(fields.get("decided_by")),
            date=reader.day(fields.get("date")),
        )
        for item in reader.items(file.get("dropped"), "a list of dropped promises")
        for fields in [reader.fields(item, DROPPED)]
    ]
    return Promises(statements, tuple(dropped))


def _statements(
    reader: Reader, node: Node | None, known: _Known, taken: dict[str, str]
) -> tuple[Statement, ...]:
    items = reader.items(node, "a list of statements")
    return tuple(_statement(reader, item, known, taken) for item in items)


def _statement(reader: Reader, item: Node, known: _Known, taken: dict[str, str]) -> Statement:
    fields = reader.fields(item, STATEMENT)
    musts = reader.items(fields.get("must"), 'a list of what must hold under "must"')
    return Statement(
        id=reader.new_id(fields.get("id"), KEBAB, taken),
        says=reader.text(fields.get("says")),
        must=tuple([made for must in musts if (made := _must(reader, must, known))]),
    )


def _must(reader: Reader, node: Node, known: _Known) -> Must | None:
    if not isinstance(node, MapNode):
        reader.wrong(node, f"a mapping with one of: {', '.join(_KINDS)}")
        return None
    for key, read in _KINDS.items():
        if key in node.entries:
            return read(reader, node, known)
    message = f"nothing here says what must hold; write one of: {', '.join(_KINDS)}"
    reader.note(node, "no-statement", message)
    return None


def _implies(reader: Reader, node: MapNode, known: _Known) -> Must:
    names = known.names
    fields = reader.fields(node, IMPLIES)
    then = fields.get("then")
    wanted = reader.fields(then, THEN)
    if isinstance(then, MapNode) and not then.entries:
        reader.note(then, "no-statement", f"nothing is asked for; write one of: {_said(THEN)}")
    leader, hold = wanted.get("first_of_first"), wanted.get("hold")
    minors = _asked(reader, fields.get("minors"))
    if minors:
        for key, (at, _) in then.entries.items() if isinstance(then, MapNode) else ():
            if key in THEN.allowed and key not in OF_MINORS:
                message = f"of minors, a result holds {' and '.join(OF_MINORS)} alone"
                reader.note(at, "no-statement", message)
    return Implies(
        when=optional_condition(reader, fields.get("when"), names),
        then=Demand(
            alerts=reader.names(wanted.get("alerts"), names.alerts),
            first=reader.names(wanted.get("first"), names.steps),
            first_of_first=None if leader is None else reader.name(leader, names.steps),
            at_least=_level(reader, wanted.get("at_least"), names),
            at_most=_level(reader, wanted.get("at_most"), names),
            first_path=_one_or_more(reader, wanted.get("first_path"), names.paths),
            not_ranked=_meant(reader, wanted.get("not_ranked"), names),
            not_supports=reader.names(wanted.get("not_supports"), names.supports),
            some_path=_asked(reader, wanted.get("some_path")),
            not_first=reader.names(wanted.get("not_first"), names.steps),
            not_first_path=_meant(reader, wanted.get("not_first_path"), names),
            not_above_need=_asked(reader, wanted.get("not_above_need")),
            supports=reader.names(wanted.get("supports"), names.supports),
            notes=reader.names(wanted.get("notes"), known.notes),
            warnings=reader.names(wanted.get("warnings"), known.warnings),
            hold=None if hold is None else reader.truth(hold),
        ),
        minors=minors,
    )


def _asked(reader: Reader, node: Node | None) -> bool:
    """Whether a key stands there that can only be true."""
    if node is not None and not reader.truth(node, default=True):
        reader.note(node, "wrong-type", "only true can be asked for; or leave the key out")
    return node is not None


def _level(reader: Reader, node: Node | None, names: Names) -> str | None:
    return None if node is None else reader.name(node, names.levels)


def _never_lowers(reader: Reader, node: MapNode, known: _Known) -> Must:
    names = known.names
    fields = reader.fields(node, LOWERS)
    steps = []
    worse = fields.get("one_step_worse")
    if worse is not None and not isinstance(worse, MapNode):
        reader.wrong(worse, "a mapping like {severity: up, home: down}")
    elif worse is not None:
        if not worse.entries:
            reader.note(worse, "no-statement", "no question is named; write {severity: up}")
        for question, (at, value) in worse.entries.items():
            shape = names.shapes.get(question)
            if shape is None:
                if at.kind is not Kind.BAD:
                    reader.unknown(at, "question", question, names.shapes)
            elif shape.kind != "scale":
                message = f"{question} has no order, so nothing is one step worse"
                reader.note(at, "no-order", message)
            direction = reader.choice(value, "direction", DIRECTIONS)
            steps.append(Worsening(question, direction))
    return NeverLowers(tuple(steps), _parts(reader, fields.get("never_lowers"), LOWERED))


def _never_changes(reader: Reader, node: MapNode, known: _Known) -> Must:
    fields = reader.fields(node, CHANGES)
    return NeverChanges(
        reader.names(fields.get("changing"), known.names.questions),
        _parts(reader, fields.get("never_changes"), UNCHANGED),
    )


def _adding(reader: Reader, node: MapNode, known: _Known) -> Must | None:
    shapes = known.names.shapes
    fields = reader.fields(node, ADDS)
    changes, lowers = fields.get("never_changes"), fields.get("never_lowers")
    if changes is None and lowers is None:
        reader.note(node, "no-statement", "write never_changes or never_lowers, or both")
    added, beside = fields.get("adding"), fields.get("with")
    given = _given(reader, added, shapes)
    if len(given) > 1:
        reader.note(node, "no-statement", "only one question at a time can get one answer more")
    made = None
    for question, answer in given.items():
        if shapes[question].kind == "many" and not isinstance(answer, str) and NONE not in answer:
            made = Adding(
                question,
                answer,
                _given(reader, beside, shapes),
                optional_condition(reader, fields.get("when"), known.names),
                _parts(reader, changes, UNCHANGED) if changes is not None else (),
                _parts(reader, lowers, LOWERED) if lowers is not None else (),
            )
        else:
            message = f"write answers that can stand beside others of {question}, in a list"
            reader.note(node, "no-statement", message)
    return made


def _given(reader: Reader, node: Node | None, shapes: Mapping[str, Shape]) -> dict[str, Answer]:
    if isinstance(node, MapNode):
        return check_answer_nodes(reader, node, shapes)
    if node is not None:
        reader.wrong(node, "answers like {substances: [alcohol]}")
    return {}


def _never_loses(reader: Reader, node: MapNode, known: _Known) -> Must:
    fields = reader.fields(node, LOSES)
    return NeverLoses(
        reader.names(fields.get("not_known"), known.names.questions),
        _parts(reader, fields.get("never_loses"), KEPT),
    )


def _reached(reader: Reader, node: MapNode, known: _Known) -> Must:
    del known  # every reader of a kind takes the same
    value = reader.fields(node, REACHES).get("somebody_for_each")
    return SomebodyForEach(reader.choice(value, "thing to be reached", REACHED))


_KINDS: Final[dict[str, Callable[[Reader, MapNode, _Known], Must | None]]] = {
    "then": _implies,
    "one_step_worse": _never_lowers,
    "changing": _never_changes,
    "adding": _adding,
    "not_known": _never_loses,
    "somebody_for_each": _reached,
}


def _parts(reader: Reader, node: Node | None, allowed: tuple[str, ...]) -> tuple[str, ...]:
    return reader.names(node, Known("part of a result", dict.fromkeys(allowed)))


def _meant(reader: Reader, node: Node | None, names: Names) -> tuple[str, ...]:
    """Ids, or the paths that are what is said: a promise by traits takes in a path that is new."""
    return () if node is None else paths_meant(reader, node, names)


def _one_or_more(reader: Reader, node: Node | None, known: Known) -> tuple[str, ...]:
    """A name, or a list of names."""
    if isinstance(node, ScalarNode):
        return (reader.name(node, known),)
    return reader.names(node, known)


def _said(form: Form) -> str:
    return ", ".join(form.allowed)
