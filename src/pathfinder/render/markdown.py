"""A page as Markdown, for records, mail and whatever renders it (CommonMark; tables as on GitHub).

Why this module exists: a page must read the same as a file and on a screen, and a
text from a rule file or an answer must stay text. Whatever could become a link, an
image, a heading, code or HTML is escaped here, and nowhere else.

It must not decide what is said, or write anything.

    >>> markdown([Heading(1, "Why"), Bullet("*You* said: 1 < 2", mark="plus")])
    '# Why\\n\\n- **For:** \\\\*You\\\\* said: 1 \\\\< 2\\n'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, SideBySide, Text
from pathfinder.sanitize import clean

_MARKUP = re.compile(
    r"(?P<number>\[[0-9]+(?:, [0-9]+)*\](?![:(\[{]))"
    r"|(?P<plain>(?<![0-9:])[0-9]{1,2}(?::[0-9]{2}){1,2}(?![0-9:])|(?<=[^\s#] )#(?=[0-9]))"
    r"|[\\`*_\[\]<>|~$^{}@#]|&(?=#?[0-9a-z]+;)|:(?=\S)|(?<=www)\.",
    re.IGNORECASE,
)
"""Marks that mean something wherever they stand, in CommonMark or a common extension of it.

The number of a source, "[3]", is a link only where a line "[3]: address" stands, and no
text here can write one: it stays as it is, because nearly every sentence ends with one. So do a
time such as 14:30 and the number of a flat, such as #2: people copy them by hand, and alone they
mean nothing. An ampersand means something only where it begins an entity.
"""

_OPENS_A_BLOCK = re.compile(r"([-=%:]|\+(?!\S)|[0-9]{1,9}(?=[.)]))")
"""What means a list, a rule or a heading, but only where a line begins."""


def markdown(blocks: Iterable[Block], title: str = "") -> str:
    """The page in Markdown. With `title`, that is the one first heading and the rest stand below.

    Every text stands on one line, its controls shown as U+FFFD (`pathfinder.sanitize.clean`).
    """
    deeper = 1 if title else 0
    parts: list[str] = [_heading(1, title)] if title else []
    before: Block | None = None
    for block in blocks:
        lines = "\n".join(_lines(block, deeper))
        if not lines:
            continue
        # Bullets that follow each other are one list; anything else begins anew.
        together = isinstance(block, Bullet) and isinstance(before, Bullet)
        parts += ["\n" if together else "\n\n"] * bool(parts) + [lines]
        before = block
    return "".join([*parts, "\n"]) if parts else ""


def escaped(text: str, *, begins_line: bool = False) -> str:
    """A text in which nothing is markup. `begins_line`: no mark stands before it on its line."""
    # Without arguments, split takes out every kind of space: none may indent or break a line.
    line = _MARKUP.sub(_mark_escaped, " ".join(clean(text).split()))
    if not begins_line:
        return line
    return _OPENS_A_BLOCK.sub(_opening_escaped, line, count=1) if _opens(line) else line


# --- the blocks -------------------------------------------------------------------


def _lines(block: Block, deeper: int) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block.level + deeper, block.text)
        case Text():
            if block.role != "body":
                yield _joined(_label(block.label), _strong(escaped(block.text)))
            else:
                yield _labelled(block.label, block.text)
        case Bullet():
            said = {"dot": "", "plus": messages.FOR, "minus": messages.AGAINST_IT}[block.mark]
            text = _labelled(block.label, block.text, begins_line=not said)
            yield _joined("-", _label(said), text)
        case SideBySide():
            yield _row(messages.COMPARED, block.left, block.right)
            yield "| --- | --- | --- |"
            for row in block.rows:
                yield _row(row.title, row.left, row.right)


def _heading(level: int, text: str) -> str:
    return _joined("#" * level, escaped(text))


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"


def _labelled(label: str, text: str, *, begins_line: bool = True) -> str:
    return _joined(_label(label), escaped(text, begins_line=begins_line and not label))


def _label(label: str) -> str:
    return _strong(f"{escaped(label)}:") if label else ""


def _strong(text: str) -> str:
    return f"**{text}**" if text else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _mark_escaped(found: re.Match[str]) -> str:
    return found[0] if found["number"] or found["plain"] else f"\\{found[0]}"


def _opens(line: str) -> bool:
    return _OPENS_A_BLOCK.match(line) is not None


def _opening_escaped(found: re.Match[str]) -> str:
    # A figure can't be escaped; the mark after it can.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
