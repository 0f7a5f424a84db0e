"""The files of a rule set: where they are, which there must be, their bytes and their hash.

Why this module exists: the same rules must be found in an installed package and
in a checkout, and never by accident in the folder somebody happens to be in.

It must not read what the files say.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.errors import FileProblem, Problem
from pathfinder.files import read_bytes
from pathfinder.sanitize import clean, quoted
from pathfinder.suggest import nearest

REQUIRED: Final = (
    "ruleset.yaml",
    "sources.yaml",
    "paths.yaml",
    "steps.yaml",
    "supports.yaml",
    "help_lines.yaml",
)
_READ_ELSEWHERE: Final = frozenset({"checks.yaml", "migrations.yaml", "record.yaml", "words.yaml"})
_A_FILE: Final = "A file of rules should stand there."
_FACTORS: Final = "factors"
_MOST_BYTES: Final = 1024 * 1024


class RuleFiles(NamedTuple):
    """File name within the rule set -> its bytes, in the order in which problems are told."""

    contents: Mapping[str, bytes]
    labels: Mapping[str, str]
    problems: tuple[Problem, ...]

    def sha256(self) -> str:
        """Of names and bytes as loaded, in the order of the names."""
        return sha256_of(self.contents)


def sha256_of(contents: Mapping[str, bytes]) -> str:
    """One fingerprint of files, by their names and bytes."""
    digest = new_sha256()
    for name in sorted(contents):
        data = contents[name]
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return str(digest.hexdigest())


def new_sha256() -> Any:
    """A SHA-256 from Python's own C module, as `random` takes its own.

    `hashlib` would first load OpenSSL, which is a twentieth of a whole start.
    """
    try:
        from _sha2 import sha256  # type: ignore[import-not-found]  # Python 3.12 and later
    except ImportError:
        try:
            from _sha256 import sha256  # type: ignore[import-not-found]  # Python 3.11
        except ImportError:
            from hashlib import sha256
    return sha256()


def built_in() -> Path:
    """The folder of the rules that come with the program."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    if installed.is_dir():
        return installed
    checkout = package.parent.parent / "rules"
    if (checkout / REQUIRED[0]).is_file():
        return checkout
    if not package.is_dir():
        raise FileProblem(
            "Pathfinder runs from a zip file, where its rules can't be read. "
            "Install it with pip, or unpack the zip file."
        )
    raise FileProblem("The built-in rules aren't there. Install Pathfinder again.")


def read_files(directory: Path) -> RuleFiles:
    """Every file of the rule set in `directory`. Raises FileProblem if there is nothing to read."""
    top = _names_in(directory)
    contents: dict[str, bytes] = {}
    labels: dict[str, str] = {}
    problems: list[Problem] = []

    def read(name: str) -> None:
        labels[name] = label_of(directory, name)
        path = str(directory / name)
        contents[name] = read_bytes(path, labels[name], _MOST_BYTES, _A_FILE)

    for name in REQUIRED:
        if name in top:
            read(name)
        else:
            problems.append(_missing(label_of(directory, name), name, top))
    if _FACTORS in top:
        inside = _names_in(directory / _FACTORS)
        for name in _yaml(inside):
            if name.endswith(".yaml"):
                read(f"{_FACTORS}/{name}")
            else:
                problems.append(_ending(label_of(directory, f"{_FACTORS}/{name}")))
    else:
        problems.append(_missing(label_of(directory, _FACTORS), _FACTORS, top))
    for name in _yaml(top):
        if name not in REQUIRED and name not in _READ_ELSEWHERE:
            near = nearest(name, REQUIRED)
            hint = f"did you mean {quoted(near)}?" if near else "take it out of the rule set."
            message = f"no file of this name belongs to a rule set; {hint}"
            problems.append(Problem(label_of(directory, name), 1, 1, "unexpected-file", message))
    return RuleFiles(contents, labels, tuple(problems))


def label_of(directory: Path, name: str) -> str:
    """What the file `name` of the rule set in `directory` is called before people."""
    return clean(os.path.join(_shown(directory), name))


def _names_in(directory: Path) -> list[str]:
    shown = clean(_shown(directory))
    try:
        return sorted(os.listdir(directory))
    except FileNotFoundError:
        raise FileProblem(f"The rules folder {shown} isn't there. Check its name.") from None
    except NotADirectoryError:
        raise FileProblem(f"{shown} is a file. Name the folder that holds the rules.") from None
    except PermissionError:
        raise FileProblem(f"{shown} can't be read: you have no permission to.") from None
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error))
        raise FileProblem(f"{shown} can't be read: {reason}.") from None


def _yaml(names: Iterable[str]) -> list[str]:
    # Editors leave hidden files behind, like ".#home.yaml"; they are nobody's rules.
    return [
        name
        for name in names
        if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")
    ]


def _missing(label: str, name: str, present: Iterable[str]) -> Problem:
    near = nearest(name, [other for other in present if other not in REQUIRED])
    hint = f"; found {quoted(near)}" if near else ""
    return Problem(label, 1, 1, "missing-file", f"this file of the rule set isn't there{hint}")


def _ending(label: str) -> Problem:
    return Problem(label, 1, 1, "unexpected-file", "files of rules end in .yaml; rename it")


def _shown(directory: Path) -> str:
    """The folder as a person would type it from where they are, if it lies below."""
    try:
        return str(directory.relative_to(Path.cwd())) if directory.is_absolute() else str(directory)
    except (ValueError, OSError):
        return str(directory)
