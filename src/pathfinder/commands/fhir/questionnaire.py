"""`pathfinder fhir questionnaire`: the rule set as a form for other programs.

Why this module exists: an agency loads it once into the form tool that it has.
"""

import typer

from pathfinder.commands.fhir.shared import (
    LangOption,
    ReleaseOption,
    as_json,
    form_of,
    language_named,
    release_named,
)
from pathfinder.commands.shared import OutputOption, RegionOption, RulesOption, load


def questionnaire(
    context: typer.Context,
    fhir: ReleaseOption = "R4",
    lang: LangOption = "en",
    region: RegionOption = None,
    output: OutputOption = None,
    rules: RulesOption = None,
) -> None:
    release = release_named(fhir)
    language_named(lang)
    form = form_of(load(context, rules), release, region)
    from pathfinder.output import result_stream

    with result_stream(output) as stream:
        stream.write(as_json(form))
