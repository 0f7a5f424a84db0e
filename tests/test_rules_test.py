"""`pathfinder rules test`: reading cases, judging them, examples, coverage, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tiny
from command import Run

from pathfinder import load_rules
from pathfinder.engine.conditions import Condition, NoneOf
from pathfinder.engine.flow import view_of
from pathfinder.engine.rules import Gate
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import Problem, RulesError
from pathfinder.loader.conditions import condition
from pathfinder.loader.fields import Reader
from pathfinder.loader.ids_and_answers import gather, shape_of
from pathfinder.loader.rule_files import built_in
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.ruletools.cases.case_file import read_case, read_cases
from pathfinder.ruletools.cases.examples import Safety, examples_of, no_path, try_examples
from pathfinder.ruletools.cases.judge import NOT_KNOWN, Reached, judge, run_trials
from pathfinder.ruletools.cases.report import lines

CASE = """\
story: A man with nowhere to stay drinks.
answers:
  substances: [alcohol]
  severity: severe
  home: none
expect:
  safe_level: residential
  first: [safe-place]
  first_path: stay
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny rule set with one case that holds."""
    return tiny.write(tmp_path, {"cases/nowhere-to-stay.yaml": CASE})


@pytest.fixture
def small(folder: Path) -> RuleSet:
    return load_rules(folder)


def problems(rules: RuleSet, text: str) -> list[Problem]:
    found: list[Problem] = []
    read_case(rules, text.encode(), "a.yaml", found)
    return found


def missed(rules: RuleSet, expect: str) -> dict[str, tuple[str, ...]]:
    """What came out instead, by key, for the person of CASE."""
    text = CASE.partition("expect:")[0] + f"expect: {{{expect}}}\n"
    found: list[Problem] = []
    case = read_case(rules, text.encode(), "a.yaml", found)
    assert case is not None, found
    return {miss.expected.key: miss.got for miss in judge(rules, case).missed}


# --- reading ----------------------------------------------------------------------


def test_a_case_is_read_with_its_story_answers_and_expectations(small: RuleSet) -> None:
    found: list[Problem] = []
    case = read_case(small, CASE.encode(), "x/nowhere-to-stay.yaml", found)
    assert case is not None
    assert case.id == "nowhere-to-stay"
    assert case.answers["substances"] == ("alcohol",)
    assert [(each.key, each.names) for each in case.expect] == [
        ("safe_level", ("residential",)),
        ("first", ("safe-place",)),
        ("first_path", ("stay",)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "code", "said"),
    [
        ("story:", "tale:", "1:1", "unknown-key", 'unknown key "tale" of a case'),
        ("first_path", "frist_path", "9:3", "unknown-key", 'did you mean "first_path"?'),
        ("path: stay", "path: sty", "9:15", "unknown-path", 'did you mean "stay"?'),
        ("home: none", "home: non", "5:9", "unknown-answer", 'did you mean "none"?'),
        ("home: none", "hoem: none", "5:3", "unknown-question", 'did you mean "home"?'),
        ("level: residential", "level: [residential]", "7:15", "wrong-type", "expected text"),
        ("first: [safe-place]", "first: safe-place", "8:10", "wrong-type", "a list of names"),
        ("first: [safe-place]", "hold: perhaps", "8:9", "wrong-type", "true or false"),
        ("first_path: stay", "first: []", "9:3", "duplicate-key", "appears twice"),
    ],
)
def test_a_slip_in_a_case_is_told_at_its_place(
    small: RuleSet, old: str, new: str, place: str, code: str, said: str
) -> None:
    found = problems(small, CASE.replace(old, new, 1))
    assert (f"{found[0].line}:{found[0].column}", found[0].code) == (place, code)
    assert said in found[0].message


def test_a_case_that_expects_nothing_is_refused(small: RuleSet) -> None:
    text = CASE.partition("expect:")[0]
    assert [each.code for each in problems(small, text + "expect: {}\n")] == ["empty-mapping"]
    assert [each.code for each in problems(small, text)] == ["missing-key"]


def test_every_slip_of_every_case_is_told_in_one_run(small: RuleSet, folder: Path) -> None:
    tiny.change(folder, "cases/nowhere-to-stay.yaml", "home: none", "home: non")
    (folder / "cases" / "b.yml").write_text(CASE)
    (folder / "cases" / "a.yaml").write_text("story: [")
    (folder / "cases" / ".#a.yaml").write_text("left behind by an editor")
    with pytest.raises(RulesError) as error:
        read_cases(small, folder)
    codes = {Path(each.file).name: each.code for each in error.value.problems}
    assert codes == {
        "a.yaml": "syntax",
        "b.yml": "unexpected-file",
        "nowhere-to-stay.yaml": "unknown-answer",
    }


def test_a_rule_set_without_cases_has_none(small: RuleSet, tmp_path: Path) -> None:
    assert read_cases(small, tmp_path / "elsewhere") == ()


# --- judging ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "expect",
    [
        "scope: adult",
        "hold: false",
        "alerts: []",
        "first_rules: [no-safe-home]",
        "not_first_rules: []",
        "first_path: [talks, stay]",
        "about_equal: [stay]",
        "ranked: [stay]",
        "not_ranked: [groups, talks]",
        "alongside: []",
        "not_supports: [online]",
        "notes: [not-a-diagnosis]",
        "to_check: []",
        "not_to_check: [severe-without-a-home]",
        "barriers: [home]",
        "helps: []",
        "compromise: nothing",
    ],
)
def test_what_comes_out_meets_what_was_expected(small: RuleSet, expect: str) -> None:
    assert missed(small, expect) == {}


@pytest.mark.parametrize(
    ("expect", "got"),
    [
        ("scope: under_18", ("adult",)),
        ("hold: true", ("false",)),
        ("safe_level: nothing", ("residential",)),
        ("alerts: [call-emergency]", ()),
        ("alert_rules: [opioids-alert]", ()),
        ("first: []", ("safe-place",)),
        ("not_first_rules: [no-safe-home]", ("no-safe-home",)),
        ("first_path: [talks, groups]", ("stay",)),
        ("ranked: [stay, talks]", ("stay",)),
        ("not_ranked: [talks, stay]", ("stay",)),
        ("supports: [online]", ()),
        ("notes: [a-note]", ("not-a-diagnosis", "get-an-assessment", "who-reviewed-this",
                             "who-wrote-the-sources")),
        ("to_check_effects: [gate]", ()),
        ("barriers: []", ("home",)),
        ("helps: [online]", ()),
        ("compromise: talks", ("nothing",)),
    ],
)  # fmt: skip
def test_what_comes_out_otherwise_is_told(
    small: RuleSet, expect: str, got: tuple[str, ...]
) -> None:
    assert missed(small, expect) == {expect.partition(":")[0]: got}


def test_who_gets_no_path_at_all_has_none_of_those_expected(small: RuleSet) -> None:
    text = "story: A boy.\nanswers: {age_group: under_18}\nexpect: {first_path: [talks, stay]}\n"
    case = read_case(small, text.encode(), "a.yaml", [])
    assert case is not None
    assert [(miss.expected.key, miss.got) for miss in judge(small, case).missed] == [
        ("first_path", ())
    ]


def test_a_case_for_whom_the_rules_leave_no_path_fails_and_says_which_gates(
    small: RuleSet, folder: Path
) -> None:
    closing = small.gates[1]._replace(when=NoneOf(()), unless=None, set_aside=("stay",))
    broken = small._replace(gates=(small.gates[0], closing))
    (person,) = [judge(broken, case) for case in read_cases(small, folder)]
    assert not person.holds
    assert person.broken == (
        "these gates together leave no path for this person: severe-without-a-home"
        " (asks for at least residential), risky-is-less (sets aside stay)"
    )


def test_a_gate_that_takes_no_part_in_leaving_no_path_is_not_named(
    small: RuleSet, folder: Path
) -> None:
    level, aside = small.gates
    always = {"when": NoneOf(()), "unless": None}
    every = tuple(small.path_by_id)
    gates = (
        aside._replace(**always, id="a", set_aside=("groups",)),
        aside._replace(**always, id="all-of-them", set_aside=every),
        level._replace(**always, id="low", at_least="outpatient"),
    )
    (case,) = read_cases(small, folder)
    found = no_path(small._replace(gates=gates), view_of(small, case.answers))
    assert found is not None
    assert ([gate.id for gate in found.gates], found.last.id) == (["all-of-them"], "all-of-them")
    assert no_path(small, view_of(small, case.answers)) is None


def test_the_gate_to_look_at_is_one_without_which_a_path_is_left(
    small: RuleSet, folder: Path
) -> None:
    level, aside = small.gates
    always = {"when": NoneOf(()), "unless": None}
    gates = (
        aside._replace(**always, id="put-there-now", set_aside=("stay",)),
        level._replace(**always, id="old", at_least="residential"),
        level._replace(**always, id="just-as-old", at_least="residential"),
    )
    (case,) = read_cases(small, folder)
    found = no_path(small._replace(gates=gates), view_of(small, case.answers))
    assert found is not None
    assert [gate.id for gate in found.gates] == ["put-there-now", "just-as-old"]
    assert found.last.id == "put-there-now"


# --- examples ---------------------------------------------------------------------


def test_an_example_fails_when_its_rule_is_turned_around(small: RuleSet) -> None:
    rule = small.first_rules[0]
    turned = small._replace(first_rules=(rule._replace(when=NoneOf((rule.when,))),))
    failed = [(each.rule, each.kind) for each in try_examples(turned) if not each.holds]
    assert failed == [("no-safe-home", "fires"), ("no-safe-home", "quiet")]


def test_an_example_that_hangs_on_an_unknown_answer_does_not_fire(small: RuleSet) -> None:
    rule = small.first_rules[0]._replace(fires={"severity": "mild"})
    example = try_examples(small._replace(first_rules=(rule,)))[2]
    assert (example.holds, example.truth, example.open) == (False, None, ("home",))


# --- why an example came out as it did ----------------------------------------------


def why(rules: RuleSet, rule: Safety) -> list[str]:
    """The reasons of the examples of this rule that don't hold."""
    return [each.why for each in examples_of(rules, rule) if not each.holds]


def gate(rules: RuleSet, when: str, unless: str = "") -> Gate:
    """A gate with this condition, as it is written in a file."""
    made = [condition_of(rules, text) if text else None for text in (when, unless)]
    return rules.gates[0]._replace(when=made[0], unless=made[1], fires=None, quiet=None)


def condition_of(rules: RuleSet, text: str) -> Condition:
    found: list[Problem] = []
    node, _ = read_yaml(text.encode(), "a.yaml")
    shapes = {each.id: shape_of(each.kind, each.answers) for each in rules.questions}
    names = gather({})._replace(shapes=shapes)
    read = condition(Reader("a.yaml", found), node, names)
    assert not found
    return read


QUIETS = [
    (
        "{substances: {includes_any: [alcohol, opioids]}, home: [none, unsafe], "
        "severity: {at_least: mild}}",
        {"substances": ("alcohol", "cannabis"), "home": "unsafe", "severity": "severe"},
        "substances includes alcohol; home is unsafe, one of none, unsafe; "
        "severity is severe, at least mild. Change one of these",
    ),
    ("{substances: cannabis}", {"substances": ("cannabis",)},
     "substances is cannabis and nothing else. Change this"),
    ("{home: {answered: false}}", {}, "home is not known. Change this"),
    ("{none: [{home: steady}], home: none}", {"home": "none"},
     "home is not steady; home is none. Change one of these"),
    ("{any: [{home: unsafe}, {severity: severe}]}", {"home": "unsafe", "severity": "mild"},
     "home is unsafe. Change this"),
    ("{any: [{home: unsafe}, {severity: mild}]}", {"home": "unsafe", "severity": "mild"},
     "home is unsafe, or severity is mild (each is enough). Change this"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "answers", "said"), QUIETS)
def test_a_quiet_example_that_fires_is_told_with_every_answer_that_makes_it(
    small: RuleSet, when: str, answers: dict[str, object], said: str
) -> None:
    (found,) = why(small, gate(small, when)._replace(quiet=answers))
    assert found == f"all that it asks for holds: {said} in the example, or narrow the rule"


def test_an_exception_that_does_not_hold_is_among_the_reasons(small: RuleSet) -> None:
    rule = gate(small, "{home: none}", "{substances: {includes: opioids}}")
    (found,) = why(small, rule._replace(quiet={"home": "none"}))
    assert "its exception (unless substances includes opioids) isn't known to hold" in found


def test_an_exception_that_holds_is_the_reason_for_staying_quiet(small: RuleSet) -> None:
    rule = gate(small, "{home: none}", "{substances: {includes: opioids}}")
    (found,) = why(small, rule._replace(fires={"home": "none", "substances": ("opioids",)}))
    assert found == "its exception (unless) holds: substances includes opioids"


FIRES = [
    ("{substances: {includes: opioids}}", {"substances": ("alcohol", "cannabis")},
     "the rule asks that substances includes opioids; here substances is alcohol, cannabis"),
    ("{substances: alcohol}", {"substances": ("alcohol", "cannabis")},
     "the rule asks that substances is alcohol and nothing else; "
     "here substances is alcohol, cannabis"),
    ("{any: [{home: none}, {severity: severe}]}", {"home": "steady", "severity": "mild"},
     "the rule asks that home is none or severity is severe; "
     "here home is steady, severity is mild"),
    ("{severity: severe}", {"substances": ("none",)},
     "severity isn't asked then; its ask_when asks that substances is not none"),
    ("{home: none}", {"substances": ("alcohol",)}, "not known here: home; add the answer"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "answers", "said"), FIRES)
def test_a_fires_example_that_stays_quiet_is_told_with_what_the_rule_asks_for(
    small: RuleSet, when: str, answers: dict[str, object], said: str
) -> None:
    assert why(small, gate(small, when)._replace(fires=answers)) == [said]


def test_an_answer_that_the_example_does_not_give_is_told_with_where_it_comes_from(
    small: RuleSet,
) -> None:
    rule = gate(small, "{severity: {at_least: mild}}")
    read, corrected, counted = (
        why(small, rule._replace(quiet=answers))[0]
        for answers in (
            {"substances": ("alcohol",)},
            {"severity": "risky", "home": "none"},
            {"severity_signs": ("cravings",), "home": "steady"},
        )
    )
    assert "severity is read as mild (by severity-unknown), at least mild" in read
    assert "severity is read as severe (by severity-corrected), at least mild" in corrected
    assert "severity is mild (counted from severity_signs), at least mild" in counted


def test_a_gate_that_a_doubted_answer_leaves_open_names_what_it_hangs_on(small: RuleSet) -> None:
    rule = gate(small, "{severity: severe}")._replace(fires={"severity": "risky"})
    (example,) = examples_of(small, rule)
    assert (example.truth, example.open) == (None, ("home",))


# --- coverage ---------------------------------------------------------------------


def test_what_no_person_reaches_is_named(small: RuleSet, folder: Path) -> None:
    reached = {each.kind: each for each in run_trials(small, read_cases(small, folder)).reached}
    assert "online-for-adults" in reached["rules"].missing
    assert "severe-without-a-home" not in reached["rules"].missing
    assert "home: steady" in reached["answers"].missing
    assert {"home: none", f"age_group: {NOT_KNOWN}"} <= reached["answers"].reached
    assert reached["first paths"].missing == ("groups", "talks")


def test_an_answer_to_a_question_that_does_not_apply_reaches_nothing(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(
        folder, "cases/nowhere-to-stay.yaml", "home:", "severity_signs: [cravings]\n  home:"
    )
    reached = {each.kind: each for each in run_trials(small, read_cases(small, folder)).reached}
    assert "severity_signs: cravings" in reached["answers"].missing


def test_a_person_out_of_scope_reaches_alerts_and_no_other_rule(
    small: RuleSet, folder: Path
) -> None:
    substances = "substances: [alcohol]"
    young = "age_group: under_18\n  substances: [opioids]"
    tiny.change(folder, "cases/nowhere-to-stay.yaml", substances, young)
    reached = {each.kind: each for each in run_trials(small, read_cases(small, folder)).reached}
    assert reached["rules"].reached == {"opioids-alert"}


def test_a_kind_of_which_there_are_none_is_reached_in_full() -> None:
    assert Reached("rules", (), frozenset()).percent == 100


# --- the command ------------------------------------------------------------------


@pytest.mark.slow
def test_the_built_in_examples_and_people_hold_and_reach_everything(pathfinder: Run) -> None:
    ran = pathfinder("rules", "test")
    assert (ran.code, ran.err) == (0, "")
    people = len(list((built_in() / "cases").glob("*.yaml")))
    assert f"People in cases: {people} tried, all hold." in ran.out


def test_a_person_who_comes_out_otherwise_is_told_with_the_reasons(
    pathfinder: Run, folder: Path
) -> None:
    tiny.change(folder, "cases/nowhere-to-stay.yaml", "first_path: stay", "first_path: talks")
    ran = pathfinder("rules", "test", str(folder))
    assert ran.code == 1
    assert "nowhere-to-stay.yaml:9:15: first_path came out otherwise" in ran.out
    assert "  Expected: talks\n  Got: stay\n" in ran.out
    assert "Safe level: residential, asked for by severe-without-a-home" in ran.out
    assert "Set aside: talks, by severe-without-a-home" in ran.out
    assert "People in cases: 1 tried, 1 fail." in ran.out


def test_an_example_that_comes_out_wrong_is_told_with_its_rule(
    pathfinder: Run, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "fires: {home: none}", "fires: {home: steady}")
    ran = pathfinder("rules", "test", str(folder))
    assert ran.code == 1
    told = f"{folder}/factors/home.yaml, first, no-safe-home: fires\n  Answers: home: steady"
    assert told in ran.out
    assert f"\nThe lines of these examples: pathfinder rules check {folder}\n" in ran.out
    assert "  Expected: the rule fires.\n  Got: it stays quiet.\n" in ran.out
    assert "  Why: the rule asks that home is at most unsafe; here home is steady.\n" in ran.out


def test_a_quiet_example_that_fires_is_told_with_the_reason(pathfinder: Run, folder: Path) -> None:
    tiny.change(folder, "factors/home.yaml", "quiet: {home: steady}", "quiet: {home: unsafe}")
    ran = pathfinder("rules", "test", str(folder))
    reason = "all that it asks for holds: home is unsafe, at most unsafe."
    assert f"  Got: it fires.\n  Why: {reason} Change this in the example, " in ran.out
    ran = pathfinder("rules", "test", str(folder), "--format", "json")
    (failed,) = json.loads(ran.out)["examples"]["failed"]
    assert failed["why"].startswith(reason)


def test_an_example_that_hangs_on_an_unknown_answer_names_it(pathfinder: Run, folder: Path) -> None:
    tiny.change(folder, "factors/home.yaml", "fires: {home: none}", "fires: {severity: mild}")
    ran = pathfinder("rules", "test", str(folder))
    assert "  Got: it hangs on what isn't known: home." in ran.out


def test_what_may_not_come_out_and_what_may_be_either_are_told_as_such(
    pathfinder: Run, folder: Path
) -> None:
    wrong = "first_path: [talks, groups]\n  not_ranked: [stay]"
    tiny.change(folder, "cases/nowhere-to-stay.yaml", "first_path: stay", wrong)
    out = pathfinder("rules", "test", str(folder)).out
    assert "  Expected: one of talks, groups\n  Got: stay\n" in out
    assert "  Expected: none of stay\n  Got: stay\n" in out


def test_a_person_without_a_path_is_told_with_the_gates_that_closed_them(
    pathfinder: Run, folder: Path
) -> None:
    every = "set_aside: [groups, talks, stay]"
    tiny.change(folder, "factors/home.yaml", "set_aside: [stay]", every)
    tiny.change(folder, "factors/home.yaml", "any: [{home: steady}", "any: [{home: none}")
    tiny.change(folder, "cases/nowhere-to-stay.yaml", "severity: severe", "severity_signs: [none]")
    tiny.change(
        folder, "factors/needs.yaml", "when: {severity: [risky, mild], home: none}",
        "when: {severity: [risky, mild], home: steady}",
    )  # fmt: skip
    ran = pathfinder("rules", "test", str(folder))
    assert ran.code == 1
    assert "no decision can be made for this person" in ran.out
    gates = "risky-is-less (sets aside groups, talks, stay)"
    assert f"  Got: this gate leaves no path for this person: {gates}\n" in ran.out


def test_a_person_out_of_scope_is_told_as_such(pathfinder: Run, folder: Path) -> None:
    answers = "age_group: under_18\n  substances:"
    tiny.change(folder, "cases/nowhere-to-stay.yaml", "substances:", answers)
    out = pathfinder("rules", "test", str(folder)).out
    assert "  Expected: residential\n  Got: nothing\n" in out
    assert "Out of scope: nothing else is worked out." in out


def test_what_no_person_reaches_fails_unless_less_is_said_to_be_enough(
    pathfinder: Run, folder: Path
) -> None:
    ran = pathfinder("rules", "test", str(folder))
    assert ran.code == 1
    assert "People in cases: 1 tried, all hold." in ran.out
    assert "Too few first paths: 33.3 %, below 100 %." in ran.out
    enough = ran.out.rstrip().rpartition(" ")[2]
    assert ran.out.endswith(f"or say that less is enough: --threshold {enough}\n")
    assert pathfinder("rules", "test", str(folder), "--threshold", enough).code == 0


def test_the_last_bit_is_never_rounded_up_to_all(small: RuleSet, folder: Path) -> None:
    trials = run_trials(small, read_cases(small, folder))
    names = tuple(str(number) for number in range(10_000))
    nearly = Reached("answers", names, frozenset(names[1:]))
    told = list(lines(small, trials._replace(reached=(nearly,)), folder, 100))
    assert "  answers: 9999 of 10000 (99 %)" in told
    assert "Too few answers: 99.9 %, below 100 %." in told


def test_the_trials_as_json(pathfinder: Run, folder: Path) -> None:
    tiny.change(folder, "cases/nowhere-to-stay.yaml", "first_path: stay", "first_path: talks")
    ran = pathfinder("rules", "test", "--rules", str(folder), "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["hold"]) == (1, False)
    (person,) = found["people"]["failed"]
    assert person["missed"] == [
        {"key": "first_path", "line": 9, "expected": ["talks"], "got": ["stay"]}
    ]
    assert any("Safe level: residential" in line for line in person["why"])


def test_a_slip_in_a_case_is_a_problem_of_the_rules(pathfinder: Run, folder: Path) -> None:
    tiny.change(folder, "cases/nowhere-to-stay.yaml", "home: none", "home: non")
    ran = pathfinder("rules", "test", str(folder))
    assert (ran.code, ran.out) == (1, "")
    found, closing = ran.err.splitlines()
    assert "nowhere-to-stay.yaml:5:9: unknown answer" in found
    assert found.endswith("(home is in factors/home.yaml)")
    assert closing == (
        "Nothing was tried: put these right first."
        f" pathfinder rules check {folder} shows the lines."
    )


def test_what_counts_as_a_rule_is_said(pathfinder: Run, folder: Path) -> None:
    out = pathfinder("rules", "test", str(folder), "--threshold", "99").out
    assert "  rules and readings: " in out
    assert "No person reaches these rules and readings:\n" in out
    assert "Too few rules and readings: " in out


@pytest.mark.parametrize("share", ["101", "-1", "nan", "x", ""])
def test_a_threshold_that_is_no_share_is_wrong_use(pathfinder: Run, share: str) -> None:
    ran = pathfinder("rules", "test", "--threshold", share)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f'--threshold: expected a number from 0 to 100; found "{share}".\n'


def test_a_rule_set_without_people_says_so(pathfinder: Run, folder: Path) -> None:
    (folder / "cases" / "nowhere-to-stay.yaml").unlink()
    ran = pathfinder("rules", "test", str(folder))
    assert ran.code == 1, "nothing was tried on anybody"
    assert "People in cases: there are none.\n" in ran.out
    assert pathfinder("rules", "test", str(folder), "--threshold", "0").code == 0
