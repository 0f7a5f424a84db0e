"""The rule set as a FHIR form, and a form read by itself: what is open, and whether it all meets.

Why this module exists: an agency's form tool asks as the interview would. The form is made from
the rules and nothing else, so a rule that is changed changes the form, and an alert shows
there as soon as its answer is given, with numbers to call. What goes out holds only what a
person was asked, and what comes back may hold nothing else: that is worked out as any form
tool does it, from the form and not from the rules, so that a form that says something other
than the rules is noticed. And five programs that check FHIR were tried, and each took files
that were broken: none looks whether a test names a question that is there and comes earlier,
or an answer that this question offers.

It must not leave a question out, word one anew, or mark one as required: all may be skipped.
It must not repair a form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.question import NONE, SKIP, UNSURE, Question
from pathfinder.engine.rules import AlertRule
from pathfinder.engine.ruleset import EMERGENCY, Alert, Region, RuleSet, lines_for
from pathfinder.fhir.vocabulary import (
    CONTROLS,
    EXCLUSIVE,
    ITEM_CONTROL,
    Clause,
    Formula,
    Json,
    OneHolds,
    Release,
    Said,
    Says,
    clauses,
    code,
    coding,
    form_url,
    form_version,
    system,
)
from pathfinder.pages.phrases import name_and_number
from pathfinder.sanitize import quoted

ABOUT: Final = "what-this-is-not"
UNDER_AGE: Final = "out-of-scope"
IN_SCOPE: Final = "in-scope"
HELP_LINES: Final = "help-lines"
_HELP_NOW: Final = "Help right now"
_ALONE: Final = (NONE, UNSURE, SKIP)


def questionnaire(rules: RuleSet, release: Release, region: Region) -> Json:
    """The whole form. `region`: the country of its help lines."""
    form = _Form(rules, release, region)
    return {
        "resourceType": "Questionnaire",
        "language": "en",
        "url": form_url(rules),
        "version": form_version(rules),
        "name": "".join(part.capitalize() for part in rules.id.replace("_", "-").split("-")),
        "title": rules.title,
        "status": "active",
        "subjectType": ["Patient"],
        "description": f"Made by Pathfinder from the rule set {rules.id} {rules.version}.",
        "lastReviewDate": rules.reviewed_on,
        "item": form.items(),
    }


class _Form:
    def __init__(self, rules: RuleSet, release: Release, region: Region) -> None:
        self.rules = rules
        self.release = release
        self.region = region
        self.says = Says(rules)

    def items(self) -> list[Json]:
        rules = self.rules
        texts = rules.texts
        ids = [question.id for question in rules.questions]
        ends = ids.index(rules.scope_question) + 1
        before = [item for each in rules.questions[:ends] for item in self.asked(each)]
        after = [item for each in rules.questions[ends:] for item in self.asked(each)]
        out = [Said(rules.scope_question, each, True) for each in sorted(rules.scope_out)]
        said_to_them = " ".join(passage.text for passage in texts.under_18)
        items = [display(ABOUT, f"{texts.not_a_diagnosis.text} {texts.review.text}"), *before]
        items += self.where(OneHolds(tuple(out)), display(UNDER_AGE, said_to_them))
        if after:
            inner = {"linkId": IN_SCOPE, "type": "group", "item": after}
            items.append(inner | _tests(rules, [frozenset((_not(each),)) for each in out]))
        items.append(display(HELP_LINES, f"{_HELP_NOW}: {self.numbers((EMERGENCY,), also=True)}"))
        return items

    def asked(self, question: Question) -> list[Json]:
        """The question, inside of what says when it is asked; and the alerts that it may ring."""
        found = self.where(self.says.asked(question), self.question(question))
        for alert, rung in self.alerts_after(question):
            fires = OneHolds(tuple([self.says.fires(rule.when, rule.unless) for rule in rung]))
            told = f"{alert.title}. {alert.text} {self.numbers(alert.lines)}"
            found += self.where(fires, display(f"{question.id}.alert.{alert.id}", told))
        return found

    def question(self, question: Question) -> Json:
        several = question.kind == "many"
        region = question.by_region
        here = region.get(self.region.id) or region.get(self.rules.elsewhere.id) or ""
        item: Json = {
            "extension": [_control("check-box" if several else "radio-button")],
            "linkId": question.id,
            "text": f"{question.ask} {here}".strip(),
            "type": self.release.choice,
        }
        if several:
            item["repeats"] = True
        item["answerOption"] = self.options(question)
        why = display(f"{question.id}.why", question.why)
        item["item"] = [{"extension": [_control("help")], **why}]
        return item

    def options(self, question: Question) -> list[Json]:
        """The answers, and the two that are always there. On a scale, each with its place."""
        options: list[Json] = []
        for place, answer in enumerate((*question.answers, UNSURE, SKIP)):
            value = coding(self.rules, question, answer)
            if question.kind == "scale" and answer in question.answers:
                # On the coding and not beside it: form tools show a weight that stands beside it,
                # and nobody should read "I have a plan - 2".
                weight = {"url": self.release.weight, "valueDecimal": place}
                value = {"extension": [weight], **value}
            option: Json = {"valueCoding": value}
            if question.kind == "many" and answer in _ALONE:
                option = {"extension": [{"url": EXCLUSIVE, "valueBoolean": True}], **option}
            options.append(option)
        return options

    def alerts_after(self, question: Question) -> list[tuple[Alert, list[AlertRule]]]:
        """The alerts whose last question this is, each with the rules that ring it there."""
        place = {each.id: at for at, each in enumerate(self.rules.questions)}
        here = [
            rule
            for rule in self.rules.alert_rules
            if max(place[name] for name in questions_in(rule.when, rule.unless))
            == place[question.id]
        ]
        rung = [(alert, [r for r in here if r.alert == alert.id]) for alert in self.rules.alerts]
        return [(alert, rules) for alert, rules in rung if rules]

    def numbers(self, kinds: Sequence[str], *, also: bool = False) -> str:
        """Whom to call. `also`: and all other lines that are for anyone."""
        lines = list(lines_for(self.rules, self.region, kinds))
        if also:
            lines += [each for each in self.region.lines if not each.told_when]
        told = dict.fromkeys(f"{name_and_number(line)} ({line.when})" for line in lines)
        return "; ".join(told) + "."

    def where(self, formula: Formula, item: Json) -> list[Json]:
        """The item as it stands where the formula holds; none if it never does."""
        found = clauses(self.rules, formula, item["linkId"])
        if any(not clause for clause in found):
            return []
        plain = [clause for clause in found if len(clause) == 1]
        blocks = [[clause] for clause in found if len(clause) > 1]
        if plain:
            blocks.insert(0, plain)
        if not blocks:
            return [item]
        link = item["linkId"]
        item = {**item, **_tests(self.rules, blocks[-1])}
        for number in range(len(blocks) - 1, 0, -1):
            group = {"linkId": f"{link}.when.{number}", "type": "group"}
            item = {**group, **_tests(self.rules, blocks[number - 1]), "item": [item]}
        return [item]


def _tests(rules: RuleSet, block: Sequence[Clause]) -> Json:
    """When an item is open: one clause of several parts, or several clauses of one."""
    order = {
        (question.id, answer): (at, place)
        for at, question in enumerate(rules.questions)
        for place, answer in enumerate((None, *question.answers, UNSURE, SKIP))
    }
    said = sorted(
        (each for clause in block for each in clause),
        key=lambda each: order[each.question, each.answer],
    )
    tests = [_test(rules, each) for each in said]
    if len(tests) < 2:
        return {"enableWhen": tests}
    return {"enableWhen": tests, "enableBehavior": "all" if len(block) > 1 else "any"}


def _test(rules: RuleSet, said: Said) -> Json:
    if said.answer is None:
        return {"question": said.question, "operator": "exists", "answerBoolean": said.holds}
    value = {"system": system(rules), "code": code(said.question, said.answer)}
    operator = "=" if said.holds else "!="
    return {"question": said.question, "operator": operator, "answerCoding": value}


def _not(said: Said) -> Said:
    return said._replace(holds=not said.holds)


def display(link: str, text: str) -> Json:
    return {"linkId": link, "text": text, "type": "display"}


def _control(word: str) -> Json:
    codings = [{"system": CONTROLS, "code": word}]
    return {"url": ITEM_CONTROL, "valueCodeableConcept": {"coding": codings}}


def every_item(items: Iterable[Json]) -> Iterable[Json]:
    """All items, those inside others after them."""
    for item in items:
        yield item
        yield from every_item(item.get("item", ()))


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
        for each in sorted({pair[1] for pair in codes if codes.count(pair) > 1}):
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
            yield from _test_meets(item["linkId"], test, links, offers)
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


def _test_meets(
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
