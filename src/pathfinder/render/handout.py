"""The handout: the result as a page to take home, in HTML and in Markdown.

Why this module exists: a person reads it later, on a phone or on paper, without
Pathfinder. Both forms are drawn from one account of what is said (`pages/handout.py`).

It must not take a note, a name or a code: there is no way in for them, so none gets out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Heading, Text
from pathfinder.pages.handout import Handout, Ticks, blocks, handout, opened
from pathfinder.pages.sheet import NO_OPENING, Boxes, Opening
from pathfinder.render.markdown import markdown

if TYPE_CHECKING:
    from pathfinder.programs.matching import NamedPrograms


def handout_html(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None = None,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The handout as one HTML file that loads nothing. `date` is printed as it is given.

    With `explained`, it also says how firm the first place is and what would change it.
    """
    # jinja2 takes longer to import than most commands take to run.
    from pathfinder.render.html import html

    return html(_opened(handout(rules, decision, date, explained, found), opening))


def handout_md(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None = None,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The handout in Markdown, with the same facts in the same order."""
    from pathfinder.pages import handout_messages

    page = _opened(handout(rules, decision, date, explained, found), opening)
    return f"{markdown(blocks(page), title=page.title)}\n{handout_messages.KEEP_SAFE}\n"


def sheet_html(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None,
    discreet: bool = False,
    large: bool = False,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The handout on one sheet, as one HTML file that loads nothing."""
    from pathfinder.pages.sheet import sheet
    from pathfinder.render import html

    page = sheet(
        rules,
        decision,
        date,
        explained,
        discreet=discreet,
        large=large,
        found=found,
        opening=opening,
    )
    return html.sheet_html(page)


def sheet_md(
    rules: RuleSet,
    decision: Decision,
    *,
    date: str,
    explained: Explanation | None,
    discreet: bool = False,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> str:
    """The sheet in Markdown, with the same facts in the same order."""
    from pathfinder.pages import handout_messages
    from pathfinder.pages.sheet import as_blocks, sheet

    page = sheet(rules, decision, date, explained, discreet=discreet, found=found, opening=opening)
    return f"{markdown(as_blocks(page), title=page.title)}\n{handout_messages.KEEP_SAFE}\n"


def _opened(page: Handout, opening: Opening) -> Handout:
    """The whole handout knows boxes to tick by another name."""
    pieces = [Ticks(p.entries) if isinstance(p, Boxes) else p for p in opening.pieces]
    notice = [Text(line) for line in opening.notice.split("\n") if line.strip()]
    kept = [p for p in pieces if isinstance(p, Heading | Text | Ticks)]
    found = opened(page, kept)
    return found._replace(pieces=(*found.pieces, *notice))
