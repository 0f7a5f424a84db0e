"""From the files of a rule set to a `RuleSet`, or to every problem in them.

Why this module exists: a rule set is used whole or not at all. Whoever changes
one sees all that doesn't hold in one run, each with file, line and column, among it
what only the whole shows: files, orders and questions that don't meet.

It must not decide anything, or read a rule set from the current folder by itself, or
repeat what one file's own reader has noted.

    >>> rules = load_rules()
    >>> rules.levels[0].id
    'support'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pathfinder.engine.question import Question
from pathfinder.engine.rules import ReasonTable
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import Problem, RulesError
from pathfinder.loader.fields import Form, Reader
from pathfinder.loader.help_lines import help_lines_file
from pathfinder.loader.ids_and_answers import Names, Roots, gather, is_factor
from pathfinder.loader.paths_and_reasons import paths_file, reason_table
from pathfinder.loader.questions import question
from pathfinder.loader.rule_files import RuleFiles, built_in, read_files
from pathfinder.loader.rules import SECTIONS, Rules, read_rules
from pathfinder.loader.ruleset_file import Header, header, named_conditions
from pathfinder.loader.sources_and_steps import Passages, sources_file, steps_file, supports_file
from pathfinder.loader.syntax.nodes import MapNode, Node, SeqNode
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import quoted

FACTOR_FILE: Final = Form(
    "a factor file",
    {
        "factor": ("factor", "The factor that the file is named after."),
        "questions?": ("a question*", "What is asked."),
        "reasons?": ("a table of reasons*", "What each answer speaks for and against."),
        **{f"{section}?": (f"{form.what}*", about) for section, (form, about) in SECTIONS.items()},
    },
)


class Factors:
    """What all factor files hold together, as they are read. Ids: where each was brought in."""

    def __init__(self) -> None:
        self.questions: dict[str, Question] = {}
        self.rules = Rules()
        self.reasons: list[ReasonTable] = []
        self.question_ids: dict[str, str] = {}
        self.rule_ids: dict[str, str] = {}


def factor_file(
    reader: Reader, root: MapNode | None, stem: str, names: Names, into: Factors
) -> None:
    """Everything in `factors/STEM.yaml`."""
    file = reader.fields(root, FACTOR_FILE)
    at = file.get("factor")
    factor = reader.name(at, names.factors)
    if at is not None and factor and factor in names.factors.ids and factor != stem:
        message = f"{quoted(factor)} doesn't fit the name of the file; rename it {factor}.yaml"
        reader.note(at, "factor-name", message)
    for item in reader.items(file.get("questions"), "a list of questions", least=0):
        made = question(reader, item, factor, names, into.question_ids, into.rule_ids)
        into.questions.setdefault(made.id, made)
    read_rules(reader, file, factor, names, into.rule_ids, into.rules)
    for item in reader.items(file.get("reasons"), "a list of tables of reasons", least=0):
        into.reasons.append(reason_table(reader, item, factor, names, into.rule_ids))


def load_rules(directory: Path | None = None) -> RuleSet:
    """The rule set in `directory`, or the one that comes with Pathfinder.

    Raises RulesError with every problem of every file, in the order of the
    files; FileProblem if there is no folder to read.
    """
    files = read_files(built_in() if directory is None else Path(directory))
    problems = list(files.problems)
    roots: dict[str, MapNode | None] = {}
    for name, data in files.contents.items():
        roots[name], found = read_yaml(data, files.labels[name])
        problems.extend(found)
    rules = built(files, roots, problems)
    if problems:
        raise RulesError(_in_order(problems, files.labels))
    return rules


def built(
    files: RuleFiles, roots: Mapping[str, MapNode | None], problems: list[Problem]
) -> RuleSet:
    """The rule set, with stand-ins wherever a problem was noted."""

    def reader(name: str) -> Reader:
        return Reader(files.labels.get(name, name), problems)

    names = gather(roots)
    rule_set = reader("ruleset.yaml")
    named = named_conditions(rule_set, roots.get("ruleset.yaml"), names)
    names = names._replace(conditions=named)
    passages = Passages(names)

    paths_root = roots.get("paths.yaml")
    if paths_root is not None:
        passages.read_shared(reader("paths.yaml"), paths_root.get("shared"))
    head = header(rule_set, roots.get("ruleset.yaml"), names, passages)
    sources, left_out = sources_file(reader("sources.yaml"), roots.get("sources.yaml"))
    paths, compare_rows = paths_file(reader("paths.yaml"), paths_root, names, passages)
    alerts, steps = steps_file(reader("steps.yaml"), roots.get("steps.yaml"), names, passages)
    supports = supports_file(reader("supports.yaml"), roots.get("supports.yaml"), names)
    help_root = roots.get("help_lines.yaml")
    help_lines = help_lines_file(reader("help_lines.yaml"), help_root, names)
    factors = _factors(roots, reader, names, head)
    check_whole(roots, files.labels, names, factors, problems)
    questions = _questions(head, factors)
    rules = factors.rules
    return RuleSet(
        id=head.id,
        version=head.version,
        title=head.title,
        sha256=files.sha256(),
        reviewed_on=head.reviewed_on,
        reviewed_by=head.reviewed_by,
        review_next=head.review_next,
        scope_question=head.scope_question,
        scope_out=head.scope_out,
        texts=head.texts,
        levels=head.levels,
        factors=head.factors,
        questions=questions,
        paths=paths,
        compare_rows=compare_rows,
        alerts=alerts,
        steps=steps,
        supports=supports,
        alert_rules=tuple(rules.alerts),
        first_rules=tuple(rules.first),
        gates=tuple(rules.gates),
        support_rules=tuple(rules.supports),
        note_rules=tuple(rules.notes),
        move_rules=tuple(rules.moves),
        barriers=tuple(rules.barriers),
        reasons=tuple(factors.reasons),
        sources=sources,
        left_out=left_out,
        regions=help_lines.regions,
        default_region=help_lines.default,
        conditions=names.conditions,
        claims=head.claims,
        about_equal_within=head.about_equal_within,
        elsewhere=help_lines.elsewhere,
        question_by_id={question.id: question for question in questions},
        path_by_id={path.id: path for path in paths},
        level_rank={level.id: rank for rank, level in enumerate(head.levels)},
    )


def _factors(
    roots: Mapping[str, MapNode | None],
    reader: Callable[[str], Reader],
    names: Names,
    head: Header,
) -> Factors:
    """All factor files, in the order of the factors; one that isn't listed comes last."""
    place = {f"factors/{factor.id}.yaml": rank for rank, factor in enumerate(head.factors)}
    factors = Factors()
    for name in sorted(filter(is_factor, roots), key=lambda name: place.get(name, len(place))):
        stem = name.removeprefix("factors/").removesuffix(".yaml")
        factor_file(reader(name), roots[name], stem, names, factors)
    return factors


def _questions(head: Header, factors: Factors) -> tuple[Question, ...]:
    """The questions in the order in which they are asked."""
    made = factors.questions
    return tuple([made[question] for question in head.order if question in made])


def _in_order(problems: list[Problem], labels: Mapping[str, str]) -> list[Problem]:
    """By file, as they are listed; then by line. Files that aren't there come first."""
    place = {label: rank for rank, label in enumerate(labels.values())}
    return sorted(
        problems, key=lambda problem: (place.get(problem.file, -1), problem.line, problem.column)
    )


def check_whole(
    roots: Roots, labels: Mapping[str, str], names: Names, factors: Factors, problems: list[Problem]
) -> None:
    """Note what doesn't meet between ruleset.yaml and the factor files."""
    ruleset = roots.get("ruleset.yaml")
    if ruleset is None:
        return
    reader = Reader(labels["ruleset.yaml"], problems)
    _factors_have_files(reader, ruleset, roots)
    _questions_are_in_order(ruleset, names, factors, problems)


def _factors_have_files(reader: Reader, ruleset: MapNode, roots: Roots) -> None:
    for item in _items(ruleset.get("factors")):
        at = item.get("id") if isinstance(item, MapNode) else None
        name = getattr(at, "value", "")
        if at is not None and name and f"factors/{name}.yaml" not in roots:
            message = f"the factor {quoted(name)} has no file factors/{name}.yaml"
            reader.note(at, "missing-file", message)


def _questions_are_in_order(
    ruleset: MapNode, names: Names, factors: Factors, problems: list[Problem]
) -> None:
    if ruleset.get("order") is None:
        return
    for asked, place in factors.question_ids.items():
        if asked not in names.order:
            file, _, line = place.rpartition(":")
            message = f"the question {quoted(asked)} isn't in order of ruleset.yaml; add it"
            problems.append(Problem(file, int(line), 1, "not-in-order", message))


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, SeqNode) else []
