"""Every slip that a rule file may hold: named once, at its place, without an avalanche."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from pathfinder.errors import RulesError
from pathfinder.loader.load import load_rules

NEEDS, HOME = "factors/needs.yaml", "factors/home.yaml"
RULESET, PATHS, STEPS = "ruleset.yaml", "paths.yaml", "steps.yaml"
SOURCES, SUPPORTS, LINES = "sources.yaml", "supports.yaml", "help_lines.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.write(tmp_path)


def _problems(folder: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    assert caught.value.exit_code == 1
    return [
        (str(Path(each.file).relative_to(folder).as_posix()), each.line, each.column, each.code)
        for each in caught.value.problems
    ]


# --- what doesn't: file, the text to change, what it becomes, and where the problem stands -----

SLIPS: dict[str, tuple[str, str, str, str, str]] = {
    # conditions
    "unknown question": (HOME, "{home: steady}, because", "{hoem: steady}, because",
        "hoem", "unknown-question"),
    "unknown answer": (HOME, "{home: steady}, because", "{home: stedy}, because",
        "stedy", "unknown-answer"),
    "unknown test": (HOME, "at_most", "at_mots", "at_mots", "unknown-test"),
    "order of a thing without one": (NEEDS, "{age_group: adult}", "{age_group: {at_least: adult}}",
        "at_least: adult", "no-order"),
    "includes of one answer": (HOME, "{home: steady}, because", "{home: {includes: none}}, because",
        "includes: none", "not-many"),
    "includes none": (NEEDS, "includes: opioids", "includes: none", "none}}\n", "includes-none"),
    "list on a many question": (NEEDS, "when: {substances: {includes: opioids}}",
        "when: {substances: [opioids, alcohol]}", "[opioids, alcohol]}", "use-includes-any"),
    "unsure by name": (HOME, "{home: steady}, because", "{home: unsure}, because",
        "unsure}", "use-answered"),
    "answered without a truth value": (NEEDS, "ask_when: {severity: {answered: false}}",
        "ask_when: {severity: {answered: never}}", "never", "wrong-type"),
    "empty condition": (HOME, "when: {home: steady}", "when: {}", "{}, because",
        "empty-condition"),
    "nothing asked": (HOME, "when: {home: steady}", "when: {home: {}}", "{}}, because",
        "empty-condition"),
    "condition as text": (HOME, "when: {home: steady}", "when: home", "home, because",
        "wrong-type"),
    "group as a mapping": (NEEDS, "none: [{substances: none}]", "none: {substances: none}",
        "{substances: none}", "wrong-type"),
    "answer twice": (HOME, "[none, unsafe]", "[none, none]", "none]}", "repeated"),
    # questions
    "asked later": (NEEDS, "ask_when: {severity: {answered: false}}", "ask_when: {home: none}",
        "{home: none}", "asks-later"),
    "asks itself": (NEEDS, "ask_when: {severity: {answered: false}}",
        "ask_when: {severity_signs: {answered: false}}", "{severity_signs: {answered",
        "asks-itself"),
    "unknown kind": (HOME, "kind: scale", "kind: scales", "scales", "unknown-kind-of-question"),
    "reserved answer": (HOME, "{none: Nowhere", "{skip: Skip, none: Nowhere", "skip:",
        "reserved-answer"),
    "answer id": (NEEDS, "adult: 18 or over", "Adult: 18 or over", "Adult", "id-form"),
    "derived from one answer": (NEEDS, "from: severity_signs", "from: age_group", "age_group, c",
        "not-many"),
    "derived answer": (NEEDS, "severe: 2}", "sever: 2}", "sever: 2", "unknown-answer"),
    "derived count": (NEEDS, "severe: 2}", "severe: 3}", "3}", "out-of-range"),
    "derived from nothing": (NEEDS, "risky: 0, ", "", "{mild: 1", "counts-from-zero"),
    "reading value": (NEEDS, "as: severe", "as: bad", "bad,", "unknown-answer"),
    "reading of nothing": (NEEDS, "{severity: [risky, mild], home: none}", "{home: none}",
        "{home: none}", "reading-kind"),
    "reading of both": (NEEDS, "{severity: {answered: false}},",
        "{all: [{severity: {answered: false}}, {severity: mild}]},", "{all:", "reading-kind"),
    "region": (NEEDS, "{us: In the States.", "{uss: In the States.", "uss", "unknown-region"),
    "truth value": (NEEDS, "can_change: true", 'can_change: "true"', '"true"', "wrong-type"),
    "answers as a list": (HOME, "{none: Nowhere, unsafe: Not safe, steady: Steady}", "[none]",
        "[none]\n", "wrong-type"),
    "one answer alone": (NEEDS, "{cravings: Cravings, conflict: Conflict, none: None of these}",
        "{none: None of these}", "{none: None of these}\n", "too-few-answers"),
    "derived from many to many": (NEEDS, "    ask_when: {severity: {answered: false}}",
        "    derived: {from: substances, counts: {cravings: 0}}", "{from: substances",
        "derived-many"),
    "counts as a list": (NEEDS, "counts: {risky: 0, mild: 1, severe: 2}", "counts: [risky]",
        "[risky]", "wrong-type"),
    "two answers from one count": (NEEDS, "mild: 1, severe: 2}", "mild: 1, severe: 1}", "1}",
        "repeated"),
    "reading of a many question": (NEEDS, "    ask_when: {severity: {answered: false}}",
        "    readings: [{id: x}]", "[{id: x}]", "reading-many"),
    "regions as a list": (NEEDS, "{us: In the States., elsewhere: In your country.}", "[us]",
        "[us]\n", "wrong-type"),
    "a list as an answer": (HOME, "{home: {at_most: unsafe}}", "{home: {at_most: [unsafe]}}",
        "[unsafe]", "wrong-type"),
    # rules
    "unknown key": (HOME, "    because: You need a safe", "    becuase: You need a safe",
        "becuase", "unknown-key"),
    "unknown alert": (NEEDS, "alert: call-emergency", "alert: call-emergeny", "call-emergeny",
        "unknown-alert"),
    "unknown step": (HOME, "first: safe-place", "first: safe-plaice", "safe-plaice",
        "unknown-first-step"),
    "unknown support": (NEEDS, "support: online", "support: onlin", "onlin\n",
        "unknown-support"),
    "unknown level": (HOME, "at_least: residential", "at_least: residental", "residental",
        "unknown-level"),
    "unknown path": (HOME, "set_aside: [stay]", "set_aside: [sta]", "sta]", "unknown-path"),
    "unknown source": (SUPPORTS, "id: book", "id: bok", "bok", "unknown-source"),
    "unknown help": (HOME, "helps: [online]", "helps: [onlinee]", "onlinee", "unknown-support"),
    "both effects": (HOME, "at_least: residential", "at_least: residential\n    set_aside: [stay]",
        "[stay]", "gate-effect"),
    "opens_when without set_aside": (HOME, "at_least: residential",
        "at_least: residential\n    opens_when: Later.", "Later.", "gate-effect"),
    "neither sources nor judgement": (HOME, ", judgement: So it is.}", "}", "{id: a-note",
        "no-grounds"),
    "no citations": (SUPPORTS, "sources: [{id: book, section: One}]", "sources: []", "[]}",
        "empty-list"),
    "example with an unknown question": (HOME, "fires: {home: none}", "fires: {hme: none}", "hme",
        "unknown-question"),
    "example without a list": (NEEDS, "fires: {substances: [opioids]}",
        "fires: {substances: opioids}", "opioids}\n", "not-a-list"),
    "rule id": (HOME, "id: a-note", "id: A_note", "A_note", "id-form"),
    # fit
    "row of an unknown answer": (HOME, "unsafe: {}", "unsafe: {}\n      saver: {}", "saver",
        "unknown-answer"),
    "too much weight": (HOME, "weight: 3,", "weight: 4,", "4,", "out-of-range"),
    "weight as text": (HOME, "weight: 3,", "weight: '3',", "'3'", "wrong-type"),
    "a reason for an unknown path": (HOME, "[stay], weight: 3", "[sty], weight: 3", "sty",
        "unknown-path"),
    "reason without because": (HOME, ", because: and you sleep here.", "", "{paths: [stay]",
        "missing-key"),
    "row without what was said": (HOME, "        says: You have no home\n", "",
        "for: [{paths: [stay]", "missing-key"),
    "row without reasons": (HOME,
        "        for: [{paths: [stay], weight: 3, because: and you sleep here.}]\n", "",
        "says: You have no home", "row-without-points"),
    "table of no question": (HOME, "by: home", "by: hme", "hme", "unknown-question"),
    "example as a list": (HOME, "fires: {home: none}", "fires: [home]", "[home]", "wrong-type"),
    "row as a list": (HOME, "unsafe: {}", "unsafe: []", "[]\n", "wrong-type"),
    # other files
    "level of a path": (PATHS, "level: support", "level: suport", "suport", "unknown-level"),
    "approach": (PATHS, "approach: secular", "approach: seculer", "seculer", "unknown-approach"),
    "shared passage": (PATHS, "[call-today]", "[call-tomorow]", "call-tomorow",
        "unknown-shared-passage"),
    "passage without form": (PATHS, "[call-today]", "[Call them today.]", "Call them",
        "wrong-type"),
    "sources as text": (SOURCES, "sources:\n", "sources: x\nmore:\n", "x\nmore", "wrong-type"),
    "a source without an id": (SOURCES, "id: book, ", "", "{title: A book", "missing-key"),
    "a question without answers": (HOME,
        "    answers: {none: Nowhere, unsafe: Not safe, steady: Steady}\n", "", "id: home\n",
        "missing-key"),
    "a key twice, first without a value": (HOME, "questions:\n", "questions:\nquestions:\n",
        "questions:\n  - id", "duplicate-key"),
    "row of the comparison": (PATHS, "    compare: {philosophy: Some words., time",
        "    compare: {philosophy: Some words., tme: x, time", "tme", "unknown-key"),
    "kind of help line": (STEPS, "lines: [emergency]", "lines: [emergncy]", "emergncy",
        "unknown-kind-of-help-line"),
    "text as a number": (LINES, 'number: "911"', "number: 911", "911", "wrong-type"),
    "date": (LINES, 'seen_on: "2026-11-22", seen_at: a page',
        "seen_on: '22.11.2026', seen_at: a page", "'22.11", "not-a-date"),
    "no such date": (LINES, 'seen_on: "2026-11-22", seen_at: a page',
        "seen_on: '2026-02-30', seen_at: a page", "'2026-02-30'", "not-a-date"),
    "default region": (LINES, "default: us", "default: usx", "usx", "unknown-region"),
    "elsewhere as default": (LINES, "default: us", "default: elsewhere", "elsewhere",
        "unknown-region"),
    "alias twice": (LINES, "aliases: [usa]", "aliases: [us]", "us]", "duplicate-id"),
    "scope": (RULESET, "out: [under_18]", "out: [under_8]", "under_8", "unknown-answer"),
    "order names nothing": (RULESET, "severity_signs, home]", "severity_signs, home, hme]", "hme]",
        "unknown-question"),
    "order twice": (RULESET, "severity_signs, home]", "severity_signs, home, home]", "home]",
        "repeated"),
    "list for a mapping": (RULESET, "{question: age_group, out: [under_18]}", "[age_group]",
        "[age_group]\n", "wrong-type"),
    "mapping for a list": (SOURCES, "left_out:\n  - {", "left_out:\n    {", "{claim", "wrong-type"),
    "empty text": (SUPPORTS, "title: Online", "title: ' '", "' '", "empty-text"),
    "bidi in a text": (SUPPORTS, "title: Online", 'title: "On\\u202eline"', '"On',
        "hidden-character"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_named_once_at_its_place(folder: Path, name: str) -> None:
    file, old, new, at, code = SLIPS[name]
    tiny.change(folder, file, old, new)
    text = (folder / file).read_text(encoding="utf-8")
    # "at" is looked for from the place of the change on, so that it may be a common word
    start = text.index(at, max(0, text.index(new) - 80 if new else text.index(at)))
    if new and at in new:
        start = text.index(new) + new.index(at)
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    assert _problems(folder).count((file, line, column, code)) == 1


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_doesnt_set_off_an_avalanche(folder: Path, name: str) -> None:
    file, old, new, _, _ = SLIPS[name]
    tiny.change(folder, file, old, new)
    assert len(_problems(folder)) <= 4


REQUIRED = {
    "an alert rule": (NEEDS, "    alert: call-emergency\n", "- id: opioids-alert"),
    "fires": (HOME, "    fires: {home: none}\n", "- id: no-safe-home"),
    "check": (HOME, "    check: Is less enough?\n", "- id: risky-is-less"),
    "opens_when": (HOME, "    opens_when: If it gets harder.\n", "- id: risky-is-less"),
    "an effect": (HOME, "    at_least: residential\n", "- id: severe-without-a-home"),
    "why": (HOME, "    why: Home matters.\n", "- id: home\n"),
    "a text": (RULESET, "  under_18: [{text: Some words., judgement: We decided so.}]\n",
        "privacy:"),
    "a path's approach": (PATHS, "    approach: either\n", "- id: groups"),
    "a row of the comparison": (PATHS, "philosophy: Some words., ", "{time: Some"),
    "where it was seen": (LINES, ", seen_at: nowhere", "{id: elsewhere-emergency"),
}  # fmt: skip


@pytest.mark.parametrize("name", REQUIRED)
def test_what_is_missing_is_named_where_it_should_stand(folder: Path, name: str) -> None:
    file, gone, at = REQUIRED[name]
    tiny.change(folder, file, gone, "")
    line, column = tiny.place(folder, file, at.strip("\n").removeprefix("- ").strip())
    found = _problems(folder)
    assert [(each[0], each[1], each[2]) for each in found] == [(file, line, column)]
    assert found[0][3] in ("missing-key", "missing-row", "gate-effect")


def test_an_answer_without_a_row_is_named_where_the_rows_begin(folder: Path) -> None:
    tiny.change(folder, HOME, "      unsafe: {}\n", "")
    (found,) = _problems(folder)
    lines = (folder / HOME).read_text(encoding="utf-8").splitlines()
    assert (lines[found[1] - 1], found[2], found[3]) == ("      none:", 7, "missing-row")


def test_an_id_that_two_files_use_is_named_in_the_second(folder: Path) -> None:
    tiny.change(folder, HOME, "id: a-note", "id: substances-reasons")
    line, column = tiny.place(folder, HOME, "substances-reasons")
    assert _problems(folder) == [(HOME, line, column, "duplicate-id")]


def test_a_reading_and_a_rule_can_not_share_an_id(folder: Path) -> None:
    tiny.change(folder, HOME, "id: a-note", "id: severity-unknown")
    assert [each[3] for each in _problems(folder)] == ["duplicate-id"]
