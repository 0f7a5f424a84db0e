"""`pathfinder sessions forget`: remove a session, and say what can't be promised.

Why this module exists: a client may ask for it. It asks first, because nothing
brings a session back.
"""

from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import (
    PassphraseFdOption,
    SessionArgument,
    opened,
    say,
    the_session,
)


def forget(
    session: SessionArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask. For scripts.")] = False,
    passphrase_fd: PassphraseFdOption = None,
) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.errors import PathfinderError, Stopped
    from pathfinder.sessions import forget as remove
    from pathfinder.sessions import messages
    from pathfinder.sessions.index import lines

    id_ = the_session(vault, session, passphrase_fd)
    about = [line for line in lines(vault) if line.id == id_]
    client = next((line.client for line in about if line.client), "?")
    revisions = max((line.revisions for line in about), default=0)
    if yes:
        say(messages.CANT_PROMISE)
    else:
        import sys

        from pathfinder.ask.terminal import Lines
        from pathfinder.sessions.prompts import really_forget

        if passphrase_fd == 0 or not sys.stdin.isatty():
            raise PathfinderError("There is no terminal to ask at. In a script, add --yes.")
        if not really_forget(Lines.of_the_process(), id_, client, revisions):
            raise Stopped("Nothing was removed.")
    remove(vault, id_)
    say(f"Session {id_} is removed from this computer's folder of sessions.")
