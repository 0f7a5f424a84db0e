"""The manual page, `pathfinder help man`: for `man`, in the marks of roff.

Why this module exists: people look a program up with `man`. The page is made of the table
of commands, the options that run, and the topics on variables and exit codes, so it is never
older than the program.
"""

from collections.abc import Iterator

from pathfinder._version import __version__
from pathfinder.commands.outline import Outline, every, outline
from pathfinder.pages.help_topics import EXIT_CODES, VARIABLES


def man_page() -> str:
    return "\n".join(_lines(outline({}))) + "\n"


def _lines(top: Outline) -> Iterator[str]:
    yield f'.TH PATHFINDER 1 "" "pathfinder {__version__}"'
    yield from (".SH NAME", r"pathfinder \- explain which recovery paths may fit you")
    yield from (".SH SYNOPSIS", r".B pathfinder", r"[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGS\fR]")
    yield ".SH DESCRIPTION"
    for number, paragraph in enumerate(top.help.split("\n\n")):
        if number:
            yield ".PP"
        yield _text(paragraph)
    yield ".SH OPTIONS"
    yield from _options(top)
    yield ".SH COMMANDS"
    for command in every(top):
        if command.words and not command.commands:
            yield from _command(command)
    yield ".SH ENVIRONMENT"
    for name, told in VARIABLES.items():
        yield from (".TP", f".B {_text(name)}", _text(told))
    yield ".SH EXIT STATUS"
    for code, told in EXIT_CODES.items():
        yield from (".TP", f".B {code.value}", _text(told))


def _command(command: Outline) -> Iterator[str]:
    takes = " ".join(rf"\fI{_text(each.metavar)}\fR" for each in command.arguments)
    yield f'.SS "{f"pathfinder {_text(command.called)} {takes}".rstrip()}"'
    for number, paragraph in enumerate(command.help.split("\n\n")):
        if number:
            yield ".PP"
        yield _text(paragraph)
    for argument in command.arguments:
        if argument.help:
            yield from (".TP", rf"\fI{_text(argument.metavar)}\fR", _text(argument.help))
    yield from _options(command)


def _options(command: Outline) -> Iterator[str]:
    for option in command.options:
        flags = ", ".join(rf"\fB{_text(flag)}\fR" for flag in option.flags)
        yield ".TP"
        yield flags + (rf" \fI{_text(option.metavar)}\fR" if option.metavar else "")
        yield _text(option.help)


def _text(words: str) -> str:
    """Words for roff: nothing in them may be read as a mark, and no hyphen as a dash."""
    safe = " ".join(words.split()).replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    safe = "".join(each if each.isascii() else f"\\[u{ord(each):04X}]" for each in safe)
    return rf"\&{safe}" if safe.startswith((".", "'")) else safe
