"""What may be typed: every command with its options, as completion scripts and as a manual page.

Why this module exists: shell completion and the manual page are made of the same table and
the same options that run, so neither can name a word that isn't there. A script that holds
every word answers at once: one that asked the program would start Python at every Tab. The
page is for `man`, in the marks of roff.

The scripts and the page must not know a command: all that they say comes from the outline. It
builds every command, so nothing may import it at a start.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from pathfinder._version import __version__
from pathfinder.commands.shared import RulesOption, load, names_below, one_of
from pathfinder.pages.help_topics import EXIT_CODES, VARIABLES

if TYPE_CHECKING:
    from typer import _click as click


class Takes(Enum):
    """What no list of words can tell."""

    NOTHING = "nothing"
    ANYTHING = "anything"
    FILE = "file"
    FOLDER = "folder"


Values = Takes | tuple[str, ...]
"""What may stand after an option or as an argument: these words, or a file, or whatever."""


class CommandOption(NamedTuple):
    flags: tuple[str, ...]
    metavar: str
    help: str
    values: Values


class CommandArgument(NamedTuple):
    metavar: str
    help: str
    values: Values


class Outline(NamedTuple):
    """One command; `commands` are those below it."""

    words: tuple[str, ...]
    help: str
    options: tuple[CommandOption, ...]
    arguments: tuple[CommandArgument, ...]
    commands: tuple["Outline", ...]

    @property
    def called(self) -> str:
        return " ".join(self.words)


def outline(
    top: "click.Command", known: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Outline:
    """The whole command line below `top`. `known`: the words for a placeholder, such as PATH."""
    return _outline(top, (), None, known)


def every(top: Outline) -> Iterator[Outline]:
    """A command, and all below it."""
    yield top
    for below in top.commands:
        yield from every(below)


def _outline(
    command: "click.Command",
    words: tuple[str, ...],
    parent: "click.Context | None",
    known: Mapping[str, tuple[str, ...]],
) -> Outline:
    context = command.context_class(
        command,
        parent=parent,
        info_name=words[-1] if words else "pathfinder",
        **command.context_settings,
    )
    below = []
    for name in command.list_commands(context) if hasattr(command, "list_commands") else ():
        entry = command.get_command(context, name)  # type: ignore[attr-defined]
        below.append(_outline(entry, (*words, name), context, known))
    options, arguments = [], []
    for param in command.get_params(context):
        values = _values(param, known)
        metavar = "" if values is Takes.NOTHING else param.metavar or ""
        text = getattr(param, "help", None) or ""
        if param.param_type_name == "option":
            # click keeps those of help in a set, so their order isn't that of the table.
            flags = tuple(sorted(param.opts, key=len))
            options.append(CommandOption(flags, metavar, text, values))
        else:
            arguments.append(CommandArgument(metavar or str(param.name).upper(), text, values))
    return Outline(words, command.help or "", tuple(options), tuple(arguments), tuple(below))


def _values(param: "click.Parameter", known: Mapping[str, tuple[str, ...]]) -> Values:
    if getattr(param, "is_flag", False):
        return Takes.NOTHING
    metavar = (param.metavar or "").strip("[].")
    for name in (param.opts[0], metavar):
        if name in known:
            return known[name]
    if metavar in ("DIR", "OLD", "NEW"):
        return Takes.FOLDER
    if "FILE" in metavar:
        return Takes.FILE
    return tuple(metavar.split("|")) if metavar.islower() else Takes.ANYTHING


_BASH: Final = """\
# Completion of pathfinder for bash. To use it: eval "$(pathfinder completion bash)"
_pathfinder_offer() { COMPREPLY=($(compgen -W "$*" -- "$current")); }
_pathfinder_files() { COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames 2>/dev/null; }
_pathfinder_folders() { COMPREPLY=($(compgen -d -- "$current")); compopt -o filenames 2>/dev/null; }
_pathfinder() {
  local IFS=$'\\n' at="" before="" word
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
BODY
}
complete -F _pathfinder pathfinder
"""

_ZSH: Final = """\
#compdef pathfinder
# Completion of pathfinder for zsh. To use it, after compinit: eval "$(pathfinder completion zsh)"
_pathfinder_offer() { compadd -- "$@"; }
_pathfinder_files() { _files; }
_pathfinder_folders() { _files -/; }
_pathfinder() {
  local at="" before="" word
  local current="${words[CURRENT]}" previous="${words[CURRENT-1]}"
  for word in "${(@)words[2,CURRENT-1]}"; do
BODY
}
if [ "${funcstack[1]}" = _pathfinder ]; then _pathfinder "$@"
else compdef _pathfinder pathfinder
fi
"""

_FISH: Final = """\
# Completion of pathfinder for fish. To use it: pathfinder completion fish | source
function __pathfinder_at
    set -l at
    set -l before
    for word in (commandline -opc)[2..-1]
        if test "$before" != --rules
            switch "$at $word"
                case NAMES
                    set at (string trim -- "$at $word")
            end
        end
        set before $word
    end
    test "$at" = "$argv[1]"
end
complete -c pathfinder -f
"""


def bash(top: Outline) -> str:
    return _BASH.replace("BODY", "\n".join(_body(top)))


def zsh(top: Outline) -> str:
    return _ZSH.replace("BODY", "\n".join(_body(top)))


def _body(top: Outline) -> Iterator[str]:
    """What bash and zsh say alike: where on the command line we are, and what fits there."""
    yield '    if [ "$before" != --rules ]; then'
    names = "|".join(_quoted(f" {name}" if " " not in name else name) for name in _called(top))
    yield f'      case "$at $word" in ({names}) at="${{at:+$at }}$word" ;; esac'
    yield "    fi"
    yield '    before="$word"'
    yield "  done"
    yield '  case "$at $previous" in'
    for command in every(top):
        for option in command.options:
            if option.values is not Takes.NOTHING:
                flags = "|".join(_quoted(f"{command.called} {flag}") for flag in option.flags)
                yield f"    ({flags}) {_offer(option.values)}; return ;;"
    yield "  esac"
    yield '  case "$at" in'
    for command in every(top):
        flags = " ".join(flag for option in command.options for flag in option.flags)
        yield f'    ({_quoted(command.called)}) case "$current" in'
        yield f"      (-*) _pathfinder_offer {flags} ;;"
        yield f"      (*) {_offer(_next(command))} ;;"
        yield "    esac ;;"
    yield "  esac"


def fish(top: Outline) -> str:
    names = " ".join(_quoted(f" {name}" if " " not in name else name) for name in _called(top))
    lines = [_FISH.replace("NAMES", names).rstrip()]
    for command in every(top):
        place = _quoted(f'__pathfinder_at "{command.called}"')
        at = f"complete -c pathfinder -n {place}"
        for below in command.commands:
            first = below.help.partition("\n")[0]
            lines.append(f"{at} -a {below.words[-1]} -d {_quoted(first)}")
        if not command.commands:
            lines += [f"{at} {each}" for each in _fish_values(_next(command))]
        lines += [f"{at} {_fish_option(option)}" for option in command.options]
    return "\n".join(lines) + "\n"


def _fish_option(option: CommandOption) -> str:
    parts = [
        f"-l {flag.removeprefix('--')}" if flag.startswith("--") else f"-s {flag[1:]}"
        for flag in option.flags
    ]
    if option.values is not Takes.NOTHING:
        parts += ["-r" if option.values is Takes.FILE else "-x", *_fish_values(option.values)]
    if option.help:
        parts.append(f"-d {_quoted(option.help)}")
    return " ".join(parts)


def _fish_values(values: Values) -> list[str]:
    if isinstance(values, tuple):
        return [f"-a {_quoted(' '.join(values))}"]
    if values is Takes.FILE:
        return ["-F"]
    return ["-a '(__fish_complete_directories)'"] if values is Takes.FOLDER else []


def _called(top: Outline) -> list[str]:
    return [command.called for command in every(top) if command.words]


def _next(command: Outline) -> Values:
    """What may stand next: the commands below, or what the first argument takes."""
    if command.commands:
        return tuple(below.words[-1] for below in command.commands)
    return command.arguments[0].values if command.arguments else Takes.NOTHING


def _offer(values: Values) -> str:
    if isinstance(values, tuple):
        return f"_pathfinder_offer {' '.join(map(_quoted, values))}"
    named = {Takes.FILE: "_pathfinder_files", Takes.FOLDER: "_pathfinder_folders"}
    return named.get(values, ":")


def _quoted(text: str) -> str:
    """One word for any of the three shells; each reads '\\'' between quotes alike."""
    if text.replace("-", "").replace("_", "").isalnum():
        return text
    return "'" + text.replace("'", "'\\''") + "'"


SHELLS: Final[Mapping[str, Callable[[Outline], str]]] = {"bash": bash, "zsh": zsh, "fish": fish}


def man_page(top: "click.Command") -> str:
    return "\n".join(_lines(outline(top))) + "\n"


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


def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Which shell you use.")],
    rules: RulesOption = None,
) -> None:
    from pathfinder.pages.help_topics import TOPICS
    from pathfinder.ruletools.check.registry import by_code

    one_of("SHELL", shell, tuple(SHELLS))
    rule_set = load(context, rules)
    top = context.find_root()
    known = {
        "PATH": tuple(rule_set.path_by_id),
        "--region": tuple(region.id for region in rule_set.regions),
        "CODE": tuple(by_code()),
        "TOPIC": (*TOPICS, "man", *names_below(top)),
    }
    sys.stdout.write(SHELLS[shell](outline(top.command, known)))
