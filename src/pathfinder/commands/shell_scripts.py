"""Completion scripts for bash, zsh and fish, each whole in itself.

Why this module exists: a script that holds every word answers at once. One that asked the
program would start Python at every Tab.

It must not know a command: all that it says comes from the outline.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pathfinder.commands.outline import Option, Outline, Takes, Values, every

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


def _fish_option(option: Option) -> str:
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
