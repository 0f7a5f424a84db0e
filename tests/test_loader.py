"""Loading a rule set: what comes out, which files there must be, and that nothing crashes.

What single slips give stands in `test_loader_slips.py`.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
import tiny
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathfinder.engine.conditions import All, AnyOf, Leaf, NoneOf
from pathfinder.errors import FileProblem, Problem, RulesError
from pathfinder.loader.load import load_rules
from pathfinder.suggest import nearest

NEEDS, HOME = "factors/needs.yaml", "factors/home.yaml"
RULESET, PATHS, STEPS = "ruleset.yaml", "paths.yaml", "steps.yaml"
SOURCES, SUPPORTS, LINES = "sources.yaml", "supports.yaml", "help_lines.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.write(tmp_path)


def _problems(folder: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    assert caught.value.exit_code == 1
    return [
        (str(Path(each.file).relative_to(folder).as_posix()), each.line, each.column, each.code)
        for each in caught.value.problems
    ]


# --- what holds -------------------------------------------------------------------


def test_the_rules_that_come_with_pathfinder_hold() -> None:
    rules = load_rules()
    assert rules.question_by_id["home"].answers == (
        "none",
        "unsafe",
        "others_use",
        "tempting",
        "steady",
    )
    assert rules.levels[0].id == "support"


def test_everything_that_the_files_say_is_in_the_rule_set(folder: Path) -> None:
    rules = load_rules(folder)
    assert (rules.id, rules.version, rules.reviewed_on) == ("tiny", "1.0.0", "2026-11-22")
    assert (rules.scope_question, rules.scope_out) == ("age_group", frozenset({"under_18"}))
    assert [question.id for question in rules.questions] == [
        "age_group",
        "substances",
        "severity",
        "severity_signs",
        "home",
    ]
    assert rules.level_rank == {"support": 0, "outpatient": 1, "residential": 2}
    assert list(rules.path_by_id) == ["groups", "talks", "stay"]
    assert rules.compare_rows == (("philosophy", "Philosophy"), ("time", "Time"))
    assert [line.id for line in rules.regions[0].lines] == ["us-emergency"]
    assert rules.regions[0].lines[0].region == "us"
    assert (rules.default_region, rules.elsewhere.id) == ("us", "elsewhere")
    assert rules.alerts[0].hold
    assert [rule.id for rule in rules.gates] == ["severe-without-a-home", "risky-is-less"]
    assert rules.gates[0].at_least == "residential"
    assert (rules.gates[1].set_aside, rules.gates[1].alongside) == (("stay",), True)
    assert rules.barriers[0].paths == ("stay", "talks")
    assert rules.support_rules[0].unless == Leaf(
        "substances", "exactly", ("cannabis",), frozenset({"cannabis"})
    )


def test_how_close_paths_are_about_equal_is_the_rule_sets_to_say(folder: Path) -> None:
    assert load_rules(folder).about_equal_within == 1
    tiny.change(folder, RULESET, "\nlevels:", "\nabout_equal_within: 0\nlevels:")
    assert load_rules(folder).about_equal_within == 0
    tiny.change(folder, RULESET, "about_equal_within: 0", "about_equal_within: 100")
    assert [code for _, _, _, code in _problems(folder)] == ["out-of-range"]


def test_labels_of_not_sure_and_prefer_not_to_say_have_defaults(folder: Path) -> None:
    rules = load_rules(folder)
    home, severity = rules.question_by_id["home"], rules.question_by_id["severity"]
    assert (home.label("unsure"), home.label("skip")) == ("Not sure", "Prefer not to say")
    assert severity.label("unsure") == "I can't say"


def test_a_shared_passage_stands_wherever_it_is_named(folder: Path) -> None:
    rules = load_rules(folder)
    assert [passage.text for passage in rules.paths[0].first_moves] == ["Call today."]
    assert rules.paths[0].first_moves[0] is rules.paths[1].first_moves[0]


def test_a_reason_rests_on_its_own_grounds_or_on_those_of_its_table(folder: Path) -> None:
    rows = load_rules(folder).reasons[0].rows
    (drink,), (cannabis,) = rows["alcohol"].arguments, rows["cannabis"].arguments
    assert drink.grounds.sources[0].id == "book"
    assert cannabis.grounds.judgement == "To be safe."
    assert cannabis.grounds.sources == ()
    assert (cannabis.paths, cannabis.points) == (("stay",), -3)
    assert rows["none"].arguments == ()
    assert rows["unsure"].most("talks") == 1


def test_readings_tell_whether_they_stand_in_for_no_answer(folder: Path) -> None:
    unknown, corrected = load_rules(folder).question_by_id["severity"].readings
    assert (unknown.value, unknown.of_unknown) == ("mild", True)
    assert (corrected.value, corrected.of_unknown) == ("severe", False)


def test_a_derived_answer_counts_from_the_highest_number_down(folder: Path) -> None:
    derived = load_rules(folder).question_by_id["severity"].derived
    assert derived is not None
    assert derived.counts == ((2, "severe"), (1, "mild"), (0, "risky"))


def test_examples_are_kept_in_normal_form(folder: Path) -> None:
    rule = load_rules(folder).alert_rules[0]
    assert (rule.fires, rule.quiet) == (
        {"substances": ("opioids",)},
        {"substances": ("alcohol",)},
    )


def _leaf(question: str, op: str, names: str, accepts: str | None = None) -> Leaf:
    return Leaf(question, op, tuple(names.split()), frozenset((accepts or names).split()))


CONDITIONS = {
    "{home: steady}": _leaf("home", "is", "steady"),
    "{home: [none, unsafe]}": _leaf("home", "is", "none unsafe"),
    "{severity: {at_least: mild}}": _leaf("severity", "at_least", "mild", "mild severe"),
    "{severity: {at_most: mild}}": _leaf("severity", "at_most", "mild", "risky mild"),
    "{substances: {includes: opioids}}": _leaf("substances", "includes", "opioids"),
    "{substances: {includes_any: [alcohol, opioids]}}": _leaf(
        "substances", "includes_any", "alcohol opioids"
    ),
    "{substances: cannabis}": _leaf("substances", "exactly", "cannabis"),
    "{substances: none}": _leaf("substances", "exactly", "none"),
    "{severity: {answered: false}}": _leaf("severity", "answered", "false"),
    "{severity: {answered: true}}": _leaf("severity", "answered", "true"),
    "{severity: {at_least: mild, at_most: mild}}": All(
        (
            _leaf("severity", "at_least", "mild", "mild severe"),
            _leaf("severity", "at_most", "mild", "risky mild"),
        )
    ),
    "{home: none, any: [{severity: mild}, {age_group: adult}]}": All(
        (
            _leaf("home", "is", "none"),
            AnyOf((_leaf("severity", "is", "mild"), _leaf("age_group", "is", "adult"))),
        )
    ),
    "{none: [{home: none, age_group: adult}]}": NoneOf(
        (All((_leaf("home", "is", "none"), _leaf("age_group", "is", "adult"))),)
    ),
}


@pytest.mark.parametrize("written", CONDITIONS)
def test_each_form_of_a_condition_means_what_the_page_says(folder: Path, written: str) -> None:
    tiny.change(folder, HOME, "when: {home: steady}", f"when: {written}")
    assert load_rules(folder).note_rules[0].when == CONDITIONS[written]


# --- the set as a whole ---------------------------------------------------------------


def test_a_question_that_has_no_place_in_the_order_is_named(folder: Path) -> None:
    tiny.change(folder, RULESET, "severity_signs, home]", "severity_signs]")
    line, _ = tiny.place(folder, HOME, "- id: home")
    assert _problems(folder) == [(HOME, line, 1, "not-in-order")]


def test_a_factor_without_a_file_and_a_file_without_a_factor_are_named(folder: Path) -> None:
    tiny.change(folder, RULESET, "{id: home, title: Home}", "{id: money, title: Money}")
    line, column = tiny.place(folder, RULESET, "money")
    found = _problems(folder)
    assert (RULESET, line, column, "missing-file") in found
    assert (HOME, 1, 9, "unknown-factor") in found


def test_the_factor_of_a_file_is_the_name_of_the_file(folder: Path) -> None:
    shutil.move(folder / HOME, folder / "factors/hom.yaml")
    codes = [(each[0], each[3]) for each in _problems(folder)]
    assert codes == [(RULESET, "missing-file"), ("factors/hom.yaml", "factor-name")]


@pytest.mark.parametrize("name", [RULESET, SOURCES, PATHS, STEPS, SUPPORTS, LINES])
def test_a_missing_file_is_one_problem_and_not_a_hundred(tmp_path: Path, name: str) -> None:
    tiny.write(tmp_path, {name: None})
    assert _problems(tmp_path) == [(name, 1, 1, "missing-file")]


@pytest.mark.parametrize("name", [RULESET, SOURCES, PATHS, STEPS, SUPPORTS, LINES, NEEDS, HOME])
def test_a_file_that_cannot_be_read_is_one_problem_and_not_a_hundred(
    tmp_path: Path, name: str
) -> None:
    tiny.write(tmp_path, {name: "a: [x\n"})
    assert _problems(tmp_path) == [(name, 1, 6, "syntax")]


def test_an_empty_folder_says_which_files_there_must_be(tmp_path: Path) -> None:
    assert [each[3] for each in _problems(tmp_path)] == ["missing-file"] * 7


def test_files_that_belong_to_no_rule_set_are_named(folder: Path) -> None:
    (folder / "path.yaml").write_text("a: b")
    (folder / "factors/money.yml").write_text("a: b")
    (folder / "factors/.#home.yaml").write_text("a: b")
    found = _problems(folder)
    assert sorted(found) == [
        ("factors/money.yml", 1, 1, "unexpected-file"),
        ("path.yaml", 1, 1, "unexpected-file"),
    ]


def test_cases_locales_and_checks_are_left_to_others(folder: Path) -> None:
    for name in ("cases/a.yaml", "locales/es.yaml", "checks.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("[")
    load_rules(folder)


def test_all_problems_of_all_files_come_in_one_run_in_order(folder: Path) -> None:
    tiny.change(folder, HOME, "at_most", "at_mots")
    tiny.change(folder, HOME, "weight: 3,", "weight: 4,")
    tiny.change(folder, NEEDS, "alert: call-emergency", "alert: call")
    tiny.change(folder, LINES, "default: us", "default: no")
    tiny.change(folder, RULESET, "title: A tiny rule set", "titel: A tiny rule set")
    found = _problems(folder)
    assert [(each[0], each[3]) for each in found] == [
        (RULESET, "missing-key"),
        (RULESET, "unknown-key"),
        (LINES, "unquoted-word"),
        (HOME, "unknown-test"),
        (HOME, "out-of-range"),
        (NEEDS, "unknown-alert"),
    ]


def test_messages_say_where_what_was_found_what_is_expected_and_what_is_near(folder: Path) -> None:
    tiny.change(folder, HOME, "{home: steady}, because", "{home: stedy}, because")
    line, column = tiny.place(folder, HOME, "stedy")
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    assert str(caught.value) == (
        f'{folder / HOME}:{line}:{column}: unknown answer "stedy" of home; did you mean "steady"?'
        " Expected one of: none, unsafe, steady"
    )


# --- folders ----------------------------------------------------------------------------


def test_a_folder_that_isnt_there_or_is_a_file_is_a_file_problem(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("x")
    for name in ("missing", "a-file", "nul\0", "x" * 5000):
        with pytest.raises(FileProblem) as caught:
            load_rules(tmp_path / name)
        assert caught.value.exit_code == 66
        assert "\0" not in str(caught.value)


def test_the_current_folder_is_never_looked_into(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "rules").mkdir()
    tiny.write(folder / "rules")
    monkeypatch.chdir(folder)
    assert load_rules().id != "tiny"


def test_problems_below_the_current_folder_are_named_as_a_person_would_type_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.change(folder, LINES, "default: us", "default: uk")
    monkeypatch.chdir(folder.parent)
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    assert str(caught.value).startswith(f"{folder.name}/help_lines.yaml:1:10: ")


def test_the_hash_is_that_of_names_and_bytes(folder: Path) -> None:
    first = load_rules(folder).sha256
    assert len(first) == len(hashlib.sha256().hexdigest())
    assert load_rules(folder).sha256 == first
    (folder / "cases").mkdir()
    (folder / "cases/a.yaml").write_text("x")
    assert load_rules(folder).sha256 == first
    (folder / HOME).write_text(tiny.FILES[HOME] + "# a comment\n")
    assert load_rules(folder).sha256 != first


# --- nothing gets through as a crash ------------------------------------------------------


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.write(tmp_path_factory.mktemp("broken"))


_JUNK = ["", "[]", "{}", "no", "3", "'x'", "[x, {a: b}]", "{a: {b: [c]}}", "~", "!t", "\t", "x #y"]


@pytest.mark.slow
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_where_something_stood_gives_rules_or_problems(
    broken: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(tiny.FILES)))
    words = tiny.FILES[name].split(" ")
    place = data.draw(st.integers(0, len(words) - 1))
    junk = data.draw(st.sampled_from(_JUNK))
    kept = data.draw(st.integers(0, 2))  # whether the words after it stay, too
    text = " ".join([*words[:place], junk, *words[place + kept :]])
    (broken / name).write_text(text, encoding="utf-8")
    problems: tuple[Problem, ...] = ()
    try:
        load_rules(broken)
    except RulesError as error:
        problems = error.problems
    finally:
        (broken / name).write_text(tiny.FILES[name], encoding="utf-8")
    for problem in problems:
        assert problem.line >= 1
        assert "\n" not in str(problem)


# --- did you mean --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("stedy", "steady"),
        ("STEADY", "steady"),
        ("others use", "others_use"),
        ("other-use", "others_use"),
        ("unsaef", "unsafe"),
        ("x", None),
        ("", None),
        ("something else", None),
        ("s" * 100_000, None),
    ],
)
def test_the_nearest_name_is_offered_only_when_it_is_near(word: str, expected: str | None) -> None:
    assert nearest(word, ["none", "unsafe", "others_use", "steady"]) == expected
