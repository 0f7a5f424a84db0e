"""One whole person, and random ones: every kind of answer, the unknown ones and none at all."""

from __future__ import annotations

import random

from pathfinder.engine.flow import applicable
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Question
from pathfinder.engine.ruleset import RuleSet

DRINKS = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["alcohol"],
    "frequency": "every_day", "drinks": "5_to_9", "withdrawal": "none", "health": ["none"],
    "medication": ["none"], "severity": "mild", "staying_stopped": "weeks",
    "mental_health": "none", "home": "steady", "support": "some", "stage": "first_time",
    "motivation": "willing", "responsibilities": ["none"], "step_away": "can",
    "weekly_hours": "20_plus", "payment": "covered", "spirituality": "no_preference",
    "philosophy": "both", "company": "both", "wishes": ["none"],
}  # fmt: skip
"""An adult who drinks every day and answered each question; tests change what they look at."""


def random_answer(dice: random.Random, question: Question) -> Answer:
    if dice.random() < 0.2:
        return dice.choice((UNSURE, SKIP))
    if question.kind != "many":
        return dice.choice(question.answers)
    some = [each for each in question.answers if each != NONE]
    if NONE in question.answers and dice.random() < 0.3:
        return (NONE,)
    count = min(len(some), 1 + int(dice.expovariate(0.9)))
    chosen = set(dice.sample(some, count))
    return tuple(each for each in some if each in chosen)


def anybody(dice: random.Random, rules: RuleSet, *, missing: float = 0.15) -> dict[str, Answer]:
    """Answers to any question, whether it applies or not."""
    return {
        question.id: random_answer(dice, question)
        for question in rules.questions
        if dice.random() >= missing
    }


def on_the_path(rules: RuleSet, answers: dict[str, Answer]) -> dict[str, Answer]:
    """What they hold of the questions that apply."""
    asked = {question.id for question in applicable(rules, answers)}
    return {question: answer for question, answer in answers.items() if question in asked}
