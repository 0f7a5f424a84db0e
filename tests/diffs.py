"""What `rules diff` says of two rule sets in memory, without promises and without cases."""

from __future__ import annotations

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
