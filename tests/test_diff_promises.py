"""What `rules diff` says of promises: which are no longer made, weaker, new, or kept elsewhere."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import tiny
from mutants import mutants

from pathfinder import load_rules
from pathfinder.engine.conditions import All
from pathfinder.engine.flow import view_of
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.diff import promises as looked
from pathfinder.ruletools.diff.outcomes import OUT_OF_SCOPE
from pathfinder.ruletools.diff.population import Asked, drawn
from pathfinder.ruletools.diff.promises import NO_REASON, broken, changed_promises, promises_in
from pathfinder.ruletools.diff.witnesses import parts_of
from pathfinder.ruletools.verify.statements import Implies, Must, Statement
from pathfinder.ruletools.verify.violations import World, doubts

LEADS = "severe-use-without-a-safe-home-leads-to-residential"
BOTH = """\
statements:
  - id: safe-place-first
    says: Without a home, a safe place comes first.
    must:
      - when: {home: {at_most: unsafe}}
        then: {first: [safe-place], at_least: outpatient}
  - id: opioids-alert-all
    says: Opioids bring the alert.
    must:
      - when: {substances: {includes: opioids}, home: {answered: true}}
        then: {alerts: [call-emergency]}
  - id: worse-is-not-less
    says: Worse never means less.
    must:
      - one_step_worse: {severity: up}
        never_lowers: [safe_level, first_path_level]
"""


@pytest.fixture
def rules(tmp_path: Path) -> RuleSet:
    return load_rules(tiny.write(tmp_path / "rules"))


def fates(
    tmp_path: Path, rules: RuleSet, *edits: tuple[str, str], added: str = ""
) -> dict[str, tuple[str, tuple[str, ...]]]:
    now = BOTH
    for old, new in edits:
        assert now.count(old) == 1, old
        now = now.replace(old, new)
    promises = []
    for name, text in (("was", BOTH), ("now", now + added)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "checks.yaml").write_text(text, encoding="utf-8")
        promises.append(promises_in(rules, tmp_path / name))
    return {each.id: (each.fate, each.details) for each in changed_promises(rules, *promises)}


def test_promises_that_stand_as_they_did_are_not_named(tmp_path: Path, rules: RuleSet) -> None:
    assert fates(tmp_path, rules) == {}


def test_a_promise_that_speaks_of_fewer_people_is_weaker(tmp_path: Path, rules: RuleSet) -> None:
    found = fates(tmp_path, rules, ("{home: {at_most: unsafe}}", "{home: none}"))
    fate, details = found["safe-place-first"]
    assert (fate, list(found)) == ("weaker", ["safe-place-first"])
    assert details == (
        "It names the first step “A safe place” and calls at least for Outpatient: was asked where"
        " home: at most “Not safe”; now only where home: “Nowhere”.",
    )


def test_a_promise_that_asks_for_less_is_weaker(tmp_path: Path, rules: RuleSet) -> None:
    edit = ("{first: [safe-place], at_least: outpatient}", "{at_least: support}")
    fate, details = fates(tmp_path, rules, edit)["safe-place-first"]
    assert fate == "weaker"
    assert details == (
        "It names the first step “A safe place”: no longer asked where home: at most “Not safe”.",
        "It calls at least for Outpatient: asked where home: at most “Not safe”; now it only calls"
        " at least for Support groups.",
    )


def test_a_part_that_may_be_lowered_now_makes_a_promise_weaker(
    tmp_path: Path, rules: RuleSet
) -> None:
    edit = ("[safe_level, first_path_level]", "[safe_level]")
    fate, details = fates(tmp_path, rules, edit)["worse-is-not-less"]
    lost = "It says that one step worse “severity” never lowers first path level"
    assert (fate, details) == ("weaker", (f"{lost}: no longer asked of everybody.",))


def test_what_a_promise_says_more_reads_as_a_sentence(tmp_path: Path, rules: RuleSet) -> None:
    lowers = "[safe_level, first_path_level]\n"
    edit = (lowers, f"{lowers}      - changing: [home]\n        never_changes: [first]\n")
    fate, details = fates(tmp_path, rules, edit)["worse-is-not-less"]
    more = "It says that changing “home” never changes the first steps."
    assert (fate, details) == ("says more", (more,))


def test_a_promise_that_asks_for_as_much_of_more_people_says_more(
    tmp_path: Path, rules: RuleSet
) -> None:
    edits = (
        (", home: {answered: true}}", "}"), ("{home: {at_most: unsafe}}", "{home: [none, unsafe]}"),
    )  # fmt: skip
    found = fates(tmp_path, rules, *edits)
    assert {name: fate for name, (fate, _) in found.items()} == {
        "opioids-alert-all": "says more",
        "safe-place-first": "in other words",
    }


def test_a_promise_is_kept_where_two_others_speak_of_all_its_people(
    tmp_path: Path, rules: RuleSet
) -> None:
    whole = BOTH[BOTH.index("  - id: safe-place-first") : BOTH.index("  - id: opioids")]
    half = "  - id: {0}-first\n    says: Half.\n    must:\n      - when: {{home: {0}}}\n"
    then = "        then: {first: [safe-place], at_least: outpatient}\n"
    two = half.format("none") + then + half.format("unsafe") + then
    found = fates(tmp_path, rules, (whole, two))
    assert {name: fate for name, (fate, _) in found.items()} == {
        "none-first": "new",
        "unsafe-first": "new",
    }


def test_a_promise_that_is_gone_is_told_with_the_reason_or_with_none(
    tmp_path: Path, rules: RuleSet
) -> None:
    worse = BOTH[BOTH.index("  - id: worse-is-not-less") :]
    alert = BOTH[BOTH.index("  - id: opioids-alert-all") : BOTH.index("  - id: worse-is-not-less")]
    dropped = (
        "dropped:\n  - {id: worse-is-not-less, says: Worse never means less., because: We tried.,\n"
        '     decided_by: the lead, date: "2026-11-28"}\n'
    )
    found = fates(tmp_path, rules, (worse, ""), (alert, ""), added=dropped)
    assert found == {
        "opioids-alert-all": ("no longer made", (NO_REASON,)),
        "worse-is-not-less": (
            "no longer made", ("Dropped on 2026-11-28 by the lead: We tried.",),
        ),
    }  # fmt: skip


def test_what_was_dropped_before_is_told_for_ever_and_its_record_is_missed(
    tmp_path: Path, rules: RuleSet
) -> None:
    record = (
        "dropped:\n  - {id: once, says: Once., because: We tried., decided_by: the lead,\n"
        '     date: "2026-11-28"}\n'
    )
    why = ("Dropped on 2026-11-28 by the lead: We tried.",)
    assert fates(tmp_path, rules, added=record) == {"once": ("dropped before", why)}
    with_it, without = (promises_in(rules, tmp_path / name) for name in ("now", "was"))
    (gone,) = changed_promises(rules, with_it, without)
    assert (gone.id, gone.fate, gone.details) == ("once", "its record is gone", why)
    (still,) = changed_promises(rules, with_it, with_it)
    assert still.fate == "dropped before"


def test_without_a_file_of_promises_all_are_gone(tmp_path: Path, rules: RuleSet) -> None:
    (tmp_path / "was").mkdir()
    (tmp_path / "was/checks.yaml").write_text(BOTH, encoding="utf-8")
    (tmp_path / "none").mkdir()
    before, now = promises_in(rules, tmp_path / "was"), promises_in(rules, tmp_path / "none")
    assert {each.fate for each in changed_promises(rules, before, now)} == {"no longer made"}


def test_a_promise_to_keep_away_from_what_is_gone_is_not_weaker(
    tmp_path: Path, rules: RuleSet
) -> None:
    here = "then: {first: [safe-place], at_least: outpatient, not_ranked: [stay, groups]}"
    promises = []
    for name, then in (("was", here), ("now", here.replace("stay, ", ""))):
        (tmp_path / name).mkdir()
        text = BOTH.replace("then: {first: [safe-place], at_least: outpatient}", then)
        (tmp_path / name / "checks.yaml").write_text(text, encoding="utf-8")
        promises.append(promises_in(rules, tmp_path / name))
    (kept,) = changed_promises(rules, *promises)
    assert kept.fate == "weaker", "whom this path still waits for may be sent there now"
    paths = tuple(each for each in rules.paths if each.id != "stay")
    fewer = rules._replace(paths=paths, path_by_id={each.id: each for each in paths})
    (silent,) = changed_promises(fewer, *promises, rules)
    assert (silent.id, silent.fate) == ("safe-place-first", "silent on what is gone")
    assert silent.details == ("A name",), "the path is called by its name before"


# --- which promises the rules break ----------------------------------------------------


def test_a_promise_that_the_rules_now_break_is_counted(tmp_path: Path, rules: RuleSet) -> None:
    (tmp_path / "was").mkdir()
    (tmp_path / "was/checks.yaml").write_text(BOTH, encoding="utf-8")
    statements = promises_in(rules, tmp_path / "was").statements
    (before,) = broken(rules, statements, 1)
    assert before.id == "safe-place-first", "no gate of the tiny rules asks for outpatient"
    alert = rules.alert_rules[0]
    fewer = rules._replace(alert_rules=(alert._replace(unless=alert.when),))
    assert {each.id for each in broken(fewer, statements, 1)} == {
        "safe-place-first", "opioids-alert-all",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.no_cover
def test_who_breaks_a_promise_is_who_the_proofs_would_find(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The proofs read a statement as wires, the page by what comes out for a crowd."""
    monkeypatch.setattr(looked, "LOOKED_AT", 4000)
    ours = load_rules()
    every = promises_in(ours, built_in()).statements
    assert broken(ours, every, 1) == ()
    statements = tuple(each for each in every if not any(map(of_first_path, each.must)))
    some = 0
    for mutant in random.Random(3).sample(list(mutants(ours)), 15):
        found = {each.id: each.sets for each in broken(mutant.rules, statements, 1)}
        some += bool(found)
        assert found == proved_wrong(mutant.rules, statements)
    assert some > 3


def test_a_promise_of_a_first_path_is_broken_by_whom_the_engine_sends_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looked, "LOOKED_AT", 1500)
    ours = load_rules()
    promise = next(each for each in promises_in(ours, built_in()).statements if each.id == LEADS)
    (must,) = promise.must
    assert isinstance(must, Implies)
    assert must.when is not None
    gates = tuple(each for each in ours.gates if "residential" not in (each.at_least or ""))
    shut = gates[0]._replace(id="shut", at_least=None, set_aside=("residential",), unless=None)
    weaker = ours._replace(gates=(*gates, shut._replace(when=All(()))))
    crowd = drawn([Asked(q.id, q.kind == "many", q.answers) for q in ours.questions], 1500, 1)
    people = [crowd.person(place) for place in range(crowd.size)]
    wrong = [
        person
        for person in people
        if must.when.holds(view_of(weaker, person)) is True
        and parts_of(weaker, person)["first_path"] not in (("residential",), (OUT_OF_SCOPE,))
    ]
    (found,) = broken(weaker, [promise], 1)
    assert found.sets == len(wrong) > 0


def of_first_path(must: Must) -> bool:
    """Which path is first: the proofs look at each two paths for that, and not at one wire."""
    if not isinstance(must, Implies):
        return False
    then = must.then
    return bool(then.first_path or then.not_first_path or then.not_above_need)


def proved_wrong(rules: RuleSet, statements: tuple[Statement, ...]) -> dict[str, int]:
    world = World(rules)
    asked = [Asked(each.id, each.kind == "many", each.answers) for each in rules.questions]
    crowd = drawn(asked, 4000, 1)
    given = {("", q, answer): who for q, by in crowd.gave.items() for answer, who in by.items()}
    counted = {}
    for statement in statements:
        wires = [
            world.net.all_of([doubt.wire, world.limits(doubt.people, minors=doubt.minors)])
            for must in statement.must
            if isinstance(must, Implies)
            for doubt in doubts(world, must)
        ]
        who = 0
        for mask in world.net.evaluate(wires, given, crowd.size):
            who |= mask
        if who:
            counted[statement.id] = who.bit_count()
    return counted
