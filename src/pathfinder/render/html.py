"""The handout as HTML: one file that loads nothing, for a browser and for paper.

Why this module exists: what a page is made of becomes elements here, and here alone is
decided what an element may hold. Every text is cleaned and escaped on its way into the
template, whatever it is: no rule, answer or date can become a tag.

It must not decide what is said (`pages/handout.py`), write a file, or hold a link.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from pathfinder.pages import handout_messages, messages
from pathfinder.pages.blocks import Bullet, Heading
from pathfinder.pages.handout import Handout
from pathfinder.pages.sheet import Sheet
from pathfinder.render.layout import one_line

_FOLDER = "pathfinder.render"

_MARKS = {"dot": "", "plus": messages.FOR, "minus": messages.AGAINST_IT}

_WITH_HYPHENS = re.compile(r"([0-9]+(?:-[0-9]+)+)")
_KEPT = Markup('<span class="whole">{}</span>')


def html(page: Handout) -> str:
    """The page as a whole HTML document, its only style inside it and named by its hash."""
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


def sheet_html(page: Sheet) -> str:
    """The sheet as a whole HTML document, made as `html` makes the handout."""
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
    pieces = _WITH_HYPHENS.split(one_line(text))
    return Markup("").join(
        _KEPT.format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces)
    )


@cache
def _style() -> str:
    return _file("handout.css").strip()


def _file(name: str) -> str:
    return (files(_FOLDER) / name).read_text(encoding="utf-8")


def _hash(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
