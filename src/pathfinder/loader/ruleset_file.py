"""ruleset.yaml: who we are, levels of care, orders, and the sentences of every result.

It must not check names against other files' contents beyond what it names itself:
`load` compares the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.engine.ruleset import Factor, Level, Texts
from pathfinder.loader.conditions import answers_named, condition
from pathfinder.loader.fields import KEBAB, SNAKE, Form, Reader
from pathfinder.loader.ids_and_answers import Names
from pathfinder.loader.sources_and_steps import Passages
from pathfinder.loader.syntax.nodes import MapNode, Node

MOST_APART: Final = 99
"""Points that about equal paths may be apart, at the most."""

RULESET: Final = Form(
    "ruleset.yaml",
    {
        "id": ("kebab", "The name of this rule set, in passports and saved sessions."),
        "version": ("text", "Three numbers in quotes; the middle one rises with every new result."),
        "title": ("text", "What this rule set is called."),
        "reviewed": ("reviewed", "Who has looked at these rules, and when."),
        "scope": ("scope", "For whom these rules aren't made."),
        "factors": ("a factor+", "The files of factors/, in their order."),
        "order": ("question+", "Every question, in the order in which they are asked."),
        "levels": ("a level+", "The levels of care, lowest first."),
        "about_equal_within?": (
            "points apart",
            "So many points behind the first, a path is about equal to it; without it, 1.",
        ),
        "texts": ("texts", "The sentences that every result carries."),
        "conditions?": ("a named condition+", "Conditions that many rules share: `holds: ID`."),
        "claims?": ("the claims of an article+", "The ledger: which claims each article makes."),
    },
)
CONDITION: Final = Form(
    "a named condition",
    {
        "id": ("kebab", "Its name, for `holds`."),
        "says": ("text", "What it means, in one sentence."),
        "when": ("condition", "It holds only then."),
    },
)
CLAIMS: Final = Form(
    "the claims of an article",
    {
        "source": ("source", "The article."),
        "ids": ("text+", "Every claim of it; a citation may name no other."),
    },
)
REVIEWED: Final = Form(
    "reviewed",
    {
        "date": ("day", "The day of the last review."),
        "by": ("text", "Who reviewed these rules, and in which role."),
        "next": ("day", "The day by which they should be looked at again."),
    },
)
SCOPE: Final = Form(
    "scope",
    {
        "question": ("question", "The question that decides who is out of scope."),
        "out": ("snake+", "Its answers for which nothing is recommended."),
    },
)
FACTOR: Final = Form(
    "a factor",
    {
        "id": ("snake", "The name of its file in factors/, without the ending."),
        "title": ("text", "What it is called in results."),
    },
)
LEVEL: Final = Form(
    "a level",
    {
        "id": ("kebab", "Its name in rules."),
        "name": ("text", "Its name as people read it."),
        "hours": ("text", "How much time it takes."),
    },
)
TEXTS: Final = Form(
    "texts",
    {
        "privacy": ("passage", "First screen: what happens to the answers."),
        "sensitive": ("passage", "First screen: any question may be skipped, at any time stopped."),
        "not_a_diagnosis": ("passage", "That a result is no diagnosis."),
        "assessment": ("passage", "How to get an assessment by a professional."),
        "review": ("passage", "Who has reviewed these rules."),
        "evidence": ("passage", "Who wrote the sources, and what they may gain."),
        "level_opens_when": ("passage", "What opens a path that is below the safe level."),
        "about_equal": ("passage", "Said when paths are about equal."),
        "above_need": ("passage", "Said of a path two levels above what is safe."),
        "once_safe": ("passage", "The heading over the paths while an emergency stands."),
        "under_18": ("passage+", "What a person under 18 is told."),
        "if_you_wait?": ("passage+", "What tends to happen without help."),
        "left_open?": ("passage+", "Said of a lesser step from which people go home."),
        "update_policy?": ("passage", "When these rules are looked at again."),
        "who_paid?": ("passage", "Who paid for the tool and its rules."),
    },
)


class Header(NamedTuple):
    id: str
    version: str
    title: str
    reviewed_on: str
    reviewed_by: str
    review_next: str
    scope_question: str
    scope_out: frozenset[str]
    texts: Texts
    levels: tuple[Level, ...]
    factors: tuple[Factor, ...]
    order: tuple[str, ...]
    claims: Mapping[str, tuple[str, ...]]
    about_equal_within: int


def header(reader: Reader, root: MapNode | None, names: Names, passages: Passages) -> Header:
    """Everything in ruleset.yaml."""
    fields = reader.fields(root, RULESET)
    reviewed = reader.fields(fields.get("reviewed"), REVIEWED)
    scope_question, scope_out = _scope(reader, fields.get("scope"), names)
    near = fields.get("about_equal_within")
    return Header(
        id=reader.new_id(fields.get("id"), KEBAB, {}),
        version=reader.text(fields.get("version")),
        title=reader.text(fields.get("title")),
        reviewed_on=reader.day(reviewed.get("date")),
        reviewed_by=reader.text(reviewed.get("by")),
        review_next=reader.day(reviewed.get("next")),
        scope_question=scope_question,
        scope_out=scope_out,
        texts=_texts(reader, fields.get("texts"), passages),
        levels=_levels(reader, fields.get("levels")),
        factors=_factors(reader, fields.get("factors")),
        order=reader.names(fields.get("order"), names.questions),
        claims=claims(reader, fields.get("claims"), names),
        about_equal_within=1 if near is None else reader.whole(near, 0, MOST_APART),
    )


def _scope(reader: Reader, node: Node | None, names: Names) -> tuple[str, frozenset[str]]:
    fields = reader.fields(node, SCOPE)
    question = reader.name(fields.get("question"), names.questions)
    out = fields.get("out")
    if question not in names.shapes or out is None:
        return question, frozenset()
    return question, frozenset(answers_named(reader, question, names.shapes[question], out))


def _texts(reader: Reader, node: Node | None, passages: Passages) -> Texts:
    fields = reader.fields(node, TEXTS)
    wait, policy, paid = map(fields.get, ("if_you_wait", "update_policy", "who_paid"))
    left = fields.get("left_open")
    return Texts(
        privacy=passages.one(reader, fields.get("privacy")),
        sensitive=passages.one(reader, fields.get("sensitive")),
        not_a_diagnosis=passages.one(reader, fields.get("not_a_diagnosis")),
        assessment=passages.one(reader, fields.get("assessment")),
        review=passages.one(reader, fields.get("review")),
        evidence=passages.one(reader, fields.get("evidence")),
        level_opens_when=passages.one(reader, fields.get("level_opens_when")),
        about_equal=passages.one(reader, fields.get("about_equal")),
        above_need=passages.one(reader, fields.get("above_need")),
        once_safe=passages.one(reader, fields.get("once_safe")),
        under_18=passages.several(reader, fields.get("under_18")),
        if_you_wait=() if wait is None else passages.several(reader, wait),
        left_open=() if left is None else passages.several(reader, left),
        update_policy=None if policy is None else passages.one(reader, policy),
        who_paid=None if paid is None else passages.one(reader, paid),
    )


def _levels(reader: Reader, node: Node | None) -> tuple[Level, ...]:
    taken: dict[str, str] = {}
    levels = []
    for item in reader.items(node, "a list of levels of care, lowest first"):
        fields = reader.fields(item, LEVEL)
        levels.append(
            Level(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                name=reader.text(fields.get("name")),
                hours=reader.text(fields.get("hours")),
            )
        )
    return tuple(levels)


def _factors(reader: Reader, node: Node | None) -> tuple[Factor, ...]:
    taken: dict[str, str] = {}
    factors = []
    for item in reader.items(node, "a list of factors"):
        fields = reader.fields(item, FACTOR)
        factors.append(
            Factor(
                id=reader.new_id(fields.get("id"), SNAKE, taken),
                title=reader.text(fields.get("title")),
            )
        )
    return tuple(factors)


def named_conditions(reader: Reader, root: MapNode | None, names: Names) -> dict[str, Condition]:
    """The conditions that rules may name with `holds`, so that each is written once."""
    listed = root.get("conditions") if root is not None else None
    taken: dict[str, str] = {}
    found: dict[str, Condition] = {}
    for item in reader.items(listed, "a list of conditions like {id: …, says: …, when: …}"):
        fields = reader.fields(item, CONDITION)
        name = reader.new_id(fields.get("id"), KEBAB, taken)
        reader.text(fields.get("says"))
        when = condition(reader, fields.get("when"), names)
        found.setdefault(name, when)
    return found


def claims(reader: Reader, node: Node | None, names: Names) -> dict[str, tuple[str, ...]]:
    """Article -> the ids of its claims, as the ledger lists them."""
    found: dict[str, tuple[str, ...]] = {}
    for item in reader.items(node, "a list like {source: …, ids: […]}", least=0):
        fields = reader.fields(item, CLAIMS)
        source = reader.name(fields.get("source"), names.sources)
        ids = reader.items(fields.get("ids"), "a list of claim ids")
        found[source] = tuple(reader.text(each) for each in ids)
    return found
