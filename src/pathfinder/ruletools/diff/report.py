"""What `rules diff` says: direction, promises, what was changed, for whom, and where to sign.

Why this module exists: one page for the screen and for Markdown, short enough to be read to
its end by whoever signs it. In full it also shows every kind of change and each worked person.
Whoever reads it must see at once how much was looked at, and what that can't tell.

It must not count anything, or print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import names_of
from pathfinder.ruletools.diff.change_words import changed_lines
from pathfinder.ruletools.diff.compare import Difference
from pathfinder.ruletools.diff.population import COMES_AND_GOES, DIRECTIONS, PARTS
from pathfinder.ruletools.diff.promises import LOOKED_AT, OF_BEFORE
from pathfinder.ruletools.diff.review import MOST_WORKED, ChangeKind, Review, worked
from pathfinder.ruletools.diff.witnesses import (
    TITLES,
    Kind,
    Worked,
    in_short,
    kind_of,
    name_in,
    person_blocks,
)

WAYS: Final[Mapping[str, str]] = {
    "less_care": "Less care",
    "more_care": "More care",
    "alert": "An alert less",
    "first_step": "A first step less",
    "safe_path": "A safe path less",
}
URGENT: Final = (
    "first_path", "safe_level", "alerts", "first", "paths", "hold", "supports", "moves",
)  # fmt: skip
"""The parts whose changes stand on the short page, whatever else changes."""
LEAST_GROUPS: Final = 3
"""So many groups of changes stand on the short page, if there are so many."""
IN_A_GROUP: Final = 3
"""Of a group, so many kinds are named on the short page."""

SAME: Final = "The rules that decide are the same. So no set of answers can come out otherwise."
NOBODY: Final = (
    "Nobody gets anything else: for each set of answers, both rule sets come to the same."
)
NONE_DRAWN: Final = (
    "No difference was found in them. That is no proof that there is none: the change may be"
    " felt by answer sets that weren't drawn."
)
DRAW: Final = (
    "Each answer of a question is as likely as the next, “not sure” and “prefer not to say”"
    " included. Where several answers fit, each is chosen with a chance of one in four. So the"
    " shares are shares of drawn answer sets, not of people."
)
CARE: Final = (
    "Less care is a first path of a lower level, or a lower safe level. More care is a higher one"
    " of these, and none lower."
)
KEPT: Final = "Asked for as before"
_SHORT_SHA: Final = 12
_SIGNED_SHA: Final = 32
_LINE: Final = "_" * 26


def blocks(review: Review, *, full: bool = False) -> tuple[Block, ...]:
    """The whole page: the short one, or in full."""
    groups = _groups(review.kinds)
    shown = groups if full else _on_the_short_page(groups)
    wanted = [kind for group in shown for kind in (group[1] if full else _with_a_person(group))]
    people = worked(review, wanted[:MOST_WORKED])
    order = {key: place for place, key in enumerate(_each_once(people), start=1)}
    difference = review.difference
    return (
        Heading(1, "What the change does to people"),
        Text(f"{_named(difference.old)}.", label="Before"),
        Text(f"{_named(difference.new)}.", label="Now"),
        *_direction(review, full),
        *_promises(review),
        *_what_was_changed(review, full),
        *_for_whom(review, shown, len(groups) - len(shown), people, order, full),
        *(_in_full(review, people) if full else ()),
        *_to_sign(review),
    )


# --- direction ----------------------------------------------------------------------


def _direction(review: Review, full: bool) -> Iterator[Block]:
    difference = review.difference
    yield Heading(2, "Who gets less, and who gets more")
    counted = difference.counted
    if counted is None:
        yield Text(SAME if difference.same_rules else NOBODY)
        return
    tallies = [difference.tally, *(each.tally for each in review.real)]
    if not any(tally.any for tally in tallies):
        yield Bullet(_looked_at(review, full), label="Counted")
        yield Text(NONE_DRAWN if counted.seed is not None else NOBODY)
        return
    nobody = []
    for way in DIRECTIONS:
        numbers = [tally.directions[way] for tally in tallies]
        if any(numbers):
            yield Bullet(_counts(review, numbers), label=WAYS[way])
        else:
            nobody.append(WAYS[way][0].lower() + WAYS[way][1:])
    if nobody:
        yield Bullet(f"{', '.join(nobody)}.", label="Nobody was found with")
    drawn = counted.seed is not None
    yield Bullet(_looked_at(review, full), label="Counted")
    if full:
        yield Text(CARE)
        if drawn:
            yield Text(DRAW)


def _counts(review: Review, numbers: Sequence[int]) -> str:
    """A number for each crowd: those drawn first, then real people."""
    tallies = [review.difference.tally, *(each.tally for each in review.real)]
    shares = [_share(n, t.sets) for n, t in zip(numbers, tallies, strict=True)]
    titles = ["", *(f"{each.title}: " for each in review.real)]
    return "; ".join(f"{title}{share}" for share, title in zip(shares, titles, strict=True))


def _share(number: int, of: int) -> str:
    if not number or of < 1000:
        return f"{number:,} of {of:,}"
    share = 100 * number / of
    return f"{number:,} of {of:,} ({'under 0.01' if share < 0.01 else f'{share:.2f}'} %)"


def _looked_at(review: Review, full: bool) -> str:
    """Who was counted, in a sentence or two."""
    counted = review.difference.counted
    assert counted is not None
    if counted.seed is None:
        names = ", ".join(names_of(review.difference.new, counted.questions)) or "none"
        what = (
            f"all {counted.sets:,} ways to answer the questions that the change hangs on: {names}"
        )
    else:
        whose = " of people in scope" if full and counted.in_scope_only else ""
        what = f"{counted.sets:,} answer sets{whose} drawn by chance (seed {counted.seed})"
    real = "".join(f"; {each.tally.sets:,} in {each.title}" for each in review.real)
    return f"{what}{real}."


# --- promises -------------------------------------------------------------------------


def _promises(review: Review) -> Iterator[Block]:
    promises = review.promises
    yield Heading(2, "Promises")
    if not promises.before and not promises.now:
        yield Text("Neither rule set makes any: there is no checks.yaml.")
        return
    for each in promises.broken:
        text = f"{each.says} {_share(each.sets, LOOKED_AT)} drawn break it."
        yield Bullet(text, label=f"Broken by the rules now, {each.id}")
    for change in promises.changed:
        fate = change.fate[0].upper() + change.fate[1:]
        yield Bullet(" ".join((change.says, *change.details)), label=f"{fate}, {change.id}")
    same = promises.before - sum(change.fate in OF_BEFORE for change in promises.changed)
    every = "All" if same == promises.before else f"{same} of"
    yield Bullet(f"{every} {promises.before}. To prove them: rules verify.", label=KEPT)


# --- what was changed -------------------------------------------------------------------


def _what_was_changed(review: Review, full: bool) -> Iterator[Block]:
    yield Heading(2, "What was changed")
    if not review.changes and not review.files:
        yield Text("Nothing in the rules.")
    lines = [line for change in review.changes for line in changed_lines(change, whole=full)]
    for label, text in lines:
        if label:
            yield Bullet(text, label=label)
    beside = [text for label, text in lines if not label]
    beside += review.files
    if beside:
        yield Bullet(f"{'; '.join(beside)}.", label="Beside it")


# --- for whom -----------------------------------------------------------------------------

Group = tuple[tuple[str, int, str], list[ChangeKind]]
"""Changes of one part in one direction: (part, care, "comes" or "goes")."""


def _groups(kinds: Sequence[ChangeKind]) -> list[Group]:
    def of(kind: ChangeKind) -> tuple[str, int, str]:
        row = kind.row
        way = "" if row.part not in COMES_AND_GOES else _way(row.old, row.new)
        return row.part, row.care, way

    order = {part: place for place, part in enumerate(PARTS)}
    ways = ("", "goes", "comes", "turns")
    told = sorted(kinds, key=lambda k: (order[of(k)[0]], of(k)[1], ways.index(of(k)[2]), -k.drawn))
    return [(name, list(group)) for name, group in groupby(told, key=of)]


def _way(old: str | None, new: str | None) -> str:
    return "comes" if old is None else "goes" if new is None else "turns"


def _on_the_short_page(groups: Sequence[Group]) -> list[Group]:
    urgent = [group for group in groups if group[0][0] in URGENT]
    beside = [group for group in groups if group[0][0] not in (*URGENT, "to_check")]
    return [*urgent, *beside[: max(0, LEAST_GROUPS - len(urgent))]]


def _with_a_person(group: Group) -> list[ChangeKind]:
    """The kinds that somebody is shown for on the short page: where one path makes way for
    several, one of them; of things that come or go, each that is named."""
    (part, _, _), kinds = group
    return kinds[: IN_A_GROUP if part in COMES_AND_GOES else 1]


def _for_whom(
    review: Review,
    shown: Sequence[Group],
    left: int,
    people: Mapping[Kind, tuple[Worked, str]],
    order: Mapping[int, int],
    full: bool,
) -> Iterator[Block]:
    if not review.kinds:
        return
    difference = review.difference
    yield Heading(2, "For whom")
    for (part, care, _), kinds in shown:
        named = kinds if full else kinds[:IN_A_GROUP]
        titles = [each.title for each in review.real]
        words = "; ".join(_kinds(difference, named, titles))
        more = f"; {len(kinds) - len(named)} more" if len(kinds) > len(named) else ""
        examples = [people[kind_of(each.row)] for each in named if kind_of(each.row) in people]
        numbers = sorted({order[id(person)] for person, _ in examples})
        one = f". Person {', '.join(map(str, numbers))}" if numbers and not full else ""
        direction = {-1: ", less care", 1: ", more care"}.get(care, "")
        yield Bullet(f"{words}{more}{one}.", label=f"{TITLES[part]}{direction}")
    if left:
        told_of = {group[0][0] for group in shown}
        parts = [part for part in PARTS if part not in told_of and difference.touched[part]]
        names = ", ".join(f"{TITLES[part][0].lower()}{TITLES[part][1:]}" for part in parts[:1])
        more = f", {len(parts) - 1} parts more" if len(parts) > 1 else ""
        yield Bullet(f"{names or 'other kinds'}{more}. See --full.", label="Also")
    if not full:
        for person, whose in _each_once(people).values():
            place = order[id(person)]
            who = f"Person {place}, {_whose(whose)}" if whose else f"Person {place}"
            yield Bullet(f"{in_short(difference, person)}.", label=who)


def _each_once(people: Mapping[Kind, tuple[Worked, str]]) -> dict[int, tuple[Worked, str]]:
    return {id(person): (person, whose) for person, whose in people.values()}


def _whose(whose: str) -> str:
    return whose if whose.startswith("line ") else f"case {whose}"


def _kinds(
    difference: Difference, kinds: Sequence[ChangeKind], real: Sequence[str]
) -> Iterator[str]:
    """The kinds of a group in words; what goes from one thing to several is told together."""
    together: dict[str | None, list[ChangeKind]] = {}
    for kind in kinds:
        together.setdefault(kind.row.old if kind.row.new else None, []).append(kind)
    for old, some in together.items():
        told = [_kind(difference, each, real) for each in some]
        start = name_in(difference.old, kinds[0].row.part, old) if old else ""
        yield f"from {start} to {', '.join(told)}" if start else "; ".join(told)


def _kind(difference: Difference, kind: ChangeKind, real: Sequence[str]) -> str:
    row = kind.row
    number = f"{kind.drawn:,}"
    for title, some in zip(real, kind.real, strict=True):
        number += f", {title}: {some:,}" if some else ""
    if row.part == "order":
        return f"another one than before ({number})"
    if row.new is None:
        return f"{name_in(difference.old, row.part, row.old or '')} goes ({number})"
    name = name_in(difference.new, row.part, row.new)
    return f"{name} ({number})" if row.old else f"{name} comes in ({number})"


# --- in full ------------------------------------------------------------------------------


def _in_full(review: Review, people: Mapping[Kind, tuple[Worked, str]]) -> Iterator[Block]:
    difference = review.difference
    tallies = [difference.tally, *(each.tally for each in review.real)]
    if any(tally.any for tally in tallies):
        yield Heading(2, "How many come out otherwise")
        for part in PARTS:
            numbers = [tally.touched[part] for tally in tallies]
            yield Bullet(_counts(review, numbers), label=TITLES[part])
        yield Bullet(_counts(review, [tally.any for tally in tallies]), label="Any of these")
    for number, (person, whose) in enumerate(_each_once(people).values(), start=1):
        yield Heading(2, f"Person {number}" + (f", {_whose(whose)}" if whose else ""))
        yield from person_blocks(difference, person)
    kinds = sum(len(tally.rows) for tally in tallies[:1])
    if kinds > MOST_WORKED:
        yield Text(f"Of {kinds:,} kinds of change, the first {MOST_WORKED} have a person here.")


# --- to sign ------------------------------------------------------------------------------


def _to_sign(review: Review) -> Iterator[Block]:
    old, new = review.difference.old, review.difference.new
    yield Heading(2, "To sign")
    yield Bullet(old.sha256[:_SIGNED_SHA], label="Rules before")
    yield Bullet(new.sha256[:_SIGNED_SHA], label="Rules now")
    if review.promises.sha256:
        yield Bullet(review.promises.sha256[:_SIGNED_SHA], label="Promises now")
    yield Bullet(f"{_LINE}, on {_LINE[:14]}", label="Read and agreed by")


def _named(rules: RuleSet) -> str:
    return f"{rules.id} {rules.version}, {rules.sha256[:_SHORT_SHA]}"
