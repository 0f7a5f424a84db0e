"""What `rules diff` says of two rule sets in memory, and a real change to try it on."""

from __future__ import annotations

import re
from pathlib import Path

from pathfinder.render.layout import plain_text
from pathfinder.ruletools.diff.before_after import before_and_after
from pathfinder.ruletools.diff.compare import Difference
from pathfinder.ruletools.diff.report import blocks
from pathfinder.ruletools.diff.review import PromisesTold, Review, kinds_of


def reviewed(difference: Difference) -> Review:
    changes = before_and_after(difference.old, difference.new)
    kinds = tuple(kinds_of(difference.tally, []))
    return Review(difference, changes, (), PromisesTold(0, 0, (), ""), (), kinds)


def told(difference: Difference, *, full: bool = True) -> str:
    """The page, as wide as can be, so that no sentence is broken."""
    return plain_text(blocks(reviewed(difference), full=full), 2000)


def without_day_program(folder: Path) -> None:
    """Our state has no day program: the path is gone from every file of the rules that names it,
    and cases ask for the next level up."""
    files = [folder / "paths.yaml", folder / "checks.yaml"]
    for file in (*files, *(folder / "factors").glob("*.yaml"), *(folder / "cases").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        entry = r"  - id: (hours-for-)?day-treatment\n(?:(?!  - id: |\S).*\n)*"
        argument = r" +- \{?paths: (\[day-treatment\]|\{level: day\}).*\n(?: {12,}(?!- ).*\n)*"
        in_a_list = r"day(-treatment)?, (?=[a-z-]+[,\]])|, day(-treatment)?(?=\])"
        for gone in (entry, argument, r" +(against|for):\n(?! +- )", in_a_list):
            text = re.sub(gone, "", text)
        text = text.replace("first_path: day-treatment", "first_path: residential")
        file.write_text(text, encoding="utf-8")
