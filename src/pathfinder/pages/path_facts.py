"""The good and the hard sides of a path, and what tends to happen to someone who waits.

Why this module exists: a person who chooses between paths should read both sides in equal
detail, wherever a path is shown. So every page takes them, and their order, from here.

It must not weigh them: what speaks for or against a path for this person are the reasons.
"""

from __future__ import annotations

from pathfinder.engine.conditions import View
from pathfinder.engine.evidence import Passage, told
from pathfinder.engine.ruleset import Path, RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading
from pathfinder.pages.phrases import Cites


def both_sides(path: Path) -> tuple[tuple[str, tuple[Passage, ...]], ...]:
    """Headings and passages: the good sides, the hard ones, and what it is like."""
    return (
        (messages.GOOD, path.good),
        (messages.HARD, path.hard),
        (messages.LIKE, path.like),
    )


def if_you_wait(rules: RuleSet, view: View, cite: Cites) -> list[Block]:
    """What tends to happen without help, as far as it is true of this person."""
    said = told(rules.texts.if_you_wait, view)
    lines = [Bullet(cite(passage.text, passage.grounds)) for passage in said]
    return [Heading(1, messages.IF_YOU_WAIT), *lines] if lines else []
