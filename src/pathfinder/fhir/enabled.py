"""Which items of a form are open for these answers, as any form tool works it out.

Why this module exists: what goes out holds only what a person was asked, and what comes back
may hold nothing else. It reads the form itself and not the rules, so that a form that says
something other than the rules is noticed.

It must not know the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathfinder.fhir.naming import Json

Chosen = Mapping[str, frozenset[str]]
"""Link id -> the codes that are chosen there. What is missing has no answer."""


def opened(form: Json, chosen: Chosen) -> dict[str, frozenset[str]]:
    """The link ids of all open items, in their order, with what is chosen there.

    What is chosen at an item that isn't open counts as not chosen, also for what hangs on it.
    """
    found: dict[str, frozenset[str]] = {}
    _walk(form["item"], chosen, found)
    return found


def _walk(items: Iterable[Json], chosen: Chosen, found: dict[str, frozenset[str]]) -> None:
    for item in items:
        if _is_open(item, found):
            link = item["linkId"]
            found[link] = chosen.get(link, frozenset())
            _walk(item.get("item", ()), chosen, found)


def _is_open(item: Json, found: Mapping[str, frozenset[str]]) -> bool:
    tests = [_holds(test, found) for test in item.get("enableWhen", ())]
    if not tests:
        return True
    return any(tests) if item.get("enableBehavior") == "any" else all(tests)


def _holds(test: Json, found: Mapping[str, frozenset[str]]) -> bool:
    there = found.get(test["question"], frozenset())
    if test["operator"] == "exists":
        return bool(there) == bool(test["answerBoolean"])
    # "Not equal" holds where no answer is equal, also where there is none at all.
    chosen: bool = test["answerCoding"]["code"] in there
    return chosen is (test["operator"] == "=")
