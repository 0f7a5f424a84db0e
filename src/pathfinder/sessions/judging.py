"""The counselor's own word: what became of last time, and what is judged now.

Why this module exists: a judgement stands beside the result and changes nothing in it. Who goes
on with a session must see what was written, by whom and on which day, before they are asked for
a new one, and must be able to take it back. Enter alone keeps what stands: nothing goes by
accident. At a follow-up, what became of what was agreed comes first: it bears on the judgement.
Of two sessions, what they said of each stands side by side.

It must not store anything, or know a screen beyond lines out and lines in.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Heading, Row, SideBySide, Text
from pathfinder.pages.phrases import kind_open, level_words
from pathfinder.sanitize import clean
from pathfinder.sessions import agreeing, messages
from pathfinder.sessions.agreeing import (
    APPOINTMENT,
    ASK_STEP,
    LINE_LEFT_OUT,
    NEXT_CONTACT,
    became,
    told,
)
from pathfinder.sessions.choices import CAME, LONGEST_LINE, OTHER_CARE, REASONS, check_line
from pathfinder.sessions.compare import top
from pathfinder.sessions.model import NEXT, VISIT, Agreed, Beside, Judgement, Session
from pathfinder.sessions.pages import judgement as judgement_blocks
from pathfinder.sessions.pages import path_name, steps_said
from pathfinder.sessions.prompts import (
    Ask,
    InputOver,
    LinePrompter,
    Slips,
    Way,
    ask_line,
    choose,
    chosen,
    in_turn,
)
from pathfinder.sessions.store import now

I_AGREE_ON_LEVEL: Final = "I agree with the level"
LAST_TIME: Final = "Last time you agreed on this."
SINCE: Final = "Since last time, in your words (use, sleep, treatment)"
DID_IT: Final = "Did it happen?"

_AGREE, _PATH, _LEVEL, _OPEN, _SAME_LEVEL = range(5)


class LastTime:
    """At a follow-up: whether what was agreed in the session before came about, one by one.

    What is still to come is asked about by nobody. Then a line on what has been since.
    """

    def __init__(
        self, lines: LinePrompter, rules: RuleSet, before: Beside, said: Beside, *, follows: bool,
        titles: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`before`: of the session that is followed up. `said`: what is known of it already.
        `titles`: of `step_titles`."""
        self._lines, self._follows = lines, follows
        plan = told(agreed := before.agreed or Agreed())
        titles = titles or {step.id: step.title for step in rules.steps}
        self._asked = {}
        if _is_over(agreed.date, agreed.time):
            self._asked[VISIT] = f"{APPOINTMENT}: {plan[APPOINTMENT]}"
        if _is_over(agreed.next_contact):
            self._asked[NEXT] = f"{NEXT_CONTACT}: {plan[NEXT_CONTACT]}"
        steps = [step.step for step in before.steps if step.word == "agreed"]
        self._asked |= {id_: f"{ASK_STEP} {titles.get(id_, id_)}" for id_ in steps}
        self._came, self.since = dict(said.came), said.since

    @property
    def came(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._came.items())

    def __call__(self, came: Way) -> Way:
        try:
            return in_turn(*(self._one(key) for key in self._asked), self._line)(came)
        except (InputOver, KeyboardInterrupt):
            self._lines.say("", messages.STAYS_OPEN)
            return Way.ON

    def _one(self, key: str) -> Ask:
        def ask(came: Way) -> Way:
            self._lines.say(f"{LAST_TIME} {clean(self._asked[key])}.", DID_IT, messages.BACK)
            words = list(CAME)
            now = words.index(self._came[key]) if self._came.get(key) in words else None
            picked = chosen(self._lines, [*CAME.values()], messages.LEAVE_OPEN, now)
            if isinstance(picked, Way):
                return picked
            self._came.pop(key, None)
            if picked is not None:
                self._came[key] = words[picked]
            return Way.ON

        return ask

    def _line(self, came: Way) -> Way:
        if not self._follows:
            return Way.PAST
        self._lines.say(LINE_LEFT_OUT, messages.BACK)
        given = ask_line(self._lines, SINCE, self.since, lambda text: check_line(SINCE, text))
        if isinstance(given, Way):
            return given
        self.since = given
        return Way.ON


def _is_over(day: str, clock: str = "") -> bool:
    """Whether that was before now, on the clock of this computer."""
    return bool(day) and f"{day}T{clock or '00:00'}" <= now()[:16]


class JudgedBefore(NamedTuple):
    """A judgement that stands from before. `path`: the name of the path that was first then.

    `holds`: answers and first path are the same today, so that it can be kept as it is.
    """

    judgement: Judgement
    day: str
    author: str = ""
    path: str = ""
    holds: bool = True


class JudgingAgain(Enum):
    """What becomes of it; the order is that of the choices, the text is theirs."""

    KEEP = messages.KEEP_JUDGEMENT
    ANEW = messages.JUDGE_ANEW
    OPEN = messages.LEAVE_OPEN


class _LeftOpen(Exception):
    """Somebody chose to leave it open after having begun."""


_AGAIN: Final = tuple(JudgingAgain)


class Judging:
    """The questions of a judgement, as one stage of what is asked after a result.

    The end of the input and Ctrl-C leave it open: the session itself must be saved.
    """

    def __init__(
        self,
        lines: LinePrompter,
        rules: RuleSet,
        decision: Decision,
        before: JudgedBefore | None = None,
    ) -> None:
        self._lines, self._rules, self._decision = lines, rules, decision
        self._before = before
        self._again = JudgingAgain.ANEW
        self._pick: int | None = None
        self._other: str | None = None
        self._reason: str | None = None
        self._line = ""

    @property
    def judgement(self) -> Judgement | None:
        if self._again is not JudgingAgain.ANEW:
            keeps = self._again is JudgingAgain.KEEP and self._before is not None
            return self._before.judgement if keeps and self._before else None
        if self._pick is None:
            return None
        if self._pick == _AGREE:
            return Judgement(agrees=True, line=self._line)
        if self._pick == _SAME_LEVEL:
            return Judgement(agrees=True, level=self._decision.ranked[0].level, line=self._line)
        if self._other is None or self._reason is None:
            return None
        path, level = (self._other, None) if self._pick == _PATH else (None, self._other)
        return Judgement(False, path, level, self._reason, self._line)

    def __call__(self, came: Way) -> Way:
        if not self._decision.ranked:
            return came
        asks = in_turn(
            self._ask_again, self._ask_pick, self._ask_other, self._ask_reason, self._ask_line
        )
        try:
            return asks(came)
        except (KeyboardInterrupt, Slips, _LeftOpen) as why:
            self._lines.say(*([""] if isinstance(why, KeyboardInterrupt) else []))
            self._leave_open()
        except InputOver:
            if self._pick is not None or self._before is None:
                self._leave_open()
            else:
                self._keep()
        return Way.ON

    def _leave_open(self) -> None:
        self._again, self._pick = JudgingAgain.ANEW, None
        if self._before is not None and self._before.holds:
            self._again = JudgingAgain.OPEN
        self._lines.say(messages.LEFT_OPEN)

    def _keep(self) -> None:
        assert self._before is not None
        if self._before.holds:
            self._again = JudgingAgain.KEEP
            self._lines.say(messages.JUDGEMENT_STAYS)

    # --- one question each --------------------------------------------------------------

    def _ask_again(self, came: Way) -> Way:
        before = self._before
        if before is None:
            return Way.PAST
        if not before.holds:
            if came is Way.ON:
                self._lines.say(*_told(self._rules, before), messages.JUDGED_OTHER_ANSWERS)
            return Way.PAST
        self._lines.say(*_told(self._rules, before))
        now = _AGAIN.index(self._again) if came is Way.BACK else 0
        ways = [each.value for each in _AGAIN]
        try:
            picked = choose(self._lines, ways, now=now, enter=messages.enter_means(now + 1))
        except Slips:
            picked = 0
        if isinstance(picked, Way):
            return picked
        self._again = _AGAIN[picked or 0]
        if self._again is JudgingAgain.KEEP:
            self._lines.say(messages.JUDGEMENT_STAYS)
        elif self._again is JudgingAgain.OPEN:
            self._lines.say(messages.LEFT_OPEN)
        return Way.ON

    def _ask_pick(self, came: Way) -> Way:
        if self._again is not JudgingAgain.ANEW:
            return Way.PAST
        if came is Way.ON:
            self._lines.say(messages.ASK_JUDGEMENT)
        offered = self._offered()
        now = [*offered].index(self._pick) if self._pick is not None else None
        picked = choose(self._lines, [*offered.values()], now=now)
        if isinstance(picked, Way):
            return picked
        pick = None if picked is None or [*offered][picked] == _OPEN else [*offered][picked]
        if pick != self._pick:
            self._other = None
        self._pick = pick
        return Way.ON

    def _offered(self) -> dict[int, str]:
        """What a judgement may be. Last, among equals: the level alone. So no number shifts."""
        first = self._decision.ranked[0]
        agree = f"{messages.I_AGREE}: {self._rules.path_by_id[first.path].name}"
        others = (messages.I_SEE_A_PATH, messages.I_SEE_A_LEVEL, messages.LEAVE_OPEN)
        offered = dict(enumerate((agree, *others)))
        if self._among_equals:
            level = self._rules.levels[self._rules.level_rank[first.level]].name
            offered[_SAME_LEVEL] = f"{I_AGREE_ON_LEVEL}: {kind_open(level)}"
        return offered

    @property
    def _among_equals(self) -> bool:
        """Whether another path of the first one's level fits about as well."""
        first, *others = self._decision.ranked
        return any(each.about_equal_to_top and each.level == first.level for each in others)

    def _ask_other(self, came: Way) -> Way:
        if self._pick not in (_PATH, _LEVEL):
            return Way.PAST
        question = messages.WHICH_PATH if self._pick == _PATH else messages.WHICH_LEVEL
        others = self._others()
        now = [*others].index(self._other) if self._other in others else None
        picked = self._one_of(question, list(others.values()), now)
        if isinstance(picked, Way):
            return picked
        self._other = [*others][picked]
        return Way.ON

    def _ask_reason(self, came: Way) -> Way:
        if self._pick not in (_PATH, _LEVEL):
            return Way.PAST
        now = [*REASONS].index(self._reason) if self._reason is not None else None
        picked = self._one_of(messages.WHICH_REASON, list(REASONS.values()), now)
        if isinstance(picked, Way):
            return picked
        self._reason = [*REASONS][picked]
        return Way.ON

    def _ask_line(self, came: Way) -> Way:
        if self._pick is None or self._again is not JudgingAgain.ANEW:
            return Way.PAST
        self._lines.say(messages.FREE_LINE, messages.BACK)
        try:
            given = ask_line(
                self._lines, messages.LINE_LABEL.rstrip(":"), self._line,
                lambda text: text[:LONGEST_LINE],
            )  # fmt: skip
        except InputOver:  # all that is needed is said
            return Way.ON
        if isinstance(given, Way):
            return given
        self._line = given
        return Way.ON

    def _one_of(self, question: str, choices: list[str], now: int | None) -> int | Way:
        self._lines.say(question, messages.BACK)
        picked = choose(self._lines, choices, rest=messages.LEAVE_JUDGEMENT_OPEN, now=now)
        if picked is None:
            raise _LeftOpen
        return picked

    def _others(self) -> dict[str, str]:
        """What may be judged instead: id -> name. The tool's own first is no other.

        Its level may be: other care of that level. Where the level alone can be agreed with, that
        says it.
        """
        first = self._decision.ranked[0]
        if self._pick == _PATH:
            return {path.id: path.name for path in self._rules.paths if path.id != first.path}
        said = first.level if self._among_equals else ""
        levels = (level.id for level in self._rules.levels if level.id != said)
        return {**{id_: level_words(self._rules, id_) for id_ in levels}, **OTHER_CARE}


def _told(rules: RuleSet, before: JudgedBefore) -> list[str]:
    blocks = judgement_blocks(rules, before.judgement, first=before.path)
    return [
        messages.judged_before(before.day, before.author),
        *(
            clean(f"{block.label}: {block.text}" if block.label else block.text)
            for block in blocks
            if isinstance(block, Text)
        ),
    ]


def since_compared(titles: Mapping[str, str], before: Session, after: Session) -> tuple[Block, ...]:
    """What came of what was agreed before; nothing where nobody said anything of it."""
    plan = before.newest.agreed if after.follows == before.id else None
    rows = became(titles, plan, after.newest.came)
    since = {agreeing.SINCE: after.newest.since} if after.newest.since else {}
    blocks = [Text(text, label=label) for label, text in {**rows, **since}.items()]
    return (Heading(1, agreeing.CAME_OF_IT), *blocks) if blocks else ()


def own_compared(
    rules: RuleSet, titles: Mapping[str, str], names: tuple[str, str], both: tuple[Session, Session]
) -> tuple[Block, ...]:
    """What differs in judgement, first steps and plan; nothing where neither session has any."""
    old, new = (_own_words(rules, titles, each) for each in both)
    plans = [told(each.newest.agreed) if each.newest.agreed else {} for each in both]
    rows = [
        Row(label, old.get(label, messages.NOT_SAID), new.get(label, messages.NOT_SAID))
        for label in {**old, **new}
        if old.get(label) != new.get(label)
    ]
    rows += [
        Row(label, was, plans[1][label])
        for label, was in plans[0].items()
        if plans[1].get(label, was) != was
    ]
    blocks: list[Block] = [SideBySide(*names, tuple(rows))] if rows else []
    gone = [label for label in plans[0] if label not in plans[1]]
    if gone and not plans[1]:
        blocks.append(Text(agreeing.NO_NEW_PLAN))
    elif gone:
        blocks.append(Text(f"{'; '.join(gone)}.", label=agreeing.NOT_IN_NEW_PLAN))
    blocks += [
        Text(text, label=f"{label}, {agreeing.NEW}")
        for label, text in plans[1].items()
        if label not in plans[0]
    ]
    said = old or new or any(plans)
    return (
        (Heading(1, messages.CHANGED_OWN), *(blocks or [Text(messages.SAME_OWN)])) if said else ()
    )


def _own_words(rules: RuleSet, titles: Mapping[str, str], session: Session) -> dict[str, str]:
    """What the counselor judged, and said of first steps, last, by its label."""
    newest, first = session.newest, f"{path_name(rules, top(session.given))}."
    judged = judgement_blocks(rules, newest.judgement, first) if newest.judgement else []
    own = "; ".join(": ".join(filter(None, (each.label, each.text))) for each in judged)
    steps = {
        f"{messages.FIRST_STEP}: {each.label}": each.text
        for each in steps_said(titles, newest.steps)
    }
    return {**({messages.JUDGED: own} if own else {}), **steps}
