"""`pathfinder rules copy`: a whole copy or none, and a README that can be followed."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
import tiny
import yaml
from command import Run
from contract import random_answers
from jsonschema import Draft202012Validator

from pathfinder import decide
from pathfinder.commands.table import COMMANDS, RULES
from pathfinder.errors import CantWrite
from pathfinder.loader.load import load_rules
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.author import copy
from pathfinder.ruletools.verify import prove
from pathfinder.ruletools.verify.statements_file import read_statements


def names_in(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


# --- the copy -----------------------------------------------------------------------


@pytest.mark.slow
def test_the_copy_holds_the_same_rules_byte_for_byte(pathfinder: Run, tmp_path: Path) -> None:
    ran = pathfinder("rules", "copy", str(tmp_path / "mine"))
    assert (ran.code, ran.err) == (0, "")
    assert load_rules(tmp_path / "mine").sha256 == load_rules().sha256
    for file in built_in().rglob("*.yaml"):
        copied = tmp_path / "mine" / file.relative_to(built_in())
        assert copied.read_bytes() == file.read_bytes()


def test_the_copy_brings_a_readme_and_a_schema_and_nothing_else(
    pathfinder: Run, tmp_path: Path
) -> None:
    ran = pathfinder("rules", "copy", str(tmp_path / "mine"))
    rules = {str(file.relative_to(built_in())) for file in built_in().rglob("*.yaml")}
    assert names_in(tmp_path / "mine") == {*rules, "README.md", "schema.json"}
    assert f"{len(rules) + 2} files" in ran.out
    assert str(tmp_path / "mine" / "README.md") in ran.out
    schema = (tmp_path / "mine" / "schema.json").read_text(encoding="utf-8")
    assert schema == pathfinder("rules", "schema", str(tmp_path / "mine")).out


def test_an_own_rule_set_can_be_copied_too(pathfinder: Run, tmp_path: Path) -> None:
    tiny.write(tmp_path / "tiny")
    (tmp_path / "tiny" / ".#home.yaml").write_text("left behind by an editor")
    (tmp_path / "tiny" / "notes.txt").write_text("mine")
    ran = pathfinder("rules", "copy", str(tmp_path / "mine"), "--rules", str(tmp_path / "tiny"))
    assert ran.code == 0
    assert names_in(tmp_path / "mine") == {*tiny.FILES, "README.md", "schema.json"}


@pytest.mark.slow
def test_an_empty_folder_is_filled(pathfinder: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert pathfinder("rules", "copy", str(tmp_path / "mine")).code == 0
    assert (tmp_path / "mine" / "ruleset.yaml").is_file()


def test_a_rule_set_with_a_slip_is_not_copied(pathfinder: Run, tmp_path: Path) -> None:
    tiny.write(tmp_path / "tiny", {"factors/home.yaml": "factor: hom\n"})
    ran = pathfinder("rules", "copy", str(tmp_path / "mine"), "--rules", str(tmp_path / "tiny"))
    assert (ran.code, ran.out) == (1, "")
    assert not (tmp_path / "mine").exists()


# --- where it can't go ---------------------------------------------------------------


def refused(run: Run, directory: str) -> str:
    ran = run("rules", "copy", directory)
    assert (ran.code, ran.out) == (73, "")
    (line,) = ran.err.splitlines()
    return line


@pytest.mark.slow
def test_what_stands_there_already_stays(pathfinder: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("a week of work")
    assert "isn't empty" in refused(pathfinder, str(tmp_path / "mine"))
    (tmp_path / "file").write_text("a file")
    assert "is a file" in refused(pathfinder, str(tmp_path / "file"))
    assert names_in(tmp_path) == {"mine/work.txt", "file"}


def test_the_folder_one_is_in_is_not_replaced(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "the folder you are in" in refused(pathfinder, ".")


@pytest.mark.slow
def test_a_folder_in_a_folder_that_is_not_there_is_not_made(
    pathfinder: Run, tmp_path: Path
) -> None:
    assert "Make it first" in refused(pathfinder, str(tmp_path / "no" / "mine"))
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("name", ["", " ", "a\0b", "x" * 300])
def test_a_name_that_no_folder_can_have_is_told_in_one_line(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(pathfinder, name)
    assert names_in(tmp_path) == set()


def test_a_copy_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Path.write_bytes

    def full_disk(self: Path, data: bytes) -> int:
        if self.name == "two":
            raise OSError(28, "No space left on device")
        return written(self, data)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(CantWrite, match="No space left on device"):
        copy.write_copy({"one": b"1", "two": b"2"}, str(tmp_path / "mine"))
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_is_stopped_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: Path, data: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stop)
    with pytest.raises(KeyboardInterrupt):
        copy.write_copy({"one": b"1"}, str(tmp_path / "mine"))
    assert list(tmp_path.iterdir()) == []


# --- the README, followed word by word -----------------------------------------------


WALK = (Path(__file__).parents[1] / "docs" / "changing-rules.md").read_text(encoding="utf-8")
BARRIER = "hours-for-day-treatment"
PROMISE = "every-path-is-first-for-somebody"


def shown(folder: Path, name: str) -> str:
    """A block of the README of the copy, by the mark above it."""
    readme = (folder / "README.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"<!-- (\w+) -->\n```yaml\n(.*?)```\n<!-- end -->", readme, re.DOTALL))
    return str(blocks[name])


def replace_entry(file: Path, identity: str, new: str = "") -> None:
    """Put `new` in the place of one entry of a list, from its id to the next."""
    text = file.read_text(encoding="utf-8")
    entry = re.compile(rf"^  - id: {identity}\n(?:    .*\n)*\n?", re.MULTILINE)
    assert len(entry.findall(text)) == 1
    file.write_text(entry.sub(new and new + "\n", text), encoding="utf-8")


@pytest.fixture
def changed(pathfinder: Run, tmp_path: Path) -> Path:
    """A copy after steps 2 and 3 of its README."""
    folder = tmp_path / "my-rules"
    pathfinder("rules", "copy", str(folder))
    (folder / "factors" / "our_agency.yaml").write_text(shown(folder, "our_agency"))
    text = (folder / "ruleset.yaml").read_text(encoding="utf-8")
    listed, rest = text.split("\norder:", 1)
    text = f"{listed.rstrip()}\n{shown(folder, 'factors')}\norder:{rest}"
    (folder / "ruleset.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_change_of_the_readme_is_found_without_an_error(pathfinder: Run, changed: Path) -> None:
    ran = pathfinder("rules", "check", str(changed))
    assert ran.code == 0
    assert "(error)" not in ran.out


@pytest.mark.slow
def test_the_people_whom_the_change_touches_are_put_right_as_the_readme_says(
    pathfinder: Run, changed: Path
) -> None:
    ran = pathfinder("rules", "test", str(changed))
    assert ran.code == 1
    named = re.findall(r"^(\S+/cases/\S+\.yaml):(\d+):\d+: first_path", ran.out, re.MULTILINE)
    assert named
    for file, line in named:
        lines = Path(file).read_text(encoding="utf-8").splitlines(keepends=True)
        lines[int(line) - 1] = lines[int(line) - 1].replace("day-treatment", "residential")
        Path(file).write_text("".join(lines), encoding="utf-8")
    assert pathfinder("rules", "test", str(changed), "--threshold", "90").code == 0


def broken(folder: Path) -> set[str]:
    """Of the statements about paths and rules: those that don't hold. The others take longer."""
    rules = load_rules(folder)
    statements = read_statements(rules, folder)
    looked_at = [each.id for each in statements if each.id.startswith(("every", "nobody"))]
    verdicts = prove(rules, statements, only=looked_at)
    return {verdict.statement for verdict in verdicts if not verdict.holds}


@pytest.mark.slow
def test_the_two_statements_that_the_readme_names_are_the_ones_that_break_and_are_put_right(
    pathfinder: Run, changed: Path
) -> None:
    assert broken(changed) == {PROMISE, "every-rule-is-at-work-for-somebody"}
    replace_entry(changed / "factors" / "responsibilities.yaml", BARRIER)
    replace_entry(changed / "checks.yaml", PROMISE, shown(changed, "checks"))
    assert broken(changed) == set()
    assert pathfinder("rules", "check", str(changed)).code == 0


@pytest.mark.slow
def test_nobody_gets_less_care_by_the_change_of_the_readme(changed: Path) -> None:
    before, after = load_rules(), load_rules(changed)
    dice = random.Random(20261122)
    went = set()
    for _ in range(400):
        answers = random_answers(dice)
        old, new = decide(before, answers), decide(after, answers)
        assert (old.safe_level, old.first, old.alerts) == (new.safe_level, new.first, new.alerts)
        if old.scope == "adult" and old.ranked[0].path != new.ranked[0].path:
            assert old.ranked[0].path == "day-treatment"
            assert before.level_rank[new.ranked[0].level] >= before.level_rank[new.safe_level or ""]
            went.add(new.ranked[0].path)
    assert "residential" in went


@pytest.mark.slow
def test_the_schema_made_anew_knows_the_new_factor(pathfinder: Run, changed: Path) -> None:
    schema = json.loads(pathfinder("rules", "schema", str(changed)).out)
    file = yaml.safe_load((changed / "factors" / "our_agency.yaml").read_text(encoding="utf-8"))
    assert Draft202012Validator(schema).is_valid(file)


@pytest.mark.parametrize("text", [copy.counselors_readme().decode(), WALK], ids=["README", "docs"])
def test_every_command_that_is_told_is_one_of_ours(text: str) -> None:
    commands = re.findall(r"pathfinder (?:(rules) )?(\w+)", text)
    assert ("rules", "verify") in commands
    for group, name in commands:
        assert name in (RULES.commands if group else COMMANDS), name


def test_the_walk_in_the_docs_shows_the_rule_and_the_promise_of_the_readme(
    changed: Path,
) -> None:
    rule = shown(changed, "our_agency").split("\nfactor:", 1)[1]
    assert rule.replace("fires: {age_group: adult}", "fires: {age_group: adlut}") in WALK
    assert shown(changed, "checks") in WALK
