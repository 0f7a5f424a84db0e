"""The Tab key in real shells, and the manual page: both made of the table of commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
import typer
from command import Run

from pathfinder.cli import app
from pathfinder.commands.outline import Outline, Takes, every, outline
from pathfinder.commands.table import COMMANDS, every_command
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import ExitCode

TOP = outline(typer.main.get_command(app))


def shell(name: str) -> str:
    """The shell's program. Where it is missing the test skips, but in CI it fails."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("PATHFINDER_SHELLS") == "required":
            pytest.fail(f"{name} is required")
        pytest.skip(f"{name} is not here")
    return found


def script_for(name: str, pathfinder: Run, folder: Path) -> Path:
    ran = pathfinder("completion", name)
    assert (ran.code, ran.err) == (0, "")
    file = folder / f"completion.{name}"
    file.write_text(ran.out, encoding="utf-8")
    return file


def bash_offers(script: Path, *words: str, folder: Path) -> set[str]:
    ask = (
        f'source "{script}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pathfinder;'
        ' printf "%s\\n" "${COMPREPLY[@]}"'
    )
    run = subprocess.run(
        [shell("bash"), "--norc", "-c", ask, "bash", "pathfinder", *words],
        capture_output=True, text=True, check=True, timeout=60, cwd=folder,
    )  # fmt: skip
    return set(run.stdout.split("\n")) - {""}


def fish_offers(script: Path, *words: str, folder: Path) -> set[str]:
    line = " ".join(("pathfinder", *words))
    run = subprocess.run(
        [shell("fish"), "--no-config", "-c", f"source '{script}'; complete -C '{line}'"],
        capture_output=True, text=True, check=True, timeout=60, cwd=folder,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return {line.partition("\t")[0] for line in run.stdout.splitlines()}


@pytest.mark.parametrize("name", ["bash", pytest.param("fish", marks=pytest.mark.slow)])
def test_commands_options_ids_and_formats_are_completed(
    name: str, pathfinder: Run, rules: RuleSet, tmp_path: Path
) -> None:
    script = script_for(name, pathfinder, tmp_path)
    (tmp_path / "my answers.yaml").write_text("answers: {}\n", encoding="utf-8")
    (tmp_path / "my-rules").mkdir()

    def offered(*words: str) -> set[str]:
        asked = bash_offers if name == "bash" else fish_offers
        return asked(script, *words, folder=tmp_path)

    assert offered("") >= set(COMMANDS)
    assert offered("he") == {"help", "help-lines"}
    assert offered("rules", "ver") == {"verify"}
    assert offered("--rules", "rules", "pa") == {"paths"}
    assert offered("paths", "") == set(rules.path_by_id)
    assert offered("explain", "x.yaml", "--why-not", "iop-") == {
        each for each in rules.path_by_id if each.startswith("iop-")
    }
    assert offered("quiz", "--format", "") == {"text", "json", "md", "html"}
    assert offered("help-lines", "--region", "") == {region.id for region in rules.regions}
    assert offered("rules", "diff", "--sa") == {"--sample"}
    assert "my-rules" in {each.rstrip("/") for each in offered("rules", "check", "my")}
    assert any("answers.yaml" in each for each in offered("quiz", "--answers", "my"))
    assert offered("help", "exit") == {"exit-codes"}


def test_the_ids_are_those_of_the_rules_that_are_named(pathfinder: Run, tmp_path: Path) -> None:
    assert pathfinder("rules", "copy", str(tmp_path / "mine")).code == 0
    ran = pathfinder("--rules", str(tmp_path / "mine"), "completion", "bash")
    assert (ran.code, ran.err) == (0, "")
    assert "iop-secular" in ran.out
    assert pathfinder("completion", "bash", "--rules", str(tmp_path)).code != 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_tab_completes_at_a_real_prompt(name: str, pathfinder: Run, tmp_path: Path) -> None:
    script = script_for(name, pathfinder, tmp_path)
    options = ["--norc", "--noprofile"] if name == "bash" else ["-f"]
    environment = {**os.environ, "PS1": "ready> ", "TERM": "xterm", "HOME": str(tmp_path)}
    child = pexpect.spawn(
        shell(name), [*options, "-i"], env=environment, encoding="utf-8", timeout=60,
        dimensions=(24, 200),
    )  # fmt: skip
    try:
        if name == "zsh":
            child.sendline("PS1='ready> '; autoload -U compinit; compinit -u -D; echo is-$((1+1))")
            child.expect("is-2")
        child.sendline(f"eval \"$(cat '{script}')\"; echo now-$((1+2))")
        child.expect("now-3")
        child.send("echo pathfinder; pathfinder help-l\t")
        child.expect("pathfinder help-lines")
        child.send("--reg\t")
        child.expect("--region")
        child.send("i\t")
        child.expect("ie")
    finally:
        child.close(force=True)


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_script_is_read_by_its_shell(name: str, pathfinder: Run, tmp_path: Path) -> None:
    script = script_for(name, pathfinder, tmp_path)
    run = subprocess.run(
        [shell(name), "-n", str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_another_shell_is_refused_with_those_that_there_are(pathfinder: Run) -> None:
    ran = pathfinder("completion", "tcsh")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert "bash, zsh, fish" in ran.err


# --- the manual page ---------------------------------------------------------------------


def leaves() -> list[Outline]:
    return [each for each in every(TOP) if each.words and not each.commands]


def test_the_outline_holds_every_command_of_the_table() -> None:
    assert {each.called for each in leaves()} == set(every_command())


def test_every_option_of_every_command_stands_in_the_manual_page(pathfinder: Run) -> None:
    ran = pathfinder("help", "man")
    assert (ran.code, ran.err) == (0, "")
    for command in leaves():
        part = ran.out.partition(f'.SS "pathfinder {command.called}'.replace("-", r"\-"))[2]
        part = re.split(r"^\.S[SH] ", part, maxsplit=1, flags=re.MULTILINE)[0]
        for option in command.options:
            for flag in option.flags:
                assert rf"\fB{flag}\fR".replace("-", r"\-") in part, (command.called, flag)


@pytest.mark.slow
def test_the_scripts_and_the_page_are_the_same_at_every_start() -> None:
    def printed(seed: int, *words: str) -> str:
        told = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-m", "pathfinder", *words]
        return subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout

    for words in (("help", "man"), ("completion", "fish")):
        assert len({printed(seed, *words) for seed in range(4)}) == 1


def test_a_flag_takes_nothing_and_a_format_its_own_words() -> None:
    (recommend,) = (each for each in leaves() if each.called == "recommend")
    taken = {option.flags[0]: option.values for option in recommend.options}
    assert taken["--full"] is Takes.NOTHING
    assert taken["--format"] == ("text", "json", "md", "html")
    assert taken["--output"] is Takes.FILE
    assert taken["--rules"] is Takes.FOLDER


def test_groff_reads_the_manual_page_without_a_warning(pathfinder: Run) -> None:
    groff = shell("groff")
    run = subprocess.run(
        [groff, "-man", "-ww", "-Tutf8", "-P-c"], input=pathfinder("help", "man").out,
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert run.stderr == ""
    assert "pathfinder help-lines" in re.sub(".\x08", "", run.stdout)


def test_the_manual_page_needs_no_rules_and_no_screen() -> None:
    probe = (
        "import sys; from pathfinder.cli import app; app(['help', 'man'], standalone_mode=False);"
        "sys.exit(bool({'rich', 'questionary', 'pathfinder.loader.load'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", probe], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stdout[:14]) == (0, ".TH PATHFINDER")
