"""What a counselor is asked after a result: first steps, what was agreed, what was done.

Why this module exists: a plan is made with the client, beside the judgement. Each line may be
left open with Enter alone, and what was written before stays then; "-" takes it away. Where the
input ends or Ctrl-C comes in the middle, nothing of what was asked last is kept: half a plan
was agreed with nobody.

It must not store anything, or ask while somebody is in danger: only afterwards what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, Stopped
from pathfinder.sessions import agreeing_words as words
from pathfinder.sessions.model import Agreed, Given, Held, StepWord
from pathfinder.sessions.prompts import LinePrompter, pick_one
from pathfinder.sessions.validate import (
    DONE,
    REASONS,
    STEP_WORDS,
    check_agreed,
    check_clock,
    check_day,
    check_line,
)

_TRIES = 3
_AWAY = "-"


class _Left(Exception):
    """The input ended, or somebody stopped: what was asked last isn't kept."""


def ask_steps(
    lines: LinePrompter, rules: RuleSet, given: Given, before: Sequence[StepWord] = ()
) -> tuple[StepWord, ...]:
    """What became of each first step. Those of before that are first steps no more go."""
    titles = {step.id: step.title for step in rules.steps}
    found = {step.step: step for step in before}
    kept: list[StepWord] = []
    asks = True
    for step in given["first"]:
        word = found.get(step["id"])
        if asks:
            try:
                word = _step(lines, step["id"], titles.get(step["id"], step["id"]), word)
            except (_Left, KeyboardInterrupt):
                lines.say("", words.STEPS_LEFT)
                asks = False
        if word is not None:
            kept.append(word)
    return tuple(kept)


def ask_agreed(lines: LinePrompter, id_: str, before: Agreed | None = None) -> Agreed | None:
    """What was agreed, or `before` where nothing is written now."""
    try:
        lines.say(words.ASK_AGREED if before is None else words.ASK_AGREED_AGAIN)
        if pick_one(lines, (words.NOW, words.later(id_))) != 0:
            return before
        return _agreed(lines, before or Agreed())
    except (_Left, KeyboardInterrupt):
        lines.say("", words.NOTHING_AGREED)
        return before


def ask_done(lines: LinePrompter, held: Held) -> Held:
    """What was done after an intake was stopped for safety. Each line is kept as soon as it is
    given: nobody types it twice.
    """
    done = dict(held.done)
    lines.say(words.ASK_DONE)
    try:
        for key, label in DONE.items():
            typed = _line(lines, label, done.get(key, ""), _checked("done"))
            done[key] = typed
    except (_Left, KeyboardInterrupt):
        lines.say("")
    return held._replace(done={key: text for key, text in done.items() if text})


def _step(lines: LinePrompter, id_: str, title: str, before: StepWord | None) -> StepWord | None:
    now = "" if before is None else f" {words.now(STEP_WORDS.get(before.word, before.word))}"
    lines.say(f"{words.ASK_STEP} {title}.{now}")
    place = _place(lines, tuple(STEP_WORDS.values()))
    if place is None:
        return before
    word = list(STEP_WORDS)[place]
    if word != "declined":
        return StepWord(id_, word)
    lines.say(words.WHY_NOT)
    reason = _place(lines, tuple(REASONS.values()))
    return before if reason is None else StepWord(id_, word, list(REASONS)[reason])


def _place(lines: LinePrompter, choices: Sequence[str]) -> int | None:
    """The place that is picked; None for Enter alone. Raises `_Left` at the end of the input."""
    return pick_one(lines, choices, ended=_Left)


def _agreed(lines: LinePrompter, before: Agreed) -> Agreed:
    lines.say(words.HOW)
    plain = _checked("line")
    found = before
    for key, label in words.FIELDS.items():
        if key == "time" and not found.date:
            found = found._replace(time="")
            continue
        check = {"date": check_day, "time": check_clock, "next_contact": check_day}.get(key, plain)
        if key == "bring":
            text = _line(lines, label, "; ".join(found.bring), plain)
            bring = tuple(part.strip() for part in text.split(";") if part.strip())
            found = found._replace(bring=bring)
        else:
            line = _line(lines, label, getattr(found, key), check)
            found = Agreed(**{**found._asdict(), key: line})
    lines.say(words.WITH_RANKING)
    place = _place(lines, (words.BEHIND_IT, words.LEFT_OUT))
    if place is not None:
        found = found._replace(with_ranking=place == 0)
    return check_agreed(found)


def _checked(what: str) -> Callable[[str], str]:
    return lambda text: check_line(what, text)


def _line(lines: LinePrompter, label: str, before: str, check: Callable[[str], str]) -> str:
    """One line. Enter alone keeps what was there; a slip is told, and may be typed again."""
    shown = f"{label} ({before}):" if before else f"{label}:"
    for _ in range(_TRIES):
        typed = lines.read(shown)
        if typed is None:
            raise _Left
        text = typed.strip()
        if not text:
            return before
        if text == _AWAY:
            return ""
        try:
            return check(text)
        except PathfinderError as error:
            lines.say(str(error))
    lines.say(words.STAYS_OPEN)
    return before


def told(agreed: Agreed) -> Mapping[str, str]:
    """What is filled in, by its label."""
    day = " ".join(filter(None, (agreed.date, agreed.time)))
    rows = {
        words.FIELDS["program"]: agreed.program,
        words.FIELDS["calls"]: agreed.calls,
        words.FIELDS["phone"]: agreed.phone,
        words.APPOINTMENT: ", ".join(filter(None, (day, agreed.place))),
        words.TO_BRING: "; ".join(agreed.bring),
        words.NEXT_CONTACT: agreed.next_contact,
    }
    return {label: text for label, text in rows.items() if text}


def ask_ticked(lines: LinePrompter, parts: Mapping[str, str]) -> list[str]:
    """The ids of what is to be told, by their numbers. Raises `Stopped` where none is agreed on."""
    lines.say(words.WHAT_TO_TELL)
    for number, title in enumerate(parts.values(), start=1):
        lines.say(f"{number}. {title}")
    for _ in range(_TRIES):
        typed = lines.read(words.NUMBERS)
        if typed is None:
            break
        given = typed.replace(",", " ").split()
        if all(each.isascii() and each.isdigit() for each in given):
            places = [int(each[:6]) for each in given]
            if all(1 <= place <= len(parts) for place in places):
                return [list(parts)[place - 1] for place in sorted(set(places))]
        lines.say(words.numbers_of(len(parts)))
    raise Stopped("Stopped. No letter was written.")
