"""The form in LHC-Forms, the form tool of the National Library of Medicine, in its own page.

It is answered by clicks, read back, and must lead to the decision that the interview gives.
PATHFINDER_FHIR names a folder with LHC-Forms in `lforms/`, unpacked from its npm package.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, Page, program_needed
from people import anybody, on_the_path

from pathfinder import decide
from pathfinder.engine.question import SKIP, UNSURE, Answer
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.errors import AnswersError
from pathfinder.fhir.naming import RELEASES
from pathfinder.fhir.questionnaire import questionnaire
from pathfinder.fhir.reading import read_response
from pathfinder.fhir.response import response

pytestmark = pytest.mark.slow
SCRIPTS = ("assets/lib/zone.min.js", "runtime.js", "polyfills.js", "main.js")
SETTLED = "new Promise(done => setTimeout(() => requestAnimationFrame(done), {}))"
CLICK = """(code => {
  const found = [...document.querySelectorAll('#form label')]
    .filter(label => label.id.endsWith('|' + code));
  if (found.length !== 1) return code + ': ' + found.length;
  found[0].click();
  return '';
})(%s)"""


def lforms_needed() -> Path:
    folder = Path(os.environ.get("PATHFINDER_FHIR", "")) / "lforms" / "dist" / "lforms"
    if folder.is_dir():
        return folder
    what = "PATHFINDER_FHIR names no folder with lforms/"
    if os.environ.get("PATHFINDER_BROWSER") == "required":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    started = Browser(program_needed())
    yield started
    started.close()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that loads LHC-Forms from the disk, and nothing else."""
    folder = lforms_needed()
    scripts = [folder / "webcomponent" / name for name in SCRIPTS]
    scripts.append(folder / "fhir" / "lformsFHIRAll.min.js")
    style = (folder / "webcomponent" / "styles.css").as_uri()
    file = tmp_path_factory.mktemp("lforms") / "form.html"
    file.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>form</title>'
        f'<link rel="stylesheet" href="{style}"><div id="form"></div>'
        + "".join(f'<script src="{each.as_uri()}"></script>' for each in scripts),
        "utf-8",
    )
    return file


def shown(browser: Browser, host: Path, form: dict[str, Any], release: str) -> Page:
    page = browser.open(host, width=900)
    page.run(f"window.form = {json.dumps(form)}")
    page.run(f"LForms.Util.addFormToPage(form, 'form', {{fhirVersion: '{release}'}})")
    page.run(SETTLED.format(300))
    return page


def click(page: Page, code: str) -> None:
    assert page.run(CLICK % json.dumps(code)) == ""
    page.run(SETTLED.format(20))


def fill(page: Page, rules: RuleSet, answers: dict[str, Answer]) -> None:
    for question in rules.questions:
        answer = answers.get(question.id, ())
        for word in (answer,) if isinstance(answer, str) else answer:
            click(page, f"{question.id}.{word}")


def given_back(page: Page, release: str) -> dict[str, Any]:
    script = f"JSON.stringify(LForms.Util.getFormFHIRData('QuestionnaireResponse', '{release}'))"
    return dict(json.loads(page.run(script)))


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
    page.run(f"window.sent = {json.dumps(response(rules, form, answers).resource)}")
    page.run(
        "window.made = LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4');"
        "window.both = LForms.Util.mergeFHIRDataIntoLForms(sent, made, 'R4');"
        "LForms.Util.addFormToPage(both, 'form', {fhirVersion: 'R4'})"
    )
    page.run(SETTLED.format(300))
    back = json.dumps(given_back(page, "R4")).encode()
    assert read_response(rules, form, back, "it").answers == answers
