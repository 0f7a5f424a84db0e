"""Taking nodes apart: expected keys, text, ids, lists and names, every surprise noted.

Why this module exists: each part of the loader asks for what it needs in one
line and always gets a value. After a problem the value is a stand-in (empty
text, an empty list), so that reading goes on and finds the rest; a rule set
with any problem is thrown away in the end. The code of a name that doesn't exist is
what people allow, look up and filter by, so it stays when the words of a message change.

It must not know what a rule is, or make a code out of a message's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from pathfinder.errors import Problem
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode, found, is_bad
from pathfinder.loader.syntax.text import odd_letter
from pathfinder.sanitize import excerpt, quoted
from pathfinder.suggest import suggestion

UNKNOWN: Final[Mapping[str, str]] = {
    "key": "unknown-key",
    "question": "unknown-question",
    "answer": "unknown-answer",
    "link": "unknown-link",
    "kind of question": "unknown-kind-of-question",
    "factor": "unknown-factor",
    "level": "unknown-level",
    "path": "unknown-path",
    "approach": "unknown-approach",
    "compare row": "unknown-compare-row",
    "shared passage": "unknown-shared-passage",
    "alert": "unknown-alert",
    "first step": "unknown-first-step",
    "support": "unknown-support",
    "source": "unknown-source",
    "kind of help line": "unknown-kind-of-help-line",
    "region": "unknown-region",
    "scope": "unknown-scope",
    "alert rule": "unknown-alert-rule",
    "first-step rule": "unknown-first-step-rule",
    "rule or reading": "unknown-rule-or-reading",
    "note": "unknown-note",
    "warning": "unknown-warning",
    "trait": "unknown-trait",
    "test": "unknown-test",
    "named condition": "unknown-condition",
    "effect": "unknown-effect",
    "target": "unknown-target",
    "direction": "unknown-direction",
    "part of a result": "unknown-part-of-a-result",
    "thing to be reached": "unknown-thing-to-be-reached",
}
"""What a message calls a kind of name -> the code where such a name doesn't exist."""


KEBAB: Final = (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "small letters and hyphens, like-this")
SNAKE: Final = (re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*"), "small letters and underscores, like_this")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


Key = tuple[str, str]
"""What stands under a key, and one sentence about it for whoever writes rules.

The first is a kind (`text`, `condition`), what is named (`path`, `first step`), or another form
(`a reading`); `+` behind it stands for a list of one or more, `*` for a list that may be empty.
"""


class Form:
    """The keys that one kind of mapping may hold: the only place where the format is written.

    `what` names it in messages: "a path". A key with `?` behind it may be left out. The loader
    goes by the keys alone; the schema for editors and the page of keys read the rest.
    """

    __slots__ = ("allowed", "required", "what")

    def __init__(self, what: str, keys: Mapping[str, Key]) -> None:
        self.what = what
        self.required = tuple([key for key in keys if not key.endswith("?")])
        optional = {key[:-1]: keys[key] for key in keys if key.endswith("?")}
        self.allowed: dict[str, Key] = {**{key: keys[key] for key in self.required}, **optional}


class Known(NamedTuple):
    """The ids of one kind that exist. Not `complete`: a file that holds some couldn't be read."""

    what: str
    ids: dict[str, None]
    complete: bool = True


GROUNDS: Final[Mapping[str, Key]] = {
    "sources?": ("a citation+", "Where this is from."),
    "judgement?": ("grounds", "What we decided ourselves, and why, in one sentence."),
}
"""The keys of whatever must say what it rests on: one of the two stands there, or both."""

Fields = Mapping[str, Node]
NO_FIELDS: Final[Fields] = {}


_MOST_COMPARED: Final = 20_000
_TOO_LARGE: Final = 10  # digits


class Reader:
    """Takes the nodes of one file apart."""

    __slots__ = ("_noted", "file", "problems")
    codes = UNKNOWN
    """A list that isn't part of a rule set has kinds of names of its own."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self._noted: dict[tuple[int, int], int] | None = None

    def note(self, at: Node, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, at.line, at.column, code, message))

    def wrong(self, at: Node, expected: str) -> None:
        """Note a value of the wrong type, unless it was noted when it was read."""
        if not is_bad(at):
            self.note(at, "wrong-type", f"expected {expected}; found {found(at)}")

    def unknown(
        self,
        at: Node,
        what: str,
        word: str,
        choices: Iterable[str],
        *,
        of: str = "",
        stands: str = "",
    ) -> None:
        """Note a name that doesn't exist, with the nearest one that does.

        `of`: what it is of. `stands`: where that is, told if it is another file.
        """
        said = f"unknown {what} {quoted(word)}" + (f" of {of}" if of else "") + odd_letter(word)
        names = list(choices)
        if len(self.problems) * len(names) < _MOST_COMPARED:  # hours of comparing aren't for sale
            said += suggestion(word, names)
        if stands and not self.file.endswith(stands.partition(":")[0]):
            said += f" ({of} is in {stands})"
        self.note(at, self.codes[what], said)

    def expected_too(self, node: Node, expected: str) -> None:
        """Add what was expected to what a value was noted for when it was read."""
        if not node.line:
            return  # plain data has no places to tell problems apart by
        if self._noted is None:
            self._noted = {
                (problem.line, problem.column): place
                for place, problem in enumerate(self.problems)
                if problem.file == self.file
            }
        place = self._noted.get((node.line, node.column))
        if place is not None:
            file, line, column = self.file, node.line, node.column
            code, message = self.problems[place].code, self.problems[place].message
            message = f"{message}. Expected {expected}"
            self.problems[place] = Problem(file, line, column, code, message)

    # --- mappings and lists ---------------------------------------------------

    def fields(self, node: Node | None, form: Form) -> Fields:
        """The values of a mapping by key; unknown and missing keys are noted."""
        if node is None:
            return NO_FIELDS
        if not isinstance(node, MapNode):
            self.wrong(node, f"a mapping ({form.what})")
            return NO_FIELDS
        values: dict[str, Node] = {}
        allowed = form.allowed
        for key, (at, value) in node.entries.items():
            if key in allowed:
                values[key] = value
            elif at.kind is not Kind.BAD:
                self.unknown(at, "key", key, allowed, of=form.what)
        for key in form.required:
            if key not in values:
                self.note(node, "missing-key", f"{form.what} needs the key {quoted(key)}")
        return values

    def items(self, node: Node | None, what: str, *, least: int = 1) -> list[Node]:
        """The items of a list. `what` names it in messages: "a list of paths"."""
        if node is None:
            return []
        if not isinstance(node, SeqNode):
            self.wrong(node, what)
            return []
        if len(node.items) < least:
            self.note(node, "empty-list", f"expected {what}; found an empty list")
        return node.items

    # --- single values --------------------------------------------------------

    def text(self, node: Node | None) -> str:
        """A text, its line breaks folded into spaces. Never empty without a note."""
        if node is None:
            return ""
        if isinstance(node, ScalarNode) and node.kind is Kind.TEXT:
            value = node.value
            if "\n" in value:
                value = " ".join(value.split())
            if value and not value.isspace():
                return value
            self.note(node, "empty-text", "this text is empty; write one, or leave the key out")
        elif isinstance(node, ScalarNode) and node.kind is not Kind.BAD:
            self.note(
                node,
                "wrong-type",
                f"expected text; found {found(node)}."
                f" Write {quoted(node.value)} in quotes if it is text",
            )
        else:
            self.wrong(node, "text")
        return ""

    def day(self, node: Node | None) -> str:
        """A date as text, in the form 2026-11-22."""
        value = self.text(node)
        if value and node is not None:
            try:
                if not _DATE.fullmatch(value):
                    raise ValueError
                date.fromisoformat(value)
            except ValueError:
                message = f'expected a date like "2026-11-22"; found {quoted(value)}'
                self.note(node, "not-a-date", message)
        return value

    def truth(self, node: Node | None, *, default: bool = False) -> bool:
        if node is None:
            return default
        if isinstance(node, ScalarNode) and node.kind is Kind.TRUTH:
            return node.value == "true"
        self.wrong(node, "true or false, without quotes")
        return default

    def whole(self, node: Node, least: int, most: int) -> int:
        if isinstance(node, ScalarNode) and node.kind is Kind.WHOLE:
            # Python refuses to read thousands of digits, and no number here has ten.
            value = int(node.value) if len(node.value) < _TOO_LARGE else None
            if value is not None and least <= value <= most:
                return value
            digits = excerpt(node.value, 20)
            message = f"expected a whole number from {least} to {most}; found {digits}"
            self.note(node, "out-of-range", message)
        else:
            self.wrong(node, f"a whole number from {least} to {most}")
        return 0

    def choice(self, node: Node | None, what: str, choices: Iterable[str]) -> str:
        """One of a few fixed words."""
        value = self.text(node)
        if value and node is not None and value not in choices:
            self.unknown(node, what, value, choices)
        return value

    # --- ids and names --------------------------------------------------------

    def new_id(
        self, node: Node | None, shape: tuple[re.Pattern[str], str], taken: dict[str, str]
    ) -> str:
        """An id that this entry brings. `taken`: id -> where it was used; it is added there."""
        value = self.text(node)
        if not value or node is None:
            return ""
        if not shape[0].fullmatch(value):
            odd = odd_letter(value)
            self.note(node, "id-form", f"the id {quoted(value)} must be {shape[1]}{odd}")
        if value in taken:
            message = f"the id {quoted(value)} is used already, at {taken[value]}"
            self.note(node, "duplicate-id", message)
        else:
            taken[value] = f"{self.file}:{node.line}"
        return value

    def name(self, node: Node | None, known: Known) -> str:
        """The id of something that must exist."""
        value = self.text(node)
        if value and node is not None and known.complete and value not in known.ids:
            self.unknown(node, known.what, value, known.ids)
        return value

    def names(self, node: Node | None, known: Known, *, least: int = 1) -> tuple[str, ...]:
        """A list of ids that must exist, each once."""
        result: dict[str, None] = {}
        for item in self.items(node, f"a list of names, each a {known.what}", least=least):
            value = self.name(item, known)
            if value and value in result:
                self.note(item, "repeated", f"{quoted(value)} stands here twice; keep one")
            elif value:
                result[value] = None
        return tuple(result)
