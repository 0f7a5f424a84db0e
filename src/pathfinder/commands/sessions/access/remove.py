"""`pathfinder sessions access remove`: shut somebody out, and say what that can't undo.

Why this module exists: who leaves the agency must not read on. Everything is encrypted anew,
in one step that a closed window can't leave half done.
"""

from pathfinder.commands.sessions.shared import (
    NameArgument,
    PassphraseFdOption,
    opened,
    say,
    stopping,
)


def remove(name: NameArgument, passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sessions import access_messages
    from pathfinder.vault import shut_out

    with stopping(access_messages.STOPPED):
        changed = shut_out(vault, name)
    say(
        access_messages.removed(changed.person),
        access_messages.CANT_UNDO,
        *access_messages.hurt(changed.hurt),
    )
