"""Three programs that check FHIR and are written for Python, in a process of their own.

They bring packages that the tests themselves must not have. It reads an array of resources, and
prints an array: for each, what each of the three objects to.
    python validators_child.py R4|R5 FOLDER-OF-NODE_MODULES < resources.json
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
from pathlib import Path
from typing import Any

# What the standard says of a form in words that a program can work out. Of three, the published
# expression is used; que-12's is known to count wrongly, and says "more than two" of "two".
INVARIANTS = {
    "Questionnaire": {
        "que-2": "descendants().linkId.isDistinct()",
        "que-12": "descendants().where(enableWhen.count() > 1).all(enableBehavior.exists())",
        "que-1": "descendants().where(type = 'group').all(item.exists())",
    },
    "QuestionnaireResponse": {"qrs-1": "descendants().linkId.isDistinct()"},
}


def by_models(resource: dict[str, Any], release: str) -> list[str]:
    kind = resource["resourceType"]
    folder = "fhir.resources.R4B" if release == "R4" else "fhir.resources"
    model = getattr(importlib.import_module(f"{folder}.{kind.lower()}"), kind)
    try:
        again = json.loads(model.model_validate(resource).model_dump_json(exclude_none=True))
    except Exception as error:
        return str(error).splitlines()[:3]
    return [] if again == resource else ["it comes back as something else"]


def by_schema(resource: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    from jsonschema import Draft6Validator

    kind = resource["resourceType"]
    held = {"definitions": schema["definitions"], "$ref": f"#/definitions/{kind}"}
    return [error.message[:200] for error in Draft6Validator(held).iter_errors(resource)]


def by_invariants(resource: dict[str, Any]) -> list[str]:
    from fhirpathpy import evaluate

    found = []
    for name, expression in INVARIANTS.get(resource["resourceType"], {}).items():
        with contextlib.redirect_stdout(io.StringIO()):
            held = evaluate(resource, expression, {})
        if held != [True]:
            found.append(name)
    return found


def main() -> None:
    release, modules = sys.argv[1], Path(sys.argv[2])
    file = modules / "@medplum" / "definitions" / "dist" / "fhir" / "r4" / "fhir.schema.json"
    schema = json.loads(file.read_text("utf-8"))
    found = []
    for resource in json.load(sys.stdin):
        said = {"models": by_models(resource, release), "invariants": by_invariants(resource)}
        if release == "R4":
            said["schema"] = by_schema(resource, schema)
        found.append(said)
    json.dump(found, sys.stdout)


main()
