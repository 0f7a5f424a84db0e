"""The text of a file: from bytes, with nothing unseen in it, said when it isn't YAML, and written.

Why this module exists: a rule set may come from a stranger. What hides in a file (a control, a
blank that is no space) is named where it stands, before anything reads the file as YAML. A
letter of no width splits a word that a check looks for, tag letters carry a message that only
machines read, and a pile of accents covers the lines above and below. What the parser can't
read gets a sentence with the likely cause and fix: "could not find expected ':'" tells a
counselor little. And what we write by hand, a draft or a case that a proof found, comes back
as the same words: each place quoted by itself once, and one of them too little.

It must not parse YAML, open a file, raise for what one holds, or know what a key means. It must
not refuse what a living script needs: the joiners of Persian and Hindi, the signs that join one
picture from several, and the two or three marks that one letter can carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple
from unicodedata import category, name

from pathfinder.errors import Problem
from pathfinder.loader.syntax.nodes import Kind, classify
from pathfinder.sanitize import (
    REPLACEMENT,
    all_showable,
    unshowable_but_newline,
    unwanted_in_source,
)

MOST_BYTES: Final = 1024 * 1024
_MOST_HIDDEN: Final = 20  # a binary file would otherwise give a million lines of findings
_NOT_TEXT: Final = "found the hidden character U+0000, so this isn't a text file; save it as UTF-8"
_MERGE_ENDS: Final = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)
_MERGE: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
_BLANK_BUT_NO_SPACE: Final = "\u00a0\u2000-\u200b\u202f\u205f\u3000"

MOST_MARKS: Final = 3
"""On one letter. Greek, Hebrew and Vietnamese need no more."""

_NO_WIDTH: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f"
    "\u3164\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINED: Final = "\u0600-\u1fff\u2190-\ufdff\ufe0f\U00010000-\U0001faff"
"""Scripts whose letters change where they are joined, and pictures."""

_VARIED: Final = "\u00a9\u00ae\u203c-\ufdff\U00010000-\U0001faff"
_OUT_OF_LATIN: Final = re.compile(f"[^\x00-\u02ff]{{{MOST_MARKS + 1},}}")
_LOOKS_LIKE: Final = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u2022", "-"),
    **dict.fromkeys("\uff1a\ufe55\u2236\ua789", ":"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\uff07", "'"),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
    "\uff0c": ",", "\uff3b": "[", "\uff3d": "]", "\uff5b": "{", "\uff5d": "}", "\uff03": "#",
}  # fmt: skip
"""Signs that stand in place of one that YAML knows, as word processors put them."""


class Unseen(NamedTuple):
    """One find: where it begins in the text, what it is, and what to say of it."""

    at: int
    text: str
    code: str
    message: str


def decode(data: bytes, file: str, most: int = MOST_BYTES) -> tuple[str | None, list[Problem]]:
    """The text of a file, with what may not stand in it replaced and reported."""
    if len(data) > most:
        return None, [Problem(file, 1, 1, "too-large", f"larger than {most // MOST_BYTES} MiB")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, file)]
    text = text.removeprefix("\ufeff")
    line_ends = _line_ends(text, file)
    if "\r" in text:
        text = text.replace("\r" if line_ends else "\r\n", "\n")
    if marks := _merge_marks(text, file):
        return None, marks
    if "\0" in text:  # before what is hidden is looked at one by one: of these there may be many
        line, column = _place(text, text.index("\0"))
        return None, [Problem(file, line, column, "hidden-character", _NOT_TEXT)]
    odd = line_ends + ([] if text.isascii() else _odd_indents(text, file))
    if (text.isascii() and all_showable(text)) or not (unseen := unseen_in_source(text)):
        return text, odd
    whole, end = [], 0
    for each in unseen:
        whole += [text[end : each.at], REPLACEMENT]
        end = each.at + len(each.text)
    named = [
        Problem(file, *_place(text, each.at), each.code, each.message)
        for each in unseen[:_MOST_HIDDEN]
    ]
    return "".join((*whole, text[end:])), odd + named


def _odd_indents(text: str, file: str) -> list[Problem]:
    """Blanks before a line that look like spaces and are none: YAML takes them for a name."""
    problems = []
    for match in re.finditer(f"^[ \t]*(?:- +)?([{_BLANK_BUT_NO_SPACE}])", text, re.MULTILINE):
        line, column = _place(text, match.start(1))
        found = f"found the blank U+{ord(match[1]):04X} before the text; it looks like a space "
        problems.append(
            Problem(file, line, column, "hidden-character", f"{found}and is none: type a space")
        )
    return problems[:_MOST_HIDDEN]


def _line_ends(text: str, file: str) -> list[Problem]:
    """A file of which no line ends as lines do today."""
    if "\r" not in text or "\n" in text or text.count("\r") == 1:
        return []
    message = "all lines end in the hidden character U+000D alone; save with line ends of Unix (LF)"
    return [Problem(file, 1, text.index("\r") + 1, "hidden-character", message)]


def _merge_marks(text: str, file: str) -> list[Problem]:
    """What version control leaves in a file where two people changed one place."""
    if not _MERGE_ENDS.search(text):
        return []
    found = list(_MERGE.finditer(text))[:_MOST_HIDDEN]
    said = "left by a merge that isn't finished; keep one of both sides, and take the marks out"
    return [
        Problem(file, *_place(text, each.start()), "syntax", f'found the mark "{each[0]}", {said}')
        for each in found
    ]


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _not_utf8(data: bytes, start: int, file: str) -> Problem:
    line = data.count(b"\n", 0, start) + 1
    before = data[data.rfind(b"\n", 0, start) + 1 : start]
    message = f"not UTF-8 (found byte 0x{data[start]:02X}); save the file as UTF-8"
    return Problem(file, line, len(before.decode("utf-8", "replace")) + 1, "not-utf-8", message)


def unseen_in_source(text: str) -> list[Unseen]:
    """All of them in the text of a file, where tabs and newlines are part of the form."""
    return _all(text, unwanted_in_source())


def first_unseen(value: str) -> Unseen | None:
    """The first of them in a value, where a backslash code may have made what no file shows."""
    if value.isascii() and value.isprintable():
        return None
    return next(iter(_all(value, unshowable_but_newline())), None)


def odd_letter(word: str) -> str:
    """Of a name that holds a letter of another script, or a blank that is none: which, and where.

    Names are ASCII, and such a letter often looks like one that was meant.
    """
    for place, char in enumerate(word, start=1):
        if not char.isascii():
            return f" (its letter {place} is {_named(char)})"
    return ""


def odd_letter_here(char: str) -> str:
    """What stands where reading ended, if it may look like something else."""
    return "" if char.isascii() else f"; here stands {_named(char)}"


def odd_sign(line: str) -> str:
    """What stands at the beginning of a line that YAML can't read, after its key, or before its
    value, and looks like a sign that YAML knows. Inside a text it may stand."""
    found = _before_a_value().match(line)
    if found is None:
        return ""
    meant = _LOOKS_LIKE[found[1]]
    like = f"which looks like {'a space' if meant == ' ' else meant} and is none"
    return f"; in column {found.start(1) + 1} stands {_named(found[1])}, {like}"


@cache
def _before_a_value() -> re.Pattern[str]:
    odd = re.escape("".join(_LOOKS_LIKE))
    return re.compile(rf"[ \t]*(?:- +)?(?:[\w-]+:?)?[ \t]*([{odd}])")


def _named(char: str) -> str:
    said = name(char, "").lower()
    return f"U+{ord(char):04X}" + (f" ({said})" if said else "")


def _all(text: str, controls: re.Pattern[str]) -> list[Unseen]:
    found = [_hidden(match) for match in controls.finditer(text)]
    if text.isascii():
        return found
    found += [_hidden(match) for match in _no_width().finditer(text)]
    return sorted((*found, *_piles(text)))


def _hidden(match: re.Match[str]) -> Unseen:
    message = f"found the hidden character U+{ord(match.group()):04X}; take it out"
    return Unseen(match.start(), match.group(), "hidden-character", message)


@cache
def _no_width() -> re.Pattern[str]:
    joiner, variation = "[\u200c\u200d]", "[\ufe00-\ufe0f]"
    return re.compile(
        f"[{_NO_WIDTH}]|(?<![{_JOINED}]){joiner}|{joiner}(?![{_JOINED}])|(?<![{_VARIED}]){variation}"
    )


def _piles(text: str) -> Iterator[Unseen]:
    """Marks in a row, more than one letter can need. Only where they can be is looked closely."""
    for run in _OUT_OF_LATIN.finditer(text):
        marks = "".join("m" if category(char) in ("Mn", "Me") else "-" for char in run.group())
        for pile in re.finditer(f"m{{{MOST_MARKS + 1},}}", marks):
            at = run.start() + pile.start()
            message = f"found {len(pile.group())} accents on one letter; take them out"
            yield Unseen(at, text[at : at + len(pile.group())], "stacked-accents", message)


_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def mapping(key: str, entries: Mapping[str, object]) -> Iterator[str]:
    """The lines of a mapping whose values are words, or lists of words."""
    # A mapping without entries can only be written in braces.
    yield f"{word(key)}:" if entries else f"{word(key)}: {{}}"
    for inner, each in entries.items():
        yield f"  {word(inner)}: {value(each)}"


def value(given: object) -> str:
    """One word, or a list on one line."""
    if isinstance(given, list | tuple | set | frozenset):
        return f"[{', '.join(word(str(item)) for item in given)}]"
    return word(str(given))


def word(text: str) -> str:
    """A word: bare if it stays a word, else in quotes, on one line whatever it holds."""
    unseen = first_unseen(text) is not None
    plain = text.replace("_", "").replace("-", "").isalnum() and classify(text)[0] is Kind.TEXT
    if plain and not unseen:
        return text
    return f'"{"".join(_char(char, ascii_only=unseen) for char in text)}"'


def _char(char: str, *, ascii_only: bool) -> str:
    """A character within quotes. What can't be seen is escaped, so that a reader can name it.

    `ascii_only`: so is all else, since a mark is only too much beside others. Half a character
    (a surrogate) stays as it is: no file can hold it, so writing it fails, where an escape
    would make a file that can't be read.
    """
    seen = char.isprintable() and not (ascii_only and not char.isascii())
    if seen or "\ud800" <= char <= "\udfff":
        return _ESCAPED.get(char, char)
    return _ESCAPED.get(char) or f"\\U{ord(char):08X}"


FLOW_NOT_CLOSED: Final = "a list or mapping in brackets isn't closed, or text in it needs quotes"

_SAID: Final = {
    "mapping values are not allowed in this context": (
        'found ": " where none can stand; put quotes around the text, or check the indentation'
    ),
    "could not find expected ':'": (
        'a key without its ":" stands here or above; write "key: value", or indent the text more'
    ),
    "found unexpected end of stream": "a text in quotes is never closed",
    "did not find expected key": (
        "expected the next key; check the indentation, the brackets, and text after closing quotes"
    ),
    "did not find expected '-' indicator": (
        'expected the next "- " of the list; check the indentation'
    ),
    "did not find expected ',' or ']'": FLOW_NOT_CLOSED,
    "did not find expected ',' or '}'": FLOW_NOT_CLOSED,
    "expected ',' or ']', but got": FLOW_NOT_CLOSED,
    "did not find expected node content": 'expected a value; found a mark such as "," or "]"',
    "block sequence entries are not allowed in this context": (
        'a list with "- " can\'t start here; start it on the next line, or use quotes'
    ),
    "sequence entries are not allowed here": (
        'a list with "- " can\'t start here; start it on the next line, or use quotes'
    ),
    "mapping keys are not allowed in this context": 'found "? " where no key can stand',
    "mapping values are not allowed here": (
        'found ": " where none can stand; put quotes around the text, or check the indentation'
    ),
    "found unknown escape character": (
        "unknown backslash code in double quotes; write \\\\ for a backslash, or use single quotes"
    ),
    "found invalid Unicode character escape code": "this backslash code stands for no character",
    "did not find expected hexdecimal number": "this backslash code needs more digits",
    "did not find expected alphabetic or numeric character": (
        "text that starts with * or & needs quotes; anchors and aliases aren't used here"
    ),
    "found undefined tag handle": "tags (!) aren't used here; put quotes around text with a !",
    "did not find the expected '>'": "tags (!) aren't used here; put quotes around text with a !",
    "found a tab character where an indentation space is expected": (
        "found a tab; indent with spaces"
    ),
    "found a tab character that violates indentation": "found a tab; indent with spaces",
    "did not find expected comment or line break": (
        "text after | or > must start on the next line; put quotes around text that starts so"
    ),
    "did not find expected <document start>": (
        "found something after the end of the document; keep one document in the file"
    ),
    "found unexpected document indicator": "found --- or ... inside a text in quotes",
    "found unknown directive name": "lines that start with % aren't used here",
    "could not find expected directive name": "lines that start with % aren't used here",
    "found incompatible YAML document": "lines that start with % aren't used here",
    "found duplicate %YAML directive": "lines that start with % aren't used here",
}

_STARTS: Final = {
    "\t": "found a tab; indent with spaces",
    "@": "text that starts with @ needs quotes",
    "`": "text that starts with ` needs quotes",
    "%": "text that starts with % needs quotes",
}

AT_START_OF_TEXT: Final = frozenset({"found unexpected end of stream"})
"""Findings whose cause is where the text began, not where the parser gave up."""


def said(problem: str, char: str) -> str:
    """A sentence for the parser's `problem`; `char` is the character it stopped at."""
    if problem.startswith("found character") and char in _STARTS:
        return _STARTS[char]
    if problem.startswith("expected alphabetic or numeric character"):
        problem = "did not find expected alphabetic or numeric character"
    if problem in _SAID:
        return _SAID[problem]
    if problem.startswith("expected ',' or"):
        return FLOW_NOT_CLOSED
    return "the YAML can't be read from here; check quotes, brackets and indentation"
