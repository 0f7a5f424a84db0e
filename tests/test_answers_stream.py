"""Streams of answers, one JSON line each: a line that doesn't hold costs that line only."""

from __future__ import annotations

import io

import pytest
import tiny

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import Problem
from pathfinder.loader.answers_file import MOST_BYTES, iter_jsonl
from pathfinder.loader.load import load_rules


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return load_rules(tiny.write(tmp_path_factory.mktemp("rules")))


def _lines(rules: RuleSet, data: bytes) -> list[tuple[int, object]]:
    return [
        (number, found.code if isinstance(found, Problem) else found)
        for number, found in iter_jsonl(rules, io.BytesIO(data))
    ]


def test_a_line_that_does_not_hold_costs_that_line_only(rules: RuleSet) -> None:
    data = b"\n".join(
        [
            b'{"home": "none"}',
            b'{"home": "nowhere"}',
            b'{"answers": {"substances": ["opioids", "alcohol"]}}',
            b'{"home": }',
            b"[]",
            b'{"home": NaN}',
            b'{"home": ' + b"9" * 5000 + b"}",
            b"[" * 100_000,
            b"\xff",
            b'{"home": "none", "home": "none"}',
            b"{}",
        ]
    )
    expected = [
        (1, {"home": "none"}),
        (2, "unknown-answer"),
        (3, {"substances": ("alcohol", "opioids")}),
        (4, "syntax"),
        (5, "wrong-type"),
        (6, "syntax"),
        (7, "wrong-type"),
        (8, "too-deep"),
        (9, "not-utf-8"),
        (10, "duplicate-key"),
        (11, {}),
    ]
    assert _lines(rules, data) == expected


def test_blank_lines_are_skipped_but_counted(rules: RuleSet) -> None:
    assert _lines(rules, b'\n  \r\n{"home": "none"}\r\n\n') == [(3, {"home": "none"})]


def test_an_empty_stream_gives_nothing(rules: RuleSet) -> None:
    assert _lines(rules, b"") == []
    assert _lines(rules, b"\xef\xbb\xbf\n") == []


def test_a_byte_order_mark_is_taken_off_the_first_line(rules: RuleSet) -> None:
    assert _lines(rules, b'\xef\xbb\xbf{"home": "none"}') == [(1, {"home": "none"})]


def test_a_line_may_be_one_mebibyte_long_and_not_a_byte_longer(rules: RuleSet) -> None:
    line = b'{"home": "none"'
    whole = line + b" " * (MOST_BYTES - len(line) - 1) + b"}"
    longer = line + b" " * (MOST_BYTES - len(line)) + b"}"
    after = b'\n{"home": "none"}'
    assert [found for _, found in _lines(rules, whole + after)] == [{"home": "none"}] * 2
    assert _lines(rules, longer + after) == [(1, "too-large"), (2, {"home": "none"})]
    assert _lines(rules, whole) == [(1, {"home": "none"})]


def test_an_endless_line_is_never_held_in_memory(rules: RuleSet) -> None:
    class Long(io.BytesIO):
        longest = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            line = super().readline(size)
            self.longest = max(self.longest, len(line))
            return line

    stream = Long(b"a" * (5 * MOST_BYTES) + b"\n{}\n")
    found = list(iter_jsonl(rules, stream))
    assert [number for number, _ in found] == [1, 2]
    assert stream.longest <= MOST_BYTES + 1


def test_several_problems_of_a_line_are_told_in_one_message(rules: RuleSet) -> None:
    ((number, found),) = iter_jsonl(rules, io.BytesIO(b'{"home": "x", "severity": "z"}'))
    assert number == 1
    assert isinstance(found, Problem)
    assert found.line == 1
    assert found.message.count("unknown answer") == 2
    assert "\n" not in found.message


@pytest.mark.parametrize("line", [b"null", b"3", b'"home"', b"[null]"])
def test_a_line_that_is_no_mapping_is_told_what_a_line_should_be(
    rules: RuleSet, line: bytes
) -> None:
    ((_, found),) = iter_jsonl(rules, io.BytesIO(line))
    assert isinstance(found, Problem)
    assert found.message.startswith("expected answers like {home: steady}; found ")
    assert ";" not in found.message.partition("; ")[2]
