"""Which parts of two rule sets decide, which of them differ, and what others make of that.

Why this module exists: "nothing changes for anybody" is known only where the rules that
decide are the same; and a change of words needs no counting. What differs also tells which
questions a change hangs on. And most of what a new path or answer does to people is done by rules
that nobody touched: they are told with it, and not as changes of their own.

It must not decide for anybody, or look at what rules say: only which fields people read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pathfinder.engine.conditions import Condition, in_words, questions_in
from pathfinder.engine.rules import (
    AlertRule,
    Barrier,
    FirstRule,
    Gate,
    MoveRule,
    NoteRule,
    ReasonTable,
    Rule,
    SupportRule,
)
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.plain_names import PlainNames

Item = tuple[str, str]
"""What kind of thing, and its id: ("gate", "severe-use-within-days")."""

SCOPE: Final = ("scope", "who the rules are for")
LEVELS: Final = ("order of", "levels of care")
QUESTIONS: Final = ("order of", "questions")
PATHS: Final = ("order of", "paths")
ALERTS: Final = ("order of", "alerts")
STEPS: Final = ("order of", "first steps")
ABOUT_EQUAL: Final = ("rule set", "how near paths are about equal")


KINDS: Final[Mapping[type, str]] = {
    AlertRule: "alert rule",
    FirstRule: "first-step rule",
    Gate: "gate",
    SupportRule: "support rule",
    NoteRule: "note",
    MoveRule: "move",
    Barrier: "barrier",
}
"""What a rule of each kind is called here."""


class Differing(NamedTuple):
    """Items that decide, by what happened to them."""

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Item, ...]

    @property
    def deciding(self) -> tuple[Item, ...]:
        return (*self.added, *self.removed, *self.changed)


def differing(old: RuleSet, new: RuleSet) -> Differing:
    """What differs between two rule sets in what decides, in the order of their files."""
    before, after = _deciding(old), _deciding(new)
    both = [item for item in before if item in after]
    return Differing(
        added=tuple(item for item in after if item not in before),
        removed=tuple(item for item in before if item not in after),
        changed=tuple(item for item in both if _differ(item, before[item], after[item])),
    )


def _differ(item: Item, before: object, after: object) -> bool:
    """Of an order, only whether two that stand in both have changed places: what comes and
    goes is an item of its own."""
    if item[0] != "order of" or not isinstance(before, tuple) or not isinstance(after, tuple):
        return before != after
    return [n for n in before if n in after] != [n for n in after if n in before]


def _deciding(rules: RuleSet) -> dict[Item, object]:
    """Each thing that decides, without its words. The order of rules of one kind decides
    nothing that is compared, so it is left out; that of questions, levels, paths, alerts and
    first steps does."""
    return {
        SCOPE: (rules.scope_question, rules.scope_out),
        LEVELS: tuple(level.id for level in rules.levels),
        QUESTIONS: tuple(question.id for question in rules.questions),
        PATHS: tuple(path.id for path in rules.paths),
        ALERTS: tuple(alert.id for alert in rules.alerts),
        STEPS: tuple(step.id for step in rules.steps),
        **{
            ("question", q.id): (
                q.kind,
                q.answers,
                q.ask_when,
                q.derived,
                tuple(reading.id for reading in q.readings),
            )
            for q in rules.questions
        },
        **{
            ("reading", r.id): (r.question, r.value, r.when, r.of_unknown)
            for q in rules.questions
            for r in q.readings
        },
        **{("alert rule", r.id): (r.when, r.unless, r.alert) for r in rules.alert_rules},
        **{("first-step rule", r.id): (r.when, r.unless, r.first) for r in rules.first_rules},
        **{
            ("gate", g.id): (g.when, g.unless, g.at_least, frozenset(g.set_aside))
            for g in rules.gates
        },
        **{
            ("reasons", t.id): (
                t.question,
                {
                    answer: [(a.paths, a.points, a.when, a.unless) for a in row.arguments]
                    for answer, row in t.rows.items()
                },
            )
            for t in rules.reasons
        },
        **{("path", p.id): p.level for p in rules.paths},
        **{("alert", a.id): a.hold for a in rules.alerts},
        **{("first step", s.id): True for s in rules.steps},
        **{("support", s.id): True for s in rules.supports},
        **{
            ("support rule", r.id): (r.when, r.unless, r.support, frozenset(r.about))
            for r in rules.support_rules
        },
        **{("note", r.id): (r.when, r.unless, frozenset(r.about)) for r in rules.note_rules},
        **{
            ("move", r.id): (r.when, r.unless, r.warns, frozenset(r.about))
            for r in rules.move_rules
        },
        **{
            ("barrier", r.id): (
                (r.when, r.unless, r.question, r.rules_out),
                (frozenset(r.paths), frozenset(r.helps)),
            )
            for r in rules.barriers
        },
        ABOUT_EQUAL: rules.about_equal_within,
    }


# --- which texts bear on safety ---------------------------------------------------------

TEXTS: Final = frozenset({
    "name", "title", "text", "beside", "in short", "for counselor", "moves", "because", "check",
    "opens when", "ask", "why", "cue", "options", "unsure", "skip", "number", "what", "week",
    "first moves", "next", "once safe", "if you wait", "under 18",
})  # fmt: skip
"""Fields that people read."""

REWORDED: Final = ("ask", "why", "cue", "options", "unsure", "skip")
"""Fields of a question on which it hangs how people answer it."""


def bears_on_safety(rules: RuleSet, item: Item, field: str) -> bool:
    """Whether a text is one of safety: alerts, first steps, numbers to call, and what asks for more
    care say what keeps somebody alive; what they ask must be understood; and what is offered with
    an eye on an answer that brings an alert says for whom it is safe."""
    kind, name = item
    if field not in TEXTS:
        return False
    if kind in ("alert", "first step", "help line", "alert rule", "first-step rule"):
        return True
    if kind == "texts":
        return field in ("once safe", "if you wait", "under 18")
    alarming = _read_by(rules.alert_rules)
    if kind == "question":
        asking = [gate for gate in rules.gates if gate.at_least]
        return name in alarming | _read_by(rules.first_rules) | _read_by(asking)
    offered: Mapping[str, Iterable[Rule]] = {
        "support": [rule for rule in rules.support_rules if rule.support == name],
        "support rule": [rule for rule in rules.support_rules if rule.id == name],
        "note": [rule for rule in rules.note_rules if rule.id == name],
        "move": [rule for rule in rules.move_rules if rule.id == name],
        "gate": [gate for gate in rules.gates if gate.id == name],
    }
    return bool(alarming & _read_by(offered.get(kind, ())))


def _read_by(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(q for rule in rules for q in questions_in(rule.when, rule.unless))


# --- what a change hangs on -----------------------------------------------------------


def named_by(old: RuleSet, new: RuleSet, items: Iterable[Item]) -> frozenset[str]:
    """The questions that the changed things themselves speak of."""
    wanted = set(items)
    named: set[str] = set()
    for rules in (old, new):
        for rule in rules.every_rule:
            if (KINDS[type(rule)], rule.id) in wanted:
                named.update(questions_in(rule.when, rule.unless))
        for question in rules.questions:
            if ("question", question.id) in wanted:
                named.add(question.id)
            for reading in question.readings:
                if ("reading", reading.id) in wanted:
                    named.update((question.id, *questions_in(reading.when)))
        for table in rules.reasons:
            if ("reasons", table.id) in wanted:
                named.update((table.question, *_conditions_in(table)))
    return frozenset(named)


def _conditions_in(table: ReasonTable) -> tuple[str, ...]:
    """The questions on which it hangs whether a reason counts."""
    arguments = [each for row in table.rows.values() for each in row.arguments]
    return questions_in(*[each for a in arguments for each in (a.when, a.unless)])


def with_what_leads_there(rules: RuleSet, named: Iterable[str]) -> set[str]:
    """The questions, with those that say whether they are asked and what they count as."""
    found: set[str] = set()
    waiting = [name for name in named if name in rules.question_by_id]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        question = rules.question_by_id[name]
        conditions = [question.ask_when, *(reading.when for reading in question.readings)]
        if question.derived is not None:
            waiting.append(question.derived.source)
            conditions.append(question.derived.when)
        waiting += questions_in(*conditions)
    return found


def age_changes_nothing(old: RuleSet, new: RuleSet) -> bool:
    """Whether people out of scope can be left out: all they get is alerts, as others do."""
    same = (old.scope_question, old.scope_out) == (new.scope_question, new.scope_out)
    named = questions_in(
        *(each for rules in (old, new) for r in rules.alert_rules for each in (r.when, r.unless))
    )
    return same and old.scope_question not in named


def met(old: RuleSet, new: RuleSet, item: Item) -> Iterator[str]:
    """What the rules that both have make of a path, a question or an answer that changed."""
    kind, name = item
    names = PlainNames(new, old)
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
                yield f"For the rules {when}, who gives several answers has left the question open."
            for answer in was.answers:
                if answer not in now.answers:
                    words = names.answer(name, answer)
                    yield f"For the rules now, who answered {words} has left the question open."


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
    names = PlainNames(new, old)
    if answer:
        words = names.answer(question, answer)
        yield f"For the rules before, who answers {words} has left the question open."
    else:
        yield "For the rules before, everybody has left it open."
    takes: list[str] = []
    passes: list[str] = []
    for name, conditions in _every_condition(new):
        leaves = [leaf for c in conditions for leaf in c.leaves() if leaf.question == question]
        if leaves:
            counts = any(answer is None or answer in leaf.accepts for leaf in leaves)
            (takes if counts else passes).append(name)
    yield f"Rules that count it ({len(takes)}): {', '.join(takes) or 'none'}."
    if passes and answer is not None:
        asked = names.of("question", question)
        what = f"Rules that look at “{asked}” and pass it over ({len(passes)})"
        yield f"{what}: {', '.join(passes)}."
    rows = [row for t in new.reasons if t.question == question for row in t.rows.values()]
    if not any(row.arguments for row in rows if answer in (None, row.answer)):
        yield "It gives no path points."


def _read_otherwise(old: RuleSet, new: RuleSet, question: str) -> Iterator[str]:
    """Which rules take in other answers than before, though their words are the same: an answer
    has gained or lost a trait that they name, or has another place on its scale."""
    before, after = _leaves(old, question), _leaves(new, question)
    both = set(old.question_by_id[question].answers) & set(new.question_by_id[question].answers)
    names = PlainNames(new, old)
    told: dict[str, list[str]] = {}
    for rule, leaves in before.items():
        for words, accepts in leaves.items():
            now = after.get(rule, {}).get(words, accepts)
            for answer in sorted((accepts ^ now) & both):
                verb = "no longer count" if answer in accepts else "now count"
                words = names.answer(question, answer)
                told.setdefault(f"Rules that {verb} {words}", []).append(rule)
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
