"""The form in LHC-Forms, the form tool of the National Library of Medicine, in its own page.

It is answered by clicks, read back, and must lead to the decision that the interview gives.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, Page, program_needed
from command import Run
from lforms import SETTLED, click, given_back, host_page, lforms_needed, shown
from people import anybody, on_the_path
from vaults import PASSPHRASE, make_vault, through_pipe

from pathfinder import decide
from pathfinder.engine.question import SKIP, UNSURE, Answer
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.errors import AnswersError
from pathfinder.fhir.questionnaire import questionnaire
from pathfinder.fhir.reading import read_response
from pathfinder.fhir.response_and_bundle import response
from pathfinder.fhir.vocabulary import RELEASES
from pathfinder.vault import vault_folder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    started = Browser(program_needed())
    yield started
    started.close()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return host_page(lforms_needed(), tmp_path_factory.mktemp("lforms") / "form.html")


def fill(page: Page, rules: RuleSet, answers: dict[str, Answer]) -> None:
    for question in rules.questions:
        answer = answers.get(question.id, ())
        for word in (answer,) if isinstance(answer, str) else answer:
            click(page, f"{question.id}.{word}")


def reopen(page: Page, sent: dict[str, Any]) -> None:
    """Show a response in the form that the page has loaded."""
    page.run(f"window.sent = {json.dumps(sent)}")
    page.run(
        "window.made = LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4');"
        "window.both = LForms.Util.mergeFHIRDataIntoLForms(sent, made, 'R4');"
        "LForms.Util.addFormToPage(both, 'form', {fhirVersion: 'R4'})"
    )
    page.run(SETTLED)


def form_of(rules: RuleSet, release: str) -> dict[str, Any]:
    return questionnaire(rules, RELEASES[release], region_of(rules, ""))


@pytest.mark.parametrize("release", RELEASES)
def test_five_people_answer_it_and_get_the_decision_of_the_interview(
    release: str, rules: RuleSet, browser: Browser, host: Path
) -> None:
    dice = random.Random(f"lforms {release}")
    form = form_of(rules, release)
    for _ in range(5):
        page = shown(browser, host, form, release)
        drawn = {**anybody(dice, rules, missing=0.1), "age_group": "adult"}
        answers = on_the_path(rules, drawn)
        fill(page, rules, answers)
        back = json.dumps(given_back(page, release)).encode()
        found = read_response(rules, form, back, "LHC-Forms")
        assert (found.answers, found.told) == (answers, ())
        assert decide(rules, found.answers) == decide(rules, answers)
        assert all(url.startswith("file:") for url in page.requests())


def test_a_branch_that_closes_takes_its_answer_along(
    rules: RuleSet, browser: Browser, host: Path
) -> None:
    form = form_of(rules, "R4")
    page = shown(browser, host, form, "R4")
    click(page, "substances.alcohol")
    click(page, "drinks.15_plus")
    assert "drinks.15_plus" in json.dumps(given_back(page, "R4"))
    click(page, "substances.alcohol")
    click(page, "substances.none")
    back = json.dumps(given_back(page, "R4")).encode()
    assert read_response(rules, form, back, "it").answers == {"substances": ("none",)}


def test_it_lets_none_stand_beside_others_and_that_is_refused_when_it_comes_back(
    rules: RuleSet, browser: Browser, host: Path
) -> None:
    """LHC-Forms 40.1.3 doesn't know the extension that says what stands alone."""
    form = form_of(rules, "R4")
    page = shown(browser, host, form, "R4")
    for word in ("alcohol", "none"):
        click(page, f"substances.{word}")
    with pytest.raises(AnswersError, match='"none" can\'t stand beside'):
        read_response(rules, form, json.dumps(given_back(page, "R4")).encode(), "it")


def test_an_alert_shows_as_soon_as_its_answer_is_given(
    rules: RuleSet, browser: Browser, host: Path
) -> None:
    page = shown(browser, host, form_of(rules, "R4"), "R4")
    text = "document.querySelector('#form').innerText"
    title = next(alert.title for alert in rules.alerts if alert.id == "suicide-crisis")
    assert title not in page.run(text)
    click(page, "self_harm.plan")
    assert title in page.run(text)


def test_nobody_reads_a_number_beside_an_answer(
    rules: RuleSet, browser: Browser, host: Path
) -> None:
    page = shown(browser, host, form_of(rules, "R4"), "R4")
    labels = "[...document.querySelectorAll('#form label[id*=\"|\"]')].map(l => l.innerText.trim())"
    said = set(page.run(labels))
    assert said == {
        question.label(each)
        for question in rules.questions
        for each in (*question.answers, UNSURE, SKIP)
    }


def test_a_response_of_ours_opens_there_with_all_its_answers(
    rules: RuleSet, browser: Browser, host: Path
) -> None:
    form = form_of(rules, "R4")
    page = shown(browser, host, form, "R4")
    drawn = {**anybody(random.Random(8), rules, missing=0), "age_group": "adult"}
    answers = on_the_path(rules, drawn)
    reopen(page, response(rules, form, answers).resource)
    back = json.dumps(given_back(page, "R4")).encode()
    assert read_response(rules, form, back, "it").answers == answers


def test_a_form_filled_there_becomes_a_session_with_a_note_and_opens_there_again(
    rules: RuleSet,
    browser: Browser,
    host: Path,
    pathfinder: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    make_vault(vault_folder())
    form = form_of(rules, "R4")
    page = shown(browser, host, form, "R4")
    drawn = {**anybody(random.Random(9), rules, missing=0.1), "age_group": "adult"}
    fill(page, rules, on_the_path(rules, drawn))
    filled = tmp_path / "filled.json"
    filled.write_text(json.dumps(given_back(page, "R4")), "utf-8")

    def fhir(*words: str) -> str:
        ran = pathfinder("fhir", *words, "--passphrase-fd", through_pipe(PASSPHRASE))
        assert ran.code == 0, ran.err
        return ran.out

    session = fhir("import", str(filled), "--save", "--client", "C-104").strip()
    bundle = json.loads(fhir("bundle", session))
    parts = {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}
    note = base64.b64decode(parts["DocumentReference"]["content"][0]["attachment"]["data"])
    assert "C-104" in note.decode()
    reopen(page, parts["QuestionnaireResponse"])
    back = json.dumps(given_back(page, "R4")).encode()
    assert read_response(rules, form, back, "it").answers == on_the_path(rules, drawn)
