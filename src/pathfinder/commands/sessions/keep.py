"""Who can open the sessions, and what comes in and goes out, whole.

`sessions passphrase`, `access`; `backup`, `restore`, `export`, `import` and `forget`.

Why this module exists: a passphrase gets known, or forgotten almost. A supervisor reads what a
counselor keeps, with a passphrase of their own, which they type themselves; who leaves must not
read on; a client may ask who reads what they said, and must get an answer. A change of people
encrypts everything anew, in one step that a closed window can't leave half done.

A folder gets copied in part, and a backup that doesn't open is worth nothing. So it is one file,
for its owner alone, and read to its end before it takes its name; on a new computer nothing that
is there is laid over. What `export` writes isn't encrypted any more, so it says what it gives
out, and gives out nothing that wasn't asked for by name. An agency brings in its own rows: with
one problem in them none is kept, and rows that stand there already are passed over, so an import
that was cut off is simply run again. A client may ask to be forgotten: that asks first, because
nothing brings a session back, and says what can't be promised.

It must not keep a passphrase, or guess: what a row doesn't say stays unknown.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    NameArgument,
    OverwriteOption,
    PassphraseFdOption,
    SessionArgument,
    every_older_told,
    fits_overwrite,
    opened,
    opened_by,
    opened_or_new,
    say,
    stopping,
    the_session,
    write_told,
)
from pathfinder.commands.shared import AllOption, OutputOption, RulesOption, load, one_of
from pathfinder.errors import CantWrite, PathfinderError
from pathfinder.process import forbid as forbid_core_dumps

if TYPE_CHECKING:
    from pathfinder.vault import Vault
    from pathfinder.vault.access import Person


def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace FILE if it is there.")
    ] = False,
    passphrase_fd: PassphraseFdOption = None,
) -> None:
    vault, words = opened_by(passphrase_fd)
    say(*every_older_told(vault))
    from pathfinder.files import part_of, placed
    from pathfinder.output import leaving
    from pathfinder.sessions import messages
    from pathfinder.vault.backup import check, write

    with (
        stopping(messages.BACKUP_STOPPED),
        leaving(file, "FILE", overwrite=overwrite) as path,
        placed(path, replace=overwrite, followed=True) as stream,
    ):
        held = write(vault, words, stream)
        stream.flush()
        try:
            with open(part_of(path), "rb") as again:
                found = check(again, words)
        except PathfinderError as error:
            raise CantWrite(messages.backup_not_read_again(str(error))) from None
        if found != held:
            raise CantWrite(messages.backup_not_read_again(""))
    say(messages.backed_up(file, len(held.sessions), len(held.drafts)), messages.BACKUP_OPENS)


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


def export(
    context: typer.Context,
    sessions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SESSION]...", help="These sessions. Default: all.", show_default=False
        ),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="csv|jsonl")] = "csv",
    deidentified: Annotated[
        bool,
        typer.Option(
            "--deidentified",
            help="Figures alone: how often counselors agree. No codes, no answers, no free text.",
        ),
    ] = False,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Give the notes, too.")] = False,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    one_of("--format", format_, ("csv", "jsonl"))
    if deidentified and with_notes:
        raise PathfinderError("--with-notes and --deidentified don't go together: notes are words.")
    fits_overwrite(overwrite, output)
    vault = opened(passphrase_fd)
    from pathfinder.sessions import read
    from pathfinder.sessions.export import as_csv, as_jsonl, figures, whole_rows
    from pathfinder.sessions.model import instant

    ids = (
        [id_ for each in sessions for id_ in _meant(vault, each)]
        if sessions
        else [*vault.stamps("sessions")]
    )
    say(*every_older_told(vault, ids))
    found = []
    for id_ in dict.fromkeys(ids):
        try:
            found.append(read(vault, id_))
        except PathfinderError as error:
            if sessions:
                raise
            say(f"{error} It is left out.")
    found.sort(key=lambda session: (instant(session.newest.saved), session.id))
    if deidentified:
        rows = figures(found)
        warning = "Where a count is small, it may still point to a person. Share it with care."
    else:
        rows = whole_rows(load(context, rules), found, with_notes=with_notes)
        warning = "This export isn't encrypted. Whoever can read it can read the answers."
    write_told((as_csv if format_ == "csv" else as_jsonl)(rows), output, overwrite=overwrite)
    say(warning)  # of what is there now


def _meant(vault: "Vault", text: str) -> list[str]:
    """The finished sessions that a word stands for: a code takes all of its client's."""
    from pathfinder.sessions import Several, named

    try:
        return [named(vault, text)]
    except Several as several:
        if not several.by_code:
            raise
        return [line.id for line in several.found if line.state != "unfinished"]


def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Rows: CSV with a head, or JSON lines (.jsonl).")
    ],
    mapping: Annotated[
        str,
        typer.Option(
            "--map",
            metavar="teds-a|FILE",
            help="Which columns say what: a YAML file, or teds-a for the columns of SAMHSA.",
        ),
    ],
    passphrase_fd: PassphraseFdOption = None,
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    from pathfinder.sessions.bring_in import read_rows
    from pathfinder.sessions.mapping_file import read_mapping

    rule_set = load(context, rules)
    mapped = read_mapping(rule_set, mapping)
    rows = read_rows(rule_set, mapped, file)
    vault = opened_or_new(passphrase_fd)  # the rows hold: nobody types a passphrase in vain
    from pathfinder.sessions import messages
    from pathfinder.sessions.bring_in import bring_in

    with stopping(messages.IMPORT_STOPPED):
        done = bring_in(vault, rule_set, rows, mapped.id)
    say(*messages.brought_in(done.new, done.there))


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


def passphrase(passphrase_fd: PassphraseFdOption = None) -> None:
    from pathfinder.sessions import messages
    from pathfinder.vault import change_passphrase, vault_folder
    from pathfinder.vault import passphrase as asking

    _, old = opened_by(passphrase_fd, "Passphrase until now: ")  # nobody should choose in vain
    say(*change_passphrase(vault_folder(), old, asking.ask_new(passphrase_fd)))
    say(messages.PASSPHRASE_CHANGED)


def add(
    name: NameArgument,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="AGE1...",
            help="To a public key of age that they keep elsewhere, in place of a passphrase.",
            show_default=False,
        ),
    ] = None,
    passphrase_fd: PassphraseFdOption = None,
) -> None:
    from pathfinder.sessions import messages, now
    from pathfinder.vault import check_name, let_in
    from pathfinder.vault import passphrase as asking

    called = check_name(name)
    vault = opened(passphrase_fd)
    vault.need_owner()  # nobody should choose a passphrase in vain
    words = None
    if key is None:
        say(messages.chooses_passphrase(called))
        words = asking.ask_new(passphrase_fd)
    with stopping(messages.ACCESS_STOPPED):
        changed = let_in(vault, called, now(), passphrase=words, public=key)
    say(messages.access_given(changed.person), *messages.left_damaged(changed.hurt))


def list_(passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sessions import messages
    from pathfinder.sessions.model import day

    def line(person: "Person") -> str:
        how = messages.WITH_PASSPHRASE if person.here else messages.WITH_KEY
        return f"{person.name}  {day(person.since) or '?'}  {how}"

    found = vault.people()
    first = messages.YOU_THE_MAKER if vault.holder.owns else messages.MAKER
    sys.stdout.write("".join(f"{text}\n" for text in (first, *map(line, found.others))))


def remove(name: NameArgument, passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sessions import messages
    from pathfinder.vault import shut_out

    with stopping(messages.ACCESS_STOPPED):
        changed = shut_out(vault, name)
    say(
        messages.access_taken(changed.person),
        messages.REMOVING_CANT_UNDO,
        *messages.left_damaged(changed.hurt),
    )
