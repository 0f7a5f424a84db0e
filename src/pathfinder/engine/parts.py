"""A decision's parts by name: what came out, in ids.

Why this module exists: cases expect parts, statements hold them, and a comparison of two
rule sets counts them. Under one name each of them must see the same thing.

It must not judge what came out, or word it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from pathfinder.engine.decision import Decision, Fired

PARTS: Final[Mapping[str, Callable[[Decision], tuple[str, ...]]]] = {
    "scope": lambda d: (d.scope,),
    "hold": lambda d: ("true" if d.hold else "false",),
    "safe_level": lambda d: () if d.safe_level is None else (d.safe_level,),
    "alerts": lambda d: tuple(entry.id for entry in d.alerts),
    "alert_rules": lambda d: tuple(rule for rule, _ in asked_by(d.alerts)),
    "first": lambda d: tuple(entry.id for entry in d.first),
    "first_rules": lambda d: tuple(rule for rule, _ in asked_by(d.first)),
    "first_path": lambda d: tuple(entry.path for entry in d.ranked[:1]),
    "about_equal": lambda d: tuple(entry.path for entry in d.ranked if entry.about_equal_to_top),
    "ranked": lambda d: tuple(entry.path for entry in d.ranked),
    "alongside": lambda d: tuple(entry.path for entry in d.set_aside if entry.alongside),
    "supports": lambda d: tuple(entry.id for entry in d.supports),
    "warnings": lambda d: tuple(entry.id for entry in d.warnings),
    "notes": lambda d: tuple(note.id for note in d.notes),
    "to_check": lambda d: tuple(entry.rule for entry in d.to_check),
    "to_check_effects": lambda d: tuple(entry.effect for entry in d.to_check),
    "to_check_targets": lambda d: tuple(name for entry in d.to_check for name in entry.target),
    "barriers": lambda d: d.if_not_possible.barriers if d.if_not_possible else (),
    "helps": lambda d: d.if_not_possible.helps if d.if_not_possible else (),
    "compromise": lambda d: _compromise(d),
}
"""Each part as ids, in the order of the result; empty where there is none."""


def part_ids(decision: Decision, name: str) -> tuple[str, ...]:
    return PARTS[name](decision)


def asked_by(entries: Iterable[Fired]) -> Iterator[tuple[str, str]]:
    """Each rule that fired, with the id of what it asks for."""
    return ((rule, entry.id) for entry in entries for rule in entry.rules)


def _compromise(decision: Decision) -> tuple[str, ...]:
    beside = decision.if_not_possible
    return (beside.compromise,) if beside and beside.compromise else ()
