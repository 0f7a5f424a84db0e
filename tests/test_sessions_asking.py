"""What a counselor is asked: a code and not a name, a judgement, and whether to forget."""

from __future__ import annotations

import pytest
from stages_alone import ask_judgement
from vaults import ANSWERS

from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, Stopped
from pathfinder.pages.phrases import kind_open, level_words
from pathfinder.sessions import check_judgement, messages
from pathfinder.sessions.choices import REASONS
from pathfinder.sessions.index import Line
from pathfinder.sessions.judging import I_AGREE_ON_LEVEL, JudgedBefore
from pathfinder.sessions.model import Judgement
from pathfinder.sessions.prompts import ask_client, follow_up_of, pick_session, really_forget


class Script:
    """Lines typed one after the other, and what was said."""

    typed = True

    def __init__(self, *typed: str) -> None:
        self._typed = iter(typed)
        self.said: list[str] = []

    def say(self, *texts: str, indent: str = "") -> None:
        self.said += texts

    def read(self, label: str) -> str | None:
        return next(self._typed, None)


def test_the_prompt_for_a_code_says_not_to_type_a_name() -> None:
    script = Script("Ann Smith", "C-104")
    assert ask_client(script) == "C-104"
    assert "don't type a name" in script.said[0]
    assert len(script.said) == 2


@pytest.mark.parametrize("typed", [(), ("",), ("Ann", "Ben", "Cem")])
def test_without_a_code_nothing_is_saved(typed: tuple[str, ...]) -> None:
    with pytest.raises(Stopped):
        ask_client(Script(*typed))


def judged(rules: RuleSet, *typed: str) -> Judgement | None:
    judgement = ask_judgement(Script(*typed), rules, decide(rules, ANSWERS))
    return judgement and check_judgement(rules, judgement)


def test_a_counselor_agrees_with_a_line_or_without(rules: RuleSet) -> None:
    assert judged(rules, "1", "") == Judgement(True)
    assert judged(rules, "1", "She was pleased.") == Judgement(True, line="She was pleased.")


def test_a_counselor_names_another_path_and_why(rules: RuleSet) -> None:
    top = decide(rules, ANSWERS).ranked[0].path
    others = [path.id for path in rules.paths if path.id != top]
    for place, path in enumerate(others, start=1):
        assert judged(rules, "2", str(place), "3", "") == Judgement(False, path, reason="wait")
    assert judged(rules, "2", str(len(others) + 1)) is None


def test_a_counselor_names_another_level_and_why(rules: RuleSet) -> None:
    for place, reason in enumerate(REASONS, start=1):
        found = judged(rules, "3", "1", str(place), "x")
        assert found == Judgement(False, None, rules.levels[0].id, reason, "x")


def test_among_equals_the_level_can_be_agreed_with_and_the_kind_left_open(rules: RuleSet) -> None:
    decision = decide(rules, ANSWERS)
    first, second = decision.ranked[:2]
    assert (second.about_equal_to_top, second.level) == (True, first.level)
    script = Script("5", "I do not choose between them.")
    found = ask_judgement(script, rules, decision)
    assert found == Judgement(True, level=first.level, line="I do not choose between them.")
    assert check_judgement(rules, found) == found
    level = rules.levels[rules.level_rank[first.level]].name
    assert f"5. {I_AGREE_ON_LEVEL}: {kind_open(level)}" in script.said
    assert ask_judgement(Script("1", ""), rules, decision) == Judgement(True)
    other = ask_judgement(Script("2", "1", "1", ""), rules, decision)
    assert other is not None
    assert (other.agrees, other.level, other.path is not None) == (False, None, True)
    levels = Script("3", "", "")
    ask_judgement(levels, rules, decision)
    assert not any(level_words(rules, first.level) in line for line in levels.said)


def test_the_tools_own_level_can_be_named_where_it_cannot_be_agreed_with_alone(
    rules: RuleSet,
) -> None:
    decision = decide(rules, ANSWERS)
    decision = decision._replace(ranked=decision.ranked[:1])
    own = decision.ranked[0].level
    script = Script("3", "")
    ask_judgement(script, rules, decision)
    assert not any(I_AGREE_ON_LEVEL in line for line in script.said)
    assert any(level_words(rules, own) in line for line in script.said)


@pytest.mark.parametrize(
    "wrong", [Judgement(True, level="hospital"), Judgement(True, "iop", "day")]
)
def test_what_is_agreed_with_is_a_level_of_the_tool_and_nothing_else(
    rules: RuleSet, wrong: Judgement
) -> None:
    with pytest.raises(PathfinderError):
        check_judgement(rules, wrong)


@pytest.mark.parametrize(
    "typed", [(), ("",), ("4",), ("2",), ("2", "1"), ("2", "", "1"), ("no", "0", "99999999999")]
)
def test_a_judgement_can_be_left_open_at_every_step(rules: RuleSet, typed: tuple[str, ...]) -> None:
    assert judged(rules, *typed) is None


def test_a_slip_is_asked_again(rules: RuleSet) -> None:
    assert judged(rules, "x", "7", "1", "") == Judgement(True)


def test_under_18_there_is_no_path_to_judge(rules: RuleSet) -> None:
    script = Script("1")
    assert ask_judgement(script, rules, decide(rules, {"age_group": "under_18"})) is None
    assert script.said == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(("forget",), True), ((" FORGET ",), True), (("yes",), False), (("",), False), ((), False)],
)
def test_only_the_whole_word_forgets(typed: tuple[str, ...], meant: bool) -> None:
    script = Script(*typed)
    assert really_forget(script, "k7f2mzq4xw", "C-104", 3) is meant
    told = " ".join(script.said)
    for word in ("k7f2mzq4xw", "C-104", "3 revisions", "backups", "solid-state"):
        assert word in told


def test_a_hostile_code_of_a_client_steers_no_terminal_when_it_is_asked_to_forget() -> None:
    script = Script("no")
    really_forget(script, "k7f2mzq4xw", "\x1b]52;c;ZWNobw==\x07\x1b[2JC-1", 0)
    assert all(text.isprintable() for text in script.said)


OLD = Judgement(False, path="outpatient", reason="wait", line="The \x1b[31mlist.")


@pytest.mark.parametrize(
    ("typed", "wanted", "told"),
    [
        ((), OLD, "Your judgement of before stays."),
        (("",), OLD, "Your judgement of before stays."),
        (("1",), OLD, "Your judgement of before stays."),
        (("x", "0", "9"), OLD, "Your judgement of before stays."),
        (("2", "1", ""), Judgement(agrees=True), ""),
        (("2", "back", "1"), OLD, "Your judgement of before stays."),
        (("2", "back", "", "1", ""), Judgement(agrees=True), "Enter alone means 2."),
        (("x", "3"), None, "left open"),
    ],
)
def test_a_judgement_of_before_is_shown_with_its_day_and_stays_unless_it_is_taken_back(
    rules: RuleSet, typed: tuple[str, ...], wanted: Judgement | None, told: str
) -> None:
    script = Script(*typed)
    before = JudgedBefore(OLD, "2026-11-20", "Kim \x1b[2JOsei")
    assert ask_judgement(script, rules, decide(rules, ANSWERS), before) == wanted
    assert "Judged on 2026-11-20 by Kim" in script.said[0]
    said = " ".join(script.said)
    for word in (rules.path_by_id["outpatient"].name, REASONS["wait"], "list.", "Keep it as it is"):
        assert word in said
    assert said.isprintable()
    assert any(told in line for line in script.said)


def test_a_judgement_of_other_answers_is_shown_and_never_kept_by_itself(rules: RuleSet) -> None:
    script = Script("")
    agreed = Judgement(agrees=True, line="She was pleased.")
    before = JudgedBefore(agreed, "2026-11-20", path="Residential care", holds=False)
    assert ask_judgement(script, rules, decide(rules, ANSWERS), before) is None
    said = " ".join(script.said)
    for word in ("Judged on 2026-11-20", "Residential care", "She was pleased.", "judge them anew"):
        assert word in said
    assert "Keep it as it is" not in said


def test_ctrl_c_at_a_judgement_of_before_takes_it_back_and_says_so(rules: RuleSet) -> None:
    class Pressed(Script):
        def read(self, label: str) -> str | None:
            raise KeyboardInterrupt

    script = Pressed()
    before = JudgedBefore(OLD, "2026-11-20")
    assert ask_judgement(script, rules, decide(rules, ANSWERS), before) is None
    assert "left open" in script.said[-1]


def test_of_many_sessions_the_five_newest_are_offered_and_the_rest_is_told() -> None:
    found = [Line(f"k7f2mzq4x{n}", "saved", "C-1", f"2026-11-{28 - n}", 1) for n in range(2, 9)]
    lines = Script("5")
    assert pick_session(lines, "C-1", found) == found[4].id
    said = "\n".join(lines.said)
    assert "1. k7f2mzq4x2, 2026-11-26" in said
    assert found[5].id not in said
    assert "2 older" in said
    for typed in ("6", ""):
        with pytest.raises(Stopped):
            pick_session(Script(*[typed] * 3), "C-1", found)


def test_lines_that_pick_neither_a_follow_up_nor_an_intake_say_which_of_them_comes_now() -> None:
    found = [Line("k7f2mzq4xw", "saved", "C-1", "2026-11-28", 1)]
    for typed, follows in (
        (("2",), "k7f2mzq4xw"),
        (("1",), ""),
        (("",), ""),
        (("y", "f", "0"), ""),
    ):
        lines = Script(*typed)
        assert follow_up_of(lines, "C-1", found) == follows
        told = lines.said[-1] == messages.begins_anew("k7f2mzq4xw")
        assert told == (len(typed) > 1)
