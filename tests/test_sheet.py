"""The handout on one sheet: what is on it, what a discreet one doesn't hold, and its pages."""

from __future__ import annotations

import html as escaping
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import NAMES, PAPER, Browser, needed
from built_in import RULES
from conftest import Run

from pathfinder import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation, explain
from pathfinder.loader.answers_file import read_answers
from pathfinder.pages import answer_messages, discreet_words, messages
from pathfinder.pages import handout_messages as words
from pathfinder.pages.sheet import (
    Boxes,
    Call,
    Calls,
    Opening,
    Sheet,
    StepSaid,
    Ways,
    sheet,
)
from pathfinder.render.handout import sheet_html, sheet_md
from pathfinder.sessions.model import half_titles, step_titles

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
DATE = "22 November 2026"
PEOPLE = {
    **{file.stem: (file.stem, {}) for file in sorted(EXAMPLES.glob("*.yaml"))},
    "thinks of dying": ("steady-worker", {"self_harm": "thoughts"}),
    "pregnant and using opioids": ("nowhere-to-stay", {"health": ["pregnant"]}),
    "in danger": ("nowhere-to-stay", {"danger": ["overdose", "violence"]}),
    "hurt at home": ("mother-with-two-hours", {"danger": ["violence"]}),
    "not safe at home": ("steady-worker", {"home": "unsafe"}),
    "hardly anything known": ("steady-worker", {"severity": "unsure", "home": "skip"}),
}
SCREEN = 844
"""The height of a phone's window that is 390 wide."""


def decided(who: str) -> tuple[Decision, Explanation | None]:
    example, changed = PEOPLE[who]
    answers = {**read_answers(RULES, str(EXAMPLES / f"{example}.yaml")), **changed}
    decision = decide(RULES, answers)
    return decision, explain(RULES, answers, decision)


def made(who: str, **kinds: bool) -> Sheet:
    decision, explained = decided(who)
    return sheet(RULES, decision, DATE, explained, **kinds)


def html(who: str, **kinds: bool) -> str:
    decision, explained = decided(who)
    return sheet_html(RULES, decision, date=DATE, explained=explained, **kinds)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_ranked_path_a_number_and_boxes_to_tick_are_on_it(who: str) -> None:
    decision, _ = decided(who)
    page = made(who)
    (ways,) = [piece for piece in page.pieces if isinstance(piece, Ways)]
    assert [row.path for row in ways.rows] == [entry.path for entry in decision.ranked]
    (calls,) = [piece for piece in page.pieces if isinstance(piece, Calls)]
    assert any(call.dial for call in calls.entries)
    assert any(isinstance(piece, Boxes) for piece in page.pieces)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_first_step_is_a_box_above_the_path(who: str) -> None:
    decision, _ = decided(who)
    titles = {step.id: step.titled(decision.view) for step in RULES.steps}
    text = escaping.unescape(html(who))
    for fired in decision.first:
        assert text.index(titles[fired.id]) < text.index("<table>")


@pytest.mark.parametrize("who", PEOPLE)
def test_a_discreet_sheet_names_no_substance_no_thought_and_quotes_no_answer(who: str) -> None:
    decision, _ = decided(who)
    page = made(who, discreet=True)
    names = [path.name for path in RULES.paths] + [path.in_a_row for path in RULES.paths]
    text = re.sub(r"<style>.*?</style>", "", html(who, discreet=True), flags=re.DOTALL)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    assert not discreet_words.says_too_much(text), [
        w for w in discreet_words.NOT_OUTSIDE if w in text.casefold()
    ]
    for reason in (*decision.ranked[0].for_, *decision.ranked[0].against):
        assert reason.because not in text
    assert page.title == discreet_words.TITLE


@pytest.mark.parametrize("who", ["hurt at home", "not safe at home"])
def test_who_is_hurt_at_home_has_the_number_for_it_and_nobody_else(who: str) -> None:
    number = next(line.number for line in RULES.regions[0].lines if line.kinds[0] == "violence")
    assert number in html(who)
    assert number in html(who, discreet=True)
    assert number not in html("nowhere-to-stay")


def test_an_alert_is_worded_as_what_to_do_on_a_discreet_sheet() -> None:
    page = made("thinks of dying", discreet=True)
    text = html("thinks of dying", discreet=True)
    assert page.pieces[0] == (1, words.NOW, "alert")
    assert 'href="tel:988"' in text


def test_in_danger_the_alert_and_its_numbers_come_first_and_the_paths_wait() -> None:
    text = html("in danger")
    assert answer_messages.BY_THE_REST in text
    assert messages.BEST not in text
    assert text.index('href="tel:911"') < text.index(RULES.texts.once_safe.text)
    assert text.index(RULES.texts.once_safe.text) < text.index("<table>")


@pytest.mark.parametrize(
    ("number", "dial"),
    [
        ("911", "911"),
        ("988 (call or text)", "988"),
        ("1-800-662-4357", "18006624357"),
        ("text HOME to 741741", ""),
        ("your local emergency number", ""),
    ],
)
def test_what_a_phone_dials_is_figures_alone(number: str, dial: str) -> None:
    from pathfinder.pages.sheet import _dial

    assert _dial(number) == dial
    assert Call("", number, dial).dial == dial


DANGER = re.compile(r"emergenc|on your own|\bdon't (?:stop|use|go through)|\bkeep taking", re.I)
"""What a move says that nobody may miss who takes a sheet home."""


def test_each_move_of_a_first_step_that_speaks_of_danger_is_marked_in_the_rules() -> None:
    moves = [move for step in RULES.steps for move in step.moves]
    assert not [move.text for move in moves if DANGER.search(move.text) and not move.warns]
    assert all(any(move.warns for move in step.moves) for step in RULES.steps)


SETTLINGS = ["agreed", "done", "declined", ""]


@pytest.mark.parametrize("with_ranking", [True, False])
@pytest.mark.parametrize("word", SETTLINGS)
@pytest.mark.parametrize("step", [step.id for step in RULES.steps])
def test_a_sheet_has_each_warning_whole_whatever_became_of_the_step(
    step: str, word: str, with_ranking: bool
) -> None:
    (known,) = [each for each in RULES.steps if each.id == step]
    texts = tuple(move.text for move in known.moves)
    decision, explained = decided("nowhere-to-stay")
    first = tuple(fired for fired in decision.first[:1])
    told = decision._replace(
        first=tuple(fired._replace(id=step) for fired in first), next_moves=texts
    )
    said = {step: StepSaid(word)} if word else {}
    opening = Opening((), with_ranking=with_ranking, steps=said)
    page = sheet(RULES, told, DATE, explained, opening=opening)
    boxes = [entry for piece in page.pieces if isinstance(piece, Boxes) for entry in piece.entries]
    for move in known.moves:
        if move.warns:
            assert move.text in boxes
    cut = [box for box in boxes for text in texts if text.startswith(box) and text != box]
    assert not cut


@pytest.mark.parametrize("word", ["agreed", "done", "declined"])
def test_what_became_of_medication_claims_no_naloxone_and_leaves_it_to_be_done(word: str) -> None:
    known = next(step for step in RULES.steps if step.id == "opioid-medication")
    decision, explained = decided("pregnant and using opioids")
    titles = step_titles(RULES, {"opioid-medication": "medication for opioid use"})
    opening = Opening((), steps={known.id: StepSaid(word)}, titles=titles)
    page = sheet(RULES, decision, DATE, explained, opening=opening)
    text = str(page.pieces)
    assert "Medication for opioid use" in text
    assert "and naloxone against overdose" not in text
    assert "Carry naloxone" in text


def test_a_word_on_a_whole_step_leaves_the_title_that_is_true_of_the_person() -> None:
    names = {"opioid-medication": "medication for opioid use", "medical-evaluation": "a doctor"}
    assert list(half_titles(RULES, names)) == ["opioid-medication"]
    assert step_titles(RULES, names).keys() == {step.id for step in RULES.steps}
    stopped = {"withdrawal": "dangerous", "frequency": "not_lately", "substances": ["alcohol"],
               "age_group": "adult", "danger": ["none"], "severity": "severe"}  # fmt: skip
    opening = Opening(
        (), steps={"medical-evaluation": StepSaid("agreed")}, titles=half_titles(RULES, names)
    )
    page = sheet(RULES, decide(RULES, stopped), DATE, None, opening=opening)
    assert "before you ever stop again" in str(page.pieces)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_move_is_cut_and_no_warning_is_left_out(who: str) -> None:
    decision, _ = decided(who)
    boxes = [e for piece in made(who).pieces if isinstance(piece, Boxes) for e in piece.entries]
    warns = {move.text for step in RULES.steps for move in step.moves if move.warns}
    wanted = [move for move in decision.next_moves if move in warns]
    assert [box for box in boxes if box in warns] == wanted
    assert not [b for b in boxes for m in decision.next_moves if m.startswith(b) and m != b]


def test_a_discreet_sheet_says_in_its_own_words_that_getting_worse_is_an_emergency() -> None:
    text = html("nowhere-to-stay", discreet=True)
    assert discreet_words.WARNS in text


def test_nothing_on_it_is_loaded_or_linked_but_numbers() -> None:
    text = html("mother-with-two-hours")
    assert set(re.findall(r'href="([a-z]+:)', text)) == {"tel:"}
    assert not re.search(r"<script|src=|url\(|@import", text)


def test_no_number_below_zero_stands_on_it() -> None:
    for who in PEOPLE:
        body = html(who).split("<body", 1)[1]
        assert not re.search(r"[\u2212-][0-9]+ point", body)


def test_markdown_says_the_same() -> None:
    decision, explained = decided("mother-with-two-hours")
    text = sheet_md(RULES, decision, date=DATE, explained=explained)
    for entry in decision.ranked:
        assert RULES.path_by_id[entry.path].name in text
    assert words.KEEP_SAFE in text


@pytest.mark.parametrize(
    "wrong",
    [
        ("--discreet",),
        ("--large-print", "--format", "md"),
        ("--discreet", "--full", "--format", "html"),
    ],
)
def test_what_does_not_go_together_is_said(pathfinder: Run, wrong: tuple[str, ...]) -> None:
    ran = pathfinder("recommend", str(EXAMPLES / "steady-worker.yaml"), *wrong)
    assert ran.code == 2
    assert wrong[0] in ran.err


def test_the_whole_handout_comes_with_full(pathfinder: Run) -> None:
    file = str(EXAMPLES / "steady-worker.yaml")
    short = pathfinder("recommend", file, "--format", "html").out
    whole = pathfinder("recommend", file, "--format", "html", "--full").out
    assert len(whole) > 2 * len(short)


# --- in a browser -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        needed()
    started = Browser(str(program))
    yield started
    started.close()


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPER)
def test_it_is_one_page_for_eight_of_ten_and_never_more_than_two(
    browser: Browser, tmp_path: Path, paper: str
) -> None:
    pages = []
    for who in PEOPLE:
        file = tmp_path / "sheet.html"
        file.write_text(html(who), "utf-8")
        pdf = browser.open(file, width=820).pdf(paper)
        pages.append(len(re.findall(rb"/Type\s*/Page\b", pdf)))
    assert max(pages) <= 2
    assert pages.count(1) >= 8, dict(zip(PEOPLE, pages, strict=True))


@pytest.mark.slow
def test_on_a_phone_it_is_three_screens_at_most(browser: Browser, tmp_path: Path) -> None:
    for who in PEOPLE:
        file = tmp_path / "sheet.html"
        file.write_text(html(who), "utf-8")
        page = browser.open(file, width=390)
        assert page.run("document.documentElement.scrollHeight") <= 3 * SCREEN, who
        assert page.run("document.documentElement.scrollWidth") <= 390, who


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [{}, {"discreet": True}, {"large": True}])
@pytest.mark.parametrize("who", ["in danger", "nowhere-to-stay"])
def test_axe_finds_nothing(
    browser: Browser, tmp_path: Path, who: str, kinds: dict[str, bool]
) -> None:
    axe = needed()[1]
    file = tmp_path / "sheet.html"
    file.write_text(html(who, **kinds), "utf-8")
    page = browser.open(file, width=820)
    for width in (390, 820):
        for dark in (False, True):
            page.resize(width)
            page.look(dark=dark)
            assert page.violations(axe) == []
