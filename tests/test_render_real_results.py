"""The page and the JSON on the built-in rules: nothing is lost, whoever asks."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from contract import random_answers
from jsonschema import Draft202012Validator
from test_render_page import rich_output, words_of

from pathfinder import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages, record_messages
from pathfinder.pages.counselor import record
from pathfinder.pages.how_much_care import overruled
from pathfinder.pages.open_answers import able_to_move
from pathfinder.pages.phrases import sentences, supports_told, was_derived
from pathfinder.pages.reasons import argued, doubted, said_by_path
from pathfinder.pages.result import page
from pathfinder.pages.today_moves import move_for_today
from pathfinder.render.layout import plain_text
from pathfinder.render.result_json import dumps, result

SCHEMA = Path(__file__).parent.parent / "docs" / "result.schema.json"
PEOPLE = 60


@pytest.fixture(scope="module")
def decisions(rules: RuleSet) -> list[Decision]:
    dice = random.Random(20261122)
    return [
        decide(
            rules,
            random_answers(dice, unknown=dice.choice((0.0, 0.15, 0.7))),
            region=dice.choice(("us", "uk", "atlantis")),
        )
        for _ in range(PEOPLE)
    ]


@pytest.mark.slow
def test_both_forms_of_every_page_hold_the_same_words(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    for number, decision in enumerate(decisions):
        blocks = page(rules, decision)
        width = (39, 72)[number % 2]
        assert words_of(plain_text(blocks, width)) == words_of(rich_output(blocks, width))


@pytest.mark.slow
def test_every_move_open_question_path_and_number_is_on_the_page(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    for decision in decisions:
        flat = " ".join(plain_text(page(rules, decision), 72).split())
        ranked = [entry.path for entry in decision.ranked]
        aside = [entry.path for entry in decision.set_aside]
        against = decision.ranked[0].against if decision.ranked else ()
        less = overruled(rules, decision) if decision.ranked else []
        # What is said of paths that come after the first alone stands on the page behind.
        of_others = {
            rule.id
            for rule in rules.note_rules
            if rule.about and {*ranked[:1]}.isdisjoint(rule.about)
        }
        worded = {alert.text: alert.worded(decision.view) for alert in rules.alerts}
        for text in (
            *(worded.get(move, move) for move in decision.next_moves),
            *(check.because for check in able_to_move(rules, decision)),
            *(note.because for note in decision.notes if note.id not in of_others),
            *(
                each
                for fired in decision.first
                for said in fired.because
                for each in sentences(said)
            ),
            # What speaks for the first path is told there.
            *(
                text
                for fired in decision.supports
                for id_, text in zip(fired.rules, fired.because, strict=True)
                if not said_by_path(rules, decision, id_, supports_told(rules, decision)[fired.id])
            ),
            # Two duties that make one argument are told as one.
            *(r.does or r.because for r in (argued(rules, decision) if ranked else ())),
            *(each.because for each in against if each not in less),
            # What was counted from other answers is none of the person's own.
            *(
                each.says
                for each in less
                if not was_derived(rules.question_by_id[each.question], decision.view)
                if each.question not in doubted(rules, decision)  # the warning names it
            ),
            *(rules.path_by_id[path].name for path in (*ranked, *aside)),
            *(line.number for line in decision.help_lines if line.region != "elsewhere"),
        ):
            # What is only planned for follows a colon.
            assert text in flat or f"{text[:1].lower()}{text[1:]}" in flat


def test_the_alerts_title_stands_first_and_a_number_last(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    titles = {alert.id: alert.title for alert in rules.alerts}
    for decision in decisions:
        lines = plain_text(page(rules, decision), 72).splitlines()
        if decision.alerts:
            assert lines[0] == titles[decision.alerts[0].id]
        if decision.scope == "adult":
            end = "\n".join(lines[lines.index(messages.IN_SHORT) :])
            named = [line for line in decision.help_lines if line.number in end]
            assert named or "our local emergency number" in end


def test_a_page_shows_no_level_number_and_no_verdict(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    for decision in decisions:
        text = plain_text(page(rules, decision), 72)
        assert not re.search(r"\b(not eligible|ineligible|points|score)\b", text, re.IGNORECASE)
        assert not re.search(r"\b[Ll]evel [0-4](\.\d)?\b", text)


@pytest.mark.slow
def test_the_json_of_every_result_holds_to_the_schema(decisions: list[Decision]) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for decision in decisions:
        assert dumps(decision) == json.dumps(result(decision))
        assert list(validator.iter_errors(json.loads(dumps(decision)))) == []


def test_every_record_ends_with_room_for_the_counselors_own_judgement(rules: RuleSet) -> None:
    dice = random.Random(7)
    for _ in range(20):
        answers = random_answers(dice)
        text = plain_text(record(rules, decide(rules, answers), answers, "2026-11-30"), 72)
        assert (
            text.splitlines()[-1].strip()
            == f"{record_messages.OWN_JUDGEMENT}: {record_messages.BLANK}"
        )


def test_the_end_names_a_step_for_today_unless_first_steps_or_danger_come_before(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    seen = 0
    for decision in decisions:
        end = plain_text(page(rules, decision), 72).split(f"\n{messages.IN_SHORT}\n")[1]
        warned = {each.because for each in decision.warnings}
        moves = [move for move in decision.next_moves if move not in warned]
        told = bool(moves) and f"  {messages.NOW}: {move_for_today(moves)[:40]}" in end
        assert told is not bool(decision.first or decision.alerts)
        seen += told
    assert seen
