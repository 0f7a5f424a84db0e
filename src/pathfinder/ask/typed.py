"""A typed line, freed of what people type differently, and the one that leaves at once.

Why this module exists: wherever a line is read the quick exit must hold, also where no
question is asked: where a client code or a file is named, or a judgement is given.

It must not know a question.
"""

from __future__ import annotations

from typing import Final

_CTRL_X: Final = "\x18"
_FOLD: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "_": " "})


def fold(text: str) -> str:
    """`text` without what people type differently: width, case, spaces, quotes, a full stop."""
    return " ".join(narrow(text).translate(_FOLD).casefold().split()).rstrip(".)")


def narrow(text: str) -> str:
    """Letters of the width of Japanese ones, as a keyboard for it types them, in the usual one."""
    if text.isascii():
        return text
    import unicodedata

    wide = ("<wide>", "<narrow>")
    return "".join(
        unicodedata.normalize("NFKC", c) if unicodedata.decomposition(c).startswith(wide) else c
        for c in text
    )


def leaves_at_once(word: str) -> bool:
    """Is this folded word the quick exit? Typed in a hurry, it may have a space or a second `!`.

    Ctrl-X, the key of the menus, counts too: where a line is read, it is a character.
    """
    return _CTRL_X in word or (word.replace(" ", "").rstrip("!") == "exit" and word.endswith("!"))
