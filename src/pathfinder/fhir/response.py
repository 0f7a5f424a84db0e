"""Answers as a QuestionnaireResponse to our own form.

Why this module exists: what was answered here goes where the agency keeps its forms, in the
shape that the form has: an answer lies inside of the groups that say when it is asked.

It must not hold an answer to a question that doesn't apply, a name, or a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.fhir.enabled import opened
from pathfinder.fhir.naming import Json, canonical, code, coding


class MadeResponse(NamedTuple):
    """`off_path`: questions with an answer that no longer apply, which it doesn't hold."""

    resource: Json
    off_path: tuple[str, ...]


def response(
    rules: RuleSet, form: Json, answers: Answers, *, client: str = "", authored: str = ""
) -> MadeResponse:
    """The answers to `form`. `client`: the agency's code, `authored`: an instant in UTC."""
    chosen = {question: _words(answer) for question, answer in answers.items()}
    codes = {q: frozenset(code(q, word) for word in words) for q, words in chosen.items()}
    found = opened(form, codes)
    asked = [question.id for question in rules.questions if question.id in found]
    resource: Json = {
        "resourceType": "QuestionnaireResponse",
        "language": form["language"],
        "questionnaire": canonical(rules),
        "status": "completed" if all(each in answers for each in asked) else "in-progress",
    }
    if client:
        resource["subject"] = subject(client)
    if authored:
        resource["authored"] = authored
    said = {question: words for question, words in chosen.items() if question in found}
    items = _items(rules, form["item"], said)
    if items:
        resource["item"] = items
    return MadeResponse(resource, tuple(question for question in answers if question not in found))


def subject(client: str) -> Json:
    """The person, by the agency's own code and nothing else."""
    return {"type": "Patient", "identifier": {"value": client}}


def _words(answer: str | tuple[str, ...]) -> tuple[str, ...]:
    return (answer,) if isinstance(answer, str) else answer


def _items(rules: RuleSet, items: Iterable[Json], said: dict[str, tuple[str, ...]]) -> list[Json]:
    found: list[Json] = []
    for item in items:
        link = item["linkId"]
        words = said.get(link)
        if words is not None:
            question = rules.question_by_id[link]
            values = [{"valueCoding": coding(rules, question, word)} for word in words]
            found.append({"linkId": link, "text": item["text"], "answer": values})
        elif item["type"] == "group" and (inner := _items(rules, item["item"], said)):
            found.append({"linkId": link, "item": inner})
    return found


def off_path_told(made: MadeResponse) -> tuple[str, ...]:
    """The line that says what isn't in it; none where all is."""
    if not made.off_path:
        return ()
    named = ", ".join(made.off_path)
    return (f"Left out, since the questions don't apply with these answers: {named}.",)
