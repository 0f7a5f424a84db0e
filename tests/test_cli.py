"""The commands: what goes where, which exit code, and what a mistake is told."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import Run
from screen import let_keys_end_it

from pathfinder.errors import ExitCode

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
ONE = str(EXAMPLES[0])


def test_version_is_one_line(pathfinder: Run) -> None:
    ran = pathfinder("--version")
    assert (ran.code, ran.out, ran.err) == (0, "pathfinder 0.1.0\n", "")


@pytest.mark.parametrize(
    "command",
    [(), ("quiz",), ("recommend",), ("paths",), ("compare",), ("sources",), ("help-lines",)],
)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_everywhere_and_has_no_boxes(
    pathfinder: Run, command: tuple[str, ...], option: str
) -> None:
    ran = pathfinder(*command, option)
    assert ran.code == 0
    assert "Usage:" in ran.out
    assert not any("\u2500" <= char <= "\u259f" for char in ran.out)


def test_a_mistyped_command_is_told_the_nearest_one(pathfinder: Run) -> None:
    ran = pathfinder("recomend", "x")
    assert (ran.code, ran.out) == (2, "")
    assert "recommend" in ran.err


def test_a_mistyped_option_is_told_the_nearest_one(pathfinder: Run) -> None:
    ran = pathfinder("quiz", "--plane")
    assert (ran.code, ran.out) == (2, "")
    assert "--plain" in ran.err


def test_a_mistyped_path_is_told_the_nearest_one(pathfinder: Run) -> None:
    ran = pathfinder("paths", "iop-seculer")
    assert (ran.code, ran.out) == (2, "")
    assert "iop-secular" in ran.err


@pytest.mark.parametrize("form", ["htm", "xml"])
def test_a_format_that_is_not_built_is_wrong_use(pathfinder: Run, form: str) -> None:
    ran = pathfinder("recommend", ONE, "--format", form)
    assert (ran.code, ran.out) == (2, "")
    assert "text, json" in ran.err


def test_the_result_goes_to_stdout_and_nothing_else_does(pathfinder: Run) -> None:
    ran = pathfinder("recommend", ONE, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["scope"] == "adult"


def test_a_piped_quiz_puts_questions_on_stderr_and_json_on_stdout(pathfinder: Run) -> None:
    ran = pathfinder("quiz", "--format", "json", stdin="skip\n" * 40)
    assert ran.code == 0
    assert "How old are you?" in ran.err
    assert json.loads(ran.out)["safe_level"] == "outpatient"


@pytest.mark.slow
def test_the_quiz_a_file_and_a_stream_come_to_the_same_decision(
    pathfinder: Run, tmp_path: Path
) -> None:
    answers = {"severity": "mild", "home": "steady", "substances": ["alcohol"]}
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"answers": answers}))
    from_file = json.loads(pathfinder("recommend", str(file), "--format", "json").out)
    from_stream = json.loads(
        pathfinder("recommend", "-", "--input", "jsonl", "--explain", stdin=json.dumps(answers)).out
    )
    from_quiz = json.loads(
        pathfinder("quiz", "--answers", str(file), "--format", "json", stdin="skip\n" * 40).out
    )
    assert from_file == from_stream
    # Left out and skipped are both unknown; only the record of which differs.
    for result in (from_file, from_quiz):
        for entry in result["ranked"]:
            for reason in entry["unknown"]:
                reason["answer"] = None
    assert from_file == from_quiz


def test_a_stream_keeps_its_order_and_names_the_line_that_does_not_hold(pathfinder: Run) -> None:
    lines = ['{"home": "steady"}', "", '{"home": "stedy"}', '{"home": "none"}']
    ran = pathfinder("recommend", "-", "--input", "jsonl", stdin="\n".join(lines))
    first, broken, last = map(json.loads, ran.out.splitlines())
    assert ran.code == 65
    assert first["first"] == []
    assert broken["line"] == 3
    assert "steady" in broken["error"]["message"]
    assert last["first"][0]["id"] == "safe-place"


def test_an_empty_stream_is_done(pathfinder: Run) -> None:
    ran = pathfinder("recommend", "-", "--input", "jsonl")
    assert (ran.code, ran.out) == (0, "")


def test_a_stream_as_text_is_wrong_use(pathfinder: Run) -> None:
    ran = pathfinder("recommend", "-", "--input", "jsonl", "--format", "text")
    assert (ran.code, ran.out) == (2, "")


def test_output_is_a_file_for_its_owner_only(pathfinder: Run, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    target.write_text("old")
    ran = pathfinder("recommend", ONE, "--format", "json", "--output", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert json.loads(target.read_text())["scope"] == "adult"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["result.json"]


@pytest.mark.parametrize("where", ["missing/folder/x.txt", "."])
def test_output_that_can_not_be_written_is_one_line_and_leaves_nothing(
    pathfinder: Run, tmp_path: Path, where: str
) -> None:
    ran = pathfinder("recommend", ONE, "--output", str(tmp_path / where))
    assert (ran.code, ran.out) == (73, "")
    assert len(ran.err.splitlines()) == 1
    assert os.listdir(tmp_path) == []


def test_broken_answers_leave_an_old_output_file_as_it_was(pathfinder: Run, tmp_path: Path) -> None:
    target = tmp_path / "result.txt"
    target.write_text("old")
    ran = pathfinder("recommend", "-", "--output", str(target), stdin="home: stedy")
    assert ran.code == 65
    assert target.read_text() == "old"


@pytest.mark.parametrize(
    ("region", "words"),
    [("us", "911"), ("uk", "999"), ("gb", "999"), ("atlantis", "your local emergency number")],
)
def test_help_lines_are_those_of_the_country(pathfinder: Run, region: str, words: str) -> None:
    ran = pathfinder("help-lines", "--region", region)
    assert ran.code == 0
    assert words in ran.out
    assert ("Last seen on 2026-11-22 at" in ran.out) is words.isdigit()


def test_another_rule_set_is_used_by_option_and_by_environment(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for args in (
        ("paths", "--rules", str(tmp_path / "none")),
        ("--rules", str(tmp_path / "none"), "paths"),
    ):
        assert pathfinder(*args).code == 66
    monkeypatch.setenv("PATHFINDER_RULES", str(tmp_path / "none"))
    assert pathfinder("paths").code == 66


def test_broken_rules_end_every_command_with_one(pathfinder: Run, tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text("id: x\nid: y\n")
    for args in (
        ("quiz",), ("recommend", ONE), ("paths",), ("compare", "outpatient", "residential"),
        ("sources",), ("help-lines",),
    ):  # fmt: skip
        ran = pathfinder(*args, "--rules", str(tmp_path))
        assert (ran.code, ran.out) == (1, ""), args
        assert "ruleset.yaml:2:1" in ran.err


def test_the_table_of_exit_codes_is_that_of_the_program() -> None:
    table = (ROOT / "docs" / "exit-codes.md").read_text()
    rows = [row.split("|")[1:3] for row in table.splitlines() if row.startswith("| ")][1:]
    told = {name.strip(): int(code) for code, name in rows if code.strip().isdigit()}
    assert told == {code.name: code.value for code in ExitCode}


def test_an_under_18_answer_ends_kindly_with_help_lines(pathfinder: Run) -> None:
    ran = pathfinder("quiz", stdin="1\n")
    assert ran.code == 0
    assert "Thank you" in ran.out
    assert "988" in ran.out
    assert "not a diagnosis" in ran.out


@pytest.mark.parametrize("file", EXAMPLES, ids=[f.stem for f in EXAMPLES])
def test_the_examples_of_the_docs_hold(pathfinder: Run, file: Path) -> None:
    assert pathfinder("recommend", str(file)).code == 0


@pytest.mark.slow
def test_there_are_three_examples_or_more_that_lead_to_different_paths(pathfinder: Run) -> None:
    first = [
        json.loads(pathfinder("recommend", str(file), "--format", "json").out)["ranked"][0]["path"]
        for file in EXAMPLES
    ]
    assert len(first) >= 3
    assert len(set(first)) == len(first)


# --- the real program: what only a shell can do to it -----------------------------------

COMMANDS = [
    f"recommend {ONE}",
    f"recommend {ONE} --format json",
    "recommend - --input jsonl",
    "paths",
    "help-lines",
    "--help",
    "--version",
]


def shell(line: str, **more: object) -> subprocess.CompletedProcess[str]:
    """The line in bash, `pathfinder` being the program; PIPESTATUS is the program's own code."""
    program = f'pathfinder() {{ "{sys.executable}" -m pathfinder "$@"; }}'
    return subprocess.run(
        ["bash", "-c", f"{program}\n{line}"],
        input="{}\n" * 30_000 if "jsonl" in line else None,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **more,  # type: ignore[call-overload]
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("to", "reason"),
    [("/dev/full", "No space left on device"), ("&-", "standard output is closed")],
)
def test_a_result_that_can_not_be_written_is_one_line_and_73(
    command: str, to: str, reason: str
) -> None:
    ran = shell(f"pathfinder {command} >{to}")
    assert (ran.returncode, ran.stdout) == (73, "")
    assert ran.stderr == f"The result can't be written: {reason}.\n"


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_has_read_enough_is_no_fault(command: str) -> None:
    ran = shell(f"pathfinder {command} | true; exit ${{PIPESTATUS[0]}}")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_quiz_asks_nothing_when_its_result_would_be_lost() -> None:
    ran = shell("yes skip | pathfinder quiz >&-")
    assert ran.returncode == 73
    assert ran.stderr == "Standard output is closed, so the result would be lost.\n"


@pytest.mark.slow
def test_a_closed_stdout_is_no_matter_when_the_result_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    ran = shell(f"pathfinder recommend {ONE} --format json --output {target} >&-")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(target.read_text())["scope"] == "adult"


@pytest.mark.parametrize("to", ["/dev/full", "&-"])
def test_the_exit_code_counts_where_nobody_hears_the_error(to: str) -> None:
    assert shell(f"echo 'home: stedy' | pathfinder recommend - 2>{to}").returncode == 65


@pytest.mark.parametrize("kind", ["yaml", "jsonl"])
def test_a_closed_stdin_is_one_line_and_66(kind: str) -> None:
    ran = shell(f"pathfinder recommend - --input {kind} <&-")
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (66, "", 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("output", "code"), [("''", 73), ("/", 73), ("..", 73), ("/dev/full", 73), ("a" * 300, 73)]
)
def test_an_output_that_is_no_file_to_write_to_is_one_line(
    tmp_path: Path, output: str, code: int
) -> None:
    ran = shell(f"pathfinder recommend {ONE} --output {output}", cwd=tmp_path)
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (code, "", 1)
    assert os.listdir(tmp_path) == []


@pytest.mark.slow
def test_an_output_that_is_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text("old")
    (tmp_path / "link").symlink_to("there.txt")
    assert shell(f"pathfinder recommend {ONE} --output link", cwd=tmp_path).returncode == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there.txt").read_text() != "old"


def test_the_input_may_be_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"home": "none"}\n{"home": "steady"}\n')
    assert shell("pathfinder recommend a.jsonl --output a.jsonl", cwd=tmp_path).returncode == 0
    lines = (tmp_path / "a.jsonl").read_text().splitlines()
    assert [json.loads(line)["scope"] for line in lines] == ["adult", "adult"]


@pytest.mark.parametrize("to", [">/dev/null", "--output result.jsonl"])
def test_a_stream_that_can_not_be_read_on_is_a_fault_of_the_input(tmp_path: Path, to: str) -> None:
    # Opening this one works on Linux, and reading its first byte doesn't.
    if not os.path.exists("/proc/self/mem"):
        pytest.skip("needs /proc")
    ran = shell(f"pathfinder recommend /proc/self/mem --input jsonl {to}", cwd=tmp_path)
    assert (ran.returncode, len(ran.stderr.splitlines())) == (66, 1)
    assert os.listdir(tmp_path) == []


def test_an_empty_name_of_a_rules_folder_is_not_the_built_in_rules(pathfinder: Run) -> None:
    for args in (("paths", "--rules", ""), ("--rules", "", "paths")):
        ran = pathfinder(*args)
        assert (ran.code, ran.out) == (2, "")
        assert "--rules" in ran.err


@pytest.mark.slow
def test_ctrl_c_while_answers_are_read_is_130_without_a_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pathfinder", "recommend", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=let_keys_end_it,
    ) as program:
        time.sleep(1.5)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert (program.returncode, out) == (130, "")
    assert "Traceback" not in err


# Bytes of an answers file, as they come; each is one line on stderr, and 65.
BAD_FILES: dict[str, bytes] = {
    "a.yaml": b"home: yes\n",
    "tag.yaml": b"home: !!python/name:os.system none\n",
    "anchor.yaml": b"home: &a none\n",
    "key.yaml": b"home: none\nhome: none\n",
    "latin.yaml": b"home: caf\xe9\n",
    "utf16.yaml": "home: none\n".encode("utf-16"),
    "large.yaml": b"home: none\n" + b"#" * (1024 * 1024),
    "deep.yaml": b"home: " + b"[" * 100_000,
    "dashes.yaml": b"- " * 100_000,
    "blocks.yaml": b"".join(b" " * n + b"a:\n" for n in range(1400)),
    "empty.yaml": b"",
    "comment.yaml": b"# nothing\n",
    "nul.yaml": b"home: no\0ne\n",
    "escape.yaml": b"home: \x1b[2Jnone\n",
    "written.yaml": b'home: "\\x1b[2J"\n',
    "markup.yaml": b'home: "[red]none[/red]"\n',
    "bidi.yaml": "home: \u202enone\n".encode(),
    "nan.json": b'{"home": NaN}',
    "twice.json": b'{"home": "none", "home": "none"}',
    "digits.json": b'{"home": ' + b"9" * 5000 + b"}",
    "deep.json": b"[" * 100_000,
    "surrogate.json": b'{"home": "\\ud800"}',
    "raw.json": b'{"home": "no\0ne"}',
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_answers_are_one_clear_line_and_65(pathfinder: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(BAD_FILES[name])
    ran = pathfinder("recommend", str(file), "--output", str(tmp_path / "result"))
    assert (ran.code, ran.out) == (65, "")
    (line,) = ran.err.splitlines()
    assert line.startswith(f"{file}:")
    assert line.isprintable()
    assert os.listdir(tmp_path) == [name]


@pytest.mark.slow
def test_a_missing_file_is_told_in_the_same_words_everywhere(pathfinder: Run) -> None:
    for args in (
        ("recommend", "gone.yaml"),
        ("recommend", "gone.json"),
        ("recommend", "gone.jsonl"),
        ("quiz", "--answers", "gone.yaml"),
        ("quiz", "--resume", "gone.yaml"),
    ):
        ran = pathfinder(*args)
        assert (ran.code, ran.out) == (66, ""), args
        assert ran.err == f"{args[-1]} isn't there. Check the name and the folder.\n", args
