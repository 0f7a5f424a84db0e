"""The commands under `pathfinder sessions`: their part of the list in `commands/table.py`.

It must not import a command before somebody asks for it.
"""

from typing import Final

from pathfinder.commands.entry import Command, Function, Group


def _sessions_list() -> Function:
    from pathfinder.commands.sessions.look import list_

    return list_


def _sessions_show() -> Function:
    from pathfinder.commands.sessions.look import show

    return show


def _sessions_agree() -> Function:
    from pathfinder.commands.sessions.record import agree

    return agree


def _sessions_note() -> Function:
    from pathfinder.commands.sessions.record import note

    return note


def _sessions_letter() -> Function:
    from pathfinder.commands.sessions.record import letter

    return letter


def _sessions_calendar() -> Function:
    from pathfinder.commands.sessions.record import calendar

    return calendar


def _sessions_resume() -> Function:
    from pathfinder.commands.sessions.go_on import resume

    return resume


def _sessions_compare() -> Function:
    from pathfinder.commands.sessions.go_on import compare

    return compare


def _sessions_export() -> Function:
    from pathfinder.commands.sessions.keep import export

    return export


def _sessions_forget() -> Function:
    from pathfinder.commands.sessions.keep import forget

    return forget


def _sessions_passphrase() -> Function:
    from pathfinder.commands.sessions.keep import passphrase

    return passphrase


def _sessions_backup() -> Function:
    from pathfinder.commands.sessions.keep import backup

    return backup


def _sessions_restore() -> Function:
    from pathfinder.commands.sessions.keep import restore

    return restore


def _sessions_import() -> Function:
    from pathfinder.commands.sessions.keep import import_

    return import_


def _sessions_due() -> Function:
    from pathfinder.commands.sessions.look import due

    return due


def _sessions_report() -> Function:
    from pathfinder.commands.sessions.look import report

    return report


def _sessions_expired() -> Function:
    from pathfinder.commands.sessions.look import expired

    return expired


def _access_add() -> Function:
    from pathfinder.commands.sessions.keep import add

    return add


def _access_list() -> Function:
    from pathfinder.commands.sessions.keep import list_

    return list_


def _access_remove() -> Function:
    from pathfinder.commands.sessions.keep import remove

    return remove


ACCESS: Final = Group(
    "Who can open the sessions beside you, such as a supervisor.",
    {
        "add": Command(
            "Let somebody in, with a passphrase of their own.",
            _access_add,
            "With --passphrase-fd: yours, then theirs, a line each.",
        ),
        "list": Command("List who has access.", _access_list),
        "remove": Command(
            "Shut somebody out, and encrypt everything anew.",
            _access_remove,
            "Says what that can't undo.",
        ),
    },
)

SESSIONS: Final = Group(
    "For counselors: sessions, kept encrypted on this computer.",
    {
        "list": Command("List the sessions, newest first.", _sessions_list),
        "show": Command("Show one session, or make a handout of it.", _sessions_show),
        "agree": Command(
            "Write down what was agreed, and what became of first steps.",
            _sessions_agree,
            "Of an intake stopped for safety, also what was done.",
        ),
        "note": Command(
            "Write one session as a note for a chart.",
            _sessions_note,
            "Third person, in the form that your charts ask for.",
        ),
        "letter": Command(
            "Write a referral letter, with only what you tick.",
            _sessions_letter,
            "Notes and the client's code never stand in it.",
        ),
        "calendar": Command("Write the appointment as a file for a calendar.", _sessions_calendar),
        "resume": Command("Go on with a session, and save a new revision.", _sessions_resume),
        "compare": Command(
            "Compare two sessions, or one under two rule sets.",
            _sessions_compare,
            "Two sessions are of one person.",
        ),
        "export": Command(
            "Write sessions as CSV or JSON lines.", _sessions_export, "They aren't encrypted then."
        ),
        "forget": Command(
            "Remove a session, its draft and its leftovers, after asking.", _sessions_forget
        ),
        "passphrase": Command(
            "Change the passphrase.",
            _sessions_passphrase,
            "With --passphrase-fd: the old one, then the new one, a line each.",
        ),
        "access": ACCESS,
        "due": Command("List the next contacts, those that are over first.", _sessions_due),
        "report": Command(
            "Count by month what was found and judged.",
            _sessions_report,
            "No number is told that is small enough to point to a person.",
        ),
        "expired": Command(
            "List the sessions that have stood longer than they are kept.", _sessions_expired
        ),
        "import": Command(
            "Bring in an agency's own rows as sessions.",
            _sessions_import,
            "With one slip in them nothing is kept.",
        ),
        "backup": Command(
            "Write all sessions into one encrypted file, and read it again.", _sessions_backup
        ),
        "restore": Command(
            "Bring a backup back, where no sessions are.",
            _sessions_restore,
            "Nothing that is there is laid over.",
        ),
    },
)
