"""Keeping a list: `pathfinder programs new`, `check`, `list`, `due`, `called`, `import`, `schema`.

Why this module exists: who keeps the list isn't a programmer. Nobody should begin with an empty
page, learn the keys by heart, or type what is published already; a wrong number is found here or
by a client; and a date that costs a minute of editing isn't written, and then nobody knows which
numbers still ring.

It must not fetch anything, or write over what somebody changed by hand.
"""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pathfinder.commands.programs.using import ListArgument, ProgramsOption, list_or_error
from pathfinder.commands.shared import AllOption, RulesOption, load, one_of

if TYPE_CHECKING:
    from pathfinder.engine.ruleset import RuleSet


def check(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A list of programs, or a folder.")],
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    from datetime import date

    from pathfinder.programs.load import load_programs
    from pathfinder.programs.matching import days_to_come, due
    from pathfinder.programs.places import Distances, here, read_table
    from pathfinder.sanitize import clean

    found = load_programs(Path(file), load(context, rules).path_by_id)
    table = read_table(found.postal_codes) if found.postal_codes else {}
    shown, today = clean(file), date.today()
    programs, meetings = len(found.programs), len(found.meetings)
    print(f"{shown} holds: {_counted(programs, 'program')}, {_counted(meetings, 'meeting')}.")
    if table:
        placed = Distances(here(found.near, table), table)
        lost = sum(bool(each.postal_code) and not placed.knows(each) for each in found.programs)
        lost += sum(bool(each.postal_code) and not placed.knows(each) for each in found.meetings)
        print(f"{clean(found.postal_codes)} holds {_counted(len(table), 'place')}.")
        if lost:
            print(f"Entries with a postal code that isn't in it: {lost:,}.")
    for each in days_to_come(found.programs, today):
        print(f"{each.id}: last_called is {each.last_called}, a day to come. Correct it.")
    told = sum(bool(each.notes) for each in found.programs)
    told += sum(bool(each.notes) for each in found.meetings)
    if told:
        print(f"Entries with notes: {told:,}. Clients read notes as they stand.")
    if old := due(found.programs, today):
        whom = f"pathfinder programs due {shlex.quote(shown)}"
        print(f"Not called for 90 days, or never: {len(old):,}. Whom to call: {whom}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def new(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The new list.")],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="SHEET", help="A spreadsheet, as CSV or XLSX.", show_default=False
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.errors import PathfinderError
    from pathfinder.output import write_out
    from pathfinder.programs.writing import SCHEMA, schema_text, template
    from pathfinder.sanitize import clean

    if not file.lower().endswith((".yaml", ".yml")):
        raise PathfinderError(f"{clean(file)}: name a file that ends in .yaml.")
    rule_set = load(context, rules)
    schema = schema_text(rule_set.path_by_id)
    text, told = (template(), []) if from_ is None else _of_sheet(rule_set, from_)
    write_out(text, file, way_out="Name a new file.")
    beside = Path(file).with_name(SCHEMA)
    shown = clean(file)
    if from_ is None:
        print(f"{shown} is there, with one example. Write your programs over it.")
    for line in told:
        print(line)
    if not beside.exists():
        write_out(schema, str(beside))
    print(f"Then: pathfinder programs check {shlex.quote(shown)}")


def _of_sheet(rules: "RuleSet", sheet: str) -> tuple[str, list[str]]:
    """The text of a list made of a spreadsheet, and what to tell about it."""
    from pathfinder.files import read_bytes
    from pathfinder.programs.spreadsheet import MOST_BYTES, read_sheet
    from pathfinder.programs.writing import HEAD, list_text
    from pathfinder.sanitize import clean

    names = {
        word.casefold(): path.id
        for path in rules.paths
        for word in (path.id, path.name, path.in_a_row)
    }
    label = clean(sheet)
    found = read_sheet(read_bytes(sheet, label, MOST_BYTES, "Name a spreadsheet."), label, names)
    told = [f"Taken from {label}: {len(found.programs):,} programs."]
    told += [f"Mended: {line}." for line in found.mended]
    told += [f"No place for {line}." for line in found.lost]
    return HEAD + list_text(found.programs, []), told


def called(
    context: typer.Context,
    program: Annotated[str, typer.Argument(metavar="ID", help="The program that was called.")],
    wait: Annotated[
        str | None,
        typer.Option(
            "--wait", metavar="DAYS",
            help='How long until the first visit: 3, "1 week", "same day".', show_default=False,
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Who called.", show_default=False)
    ] = "",
    programs: ProgramsOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    from datetime import date

    from pathfinder.errors import PathfinderError
    from pathfinder.programs.keys import days_of_waiting
    from pathfinder.programs.load import load_programs, rewrite
    from pathfinder.programs.writing import stamp
    from pathfinder.sanitize import clean, quoted
    from pathfinder.suggest import did_you_mean

    days = None if wait is None else days_of_waiting(wait)
    if wait is not None and days is None:
        raise PathfinderError(
            f'--wait: {quoted(wait)} isn\'t known; write days or weeks: 3, "1 week" or "same day".'
        )
    where = list_or_error(programs)
    found = load_programs(where, load(context, rules).path_by_id)
    known = [each.id for each in found.programs]
    if program not in known:
        near = did_you_mean(program, known)
        raise PathfinderError(f"{quoted(program)} is no program of the list.{near}")
    today = date.today().isoformat()
    file = rewrite(where, program, stamp(today, by, days))
    waits = "" if days is None else f"; days to wait: {days}"
    print(f"{clean(str(file))}: {program} was called on {today}{waits}.")


def due(context: typer.Context, file: ListArgument = None, rules: RulesOption = None) -> None:
    from datetime import date

    from pathfinder.programs.load import load_programs
    from pathfinder.programs.matching import due as to_call
    from pathfinder.sanitize import clean

    found = load_programs(list_or_error(file), load(context, rules).path_by_id)
    rows = [
        (each.id, each.last_called or "never", each.phone or "no phone", clean(each.name))
        for each in to_call(found.programs, date.today())
    ]
    if not rows:
        print("Every program was called within the last 90 days.")
        return
    print("\n".join(_table([("id", "last called", "phone", "name"), *rows])))
    of = "" if file is None else f" --programs {shlex.quote(clean(file))}"
    print(f"When you have called one: pathfinder programs called ID{of}")


def list_(context: typer.Context, file: ListArgument = None, rules: RulesOption = None) -> None:
    from pathfinder.programs.load import load_programs
    from pathfinder.sanitize import clean

    found = load_programs(list_or_error(file), load(context, rules).path_by_id)
    programs = [
        (each.id, each.phone or "no phone", each.last_called or "never", clean(each.name))
        for each in found.programs
    ]
    meetings = [
        (each.id, ",".join(day[:3] for day in each.days), each.time, clean(each.name))
        for each in found.meetings
    ]
    lines = _table([("id", "phone", "last called", "program"), *programs]) if programs else []
    if programs and meetings:
        lines.append("")
    lines += _table([("id", "days", "time", "meeting"), *meetings]) if meetings else []
    print("\n".join(lines))


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows below their heads; in a window too narrow for them, the name and what belongs to it."""
    from pathfinder.terminal import WIDEST, cells, columns, is_terminal, page_width, wrap

    lines = columns(rows)
    width = page_width(sys.stdout, widest=2 * WIDEST)
    if not is_terminal(sys.stdout) or max(map(cells, lines)) <= width:
        return lines
    heads = rows[0]
    told = []
    for row in rows[1:]:
        facts = [f"{head}: {cell}" for head, cell in zip(heads, row, strict=True)][:-1]
        told += wrap(row[-1], width)
        told += [f"  {line}" for line in wrap("; ".join(facts), width - 2)]
    return told


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
    from pathfinder.programs.importing import MOST_BYTES, looks_like, merge, take
    from pathfinder.programs.model import IMPORTS
    from pathfinder.programs.writing import SCHEMA, schema_text
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
        told = "".join(f"\n  {what}: {count:,}" for what, count in merged.left.most_common(5))
        other = looks_like(file)
        hint = f" It looks like --format {other}." if other not in ("", format_) else ""
        raise PathfinderError(f"{clean(file)} holds nothing that a list can hold.{hint}{told}")
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
    for what, count in taken.mended.items():
        print(f"{what}: {count:,}.")
    for what, count in merged.left.most_common(12):
        print(f"Left out, {what}: {count:,}.")
    shown = shlex.quote(label)
    if taken.programs:
        print(
            f"Nothing in it counts as called. Whom to call first: pathfinder programs due {shown}"
        )
    print(f"Then: pathfinder programs check {shown}")


def schema(context: typer.Context, rules: RulesOption = None) -> None:
    from pathfinder.programs.writing import schema_text

    sys.stdout.write(schema_text(load(context, rules).path_by_id))
