"""From a file (or a folder of files) to a list of programs, or to every problem in it.

Why this module exists: the list is used whole or not at all, as rules are. Whoever keeps it sees
all that doesn't hold in one run, each with file, line and column. 5,000 programs and 20,000
meetings are 400,000 lines, and the YAML parser alone takes most of a second for them; so what is
written plainly, a key and a value a line, is read in a quarter of the time. That way never says
that anything is wrong: a single entry that isn't plain goes to the parser, and where anything
doesn't hold, the whole file is read strictly. tests/test_programs_load.py compares both.

It must not look for a list by itself, or judge how fresh an entry is. It writes only what
somebody learned on the phone (`rewrite`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pathfinder.errors import CantWrite, FileProblem, Problem, ProgramsError
from pathfinder.files import read_bytes, told
from pathfinder.loader.fields import Form, Reader
from pathfinder.loader.rule_files import sha256_of
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode, classify
from pathfinder.loader.syntax.text import decode
from pathfinder.loader.syntax.yaml import LONGEST_TEXT, read_yaml
from pathfinder.programs import keys
from pathfinder.programs.keys import LIST, MEETING, PROGRAM, Ids, ListReader
from pathfinder.programs.model import Meeting, Program, ProgramList
from pathfinder.sanitize import REPLACEMENT, clean, quoted

if TYPE_CHECKING:
    from pathfinder.programs.writing import Learned

MOST_BYTES: Final = 16 * 1024 * 1024
MOST_VALUES: Final = 2_000_000
_NAME_A_LIST: Final = "Name a list of programs."
_OF_THE_LIST: Final = ("title", "kept_by", "near", "units", "postal_codes")


class ListFile(NamedTuple):
    """What one file holds. `head`: the keys of the list as a whole that stand in it."""

    head: dict[str, Any]
    programs: tuple[Program, ...]
    meetings: tuple[Meeting, ...]


def load_programs(where: Path, paths: Iterable[str]) -> ProgramList:
    """The list in the file or folder `where`. `paths`: the ids of the rule set in use.

    Raises ProgramsError with every problem of every file; FileProblem if there is no list.
    """
    known = keys.ids(paths)
    problems: list[Problem] = []
    head: dict[str, Any] = {}
    stands: dict[str, str] = {}
    programs: list[Program] = []
    meetings: list[Meeting] = []
    contents: dict[str, bytes] = {}
    for path in files_of(where):
        label = clean(str(path))
        contents[path.name] = data = read_bytes(str(path), label, MOST_BYTES, _NAME_A_LIST)
        file = read_list(data, label, known, problems)
        programs += file.programs
        meetings += file.meetings
        for key, value in file.head.items():
            if key in head:
                message = f"{quoted(key)} stands in {stands[key]} already; keep one"
                problems.append(Problem(label, 1, 1, "repeated", message))
            stands[key] = label
            head[key] = value
    if not programs and not meetings and not problems:
        problems.append(Problem(clean(str(where)), 1, 1, "empty", "no program stands here yet"))
    if problems:
        raise ProgramsError(problems)
    if head.get("postal_codes"):
        head["postal_codes"] = str(Path(stands["postal_codes"]).parent / head["postal_codes"])
    return ProgramList(
        **head, programs=tuple(programs), meetings=tuple(meetings), sha256=sha256_of(contents)
    )


def files_of(where: Path) -> list[Path]:
    """The file itself, or the lists in a folder, by name. Hidden ones are left by editors."""
    if not where.is_dir():
        return [where]
    with told(clean(str(where)), _NAME_A_LIST):
        names = sorted(os.listdir(where))
    found = [
        where / name
        for name in names
        if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")
    ]
    if not found:
        raise FileProblem(f"{clean(str(where))} holds no list of programs (*.yaml).")
    return found


def read_list(data: bytes, label: str, known: Ids, problems: list[Problem]) -> ListFile:
    """One file: quickly where it is written plainly and holds; else with every problem noted."""
    taken = dict(known.taken)
    found = read_quickly(data, label, known, MOST_BYTES)
    if found is not None:
        return ListFile(*found)
    known.taken.clear()
    known.taken.update(taken)
    root, noted = read_yaml(data, label, most_bytes=MOST_BYTES, most_nodes=MOST_VALUES)
    problems += noted
    reader = ListReader(label, problems)
    noted_before = len(problems) - len(noted)
    file = _strictly(reader, root, known)
    problems[noted_before:] = sorted(problems[noted_before:], key=lambda each: each[1:3])
    return file


def _strictly(reader: Reader, root: MapNode | None, known: Ids) -> ListFile:
    fields = reader.fields(root, LIST)
    head = {
        key: keys.value(reader, LIST, key, fields[key], known)
        for key in _OF_THE_LIST
        if key in fields
    }
    programs = reader.items(fields.get("programs"), "a list of programs", least=0)
    meetings = reader.items(fields.get("meetings"), "a list of meetings", least=0)
    return ListFile(
        head,
        tuple([keys.program(reader, item, known) for item in programs]),
        tuple([keys.meeting(reader, item, known) for item in meetings]),
    )


def rewrite(where: Path, entry: str, changes: list[Learned]) -> Path:
    """Put `changes` into the file that holds the entry; every other byte stays. Gives the file.

    Raises CantWrite where the entry isn't laid out so that this can be promised.
    """
    # Here: who only reads a list writes nothing.
    from pathfinder.output import write_over
    from pathfinder.programs.writing import stamped

    for path in files_of(where):
        label = clean(str(path))
        data = read_bytes(str(path), label, MOST_BYTES, _NAME_A_LIST)
        text = data.decode("utf-8")
        made = stamped(text, entry, changes, MOST_BYTES, MOST_VALUES)
        if made is not None:
            write_over(made.encode("utf-8"), str(path))
            return path
    by_hand = ", ".join(f"{change.key}: {change.written}" for change in changes)
    raise CantWrite(f"{entry} is laid out in a way that must be changed by hand: {by_hand}")


# --- the quick way ---

_SECTIONS: Final = {"programs": PROGRAM, "meetings": MEETING}
_LINE: Final = re.compile(r"([a-z_]+): (.+)")
_QUOTED: Final = re.compile(r'"([^"\\]+)"')
_PLAIN: Final = re.compile(r"[A-Za-z0-9(](?:[^:#\t]|:(?! )|(?<! )#)*(?<![ :])")
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_PAIRS: Final = re.compile(
    r'\{([a-z_]+: (?:"[^"\\]+"|[a-z0-9-]+)(?:, [a-z_]+: (?:"[^"\\]+"|[a-z0-9-]+))*)\}'
)
_PAIR: Final = re.compile(r'([a-z_]+): (?:"([^"\\]+)"|([a-z0-9-]+))')
_ITEM: Final = re.compile(r"( *)- ")

Plain = tuple[dict[str, Any], tuple[Program, ...], tuple[Meeting, ...]]


class Chunk(NamedTuple):
    """The lines of one entry; its keys stand `indent` characters from the left."""

    indent: int
    lines: list[str]


class _NotPlain(Exception):
    """The file is for the strict reader."""


def read_quickly(data: bytes, label: str, known: Ids, most_bytes: int) -> Plain | None:
    """The keys of the list, its programs and meetings; None where the file isn't plain, or
    where anything in it doesn't hold. `known.taken` may then hold ids of this file."""
    text, problems = decode(data, label, most_bytes)
    if text is None or problems or REPLACEMENT in text:
        return None
    try:
        return _Quick(label, known).read(text)
    except _NotPlain:
        return None


class _Quick:
    """One pass over the lines of one file."""

    def __init__(self, label: str, known: Ids) -> None:
        self.problems: list[Problem] = []
        self.reader = ListReader(label, self.problems)
        self.known = known
        self.seen: dict[Form, dict[str, tuple[str, Any]]] = {PROGRAM: {}, MEETING: {}}

    def read(self, text: str) -> Plain:
        head: dict[str, Any] = {}
        found: dict[str, list[Any]] = {}
        for key, value, lines in _top(text.split("\n")):
            if key in head or key in found:
                raise _NotPlain
            if key in _SECTIONS and not value:
                found[key] = [self.entry(_SECTIONS[key], chunk) for chunk in _chunks(lines)]
            elif key in LIST.allowed and key not in _SECTIONS and all(map(_says_nothing, lines)):
                node = _node(value) if value else None
                if node is None:
                    raise _NotPlain
                head[key] = keys.value(self.reader, LIST, key, node, self.known)
            else:
                raise _NotPlain
            if self.problems or not found.get(key, True):
                raise _NotPlain
        return head, tuple(found.get("programs", ())), tuple(found.get("meetings", ()))

    def entry(self, form: Form, chunk: Chunk) -> Any:
        pairs = self.pairs(form, chunk)
        if pairs is None:
            return self.by_parser(form, chunk)
        values = dict(pairs)
        if len(values) != len(pairs) or any(key not in values for key in form.required):
            raise _NotPlain
        node = _node(values["id"])
        if node is None:
            raise _NotPlain
        values["id"] = keys.value(self.reader, form, "id", node, self.known)
        made: Program | Meeting
        if form is PROGRAM:
            made = Program(**values)
            missing = keys.missing_ways(made)
        else:
            made = Meeting(**values)
            missing = keys.missing_places(made)
        if missing or self.problems:
            raise _NotPlain
        return made

    def pairs(self, form: Form, chunk: Chunk) -> list[tuple[str, Any]] | None:
        """Keys and values, the id as it is written; None if a line isn't plain."""
        seen = self.seen[form]
        deeper = " " * chunk.indent
        pairs = []
        for whole in chunk.lines:
            line = whole[chunk.indent :] if whole.startswith(deeper) else "#"
            pair = seen.get(line)
            if pair is None:
                found = _LINE.fullmatch(line)
                if found is None or found[1] not in form.allowed:
                    if _says_nothing(line):
                        continue
                    return None
                key, raw = found[1], found[2]
                if key == "id":
                    pair = (key, raw)
                else:
                    node = _node(raw)
                    if node is None:
                        return None
                    value = keys.value(self.reader, form, key, node, self.known)
                    pair = seen[line] = (key, value)
            pairs.append(pair)
        return pairs

    def by_parser(self, form: Form, chunk: Chunk) -> Any:
        """One entry that isn't plain, such as one with a text over several lines."""
        first = f"{' ' * (chunk.indent - 2)}- {chunk.lines[0][chunk.indent :]}"
        text = "\n".join(["entry:", first, *chunk.lines[1:], ""])
        root, noted = read_yaml(text.encode(), self.reader.file)
        listed = root.get("entry") if root is not None and len(root.entries) == 1 else None
        if noted or not isinstance(listed, SeqNode) or len(listed.items) != 1:
            raise _NotPlain
        take = keys.program if form is PROGRAM else keys.meeting
        return take(self.reader, listed.items[0], self.known)


def _top(lines: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Each key of the list as a whole, the value behind it, and the lines below it."""
    key, value, below = "", "", list[str]()
    for line in lines:
        if not line or line[0] in " -#":
            below.append(line)
            continue
        if key:
            yield key, value, below
        elif not all(map(_says_nothing, below)):
            raise _NotPlain
        key, colon, value = line.partition(":")
        if not colon or (value and value[0] != " "):
            raise _NotPlain
        value, below = value.strip(" "), []
    if not key:
        raise _NotPlain
    yield key, value, below


def _chunks(lines: list[str]) -> Iterator[Chunk]:
    """The lines of each entry, as they stand; in the first, a space for the `-`."""
    start = ""
    deeper = ""
    chunk: list[str] = []
    for line in lines:
        if not start:
            found = _ITEM.match(line)
            if found is not None:
                start, deeper = found[0], " " * len(found[0])
            elif not _says_nothing(line):
                raise _NotPlain
        if start and line.startswith(start):
            if chunk:
                yield Chunk(len(start), chunk)
            chunk = [deeper + line[len(start) :]]
        elif start:
            if not line.startswith(deeper) and not _says_nothing(line):
                raise _NotPlain
            chunk.append(line)
    if chunk:
        yield Chunk(len(start), chunk)


def _says_nothing(line: str) -> bool:
    """A blank line, or a comment, if no text goes on there: that is for the parser to say."""
    return line.lstrip(" ")[:1] in ("", "#")


def _node(raw: str) -> Node | None:
    """The value as the strict reader would see it, or None if it isn't plain."""
    if len(raw) > LONGEST_TEXT:
        return None
    if raw[0] == '"':
        found = _QUOTED.fullmatch(raw)
        return None if found is None else ScalarNode(found[1], Kind.TEXT, 1, 1)
    if raw[0] == "[":
        return _list_node(raw)
    if raw[0] == "{":
        return _map_node(raw)
    if _PLAIN.fullmatch(raw) is None:
        return None
    kind, code, _ = classify(raw)
    return None if code or kind is Kind.BAD else ScalarNode(raw, kind, 1, 1)


def _list_node(raw: str) -> Node | None:
    if raw[-1] != "]":
        return None
    items: list[Node] = []
    for word in raw[1:-1].split(","):
        word = word.strip(" ")
        if _WORD.fullmatch(word) is None:
            return None
        kind, code, _ = classify(word)
        if code:
            return None
        items.append(ScalarNode(word, kind, 1, 1))
    return SeqNode(1, 1, items)


def _map_node(raw: str) -> Node | None:
    if _PAIRS.fullmatch(raw) is None:
        return None
    node = MapNode(1, 1)
    for key, text, word in _PAIR.findall(raw):
        kind = classify(word)[0] if word else Kind.TEXT
        if kind is Kind.BAD or key in node.entries:
            return None
        node.entries[key] = (ScalarNode(key, Kind.TEXT, 1, 1), ScalarNode(text or word, kind, 1, 1))
    return node
