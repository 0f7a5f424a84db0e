"""What the handout says, and in which order; and the ranking as bars.

Why this module exists: a person takes the page home, so it must say the same as the
screen, in the screen's words, but shorter, and in the order in which paper is used: what
it is, danger and help, what to do, the plan, the paths, what to ask. Points may be
negative, so a bar has a direction, and all bars of a page share one scale and one zero
line, or their lengths would say nothing.

It is the result page, cut at its headings and put in another order. It must not rank or say
anything about care that the page doesn't, and it knows nothing of notes or of names:
nobody hands it any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.engine.decision import UNDER_18, Decision, Ranked
from pathfinder.engine.explain import Explanation
from pathfinder.engine.question import told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, handout_messages, messages
from pathfinder.pages.blocks import Block, Bullet, Heading, SideBySide, Text
from pathfinder.pages.phrases import Cites, level_words, lower_first
from pathfinder.pages.result import alerts, help_now, numbers_seen, page, under_18

if TYPE_CHECKING:
    from pathfinder.programs.matching import NamedPrograms


class Bar(NamedTuple):
    """One path. `start` and `length` are percent of the width that all bars share."""

    name: str
    level: str
    points: str
    fit: str
    below_zero: bool
    start: float
    length: float


class Bars(NamedTuple):
    """The ranked paths in their order. `zero` is where the zero line stands, in percent."""

    rows: tuple[Bar, ...]
    zero: float
    meaning: str


def bars(rules: RuleSet, decision: Decision) -> Bars:
    """The bars of a decision with at least one ranked path."""
    points = [entry.points for entry in decision.ranked]
    lowest, highest = min(0, *points), max(0, *points)
    # Where every path has no points, there is a line and no bar.
    unit = 100 / (highest - lowest or 1)
    zero = -lowest * unit
    return Bars(
        rows=tuple(
            Bar(
                name=f"{entry.rank}. {rules.path_by_id[entry.path].name}",
                level=level_words(rules, entry.level),
                points=handout_messages.points(entry.points),
                fit=fit_words(entry),
                below_zero=entry.points < 0,
                start=round(zero + min(0, entry.points) * unit, 2),
                length=round(abs(entry.points) * unit, 2),
            )
            for entry in decision.ranked
        ),
        zero=round(zero, 2),
        meaning=handout_messages.BAR_MEANS_BOTH_WAYS if lowest < 0 else handout_messages.BAR_MEANS,
    )


def fit_words(entry: Ranked) -> str:
    """What the points of a path come to, beside those of the others."""
    if not entry.for_ and not entry.against:
        return handout_messages.OPEN
    if entry.rank == 1:
        return handout_messages.BEST
    if entry.about_equal_to_top:
        return handout_messages.AS_WELL
    if entry.points > 0:
        return handout_messages.LESS
    return handout_messages.AGAINST if entry.points < 0 else handout_messages.EVEN


class Ticks(NamedTuple):
    """Things to tick off."""

    entries: tuple[str, ...]


Piece = Heading | Text | Bullet | Bars | Ticks


class Handout(NamedTuple):
    """`title` is the one first heading. `urgent`: it is an alert's; nothing stands before it."""

    name: str
    title: str
    urgent: bool
    pieces: tuple[Piece, ...]


class _Part(NamedTuple):
    heading: Heading
    pieces: tuple[Piece, ...]

    def whole(self) -> tuple[Piece, ...]:
        return (self.heading, *self.pieces)

    def without(self, text: str) -> _Part:
        kept = (p for p in self.pieces if not (isinstance(p, Text) and p.text == text))
        return self._replace(pieces=tuple(kept))


_OF_THE_PATH = (
    messages.WHY,
    messages.AGAINST,
    messages.WHY_LEVEL,
    messages.WHY_LEVEL_PERHAPS,
    messages.MORE,
    messages.NOT_KNOWN,
    messages.GOOD,
    messages.HARD,
    messages.LIKE,
    messages.COST,
    messages.MOVES,
    messages.MOVES_ONCE_SAFE,
)
"""What the handout keeps of all that the page says about the first path; the plan has the rest."""

_NOT_IN_LINES = ("", messages.LEVEL, answer_messages.SIDE_BY_SIDE)
"""Of another path the bars tell the level, and paper takes no command."""

_NUMBERS = re.compile(r"\[([0-9][0-9,\s]*)\]")


def handout(
    rules: RuleSet,
    decision: Decision,
    date: str,
    explained: Explanation | None = None,
    found: NamedPrograms | None = None,
) -> Handout:
    """The handout of a decision. `date` is printed as it is given.

    With `explained`, it also says how firm the first place is and what would change it; with
    `found`, whom to call.
    """
    made = Text(_made(decision, date))
    if decision.scope == UNDER_18:
        return _for_the_young(rules, decision, made)
    _, parts = _cut(_drawn(page(rules, decision, explained, found)), level=1)
    alarm = [part for part in parts if part.heading.role == "alert"]
    rest = {part.heading.text: part for part in parts if part.heading.role != "alert"}
    body = [*rest[messages.ABOUT_RESULT].whole(), *_body(rules, decision, rest)]
    seen = _drawn(numbers_seen(rules, decision))
    if decision.hold:
        soon = [*_maybe(rest, messages.CAREFUL_FIRST), *_maybe(rest, messages.FIRST_WITH_HELP)]
        first = [*_flat(alarm), *soon, *_maybe(rest, messages.MORE_HELP)]
        held = rest[rules.texts.once_safe.text].whole()
        later = [made, *body, *_sources(rest, [*first, *body]), *seen]
        pieces = [*first, *held, *map(_deeper, later)]
    elif alarm:
        first = [*_flat(alarm), *_more_help(rest[messages.HELP], alarm)]
        pieces = [made, *first, *body, *_sources(rest, [*first, *body]), *seen]
    else:
        body += rest[messages.HELP].whole()
        pieces = [made, *body, *_sources(rest, body), *seen]
    return _titled(handout_messages.TITLE, decision.hold, pieces)


def opened(page: Handout, opening: Iterable[Piece]) -> Handout:
    """The page with what was agreed before all but alarms."""
    pieces = page.pieces
    place = next(
        (
            place
            for place, piece in enumerate(pieces)
            if isinstance(piece, Heading) and piece.level == 1 and piece.role != "alert"
        ),
        len(pieces),
    )
    return page._replace(pieces=(*pieces[:place], *opening, *pieces[place:]))


def blocks(page: Handout) -> tuple[Block, ...]:
    """The pieces as blocks, for a form that knows no bars and no boxes to tick."""
    found: list[Block] = []
    for piece in page.pieces:
        match piece:
            case Bars():
                found += [
                    Bullet(f"{row.points}: {row.fit}. {row.level}.", label=row.name)
                    for row in piece.rows
                ]
            case Ticks():
                found += map(Bullet, piece.entries)
            case _:
                found.append(piece)
    return tuple(found)


def _for_the_young(rules: RuleSet, decision: Decision, made: Text) -> Handout:
    """Alerts, kind words and help lines."""
    kind_words = _drawn(under_18(rules, decision))
    _, alarm = _cut(_drawn(alerts(rules, decision, Cites(rules))), level=1)
    _, (lines,) = _cut(_drawn(help_now(rules, decision)), level=1)
    pieces = [*kind_words, *lines.whole()]
    if alarm:
        # Without a heading of their own, the kind words would read as part of the alert.
        own = Heading(1, handout_messages.UNDER_18)
        pieces = [*_flat(alarm), own, *kind_words, *_more_help(lines, alarm)]
    seen = _drawn(numbers_seen(rules, decision))
    return _titled(handout_messages.TITLE_UNDER_18, decision.hold, [*pieces, *seen, made])


# --- the parts ----------------------------------------------------------------------


def _body(rules: RuleSet, decision: Decision, rest: dict[str, _Part]) -> list[Piece]:
    """From the first steps to the questions for a program."""
    titles = (
        messages.BEST,
        messages.START,
        answer_messages.BY_THE_REST,
        answer_messages.OPEN_TO_YOU,
    )
    best = next(rest[title] for title in titles if title in rest)
    opening, about = _cut(best.pieces, level=2)
    kept = [part for part in about if part.heading.text in _OF_THE_PATH]
    pieces: list[Piece] = [
        *_maybe(rest, answer_messages.CALM),
        *([] if decision.hold else _maybe(rest, messages.CAREFUL_FIRST)),
        *_maybe(rest, messages.FIRST),
        *rest[messages.IN_SHORT].whole(),
        *_ranked(rules, decision),
        best.heading,
        *opening,
        *_flat(kept),
        *_maybe(rest, messages.NOT_POSSIBLE),
        *_maybe(rest, messages.PROGRAMS),
        *_maybe(rest, messages.MEETINGS),
        *_maybe(rest, messages.WOULD_CHANGE),
        *_in_lines(rest, messages.OTHERS),
        *_maybe(rest, messages.SET_ASIDE),
        *_in_lines(rest, messages.SUPPORTS),
        *_maybe(rest, messages.GOOD_TO_KNOW),
        *_maybe(rest, messages.IF_YOU_WAIT),
        *_maybe(rest, messages.TO_CHECK),
    ]
    asks = told(rules.path_by_id[decision.ranked[0].path].ask, decision.view)
    if asks:
        ticks = Ticks(tuple(passage.text for passage in asks))
        pieces += [Heading(1, messages.ASK), Text(handout_messages.ASK_HOW), ticks]
    return pieces


def _said(piece: Bullet | Text) -> str:
    """A line of another path with its label: without it, "hours a week" would say nothing."""
    if piece.label in ("", messages.DECIDES):
        return piece.text
    return f"{piece.label}: {lower_first(piece.text)}"


def _ranked(rules: RuleSet, decision: Decision) -> list[Piece]:
    drawn = bars(rules, decision)
    return [Heading(1, handout_messages.RANKED), Text(handout_messages.POINTS_MEAN), drawn]


def _in_lines(rest: dict[str, _Part], title: str) -> list[Piece]:
    """A part whose entries have a heading each, with one line an entry: what it stands there for.

    That is what decides, of a path, and why it is offered, of a thing to add.
    """
    if title not in rest:
        return []
    part = rest[title]
    opening, entries = _cut(part.pieces, level=2)
    # Paths that all fit the same have no entries: the page says so once, and the bars name them.
    lines = [
        Bullet(_said(piece), label=entry.heading.text)
        for entry in entries
        for piece in entry.pieces
        if isinstance(piece, Bullet)
        or (isinstance(piece, Text) and piece.label not in _NOT_IN_LINES)
    ]
    return [part.heading, *(lines or opening[:1])]


def _sources(rest: dict[str, _Part], said: Iterable[Piece]) -> list[Piece]:
    """Where it comes from; of the sources, those that the handout itself names by number."""
    # The command that prints the whole list is of no use on paper.
    part = rest[messages.SOURCES].without(messages.ALL_SOURCES)
    own = [piece for piece in part.pieces if isinstance(piece, Text)]
    used = {number for piece in (*said, *own) for number in _numbers(piece)}
    return [
        part.heading,
        *(p for p in part.pieces if not isinstance(p, Bullet) or _numbers(p)[0] in used),
    ]


def _numbers(piece: Piece) -> list[str]:
    """The numbers of sources in a text; a source's own line begins with its number."""
    if isinstance(piece, Text | Bullet):
        return [n.strip() for found in _NUMBERS.findall(piece.text) for n in found.split(",")]
    return []


def _more_help(part: _Part, alarm: Iterable[_Part]) -> tuple[Piece, ...]:
    """The help lines that no alert has named yet."""
    named = {p.label for alert in alarm for p in alert.pieces if isinstance(p, Bullet)}
    pieces = [p for p in part.pieces if not (isinstance(p, Bullet) and p.label in named)]
    return (part.heading._replace(text=messages.MORE_HELP), *pieces)


# --- small things --------------------------------------------------------------------


def _drawn(found: Iterable[Block]) -> list[Piece]:
    """Blocks as pieces: no page about one person compares two paths."""
    return [block for block in found if not isinstance(block, SideBySide)]


def _cut(pieces: Sequence[Piece], level: int) -> tuple[list[Piece], list[_Part]]:
    """What stands before the first heading of a level, and what stands under each."""
    places = [i for i, p in enumerate(pieces) if isinstance(p, Heading) and p.level == level]
    parts = []
    for start, end in pairwise([*places, len(pieces)]):
        heading = pieces[start]
        assert isinstance(heading, Heading)
        parts.append(_Part(heading, tuple(pieces[start + 1 : end])))
    return list(pieces[: places[0]] if places else pieces), parts


def _titled(name: str, hold: bool, pieces: Sequence[Piece]) -> Handout:
    """While there is danger nothing may stand before it: its heading is the title."""
    first = pieces[0]
    if hold and isinstance(first, Heading):
        return Handout(name, first.text, True, tuple(pieces[1:]))
    return Handout(name, name, False, tuple(pieces))


def _maybe(rest: dict[str, _Part], title: str) -> tuple[Piece, ...]:
    return rest[title].whole() if title in rest else ()


def _flat(parts: Iterable[_Part]) -> list[Piece]:
    return [piece for part in parts for piece in part.whole()]


def _deeper(piece: Piece) -> Piece:
    return piece._replace(level=piece.level + 1) if isinstance(piece, Heading) else piece


def _made(decision: Decision, date: str) -> str:
    passport = decision.passport
    return handout_messages.made(
        date, passport.ruleset, passport.version, passport.sha256[:12], passport.app
    )
