"""The page of `rules diff` that is signed: direction, promises, changes in words, real people."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import tiny
from command import Run
from diffs import told, without_day_program

from pathfinder import load_rules
from pathfinder.engine.conditions import All, Leaf
from pathfinder.engine.question import Citation, Derived, Grounds, Option, Passage
from pathfinder.engine.ruleset import Comparison, RuleSet
from pathfinder.loader.rule_files import built_in
from pathfinder.pages.plain_names import PlainNames, in_brief
from pathfinder.render.layout import plain_text
from pathfinder.ruletools.cases.report import file_lines
from pathfinder.ruletools.diff.before_after import WrittenChange, _lines, before_and_after
from pathfinder.ruletools.diff.change_words import never_hidden
from pathfinder.ruletools.diff.changed_rules import bears_on_safety
from pathfinder.ruletools.diff.compare import compare
from pathfinder.ruletools.diff.population import PartRow
from pathfinder.ruletools.diff.report import blocks
from pathfinder.ruletools.diff.review import ChangeKind, Review, RuleFolder, review, worked

TWO_SCREENS = 48

NO_DAY_PROGRAM = """\
factor: our_agency
gates:
  - id: no-day-program-here
    when: {any: [{age_group: adult}, {age_group: {answered: false}}]}
    set_aside: [day-treatment]
    opens_when: If you find a day program that you can get to. We can help you look.
    because: Our agency has no day program, and there is none close by.
    check: Is there a day program that I can get to?
    judgement: A path that nobody here can take should not stand first.
    fires: {age_group: adult}
    quiet: {age_group: under_18}
"""
DROPPED = """\
dropped:
  - id: every-path-is-first-for-somebody
    says: Each path is the first one for somebody.
    because: Nobody is sent to a day program, as there is none here.
    decided_by: the clinical lead
    date: "2026-11-28"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "now")


@pytest.fixture
def small(tmp_path: Path) -> RuleSet:
    return load_rules(tiny.write(tmp_path / "before"))


def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_in(), tmp_path / "ours"))


def cut(folder: Path, name: str, start: str, end: str) -> None:
    """Take out of a file what stands from one text up to another."""
    text = (folder / name).read_text(encoding="utf-8")
    at = text.index(start)
    (folder / name).write_text(text[:at] + text[text.index(end, at) :], encoding="utf-8")


def changes(old: RuleSet, new: Path) -> dict[tuple[str, str], WrittenChange]:
    return {(each.kind, each.id): each for each in before_and_after(old, load_rules(new))}


# --- a real change ------------------------------------------------------------------


@pytest.mark.slow
def test_the_page_of_a_real_change_fits_two_screens_and_says_what_a_lead_must_know(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = copy(tmp_path)
    (ours / "factors/our_agency.yaml").write_text(NO_DAY_PROGRAM, encoding="utf-8")
    beliefs = "  - {id: spirituality, title: Beliefs and style}\n"
    tiny.change(ours, "ruleset.yaml", beliefs, f"{beliefs}  - {{id: our_agency, title: Ours}}\n")
    cut(ours, "checks.yaml", "  - id: every-path-is-first", "  - id: every-rule-is-at-work")
    with (ours / "checks.yaml").open("a", encoding="utf-8") as file:
        file.write(DROPPED)
    monkeypatch.chdir(tmp_path)
    ran = pathfinder("rules", "diff", "built-in", "ours")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert len(lines) <= TWO_SCREENS
    assert max(map(len, lines)) <= 80
    page = " ".join(ran.out.split())
    assert "New: gate “no day program here”. Sets aside: Day treatment." in page, "what was changed"
    assert "First path: from Day treatment to Intensive outpatient care. Person 1." in page, "who"
    assert re.search(r"Less care: \d+ of 1,000,000 \(under 0.01 %\); cases: 0\.", page), "how many"
    assert "No longer made: Each path is the first one for somebody. [every-path-is-first-" in page
    assert "Dropped on 2026-11-28 by the clinical lead: Nobody is sent" in page, "and who decided"
    assert "Read and agreed by: ____" in page


@pytest.mark.slow
def test_the_page_of_a_path_that_is_gone_says_who_gets_less_or_more_why_and_what_was_promised(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = copy(tmp_path)
    without_day_program(ours)
    monkeypatch.chdir(tmp_path)
    ran = pathfinder("rules", "diff", "built-in", "ours")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert len(lines) <= TWO_SCREENS
    assert max(map(len, lines)) <= 80
    page = " ".join(ran.out.split())
    assert re.search(
        r"Less care: \d+ of 1,000,000 \(under 0.01 %\); cases: 0\. All still get at", page
    )
    assert re.search(
        r"Can only begin with less: 3\d,\d{3} of 1,000,000 \(3\.\d\d %\); cases: 0\.", page
    )
    assert re.search(r"More care: 10\d,\d{3} of 1,000,000 \(10\.\d\d %\); cases: 18\. 2\d,", page)
    assert "must begin with less." in page
    assert "Not proved yet: Drawing found none broken anew. Don't sign before:" in page
    assert "pathfinder rules verify ours --against built-in" in page
    assert "Verified: _____ proved, _____ broken, on ____" in page
    assert "Also otherwise, the largest: what stands before the first path: living" in page
    assert "First path: from Day treatment to Residential care. Person 2." in page
    assert "Why: Day treatment came first for 10" in page
    assert "7 rules ask for this level: with them it is Residential care now, else maybe" in page
    assert "None is dropped, but 2 cover less: Day treatment is gone: “Where" in page
    assert "Weaker" not in page, "what can't come about was not promised away"
    assert "Worded as before: 29 of 31." in page
    assert "Taken out: path Day treatment. 4 rules and 34 reasons named it." in page
    assert "When: hours a week: at most “9 to 19 hours”." in page, "no condition in ids"
    assert "expect something else now (21): first path: was Day treatment, is Residential" in page
    assert "…" not in page, "no sentence without its end"
    assert all(word not in page for word in ("day-treatment", "weekly_hours", "mental_health"))
    assert page.index("Less care") < page.index("Promises") < page.index("To sign")
    assert f"Before: {load_rules().id} {load_rules().version}, {load_rules().sha256[:32]}" in page
    assert f"Now: {load_rules(ours).id} {load_rules(ours).version}," in page
    assert "Read and agreed by: ____" in page


@pytest.mark.slow
def test_three_edits_that_no_other_tool_tells_are_told(pathfinder: Run, tmp_path: Path) -> None:
    """A guard is out, a rule widened, two promises deleted: check, test and verify are content."""
    ours = copy(tmp_path)
    guard = "      none: [{danger: {includes: violence}}]\n    support: family-sessions\n"
    tiny.change(ours, "factors/spirituality.yaml", guard, "    support: family-sessions\n")
    hours = "    question: weekly_hours\n    when: {weekly_hours: {at_most: 3_to_8}}\n"
    wider = hours.replace("3_to_8", "9_to_19")
    tiny.change(ours, "factors/responsibilities.yaml", hours, wider)
    text = (ours / "checks.yaml").read_text(encoding="utf-8")
    gone = [line.split()[-1] for line in text.splitlines() if line.startswith("  - id: ")][-2:]
    (ours / "checks.yaml").write_text(text[: text.index(f"  - id: {gone[0]}")], encoding="utf-8")
    ran = pathfinder("rules", "diff", "built-in", str(ours), "--sample", "100000")
    page = " ".join(ran.out.split())
    assert "[family-comes-in-only-where-it-is-safe]" in page
    assert "Broken by the rules now, and not before: Family sessions" in page
    assert "Not proved yet: Drawing found 1 broken that was kept before. Don't sign" in page
    assert (
        "“family sessions where it is safe”, when: no longer asks for (danger right now: not"
        in page
    )
    assert "Sessions with people close to you comes in" in page
    assert re.search(r"\d,\d{3} of them are told “Your safety comes first”, nobody before\)", page)
    assert "Someone hurts me, threatens me, or controls what I do" in page, "and for whom"
    assert "barrier “hours for an iop”, when: was hours a week: at most “3 to 8 hours”; is" in page
    for name in gone:
        assert f"[{name}] No reason stands under" in page
    assert "No reason stands under `dropped` in checks.yaml." in page


# --- in words, before and after -------------------------------------------------------


def test_a_changed_condition_number_sentence_and_row_are_told_as_they_were_and_are(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "{home: {at_most: unsafe}}", "{home: none}")
    tiny.change(folder, "factors/home.yaml", "Call a shelter.", "Call two shelters.")
    tiny.change(folder, "factors/home.yaml", "[stay], weight: 3", "[stay], weight: 2")
    tiny.change(folder, "paths.yaml", "short: What it is.", "short: What it was.")
    found = changes(small, folder)
    assert set(found) == {
        ("first-step rule", "no-safe-home"), ("move", "a-move"), ("reasons", "home-reasons"),
        ("path", "groups"),
    }  # fmt: skip
    (when,) = found["first-step rule", "no-safe-home"].fields
    assert when[:3] == ("when", ("home is at most unsafe",), ("home is none",))
    assert (when.was, when.now) == (("home: at most “Not safe”",), ("home: “Nowhere”",))
    (row,) = found["reasons", "home-reasons"].fields
    assert (row.field, row.before[0][:12], row.after[0][:12]) == (
        "none",
        "+3 for stay:",
        "+2 for stay:",
    )
    page = told(compare(small, load_rules(folder)))
    assert "“a move” [a-move], because: was “Call a shelter.”; is “Call two shelters.”" in page
    assert ".." not in page
    assert "”." not in page.split("[a-move]")[1].split("\n")[0], "one stop is enough"


def short(old: RuleSet, new: RuleSet) -> str:
    return told(compare(old, new, sample=100_000), full=False)


@pytest.mark.slow
def test_on_the_short_page_what_differs_is_told_whole_and_what_stays_is_not(
    rules: RuleSet, small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "[stay], weight: 3", "[stay], weight: 2")
    page = short(small, load_rules(folder))
    assert "reasons of the question “home”, “Nowhere”: was +3; is +2 for A name: " in page
    step = next(rule for rule in rules.first_rules if rule.id == "heavy-drinking-on-most-days")
    assert isinstance(step.when, All)
    drinks = Leaf("drinks", "at_least", ("15_plus",), frozenset({"15_plus"}))
    parts = tuple(
        drinks if each.leaves().__next__().question == "drinks" else each
        for each in step.when.parts
    )
    later = step._replace(when=All(parts))
    fewer = step._replace(when=All(tuple(each for each in parts if each != drinks)))

    def with_(rule: Any) -> RuleSet:
        every = tuple(rule if each is step else each for each in rules.first_rules)
        return rules._replace(first_rules=every)

    moved = "was drinks in a day: at least “10 to 14”; is drinks in a day: at least “15 or more”;"
    assert f"{moved} and the rest as before." in short(rules, with_(later))
    gone = "when: no longer asks for drinks in a day: at least “10 to 14”."
    assert gone in short(rules, with_(fewer))
    alert = rules.alerts[0]
    text = f"{alert.text} Take your keys."
    said = rules._replace(alerts=(alert._replace(text=text), *rules.alerts[1:]))
    assert "…" not in short(rules, said)


@pytest.mark.slow
def test_a_path_that_is_shut_by_a_higher_safe_level_is_no_why(rules: RuleSet) -> None:
    """The gate that asks for more is the why, and stands under what was changed."""
    gate = next(each for each in rules.gates if each.id == "severe-use-within-days")
    higher = gate._replace(at_least="residential")
    every = tuple(higher if each is gate else each for each in rules.gates)
    page = short(rules, rules._replace(gates=every))
    assert "First path: from Day treatment to Residential care" in page
    assert "Why:" not in page
    shut = gate._replace(id="shut", at_least=None, set_aside=("day-treatment",))
    assert "Why: Day treatment came first for" in short(
        rules, rules._replace(gates=(*rules.gates, shut))
    )


def test_what_did_not_change_is_not_named(small: RuleSet, folder: Path) -> None:
    """A path and a question more are no new order of the others."""
    tiny.change(folder, "ruleset.yaml", "order: [", "order: [sleep, ")
    tiny.change(
        folder,
        "factors/home.yaml",
        "questions:\n",
        "questions:\n  - {id: sleep, kind: one, ask: Do you sleep?, why: It matters., cue: Beds.,\n"
        "     answers: {well: Well, badly: Badly}}\n",
    )
    found = changes(small, folder)
    assert set(found) == {("question", "sleep")}
    assert "Rules that count it (0): none." in found["question", "sleep"].met


def test_a_new_answer_says_how_rules_read_it_and_what_it_was_before(
    small: RuleSet, folder: Path
) -> None:
    tiny.change(folder, "factors/home.yaml", "unsafe: Not safe", "tent: A tent, unsafe: Not safe")
    tiny.change(folder, "factors/home.yaml", "      unsafe: {", "      tent: {}\n      unsafe: {")
    found = changes(small, folder)
    assert set(found) == {("question", "home")}
    met = " ".join(found["question", "home"].met)
    assert "For the rules before, who answers “A tent” has left the question open." in met
    assert "Rules that count it (1): no-safe-home." in met, "a tent is at most unsafe"
    assert "pass it over (6): severe-without-a-home, risky-is-less, a-note, a-move" in met
    assert "It gives no path points." in met


def test_a_new_path_says_which_rules_take_it_in(small: RuleSet) -> None:
    talks = small.path_by_id["talks"]
    video = talks._replace(id="video", name="By video")
    home = next(each for each in small.reasons if each.id == "home-reasons")
    row = home.rows["steady"]
    arguments = tuple(a._replace(paths=(*a.paths, "video")) for a in row.arguments[:1])
    rows = {**home.rows, "steady": row._replace(arguments=(*arguments, *row.arguments[1:]))}
    more = small._replace(
        paths=(*small.paths, video),
        path_by_id={**small.path_by_id, "video": video},
        reasons=tuple(each._replace(rows=rows) if each is home else each for each in small.reasons),
    )
    (found,) = before_and_after(small, more)
    assert (found.kind, found.id, found.what) == ("path", "video", "new")
    assert found.met == (
        "Rules that take it in (0): none.", "Reasons for and against it (1): home steady (+1).",
    )  # fmt: skip
    (back,) = before_and_after(more, small)
    assert (back.id, back.what) == ("video", "taken out")


@pytest.mark.slow
def test_a_text_is_cut_between_sentences_and_a_condition_between_its_parts(
    rules: RuleSet,
) -> None:
    """An “, and ” in a text joins no parts, and a colon in a condition ends no reason."""
    step = next(each for each in rules.supports if each.id == "family-sessions")
    text = step.text.replace("Only do this with people", "It may help to do this with people")
    assert text != step.text
    other = tuple(each._replace(text=text) if each is step else each for each in rules.supports)
    page = short(rules, rules._replace(supports=other))
    assert ", text: was “Only do this with people you feel safe with." in page
    assert "and the rest as before" not in page
    table = next(each for each in rules.reasons if each.question == "home")
    row = table.rows["steady"]
    at = next(n for n, each in enumerate(row.arguments) if each.unless)

    def with_(**fields: Any) -> RuleSet:
        changed = (*row.arguments[:at], row.arguments[at]._replace(**fields))
        rows = {
            **table.rows,
            "steady": row._replace(arguments=(*changed, *row.arguments[at + 1 :])),
        }
        new = table._replace(rows=rows)
        return rules._replace(reasons=tuple(new if e is table else e for e in rules.reasons))

    said = row.arguments[at].because
    page = short(rules, with_(because="so you may live there."))
    assert f": was “{said}”; is “so you may live there.”" in page
    assert (
        "unless danger right now: “Someone hurts me, threatens me, or controls what I do”" in page
    )
    more = with_(points=row.arguments[at].points + 1)
    assert f": was +{row.arguments[at].points}; is +{row.arguments[at].points + 1} for " in short(
        rules, more
    )


def test_a_new_rule_and_new_reasons_name_the_paths_that_they_speak_of(rules: RuleSet) -> None:
    video = rules.path_by_id["iop-secular"]._replace(id="video", name="By video")
    gate = next(each for each in rules.gates if each.set_aside)
    table = next(each for each in rules.reasons if each.question == "home")
    row = table.rows["steady"]
    plain = row.arguments[0]._replace(paths=("video",), when=None, unless=None)
    against = plain._replace(points=-3, because="and it is far.")
    beside = plain._replace(points=1, because="and you have room.")
    silent = {answer: each._replace(arguments=()) for answer, each in table.rows.items()}
    told_of = row._replace(arguments=(beside, beside, against, beside))
    of_it = table._replace(id="of-it", rows={**silent, "steady": told_of})
    changed = rules._replace(
        paths=(*rules.paths, video),
        path_by_id={**rules.path_by_id, "video": video},
        gates=(*rules.gates, gate._replace(id="shuts-it", set_aside=("video",))),
        reasons=(*rules.reasons, of_it),
    )
    page = short(rules, changed)
    assert "New: gate “shuts it”. Sets aside: By video." in page
    heaviest = page.index("-3 for By video: and it is far.")
    assert heaviest < page.index("+1 for By video: and you have room.")
    assert "And 1 more. See --full." in page


def test_an_answer_is_named_by_all_its_words_and_cut_only_where_they_are_many(
    rules: RuleSet,
) -> None:
    names = PlainNames(rules)
    assert names.answer("withdrawal", "dangerous").startswith("“Dangerous: a seizure")
    assert in_brief("Nowhere.") == "Nowhere"
    long = "Sedatives: Xanax, Valium, sleeping pills, gabapentin, pregabalin, GHB, and others"
    assert in_brief(long) == "Sedatives: Xanax, Valium, sleeping pills, gabapentin…"


@pytest.mark.slow
def test_texts_of_safety_come_first_with_how_many_read_them(tmp_path: Path) -> None:
    ours = copy(tmp_path)
    tiny.change(ours, "supports.yaml", "Only do this with people you feel safe with.", "Bring all.")
    title = next(each.title for each in load_rules().supports if each.id == "child-care")
    tiny.change(ours, "supports.yaml", f"title: {title}", "title: Somebody to look after them")
    found = reviewed(built_in(), ours)
    page = plain_text(blocks(found), 2000)
    sets = found.readers["support", "family-sessions"]
    assert 0 < sets < 65536
    safety = page.index("Texts of safety changed")
    assert safety < page.index("“Sessions with people close to you”, text") < page.index("What was")
    assert f"Read by {sets:,} of 65,536" in page
    assert page.index("What was changed") < page.index("Somebody to look after them")


def test_a_text_bears_on_safety_by_what_it_hangs_on_and_not_by_its_words(rules: RuleSet) -> None:
    def bears(kind: str, name: str, field: str) -> bool:
        return bears_on_safety(rules, (kind, name), field)

    assert bears("alert", "violence", "text")
    assert bears("help line", "us-988", "number")
    assert bears("first step", rules.steps[0].id, "moves")
    assert not bears("first step", rules.steps[0].id, "moves, rests on")
    assert bears("question", "danger", "options")
    assert bears("question", "withdrawal", "ask")
    assert not bears("question", "daily_duties", "asked when")
    assert bears("support", "family-sessions", "text")
    assert not bears("support", "child-care", "text")
    assert not bears("path", "twelve-step", "short")


def test_where_a_question_is_worded_anew_it_is_not_said_alone_that_nothing_changes(
    tmp_path: Path, folder: Path
) -> None:
    before = tiny.write(tmp_path / "before")
    tiny.change(folder, "factors/home.yaml", "unsafe: Not safe", "unsafe: Feeling unwell")
    page = plain_text(blocks(reviewed(before, folder)), 2000)
    assert "no set of answers can come out otherwise, but people may answer otherwise: 1" in page
    assert "is worded anew (“home”)." in page


# --- cases ------------------------------------------------------------------------------

A_CASE = "story: Somebody.\nanswers: {{home: unsafe}}\nexpect: {{first: [{0}]}}\n"


def test_what_cases_ask_for_now_and_who_comes_out_otherwise_is_told(
    pathfinder: Run, tmp_path: Path, folder: Path
) -> None:
    before = tiny.write(tmp_path / "before")
    for place, wanted in ((before, "safe-place"), (folder, "")):
        (place / "cases").mkdir()
        cases = {"a-night-out": wanted, "a-cold-night": wanted, "as-ever": "safe-place"}
        for name, first in cases.items():
            (place / f"cases/{name}.yaml").write_text(A_CASE.format(first), encoding="utf-8")
    found = reviewed(before, folder).cases
    assert [tuple(each) for each in found] == [
        ("a-cold-night", True, "first", (), ("safe-place",)),
        ("a-night-out", True, "first", (), ("safe-place",)),
        ("a-cold-night", False, "first", ("safe-place",), ()),
        ("a-night-out", False, "first", ("safe-place",), ()),
    ]
    page = " ".join(pathfinder("rules", "diff", str(before), str(folder)).out.split())
    assert (
        "(2): first steps: none is expected, A safe place comes out (“a night out”, “a cold night”)"
        in page
    )
    assert (
        "Cases that expect something else now (2): first steps: no longer A safe place (2)." in page
    )
    assert "of the files in cases" not in page, "they are told of already"


def test_a_promise_that_was_broken_before_is_told_apart(tmp_path: Path, folder: Path) -> None:
    promise = (
        "statements:\n  - {id: stays, says: All go in., must: [{when: {home: none},"
        " then: {at_least: residential}}]}\n"
    )
    before = tiny.write(tmp_path / "before")
    for place in (before, folder):
        (place / "checks.yaml").write_text(promise, encoding="utf-8")
    tiny.change(folder, "factors/home.yaml", "[stay], weight: 3", "[stay], weight: 2")
    found = reviewed(before, folder)
    (broken,) = found.promises.broken
    assert broken.before == broken.sets > 0
    page = plain_text(blocks(found), 2000)
    assert f"Broken by the rules now, as before: All go in. {broken.sets:,} of" in page
    assert "Drawing found none broken anew; 1 broken now and before. Don't sign before:" in page
    same = plain_text(blocks(reviewed(before, before)), 2000)
    assert "what was proved stays proved" in same
    assert "Don't sign" not in same
    assert "Verified" not in same


# --- real people ----------------------------------------------------------------------


def reviewed(small: Path, folder: Path, people: Path | None = None) -> Review:
    old, new = (RuleFolder(load_rules(each), each) for each in (small, folder))
    return review(old, new, sample=100_000, seed=1, people=people)


def test_an_agency_counts_over_its_own_people_and_the_plainest_of_them_is_shown(
    tmp_path: Path, folder: Path
) -> None:
    before = tiny.write(tmp_path / "before")
    tiny.change(folder, "factors/home.yaml", "{home: {at_most: unsafe}}", "{home: none}")
    people = tmp_path / "people.jsonl"
    lines = (
        {"home": "unsafe", "age_group": "adult", "substances": ["alcohol"]},
        {"home": "steady"},
        {"home": "unsafe", "severity": "mild"},
    )
    people.write_text("".join(f"{json.dumps(each)}\n" for each in lines), encoding="utf-8")
    found = reviewed(before, folder, people)
    (real,) = found.real
    assert (real.title, real.tally.sets, real.tally.any) == ("people.jsonl", 3, 2)
    assert real.tally.directions["first_step"] == 2
    (lost,) = [each for each in found.kinds if each.row.part == "first"]
    assert (lost.row.whose, lost.real) == ("line 3", (2,))
    (person, whose) = worked(found, [lost])["first", "safe-place", None]
    assert (person.answers, whose) == ({"home": "unsafe"}, "line 3"), "only what the change needs"


def test_answers_of_either_rule_set_are_read_and_what_neither_knows_is_named(
    pathfinder: Run, tmp_path: Path, folder: Path
) -> None:
    before = tiny.write(tmp_path / "before")
    tiny.change(folder, "factors/home.yaml", "unsafe: Not safe", "unsafe: Not safe, tent: A tent")
    tiny.change(folder, "factors/home.yaml", "      unsafe: {", "      tent: {}\n      unsafe: {")
    people = tmp_path / "people.jsonl"
    people.write_text('{"home": "tent"}\n\n{"home": "castle"}\n', encoding="utf-8")
    ran = pathfinder("rules", "diff", str(before), str(folder), "--people", str(people))
    assert (ran.code, ran.out) != (0, "")
    assert "people.jsonl:3:1" in ran.err
    assert "castle" in ran.err
    people.write_text('{"home": "tent"}\n', encoding="utf-8")
    again = pathfinder("rules", "diff", str(before), str(folder), "--people", str(people))
    assert again.code == 0
    assert "1 person in people.jsonl" in " ".join(again.out.split())
    back = pathfinder("rules", "diff", str(folder), str(before), "--people", str(people))
    assert (back.code, back.err) == (0, ""), "what only the rules before know is read, too"


def test_a_file_of_people_that_is_none_is_named(
    pathfinder: Run, folder: Path, tmp_path: Path
) -> None:
    def said(people: str) -> str:
        ran = pathfinder("rules", "diff", str(folder), str(folder), "--people", people)
        assert (ran.code, ran.out) == (66, "")
        return ran.err

    assert "nobody.jsonl isn't there." in said("nobody.jsonl")
    os.mkfifo(tmp_path / "pipe")
    assert "isn't an ordinary file. Name a file with one person's answers" in said(
        str(tmp_path / "pipe")
    )


def test_a_trait_that_an_answer_lost_names_the_rules_that_counted_it(
    rules: RuleSet,
) -> None:
    """Their words are the same; what they say of people isn't."""
    substances = rules.question_by_id["substances"]
    plain = tuple(
        each._replace(traits=tuple(t for t in each.traits if t != "opioid"))
        for each in substances.options
    )
    changed = substances._replace(options=plain)

    def without(condition: Any) -> Any:
        if isinstance(condition, Leaf):
            same = condition.question == "substances" and condition.names == ("opioid",)
            return condition._replace(accepts=frozenset()) if same else condition
        return condition and condition._replace(parts=tuple(map(without, condition.parts)))

    fewer = rules._replace(
        questions=tuple(changed if each is substances else each for each in rules.questions),
        question_by_id={**rules.question_by_id, "substances": changed},
        first_rules=tuple(each._replace(when=without(each.when)) for each in rules.first_rules),
    )
    (found,) = before_and_after(rules, fewer)
    assert (found.kind, found.id) == ("question", "substances")
    told = next(
        each for each in found.met if each.startswith("Rules that no longer count “Opioids")
    )
    assert "start-opioid-medication" in told


def test_no_field_of_a_small_record_is_forgotten() -> None:
    """A field that is added to one of these must show in what was changed."""
    grounds = Grounds(judgement="We say so.")
    small = (
        Option("a", "b", ("c",)), Derived("a", ((1, "b"),), DRINKS), Comparison("a", "b"),
        Passage("a", grounds, DRINKS, ("b",)), Citation("a", "b", "c"),
    )  # fmt: skip
    other = {str: "another", tuple: ("another",), Leaf: HOME, bool: True}
    for record in small:
        told = set()
        for field, value in zip(record._fields, record, strict=True):
            if field != "grounds":
                changed = ((2, "z"),) if field == "counts" else other[type(value)]
                told.add(tuple(_lines(record._replace(**{field: changed}))))
        wanted = len(record._fields) - ("grounds" in record._fields)
        assert len(told - {tuple(_lines(record))}) == wanted, record


def test_a_warning_that_is_no_longer_one_shows_and_other_moves_are_told_by_their_words_alone(
    rules: RuleSet,
) -> None:
    first, *others = rules.steps
    always = tuple(move._replace(when=None) if move.warns else move for move in first.moves)
    step = first._replace(moves=always)  # a condition would be told as well
    step = step._replace(moves=tuple(move._replace(emergency=False) for move in step.moves))
    moves = tuple(move._replace(warns=False) for move in step.moves)
    warns = rules._replace(steps=(step, *others))
    plain = rules._replace(steps=(step._replace(moves=moves), *others))
    (found,) = before_and_after(warns, plain)
    (field,) = found.fields
    warned = [move.text for move in step.moves if move.warns]
    assert list(field.before) == [f"{text} (warns: yes)" for text in warned]
    assert list(field.after) == warned


@pytest.mark.slow
def test_files_beside_the_rules_and_cases_are_named(tmp_path: Path) -> None:
    ours = copy(tmp_path)
    (ours / "words.yaml").write_text("avoid: []\n", encoding="utf-8")
    case = next((ours / "cases").iterdir())
    case.write_text(case.read_text(encoding="utf-8") + "# read again\n", encoding="utf-8")
    assert reviewed(built_in(), ours).files == ("words.yaml", "1 of the files in cases")


def test_neither_who_falls_lowest_nor_the_last_of_a_list_is_hidden(rules: RuleSet) -> None:
    found = compare(rules, rules)

    def kind(old: str, new: str, sets: int) -> ChangeKind:
        return ChangeKind(PartRow("safe_level", old, new, sets, "", {}, -1), sets, ())

    falls = [kind("day", "intensive", 90), kind("residential", "day", 80)]
    falls += [kind("day", "outpatient", 7), kind("residential", "support", 1)]
    falls += [kind("residential", "intensive", 1)]
    assert never_hidden(found, falls, 2) == [*falls[:2], falls[3]], "the lowest, though it is one"
    assert never_hidden(found, falls[:3], 2) == falls[:3]
    files = [(name, "changed") for name in ("one", "two", "three")]
    assert list(file_lines(files, whole=False)) == [("", "cases changed: “one”, “two”, “three”")]
    more = list(file_lines([*files, ("five", "changed")], whole=False))
    assert more == [("", "cases changed: “one”, “two” and 2 more")]


def test_who_reviewed_an_interest_and_a_deleted_case_are_told_by_name(
    small: RuleSet, tmp_path: Path, folder: Path
) -> None:
    before = tiny.write(tmp_path / "before")
    for place, names in ((before, ("violence-at-home", "as-ever")), (folder, ("as-ever", "fresh"))):
        (place / "cases").mkdir()
        for name in names:
            (place / f"cases/{name}.yaml").write_text(A_CASE.format("safe-place"), encoding="utf-8")
    tiny.change(folder, "ruleset.yaml", "by: nobody", "by: Somebody")
    found = reviewed(before, folder)
    assert found.case_files == (("fresh", "new"), ("violence-at-home", "deleted"))
    page = plain_text(blocks(found), 2000)
    assert "Cases deleted (1): “violence at home”." in page
    assert "reviewed by: was “nobody”; is “Somebody”" in page
    assert "cases new: “fresh”" in page
    assert "files in cases" not in page


DRINKS = Leaf("substances", "includes", ("alcohol",), frozenset({"alcohol"}))
HOME = Leaf("home", "is", ("steady",), frozenset({"steady"}))
