"""`pathfinder programs import`: a feed of meetings or a directory, as a part of the list.

Why this module exists: nobody types what is published already. It reads a file that somebody saved;
it fetches nothing.
"""

import shlex
from pathlib import Path
from typing import Annotated, Final

import typer

from pathfinder.commands.shared import RulesOption, load, one_of

_MEETINGS: Final = ("meeting-guide", "bmlt")


def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="What you saved: JSON, CSV or XLSX.")
    ],
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT",
            help="treatment-locator, hsds, meeting-guide or bmlt.", show_default=False,
        ),
    ],
    into: Annotated[
        str,
        typer.Option(
            "--into", metavar="LIST", help="The list to write, a file of its own.",
            show_default=False,
        ),
    ],
    path: Annotated[
        list[str] | None,
        typer.Option(
            "--path", metavar="PATH", help="What all of them offer; may be given more than once.",
            show_default=False,
        ),
    ] = None,
    fellowship: Annotated[
        str,
        typer.Option(
            "--fellowship", metavar="NAME", help="Whose meetings they are, such as AA.",
            show_default=False,
        ),
    ] = "",
    rules: RulesOption = None,
) -> None:  # fmt: skip
    from pathfinder.errors import PathfinderError
    from pathfinder.files import read_bytes
    from pathfinder.output import write_out, write_over
    from pathfinder.programs.importing import MOST_BYTES, merge, take
    from pathfinder.programs.model import IMPORTS
    from pathfinder.programs.schema import schema_text
    from pathfinder.programs.writing import SCHEMA
    from pathfinder.sanitize import clean

    one_of("--format", format_, IMPORTS)
    if not into.lower().endswith((".yaml", ".yml")):
        raise PathfinderError(f"{clean(into)}: name a list that ends in .yaml.")
    rule_set = load(context, rules)
    paths = tuple(path or ())
    for each in paths:
        one_of("--path", each, tuple(rule_set.path_by_id), more="See all: pathfinder paths")
    if not paths and format_ in _MEETINGS:
        paths = ("twelve-step-meetings",)
    if not paths and format_ == "hsds":
        raise PathfinderError(
            "HSDS has no words for kinds of care. Say what they offer: --path PATH"
        )
    taken = take(file, format_, paths, fellowship)
    label = clean(into)
    stands = Path(into).exists()
    before = read_bytes(into, label, MOST_BYTES, "Name a list.") if stands else None
    merged = merge(taken, before, label, rule_set.path_by_id)
    if not (merged.new or merged.changed or merged.same or merged.by_hand or stands):
        told = "".join(f"\n  {count:,} {what}" for what, count in merged.left.most_common(5))
        raise PathfinderError(f"{clean(file)} holds nothing that a list can hold.{told}")
    if not stands:
        write_out(merged.text, into)
    elif merged.text.encode("utf-8") != before:
        write_over(merged.text.encode("utf-8"), into)
    beside = Path(into).with_name(SCHEMA)
    if not beside.exists():
        write_out(schema_text(rule_set.path_by_id), str(beside))
    print(
        f"{label}: {merged.new:,} new, {merged.changed:,} brought up to date, "
        f"{merged.same:,} as before, {len(merged.by_hand):,} changed by hand and left alone."
    )
    if merged.gone:
        named = ", ".join(merged.gone[:5]) + (", …" if len(merged.gone) > 5 else "")
        print(f"No longer in {clean(file)}, and still in the list: {len(merged.gone):,}: {named}")
    for what, count in merged.left.most_common(12):
        print(f"Left out: {count:,} {what}.")
    print("Nothing in it counts as called. Whom to call first: pathfinder programs due")
    print(f"Then: pathfinder programs check {shlex.quote(label)}")
