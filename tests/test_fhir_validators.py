"""Programs that check FHIR, each blind in another place, held to a fault that it must find.

PATHFINDER_FHIR names a folder with `node_modules/` (Medplum, npm's fhir, and the JSON schema of
HL7, which Medplum brings) and `venv/` (fhir.resources, fhirpathpy, jsonschema). HL7's own
validator is in no package registry, so no profile is checked.
"""

from __future__ import annotations

import copy
import json
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from people import anybody, on_the_path
from vaults import ANSWERS

from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.fhir.questionnaire import every_item, questionnaire
from pathfinder.fhir.response_and_bundle import SessionParts, bundle, response
from pathfinder.fhir.vocabulary import RELEASES
from pathfinder.render.result_json import result
from pathfinder.sessions.model import Revision, Session

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
Json = dict[str, Any]
SAVED = "2026-11-28T12:00:00Z"


@pytest.fixture(scope="module")
def tools() -> Path:
    folder = Path(os.environ.get("PATHFINDER_FHIR", ""))
    if (folder / "node_modules" / "@medplum").is_dir() and (folder / "venv").is_dir():
        return folder
    what = "PATHFINDER_FHIR names no folder with node_modules/ and venv/"
    if os.environ.get("PATHFINDER_BROWSER") == "required":
        pytest.fail(what)
    pytest.skip(what)


def objections(tools: Path, release: str, resources: list[Json]) -> list[Json]:
    """What each program objects to, for each resource. Two of them know R4 alone."""
    python = [str(tools / "venv" / "bin" / "python"), str(HERE / "validators_child.py"), release]
    runs = [[*python, str(tools / "node_modules")]]
    if release == "R4":
        runs.append(["node", str(HERE / "validators.js"), str(tools)])
    found: list[Json] = [{} for _ in resources]
    for run in runs:
        ran = subprocess.run(
            run, input=json.dumps(resources), capture_output=True, text=True, check=True,
            env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
        for one, said in zip(found, json.loads(ran.stdout), strict=True):
            one.update(said)
    return found


def written(rules: RuleSet, release: str) -> list[Json]:
    """A form, answers to it, and a session for a record."""
    form = questionnaire(rules, RELEASES[release], region_of(rules, ""))
    dice = random.Random(11)
    answers = [on_the_path(rules, anybody(dice, rules)) for _ in range(5)]
    responses = [
        response(rules, form, each, client="C-104", authored=SAVED).resource for each in answers
    ]
    bundles = []
    for changed in ({}, {"danger": ("overdose",)}, {"age_group": "under_18"}):
        revision = Revision(1, SAVED, {**ANSWERS, **changed}, {}, None, 0)
        given = result(decide(rules, revision.answers))
        session = Session("2nmwn7e2kw", "C-104", SAVED, "", (revision,), (given,))
        parts = SessionParts(session, revision, responses[0], "A note.\n", SAVED)
        bundles.append(bundle(rules, RELEASES[release], parts))
    inside = [entry["resource"] for made in bundles for entry in made["entry"]]
    return [form, *responses, *inside, *bundles]


@pytest.mark.parametrize("release", RELEASES)
def test_none_of_them_objects_to_what_goes_out(release: str, rules: RuleSet, tools: Path) -> None:
    resources = written(rules, release)
    for resource, said in zip(resources, objections(tools, release, resources), strict=True):
        assert len(said) == (5 if release == "R4" else 2)
        assert all(found == [] for found in said.values()), (resource["resourceType"], said)


def item_of(form: Json, link: str) -> Json:
    (found,) = [item for item in every_item(form["item"]) if item["linkId"] == link]
    return found


def without_behavior(form: Json) -> None:
    del item_of(form, "drinks")["enableBehavior"]


def link_twice(form: Json) -> None:
    item_of(form, "home")["linkId"] = "danger"


def no_such_status(form: Json) -> None:
    form["status"] = "finished"


def no_status(form: Json) -> None:
    del form["status"]


def unknown_field(form: Json) -> None:
    form["colour"] = "blue"


def two_values(form: Json) -> None:
    item_of(form, "home")["answerOption"][0]["valueString"] = "steady"


PLANTED: dict[str, tuple[Callable[[Json], None], set[str]]] = {
    "two tests and not said which": (without_behavior, {"invariants"}),
    "a link twice": (link_twice, {"invariants"}),
    "a status that there isn't": (no_such_status, {"schema", "fhir"}),
    "no status": (no_status, {"models", "medplum", "fhir"}),
    "a field that there isn't": (unknown_field, {"models", "schema", "medplum", "fhir"}),
    "two values": (two_values, {"models"}),
}


def test_each_of_them_finds_a_fault_that_was_planted(rules: RuleSet, tools: Path) -> None:
    form = written(rules, "R4")[0]
    broken = [copy.deepcopy(form) for _ in PLANTED]
    for one, (breaks, _) in zip(broken, PLANTED.values(), strict=True):
        breaks(one)
    seen: set[str] = set()
    for what, said in zip(PLANTED, objections(tools, "R4", broken), strict=True):
        finds = {name for name, found in said.items() if found}
        assert finds >= PLANTED[what][1], (what, said)
        seen |= finds
    assert seen == {"models", "invariants", "schema", "medplum", "fhir"}


def test_what_none_of_them_finds_our_own_checks_find(rules: RuleSet, tools: Path) -> None:
    from pathfinder.fhir.questionnaire import faults

    form = written(rules, "R4")[0]
    item_of(form, "frequency")["enableWhen"][0]["question"] = "substance"
    (said,) = objections(tools, "R4", [form])
    assert all(found == [] for found in said.values())
    assert len(faults(form)) == 1
