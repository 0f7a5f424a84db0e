"""Reading and checking answers: from a file, from a stream, from plain data.

Why this module exists: an answer that was misread is worse than none. A slip
in a file is named with its place and the nearest right word, and answers come
out in one normal form whatever they came from.

It must not decide which questions apply, or keep an answer anywhere.

Normal form: `one` and `scale` questions give a word; `many` questions a tuple in
the order of the options, `("none",)` for none, or the word `unsure` or `skip`.
A question that wasn't answered is absent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from pathfinder.engine.question import Answer, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, FileProblem, Problem
from pathfinder.files import read_bytes
from pathfinder.loader.fields import Form, Reader
from pathfinder.loader.ids_and_answers import Shape, check_answer_nodes, shape_of
from pathfinder.loader.syntax.nodes import (
    TOO_DEEP,
    MapNode,
    Node,
    ScalarNode,
    SeqNode,
    described,
    found,
    is_bad,
    node_of,
)
from pathfinder.sanitize import clean, excerpt

MOST_BYTES: Final = 1024 * 1024
NAME_A_FILE: Final = "Name a file of answers."
_STDIN: Final = "standard input"
_DATA: Final = "answers"  # what problems name where there is no file
_DRAFT: Final = Form(
    "the file",
    {
        "answers": ("answers", "The answers of an interview that was left."),
        "passport?": ("text", "The rules under which they were given."),
        "saved?": ("text", "When they were saved."),
    },
)
_EXPECTED: Final = "answers like {home: steady}"
_BLANK_FILE: Final = f"the file is empty; expected {_EXPECTED}"
_MOST_IN_ONE_LINE: Final = 5


def check_answers(rules: RuleSet, mapping: Mapping[str, object]) -> dict[str, Answer]:
    """Plain Python data as answers in normal form.

    `mapping` is what `json.loads` or a library caller gives: words, and lists of
    words for `many`; or `{"answers": {…}}` around that. Raises AnswersError with
    every problem.
    """
    found_answers, problems = _check_data(_shapes(rules), mapping)
    if problems:
        raise AnswersError(problems)
    return found_answers


def read_answers(
    rules: RuleSet,
    path: Path | str,
    *,
    input_format: str | None = None,
    stdin: BinaryIO | None = None,
    data: bytes | None = None,
) -> Answers:
    """The answers in a file, or on standard input for `-`. `data`: what it holds, if it is read.

    `input_format` is `yaml` or `json`; without it, a name that ends in `.json` is
    JSON and everything else YAML. Raises FileProblem if there is nothing to read,
    AnswersError with every problem of what was read.
    """
    problems: list[Problem] = []
    label, root = _root(str(path), input_format, stdin, data, problems)
    answers: dict[str, Answer] = {}
    if root is not None:
        answers = _answers_in(Reader(label, problems), root, _shapes(rules))
    if problems:
        problems.sort(key=lambda problem: (problem.line, problem.column))
        raise AnswersError(problems)
    return answers


def plain_answers(
    path: Path | str, *, input_format: str | None = None, data: bytes | None = None
) -> dict[str, Answer] | None:
    """What a file says by question, whatever today's questions take; None if it is no such file."""
    problems: list[Problem] = []
    _, root = _root(str(path), input_format, None, data, problems)
    inner = root.get("answers") if root is not None else None
    body = inner if isinstance(inner, MapNode) else root
    if body is None or problems:
        return None
    found: dict[str, Answer] = {}
    for question, (_, node) in body.entries.items():
        items = node.items if isinstance(node, SeqNode) else [node]
        words = [item.value for item in items if isinstance(item, ScalarNode) and not is_bad(item)]
        if len(words) != len(items):
            return None
        found[question] = tuple(words) if isinstance(node, SeqNode) else words[0]
    return found


def stdin_bytes() -> bytes:
    """What stands on standard input, read once. Raises FileProblem if it can't be read."""
    return _read_stdin(None)


def iter_jsonl(
    rules: RuleSet,
    stream: BinaryIO,
    before: int = 0,
    otherwise: Callable[[bytes], Answers | None] = lambda line: None,
) -> Iterator[tuple[int, Answers | Problem]]:
    """Each line of a JSONL stream that isn't blank: its number, and its answers or what is wrong.

    Lines count from 1; `before`: so many were read already. `otherwise` reads a line that today's
    rules don't take, such as one of an older edition. A line is never longer in memory than the
    limit of 1 MiB.
    """
    shapes = _shapes(rules)
    number = before
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        if len(line) > MOST_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MOST_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, _in_line(number, "too-large", "a line longer than 1 MiB")
        elif not line.isspace():
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
                if not line or line.isspace():
                    continue
            answers = _line(shapes, line, number)
            mended = otherwise(line) if isinstance(answers, Problem) else None
            yield number, answers if mended is None else mended


# --- questions --------------------------------------------------------------------

_last: list[tuple[RuleSet, dict[str, Shape]]] = []


def _shapes(rules: RuleSet) -> dict[str, Shape]:
    """What each question takes. Kept for the last rule set: callers check thousands of answers."""
    if not _last or _last[0][0] is not rules:
        made = {each.id: shape_of(each.kind, each.answers) for each in rules.questions}
        _last[:] = [(rules, made)]
    return _last[0][1]


# --- plain data -------------------------------------------------------------------


def _check_data(
    shapes: Mapping[str, Shape], data: object
) -> tuple[dict[str, Answer], list[Problem]]:
    quick = _quick(shapes, data)
    if quick is not None:
        return quick, []
    problems: list[Problem] = []
    root = node_of(data, problems, _DATA)
    if not isinstance(root, MapNode):
        # What `node_of` said of other kinds is worded for a single answer.
        message = f"expected {_EXPECTED}; found {described(data) if is_bad(root) else found(root)}"
        return {}, [Problem(_DATA, 0, 0, "wrong-type", message)]
    return _answers_in(Reader(_DATA, problems), root, shapes), problems


def _quick(shapes: Mapping[str, Shape], data: object) -> dict[str, Answer] | None:
    """The answers if nothing is out of the ordinary, else None: then they are looked at closely."""
    if not isinstance(data, dict):
        return None
    if "answers" in data and "answers" not in shapes:
        if len(data) != 1:
            return None
        data = data["answers"]
        if not isinstance(data, dict):
            return None
    answers: dict[str, Answer] = {}
    for question, value in data.items():
        shape = shapes.get(question)
        if shape is None:
            return None
        if isinstance(value, str):
            answer = shape.normal.get(value)
            if answer is None:
                return None
            answers[question] = answer
        elif isinstance(value, list | tuple) and value:
            listed = shape.listed
            first = value[0]
            if len(value) == 1 and isinstance(first, str) and first not in listed:
                # A list of one word that stands alone: none, unsure or skip.
                alone = shape.normal.get(first)
                if alone is None or not listed:
                    return None
                answers[question] = alone
                continue
            try:
                places = sorted({listed[item] for item in value})
            except (KeyError, TypeError):
                return None
            if len(places) != len(value):
                return None
            answers[question] = tuple([shape.answers[place] for place in places])
        else:
            return None
    return answers


# --- files ------------------------------------------------------------------------


def _root(
    name: str,
    input_format: str | None,
    stdin: BinaryIO | None,
    data: bytes | None,
    problems: list[Problem],
) -> tuple[str, MapNode | None]:
    """What problems call the file, and its root mapping, if it could be read."""
    label = _STDIN if name == "-" else excerpt(name, 300) or "A file without a name"
    if data is None:
        from_stdin = name == "-"
        read = _read_stdin(stdin) if from_stdin else None
        data = read_bytes(name, label, MOST_BYTES, NAME_A_FILE) if read is None else read
    is_json = input_format == "json" if input_format else name.lower().endswith(".json")
    return label, (_json_root if is_json else _yaml_root)(data, label, problems)


def _read_stdin(stdin: BinaryIO | None) -> bytes:
    if stdin is None:
        if sys.stdin is None:
            raise FileProblem("Standard input is closed. Name a file, or pipe answers in.")
        stdin = sys.stdin.buffer
    try:
        return stdin.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblem(f"Standard input can't be read: {clean(reason)}.") from None


def _yaml_root(data: bytes, label: str, problems: list[Problem]) -> MapNode | None:
    from pathfinder.loader.syntax.yaml import read_yaml

    root, found_problems = read_yaml(data, label)
    problems.extend(found_problems)
    return root


def _json_root(data: bytes, label: str, problems: list[Problem]) -> MapNode | None:
    from pathfinder.loader.syntax.json import read_json
    from pathfinder.loader.syntax.text import decode

    text, found_problems = decode(data, label)
    problems.extend(found_problems)
    if text is None:
        return None
    if not text.strip():
        problems.append(Problem(label, 1, 1, "empty", _BLANK_FILE))
        return None
    root = read_json(text, label, problems)
    if isinstance(root, MapNode):
        return root
    if root is not None and not is_bad(root):
        message = f"expected {_EXPECTED}; found {found(root)}"
        problems.append(Problem(label, root.line, root.column, "wrong-type", message))
    return None


def _answers_in(reader: Reader, root: MapNode, shapes: Mapping[str, Shape]) -> dict[str, Answer]:
    """The answers of a file: under `answers` (drafts hold more beside it), or the whole file."""
    node: Node | None = root
    if "answers" in root.entries and "answers" not in shapes:
        fields = reader.fields(root, _DRAFT)
        node = fields.get("answers")
        passport = fields.get("passport")
        if passport is not None and not isinstance(passport, MapNode):
            reader.wrong(passport, "a mapping (which rules the answers were given for)")
        reader.text(fields.get("saved"))
    if isinstance(node, MapNode):
        return check_answer_nodes(reader, node, shapes)
    if node is not None:
        reader.wrong(node, f"a mapping of {_EXPECTED}")
    return {}


# --- streams ----------------------------------------------------------------------


class _Refused(ValueError):
    """JSON that is well formed for Python, but not for us."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


def _whole(digits: str) -> int:
    # Python refuses to read numbers of many digits, and no answer is a number anyway.
    return int(digits) if len(digits) < 19 else 10**18


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Refused("duplicate-key", f'the key "{clean(key)[:60]}" appears twice')
            seen.add(key)
    return made


def _constant(word: str) -> NoReturn:
    from pathfinder.loader.syntax.json import not_json

    raise _Refused("syntax", not_json(word))


_decode: Final = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_int=_whole,
    parse_constant=_constant,
).decode


def _line(shapes: Mapping[str, Shape], line: bytes, number: int) -> Answers | Problem:
    try:
        data = _decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        byte = line[error.start]
        return _in_line(number, "not-utf-8", f"not UTF-8 (found byte 0x{byte:02X})")
    except json.JSONDecodeError as error:
        from pathfinder.loader.syntax.json import syntax_message

        return Problem(_DATA, number, error.colno, "syntax", syntax_message(error))
    except _Refused as refused:
        return _in_line(number, refused.code, refused.message)
    except RecursionError:
        return _in_line(number, "too-deep", TOO_DEEP)
    answers, problems = _check_data(shapes, data)
    if not problems:
        return answers
    said = [problem.message.rstrip(".") for problem in problems[:_MOST_IN_ONE_LINE]]
    if len(problems) > _MOST_IN_ONE_LINE:
        said.append(f"and {len(problems) - _MOST_IN_ONE_LINE} more")
    return _in_line(number, problems[0].code, "; ".join(said))


def _in_line(number: int, code: str, message: str) -> Problem:
    return Problem(_DATA, number, 1, code, message)
