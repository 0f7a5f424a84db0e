"""Random people for the forms: every kind of answer, the unknown ones and none at all included."""

from __future__ import annotations

import random

from pathfinder.engine.flow import applicable
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Question
from pathfinder.engine.ruleset import RuleSet


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
