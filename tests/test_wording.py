"""Words to avoid: each form is found as a whole word, names are spared, slips are placed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pathfinder.errors import ExitCode, FileProblem, RulesError
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.check.words_file import AvoidedWord, WordList, read_words


@pytest.fixture(scope="module")
def listed() -> WordList:
    return read_words()


def found(listed: WordList, text: str) -> list[str]:
    return [hit.found for hit in listed.found_in(text)]


# --- finding -----------------------------------------------------------------------------------


def test_a_hit_says_where_it_stands_and_what_to_say_instead(listed: WordList) -> None:
    (hit,) = listed.found_in("He is an addict, they said.")
    assert (hit.start, hit.end, hit.found) == (9, 15, "addict")
    assert hit.say == "a person with a drug problem"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ADDICTS", ["ADDICTS"]),
        ("An addict's life", ["addict"]),
        ("addiction, addictive", []),
        ("secure and obscured", []),
        ("a clean kitchen", []),
        ("She has been clean for a year.", ["been clean"]),
        ("get\n  clean", ["get\n  clean"]),
        ("non compliant, non-compliant, noncompliant",
         ["non compliant", "non-compliant", "noncompliant"]),
        ("You\u2019re clean, you're clean", ["You\u2019re clean", "you're clean"]),
        ("a recovering alcoholic", ["recovering alcoholic"]),
        ("drug abuse and a relapse", ["abuse", "relapse"]),
        ("drug abuser", ["drug abuser"]),
        ("commit su\u0130cide", []),
        ("", []),
    ],
)  # fmt: skip
def test_whole_words_are_found_in_every_form_and_nothing_else(
    listed: WordList, text: str, expected: list[str]
) -> None:
    assert found(listed, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Alcoholics Anonymous and ALCOHOLICS  ANONYMOUS",
        "the National Institute on Alcohol Abuse and Alcoholism",
        "the Substance Abuse and Mental Health Services Administration",
        "You have drunk more than you meant to.",
        "It is not your fault.",
        "nicotine replacement therapy",
    ],
)
def test_names_and_harmless_phrases_are_spared(listed: WordList, text: str) -> None:
    assert found(listed, text) == []


def test_a_word_is_found_beside_the_name_that_spares_it(listed: WordList) -> None:
    assert found(listed, "An alcoholic in Alcoholics Anonymous") == ["alcoholic"]


def test_a_phrase_spares_the_forms_of_its_own_entry_alone() -> None:
    words = WordList(
        (
            AvoidedWord(("drunk",), "x", "y", unless_in=("have drunk",)),
            AvoidedWord(("have drunk too much",), "z", "y"),
        )
    )
    assert found(words, "I have drunk. I have drunk too much.") == ["have drunk too much"]


def test_a_longer_form_wins_and_no_two_hits_overlap() -> None:
    words = WordList(
        (AvoidedWord(("abuse",), "a", "-"), AvoidedWord(("abuse of drugs", "drugs"), "b", "-"))
    )
    assert found(words, "abuse of drugs") == ["abuse of drugs"]


def test_an_empty_list_finds_nothing() -> None:
    assert WordList(()).found_in("An addict.") == ()


# --- the built-in list -------------------------------------------------------------------------


def test_every_form_of_the_list_is_found_and_leads_to_its_own_entry(listed: WordList) -> None:
    for word in listed.words:
        for form in word.forms:
            assert [hit.word for hit in listed.found_in(f"So: {form}.")] == [word], form


def test_every_entry_says_why_and_rests_on_something(listed: WordList) -> None:
    for word in listed.words:
        assert word.forms
        assert word.say
        assert word.because.endswith(".")
        assert word.grounds.sources or word.grounds.judgement


# --- reading -----------------------------------------------------------------------------------

GOOD = """\
judgement: For tests.
names: [Alcoholics Anonymous]
words:
  - avoid: [alcoholic, alcoholics]
    say: a person with a drinking problem
    because: A person is more than that.
  - avoid: [drunk]
    say: a person who drank
    because: It blames.
    unless_in: [have drunk]
"""

SLIPS: dict[str, tuple[str, str, str, str]] = {
    "unknown key on top": ("names:", "nmaes:", "nmaes", "unknown-key"),
    "unknown key": ("    say: a person who drank", "    sya: x\n    say: y", "sya", "unknown-key"),
    "no replacement": ("    say: a person who drank\n", "", "avoid: [drunk]", "missing-key"),
    "no reason": ("    because: It blames.\n", "", "avoid: [drunk]", "missing-key"),
    "no forms": ("[drunk]", "[]", "[]", "empty-list"),
    "a word without a list": ("[drunk]", "drunk", "drunk", "wrong-type"),
    "a number": ("[drunk]", "[12]", "12]", "wrong-type"),
    "an unquoted no": ("[drunk]", "[drunk, no]", "no]", "unquoted-word"),
    "a pattern": ("[drunk]", '[drunk, "drunk.*"]', '"drunk.*"', "word-form"),
    "two spaces": ("[drunk]", '[drunk, "a  drunk"]', '"a  drunk"', "word-form"),
    "the same form twice": ("[drunk]", "[drunk, Alcoholic]", "Alcoholic]", "repeated"),
    "a phrase that spares nothing": ("[have drunk]", "[have eaten]", "have eaten",
        "spares-nothing"),
    "a name that spares nothing": ("[Alcoholics Anonymous]", "[Some Group]", "Some Group",
        "spares-nothing"),
    "a replacement to avoid": ("a person who drank", "an alcoholic", "an alcoholic",
        "avoided-word"),
    "no grounds": ("judgement: For tests.\n", "", "avoid: [alcoholic, ", "no-grounds"),
    "an unknown source": ("    because: It blames.", "    because: It blames.\n"
        "    sources: [{id: a-source-of-nobody, section: x}]", "a-source-of-nobody",
        "unknown-source"),
    "a key twice": ("    because: It blames.", "    because: It blames.\n    because: It hurts.",
        "because: It hurts.", "duplicate-key"),
    "an alias": ("[drunk]", "*drunk", "*drunk", "alias"),
}  # fmt: skip

SOURCES = """\
sources: [{id: one, title: One, publisher: P, year: "2020", address: a, interest: none stated}]
left_out: []
"""


def written(folder: Path, text: str) -> Path:
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "words.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_list_is_read_in_the_order_of_its_file(tmp_path: Path) -> None:
    words = read_words(written(tmp_path, GOOD))
    assert [word.forms for word in words.words] == [("alcoholic", "alcoholics"), ("drunk",)]
    assert words.names == ("Alcoholics Anonymous",)
    assert words.words[1].grounds.judgement == "For tests."
    assert words.words[1].unless_in == ("have drunk",)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_once_at_its_place(tmp_path: Path, slip: str) -> None:
    old, new, at, code = SLIPS[slip]
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    place = text.index(at, text.index(new) if new else 0)
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    with pytest.raises(RulesError) as caught:
        read_words(written(tmp_path, text))
    assert caught.value.exit_code == ExitCode.RULES
    named = [(p.file, p.line, p.column, p.code) for p in caught.value.problems]
    assert (str(tmp_path / "words.yaml"), line, column, code) in named
    # What else is named follows from the slip itself: without names, nothing is spared.
    assert len(named) <= 2


def test_all_slips_are_named_in_one_run_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = GOOD.replace("say: a person with", "sya: a person with").replace("[drunk]", "[]")
    with pytest.raises(RulesError) as caught:
        read_words(written(tmp_path, text))
    lines = [problem.line for problem in caught.value.problems]
    assert lines == sorted(lines)
    assert {"unknown-key", "missing-key", "empty-list"} <= {
        problem.code for problem in caught.value.problems
    }


def test_a_rule_set_without_a_list_is_held_to_the_built_in_one(tmp_path: Path) -> None:
    assert read_words(tmp_path).words == read_words(built_in()).words


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"isn't there"):
        read_words(tmp_path / "nowhere")


def test_the_list_is_plain_data_that_any_yaml_program_reads_alike() -> None:
    data = yaml.safe_load((built_in() / "words.yaml").read_text(encoding="utf-8"))
    assert [tuple(entry["avoid"]) for entry in data["words"]] == [
        word.forms for word in read_words().words
    ]
