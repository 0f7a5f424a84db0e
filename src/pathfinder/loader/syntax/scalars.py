"""What a bare word or number of YAML counts as here, and why some must stand in quotes.

Why this module exists: YAML programs don't agree on `no`, `1:30` or
`2026-11-22`, and PyYAML turns `none: no` into False without a word. A value
that two programs would read differently is refused as written.

It must not know where a value stands or what it is for.
"""

from __future__ import annotations

import re
from typing import Final

from pathfinder.loader.syntax.nodes import Kind
from pathfinder.sanitize import excerpt

_READ_AS: Final = {
    **{
        form: "true"
        for word in ("yes", "on", "y", "true")
        for form in (word, word.capitalize(), word.upper())
    },
    **{
        form: "false"
        for word in ("no", "off", "n", "false")
        for form in (word, word.capitalize(), word.upper())
    },
}
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER_STARTS: Final = frozenset("0123456789+-.")
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_NUMBER: Final = re.compile(
    r"""[-+]?(?:
        [0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?   # 010, 1_000, 1.5, 1e3
      | \.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?               # .5
      | 0[box][0-9a-fA-F_]+                              # 0x1f
      | \.(?:inf|Inf|INF|nan|NaN|NAN)
      | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?      # 1:30, which some read as 90
    )""",
    re.VERBOSE,
)

_PLAIN: Final = (Kind.TEXT, "", "")


def classify(value: str) -> tuple[Kind, str, str]:
    """Of a value without quotes: its kind and, if it may not stand so, the code and message."""
    if value in _READ_AS:
        if value in ("true", "false"):
            return Kind.TRUTH, "", ""
        meaning = _READ_AS[value]
        message = (
            f"found {value} without quotes, which YAML programs may read as {meaning};"
            f' write "{value}" in quotes if it is text'
        )
        return Kind.BAD, "unquoted-word", message
    if value in _NOTHING:
        return Kind.BAD, "no-value", ""
    if value[0] not in _NUMBER_STARTS:
        if value == "<<":
            message = "merge keys (<<) aren't used here; write the keys out"
            return Kind.BAD, "merge-key", message
        return _PLAIN
    if _WHOLE.fullmatch(value):
        return Kind.WHOLE, "", ""
    if _DATE.fullmatch(value):
        message = f'found the date {excerpt(value)} without quotes; write "{excerpt(value)}"'
        return Kind.BAD, "unquoted-date", message
    if _NUMBER.fullmatch(value):
        message = (
            f"found the number {excerpt(value, 24)} without quotes; put it in quotes if it is text."
            " Whole numbers are written plainly, like 3 or -3"
        )
        return Kind.BAD, "unquoted-number", message
    return _PLAIN
