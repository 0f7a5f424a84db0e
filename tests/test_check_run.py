"""One run of all checks: what is found together, in which order, and what a comment allows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pathfinder.engine import ready
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import FileProblem
from pathfinder.ruletools.check import Findings, Severity, run_checks
from pathfinder.ruletools.check.registry import TODAY, all_checks, example_files

HOME, NEEDS, LINES = "factors/home.yaml", "factors/needs.yaml", "help_lines.yaml"
UNSAFE = "    because: You need a safe place.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in example_files().items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folder: Path) -> list[str]:
    return [each.code for each in run_checks(folder, TODAY).found]


def place(result: Findings, code: str) -> tuple[str, str]:
    """The line that a finding points at, and what stands there from its column on."""
    each = next(each for each in result.found if each.code == code)
    line = result.lines[each.file][each.line - 1]
    return line.strip(), line[each.column - 1 :]


# --- what is found together -------------------------------------------------------------


def test_slips_of_every_kind_are_found_in_one_run(folder: Path) -> None:
    change(folder, HOME, "set_aside: [stay]", "set_aside: [stai]")  # can't be read
    change(folder, HOME, "fires: {home: none}", "fires: {home: steady}")  # another rule
    change(folder, HOME, "because: Call a shelter today.", "because: An addict needs a bed.")
    change(folder, LINES, 'seen_on: "2026-11-22"', 'seen_on: "2024-11-22"')
    assert found(folder) == ["example-wrong", "unknown-path", "avoided-word", "help-line-old"]


def test_words_of_the_field_are_those_that_the_rule_set_names(folder: Path) -> None:
    change(
        folder,
        HOME,
        UNSAFE,
        "    because: Psychiatric rehabilitation and facilitation are rare here.\n",
    )
    assert found(folder) == ["long-words"]
    terms = "field_terms: [psychiatric, facilitation]"
    change(folder, "words.yaml", "field_terms: [outpatient, residential]", terms)
    assert found(folder) == []
    change(folder, "words.yaml", terms, "field_terms: [psychiatric, Psychiatric]")
    assert "repeated" in found(folder)


def test_findings_come_in_the_order_of_files_lines_and_columns(folder: Path) -> None:
    change(folder, HOME, "why: Home matters.", "why: An addict knows an addict.")
    change(folder, NEEDS, "why: It sets the care.", "whi: It sets the care.")
    places = [(each.file, each.line, each.column) for each in run_checks(folder, TODAY).found]
    assert places == sorted(places)
    assert len(places) == 3


def test_a_rule_that_can_not_be_read_is_not_tried(folder: Path) -> None:
    change(folder, HOME, "when: {severity: severe, home: none}", "when: {severity: sever}")
    assert found(folder) == ["unknown-answer"]


def test_what_looks_unused_only_because_of_a_slip_is_not_told(folder: Path) -> None:
    change(folder, NEEDS, "support: online", "support: onlin")
    change(folder, HOME, "helps: [online]", "helps: [onlin]")
    result = run_checks(folder, TODAY)
    assert [each.code for each in result.found] == ["unknown-support"] * 2
    assert set(result.waiting) == {
        each.code for each in all_checks() if each.look and each.needs.name == "ALL"
    }


def test_no_rule_is_tried_while_a_question_can_not_be_read(folder: Path) -> None:
    change(folder, NEEDS, "kind: scale", "kind: scal")
    change(folder, HOME, "fires: {home: none}", "fires: {home: steady}")
    result = run_checks(folder, TODAY)
    assert [each.code for each in result.found] == ["unknown-kind-of-question"]
    assert "example-wrong" in result.waiting


def test_a_file_that_is_gone_is_told_and_the_rest_is_looked_at(folder: Path) -> None:
    (folder / "supports.yaml").unlink()
    change(folder, HOME, "because: You need a safe place.", "because: An addict needs one.")
    assert sorted(found(folder)) == ["avoided-word", "missing-file"]


def test_a_case_with_another_ending_is_told(folder: Path) -> None:
    (folder / "cases" / "not-sure.yaml").rename(folder / "cases" / "not-sure.yml")
    assert found(folder) == ["unexpected-file"]


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="isn't there"):
        run_checks(tmp_path / "nowhere", TODAY)


def test_the_same_rules_on_a_later_day_are_overdue(folder: Path) -> None:
    assert found(folder) == []
    later = run_checks(folder, date(2028, 1, 1))
    assert {each.code for each in later.found} == {"review-overdue", "help-line-old"}
    assert {each.severity for each in later.found} == {Severity.WARNING}


def test_a_day_ahead_is_told_unless_it_is_only_another_time_zone(folder: Path) -> None:
    change(folder, LINES, 'seen_on: "2026-11-22"', 'seen_on: "2026-11-23"')
    assert found(folder) == []
    change(folder, LINES, 'seen_on: "2026-11-23"', 'seen_on: "2026-11-24"')
    (ahead,) = run_checks(folder, TODAY).found
    assert ahead.code == "date-ahead"
    assert ahead.message == "nobody can have looked on 2026-11-24: today is 2026-11-22"


def test_two_barriers_for_the_same_people_are_twins(folder: Path) -> None:
    barrier = (folder / HOME).read_text(encoding="utf-8").partition("barriers:\n")[2]
    barrier = barrier.partition("reasons:\n")[0]
    again = barrier.replace("far-away", "too-far")
    change(folder, HOME, barrier, barrier + again)
    assert "twin-rule" in found(folder)


def test_a_support_that_only_a_barrier_names_is_mentioned(folder: Path) -> None:
    rules = (folder / NEEDS).read_text(encoding="utf-8")
    rule = rules.partition("supports:\n")[2].partition("reasons:\n")[0]
    change(folder, NEEDS, "supports:\n" + rule, "")
    assert "not-mentioned" not in found(folder)
    change(folder, HOME, "helps: [online]", "helps: []")
    assert "not-mentioned" in found(folder)


def test_a_flood_of_findings_is_told_whole(folder: Path) -> None:
    flood = "notes:\n" + "  - {id: Bad_Id}\n" * 500
    change(folder, HOME, "notes:\n", flood)
    result = run_checks(folder, TODAY)
    assert len(result.found) == result.errors > 500
    assert result.more == 0


def test_a_finding_points_at_the_word_itself(folder: Path) -> None:
    change(folder, HOME, "because: You need a safe place.", "because: Not every addict can.")
    line, at = place(run_checks(folder, TODAY), "avoided-word")
    assert at.startswith("addict can.")
    assert line.startswith("because:")


def test_a_dead_exception_is_found_where_it_stands(folder: Path) -> None:
    change(folder, NEEDS, "unless: {substances: cannabis}", "unless: {age_group: adult}")
    line, _ = place(run_checks(folder, TODAY), "never-true")
    assert line == "unless: {age_group: adult}"


def test_an_example_that_is_out_of_reach_says_which_question_is_not_asked(folder: Path) -> None:
    old = "fires: {substances: [opioids], frequency: every_day}"
    change(folder, NEEDS, old, "fires: {substances: none, frequency: every_day}")
    (message,) = [each.message for each in run_checks(folder, TODAY).found]
    assert "frequency isn't asked" in message


def test_an_example_that_is_wrong_says_what_the_rule_asks_for(folder: Path) -> None:
    change(folder, HOME, "fires: {home: none}", "fires: {home: steady}")
    (message,) = [each.message for each in run_checks(folder, TODAY).found]
    assert "the rule asks that home is at most unsafe; here home is steady" in message


def test_a_quiet_example_that_fires_says_why_and_what_can_be_done(folder: Path) -> None:
    old = "quiet: {substances: [alcohol], severity: severe, home: steady}\n  - id: risky"
    change(folder, HOME, old, old.replace("steady", "none", 1))
    result = run_checks(folder, TODAY)
    (message,) = [each.message for each in result.found]
    assert message == (
        "severe-without-a-home fires for these answers: all that it asks for holds:"
        " severity is severe; home is none."
        " Change one of these in the example, or narrow the rule"
    )
    line, _ = place(result, "example-wrong")
    assert line.startswith("quiet:")


def test_people_without_a_path_are_one_finding_at_the_gate_that_took_it(folder: Path) -> None:
    change(folder, HOME, "when: {severity: risky, home: steady}", "when: {home: none}")
    change(folder, HOME, "fires: {substances: [alcohol], severity: risky, home: steady}",
           "fires: {home: none}")  # fmt: skip
    change(folder, HOME, "set_aside: [stay]", "set_aside: [stay, talks, groups]")
    result = run_checks(folder, TODAY)
    (finding,) = [each for each in result.found if each.code == "no-path-left"]
    line, _ = place(result, "no-path-left")
    assert line == "set_aside: [stay, talks, groups]"
    case = folder / "cases" / "nowhere-to-sleep.yaml"
    assert finding.message == (
        f"this gate leaves no path for the person in {case}:"
        " risky-is-less (sets aside stay, talks, groups)."
        " Nor does risky-is-less leave one for 1 more"
    )


def test_an_open_answer_that_would_leave_no_path_is_found_before_anybody_gives_it(
    folder: Path,
) -> None:
    risky = "severity: risky, home: "
    change(folder, HOME, f"when: {{{risky}steady}}", f"when: {{{risky}unsafe}}")
    change(folder, HOME, f"fires: {{substances: [alcohol], {risky}steady}}",
           f"fires: {{{risky}unsafe}}")  # fmt: skip
    change(folder, HOME, "set_aside: [stay]", "set_aside: [stay, talks, groups]")
    case = folder / "cases" / "not-sure.yaml"
    (finding,) = [f for f in run_checks(folder, TODAY).found if f.code == "no-path-left"]
    assert f"the person in {case}, once severity is known to be risky" in finding.message


# --- what was meant -----------------------------------------------------------------------


def test_an_answer_of_a_question_in_another_file_is_told_with_where_it_stands(
    folder: Path,
) -> None:
    change(folder, HOME, "when: {severity: severe, home: none}", "when: {severity: sever}")
    (message,) = [each.message for each in run_checks(folder, TODAY).found]
    lines = (folder / NEEDS).read_text(encoding="utf-8").splitlines()
    line = lines.index("  - id: severity") + 1
    assert message.endswith(f"risky, mild, severe (severity is in factors/needs.yaml:{line})")


def test_an_answer_of_a_question_in_the_same_file_is_told_without_the_place(folder: Path) -> None:
    change(folder, HOME, "when: {home: steady}", "when: {home: stedy}")
    (message,) = [each.message for each in run_checks(folder, TODAY).found]
    assert message.endswith("Expected one of: none, unsafe, steady")


@pytest.mark.parametrize("test", ["{includes: opiods}", "{includes_any: [opiods]}"])
def test_what_an_answer_can_never_include_is_not_offered(folder: Path, test: str) -> None:
    change(folder, NEEDS, "{includes: opioids}", test)
    (message,) = [each.message for each in run_checks(folder, TODAY).found]
    assert message.endswith("Expected one of: alcohol, opioids, cannabis")


# --- comments that allow a finding --------------------------------------------------------

ALLOW = "# pathfinder: allow avoided-word because it is the title of a book"
TITLE = "because: The book is called Addicts."


@pytest.mark.parametrize(
    "text",
    [
        f"    {ALLOW}\n    {TITLE}\n",
        f"    {TITLE}  {ALLOW}\n",
        f"    {ALLOW}\n    # another remark\n\n    {TITLE}\n",
        f"    {ALLOW}\n    because:\n      The book is called Addicts.\n",
        f"    because:\n      {ALLOW}\n      The book is called Addicts.\n",
        f"    because: >-  {ALLOW}\n      The book is called Addicts.\n",
        f"    {ALLOW}\n    because: |\n      The book is called Addicts.\n",
    ],
)
def test_a_comment_with_a_reason_allows_one_finding(folder: Path, text: str) -> None:
    change(folder, HOME, UNSAFE, text)
    result = run_checks(folder, TODAY)
    assert [str(each) for each in result.found] == []
    assert result.silenced == 1


def test_a_comment_allows_one_finding_and_not_the_next(folder: Path) -> None:
    change(folder, HOME, UNSAFE, f"    {ALLOW}\n    because: An addict tells of addicts.\n")
    assert found(folder) == ["avoided-word"]


def test_a_comment_allows_nothing_on_another_line(folder: Path) -> None:
    change(folder, HOME, UNSAFE, f"    {ALLOW}\n{UNSAFE}    judgement: For an addict.\n")
    change(
        folder,
        HOME,
        "    sources: [{id: book, section: Home}]\n    fires: {home",
        "    fires: {home",
    )
    assert sorted(found(folder)) == ["allow-nothing", "avoided-word"]


@pytest.mark.parametrize(
    "comment",
    [
        "# pathfinder: allow avoided-word",
        "# pathfinder: allow avoided-word because",
        "# pathfinder: allow avoided-word because …",
        "# pathfinder: allow",
        "# pathfinder: allow avoided-wrd because it is a title",
        "# Pathfinder: please allow avoided-word",
    ],
)
def test_a_comment_without_a_reason_allows_nothing_and_is_found(folder: Path, comment: str) -> None:
    change(folder, HOME, UNSAFE, f"    {comment}\n    {TITLE}\n")
    assert sorted(found(folder)) == ["allow-without-reason", "avoided-word"]


@pytest.mark.parametrize(
    "text",
    [
        f'    because: "Say {ALLOW}"\n',
        f"    because: 'Say {ALLOW}'\n",
        f"    because: |\n      Say this.\n      {ALLOW}\n",
        f'    because: "Say this.\n      {ALLOW}"\n',
    ],
)
def test_a_text_that_only_looks_like_a_comment_is_none(folder: Path, text: str) -> None:
    change(folder, HOME, UNSAFE, text)
    assert not {"allow-nothing", "allow-without-reason"} & set(found(folder))


def test_what_keeps_rules_from_being_read_can_not_be_allowed(folder: Path) -> None:
    comment = "# pathfinder: allow unknown-answer because we want it so"
    change(folder, HOME, "    when: {home: {at_most", f"    {comment}\n    when: {{home: {{at_most")
    change(folder, HOME, "at_most: unsafe", "at_most: unsaef")
    result = run_checks(folder, TODAY)
    assert [each.code for each in result.found] == ["allow-nothing", "unknown-answer"]
    assert "can't be allowed" in result.found[0].message


def test_a_comment_about_a_check_that_has_to_wait_is_not_called_needless(folder: Path) -> None:
    comment = "  # pathfinder: allow rule-without-case because nobody is like this\n"
    change(folder, HOME, "  - id: steady-home", f"{comment}  - id: steady-home")
    change(folder, HOME, "set_aside: [stay]", "set_aside: [stai]")
    assert found(folder) == ["unknown-path"]


@pytest.mark.slow
def test_the_rules_that_come_with_pathfinder_have_no_error() -> None:
    from pathfinder.loader.rule_files import built_in

    result = run_checks(built_in(), TODAY)
    assert [each for each in result.found if each.severity is Severity.ERROR] == []


def test_the_work_of_check_does_not_grow_with_the_square_of_the_rules(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Conditions are tried one by one: all rules made ready for each would be n times n."""
    made: list[int] = []
    begin = ready.ReadyRules.__init__

    def counted(self: ready.ReadyRules, rules: RuleSet) -> None:
        made.append(len(rules.every_rule))
        begin(self, rules)

    monkeypatch.setattr(ready.ReadyRules, "__init__", counted)
    run_checks(folder, TODAY)
    assert len(made) > 5, "no condition was tried"
    assert len([each for each in made if each]) <= 2
