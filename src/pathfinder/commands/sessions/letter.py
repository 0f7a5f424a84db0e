"""`pathfinder sessions letter`: a referral letter, with only what the counselor ticks.

Why this module exists: a program that takes a client asks who they are and what they need. What
it is told is the counselor's choice, each time: nothing is ticked beforehand, and where nobody
can be asked nothing is told but the appointment.
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    SessionArgument,
    fits_overwrite,
    notice_text,
    older_told,
    opened,
    say,
    the_session,
)
from pathfinder.commands.shared import OutputOption, RulesOption, load, one_of, rules_folder

if TYPE_CHECKING:
    from collections.abc import Mapping


def letter(
    context: typer.Context,
    session: SessionArgument,
    tell: Annotated[
        list[str] | None,
        typer.Option(
            "--tell", metavar="PART", help="Tell this part, instead of being asked. Once for each.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="md|html")] = "md",
    notice: Annotated[
        str | None,
        typer.Option(
            "--notice", metavar="FILE", help="Put your agency's own text at the foot.",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    one_of("--format", format_, ("md", "html"))
    fits_overwrite(overwrite, output)
    at_the_foot = "" if notice is None else notice_text(notice)
    from pathfinder.loader.record_file import read_record
    from pathfinder.sessions.letter import choices
    from pathfinder.sessions.letter import letter as made

    rule_set = load(context, rules)
    told = read_record(rule_set, rules_folder(context, rules))
    for part in tell or ():
        one_of("--tell", part, tuple(choices(told)))
    vault = opened(passphrase_fd)
    from pathfinder.commands.programs.using import where_reached
    from pathfinder.output import write_out
    from pathfinder.sessions import read
    from pathfinder.sessions.opening import day_in_words

    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    found = read(vault, id_)
    ticked = _ticked(choices(told)) if tell is None else tell
    today = day_in_words(date.today().isoformat())
    agreed = found.newest.agreed
    page = made(
        rule_set, told, found, found.newest, ticked, today=today, notice=at_the_foot,
        reached=where_reached(rule_set, agreed.program) if agreed else "",
    )  # fmt: skip
    if format_ == "html":
        from pathfinder.render.html import sheet_html

        text = sheet_html(page)
    else:
        from pathfinder.pages.sheet import as_blocks
        from pathfinder.render.markdown import markdown

        text = markdown(as_blocks(page), title=page.title)
    write_out(text.rstrip("\n") + "\n", output, overwrite=overwrite)


def _ticked(parts: "Mapping[str, str]") -> list[str]:
    """What the counselor picks. Enter alone, and the end of the input, pick nothing."""
    from pathfinder.ask.terminal import Lines
    from pathfinder.sessions.agreeing import ask_ticked

    return ask_ticked(Lines.of_the_process(), parts)
