"""`pathfinder sessions passphrase`: choose another passphrase.

Why this module exists: a passphrase gets known, or forgotten almost. Changing it
rewrites two small files and no session.
"""

from pathfinder.commands.sessions_shared import PassphraseFdOption, say


def passphrase(passphrase_fd: PassphraseFdOption = None) -> None:
    """Change the passphrase. With --passphrase-fd: the old one, then the new one, a line each."""
    from pathfinder.sessions import words
    from pathfinder.vault import change_passphrase, need_age, need_vault, unlock, vault_folder
    from pathfinder.vault import passphrase as asking

    need_age()
    folder = vault_folder()
    need_vault(folder)
    old = asking.ask(passphrase_fd, "Passphrase until now: ")
    if passphrase_fd is None:
        unlock(folder, old)  # nobody should choose a new one in vain
    say(*change_passphrase(folder, old, asking.ask_new(passphrase_fd)))
    say(words.PASSPHRASE_CHANGED)
