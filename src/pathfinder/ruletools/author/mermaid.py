"""The graph as a Mermaid flowchart, as GitHub draws it.

Why this module exists: a hundred rules with an arrow each would be a tangle. What
is fed by the same factors shares a box, and factors that feed the same boxes
share one, so that few arrows say the same and nothing is left out.

It must not choose what is shown beyond that: the outline names every rule.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from pathfinder.ruletools.author.graph import Fed, Graph

Pair = tuple[str, str]
_T = TypeVar("_T", bound=Hashable)

_START: Final = (
    '%%{init: {"flowchart": {"nodeSpacing": 14, "rankSpacing": 60, "wrappingWidth": 460,'
    ' "subGraphTitleMargin": {"top": 4, "bottom": 12}}}}%%',
    "flowchart TB",
)
_MEANT: Final = {
    '"': "#quot;",
    "#": "#35;",
    "<": "#lt;",
    ">": "#gt;",
    "&": "#amp;",
    "`": "#96;",
    "\\": "#92;",
}
"""Signs that mean something to Mermaid, and how it wants them written in a text."""


class _Arrow(NamedTuple):
    start: tuple[str, ...]
    end: tuple[str, ...]
    label: str = ""


def mermaid(graph: Graph) -> str:
    """The flowchart, one line each, with a line feed at its end."""

    def fed_by_factors(*kinds: str) -> list[Pair]:
        """(factor, what its answers may bring), rule by rule."""
        return [
            (graph.titles[factor], target)
            for fed in graph.fed
            if fed.kind in kinds
            for target in ((_gate(fed),) if fed.kind == "gates" else fed.targets)
            for factor in fed.factors
        ]

    points = [
        (graph.titles[scored.factor], path) for scored in graph.scored for path in scored.paths
    ]
    parts = {
        "Which question leads where": _questions(graph),
        "Alerts and first steps": _shared(fed_by_factors("alerts", "first")),
        "Gates: what is safe": _shared(fed_by_factors("gates")),
        "Points: which paths fit better": _shared(points),
        "Supports to add": _shared(fed_by_factors("supports")),
    }
    lines = list(_START)
    drawn = [(title, arrows) for title, arrows in parts.items() if arrows]
    for number, (title, arrows) in enumerate(drawn, start=1):
        lines.extend(_part(title, arrows, number))
    # Not seen, but it keeps the frames in their order.
    lines.append("  " + " ~~~ ".join(f"part{number}" for number in range(1, len(drawn) + 1)))
    return "\n".join(lines) + "\n"


def _questions(graph: Graph) -> list[_Arrow]:
    """Each question that leads somewhere, with those that follow it for the same reason."""
    place = {asked.question: asked.place for asked in graph.asked}
    leading = {question for asked in graph.asked for question in asked.after}
    following: dict[tuple[str, str, str], list[str]] = {}
    for asked in graph.asked:
        own = asked.question if asked.question in leading else ""
        for question in asked.after:
            following.setdefault((question, asked.when, own), []).append(asked.question)

    def box(questions: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{place[question]} {question}" for question in questions)

    question, answers = graph.ends
    ends = [_Arrow(box([question]), ("the quiz ends",), " or ".join(answers))] if answers else []
    return [
        *ends,
        *(_Arrow(box([start]), box(end), when) for (start, when, _), end in following.items()),
    ]


def _gate(gate: Fed) -> str:
    several = len(gate.targets) > 1
    what = f"{len(gate.targets)} paths" if several else gate.targets[0]
    return f"{gate.rule}: {gate.effect} {what}"


def _shared(pairs: Sequence[Pair]) -> list[_Arrow]:
    """The same relation with few arrows: what has the same neighbours shares a box."""
    boxes = _alike((end, start) for start, end in pairs)
    box_of = {end: ends for ends, _ in boxes for end in ends}
    starts = _alike((start, box_of[end]) for start, end in pairs)
    return [_Arrow(start, end) for start, ends in starts for end in ends]


def _alike(pairs: Iterable[tuple[str, _T]]) -> list[tuple[tuple[str, ...], tuple[_T, ...]]]:
    """Names that go with the same things, together: (names, things)."""
    things: dict[str, dict[_T, None]] = {}
    for name, thing in pairs:
        things.setdefault(name, {})[thing] = None
    together: dict[frozenset[_T], list[str]] = {}
    for name, mine in things.items():
        together.setdefault(frozenset(mine), []).append(name)
    return [(tuple(names), tuple(things[names[0]])) for names in together.values()]


def _part(title: str, arrows: Sequence[_Arrow], number: int) -> list[str]:
    """One frame with its arrows. `number` keeps its names apart from those of other frames."""
    names: dict[tuple[str, ...], str] = {}
    drawn = []
    for arrow in arrows:
        for box in (arrow.start, arrow.end):
            if box not in names:
                names[box] = f"b{number}_{len(names)}"
                drawn.append(f'    {names[box]}["{"<br>".join(map(_text, box))}"]')
    for arrow in arrows:
        label = f'|"{_text(arrow.label)}"|' if arrow.label else ""
        drawn.append(f"    {names[arrow.start]} -->{label} {names[arrow.end]}")
    return [f'  subgraph part{number}["{_text(title)}"]', "    direction LR", *drawn, "  end"]


def _text(text: str) -> str:
    """A text in the way that Mermaid takes every sign in it as a sign."""
    return "".join(_MEANT.get(sign, sign) for sign in text)
