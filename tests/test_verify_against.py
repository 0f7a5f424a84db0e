"""Promises can't be lost: what another rule set promises is proved on this one, and missed here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command import Run

from pathfinder.loader.rule_files import built_in

pytestmark = pytest.mark.slow

OPIOIDS = "opioids-bring-medication"
PATH = "everyone-has-a-path"
PROMISES = f"""statements:
  - id: {OPIOIDS}
    says: Whoever uses opioids is told about medicine for it as a first step.
    must: [{{when: {{substances: {{includes: opioids}}}}, then: {{first: [opioid-medication]}}}}]
  - id: {PATH}
    says: Nobody goes away without a path.
    must: [{{then: {{some_path: true}}}}]
"""
DROPPED = f"""dropped:
  - id: {PATH}
    says: Nobody goes away without a path.
    because: We have no place for anybody.
    decided_by: the clinical lead
    date: "2026-11-28"
"""


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Promises alone, as a release keeps them."""
    folder = tmp_path / "before"
    folder.mkdir()
    (folder / "checks.yaml").write_text(PROMISES, encoding="utf-8")
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(built_in(), folder)
    (folder / "checks.yaml").write_text(PROMISES, encoding="utf-8")
    return folder


def promises(folder: Path, text: str) -> None:
    (folder / "checks.yaml").write_text(text, encoding="utf-8")


def last(text: str) -> str:
    return text.rstrip().rpartition("\n")[2]


def test_the_same_promises_are_counted(pathfinder: Run, mine: Path, before: Path) -> None:
    ran = pathfinder("rules", "verify", str(mine), "--against", str(before))
    assert ran.code == 0
    assert last(ran.out).endswith("2 made here in the same words.")
    assert "Of 2 promises of " in last(ran.out)


def test_a_promise_that_was_taken_out_is_missed_though_it_still_holds(
    pathfinder: Run, mine: Path, before: Path
) -> None:
    promises(mine, PROMISES[: PROMISES.index(f"  - id: {PATH}")])
    ran = pathfinder("rules", "verify", str(mine), "--against", str(before))
    assert ran.code == 1
    assert f"MISSING      {PATH}" in ran.out
    assert "Nobody breaks it today, but nothing promises it any more." in " ".join(ran.out.split())
    assert last(ran.out).endswith("1 made here in the same words, 1 missing here.")


def test_a_promise_that_was_narrowed_is_proved_as_it_was(
    pathfinder: Run, mine: Path, before: Path
) -> None:
    wide = "{substances: {includes: opioids}}"
    narrow = "{substances: {includes: opioids}, home: steady}"
    promises(mine, PROMISES.replace(wide, narrow))
    kept = pathfinder("rules", "verify", str(mine), "--against", str(before))
    assert kept.code == 0
    assert "As it was, it still holds." in " ".join(kept.out.split())

    rules = mine / "factors" / "withdrawal.yaml"
    text = rules.read_text(encoding="utf-8")
    start = text.index("  - id: keep-opioid-medication")
    rule = text[start:]
    changed = rule.replace("    when:\n", "    when:\n      home: steady\n", 1)
    assert changed != rule
    rules.write_text(text[:start] + changed, encoding="utf-8")
    ran = pathfinder("rules", "verify", str(mine), "--against", str(before), "--format", "json")
    assert ran.code == 1
    told = json.loads(ran.out)
    (statement, _) = told["statements"]
    assert statement["verdict"] == "holds", "the narrower promise is kept"
    (opioids, _) = told["against"]["promises"]
    assert (opioids["fate"], opioids["holds"]) == ("weaker", False)
    assert opioids["situation"]["medication"] == ["for_opioids"]


def test_a_promise_that_was_dropped_on_purpose_is_told_with_who_decided(
    pathfinder: Run, mine: Path, before: Path
) -> None:
    promises(mine, PROMISES[: PROMISES.index(f"  - id: {PATH}")] + DROPPED)
    for more in ((), ("--against", str(before))):
        ran = pathfinder("rules", "verify", str(mine), *more)
        assert ran.code == 0
        assert "Dropped on 2026-11-28 by the clinical lead" in ran.out
    assert last(ran.out).endswith("1 made here in the same words, 1 dropped on purpose.")


def test_a_promise_about_what_is_not_here_is_missed_and_the_rest_still_told(
    pathfinder: Run, mine: Path, before: Path
) -> None:
    promises(before, PROMISES.replace("opioid-medication]", "opioid-medicine]"))
    ran = pathfinder("rules", "verify", str(mine), "--against", str(before))
    assert ran.code == 1
    assert f"MISSING      {OPIOIDS}" in ran.out
    assert "It can't be read on these rules" in ran.out
    assert last(ran.out).endswith(
        "1 made here in the same words, 1 about what isn't here any more."
    )


def test_a_copy_that_promises_less_than_the_built_in_rules_is_told_so_unasked(
    pathfinder: Run, mine: Path
) -> None:
    ran = pathfinder("rules", "verify", str(mine))
    assert ran.code == 0
    told = " ".join(ran.out.split())
    assert "The built-in rules make 29 promises that these don't: dangerous-withdrawal" in told
    assert "To have them proved here: --against built-in" in told


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_rules_that_are_not_there_are_not_taken_for_kept(pathfinder: Run, name: str) -> None:
    ran = pathfinder("rules", "verify", "--against", name)
    assert ran.code in (2, 66)
    assert ran.out == ""


def test_the_promises_of_the_last_release_hold(pathfinder: Run) -> None:
    released = Path(__file__).parent / "released"
    ran = pathfinder("rules", "verify", "--against", str(released))
    assert ran.code == 0
    assert last(ran.out).endswith("11 made here in the same words, 2 in other words, and kept.")
