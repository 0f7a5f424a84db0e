"""The pictures of the README are what the program draws, and their text stands beside them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Tree

import pytest
from pictures import FOLDER, PICTURES, ROOT, question_lines, svg

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_the_program_draws_now(name: str) -> None:
    kept = (FOLDER / name).read_text(encoding="utf-8")
    assert kept == svg(name), "make it anew: python tests/pictures.py"


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_loads_nothing_and_says_what_it_shows(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert Tree.fromstring(text).get("aria-label") == PICTURES[name][1]
    assert not re.search(r"url\(http|href=|@font-face|@import", text)


@pytest.mark.parametrize("name", PICTURES)
def test_the_readme_shows_each_picture_with_words_for_those_who_can_not_see_it(name: str) -> None:
    (alt,) = re.findall(rf"!\[(.+)\]\(docs/pictures/{re.escape(name)}\)", README)
    assert len(alt) > 20


def test_the_text_beside_the_picture_of_a_question_has_its_words() -> None:
    """A reader who can't see the picture was once told of answers that were gone."""
    drawn_lines = ("".join(part for _, part in line).rstrip() for line in question_lines())
    lines = [re.sub(r"^[█░]+ +", "", line) for line in drawn_lines]  # a bar has no words
    drawn = "\n".join(line for line in lines if not re.fullmatch(r"[^\w]*", line))
    block = README.partition("docs/pictures/question.svg)\n\n```\n")[2].partition("```")[0]
    assert "\n".join(line for line in block.splitlines() if line) == drawn
