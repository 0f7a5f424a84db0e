"""The graph as indented lines, for screen readers and for searching.

Why this module exists: a picture can't be read aloud. The outline also has room
for what the picture leaves out: every rule by name, with the questions it reads.

It must not draw anything that needs more than letters and indentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathfinder.ruletools.author.graph import Asked, Fed, Graph

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


def _condition(asked: Asked) -> str:
    return f", asked when {asked.when}" if asked.when else ""


def _following(asked: Asked, questions: Iterable[Asked]) -> list[str]:
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
