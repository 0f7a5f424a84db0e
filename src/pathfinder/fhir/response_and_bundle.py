"""Answers as a QuestionnaireResponse to our own form, and the bundle of a session that holds one.

Why this module exists: what was answered here goes where the agency keeps its forms, in the
shape that the form has: an answer lies inside of the groups that say when it is asked. A record
elsewhere needs answers, note, recommendation and rules together, or none: an answer without
its form, or a recommendation without the rules that made it, can't be looked at again. Why each
is the resource that it is stands in docs/decisions/0015.

It must not hold an answer to a question that doesn't apply, a name, or a note that wasn't asked
for, or make a plan of it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.fhir.questionnaire import opened
from pathfinder.fhir.vocabulary import Json, Release, canonical, code, coding, path_system, urn

if TYPE_CHECKING:
    # A response of a file of answers opens no vault.
    from pathfinder.sessions.model import Given, Revision, Session

_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_NOTE = "Note of an intake"
_COUNSELOR = "A counselor of the agency"
"""Where whoever saved it never said what they call themselves."""


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


class SessionParts(NamedTuple):
    """What goes into a bundle. `saved`: an instant in UTC, `note`: plain text."""

    session: Session
    revision: Revision
    response: Json
    note: str
    saved: str


def bundle(rules: RuleSet, release: Release, parts: SessionParts) -> Json:
    """One collection: nothing in it asks a server to do anything."""
    given = parts.session.decision(parts.revision)
    key = f"{parts.session.id}/{parts.revision.number}"
    person = subject(parts.session.client)
    names = {kind: urn(kind, key) for kind in ("response", "note", "guidance", "provenance")}
    app = urn("device", given["passport"]["app"])
    resources = {
        names["response"]: parts.response,
        names["note"]: _document(parts, release, person, app, names["response"]),
        names["guidance"]: _guidance(rules, given, parts.saved, person, app),
        app: _device(release, given["passport"]["app"]),
    }
    about = [names["response"], names["note"], names["guidance"]]
    resources[names["provenance"]] = _provenance(rules, given, parts, person, app, about)
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": parts.saved,
        "entry": [{"fullUrl": url, "resource": each} for url, each in resources.items()],
    }


def _document(parts: SessionParts, release: Release, person: Json, app: str, answers: str) -> Json:
    """The note, for people to read. A program's draft until the agency takes it as its own."""
    document: Json = {
        "resourceType": "DocumentReference",
        "status": "current",
        "docStatus": "preliminary",
        "type": {"text": _NOTE},
        "subject": person,
        "date": parts.saved,
        "author": [{"reference": app}],
        "description": _NOTE,
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "language": "en",
                    "data": base64.b64encode(parts.note.encode("utf-8", "replace")).decode("ascii"),
                    "title": _NOTE,
                    "creation": parts.saved,
                }
            }
        ],
    }
    if release.name == "R4":  # in R5 there is no such place
        document["context"] = {"related": [{"reference": answers}]}
    return document


def _guidance(rules: RuleSet, given: Given, saved: str, person: Json, app: str) -> Json:
    """What a program said to these answers, and that it isn't a diagnosis."""
    return {
        "resourceType": "GuidanceResponse",
        "contained": [
            {"resourceType": "Parameters", "id": "result", "parameter": _result(rules, given)}
        ],
        "moduleUri": urn("ruleset", _rule_set(given)),
        # What is still to check may change it: FHIR has a word for that.
        "status": "data-requested" if given["to_check"] else "success",
        "subject": person,
        "occurrenceDateTime": saved,
        "performer": {"reference": app},
        "note": [{"text": rules.texts.not_a_diagnosis.text}],
        "outputParameters": {"reference": "#result"},
    }


def _result(rules: RuleSet, given: Given) -> list[Json]:
    """The outcome by ids of our own, in the order in which it is told."""
    names = {
        "alert": {alert.id: alert.title for alert in rules.alerts},
        "level": {level.id: level.name for level in rules.levels},
        "first-step": {step.id: step.title for step in rules.steps},
        "path": {path.id: path.name for path in rules.paths},
    }

    def coded(kind: str, name: str) -> Json:
        return {
            "system": path_system(rules),
            "version": given["passport"]["sha256"],
            "code": f"{kind}.{name}",
            "display": names[kind].get(name, name),
        }

    # `hold`: while there is danger, help comes first and the paths can wait.
    found: list[Json] = [
        {"name": "scope", "valueString": given["scope"]},
        {"name": "hold", "valueBoolean": given["hold"]},
    ]
    for kind, key in (("alert", "alerts"), ("first-step", "first")):
        found += [{"name": kind, "valueCoding": coded(kind, each["id"])} for each in given[key]]
    if given["safe_level"] is not None:
        found.append({"name": "safe-level", "valueCoding": coded("level", given["safe_level"])})
    for each in given["ranked"]:
        path = {"name": "path", "valueCoding": coded("path", each["path"])}
        level = {"name": "level", "valueCoding": coded("level", each["level"])}
        rank = {"name": "rank", "valueInteger": each["rank"]}
        found.append({"name": "ranked", "part": [path, level, rank]})
    for each in given["set_aside"]:
        found.append({"name": "set-aside", "valueCoding": coded("path", each["path"])})
    return found


def _device(release: Release, version: str) -> Json:
    kind = {"type": "user-friendly-name"}
    if release.name == "R4":
        named = {"deviceName": [{"name": "Pathfinder", **kind}]}
    else:
        named = {"name": [{"value": "Pathfinder", **kind}]}
    return {"resourceType": "Device", **named, "version": [{"value": version}]}


def _provenance(
    rules: RuleSet, given: Given, parts: SessionParts, person: Json, app: str, about: list[str]
) -> Json:
    """Who said it, who kept it, and which rules stand behind it."""
    whose: dict[str, Json] = {
        "informant": person,
        "author": {"display": parts.revision.author or _COUNSELOR},
        "assembler": {"reference": app},
    }
    agents = [
        {"type": {"coding": [{"system": _PARTICIPANT, "code": code}]}, "who": who}
        for code, who in whose.items()
    ]
    source = {"value": _rule_set(given)}
    return {
        "resourceType": "Provenance",
        "target": [{"reference": each} for each in about],
        "recorded": parts.saved,
        "agent": agents,
        "entity": [
            {"role": "source", "what": {"identifier": source, "display": rules.title}},
        ],
    }


def _rule_set(given: Given) -> str:
    passport = given["passport"]
    return f"{passport['ruleset']} {passport['version']}+{passport['sha256']}"
