"""The handout in a real browser: what only a browser can say about a page.

It is looked at as people will have it: narrow and wide, light and dark, on paper, and
with the keyboard alone. A twin that is broken on purpose shows that the tools see it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import PAPER, Browser, Page, needed, pages_of

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import read_answers
from pathfinder.pages.handout import bars
from pathfinder.render.handout import handout_html

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
WIDTHS = (320, 820)

PEOPLE: dict[str, tuple[str, dict[str, object]]] = {
    "with points below zero": ("steady-worker", {}),
    "with first steps": ("nowhere-to-stay", {}),
    "in danger": ("nowhere-to-stay", {"danger": ["overdose", "violence"]}),
    "under 18": ("steady-worker", {"age_group": "under_18"}),
}


@pytest.fixture(scope="module")
def axe() -> str:
    return needed()[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    started = Browser(needed()[0])
    yield started
    started.close()


def written(rules: RuleSet, folder: Path, who: str) -> Path:
    example, changed = PEOPLE[who]
    answers = {**read_answers(rules, str(EXAMPLES / f"{example}.yaml")), **changed}
    decision = decide(rules, answers)
    explained = explain(rules, answers, decision)
    file = folder / "handout.html"
    file.write_text(
        handout_html(rules, decision, date="22 November 2026", explained=explained), "utf-8"
    )
    return file


@pytest.fixture
def shown(rules: RuleSet, browser: Browser, tmp_path: Path) -> Page:
    return browser.open(written(rules, tmp_path, "with points below zero"), width=820)


@pytest.mark.parametrize("who", PEOPLE)
def test_axe_finds_nothing_narrow_or_wide_light_or_dark(
    who: str, rules: RuleSet, browser: Browser, axe: str, tmp_path: Path
) -> None:
    page = browser.open(written(rules, tmp_path, who), width=820)
    for width in WIDTHS:
        for dark in (False, True):
            page.resize(width)
            page.look(dark=dark)
            assert page.violations(axe) == [], f"{width} px, {'dark' if dark else 'light'}"


def test_axe_sees_what_is_broken_on_purpose(
    rules: RuleSet, browser: Browser, axe: str, tmp_path: Path
) -> None:
    file = written(rules, tmp_path, "with points below zero")
    good = file.read_text("utf-8")
    bad = (
        good.replace('<html lang="en">', "<html>")
        .replace("--soft:#4a4a4a", "--soft:#bbb")
        .replace("<label for", "<span data-for")
        .replace("<h2>Your plan", "<h5>Your plan")
        .replace('<meta http-equiv="Content-Security-Policy"', '<meta name="off"')
    )
    file.write_text(bad, "utf-8")
    page = browser.open(file, width=820)
    found = {violation.split(":")[0] for violation in page.violations(axe)}
    assert {"html-has-lang", "color-contrast", "label", "heading-order"} <= found


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_has_to_scroll_sideways_and_nothing_is_fetched(
    who: str, rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    file = written(rules, tmp_path, who)
    page = browser.open(file, width=320)
    assert page.run("document.documentElement.scrollWidth") <= 320
    assert page.requests() == [file.as_uri()]


def test_the_policy_lets_the_pages_own_style_through(shown: Page) -> None:
    assert shown.run("getComputedStyle(document.querySelector('table')).borderCollapse") == (
        "collapse"
    )


def test_the_policy_stops_what_someone_might_smuggle_in(
    rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    file = written(rules, tmp_path, "under 18")
    smuggled = (
        '<script>document.title = "ran"</script><img src="other.png">'
        "<style>h1{position:fixed}</style></main>"
    )
    file.write_text(file.read_text("utf-8").replace("</main>", smuggled), "utf-8")
    page = browser.open(file, width=820)
    assert page.run("document.title") != "ran"
    assert page.run("getComputedStyle(document.querySelector('h1')).position") == "static"
    assert page.run("document.querySelector('img').naturalWidth") == 0


def test_light_dark_and_forced_colours_each_change_the_page(shown: Page) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    bar = "getComputedStyle(document.querySelector('rect')).fill"
    colours = []
    for dark, forced in ((False, False), (True, False), (False, True)):
        shown.look(dark=dark, forced=forced)
        colours.append((shown.run(paper), shown.run(bar)))
    assert len(set(colours)) == 3
    assert all(paper_ != bar_ for paper_, bar_ in colours)


def test_questions_are_ticked_with_the_keyboard_alone(shown: Page) -> None:
    shown.press("Tab")
    asked = shown.run("document.activeElement.labels[0].textContent")
    assert asked == shown.run("document.querySelector('input').labels[0].textContent")
    assert asked.endswith("?")
    shown.press(" ")
    assert shown.run("[...document.querySelectorAll('input')].map(i => i.checked)")[:2] == [
        True,
        False,
    ]


def bars_on_paper(pdf: bytes) -> list[float]:
    """The lengths of the bars that are painted in a PDF, in percent of the room they share."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    found: list[float] = []
    for stream in streams:
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        # A bar is the one rectangle that is 6 high in a room of 10.
        found += map(float, re.findall(rb"([\d.]+) 6 re\nf\n", drawn))
    return found


@pytest.mark.parametrize("paper", PAPER)
def test_it_prints_and_the_bars_keep_their_lengths(
    paper: str, rules: RuleSet, browser: Browser, tmp_path: Path
) -> None:
    file = written(rules, tmp_path, "with points below zero")
    pdf = browser.open(file, width=820).pdf(paper)
    assert 1 <= pages_of(pdf) <= 6
    answers = read_answers(rules, str(EXAMPLES / "steady-worker.yaml"))
    wanted = [bar.length for bar in bars(rules, decide(rules, answers)).rows]
    assert bars_on_paper(pdf) == pytest.approx(wanted, abs=0.1)


def test_on_paper_a_question_has_a_box_and_a_tick_stays(shown: Page) -> None:
    box = "getComputedStyle(document.querySelector('input'))"
    tick = "getComputedStyle(document.querySelector('input'), '::after').content"
    shown.look(media="print")
    assert shown.run(f"{box}.borderTopStyle") == "solid"
    assert shown.run(tick) == "none"
    shown.run("document.querySelector('input').checked = true")
    assert shown.run(tick) == '"\N{CHECK MARK}"'
