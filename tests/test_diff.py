"""`pathfinder rules diff`: a whole crowd decided at once, compared, and told."""

from __future__ import annotations

import json
import random
import re
import shutil
from itertools import islice
from pathlib import Path

import pytest
import tiny
from command import Run
from diffs import told
from mutants import mutants

from pathfinder import load_rules
from pathfinder.engine.conditions import Leaf
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import part_ids
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.diff.compare import Difference, TwoRuleSets, compare
from pathfinder.ruletools.diff.outcomes import NO_PATH, OUT_OF_SCOPE, Outcomes, outcomes
from pathfinder.ruletools.diff.population import Asked, Crowd, alone, drawn, everyone, ways
from pathfinder.ruletools.diff.witnesses import parts_of, worked_people

HOME = Asked("home", False, ("none", "steady"))
THINGS = Asked("things", True, ("one", "two", "none"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "now")


@pytest.fixture
def small(tmp_path: Path) -> RuleSet:
    return load_rules(tiny.write(tmp_path / "before"))


def asked(rules: RuleSet) -> list[Asked]:
    return [Asked(each.id, each.kind == "many", each.answers) for each in rules.questions]


def parts_at(found: Outcomes, place: int) -> dict[str, set[str]]:
    return {
        part: {name for name, who in masks.items() if who >> place & 1}
        for part, masks in found._asdict().items()
    }


def same_as_decide(rules: RuleSet, crowd: Crowd) -> int:
    """Holds the outcomes to the engine, person by person; how many were in scope."""
    found = outcomes(rules, crowd)
    adults = 0
    for place in range(crowd.size):
        person = crowd.person(place)
        wanted = {part: set(names) for part, names in parts_of(rules, person).items()}
        assert parts_at(found, place) == wanted, person
        adults += wanted["first_path"] != {OUT_OF_SCOPE}
    return adults


# --- crowds -----------------------------------------------------------------------


def test_everyone_is_each_way_to_answer_once() -> None:
    crowd = everyone([HOME, THINGS])
    people = [crowd.person(place) for place in range(crowd.size)]
    assert crowd.size == ways([HOME, THINGS]) == 4 * 6
    assert len({str(person) for person in people}) == crowd.size
    assert {person["things"] for person in people} == {
        ("one",), ("two",), ("one", "two"), ("none",), "unsure", "skip",
    }  # fmt: skip


def test_the_same_seed_draws_the_same_crowd_and_another_draws_another() -> None:
    assert drawn([HOME, THINGS], 1000, 7) == drawn([HOME, THINGS], 1000, 7)
    assert drawn([HOME, THINGS], 1000, 7) != drawn([HOME, THINGS], 1000, 8)


def test_each_answer_is_drawn_as_often_as_the_next() -> None:
    gave = drawn([HOME, THINGS], 100_000, 1).gave
    assert {round(who.bit_count() / 100_000, 2) for who in gave["home"].values()} == {0.25}
    things = {answer: round(who.bit_count() / 100_000, 2) for answer, who in gave["things"].items()}
    assert things == {"one": 0.15, "two": 0.15, "none": 0.34, "unsure": 0.2, "skip": 0.2}


def test_nobody_gives_answers_that_exclude_each_other() -> None:
    gave = drawn([THINGS], 10_000, 1).gave["things"]
    some = gave["one"] | gave["two"]
    assert not some & (gave["none"] | gave["unsure"] | gave["skip"])
    assert (some | gave["none"] | gave["unsure"] | gave["skip"]).bit_count() == 10_000


# --- equal to the engine ------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.no_cover
def test_a_crowd_comes_out_as_each_of_its_people_would(rules: RuleSet) -> None:
    adults = same_as_decide(rules, drawn(asked(rules), 1500, 20261122))
    assert adults > 1000


@pytest.mark.slow
@pytest.mark.no_cover
def test_a_crowd_comes_out_as_its_people_would_under_broken_rules_too(rules: RuleSet) -> None:
    dice = random.Random(5)
    for mutant in dice.sample(list(mutants(rules)), 25):
        same_as_decide(mutant.rules, drawn(asked(rules), 40, dice.randrange(1000)))


@pytest.mark.slow
def test_each_way_to_answer_tiny_rules_comes_out_as_the_engine_says(small: RuleSet) -> None:
    same_as_decide(small, everyone(asked(small)))


def test_people_whom_the_gates_leave_no_path_are_told_apart(small: RuleSet) -> None:
    paths = tuple(small.path_by_id)
    closing = small.gates[1]._replace(when=Leaf("home", "is", ("none",), frozenset({"none"})))
    broken = small._replace(gates=(closing._replace(set_aside=paths),))
    assert parts_of(broken, {"home": "none"})["first_path"] == (NO_PATH,)
    found = outcomes(broken, alone(asked(broken), {"home": "none"}))
    assert found.first_path[NO_PATH] == 1
    assert parts_of(broken, {"home": "steady"})["first_path"] != (NO_PATH,)


def test_ties_go_to_the_lower_level_and_then_to_file_order(rules: RuleSet) -> None:
    level = rules._replace(reasons=())
    same_as_decide(level, drawn(asked(rules), 200, 3))


# --- comparing --------------------------------------------------------------------


def rows(difference: Difference, part: str) -> dict[tuple[str | None, str | None], int]:
    return {(row.old, row.new): row.sets for row in difference.rows if row.part == part}


def test_a_change_of_words_changes_nobody_and_needs_no_counting(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "You need a safe place.", "A safe place comes first.")
    tiny.change(folder, "supports.yaml", "text: Some words.", "text: Other words.")
    tiny.change(folder, "ruleset.yaml", "by: nobody", "by: somebody")
    found = compare(small, load_rules(folder))
    assert (found.same_rules, found.counted, found.any) == (True, None, 0)
    assert "no set of answers can come out otherwise" in told(found)


def test_where_each_way_to_answer_was_looked_at_the_count_is_whole(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "{home: {at_most: unsafe}}", "{home: none}")
    found = compare(small, load_rules(folder))
    assert found.counted is not None
    assert (found.counted.sets, found.counted.seed, found.counted.questions) == (5, None, ("home",))
    assert rows(found, "first") == {("safe-place", None): 1}
    assert rows(found, "told") == {("no-safe-home", None): 1}
    assert "Counted: all 5 ways to answer the questions that the change hangs on: home." in told(
        found
    )


def test_a_rule_that_does_the_same_in_other_words_changes_nobody_at_all(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "{home: {at_most: unsafe}}", "{home: [none, unsafe]}")
    found = compare(small, load_rules(folder))
    assert (found.same_rules, found.any) == (False, 0)
    assert "Nobody gets anything else" in told(found)


@pytest.mark.slow
def test_a_sample_without_a_difference_is_no_proof(rules: RuleSet) -> None:
    gate = next(each for each in rules.gates if each.id == "no-drinking-or-drug-use-named")
    rest = tuple(path for path in gate.set_aside if path != "continuing-care")
    changed = rules._replace(
        gates=tuple(each._replace(set_aside=rest) if each is gate else each for each in rules.gates)
    )
    found = compare(rules, changed, sample=100_000)
    assert (found.same_rules, found.any) == (False, 0)
    assert "100,000 answer sets of people in scope made up by chance (seed 1)." in told(found)
    assert "That is no proof that there is none" in told(found)


def test_people_who_differ_only_in_what_they_are_not_asked_count_once(
    small: RuleSet, folder: Path
) -> None:
    """severity_signs is asked only where severity isn't known."""
    tiny.change(folder, "factors/home.yaml", "{severity: {at_least: severe}", "{severity: mild")
    found = compare(small, load_rules(folder))
    assert found.counted is not None
    # age_group 4; substances: none with nothing asked but home, or 9 others with severity
    # known in 3 ways, or not known in 2 and then 6 ways to answer severity_signs; home 5.
    assert found.counted.sets == 4 * 5 * (1 + 9 * (3 + 2 * 6))


def test_a_change_of_weight_moves_the_first_path(small: RuleSet, folder: Path) -> None:
    needs, told = "factors/needs.yaml", "because: and people help there."
    tiny.change(folder, needs, f"[groups], weight: 2, {told}", f"[talks], weight: 2, {told}")
    found = compare(small, load_rules(folder))
    moved = rows(found, "first_path")
    assert set(moved) == {("groups", "talks")}
    assert found.touched["safe_level"] == found.touched["alerts"] == 0


def test_one_worked_person_shows_each_kind_of_change(small: RuleSet, folder: Path) -> None:
    tiny.change(folder, "factors/home.yaml", "at_least: residential", "at_least: outpatient")
    found = compare(small, load_rules(folder))
    people = worked_people(found, found.rows)
    kinds = {(row.part, row.old, row.new) for row in found.rows}
    assert set().union(*(person.shows for person in people)) >= kinds
    for person in people:
        assert person.before == parts_of(found.old, person.answers)
        assert person.after == parts_of(found.new, person.answers)
    first = people[0]
    assert {"severity", "home"} <= set(first.answers), "what the changed rule names is told"
    assert "age_group" not in first.answers, "what the change doesn't need is left out"


def test_a_question_that_only_one_of_them_asks_counts_as_left_out_for_the_other(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "ruleset.yaml", "order: [", "order: [sleep, ")
    tiny.change(
        folder,
        "factors/home.yaml",
        "questions:\n",
        "questions:\n  - {id: sleep, kind: one, ask: Do you sleep?, why: It matters., cue: Beds.,\n"
        "     answers: {well: Well, badly: Badly}}\n",
    )
    tiny.change(folder, "factors/home.yaml", "{home: {at_most: unsafe}}", "{sleep: badly}")
    found = compare(small, load_rules(folder))
    assert (found.only_old, found.only_new) == ((), ("sleep",))
    assert {("safe-place", None), (None, "safe-place")} == set(rows(found, "first"))
    assert "For the rules before, everybody has left it open." in told(found)
    back = compare(load_rules(folder), small)
    assert (back.only_old, back.only_new) == (("sleep",), ())


def test_an_answer_that_only_one_of_them_knows_counts_as_left_out_for_the_other(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "unsafe: Not safe", "unsafe: Not safe, tent: A tent")
    tiny.change(folder, "factors/home.yaml", "      unsafe: {", "      tent: {}\n      unsafe: {")
    found = compare(small, load_rules(folder))
    assert ("question", "home") in found.items.changed
    tents = [p for p in worked_people(found, found.rows) if p.answers.get("home") == "tent"]
    assert tents
    for person in tents:
        assert person.before == parts_of(small, {**person.answers, "home": "skip"})


def test_a_question_that_takes_several_answers_now_is_compared_by_single_ones(
    small: RuleSet,
) -> None:
    old = {
        "severity_signs": small.question_by_id["severity_signs"]._replace(kind="one"),
        "severity": small.question_by_id["severity"]._replace(derived=None),
    }
    before = small._replace(
        questions=tuple(old.get(each.id, each) for each in small.questions),
        question_by_id={**small.question_by_id, **old},
    )
    found = compare(before, small)
    assert found.rows
    assert all(isinstance(row.person["severity_signs"], str) for row in found.rows)
    assert "For the rules before, who gives several answers has left the question open." in told(
        found
    )
    for person in worked_people(found, found.rows):
        assert person.before == parts_of(before, person.answers)


def test_rows_are_counted_over_the_same_crowd(rules: RuleSet) -> None:
    gate = next(each for each in rules.gates if each.id == "severe-use-within-days")
    changed = rules._replace(gates=tuple(each for each in rules.gates if each is not gate))
    found = compare(rules, changed, sample=100_000, seed=3)
    level = [row for row in found.rows if row.part == "safe_level"]
    assert {(row.old, row.new) for row in level} <= {("day", "intensive"), ("day", "outpatient")}
    assert sum(row.sets for row in level) == found.touched["safe_level"]
    assert found.touched["alerts"] == found.touched["first"] == 0
    for row in islice(level, 3):
        both = [parts_of(each, row.person)["safe_level"] for each in (found.old, found.new)]
        assert both == [(row.old,), (row.new,)]


# --- the command ------------------------------------------------------------------


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The built-in rules with one gate that asks for less, and one that asks the other way."""
    folder = tmp_path / "changed"
    shutil.copytree(built_in(), folder)
    tiny.change(
        folder,
        "factors/home.yaml",
        "when: {severity: severe, staying_stopped: {at_most: days}, support: none}",
        "when: {severity: severe, staying_stopped: hours, support: none}",
    )
    return folder


@pytest.mark.slow
def test_the_command_tells_what_was_counted_and_from_what_to_what(
    pathfinder: Run, changed: Path
) -> None:
    ran = pathfinder("rules", "diff", "built-in", str(changed), "--sample", "100000", "--seed", "4")
    assert (ran.code, ran.err) == (0, "")
    page = " ".join(ran.out.split())
    assert "gate “severe use with nobody near”, when: was" in page
    assert "100,000 answer sets made up by chance (seed 4)" in page
    assert "First path: from Residential care to Day treatment" in page
    assert "Nobody was found with: more care, an alert lost, a first step lost" in page
    assert "people who help: Nobody right now" in page


@pytest.mark.slow
def test_the_command_writes_markdown_and_json(pathfinder: Run, changed: Path) -> None:
    call = ("rules", "diff", "built-in", str(changed), "--sample", "100000", "--format")
    page = pathfinder(*call, "md", "--full").out
    assert "| Safe level | Residential care | Day treatment |" in page
    found = json.loads(pathfinder(*call, "json").out)
    assert found["counted"]["how"] == "sample"
    assert (found["counted"]["sets"], found["counted"]["seed"]) == (100_000, 1)
    kinds = found["parts"]["safe_level"]["kinds"]
    assert {(kind["from"], kind["to"]) for kind in kinds} == {
        ("residential", "day"), ("residential", "intensive"),
    }  # fmt: skip
    assert found["parts"]["safe_level"]["changed_sets"] == sum(kind["sets"] for kind in kinds)
    assert found["people"][0]["before"]["safe_level"] == ["residential"]


@pytest.mark.slow
def test_the_built_in_rules_do_not_differ_from_themselves(pathfinder: Run) -> None:
    ran = pathfinder("rules", "diff", "built-in", str(built_in()))
    assert ran.code == 0
    assert "no set of answers" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (("built-in", "nowhere"), 66, "The rules folder nowhere isn't there."),
        (("built-in", ""), 2, "OLD and NEW each need the name of a folder"),
        (("built-in", "built-in", "--sample", "99"), 2, "from 100,000 to 4,000,000; found 99"),
        (("built-in", "built-in", "--format", "html"), 2, "not one of text, json, md"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    pathfinder: Run, call: tuple[str, ...], code: int, said: str
) -> None:
    ran = pathfinder("rules", "diff", *call)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_broken_rules_are_not_compared(pathfinder: Run, folder: Path) -> None:
    tiny.change(folder, "factors/home.yaml", "home: none", "home: non")
    ran = pathfinder("rules", "diff", "built-in", str(folder))
    assert (ran.code, ran.out) == (1, "")
    assert "unknown answer" in ran.err
    assert ran.err.splitlines()[-1].startswith("Nothing was")


@pytest.mark.slow
@pytest.mark.no_cover
def test_who_is_counted_is_who_the_engine_decides_otherwise_for(rules: RuleSet) -> None:
    dice = random.Random(11)
    for mutant in dice.sample(list(mutants(rules)), 12):
        crowd = drawn(asked(rules), 150, dice.randrange(1000))
        people = [(str(place), crowd.person(place)) for place in range(crowd.size)]
        tally = TwoRuleSets(rules, mutant.rules).over(people)
        both = [[parts_of(each, person) for each in (rules, mutant.rules)] for _, person in people]
        assert tally.any == sum(one != other for one, other in both), mutant.name
        for part in ("first_path", "safe_level", "compromise", "hold"):
            moved = sum(one[part] != other[part] for one, other in both)
            assert tally.touched[part] == moved, (mutant.name, part)
        lost = sum(any(a not in other["alerts"] for a in one["alerts"]) for one, other in both)
        assert tally.directions["alert"] == lost
        begin = sum(begins_with_less(rules, mutant.rules, person) for _, person in people)
        assert tally.directions["begins_less"] == begin, mutant.name


# --- what can be begun ------------------------------------------------------------


def begins_with_less(old: RuleSet, new: RuleSet, answers: Answers) -> bool:
    """As the engine decides it: something is before the first path, and what can be begun is less
    than before, or is below the safe level, which it wasn't before."""
    ranks, lowest = new.level_rank, -1

    def begun(rules: RuleSet) -> tuple[int, bool]:
        try:
            found = decide(rules, answers)
        except RulesError:
            return lowest, False
        if not found.ranked:
            return lowest, False
        path = found.ranked[0].path
        if found.if_not_possible:
            beside = part_ids(found, "compromise")
            if not beside:
                return lowest, True
            path = beside[0]
        rank = ranks[rules.path_by_id[path].level]
        return rank, rank < ranks[part_ids(found, "safe_level")[0]]

    try:
        waits = bool(decide(new, answers).if_not_possible)
    except RulesError:
        waits = False
    (was, low), (now, too_low) = begun(old), begun(new)
    return waits and (now < was or (too_low and not low))


@pytest.mark.slow
def test_who_can_begin_only_with_less_is_counted_also_where_the_first_path_is_more(
    rules: RuleSet,
) -> None:
    """Who can't leave home gets residential care for day treatment, and can only begin an IOP."""
    gate = next(each for each in rules.gates if each.id == "severe-use-within-days")
    none_here = gate._replace(id="none-here", at_least=None, set_aside=("day-treatment",))
    changed = rules._replace(gates=(*rules.gates, none_here))
    crowd = drawn(asked(rules), 400, 5)
    people = [(str(place), crowd.person(place)) for place in range(crowd.size)]
    tally = TwoRuleSets(rules, changed).over(people)
    wanted = {who for who, person in people if begins_with_less(rules, changed, person)}
    assert tally.directions["begins_less"] == len(wanted) > 0
    assert 0 < tally.of_these["more_care_begins_less"] <= len(wanted)
    rows = [row for row in tally.rows if row.part == "begin"]
    assert ("day", "intensive, below what is safe") in {(row.old, row.new) for row in rows}
    assert {row.whose for row in rows} <= wanted
    assert {row.care for row in rows} == {-1}
    page = told(compare(rules, changed, sample=100_000), full=False)
    assert page.index("Can only begin with less: ") < page.index("More care: ")
    assert "All below the safe level. Only with Intensive outpatient care" in page
    full = told(compare(rules, changed, sample=100_000))
    assert (
        "With what: from Day treatment, below what is safe to Intensive outpatient care, b" in full
    )
    assert re.search(r"More care: [^.]*\.[^.]*\. [\d,]+ must begin with less\.", page)


@pytest.mark.slow
def test_of_less_care_it_is_said_how_many_still_get_what_is_safe(rules: RuleSet) -> None:
    needs = next(each for each in rules.gates if each.id == "severe-use-within-days")
    lower = needs._replace(at_least="outpatient")
    gates = tuple(lower if each is needs else each for each in rules.gates)
    changed = rules._replace(gates=gates, reasons=())  # without points, the lowest level is first
    crowd = drawn(asked(rules), 600, 2)
    people = [(str(place), crowd.person(place)) for place in range(crowd.size)]
    tally = TwoRuleSets(rules, changed).over(people)
    ranks = rules.level_rank
    less = safe = 0
    for _, person in people:
        was, now = parts_of(rules, person), parts_of(changed, person)
        if was["first_path"] == (OUT_OF_SCOPE,):
            continue
        first = [ranks[rules.path_by_id[each["first_path"][0]].level] for each in (was, now)]
        need = [ranks[each["safe_level"][0]] for each in (was, now)]
        if first[1] < first[0] or need[1] < need[0]:
            less += 1
            safe += first[1] >= need[0]
    assert (tally.directions["less_care"], tally.of_these["less_care_still_safe"]) == (less, safe)
    assert 0 < safe < less
