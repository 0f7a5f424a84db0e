"""The menu behind the answer on an emulated screen: every choice opened and returned from."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_in import RULES
from screen import CTRL_C, CTRL_X, ENTER, ESCAPE, LEFT, Screen

from pathfinder import decide
from pathfinder.ask import menu_messages as words
from pathfinder.ask.answer_screen import draw_answer
from pathfinder.ask.behind import choices
from pathfinder.engine.explain import explain
from pathfinder.engine.gates import questions_of_care
from pathfinder.pages import answer_messages
from pathfinder.pages.answer import answer
from pathfinder.pages.behind import Result
from pathfinder.terminal import Size

KEYS = "1234567890abcdef"
ANSWERS = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["cannabis"],
    "frequency": "most_days", "withdrawal": "mild", "health": ["none"], "severity": "moderate",
    "staying_stopped": "days", "mental_health": "none", "home": "steady", "support": "some",
    "stage": "first_time", "past_twelve_step": "never", "motivation": "willing",
    "responsibilities": ["caring"], "step_away": "cannot", "weekly_hours": "under_3",
    "payment": "limited", "spirituality": "no_preference", "philosophy": "skills",
    "company": "both",
}  # fmt: skip
DECISION = decide(RULES, ANSWERS)
EXPLAINED = explain(RULES, ANSWERS, DECISION)
assert EXPLAINED is not None
RESULT = Result(RULES, ANSWERS, DECISION, EXPLAINED)  # type: ignore[arg-type]
LABELS = [each.label for each in choices(RESULT, safe=True)]
FIRST = RULES.path_by_id[DECISION.ranked[0].path].name
LAST = "Is any of this important"
"""How the last question begins."""
SIZES = [(80, 24), (40, 12), (120, 40)]


def quiz(folder: Path, size: tuple[int, int], *options: str) -> Screen:
    """The quiz, one answer before its end."""
    file = folder / "answers.json"
    file.write_text(json.dumps(ANSWERS), encoding="utf-8")
    columns, rows = size
    arguments = ["-m", "pathfinder", "quiz", "--answers", str(file), *options]
    return Screen(arguments, columns=columns, rows=rows)


def to_the_answer(screen: Screen) -> None:
    """Answer the last question with "none of these", and go on from the review."""
    while True:
        screen.wait(lambda s: "Press Enter to go on." in s.text or LAST in s.text)
        if LAST in screen.text:
            break
        before = screen.text
        screen.press(ENTER)
        screen.wait(lambda s, before=before: s.text != before)
    screen.press("8")
    screen.press(ENTER)
    screen.wait("All correct")
    screen.press(ENTER)
    screen.wait(answer_messages.TITLE)
    screen.settle()


@pytest.fixture(params=SIZES, ids=["80x24", "40x12", "120x40"])
def menu(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Screen]:
    with quiz(tmp_path, request.param) as screen:
        to_the_answer(screen)
        yield screen


@pytest.mark.slow
def test_every_choice_opens_and_leads_back_to_the_answer(menu: Screen) -> None:
    for place, label in enumerate(LABELS):
        if label in (words.DONE, words.ANSWERS):
            continue
        shown = menu.lines[0]
        menu.press(KEYS[place], ENTER)
        menu.wait(lambda s, shown=shown: s.lines[0] != shown)
        menu.settle()
        menu.press(ESCAPE if place % 2 else LEFT)
        menu.wait(answer_messages.TITLE)
        menu.settle()
    assert menu.on_second_screen


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x12", "120x40"])
@pytest.mark.parametrize("plain", [False, True], ids=["menus", "plain"])
def test_in_mid_quiz_the_answer_so_far_is_one_key_away_and_the_quiz_goes_on(
    size: tuple[int, int], plain: bool, tmp_path: Path
) -> None:
    file = tmp_path / "answers.json"
    care = questions_of_care(RULES) - {"stage"} | {"age_group"}
    half = {key: each for key, each in ANSWERS.items() if key in care}
    file.write_text(json.dumps(half), encoding="utf-8")
    options = ["--answers", str(file), *(["--plain"] if plain else [])]
    with Screen(["-m", "pathfinder", "quiz", *options], columns=size[0], rows=size[1]) as screen:
        waits = ("Press Enter to go on.", "More below: press Enter.")
        for mark, key in (("Where are you on", "1"), (words.ENOUGH.split(".")[0], "2")):
            while True:
                screen.wait(lambda s, mark=mark: mark in s.everything or s.text.endswith(waits))
                screen.settle()
                if not screen.text.endswith(waits):
                    break
                before = screen.everything
                screen.press(ENTER)
                screen.wait(lambda s, before=before: s.everything != before)
            screen.press(key, ENTER)
        screen.wait(lambda s: "This is your answer so far." in s.everything)
        assert "Question" not in screen.text.split("so far")[-1]
        for _ in range(12):
            screen.settle()
            if "Have you been to 12-step" in screen.text:
                return
            screen.press(*(["1"] if screen.text.endswith("Your choice:") else []), ENTER)
        raise AssertionError(screen.text)


@pytest.mark.slow
def test_done_leaves_the_answer_and_nothing_else_on_the_normal_screen(menu: Screen) -> None:
    menu.press(KEYS[LABELS.index(words.DONE)], ENTER)
    assert menu.end() == 0
    assert not menu.on_second_screen
    assert FIRST.rstrip(".") in menu.everything
    assert "Question 22" not in menu.everything
    assert words.ANSWER_KEYS[0] not in menu.everything


@pytest.mark.slow
def test_stopping_leaves_the_answer_too(menu: Screen) -> None:
    menu.press(KEYS[LABELS.index("Why this path")], ENTER)
    menu.wait(words.MORE_BELOW)
    menu.press(CTRL_C)
    assert menu.end() == 0
    assert FIRST in menu.everything


@pytest.mark.slow
def test_the_quick_exit_leaves_nothing_from_any_page(menu: Screen) -> None:
    menu.press(KEYS[LABELS.index("Why this path")], ENTER)
    menu.wait(words.MORE_BELOW)
    menu.press(CTRL_X)
    assert menu.end() == 0
    assert FIRST not in menu.everything


@pytest.mark.slow
def test_a_changed_answer_gives_a_new_answer_at_once(tmp_path: Path) -> None:
    with quiz(tmp_path, (80, 24)) as screen:
        to_the_answer(screen)
        screen.press(KEYS[LABELS.index(words.ANSWERS)], ENTER)
        screen.wait("All correct")
        screen.settle()
        screen.press(ENTER)
        screen.wait(words.NOTHING_CHANGED)
        screen.settle()
        screen.press(KEYS[LABELS.index(words.DONE)], ENTER)
        assert screen.end() == 0


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x12", "120x40"])
def test_a_random_walk_never_loses_the_answer(tmp_path: Path, size: tuple[int, int]) -> None:
    dice = random.Random(size[0])
    with quiz(tmp_path, size) as screen:
        to_the_answer(screen)
        places = [n for n, label in enumerate(LABELS) if label not in (words.DONE, words.ANSWERS)]
        for _ in range(6):
            screen.press(KEYS[dice.choice(places)], ENTER)
            screen.wait(lambda s: not s.lines[0].startswith(answer_messages.TITLE))
            for key in dice.choices((" ", "j", "k", ENTER), k=dice.randrange(3)):
                screen.press(key)
                screen.settle()
            for _ in range(4):  # from whatever page, a few steps back lead to the answer
                if not screen.lines[0].startswith(answer_messages.TITLE):
                    before = screen.text
                    screen.press(ESCAPE)
                    screen.wait(lambda s, before=before: s.text != before)
                    screen.settle()
            screen.wait(answer_messages.TITLE)


@pytest.mark.slow
def test_in_plain_mode_the_same_choices_are_numbered_lines(tmp_path: Path) -> None:
    with quiz(tmp_path, (80, 24), "--plain") as screen:
        screen.wait(LAST)
        screen.line("none of these")
        screen.wait("To see your result")
        screen.line("show my result")
        screen.wait(words.TYPE)
        for number, label in enumerate(LABELS, 1):
            assert f"{number}. {label}" in screen.everything
        for number, label in enumerate(LABELS, 1):
            if label in (words.DONE, words.ANSWERS):
                continue
            before = screen.everything
            screen.line(str(number))
            screen.wait(lambda s, before=before: s.everything != before)
            screen.settle()
            if words.LABEL_OR_BACK in screen.text:
                screen.line("back")
            screen.wait(
                lambda s: s.lines[s.cursor[0]].startswith(words.LABEL + " ") or words.TYPE in s.text
            )
            screen.settle()
        screen.line("done")
        assert screen.end() == 0
        assert b"\x1b[?1049h" not in screen.bytes


@pytest.mark.parametrize("size", [Size(80, 24), Size(40, 12), Size(30, 12), Size(120, 40)])
def test_the_picture_never_outgrows_the_window_and_shows_the_way_on(size: Size) -> None:
    told = answer(RULES, DECISION, EXPLAINED)
    for pointed, label in enumerate(LABELS):
        drawn = draw_answer(told, "", LABELS, size, pointed, 0)
        assert len(drawn.rows) <= size.rows
        assert all(len(row.text) <= size.columns for row in drawn.rows)
        (chosen,) = [row for row in drawn.rows if row.cursor is not None]
        assert f">{KEYS[pointed]} {label}" in chosen.text


def test_a_small_window_turns_the_answer_page_by_page_and_loses_no_line() -> None:
    told = answer(RULES, DECISION, EXPLAINED)
    seen, top = "", 0
    while True:
        drawn = draw_answer(told, "", LABELS, Size(40, 12), 0, top)
        seen += " ".join(row.text for row in drawn.rows[:-2]) + " "
        if not drawn.more:
            break
        top += 1
    words_seen = " ".join(seen.split())
    assert top > 0
    assert told.headline.removesuffix(".") in words_seen  # the first path, by its full name
    for row in told.rows[1:]:
        assert row.name in words_seen
    assert "911" in words_seen
