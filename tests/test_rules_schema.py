"""`pathfinder rules schema`: what editors accept and underline, held against the loader.

jsonschema judges here, which knows nothing of this project. "The loader" is whatever
reads a file when the program runs: rules, cases, words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tiny
import yaml
from command import Run
from jsonschema import Draft202012Validator

from pathfinder.errors import Problem, RulesError
from pathfinder.loader.fields import Reader
from pathfinder.loader.ids_and_answers import gather
from pathfinder.loader.load import load_rules
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.ruletools.author.schema import FILES as KINDS_OF_FILES
from pathfinder.ruletools.author.schema import forms, schema_text
from pathfinder.ruletools.cases.case_file import KEYS, read_case
from pathfinder.ruletools.check.words_file import words_file
from pathfinder.ruletools.verify.statements_file import read_statements

RULES = Path(__file__).parents[1] / "rules"
FILES = sorted(RULES.rglob("*.yaml"))
NEEDS, HOME = "factors/needs.yaml", "factors/home.yaml"
CASE, CHECKS, WORDS = "cases/somebody.yaml", "checks.yaml", "words.yaml"

ALL = {
    **tiny.FILES,
    CASE: """\
story: Somebody sleeps outside.
answers: {age_group: adult, substances: [alcohol, opioids], severity: severe, home: none}
expect: {safe_level: residential, first: [safe-place], first_path: stay, hold: true}
""",
    CHECKS: """\
statements:
  - id: a-promise
    says: Somebody without a home gets help.
    must:
      - {when: {home: none}, then: {first: [safe-place], first_path: stay, at_least: support}}
      - {then: {some_path: true}}
      - {one_step_worse: {severity: up, home: down}, never_lowers: [safe_level]}
      - {changing: [age_group], never_changes: [alerts, first]}
      - {not_known: [substances, home], never_loses: [gates]}
      - {somebody_for_each: paths}
""",
    WORDS: """\
words:
  - {avoid: [addict, addicts], say: a person, because: It hurts., judgement: We think so.}
names: [Addicts Anonymous]
""",
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny rule set."""
    return tiny.write(tmp_path_factory.mktemp("rules"))


@pytest.fixture(scope="session")
def tiny_schema(folder: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(folder)))


@pytest.fixture(scope="session")
def built_in_schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((RULES / "schema.json").read_text(encoding="utf-8")))


def parsed(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


# --- the built-in rules -------------------------------------------------------------


@pytest.mark.slow
def test_the_schema_is_one_of_draft_2020_12(built_in_schema: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(built_in_schema.schema)


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(RULES)) for file in FILES])
def test_a_built_in_file_holds(built_in_schema: Draft202012Validator, file: Path) -> None:
    data = parsed(file.read_text(encoding="utf-8"))
    assert [error.message for error in built_in_schema.iter_errors(data)] == []


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(RULES)) for file in FILES])
def test_a_built_in_file_names_the_schema_in_its_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    mark = "# yaml-language-server: $schema="
    assert first.startswith(mark)
    assert (file.parent / first.removeprefix(mark)).resolve() == RULES / "schema.json"


def test_the_schema_beside_the_built_in_rules_is_the_one_that_the_program_makes(
    pathfinder: Run,
) -> None:
    ran = pathfinder("rules", "schema")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (RULES / "schema.json").read_text(encoding="utf-8")


def test_another_rule_set_brings_its_own_names(pathfinder: Run, folder: Path) -> None:
    for args in (["rules", "schema", str(folder)], ["--rules", str(folder), "rules", "schema"]):
        ran = pathfinder(*args)
        assert json.loads(ran.out)["$defs"]["path-id"] == {"enum": ["groups", "talks", "stay"]}


def test_a_rule_set_with_a_slip_gives_no_schema(pathfinder: Run, tmp_path: Path) -> None:
    tiny.write(tmp_path)
    tiny.change(tmp_path, HOME, "at_least: residential", "at_least: residental")
    ran = pathfinder("rules", "schema", str(tmp_path))
    assert (ran.code, ran.out) == (1, "")
    assert 'did you mean "residential"?' in ran.err


def test_what_a_case_may_expect_is_what_the_reader_of_cases_knows(
    tiny_schema: Draft202012Validator,
) -> None:
    expected = tiny_schema.schema["$defs"]["expect"]
    assert set(expected["properties"]) == set(KEYS)


def test_an_editor_shows_a_sentence_for_every_key_that_the_loader_reads(
    built_in_schema: Draft202012Validator,
) -> None:
    made = built_in_schema.schema["$defs"]
    for form in forms(load_rules().compare_rows):
        if form.what == "a row of points":  # its other keys are paths
            continue
        [shown] = [each for each in made.values() if _keys(each) == list(form.allowed)][:1]
        assert all(value["description"].endswith(".") for value in shown["properties"].values())


@pytest.mark.parametrize(
    ("form", "key", "words"),
    [
        ("gate", "when", "An answer that isn't known makes it unknown, and never false."),
        ("factor-file", "reasons", "with a row for every answer"),
        ("path", "traits", "is covered by every rule that they call for"),
        ("answer-with-traits", "traits", "`trait` or `two_with`"),
        ("argument", "paths", "`{level: intensive}`"),
    ],
)
def test_an_editor_says_how_to_write_what_has_a_form_of_its_own(
    built_in_schema: Draft202012Validator, form: str, key: str, words: str
) -> None:
    made = built_in_schema.schema["$defs"]
    assert words in made[form]["properties"][key]["description"]


def test_an_editor_shows_the_question_where_a_condition_names_it(
    built_in_schema: Draft202012Validator,
) -> None:
    condition = built_in_schema.schema["$defs"]["condition"]["properties"]
    for question in load_rules().questions:
        assert condition[question.id]["description"] == question.ask
    assert all(condition[group]["description"] for group in ("all", "any", "none", "holds"))


def test_an_editor_offers_every_kind_of_file_in_an_empty_one(
    built_in_schema: Draft202012Validator,
) -> None:
    schema = built_in_schema.schema
    assert set(schema["properties"]) == {file.key for file in KINDS_OF_FILES}
    assert [each["label"] for each in schema["defaultSnippets"]] == [
        file.name for file in KINDS_OF_FILES
    ]
    for snippet, file in zip(schema["defaultSnippets"], KINDS_OF_FILES, strict=True):
        assert set(snippet["body"]) <= set(file.form.allowed)
        assert file.key in snippet["body"], "else the editor wouldn't know the file it has begun"


def _keys(schema: Any) -> list[str]:
    return list(schema.get("properties", {}))


# --- slips --------------------------------------------------------------------------

SLIPS = {
    "an answer that the question doesn't have": (HOME, "{home: steady}", "{home: stedy}"),
    "a question that isn't there": (HOME, "when: {home: none}", "when: {house: none}"),
    "an order test on a question without order": (
        NEEDS,
        "when: {age_group: adult}",
        "when: {age_group: {at_least: adult}}",
    ),
    "an order test on several answers": (
        NEEDS,
        "unless: {substances: cannabis}",
        "unless: {substances: {at_most: cannabis}}",
    ),
    "includes on a single answer": (HOME, "{at_most: unsafe}", "{includes: unsafe}"),
    "includes of none": (NEEDS, "{includes: opioids}", "{includes: none}"),
    "includes_any without a list": (NEEDS, "{includes: opioids}", "{includes_any: opioids}"),
    "a list for several answers": (
        NEEDS,
        "unless: {substances: cannabis}",
        "unless: {substances: [cannabis]}",
    ),
    "not sure tested by name": (NEEDS, "when: {age_group: adult}", "when: {age_group: unsure}"),
    "answered with a word": (NEEDS, "{answered: false}}\nalerts", "{answered: never}}\nalerts"),
    "a test that isn't there": (HOME, "{at_most: unsafe}", "{below: unsafe}"),
    "two tests where one is misspelt": (
        HOME,
        "{at_least: severe}",
        "{at_least: mild, at_mots: severe}",
    ),
    "an empty condition": (HOME, "when: {home: steady}", "when: {}"),
    "a group that isn't a list": (HOME, "all: [{severity: risky}]", "all: {severity: risky}"),
    "a slip inside a group": (HOME, "any: [{home: steady}", "any: [{home: steadfast}"),
    "an answer twice": (HOME, "home: [none, unsafe]", "home: [none, none]"),
    "a level that isn't there": (HOME, "at_least: residential", "at_least: residental"),
    "a path that isn't there": (HOME, "set_aside: [stay]", "set_aside: [hotel]"),
    "a gate without an effect": (HOME, "    at_least: residential\n", ""),
    "a gate with both effects": (
        HOME,
        "    at_least: residential\n",
        "    at_least: residential\n    set_aside: [stay]\n    opens_when: Soon.\n",
    ),
    "a closed gate that nothing opens": (HOME, "    opens_when: If it gets harder.\n", ""),
    "alongside where nothing is set aside": (
        HOME,
        "    at_least: residential\n",
        "    at_least: residential\n    alongside: true\n",
    ),
    "a gate without its reason": (HOME, "    because: You need care day and night.\n", ""),
    "a gate without its question": (HOME, "    check: Do I need this care?\n", ""),
    "a gate without an example": (HOME, "    quiet: {severity: severe}\n", ""),
    "an example with an answer that isn't there": (
        HOME,
        "fires: {home: none}",
        "fires: {home: nowhere}",
    ),
    "an example with one answer in a list": (HOME, "fires: {home: none}", "fires: {home: [none]}"),
    "an example without a list": (
        NEEDS,
        "fires: {substances: [opioids]}",
        "fires: {substances: opioids}",
    ),
    "none beside another answer": (
        NEEDS,
        "fires: {substances: [opioids]}",
        "fires: {substances: [opioids, none]}",
    ),
    "a rule without grounds": (
        HOME,
        "    judgement: To be safe.\n    fires: {severity: risky",
        "    fires: {severity: risky",
    ),
    "a source that isn't there": (NEEDS, "{id: book, section: One}", "{id: boook, section: One}"),
    "a source without a section": (NEEDS, "{id: book, section: One}", "{id: book}"),
    "a first step that isn't there": (HOME, "first: safe-place", "first: safe-home"),
    "an alert that isn't there": (NEEDS, "alert: call-emergency", "alert: call-someone"),
    "a support that isn't there": (NEEDS, "support: online", "support: offline"),
    "a weight beyond three": (HOME, "weight: 3,", "weight: 4,"),
    "a weight that isn't whole": (HOME, "weight: 3,", 'weight: "3",'),
    "a reason for a path that isn't there": (HOME, "[stay], weight: 3", "[stays], weight: 3"),
    "a reason without a text": (HOME, ", because: and you sleep here.", ""),
    "a row without what was said": (HOME, "        says: You have no home\n", ""),
    "an answer without a row": (HOME, "      unsafe: {}\n", ""),
    "a row for no answer": (HOME, "unsafe: {}", "unsave: {}"),
    "a kind of question that isn't there": (HOME, "kind: scale", "kind: scales"),
    "a question with one answer": (
        NEEDS,
        "answers: {under_18: Under 18, adult: 18 or over}",
        "answers: {adult: 18 or over}",
    ),
    "an answer that every question has": (HOME, "steady: Steady}", "steady: Steady, unsure: What}"),
    "an answer id with a hyphen": (HOME, "steady: Steady}", "steady: Steady, not-here: What}"),
    "a reading as no answer of its own": (NEEDS, "as: mild", "as: milder"),
    "counts for no answer of its own": (NEEDS, "mild: 1, severe: 2", "milder: 1, severe: 2"),
    "a rule id in capitals": (HOME, "id: risky-is-less", "id: Risky-Is-Less"),
    "a key that isn't there": (
        HOME,
        "    because: Less is enough.",
        "    becuase: Less is enough.",
    ),
    "a part of the file that isn't there": (HOME, "moves:", "move:"),
    "a factor that isn't there": (HOME, "factor: home\n", "factor: house\n"),
    "an empty text": (HOME, "because: Less is enough.", 'because: ""'),
    "a number where text belongs": ("ruleset.yaml", 'version: "1.0.0"', "version: 1"),
    "a date in words": ("ruleset.yaml", 'date: "2026-11-22"', 'date: "22 Nov 2026"'),
    "a question asked twice": (
        "ruleset.yaml",
        "order: [age_group, substances",
        "order: [age_group, age_group, substances",
    ),
    "a sentence of every result left out": ("ruleset.yaml", "  evidence: ", "  evidences: "),
    "an answer out of scope that isn't there": ("ruleset.yaml", "out: [under_18]", "out: [under]"),
    "a level of a path that isn't there": ("paths.yaml", "level: support", "level: supports"),
    "an approach that isn't there": ("paths.yaml", "approach: secular", "approach: worldly"),
    "a shared passage that isn't there": ("paths.yaml", "[call-today]", "[call-tomorrow]"),
    "a row of the comparison left out": ("paths.yaml", "{philosophy: Some words., ", "{"),
    "a kind of help line that isn't there": ("steps.yaml", "lines: [emergency]", "lines: [taxi]"),
    "a phone number without quotes": ("help_lines.yaml", 'number: "911"', "number: 911"),
    "a default country that isn't there": ("help_lines.yaml", "default: us", "default: mars"),
    "a source that hides what it gains": (
        "sources.yaml",
        "     interest: none stated",
        "     x: y",
    ),
    "a case that expects a path that isn't there": (CASE, "first_path: stay", "first_path: hotel"),
    "a case that expects something else": (CASE, "safe_level:", "safest_level:"),
    "a case without a story": (CASE, "story: Somebody sleeps outside.\n", ""),
    "a case with an answer that isn't there": (CASE, "home: none}", "home: gone}"),
    "a promise about a path that isn't there": (CHECKS, "first_path: stay", "first_path: hotel"),
    "a promise that asks for nothing": (CHECKS, "then: {some_path: true}", "then: {}"),
    "a promise about worse where nothing is worse": (CHECKS, "{severity: up,", "{age_group: up,"),
    "a step sideways": (CHECKS, "home: down", "home: sideways"),
    "a part that no promise is about": (CHECKS, "never_loses: [gates]", "never_loses: [points]"),
    "a promise of no kind": (CHECKS, "{somebody_for_each: paths}", "{nobody_for: paths}"),
    "a word to avoid without another": (WORDS, "say: a person, ", ""),
}


def _found(files: dict[str, str], folder: Path, name: str) -> list[Problem]:
    """What the program itself finds, in the rule set or in the file beside it."""
    problems: list[Problem] = []
    if name == WORDS:
        root, found = read_yaml(files[name].encode(), name)
        sources, _ = read_yaml(files["sources.yaml"].encode(), "sources.yaml")
        words_file(Reader(name, problems), root, gather({"sources.yaml": sources}))
        return found + problems
    try:
        rules = load_rules(tiny.write(folder, {key: files[key] for key in tiny.FILES}))
    except RulesError as error:
        return list(error.problems)
    if name == CHECKS:
        (folder / name).write_text(files[name], encoding="utf-8")
        try:
            read_statements(rules, folder)
        except RulesError as error:
            return list(error.problems)
    if name == CASE:
        read_case(rules, files[name].encode(), name, problems)
    return problems


def test_the_files_without_a_slip_hold(tmp_path: Path, tiny_schema: Draft202012Validator) -> None:
    for name, text in ALL.items():
        assert _found(ALL, tmp_path, name) == []
        errors = tiny_schema.iter_errors(parsed(text))
        assert [error.message for error in errors] == [], name


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_refused_by_the_schema_as_by_the_program(
    slip: str, tiny_schema: Draft202012Validator, tmp_path: Path
) -> None:
    name, old, new = SLIPS[slip]
    assert old in ALL[name]
    slipped = {**ALL, name: ALL[name].replace(old, new, 1)}
    assert _found(slipped, tmp_path, name)
    assert not tiny_schema.is_valid(parsed(slipped[name]))


def test_a_file_of_no_known_kind_is_refused(tiny_schema: Draft202012Validator) -> None:
    assert not tiny_schema.is_valid({"something": "else"})


# --- the same verdict, wherever a key stands ------------------------------------------

Place = tuple[str | int, ...]


def _mappings(data: object, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    if isinstance(data, dict):
        yield place, data
    for key, value in (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    ):
        yield from _mappings(value, (*place, key))


def _changed(data: Any, place: Place, drop: str | None) -> Any:
    """A copy with one key less, or one key that nobody knows, in the mapping at `place`."""
    if place:
        inner = _changed(data[place[0]], place[1:], drop)
        if isinstance(data, list):
            return [inner if at == place[0] else item for at, item in enumerate(data)]
        return {key: inner if key == place[0] else value for key, value in data.items()}
    if drop is None:
        return {**data, "zzz": "text"}
    return {key: value for key, value in data.items() if key != drop}


def _seen_by_the_loader_alone(name: str, place: Place, drop: str | None) -> bool:
    """What JSON Schema can't say, or what other files show."""
    if drop is None:
        # A new answer is no slip in itself: its row is missing elsewhere.
        return bool(place) and place[-1] == "answers" and place[0] == "questions"
    if name in (NEEDS, HOME):
        gone = {"answers", "counts"} & set(map(str, place[-1:]))
        whole_list = not place and drop == "questions"
        # An answer is taken over as it is only from a question with the same answers.
        same_answers = place[-1:] == ("derived",) and drop == "counts"
        # Grounds may stand with the table, the answer, or what it says for and against.
        elsewhere = place[:1] == ("reasons",) and drop in ("sources", "judgement")
        if same_answers or elsewhere:
            return True
        reading = place[2:3] == ("readings",)  # says nothing about its own question any more
        return bool(gone) or whole_list or (reading and place[-1:] == ("when",))
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", [NEEDS, HOME, "ruleset.yaml", "steps.yaml", CASE, CHECKS])
def test_a_key_too_few_or_too_many_is_judged_alike(
    name: str, tiny_schema: Draft202012Validator, tmp_path: Path
) -> None:
    data = parsed(ALL[name])
    for place, mapping in _mappings(data):
        for drop in (None, *mapping):
            changed = _changed(data, place, drop)
            if changed == {} or _seen_by_the_loader_alone(name, place, drop):
                continue
            files = {**ALL, name: json.dumps(changed, indent=1)}
            refused = bool(_found(files, tmp_path, name))
            assert tiny_schema.is_valid(changed) == (not refused), (place, drop)
