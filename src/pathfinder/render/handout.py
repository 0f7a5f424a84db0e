"""The handout: the result as a page to take home, in Markdown and as one HTML file.

Why this module exists: a person reads it later, on a phone or on paper, without
Pathfinder. Both forms are drawn from one account of what is said (`pages/handout.py`). In HTML
what a page is made of becomes elements, and here alone is decided what an element may hold.
Every text is cleaned and escaped on its way into the template, whatever it is: no rule, answer
or date can become a tag.

It must not take a note, a name or a code: there is no way in for them, so none gets out. It must
not write a file, load or link anything, or import jinja2 for Markdown.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import handout_messages, messages
from pathfinder.pages.blocks import Bullet, Heading, Text
from pathfinder.pages.handout import Handout, Ticks, blocks, handout, opened
from pathfinder.pages.sheet import NO_OPENING, Boxes, Opening, Sheet
from pathfinder.render.layout import markdown, one_line

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from pathfinder.programs.matching import NamedPrograms


def handout_html(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None = None,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The handout as one HTML file that loads nothing. `date` is printed as it is given.

    With `explained`, it also says how firm the first place is and what would change it.
    """
    return html(_opened(handout(rules, decision, date, explained, found), opening))


def handout_md(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None = None,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The handout in Markdown, with the same facts in the same order."""
    from pathfinder.pages import handout_messages

    page = _opened(handout(rules, decision, date, explained, found), opening)
    return f"{markdown(blocks(page), title=page.title)}\n{handout_messages.KEEP_SAFE}\n"


def sheet_html(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None,
    discreet: bool = False,
    large: bool = False,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The handout on one sheet, as one HTML file that loads nothing."""
    from pathfinder.pages.sheet import sheet

    page = sheet(
        rules,
        decision,
        date,
        explained,
        discreet=discreet,
        large=large,
        found=found,
        opening=opening,
    )
    return sheet_page(page)


def sheet_md(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None,
    discreet: bool = False,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The sheet in Markdown, with the same facts in the same order."""
    from pathfinder.pages import discreet_words, handout_messages
    from pathfinder.pages.sheet import as_blocks, sheet

    page = sheet(rules, decision, date, explained, discreet=discreet, found=found, opening=opening)
    keep = discreet_words.KEEP_SAFE if discreet else handout_messages.KEEP_SAFE
    return f"{markdown(as_blocks(page), title=page.title)}\n{keep}\n"


def _opened(page: Handout, opening: Opening) -> Handout:
    """The whole handout knows boxes to tick by another name."""
    pieces = [Ticks(p.entries) if isinstance(p, Boxes) else p for p in opening.pieces]
    notice = [Text(line) for line in opening.notice.split("\n") if line.strip()]
    kept = [p for p in pieces if isinstance(p, Heading | Text | Ticks)]
    found = opened(page, kept)
    return found._replace(pieces=(*found.pieces, *notice))


_FOLDER = "pathfinder.render"

_MARKS = {"dot": "", "plus": messages.FOR, "minus": messages.AGAINST_IT}

_WITH_HYPHENS = re.compile(r"([0-9]+(?:-[0-9]+)+)")
_KEPT = '<span class="whole">{}</span>'


def html(page: Handout) -> str:
    """The page as a whole HTML document, its only style inside it and named by its hash."""
    from markupsafe import Markup

    template, style = _template("handout.html"), _style()
    opening, parts = _parts(page.pieces)
    return template.render(
        name=page.name,
        title=page.title,
        urgent=page.urgent,
        opening=_drawable(opening),
        parts=[{"urgent": _is_urgent(part[0]), "pieces": _drawable(part)} for part in parts],
        words=handout_messages,
        marks=_MARKS,
        # Ours alone, and never a text from anywhere else: the rest of the page is escaped.
        style=Markup(style),
        style_hash=Markup(_hash(style)),
    )


def sheet_page(page: Sheet) -> str:
    """The sheet as a whole HTML document, made as `html` makes the handout."""
    from markupsafe import Markup

    style = f"{_style()}\n{_file('sheet.css').strip()}"
    opening, parts = _parts(page.pieces)
    return _template("sheet.html").render(
        title=page.title,
        large=page.large,
        opening=_drawable(opening),
        parts=[{"urgent": _is_urgent(part[0]), "pieces": _drawable(part)} for part in parts],
        words=handout_messages,
        style=Markup(style),
        style_hash=Markup(_hash(style)),
    )


def _parts(pieces: Iterable[Any]) -> tuple[list[Any], list[list[Any]]]:
    """What stands before the first heading of a part, and each part with its heading."""
    opening: list[Any] = []
    parts: list[list[Any]] = []
    for piece in pieces:
        if isinstance(piece, Heading) and piece.level == 1:
            parts.append([])
        (parts[-1] if parts else opening).append(piece)
    return opening, parts


def _is_urgent(piece: object) -> bool:
    return isinstance(piece, Heading) and piece.role == "alert"


def _drawable(pieces: Iterable[Any]) -> list[tuple[str, Any]]:
    """Each piece with the name by which the template knows it; bullets gathered into lists."""
    found: list[tuple[str, Any]] = []
    for piece in pieces:
        if not isinstance(piece, Bullet):
            found.append((type(piece).__name__, piece))
        elif found and found[-1][0] == "list":
            found[-1][1].append(piece)
        else:
            found.append(("list", [piece]))
    return found


@cache
def _template(name: str) -> Template:
    # jinja2 takes longer to import than most commands take to run.
    from jinja2 import Environment, StrictUndefined

    # Autoescape is said outright: by a file's name, jinja2 would guess it.
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
    )
    environment.filters["whole"] = whole
    return environment.from_string(_file(name))


def _cleaned(value: object) -> object:
    """What the template prints: a text without controls, on one line."""
    return one_line(value) if type(value) is str else value


def whole(text: str) -> Markup:
    """A text, escaped, in which no telephone number or date is split over two lines.

    Other characters for the hyphen would do it too, but a number is there to be copied.
    """
    from markupsafe import Markup, escape

    kept = Markup(_KEPT)
    pieces = _WITH_HYPHENS.split(one_line(text))
    return Markup("").join(
        kept.format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces)
    )


@cache
def _style() -> str:
    return _file("handout.css").strip()


def _file(name: str) -> str:
    return (files(_FOLDER) / name).read_text(encoding="utf-8")


def _hash(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
