"""What a counselor is asked after a result: first steps, what was agreed, what was done.

Why this module exists: a plan is made with the client, beside the judgement. Each line may be
left open with Enter alone, and what was written before stays then; "-" takes it away, and "back"
leads to the question before. Where the input ends or Ctrl-C comes in the middle, nothing of what
was asked last is kept: half a plan was agreed with nobody. The words of these questions stand
first, to be read aloud and translated.

It must not store anything, or ask while somebody is in danger: only afterwards what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.sanitize import clean
from pathfinder.sessions import messages
from pathfinder.sessions.choices import (
    CAME,
    DONE,
    REASONS,
    STEP_WORDS,
    check_agreed,
    check_clock,
    check_line,
    check_when,
)
from pathfinder.sessions.model import (
    CONTACTS,
    Agreed,
    Given,
    Held,
    StepWord,
    clock_in_words,
    day_in_words,
)
from pathfinder.sessions.prompts import (
    Ask,
    InputOver,
    LinePrompter,
    Slips,
    Way,
    ask_day,
    ask_line,
    choose,
    chosen,
    in_turn,
)

ASK_STEP: Final = "First step:"
WHY_NOT: Final = "What is the main reason?"
STEPS_LEFT: Final = "What became of the first steps is left open from here."
ASK_AGREED: Final = "What you agreed: program, appointment, next contact. Write it down now?"
ASK_AGREED_AGAIN: Final = "Change it now?"
NOW: Final = "Yes"
KEEP: Final = "Keep it as it is"
STEP_OPEN: Final = "Leave this step open"
WHEN: Final = "When all this was done (or write the time in each line)"
CAME_ABOUT: Final = "agreed last time: did it happen"
SINCE: Final = "Since last time, in the counselor's words"
CAME_OF_IT: Final = "What came of what was agreed"
NO_NEW_PLAN: Final = "No new plan was written down."
NOT_IN_NEW_PLAN: Final = "Of the plan before, not in the new one"
NEW: Final = "new"
LINE_LEFT_OUT: Final = "Enter alone leaves the line out."
KEPT: Final = {"yes": "kept", "no": "not kept", "unsure": "not sure"}
HAPPENED: Final = {"yes": "it happened", "no": "it didn't happen", "unsure": "not sure"}
NO_CONTACT: Final = "No next contact is written down."
NOTHING_AGREED: Final = "Nothing of this was written down."
ASK_DONE: Final = (
    "The intake was stopped for safety, and that is saved. What was done? See to the client first: "
    "this can wait."
)
LEAVES_OPEN: Final = 'Enter alone leaves a line open; "back" goes back one.'
HOW: Final = (
    'Enter alone leaves a line as it is; "-" takes away what stands there; "back" goes back one.'
)
FIELDS: Final = {
    "program": "Program, or path",
    "calls": "Who calls",
    "phone": "Phone",
    "date": "Day, such as 2026-12-03 or 3 Dec 2026",
    "time": "Time, such as 14:30 or 2:30 pm",
    "place": "Place",
    "bring": "What to bring, with ; between",
    "next_contact": "Next contact, such as 2026-12-05 or 5 Dec 2026",
    "then": "What comes after this program, if anything",
}
APPOINTMENT: Final = "Appointment"
TO_BRING: Final = "To bring"
THEN: Final = "After this program"
TELLS_OF: Final = "Your answer tells of this alone"
NEXT_CONTACT: Final = "Next contact"
WITH_RANKING: Final = "The client's sheet begins with this. And Pathfinder's own result?"
BEHIND_IT: Final = "It stands behind it"
BEHIND_IT_KINDLY: Final = "One kind sentence says what it put first, and to ask you"
LEFT_OUT: Final = "It is left out"

_LEFT = (InputOver, KeyboardInterrupt)
"""The input ended, or somebody stopped: what was asked last isn't kept."""


def agreed_before(written: str) -> str:
    """That something was agreed before. `written`: its day, and by whom."""
    return f"Agreed before{f', {written}' if written else ''}:"


def later(id_: str) -> str:
    return f"Later: pathfinder sessions agree {id_}"


class Steps:
    """What became of each first step, as one stage of what is asked after a result."""

    def __init__(
        self,
        lines: LinePrompter,
        rules: RuleSet,
        given: Given,
        before: Sequence[StepWord],
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """`titles`: of `step_titles`."""
        self._lines = lines
        self._titles = {step.id: step.title for step in rules.steps}
        self._alone = {
            id_: text for id_, text in (titles or {}).items() if text != self._titles[id_]
        }
        found = {step.step: step for step in before}
        self._words: dict[str, StepWord | None] = {
            step["id"]: found.get(step["id"]) for step in given["first"]
        }
        self._declined: set[str] = set()
        """Whose reason is still to be asked."""

    @property
    def words(self) -> tuple[StepWord, ...]:
        return tuple(word for word in self._words.values() if word is not None)

    def __call__(self, came: Way) -> Way:
        asks = [ask for id_ in self._words for ask in (self._word_of(id_), self._reason_of(id_))]
        try:
            return in_turn(*asks)(came)
        except _LEFT:
            self._lines.say("", STEPS_LEFT)
            return Way.ON

    def _word_of(self, id_: str) -> Ask:
        def ask(came: Way) -> Way:
            alone = [f"{TELLS_OF}: {self._alone[id_]}."] if id_ in self._alone else []
            self._lines.say(f"{ASK_STEP} {self._titles.get(id_, id_)}.", *alone, messages.BACK)
            before = self._words[id_]
            kinds = list(STEP_WORDS)
            now = kinds.index(before.word) if before and before.word in kinds else None
            self._declined.discard(id_)
            picked = chosen(self._lines, list(STEP_WORDS.values()), messages.LEAVE_OPEN, now)
            if isinstance(picked, Way):
                return picked
            if picked is None:
                self._words[id_] = None
            elif kinds[picked] == "declined":
                self._declined.add(id_)
            else:
                self._words[id_] = StepWord(id_, kinds[picked])
            return Way.ON

        return ask

    def _reason_of(self, id_: str) -> Ask:
        def ask(came: Way) -> Way:
            before = self._words[id_]
            refused = before is not None and before.word == "declined"
            if id_ not in self._declined and not (came is Way.BACK and refused):
                return Way.PAST
            self._lines.say(WHY_NOT, messages.BACK)
            now = [*REASONS].index(before.reason) if before and before.reason in REASONS else None
            picked = chosen(self._lines, list(REASONS.values()), STEP_OPEN, now)
            if isinstance(picked, Way):
                return picked
            reason = None if picked is None else [*REASONS][picked]
            self._words[id_] = None if reason is None else StepWord(id_, "declined", reason)
            return Way.ON

        return ask


class Agreeing:
    """What was agreed, as the last stage: it is kept whole, or not at all."""

    def __init__(
        self,
        lines: LinePrompter,
        id_: str,
        before: Agreed | None,
        written: str = "",
        earlier: Agreed | None = None,
        *,
        has_result: bool = True,
        rest: str = "",
        otherwise: Callable[[], bool] = lambda: False,
    ) -> None:
        """`before` is gone on from. `earlier` is that of another session, and only shown.

        `written`: on which day it was written, and by whom. `has_result`: of the tool's own,
        which may stand behind it. `otherwise`: whether the counselor judged otherwise; then it is
        left out of the client's sheet, unless they want it there.
        `rest`: the choice to write nothing now; else it says by which command it is done later."""
        self._rest = rest or later(id_)
        self._has_result = has_result
        self._lines, self._before, self._written = lines, before, written
        self._shown = before or earlier
        self._now = before or Agreed()
        self._writes = False
        self._behind: bool | None = before.with_ranking if before else None
        self._otherwise = otherwise
        self.agreed = before

    def __call__(self, came: Way) -> Way:
        try:
            way = in_turn(self._whether, *(self._field(key) for key in FIELDS), self._with_ranking)(
                came
            )
        except _LEFT:
            self._lines.say("", NOTHING_AGREED)
            return Way.ON
        if way is Way.ON and self._writes:
            self.agreed = check_agreed(self._now)
        return way

    def _whether(self, came: Way) -> Way:
        if self._shown is not None:
            rows = (f"{label}: {clean(text)}" for label, text in told(self._shown).items())
            self._lines.say(agreed_before(self._written), *rows)
        if self._before is None:
            question, rest = ASK_AGREED, self._rest
        else:
            question, rest = ASK_AGREED_AGAIN, KEEP
        self._lines.say(question, messages.BACK)
        try:
            picked = choose(self._lines, (NOW,), rest=rest, now=0 if self._writes else None)
        except Slips:
            nothing = f"{NOTHING_AGREED} {rest}"
            self._lines.say(nothing if self._before is None else messages.STAYS_OPEN)
            return Way.ON
        if isinstance(picked, Way):
            return picked
        self._writes = picked == 0
        if self._writes:
            self._lines.say(HOW)
        elif self._before is None and self._rest != messages.LEAVE_OPEN:
            self._lines.say(f"{NOTHING_AGREED} {self._rest}")  # Enter alone is soon pressed
        return Way.ON

    def _field(self, key: str) -> Ask:
        def ask(came: Way) -> Way:
            if not self._writes:
                return Way.PAST
            if key == "time" and not self._now.date:
                self._now = self._now._replace(time="")
                return Way.PAST
            kept = "; ".join(self._now.bring) if key == "bring" else getattr(self._now, key)
            if key in ("date", "next_contact"):
                take = self._with_clock if key == "date" else None
                given = ask_day(self._lines, FIELDS[key], kept, take)
            else:
                check = check_clock if key == "time" else _plain
                given = ask_line(self._lines, FIELDS[key], kept, check)
            if isinstance(given, Way):
                return given
            if key == "time" and given not in ("", kept):
                day = day_in_words(self._now.date)
                self._lines.say(f"{day}, {clock_in_words(given)}.")
            parts = tuple(part.strip() for part in given.split(";") if part.strip())
            self._now = Agreed(**{**self._now._asdict(), key: parts if key == "bring" else given})
            return Way.ON

        return ask

    def _with_clock(self, clock: str) -> None:
        self._now = self._now._replace(time=clock)

    def _with_ranking(self, came: Way) -> Way:
        if not self._writes or not self._has_result:
            return Way.PAST
        otherwise = self._otherwise()
        self._lines.say(WITH_RANKING, messages.BACK)
        behind = not otherwise if self._behind is None else self._behind
        ways = (BEHIND_IT_KINDLY if otherwise else BEHIND_IT, LEFT_OUT)
        picked = chosen(self._lines, ways, "", 0 if behind else 1)
        if isinstance(picked, Way):
            return picked
        self._behind = picked == 0
        self._now = self._now._replace(with_ranking=self._behind)
        return Way.ON


def came_about(titles: Mapping[str, str], came: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """What was said of last time, by its label. `titles`: of `step_titles`."""
    names = {**titles, **{key: words.capitalize() for key, words in CONTACTS.items()}}
    return {f"{names.get(key, key)}, {CAME_ABOUT}": CAME.get(word, word) for key, word in came}


def became(
    titles: Mapping[str, str], agreed: Agreed | None, came: Sequence[tuple[str, str]]
) -> Mapping[str, str]:
    """What came of each thing that was agreed in `agreed`, by its label and what it was."""
    plan = told(agreed) if agreed is not None else {}
    found = {}
    for key, word in came:
        if key in CONTACTS:
            name = CONTACTS[key].capitalize()
            found[", ".join(filter(None, (name, plan.get(name))))] = KEPT.get(word, word)
        else:
            found[f"{ASK_STEP} {titles.get(key, key)}"] = HAPPENED.get(word, word)
    return found


class WhatWasDone:
    """What was done in a danger, line by line. `held` has each as soon as it is given: nobody
    types it twice. Then, into `agreed`, the next contact: who was in danger isn't to be forgotten.
    """

    def __init__(self, lines: LinePrompter, held: Held, agreed: Agreed | None = None) -> None:
        """Without `agreed` no next contact is asked: that belongs to a plan asked elsewhere."""
        self._lines, self._begun = lines, False
        self.held = held._replace(done={key: text for key, text in held.done.items() if text})
        self.agreed = agreed

    def __call__(self, came: Way) -> Way:
        if not self._begun:
            self._lines.say(ASK_DONE, HOW if self.held.done else LEAVES_OPEN)
            self._begun = True
        try:
            return in_turn(*(self._one(key) for key in DONE), self._contact)(came)
        except _LEFT:
            self._lines.say("")
            return Way.ON

    def _one(self, key: str) -> Ask:
        def ask(came: Way) -> Way:
            label = WHEN if key == "time" else DONE[key]
            check = check_when if key == "time" else _plain
            given = ask_line(self._lines, label, self.held.done.get(key, ""), check)
            if isinstance(given, Way):
                return given
            done = {**self.held.done, key: given}
            self.held = self.held._replace(done={each: text for each, text in done.items() if text})
            return Way.ON

        return ask

    def _contact(self, came: Way) -> Way:
        if self.agreed is None:
            return Way.PAST
        given = ask_day(self._lines, FIELDS["next_contact"], self.agreed.next_contact)
        if isinstance(given, Way):
            return given
        self.agreed = self.agreed._replace(next_contact=given)
        return Way.ON


def _plain(text: str) -> str:
    return check_line("line", text)


def told(agreed: Agreed) -> Mapping[str, str]:
    """What is filled in, by its label."""
    day = " ".join(filter(None, (agreed.date, agreed.time)))
    rows = {
        FIELDS["program"]: agreed.program,
        FIELDS["calls"]: agreed.calls,
        FIELDS["phone"]: agreed.phone,
        APPOINTMENT: ", ".join(filter(None, (day, agreed.place))),
        TO_BRING: "; ".join(agreed.bring),
        NEXT_CONTACT: agreed.next_contact,
        THEN: agreed.then,
    }
    return {label: text for label, text in rows.items() if text}
