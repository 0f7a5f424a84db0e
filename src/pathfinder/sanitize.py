"""What a file or a person wrote, made safe to show and short enough to read, and what was meant.

Why this module exists: an escape code in an answer can wipe a terminal, and a hidden character
can turn a sentence around. Whatever is echoed passes here. And most mistakes in a file or a
command are slips of one or two letters: the known name that is nearest is then said beside it.
Free of imports of ours, because rules, answers and the command line all use it.

It must not translate, wrap or colour text: that is the work of `render`. It must not decide
anything: a near name is offered, never taken.

    >>> clean("Safe\\x1b[2J")
    'Safe\ufffd[2J'
    >>> nearest("stedy", ["none", "unsafe", "steady"])
    'steady'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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


_LONGEST = 64  # a longer word is no slip, and comparing it would only cost time
_LISTED = 12


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is nearest to `word`, or None if none is near. Ties go to the first."""
    wanted = _plain(word)
    if not wanted or len(wanted) > _LONGEST:
        return None
    best: str | None = None
    least = max(1, len(wanted) // 3) + 1
    for choice in choices:
        have = _plain(choice)
        if have == wanted:
            return choice
        distance = _distance(wanted, have, least)
        if distance < least:
            best, least = choice, distance
    if best is None and len(wanted) >= 3:
        # "residental-care" or "sever" of "severe-use": one holds the other's beginning
        starts = [choice for choice in choices if _plain(choice).startswith(wanted)]
        best = starts[0] if len(starts) == 1 else None
    return best


def suggestion(word: str, choices: Iterable[str]) -> str:
    """What to add after "unknown …": the near name, and the names there are if they are few."""
    names = list(choices)
    near = nearest(word, names)
    said = f'; did you mean "{near}"?' if near else "."
    if not names:
        return said + " There are none yet."
    listed = names if len(names) <= _LISTED else [*names[: _LISTED - 1], "…"]
    if near and len(names) > _LISTED:
        return said
    return f"{said} Expected one of: {', '.join(listed)}"


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """` Did you mean "steady"?` for a near slip, otherwise nothing."""
    near = nearest(word, choices)
    return f' Did you mean "{near}"?' if near else ""


def _plain(word: str) -> str:
    return word.strip().casefold().replace("_", "-").replace(" ", "-")


def _distance(left: str, right: str, limit: int) -> int:
    """Letters to add, drop, change or swap with the next; `limit` means that many or more."""
    if abs(len(left) - len(right)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        after = [i]
        for j, b in enumerate(right, 1):
            cost = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            after.append(cost)
        if min(after) >= limit:
            return limit
        before, row = row, after
    return min(row[-1], limit)
