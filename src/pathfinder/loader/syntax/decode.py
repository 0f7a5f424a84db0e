"""From bytes to the text of a file: one encoding, and no character that can't be seen.

Why this module exists: what hides in a file (a control, a blank that is no space) is named
where it stands, before anything reads the file as YAML.

It must not know YAML. It never raises for what a file holds.
"""

from __future__ import annotations

import re
from typing import Final

from pathfinder.errors import Problem
from pathfinder.loader.syntax.unseen import unseen_in_source
from pathfinder.sanitize import REPLACEMENT, all_showable

MOST_BYTES: Final = 1024 * 1024
_MOST_HIDDEN: Final = 20  # a binary file would otherwise give a million lines of findings
_NOT_TEXT: Final = "found the hidden character U+0000, so this isn't a text file; save it as UTF-8"
_MERGE_ENDS: Final = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)
_MERGE: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
_BLANK_BUT_NO_SPACE: Final = "\u00a0\u2000-\u200b\u202f\u205f\u3000"


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
    odd = line_ends + ([] if text.isascii() else _odd_indents(text, file))
    if (text.isascii() and all_showable(text)) or not (unseen := unseen_in_source(text)):
        return text, odd
    if "\0" in text:
        line, column = _place(text, text.index("\0"))
        return None, [Problem(file, line, column, "hidden-character", _NOT_TEXT)]
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
