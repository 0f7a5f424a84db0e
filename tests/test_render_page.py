"""The result page: what it says, in which order, and that both forms say the same."""

from __future__ import annotations

import io
import os
import pty
import re
from collections.abc import Sequence

import pytest
from decisions_made_by_hand import (
    ADULT,
    ELSEWHERE,
    IN_DANGER,
    OURS,
    RULES,
    SECOND,
    TOP,
    UNDER_18,
    VIEW,
    passage,
    reason,
    replace,
)

from pathfinder import decide, load_rules
from pathfinder.engine.conditions import questions_in
from pathfinder.engine.decision import Decision, Fired, IfNotPossible, SetAside, ToCheck
from pathfinder.engine.flow import applicable
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text, firm
from pathfinder.pages.counselor import record
from pathfinder.pages.result import page
from pathfinder.render import print_blocks
from pathfinder.render.layout import plain_text
from pathfinder.terminal import can_be_rich, cells, page_width, to_ascii

SGR = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = (
    "[link=https://evil.example]x[/link]",
    "[/]",
    "[/b]",
    "drinks [beer] daily",
    "\\[x]",
    "ends\\",
    ":skull:",
    "[[x]]",
    "\x1b[2J\x1b[H",
    "\x1b]0;pwn\x07",
    "\x1b]52;c;ZWNobw==\x07",
    "\x1b]8;;https://e\x1b\\x\x1b]8;;\x1b\\",
    "\x9b31m",
    "\x1bc",
    "unterminated \x1b]",
    "Safe\b\b\b\bEvil",
    "score 1\rscore 9",
    "a\x00b",
    "Ann\nRESULT: ok",
    "\u202e9",
    "\ufeffx",
    "\u2028",
    "\ud800",
)


def plain(decision: Decision, width: int = 72, rules: RuleSet = RULES) -> str:
    return plain_text(page(rules, decision), width)


def rich_output(blocks: Sequence[Block], width: int = 72) -> str:
    from pathfinder.render import print_rich

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    print_rich(blocks, width, stream)
    return stream.getvalue()


def words_of(text: str) -> list[str]:
    """The words of a page without colours and without the marks at the start of a line."""
    lines = SGR.sub("", text).splitlines()
    bare = (re.sub(r"^ *(?:For:|Against:|[-+•]) ", "", line) for line in lines)
    return " ".join(bare).split()


def in_order(text: str, *pieces: str) -> None:
    place = -1
    for piece in pieces:
        found = text.find(piece, place + 1)
        assert found > place, f"{piece!r} is not there, or stands too early"
        place = found


def headings(decision: Decision, level: int = 1) -> list[str]:
    return [b.text for b in page(RULES, decision) if isinstance(b, Heading) and b.level == level]


# --- order ------------------------------------------------------------------------------


def test_the_parts_stand_in_the_order_in_which_they_matter() -> None:
    assert headings(ADULT) == [
        "What to do first",
        messages.START,
        "If this path can't be done now",
        "Other paths",
        "Not now, and what would open them",
        "Things to add",
        "Ask a professional about",
        "Help right now",
        "About this result",
        "Where this comes from",
        "Where we read the numbers",
        "Your plan, in short",
    ]


def test_in_danger_alerts_first_steps_and_help_lines_stand_before_the_paths() -> None:
    blocks = page(RULES, IN_DANGER)
    held = next(i for i, b in enumerate(blocks) if b == Heading(1, "Once you are safe"))
    said = plain_text(blocks[:held], 72)
    in_order(said, "Get help now", "Call now.", "911", "An overdose is happening.")
    in_order(said, "Your safety first", "Someone hurts you.", "Go where people are.", "911")
    # What to do first makes safe, so it doesn't wait.
    in_order(said, messages.FIRST_WITH_HELP, "Call a shelter.", "More help lines")
    assert "IOP" not in said
    in_order(plain_text(blocks[held:], 72), messages.CAN_WAIT, messages.START)


def test_in_danger_each_number_is_told_once_before_the_paths() -> None:
    said = plain(IN_DANGER).split("Once you are safe")[0]
    assert said.count("1-800-555-0100") == 1
    assert "911" not in said.split("More help lines")[1]
    assert "Help right now" not in headings(IN_DANGER), "told above, and in short at the end"


def test_where_we_know_no_numbers_the_page_says_so_and_names_the_places_we_know() -> None:
    away = replace(ADULT, region="elsewhere", help_lines=(ELSEWHERE,))
    in_order(
        plain(away),
        "Help right now",
        "We have no numbers for this place",
        "(us)",
        messages.IN_SHORT,
    )
    assert "We have no numbers" not in plain(ADULT)


def test_without_hold_the_paths_need_no_heading_of_their_own() -> None:
    assert "Once you are safe" not in plain(ADULT)


def test_under_18_gets_kind_words_help_lines_and_nothing_else() -> None:
    assert headings(UNDER_18) == [
        "Get help now",
        "Your safety first",
        "Help right now",
        "Where we read the numbers",
    ]
    text = plain(UNDER_18)
    in_order(text, "Call now.", "Thank you for being open.", "The help lines are for you.", "988")
    assert text.count("Thank you for being open.") == 1
    assert text.count("Call now.") == 1
    assert "IOP" not in text
    assert "by-hand" not in text
    assert text.endswith("Start again: pathfinder quiz\n")


def test_the_last_lines_name_the_first_step_the_path_and_a_number() -> None:
    end = plain(ADULT).splitlines()[-6:]
    in_order("\n".join(end), "Find a safe place", "IOP one", "911", "1-800-555-0100")


def test_the_last_line_of_someone_in_danger_is_the_number_to_call_now() -> None:
    assert "Help right now: Emergency services, 911." in plain(IN_DANGER).splitlines()[-1]
    assert "Now: Get help now; Your safety first." in plain(IN_DANGER)
    assert (
        "As soon as help is there: Find a safe place. Once you are safe: IOP one, unless"
        in " ".join(plain(IN_DANGER).split())
    )


# --- first steps and the first path -------------------------------------------------------


def test_a_first_step_says_every_reason_and_only_the_moves_that_fit() -> None:
    text = plain(ADULT)
    in_order(text, "You have nowhere steady to stay. [1]", "Nights outside", "Call a shelter.")
    assert "Stay where you are." not in text


def test_a_reason_is_one_sentence_with_its_direction_before_it() -> None:
    text = plain(ADULT)
    assert "For: Many signs call for days. [1]" in text
    assert "Against: You have nowhere to stay, which makes it hard." in text


def test_the_three_strongest_reasons_come_before_what_speaks_against() -> None:
    in_order(
        plain(ADULT),
        "Why\n",
        "Many signs call",
        "A job asks",
        "You want to learn skills",
        "What speaks against it",
        "What else speaks for it",
        "It has online days.",
    )


def test_the_page_shows_no_points() -> None:
    marked = replace(TOP, points=4242)
    assert "4242" not in plain(replace(ADULT, ranked=(marked,)))


def test_unknown_answers_are_named_in_one_line() -> None:
    alone = replace(ADULT, to_check=())
    in_order(
        plain(alone),
        messages.NOT_KNOWN,
        "Your answer on peers or professionals is open as yet.",
    )
    assert messages.NOT_KNOWN not in plain(ADULT), "what is to be asked says so"
    names = ("company", "payment", "home", "philosophy", "weekly_hours")
    unknown = tuple(reason("x", name, None, f"Why {name} matters.", 0, OURS) for name in names)
    text = " ".join(plain(replace(alone, ranked=(replace(TOP, unknown=unknown),))).split())
    assert (
        "Your answers on peers or professionals, money and insurance, home, style of program and "
        "hours a week are open as yet." in text
    )
    assert "Why payment matters." not in text


def test_why_no_less_care_is_told_by_the_gates_that_ask_for_just_this_level() -> None:
    text = plain(ADULT)
    in_order(text, messages.WHY_LEVEL, "You need several days a week. [1]")
    assert text.count("You need several days a week.") == 1


def test_a_gate_that_only_a_reading_fires_is_not_told_as_a_fact() -> None:
    assert messages.CAREFUL not in plain(ADULT)
    gate = next(each for each in RULES.gates if each.id == "intensive-gate")
    open_ = VIEW | dict.fromkeys(questions_in(gate.when))
    text = " ".join(plain(replace(ADULT, view=open_)).split())
    # First how it is known.
    assert f"{messages.CAREFUL} and plan for this: you need several days a week. [1]" in text


def test_a_passage_for_others_is_not_told() -> None:
    assert "bring your family" not in plain(ADULT)
    assert "bring your family" in plain(replace(ADULT, view=VIEW | {"home": "steady"}))
    assert "bring your family" not in plain(replace(ADULT, view=VIEW | {"home": None}))
    unsafe = VIEW | {"home": "steady", "danger": None}
    assert "bring your family" not in plain(replace(ADULT, view=unsafe))


def test_each_move_is_told_once() -> None:
    text = plain(IN_DANGER)
    for move in IN_DANGER.next_moves:
        assert text.count(move) == 1, move
    in_order(
        text,
        "What you can do once you are safe",
        "Write down why.",
        "IOP one: call a program today.",
    )


def test_the_paths_own_facts_are_all_there() -> None:
    in_order(
        plain(ADULT),
        "Level of care: Intensive outpatient care, 9 to 19 hours a week.",
        "IOP one: what it is.",
        "three days a week",
        "led by a counselor",
        "about 12 weeks",
        "ask what is covered",
        "plan the time after",
        "call a program today",
        "is it 12-Step?",
    )


def test_a_note_that_tells_why_paths_were_taken_out_stands_above_the_path_that_is_left() -> None:
    in_order(plain(ADULT), messages.START, "Note: A note of its own.", "IOP one in one")


def test_any_other_note_waits_until_the_paths_are_told() -> None:
    text = plain(replace(ADULT, set_aside=ADULT.set_aside[:2]))
    in_order(text, "The path that fits best", "Things to add", "Good to know", "A note of its own.")
    assert text.count("A note of its own.") == 1


def test_the_standing_notes_are_told_once() -> None:
    text = plain(ADULT)
    for note in ADULT.notes:
        assert text.count(note.because) == 1, note.id


# --- the other paths ----------------------------------------------------------------------


def test_an_about_equal_path_is_named_beside_the_first() -> None:
    in_order(plain(ADULT), "About as good: IOP two.", "Take the one that feels right.", "Why\n")


def test_a_path_below_says_the_answer_that_decides() -> None:
    text = " ".join(plain(ADULT).split())
    assert f"{answer_messages.AGAINST_IT}: {messages.A_LITTLE_LESS_FOR_IT}" in text


def test_a_reason_is_told_whole_once_and_then_by_what_was_said_alone() -> None:
    text = plain(ADULT)
    assert text.count("it teaches them.") == 1
    assert text.count("You want to learn skills") == 1

    hard = reason(
        "hours-fit", "weekly_hours", "under_3", "You are busy, and days are long.", -3, OURS
    )
    below = replace(SECOND, points=1, about_equal_to_top=False, against=(hard,))
    both = replace(ADULT, ranked=(TOP, below, replace(below, path="talks", rank=3)))
    text = " ".join(plain(both).split())
    assert text.count("and days are long.") == 1
    assert text.count("You are busy") == 1


def test_a_path_above_need_says_so_once_and_no_answer_beside_it() -> None:
    more = replace(SECOND, points=9, about_equal_to_top=False, above_need=True)
    text = " ".join(
        plain(replace(ADULT, ranked=(TOP, more, replace(more, path="talks", rank=3)))).split()
    )
    assert text.count("What decides: More than is called for.") == 1
    assert f"What decides: More than is called for. {messages.true_of([3])}" in text
    assert text.split(messages.true_of([3]))[1].count("What decides:") == 0


def test_a_reason_against_a_path_is_told_from_its_own_side() -> None:
    hard = reason("home-fit", "home", "steady", "It takes you from home.", -3, OURS)
    below = replace(
        SECOND, points=2, about_equal_to_top=False, against=(hard,), level="day", rank=2
    )
    text = " ".join(plain(replace(ADULT, ranked=(TOP, below))).split())
    assert f"{answer_messages.AGAINST_IT}: It takes you from home." in text


def test_where_nothing_speaks_against_a_path_the_first_has_more_for_it() -> None:
    below = replace(SECOND, points=0, about_equal_to_top=False, for_=(), against=())
    text = " ".join(plain(replace(ADULT, ranked=(TOP, below))).split())
    assert f"{answer_messages.AGAINST_IT}: {messages.LESS_FOR_IT}" in text


def test_many_paths_that_all_fit_the_same_say_so_once() -> None:
    same = [
        replace(SECOND, path=path, rank=rank, points=TOP.points)
        for rank, path in enumerate(("iop-two", "talks", "live-in"), 2)
    ]
    text = plain(replace(ADULT, ranked=(TOP, *same)))
    part = text.split("Other paths")[1].split("Not now")[0]
    in_order(part, "They all fit as well.", "2. IOP two:", "3. ", "4. Live-in care:")
    assert "What decides" not in part


def test_a_tie_is_told_as_a_tie() -> None:
    tie = replace(SECOND, points=TOP.points)
    text = plain(replace(ADULT, ranked=(TOP, tie)))
    assert f"{messages.ABOUT_AS_GOOD}: " in text
    assert messages.DECIDES not in text, "said already"
    more = replace(tie, path="live-in", level="residential")
    assert "it asks more of you" in plain(replace(ADULT, ranked=(TOP, more)))


def test_without_one_reason_no_path_is_said_to_fit_best() -> None:
    nothing = replace(TOP, points=0, for_=(), against=())
    same = replace(nothing, path="iop-two", rank=2)
    text = plain(replace(ADULT, ranked=(nothing, same)))
    in_order(text, "A path to start with", "IOP one", "don't speak for one path yet")
    assert "The path that fits best" not in text
    assert "Take the one that feels right." not in text


def test_one_path_alone_leaves_no_empty_heading() -> None:
    assert "Other paths" not in headings(replace(ADULT, ranked=(TOP,)))


def test_a_set_aside_path_says_why_what_opens_it_and_whether_it_helps_alongside() -> None:
    part = plain(ADULT).split("Not now, and what would open them")[1].split("Things to add")[0]
    in_order(
        part,
        "Peer groups",
        "By itself, less care than is safe",
        "When less care is safe.",
        "beside",
    )
    in_order(part, "Live-in care", "living in is not for you", "When you can step away.")
    assert part.count("beside another path") == 1


def test_paths_set_aside_for_the_same_reasons_stand_together() -> None:
    base = ADULT.set_aside[2]
    pair = (base, replace(base, path="iop-two"))
    text = plain(replace(ADULT, ranked=(TOP,), set_aside=pair))
    in_order(text, "Live-in care, IOP two", "You said that living in", "What would open them")
    assert text.count("You said that living in is not for you.") == 1


def test_a_path_set_aside_twice_over_says_both() -> None:
    both = SetAside(
        "talks",
        "outpatient",
        ("own-choice", "intensive-gate"),
        ("You said that living in is not for you.", "You need several days a week."),
        (OURS, OURS),
        "When you can step away. When less care is safe.",
        False,
    )
    unexplained = replace(ADULT, set_aside=(both,), notes=ADULT.notes[1:])
    part = plain(unexplained).split("Not now")[1]
    in_order(
        part,
        "Weekly talks",
        "By itself, less care than is safe",
        "When less care is safe.",
        "not for you.",
        f"{messages.OPENS_BESIDES}:",
    )


# --- when it can't be done ----------------------------------------------------------------


def test_a_compromise_below_the_safe_level_says_so() -> None:
    text = plain(ADULT)
    in_order(
        text,
        "If this path can't be done now",
        "Your week leaves under 3 hours.",
        "What may help: An evening track.",
        "Weekly talks.",
    )
    assert messages.COMPROMISE_LESS[1] in " ".join(text.split())


def test_a_compromise_that_is_safe_is_not_talked_down() -> None:
    text = plain(replace(ADULT, safe_level="outpatient"))
    assert messages.COMPROMISE_LESS[1] not in " ".join(text.split())


def test_without_a_compromise_the_page_says_whom_to_ask() -> None:
    blocked = IfNotPossible(("weekly_hours",), (), None, "Your week is full.")
    text = " ".join(plain(replace(ADULT, if_not_possible=blocked)).split())
    assert messages.NO_COMPROMISE in text
    assert "What may help" not in text


# --- what stands open ---------------------------------------------------------------------


def test_a_question_that_several_rules_ask_is_told_once_and_urgent_ones_come_first() -> None:
    text = plain(ADULT)
    in_order(text, "Am I safe at home?", "Do I need more days?", "Is living in right for me?")
    assert text.count("Do I need more days?") == 1
    flat = " ".join(text.split())
    assert "Do I need more days? (Open: peers or professionals, money and insurance)" in flat


def test_an_open_first_step_is_as_urgent_as_an_open_alert() -> None:
    step = ToCheck("r", "first", ("safe-place",), ("payment",), "Is my place safe?")
    text = plain(replace(ADULT, to_check=(*ADULT.to_check[:2], step)))
    in_order(text, "Is my place safe?", "Do I need more days?", "Is living in right for me?")


def test_many_open_questions_are_set_closer_together_and_none_is_dropped() -> None:
    effects = (("alert", "violence"), ("gate", "live-in"), ("reading", "severe"), ("gate", "day"))
    checks = tuple(
        ToCheck(f"r{n}", effect, (target,), ("payment",), f"Question number {n}?")
        for n, (effect, target) in zip(range(40), effects * 10, strict=True)
    )
    text = plain(replace(ADULT, to_check=checks))
    for check in checks:
        assert text.count(check.because) == 1
    in_order(text, "Ask these first", "number 0?", "About how much care you need", "number 2?")
    in_order(text, "number 3?", "About the paths", "number 1?", "Answers that are open: money")
    assert "(Open:" not in text


# --- sources and help ---------------------------------------------------------------------


def test_every_number_in_brackets_is_told_at_the_end_with_the_publishers_interest() -> None:
    text = plain(ADULT)
    body, _, sources = text.partition("Where this comes from")
    used = set(re.findall(r"\[(\d+)\]", body))
    told = set(re.findall(r"- \[(\d+)\]", sources))
    assert used == told == {"1", "3"}
    assert "An article. A directory, 2024. What they may gain: sells" in sources
    assert "A study. A journal, 2014.\n" in sources
    assert "Where no gain is named, none was stated." in sources


def test_the_page_says_which_rules_and_which_program_made_it() -> None:
    text = " ".join(plain(ADULT).split())
    assert "by-hand 1.2.3, 0123456789ab, dated 2026-11-22." in text
    assert "Pathfinder 0.1.0" in text
    assert "The next time is due by 2027" in text


def test_a_number_says_when_and_where_it_was_seen_and_never_that_it_was_checked() -> None:
    text = plain(ADULT)
    assert "Emergency services: 911. Day and night.\n" in text
    assert "Emergency services: Last seen on 2026-11-22 at" in text
    assert "checked" not in text


def test_where_a_number_was_read_stands_at_the_end_and_never_in_an_alert() -> None:
    said = plain(IN_DANGER)
    alarm, later = said.split("Where we read the numbers")
    assert "Last seen" not in alarm
    assert "Nobody has dialled" not in alarm
    for line in IN_DANGER.help_lines:
        assert f"{line.name}: Last seen on {line.seen_on} at" in " ".join(later.split())
    assert "Nobody has dialled" in " ".join(later.split())


def test_advice_in_place_of_a_number_is_not_said_to_have_been_seen() -> None:
    text = plain(replace(ADULT, help_lines=(ELSEWHERE,), region="elsewhere"))
    assert "Last seen" not in text
    assert "Nobody has dialled" not in text
    assert "Help right now: Your local emergency number." in text


def test_an_alert_finds_its_line_although_the_region_does_not_have_it() -> None:
    fallback = Fired("call-emergency", ("x",), ("Because.",), (OURS,), ("elsewhere-emergency",))
    assert "Call your local emergency number." in plain(replace(IN_DANGER, alerts=(fallback,)))


@pytest.mark.parametrize("width", range(20, 60))
def test_a_telephone_number_is_never_split_over_two_lines(width: int) -> None:
    spaced = replace(ADULT.help_lines[2], number="0800 917 7650")
    text = plain(replace(ADULT, help_lines=(spaced,)), width)
    assert text.count("0800 917 7650") == 2


# --- both forms ---------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 39, 59, 60, 72])
@pytest.mark.parametrize("decision", [ADULT, IN_DANGER, UNDER_18], ids=["adult", "danger", "young"])
def test_both_forms_hold_the_same_words(decision: Decision, width: int) -> None:
    blocks = page(RULES, decision)
    assert words_of(rich_output(blocks, width)) == words_of(plain_text(blocks, width))


@pytest.mark.parametrize("width", [20, 39, 60, 72])
def test_no_line_is_wider_than_the_page_unless_it_is_one_word(width: int) -> None:
    for line in plain(IN_DANGER, width).splitlines():
        assert len(line) <= width or " " not in re.sub(r"^\W*", "", line), line


def test_the_plain_form_is_words_and_line_ends_only() -> None:
    text = plain(IN_DANGER)
    assert "\x1b" not in text
    assert not re.search("[\u2500-\u259f\t\r]", text)
    assert not re.search(r" $", text, re.MULTILINE)
    assert "\n\n\n" not in text


def test_the_rich_form_draws_no_box_and_dims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLORTERM", raising=False)
    out = rich_output(page(RULES, IN_DANGER))
    assert not re.search("[\u2500-\u259f]", out)
    # Bold, reset, and the accent and the warning of the theme. A style that an earlier test drew
    # in true colour is kept by rich in those codes, so the same two may be told either way.
    found = re.findall(r"\x1b\[([0-9;]*)m", out)
    told = {re.sub(r"38;(5;167|2;215;95;95)", "warning", each) for each in found}
    told = {re.sub(r"38;(5;31|2;0;135;175)", "accent", each) for each in told}
    codes = {code for each in told for code in each.split(";")}
    assert codes <= {"0", "1", "accent", "warning"}
    assert "warning" in codes


def test_no_color_takes_every_colour_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", rich_output(page(RULES, IN_DANGER)))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_a_file_cannot_steer_the_terminal(text: str) -> None:
    hostile = replace(
        RULES,
        texts=replace(RULES.texts, review=passage(text)),
        steps=tuple(replace(step, title=text) for step in RULES.steps),
        paths=tuple(replace(path, name=text, short=text) for path in RULES.paths),
        path_by_id={path.id: replace(path, name=text) for path in RULES.paths},
    )
    blocks = page(hostile, IN_DANGER)
    for out in (plain_text(blocks, 72), rich_output(blocks)):
        bare = SGR.sub("", out)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\ufeff\ud800]", bare)
        assert not re.search("^ *RESULT: ok", bare, re.MULTILINE)
    if text.isprintable():
        assert text in plain_text(blocks, 72)
        assert text in rich_output(blocks)


def test_a_terminal_without_utf8_gets_every_word_in_ascii() -> None:
    text = plain_text(page(RULES, IN_DANGER), 72, ascii_only=True)
    assert text.isascii()
    assert "You want to learn skills, and it teaches them." in text
    assert to_ascii("¿Qué te preocupa…? “nada”") == 'Que te preocupa...? "nada"'


class _Stream(io.StringIO):
    def __init__(self, encoding: str, terminal: bool) -> None:
        super().__init__()
        self._encoding = encoding
        self._terminal = terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal


def test_a_reader_who_needs_plain_text_gets_it_at_a_terminal_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for told, rich in (("", True), ("0", True), ("1", False), ("yes", False)):
        monkeypatch.setenv("ACCESSIBLE", told)
        assert can_be_rich(_Stream("utf-8", True)) is rich


def test_rich_is_for_terminals_that_can_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACCESSIBLE", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert can_be_rich(_Stream("utf-8", True))
    assert can_be_rich(_Stream("UTF8", True))
    assert not can_be_rich(_Stream("utf-8", False))
    assert not can_be_rich(_Stream("ascii", True))
    monkeypatch.setenv("TERM", "dumb")
    assert not can_be_rich(_Stream("utf-8", True))


def test_a_pipe_gets_the_plain_form_and_a_reader_may_ask_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    blocks = page(RULES, ADULT)
    piped, asked = _Stream("utf-8", False), _Stream("utf-8", True)
    print_blocks(blocks, plain=False, stream=piped)
    print_blocks(blocks, plain=True, stream=asked)
    for stream in (piped, asked):
        assert "For: Many signs" in stream.getvalue()
        assert "\x1b" not in stream.getvalue()
    old = _Stream("latin-1", False)
    print_blocks(blocks, plain=False, stream=old)
    assert old.getvalue().isascii()


@pytest.mark.parametrize(
    ("columns", "width"), [("200", 72), ("40", 39), ("3", 20), ("0", 72), ("9" * 5000, 72)]
)
def test_without_a_terminal_the_width_is_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert page_width(_Stream("utf-8", False)) == width


def test_at_a_terminal_the_width_is_that_of_its_own_window() -> None:
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "w") as stream:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 12, 40, 0, 0))
        assert page_width(stream) == 39


def test_wide_letters_take_two_columns() -> None:
    text = plain_text([Text("日本 " * 20)], 20)
    assert max(map(cells, text.splitlines())) in (19, 20)


def test_blocks_keep_their_distance() -> None:
    blocks = (
        Heading(1, "One"),
        Text("A paragraph."),
        Bullet("A point."),
        Bullet("Another."),
        Text("value", label="Label"),
        Heading(2, "Inside"),
        Text(firm("116 123")),
    )
    assert plain_text(blocks, 40) == (
        "One\n  A paragraph.\n\n  - A point.\n  - Another.\n\n  Label: value\n\n"
        "  Inside\n  116 123\n"
    )


# --- the record ---------------------------------------------------------------------------

ANSWERS = {
    "age_group": "adult",
    "danger": ("none",),
    "home": "none",
    "severity": "severe",
    "responsibilities": ("school", "job"),
    "company": "unsure",
    "severity_signs": ("cravings",),
}


def test_the_record_holds_the_answers_in_words_and_names_those_that_are_missing() -> None:
    text = plain_text(record(RULES, ADULT, ANSWERS, "2026-11-30"), 72)
    in_order(
        text,
        "Date: 2026-11-30",
        "by-hand 1.2.3, 0123456789ab",
        "Age: 18 or older",
        "How serious the use is: Many signs.",
        "Home: I have nowhere steady to stay",
        "Daily duties: A job; School",
        "Hours a week: not answered",
        "Peers or professionals: Not sure",
        "Money and insurance: not answered",
        "Least care that is safe: Intensive outpatient care",
        "First steps: Find a safe place",
        "First path: IOP one",
        "Questions left open: 5 of 11",
        "Counselor's own judgement: ____",
    )
    # A question that doesn't apply has no line, whatever was answered earlier.
    assert "Signs of trouble" not in text


def test_the_record_says_which_answer_was_worked_out() -> None:
    counted = replace(ADULT, view=VIEW | {"severity_signs": frozenset({"cravings"})})
    text = plain_text(record(RULES, counted, {"severity_signs": ("cravings",)}), 72)
    assert "How serious the use is: Many signs. (worked out from the other" in text
    assert "Date" not in text


def test_the_record_of_a_young_person_is_short() -> None:
    text = plain_text(record(RULES, UNDER_18, {"age_group": "under_18"}), 72)
    in_order(text, "Age: Under 18", "Alerts: Get help now; Your safety first", "under 18")
    assert "Home" not in text
    assert "First steps" not in text


def test_the_record_says_what_an_alert_was_for_that_it_holds_and_what_is_open() -> None:
    answers = {"age_group": "adult", "self_harm": "plan", "substances": ("alcohol",),
               "frequency": "every_day"}  # fmt: skip
    rules = load_rules()
    text = " ".join(plain_text(record(rules, decide(rules, answers), answers), 72).split())
    plan = rules.question_by_id["self_harm"].label("plan")
    assert f"Talk to someone right now (thoughts of self-harm: {plan})" in text
    assert "Held for safety: An alert came first." in text
    path = len(applicable(rules, answers))  # type: ignore[arg-type]
    assert f"Questions left open: {path - 4} of {path}" in text
    assert "Alcohol frequency" not in text, "it was taken over, and never asked"


def test_who_is_in_danger_reads_nothing_of_waiting() -> None:
    answers = {"age_group": "adult", "substances": ["alcohol"], "severity": "moderate"}
    rules = load_rules()
    for more, waits in (
        ({}, True),
        ({"self_harm": "plan"}, False),
        ({"danger": ["violence"]}, False),
    ):
        decision = decide(rules, {**answers, **more})
        text = plain_text(page(rules, decision, None), 72)
        assert (messages.IF_YOU_WAIT in text) is waits, more
