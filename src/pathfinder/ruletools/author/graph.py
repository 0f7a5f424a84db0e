"""What hangs on what in a rule set: as facts, as a Mermaid flowchart, and as indented lines.

Why this module exists: before someone changes an answer or a path, they want to see what it
touches. The picture and the outline are made of the same facts. A hundred rules with an
arrow each would be a tangle: what is fed by the same factors shares a box, and factors that
feed the same boxes share one, so that few arrows say the same and nothing is left out. A
picture can't be read aloud, so the outline names every rule, with the questions it reads.

It must not choose what is shown beyond that.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from pathfinder.engine.conditions import in_words, questions_in
from pathfinder.engine.rules import Rule
from pathfinder.engine.ruleset import RuleSet


class QuestionNode(NamedTuple):
    """A question, its place from 1, and after which questions it is asked, `when` in words."""

    question: str
    place: int
    after: tuple[str, ...]
    when: str


class Fed(NamedTuple):
    """A rule of the file of `factor`, and the factors whose questions it reads.

    `kind` is the key under which it stands (`gates`). What it does is `effect` and
    `targets`: "at least" and a level, "sets aside" and paths, nothing and a support.
    """

    rule: str
    kind: str
    factor: str
    effect: str
    targets: tuple[str, ...]
    questions: tuple[str, ...]
    factors: tuple[str, ...]


class Scored(NamedTuple):
    """A fit table: the answers to `question` give or take points for `paths`."""

    table: str
    factor: str
    question: str
    paths: tuple[str, ...]


class Graph(NamedTuple):
    """`titles`: factor -> title, in the order of the factors. `ends`: (question, answers)."""

    titles: dict[str, str]
    asked: tuple[QuestionNode, ...]
    ends: tuple[str, tuple[str, ...]]
    fed: tuple[Fed, ...]
    scored: tuple[Scored, ...]


def graph_of(rules: RuleSet) -> Graph:
    """Everything that leads or feeds anywhere, in the order of the rule set."""
    factor_of = {question.id: question.factor for question in rules.questions}

    def fed(rule: Rule, kind: str, effect: str, *targets: str) -> Fed:
        questions = questions_in(rule.when, rule.unless)
        factors = dict.fromkeys(factor_of[question] for question in questions)
        return Fed(rule.id, kind, rule.factor, effect, targets, questions, tuple(factors))

    out = [a for a in rules.question_by_id[rules.scope_question].answers if a in rules.scope_out]
    return Graph(
        titles={factor.id: factor.title for factor in rules.factors},
        asked=tuple(
            QuestionNode(
                question.id,
                place,
                questions_in(question.ask_when),
                "" if question.ask_when is None else in_words(question.ask_when),
            )
            for place, question in enumerate(rules.questions, start=1)
        ),
        ends=(rules.scope_question, tuple(out)),
        fed=(
            *(fed(rule, "alerts", "", rule.alert) for rule in rules.alert_rules),
            *(fed(rule, "first", "", rule.first) for rule in rules.first_rules),
            *(
                fed(gate, "gates", "at least", gate.at_least)
                if gate.at_least is not None
                else fed(gate, "gates", "sets aside", *gate.set_aside)
                for gate in rules.gates
            ),
            *(fed(rule, "supports", "", rule.support) for rule in rules.support_rules),
            *(fed(rule, "notes", "") for rule in rules.note_rules),
            *(fed(rule, "moves", "") for rule in rules.move_rules),
            *(fed(rule, "barriers", "stands before", *rule.paths) for rule in rules.barriers),
        ),
        scored=tuple(
            Scored(
                table.id,
                table.factor,
                table.question,
                tuple(
                    path.id
                    for path in rules.paths
                    if any(
                        path.id in argument.paths
                        for row in table.rows.values()
                        for argument in row.arguments
                    )
                ),
            )
            for table in rules.reasons
        ),
    )


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


_KINDS = {
    "alerts": "Alerts",
    "first": "First steps",
    "gates": "Gates",
    "supports": "Supports",
    "notes": "Notes",
    "moves": "Moves",
    "barriers": "Barriers",
}


def outline(graph: Graph) -> str:
    """The lines, with a line feed at the end of each."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield "Which question leads where, in the order in which they are asked"
    for asked in graph.asked:
        yield f"  {asked.place} {asked.question}{_condition(asked)}"
        if asked.question == graph.ends[0] and graph.ends[1]:
            yield f"    {' or '.join(graph.ends[1])}: the quiz ends"
        if following := _following(asked, graph.asked):
            yield f"    leads to: {', '.join(following)}"
    yield ""
    yield "What each factor feeds"
    for factor, title in graph.titles.items():
        yield f"  {title} ({factor})"
        for kind, heading in _KINDS.items():
            yield from _rules(f"{heading}:", (f for f in graph.fed if _own(f, factor, kind)))
        for scored in graph.scored:
            if scored.factor == factor:
                yield f"    Points by {scored.question} ({scored.table})"
                yield f"      {', '.join(scored.paths) or 'for no path'}"
        elsewhere = (f for f in graph.fed if factor in f.factors and f.factor != factor)
        yield from _rules("Also feeds, in other files:", elsewhere)


def _condition(asked: QuestionNode) -> str:
    return f", asked when {asked.when}" if asked.when else ""


def _following(asked: QuestionNode, questions: Iterable[QuestionNode]) -> list[str]:
    return [other.question for other in questions if asked.question in other.after]


def _own(fed: Fed, factor: str, kind: str) -> bool:
    return fed.factor == factor and fed.kind == kind


def _rules(heading: str, rules: Iterable[Fed]) -> Iterator[str]:
    for place, fed in enumerate(rules):
        if not place:
            yield f"    {heading}"
        does = " ".join(filter(None, (fed.effect, ", ".join(fed.targets))))
        yield f"      {fed.rule}{': ' if does else ''}{does}"
        yield f"        reads {', '.join(fed.questions)}"
