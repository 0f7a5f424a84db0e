"""How sessions hold and how fast they are: kills, writers at once, five thousand of them.

Run from the repository, with `pathfinder[vault]` installed:

    python tests/benchmarks/sessions.py [kills|writers|list|unlock|busy|all]

Prints figures and asserts nothing. The passphrase is a cheap one (age.WORK),
so unlocking isn't measured but by `unlock`, which makes a real key.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from busy import busy_computer
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, update

import pathfinder.sessions as kept
from pathfinder import decide, load_rules
from pathfinder.errors import Damaged
from pathfinder.sessions import index
from pathfinder.sessions.listing import table
from pathfinder.sessions.model import Revision
from pathfinder.vault import age, create, new_id, scrypt, unlock

KILLS = 60
WRITERS, UPDATES = 4, 100
TRIES = 200
MANY = 5_000


def kills(folder: Path) -> None:
    """Kill a writer at a random moment, again and again."""
    vault = make_vault(folder)
    id_ = save_one(vault, load_rules()).id
    unreadable = lost = leftovers = in_write = 0
    for _ in range(KILLS):
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            while True:
                saved = update(vault, id_, _count)
                os.write(tell, f"{saved.newest.number}\n".encode())
        os.close(tell)
        time.sleep(random.uniform(0.02, 0.12))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(told, "rb") as reports:
            told_last = max((int(line) for line in reports if line.endswith(b"\n")), default=0)
        left = list(folder.rglob(".part-*"))
        leftovers += bool(left)
        try:
            number = kept.read(vault, id_).newest.number
        except Damaged:
            unreadable += 1
            continue
        lost += number < told_last
        in_write += number > told_last
        if len(kept.read(vault, id_).revisions) > 400:
            id_ = save_one(vault, load_rules()).id
    print(
        f"{KILLS} kills during saves: {unreadable} unreadable, {lost} lost; "
        f"{leftovers} left a half-written file behind, which the next save swept"
    )


def writers(folder: Path) -> None:
    vault = make_vault(folder)
    id_ = save_one(vault, load_rules()).id
    start = time.perf_counter()
    pids = []
    for _ in range(WRITERS):
        pid = os.fork()
        if pid == 0:
            for _ in range(UPDATES):
                update(vault, id_, _count)
            os._exit(0)
        pids.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    spent = time.perf_counter() - start
    found = int(kept.read(vault, id_).newest.notes["home"])
    total = WRITERS * UPDATES
    print(
        f"{WRITERS} processes, {total} updates: {total - found} lost, exit codes {codes}, "
        f"{spent:.1f} s, {spent / total * 1000:.1f} ms an update"
    )


def many(folder: Path) -> None:
    rules = load_rules()
    vault = make_vault(folder)
    decision = decide(rules, ANSWERS)
    start = time.perf_counter()
    for number in range(MANY):
        draft = kept.Draft(new_id(), f"C-{number}", kept.now(), "", 0, {}, {}, {})
        kept.save(vault, draft, decision, ANSWERS, {"home": "A short note."}, None)
    spent = time.perf_counter() - start
    print(f"saving {MANY} sessions: {spent / MANY * 1000:.2f} ms each")
    for what in ("without an index", "with it", "with it, again"):
        vault = unlock(folder, PASSPHRASE).vault
        start = time.perf_counter()
        text = table(rules, index.lines(vault))
        spent = time.perf_counter() - start
        print(f"listing {text.count(chr(10)) - 1} sessions, {what}: {spent:.2f} s after unlock")
    size = sum(path.stat().st_size for path in folder.rglob("*.age"))
    print(f"on the disk: {size / 1e6:.0f} MB")


def keys(folder: Path) -> None:
    for what in (create, unlock):
        start = time.perf_counter()
        what(folder, PASSPHRASE)
        print(f"{what.__name__}, with the real passphrase: {time.perf_counter() - start:.1f} s")


def _count(revision: Revision) -> Revision:
    count = int(revision.notes.get("home", "0") if revision.number > 1 else "0") + 1
    return revision._replace(notes={"home": str(count)})


def busy(folder: Path) -> None:
    """How often the right passphrase is refused while the computer is busy; pyrage beside us."""
    import pyrage

    tries = int(os.environ.get("TRIES", TRIES))
    for work in (age.WORK, 20):
        data, refused, by_pyrage = scrypt.lock(b"words", PASSPHRASE, work), 0, 0
        header = scrypt.header_of(data)
        assert header is not None
        with busy_computer():
            start = time.perf_counter()
            for _ in range(tries if work == age.WORK else tries // 10):
                refused += scrypt.unlock(data, header, PASSPHRASE) != b"words"
            spent = time.perf_counter() - start
            for _ in range(tries // 10):
                try:
                    pyrage.passphrase.decrypt(data, PASSPHRASE)
                except pyrage.DecryptError:
                    by_pyrage += 1
        print(
            f"factor {work}, busy computer: {refused} refused, {spent:.0f} s in all; "
            f"pyrage's own way: {by_pyrage} of {tries // 10}",
            flush=True,
        )


PARTS = {"busy": busy, "kills": kills, "writers": writers, "list": many, "unlock": keys}


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    real = age.WORK
    for name, part in PARTS.items():
        age.WORK = real if name in ("busy", "unlock") else 1
        if wanted in (name, "all"):
            with tempfile.TemporaryDirectory() as folder:
                part(Path(folder) / "vault")


if __name__ == "__main__":
    main()
