"""What `rules diff` says: direction, promises, what was changed, for whom, and where to sign.

Why this module exists: one page for the screen and for Markdown, short enough to be read to
its end by whoever signs it. In full it also shows every kind of change and each worked person.
Whoever reads it must see at once how much was looked at, and what that can't tell.

It must not count anything, or print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import names_of
from pathfinder.pages.plain_names import PlainNames
from pathfinder.ruletools.cases.report import case_lines, file_lines
from pathfinder.ruletools.diff.change_words import (
    Group,
    by_level,
    changed_lines,
    groups_of,
    kind_words,
    kinds_words,
    never_hidden,
    why,
)
from pathfinder.ruletools.diff.changed_rules import TEXTS, bears_on_safety
from pathfinder.ruletools.diff.outcomes import NONE_LEFT
from pathfinder.ruletools.diff.population import (
    BEGIN,
    BEGINS_LESS,
    BELOW,
    COMES_AND_GOES,
    DIRECTIONS,
    LESS_CARE,
    LOSES,
    MORE_BUT_LESS,
    MORE_CARE,
    PARTS,
    STILL_SAFE,
    Tally,
)
from pathfinder.ruletools.diff.promises import LOOKED_AT, promise_lines, share
from pathfinder.ruletools.diff.review import (
    MOST_WORKED,
    ChangeKind,
    Review,
    cases_changed,
    worked,
)
from pathfinder.ruletools.diff.witnesses import (
    TITLES,
    ShownPeople,
    person_blocks,
    whose_words,
)

WAYS: Final[Mapping[str, str]] = {
    "less_care": "Less care",
    "begins_less": "Can only begin with less",
    "more_care": "More care",
    "alert": "An alert lost",
    "first_step": "A first step lost",
    "safe_path": "A safe path fewer",
}
URGENT: Final = (
    "first_path", "safe_level", "alerts", "first", "paths", "hold", "supports", "moves",
)  # fmt: skip
"""The parts whose changes stand on the short page, whatever else changes."""
LEAST_GROUPS: Final = 3  # that stand on the short page, if there are so many
IN_A_GROUP: Final = 3

SAME: Final = "The rules that decide are the same. So no set of answers can come out otherwise"
NOBODY: Final = "Nobody gets anything else: both rule sets come to the same for all answers"
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
    "Less care is a first path of a lower level, or a lower safe level; more is a higher one, and"
    " none lower. Who can only begin with less has something before the first path, and what is"
    " left is below the safe level, which it wasn't before, or of a lower level than before."
)
_OF_A_WAY: Final = 2  # kinds of less or more care that are named on the short page
_SIGNED_SHA: Final = 32
_LINE: Final = "_" * 26
_VERDICT: Final = f"{_LINE[:5]} proved, {_LINE[:5]} broken, on {_LINE[:14]}"


def blocks(review: Review, *, full: bool = False) -> tuple[Block, ...]:
    """The whole page: the short one, or in full."""
    groups = groups_of(review.kinds)
    ways = {way: [group for group in groups if _is(group, way)] for way in DIRECTIONS}
    told = [group for some in ways.values() for group in some]
    others = [g for g in (groups if full else _on_the_short_page(groups)) if g not in told]
    left = [group for group in groups if group not in told and group not in others]
    wanted = [
        kind for group in (*told, *others) for kind in (group[1] if full else _with_a_person(group))
    ]
    people = ShownPeople(review.difference, worked(review, wanted[:MOST_WORKED]), full)
    return (
        Heading(1, "What the change does to people"),
        *_direction(review, ways, people),
        *_left(review, left),
        *_promises(review),
        *_what_was_changed(review, full),
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
        yield Text(f"{SAME if difference.same_rules else NOBODY}{_but_answers(review)}")
        return
    if review.reworded:
        yield Text(f"This is as people answer now{_but_answers(review)}")
    yield Bullet(_looked_at(review, people.full), label="Counted")
    tallies = [difference.tally, *(each.tally for each in review.real)]
    if not any(tally.any for tally in tallies):
        yield Text(NONE_DRAWN if counted.seed is not None else f"{NOBODY}.")
        return
    nobody = []
    for way in DIRECTIONS:
        numbers = [tally.directions[way] for tally in tallies]
        if not any(numbers):
            nobody.append("less to begin with" if way == BEGINS_LESS else _small(WAYS[way]))
            continue
        text = [f"{_counts(review, numbers)}.", *_of_these(difference.tally, way)]
        for group in ways[way]:
            words = _group(review, group, people, most=_OF_A_WAY, alone=numbers[0])
            only = "With what: " if people.full else "Only with "  # in full, from what, too
            start = only if way == BEGINS_LESS else f"{TITLES[group[0][0]]}: "
            text.append(f"{start}{words}" if group[0][1] else words)
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


def _of_these(tally: Tally, way: str) -> Iterator[str]:
    """What else is so of those who were drawn."""
    number = tally.directions[way]
    if way == LESS_CARE and number:
        safe = tally.of_these[STILL_SAFE]
        yield f"{_of_them(safe, number)} still get at least what was safe before."
    elif way == BEGINS_LESS and number:
        rows = [row for row in tally.rows if row.part == BEGIN]
        low = sum(row.sets for row in rows if (row.new or "").endswith((BELOW, NONE_LEFT)))
        yield f"{_of_them(low, number)} below the safe level."
    elif way == MORE_CARE and tally.of_these[MORE_BUT_LESS]:
        yield f"{tally.of_these[MORE_BUT_LESS]:,} must begin with less."


def _of_them(some: int, all_: int) -> str:
    return "All" if some == all_ else f"{some:,} of them" if some else "None"


def _but_answers(review: Review) -> str:
    """That people may give other answers, where questions are worded anew."""
    ids = review.reworded
    if not ids:
        return "."
    many = f"{len(ids)} questions are" if len(ids) > 1 else "1 question is"
    names = ", ".join(f"“{name}”" for name in names_of(review.difference.new, ids))
    return f", but people may answer otherwise: {many} worded anew ({names})."


def _is(group: Group, way: str) -> bool:
    """Whether these are changes in this direction."""
    (part, care, comes), _ = group
    if way == BEGINS_LESS or part == BEGIN:
        return way == BEGINS_LESS and part == BEGIN
    if way in LOSES.values():
        return comes == "goes" and LOSES.get(part) == way
    return care == (-1 if way == LESS_CARE else 1)


def _counts(review: Review, numbers: Sequence[int]) -> str:
    """A number for each crowd: those drawn first, then real people."""
    drawn = share(numbers[0], review.difference.tally.sets)
    real = zip(review.real, numbers[1:], strict=True)
    return "; ".join((drawn, *(f"{each.title}: {number:,}" for each, number in real)))


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
        what = f"{counted.sets:,} answer sets{whose} made up by chance (seed {counted.seed})"
    ours = ((each.tally.sets, each.title) for each in review.real)
    real = "".join(f"; {n:,} {'person' if n == 1 else 'people'} in {of}" for n, of in ours)
    no_share = (
        " These are no patients: the shares are not theirs." if counted.seed is not None else ""
    )
    return f"{what}{real}.{no_share}"


def _promises(review: Review) -> Iterator[Block]:
    yield Heading(2, "Promises")
    if any(review.promises[:2]):
        for label, text in promise_lines(review.promises, review.to_verify):
            yield Bullet(text, label=label)
    else:
        yield Text("Neither rule set makes any: there is no checks.yaml.")


# --- what was changed -------------------------------------------------------------------


def _what_was_changed(review: Review, full: bool) -> Iterator[Block]:
    rules = review.difference.new
    lines, of_safety, beside = [], [], []
    for change in review.changes:
        item = change.kind, change.id
        for label, text, field in changed_lines(change, whole=full):
            read = item in review.readers and field in TEXTS
            told = f"{text} {_read_by(review.readers[item])}" if read else text
            if not label:
                beside.append(text)
            elif bears_on_safety(rules, item, field):
                of_safety.append(Bullet(told, label=label))
            else:
                lines.append(Bullet(told, label=label))
    if of_safety:
        yield Heading(2, "Texts of safety changed")
        yield from of_safety
    beside += [each for each in review.files if each != cases_changed(len(review.case_files))]
    told_of = {each.id for each in review.cases if not each.otherwise}
    others = [each for each in review.case_files if each[0] not in told_of]
    for label, text in file_lines(others, whole=full):
        if label:
            lines.append(Bullet(text, label=label))
        else:
            beside.append(text)
    if beside:
        lines.append(Bullet(f"{'; '.join(beside)}.", label="Beside it"))
    plain = PlainNames(rules, review.difference.old)
    cases = case_lines(review.cases, plain, whole=full)
    lines += [Bullet(text, label=label) for label, text in cases]
    if lines or not of_safety:
        yield Heading(2, "What was changed")
        yield from lines
        if not lines:
            yield Text("Nothing in the rules.")


def _read_by(sets: int) -> str:
    return f"Read by {share(sets, LOOKED_AT)} drawn." if sets else "Nobody drawn reads it."


# --- for whom -----------------------------------------------------------------------------


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


def _left(review: Review, groups: Sequence[Group]) -> Iterator[Block]:
    """What the short page doesn't tell in full: of each part that people meet, the largest change,
    and the names of the others."""
    begins = review.difference.tally.directions.get(BEGINS_LESS)  # told above, by level
    told: dict[str, ChangeKind] = {}
    for (part, _, _), kinds in groups:
        if part in MET and not (begins and part in FOLLOWING):
            told[part] = max((*kinds, told.get(part, kinds[0])), key=lambda kind: kind.drawn)
    named = []
    for part, kind in told.items():
        words = next(kinds_words(review.difference, [kind], []))
        named.append(f"{_small(TITLES[part])}: {words}")
    rest = dict.fromkeys(part for (part, _, _), _ in groups if part not in told)
    more = f"{len(rest)} more parts" if len(rest) > 1 else "".join(_small(TITLES[p]) for p in rest)
    if told or rest:
        label = f"{ALSO}, the largest" if told else ALSO
        yield Bullet(f"{'; '.join([*named, *([more] if more else [])])}. See --full.", label=label)


MET: Final = ("notes", "compromise", "barriers", "helps")
FOLLOWING: Final = ("compromise", "helps")  # where somebody can only begin with less
ALSO: Final = "Also otherwise"


def _small(title: str) -> str:
    return title[0].lower() + title[1:]


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
    if alone is not None and part in ("first_path", BEGIN) and not people.full:
        shown = by_level(review.difference, kinds)
    named = shown if people.full else never_hidden(review.difference, shown, most)
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
    if review.promises.looked and any(review.promises[:2]):
        yield Bullet(_VERDICT, label="Verified")
    yield Bullet(f"{_LINE}, on {_LINE[:14]}", label="Read and agreed by")


def _named(rules: RuleSet) -> str:
    return f"{rules.id} {rules.version}, {rules.sha256[:_SIGNED_SHA]}"
