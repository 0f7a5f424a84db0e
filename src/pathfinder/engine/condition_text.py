"""A condition as one line that can be read aloud: "severity is at least moderate".

Why this module exists: a picture or an outline of the rules needs conditions in
a few words, with the ids that stand in the files.

It must not be used for people who take the quiz: they read `because`.

    >>> from pathfinder import load_rules
    >>> in_words(load_rules().question_by_id["medication"].ask_when)
    'substances includes alcohol or opioids'
"""

from __future__ import annotations

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf, NoneOf


def in_words(condition: Condition) -> str:
    """The condition in words, parts in parts in brackets."""
    if isinstance(condition, Leaf):
        return _leaf(condition)
    if isinstance(condition, NoneOf):
        if len(condition.parts) == 1:
            return _not(condition.parts[0])
        return f"none of: {', '.join(_inner(part) for part in condition.parts)}"
    joint = " and " if isinstance(condition, All) else " or "
    return joint.join(_inner(part) for part in condition.parts)


def _inner(condition: Condition) -> str:
    grouped = isinstance(condition, All | AnyOf) and len(condition.parts) > 1
    return f"({in_words(condition)})" if grouped else in_words(condition)


def _not(condition: Condition) -> str:
    if isinstance(condition, Leaf) and condition.op in ("is", "exactly"):
        return f"{condition.question} is not {' or '.join(condition.names)}"
    return f"not ({in_words(condition)})"


def _leaf(leaf: Leaf) -> str:
    question, names = leaf.question, " or ".join(leaf.names)
    if leaf.op == "answered":
        return f"{question} is known" if names == "true" else f"{question} is not known"
    if leaf.op in ("at_least", "at_most"):
        return f"{question} is {leaf.op.replace('_', ' ')} {names}"
    if leaf.op == "exactly":
        return f"{question} is {' and '.join(leaf.names)}"
    if leaf.op in ("trait", "two_with"):
        several = "two answers that have" if leaf.op == "two_with" else "an answer that has"
        return f"{question} includes {several} {leaf.names[0].replace('_', ' ')}"
    return f"{question} {'includes' if leaf.op.startswith('includes') else 'is'} {names}"
