"""What every way of asking says, in the same words, and what a typed line means as an answer.

Why this module exists: menus and numbered lines must offer the same answers, in
the same order, with the same explanations, or two people answer two quizzes. In plain mode
people type words: a number, an amount, an id, or the start of a label. One that could mean two
answers is said back with both, never guessed. Whoever is asked for drinks on a day types 3 and
means three drinks, not the third line of a list. Amounts are read from the labels, so that a
rule set of an agency's own has them, too: "Fewer than 5", "5 to 9", "15 or more".

It must not read a key, print a line or know how wide a window is, or know `back` and `why`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from pathfinder.ask.interview import AskedQuestion
from pathfinder.ask.terminal import fold, narrow
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Option, Question
from pathfinder.engine.ruleset import EMERGENCY, Alert, HelpLine, Region, RuleSet, lines_for
from pathfinder.errors import Stopped
from pathfinder.sanitize import quoted

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


READ_OUT: Final = "Read this to the client:"


def alert_texts(setting: Setting, alerts: Sequence[Alert]) -> tuple[str, ...]:
    """Alerts in paragraphs: title, what to do, whom to call; and first, for whom it is."""
    texts = [(each.title, each.text, *numbers_for(setting, each), "") for each in alerts]
    return (*read_out(setting), *[text for each in texts for text in each][:-1])


def read_out(setting: Setting) -> tuple[str, ...]:
    """Before what says "you", where who holds the phone isn't meant."""
    return (READ_OUT,) if setting.for_client else ()


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


_BELOW: Final = re.compile(r"(?:under|fewer than|less than) (\d{1,3})\b")
_BETWEEN: Final = re.compile(r"(\d{1,3}) to (\d{1,3})\b")
_FROM: Final = re.compile(r"(\d{1,3})(?: \w+)? (?:or|and) (?:more|older|over)\b")
_MOST: Final = 10**6

LETTERS: Final = "abcdefghijklmnop"
"""How the list of such a question is named: a figure would look like an amount."""


def amounts(question: Question) -> dict[str, range]:
    """The amounts that each answer stands for. Empty where the question asks for none."""
    found: dict[str, range] = {}
    for answer in question.answers:
        span = _span(question.label(answer).casefold())
        if span is None:
            return {}
        found[answer] = span
    return found


def taken_as(question: Question, number: int) -> str | None:
    """The answer that a number belongs to."""
    return next((id_ for id_, span in amounts(question).items() if number in span), None)


def is_lettered(question: Question) -> bool:
    """Whether its list has letters. With two answers, as for an age, figures can't be mistaken."""
    return len(amounts(question)) > 2


def _span(label: str) -> range | None:
    if (below := _BELOW.match(label)) is not None:
        return range(int(below[1]))
    if (between := _BETWEEN.match(label)) is not None:
        return range(int(between[1]), int(between[2]) + 1)
    if (least := _FROM.match(label)) is not None:
        return range(int(least[1]), _MOST)
    return None


_WORDS = {
    "not sure": UNSURE,
    "unsure": UNSURE,
    "don't know": UNSURE,
    "i don't know": UNSURE,
    "skip": SKIP,
    "prefer not to say": SKIP,
}
_NUMBERS = re.compile(r"\d+(?:[\s,;]+\d+)+")
_NUMBER = re.compile(r"[(\[<#]*\s*([0-9]+)\s*[)\]>]*")
"""A number as people write it: (2), [2], #2."""
_NUMBER_AND_LABEL = re.compile(r"([0-9]{1,3})[.):]\s*(\S.*)")
"""A line of the list, as it was said."""


class NoMatch:
    """Why a line is no answer, and what would be one. `unknown`: it is like none of them."""

    __slots__ = ("message", "unknown")

    def __init__(self, message: str, *, unknown: bool = False) -> None:
        self.message = message
        self.unknown = unknown


def match(question: Question, text: str) -> Answer | NoMatch:
    """The answer that `text` gives to `question`."""
    text = narrow(text)
    whole = _one(question, text)
    if isinstance(whole, str):
        return as_answer(question, (whole,))
    parts = _parts(text)
    if len(parts) < 2:
        return whole
    if question.kind != "many":
        return NoMatch("This question takes one answer. Type one number.")
    ids: list[str] = []
    for part in parts:
        found = _one(question, part)
        if isinstance(found, NoMatch):
            return found
        ids.append(found)
    return _together(question, ids)


def _parts(text: str) -> list[str]:
    separator = r"[\s,;]+" if _NUMBERS.fullmatch(text.strip()) else "[,;]"
    return [part for part in re.split(separator, text.strip()) if part.strip()]


def _together(question: Question, ids: list[str]) -> Answer | NoMatch:
    alone = next((each for each in ids if each in ALONE), None)
    if alone is not None and set(ids) != {alone}:
        label = next(option.label for option in options_of(question) if option.id == alone)
        return NoMatch(f'"{label}" stands alone. Type it by itself, or leave it out.')
    return as_answer(question, ids)


def _one(question: Question, text: str) -> str | NoMatch:
    options = options_of(question)
    word = fold(text).strip("\"'").strip()
    lettered = is_lettered(question)
    if not word:
        what = "the number that is asked for, or a letter" if lettered else "a number"
        upto = f"a to {LETTERS[len(options) - 1]}" if lettered else f"1 to {len(options)}"
        return NoMatch(f"Type {what} from {upto}, or the start of an answer.")
    if lettered and len(word) == 1 and word in LETTERS[: len(options)]:
        return options[LETTERS.index(word)].id
    with_label = _NUMBER_AND_LABEL.fullmatch(word)
    if with_label is not None and 0 < int(with_label[1]) <= len(options):
        option = options[int(with_label[1]) - 1]
        if fold(option.label).startswith(fold(with_label[2])):
            return option.id
    bare = _NUMBER.fullmatch(word)
    if bare is not None:
        number = int(bare[1]) if len(bare[1]) < 6 else 0
        # An age is never as small as a place in the list of its two answers.
        amount = taken_as(question, number) if lettered or number > len(options) else None
        if amount is not None:
            return amount
        if 1 <= number <= len(options):
            return options[number - 1].id
        return NoMatch(
            f"{quoted(word)} is not in the list. Its numbers go from 1 to {len(options)}."
        )
    exact = [option.id for option in options if word in (fold(option.id), fold(option.label))]
    if exact:
        return exact[0]
    if word in _WORDS:
        return _WORDS[word]
    starts = [n for n, option in enumerate(options, 1) if fold(option.label).startswith(word)]
    if len(starts) == 1:
        return options[starts[0] - 1].id
    if starts:
        numbers = ", ".join(map(str, starts[:-1])) + f" or {starts[-1]}"
        return NoMatch(f"{quoted(text)} could be {numbers}. Type one of these numbers.")
    return NoMatch(
        f"{quoted(text)} is not in the list. Type a number from 1 to {len(options)}.", unknown=True
    )
