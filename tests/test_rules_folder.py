"""DIR, `--rules` and `--format` mean the same in every `rules` command."""

from __future__ import annotations

import pytest
from command import Run

ON_A_FOLDER = ["check", "test", "graph", "schema", "verify"]
WITH_A_FORMAT = ["check", "test", "graph", "verify"]


@pytest.mark.parametrize("command", ON_A_FOLDER)
def test_an_empty_folder_name_is_wrong_use(pathfinder: Run, command: str) -> None:
    ran = pathfinder("rules", command, "")
    assert (ran.code, ran.out, ran.err) == (2, "", "DIR needs the name of a folder.\n")


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("command", ON_A_FOLDER)
def test_a_rule_set_that_is_named_twice_is_wrong_use(
    pathfinder: Run, command: str, before: bool
) -> None:
    said = ["rules", command, "mine"]
    ran = pathfinder(*(["--rules", "other", *said] if before else [*said, "--rules", "other"]))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "DIR and --rules both name the rule set. Leave one of them out.\n"


@pytest.mark.parametrize("command", WITH_A_FORMAT)
def test_an_empty_format_is_wrong_use(pathfinder: Run, command: str) -> None:
    ran = pathfinder("rules", command, "--format", "")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--format: '' is not one of ")


@pytest.mark.parametrize("command", ON_A_FOLDER)
def test_the_folder_is_told_in_the_same_words(pathfinder: Run, command: str) -> None:
    told = " ".join(pathfinder("rules", command, "--help").out.replace("│", " ").split())
    assert "The folder of the rule set. Default: the rules in use." in told
