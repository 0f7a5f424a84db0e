"""The Markdown form: it reads like the page, and no text in it can become markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pathfinder.engine.decide import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.pages.result import page
from pathfinder.render.layout import escaped, markdown
from pathfinder.sanitize import clean

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

HOSTILE = (
    "# h", "## h ##", "a #", "h\n===", "---", "- - -", "***", "===", "> q", "- x", "+ x", "* x",
    "1. x", "23) x", "1986\\. x", "    indented", "\tindented", "![x](https://e/p.png)",
    "[a](javascript:1)", "[x]: http://e",
    "[x][y]", "[1]: http://e", "[1](javascript:1)", "[1][1]", "![1]", "so [1, 2]", "[1] [2]: /e",
    "<https://e>", "<a@b.example>", "https://e.x",
    "www.e.example", "a@b.example", "<b>x</b>", "<script>alert(1)</script>", "<!-- x -->", "&lt;",
    "&#60;b&#62;", "a | b", "\\|", "a \\| b", "| --- | --- |", "a | b\n--- | ---", "``` x", "`x`",
    "~~~ x", "~~x~~", "*x*", "_x_", "__x__", "x*", "* ", "ends\\", "two  spaces  ", "\\*x*",
    "$x$", ":skull:", "{{7*7}}", "{% raw %}", "[ ] x", "- [ ] x", "a\\", "!", "[[x]]", "^x^",
    "javascript:alert(1)", '" onmouseover="x', "]]>", "\u3000x\u3000", "x\u00a0y", "=1+1",
    "Safe\x1b[2J", "\x9b31m", "a\x00b", "Ann\nRESULT: ok", "score 1\rscore 9", "\u202e9", "\ufeffx",
    "12:30:", ":1:23:", "1:100:", "# 2", "a ##2", "&#2", "&amp;", "& lt;", "+", "+ ",
    "x #2 #", "#2",
    "\u2028", "\ud800", "🙂 日本 שלום", "Å", "it's “quoted” (1-2)",
)  # fmt: skip

PLAIN = "words"


def each_block_with(text: str) -> tuple[Block, ...]:
    return (
        Heading(1, text),
        Heading(2, text, role="alert"),
        Text(text),
        Text(text, role="strong"),
        Text(text, label=text),
        Text(text, label=text, role="strong"),
        Bullet(text),
        Bullet(text, mark="plus"),
        Bullet(text, mark="minus", label=text),
        Bullet(text, label=text),
        Text(text),
        SideBySide(text, text, (Row(text, text, text), Row(text, text, text))),
        Text(text),
    )


def shape(source: str) -> list[str]:
    """What a reader makes of it: every element, without the words and where they are broken."""
    found: list[str] = []
    for token in READER.parse(source):
        found += [t.type for t in flat(token) if t.type not in ("text", "text_special")]
    return found


def flat(token: Token) -> list[Token]:
    return [token, *(inner for child in token.children or () for inner in flat(child))]


def read_back(source: str) -> list[str]:
    """The words of each paragraph, heading and cell."""
    return [
        "".join(child.content for child in token.children or ())
        for token in READER.parse(source)
        if token.type == "inline"
    ]


def shown(text: str) -> str:
    return " ".join(clean(text).split())


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_changes_what_a_page_is_made_of(text: str) -> None:
    assert shape(markdown(each_block_with(text))) == shape(markdown(each_block_with(PLAIN)))


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_every_text_reads_back_as_it_was(text: str) -> None:
    said = shown(text)
    for label, block in (
        ("", Heading(1, text)),
        ("", Text(text)),
        ("", Text(text, role="strong")),
        ("Label: ", Text(text, label="Label")),
        ("", Bullet(text)),
        ("Against: ", Bullet(text, mark="minus")),
    ):
        assert read_back(markdown([block])) == [label + said]
    table = markdown([SideBySide(text, "right", (Row("title", text, text),))])
    assert read_back(table) == ["Compared", said, "right", "title", said, said]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_becomes_a_link_even_where_bare_addresses_do(text: str) -> None:
    written = markdown(each_block_with(text))
    assert not re.search(r"(?<!\\)://", written)
    assert "www." not in written
    assert " a@b" not in written
    html = READER.render(written)
    for tag in ("<a ", "<img", "<script", "<b>", "<code", "<!--"):
        assert tag not in html


@pytest.mark.parametrize(
    "text",
    ["14:30", "at 9:15, then 14:05", "2026-11-28 14:22 +00:00", "(555) 010-0142 ext. 3",
     "+1 555-0142", "12 Elm Street, flat #2", "Main St & 5th Ave.", "Smith & Sons; P.O. Box 7"],
)  # fmt: skip
def test_a_time_a_number_and_an_address_stay_as_people_write_them(text: str) -> None:
    assert markdown([Text(text)]) == f"{text}\n"
    assert markdown([Bullet(text, label="Number")]) == f"- **Number:** {text}\n"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_control_or_hidden_character_is_left(text: str) -> None:
    written = markdown(each_block_with(text))
    assert clean(written, keep_newlines=True) == written


@given(st.text(st.sampled_from("\\`*_[]()<>&|~#-+=.!:1, \n\tab"), min_size=1, max_size=12))
def test_whatever_the_marks_a_text_stays_a_text(text: str) -> None:
    said = shown(text)
    if said:
        for block in (Heading(1, text), Text(text), Bullet(text), Text(text, role="strong")):
            assert read_back(markdown([block])) == [said]
        cells = read_back(markdown([SideBySide(text, "r", (Row(text, text, text),))]))
        assert cells == ["Compared", said, "r", said, said, said]


def test_an_ordinary_sentence_is_written_as_it_is() -> None:
    sentence = "You said “I can't cut down.” — That counts, at 9 to 19 hours (a week)!"
    assert escaped(sentence) == sentence
    assert escaped("Go early. [2, 25]") == "Go early. [2, 25]"


def test_for_and_against_are_words() -> None:
    blocks = [Heading(2, "Why"), Bullet("A job.", mark="plus"), Bullet("No bus.", mark="minus")]
    assert markdown(blocks) == "## Why\n\n- **For:** A job.\n- **Against:** No bus.\n"


def test_a_title_stands_above_all_other_headings() -> None:
    blocks = [Heading(1, "Why"), Heading(2, "So"), Text("Because.")]
    assert markdown(blocks, title="Paths") == "# Paths\n\n## Why\n\n### So\n\nBecause.\n"


def test_two_lists_stay_two_lists_and_an_empty_text_leaves_no_gap() -> None:
    assert markdown([Bullet("a"), Bullet("b"), Text(""), Text("x"), Bullet("c")]) == (
        "- a\n- b\n\nx\n\n- c\n"
    )
    assert markdown([]) == ""


def test_a_comparison_is_a_table() -> None:
    table = SideBySide("One", "Two", (Row("Cost", "a | b", "none"),))
    assert markdown([table]) == (
        "| Compared | One | Two |\n| --- | --- | --- |\n| Cost | a \\| b | none |\n"
    )


def test_a_whole_result_holds_every_word_of_the_page(rules: RuleSet) -> None:
    blocks = page(rules, decide(rules, {"home": "none", "substances": ["alcohol"]}))
    said = " ".join(read_back(markdown(blocks)))
    for block in blocks:
        assert not isinstance(block, SideBySide)
        assert shown(block.text) in said
