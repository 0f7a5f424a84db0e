"""The views that need no answers: paths, comparison, sources, help lines."""

from __future__ import annotations

import re
import subprocess
import sys

from decisions_made_by_hand import RULES

from pathfinder.pages.views import all_help_lines, all_paths, all_sources, one_path, two_paths
from pathfinder.render.layout import RICH_MARKS, layout, plain_text


def test_the_list_of_paths_has_one_line_a_path_with_level_hours_and_the_name_to_type() -> None:
    lines = plain_text(all_paths(RULES), 100).splitlines()
    for path in RULES.paths:
        (line,) = (line for line in lines if f"({path.id})" in line)
        level = RULES.levels[RULES.level_rank[path.level]]
        assert path.name in line
        assert level.hours in line


def test_one_path_is_told_whole_also_what_is_for_some_people_only() -> None:
    text = " ".join(plain_text(one_path(RULES, "iop-one"), 72).split())
    path = RULES.path_by_id["iop-one"]
    for part in ("what", "week", "run_by", "length", "cost", "first_moves", "ask", "next"):
        for passage in getattr(path, part):
            assert passage.text in text, passage.text
    assert "bring your family. Only if it is safe for you to involve them. [1]" in text
    assert text.count("Only if it is safe") == 1
    assert "a bed for tonight. A result says this only where it fits the answers." in text
    assert "[3] A study." in text


def test_two_paths_are_told_row_by_row_where_columns_would_interleave() -> None:
    text = plain_text(two_paths(RULES, "iop-one", "talks"), 72)
    lines = [line.strip() for line in text.splitlines()]
    for id_, title in RULES.compare_rows:
        place = lines.index(title)
        word = {"philosophy": "ideas", "time": "hours"}[id_]
        assert lines[place + 1 : place + 3] == [
            f"IOP one: IOP one {word}",
            f"Weekly talks: Weekly talks {word}",
        ]


def test_a_wide_terminal_sets_two_paths_side_by_side() -> None:
    blocks = two_paths(RULES, "iop-one", "talks")
    wide, narrow = (
        [
            "".join(part.text for part in line)
            for line in layout(blocks, width, marks=RICH_MARKS, two_columns=True)
        ]
        for width in (72, 59)
    )
    assert any(re.search(r"IOP one ideas {3,}Weekly talks ideas", line) for line in wide)
    assert not any("IOP one ideas" in line and "Weekly talks" in line for line in narrow)
    column = next(line.index("Weekly talks ideas") for line in wide if "talks ideas" in line)
    assert (
        next(line.index("Weekly talks hours") for line in wide if "talks hours" in line) == column
    )


def test_every_source_has_its_number_its_address_and_its_interest() -> None:
    text = plain_text(all_sources(RULES), 72)
    for number, source in enumerate(RULES.sources, start=1):
        entry = text.split(f"[{number}] ")[1].split("\n\n")[0]
        for part in (source.title, source.publisher, source.year, source.address, source.interest):
            assert part in entry, source.id
    assert "F10: It is about one place only." in text


def test_the_help_lines_of_one_place_say_that_nobody_dialled_them() -> None:
    text = " ".join(plain_text(all_help_lines(RULES, "USA"), 72).split())
    assert "United States" in text
    for line in RULES.regions[0].lines:
        assert line.number in text
    assert text.count("Last seen on 2026-11-22 at") == 3
    assert "Nobody has dialled them." in text
    assert "nother country" not in text


def test_an_unknown_place_gets_the_general_advice() -> None:
    text = plain_text(all_help_lines(RULES, "atlantis"), 72)
    assert "Call your local emergency number." in text
    assert "911" not in text
    assert "Places we have numbers for: United States (us)." in text


def test_without_a_place_every_place_is_listed() -> None:
    text = plain_text(all_help_lines(RULES), 72)
    assert "United States" in text
    assert "Another country" in text


def test_the_views_start_without_what_decides_or_draws() -> None:
    code = (
        "import sys, pathfinder.render, pathfinder.pages.views;"
        "heavy = ('rich', 'pathfinder.engine.decide', 'json', 'yaml');"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
