"""Sessions: what a counselor keeps of an intake, and what can be done with it.

Why this package exists: the tool's word and the counselor's own stand side by side,
stay as they were given, and can be looked at again weeks later.

How the quiz uses it (`vault` is a `pathfinder.vault.Vault`, opened before the first
question; `answers` and `notes` are mappings by question id; `decision` is what
`decide` gave; errors are `PathfinderError`s of one line):

    code = check_client(text)                     # a code, not a name; raises for "Ann Smith"
    draft = begin(vault, code)                    # a new, unfinished session
    draft = keep(vault, draft, answers, notes)    # after each answer; whole or not at all
    session = save(vault, draft, decision, answers, notes, judgement)      # a new revision
    session = save_as(vault, draft, code, decision, answers, notes, judgement)  # another session
    judging = Judging(lines, rules, decision)     # its `judgement` is None where it is left open

Coming back:

    id_ = named(vault, "k7f2")                    # an id, its start, or a code: `Several`
    session = read(vault, id_)                    # NotThere where only a draft stands
    draft = resume(vault, id_)                    # its draft, or its newest revision
    carried = carry(rules, migrations, draft.answers, draft.notes, passport)   # in `carrying`

`keep` refuses (`Stale`) where another window wrote the draft: `branch` keeps the answers
as another session. `save` refuses where somebody else saved meanwhile: the draft stays,
and `save_as` still works. After `forget` both raise `Gone`.
Nothing here reads a clock but `now`, asks anything but `judging` and `judging_again`, or
shows anything but `pages`.
"""

from __future__ import annotations

from pathfinder.sessions.choices import (
    Gone,
    Stale,
    check_agreed,
    check_client,
    check_judgement,
    check_note,
    check_step,
    need_newest,
)
from pathfinder.sessions.index import Several, named, of_client, read, session_or_none
from pathfinder.sessions.model import (
    Agreed,
    Beside,
    Draft,
    Held,
    Judgement,
    Revision,
    Session,
    StepWord,
    held_now,
    held_of,
)
from pathfinder.sessions.store import (
    amend,
    begin,
    beside_that_stays,
    branch,
    drop,
    first_with,
    forget,
    judged_last,
    judgement_that_still_holds,
    keep,
    now,
    resume,
    save,
    save_as,
)

__all__ = [
    "Agreed",
    "Beside",
    "Draft",
    "Gone",
    "Held",
    "Judgement",
    "Revision",
    "Session",
    "Several",
    "Stale",
    "StepWord",
    "amend",
    "begin",
    "beside_that_stays",
    "branch",
    "check_agreed",
    "check_client",
    "check_judgement",
    "check_note",
    "check_step",
    "drop",
    "first_with",
    "forget",
    "held_now",
    "held_of",
    "judged_last",
    "judgement_that_still_holds",
    "keep",
    "named",
    "need_newest",
    "now",
    "of_client",
    "read",
    "resume",
    "save",
    "save_as",
    "session_or_none",
]
