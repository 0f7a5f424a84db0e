"""The questions as a form, and answers to it: out, and back in, with nothing lost."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import Run
from people import anybody, on_the_path
from scrambled_rules import scrambled

from pathfinder import decide
from pathfinder.engine.conditions import All, AnyOf, Leaf, NoneOf, fires
from pathfinder.engine.flow import applicable, view_of
from pathfinder.engine.question import SKIP, UNSURE, Answer
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.errors import AnswersError, PathfinderError, Problem
from pathfinder.fhir.questionnaire import every_item, faults, opened, questionnaire
from pathfinder.fhir.reading import ReadBack, heard_in, read_response
from pathfinder.fhir.response_and_bundle import response
from pathfinder.fhir.vocabulary import RELEASES, code, form_url
from pathfinder.loader.migrations import read_migrations

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
Json = dict[str, Any]


def form_of(rules: RuleSet, release: str = "R4", region: str = "") -> Json:
    return questionnaire(rules, RELEASES[release], region_of(rules, region))


@pytest.fixture(scope="module")
def form(rules: RuleSet) -> Json:
    return form_of(rules)


def item_of(form: Json, link: str) -> Json:
    (found,) = [item for item in every_item(form["item"]) if item["linkId"] == link]
    return found


def open_questions(rules: RuleSet, form: Json, answers: dict[str, Answer]) -> list[str]:
    words = {q: (a,) if isinstance(a, str) else a for q, a in answers.items()}
    codes = {q: frozenset(code(q, word) for word in said) for q, said in words.items()}
    return [link for link in opened(form, codes) if link in rules.question_by_id]


def shown_alerts(form: Json, answers: dict[str, Answer]) -> set[str]:
    words = {q: (a,) if isinstance(a, str) else a for q, a in answers.items()}
    codes = {q: frozenset(code(q, word) for word in said) for q, said in words.items()}
    links = [link for link in opened(form, codes) if ".alert." in link and ".when." not in link]
    return {link.partition(".alert.")[2] for link in links}


def asked(rules: RuleSet, answers: dict[str, Answer]) -> list[str]:
    return [question.id for question in applicable(rules, answers)]


# --- the form ---------------------------------------------------------------------------


def test_a_form_asks_whom_the_interview_asks(rules: RuleSet, form: Json) -> None:
    dice = random.Random(17)
    for _ in range(600):
        answers = anybody(dice, rules, missing=dice.choice((0.0, 0.1, 0.5, 0.9)))
        assert open_questions(rules, form, answers) == asked(rules, answers), answers


EVERY_SHAPE = {
    "any": AnyOf((Leaf("substances", "exactly", ("cannabis",), frozenset({"cannabis"})),
                  Leaf("home", "at_most", ("unsafe",), frozenset({"none", "unsafe"})))),
    "mixed": All((AnyOf((Leaf("home", "is", ("none",), frozenset({"none"})),
                         Leaf("support", "is", ("none",), frozenset({"none"})))),
                  NoneOf((Leaf("danger", "includes", ("violence",), frozenset({"violence"})),
                          All((Leaf("health", "includes", ("pain",), frozenset({"pain"})),
                               Leaf("stage", "answered", ("true",), frozenset({"true"})))))))),
    "known": Leaf("stage", "answered", ("true",), frozenset({"true"})),
    "not known": Leaf("drinks", "answered", ("false",), frozenset({"false"})),
    "two of a kind": Leaf("substances", "two_with", ("slows_breath",),
                          frozenset({"alcohol", "opioids", "sedatives"})),
    "not two of a kind": NoneOf((Leaf("substances", "two_with", ("slows_breath",),
                                      frozenset({"alcohol", "opioids", "sedatives"})),)),
    "taken from another": Leaf("alcohol_frequency", "is", ("every_day",), frozenset({"every_day"})),
    "taken and not known": Leaf("alcohol_frequency", "answered", ("false",), frozenset({"false"})),
    "not taken from another": NoneOf((
        Leaf("alcohol_frequency", "at_least", ("most_days",),
             frozenset({"most_days", "every_day"})),
    )),
}  # fmt: skip


@pytest.mark.parametrize("shape", EVERY_SHAPE)
def test_a_form_can_say_every_shape_of_condition(shape: str, rules: RuleSet) -> None:
    last = rules.questions[-1]._replace(ask_when=EVERY_SHAPE[shape])
    changed = rules._replace(
        questions=(*rules.questions[:-1], last),
        question_by_id={**rules.question_by_id, last.id: last},
    )
    form = form_of(changed)
    assert faults(form) == []
    dice = random.Random(5)
    seen = set()
    for _ in range(400):
        answers = anybody(dice, changed, missing=dice.choice((0.0, 0.2, 0.7)))
        found = open_questions(changed, form, answers)
        assert found == asked(changed, answers), answers
        seen.add(last.id in found)
    assert seen == {True, False}


def test_a_form_says_what_rules_that_nobody_would_write_say(rules: RuleSet) -> None:
    dice = random.Random(18)
    made = 0
    for _ in range(12):
        changed = scrambled(rules, dice, changes=12)
        try:
            form = form_of(changed)
        except PathfinderError:  # that it names the reason is tested below
            continue
        made += 1
        assert faults(form) == []
        for _ in range(20):
            answers = anybody(dice, changed, missing=dice.choice((0.0, 0.2, 0.7)))
            assert open_questions(changed, form, answers) == asked(changed, answers), answers
            adult = {**answers, "age_group": "adult"}
            view = view_of(changed, adult)
            rung = {r.alert for r in changed.alert_rules if fires(r.when, r.unless, view) is True}
            assert shown_alerts(form, adult) == rung, adult
    assert made > 6


def test_a_condition_that_would_fill_pages_is_refused_by_name(rules: RuleSet) -> None:
    pairs = [
        All((
            Leaf("home", "is", (one.id,), frozenset((one.id,))),
            Leaf("wishes", "includes", (two.id,), frozenset((two.id,))),
            Leaf("stage", "is", (three.id,), frozenset((three.id,))),
        ))
        for one, two, three in zip(
            rules.question_by_id["home"].options,
            rules.question_by_id["wishes"].options,
            rules.question_by_id["stage"].options,
            strict=False,
        )
    ]  # fmt: skip
    rule = rules.alert_rules[0]._replace(when=AnyOf(tuple(pairs)), unless=None)
    changed = rules._replace(alert_rules=(rule,))
    with pytest.raises(PathfinderError, match=f"condition of wishes.alert.{rule.alert} has too"):
        form_of(changed)


def test_a_question_that_hangs_on_a_count_is_refused_in_one_line(rules: RuleSet) -> None:
    counted = Leaf("severity", "is", ("severe",), frozenset({"severe"}))
    last = rules.questions[-1]._replace(ask_when=counted)
    changed = rules._replace(
        questions=(*rules.questions[:-1], last),
        question_by_id={**rules.question_by_id, last.id: last},
    )
    with pytest.raises(PathfinderError, match=r"hangs on severity, which is counted from"):
        form_of(changed)


def test_every_question_stands_in_it_with_its_help_and_both_unknown_answers(
    rules: RuleSet, form: Json
) -> None:
    for question in rules.questions:
        item = item_of(form, question.id)
        assert item["text"].startswith(question.ask)
        assert item["item"][0]["text"] == question.why
        values = [option["valueCoding"] for option in item["answerOption"]]
        wanted = [code(question.id, each) for each in (*question.answers, UNSURE, SKIP)]
        assert [value["code"] for value in values] == wanted
        assert {value["version"] for value in values} == {rules.sha256}
        assert item.get("repeats", False) is (question.kind == "many")


def test_only_scales_carry_weights_and_unknown_answers_none(rules: RuleSet, form: Json) -> None:
    for question in rules.questions:
        options = item_of(form, question.id)["answerOption"]
        weights = [
            extension["valueDecimal"]
            for option in options
            for extension in option["valueCoding"].get("extension", ())
        ]
        wanted = list(range(len(question.answers))) if question.kind == "scale" else []
        assert weights == wanted, question.id
        assert "extension" not in options[-1]["valueCoding"]


def test_what_stands_alone_says_so_by_the_extension_of_the_standard(
    rules: RuleSet, form: Json
) -> None:
    for question in rules.questions:
        alone = [
            option["valueCoding"]["code"].partition(".")[2]
            for option in item_of(form, question.id)["answerOption"]
            if any(e["url"].endswith("optionExclusive") for e in option.get("extension", ()))
        ]
        wanted = [a for a in (*question.answers, UNSURE, SKIP) if a in ("none", UNSURE, SKIP)]
        assert alone == (wanted if question.kind == "many" else [])


def test_the_first_item_says_what_this_is_not(rules: RuleSet, form: Json) -> None:
    assert form["item"][0]["type"] == "display"
    assert rules.texts.not_a_diagnosis.text in form["item"][0]["text"]


def test_an_alert_is_open_exactly_where_it_rings_and_tells_whom_to_call(
    rules: RuleSet, form: Json
) -> None:
    dice = random.Random(3)
    for _ in range(300):
        answers = {**anybody(dice, rules), "age_group": "adult"}
        assert shown_alerts(form, answers) == {each.id for each in decide(rules, answers).alerts}
    assert "911" in item_of(form, "danger.alert.call-emergency")["text"]
    assert "999" in item_of(form_of(rules, region="uk"), "danger.alert.call-emergency")["text"]


def test_who_is_under_age_is_told_so_and_asked_no_more(rules: RuleSet, form: Json) -> None:
    found = opened(form, {"age_group": frozenset({"age_group.under_18"})})
    assert list(found) == [
        "what-this-is-not", "age_group", "age_group.why", "out-of-scope", "help-lines",
    ]  # fmt: skip


def test_the_two_releases_differ_in_the_type_and_the_weight_alone(rules: RuleSet) -> None:
    four, five = json.dumps(form_of(rules)), json.dumps(form_of(rules, "R5"))
    assert four != five
    assert four.replace('"choice"', '"coding"').replace("ordinalValue", "itemWeight") == five


def test_the_same_rules_make_the_same_form_and_no_address_leads_anywhere(
    rules: RuleSet, form: Json
) -> None:
    assert form == form_of(rules)
    text = json.dumps(form)
    places = {part.partition("/")[0] for part in text.split("://")[1:]}
    assert places == {"hl7.org"}  # names of extensions, which nothing opens
    assert form["url"].startswith("urn:uuid:")


# --- its own checks ---------------------------------------------------------------------


def broken_link(form: Json) -> None:
    item_of(form, "frequency")["linkId"] = "danger"


def broken_target(form: Json) -> None:
    item_of(form, "frequency")["enableWhen"][0]["question"] = "substance"


def broken_order(form: Json) -> None:
    test = {"question": "wishes", "operator": "exists", "answerBoolean": True}
    item_of(form, "danger")["enableWhen"] = [test]


def broken_behavior(form: Json) -> None:
    del item_of(form, "drinks")["enableBehavior"]


def broken_code(form: Json) -> None:
    item_of(form, "frequency")["enableWhen"][0]["answerCoding"]["code"] = "substances.nothing"


def broken_operator(form: Json) -> None:
    item_of(form, "frequency")["enableWhen"][0]["operator"] = "=="


def broken_exists(form: Json) -> None:
    item_of(form, "drinks")["enableWhen"][0]["answerBoolean"] = "no"


def broken_option(form: Json) -> None:
    item_of(form, "home")["answerOption"][0]["valueCoding"]["version"] = "other"


def broken_options(form: Json) -> None:
    options = item_of(form, "home")["answerOption"]
    options.append(copy.deepcopy(options[0]))


def broken_kind(form: Json) -> None:
    item_of(form, "home")["type"] = "display"


@pytest.mark.parametrize(
    "breaks",
    [broken_link, broken_target, broken_order, broken_behavior, broken_code, broken_operator,
     broken_exists, broken_option, broken_options, broken_kind],
    ids=lambda each: each.__name__,
)  # fmt: skip
def test_what_no_validator_looks_for_is_found(breaks: Callable[[Json], None], form: Json) -> None:
    assert faults(form) == []
    broken = copy.deepcopy(form)
    breaks(broken)
    assert len(faults(broken)) == 1


# --- out and back in --------------------------------------------------------------------


def come_back(rules: RuleSet, release: str, count: int) -> None:
    form = form_of(rules, release)
    dice = random.Random(f"{release}{count}")
    for _ in range(count):
        answers = on_the_path(rules, anybody(dice, rules, missing=dice.choice((0.0, 0.2, 0.6))))
        made = response(rules, form, answers)
        assert made.off_path == ()
        back = read_response(rules, form, json.dumps(made.resource).encode(), "it")
        assert (back.answers, back.told) == (answers, ())


@pytest.mark.parametrize("release", RELEASES)
def test_answers_come_back_as_they_went_out(release: str, rules: RuleSet) -> None:
    come_back(rules, release, 40)


@pytest.mark.slow
@pytest.mark.parametrize("release", RELEASES)
def test_the_answers_of_two_thousand_people_come_back_as_they_went_out(
    release: str, rules: RuleSet
) -> None:
    come_back(rules, release, 2000)


def test_a_response_is_complete_once_every_question_that_applies_has_an_answer(
    rules: RuleSet, form: Json
) -> None:
    adult = {**anybody(random.Random(1), rules, missing=0), "age_group": "adult"}
    answers = on_the_path(rules, adult)
    assert response(rules, form, answers).resource["status"] == "completed"
    del answers["wishes"]
    assert response(rules, form, answers).resource["status"] == "in-progress"


def test_an_answer_off_the_path_does_not_go_out_and_that_is_said(
    rules: RuleSet, form: Json
) -> None:
    made = response(rules, form, {"substances": ("none",), "drinks": "15_plus"})
    assert made.off_path == ("drinks",)
    assert "15_plus" not in json.dumps(made.resource)


def test_a_response_names_the_person_by_the_code_alone(rules: RuleSet, form: Json) -> None:
    made = response(rules, form, {"home": "steady"}, client="C-104")
    assert made.resource["subject"] == {"type": "Patient", "identifier": {"value": "C-104"}}


# --- what must not come in --------------------------------------------------------------


def sent(rules: RuleSet, form: Json) -> Json:
    """A response to today's form, to be spoiled."""
    answers: dict[str, Answer] = {
        "age_group": "adult", "danger": ("none",), "substances": ("alcohol", "cannabis"),
        "frequency": "some_days", "alcohol_frequency": "some_days", "home": "steady",
    }  # fmt: skip
    return copy.deepcopy(response(rules, form, answers, client="C-104").resource)


def answered(sent: Json, link: str) -> Json:
    (found,) = [item for item in every_item(sent["item"]) if item["linkId"] == link]
    return found


def value(sent: Json, link: str) -> Json:
    return dict(answered(sent, link)["answer"][0])["valueCoding"]  # type: ignore[no-any-return]


def read(rules: RuleSet, form: Json, sent: object, *, lenient: bool = False) -> Any:
    data = sent if isinstance(sent, bytes) else json.dumps(sent, indent=1).encode()
    return read_response(rules, form, data, "r.json", lenient=lenient)


def another_answer(sent: Json, link: str, word: str) -> None:
    coding = {**value(sent, link), "code": f"{link}.{word}"}
    answered(sent, link)["answer"].append({"valueCoding": coding})


SPOILED: dict[str, tuple[Callable[[Json], object], str]] = {
    "unknown link": (lambda s: answered(s, "home").update(linkId="hose"), 'unknown link "hose"'),
    "not an option": (lambda s: value(s, "home").update(code="home.castle"), 'answer "castle"'),
    "of another question": (lambda s: value(s, "home").update(code="support.none"), "no code of"),
    "of another system": (lambda s: value(s, "home").update(system="urn:x"), "our system"),
    "of another version": (lambda s: value(s, "home").update(version="1"), "of the version"),
    "none beside others": (lambda s: another_answer(s, "danger", "violence"), "can't stand beside"),
    "two for one": (lambda s: another_answer(s, "home", "none"), "takes one answer"),
    "one twice": (lambda s: another_answer(s, "substances", "alcohol"), "stands twice"),
    "not asked": (
        lambda s: value(s, "substances").update(code="substances.opioids"), "isn't asked",
    ),
    "an answer in words": (
        lambda s: answered(s, "home").update(answer=[{"valueString": "steady"}]), "unknown key",
    ),
    "no answer": (lambda s: answered(s, "home").update(answer=[{}]), "needs the key"),
    "no answers": (lambda s: answered(s, "home").update(answer=[]), "an empty list"),
    "an answer that is a word": (lambda s: answered(s, "home").update(answer="steady"), "expected"),
    "a number for a code": (lambda s: value(s, "home").update(code=7), 'a text for "code"'),
    "no code": (lambda s: value(s, "home").pop("code"), 'needs the key "code"'),
    "a question inside of an answer": (
        lambda s: answered(s, "home")["answer"][0].update(item=[]), "nothing is asked inside",
    ),
    "the same link twice": (
        lambda s: s["item"][1]["item"].append(answered(s, "home")), "it was on line",
    ),
    "out of its group": (lambda s: s["item"].append(s["item"][1]["item"].pop(0)), "belongs inside"),
    "an answer to a group": (lambda s: s["item"][1].update(answer=[{}]), "takes no answer"),
    "an item that is a word": (lambda s: s["item"].append("home"), "expected an item"),
    "an item without a name": (lambda s: answered(s, "home").pop("linkId"), 'key "linkId"'),
    "a key that FHIR doesn't know": (
        lambda s: answered(s, "home").update(answers=[]), 'unknown key "answers"',
    ),
    "what changes the meaning": (
        lambda s: answered(s, "home").update(modifierExtension=[]), "unknown key",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILED)
def test_one_answer_that_does_not_hold_is_named_at_its_place(
    what: str, rules: RuleSet, form: Json
) -> None:
    spoil, said = SPOILED[what]
    resource = sent(rules, form)
    before = read(rules, form, resource).answers
    spoil(resource)
    with pytest.raises(AnswersError) as error:
        read(rules, form, resource)
    told = [str(problem) for problem in error.value.problems]
    assert any(said in line for line in told), told
    assert all(problem.line > 1 for problem in error.value.problems)
    assert "\n" not in "".join(told)
    back = read(rules, form, resource, lenient=True)
    assert back.told
    assert back.answers.items() <= before.items() | {("substances", ("opioids", "cannabis"))}


def test_lenient_takes_what_holds_and_nothing_else(rules: RuleSet, form: Json) -> None:
    resource = sent(rules, form)
    value(resource, "substances").update(code="substances.opioids")
    answered(resource, "home")["answer"][0]["valueCoding"]["code"] = "home.castle"
    back = read(rules, form, resource, lenient=True)
    assert back.answers == {
        "age_group": "adult", "danger": ("none",), "substances": ("opioids", "cannabis"),
        "frequency": "some_days",
    }  # fmt: skip
    assert ['"castle"' in line or '"alcohol_frequency"' in line for line in back.told] == [True] * 2


def test_a_response_that_says_no_version_is_held_to_todays(rules: RuleSet, form: Json) -> None:
    resource = sent(rules, form)
    resource["questionnaire"] = form_url(rules)
    assert read(rules, form, resource).answers["home"] == "steady"
    value(resource, "home").update(version="0" * 64)
    with pytest.raises(AnswersError, match="of the version"):
        read(rules, form, resource)


WHOLE: dict[str, tuple[Callable[[Json], object], str]] = {
    "another questionnaire": (
        lambda s: s.update(questionnaire="urn:uuid:1|2"), "another questionnaire",
    ),
    "none named": (lambda s: s.pop("questionnaire"), "doesn't say which"),
    "another resource": (lambda s: s.update(resourceType="Patient"), 'this is a "Patient"'),
    "no resource": (lambda s: s.pop("resourceType"), 'no "resourceType"'),
    "an error to whoever sent it": (lambda s: s.update(status="entered-in-error"), "the status"),
    "no status": (lambda s: s.pop("status"), 'no "status"'),
    "rules that may change all": (lambda s: s.update(implicitRules="urn:x"), "isn't understood"),
    "a version of its own": (
        lambda s: s.update(questionnaire=s["questionnaire"].partition("|")[0] + "|7"),
        "no version of our form",
    ),
    "nothing for a value": (lambda s: answered(s, "home").update(text=None), "no value"),
    "a letter that can't be seen": (
        lambda s: answered(s, "home").update(text="a\u202eb"), "U+202E",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WHOLE)
def test_what_spoils_all_of_it_is_refused_also_when_lenient(
    what: str, rules: RuleSet, form: Json
) -> None:
    spoil, said = WHOLE[what]
    resource = sent(rules, form)
    spoil(resource)
    with pytest.raises(AnswersError) as error:
        read(rules, form, resource, lenient=True)
    assert said in str(error.value)


DEEP = b'{"resourceType":"QuestionnaireResponse","item":' + b'[{"item":' * 5000 + b"1"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "no JSON": (b"<html>", "expected a value"),
    "a list": (b"[]", "expected a QuestionnaireResponse"),
    "a word": (b'"x"', "expected a QuestionnaireResponse"),
    "a number of many digits": (b'{"resourceType":' + b"9" * 5000 + b"}", "resourceType"),
    "no UTF-8": (b'{"resourceType": "\xff"}', "not UTF-8"),
    "deep and well formed": (b"[" * 60 + b"]" * 60, "nested deeper"),
    "deep and cut off": (DEEP, "r.json:1"),
    "deeper than Python reads": (b"[" * 100_000 + b"]" * 100_000, "nested deeper"),
    "huge": (b" " * (1024 * 1024 + 1), "larger than 1 MiB"),
    "many values": (b"[" + b"1," * 60_000 + b"1]", "more than 50,000 values"),
    "a key twice": (b'{"resourceType":"a","resourceType":"b"}', "appears twice"),
    "a bundle of nothing": (b'{"resourceType":"Bundle","entry":[]}', "found none"),
    "a bundle of a word": (b'{"resourceType":"Bundle","entry":"x"}', "found none"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_gets_one_clear_line(what: str, rules: RuleSet, form: Json) -> None:
    data, said = HOSTILE[what]
    with pytest.raises(AnswersError) as error:
        read(rules, form, data)
    assert said in error.value.told()
    assert len(error.value.problems) == 1
    assert len(str(error.value)) < 300


def test_a_response_with_items_nested_without_end_is_one_line(rules: RuleSet, form: Json) -> None:
    resource = sent(rules, form)
    item: Json = {"linkId": "x"}
    for _ in range(200):
        item = {"linkId": "x", "item": [item]}
    resource["item"].append(item)
    with pytest.raises(AnswersError, match="nested deeper") as error:
        read(rules, form, resource)
    assert len(error.value.problems) == 1


def test_html_in_a_text_goes_nowhere_and_in_a_link_is_quoted(rules: RuleSet, form: Json) -> None:
    resource = sent(rules, form)
    resource["text"] = {"status": "generated", "div": "<div><script>alert(1)</script></div>"}
    answered(resource, "home")["text"] = "<b>Home</b>\x00"[:11]
    value(resource, "home")["display"] = "<img src=x>"
    assert read(rules, form, resource).answers["home"] == "steady"
    answered(resource, "home")["linkId"] = "<script>" * 30
    with pytest.raises(AnswersError) as error:
        read(rules, form, resource)
    assert len(str(error.value)) < 300


def spoiled_somewhere(dice: random.Random, sent: Json) -> object:
    """The response with a few parts of it taken out, doubled, or put in place of another."""
    root: Any = copy.deepcopy(sent)
    odd: list[Any] = ["", "x", 0, -1.5, True, None, [], {}, [[]], {"linkId": "home"}, "\x00"]
    for _ in range(dice.randint(1, 3)):
        places: list[tuple[Any, Any]] = []

        def gather(node: Any, places: list[tuple[Any, Any]] = places) -> None:
            keys = list(node) if isinstance(node, dict) else range(len(node))
            for key in keys:
                places.append((node, key))
                if isinstance(node[key], dict | list):
                    gather(node[key])

        gather(root)
        if not places:
            return dice.choice(odd)
        node, key = dice.choice(places)
        change = dice.choice(("odd", "out", "twice", "other"))
        if change == "odd":
            node[key] = copy.deepcopy(dice.choice(odd))
        elif change == "out":
            del node[key]
        elif change == "twice" and isinstance(node, list):
            node.append(copy.deepcopy(node[key]))
        else:
            other, place = dice.choice(places)
            node[key] = copy.deepcopy(other[place])
    return root


def read_or_problems(
    rules: RuleSet, form: Json, data: bytes, *, lenient: bool
) -> ReadBack | tuple[Problem, ...]:
    try:
        return read_response(rules, form, data, "it", lenient=lenient)
    except AnswersError as error:
        return error.problems


def whether_it_holds(rules: RuleSet, form: Json, dice: random.Random) -> bool:
    """Read one spoiled response both ways. What is taken is what a form could have given."""
    data = json.dumps(spoiled_somewhere(dice, sent(rules, form))).encode()
    loose = read_or_problems(rules, form, data, lenient=True)
    strict = read_or_problems(rules, form, data, lenient=False)
    heard = heard_in(rules, form, data)
    if not isinstance(loose, ReadBack):
        assert set(loose) <= set(strict)
        assert loose
        assert all(len(str(problem)) < 900 for problem in loose)
        return False
    assert response(rules, form, loose.answers).off_path == ()
    if isinstance(strict, ReadBack):
        assert strict == loose
        assert heard.keys() <= loose.answers.keys() or loose.told
    else:
        assert loose.told
    return True


@pytest.mark.slow
def test_a_response_spoiled_anywhere_is_answers_or_problems_and_nothing_else(
    rules: RuleSet, form: Json
) -> None:
    dice = random.Random(77)
    found = [whether_it_holds(rules, form, dice) for _ in range(150)]
    assert set(found) == {True, False}


@pytest.mark.slow
def test_many_spoiled_responses_are_answers_or_problems_and_nothing_else(
    rules: RuleSet, form: Json
) -> None:
    dice = random.Random(78)
    for _ in range(1500):
        whether_it_holds(rules, form, dice)


# --- of another edition -----------------------------------------------------------------


def of_older_rules(rules: RuleSet, sent: Json, version: str = "0.1.0") -> Json:
    """The same as if it had been answered under rules of that version."""
    text = json.dumps(sent).replace(rules.sha256, "0" * 64)
    old: Json = json.loads(text)
    old["questionnaire"] = f"{form_url(rules)}|{version}+{'0' * 64}"
    return old


def test_answers_to_an_older_form_are_read_by_the_migrations(
    rules: RuleSet, form: Json, pathfinder: Run, tmp_path: Path
) -> None:
    from pathfinder.loader.migrations import MapAnswers, Migration, Rename

    old = of_older_rules(rules, sent(rules, form))
    value(old, "home").update(code="home.fine")
    answered(old, "frequency").update(linkId="often")
    value(old, "often").update(code="often.some_days")
    steps = (MapAnswers("home", {"fine": "steady"}), Rename("often", "frequency"))
    found = read_response(
        rules,
        form,
        json.dumps(old).encode(),
        "it",
        migrations=(Migration("0.2.0", "words were unclear", steps),),
    )
    assert found.answers == read(rules, form, sent(rules, form)).answers
    assert any("0.1.0" in line for line in found.told)
    with pytest.raises(AnswersError, match="no migration knows it"):
        read(rules, form, old)
    file = tmp_path / "old.json"
    file.write_text(json.dumps(of_older_rules(rules, sent(rules, form))), "utf-8")
    ran = pathfinder("fhir", "import", str(file))
    assert ran.code == 0
    assert "were given under" in ran.err


def test_the_migrations_that_come_with_the_rules_read_a_form_of_before(
    rules: RuleSet, form: Json
) -> None:
    """Version 0.1 asked for one medicine; which illness it treats is told by the substances."""
    old = of_older_rules(rules, sent(rules, form))
    answered(old, "frequency").update(linkId="medication")
    value(old, "medication").update(code="medication.taking")
    found = read_response(
        rules, form, json.dumps(old).encode(), "it", migrations=read_migrations(rules)
    )
    assert found.answers["medication"] == ("for_alcohol",)
    assert any("taking" in line for line in found.told)


def test_rules_that_were_changed_without_a_new_number_are_told_from_todays(
    rules: RuleSet, form: Json
) -> None:
    old = of_older_rules(rules, sent(rules, form), rules.version)
    found = read(rules, form, old)
    assert found.answers == read(rules, form, sent(rules, form)).answers
    assert any("without a new version number" in line for line in found.told)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda s: another_answer(s, "danger", "violence"), "can't stand beside"),
        (lambda s: another_answer(s, "substances", "alcohol"), "stands twice"),
        (lambda s: value(s, "home").update(system="urn:x"), "our system"),
        (lambda s: value(s, "home").update(version="1"), "of the version"),
        (lambda s: answered(s, "home").update(linkId="Home!"), "no question of ours"),
        (lambda s: value(s, "home").update(code="home.castle"), "no migration knows it"),
    ],
)
def test_an_older_form_is_held_as_strictly(
    spoil: Callable[[Json], object], said: str, rules: RuleSet, form: Json
) -> None:
    old = of_older_rules(rules, sent(rules, form))
    spoil(old)
    with pytest.raises(AnswersError, match=said):
        read(rules, form, old)
    back = read(rules, form, old, lenient=True)
    assert any(said in line for line in back.told)


# --- the commands -----------------------------------------------------------------------


def test_from_a_file_of_answers_to_a_response_and_back(pathfinder: Run, tmp_path: Path) -> None:
    file = EXAMPLES / "steady-worker.yaml"
    out = tmp_path / "response.json"
    assert pathfinder("fhir", "response", str(file), "--output", str(out)).code == 0
    back = tmp_path / "back.yaml"
    assert pathfinder("fhir", "import", str(out), "--output", str(back)).code == 0
    one = pathfinder("recommend", str(file), "--format", "json")
    assert pathfinder("recommend", str(back), "--format", "json").out == one.out


def test_a_form_is_written_in_both_releases(pathfinder: Run) -> None:
    for release, word in (("R4", '"choice"'), ("r5", '"coding"')):
        ran = pathfinder("fhir", "questionnaire", "--fhir", release, "--region", "uk")
        assert ran.code == 0
        assert word in ran.out
        assert "999" in ran.out
    assert pathfinder("fhir", "questionnaire", "--fhir", "R6").code == 2
    assert pathfinder("fhir", "questionnaire", "--lang", "fr").code == 2


def test_what_does_not_hold_exits_with_65_and_writes_nothing(
    pathfinder: Run, tmp_path: Path, rules: RuleSet, form: Json
) -> None:
    resource = sent(rules, form)
    value(resource, "home").update(code="home.castle")
    file, out = tmp_path / "r.json", tmp_path / "a.yaml"
    file.write_text(json.dumps(resource), "utf-8")
    ran = pathfinder("fhir", "import", str(file), "--output", str(out))
    assert (ran.code, out.exists()) == (65, False)
    assert ran.err.startswith(f"{file}:1:")
    ran = pathfinder("fhir", "import", str(file), "--lenient", "--output", str(out))
    assert (ran.code, out.exists()) == (0, True)
    assert "Left out: " in ran.err
    assert pathfinder("fhir", "import", str(tmp_path / "none.json")).code == 66


def test_a_hopeless_file_tells_twenty_problems_and_how_to_see_the_rest(
    pathfinder: Run, tmp_path: Path, rules: RuleSet, form: Json
) -> None:
    resource = sent(rules, form)
    resource["item"] += [{"linkId": f"x{number}"} for number in range(40)]
    file = tmp_path / "r.json"
    file.write_text(json.dumps(resource), "utf-8")
    ran = pathfinder("fhir", "import", str(file))
    assert "And 20 more. To see them all: pathfinder fhir import --all FILE" in ran.err
    assert len(pathfinder("fhir", "import", str(file), "--all").err.splitlines()) == 40
