"""The result as JSON: the fast form says what the plain one says, and the schema holds it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from decisions_made_by_hand import (
    ADULT,
    BOTH,
    IN_DANGER,
    OURS,
    STUDY,
    TOP,
    UNDER_18,
    reason,
    replace,
)
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from pathfinder.engine.decision import Decision, Fired
from pathfinder.render.result_json import _Written, dumps, dumps_pretty, line_error, result, sources

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "docs" / "result.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
LINE = Draft202012Validator(
    {"$ref": f"{SCHEMA['$id']}#/$defs/line"},
    registry=Registry().with_resource(SCHEMA["$id"], Resource.from_contents(SCHEMA)),
)
BARE = replace(
    ADULT,
    first=(),
    set_aside=(),
    supports=(),
    to_check=(),
    if_not_possible=None,
    ranked=(replace(TOP, for_=(), against=(), unknown=()),),
)
HOSTILE = replace(
    ADULT, next_moves=('a "quote" \\ \x1b[2J \u202e \u2028 \ud800 é 🙂 \x00 </script>',)
)
ALL = {
    "adult": ADULT,
    "in danger": IN_DANGER,
    "under 18": UNDER_18,
    "bare": BARE,
    "hostile": HOSTILE,
}


@pytest.fixture(params=ALL.values(), ids=ALL)
def decision(request: pytest.FixtureRequest) -> Decision:
    found: Decision = request.param
    return found


def test_the_fast_form_is_the_same_data_in_the_same_order(decision: Decision) -> None:
    assert dumps(decision) == json.dumps(result(decision))
    assert json.loads(dumps_pretty(decision)) == result(decision)


def test_the_json_is_one_line_of_ascii(decision: Decision) -> None:
    assert "\n" not in dumps(decision)
    assert dumps(decision).isascii()
    assert dumps_pretty(decision).isascii()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_result_holds_to_the_schema(decision: Decision) -> None:
    assert list(VALIDATOR.iter_errors(result(decision))) == []


def test_the_keys_are_those_of_the_contract() -> None:
    found = result(IN_DANGER)
    ranked = found["ranked"][0]
    for record, keys in (
        (
            found,
            "passport scope hold safe_level warnings alerts first ranked set_aside supports "
            "to_check notes if_not_possible next_moves help_lines",
        ),
        (found["passport"], "ruleset version sha256 app"),
        (found["alerts"][0], "id rules because lines"),
        (found["first"][0], "id rules because sources"),
        (ranked, "path level rank points about_equal_to_top above_need for against unknown"),
        (ranked["for"][0], "rule factor question answer says does because points sources"),
        (found["set_aside"][0], "path level rules because sources opens_when alongside"),
        (found["supports"][0], "id rules because"),
        (found["to_check"][0], "rule effect target questions because"),
        (found["notes"][0], "id because headline"),
        (found["if_not_possible"], "barriers helps compromise because"),
        (found["help_lines"][0], "id name number when region seen_on seen_at"),
    ):
        assert " ".join(record) == keys


def test_no_part_of_a_decision_is_left_out_unseen() -> None:
    # The region is in every help line; the view, and what it assumes, are the answers.
    kept_back = {"region", "view", "assumed"}
    assert set(Decision._fields) - kept_back == set(result(ADULT))


def test_a_judgement_stands_among_the_sources_under_its_own_id() -> None:
    assert sources((BOTH,)) == [
        {"id": "study", "section": "Results", "claim": None},
        {"id": "judgement", "section": "The study is small.", "claim": None},
    ]


def test_a_source_of_two_rules_is_named_once() -> None:
    assert [entry["id"] for entry in sources((STUDY, OURS, BOTH, OURS))] == [
        "study",
        "judgement",
        "judgement",
    ]
    twice = Fired("x", ("a", "b"), ("A.", "B."), (STUDY, STUDY))
    doubled = replace(ADULT, first=(twice,))
    assert len(json.loads(dumps(doubled))["first"][0]["sources"]) == 1


def break_it(*path: str | int, value: object) -> dict[str, Any]:
    broken: Any = copy.deepcopy(result(IN_DANGER))
    here = broken
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    found: dict[str, Any] = broken
    return found


@pytest.mark.parametrize(
    "broken",
    [
        break_it("surprise", value=1),
        break_it("scope", value="child"),
        break_it("scope", value="under_18"),
        break_it("safe_level", value=None),
        break_it("safe_level", value="2.1"),
        break_it("ranked", value=[]),
        break_it("ranked", 0, "rank", value=2),
        break_it("ranked", 0, "about_equal_to_top", value=False),
        break_it("ranked", 0, "surprise", value=1),
        break_it("ranked", 1, "surprise", value=1),
        break_it("ranked", 0, "for", 0, "points", value=-1),
        break_it("ranked", 0, "against", 0, "points", value=1),
        break_it("ranked", 0, "unknown", 0, "points", value=1),
        break_it("ranked", 0, "for", 0, "sources", value=[]),
        break_it("ranked", 0, "for", 0, "answer", value=["a"]),
        break_it("to_check", 0, "effect", value="support"),
        break_it("first", 0, "rules", value=[]),
        break_it("passport", "sha256", value="abc"),
        break_it("next_moves", value=[]),
        break_it("help_lines", 0, "kinds", value=["emergency"]),
        break_it("firmness", value="sure"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_know(broken: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(broken)


@pytest.mark.parametrize("key", list(result(ADULT)))
def test_the_schema_asks_for_every_key(key: str) -> None:
    found = result(ADULT)
    del found[key]
    assert not VALIDATOR.is_valid(found)


def test_the_schema_leaves_room_for_firmness_and_what_would_change_it() -> None:
    changes = {"home": "steady", "wishes": ["online"]}
    more = {"changes": changes, "top": "iop-one", "because": "A safe home opens this path."}
    assert VALIDATOR.is_valid(result(ADULT) | {"firmness": "close", "would_change": [more]})


def test_a_line_of_a_stream_is_a_result_or_an_error() -> None:
    error = json.loads(line_error(3, "unknown-question", 'There is no question "hoem".'))
    assert error == {
        "line": 3,
        "error": {"code": "unknown-question", "message": 'There is no question "hoem".'},
    }
    assert LINE.is_valid(error)
    assert LINE.is_valid(result(ADULT))
    assert not LINE.is_valid({**error, "line": 0})
    assert not LINE.is_valid({**error, "error": {"code": "Not A Code", "message": "x"}})
    assert not LINE.is_valid(result(ADULT) | error)
    assert not VALIDATOR.is_valid(error)


def test_a_shared_record_is_written_once_and_the_store_does_not_grow_for_ever() -> None:
    calls = 0

    def write(record: object) -> str:
        nonlocal calls
        calls += 1
        return repr(record)

    store = _Written(write, 500)
    shared = reason("r", "home", "none", "Because.", 1, OURS)
    assert store.text(shared) == store.text(shared)
    assert calls == 1
    for _ in range(store._most + 10):
        store.text(reason("r", "home", "none", "Because.", 1, OURS))
    assert len(store._known) <= store._most
