"""Did-you-mean: the known name that is nearest to the one somebody wrote.

Why this module exists: most mistakes in a file or a command are slips of one
or two letters, and the fix is then one word away. Kept apart, and free of
imports, because rules, answers and the command line all use it.

It must not decide anything: a near name is offered, never taken.

    >>> nearest("stedy", ["none", "unsafe", "steady"])
    'steady'
"""

from __future__ import annotations

from collections.abc import Iterable

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
