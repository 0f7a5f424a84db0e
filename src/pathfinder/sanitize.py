"""Text that comes from a file or a person, made safe to show and short enough to read.

Why this module exists: an escape code in an answer can wipe a terminal, and a
hidden character can turn a sentence around. Whatever is echoed passes here.

It must not translate, wrap or colour text: that is the work of `render`.

    >>> clean("Safe\\x1b[2J")
    'Safe�[2J'
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_HIDDEN: Final = (
    "\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
)
# Compiling these takes longer than reading a rule file, and hardly any text needs them:
# what Python calls printable holds no such character.


@cache
def unshowable() -> re.Pattern[str]:
    """Controls (C0, DEL, C1), characters that reorder text, odd line ends, BOM, surrogates."""
    return re.compile(f"[\x00-\x1f{_HIDDEN}]")


@cache
def unshowable_but_newline() -> re.Pattern[str]:
    return re.compile(f"[\x00-\x09\x0b-\x1f{_HIDDEN}]")


@cache
def unwanted_in_source() -> re.Pattern[str]:
    """The same for the text of a whole file, where tabs and newlines are part of the form."""
    return re.compile(f"[\x00-\x08\x0b-\x1f{_HIDDEN}\ufffe\uffff]")


def all_showable(text: str) -> bool:
    """Quickly: whether every character of `text` but newlines is plain to see.

    False also for some harmless ones (a no-break space): look closer then.
    """
    return text.isprintable() or text.replace("\n", "").isprintable()


def clean(text: str, *, keep_newlines: bool = False) -> str:
    """`text` in one Unicode form (NFC), each control or hidden character shown as U+FFFD."""
    if not text.isascii():
        import unicodedata  # only where it is needed: most text here is plain ASCII

        text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return (unshowable_but_newline() if keep_newlines else unshowable()).sub(REPLACEMENT, text)


def excerpt(text: str, limit: int = 60) -> str:
    """The start of `text`, fit for one line of a message."""
    short = clean(text[: limit + 1])
    return short if len(short) <= limit else short[: limit - 1] + "…"


def quoted(text: str, limit: int = 60) -> str:
    """An excerpt in quotation marks."""
    return f'"{excerpt(text, limit)}"'
