"""What the YAML parser couldn't read, said for people.

Why this module exists: "could not find expected ':'" tells a counselor little.
Each finding of the parser gets a sentence with the likely cause and fix.

It must not read files.
"""

from __future__ import annotations

from typing import Final

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
