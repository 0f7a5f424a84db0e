"""`pathfinder rules verify`: what it prints, its exit codes, and the case that it writes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from command import Run

from pathfinder import decide, load_rules
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.rule_files import built_in
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.ruletools.verify import Verdict, answer_sets
from pathfinder.ruletools.verify.report import Proof, summary, told
from pathfinder.ruletools.verify.statements import Promises, Statement

pytest.importorskip("z3")

WALK = (Path(__file__).parents[1] / "docs" / "changing-rules.md").read_text(encoding="utf-8")

BROKEN = """\
BROKEN       every-emergency-brings-its-alert
             Every emergency answer brings its alert.
             The alert "violence" isn't shown.
             The smallest situation that breaks it (everything else is not
             known):
                 danger: [violence]
             What the engine decides:
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A rule set whose alert about violence hangs on another answer."""
    folder = tmp_path / "rules"
    shutil.copytree(built_in(), folder)
    file = folder / "factors" / "safety.yaml"
    text = file.read_text(encoding="utf-8")
    rule = "when: {danger: {includes: violence}}\n    alert: violence"
    assert text.count(rule) == 1
    file.write_text(text.replace(rule, rule.replace("violence}", "overdose}")), encoding="utf-8")
    return folder


def test_what_holds_is_said_with_the_number_of_answer_sets(pathfinder: Run) -> None:
    ran = pathfinder("rules", "verify", "--only", "everyone-has-a-path")
    assert ran.code == 0
    assert ran.out.replace("\n", " ").startswith(
        "pathfinder-core 0.2.0: 1 statement over "
        "2,200,138,650,497,226,610,080,000,000 sets of answers."
    )
    assert "holds        everyone-has-a-path" in ran.out
    assert "Nobody breaks it, whatever they answer." in ran.out
    assert ran.out.splitlines()[-1] == (
        "1 proved for all 2,200,138,650,497,226,610,080,000,000 sets of answers,"
        " 0 broken, 0 not decided."
    )
    assert ran.err == ""


@pytest.mark.slow
def test_the_verdicts_in_the_docs_are_those_of_the_program(pathfinder: Run, tmp_path: Path) -> None:
    folder = tmp_path / "my-rules"
    shutil.copytree(built_in(), folder)
    rule, promise, *_ = re.findall(r"```yaml\n(.*?)```", WALK, re.DOTALL)
    (folder / "factors" / "our_agency.yaml").write_text(rule.replace("adlut", "adult"), "utf-8")
    text = (folder / "ruleset.yaml").read_text(encoding="utf-8")
    listed = "factors:\n  - {id: our_agency, title: What our agency offers}\n"
    text = text.replace("factors:\n", listed, 1).replace("id: pathfinder-core", "id: our-agency")
    (folder / "ruleset.yaml").write_text(text, encoding="utf-8")
    with (folder / "checks.yaml").open("a", encoding="utf-8") as checks:
        checks.write(promise)
    told = [
        "every-path-is-first-for-somebody", "every-rule-is-at-work-for-somebody",
        "nobody-is-sent-to-a-day-program",
    ]  # fmt: skip
    ran = pathfinder("rules", "verify", str(folder), *(f"--only={each}" for each in told))
    assert ran.code == 1
    verdicts = ran.out.split("\n\n")[1:-1]
    assert len(verdicts) == 3
    for verdict in verdicts:
        assert verdict in WALK
    rules = load_rules(folder)
    for proved in (27, 29):
        all_ = [Verdict("x", number < proved) for number in range(29)]
        assert summary(all_, answer_sets(rules)) in WALK


@pytest.mark.slow
def test_a_broken_statement_is_shown_with_the_decision_and_kept_as_a_case(
    pathfinder: Run, broken: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    ran = pathfinder(
        "rules", "verify", str(broken), "--only", "every-emergency-brings-its-alert",
        "--save-case", str(case),
    )  # fmt: skip
    assert ran.code == 1
    assert BROKEN in ran.out
    assert "                 Alerts: none\n" in ran.out
    assert "                 First steps: safe-place (by safe-place-from-violence)\n" in ran.out
    assert ran.out.endswith(
        "\n0 proved, 1 broken, 0 not decided. Broken: every-emergency-brings-its-alert.\n"
    )
    assert ran.err == f"every-emergency-brings-its-alert: its case is in {case}\n"
    assert case.read_text(encoding="utf-8") == (
        "# Found by `pathfinder rules verify`: breaks the statement"
        " every-emergency-brings-its-alert.\n"
        "story: >-\n"
        "  Every emergency answer brings its alert.\n"
        "answers:\n"
        "  danger: [violence]\n"
        "expect:\n"
        "  alerts: [violence]\n"
    )
    root, problems = read_yaml(case.read_bytes(), "case.yaml")
    assert root is not None
    assert not problems
    answers = {"danger": ["violence"]}
    assert [alert.id for alert in decide(load_rules(), answers).alerts] == ["violence"]
    assert decide(load_rules(broken), answers).alerts == ()


def test_what_is_broken_is_told_first_and_named_in_the_last_line(rules: RuleSet) -> None:
    statements = tuple(Statement(name, f"{name} is so.", ()) for name in ("one", "two", "six"))
    truths = (True, None, False)
    verdicts = [Verdict(each.id, holds) for each, holds in zip(statements, truths, strict=True)]
    lines = list(told(Proof(rules, Promises(statements, ()), verdicts, 9)))
    heads = [line for line in lines if line.startswith(("holds", "BROKEN", "not decided"))]
    assert [head.split()[-1] for head in heads] == ["six", "two", "one"]
    assert lines[-1] == "1 proved for all 9 sets of answers, 1 broken, 1 not decided. Broken: six."


@pytest.mark.slow
def test_where_two_people_are_compared_both_decisions_are_shown(
    pathfinder: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(built_in(), folder)
    (folder / "checks.yaml").write_text(
        "statements:\n  - id: home-never-matters\n    says: Home never matters.\n"
        "    must: [{changing: [home], never_changes: [first]}]\n",
        encoding="utf-8",
    )
    ran = pathfinder("rules", "verify", str(folder))
    assert ran.code == 1
    lines = [line.strip() for line in ran.out.splitlines()]
    assert "What the engine decides first:" in lines
    assert "What the engine decides then:" in lines
    between = lines[lines.index("Then one thing is different:") + 1]
    assert between.startswith("home: ")


def test_a_case_is_never_written_over_another_file_and_that_is_seen_before_proving(
    pathfinder: Run, broken: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("mine", encoding="utf-8")
    ran = pathfinder(
        "rules", "verify", "--rules", str(broken), "--only", "every-emergency-brings-its-alert",
        "--save-case", str(case),
    )  # fmt: skip
    assert (ran.code, ran.out) == (73, "")
    assert ran.err == f"{case} is there already. Name another file.\n"
    assert case.read_text(encoding="utf-8") == "mine"


def test_without_a_break_no_case_is_written(pathfinder: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    ran = pathfinder("rules", "verify", "--only", "everyone-has-a-path", "--save-case", str(case))
    assert ran.code == 0
    assert ran.err == "No case is written: nobody was found who breaks a statement.\n"
    assert not case.exists()


@pytest.mark.slow
def test_json_says_the_same(pathfinder: Run, broken: Path) -> None:
    ran = pathfinder(
        "rules", "verify", str(broken), "--format", "json",
        "--only", "every-emergency-brings-its-alert", "--only", "everyone-has-a-path",
    )  # fmt: skip
    assert ran.code == 1
    found = json.loads(ran.out)
    assert found["answer_sets"] == str(answer_sets(load_rules()))
    assert found["holds"] is False
    alerts, everyone = found["statements"]
    assert alerts["verdict"] == "broken"
    assert alerts["situation"] == {"danger": ["violence"]}
    assert alerts["expected"] == {"alerts": ["violence"]}
    assert everyone["verdict"] == "holds"
    assert everyone["proved"] == ["Nobody breaks it, whatever they answer."]


@pytest.mark.slow
def test_a_time_limit_is_not_decided_and_exit_1(pathfinder: Run) -> None:
    ran = pathfinder("rules", "verify", "--time-limit", "0.000001", "--only", "everyone-has-a-path")
    assert ran.code == 1
    assert "not decided  everyone-has-a-path" in ran.out
    assert "1 statement over every set of answers.\nHow many there are isn't known" in ran.out
    assert ran.out.endswith("\n0 proved, 0 broken, 1 not decided.\n")
    ran = pathfinder("rules", "verify", "--time-limit", "0.000001", "--format", "json")
    assert json.loads(ran.out)["answer_sets"] is None


def test_a_time_limit_of_years_is_no_limit(pathfinder: Run) -> None:
    ran = pathfinder("rules", "verify", "--time-limit", "1e300", "--only", "everyone-has-a-path")
    assert ran.code == 0


def test_with_a_slip_nothing_is_proved_and_what_to_run_next_is_said(
    pathfinder: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "my rules"
    shutil.copytree(built_in(), folder)
    checks = folder / "checks.yaml"
    checks.write_text(checks.read_text(encoding="utf-8").replace("must:", "mst:", 1), "utf-8")
    ran = pathfinder("rules", "verify", str(folder))
    assert (ran.code, ran.out) == (1, "")
    assert 'did you mean "must"?' in ran.err
    assert ran.err.splitlines()[-1] == (
        "Nothing was tried: put these right first."
        f" pathfinder rules check '{folder}' shows the lines."
    )


def test_a_file_that_is_not_there_has_no_line_to_show(pathfinder: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(built_in(), folder)
    (folder / "checks.yaml").unlink()
    ran = pathfinder("rules", "verify", str(folder))
    assert ran.code == 1
    assert ran.err.endswith("\nNothing was tried: put these right first.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--only", "everyone-has-path"),
         "--only: 'everyone-has-path' is not the id of a statement."
         ' Did you mean "everyone-has-a-path"?'),
        (("--only", "nope"),
         "--only: 'nope' is not the id of a statement. Their ids stand in checks.yaml."),
        *((("--time-limit", no),
           f"--time-limit: '{no}' is not a number of seconds above 0, such as 60.")
          for no in ("0", "-1", "inf", "nan", "soon", "")),
        (("--format", "md"), "--format: 'md' is not one of text, json."),
        (("--format", ""), "--format: '' is not one of text, json."),
    ],
)  # fmt: skip
def test_wrong_use_is_one_clear_line(pathfinder: Run, args: tuple[str, str], said: str) -> None:
    ran = pathfinder("rules", "verify", *args)
    assert ran.code == 2
    assert ran.err == f"{said}\n"
    assert ran.out == ""
