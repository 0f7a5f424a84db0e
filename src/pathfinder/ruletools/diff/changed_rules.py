"""Which parts of two rule sets decide, and which of them differ.

Why this module exists: "nothing changes for anybody" is known only where the rules that
decide are the same; and a change of words needs no counting. What differs also tells which
questions a change hangs on.

It must not decide for anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pathfinder.engine.conditions import Condition, questions_in
from pathfinder.engine.rules import AlertRule, FirstRule, Gate, ReasonTable
from pathfinder.engine.ruleset import RuleSet

Item = tuple[str, str]
"""What kind of thing, and its id: ("gate", "severe-use-within-days")."""

SCOPE: Final = ("scope", "who the rules are for")
LEVELS: Final = ("order of", "levels of care")
QUESTIONS: Final = ("order of", "questions")
PATHS: Final = ("order of", "paths")
ALERTS: Final = ("order of", "alerts")
STEPS: Final = ("order of", "first steps")


class Differing(NamedTuple):
    """Items that decide, by what happened to them; and those whose words alone differ.

    `beside` are changed things that none of the parts compared hangs on: supports, notes,
    moves, barriers, texts.
    """

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Item, ...]
    words: tuple[Item, ...]
    beside: tuple[Item, ...]

    @property
    def deciding(self) -> tuple[Item, ...]:
        return (*self.added, *self.removed, *self.changed)


def differing(old: RuleSet, new: RuleSet) -> Differing:
    """What differs between two rule sets, in the order of their files."""
    before, after = _deciding(old), _deciding(new)
    both = [item for item in before if item in after]
    changed = tuple(item for item in both if before[item] != after[item])
    whole_before, whole_after = _whole(old), _whole(new)
    words = tuple(
        item for item in both if item not in changed and _differ(whole_before, whole_after, item)
    )
    before_it, after_it = _beside(old), _beside(new)
    beside = tuple(i for i in {**before_it, **after_it} if _differ(before_it, after_it, i))
    return Differing(
        added=tuple(item for item in after if item not in before),
        removed=tuple(item for item in before if item not in after),
        changed=changed,
        words=words,
        beside=beside,
    )


def _differ(before: Mapping[Item, object], after: Mapping[Item, object], item: Item) -> bool:
    return before.get(item) != after.get(item)


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
    }


def _whole(rules: RuleSet) -> dict[Item, object]:
    return {
        **{("question", q.id): q for q in rules.questions},
        **{("reading", r.id): r for q in rules.questions for r in q.readings},
        **{("alert rule", r.id): r for r in rules.alert_rules},
        **{("first-step rule", r.id): r for r in rules.first_rules},
        **{("gate", g.id): g for g in rules.gates},
        **{("reasons", t.id): t for t in rules.reasons},
        **{("path", p.id): p for p in rules.paths},
        **{("alert", a.id): a for a in rules.alerts},
    }


def _beside(rules: RuleSet) -> dict[Item, object]:
    return {
        **{("support rule", r.id): r for r in rules.support_rules},
        **{("note", r.id): r for r in rules.note_rules},
        **{("move", r.id): r for r in rules.move_rules},
        **{("barrier", r.id): r for r in rules.barriers},
        **{("first-step text", s.id): s for s in rules.steps},
        **{("support text", s.id): s for s in rules.supports},
        **{("source", s.id): s for s in rules.sources},
        **{("level", level.id): level for level in rules.levels},
        ("texts", "sentences of every result"): rules.texts,
        ("rule set", "which paths are about equal"): rules.about_equal_within,
        ("help lines", "numbers to call"): (rules.regions, rules.elsewhere, rules.default_region),
        ("rule set", "its title, version and review"): (
            rules.id,
            rules.title,
            rules.version,
            rules.reviewed_on,
            rules.reviewed_by,
            rules.review_next,
        ),
        ("rule set", "factors, rows of the comparison, what was left out"): (
            rules.factors,
            rules.compare_rows,
            rules.left_out,
        ),
    }


# --- what a change hangs on -----------------------------------------------------------


def hangs_on(old: RuleSet, new: RuleSet, items: Iterable[Item]) -> frozenset[str]:
    """The questions whose answers say whether these changes are felt, and how."""
    changed = set(items)
    both = (*_told(old), *_told(new))
    alerts = [("alert", alert.id) for rules in (old, new) for alert in rules.alerts]
    if not changed <= {ALERTS, STEPS, *alerts, *map(_item, both)}:
        # Gates, points and questions play together: all that decide.
        return frozenset(_all_that_decide(old) | _all_that_decide(new))
    # Whether an alert or a first step comes is up to all the rules that ask for it; where two
    # change places, to those of both.
    targets = {_target(rule) for rule in both if _item(rule) in changed} | changed
    if ALERTS in changed:
        targets.update(alerts)
    if STEPS in changed:
        targets.update(target for rule in both if (target := _target(rule))[0] == "first")
    # Whether the list of paths waits is up to every alert with a hold.
    holding = {("alert", a.id) for rules in (old, new) for a in rules.alerts if a.hold}
    if targets & holding:
        targets |= holding
    questions: set[str] = set()
    for rule in both:
        if _target(rule) in targets:
            questions.update(questions_in(rule.when, rule.unless))
    old_questions, new_questions = (_with_what_leads_there(r, questions) for r in (old, new))
    return frozenset(old_questions | new_questions)


def named_by(old: RuleSet, new: RuleSet, items: Iterable[Item]) -> frozenset[str]:
    """The questions that the changed things themselves speak of."""
    wanted = set(items)
    named: set[str] = set()
    for rules in (old, new):
        for rule in (*_told(rules), *rules.gates):
            if _item(rule) in wanted:
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


def _told(rules: RuleSet) -> tuple[AlertRule | FirstRule, ...]:
    return (*rules.alert_rules, *rules.first_rules)


def _item(rule: AlertRule | FirstRule | Gate) -> Item:
    if isinstance(rule, Gate):
        return "gate", rule.id
    return "alert rule" if isinstance(rule, AlertRule) else "first-step rule", rule.id


def _target(rule: AlertRule | FirstRule) -> Item:
    return ("alert", rule.alert) if isinstance(rule, AlertRule) else ("first", rule.first)


def _all_that_decide(rules: RuleSet) -> set[str]:
    conditions: list[Condition | None] = []
    for rule in (*_told(rules), *rules.gates):
        conditions += (rule.when, rule.unless)
    named = {rules.scope_question, *questions_in(*conditions)}
    for table in rules.reasons:
        if any(row.arguments for row in table.rows.values()):
            named.update((table.question, *_conditions_in(table)))
    return _with_what_leads_there(rules, named)


def _conditions_in(table: ReasonTable) -> tuple[str, ...]:
    """The questions on which it hangs whether a reason counts."""
    arguments = [each for row in table.rows.values() for each in row.arguments]
    return questions_in(*[each for a in arguments for each in (a.when, a.unless)])


def _with_what_leads_there(rules: RuleSet, named: Iterable[str]) -> set[str]:
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
