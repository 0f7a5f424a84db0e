"""`pathfinder sessions list`: every session in a line, newest first.

Why this module exists: a counselor finds a session by its client code and its date.
"""

import sys

from pathfinder.commands.sessions.shared import PassphraseFdOption, opened, say


def list_(passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sessions import messages
    from pathfinder.sessions.index import lines
    from pathfinder.sessions.pages import table

    found = lines(vault)
    if not found:
        say(messages.NONE_YET)
        return
    sys.stdout.write(table(found))
    say(*(messages.older(each.id, each.revisions, each.older) for each in found if each.older))
