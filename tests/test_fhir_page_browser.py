"""The page for a tablet in a real browser: it asks as the interview asks, and keeps nothing."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from browser import Browser, Page, needed
from people import anybody, on_the_path
from scripted import ScriptedPrompter
from test_fhir import EVERY_SHAPE

from pathfinder import decide
from pathfinder.ask.interview import _Bell, conduct
from pathfinder.engine.flow import applicable
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.fhir.page import WORDS, recipient_of, written
from pathfinder.fhir.page import page as made_of
from pathfinder.fhir.questionnaire import questionnaire
from pathfinder.fhir.reading import read_response
from pathfinder.fhir.vocabulary import RELEASES

pytestmark = pytest.mark.slow
BEGIN = f"{WORDS['begin']}"
CLICK = """(text => {
  const found = [...document.querySelectorAll('button')].filter(b => b.textContent === text);
  if (found.length !== 1) throw new Error(text + ': ' + found.length);
  found[0].click();
})(%s)"""
DRIVE = """((answers, words) => {
  const all = tag => [...document.querySelectorAll(tag)];
  const press = text => all('main button').find(b => b.textContent === text).click();
  const log = [];
  const rung = () => all('.urgent h2').map(h => h.textContent);
  press(words.begin);
  for (let id; (id = page.state().next) !== null; ) {
    log.push(id);
    for (const word of [answers[id] ?? 'skip'].flat())
      all('input').find(input => input.value === word).click();
    press(words.next);
    while (rung().length) { log.push(rung()); press(words.go_on); }
  }
  return log;
})"""


@pytest.fixture(scope="module")
def axe() -> str:
    return needed()[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    started = Browser(needed()[0])
    yield started
    started.close()


def text_of(rules: RuleSet, recipient: bytes | None = None) -> str:
    region = region_of(rules, "")
    form = questionnaire(rules, RELEASES["R4"], region)
    return made_of(rules, form, region, recipient)


def opened(browser: Browser, folder: Path, text: str, width: int = 820) -> Page:
    file = folder / "page.html"
    file.write_text(text, "utf-8")
    return browser.open(file, width=width)


@pytest.fixture
def shown(rules: RuleSet, browser: Browser, tmp_path: Path) -> Page:
    return opened(browser, tmp_path, text_of(rules))


def press(page: Page, text: str) -> None:
    page.run(CLICK % json.dumps(text))


def choose(page: Page, *words: str) -> None:
    for word in words:
        page.run(f"document.querySelector('input[value=\"{word}\"]').click()")
    press(page, WORDS["next"])


def drive(page: Page, answers: dict[str, Any]) -> list[Any]:
    """Answer everything by clicks, `skip` where nothing is given: questions and alerts in turn."""
    return list(page.run(f"{DRIVE}({json.dumps(answers)}, {json.dumps(WORDS)})"))


def comes(page: Page, condition: str) -> bool:
    """Whether it comes true within some seconds."""
    for _ in range(50):
        try:
            if page.run(f"Boolean({condition})"):
                return True
        except AssertionError:
            pass  # between two pages nothing can be asked
        time.sleep(0.1)
    return False


def heading(page: Page) -> str:
    return str(page.run("document.querySelector('h1').textContent"))


# --- the same walk ----------------------------------------------------------------------


def paths_of(page: Page, people: list[dict[str, Any]]) -> list[list[str]]:
    script = f"{json.dumps(people)}.map(a => page.walk.path(new Map(Object.entries(a))))"
    return list(page.run(script))


def test_it_asks_a_thousand_people_what_the_interview_asks(rules: RuleSet, shown: Page) -> None:
    dice = random.Random(31)
    people = [anybody(dice, rules, missing=dice.choice((0, 0.2, 0.6))) for _ in range(1000)]
    wanted = [[question.id for question in applicable(rules, each)] for each in people]
    assert paths_of(shown, people) == wanted


@pytest.mark.parametrize("shape", EVERY_SHAPE)
def test_it_can_say_every_shape_of_condition(
    shape: str, rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    last = rules.questions[-1]._replace(ask_when=EVERY_SHAPE[shape])
    changed = rules._replace(
        questions=(*rules.questions[:-1], last),
        question_by_id={**rules.question_by_id, last.id: last},
    )
    page = opened(browser, tmp_path, text_of(changed))
    dice = random.Random(32)
    people = [anybody(dice, changed, missing=dice.choice((0, 0.2, 0.6))) for _ in range(200)]
    wanted = [[question.id for question in applicable(changed, each)] for each in people]
    assert paths_of(page, people) == wanted


def test_alerts_ring_when_they_ring_in_the_interview_also_after_a_change(
    rules: RuleSet, shown: Page
) -> None:
    dice = random.Random(33)
    for _ in range(40):
        bell = _Bell(rules)
        steps, wanted = [], []
        answers: dict[str, Any] = {}
        for _ in range(6):
            answers = {**answers, **anybody(dice, rules, missing=0.6)}
            changed = dice.choice([None, "danger", "self_harm", "home"])
            steps.append([answers, changed])
            wanted.append([alert.id for alert in bell.due(answers, changed)])
        script = (
            "(steps => { const rung = new Set(); return steps.map(([a, c]) => page.walk.due("
            "new Map(Object.entries(a)), c ?? undefined, rung).map(x => x.id)) })"
        )
        assert shown.run(f"{script}({json.dumps(steps)})") == wanted


def test_people_who_answer_by_hand_are_asked_warned_and_given_back_as_in_the_interview(
    rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    dice = random.Random(34)
    titles = {alert.id: alert.title for alert in rules.alerts}
    text = text_of(rules)
    form = questionnaire(rules, RELEASES["R4"], region_of(rules, ""))
    for number in range(12):
        page = opened(browser, tmp_path, text)
        drawn = anybody(dice, rules, missing=0.1)
        if number:  # the first may be under age
            drawn["age_group"] = "adult"
        prompter = ScriptedPrompter(drawn)
        found = conduct(rules, prompter)
        log = drive(page, drawn)
        assert [each for each in log if isinstance(each, str)] == prompter.asked
        rung = [tuple(each) for each in log if not isinstance(each, str)]
        assert rung == [tuple(titles[id_] for id_ in ids) for ids in prompter.alerts]
        answers = on_the_path(rules, dict(found.answers))
        back = read_response(rules, form, page.run("page.file()").encode(), "the page")
        assert (back.answers, back.told) == (answers, ())
        assert decide(rules, back.answers) == decide(rules, found.answers)
        code = page.run("page.walk.code(new Map(Object.entries(page.state().answers)))")
        assert code == written(rules, answers)


# --- screens ----------------------------------------------------------------------------


def each_screen(page: Page) -> Iterator[str]:
    """Every kind of screen, by its name, as it stands there."""
    yield "start"
    press(page, BEGIN)
    press(page, WORDS["next"])
    yield "a question with a slip"
    choose(page, "adult")
    yield "a question of several answers"
    choose(page, "overdose", "violence")
    yield "alerts"
    press(page, WORDS["stop"])
    yield "stopped"
    press(page, WORDS["hand_over_now"])
    yield "handed over"
    press(page, WORDS["clear"])
    yield "clearing"
    press(page, WORDS["clear_yes"])
    page.run(f"{DRIVE}({{age_group: 'under_18'}}, {json.dumps(WORDS)})")
    yield "out of scope"
    press(page, WORDS["clear"])
    press(page, WORDS["clear_yes"])
    page.run(f"{DRIVE}({{age_group: 'adult'}}, {json.dumps(WORDS)})")
    yield "review"


def test_axe_finds_nothing_on_any_screen_narrow_or_wide_light_or_dark_large_or_not(
    shown: Page, axe: str
) -> None:
    for name in each_screen(shown):
        for width, dark, larger in ((320, False, False), (820, True, False), (820, False, True)):
            shown.resize(width)
            shown.look(dark=dark)
            on = "add" if larger else "remove"
            shown.run(f"document.documentElement.classList.{on}('larger')")
            assert shown.violations(axe) == [], (name, width)
            assert shown.run("document.documentElement.scrollWidth") <= width, (name, width)


def test_axe_sees_what_is_broken_on_purpose(
    rules: RuleSet, browser: Browser, axe: str, tmp_path: Path
) -> None:
    text = text_of(rules)
    bad = text.replace('<html lang="en">', "<html>").replace("--soft:#4a4a4a", "--soft:#bbb")
    bad = bad.replace('<meta http-equiv="Content-Security-Policy"', '<meta name="off"')
    bad = bad.replace('element("label", { class: "answer" }', 'element("div", {}')
    page = opened(browser, tmp_path, bad)
    press(page, BEGIN)
    found = {violation.split(":")[0] for violation in page.violations(axe)}
    assert {"html-has-lang", "color-contrast", "label"} <= found


def test_it_is_answered_with_the_keyboard_alone_and_the_heading_is_read_first(
    rules: RuleSet, shown: Page
) -> None:
    shown.run("document.querySelector('#larger').focus()")
    shown.press("Tab")
    shown.press("Enter")
    assert shown.run("document.activeElement.textContent") == rules.questions[0].ask
    for key in ("Tab", "Tab", "ArrowDown", " ", "Enter"):
        shown.press(key)
    assert shown.run("page.state().answers") == {"age_group": "adult"}
    assert shown.run("document.activeElement.textContent") == rules.questions[1].ask


def test_a_screen_reader_hears_the_question_with_its_answers(rules: RuleSet, shown: Page) -> None:
    press(shown, BEGIN)
    tree = shown.ask("Accessibility.getFullAXTree")["nodes"]
    named = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree}
    question = rules.questions[0]
    assert ("group", f"{question.ask} {WORDS['one']}") in named
    assert {("radio", question.label(answer)) for answer in question.answers} <= named


def test_each_heading_takes_the_focus(shown: Page) -> None:
    for name in each_screen(shown):
        tag = shown.run("document.activeElement.tagName")
        assert tag == ("INPUT" if name == "a question with a slip" else "H1"), name


def test_no_answer_is_no_answer_and_that_is_said_aloud(shown: Page) -> None:
    press(shown, BEGIN)
    press(shown, WORDS["next"])
    assert shown.run("document.querySelector('[role=alert]').textContent") == WORDS["choose"]
    assert shown.run("page.state().answers") == {}


def test_what_stands_alone_takes_the_others_off_and_says_so(shown: Page) -> None:
    press(shown, BEGIN)
    choose(shown, "adult")
    for word in ("violence", "none"):
        shown.run(f"document.querySelector('input[value={word}]').click()")
    checked = "[...document.querySelectorAll('input:checked')].map(i => i.value)"
    assert shown.run(checked) == ["none"]
    assert shown.run("document.querySelector('[role=alert]').textContent") == WORDS["taken_off"]
    shown.run("document.querySelector('input[value=overdose]').click()")
    assert shown.run(checked) == ["overdose"]


def test_back_keeps_the_answer_and_leads_to_the_question_before(
    rules: RuleSet, shown: Page
) -> None:
    press(shown, BEGIN)
    choose(shown, "adult")
    press(shown, WORDS["back"])
    assert heading(shown) == rules.questions[0].ask
    assert shown.run("document.querySelector('input:checked').value") == "adult"


def test_who_goes_back_several_steps_comes_through_each_of_them_again(
    rules: RuleSet, shown: Page
) -> None:
    press(shown, BEGIN)
    choose(shown, "adult")
    choose(shown, "none")
    choose(shown, "none")
    for _ in range(3):
        press(shown, WORDS["back"])
    for question in rules.questions[:4]:
        assert heading(shown) == question.ask
        if question != rules.questions[3]:
            press(shown, WORDS["next"])


def test_who_is_under_age_hears_what_the_rules_say_and_can_go_back(
    rules: RuleSet, shown: Page
) -> None:
    press(shown, BEGIN)
    choose(shown, "under_18")
    text = shown.run("document.querySelector('main').textContent")
    assert all(passage.text in text for passage in rules.texts.under_18)
    press(shown, WORDS["back"])
    assert heading(shown) == rules.questions[0].ask


# --- nothing stays ----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["the button", "Escape twice"])
def test_leaving_clears_the_page_at_once(way: str, shown: Page) -> None:
    press(shown, BEGIN)
    choose(shown, "adult")
    if way == "the button":
        left = "document.querySelector('#leave').click(), document.body.innerText"
        assert shown.run(left) == ""  # before the browser goes anywhere
    else:
        shown.press("Escape")
        assert shown.run("document.body.innerText") != ""
        for _ in range(3):  # a busy computer may be too slow for two
            shown.press("Escape")
    assert comes(shown, "location.href === 'about:blank'")
    assert shown.run("document.body.innerText") == ""
    assert shown.run("history.length") <= 2


def test_nothing_is_stored_or_fetched_and_nothing_goes_wrong(shown: Page) -> None:
    drive(shown, {"age_group": "adult"})
    stored = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert shown.run(stored) == ["", 0, 0]
    assert shown.run("indexedDB.databases().then(all => all.length)") == 0
    (address,) = shown.requests()
    assert address.startswith("file:")
    shown.ask("Page.reload")
    assert comes(shown, "page.state().next === 'age_group'")
    assert shown.run("page.state().answers") == {}


def test_the_policy_stops_what_someone_might_smuggle_in(
    rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    smuggled = '<script>document.title = "ran"</script><img src="other.png"></main>'
    text = text_of(rules).replace("</main>", smuggled)
    page = opened(browser, tmp_path, text.replace("<main>", "</main><main>", 1))
    assert page.run("document.title") != "ran"


def test_the_file_is_saved_by_the_browser(
    rules: RuleSet, browser: Browser, tmp_path: Path, shown: Page
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    drive(shown, {"age_group": "adult"})
    press(shown, WORDS["done"])
    press(shown, WORDS["save"])
    saved = folder / "answers.json"
    for _ in range(100):
        if saved.exists() and saved.stat().st_size:
            break
        shown.run("new Promise(done => setTimeout(done, 100))")
    data = saved.read_bytes()
    form = questionnaire(rules, RELEASES["R4"], region_of(rules, ""))
    assert read_response(rules, form, data, "it").answers["age_group"] == "adult"


def test_a_locked_file_opens_for_the_agency_alone_and_no_code_is_shown(
    rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    agency, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    page = opened(browser, tmp_path, text_of(rules, recipient_of(str(agency.to_public()))))
    drive(page, {"age_group": "adult"})
    press(page, WORDS["done"])
    assert page.run("document.querySelectorAll('.code').length") == 0
    form = questionnaire(rules, RELEASES["R4"], region_of(rules, ""))
    for _ in range(5):
        locked = bytes(page.run("[...page.file()]"))
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(locked, [other])
        opened_again = pyrage.decrypt(locked, [agency])
        assert read_response(rules, form, opened_again, "it").answers["age_group"] == "adult"


def test_the_lock_multiplies_as_its_standard_does(shown: Page) -> None:
    """The first vector of RFC 7748, section 5.2: the scalar must be clamped for it."""
    scalar, point, product = (
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    )
    given = [f"Uint8Array.from({list(bytes.fromhex(each))})" for each in (scalar, point)]
    assert bytes(shown.run(f"[...age.x25519({', '.join(given)})]")).hex() == product


def test_the_lock_holds_for_texts_of_every_size(
    rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    identity = pyrage.x25519.Identity.generate()
    page = opened(browser, tmp_path, text_of(rules))
    key = list(recipient_of(str(identity.to_public())))
    for size in (0, 1, 15, 16, 63, 64, 65, 5000, 65535, 65536, 65537, 131072, 140000):
        script = f"[...age.encrypt(Uint8Array.from({key}), 'é'.repeat({size}))]"
        assert pyrage.decrypt(bytes(page.run(script)), [identity]).decode() == "é" * size, size
