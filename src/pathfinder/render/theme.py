"""The one theme: which colours there are, and what each part of a page looks like.

Why this module exists: the result and the interview must look like one program, so both
take their colours from here: one accent, one warning colour, one quiet grey, and bold.
Nothing is told by colour alone. docs/decisions/0011 says why these, and
`tests/test_theme.py` measures them on light and dark windows.

It must not import anything: the interview and the pages read it at every start.
"""

from __future__ import annotations

from typing import Final

ACCENT: Final = "#0087af"
WARNING: Final = "#d75f5f"
QUIET: Final = "#767676"
"""Each is one of the 256 colours, so that it looks the same in all terminals that have them."""

STYLES: Final = {
    "": "",
    "title": f"bold {ACCENT}",
    "heading": "bold",
    "alert": f"bold {WARNING}",
    "strong": "bold",
    "label": f"bold {ACCENT}",
    "bar": ACCENT,
    "quiet": QUIET,
    "plus": f"bold {ACCENT}",
    "minus": "bold",
}
"""How each kind of part is drawn."""

STYLES_IN_16: Final = {
    style: "bold" if drawn.startswith("bold") else "" for style, drawn in STYLES.items()
}
"""The same with bold alone: of 16 colours, none can be read on light and on dark windows."""
