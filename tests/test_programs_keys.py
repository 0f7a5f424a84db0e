"""One declaration of keys: the schema for editors, the page of keys and the reader agree."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import invented
import pytest
import yaml
from command import Run
from jsonschema import Draft202012Validator

from pathfinder.engine.ruleset import RuleSet
from pathfinder.programs.keys import FORMS, MEETING, PROGRAM
from pathfinder.programs.model import Meeting, Program, ProgramList
from pathfinder.programs.writing import list_text, schema_text, template, with_keys

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = DOCS / "examples" / "programs" / "invented-programs.yaml"


@pytest.fixture(scope="session")
def schema() -> Draft202012Validator:
    text = (DOCS / "programs.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def parsed(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def test_the_schema_in_the_docs_is_what_the_command_prints(pathfinder: Run) -> None:
    ran = pathfinder("programs", "schema")
    assert (ran.code, ran.out) == (0, (DOCS / "programs.schema.json").read_text(encoding="utf-8"))


def test_the_schema_knows_the_paths_of_the_rule_set_in_use(rules: RuleSet) -> None:
    made = json.loads(schema_text(["one", "two"]))
    assert made["$defs"]["path"]["enum"] == ["one", "two"]
    Draft202012Validator.check_schema(made)


def test_the_page_of_keys_is_made_of_the_declaration() -> None:
    page = (DOCS / "programs.md").read_text(encoding="utf-8")
    assert with_keys(page) == page, "make it anew: with_keys(page)"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.what)
def test_each_key_is_told_in_one_plain_sentence(form: Any) -> None:
    for key, (_, about) in form.allowed.items():
        assert about.endswith("."), key
        assert len(about) <= 90, key


def test_every_key_is_a_field_of_its_record_and_no_field_has_no_key() -> None:
    assert set(PROGRAM.allowed) == set(Program._fields)
    assert set(MEETING.allowed) == set(Meeting._fields)
    assert {*FORMS[0].allowed, "sha256"} == set(ProgramList._fields)


def test_editors_accept_what_the_reader_accepts(schema: Draft202012Validator) -> None:
    schema.validate(parsed(EXAMPLE.read_text(encoding="utf-8")))
    schema.validate(parsed(template()))
    random = Random(5)
    programs = [invented.program(random, number, known=1) for number in range(60)]
    meetings = [invented.meeting(random, number, known=1) for number in range(60)]
    schema.validate(parsed(list_text(programs, meetings)))


@pytest.mark.parametrize(
    "line",
    ["childcare: true", "evenings: sometimes", "paths: [iop]", "languages: [sp]", "wait_days: -1",
     "start: [walkin]", "web: example.org", "days: [mon]", "insurance: []"],
)  # fmt: skip
def test_editors_underline_what_the_reader_refuses(schema: Draft202012Validator, line: str) -> None:
    entry = {"id": "a", "name": "A", "paths": ["outpatient"], "phone": "555-0100"} | parsed(line)
    assert not schema.is_valid({"programs": [entry]})
