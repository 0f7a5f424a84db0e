"""The rule set as a FHIR Questionnaire: every question, when it is asked, and what can't wait.

Why this module exists: an agency's form tool asks as the interview would. The form is made from
the rules and nothing else, so a rule that is changed changes the form, and an alert shows
there as soon as its answer is given, with numbers to call.

It must not leave a question out, word one anew, or mark one as required: all may be skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.question import NONE, SKIP, UNSURE, Question
from pathfinder.engine.rules import AlertRule
from pathfinder.engine.ruleset import EMERGENCY, Alert, Region, RuleSet, lines_for
from pathfinder.fhir.formula import Clause, Formula, OneHolds, Said, Says, clauses
from pathfinder.fhir.naming import (
    CONTROLS,
    EXCLUSIVE,
    ITEM_CONTROL,
    Json,
    Release,
    code,
    coding,
    form_url,
    form_version,
    system,
)
from pathfinder.pages.phrases import name_and_number

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
