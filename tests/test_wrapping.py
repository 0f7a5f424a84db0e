"""Cells, not letters: no line is wider than its window, and no letter or mark is lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.ask.menu_layout import Menu, draw
from pathfinder.ask.terminal import Lines, Size
from pathfinder.ask.terminal import wrap as wrap_in_a_menu
from pathfinder.pages.blocks import Text
from pathfinder.render.layout import plain_text
from pathfinder.terminal import cells, wrap

JAPANESE = "今いる場所で、安心して眠ることができますか。それとも「安全ではない」と感じますか。"
FAMILY = "👩\u200d👩\u200d👧"
ACCENT = "e\u0301"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("home", 4),
        ("日本", 4),
        ("ｱｲ", 2),
        (ACCENT, 1),
        ("\u200b", 0),
        ("❤\ufe0f", 2),
        (FAMILY, 6),
        ("한국", 4),
        ("\uff12", 2),
    ],
)
def test_a_text_takes_as_many_columns_as_the_widest_terminal_gives_it(
    text: str, width: int
) -> None:
    assert cells(text) == width


@pytest.mark.parametrize("width", [10, 20, 39, 40, 72])
def test_japanese_is_broken_between_letters_and_fills_its_lines(width: int) -> None:
    lines = wrap(JAPANESE, width)
    assert "".join(lines) == JAPANESE
    assert all(width - 6 <= cells(line) <= width for line in lines[:-1])
    assert not any(line[0] in "、。」" or line[-1] == "「" for line in lines)


def test_what_is_joined_or_stands_on_a_letter_is_never_torn_off() -> None:
    for lines in (wrap(FAMILY * 4, 8, whole=False), wrap((ACCENT * 9), 4, whole=False)):
        assert all(not line.startswith(("\u200d", "\u0301")) for line in lines)
        assert not any(line.endswith("\u200d") for line in lines)


WORDS = st.lists(
    st.sampled_from(["a", "z", "9", "é", "日", "本", "、", "「", "」", ACCENT, "👩", FAMILY,
                     "한", "ｱ", "❤\ufe0f", "-", "/"]),
    min_size=1, max_size=30,
).map("".join)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(TEXTS, st.integers(12, 72))
def test_no_line_of_a_question_is_wider_than_its_window_and_nothing_is_lost(
    text: str, width: int
) -> None:
    lines = wrap_in_a_menu(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(TEXTS, st.integers(20, 72))
def test_no_line_of_a_result_loses_a_letter(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= width for line in lines if " " in line)


LABELS = ("安全な場所に住んでいて、家族も助けてくれます。" * 2, "よくわからない", "Home " + FAMILY)


@pytest.mark.parametrize("size", [Size(40, 12), Size(30, 12), Size(80, 24)])
def test_a_menu_in_japanese_is_seen_whole_under_the_cursor(size: Size) -> None:
    menu = Menu("質問 1 / 3", ("今いる場所は安全ですか。",), (), LABELS, None, ("Enter.",))
    for pointed, label in enumerate(LABELS):
        rows = draw(menu, size, pointed).rows
        assert all(cells(row.text) <= size.columns for row in rows)
        bold = "".join(row.text.strip(" >") for row in rows[1:-1] if row.bold)
        assert label.replace(" ", "") in bold.replace(" ", "")


def test_a_question_in_plain_lines_and_a_result_break_at_the_same_cells() -> None:
    said = io.StringIO()
    Lines(None, said, typed=True).say(JAPANESE * 3)
    shown = plain_text([Text(JAPANESE * 3)], 72)
    for text in (said.getvalue(), shown):
        assert max(map(cells, text.splitlines())) in range(64, 73)
