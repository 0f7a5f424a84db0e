"""`pathfinder sessions access list`: who can open the sessions.

Why this module exists: a client may ask who reads what they said, and must get an answer.
"""

import sys
from typing import TYPE_CHECKING

from pathfinder.commands.sessions.shared import PassphraseFdOption, opened

if TYPE_CHECKING:
    from pathfinder.vault.access import Person


def list_(passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sessions import access_messages
    from pathfinder.sessions.times import day

    def line(person: "Person") -> str:
        how = access_messages.WITH_PASSPHRASE if person.here else access_messages.WITH_KEY
        return f"{person.name}  {day(person.since) or '?'}  {how}"

    found = vault.people()
    first = access_messages.YOU if vault.holder.owns else access_messages.MAKER
    sys.stdout.write("".join(f"{text}\n" for text in (first, *map(line, found.others))))
