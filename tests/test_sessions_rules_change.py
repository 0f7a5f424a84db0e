"""A session opened under newer rules: what changed is said, what is missing is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tiny

from pathfinder import decide, load_rules
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.loader.load import load_rules as load
from pathfinder.loader.migrations import read_migrations, version_of
from pathfinder.loader.older_answers import Carried, carry
from pathfinder.render.result_json import result
from pathfinder.sessions.compare import AnswerChange, RankChange, difference

OLD = {"ruleset": "tiny", "version": "0.1.0", "sha256": "old", "app": "0"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """The tiny rule set, in version 1.0.0."""
    return load(tiny.write(tmp_path_factory.mktemp("rules")))


def carried(
    rules: RuleSet, folder: Path, yaml: str, answers: dict[str, Any], **passport: str
) -> Carried:
    (folder / "migrations.yaml").write_text(yaml, encoding="utf-8")
    notes = {question: f"on {question}" for question in answers}
    return carry(rules, read_migrations(rules, folder), answers, notes, {**OLD, **passport})


ONE = """\
migrations:
  - version: "0.5.0"
    because: The place where a person sleeps got clearer answers.
    steps:
      - {rename: housing, to: home}
      - {map: home, answers: {couch: unsafe, tent: none}}
      - {drop: smoking}
      - {ask_again: severity}
"""


def test_questions_get_their_new_names_and_answers_their_new_words(
    small: RuleSet, tmp_path: Path
) -> None:
    given = {"age_group": "adult", "housing": "couch", "smoking": "some", "severity": "mild",
             "substances": ("alcohol",)}  # fmt: skip
    found = carried(small, tmp_path, ONE, given)
    assert found.answers == {
        "age_group": "adult", "home": "unsafe", "substances": ("alcohol",),
    }  # fmt: skip
    assert found.notes["home"] == "on housing"
    assert found.notes["smoking"] == "on smoking"
    assert found.ask == ("severity", "severity_signs")
    told = " ".join(found.told)
    assert "The place where a person sleeps" in told
    for word in ("housing", "couch", "unsafe", "smoking", "severity", "0.1.0", "1.0.0"):
        assert word in told


def test_a_migration_that_was_done_already_is_not_done_again(
    small: RuleSet, tmp_path: Path
) -> None:
    given = {"age_group": "adult", "severity": "mild"}
    found = carried(small, tmp_path, ONE, given, version="0.5.0")
    assert found.answers == given
    assert carried(small, tmp_path, ONE, given, version="0.10.0").answers == given


def test_migrations_hold_for_their_own_rule_set_alone(small: RuleSet, tmp_path: Path) -> None:
    found = carried(small, tmp_path, ONE, {"severity": "mild"}, ruleset="theirs")
    assert found.answers == {"severity": "mild"}
    assert "another rule set" in found.told[0]


def test_several_migrations_are_taken_one_after_the_other(small: RuleSet, tmp_path: Path) -> None:
    yaml = """\
migrations:
  - {version: "0.2.0", because: A new word., steps: [{rename: bed, to: housing}]}
  - {version: "0.10.0", because: A newer word., steps: [{rename: housing, to: home}]}
"""
    assert carried(small, tmp_path, yaml, {"bed": "steady"}).answers == {"home": "steady"}
    found = carried(small, tmp_path, yaml, {"housing": "steady"}, version="0.9.0")
    assert found.answers == {"home": "steady"}


def test_two_answers_that_became_one_stand_once(small: RuleSet, tmp_path: Path) -> None:
    yaml = """\
migrations:
  - {version: "1.0", because: One word., steps: [{map: substances, answers: {beer: alcohol, wine: alcohol}}]}
"""  # noqa: E501
    found = carried(small, tmp_path, yaml, {"substances": ("beer", "wine", "cannabis")})
    assert found.answers == {"substances": ("alcohol", "cannabis")}


def test_an_answer_that_fits_no_more_is_said_and_asked_again(
    small: RuleSet, tmp_path: Path
) -> None:
    given = {"age_group": "adult", "home": "tent", "shoe_size": "big"}
    found = carried(small, tmp_path, "migrations: []\n", given)
    assert found.answers == {"age_group": "adult"}
    assert "home" in found.ask
    assert any("tent" in line for line in found.told)
    assert any("shoe_size" in line for line in found.told)


def test_under_the_same_rules_nothing_is_said(small: RuleSet, tmp_path: Path) -> None:
    found = carried(small, tmp_path, ONE, {"home": "none"}, sha256=small.sha256, version="1.0.0")
    assert found.told == ()
    assert carry(small, (), {"home": "none"}, {}, {}).told == ()


def test_rules_that_changed_without_a_new_number_are_said_to(
    small: RuleSet, tmp_path: Path
) -> None:
    found = carried(small, tmp_path, ONE, {"home": "none"}, version="1.0.0")
    assert "without a new version number" in found.told[0]


def test_versions_are_compared_as_numbers() -> None:
    assert version_of("0.10.0") > version_of("0.9")
    assert version_of("1.0") == version_of("1.0.0") == version_of("1")
    assert version_of("latest") == ()


def test_a_rule_set_without_the_file_has_no_migrations(small: RuleSet, tmp_path: Path) -> None:
    assert read_migrations(small, tmp_path) == ()


def test_the_built_in_migrations_can_be_read(rules: RuleSet) -> None:
    assert isinstance(read_migrations(rules), tuple)


_STEP = 'migrations:\n  - version: "0.5.0"\n    because: Why.\n    steps:\n      - '


@pytest.mark.parametrize(
    ("yaml", "place", "said"),
    [
        ("migration: []\n", "1:1", "migration"),
        ("migrations: 3\n", "1:13", "list of migrations"),
        ("migrations:\n  - {version: x, because: y, steps: [{drop: z}]}\n", "2:15", "0.2.0"),
        ('migrations:\n  - {version: "2.0", because: y, steps: [{drop: z}]}\n', "2:15", "newer"),
        ('migrations:\n  - {version: "0.5", because: y}\n', "2:5", "steps"),
        (
            'migrations:\n  - {version: "0.5", because: y, steps: [{drop: z}]}\n'
            '  - {version: "0.4", because: y, steps: [{drop: z}]}\n', "3:15", "oldest first",
        ),
        (_STEP + "{renam: a, to: home}\n", "5:9", "does one thing"),
        (_STEP + "{drop: a, rename: b, to: home}\n", "5:9", "does one thing"),
        (_STEP + "{rename: a, to: hom}\n", "5:25", '"home"'),
        (_STEP + "{rename: a, to: home, for: b}\n", "5:31", "for"),
        (_STEP + "{map: home, answers: {tent: nowhere}}\n", "5:37", "none"),
        (_STEP + "{map: hme, answers: {tent: none}}\n", "5:15", '"home"'),
        (_STEP + "{map: home, answers: [tent]}\n", "5:30", "mapping"),
        (_STEP + "{drop: home}\n", "5:16", "asked today"),
        (_STEP + "{ask_again: hom}\n", "5:21", '"home"'),
        (_STEP + "{drop: Smoking Habits}\n", "5:16", "small letters"),
        (_STEP + "drop\n", "5:9", "a step"),
        ("migrations: &a []\n", "1:13", "anchor"),
    ],
)  # fmt: skip
def test_every_slip_in_the_file_is_named_at_its_place(
    small: RuleSet, tmp_path: Path, yaml: str, place: str, said: str
) -> None:
    (tmp_path / "migrations.yaml").write_text(yaml, encoding="utf-8")
    with pytest.raises(RulesError) as slips:
        read_migrations(small, tmp_path)
    lines = str(slips.value).splitlines()
    assert any(f"migrations.yaml:{place}:" in line and said in line for line in lines), lines


# --- comparing ----------------------------------------------------------------------------


def sitting(rules: RuleSet, answers: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return answers, result(decide(rules, answers))


def test_two_equal_sittings_differ_in_nothing(small: RuleSet) -> None:
    one = sitting(small, {"home": "steady", "substances": ("alcohol", "cannabis")})
    other = ({**one[0], "substances": ("cannabis", "alcohol")}, one[1])
    assert difference(small, one, other).nothing


def test_what_changed_and_what_that_did_stand_side_by_side(small: RuleSet) -> None:
    before = sitting(small, {"home": "steady", "severity": "severe"})
    after = sitting(small, {"home": "none", "severity": "severe", "age_group": "adult"})
    found = difference(small, before, after)
    assert found.answers == (
        AnswerChange("age_group", None, "adult"), AnswerChange("home", "steady", "none"),
    )  # fmt: skip
    assert found.level == ("support", "residential")
    assert found.top[1] == "stay"
    assert found.first.came == ("safe-place",)
    assert found.first.went == found.first.stayed == ()
    assert RankChange("groups", 1, None) in found.moved


def test_going_back_turns_the_difference_around(small: RuleSet) -> None:
    one, other = sitting(small, {"home": "none"}), sitting(small, {"home": "steady"})
    there, back = difference(small, one, other), difference(small, other, one)
    assert there.first.went == back.first.came == ("safe-place",)
    assert there.level == back.level[::-1]
    assert {p.path: (p.before, p.after) for p in there.places} == {
        p.path: (p.after, p.before) for p in back.places
    }


def test_the_same_answers_under_other_rules_show_what_the_rules_did(
    small: RuleSet, tmp_path: Path
) -> None:
    folder = tiny.write(tmp_path)
    tiny.change(folder, "factors/home.yaml", "at_least: residential", "at_least: outpatient")
    other = load_rules(folder)
    answers = {"home": "none", "severity": "severe"}
    found = difference(small, sitting(small, answers), sitting(other, answers))
    assert found.answers == ()
    assert found.level == ("residential", "outpatient")
