"""Strict YAML: the bytes of one file as nodes with their places, and every problem found.

Why this module exists: files come from strangers and are edited by people who
aren't programmers. Plain YAML loading drops a repeated key, turns `no` into
False, cuts text at ` #`, and crashes on deep nesting; each is a finding here.

It reads the parser's events, never its composer: libyaml's composer recurses
in C and takes the process down with it.

It must not know what any key means, or raise for what a file holds.

    >>> root, problems = read_yaml(b"home: steady\\nhome: none\\n", "a.yaml")
    >>> print(*problems)
    a.yaml:2:1: the key "home" appears twice; it was on line 1 before
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from pathfinder.errors import Problem
from pathfinder.loader.syntax.nodes import (
    DEEPEST,
    MOST_NODES,
    TOO_DEEP,
    Entry,
    Kind,
    MapNode,
    Node,
    ScalarNode,
    SeqNode,
    classify,
    found,
    is_bad,
    no_value,
)
from pathfinder.loader.syntax.text import (
    AT_START_OF_TEXT,
    FLOW_NOT_CLOSED,
    MOST_BYTES,
    decode,
    first_unseen,
    odd_sign,
    said,
)
from pathfinder.sanitize import REPLACEMENT, quoted

LONGEST_TEXT: Final = 4_000

_CUT: Final = re.compile(r"[ \t]+#(?! pathfinder:)(\S)?")  # but what allows a finding
_NAME: Final = re.compile(r"[A-Z].*[a-z.,;:!?]", re.DOTALL)  # no id begins so
_TEXTS: Final = frozenset(
    ["ask", "because", "brief", "cue", "if", "in_short", "interest", "judgement", "label", "name",
     "opens_when", "publisher", "says", "short", "story", "text", "title", "why"]
)  # fmt: skip
"""The keys whose value is text for people, however short."""
_CUT_OFF: Final = 'the text is cut off at " #"; put it in quotes, or write "# " for a comment'
_CUT_OR_COMMENT: Final = (
    'the text ends at " #"; put it in quotes, or put the comment on a line of its own'
)
_FILE_WORDS: Final = "one mapping (key: value)"


_FLOODS: Final = frozenset(("alias", "anchor", "tag", "hidden-character", "stacked-accents"))
_A_FEW: Final = 3


def read_yaml(
    data: bytes, file: str, *, most_bytes: int = MOST_BYTES, most_nodes: int = MOST_NODES
) -> tuple[MapNode | None, list[Problem]]:
    """The root mapping of the file, or None if the file ends in a problem; and all problems.

    `file` is the name to say in them. Never raises for what `data` holds.
    """
    text, problems = decode(data, file, most_bytes)
    if text is None:
        return None, problems
    noted = len(problems)
    try:
        root = _Reader(text, file, problems, _parser(text), most_nodes).root()
    except _TooDeepForLibyaml:
        # libyaml looks ahead and gives up far behind the place; Python's parser comes to it.
        del problems[noted:]
        root = _Reader(text, file, problems, yaml.SafeLoader(text), most_nodes).root()
    if any(problem.code == "alias" for problem in problems):
        root = None  # with values missing, whatever else was said of it might be wrong
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return root, _gathered(problems)


def _gathered(problems: list[Problem]) -> list[Problem]:
    """A flood of one kind of slip, as a hostile file makes it, told once with its number."""
    if len(problems) <= _A_FEW:
        return problems
    kinds = Counter(problem.code for problem in problems)
    if kinds["alias"] > _A_FEW:  # the anchors go with them
        problems = [problem for problem in problems if problem.code != "anchor"]
    told: list[Problem] = []
    for problem in problems:
        number = kinds[problem.code]
        if problem.code not in _FLOODS or number <= _A_FEW:
            told.append(problem)
        elif all(earlier.code != problem.code for earlier in told):
            told.append(problem._replace(message=f"{problem.message} (and {number - 1:,} more)"))
    return told


class _Stop(Exception):
    """The rest of the file isn't read: its problem is noted."""


class _TooDeepForLibyaml(Exception):
    """libyaml 0.2.6 and later refuse more than 1,000 levels, before our own limit is seen."""


_LIBYAML_LIMIT: Final = "exceeded maximum nesting depth"


def _parser(text: str) -> yaml._yaml.CParser | yaml.SafeLoader:
    try:
        from yaml._yaml import CParser
    except ImportError:  # PyYAML was built without libyaml: slower, same findings
        return yaml.SafeLoader(text)
    return CParser(text)


class _Reader:
    """One pass over the events of one file."""

    def __init__(
        self,
        text: str,
        file: str,
        problems: list[Problem],
        parser: yaml._yaml.CParser | yaml.SafeLoader,
        most_nodes: int,
    ) -> None:
        self.file = file
        self.problems = problems
        # What was hidden has been noted, and stands as U+FFFD in the text.
        self.patched = bool(problems)
        self.lines = text.split("\n")
        # Only these lines can hold text that was cut; looking at each again would cost more.
        self.hashed = frozenset(
            number for number, line in enumerate(self.lines) if " #" in line or "\t#" in line
        )
        self.most_nodes = self.left = most_nodes
        self.parser = parser
        self.next_event = self.parser.get_event

    def note(self, line: int, column: int, code: str, message: str) -> None:
        """Note a problem; `line` and `column` count from 0, as the parser's do."""
        self.problems.append(Problem(self.file, line + 1, column + 1, code, message))

    def root(self) -> MapNode | None:
        try:
            return self._document()
        except _Stop:
            return None
        except yaml.YAMLError as error:
            if getattr(error, "problem", None) == _LIBYAML_LIMIT:
                raise _TooDeepForLibyaml from None
            self._syntax(error)
            return None
        finally:
            self.parser.dispose()

    def _document(self) -> MapNode | None:
        self._next()  # the start of the stream
        start = self._next()
        if isinstance(start, StreamEndEvent):
            self.note(0, 0, "empty", f"the file is empty; expected {_FILE_WORDS}")
            return None
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            self.note(0, 0, "directive", "lines that start with % aren't used here")
        event = self._next()
        if isinstance(event, ScalarEvent) and not event.value and not event.style:
            self.note(0, 0, "empty", f"the file is empty; expected {_FILE_WORDS}")
            return None
        node = self._node(event, 1, None)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, StreamEndEvent):
            mark = after.start_mark
            message = "a second document starts here; keep one document in the file"
            self.note(mark.line, mark.column, "second-document", message)
            return None
        if not isinstance(node, MapNode):
            if not (isinstance(node, ScalarNode) and node.kind is Kind.BAD):
                message = f"expected {_FILE_WORDS}; found {found(node)}"
                self.note(node.line - 1, node.column - 1, "wrong-type", message)
            return None
        return node

    def _next(self) -> Any:
        """The next event. The parser's types aren't told apart here: this runs for every word."""
        return self.next_event()

    def _node(self, event: Any, depth: int, key: str | None) -> Node:
        """The node that `event` starts; `key` is what stands before it in a mapping."""
        kind = type(event)
        self.left -= 1
        if self.left < 0:
            mark = event.start_mark
            message = f"more than {self.most_nodes:,} values in one file"
            self.note(mark.line, mark.column, "too-many", message)
            raise _Stop
        if kind is ScalarEvent and event.tag is None and event.anchor is None:
            return self._scalar(event, key)
        self._unwanted(event, depth)
        if kind is MappingStartEvent:
            return self._mapping(event, depth)
        if kind is SequenceStartEvent:
            return self._list(event, depth)
        mark = event.start_mark
        if kind is ScalarEvent and event.tag is None:
            return self._scalar(event, key)
        return ScalarNode("", Kind.BAD, mark.line + 1, mark.column + 1)

    def _unwanted(self, event: Any, depth: int) -> None:
        """Note what may stand nowhere: aliases, anchors, tags, and nesting without end."""
        mark = event.start_mark
        line, column = mark.line, mark.column
        if type(event) is AliasEvent:
            alias = quoted(f"*{event.anchor}")
            message = f"aliases ({alias}) aren't used here; write the value out"
            self.note(line, column, "alias", message)
            return
        if event.anchor:
            message = f"anchors ({quoted('&' + event.anchor)}) aren't used here; take it out"
            self.note(line, column, "anchor", message)
        if event.tag:
            self.note(line, column, "tag", _tag(event.tag))
        if depth > DEEPEST and type(event) is not ScalarEvent:
            self.note(line, column, "too-deep", TOO_DEEP)
            raise _Stop

    def _list(self, event: Any, depth: int) -> SeqNode:
        mark = event.start_mark
        items: list[Node] = []
        next_event = self.next_event
        while type(inner := next_event()) is not SequenceEndEvent:
            items.append(self._node(inner, depth + 1, None))
        return SeqNode(mark.line + 1, mark.column + 1, items)

    def _mapping(self, event: Any, depth: int) -> MapNode:
        mark = event.start_mark
        node = MapNode(mark.line + 1, mark.column + 1)
        entries = node.entries
        next_event = self.next_event
        while type(inner := next_event()) is not MappingEndEvent:
            key = self._node(inner, depth + 1, "")
            if type(key) is ScalarNode and key.kind is Kind.TEXT and key.value not in entries:
                entries[key.value] = (key, self._node(next_event(), depth + 1, key.value))
            else:
                self._odd_key(key, self._node(next_event(), depth + 1, None), entries)
        return node

    def _odd_key(self, key: Node, value: Node, entries: dict[str, Entry]) -> None:
        """Note a key that isn't text, or that stands here already."""
        line, column = key.line - 1, key.column - 1
        if not isinstance(key, ScalarNode):
            self.note(line, column, "key-not-text", f"a key must be text; found {found(key)}")
            return
        name = key.value
        if key.kind is Kind.WHOLE or key.kind is Kind.TRUTH:
            message = f"a key must be text; found {found(key)}. Write {quoted(name)} in quotes"
            self.note(line, column, "key-not-text", message)
            key.kind = Kind.BAD
        if name in entries:
            first = entries[name][0].line
            message = f"the key {quoted(name)} appears twice; it was on line {first} before"
            self.note(line, column, "duplicate-key", message)
            if not is_bad(entries[name][1]):
                return  # else the first is a slip, and the second what was meant
        entries[name] = (key, value)

    def _scalar(self, event: Any, key: str | None) -> ScalarNode:
        mark = event.start_mark
        line, column = mark.line, mark.column
        value: str = event.value
        kind = Kind.TEXT
        if not event.style:
            kind, code, message = classify(value)
            if self.hashed and self._cut(value, event.end_mark, key):
                kind = Kind.BAD if kind is not Kind.TEXT else kind
            elif kind is Kind.BAD:
                self.note(line, column, code, message or _nothing(key))
        elif event.style == '"' and (hidden := first_unseen(value)):
            self.note(line, column, hidden.code, hidden.message)
            kind = Kind.BAD
        if self.patched and REPLACEMENT in value:
            kind = Kind.BAD
        if len(value) > LONGEST_TEXT and kind is Kind.TEXT:
            message = f"a text of {len(value):,} characters; the most is {LONGEST_TEXT:,}"
            self.note(line, column, "too-long", message)
            kind = Kind.BAD
        return ScalarNode(value, kind, line + 1, column + 1)

    def _cut(self, value: str, end: Any, key: str | None) -> bool:
        """Whether text without quotes may go on after what YAML takes for a comment.

        Behind an id or a number, `# ` begins a comment; behind a name or several words, or a
        word where a text is expected, nobody can tell.
        """
        if end.line not in self.hashed:
            return False
        cut = _CUT.match(self.lines[end.line], end.column)
        if cut is None or (cut[1] is None and not _prose(value) and key not in _TEXTS):
            return False
        self.note(end.line, end.column, "cut-text", _CUT_OFF if cut[1] else _CUT_OR_COMMENT)
        return True

    def _syntax(self, error: yaml.YAMLError) -> None:
        """Note what the parser couldn't read, where a person would look for it."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = str(getattr(error, "problem", None) or "")
        opened = getattr(error, "context_mark", None)
        if problem in AT_START_OF_TEXT and opened is not None:
            mark = opened
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        message = said(problem, self._char(line, column))
        if message is FLOW_NOT_CLOSED and opened is not None:
            message += f" (opened on line {opened.line + 1})"
        if line and line >= len(self.lines) - 1 and not self.lines[-1]:
            # The parser gives up after the last line: point at its end instead.
            line = len(self.lines) - 2
            column = len(self.lines[line])
        for near in (line, line - 1):  # the slip is at the place named or just above it
            if 0 <= near < len(self.lines) and (odd := odd_sign(self.lines[near])):
                message += odd if near == line else f"{odd} (on line {near + 1})"
                break
        self.note(line, column, "syntax", message)

    def _char(self, line: int, column: int) -> str:
        return self.lines[line][column : column + 1] if line < len(self.lines) else ""


def _tag(tag: str) -> str:
    written = tag.replace("tag:yaml.org,2002:", "!!", 1)
    return f"tags ({quoted(written, 40)}) aren't used here; take it out"


def _prose(value: str) -> bool:
    """Whether a text without quotes may be part of a longer one."""
    return " " in value or _NAME.fullmatch(value) is not None


def _nothing(key: str | None) -> str:
    if key is None:
        return "an item of this list has no value; write one, or take the line out"
    return no_value(key) if key else "a key is missing here"
