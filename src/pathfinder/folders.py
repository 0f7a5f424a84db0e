"""Where the program's own folders are: that of the sessions' data, and that of preferences.

Why this module exists: a folder that depends on where one stands is another folder
tomorrow, and what was saved in it is "not there". So a variable that names one is taken
whole: `~` is the home folder, as a shell would have it, and a relative one is refused.

It must not make a folder, or look into one.
"""

from __future__ import annotations

import os
from pathlib import Path

from pathfinder.errors import PathfinderError
from pathfinder.sanitize import clean


class NoHome(PathfinderError):
    """This user has no home folder, and no variable names another place."""


def data_folder() -> Path:
    """The folder in PATHFINDER_DATA, else the platform's for a program's data.

    Raises PathfinderError for a relative one, and where there is no home folder.
    """
    named = os.environ.get("PATHFINDER_DATA")
    if named:
        return _whole("PATHFINDER_DATA", named)
    _refuse_relative("XDG_DATA_HOME")
    # Here, and not above: only sessions need it.
    from platformdirs import user_data_path

    try:
        folder = user_data_path("pathfinder", appauthor=False)
    except (RuntimeError, KeyError):
        raise _no_home("PATHFINDER_DATA") from None
    return _absolute("HOME", _at_home("PATHFINDER_DATA", folder))


def config_folder() -> Path:
    """The folder in PATHFINDER_CONFIG_DIR, else the platform's for settings. Raises the same."""
    named = os.environ.get("PATHFINDER_CONFIG_DIR")
    if named:
        return _whole("PATHFINDER_CONFIG_DIR", named)
    _refuse_relative("XDG_CONFIG_HOME")
    # Here, and not above: most commands read no preferences.
    from platformdirs import user_config_path

    try:
        folder = user_config_path("pathfinder")
    except (RuntimeError, KeyError):
        raise _no_home("PATHFINDER_CONFIG_DIR") from None
    return _absolute("HOME", _at_home("PATHFINDER_CONFIG_DIR", folder))


def _at_home(variable: str, folder: Path) -> Path:
    """Without a home, older versions of platformdirs leave the `~` as it is."""
    if folder.parts[:1] == ("~",):
        raise _no_home(variable)
    return folder


def _whole(variable: str, named: str) -> Path:
    try:
        folder = Path(named).expanduser()
    except RuntimeError:  # no home, or none of that user
        raise _no_home(variable) from None
    return _absolute(variable, folder)


def _refuse_relative(variable: str) -> None:
    """Some versions of platformdirs take a relative one, others pass it over without a word."""
    named = os.environ.get(variable, "").strip()
    if named and os.name == "posix":
        _absolute(variable, Path(named))


def _absolute(variable: str, folder: Path) -> Path:
    if folder.is_absolute():
        return folder
    raise PathfinderError(
        f"{variable} names {clean(str(folder))}, which depends on the folder you are in. "
        "Name a whole path, such as ~/pathfinder."
    )


def _no_home(variable: str) -> NoHome:
    return NoHome(f"There is no home folder here. Name a folder in {variable}.")
