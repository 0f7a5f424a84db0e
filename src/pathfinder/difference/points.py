"""Fit points of a whole crowd, kept as columns of binary digits.

Why this module exists: `ranking.fit_paths` for everybody at once. Digit n of the points
of a path is one mask; a row of a fit table is added to those who gave its answer.

It must not know gates or levels of care.
"""

from __future__ import annotations

from pathfinder.difference.crowd import Crowd, Mask
from pathfinder.difference.views import Views
from pathfinder.loading.fit import MOST_POINTS
from pathfinder.model import SKIP, UNSURE, RuleSet

Digits = list[Mask]
"""Two's complement: the lowest digit first, the last one is the sign."""


def zero(rules: RuleSet) -> Digits:
    """No points for anybody, with room for the most that all tables can give or take."""
    return [0] * ((MOST_POINTS * len(rules.fit)).bit_length() + 1)


def points_of(rules: RuleSet, crowd: Crowd, views: Views) -> dict[str, Digits]:
    """The points of every path, safe or not."""
    points: dict[str, Digits] = {path: zero(rules) for path in rules.path_by_id}
    for table in rules.fit:
        seen = views.get(table.question)
        if seen is None:
            continue
        unsure = seen.unknown & crowd.gave.get(table.question, {}).get(UNSURE, 0)
        says = {**seen.says, UNSURE: unsure, SKIP: seen.unknown & ~unsure}
        # Rows with the same points for a path are added at one go where they exclude each other.
        alone = rules.question_by_id[table.question].kind != "many"
        together: dict[tuple[str, int], Mask] = {}
        for answer, row in table.rows.items():
            who = says.get(answer, 0)
            for path, number in row.points.items():
                if not alone:
                    _add(points[path], number, who)
                elif number:
                    together[path, number] = together.get((path, number), 0) | who
        for (path, number), who in together.items():
            _add(points[path], number, who)
    return points


def _add(digits: Digits, number: int, who: Mask) -> None:
    """Add a number to the points of these people."""
    if not number or not who:
        return
    carry = 0
    for place, digit in enumerate(digits):
        if number >> place & 1:
            digits[place] = digit ^ who ^ carry
            carry = (digit & who) | (carry & (digit | who))
        elif carry:
            digits[place] = digit ^ carry
            carry &= digit


def more(left: Digits, right: Digits, all_: Mask) -> Mask:
    """Whose points on the left are more than those on the right."""
    # The sign counts against; below it, the highest digit that differs decides.
    sign = right[-1] & ~left[-1]
    result, same = sign, all_ & ~(left[-1] ^ right[-1])
    for a, b in zip(reversed(left[:-1]), reversed(right[:-1]), strict=True):
        result |= same & a & ~b
        same &= ~(a ^ b)
    return result


def chosen(who: Mask, left: Digits, right: Digits) -> Digits:
    """The points on the left for these people, those on the right for the others."""
    return [(a & who) | (b & ~who) for a, b in zip(left, right, strict=True)]
