"""Strict YAML: what is refused, where, and that nothing a file holds gets past as a crash."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.loader.syntax import yaml as rules_yaml
from pathfinder.loader.syntax.nodes import Kind, MapNode, ScalarNode, SeqNode
from pathfinder.loader.syntax.text import MOST_BYTES, first_unseen, mapping
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import clean, excerpt

# The 48 cases that were measured before the loader was written, and what each must give:
# (line, column, code) of every problem, in order; an empty list means that the file is fine.
CASES: dict[str, tuple[bytes, list[tuple[int, int, str]]]] = {
    "billion laughs": (b"a: &a [x]\nb: [*a]", [(1, 4, "anchor"), (2, 5, "alias")]),
    "anchor only": (b"a: &a 1", [(1, 4, "anchor")]),
    "merge key": (b"b: {<<: {x: 1}}", [(1, 5, "merge-key")]),
    "1,000 brackets": (b"[" * 1000 + b"]" * 1000, [(1, 21, "too-deep")]),
    "100,000 brackets": (b"[" * 100_000 + b"]" * 100_000, [(1, 21, "too-deep")]),
    "100,000 braces": (b"{a: " * 100_000, [(1, 81, "too-deep")]),
    "deep block": (
        "".join(" " * depth + "a:\n" for depth in range(300)).encode(),
        [(21, 21, "too-deep")],
    ),
    "a list that holds itself": (b"a: &a [*a]", [(1, 4, "anchor"), (1, 8, "alias")]),
    "a huge number": (b"x: " + b"9" * 5000, []),  # told where a number is asked for
    "13 digits": (b"x: 1234567890123", []),
    "13 digits as a key": (b"1234567890123: x", [(1, 1, "key-not-text")]),
    "minutes": (b"x: 1:30", [(1, 4, "unquoted-number")]),
    "octal": (b"x: 010", [(1, 4, "unquoted-number")]),
    "underscores": (b"x: 1_000", [(1, 4, "unquoted-number")]),
    "infinity": (b"x: .inf", [(1, 4, "unquoted-number")]),
    "not a number": (b"x: .NaN", [(1, 4, "unquoted-number")]),
    "exponent": (b"x: 1e3", [(1, 4, "unquoted-number")]),
    "float": (b"x: [1, 0.5]", [(1, 8, "unquoted-number")]),
    "a key twice": (b"a: 1\nb: 2\na: 3", [(3, 1, "duplicate-key")]),
    "a key twice inside": (b"q:\n  id: x\n  id: z", [(3, 3, "duplicate-key")]),
    "bare no": (b"x: no", [(1, 4, "unquoted-word")]),
    "quoted no": (b'x: "no"', []),
    "bare no as a key": (b"no: 1", [(1, 1, "unquoted-word")]),
    "a number as a key": (b"1: a", [(1, 1, "key-not-text")]),
    "date": (b"x: 2026-11-22", [(1, 4, "unquoted-date")]),
    "no such date": (b"x: 2026-02-30", [(1, 4, "unquoted-date")]),
    "tab": (b"a:\n\tb: 1", [(2, 1, "syntax")]),
    "byte order mark": (b"\xef\xbb\xbfa: x", []),
    "byte order mark inside": ("a: x\n\ufeffb: z".encode(), [(2, 1, "hidden-character")]),
    "UTF-16": ("ab".encode("utf-16-le"), [(1, 2, "hidden-character")]),
    "ten aliases of one anchor": (
        b"a: &x [w]\n" + b"".join(b"b%d: *x\n" % n for n in range(10)),
        [(2, 5, "alias")],
    ),
    "UTF-16 with its mark": ("a: x".encode("utf-16"), [(1, 1, "not-utf-8")]),
    "Latin-1": (b"b: x\na: caf\xe9", [(2, 7, "not-utf-8")]),
    "NUL": (b"a: x\x00", [(1, 5, "hidden-character")]),
    "raw escape": (b"a: x\x1b[31m", [(1, 5, "hidden-character")]),
    "escape code": (b'a: "x\\x1b[31m"', [(1, 4, "hidden-character")]),
    "bidi code": (b'a: "x\\u202ey"', [(1, 4, "hidden-character")]),
    "raw bidi": ("a: x\u202ey".encode(), [(1, 5, "hidden-character")]),
    "no width": ("a: x\u200by".encode(), [(1, 5, "hidden-character")]),
    "no width, in a comment": ("a: x\n# b\u2060c".encode(), [(2, 4, "hidden-character")]),
    "no width, in a key": ("b\u3164c: x".encode(), [(1, 2, "hidden-character")]),
    "code of no width": (b'a: "x\\u2063y"', [(1, 4, "hidden-character")]),
    "a soft hyphen": ("a: me\xadthadone".encode(), [(1, 6, "hidden-character")]),
    "tag letter": ("a: x\U000e0041".encode(), [(1, 5, "hidden-character")]),
    "code of a tag letter": (b'a: "x\\U000E0041"', [(1, 4, "hidden-character")]),
    "a joiner between Latin letters": ("a: x\u200dy".encode(), [(1, 5, "hidden-character")]),
    "a variation of a Latin letter": ("a: x\ufe01".encode(), [(1, 5, "hidden-character")]),
    "joiners in Persian": ("a: \u06cc\u200c\u062e".encode(), []),
    "joiners in pictures": (
        "a: \U0001f468\u200d\U0001f4bb\u2764\ufe0f\u200d\U0001f525".encode(),
        [],
    ),
    "four accents": (("a: x" + "\u0301" * 4).encode(), [(1, 5, "stacked-accents")]),
    "codes of four accents": (b'a: "x' + rb"\u0301" * 4 + b'"', [(1, 4, "stacked-accents")]),
    "three accents": ("a: x\u0301\u0302\u0303 \u05e9\u05c1\u05b8\u0591".encode(), []),
    "surrogate code": (b'a: "\\ud800"', [(1, 7, "syntax")]),
    "python tag": (b"x: !!python/object/apply:os.system [echo]", [(1, 4, "tag")]),
    "own tag": (b"x: !foo a", [(1, 4, "tag")]),
    "binary tag": (b"x: !!binary aGk=", [(1, 4, "tag")]),
    "two documents": (b"a: x\n---\nb: x", [(2, 1, "second-document")]),
    "empty": (b"", [(1, 1, "empty")]),
    "only a comment": (b"# x", [(1, 1, "empty")]),
    "only a start": (b"---\n", [(1, 1, "empty")]),
    "a list as a key": (b"? [a]\n: x", [(1, 3, "key-not-text")]),
    "colon in text": (b"t: Do you use: x?", [(1, 14, "syntax")]),
    "cut text": (b"t: I feel #1 today", [(1, 10, "cut-text")]),
    "all of the text cut": (b"t: #1\nb: x", [(1, 3, "cut-text")]),
    "comment": (b"t: fine # a comment\n# another", []),
    "comment that may be text": (b"t: I feel fine # a comment", [(1, 15, "cut-text")]),
    "Windows line ends": (b"a: x\r\nb: z\r\n", []),
    "accents": ("a: ¿Qué? 日本".encode(), []),
    "emoji": ('a: "\U0001f600"'.encode(), []),
    "1 MiB and a byte": (b"x: " + b"a" * (MOST_BYTES - 2), [(1, 1, "too-large")]),
    "4,001 characters": (b"x: " + b"a" * 4001, [(1, 4, "too-long")]),
    "4,000 characters": (b"x: " + b"a" * 4000, []),
    "too many values": (b"a: [" + b"x," * 60_000 + b"]", [(1, 99_999, "too-many")]),
    "a list": (b"- a", [(1, 1, "wrong-type")]),
    "a word": (b"abc", [(1, 1, "wrong-type")]),
    "nothing, four ways": (
        b"a: ~\nb:\nc: null\nd: [~]",
        [(1, 4, "no-value"), (2, 3, "no-value"), (3, 4, "no-value"), (4, 5, "no-value")],
    ),
    "directive": (b"%YAML 1.1\n---\na: b", [(1, 1, "directive")]),
    "quotes left open": (b'b: x\na: "x\nc: d\n', [(2, 4, "syntax")]),
    "bracket left open": (b"a: [x, z\nb: c\n", [(2, 2, "syntax")]),
    "lone carriage return": (b"a: x\rb", [(1, 5, "hidden-character")]),
}


@pytest.mark.parametrize("name", CASES)
def test_each_measured_case_gives_its_problems_at_their_places(name: str) -> None:
    data, expected = CASES[name]
    _, problems = read_yaml(data, "a.yaml")
    places = [(problem.line, problem.column, problem.code) for problem in problems]
    assert places == expected


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_the_python_parser_finds_the_same_cases(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_yaml, "_parser", yaml.SafeLoader)
    data, expected = CASES[name]
    _, problems = read_yaml(data, "a.yaml")
    assert bool(problems) == bool(expected)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


def test_a_file_with_an_alias_is_not_looked_at_further() -> None:
    root, problems = read_yaml(b"a: &a [x]\nb: *a\n", "a.yaml")
    assert root is None
    assert [problem.code for problem in problems] == ["anchor", "alias"]


def test_a_flood_of_aliases_is_told_once_with_its_number() -> None:
    _, (problem,) = read_yaml(b"a: &x [w]\n" + b"b: [" + b"*x, " * 9 + b"*x]\n", "a.yaml")
    assert problem.message.endswith("write the value out (and 9 more)")


def _forms(word: str) -> tuple[str, str, str]:
    return word, word.capitalize(), word.upper()


@pytest.mark.parametrize(
    "word", [*"yYnN", *_forms("yes"), *_forms("no"), *_forms("on"), *_forms("off"), "True", "FALSE"]
)
def test_every_word_that_yaml_programs_read_as_a_truth_value_needs_quotes(word: str) -> None:
    _, problems = read_yaml(f"x: {word}".encode(), "a.yaml")
    assert [problem.code for problem in problems] == ["unquoted-word"]
    assert f'"{word}"' in problems[0].message
    assert read_yaml(f"x: '{word}'".encode(), "a.yaml")[1] == []


@pytest.mark.parametrize(
    "text", ["5_to_9", "15_plus", "0.1.0", "24/7", "1-800-662-4357", "under_5", "-x", "notes", "."]
)
def test_text_that_only_looks_a_little_like_a_number_is_text(text: str) -> None:
    root, problems = read_yaml(f"x: {text}".encode(), "a.yaml")
    assert problems == []
    assert root is not None
    node = root.get("x")
    assert isinstance(node, ScalarNode)
    assert (node.kind, node.value) == (Kind.TEXT, text)


def test_kinds_are_told_apart_and_places_count_from_one() -> None:
    root, problems = read_yaml(b"a: 3\nb:\n  - true\n  - '3'\n", "a.yaml")
    assert problems == []
    assert isinstance(root, MapNode)
    number, listed = root.get("a"), root.get("b")
    assert (number.kind, number.line, number.column) == (Kind.WHOLE, 1, 4)  # type: ignore[union-attr]
    kinds = [(item.kind, item.line, item.column) for item in listed.items]  # type: ignore[union-attr]
    assert kinds == [(Kind.TRUTH, 3, 5), (Kind.TEXT, 4, 5)]


def test_all_problems_of_a_file_come_in_one_pass_in_the_order_of_the_lines() -> None:
    _, problems = read_yaml(b"a: no\na: x\nb: !t x\nc: 1:30\nd: one #two\n", "a.yaml")
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "unquoted-word"),
        (2, "duplicate-key"),
        (3, "tag"),
        (4, "unquoted-number"),
        (5, "cut-text"),
    ]


def test_problems_before_a_syntax_error_are_kept() -> None:
    root, problems = read_yaml(b"a: no\nb: [x\n", "a.yaml")
    assert root is None
    assert [problem.code for problem in problems] == ["unquoted-word", "syntax"]


def test_a_problem_is_one_line_with_file_line_and_column() -> None:
    _, problems = read_yaml(b"home: steady\nhome: none\n", "rules/a.yaml")
    assert [str(problem) for problem in problems] == [
        'rules/a.yaml:2:1: the key "home" appears twice; it was on line 1 before'
    ]


def test_what_is_echoed_is_short_and_holds_no_control_characters() -> None:
    key = "k" * 300 + "\\e[2J"
    _, problems = read_yaml(f'"{key}": x\n"{key}": x\n'.encode(), "a.yaml")
    for problem in problems:
        assert len(problem.message) < 250
        assert "\x1b" not in problem.message


def test_clean_shows_hidden_characters_and_keeps_the_rest() -> None:
    assert clean("a\x1b[2J\x9b\u202e\u2028\ufeff\ud800b") == "a\ufffd[2J" + "\ufffd" * 5 + "b"
    assert clean("one\ntwo") == "one\ufffdtwo"
    assert clean("one\ntwo\t", keep_newlines=True) == "one\ntwo\ufffd"
    assert clean("e\u0301") == "é"
    assert excerpt("x" * 100, 10) == "x" * 9 + "…"


_PIECES = st.sampled_from(
    [*"[]{}:,-?&*!|>'\"%@`# \n\t\\~<=.0123456789", "a", "no", "<<", "---", "\\x1b", "\r", "\x00"]
)


@pytest.mark.slow
@settings(max_examples=400)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_text_of_yaml_marks_raises_anything(text: str) -> None:
    root, problems = read_yaml(text.encode("utf-8", "replace"), "a.yaml")
    assert root is not None or problems
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in str(problem)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything(data: bytes) -> None:
    root, problems = read_yaml(data, "a.yaml")
    assert root is not None or problems


ODD_WORDS = (
    "", " ", " a", "a ", "a b", "#", "a #b", "a:", "a: b", ":a", "-", "- a", "--", "---", "...",
    "?", "? a", "[a", "a]", "{a", "a}", "a, b", ",", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a",
    "'", "it's", '"', 'a "b"', "\\", "a\\nb", "no", "No", "yes", "on", "off", "true", "null", "~",
    "Null", "<<", "=", "0", "010", "-3", "+1", "1_000", "1.5", "1e3", ".5", "0x1f", ".inf", ".NaN",
    "1:30", "2026-11-22", "2026-11-22 10:00", "a\nb", "\n", "a\n\n", "caf\xe9", "\u65e5\u672c",
    "a\xa0b", "\u3000", "\U0001f642", "a" * 300, "steady", "about_half", "day-care",
)  # fmt: skip


def read_back(word: str) -> tuple[ScalarNode, ScalarNode, ScalarNode, list[str]]:
    """The word as it comes back as a key, as a value, and in a list."""
    lines = [*mapping("keys", {word: "x"}), *mapping("values", {"one": word, "two": ["x", word]})]
    root, problems = read_yaml("".join(f"{line}\n" for line in lines).encode(), "a.yaml")
    assert root is not None, word
    keys, values = root.get("keys"), root.get("values")
    assert isinstance(keys, MapNode)
    assert isinstance(values, MapNode)
    one, two = values.get("one"), values.get("two")
    assert isinstance(one, ScalarNode)
    assert isinstance(two, SeqNode)
    last = two.items[-1]
    assert isinstance(last, ScalarNode)
    assert len(lines) == 5
    assert len(two.items) == 2
    return next(iter(keys.entries.values()))[0], one, last, [each.code for each in problems]


@pytest.mark.parametrize("word", ODD_WORDS, ids=ascii)
def test_a_word_that_the_program_writes_comes_back_as_it_was(word: str) -> None:
    key, one, last, codes = read_back(word)
    assert [key.value, one.value, last.value] == [word] * 3
    assert [key.kind, one.kind, last.kind] == [Kind.TEXT] * 3
    assert codes == []


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_word_with_hidden_characters_comes_back_named_and_breaks_no_line(word: str) -> None:
    key, one, last, codes = read_back(word)
    assert [key.value, one.value, last.value] == [word] * 3
    assert set(codes) <= {"hidden-character", "stacked-accents"}
    assert bool(codes) == bool(first_unseen(word))


def test_an_ordinary_word_stands_without_quotes() -> None:
    assert list(mapping("answers", {"home": "steady", "drinks": ("beer", "no")})) == [
        "answers:", "  home: steady", '  drinks: [beer, "no"]',
    ]  # fmt: skip
    assert list(mapping("answers", {})) == ["answers: {}"]
