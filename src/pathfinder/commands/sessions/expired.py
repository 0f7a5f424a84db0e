"""`pathfinder sessions expired`: which sessions have stood longer than the agency keeps them.

Why this module exists: what is kept too long is a danger to the client and no help to anyone.
It lists, and removes nothing: `sessions forget` does, one by one, after asking.
"""

import sys
from datetime import date

from pathfinder.commands.sessions.shared import PassphraseFdOption, opened, say
from pathfinder.errors import PathfinderError


def expired(passphrase_fd: PassphraseFdOption = None) -> None:
    from pathfinder.commands.preferences import read_config
    from pathfinder.sessions import messages

    config = read_config()
    if not config.keep_years:
        raise PathfinderError("\n".join((*config.slips, messages.KEEP_YEARS)))
    vault = opened(passphrase_fd)
    from pathfinder.sanitize import clean
    from pathfinder.sessions.index import lines
    from pathfinder.sessions.keeping_time import expired as over

    found = over(lines(vault), config.keep_years, date.today())
    if not found:
        say(messages.none_expired(config.keep_years))
        return
    for each in found:
        state = messages.STATES[each.line.state]
        told = (each.line.id, clean(each.line.client), f"kept until {each.until}", state)
        sys.stdout.write("  ".join(text for text in told if text) + "\n")
    say(messages.EXPIRED)
