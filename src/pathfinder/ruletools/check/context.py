"""What a check may look at, and what it says: the rule set, where each thing stands, findings.

Why this module exists: checks need both what a rule means (the loaded rule set) and
where it was written (the nodes). A rule set with slips is looked at as far as it holds:
nothing is said about an entry that could not be read. The checks, the comments that silence
them and the three ways of printing all speak in the same records.

It must not know any check, read files, or know the date by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum, StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from pathfinder.engine.conditions import View
from pathfinder.engine.decide import decide
from pathfinder.engine.flow import view_of
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.loader.ids_and_answers import Names, is_factor
from pathfinder.loader.rules import SECTIONS
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode
from pathfinder.ruletools.cases.case_file import Case
from pathfinder.ruletools.check.satisfiable import Satisfier
from pathfinder.ruletools.check.words_file import WordList
from pathfinder.ruletools.verify.statements import Dropped


class Severity(StrEnum):
    """An error fails the run. A warning is worth a look and never fails it."""

    ERROR = "error"
    WARNING = "warning"


class Needs(Enum):
    """What must have been read without a slip before a check can look."""

    NOTHING = "nothing"
    QUESTIONS = "the questions"
    ALL = "the whole rule set"


class Place(NamedTuple):
    """A place in a file. `line` and `column` count from 1; 0 stands for the whole file."""

    file: str
    line: int
    column: int


class Found(NamedTuple):
    """What one check found: it knows the place and the words, the run adds the rest.

    `severity` stands where this one is milder than what its check else finds.
    """

    place: Place
    message: str
    severity: Severity | None = None


class Finding(NamedTuple):
    """One finding of the run. Sorts by file, line and column."""

    file: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity


class Findings(NamedTuple):
    """All findings, in order, and what they were found in.

    `found` holds the first of them: a flood helps nobody. `errors` and `warnings` count all.
    `lines` holds the text of each file by lines, to show a finding in. `waiting` names the
    checks that could not look, because the rule set can't be read whole yet. `dropped`: the
    promises that the rule set says it makes no longer.
    """

    found: tuple[Finding, ...]
    errors: int
    warnings: int
    silenced: int
    waiting: tuple[str, ...]
    files: int
    rules: int
    lines: Mapping[str, tuple[str, ...]]
    dropped: tuple[Dropped, ...] = ()

    @property
    def more(self) -> int:
        """How many findings there are beyond those in `found`."""
        return self.errors + self.warnings - len(self.found)


RULE_SECTIONS: Final = tuple(SECTIONS)
"""The lists of a factor file that hold rules."""


class Entry(NamedTuple):
    """One mapping of a list, such as a rule or a source: its file, its node and its id."""

    file: str
    node: MapNode
    id: str
    section: str

    def at(self, key: str = "id") -> Node:
        """Where a finding about `key` of this entry stands."""
        return self.node.get(key) or self.node


class Spot(NamedTuple):
    """One value, and the keys that lead to it from the top of its file."""

    file: str
    trail: tuple[str, ...]
    node: Node


class Book:
    """One rule set, ready to be looked at. File names are those within the rule set."""

    def __init__(
        self,
        rules: RuleSet,
        roots: Mapping[str, MapNode],
        labels: Mapping[str, str],
        lines: Mapping[str, tuple[str, ...]],
        names: Names,
        words: WordList,
        cases: tuple[Case, ...],
        slips: Mapping[str, tuple[int, ...]],
        today: date,
        unread: tuple[str, ...] = (),
        promises: MapNode | None = None,
    ) -> None:
        self.rules = rules
        self.roots = roots
        self.labels = labels
        self.lines = lines
        self.names = names
        self.words = words
        self.cases = cases
        self.today = today
        self.unread = unread  # files and folders that belong to nothing
        self.promises = promises  # checks.yaml: no rule, and its texts are read by keepers alone
        self._slips = slips  # file name -> the lines that the loader had something to say about

    # --- where things stand -----------------------------------------------------

    def found(
        self, file: str, node: Node, message: str, *, at: str = "", severity: Severity | None = None
    ) -> Found:
        """A finding at the place of `node`; at the words `at`, if they stand on its first line."""
        label, column = self.labels[file], node.column
        lines = self.lines[label]
        if at and node.line <= len(lines):
            column = max(column, lines[node.line - 1].find(at, column - 1) + 1)
        return Found(Place(label, node.line, column), message, severity)

    def place(self, file: str, node: Node) -> str:
        """A place to name within a message: `rules/factors/home.yaml:12`."""
        return f"{self.labels[file]}:{node.line}"

    def sound(self, file: str, node: Node) -> bool:
        """Whether the loader had nothing to say about any line of `node`."""
        lines = self._slips.get(file)
        if not lines:
            return True
        after = bisect_left(lines, node.line)
        return after == len(lines) or lines[after] > _last_line(node)

    @cached_property
    def questions_hold(self) -> bool:
        """Whether every question could be read, so that answers can be tried."""
        if any(name not in self.roots for name in self.labels if is_factor(name)):
            return False
        held = all(self.sound(entry.file, entry.node) for entry in self.entries("questions"))
        return held and not self._slips.get("ruleset.yaml") and bool(self.rules.questions)

    # --- what it comes to -------------------------------------------------------

    @cached_property
    def search(self) -> Satisfier:
        """Tries conditions on the questions of this rule set."""
        return Satisfier(self.rules)

    @cached_property
    def case_views(self) -> tuple[View, ...]:
        """What the answers of each case count as."""
        return tuple(view_of(self.rules, case.answers) for case in self.cases)

    @cached_property
    def case_firsts(self) -> tuple[str | None, ...]:
        """The first path of each case. Empty: out of scope. None: the gates leave none."""
        return tuple(map(self._first, self.cases))

    def _first(self, case: Case) -> str | None:
        try:
            ranked = decide(self.rules, case.answers).ranked
        except RulesError:
            return None
        return ranked[0].path if ranked else ""

    # --- entries ------------------------------------------------------------------

    def entries(self, *sections: str) -> Iterator[Entry]:
        """The entries of these lists of the factor files, in the order of the files."""
        for name, root in self.roots.items():
            if is_factor(name):
                for section in sections:
                    yield from listed(name, root, section)

    def rule_entries(self) -> Iterator[Entry]:
        """Every rule that could be read."""
        for entry in self.entries(*RULE_SECTIONS):
            if entry.id and self.sound(entry.file, entry.node):
                yield entry

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Rules, readings and tables of reasons by id: these ids are told apart in all files."""
        every = [*self.entries(*RULE_SECTIONS, "fit")]
        for question in self.entries("questions"):
            every += listed(question.file, question.node, "readings")
        return {entry.id: entry for entry in every}

    def in_file(self, file: str, section: str) -> Iterator[Entry]:
        """The entries of one list at the top of a file; none if it couldn't be read."""
        root = self.roots.get(file)
        if root is not None:
            yield from listed(file, root, section)

    # --- every value ----------------------------------------------------------------

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every value of every file but the cases, in the order of the files."""
        found: list[Spot] = []
        for file, root in self.roots.items():
            if not file.startswith("cases/"):
                _gather(file, root, (), found)
        return tuple(found)


def listed(file: str, root: MapNode, section: str) -> Iterator[Entry]:
    """The mappings of the list under `section`."""
    items = root.get(section)
    if isinstance(items, SeqNode):
        for item in items.items:
            if isinstance(item, MapNode):
                yield Entry(file, item, word(item.get("id")), section)


def word(node: Node | None) -> str:
    """The text of a single value; empty for anything else."""
    return node.value if isinstance(node, ScalarNode) and node.kind is Kind.TEXT else ""


def all_words(node: Node | None) -> tuple[str, ...]:
    """What stands in a node, with the keys of its mappings, in an order of its own."""
    if isinstance(node, MapNode):
        inside = ((key, *all_words(value)) for key, (_, value) in sorted(node.entries.items()))
        return tuple(each for words in inside for each in words)
    if isinstance(node, SeqNode):
        return tuple(sorted(each for item in node.items for each in all_words(item)))
    return (node.value,) if node is not None else ()


def _gather(file: str, node: Node, trail: tuple[str, ...], found: list[Spot]) -> None:
    found.append(Spot(file, trail, node))
    if isinstance(node, MapNode):
        for key, (_, value) in node.entries.items():
            _gather(file, value, (*trail, key), found)
    elif isinstance(node, SeqNode):
        for item in node.items:
            _gather(file, item, trail, found)


def _last_line(node: Node) -> int:
    if isinstance(node, MapNode):
        lines = [_last_line(value) for _, value in node.entries.values()]
    elif isinstance(node, SeqNode):
        lines = [_last_line(item) for item in node.items]
    else:
        return node.line
    return max(lines, default=node.line)
