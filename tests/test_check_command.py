"""`pathfinder rules check` and `rules explain`, as a shell sees them."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import Run

import pathfinder.ruletools.check.registry
from pathfinder.ruletools.check import Findings, Severity
from pathfinder.ruletools.check.context import Finding
from pathfinder.ruletools.check.registry import all_checks, as_github, as_text, page

EXAMPLE = Path(pathfinder.ruletools.check.registry.__file__).parent / "example"
HOME = "factors/home.yaml"


NOTHING = Findings((), 0, 0, 0, (), 1, 1, {})


@pytest.fixture(autouse=True)
def _no_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, tmp_path / "mine", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "mine"


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


# --- what is printed ------------------------------------------------------------------


def test_a_rule_set_without_findings_says_so_in_one_line(folder: Path, pathfinder: Run) -> None:
    ran = pathfinder("rules", "check", "mine")
    files = len(list(folder.rglob("*.yaml")))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"No findings in {files} files and 8 rules.\n"


def test_a_promise_that_was_dropped_is_told_for_ever(folder: Path, pathfinder: Run) -> None:
    promises = folder / "checks.yaml"
    there = promises.read_text(encoding="utf-8") if promises.exists() else "statements:\n"
    promises.write_text(
        f"{there}"
        "  - {id: all-stay, says: Each path is used., must: [{somebody_for_each: paths}]}\n"
        "dropped:\n"
        "  - id: a-bed-for-all\n"
        "    says: There is a bed for everybody.\n"
        "    because: The house is closed.\n"
        "    decided_by: the clinical lead\n"
        '    date: "2026-11-28"\n',
        encoding="utf-8",
    )
    ran = pathfinder("rules", "check", "mine")
    assert (ran.code, ran.err) == (0, "")
    assert "1 promise is made no longer:\n  a-bed-for-all\n" in ran.out
    assert "Dropped on 2026-11-28 by the clinical lead: The house is closed." in ran.out
    (told,) = json.loads(pathfinder("rules", "check", "mine", "--format", "json").out)["dropped"]
    assert (told["id"], told["decided_by"]) == ("a-bed-for-all", "the clinical lead")


def test_an_error_is_told_with_its_place_its_line_and_a_caret(
    folder: Path, pathfinder: Run
) -> None:
    change(folder, HOME, "set_aside: [stay]", "set_aside: [stai]")
    ran = pathfinder("rules", "check", "mine")
    assert ran.code == 1
    first, line, caret, count, waiting, more = ran.out.splitlines()
    assert first == (
        'mine/factors/home.yaml:29:17: unknown-path unknown path "stai"; did you mean "stay"?'
        " Expected one of: groups, talks, stay"
    )
    assert line[caret.index("^") :] == "stai]"
    assert count == f"1 error in {len(list(folder.rglob('*.yaml')))} files and 8 rules."
    assert waiting == (
        "7 checks, and the examples of rules with an error, can only run once these errors"
        " are put right. They may find more."
    )
    assert more == "More about a code: pathfinder rules explain CODE"


def test_the_docs_show_what_is_printed(folder: Path, pathfinder: Run) -> None:
    folder.rename("my-rules")
    change(Path("my-rules"), HOME, "set_aside: [stay]", "set_aside: [stai]")
    docs = Path(__file__).parents[1] / "docs" / "rule-format.md"
    assert pathfinder("rules", "check", "my-rules").out in docs.read_text(encoding="utf-8")


def test_a_warning_does_not_change_the_exit_code(folder: Path, pathfinder: Run) -> None:
    change(folder, "ruleset.yaml", 'next: "2027-05-22"', 'next: "2020-05-22"')
    ran = pathfinder("rules", "check", "mine")
    assert ran.code == 0
    assert "mine/ruleset.yaml:5:54: review-overdue" in ran.out
    assert "(warning)" in ran.out
    assert "can only run" not in ran.out
    assert ran.out.endswith("\nMore about a code: pathfinder rules explain CODE\n")


def test_the_caret_stands_under_the_place_behind_wide_letters_and_tabs(
    folder: Path, pathfinder: Run
) -> None:
    change(folder, HOME, "because: You need a safe place.", "because: 家族\tand an addict.")
    _, line, caret, *_ = pathfinder("rules", "check", "mine").out.splitlines()
    # Two letters that are two columns wide stand before it.
    assert caret.index("^") == line.index("addict") + 2


def test_a_finding_without_a_place_is_told_by_its_file_and_without_a_line() -> None:
    finding = Finding("mine/home.yaml", 0, 0, "no-file", "and 3 more", Severity.ERROR)
    text = ("the first line", "the last line")
    found = NOTHING._replace(found=(finding,), lines={"mine/home.yaml": text})
    told = [*as_text(found)]
    assert told[0] == "mine/home.yaml: no-file and 3 more"
    assert not {"    the first line", "    the last line"} & set(told)
    # GitHub takes no line 0.
    assert "file=mine/home.yaml,line=1,col=1," in next(as_github(found))


def test_a_very_long_line_is_shown_around_the_place(folder: Path, pathfinder: Run) -> None:
    change(
        folder, HOME, "because: You need a safe place.", f"because: '{'So it is. ' * 300}addict.'"
    )
    _, line, caret, *_ = pathfinder("rules", "check", "mine").out.splitlines()
    assert len(line) <= 110
    assert line[caret.index("^") :].startswith("addict")


def test_no_control_character_of_a_file_reaches_the_terminal(folder: Path, pathfinder: Run) -> None:
    change(folder, HOME, "why: Home matters.", "why: Home\x1b[2J matters.")
    change(folder, HOME, "first: safe-place", 'first: "\\e[2Jplace"')
    out = pathfinder("rules", "check", "mine").out
    assert out.isprintable() is False  # it has line ends
    assert all(line.isprintable() for line in out.splitlines())


def test_json_tells_everything(folder: Path, pathfinder: Run) -> None:
    change(folder, HOME, "set_aside: [stay]", "set_aside: [stai]")
    ran = pathfinder("rules", "check", "mine", "--format", "json")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert (told["errors"], told["warnings"], told["more"], told["rules"]) == (1, 0, 0, 8)
    assert told["findings"] == [
        {
            "file": "mine/factors/home.yaml",
            "line": 29,
            "column": 17,
            "code": "unknown-path",
            "severity": "error",
            "message": 'unknown path "stai"; did you mean "stay"?'
            " Expected one of: groups, talks, stay",
        }
    ]
    assert "not-mentioned" in told["waiting"]


@pytest.mark.parametrize("options", [["--format", "github"], []])
def test_a_build_marks_the_lines(
    folder: Path, pathfinder: Run, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    change(folder, HOME, "because: You need a safe place.", "because: Say 100%, addict.")
    ran = pathfinder("rules", "check", "mine", *options)
    assert ran.code == 1
    assert ran.out.splitlines()[0] == (
        "::error file=mine/factors/home.yaml,line=13,col=24,title=avoided-word::"
        '"addict" is a word to avoid; say "a person with a drug problem"'
    )
    assert ran.out.endswith("\nMore about a code: pathfinder rules explain CODE\n")


def test_a_format_that_is_asked_for_wins_in_a_build(
    folder: Path, pathfinder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert pathfinder("rules", "check", "mine", "--format", "text").out.startswith("No findings")


# --- which rule set ---------------------------------------------------------------------


def test_without_a_folder_the_rule_set_in_use_is_checked(
    folder: Path, pathfinder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "supports.yaml").unlink()
    assert "mine/supports.yaml" in pathfinder("rules", "check", "--rules", "mine").out
    monkeypatch.setenv("PATHFINDER_RULES", "mine")
    assert "mine/supports.yaml" in pathfinder("rules", "check").out


def test_a_folder_that_is_not_there_and_a_format_that_is_none(
    folder: Path, pathfinder: Run
) -> None:
    assert pathfinder("rules", "check", "nowhere").code == 66
    ran = pathfinder("rules", "check", "mine", "--format", "jsn")
    assert ran.code == 2
    assert "json" in ran.err


# --- the manual -------------------------------------------------------------------------


def test_every_code_has_a_page_with_its_example(pathfinder: Run) -> None:
    ran = pathfinder("rules", "explain", "never-true")
    assert ran.code == 0
    assert ran.out.startswith("never-true (error)\n\nA condition that can hold for nobody.\n")
    assert "    when: {severity: severe, home: none, substances: none}\n" in ran.out
    assert "# pathfinder: allow never-true because" in ran.out


def test_what_the_loader_finds_can_not_be_allowed_and_says_nothing_of_it(pathfinder: Run) -> None:
    assert "pathfinder: allow" not in pathfinder("rules", "explain", "syntax").out


def test_without_a_code_all_are_listed(pathfinder: Run) -> None:
    out = pathfinder("rules", "explain").out
    listed = {line.split()[0] for line in out.splitlines() if line.startswith("  ")}
    assert listed == {check.code for check in all_checks()}


def test_every_page_is_fit_for_a_terminal() -> None:
    for check in all_checks():
        assert all(len(line) <= 100 and line.isprintable() for line in page(check)), check.code


def test_a_code_that_is_none_gets_the_nearest(pathfinder: Run) -> None:
    ran = pathfinder("rules", "explain", "nevr-true")
    assert (ran.code, ran.out) == (2, "")
    assert 'Did you mean "never-true"?' in ran.err


# --- files that mean harm ----------------------------------------------------------------


def laughs() -> bytes:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    return "\n".join(lines).encode()


def hostile() -> dict[str, tuple[bytes, str]]:
    home = (EXAMPLE / HOME).read_bytes()
    questions = b"".join(b"  - {id: q%d, kind: one}\n" % number for number in range(35_000))
    return {
        "billion laughs": (laughs(), "alias"),
        "lists in lists": (b"factor: " + b"[" * 10_000 + b"]" * 10_000, "too-deep"),
        "mappings in mappings": (b"factor: " + b"{a: " * 10_000 + b"}" * 10_000, "too-deep"),
        "two mebibytes": (b"# " + b"x" * 2 * 1024 * 1024, "too-large"),
        "100,000 questions": (b"questions:\n" + b"  - {id: q}\n" * 100_000, "too-large"),
        "as many as fit": (b"factor: home\nquestions:\n" + questions, "too-many"),
        "binary": (bytes(range(256)) * 1_000, "not-utf-8"),
        "NUL bytes": (home.replace(b"You", b"\0You", 1), "hidden-character"),
        "nothing but NUL": (b"\0" * 500_000, "hidden-character"),
        "5,000 digits": (home.replace(b"weight: 3", b"weight: " + b"9" * 5_000), "out-of-range"),
        "a huge number": (home.replace(b"weight: 3", b"weight: " + b"9" * 900_000), "out-of-range"),
        "comments": (home + b"# pathfinder: allow twin-rule because x\n" * 20_000, "allow-nothing"),
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile())
def test_a_hostile_file_gets_a_clear_line(folder: Path, pathfinder: Run, name: str) -> None:
    data, code = hostile()[name]
    (folder / HOME).write_bytes(data)
    ran = pathfinder("rules", "check", "mine")
    assert f" {code} " in ran.out
    assert "Traceback" not in ran.err
    assert len(ran.out.splitlines()) <= 603
    assert max(map(len, ran.out.splitlines())) < 1_000


ONE_LINE = [
    "billion laughs",
    "lists in lists",
    "mappings in mappings",
    "two mebibytes",
    "100,000 questions",
    "as many as fit",
    "binary",
    "nothing but NUL",
    "5,000 digits",
    "a huge number",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_LINE)
def test_a_hostile_file_sets_off_no_avalanche(folder: Path, pathfinder: Run, name: str) -> None:
    (folder / HOME).write_bytes(hostile()[name][0])
    ran = pathfinder("rules", "check", "mine", "--format", "json")
    assert len(json.loads(ran.out)["findings"]) == 1


@pytest.mark.parametrize("name", [HOME, "words.yaml", "cases/not-sure.yaml", "checks.yaml"])
def test_a_device_in_place_of_a_file_is_told_and_not_read(
    folder: Path, pathfinder: Run, name: str
) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to("/dev/null")
    ran = pathfinder("rules", "check", "mine")
    assert (ran.code, ran.out) == (66, "")
    assert ran.err.startswith(f"mine/{name} isn't an ordinary file. ")
    assert len(ran.err.splitlines()) == 1


def test_a_case_named_with_control_characters_does_no_harm(folder: Path, pathfinder: Run) -> None:
    text = (folder / "cases" / "not-sure.yaml").read_text(encoding="utf-8")
    (folder / "cases" / "a\x1b[2J\nb.yaml").write_text(text.replace("story", "stroy"), "utf-8")
    for form in ("text", "github"):
        out = pathfinder("rules", "check", "mine", "--format", form).out
        assert "stroy" in out
        assert all(line.isprintable() for line in out.splitlines())
        assert not any(line.startswith("b.yaml") for line in out.splitlines())


@pytest.mark.parametrize("command", ["check", "test"])
def test_every_command_reads_the_same_cases(
    folder: Path, pathfinder: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (folder / "cases" / "not-sure.yaml").rename(folder / "cases" / "not-sure.YAML")
    ran = pathfinder("rules", command, "mine")
    assert "mine/cases/not-sure.YAML:1:1: " in ran.out + ran.err
    assert "files of cases end in .yaml; rename it" in ran.out + ran.err
    monkeypatch.setattr("pathfinder.ruletools.cases.case_file.MOST", 0)
    ran = pathfinder("rules", command, "mine")
    number = len(list((folder / "cases").iterdir()))
    assert (ran.code, ran.out) == (66, "")
    assert ran.err == f"mine/cases holds {number} files; the most is 0.\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["billion laughs", "as many as fit", "nothing but NUL"])
def test_a_hostile_file_is_read_within_300_mebibytes_and_two_seconds_of_work(
    folder: Path, name: str
) -> None:
    (folder / HOME).write_bytes(hostile()[name][0])

    def limits() -> None:
        # Beyond these the process is stopped; it is the limits that are tested, not the clock.
        resource.setrlimit(resource.RLIMIT_AS, (300 * 1024 * 1024,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (2, 2))

    command = [sys.executable, "-m", "pathfinder", "rules", "check", "mine"]
    ran = subprocess.run(command, capture_output=True, text=True, preexec_fn=limits, check=False)
    assert ran.returncode == 1, ran.stderr
