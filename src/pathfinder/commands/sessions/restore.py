"""`pathfinder sessions restore`: bring a backup back, where no sessions are.

Why this module exists: on a new computer there is nothing but the file and the passphrase.
What is there already is never laid over.
"""

from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import PassphraseFdOption, say
from pathfinder.process import forbid as forbid_core_dumps


def restore(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file that `sessions backup` wrote.")
    ],
    passphrase_fd: PassphraseFdOption = None,
) -> None:
    from pathfinder.files import told
    from pathfinder.sanitize import clean
    from pathfinder.sessions import messages
    from pathfinder.vault import backup as kept
    from pathfinder.vault import need_age, passphrase, vault_folder

    need_age()
    forbid_core_dumps()
    folder = vault_folder()
    kept.refuse_if_taken(folder)
    with told(clean(file), kept.NAME_A_BACKUP), open(file, "rb"):
        pass  # nobody should type a passphrase for a file that isn't there
    words = passphrase.ask(passphrase_fd, "Passphrase of the backup: ")
    held = kept.restore(file, words, folder)
    say(messages.restored(len(held.sessions), len(held.drafts)), messages.BACKUP_OPENS)
