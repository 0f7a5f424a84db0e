"""`pathfinder rules graph`: the picture says what the rules say, no more and no less.

A picture with few arrows shares boxes. So the arrows are taken apart again here, and
held against the rules themselves.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import tiny
from command import Run

from pathfinder.engine.conditions import Leaf, NoneOf, in_words, questions_in
from pathfinder.engine.rules import Rule
from pathfinder.engine.ruleset import Factor, RuleSet
from pathfinder.loader.load import load_rules
from pathfinder.ruletools.author.graph import graph_of, mermaid, outline

ROOT = Path(__file__).parents[1]
SIGNS = {"quot": '"', "lt": "<", "gt": ">", "amp": "&"}

Arrow = tuple[str, str, str]
"""Where from, where to, and what is written on it."""


def plain(text: str) -> str:
    """A text of the picture as a reader sees it."""
    return re.sub(r"#(\w+);", lambda m: SIGNS.get(m[1]) or html.unescape(f"&#{m[1]};"), text)


def arrows(picture: str) -> dict[str, set[Arrow]]:
    """Frame -> its arrows, one for each line of each box."""
    found: dict[str, set[Arrow]] = {}
    boxes: dict[str, list[str]] = {}
    frame = ""
    for line in picture.splitlines():
        if titled := re.fullmatch(r'  subgraph \w+\["([^"]*)"\]', line):
            frame = plain(titled[1])
            found[frame] = set()
        elif box := re.fullmatch(r'    (\w+)\["([^"]*)"\]', line):
            assert box[1] not in boxes
            boxes[box[1]] = [plain(part) for part in box[2].split("<br>")]
        elif arrow := re.fullmatch(r'    (\w+) -->(?:\|"([^"]*)"\|)? (\w+)', line):
            start, label, end = arrow[1], plain(arrow[2] or ""), arrow[3]
            found[frame] |= {(a, b, label) for a in boxes[start] for b in boxes[end]}
    return found


def fed_by(rules: RuleSet, rule: Rule) -> set[str]:
    """The titles of the factors whose questions the rule reads."""
    titles = {factor.id: factor.title for factor in rules.factors}
    questions = questions_in(rule.when, rule.unless)
    return {titles[rules.question_by_id[question].factor] for question in questions}


@pytest.fixture(scope="module")
def picture(rules: RuleSet) -> dict[str, set[Arrow]]:
    return arrows(mermaid(graph_of(rules)))


# --- the picture --------------------------------------------------------------------


def test_every_question_that_hangs_on_another_stands_behind_it(
    rules: RuleSet, picture: dict[str, set[Arrow]]
) -> None:
    place = {question.id: n for n, question in enumerate(rules.questions, start=1)}
    wanted = {
        (f"{place[other]} {other}", f"{place[question.id]} {question.id}", in_words(asked))
        for question in rules.questions
        if (asked := question.ask_when) is not None
        for other in questions_in(asked)
    }
    assert wanted
    assert picture["Which question leads where"] == {
        *wanted,
        ("1 age_group", "the quiz ends", "under_18"),
    }


def test_every_gate_stands_behind_the_factors_that_it_reads(
    rules: RuleSet, picture: dict[str, set[Arrow]]
) -> None:
    found = {(start, end.split(":")[0]) for start, end, _ in picture["Gates: what is safe"]}
    assert found == {(title, gate.id) for gate in rules.gates for title in fed_by(rules, gate)}


def test_a_gate_says_what_it_does(picture: dict[str, set[Arrow]]) -> None:
    said = dict(end.split(": ") for _, end, _ in picture["Gates: what is safe"])
    assert said["severe-use-without-a-safe-home"] == "at least residential"
    assert said["continuing-care-comes-after"] == "sets aside continuing-care"
    assert said["programs-you-go-home-from"] == "sets aside 4 paths"


def test_every_alert_first_step_and_support_stands_behind_its_factors(
    rules: RuleSet, picture: dict[str, set[Arrow]]
) -> None:
    urgent = {
        *((title, rule.alert, "") for rule in rules.alert_rules for title in fed_by(rules, rule)),
        *((title, rule.first, "") for rule in rules.first_rules for title in fed_by(rules, rule)),
    }
    assert picture["Alerts and first steps"] == urgent
    assert picture["Supports to add"] == {
        (title, rule.support, "") for rule in rules.support_rules for title in fed_by(rules, rule)
    }


def test_every_path_stands_behind_the_factors_that_give_or_take_points(
    rules: RuleSet, picture: dict[str, set[Arrow]]
) -> None:
    titles = {factor.id: factor.title for factor in rules.factors}
    assert picture["Points: which paths fit better"] == {
        (titles[table.factor], path, "")
        for table in rules.reasons
        for row in table.rows.values()
        for argument in row.arguments
        for path in argument.paths
    }


def test_the_picture_is_no_tangle(rules: RuleSet) -> None:
    drawn = mermaid(graph_of(rules))
    assert drawn.count(" --> ") + drawn.count(" -->|") < 70
    assert len(drawn.splitlines()) < 150


HOSTILE = 'a "b" [c] <d> #quot; &amp; `e` \\n (f) | g'


def test_signs_that_mermaid_reads_are_shown_as_signs(rules: RuleSet) -> None:
    titled = rules._replace(
        factors=tuple(Factor(each.id, f"{HOSTILE} {each.id}") for each in rules.factors)
    )
    drawn = mermaid(graph_of(titled))
    for line in drawn.splitlines()[1:]:
        for label in re.findall(r'"([^"]*)"', line):
            assert not re.search(r"[<>&`\\]", label.replace("<br>", "")), line
    starts = {start for start, _, _ in arrows(drawn)["Supports to add"]}
    assert f"{HOSTILE} cost" in starts


def test_a_part_without_anything_in_it_is_left_out(tmp_path: Path) -> None:
    tiny.write(tmp_path)
    drawn = mermaid(graph_of(load_rules(tmp_path)._replace(support_rules=())))
    assert "Supports to add" not in drawn
    assert "part4" in drawn
    assert "part5" not in drawn


@pytest.mark.slow
def test_the_picture_in_the_readme_is_what_the_program_draws(pathfinder: Run) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(
        r"<!-- graph -->.*?```mermaid\n(.*?)```.*?<!-- end -->", readme, re.DOTALL
    )
    assert shown == pathfinder("rules", "graph").out


# --- the outline ---------------------------------------------------------------------


def test_the_outline_names_every_question_and_every_rule(rules: RuleSet) -> None:
    lines = outline(graph_of(rules)).splitlines()
    for place, question in enumerate(rules.questions, start=1):
        assert any(line.startswith(f"  {place} {question.id}") for line in lines)
    everything = (
        *rules.alert_rules, *rules.first_rules, *rules.gates, *rules.support_rules,
        *rules.note_rules, *rules.move_rules, *rules.barriers,
    )  # fmt: skip
    for rule in everything:
        named = [line for line in lines if re.match(rf"      {rule.id}(:|$)", line)]
        # Once in its own file, and once under each other factor that it reads.
        titles = {factor.id: factor.title for factor in rules.factors}
        assert len(named) == 1 + len(fed_by(rules, rule) - {titles[rule.factor]}), rule.id
    for table in rules.reasons:
        assert f"    Points by {table.question} ({table.id})" in lines


def test_the_outline_tells_how_one_question_leads_to_another(rules: RuleSet) -> None:
    text = outline(graph_of(rules))
    assert re.search(r"  \d+ medication, asked when substances includes", text)
    assert re.search(r"  \d+ severity, asked when substances is not none\n    leads to: ", text)
    assert "  1 age_group\n    under_18: the quiz ends\n" in text


def test_the_outline_needs_no_eye_for_boxes(rules: RuleSet) -> None:
    for line in outline(graph_of(rules)).splitlines():
        assert re.fullmatch(r"( {2})*[\w,.:()' -]*", line), line


# --- conditions in words ------------------------------------------------------------


def leaf(op: str, *names: str) -> Leaf:
    return Leaf("home", op, names, frozenset(names))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (leaf("is", "none", "unsafe"), "home is none or unsafe"),
        (leaf("at_most", "unsafe"), "home is at most unsafe"),
        (leaf("answered", "false"), "home is not known"),
        (leaf("answered", "true"), "home is known"),
        (NoneOf((leaf("is", "none"),)), "home is not none"),
        (NoneOf((leaf("at_least", "unsafe"),)), "not (home is at least unsafe)"),
        (NoneOf((leaf("is", "a"), leaf("is", "b"))), "none of: home is a, home is b"),
    ],
)
def test_a_condition_can_be_read_aloud(condition: Leaf | NoneOf, words: str) -> None:
    assert in_words(condition) == words


def test_parts_within_parts_stand_in_brackets(rules: RuleSet) -> None:
    rule = next(rule for rule in rules.first_rules if rule.id == "start-opioid-medication")
    assert in_words(rule.when) == (
        "substances includes an answer that has opioid and "
        "(severity is at least moderate or severity is not known)"
    )


# --- the command --------------------------------------------------------------------


def test_the_command_draws_unless_it_is_asked_for_text(pathfinder: Run, rules: RuleSet) -> None:
    assert pathfinder("rules", "graph").out == mermaid(graph_of(rules))
    assert pathfinder("rules", "graph", "--format", "text").out == outline(graph_of(rules))


def test_the_command_reads_another_rule_set(pathfinder: Run, tmp_path: Path) -> None:
    tiny.write(tmp_path)
    assert "severe-without-a-home" in pathfinder("rules", "graph", str(tmp_path)).out


def test_a_form_that_is_not_there_is_named(pathfinder: Run) -> None:
    ran = pathfinder("rules", "graph", "--format", "mermade")
    assert (ran.code, ran.out) == (2, "")
    assert 'Did you mean "mermaid"?' in ran.err
