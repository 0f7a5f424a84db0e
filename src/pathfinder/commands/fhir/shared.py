"""What the commands of `pathfinder fhir` share: the release, the form, and where JSON goes.

Why this module exists: the same form stands behind what goes out and what comes back, so it is
made in one place.

It must not import what only one of them needs.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.shared import one_of

if TYPE_CHECKING:
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.fhir.naming import Json, Release

ReleaseOption = Annotated[
    str,
    typer.Option("--fhir", metavar="R4|R5", help="The release of FHIR: 4.0.1 or 5.0.0."),
]
LangOption = Annotated[
    str, typer.Option("--lang", metavar="en", help="The language of the questions.")
]


def release_named(found: str) -> "Release":
    from pathfinder.fhir.naming import RELEASES

    return RELEASES[one_of("--fhir", found.upper(), tuple(RELEASES))]


def language_named(found: str) -> str:
    """The rules are written in one language so far."""
    return one_of("--lang", found, ("en",))


def form_of(rules: "RuleSet", release: "Release", region: str | None = None) -> "Json":
    """The rule set as a Questionnaire whose parts meet. Raises PathfinderError where they don't."""
    from pathfinder.engine.ruleset import region_of
    from pathfinder.errors import PathfinderError
    from pathfinder.fhir.checks import faults
    from pathfinder.fhir.questionnaire import questionnaire

    form = questionnaire(rules, release, region_of(rules, region or ""))
    if found := faults(form):
        raise PathfinderError(f"These rules can't be a form: {found[0]}")
    return form


def as_json(resource: "Json") -> str:
    """As a file: readable, and ASCII only, so that no text in it can steer a terminal."""
    import json

    return json.dumps(resource, indent=2) + "\n"
