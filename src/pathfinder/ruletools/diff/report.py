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
from pathfinder.pages.phrases import PlainNames, listed, names_of
from pathfinder.ruletools.diff.change_words import (
    by_level,
    changed_lines,
    kind_words,
    kinds_words,
    why,
)
from pathfinder.ruletools.diff.population import (
    COMES_AND_GOES,
    DIRECTIONS,
    LESS_CARE,
    LOSES,
    PARTS,
)
from pathfinder.ruletools.diff.promises import LOOKED_AT, OF_BEFORE, SILENT, case_lines
from pathfinder.ruletools.diff.review import MOST_WORKED, ChangeKind, Review, cases_changed, worked
from pathfinder.ruletools.diff.witnesses import (
    TITLES,
    ShownPeople,
    person_blocks,
    whose_words,
)

WAYS: Final[Mapping[str, str]] = {
    "less_care": "Less care",
    "more_care": "More care",
    "alert": "An alert lost",
    "first_step": "A first step lost",
    "safe_path": "A safe path fewer",
}
URGENT: Final = (
    "first_path", "safe_level", "alerts", "first", "paths", "hold", "supports", "moves",
)  # fmt: skip
"""The parts whose changes stand on the short page, whatever else changes."""
LEAST_GROUPS: Final = 3
"""So many groups of changes stand on the short page, if there are so many."""
_OF_CASES: Final = 2
IN_A_GROUP: Final = 3

SAME: Final = "The rules that decide are the same. So no set of answers can come out otherwise."
NOBODY: Final = "Nobody gets anything else: both rule sets come to the same for all answers."
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
KEPT: Final = "Worded as before"
_OF_A_WAY: Final = 2
"""So many kinds of less or more care are named on the short page."""
_SIGNED_SHA: Final = 32
_LINE: Final = "_" * 26


def blocks(review: Review, *, full: bool = False) -> tuple[Block, ...]:
    """The whole page: the short one, or in full."""
    groups = _groups(review.kinds)
    ways = {way: [group for group in groups if _is(group, way)] for way in DIRECTIONS}
    told = [group for some in ways.values() for group in some]
    shown = groups if full else _on_the_short_page(groups)
    others = [group for group in shown if group not in told]
    left = [group for group in groups if group not in told and group not in others]
    wanted = [
        kind for group in (*told, *others) for kind in (group[1] if full else _with_a_person(group))
    ]
    people = ShownPeople(review.difference, worked(review, wanted[:MOST_WORKED]), full)
    return (
        Heading(1, "What the change does to people"),
        *_direction(review, ways, people),
        *_left(left),
        *_promises(review),
        *_what_was_changed(review, full),
        *_in_cases(review, full),
        *_what_else(review, others, people),
        *(_in_full(review, people) if full else ()),
        *_to_sign(review),
    )


# --- direction ----------------------------------------------------------------------


def _direction(
    review: Review, ways: Mapping[str, Sequence[Group]], people: ShownPeople
) -> Iterator[Block]:
    difference = review.difference
    yield Heading(2, "Who gets less, and who gets more")
    counted = difference.counted
    if counted is None:
        yield Text(SAME if difference.same_rules else NOBODY)
        return
    tallies = [difference.tally, *(each.tally for each in review.real)]
    if not any(tally.any for tally in tallies):
        yield Bullet(_looked_at(review, people.full), label="Counted")
        yield Text(NONE_DRAWN if counted.seed is not None else NOBODY)
        return
    nobody = []
    yield Bullet(_looked_at(review, people.full), label="Counted")
    for way in DIRECTIONS:
        numbers = [tally.directions[way] for tally in tallies]
        if not any(numbers):
            nobody.append(WAYS[way][0].lower() + WAYS[way][1:])
            continue
        text = [f"{_counts(review, numbers)}."]
        for group in ways[way]:
            words = _group(review, group, people, most=_OF_A_WAY, alone=numbers[0])
            text.append(f"{TITLES[group[0][0]]}: {words}" if group[0][1] else words)
        if way == LOSES["paths"]:
            text.append("Everybody keeps one.")
        yield Bullet(" ".join(text), label=WAYS[way])
    if reason := why(difference, whole=people.full):
        yield Bullet(reason, label="Why")
    if nobody:
        yield Bullet(f"{', '.join(nobody)}.", label="Nobody was found with")
    yield from people.told()
    if people.full:
        yield Text(CARE)
        if counted.seed is not None:
            yield Text(DRAW)


def _is(group: Group, way: str) -> bool:
    """Whether these are changes in this direction."""
    (part, care, comes), _ = group
    if way in LOSES.values():
        return comes == "goes" and LOSES.get(part) == way
    return care == (-1 if way == LESS_CARE else 1)


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
    no_share = (
        " These are no patients: the shares are not theirs." if counted.seed is not None else ""
    )
    return f"{what}{real}.{no_share}"


# --- promises -------------------------------------------------------------------------


def _promises(review: Review) -> Iterator[Block]:
    promises = review.promises
    yield Heading(2, "Promises")
    if not promises.before and not promises.now:
        yield Text("Neither rule set makes any: there is no checks.yaml.")
        return
    for each in promises.broken:
        text = f"{each.says} {_share(each.sets, LOOKED_AT)} drawn break it."
        yield Bullet(f"{text} [{each.id}]", label="Broken by the rules now")
    silent = [each for each in promises.changed if each.fate == SILENT]
    for change in promises.changed:
        if change.fate != SILENT:
            fate = change.fate[0].upper() + change.fate[1:]
            yield Bullet(" ".join((f"{change.says} [{change.id}]", *change.details)), label=fate)
    if silent:
        names = listed(dict.fromkeys(name for each in silent for name in each.details))
        says = " ".join(f"“{each.says}”" for each in silent)
        lost = any(each.fate in OF_BEFORE[:2] for each in promises.changed)
        many = f"{len(silent)} cover" if len(silent) > 1 else "1 covers"
        label = f"{'' if lost else 'None is dropped, but '}{many} less: {names} is gone"
        yield Bullet(f"{says} The rest of them stands.", label=label)
    same = promises.before - sum(change.fate in OF_BEFORE for change in promises.changed)
    every = "All" if same == promises.before else f"{same} of"
    yield Bullet(f"{every} {promises.before}. Not proved here, but by rules verify.", label=KEPT)


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
    told = {each.id for each in review.cases if not each.otherwise}
    beside += [each for each in review.files if each != cases_changed(len(told))]
    if beside:
        yield Bullet(f"{'; '.join(beside)}.", label="Beside it")


# --- cases --------------------------------------------------------------------------------


def _in_cases(review: Review, full: bool) -> Iterator[Block]:
    names = PlainNames(review.difference.new, review.difference.old)
    lines = list(case_lines(review.cases, names, None if full else _OF_CASES))
    if lines:
        yield Heading(2, "People written down in cases")
    yield from (Bullet(text, label=label) for label, text in lines)


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
    (part, _, comes), kinds = group
    if part in LOSES and comes == "goes":
        return kinds[: 1 if part == "paths" else _OF_A_WAY]
    return kinds[: IN_A_GROUP if part in COMES_AND_GOES else 1]


def _what_else(review: Review, groups: Sequence[Group], people: ShownPeople) -> Iterator[Block]:
    if groups:
        yield Heading(2, "What else changes for people")
    for group in groups:
        yield Bullet(_group(review, group, people), label=TITLES[group[0][0]])
    yield from people.told()


def _left(groups: Sequence[Group]) -> Iterator[Block]:
    """What the short page doesn't tell."""
    parts = list(dict.fromkeys(TITLES[group[0][0]] for group in groups))
    if parts:
        what = parts[0][0].lower() + parts[0][1:]
        some = f"{len(parts)} more parts of the result" if len(parts) > 1 else what
        yield Bullet(f"{some}. See --full.", label="Also otherwise")


def _group(
    review: Review,
    group: Group,
    people: ShownPeople,
    *,
    most: int = IN_A_GROUP,
    alone: int | None = None,
) -> str:
    """Kinds of one group in words; one that is `alone` all that was counted needs no number."""
    (part, _, _), kinds = group
    shown = kinds
    if alone is not None and part == "first_path" and not people.full:
        shown = by_level(review.difference, kinds)
    named = shown if people.full else shown[:most]
    titles = [each.title for each in review.real]
    if len(shown) == 1 and shown[0].drawn == alone:
        named, titles = [shown[0]._replace(drawn=-1)], []
    if alone is not None and part in LOSES:  # that it goes is said before
        lost = "; ".join(kind_words(review.difference, each, titles, goes="") for each in named)
        words = f"Gone for them: {lost}"
    else:
        words = "; ".join(kinds_words(review.difference, named, titles))
    more = f"; {len(shown) - len(named)} more" if len(shown) > len(named) else ""
    return f"{words}{more}.{people.of([each.row for each in _with_a_person(group)])}"


# --- in full ------------------------------------------------------------------------------


def _in_full(review: Review, people: ShownPeople) -> Iterator[Block]:
    difference = review.difference
    tallies = [difference.tally, *(each.tally for each in review.real)]
    if any(tally.any for tally in tallies):
        yield Heading(2, "How many come out otherwise")
        for part in PARTS:
            numbers = [tally.touched[part] for tally in tallies]
            yield Bullet(_counts(review, numbers), label=TITLES[part])
        yield Bullet(_counts(review, [tally.any for tally in tallies]), label="Any of these")
    for number, (person, whose) in enumerate(people.once.values(), start=1):
        yield Heading(2, f"Person {number}" + (f", {whose_words(whose)}" if whose else ""))
        yield from person_blocks(difference, person)
    kinds = sum(len(tally.rows) for tally in tallies[:1])
    if kinds > MOST_WORKED:
        yield Text(f"Of {kinds:,} kinds of change, the first {MOST_WORKED} have a person here.")


# --- to sign ------------------------------------------------------------------------------


def _to_sign(review: Review) -> Iterator[Block]:
    old, new = review.difference.old, review.difference.new
    yield Heading(2, "To sign")
    yield Bullet(_named(old), label="Before")
    yield Bullet(_named(new), label="Now")
    if review.promises.sha256:
        yield Bullet(review.promises.sha256[:_SIGNED_SHA], label="Promises now")
    yield Bullet(f"{_LINE}, on {_LINE[:14]}", label="Read and agreed by")


def _named(rules: RuleSet) -> str:
    return f"{rules.id} {rules.version}, {rules.sha256[:_SIGNED_SHA]}"
