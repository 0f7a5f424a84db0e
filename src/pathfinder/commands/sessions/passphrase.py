"""`pathfinder sessions passphrase`: choose another passphrase.

Why this module exists: a passphrase gets known, or forgotten almost. Changing it
rewrites two small files and no session.
"""

from pathfinder.commands.sessions.shared import PassphraseFdOption, opened_by, say


def passphrase(passphrase_fd: PassphraseFdOption = None) -> None:
    from pathfinder.sessions import messages
    from pathfinder.vault import change_passphrase, vault_folder
    from pathfinder.vault import passphrase as asking

    _, old = opened_by(passphrase_fd, "Passphrase until now: ")  # nobody should choose in vain
    say(*change_passphrase(vault_folder(), old, asking.ask_new(passphrase_fd)))
    say(messages.PASSPHRASE_CHANGED)
