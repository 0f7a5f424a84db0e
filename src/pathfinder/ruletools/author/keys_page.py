"""The page of keys in docs/rule-format.md: what each file may hold, key by key.

Why this module exists: whoever writes rules by hand reads what the loader goes by, and the
two can't differ when the one is made of the other. A test holds the page to this text.

It must not describe a key: the loader's forms do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pathfinder.loader.fields import Form
from pathfinder.ruletools.author.format import FILES
from pathfinder.ruletools.author.schema_kinds import CHOICES

BEGIN: Final = "<!-- keys: made of the loader's forms by ruletools/author/keys_page.py -->"
END: Final = "<!-- end of keys -->"
_IN_WORDS: Final = {
    "kebab": "an id like-this",
    "snake": "an id like_this",
    "day": 'a date like "2026-11-22"',
    "truth": "true or false",
    "true": "`true`",
    "grounds": "text",
}


def keys_page() -> str:
    """Every file with its keys, as Markdown."""
    return "\n".join(_lines()) + "\n"


def with_keys(document: str) -> str:
    """The document, with the page of keys between its two marks made anew."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{keys_page()}\n{END}{after}"


def _lines() -> Iterator[str]:
    for place, file in enumerate(FILES):
        if place:
            yield ""
        yield f"### `{file.name}`"
        yield ""
        yield from _table(file.form)
        for form in file.parts:
            yield ""
            yield f"**{form.what.strip(chr(34))}**"
            yield ""
            yield from _table(form)


def _table(form: Form) -> Iterator[str]:
    yield "| key | holds | |"
    yield "| --- | --- | --- |"
    for key, (kind, about) in form.allowed.items():
        may = "" if key in form.required else " (optional)"
        yield f"| `{key}`{may} | {_holds(kind)} | {about} |"


def _holds(kind: str) -> str:
    """A kind in words: `a path+` is a list of these."""
    if kind.endswith("+") and " or " in kind:
        one, _, more = kind.partition(" or ")
        return f"{one}, or {_holds(more)}"
    for mark, said in (("+", "list: "), ("*", "list, may be empty: ")):
        if kind.endswith(mark):
            return said + _holds(kind[:-1])
    if kind in CHOICES:
        return ", ".join(f"`{each}`" for each in CHOICES[kind])
    return _IN_WORDS.get(kind, kind)
