"""Pages that need no answers: the paths, two of them side by side, sources, help lines.

Why this module exists: a person may want to look before they answer anything, and
a counselor may want to show one path. The words are those of the result. Whoever chooses
between paths should read the good and the hard sides in equal detail, wherever a path is
shown: every page takes them, and their order, from here.

It must not import what decides (these pages start fast), or weigh the sides: what speaks for
or against a path for this person are the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathfinder.engine.question import Passage, told
from pathfinder.engine.ruleset import Path, Region, RuleSet, region_of
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.pages.phrases import (
    Cites,
    cited,
    help_lines,
    level_words,
    passages,
    sentence,
    unknown_place,
)

if TYPE_CHECKING:
    from pathfinder.engine.decision import Decision


def both_sides(path: Path) -> tuple[tuple[str, tuple[Passage, ...]], ...]:
    """Headings and passages: the good sides, the hard ones, and what it is like."""
    return (
        (messages.GOOD, path.good),
        (messages.HARD, path.hard),
        (messages.LIKE, path.like),
    )


def if_you_wait(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """What tends to happen without help, as far as it is true of this person. Nothing under an
    alert: who is in danger must not read of waiting."""
    if decision.alerts:
        return []
    said = told(rules.texts.if_you_wait, decision.view)
    first: list[Block] = []
    if said and decision.first:
        # What can't wait leaves room for what is known, and none for advice on it.
        said = tuple(passage for passage in said if passage.grounds.sources)
        first = [Bullet(messages.BOTH_NOW if decision.warnings else messages.FIRST_NOW)]
    lines: list[Block] = [
        *first,
        *(Bullet(cite(passage.text, passage.grounds)) for passage in said),
    ]
    return [Heading(1, messages.IF_YOU_WAIT), *lines] if lines else []


_ABOUT_OTHERS = ("danger", "answered")
"""A passage that waits for this question to be answered is about involving other people."""


def all_paths(rules: RuleSet) -> tuple[Block, ...]:
    """One line a path, lowest level of care first as in the rule set."""
    return (
        Heading(1, messages.PATHS),
        *(
            Bullet(f"{level_words(rules, path.level)} ({path.id})", label=path.name)
            for path in rules.paths
        ),
        Text(messages.PATHS_MORE),
    )


def one_path(rules: RuleSet, path: str) -> tuple[Block, ...]:
    """Everything about one path, also what is told only to some people."""
    found = rules.path_by_id[path]
    cite = Cites(rules)
    blocks: list[Block] = [
        Heading(1, found.name),
        Text(found.short),
        Text(f"{level_words(rules, found.level)}.", label=messages.LEVEL),
    ]
    for title, texts in (
        (messages.WHAT, found.what),
        *both_sides(found),
        (messages.WEEK, found.week),
        (messages.RUN_BY, found.run_by),
        (messages.LENGTH, found.length),
        (messages.COST, found.cost),
        (messages.MOVES, found.first_moves),
        (messages.ASK, found.ask),
        (messages.NEXT, found.next),
    ):
        blocks += passages(title, _marked(texts), cite)
    return (*blocks, *_sources(rules, cite))


def two_paths(rules: RuleSet, first: str, second: str) -> tuple[Block, ...]:
    """Two paths row by row."""
    cite = Cites(rules)
    left, right = rules.path_by_id[first], rules.path_by_id[second]
    mine = {row.id: row.text for row in left.compare}
    theirs = {row.id: row.text for row in right.compare}
    rows = tuple(
        Row(title, mine.get(id_, messages.NOT_STATED), theirs.get(id_, messages.NOT_STATED))
        for id_, title in rules.compare_rows
    )
    return (
        Heading(1, messages.compared(left.name, right.name)),
        SideBySide(left.name, right.name, rows),
        Text(cite(messages.ROWS_REST_ON, left.compare_grounds, right.compare_grounds)),
        *_sources(rules, cite),
    )


def all_sources(rules: RuleSet) -> tuple[Block, ...]:
    """Every source with its number, and what was left out on purpose."""
    evidence = rules.texts.evidence
    blocks: list[Block] = [Heading(1, messages.SOURCES_TITLE), Text(evidence.text)]
    for number, source in enumerate(rules.sources, start=1):
        blocks += [
            Heading(2, f"[{number}] {source.title}"),
            Text(f"{source.publisher}, {source.year}.", label=messages.PUBLISHER),
            Text(source.address, label=messages.ADDRESS),
            Text(f"{source.interest}.", label=messages.INTEREST),
        ]
    if rules.left_out:
        blocks.append(Heading(1, messages.LEFT_OUT))
        blocks += [Bullet(entry.because, label=entry.claim) for entry in rules.left_out]
    return tuple(blocks)


def all_help_lines(rules: RuleSet, region: str | None = None) -> tuple[Block, ...]:
    """The numbers of one place, or of every place. An unknown place gets the general advice."""
    title = Heading(1, messages.HELP_LINES)
    if region is None:
        return (title, *(b for place in (*rules.regions, rules.elsewhere) for b in _place(place)))
    found = region_of(rules, region)
    if found is not rules.elsewhere:
        return (title, *_place(found))
    return (title, *help_lines(found.lines), *unknown_place(rules))


def _place(place: Region) -> list[Block]:
    return [Heading(2, sentence(place.name).rstrip(".")), *help_lines(place.lines)]


def _marked(texts: Iterable[Passage]) -> list[Passage]:
    """Passages for some people say so: here nobody's answers are known."""
    return [
        text if text.when is None else text._replace(text=f"{text.text} {_for_whom(text)}")
        for text in texts
    ]


def _for_whom(passage: Passage) -> str:
    leaves = passage.when.leaves() if passage.when else ()
    about_others = any((leaf.question, leaf.op) == _ABOUT_OTHERS for leaf in leaves)
    return messages.IF_SAFE if about_others else messages.FOR_SOME


def _sources(rules: RuleSet, cite: Cites) -> list[Block]:
    return [
        Heading(1, messages.SOURCES),
        Text(messages.NUMBERS),
        *cited(rules, cite),
        Text(messages.NO_GAIN_NAMED),
    ]
