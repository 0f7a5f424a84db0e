"""The built-in rules in a form that is read at once: made when the wheel is built.

Why this module exists: whoever starts Pathfinder waits while 400 kB of YAML are read that are
the same for everyone. The build (`src/compile_rules.py`) leaves the finished rule set beside
them. It is taken only where version, records and every byte of the rules are those of then;
if anything differs, or is damaged, the YAML is read, as it is for every other folder.

It is data alone: rows of records by name, never a pickle. It must not write anything, or read
YAML itself. An editable install has none: there the code that reads rules may change as well.

    >>> from pathfinder.loader.load import load_rules
    >>> rules = load_rules()
    >>> again = rules_from(compiled(rules), rules.sha256)
    >>> again.title == rules.title
    True
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from pathfinder._version import __version__
from pathfinder.engine import conditions, question, rules, ruleset
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.rule_files import built_in, new_sha256, read_files

FILE_NAME: Final = "_compiled_rules.json"
"""Within the installed package, beside the folder of the rules."""

_RECORDS: Final[Mapping[str, Callable[..., Any]]] = {
    name: made
    for module in (conditions, question, rules, ruleset)
    for name, made in vars(module).items()
    if isinstance(made, type) and issubclass(made, tuple) and made.__module__ == module.__name__
}
_GATHERED: Final[Mapping[str, Callable[[list[Any]], Any]]] = {
    "tuple": tuple,
    "set": frozenset,
    "map": lambda items: dict(zip(items[::2], items[1::2], strict=True)),
}


def rules_in(folder: Path | None) -> RuleSet:
    """The rule set in `folder`, or the one that comes with Pathfinder. See `load_rules`."""
    if folder is None:
        found = _built_in()
        if found is not None:
            return found
    from pathfinder.loader.load import load_rules

    return load_rules(folder)


def _built_in() -> RuleSet | None:
    try:
        data = _beside_the_package().read_bytes()
    except OSError:
        return None
    files = read_files(built_in())
    return None if files.problems else rules_from(data, files.sha256())


def _beside_the_package() -> Path:
    return Path(__file__).resolve().parent.parent / FILE_NAME


# --- the form: a line of what it was made of, and a line of rows -----------------------
#
# A row is the name of a record, or of a tuple, set or mapping, and its values. Text, true, false
# and null stand for themselves, a number alone for the row of that number, a number in a list
# for itself. A row comes after those that it names; the last is the rule set. Each is written
# once, so what is alike is one record afterwards.


def compiled(made: RuleSet) -> bytes:
    """The rule set as data. `rules_from` gives an equal one."""
    rows: list[str] = []
    places: dict[str, int] = {}

    def place(value: object) -> object:
        if value is None or isinstance(value, str | bool):
            return value
        if isinstance(value, int):
            return [value]
        row = json.dumps([_kind(value), *map(place, _inside(value))], separators=(",", ":"))
        if row not in places:
            places[row] = len(rows)
            rows.append(row)
        return places[row]

    place(made)
    body = f"[{','.join(rows)}]".encode()
    return f"{json.dumps(_made_of(made.sha256, body))}\n".encode() + body


def rules_from(data: bytes, sha256: str) -> RuleSet | None:
    """The rule set, if it was made of files with this fingerprint, by this version; else None."""
    head, _, body = data.partition(b"\n")
    try:
        if json.loads(head) != _made_of(sha256, body):
            return None
    except ValueError:
        return None
    made: list[Any] = []
    for kind, *values in json.loads(body):
        for at, value in enumerate(values):
            if type(value) is int:  # never a bool
                values[at] = made[value]
            elif type(value) is list:
                values[at] = value[0]
        record = _RECORDS.get(kind)
        made.append(_GATHERED[kind](values) if record is None else record(*values))
    last = made[-1]
    assert isinstance(last, RuleSet)
    return last


def _made_of(sha256: str, body: bytes) -> dict[str, object]:
    """All that must agree. A body with one bit turned has another fingerprint."""
    digest = new_sha256()
    digest.update(body)
    records = {name: list(getattr(made, "_fields", ())) for name, made in _RECORDS.items()}
    return {
        "version": __version__,
        "rules": sha256,
        "records": records,
        "body": digest.hexdigest(),
    }


def _kind(value: object) -> str:
    name = type(value).__name__
    if _RECORDS.get(name) is type(value):
        return name
    return {"tuple": "tuple", "frozenset": "set", "dict": "map"}[name]


def _inside(value: Any) -> list[object]:
    if isinstance(value, dict):
        return [each for pair in value.items() for each in pair]
    return sorted(value) if isinstance(value, frozenset) else list(value)
