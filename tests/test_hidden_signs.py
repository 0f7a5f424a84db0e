"""What looks right in a file and isn't: each is named with its code point and place."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from pathfinder.errors import Problem, RulesError
from pathfinder.loader.load import load_rules
from pathfinder.loader.syntax.json import read_json

HOME = "factors/home.yaml"

SIGNS = {
    "a no-break space in a name": ("first: safe-place", "first: safe-place\u00a0", 12, "U+00A0"),
    "a letter of another script": ("first: safe", "first: s\u0430fe", 12, "letter 2 is U+0430"),
    "such a letter in a key": ("    first: safe", "    f\u0456rst: safe", 12, "U+0456"),
    "such a letter in an answer": ("{at_most: unsafe}", "{at_most: uns\u0430fe}", 11, "U+0430"),
    "such a letter in an id": ("id: no-safe-home", "id: no-s\u0430fe-home", 10, "U+0430"),
    "a dash for a list": ("  - id: no-safe", "  \u2013 id: no-safe", 11, "U+2013 (en dash)"),
    "a wide colon": ("first: safe", "first\uff1a safe", 13, "column 10 stands U+FF1A"),
    "a wide blank": ("first: safe", "first:\u3000safe", 13, "column 11 stands U+3000"),
    "a blank after a key": ("when: {home: {at", "when:\u00a0{home: {at", 11, "U+00A0 (no-break"),
    "a blank before a key": ("    when: {home: {at", "\u00a0   when: {home: {at", 11, "U+00A0"),
    "a letter of no width": ("first: safe", "first: sa\u200bfe", 12, "U+200B"),
    "a mark of a merge": ("first:\n", "first:\n<<<<<<< HEAD\n", 10, 'the mark "<<<<<<<"'),
    "the end of a merge": ("first:\n", ">>>>>>> theirs\nfirst:\n", 9, 'the mark ">>>>>>>"'),
}  # fmt: skip


@pytest.mark.parametrize("what", SIGNS)
def test_a_sign_that_only_looks_right_is_named_where_it_stands(tmp_path: Path, what: str) -> None:
    old, new, line, said = SIGNS[what]
    folder = tiny.write(tmp_path / "rules")
    tiny.change(folder, HOME, old, new)
    with pytest.raises(RulesError) as raised:
        load_rules(folder)
    told = [problem for problem in raised.value.problems if said in problem.message]
    assert told, [str(problem) for problem in raised.value.problems]
    assert told[0].line == line


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("{\u201chome\u201d: 1}", 2, "U+201C (left double quotation mark)"),
        ('{"home":\u00a0"none"}', 9, "U+00A0 (no-break space)"),
        ('{"home": "none"\uff0c "severity": "mild"}', 16, "U+FF0C (fullwidth comma)"),
    ],
)
def test_in_json_too_what_stands_where_reading_ended_is_named(
    text: str, column: int, said: str
) -> None:
    problems: list[Problem] = []
    assert read_json(text, "answers.json", problems) is None
    (problem,) = problems
    assert (problem.line, problem.column) == (1, column)
    assert problem.message.endswith(f"; here stands {said}")


def test_line_ends_of_old_macs_are_one_finding_and_the_file_is_read(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "rules")
    file = folder / HOME
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r"))
    with pytest.raises(RulesError) as raised:
        load_rules(folder)
    (problem,) = raised.value.problems
    assert (problem.line, problem.code) == (1, "hidden-character")
    assert "U+000D" in problem.message


def test_a_row_of_signs_in_a_text_is_no_merge(tmp_path: Path) -> None:
    """Someone may underline a heading."""
    folder = tiny.write(tmp_path / "rules")
    with (folder / HOME).open("a", encoding="utf-8") as file:
        file.write("# Notes\n#======\n")
    (folder / "notes.md").write_text("A title\n=======\n", encoding="utf-8")
    load_rules(folder)


def test_a_text_may_hold_every_sign_of_its_language(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "rules")
    said = "Tu as besoin\u00a0: d\u2019un \u00ab\u00a0toit\u00a0\u00bb\u2009\u2013 vite."
    tiny.change(folder, HOME, "You need a safe place.", f'"{said}"')
    load_rules(folder)


def test_a_sign_inside_a_text_is_not_blamed_for_a_slip_beside_it(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "rules")
    tiny.change(folder, HOME, "You need a safe place.", "Soon \u2013 and safe: a place.")
    with pytest.raises(RulesError) as raised:
        load_rules(folder)
    (problem,) = raised.value.problems
    assert 'found ": " where none can stand' in problem.message
    assert "U+2013" not in problem.message
