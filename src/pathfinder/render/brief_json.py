"""A stream in ids alone, as JSON lines: the documented, versioned form (docs/brief.schema.json).

Why this module exists: 24 kB a person is more than a count needs. Which rules decided is said
once, in the first line; each line after it takes less than a kilobyte and says which line of the
answers it is for.

It must not say a sentence, or what the schema doesn't name.
"""

from __future__ import annotations

import json
from functools import lru_cache

from pathfinder._version import __version__
from pathfinder.engine.brief import Brief
from pathfinder.engine.ruleset import RuleSet


def first_line(rules: RuleSet) -> str:
    """The passport of every line that follows."""
    passport = {
        "ruleset": rules.id,
        "version": rules.version,
        "sha256": rules.sha256,
        "app": __version__,
    }
    return json.dumps({"passport": passport})


def brief_line(line: int, brief: Brief) -> str:
    """One person. `line`: where their answers stand, counted from 1."""
    scope, hold, safe_level, alerts, first, ranked, flags = brief
    paths = ", ".join([f"{_path(path)}{points}}}" for path, points in ranked])
    return (
        f'{{"line": {line}, "scope": "{scope}", "hold": {"true" if hold else "false"}, '
        f'"safe_level": {_ids(safe_level)}, "alerts": {_ids(alerts)}, "first": {_ids(first)}, '
        f'"ranked": [{paths}], "flags": {_ids(flags)}}}'
    )


@lru_cache(maxsize=4096)
def _ids(ids: tuple[str, ...] | str | None) -> str:
    return json.dumps(ids)


@lru_cache(maxsize=4096)
def _path(path: str) -> str:
    return f'{{"path": {json.dumps(path)}, "points": '
