"""What unchanged rules make of a path, a question or an answer that is new, gone or read anew.

Why this module exists: most of what a new path or answer does to people is done by rules that
nobody touched. They are told with it, and not as changes of their own.

It must not count people, or look at what rules say.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.engine.conditions import Condition, in_words
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.changed_rules import Item


def met(old: RuleSet, new: RuleSet, item: Item) -> Iterator[str]:
    """What the rules that both have make of a path, a question or an answer that changed."""
    kind, name = item
    if kind == "path" and (name in old.path_by_id) != (name in new.path_by_id):
        rules = new if name in new.path_by_id else old
        others = old if rules is new else new
        yield from _met_by_path(rules, others, name)
    elif kind == "question":
        if name not in old.question_by_id:
            yield from _readers(new, old, name, None)
        elif name in new.question_by_id:
            was, now = old.question_by_id[name], new.question_by_id[name]
            for answer in now.answers:
                if answer not in was.answers:
                    yield from _readers(new, old, name, answer)
            yield from _read_otherwise(old, new, name)
            if "many" in (was.kind, now.kind) and was.kind != now.kind:
                when = "before" if now.kind == "many" else "now"
                yield f"Who gives several answers has left the question out for the rules {when}."
            for answer in was.answers:
                if answer not in now.answers:
                    yield f"Who answered {answer} has left the question out for the rules now."


def _met_by_path(rules: RuleSet, others: RuleSet, path: str) -> Iterator[str]:
    """By which rules and reasons, of those in both rule sets, a path is met."""
    shared = {rule.id for rule in others.every_rule} & {rule.id for rule in rules.every_rule}
    named = [
        rule.id
        for rule in rules.every_rule
        if rule.id in shared
        and any(path in getattr(rule, f, ()) for f in ("set_aside", "about", "paths"))
    ]
    yield f"Rules that take it in ({len(named)}): {', '.join(named) or 'none'}."
    rows = [
        f"{table.question} {answer} ({row.most(path):+d})"
        for table in rules.reasons
        for answer, row in table.rows.items()
        if any(path in argument.paths for argument in row.arguments)
    ]
    yield f"Reasons for and against it ({len(rows)}): {', '.join(rows) or 'none'}."


def _readers(new: RuleSet, old: RuleSet, question: str, answer: str | None) -> Iterator[str]:
    """How rules read a question, or an answer, that the old rules don't know."""
    what = f"the answer {answer}" if answer else "this question"
    yield f"For the rules before, who gives {what} has left the question out."
    takes: list[str] = []
    passes: list[str] = []
    for name, conditions in _every_condition(new):
        leaves = [leaf for c in conditions for leaf in c.leaves() if leaf.question == question]
        if leaves:
            counts = any(answer is None or answer in leaf.accepts for leaf in leaves)
            (takes if counts else passes).append(name)
    yield f"Rules that count it ({len(takes)}): {', '.join(takes) or 'none'}."
    if passes and answer is not None:
        what = f"Rules that look at {question} and pass it over ({len(passes)})"
        yield f"{what}: {', '.join(passes)}."
    rows = [row for t in new.reasons if t.question == question for row in t.rows.values()]
    if not any(row.arguments for row in rows if answer in (None, row.answer)):
        yield "It gives no path points."


def _read_otherwise(old: RuleSet, new: RuleSet, question: str) -> Iterator[str]:
    """Which rules take in other answers than before, though their words are the same: an answer
    has gained or lost a trait that they name, or has another place on its scale."""
    before, after = _leaves(old, question), _leaves(new, question)
    both = set(old.question_by_id[question].answers) & set(new.question_by_id[question].answers)
    told: dict[str, list[str]] = {}
    for rule, leaves in before.items():
        for words, accepts in leaves.items():
            now = after.get(rule, {}).get(words, accepts)
            for answer in sorted((accepts ^ now) & both):
                verb = "no longer count" if answer in accepts else "now count"
                told.setdefault(f"Rules that {verb} {answer}", []).append(rule)
    for what, rules in told.items():
        yield f"{what} ({len(rules)}): {', '.join(rules)}."


def _leaves(rules: RuleSet, question: str) -> dict[str, dict[str, frozenset[str]]]:
    """By rule, what it asks of this question: in words, and with which answers it holds."""
    return {
        name: {
            in_words(leaf): leaf.accepts
            for each in conditions
            for leaf in each.leaves()
            if leaf.question == question and leaf.op != "answered"
        }
        for name, conditions in _every_condition(rules)
    }


def _every_condition(rules: RuleSet) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    for rule in rules.every_rule:
        yield rule.id, tuple(each for each in (rule.when, rule.unless) if each is not None)
    for question in rules.questions:
        if question.ask_when is not None:
            yield f"whether {question.id} is asked", (question.ask_when,)
        for reading in question.readings:
            yield reading.id, (reading.when,)
    for table in rules.reasons:
        for row in table.rows.values():
            held = [c for a in row.arguments for c in (a.when, a.unless) if c is not None]
            if held:
                yield f"{table.id} {row.answer}", tuple(held)
