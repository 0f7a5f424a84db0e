"""The handout: what it says, in which order, and that it is one page that loads nothing."""

from __future__ import annotations

import base64
import hashlib
import inspect
import random
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import contract
import pytest
from conftest import Run
from decisions_made_by_hand import (
    ADULT,
    ELSEWHERE,
    IN_DANGER,
    RULES,
    SECOND,
    TOP,
    UNDER_18,
    replace,
)
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samples import one_of

from pathfinder import decide
from pathfinder.engine.decision import Decision, Fired
from pathfinder.engine.explain import explain
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import read_answers
from pathfinder.pages import handout_messages, messages
from pathfinder.pages.handout import bars
from pathfinder.render.handout import handout_html, handout_md
from pathfinder.render.layout import one_line

DATE = "22 November 2026"
LIMIT = 30_000
EXAMPLES = sorted((Path(__file__).parents[1] / "docs" / "examples").glob("*.yaml"))

UPSET = replace(
    ADULT,
    alerts=(
        Fired(
            "violence",
            ("hurt",),
            ("Someone hurts you.",),
            (TOP.for_[0].grounds,),
            ("us-emergency",),
        ),
    ),
)
"""Somebody with an alert that doesn't hold the paths back."""

PAGES = {"adult": ADULT, "upset": UPSET, "in danger": IN_DANGER, "under 18": UNDER_18}

HOSTILE = (
    "<script>alert(1)</script>", '" onmouseover="x', "' x='", "</style>", "</section><h1>x</h1>",
    "javascript:alert(1)", "&lt;", "&#60;", "{{7*7}}", "{% raw %}", "{# x #}", "]]>", "<!-- x -->",
    "<img src=https://e.example/p.png>", "# h", "![x](https://e/p.png)", "[a](javascript:1)",
    "[x]: http://e", "<https://e>", "a | b", "``` x", "[link=https://evil.example]x[/link]",
    "Safe\x1b[2J", "\x9b31m", "a\x00b", "Ann\nRESULT: ok", "score 1\rscore 9", "\u202e9", "\ufeffx",
    "\u2028", "\ud800", "🙂 日本 שלום", "4000 " + "x" * 3995,
)  # fmt: skip


def html(decision: Decision, rules: RuleSet = RULES, date: str = DATE) -> str:
    return handout_html(rules, decision, date=date)


class Tags(HTMLParser):
    """The elements of a page in their order, and the text between them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("strong", "span"):
            self.text.append(" ")
        if ("class", "whole") not in attrs:
            self.tags.append(tag)
            self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def said(self) -> str:
        return " ".join("".join(self.text).split())


def headings(source: str) -> list[tuple[int, str]]:
    return [
        (int(level), unescape(text))
        for level, text in re.findall(r"<h([1-6])>(.*?)</h[1-6]>", source)
    ]


def parts(source: str, level: int = 2) -> list[str]:
    return [text for found, text in headings(source) if found == level]


def in_order(text: str, *pieces: str) -> None:
    place = -1
    for piece in pieces:
        found = text.find(piece, place + 1)
        assert found > place, f"{piece!r} is not there, or stands too early"
        place = found


# --- what is said, and in which order ------------------------------------------------------


def test_it_opens_with_the_date_the_rules_and_that_it_is_no_diagnosis() -> None:
    in_order(
        Tags(html(ADULT)).said(),
        "Recovery paths to talk about",
        "Made on 22 November 2026 from the rules by-hand 1.2.3 (0123456789ab)",
        "Not a diagnosis.",
        "Ask for an assessment.",
        "What to do first",
    )


def test_the_parts_stand_in_the_order_in_which_paper_is_used() -> None:
    assert parts(html(ADULT)) == [
        "About this result",
        "What to do first",
        "Your plan, in short",
        "How the paths fit",
        messages.START,
        "If this path can't be done now",
        "Other paths",
        "Not now, and what would open them",
        "Things to add",
        "Ask a professional about",
        "What to ask before you sign up",
        "Help right now",
        "Where this comes from",
        "Where we read the numbers",
    ]


def test_an_alert_and_every_help_line_stand_before_what_the_page_is() -> None:
    page = html(UPSET)
    assert parts(page)[:3] == ["Your safety first", "More help lines", "About this result"]
    said = Tags(page).said()
    in_order(said, "Go where people are.", "911", "1-800-555-0100", "Not a diagnosis.")
    before = said.split("Not a diagnosis.")[0]
    assert before.count("911") == 1, "named by the alert, so not once more"


def test_in_danger_nothing_stands_before_the_alert_and_the_paths_wait() -> None:
    page = html(IN_DANGER)
    assert headings(page)[0] == (1, "Get help now")
    assert "Recovery paths" not in page.split("<body>")[1].split("Once you are safe")[0]
    said = Tags(page).said()
    in_order(said, "Call now.", "911", "Your safety first", "1-800-555-0100", "Once you are safe")
    in_order(said, "Once you are safe", "The paths can wait", "Made on", "How the paths fit")
    after = headings(page)[headings(page).index((2, "Once you are safe")) + 1 :]
    assert min(level for level, _ in after) == 3, "all of it stands under that heading"


def test_under_18_gets_kind_words_help_lines_and_nothing_about_paths() -> None:
    page = html(UNDER_18)
    said = Tags(page).said()
    in_order(said, "Call now.", "If you are under 18", "Thank you for being open.", "988")
    assert said.count("Last seen on 2026-11-22") == 3, "each number once"
    calm = Tags(html(replace(UNDER_18, alerts=(), hold=False))).said()
    in_order(calm, "Thank you for being open.", "The help lines are for you.", "988", "Made on")
    for word in ("IOP", "points", "pathfinder quiz", "Where this comes from"):
        assert word not in said


def test_a_young_person_without_an_alert_is_met_by_a_title_of_their_own() -> None:
    assert headings(html(replace(UNDER_18, alerts=(), hold=False))) == [
        (1, "Help and people to talk to"),
        (2, "Help right now"),
        (2, "Where we read the numbers"),
    ]


def test_the_first_path_has_all_its_reasons_and_the_others_one_line_each() -> None:
    said = Tags(html(ADULT)).said()
    for reason in (*TOP.for_, *TOP.against):
        assert reason.because in said
    in_order(said, "For: Many signs call for days.", "Against: You have nowhere to stay")
    others = re.search(r"<h2>Other paths</h2>\s*<ul>(.*?)</ul>", html(ADULT), re.S)
    assert others is not None
    assert others[1].count("<li>") == 1
    assert "IOP two in one sentence." not in said


def test_what_is_set_aside_says_why_and_what_would_open_it() -> None:
    in_order(
        Tags(html(ADULT)).said(),
        "Not now, and what would open them",
        "Live-in care",
        "You said that living in is not for you.",
        "When you can step away.",
    )


def test_help_lines_say_when_and_where_they_were_seen() -> None:
    said = Tags(html(ADULT)).said()
    in_order(said, "1-800-555-0100", "Last seen on 2026-11-22 at example.org", "Nobody has dialled")


def test_where_we_know_no_numbers_the_page_says_so() -> None:
    away = replace(ADULT, region="elsewhere", help_lines=(ELSEWHERE,))
    assert "We have no numbers for this place yet." in Tags(html(away)).said()


@pytest.mark.parametrize("name", ["adult", "upset", "in danger"])
def test_every_number_in_brackets_is_explained_and_no_source_stands_for_nothing(name: str) -> None:
    body, sources = Tags(html(PAGES[name])).said().split("Where this comes from")
    named = set(re.findall(r"\[(\d+)\] (?=[A-Z])", sources))
    used = {n for group in re.findall(r"\[([\d,\s]+)\]", body) for n in re.findall(r"\d+", group)}
    assert used <= named
    assert "2" not in named, "nobody cites it"


def test_questions_for_a_program_are_boxes_with_labels() -> None:
    page = html(ADULT)
    boxes = re.findall(r'<input type="checkbox" id="(\w+)"><label for="(\w+)">(.*?)</label>', page)
    assert [text for _, _, text in boxes] == ["IOP one: is it 12-Step?", "IOP one: who leads it?"]
    assert all(box == label for box, label, _ in boxes)
    assert len({box for box, _, _ in boxes}) == len(boxes)


def test_there_is_no_way_in_for_a_note_a_name_or_a_code() -> None:
    for made in (handout_html, handout_md):
        assert list(inspect.signature(made).parameters) == [
            "rules",
            "decision",
            "date",
            "explained",
            "found",  # programs of the agency's list, which holds nothing of a client
            "opening",  # what was agreed, and an agency's own notice: nothing else of a session
        ]


def test_it_asks_to_be_kept_safe() -> None:
    assert handout_messages.KEEP_SAFE in Tags(html(ADULT)).said()
    assert handout_messages.KEEP_SAFE in handout_md(RULES, ADULT, date=DATE)


# --- the bars ---------------------------------------------------------------------------


def ranked(*points: int) -> Decision:
    """A decision whose paths have these points."""
    entries = [
        SECOND._replace(points=p, rank=place, about_equal_to_top=points[0] - p <= 1)
        for place, p in enumerate(points, start=1)
    ]
    return ADULT._replace(ranked=tuple(entries))


def test_each_bar_has_its_number_and_words_beside_it() -> None:
    said = Tags(html(ranked(7, 6, 1, 0, -1))).said()
    in_order(
        said,
        "7 points: fits best",
        "6 points: fits about as well",
        "1 point: fits less well",
        "0 points: as much speaks against it as for it",
        "\N{MINUS SIGN}1 point: more speaks against it than for it",
    )


def test_where_nothing_is_known_the_words_say_so() -> None:
    nothing = SECOND._replace(for_=(), against=(), points=0)
    assert "0 points: nothing speaks for it or against it yet" in html(
        replace(ADULT, ranked=(nothing._replace(rank=1), nothing))
    )


def test_the_zero_line_is_explained_only_where_something_stands_left_of_it() -> None:
    assert handout_messages.BAR_MEANS in html(ranked(5, 2))
    assert handout_messages.BAR_MEANS_BOTH_WAYS in html(ranked(5, -2))


@given(st.lists(st.integers(-40, 40), min_size=1, max_size=10))
def test_bars_share_one_scale_and_one_zero_line(points: list[int]) -> None:
    points.sort(reverse=True)
    drawn = bars(RULES, ranked(*points))
    unit = 100 / (max(0, *points) - min(0, *points) or 1)
    for bar, number in zip(drawn.rows, points, strict=True):
        assert bar.length == pytest.approx(abs(number) * unit, abs=0.01)
        end = bar.start if number < 0 else bar.start + bar.length
        tip = drawn.zero + number * unit
        assert end == pytest.approx(tip, abs=0.02)
        assert 0 <= bar.start <= bar.start + bar.length <= 100.02
        assert bar.below_zero == (number < 0)


# --- the document -------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_it_is_one_document_with_one_first_heading_and_no_gap_between_levels(name: str) -> None:
    page = html(PAGES[name])
    assert page.startswith('<!doctype html>\n<html lang="en">')
    levels = [level for level, _ in headings(page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, level in pairwise(levels):
        assert level <= before + 1
    tags = Tags(page).tags
    assert tags.count("main") == 1
    assert tags.count("footer") == 1
    for table in re.findall(r"<table>.*?</table>", page, re.S):
        assert "<caption>" in table
        assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table))
        assert table.count("<svg") == table.count('aria-hidden="true" focusable="false"')


@pytest.mark.parametrize("name", PAGES)
def test_nothing_in_it_is_loaded_sent_linked_or_run(name: str) -> None:
    page = html(PAGES[name])
    tags = Tags(page)
    assert not {"a", "script", "img", "link", "iframe", "form", "object", "base"} & set(tags.tags)
    names = {name for _, name, _ in tags.attributes}
    assert not {"href", "src", "style", "srcset", "action"} & names
    assert not [name for name in names if name.startswith("on")]
    assert "url(" not in page
    assert "@import" not in page
    assert "://" not in page


def test_the_policy_allows_its_own_style_by_hash_and_nothing_else() -> None:
    page = html(ADULT)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', page)
    assert policy is not None
    assert policy[1] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_a_telephone_number_is_kept_on_one_line_and_can_be_copied() -> None:
    assert '<span class="whole">1-800-555-0100</span>' in html(ADULT)


# --- hostile text --------------------------------------------------------------------------

TEXTS = {
    "text", "because", "title", "name", "short", "label", "hours", "number", "when", "seen_at",
    "seen_on", "publisher", "year", "interest", "opens_when", "unsure", "skip", "reviewed_on",
    "review_next",
}  # fmt: skip


def with_texts(record: Any, text: str) -> Any:
    """The record with every text in it, however deep, replaced."""
    if isinstance(record, tuple) and hasattr(record, "_fields"):
        changed = {
            field: text if field in TEXTS and isinstance(value, str) else with_texts(value, text)
            for field, value in zip(record._fields, record, strict=True)
        }
        if "because" in changed and isinstance(changed["because"], tuple):
            changed["because"] = tuple(text for _ in changed["because"])
        return record._replace(**changed)
    if isinstance(record, tuple):
        return tuple(with_texts(value, text) for value in record)
    return record


def full_of(text: str) -> Iterator[tuple[RuleSet, Decision]]:
    made = with_texts(RULES, text)
    rules = made._replace(
        path_by_id={path.id: path for path in made.paths},
        question_by_id={question.id: question for question in made.questions},
    )
    for decision in PAGES.values():
        yield rules, with_texts(decision, text)._replace(next_moves=(text,), region=text)


def tags_with(text: str) -> list[list[str]]:
    return [Tags(html(decision, rules, date=text)).tags for rules, decision in full_of(text)]


@pytest.mark.parametrize("text", one_of(4, HOSTILE), ids=lambda text: ascii(text[:30]))
def test_no_text_of_rules_answers_or_a_date_becomes_an_element(text: str) -> None:
    assert tags_with(text) == tags_with("words")
    for rules, decision in full_of(text):
        page = html(decision, rules, date=text)
        page.encode("utf-8")
        assert one_line(text) in " ".join(unescape(page).split())
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\ufeff]", page)


@pytest.mark.parametrize("text", one_of(4, HOSTILE), ids=lambda text: ascii(text[:30]))
def test_no_text_becomes_markup_in_the_markdown_form(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for (rules, decision), (plain, other) in zip(full_of(text), full_of("words"), strict=True):
        tags = Tags(reader.render(handout_md(rules, decision, date=text))).tags
        assert tags == Tags(reader.render(handout_md(plain, other, date="words"))).tags
        assert not {"a", "img", "script", "code"} & set(tags)


# --- real results --------------------------------------------------------------------------


def real(rules: RuleSet) -> Iterator[tuple[str, Decision, dict[str, Any]]]:
    for file in EXAMPLES:
        answers = dict(read_answers(rules, str(file)))
        yield file.stem, decide(rules, answers), answers
    yield "all skipped", decide(rules, {}), {}
    dice = random.Random(11)
    for number in range(40):
        answers = contract.random_answers(dice, 0.2)
        yield f"random {number}", decide(rules, answers), answers


@pytest.mark.slow
def test_a_full_handout_is_under_30_kilobytes(rules: RuleSet) -> None:
    assert EXAMPLES
    for name, decision, answers in real(rules):
        explained = explain(rules, answers, decision)
        page = handout_html(rules, decision, date=DATE, explained=explained)
        assert len(page.encode("utf-8")) < LIMIT, name
        assert page.count("<h1>") == 1, name


ABOUT_THE_TABLE = " ".join(
    (
        handout_messages.PATH,
        handout_messages.FIT,
        handout_messages.CAPTION,
        handout_messages.BAR_MEANS_BOTH_WAYS,
        handout_messages.BAR_MEANS,
    )
)


@pytest.mark.slow
def test_no_real_handout_names_a_source_that_it_does_not_list(rules: RuleSet) -> None:
    for name, decision, _ in real(rules):
        body, sources = (
            Tags(handout_html(rules, decision, date=DATE)).said().split("Where this comes from")
        )
        named = re.findall(r"\[(\d+)\] (?=\S)", sources)
        used = {n for found in re.findall(r"\[([\d,\s]+)\]", body) for n in found.split(",")}
        assert {n.strip() for n in used} <= set(named), name


@pytest.mark.slow
def test_both_forms_say_the_same_in_the_same_order(rules: RuleSet) -> None:
    reader = MarkdownIt("commonmark")
    for name, decision, _ in real(rules):
        page = handout_html(rules, decision, date=DATE)
        rendered = reader.render(handout_md(rules, decision, date=DATE))
        assert headings(page) == headings(rendered), name
        said = set(re.findall(r"\w+", Tags(rendered).said()))
        missing = set(re.findall(r"\w+", Tags(page.split("<body>")[1]).said())) - said
        assert missing <= set(re.findall(r"\w+", ABOUT_THE_TABLE)), name


def test_with_an_explanation_it_says_how_firm_it_is(rules: RuleSet) -> None:
    name, decision, answers = next(real(rules))
    explained = explain(rules, answers, decision)
    assert "How firm this is:" in handout_html(rules, decision, date=DATE, explained=explained)
    assert "How firm this is:" not in handout_html(rules, decision, date=DATE), name


def test_its_own_sentences_are_short_and_plain() -> None:
    own = [
        value
        for name, value in vars(handout_messages).items()
        if name.isupper() and isinstance(value, str)
    ]
    assert len(own) > 10
    for text in own:
        for sentence in re.split(r"(?<=[.:])\s", text):
            assert len(sentence.split()) <= 20, sentence


def test_the_whole_paper_tells_good_and_hard_sides_and_what_waiting_means(pathfinder: Run) -> None:
    args = (
        "recommend",
        str(EXAMPLES[0].parent / "nowhere-to-stay.yaml"),
        "--full",
        "--format",
        "md",
    )
    out = pathfinder(*args).out
    places = [out.index(f"# {title}") for title in (messages.GOOD, messages.HARD, messages.LIKE)]
    assert places == sorted(places)
    assert out.index(f"# {messages.IF_YOU_WAIT}") > places[-1]
