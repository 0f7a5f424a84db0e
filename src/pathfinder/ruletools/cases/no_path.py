"""Which gates together leave a person no path.

Why this module exists: deciding for such a person ends in an error, and whoever put a
gate too much there needs to hear of that gate, not of all that happen to fire.

It must not decide anything: it asks which gates are at work, as `decide` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import View
from pathfinder.engine.rules import Gate
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.fired import at_work


class NoPath(NamedTuple):
    """Gates that leave no path, in the order of the rules, each of them needed for it.

    `last` is the one to look at first: without it a path is left, whatever else fires.
    If there is none like that, it is just the last.
    """

    gates: tuple[Gate, ...]
    last: Gate


def no_path(rules: RuleSet, view: View) -> NoPath | None:
    """The gates that leave this person no path; None if one is left."""
    firing = at_work(rules, view).gates
    if not firing or not _closed(rules, firing):
        return None
    # A gate that was added or widened takes part in every such set: without it there was a
    # path. Earlier gates go first, since new ones are mostly written below.
    together = firing
    for gate in firing:
        fewer = _without(together, gate)
        if _closed(rules, fewer):
            together = fewer
    needed = [gate for gate in together if not _closed(rules, _without(firing, gate))]
    return NoPath(together, (needed or together)[-1])


def gates_in_words(found: NoPath, who: str) -> str:
    """One line: `these gates together leave no path for WHO: a (asks for at least day), …`."""
    one = len(found.gates) == 1
    leave = "this gate leaves" if one else "these gates together leave"
    named = ", ".join(f"{gate.id} ({_effect(gate)})" for gate in found.gates)
    return f"{leave} no path for {who}: {named}"


def _effect(gate: Gate) -> str:
    if gate.at_least is not None:
        return f"asks for at least {gate.at_least}"
    return f"sets aside {', '.join(gate.set_aside)}"


def _without(gates: Sequence[Gate], gate: Gate) -> tuple[Gate, ...]:
    return tuple(each for each in gates if each.id != gate.id)


def _closed(rules: RuleSet, gates: Sequence[Gate]) -> bool:
    """Whether these gates leave no path."""
    ranks = rules.level_rank
    least = max((ranks[gate.at_least] for gate in gates if gate.at_least), default=0)
    aside = {path for gate in gates for path in gate.set_aside}
    return all(path.id in aside or ranks[path.level] < least for path in rules.paths)
