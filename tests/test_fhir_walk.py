"""The walk in docs/fhir.md is what the program does, and its pictures show what the page says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from command import Run

from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.fhir.page import written
from pathfinder.fhir.questionnaire import questionnaire
from pathfinder.fhir.response_and_bundle import response
from pathfinder.fhir.vocabulary import RELEASES

ROOT = Path(__file__).parents[1]
WALK = (ROOT / "docs" / "fhir.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "pictures"
ANSWERS: dict[str, Any] = {"age_group": "adult", "substances": ("alcohol",)}
Typed = tuple[str, str]


def typed() -> list[Typed]:
    """Each command of the walk in its order, with what stands below it."""
    blocks = re.findall(r"```console\n(.*?)```", WALK, re.DOTALL)
    parts = [part for block in blocks for part in block.split("$ pathfinder ")[1:]]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


@pytest.fixture
def desk(rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the walk speaks of."""
    form = questionnaire(rules, RELEASES["R4"], region_of(rules, ""))
    made = response(rules, form, {**ANSWERS, "danger": ("violence",), "home": "steady"}).resource
    items = made["item"][1]["item"]
    coding = items[0]["answer"][0]["valueCoding"]
    items[0]["answer"].append({"valueCoding": {**coding, "code": "danger.none"}})
    items[-1]["answer"][0]["valueCoding"]["code"] = "home.castle"
    lines = json.dumps(made, indent=1, ensure_ascii=False)
    (tmp_path / "spoiled.json").write_text(lines, "utf-8")
    for name in ("response.json", "answers.json"):
        whole = response(rules, form, ANSWERS).resource
        (tmp_path / name).write_text(json.dumps(whole), "utf-8")
    (tmp_path / "code.txt").write_text(written(rules, ANSWERS), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_every_command_of_the_walk_does_what_stands_there(desk: Path, pathfinder: Run) -> None:
    assert len(typed()) >= 8
    for command, shown in typed():
        ran = pathfinder(*shlex.split(command))
        assert ran.code == (65 if command.endswith("spoiled.json") else 0), (command, ran.err)
        if shown:
            assert ran.err + ran.out == shown, command
        for name in re.findall(r"--output (\S+)", command):
            assert (desk / name).stat().st_size > 0


def test_file_and_code_hold_the_same_answers(desk: Path, pathfinder: Run) -> None:
    found = {pathfinder("fhir", "import", name).out for name in ("answers.json", "code.txt")}
    assert len(found) == 1


def test_every_picture_stands_in_the_walk_with_words_for_those_who_can_not_see_it() -> None:
    shown = dict(re.findall(r"!\[(.+)\]\(pictures/(.+)\)", WALK))
    assert set(shown.values()) == {file.name for file in PICTURES.glob("fhir-*.png")}
    assert all(len(words) > 40 for words in shown)


@pytest.mark.slow
def test_a_picture_shows_what_the_page_says_now(rules: RuleSet, tmp_path: Path) -> None:
    from browser import Browser, needed
    from pictures_fhir import WORDS_FILE, on_the_tablet, words_in

    browser = Browser(needed()[0])
    try:
        found = {name: words_in(page) for name, page in on_the_tablet(browser, rules, tmp_path)}
    finally:
        browser.close()
    kept = json.loads(WORDS_FILE.read_text("utf-8"))
    assert kept == found, "take them anew: python pictures_fhir.py"
