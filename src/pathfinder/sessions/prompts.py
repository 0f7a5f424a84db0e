"""What a counselor is asked around a session: the client code, and their own judgement.

Why this module exists: these questions are not the quiz's. They come before and after
it, in numbered lines. Enter alone leaves each of them open but the code, and "back"
takes the last pick back.

It must not store anything, or know a screen beyond lines out and lines in.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, Stopped
from pathfinder.pages.phrases import level_words
from pathfinder.sessions import messages
from pathfinder.sessions.index import Line
from pathfinder.sessions.model import Judgement
from pathfinder.sessions.validate import LONGEST_LINE, OTHER_CARE, REASONS, check_client

_TRIES = 3
_AGREE, _PATH, _OPEN = 0, 1, 3
_ALL_PICKS = 3
_BACK = 'To undo a pick, type "back".'


class LinePrompter(Protocol):
    """Lines out, lines in: `pathfinder.ask.terminal.Lines`, or a script in a test."""

    @property
    def typed(self) -> bool: ...

    def say(self, *texts: str) -> None: ...

    def read(self, label: str) -> str | None:
        """The next line, or None at the end of the input."""


def ask_client(lines: LinePrompter) -> str:
    """A client code. Raises `Stopped` at the end of the input, and after three that are none."""
    lines.say(messages.ASK_CLIENT)
    for _ in range(_TRIES):
        typed = lines.read(messages.CLIENT_LABEL)
        if typed is None:
            break
        try:
            return check_client(typed)
        except PathfinderError as error:
            lines.say(str(error))
    raise Stopped("Stopped: there is no client code, so nothing was saved.")


def ask_judgement(lines: LinePrompter, rules: RuleSet, decision: Decision) -> Judgement | None:
    """The counselor's own judgement, or None where it is left open.

    The end of the input and Ctrl-C leave it open, too: the session itself must be saved.
    """
    try:
        return _judgement(lines, rules, decision)
    except KeyboardInterrupt:
        lines.say("", messages.LEFT_OPEN)
        return None


def pick_session(lines: LinePrompter, code: str, found: Sequence[Line]) -> str:
    """The id of one of the sessions under a code. Raises `Stopped` where none is picked."""
    lines.say(messages.several(code))
    picked = _pick(lines, [messages.in_short(line) for line in found])
    if not isinstance(picked, int):
        raise Stopped("Stopped. No session was picked.")
    return found[picked].id


def follow_up_of(lines: LinePrompter, code: str, found: Sequence[Line]) -> str:
    """The session under this code to follow up; "" for a new intake, as Enter alone means.

    From a pipe it is only told: each line there is the answer to a question.
    """
    finished = [line for line in found if line.state == "saved"]
    lines.say(*messages.known_code(code, found))
    if not finished or not lines.typed:
        return ""
    choices = (messages.BEGIN_ANEW, messages.follow_up(finished[0]))
    return finished[0].id if _pick(lines, choices) == 1 else ""


def pick_one(
    lines: LinePrompter, choices: Sequence[str], ended: type[Exception] | None = None
) -> int | None:
    """The place of what is picked, from 0; None for Enter alone, slips and "back".

    `ended` is raised at the end of the input; without it, that is None, too.
    """
    for number, choice in enumerate(choices, start=1):
        lines.say(f"{number}. {choice}")
    for _ in range(_TRIES):
        typed = lines.read(messages.NUMBER_LABEL)
        if typed is None and ended is not None:
            raise ended
        if not typed or _is_back(typed):
            return None
        if (place := _place_of(typed, len(choices))) is not None:
            return place
        lines.say(messages.pick(len(choices)))
    return None


def really_forget(lines: LinePrompter, id_: str, client: str, revisions: int) -> bool:
    """Whether the counselor means it. Only the whole word does; the end of the input doesn't."""
    lines.say(
        messages.forget_what(id_, client, revisions),
        messages.CANT_PROMISE,
        messages.forget_prompt(),
    )
    try:
        return (lines.read(">") or "").strip().casefold() == messages.FORGET_WORD
    except KeyboardInterrupt:
        return False


def _judgement(lines: LinePrompter, rules: RuleSet, decision: Decision) -> Judgement | None:
    if not decision.ranked:
        return None
    lines.say(messages.ASK_JUDGEMENT)
    picks: tuple[int, ...] = ()
    while True:
        step = _step(rules, decision, picks)
        if step is None:
            typed = _line(lines)
            if not _is_back(typed):
                return _judged(rules, decision, picks, typed)
            picks = picks[:-1]
            continue
        lines.say(*step.question)
        picked = _pick(lines, step.choices)
        if isinstance(picked, int):
            if not picks and picked == _OPEN:
                return None
            picks = (*picks, picked)
        elif picked is _NoPick.BACK:
            picks = picks[:-1]
        else:
            if picks or picked is _NoPick.SLIPS:  # it isn't what was asked for
                lines.say(messages.LEFT_OPEN)
            return None


class _Step(NamedTuple):
    question: tuple[str, ...]
    choices: tuple[str, ...]


def _step(rules: RuleSet, decision: Decision, picks: tuple[int, ...]) -> _Step | None:
    """What is asked after these picks. None: nothing more, but a line in their own words."""
    if not picks:
        first = rules.path_by_id[decision.ranked[0].path].name
        agree = f"{messages.I_AGREE}: {first}"
        return _Step(
            (), (agree, messages.I_SEE_A_PATH, messages.I_SEE_A_LEVEL, messages.LEAVE_OPEN)
        )
    if picks[0] == _AGREE or len(picks) == _ALL_PICKS:
        return None
    if len(picks) > 1:
        return _Step((messages.WHICH_REASON, _BACK), tuple(REASONS.values()))
    if picks[0] == _PATH:
        names = [rules.path_by_id[id_].name for id_ in _other_paths(rules, decision)]
        return _Step((messages.WHICH_PATH, _BACK), tuple(names))
    levels = [
        OTHER_CARE.get(id_) or level_words(rules, id_) for id_ in _other_levels(rules, decision)
    ]
    return _Step((messages.WHICH_LEVEL, _BACK), tuple(levels))


def _judged(rules: RuleSet, decision: Decision, picks: tuple[int, ...], line: str) -> Judgement:
    if picks[0] == _AGREE:
        return Judgement(agrees=True, line=line)
    path = level = None
    if picks[0] == _PATH:
        path = _other_paths(rules, decision)[picks[1]]
    else:
        level = _other_levels(rules, decision)[picks[1]]
    return Judgement(False, path, level, list(REASONS)[picks[2]], line)


def _other_paths(rules: RuleSet, decision: Decision) -> list[str]:
    """The tool's own first path is no other path."""
    return [path.id for path in rules.paths if path.id != decision.ranked[0].path]


def _other_levels(rules: RuleSet, decision: Decision) -> list[str]:
    """Those of the rule set but the first path's, and care that no path gives."""
    levels = [level.id for level in rules.levels if level.id != decision.ranked[0].level]
    return [*levels, *OTHER_CARE]


class _NoPick(Enum):
    """Why there is none: Enter alone or the end of the input, too many slips, or a step back."""

    NOTHING = "nothing"
    SLIPS = "slips"
    BACK = "back"


def _pick(lines: LinePrompter, choices: Sequence[str]) -> int | _NoPick:
    """The place of what is picked, from 0."""
    for number, choice in enumerate(choices, start=1):
        lines.say(f"{number}. {choice}")
    for _ in range(_TRIES):
        typed = lines.read(messages.NUMBER_LABEL)
        if not typed:
            return _NoPick.NOTHING
        if _is_back(typed):
            return _NoPick.BACK
        if (place := _place_of(typed, len(choices))) is not None:
            return place
        lines.say(messages.pick(len(choices)))
    return _NoPick.SLIPS


def _place_of(typed: str, many: int) -> int | None:
    fits = typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= many
    return int(typed) - 1 if fits else None


def _is_back(typed: str) -> bool:
    return typed.strip().casefold() == "back"


def _line(lines: LinePrompter) -> str:
    lines.say(messages.FREE_LINE)
    return (lines.read(messages.LINE_LABEL) or "").strip()[:LONGEST_LINE]
