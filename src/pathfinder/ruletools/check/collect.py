"""From the files of a rule set to what the checks look at, and every slip in reading them.

Why this module exists: the loader refuses a rule set with a slip, and stops there. The
checks want to go on, with all that could be read, and also look at what stands beside
the rules: the words to avoid, the whole people of `cases/`, and files that nobody reads. A
rule in `factors/old/home.yaml` or `home.yaml.bak` looks as if it held.

It must not judge what it reads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import Problem, RulesError
from pathfinder.files import read_bytes
from pathfinder.loader.fields import Reader
from pathfinder.loader.ids_and_answers import Names, gather
from pathfinder.loader.load import built
from pathfinder.loader.rule_files import RuleFiles, label_of, read_files
from pathfinder.loader.syntax.nodes import MapNode
from pathfinder.loader.syntax.text import MOST_BYTES, decode
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.ruletools.cases.case_file import FOLDER as CASES
from pathfinder.ruletools.cases.case_file import (
    Case,
    case_bytes,
    case_names,
    other_ending,
    read_case,
)
from pathfinder.ruletools.check.context import Book
from pathfinder.ruletools.check.words_file import WORDS_FILE, WordList, read_words, words_file
from pathfinder.ruletools.verify.statements import FILE as PROMISES
from pathfinder.ruletools.verify.statements import Dropped

_A_FILE: Final = "A file of rules should stand there."


def _read_promises(rules: RuleSet, folder: Path) -> tuple[Dropped, ...]:
    from pathfinder.ruletools.verify.statements_file import read_promises

    return read_promises(rules, folder).dropped


def _read_migrations(rules: RuleSet, folder: Path) -> tuple[Dropped, ...]:
    from pathfinder.loader.migrations import read_migrations

    read_migrations(rules, folder)
    return ()


def _read_record(rules: RuleSet, folder: Path) -> tuple[Dropped, ...]:
    from pathfinder.loader.record_file import read_record

    read_record(rules, folder)
    return ()


_READ_FOR_WORDS: Final = "record.yaml"
"""One of these whose words are looked through, too."""
_ON_THEIR_OWN: Final[Mapping[str, Callable[[RuleSet, Path], tuple[Dropped, ...]]]] = {
    PROMISES: _read_promises,
    "migrations.yaml": _read_migrations,
    _READ_FOR_WORDS: _read_record,
}
"""Files that other parts of the program read, and here only for their slips: by whom.

And for the promises that they say are made no longer.

Each is imported when its file is there: it takes a good deal along, and few have one.
"""


class Files(NamedTuple):
    """The bytes of a rule set, with those beside the rules. Names are within its folder."""

    folder: Path
    rules: RuleFiles
    beside: Mapping[str, bytes]
    labels: Mapping[str, str]
    misnamed: tuple[Problem, ...]


class Read(NamedTuple):
    """The book, what was found in reading, and the text of each file by lines."""

    book: Book
    problems: tuple[Problem, ...]
    lines: Mapping[str, tuple[str, ...]]
    whole: bool
    dropped: tuple[Dropped, ...]


def files_in(folder: Path) -> Files:
    """All files of the rule set in `folder`. Raises FileProblem if there is nothing to read."""
    rules = read_files(folder)
    beside: dict[str, bytes] = {}
    labels = dict(rules.labels)
    misnamed: list[Problem] = []
    for name in (WORDS_FILE, *_ON_THEIR_OWN):
        if (folder / name).exists():
            labels[name] = label_of(folder, name)
            beside[name] = read_bytes(str(folder / name), labels[name], MOST_BYTES, _A_FILE)
    for case in case_names(folder / CASES):
        name = f"{CASES}/{case}"
        labels[name] = label_of(folder, name)
        slip = other_ending(case, labels[name])
        if slip is None:
            beside[name] = case_bytes(folder / name, labels[name])
        else:
            misnamed.append(slip)
    return Files(folder, rules, beside, labels, tuple(misnamed))


def read(files: Files, today: date) -> Read:
    """Everything that could be read of `files`, and every problem."""
    problems = [*files.rules.problems, *files.misnamed]
    roots: dict[str, MapNode | None] = {}
    lines: dict[str, tuple[str, ...]] = {}
    for name, data in {**files.rules.contents, **files.beside}.items():
        label = files.labels[name]
        text, _ = decode(data, label)
        lines[label] = () if text is None else tuple(text.split("\n"))
        if not name.startswith(f"{CASES}/") and (
            name not in _ON_THEIR_OWN or name == _READ_FOR_WORDS
        ):
            roots[name], found = read_yaml(data, label)
            problems += found
    beside = (WORDS_FILE, _READ_FOR_WORDS)
    rule_roots = {name: root for name, root in roots.items() if name not in beside}
    rules = built(files.rules, rule_roots, problems)
    names = gather(rule_roots)._replace(conditions=rules.conditions)
    words = _words(files, roots, names, problems)
    whole = not problems
    cases = _cases(files, rules, problems) if whole else ()
    dropped = _on_their_own(files, rules, problems) if whole else ()
    book = Book(
        rules=rules,
        roots={name: root for name, root in roots.items() if root is not None},
        labels=files.labels,
        lines=lines,
        names=names,
        words=words,
        cases=cases,
        slips=_slips(problems, files.labels),
        today=today,
        unread=tuple(label_of(files.folder, name) for name in unread(files.folder)),
        promises=_promises_root(files) if whole else None,
    )
    return Read(book, tuple(problems), lines, whole and not problems, dropped)


def _promises_root(files: Files) -> MapNode | None:
    """The statements as they are written: what they list is known to those nodes alone."""
    if PROMISES not in files.beside:
        return None
    return read_yaml(files.beside[PROMISES], files.labels[PROMISES])[0]


def _words(
    files: Files, roots: Mapping[str, MapNode | None], names: Names, problems: list[Problem]
) -> WordList:
    """The words of this rule set, or those of the built-in one."""
    if WORDS_FILE not in files.beside:
        return read_words()
    return words_file(Reader(files.labels[WORDS_FILE], problems), roots[WORDS_FILE], names)


def _cases(files: Files, rules: RuleSet, problems: list[Problem]) -> tuple[Case, ...]:
    read_ones = [
        read_case(rules, data, files.labels[name], problems)
        for name, data in files.beside.items()
        if name.startswith(f"{CASES}/")
    ]
    return tuple(case for case in read_ones if case is not None)


def _on_their_own(files: Files, rules: RuleSet, problems: list[Problem]) -> tuple[Dropped, ...]:
    dropped: tuple[Dropped, ...] = ()
    for name, reader in _ON_THEIR_OWN.items():
        if name not in files.beside:
            continue
        try:
            dropped += reader(rules, files.folder)
        except RulesError as error:
            label = files.labels[name]
            problems += [problem._replace(file=label) for problem in error.problems]
    return dropped


def _slips(problems: Iterable[Problem], labels: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    names = {label: name for name, label in labels.items()}
    lines: dict[str, set[int]] = {}
    for problem in problems:
        lines.setdefault(names.get(problem.file, problem.file), set()).add(problem.line)
    return {file: tuple(sorted(numbers)) for file, numbers in lines.items()}


_FOLDERS: Final = ("factors", CASES)
_FOR_PEOPLE: Final = frozenset(("README.md", "CHANGELOG.md", "LICENSE", "schema.json"))
"""What people and editors read."""


def unread(folder: Path) -> Iterator[str]:
    """Their names within the rule set. Endings that are only misspelt are told elsewhere."""
    for name in _inside(folder):
        if (folder / name).is_dir():
            if name not in _FOLDERS:
                yield name
        elif name not in _FOR_PEOPLE and not _is_yaml(name):
            yield name
    for inner in _FOLDERS:
        for name in _inside(folder / inner):
            if not _is_yaml(name):
                yield f"{inner}/{name}"


def _inside(folder: Path) -> list[str]:
    """What the folder holds, without hidden files: those belong to editors and to git."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))
