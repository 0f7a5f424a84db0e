"""What every way of asking says, in the same words.

Why this module exists: menus and numbered lines must offer the same answers, in
the same order, with the same explanations, or two people answer two quizzes.

It must not read a key, print a line or know how wide a window is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pathfinder.ask.interview import AskedQuestion
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Option, Question
from pathfinder.engine.ruleset import EMERGENCY, Alert, HelpLine, Region, RuleSet, lines_for
from pathfinder.errors import Stopped

STOP_HERE = "Stop here"
GO_ON = "Go on"
PRESS_ENTER = "Press Enter to go on."

ALONE = frozenset((NONE, UNSURE, SKIP))
"""Answers of a `many` that stand alone: each of them excludes every other."""


_HELP_AT_THE_END = (EMERGENCY, "suicide", "drugs")


class Earlier(NamedTuple):
    """What a client answered on an earlier day, as today's rules take it. `day` is a date."""

    day: str
    answers: Answers


class Setting(NamedTuple):
    """For whom and where the quiz is asked. `earlier`: what is shown beside each question."""

    rules: RuleSet
    region: Region
    for_client: bool
    earlier: Earlier | None = None


# --- a question ---------------------------------------------------------------


def options_of(question: Question) -> tuple[Option, ...]:
    """Every answer that can be picked. The two ways not to answer come last."""
    return (*question.options, Option(UNSURE, question.unsure), Option(SKIP, question.skip))


def progress(step: AskedQuestion) -> str:
    return f"Question {step.number} of {step.total}. {step.part}."


def by_region(setting: Setting, question: Question) -> str:
    """The sentence that a question adds for this country, such as what a drink is. Or nothing."""
    return question.by_region.get(setting.region.id) or question.by_region.get(
        setting.rules.elsewhere.id, ""
    )


def cue(setting: Setting, question: Question) -> str:
    """What the counselor listens for. Nothing for a person who answers for themselves."""
    return f"Listen for: {question.cue}" if setting.for_client else ""


def before(setting: Setting, question: Question) -> str:
    """What the answer was on an earlier day, in a follow-up. It is shown, and answers nothing."""
    earlier = setting.earlier
    if earlier is None or question.id not in earlier.answers:
        return ""
    return f"On {earlier.day}: {in_words(question, earlier.answers[question.id])}"


def reasons(setting: Setting, question: Question) -> tuple[str, ...]:
    """What "why" tells: why we ask, and what this country or a counselor needs with it."""
    told = (f"Why we ask: {question.why}", by_region(setting, question), cue(setting, question))
    return tuple(text for text in told if text)


# --- an answer ----------------------------------------------------------------


def ids_of(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(answer)


def as_answer(question: Question, ids: Collection[str]) -> Answer:
    """The ids as an answers file would hold them, in the order of the options."""
    in_order = tuple(option.id for option in options_of(question) if option.id in ids)
    if question.kind != "many" or in_order[0] in (UNSURE, SKIP):
        return in_order[0]
    return in_order


def in_words(question: Question, answer: Answer) -> str:
    """The answer in the person's own words, as the end of a sentence."""
    ids = ids_of(answer)
    labels = "; ".join(option.label for option in options_of(question) if option.id in ids)
    return labels if labels.endswith((".", "?", "!")) else f"{labels}."


def mark(marked: Collection[str], answer: str) -> frozenset[str]:
    """The marks of a `many` after `answer` was marked or unmarked. Some answers stand alone."""
    if answer in marked:
        return frozenset(marked) - {answer}
    if answer in ALONE:
        return frozenset((answer,))
    return (frozenset(marked) - ALONE) | {answer}


# --- alerts, the opening, the end ---------------------------------------------


def number_of(line: HelpLine) -> str:
    """A help line as it is said in a hurry: its name and its number."""
    if line.name.casefold() == line.number.casefold():
        return f"{line.name}."
    return f"{line.name}: {line.number}"


def alert_text(setting: Setting, alert: Alert) -> tuple[str, ...]:
    """An alert in paragraphs: title, what to do, and whom to call."""
    return (alert.title, alert.text, *numbers_for(setting, alert))


def numbers_for(setting: Setting, alert: Alert) -> tuple[str, ...]:
    """Whom to call about an alert, one line each."""
    return tuple(map(number_of, lines_for(setting.rules, setting.region, alert.lines)))


def holds(alerts: Sequence[Alert]) -> bool:
    return any(alert.hold for alert in alerts)


class Left(Exception):
    """The person stops here, by typing `quit` or ending the input. What is kept is told later."""


class InputEnded(Left):
    """The input of a pipe ended before the last question."""


def opening(
    setting: Setting,
    keys: Sequence[str],
    *,
    way_out: str = "",
    clears: bool = True,
    kept: str = "",
) -> tuple[str, ...]:
    """What is said before the first question, in paragraphs. `keys`: how to answer.

    `way_out` is the key or word of the quick exit, and `clears` whether it can clear
    the screen here. `kept` says where the answers go, if they go anywhere.
    """
    texts = setting.rules.texts
    client = (
        "You ask for a client: read each question out as it stands.",
        'Lines that start with "Listen for" are for you.',
    )
    return (
        texts.privacy.text,
        *((kept,) if kept else ()),
        texts.sensitive.text,
        texts.not_a_diagnosis.text,
        *((" ".join(client),) if setting.for_client else ()),
        *keys,
        *((_quick_exit(way_out, clears),) if way_out else ()),
        _help_now(setting),
    )


def _quick_exit(way_out: str, clears: bool) -> str:
    """What the quick exit does and what it can't do: half a promise would be worse than none."""
    if clears:
        return (
            f"{way_out} leaves at once and clears the screen. It can't erase your shell's history, "
            "recordings, logs, or what someone has seen."
        )
    return (
        f"{way_out} leaves at once. It can't clear this screen, or erase your shell's history, "
        "recordings or logs."
    )


def _help_now(setting: Setting) -> str:
    emergency = lines_for(setting.rules, setting.region, (EMERGENCY,))
    call = f"In danger right now? Call {emergency[0].number}. " if emergency else ""
    return f"{call}More help: {_all_help_lines(setting)}"


def _all_help_lines(setting: Setting) -> str:
    """The command that lists the numbers of the same place as here."""
    here, usual = setting.region.id, setting.rules.default_region
    return "pathfinder help-lines" + ("" if here == usual else f" --region {here}")


def stopped(setting: Setting, kept: Sequence[str] = ()) -> Stopped:
    """Ctrl-C, Ctrl-D or `quit`. The help lines stay with the person.

    `kept`: where the answers are and how to go on, or nothing where nothing was saved.
    """
    found = {
        line.id: number_of(line)
        for kind in _HELP_AT_THE_END
        for line in lines_for(setting.rules, setting.region, (kind,))[:1]
    }
    return Stopped(
        "\n".join(
            (
                *(
                    ("Stopped.", *kept)
                    if kept
                    else ("Stopped. Nothing was saved. To start again: pathfinder quiz",)
                ),
                *found.values(),
                f"More help lines: {_all_help_lines(setting)}",
            )
        )
    )


def input_ended(kept: Sequence[str] = ()) -> Stopped:
    """The input of a pipe ended before the last question."""
    ways = (
        "To start again: pathfinder quiz",
        "To start from a file of answers: pathfinder quiz --answers FILE",
    )
    return Stopped(
        "\n".join(
            (
                "The input ended before the quiz did." + ("" if kept else " Nothing was saved."),
                *(kept or ways),
                "Help lines: pathfinder help-lines",
            )
        )
    )
