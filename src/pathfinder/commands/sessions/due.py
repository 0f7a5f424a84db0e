"""`pathfinder sessions due`: whom to call next, and who was to be called already.

Why this module exists: a client who was promised a call waits for it. The day stands in what was
agreed (`sessions agree`), and this brings it back.
"""

import sys
from datetime import date

from pathfinder.commands.sessions.shared import PassphraseFdOption, opened, say


def due(passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sanitize import clean
    from pathfinder.sessions import messages
    from pathfinder.sessions.contacts import due as open_contacts
    from pathfinder.sessions.index import lines

    found = open_contacts(lines(vault), date.today())
    if not found:
        say(messages.NONE_DUE)
        return
    for each in found:
        told = (str(each.on), messages.how_far(each.days), clean(each.line.client), each.line.id)
        sys.stdout.write("  ".join(told) + "\n")
