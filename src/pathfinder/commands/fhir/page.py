"""`pathfinder fhir page`: the questions as one HTML file for a tablet.

Why this module exists: who waits for a talk can answer meanwhile, on a device without this program.
"""

from typing import Annotated

import typer

from pathfinder.commands.fhir.shared import LangOption, form_of, language_named
from pathfinder.commands.shared import OutputOption, RegionOption, RulesOption, load


def page(
    context: typer.Context,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="AGE1...",
            help="A public key of age: what the page saves, its owner alone can open.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = "en",
    region: RegionOption = None,
    output: OutputOption = None,
    rules: RulesOption = None,
) -> None:
    language_named(lang)
    from pathfinder.engine.ruleset import region_of
    from pathfinder.fhir.naming import RELEASES
    from pathfinder.fhir.page import page as made_of
    from pathfinder.fhir.page import recipient_of
    from pathfinder.output import result_stream

    recipient = None if key is None else recipient_of(key)
    rule_set = load(context, rules)
    form = form_of(rule_set, RELEASES["R4"], region)
    with result_stream(output) as stream:
        stream.write(made_of(rule_set, form, region_of(rule_set, region or ""), recipient))
