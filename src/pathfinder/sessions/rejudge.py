"""What becomes of a judgement that was given before: it stays, it is given anew, or it goes.

Why this module exists: a counselor who goes on with a session must see what they wrote,
and must be able to take it back. Enter alone keeps it: nothing goes by accident.

It must not ask for a new judgement (`asking` does), or store anything.
"""

from __future__ import annotations

from enum import Enum

from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Text
from pathfinder.sanitize import clean
from pathfinder.sessions import messages
from pathfinder.sessions.model import Judgement
from pathfinder.sessions.pages import judgement as judgement_blocks
from pathfinder.sessions.prompts import LinePrompter

_TRIES = 3


class JudgingAgain(Enum):
    """What the counselor wants; the order is that of the choices, the text is theirs."""

    KEEP = messages.KEEP_JUDGEMENT
    ANEW = messages.JUDGE_ANEW
    OPEN = messages.LEAVE_OPEN


def ask_again(lines: LinePrompter, rules: RuleSet, before: Judgement) -> JudgingAgain:
    """What to do with `before`. Enter alone and the end of the input keep it; Ctrl-C takes it away.

    So do three slips keep it. What happens is said, but for a new one: that is asked for next.
    """
    try:
        wanted = _picked(lines, rules, before)
    except KeyboardInterrupt:
        lines.say("")
        wanted = JudgingAgain.OPEN
    if wanted is JudgingAgain.KEEP:
        lines.say(messages.JUDGEMENT_STAYS)
    elif wanted is JudgingAgain.OPEN:
        lines.say(messages.LEFT_OPEN)
    return wanted


def _picked(lines: LinePrompter, rules: RuleSet, before: Judgement) -> JudgingAgain:
    choices = list(JudgingAgain)
    lines.say(messages.BEFORE_YOU_WROTE, *_shown(rules, before))
    for number, choice in enumerate(choices, start=1):
        lines.say(f"{number}. {choice.value}")
    for _ in range(_TRIES):
        typed = lines.read(messages.NUMBER_LABEL)
        if not typed:
            break
        if typed in [str(number + 1) for number in range(len(choices))]:
            return choices[int(typed) - 1]
        lines.say(messages.pick(len(choices)))
    return JudgingAgain.KEEP


def _shown(rules: RuleSet, before: Judgement) -> list[str]:
    return [
        clean(f"{block.label}: {block.text}" if block.label else block.text)
        for block in judgement_blocks(rules, before)
        if isinstance(block, Text)
    ]
