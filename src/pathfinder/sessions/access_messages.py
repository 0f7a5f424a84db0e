"""The words on who has access: what a supervisor is asked, and what removing can't undo.

Why this module exists: one place to read them aloud and to translate them.

It must not hold anything that depends on a vault beyond a name or a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pathfinder.sanitize import clean

if TYPE_CHECKING:
    from pathfinder.vault import Person

YOU: Final = "You, who made these sessions"
MAKER: Final = "Who made these sessions"
WITH_PASSPHRASE: Final = "a passphrase of their own"
WITH_KEY: Final = "an age key that they keep elsewhere"
STOPPED: Final = (
    "Stopped. Every session is whole. If the change was begun, the next opening by who made "
    "these sessions carries it out: pathfinder sessions access list"
)
CANT_UNDO: Final = (
    "What this can't undo: what they have read, copied or printed, and backups of before, which "
    "still open with their passphrase. If they can still write in the folder, take that away "
    "too: an older list put back there would let them in again."
)


def choose(name: str) -> str:
    """Before a passphrase is chosen by somebody else than who sits here."""
    return f"{clean(name)} chooses a passphrase now. Let them type it themselves."


def added(person: Person) -> str:
    name = clean(person.name)
    how = (
        "open them here with the passphrase just chosen"
        if person.here
        else "open each file with age and that key"
    )
    return f"{name} has access to all sessions from now on, and can {how}."


def removed(person: Person) -> str:
    return f"{clean(person.name)} has no access any more. Every file is encrypted anew."


def hurt(number: int) -> tuple[str, ...]:
    """That some files were damaged before, and are as they were."""
    if not number:
        return ()
    what = "One file" if number == 1 else f"{number} files"
    return (f"{what} couldn't be opened, and stayed as they were: pathfinder sessions list",)
