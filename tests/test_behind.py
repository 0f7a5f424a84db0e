"""What stands behind the answer: the page of every fact, and a conversation that loses nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from built_in import RULES
from contract import random_answers

from pathfinder import decide
from pathfinder.ask import menu_messages as words
from pathfinder.ask.behind import Behind, Choice, changed, choices, look_behind, told_enough
from pathfinder.ask.interview import Ended, Outcome
from pathfinder.engine.explain import explain
from pathfinder.errors import CantWrite, QuickExit
from pathfinder.pages import messages
from pathfinder.pages.answer import Answer, answer
from pathfinder.pages.behind import SUBJECTS, Result, page_of, pages_of
from pathfinder.pages.blocks import Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.pages.result import page
from pathfinder.programs.matching import Finder
from pathfinder.programs.model import Program, ProgramList

MOTHER: Mapping[str, object] = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["cannabis"],
    "frequency": "most_days", "philosophy": "skills", "withdrawal": "mild", "severity": "moderate",
    "staying_stopped": "days", "mental_health": "none", "home": "steady", "support": "some",
    "motivation": "willing", "responsibilities": ["caring"], "weekly_hours": "under_3",
    "payment": "limited", "step_away": "cannot",
}  # fmt: skip


def result_of(answers: Mapping[str, object]) -> Result:
    decision = decide(RULES, answers)
    explained = explain(RULES, answers, decision)
    assert explained is not None
    return Result(RULES, answers, decision, explained)  # type: ignore[arg-type]


class Script:
    """A desk that a test reads from: ids to pick, in order, and everything that was shown."""

    def __init__(self, *picks: str | None) -> None:
        self._picks = list(picks)
        self.answers: list[Answer] = []
        self.notices: list[str] = []
        self.pages: list[Sequence[Block]] = []

    def _next(self) -> str | None:
        return self._picks.pop(0) if self._picks else "done"

    def answer(self, told: Answer, notice: str, choices: Sequence[Choice]) -> str:
        self.answers.append(told)
        self.notices.append(notice)
        picked = self._next()
        assert picked in [choice.id for choice in choices], (picked, choices)
        return str(picked)

    def page(self, blocks: Sequence[Block]) -> None:
        self.pages.append(blocks)

    def pick(self, title: str, choices: Sequence[Choice]) -> str | None:
        picked = self._next()
        assert picked is None or picked in [choice.id for choice in choices], (picked, choices)
        return picked

    def line(self, title: str, label: str, old: str) -> str | None:
        return self._next()


def behind(again: Outcome | None = None, written: list[object] | None = None) -> Behind:
    def write(result: Result, form: str, file: str) -> None:
        if file == "/nowhere":
            raise CantWrite("/nowhere can't be written.")
        (written if written is not None else []).append((form, file))

    stays = Outcome(MOTHER, Ended.FINISHED)  # type: ignore[arg-type]
    return Behind(RULES, "us", lambda answers: again or stays, write)


def look(desk: Script, **kinds: object) -> Outcome:
    return look_behind(desk, behind(**kinds), Outcome(MOTHER, Ended.FINISHED))  # type: ignore[arg-type]


def texts(blocks: Sequence[Block]) -> set[str]:
    """Every sentence of a page, whatever it stands in."""
    found: set[str] = set()
    for block in blocks:
        match block:
            case Heading(text=text) | Text(text=text) | Bullet(text=text):
                found.add(text)
            case SideBySide(rows=rows):
                found |= {each for row in rows for each in row}
            case Row():
                found |= set(block)
    return found - {""}


@pytest.mark.parametrize("seed", range(25))
def test_every_fact_of_the_whole_page_stands_on_a_page_behind_the_answer(seed: int) -> None:
    result = result_of(random_answers(random.Random(seed)))
    places = {each.id: texts(page_of(result, each.id)) for each in SUBJECTS}
    whole = texts(page(RULES, result.decision, result.explained))
    if result.decision.hold:
        # Headings, not facts.
        whole -= {"More help lines", RULES.texts.once_safe.text, messages.NUMBERS_SEEN}
    told = [text for found in places.values() for text in found]
    # Behind the answer, what is open stands in one list: the page names some elsewhere.
    blocks = page(RULES, result.decision, result.explained)
    for title, names in pairwise(blocks):
        if isinstance(title, Heading) and title.text == messages.NOT_KNOWN:
            assert isinstance(names, Text)
            whole -= texts([names])
            told_of = re.search("on (.*) (?:is|are) open as yet", names.text)
            assert told_of is not None
            each = re.split(", | and ", told_of[1])
            assert all(any(name in said.lower() for said in places["why"]) for name in each)
    # A number is told short with its alert, and with where it was read further down.
    lost = {text for text in whole if not any(text in each for each in told)}
    assert lost == set()


def test_a_page_with_nothing_to_say_is_not_offered() -> None:
    ids = {each.id for each in pages_of(result_of(MOTHER))}
    assert "first" not in ids
    assert {"why", "like", "others", "change", "ask", "sources", "help"} <= ids


def test_two_paths_that_differ_in_approach_alone_are_offered_first() -> None:
    both = {
        **MOTHER,
        "philosophy": "both",
        "motivation": "committed",
        "weekly_hours": "9_to_19",
        "payment": "covered",
    }
    assert choices(result_of(both), safe=True)[0] == ("two", words.APPROACHES)
    one = {**both, "philosophy": "skills", "spirituality": "secular_only"}
    assert choices(result_of(one), safe=True)[0].id != "two"


def test_in_danger_the_paths_are_one_step_further_away() -> None:
    result = result_of({**MOTHER, "danger": ["overdose"]})
    end = ["help", "safe", "answers", "save", "done"]
    assert [each.id for each in choices(result, safe=False)] == end
    # What to do first makes safe, so it doesn't wait for that.
    homeless = result_of({**MOTHER, "danger": ["overdose"], "home": "none"})
    assert [each.id for each in choices(homeless, safe=False)] == ["first", *end]
    desk = Script("safe", "why", "done")
    stays = Outcome(result.answers, Ended.FINISHED)
    look_behind(desk, behind()._replace(), stays)
    assert [told.hold for told in desk.answers] == [True, False, False]


def test_every_page_opens_and_leads_back_to_the_same_answer() -> None:
    ids = [each.id for each in choices(result_of(MOTHER), safe=True)]
    pages = [i for i in ids if i not in ("two", "others", "answers", "save", "done")]
    desk = Script(*pages, "done")
    look(desk)
    assert len(desk.pages) == len(pages)
    assert all(told == desk.answers[0] for told in desk.answers)


def test_why_not_another_path_is_told_of_each() -> None:
    every = [path.id for path in RULES.paths]
    first = result_of(MOTHER).decision.ranked[0].path
    others = [path for path in every if path != first]
    desk = Script("others", "all", *others, None, "done")
    look(desk)
    assert len(desk.pages) == 1 + len(others)


def test_two_paths_stand_side_by_side() -> None:
    desk = Script("two", "iop-secular", "day-treatment", "two", None, "two", "outpatient", None)
    look(desk)
    assert len(desk.pages) == 1
    assert any(isinstance(block, SideBySide) for block in desk.pages[0])


def test_a_changed_answer_gives_a_new_answer_and_says_what_changed() -> None:
    free = {**MOTHER, "staying_stopped": "steady", "severity": "risky", "withdrawal": "none"}
    desk = Script("answers", "done")
    outcome = look(desk, again=Outcome(free, Ended.FINISHED))  # type: ignore[arg-type]
    assert outcome.answers == free
    assert desk.answers[1].headline != desk.answers[0].headline
    assert RULES.path_by_id[result_of(free).decision.ranked[0].path].name in desk.notices[1]


def test_an_answer_that_changes_nothing_says_so() -> None:
    desk = Script("answers", "done")
    look(desk)
    assert desk.notices == ["", words.NOTHING_CHANGED]


def test_what_changed_names_first_steps_that_come_and_go() -> None:
    shakes = {**MOTHER, "substances": ["alcohol", "cannabis"], "withdrawal": "hard"}
    before, now = result_of(MOTHER).decision, result_of(shakes).decision
    (step,) = [s.title for s in RULES.steps if s.id == "medical-evaluation"]
    assert any(step in told for told in changed(RULES, before, now))
    assert any(step in told for told in changed(RULES, now, before))


def test_who_stops_in_the_review_keeps_the_answer_of_before() -> None:
    def stops(answers: object) -> Outcome:
        raise KeyboardInterrupt

    desk = Script("answers")
    kept = Outcome(MOTHER, Ended.FINISHED)  # type: ignore[arg-type]
    assert look_behind(desk, behind()._replace(again=stops), kept) == kept


def test_an_alert_that_is_stopped_at_ends_the_conversation() -> None:
    desk = Script("answers")
    stopped = Outcome({**MOTHER, "danger": ["overdose"]}, Ended.STOPPED_AT_ALERT)  # type: ignore[arg-type]
    assert look(desk, again=stopped) == stopped
    assert len(desk.answers) == 1


def test_the_quick_exit_is_never_held_back() -> None:
    class Leaves(Script):
        def page(self, blocks: Sequence[Block]) -> None:
            raise QuickExit

    with pytest.raises(QuickExit):
        look(Leaves("why"))


@pytest.mark.parametrize("form", ["html", "md", "text"])
def test_a_result_is_written_where_the_person_says(form: str) -> None:
    written: list[object] = []
    desk = Script("save", form, "here.txt", "done")
    look(desk, written=written)
    assert written == [(form, "here.txt")]
    assert "here.txt" in desk.notices[1]


def test_a_file_that_can_not_be_written_is_said_and_loses_nothing() -> None:
    desk = Script("save", "md", "/nowhere", "why", "done")
    look(desk)
    assert "can't be written" in desk.notices[1]
    assert len(desk.pages) == 1


@pytest.mark.parametrize("seed", range(10))
def test_a_random_walk_over_the_menu_never_loses_the_answer(seed: int) -> None:
    dice = random.Random(seed)
    answers = random_answers(dice)

    class Wanders(Script):
        left = 40

        def answer(self, told: Answer, notice: str, choices: Sequence[Choice]) -> str:
            self.answers.append(told)
            self.left -= 1
            return dice.choice(choices).id if self.left else "done"

        def pick(self, title: str, choices: Sequence[Choice]) -> str | None:
            self.left -= 1
            return None if self.left <= 0 else dice.choice([None, *(c.id for c in choices)])

        def line(self, title: str, label: str, old: str) -> str | None:
            return dice.choice([None, old])

    desk = Wanders()
    same = Outcome(answers, Ended.FINISHED)
    asked = behind()._replace(again=lambda answers: same)
    assert look_behind(desk, asked, same) == same
    assert len({told._replace(hold=False) for told in desk.answers}) == 1


# --- the programs of a list ---------------------------------------------------------------


def clinics(postal_codes: str = "") -> Finder:
    """A list of two for the path of `MOTHER`: the second speaks Spanish, and is in Alder."""
    paths = tuple(entry.path for entry in decide(RULES, MOTHER).ranked)
    first = Program("a", "Alpha", paths, phone="555-0100", languages=("en",))
    second = Program("b", "Beta", paths, phone="555-0101", languages=("es",), town="Alder")
    listed = ProgramList(postal_codes=postal_codes, programs=(first, second))
    return Finder(RULES, listed, date(2026, 11, 28))


def call(desk: Script, find: Finder) -> None:
    with_list = behind()._replace(find=find)
    look_behind(desk, with_list, Outcome(MOTHER, Ended.FINISHED))  # type: ignore[arg-type]


def names(told: Answer) -> list[str]:
    assert told.to_call is not None
    return [each.split(",")[0] for each in told.to_call.names]


def test_behind_the_answer_a_person_picks_the_language_and_the_answer_names_who_speaks_it() -> None:
    picks = ("programs", "see", "language", "es", "see", None, "programs", "language", "any", None)
    desk = Script(*picks, "done")
    call(desk, clinics())
    both = ["Alpha", "Beta"]
    assert [names(told) for told in desk.answers] == [both, ["Beta"], both]
    assert [("Alpha" in str(page), "Beta" in str(page)) for page in desk.pages] == [
        (True, True), (False, True),
    ]  # fmt: skip


def test_behind_the_answer_a_person_says_where_they_are_and_takes_it_back() -> None:
    find = clinics()
    desk = Script("programs", "near", "Alder", None, "programs", "anywhere", None, "done")
    call(desk, find)
    assert [names(told) for told in desk.answers] == [
        ["Alpha", "Beta"], ["Beta", "Alpha"], ["Alpha", "Beta"],
    ]  # fmt: skip
    desk = Script("programs", "home", "near", None, "near", "Alder", "home", None, "done")
    call(desk, find)
    assert (find.asked.from_home, find.asked.near) == (False, "Alder")


def test_a_table_of_places_that_does_not_hold_is_told_and_the_answer_stays(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    table.write_text("zip,north\n")
    find = clinics(str(table))
    desk = Script("programs", "near", "01101", "programs", "near", "01101", "done")
    call(desk, find)
    assert ["codes.csv" in notice for notice in desk.notices] == [False, True, True]
    table.unlink()
    call(desk := Script("programs", "near", "01101", "done"), find)
    assert "codes.csv" in desk.notices[1]
    assert find.asked.near == ""


def test_what_was_picked_behind_the_answer_stands_until_the_program_ends() -> None:
    find = clinics()
    call(Script("programs", "language", "es", None, "done"), find)
    found = find(decide(RULES, MOTHER))
    assert found is not None
    assert [each.program.name for each in found.matches.fit] == ["Beta"]


# --- before the last questions ----------------------------------------------------------

HALF: Mapping[str, object] = {
    key: each for key, each in MOTHER.items()
    if key not in ("motivation", "responsibilities", "weekly_hours", "payment", "step_away")
}  # fmt: skip


@pytest.mark.parametrize(
    ("picks", "goes_on", "shown"),
    [(["on"], True, 0), (["so far", "on"], True, 1), ([None], False, 0)],
)
def test_the_answer_so_far_is_shown_to_who_asks_for_it(
    picks: list[str | None], goes_on: bool, shown: int
) -> None:
    desk = Script(*picks)
    assert told_enough(desk, RULES, "us", HALF) is goes_on  # type: ignore[arg-type]
    assert len(desk.answers) == shown


def test_the_answer_so_far_names_what_is_still_to_ask_and_the_same_level_as_the_whole() -> None:
    desk = Script("so far", "on")
    told_enough(desk, RULES, "us", HALF)  # type: ignore[arg-type]
    assert "duties and time" in desk.notices[0]
    assert "home" not in desk.notices[0]
    assert desk.answers[0].safe == result_answer(MOTHER).safe


def result_answer(answers: Mapping[str, object]) -> Answer:
    result = result_of(answers)
    return answer(result.rules, result.decision, result.explained)
