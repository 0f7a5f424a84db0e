"""`pathfinder sessions …` as a shell sees it: what is printed where, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pexpect
import pytest
from command import Ran, Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe, update

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.choices import OTHER_CARE
from pathfinder.sessions.model import Judgement
from pathfinder.vault import Vault

OTHERWISE = Judgement(False, path="outpatient", reason="wait", line="CANARY line")
COMMANDS = [
    ("list",), ("show", "k7f2"), ("resume", "k7f2"), ("compare", "k7f2", "abcd"), ("export",),
    ("forget", "k7f2", "--yes"), ("passphrase",), ("due",), ("report",), ("access", "list"),
    ("access", "add", "Supervisor"), ("access", "remove", "Supervisor"), ("backup", "all.age"),
]  # fmt: skip
HOSTILE = [
    "[link=https://evil.example]x[/link]", "[/b]", "\x1b[2J\x1b[H", "\x1b]0;pwn\x07",
    "\x1b]52;c;ZWNobw==\x07", "\x9b31m", "Safe\b\b\b\bEvil", "a\rb", "\u202e9", "\x00", "\ud800",
]  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def sessions(pathfinder: Run, *args: str, words: tuple[str, ...] = (PASSPHRASE,)) -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(*words))


# --- opening ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_wrong_passphrase_is_one_line_and_77_in_every_command(
    pathfinder: Run, vault: Vault, command: tuple[str, ...]
) -> None:
    ran = sessions(pathfinder, *command, words=("not it", "another"))
    assert (ran.code, ran.out) == (77, "")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_damaged_key_files_are_one_line_and_65_in_every_command(
    pathfinder: Run, vault: Vault, command: tuple[str, ...]
) -> None:
    for name in ("identity.age", "identity-copy.age"):
        (vault.folder / name).write_bytes(b"junk")
    ran = sessions(pathfinder, *command, words=(PASSPHRASE, "another"))
    assert (ran.code, ran.out) == (65, "")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_any_session_no_passphrase_is_asked_and_nothing_is_made(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    ran = pathfinder("sessions", *command)
    assert (ran.code, ran.out) == (66, "")
    assert "quiz --for client --save" in ran.err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_the_extra_each_command_says_in_a_line_how_to_get_it(
    pathfinder: Run, vault: Vault, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def gone(_: str) -> None:
        raise ImportError

    monkeypatch.setattr("pathfinder.vault.age.import_module", gone)
    ran = sessions(pathfinder, *command)
    assert (ran.code, ran.out) == (2, "")
    assert "[vault]" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_passphrase_is_taken_from_no_option_and_no_variable(
    pathfinder: Run, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pathfinder("sessions", "list", "--passphrase", PASSPHRASE).code == 2
    monkeypatch.setenv("PATHFINDER_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("pathfinder.vault.passphrase._typed", lambda _: "not it")
    assert pathfinder("sessions", "list").code == 77


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "-", "a b", "k7f2\n", "\x1b[2J", "é", "x" * 300]
)
def test_a_session_that_is_not_there_is_66_and_no_path(
    pathfinder: Run, vault: Vault, name: str
) -> None:
    for command in ("show", "compare", "export"):
        ran = sessions(pathfinder, command, name)
        assert (ran.code, ran.out) == (66, ""), command
        assert "\x1b" not in ran.err


# --- list and show ------------------------------------------------------------------------


def test_the_list_has_one_line_a_session_on_standard_output(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules, "C-104", judgement=OTHERWISE).id
    draft = kept.begin(vault, "C-105")
    ran = sessions(pathfinder, "list")
    assert (ran.code, ran.err) == (0, "")
    head, *rows = ran.out.splitlines()
    assert head.split()[0] == "session"
    found = {row.split()[0]: row for row in rows}
    assert set(found) == {id_, draft.id}
    assert "C-104" in found[id_]
    assert "otherwise" in found[id_]
    assert "unfinished" in found[draft.id]


def test_the_list_tells_care_that_is_none_of_the_paths(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    own = Judgement(False, level="hospital", reason="clinical-judgement")
    save_one(vault, rules, "C-104", judgement=own)
    assert f"otherwise: {OTHER_CARE['hospital']}" in sessions(pathfinder, "list").out


def test_a_session_is_shown_with_the_tools_word_beside_the_counselors(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules, "C-104", ANSWERS, {"home": "CANARY note"}, OTHERWISE).id
    ran = sessions(pathfinder, "show", id_[:6])
    assert (ran.code, ran.err) == (0, "")
    top = decide(rules, ANSWERS).ranked[0].path
    for name in (rules.path_by_id[top].name, rules.path_by_id["outpatient"].name):
        assert name in " ".join(ran.out.split())
    assert "CANARY line" in ran.out
    assert "CANARY note" not in ran.out
    assert "one note" in ran.out
    assert "CANARY note" in sessions(pathfinder, "show", id_, "--with-notes").out


@pytest.mark.slow
def test_an_older_file_put_back_in_place_is_one_line_wherever_it_is_looked_at_or_leaves(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    id_ = save_one(vault, rules).id
    file = vault.folder / "sessions" / f"{id_}.age"
    old = file.read_bytes()
    draft = kept.resume(vault, id_)
    kept.save(vault, draft, decide(rules, ANSWERS), ANSWERS, {})
    for words in (["list"], ["show", id_], ["compare", id_]):
        assert sessions(pathfinder, *words).err == ""
    file.write_bytes(old)
    for words in (["list"], ["show", id_], ["compare", id_]):
        ran = sessions(pathfinder, *words)
        assert ran.code == 0
        (line,) = ran.err.splitlines()
        assert f"Session {id_}: an older copy stands here, revision 1. Revision 2 was" in line
    for words in (["export"], ["export", id_], ["backup", str(tmp_path / "backup.age")]):
        ran = sessions(pathfinder, *words)
        assert ran.code == 0
        assert ran.err.count(f"Session {id_}: an older copy stands here, revision 1.") == 1
    ran = pathfinder("explain", id_, "--passphrase-fd", through_pipe(PASSPHRASE))
    assert ran.err.count("an older copy stands here") == 1


@pytest.mark.slow
def test_an_older_revision_can_be_looked_at(pathfinder: Run, vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules, judgement=OTHERWISE).id
    update(vault, id_, lambda old: old._replace(judgement=None))
    assert "CANARY" not in sessions(pathfinder, "show", id_).out
    assert "CANARY" in sessions(pathfinder, "show", id_, "--revision", "1").out
    for number in ("0", "3", "-1"):
        ran = sessions(pathfinder, "show", id_, "--revision", number)
        assert (ran.code, ran.out) == (2, "")


@pytest.mark.slow
def test_an_unfinished_session_is_shown_and_says_how_to_go_on(
    pathfinder: Run, vault: Vault
) -> None:
    draft = kept.keep(vault, kept.begin(vault, "C-104"), {"home": "steady"}, {})
    ran = sessions(pathfinder, "show", draft.id)
    assert ran.code == 0
    assert f"sessions resume {draft.id}" in " ".join(ran.out.split())


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_word_in_a_stored_session_steers_no_terminal(
    pathfinder: Run, vault: Vault, rules: RuleSet, text: str
) -> None:
    """Whoever knows the public key can write into the folder, whatever `check_client` says."""
    plain = text.encode("utf-8", "replace").decode()
    judgement = Judgement(False, path=plain, level=plain, reason=plain, line=plain)
    ids = [
        save_one(vault, rules, text, ANSWERS, {"home": text, text: text}, judgement).id
        for _ in range(2)
    ]
    kept.keep(vault, kept.resume(vault, ids[0]), {"home": text, text: text}, {text: text})
    for command in (
        ("list",), ("show", ids[0], "--with-notes"), ("compare", *ids), ("compare", ids[0]),
        ("export", "--with-notes"), ("export", "--format", "jsonl", "--with-notes"),
        ("export", "--deidentified"), ("due",), ("report",), ("report", "--format", "csv"),
        ("access", "list"),
    ):  # fmt: skip
        ran = sessions(pathfinder, *command)
        assert ran.code == 0, ran.err
        assert not set(ran.out + ran.err) & set("\x1b\x9b\x07\x08\x00\u202e"), command
        if "[" in plain and command[0] == "show" and plain.isprintable():
            assert plain in ran.out  # no markup is eaten


# --- compare ------------------------------------------------------------------------------


@pytest.mark.slow
def test_two_dates_of_one_client_are_compared(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    one = save_one(vault, rules).id
    other = save_one(vault, rules, answers={**ANSWERS, "home": "none"}).id
    ran = sessions(pathfinder, "compare", one, other)
    assert (ran.code, ran.err) == (0, "")
    told = " ".join(ran.out.split())
    for question in ("none", "steady"):
        assert rules.question_by_id["home"].label(question) in told
    assert next(step.title for step in rules.steps if step.id == "safe-place") in told


def test_sessions_of_two_clients_are_not_compared(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    one, other = save_one(vault, rules, "C-1").id, save_one(vault, rules, "C-2").id
    ran = sessions(pathfinder, "compare", one, other)
    assert (ran.code, ran.out) == (2, "")
    assert "different client codes" in ran.err
    assert sessions(pathfinder, "compare", one, one).code == 2


def copied_rules(folder: Path) -> Path:
    """The built-in rules, in a version of their own in which `home: others_use` is gone."""
    import shutil

    shutil.copytree(Path(__file__).parents[1] / "rules", folder)
    head = folder / "ruleset.yaml"
    head.write_text(head.read_text().replace('version: "0.2.0"', 'version: "0.3.0"'))
    (folder / "migrations.yaml").write_text(
        'migrations:\n  - version: "0.3.0"\n    because: Work means something else now.\n'
        "    steps:\n      - {ask_again: motivation}\n"
    )
    return folder


@pytest.mark.slow
def test_one_session_is_compared_under_two_rule_sets(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    id_ = save_one(vault, rules).id
    assert "the same" in sessions(pathfinder, "compare", id_).out
    folder = copied_rules(tmp_path / "other-rules")
    for command in ("compare", "show"):
        ran = sessions(pathfinder, command, id_, "--rules", str(folder))
        assert (ran.code, ran.err) == (0, "")
        told = " ".join(ran.out.split())
        assert "Work means something else now." in told
        assert "0.3.0" in told
    # What was found then stays as it was given.
    assert kept.read(vault, id_).given["passport"]["version"] == rules.version


# --- resume -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_session_is_gone_on_with_at_a_terminal_and_saved_as_a_new_revision(
    vault: Vault, rules: RuleSet
) -> None:
    answers = {question.id: "skip" for question in rules.questions if question.id != "wishes"}
    answers |= {"age_group": "adult"}
    id_ = save_one(vault, rules, answers=answers, notes={"home": "A flat."}).id
    quiz = pexpect.spawn(
        sys.executable,
        ["-m", "pathfinder", "sessions", "resume", id_, "--plain"],
        env={**os.environ, "PATHFINDER_DATA": str(vault.folder.parent)},
        encoding="utf-8",
        timeout=20,
        dimensions=(60, 80),
    )
    quiz.expect("Passphrase")
    quiz.sendline(PASSPHRASE)
    quiz.expect("Your answer:")
    quiz.sendline("skip")
    quiz.expect("Your choice:")
    time.sleep(1)  # what is typed before an alert could be read answers nothing
    quiz.sendline("go on")
    quiz.expect("done, exit!")
    quiz.expect("Your choice:")
    quiz.sendline("done")
    quiz.expect("Your own judgement")
    for typed in ("2", "1", "1", "He knows them."):
        quiz.expect("Number:|Line:")
        quiz.sendline(typed)
    quiz.expect("Write it down now")
    quiz.sendline("2")
    quiz.expect("revision 2")
    quiz.expect(pexpect.EOF)
    quiz.close()
    assert quiz.exitstatus == 0
    session = kept.read(vault, id_)
    assert session.newest.answers == {**answers, "wishes": "skip"}
    assert session.newest.notes == {"home": "A flat."}
    assert session.newest.judgement is not None
    assert session.newest.judgement.line == "He knows them."
    assert not vault.has("drafts", id_)


# --- export -------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_export_goes_to_standard_output_and_says_that_it_is_not_encrypted(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    save_one(vault, rules, "C-104", ANSWERS, {"home": "CANARY"}, OTHERWISE)
    ran = sessions(pathfinder, "export")
    assert ran.code == 0
    assert "isn't encrypted" in ran.err
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert row["client"] == "C-104"
    assert row["line"] == "CANARY line"
    assert row["answer_home"] == "steady"
    ran = sessions(pathfinder, "export", "--format", "jsonl", "--with-notes")
    assert json.loads(ran.out)["note_home"] == "CANARY"


def test_a_deidentified_export_gives_figures_alone(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    ids = [
        save_one(vault, rules, "C-104", ANSWERS, {"home": "CANARY note"}, OTHERWISE).id
        for _ in range(2)
    ]
    for form in ("csv", "jsonl"):
        ran = sessions(pathfinder, "export", "--deidentified", "--format", form)
        assert ran.code == 0
        for word in ("C-104", "CANARY", *ids, "steady", kept.read(vault, ids[0]).begun[4:10]):
            assert word not in ran.out, word
    (row,) = (json.loads(line) for line in ran.out.splitlines())
    assert (row["sessions"], row["reason"], len(row["year"])) == (2, "wait", 4)
    refused = sessions(pathfinder, "export", "--deidentified", "--with-notes")
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.slow
def test_an_export_to_a_file_overwrites_only_when_asked(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    save_one(vault, rules)
    file = tmp_path / "out.csv"
    assert sessions(pathfinder, "export", "--output", str(file)).code == 0
    first = file.read_text()
    ran = sessions(pathfinder, "export", "--output", str(file))
    assert (ran.code, ran.out) == (73, "")
    assert file.read_text() == first
    again = sessions(pathfinder, "export", "--output", str(file), "--overwrite")
    assert again.code == 0
    assert sessions(pathfinder, "export", "--overwrite").code == 2
    assert sessions(pathfinder, "export", "--format", "xlsx").code == 2


def test_a_damaged_session_does_not_keep_the_others_from_an_export(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    good, bad = save_one(vault, rules).id, save_one(vault, rules).id
    (vault.folder / "sessions" / f"{bad}.age").write_bytes(b"junk")
    ran = sessions(pathfinder, "export", "--format", "jsonl")
    assert ran.code == 0
    assert bad in ran.err
    assert [json.loads(line)["session"] for line in ran.out.splitlines()] == [good]
    assert sessions(pathfinder, "export", bad).code == 65


# --- forget and passphrase ----------------------------------------------------------------


def test_forgetting_removes_the_session_and_says_what_it_can_not_promise(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    ran = sessions(pathfinder, "forget", id_, "--yes")
    assert (ran.code, ran.out) == (0, "")
    for word in ("backups", "solid-state", "exports"):
        assert word in ran.err
    assert not list((vault.folder / "sessions").iterdir())
    assert sessions(pathfinder, "show", id_).code == 66


def test_without_a_terminal_nothing_is_forgotten_unless_said_so(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    ran = sessions(pathfinder, "forget", id_)
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert kept.read(vault, id_).newest.number == 1


@pytest.mark.parametrize(("typed", "code"), [("forget", 0), ("yes", 130)])
def test_at_a_terminal_only_the_word_forgets(
    vault: Vault, rules: RuleSet, typed: str, code: int
) -> None:
    id_ = save_one(vault, rules).id
    asked = pexpect.spawn(
        sys.executable,
        ["-m", "pathfinder", "sessions", "forget", id_],
        env={**os.environ, "PATHFINDER_DATA": str(vault.folder.parent)},
        encoding="utf-8",
        timeout=30,
    )
    asked.expect("Passphrase")
    asked.sendline(PASSPHRASE)
    asked.expect("C-104")
    asked.expect(">")
    asked.sendline(typed)
    asked.expect(pexpect.EOF)
    asked.close()
    assert asked.exitstatus == code
    assert vault.has("sessions", id_) is (code != 0)


def test_the_passphrase_is_changed_by_two_lines_of_a_pipe(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    save_one(vault, rules)
    ran = sessions(pathfinder, "passphrase", words=(PASSPHRASE, "another one"))
    assert (ran.code, ran.out) == (0, "")
    assert "another one" not in ran.err
    assert sessions(pathfinder, "list").code == 77
    assert sessions(pathfinder, "list", words=("another one",)).code == 0
    assert sessions(pathfinder, "passphrase", words=("another one", "")).code == 2


@pytest.mark.slow
def test_every_page_keeps_its_words_in_a_narrow_window(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = save_one(vault, rules, judgement=OTHERWISE).id
    wide = sessions(pathfinder, "show", id_).out.split()
    monkeypatch.setenv("COLUMNS", "40")
    assert sessions(pathfinder, "show", id_).out.split() == wide


def test_an_answer_under_another_rule_set_is_shown_as_it_was_given(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    strange: dict[str, Any] = {**ANSWERS, "shoe_size": "big", "home": "tent"}
    update(vault, id_, lambda old: old._replace(answers=strange))
    ran = sessions(pathfinder, "show", id_)
    assert ran.code == 0
    assert "tent" in ran.out
    assert "big" in ran.out
    assert "doesn't fit any more" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("command", "work"),
    [
        (("backup", "all.age"), "pathfinder.vault.backup.write"),
        (("access", "add", "Supervisor"), "pathfinder.vault.let_in"),
        (("access", "remove", "Supervisor"), "pathfinder.vault.shut_out"),
        (("import", "rows.csv", "--map", "map.yaml"), "pathfinder.sessions.bring_in.bring_in"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_who_stops_something_long_is_told_what_became_of_it(
    pathfinder: Run,
    vault: Vault,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    work: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("NUMBER,DAY\nC-1,2026\n")
    (tmp_path / "map.yaml").write_text(
        "mapping: ours\nabout: Ours\nclient: {column: NUMBER}\n"
        "day: {column: DAY, form: year}\nanswers: {}\n"
    )

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, stopped)
    ran = sessions(pathfinder, *command, words=(PASSPHRASE, "five calm herons fly"))
    assert (ran.code, ran.out) == (130, "")
    assert "Stopped." in ran.err
    assert not (tmp_path / "all.age").exists()
