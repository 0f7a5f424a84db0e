"""A form read by itself: which items are open for these answers, and whether its parts meet.

Why this module exists: what goes out holds only what a person was asked, and what comes back
may hold nothing else. This is worked out as any form tool does it, from the form and not from the
rules, so that a form that says something other than the rules is noticed. And five programs
that check FHIR were tried, and each took files that were broken: none looks whether a test names
a question that is there and comes earlier, or an answer that this question offers.

It must not repair, know the rules, or know where a form came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pathfinder.fhir.naming import Json
from pathfinder.fhir.questionnaire import every_item
from pathfinder.sanitize import quoted

_OPERATORS: Final = ("=", "!=", "exists")
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


def faults(form: Json) -> list[str]:
    """Each thing in a form that doesn't meet, a sentence each."""
    return list(_faults(form))


def _faults(form: Json) -> Iterator[str]:
    system, version = None, None
    links: set[str] = set()
    offers: dict[str, set[tuple[str, str]]] = {}
    for item in every_item(form["item"]):
        link = item["linkId"]
        if link in links:
            yield f"The link id {quoted(link)} stands twice."
        links.add(link)
        options = [option["valueCoding"] for option in item.get("answerOption", ())]
        codes = [(option["system"], option["code"]) for option in options]
        for each in sorted({code for _, code in codes if codes.count((_, code)) > 1}):
            yield f"{quoted(link)} offers {quoted(each)} twice."
        for option in options:
            system, version = system or option["system"], version or option["version"]
            if (option["system"], option["version"]) != (system, version):
                yield f"{quoted(link)} offers {quoted(option['code'])} of another system."
        yield from _of_the_kind(item, bool(codes))
    # In the order in which a person comes to them: an item's own tests, then what is inside.
    for item in every_item(form["item"]):
        tests = item.get("enableWhen", ())
        if len(tests) > 1 and item.get("enableBehavior") not in ("all", "any"):
            yield f"{quoted(item['linkId'])} has several tests, and doesn't say all or any."
        for test in tests:
            yield from _test(item["linkId"], test, links, offers)
        if item.get("answerOption"):
            values = [option["valueCoding"] for option in item["answerOption"]]
            offers[item["linkId"]] = {(each["system"], each["code"]) for each in values}


def _of_the_kind(item: Json, offers: bool) -> Iterator[str]:
    link, kind = item["linkId"], item["type"]
    asks = kind in ("choice", "coding")
    if asks != offers:
        yield f"{quoted(link)} is of the type {kind}, and {'offers' if offers else 'has'} " + (
            "answers." if offers else "no answers."
        )
    if kind == "group" and not item.get("item"):
        yield f"The group {quoted(link)} is empty."


def _test(
    link: str, test: Json, links: set[str], offers: dict[str, set[tuple[str, str]]]
) -> Iterator[str]:
    source = test["question"]
    if source not in links:
        yield f"{quoted(link)} hangs on {quoted(source)}, which isn't there."
    elif source not in offers:
        yield f"{quoted(link)} hangs on {quoted(source)}, which isn't a question before it."
    elif test["operator"] not in _OPERATORS:
        yield f"{quoted(link)} tests by {quoted(test['operator'])}, which isn't used here."
    elif test["operator"] == "exists":
        if not isinstance(test.get("answerBoolean"), bool):
            yield f"{quoted(link)} asks whether {quoted(source)} exists, without true or false."
    else:
        value = test.get("answerCoding", {})
        if (value.get("system"), value.get("code")) not in offers[source]:
            said = quoted(str(value.get("code")))
            yield f"{quoted(link)} hangs on {said}, which {quoted(source)} doesn't offer."
