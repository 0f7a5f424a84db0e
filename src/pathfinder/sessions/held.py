"""Whether an intake was stopped for safety, and where: no level of care is worked out then.

Why this module exists: what the tool says of three answers is no finding. A record, a list
or a figure that shows it as one argues against whoever kept the client safe. Version 0.1
didn't write down that it had stopped, so for its sessions it is seen from what they hold.

It must not say what was done: that is the counselor's.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.engine.conditions import fires
from pathfinder.engine.flow import applicable, view_of
from pathfinder.engine.question import Answer, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.model import Given, Held, Revision, Session


def held_of(session: Session, revision: Revision | None = None) -> Held | None:
    """That a revision (the newest by default) was stopped for safety, or None."""
    taken = session.newest if revision is None else revision
    if taken.held is not None:
        return taken.held
    given = session.decision(taken)
    if taken.judgement is None and stopped_before_the_end(given, taken.answers):
        return Held("", 0, {})
    return None


def held_now(rules: RuleSet, answers: Answers) -> Held:
    """Where an interview was stopped that ends with these answers."""
    view = view_of(rules, answers)
    holding = {alert.id for alert in rules.alerts if alert.hold}
    called = {
        leaf.question
        for rule in rules.alert_rules
        if rule.alert in holding and fires(rule.when, rule.unless, view) is True
        for leaf in rule.when.leaves()
        if leaf.holds(view) is True
    }
    places = [
        (place, question.id)
        for place, question in enumerate(applicable(rules, answers), start=1)
        if question.id in called
    ]
    number, question = max(places, default=(0, ""))
    return Held(question, number, {})


def stopped_before_the_end(given: Given, answers: Mapping[str, Answer]) -> bool:
    """Whether a danger was told, and questions that bear on the paths never came up.

    Who goes on after an alert answers each question, if only with "not sure".
    """
    if given.get("hold") is not True:
        return False
    open_ = (reason for entry in given["ranked"] for reason in entry.get("unknown", ()))
    return any(reason.get("question") not in answers for reason in open_)
