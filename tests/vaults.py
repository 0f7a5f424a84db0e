"""A vault for tests: real age files, with a passphrase that costs nothing to try (conftest)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.model import Judgement, Revision, Session
from pathfinder.sessions.serialize import session_bytes
from pathfinder.vault import Vault, create

PASSPHRASE = "seven quiet owls"
ANSWERS: dict[str, Any] = {
    "age_group": "adult",
    "substances": ("alcohol",),
    "severity": "moderate",
    "staying_stopped": "weeks",
    "home": "steady",
    "support": "some",
    "motivation": "committed",
}


def make_vault(folder: Path) -> Vault:
    """A new vault in `folder`, opened with PASSPHRASE."""
    return create(folder, PASSPHRASE)


def save_one(
    vault: Vault,
    rules: RuleSet,
    client: str = "C-104",
    answers: Mapping[str, Any] = ANSWERS,
    notes: Mapping[str, str] | None = None,
    judgement: Judgement | None = None,
) -> Session:
    """A finished session with one revision."""
    draft = kept.begin(vault, client)
    return kept.save(vault, draft, decide(rules, answers), answers, notes or {}, judgement)


def update(vault: Vault, id_: str, change: Callable[[Revision], Revision]) -> Session:
    """Another window at work: a new revision made from the newest one, the decision as it was."""
    with vault.writer() as writer:
        session = kept.read(vault, id_)
        newest = session.newest
        changed = change(newest)._replace(number=newest.number + 1, saved=kept.now())
        session = session._replace(revisions=(*session.revisions, changed))
        writer.write("sessions", id_, session_bytes(session))
    return session


def through_pipe(*lines: str) -> str:
    """The number of an open pipe that holds these lines."""
    out, into = os.pipe()
    os.write(into, "".join(f"{line}\n" for line in lines).encode())
    os.close(into)
    return str(out)


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own. 0: it ran to its end; 1: it raised."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
