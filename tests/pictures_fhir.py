"""The pictures of docs/fhir.md, taken in a browser: `python pictures_fhir.py` in this folder.

Why this module exists: a picture that nobody takes again tells of a page that is gone. Beside the
pictures stands what can be read in each; `tests/test_fhir_walk.py` reads it again.

It must not show a real person: who answers here is made up.
"""

from __future__ import annotations

import base64
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import lforms
from browser import Browser, Page, program_needed

from pathfinder import load_rules
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.fhir.page import WORDS
from pathfinder.fhir.page import page as page_text
from pathfinder.fhir.questionnaire import questionnaire
from pathfinder.fhir.vocabulary import RELEASES

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
WORDS_FILE = FOLDER / "fhir.json"
WIDTH = 560
FORM_HEIGHT = 900
ANSWERED = ("age_group.adult", "danger.none", "self_harm.none", "substances.alcohol",
            "substances.cannabis", "frequency.some_days")  # fmt: skip
PRESS = """(text => [...document.querySelectorAll('main button')]
  .find(button => button.textContent === text).click())(%s)"""


def press(page: Page, text: str) -> None:
    page.run(PRESS % json.dumps(text))


def choose(page: Page, word: str) -> None:
    page.run(f"document.querySelector('input[value=\"{word}\"]').click()")


def on_the_tablet(browser: Browser, rules: RuleSet, folder: Path) -> Iterator[tuple[str, Page]]:
    """The page, one screen after the other, by the name of its picture."""
    region = region_of(rules, "")
    form = questionnaire(rules, RELEASES["R4"], region)
    file = folder / "page.html"
    file.write_text(page_text(rules, form, region), "utf-8")
    page = browser.open(file, width=WIDTH)
    press(page, WORDS["begin"])
    choose(page, "adult")
    press(page, WORDS["next"])
    choose(page, "overdose")
    yield "fhir-page-question.png", page
    press(page, WORDS["next"])
    yield "fhir-page-alert.png", page
    press(page, WORDS["stop"])
    press(page, WORDS["hand_over_now"])
    yield "fhir-page-code.png", page


def in_lhc_forms(browser: Browser, rules: RuleSet, folder: Path) -> Page:
    """The form with some answers, where alcohol by itself is asked since two things are used."""
    host = lforms.host_page(lforms.lforms_needed(), folder / "form.html")
    form = questionnaire(rules, RELEASES["R4"], region_of(rules, ""))
    page = lforms.shown(browser, host, form, "R4")
    for code in ANSWERED:
        lforms.click(page, code)
    page.run("document.activeElement.blur()")
    return page


def words_in(page: Page) -> list[str]:
    """What can be read, line by line; without the fingerprint, which is new with every rule."""
    text = page.run("(document.querySelector('main') ?? document.body).innerText")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return ["(a code)" if re.fullmatch(r"([A-Z0-9]{2,4}-?){6,}", line) else line for line in lines]


def save(page: Page, name: str, width: int, height: int) -> None:
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = page.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
    (FOLDER / name).write_bytes(base64.b64decode(shot["data"]))


def main() -> None:
    rules = load_rules()
    browser = Browser(program_needed())
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, page in on_the_tablet(browser, rules, Path(folder)):
            found[name] = words_in(page)
            height = page.run("document.querySelector('footer').getBoundingClientRect().bottom")
            save(page, name, WIDTH, int(height) + 16)
        save(in_lhc_forms(browser, rules, Path(folder)), "fhir-lforms.png", 900, FORM_HEIGHT)
    browser.close()
    WORDS_FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
