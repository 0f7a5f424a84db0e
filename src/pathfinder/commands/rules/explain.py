"""`pathfinder rules explain`: the manual page of one check.

Why this module exists: a finding names its code, and the code leads to what it means and
how to put it right.
"""

from typing import Annotated

import typer

from pathfinder.errors import PathfinderError


def explain_code(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]", help="The code of a finding. None: all codes.", show_default=False
        ),
    ] = None,
) -> None:
    from pathfinder.ruletools.check.formats import contents, page
    from pathfinder.ruletools.check.registry import by_code

    checks = by_code()
    for line in contents() if code is None else page(checks[_known(code, tuple(checks))]):
        print(line)


def _known(code: str, codes: tuple[str, ...]) -> str:
    """The code, if there is such a check. A list of all hundred would hide the nearest."""
    if code in codes:
        return code
    from pathfinder.sanitize import quoted
    from pathfinder.suggest import did_you_mean

    hint = did_you_mean(code, codes)
    more = "See all: pathfinder rules explain"
    raise PathfinderError(f"CODE: there is no check {quoted(code)}.{hint} {more}")
