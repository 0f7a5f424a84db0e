"""Answers: normal form, and every kind of slip at its place."""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

import pytest
import tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, FileProblem, Problem
from pathfinder.loader.answers_file import MOST_BYTES, check_answers, iter_jsonl, read_answers
from pathfinder.loader.load import load_rules


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return load_rules(tiny.write(tmp_path_factory.mktemp("rules")))


def _read(rules: RuleSet, text: str | bytes, input_format: str | None = None) -> object:
    data = text.encode() if isinstance(text, str) else text
    return read_answers(rules, "-", input_format=input_format, stdin=io.BytesIO(data))


def _problems(
    rules: RuleSet, text: str | bytes, input_format: str | None = None
) -> list[tuple[int, int, str]]:
    with pytest.raises(AnswersError) as caught:
        _read(rules, text, input_format)
    assert caught.value.exit_code == 65
    return [(problem.line, problem.column, problem.code) for problem in caught.value.problems]


def _message(rules: RuleSet, text: str) -> str:
    with pytest.raises(AnswersError) as caught:
        _read(rules, text)
    assert len(caught.value.problems) == 1
    return str(caught.value)


# --- what holds -------------------------------------------------------------------


def test_answers_come_out_in_normal_form(rules: RuleSet) -> None:
    text = "home: steady\nsubstances: [opioids, alcohol]\nseverity: unsure\n"
    assert _read(rules, text) == {
        "home": "steady",
        "substances": ("alcohol", "opioids"),
        "severity": "unsure",
    }


@pytest.mark.parametrize(
    ("written", "normal"), [("none", ("none",)), ("unsure", "unsure"), ("skip", "skip")]
)
def test_a_bare_word_and_a_list_of_that_one_word_mean_the_same(
    rules: RuleSet, written: str, normal: object
) -> None:
    assert _read(rules, f"substances: {written}") == {"substances": normal}
    assert _read(rules, f"substances: [{written}]") == {"substances": normal}
    assert check_answers(rules, {"substances": written}) == {"substances": normal}
    assert check_answers(rules, {"substances": [written]}) == {"substances": normal}


def test_a_draft_is_an_answers_file(rules: RuleSet) -> None:
    text = 'answers: {home: none}\npassport: {ruleset: tiny}\nsaved: "2026-11-22T10:00:00"\n'
    assert _read(rules, text) == {"home": "none"}


def test_no_answers_at_all_are_answers(rules: RuleSet) -> None:
    assert _read(rules, "{}") == {}
    assert _read(rules, "answers: {}") == {}


def test_the_name_of_a_file_says_whether_it_is_json(rules: RuleSet, tmp_path: Path) -> None:
    for name in ("a.json", "A.JSON"):
        (tmp_path / name).write_text('{"home":\t"steady"}')
        assert read_answers(rules, tmp_path / name) == {"home": "steady"}
    (tmp_path / "a.yaml").write_text("home: steady  # a comment\n")
    assert read_answers(rules, tmp_path / "a.yaml") == {"home": "steady"}
    (tmp_path / "a.txt").write_text('{"home": "steady"}')
    assert read_answers(rules, tmp_path / "a.txt", input_format="json") == {"home": "steady"}


def test_plain_data_may_be_tuples_and_stands_under_answers_too(rules: RuleSet) -> None:
    given_data = {"answers": {"substances": ("opioids", "alcohol")}}
    assert check_answers(rules, given_data) == {"substances": ("alcohol", "opioids")}


def test_normal_form_stays_as_it_is_when_it_is_checked_again(rules: RuleSet) -> None:
    answers = check_answers(rules, {"substances": "none", "home": "skip"})
    assert check_answers(rules, answers) == answers


# --- what doesn't -----------------------------------------------------------------

SLIPS: dict[str, tuple[str, list[tuple[int, int, str]]]] = {
    "unknown question": ("hoem: steady", [(1, 1, "unknown-question")]),
    "unknown answer": ("home: stedy", [(1, 7, "unknown-answer")]),
    "unknown answer in a list": ("substances: [alcohol, beer]", [(1, 23, "unknown-answer")]),
    "a list for one answer": ("home: [steady]", [(1, 7, "wrong-type")]),
    "a mapping for one answer": ("home: {a: b}", [(1, 7, "wrong-type")]),
    "a mapping for several": ("substances: {alcohol: x}", [(1, 13, "wrong-type")]),
    "a number": ("home: 3", [(1, 7, "wrong-type")]),
    "a truth value": ("home: true", [(1, 7, "wrong-type")]),
    "a bare no": ("home: no", [(1, 7, "unquoted-word")]),
    "nothing": ("home:", [(1, 6, "no-value")]),
    "null": ("home: null", [(1, 7, "no-value")]),
    "an empty list": ("substances: []", [(1, 13, "empty-list")]),
    "a single answer without a list": ("substances: alcohol", [(1, 13, "not-a-list")]),
    "an answer twice": ("substances: [alcohol, alcohol]", [(1, 23, "repeated")]),
    "none beside another": ("substances: [none, alcohol]", [(1, 14, "not-alone")]),
    "unsure beside another": ("substances: [alcohol, unsure]", [(1, 23, "not-alone")]),
    "skip beside another": ("substances: [alcohol, skip]", [(1, 23, "not-alone")]),
    "a list in a list": ("substances: [[alcohol]]", [(1, 14, "wrong-type")]),
    "a key twice": ("home: none\nhome: steady", [(2, 1, "duplicate-key")]),
    "a tag": ("home: !x steady", [(1, 7, "tag")]),
    "an anchor": ("home: &a steady", [(1, 7, "anchor")]),
    "text cut off": ("home: steady #1", [(1, 13, "cut-text")]),
    "an unknown key beside answers": (
        "answers: {home: none}\nnote: x",
        [(2, 1, "unknown-key")],
    ),
    "answers that are a list": ("answers: [home]", [(1, 10, "wrong-type")]),
    "a passport that is text": (
        "answers: {home: none}\npassport: x",
        [(2, 11, "wrong-type")],
    ),
    "two slips": ("home: x\nseverity: z", [(1, 7, "unknown-answer"), (2, 11, "unknown-answer")]),
    "markup": ("home: '[/b]'", [(1, 7, "unknown-answer")]),
    "escape codes": ('home: "\\x1b[2J"', [(1, 7, "hidden-character")]),
    "empty": ("", [(1, 1, "empty")]),
    "a list": ("- home", [(1, 1, "wrong-type")]),
    "deep nesting": ("a: " + "[" * 100_000, [(1, 23, "too-deep")]),
}


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_in_a_file_is_named_at_its_place(rules: RuleSet, name: str) -> None:
    text, expected = SLIPS[name]
    assert _problems(rules, text) == expected


@pytest.mark.parametrize(
    "data",
    [
        {"hoem": "steady"},
        {"home": "stedy"},
        {"home": ["steady"]},
        {"home": 3},
        {"home": 10**5000},
        {"home": 1.5},
        {"home": True},
        {"home": None},
        {"home": object()},
        {3: "steady"},
        {"substances": []},
        {"substances": "alcohol"},
        {"substances": ["alcohol", "alcohol"]},
        {"substances": ["alcohol", "none"]},
        {"substances": ["alcohol", None]},
        {"substances": ["alcohol", ["opioids"]]},
        {"answers": {"home": "steady"}, "more": 1},
        {"answers": None},
        ["home"],
        None,
    ],
)
def test_plain_data_is_held_to_the_same_rules(rules: RuleSet, data: object) -> None:
    with pytest.raises(AnswersError) as caught:
        check_answers(rules, data)  # type: ignore[arg-type]
    assert str(caught.value).startswith("answers: ")


def test_messages_say_what_was_found_what_was_expected_and_what_is_near(rules: RuleSet) -> None:
    assert _message(rules, "home: stedy") == (
        'standard input:1:7: unknown answer "stedy" of home; did you mean "steady"?'
        " Expected one of: none, unsafe, steady, unsure, skip"
    )
    assert _message(rules, "home: 3") == (
        "standard input:1:7: expected one answer for home,"
        " one of: none, unsafe, steady, unsure, skip; found a number, 3"
    )
    assert _message(rules, "home: no") == (
        "standard input:1:7: found no without quotes, which YAML programs may read as false;"
        ' write "no" in quotes if it is text. Expected one of: none, unsafe, steady, unsure, skip'
    )
    assert _message(rules, "substances: alcohol") == (
        "standard input:1:13: substances takes several answers; write [alcohol]"
    )


def test_text_from_a_file_is_echoed_short_and_without_control_characters(rules: RuleSet) -> None:
    with pytest.raises(AnswersError) as caught:
        check_answers(rules, {"x\x1b[2J" * 100: "a", "home": "\u202e" * 100})
    for line in str(caught.value).split("\n"):
        assert len(line) < 300
        assert "\x1b" not in line
        assert "\u202e" not in line


# --- JSON -------------------------------------------------------------------------

JSON_SLIPS: dict[str, tuple[str, list[tuple[int, int, str]]]] = {
    "a trailing comma": ('{"home": "none",\n}', [(2, 1, "syntax")]),
    "a key twice": ('{"home": "none",\n "home": "steady"}', [(2, 2, "duplicate-key")]),
    "an unknown answer": ('{"home":\n  "stedy"}', [(2, 3, "unknown-answer")]),
    "null": ('{"home": null}', [(1, 10, "no-value")]),
    "NaN": ('{"home": NaN}', [(1, 10, "syntax")]),
    "infinity": ('{"home": -Infinity}', [(1, 10, "syntax")]),
    "a huge number": ('{"home": ' + "9" * 5000 + "}", [(1, 10, "wrong-type")]),
    "a list": ("[1]", [(1, 1, "wrong-type")]),
    "empty": ("  ", [(1, 1, "empty")]),
    "deep": ("[" * 100_000, [(1, 1, "too-deep")]),
    "deep but closed": ('{"a":' * 30 + "1" + "}" * 30, [(1, 101, "too-deep")]),
    "escape codes": ('{"home": "\\u001b[2J"}', [(1, 10, "hidden-character")]),
    "a lone surrogate": ('{"home": "\\ud800"}', [(1, 10, "hidden-character")]),
    "text after the end": ("{} x", [(1, 4, "syntax")]),
    "YAML": ("home: none", [(1, 1, "syntax")]),
}


@pytest.mark.parametrize("name", JSON_SLIPS)
def test_each_slip_in_json_is_named_at_its_place(rules: RuleSet, name: str) -> None:
    text, expected = JSON_SLIPS[name]
    found = _problems(rules, text, "json")
    # the parser of a later Python points a trailing comma out one character earlier
    if name == "a trailing comma":
        assert [code for _, _, code in found] == ["syntax"]
    elif name == "deep":
        assert found[0][2] in ("too-deep", "syntax")
    else:
        assert found == expected


# --- files ------------------------------------------------------------------------


def test_what_cannot_be_opened_is_a_file_problem(rules: RuleSet, tmp_path: Path) -> None:
    names = [tmp_path, tmp_path / "missing.yaml", "a\0b", "x" * 5000]
    if os.geteuid() != 0:
        locked = tmp_path / "locked.yaml"
        locked.write_text("home: none")
        locked.chmod(0)
        names.append(locked)
    for name in names:
        with pytest.raises(FileProblem) as caught:
            read_answers(rules, name)
        assert caught.value.exit_code == 66
        assert len(str(caught.value)) < 500
        assert "\0" not in str(caught.value)


def test_a_file_of_more_than_one_mebibyte_is_refused_without_reading_on(rules: RuleSet) -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= MOST_BYTES + 1
            self.taken += size
            return b"a" * size

    stream = Endless()
    with pytest.raises(AnswersError) as caught:
        read_answers(rules, "-", stdin=stream)  # type: ignore[arg-type]
    assert [problem.code for problem in caught.value.problems] == ["too-large"]
    assert stream.taken <= MOST_BYTES + 1


def test_bytes_that_are_not_utf8_are_named_by_their_place(rules: RuleSet) -> None:
    assert _problems(rules, b"home: none\nx: caf\xe9") == [(2, 7, "not-utf-8")]
    assert _problems(rules, b'{"home": "\xff"}', "json") == [(1, 11, "not-utf-8")]


def test_of_a_flood_of_problems_none_is_left_out(rules: RuleSet) -> None:
    text = "".join(f"q{number}: x\n" for number in range(1000))
    with pytest.raises(AnswersError) as caught:
        _read(rules, text)
    assert len(caught.value.problems) == 1000
    assert len(str(caught.value).splitlines()) == 1000


# --- nothing gets through as a crash --------------------------------------------------

_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["none", "steady", "alcohol", "unsure", "skip", "no"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
_DATA = st.dictionaries(
    st.sampled_from(["home", "substances", "severity", "answers", "hoem"]), _VALUES, max_size=4
)


@pytest.mark.slow
@settings(max_examples=200)
@given(data=_DATA)
def test_any_data_gives_answers_or_problems_and_every_form_agrees(
    rules: RuleSet, data: dict[str, object]
) -> None:
    try:
        expected: object = check_answers(rules, data)
    except AnswersError:
        expected = AnswersError
    text = json.dumps(data)
    ((_, line),) = iter_jsonl(rules, io.BytesIO(text.encode()))
    assert (AnswersError if isinstance(line, Problem) else line) == expected
    try:
        assert _read(rules, text, "json") == expected
    except AnswersError:
        assert expected is AnswersError


@settings(max_examples=200)
@given(data=st.binary(max_size=120), form=st.sampled_from(["yaml", "json"]))
def test_any_bytes_give_answers_or_problems(rules: RuleSet, data: bytes, form: str) -> None:
    with contextlib.suppress(AnswersError):
        _read(rules, data, form)
    list(iter_jsonl(rules, io.BytesIO(data)))
