"""What can go wrong with a vault, each told in one line.

Why this module exists: a wrong passphrase, a damaged file and a missing one ask for
different things to do, so they are different errors with different exit codes.

It must not find out which it is: `age` and `identity` do.
"""

from __future__ import annotations

from pathfinder.errors import ExitCode, FileProblem, PathfinderError


class WrongPassphrase(PathfinderError):
    """The passphrase doesn't open the key file."""

    exit_code = ExitCode.WRONG_PASSPHRASE


class Damaged(PathfinderError):
    """A file of the vault isn't what was written there."""

    exit_code = ExitCode.DATA


class NoVault(FileProblem):
    """Nothing has been saved yet."""


class NotThere(FileProblem):
    """The vault holds no such file."""
