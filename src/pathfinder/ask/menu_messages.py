"""What menus say beside the questions, and behind the answer: foot lines, pages, the review.

Why this module exists: a key is named in one place, so that the line under a
menu and the page behind `?` can't tell two stories.

It must not know a key press or a screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pathfinder.ask.interview import (
    IS_SOMETHING_MISSING,
    NO_ANSWER_YET,
    THERE_IS_A_NOTE,
    AskedQuestion,
    Notes,
    ReviewRow,
)
from pathfinder.ask.menu_layout import KEYS, SECOND_LINE, Menu
from pathfinder.ask.phrases import (
    GO_ON,
    STOP_HERE,
    Setting,
    alert_texts,
    before,
    by_region,
    cue,
    in_words,
    numbers_for,
    options_of,
    progress,
    read_out,
    reasons,
)
from pathfinder.engine.question import NONE, Question
from pathfinder.engine.ruleset import Alert

AT_THE_START: Final = "This is the first question."
NOTHING_LEFT: Final = "Nothing is left to ask."
ALL_HERE: Final = "These are your answers."
ONE_OF_TWO: Final = "Pick one of the two."
NOWHERE_TO_SAVE: Final = "Nothing can be saved here."
IN_LINES: Final = "The window is small, so this comes in plain lines."

SHOW_RESULT: Final = "All correct: show my result"
STAYS: Final = "It stays on your screen until you clear it."
GOES_ELSEWHERE: Final = "It goes where you sent it, not to this screen."
GO_ON_ASKING: Final = "Go on with the questions"

CLOSE_ANY: Final = "Press any key to go back."
CLOSE_ANY_OTHER: Final = "Any other key goes back."
CLOSE_ENTER: Final = "Press Enter to go on."
CLOSE_RESULT: Final = "Press Enter to show it."
STOPPED: Final = "The questions stop here. What to do now, and whom to call, comes next."

# The longest form that the window is wide enough for is shown: 72, 40 or 30 columns.
_FOOT_ONE: Final = (
    "Enter answers. Esc back. ? why, and more keys. Ctrl-X leaves at once.",
    "Enter. Esc back. ? help. Ctrl-X leaves.",
    "Enter. Esc back. ? why, keys.",
)
_FOOT_MANY: Final = (
    "Space marks, Enter goes on. Esc back. ? why, more keys. Ctrl-X leaves.",
    "Space, Enter. Esc back. ? help. Ctrl-X.",
    "Space, Enter. ? why, keys.",
)
_FOOT_ONE_NOTE: Final = (
    "Enter answers. n note. Esc back. ? why, more keys. Ctrl-X leaves.",
    "Enter. n note. Esc back. ? help. Ctrl-X.",
    "Enter. n note. ? why, keys.",
)
_FOOT_MANY_NOTE: Final = (
    "Space marks, Enter goes on. n note. Esc back. ? keys. Ctrl-X leaves.",
    "Space, Enter. n note. ? help. Ctrl-X.",
    "Space, Enter. n note. ? keys.",
)
_FOOT_ALERT: Final = (
    "Arrow keys move, Enter picks. Esc back. Ctrl-X leaves at once.",
    "Arrows move, Enter picks. Esc back.",
    "Arrows, Enter. Esc back.",
)
_FOOT_REVIEW: Final = (
    "Enter picks. Home: to the top. ? lists the keys. Ctrl-X leaves at once.",
    "Enter. Home: top. ? keys. Ctrl-X leaves.",
    "Enter. Home: top. ? keys.",
)

_REVIEW_KEYS: Final = "0" + KEYS
"""The first row goes on; after it come the answers, so that 1 is the first answer."""


# --- a question ---------------------------------------------------------------


NOTE_KEY: Final = "n"
"""For a counselor it opens a note, so there it is no answer's key."""


def keys_of(setting: Setting) -> str:
    """One key an answer, from the top of the list."""
    return KEYS.replace(NOTE_KEY, "") if setting.for_client else KEYS


def question_menu(setting: Setting, step: AskedQuestion, notes: Notes | None = None) -> Menu:
    """`notes`: those of a counselor, where they can be kept."""
    question = step.question
    many = question.kind == "many"
    noted = "" if notes is None else notes.mark(question.id)
    then = before(setting, question)
    extras = (noted, then, by_region(setting, question), cue(setting, question))
    if notes is None:
        foot = _FOOT_MANY if many else _FOOT_ONE
    else:
        foot = _FOOT_MANY_NOTE if many else _FOOT_ONE_NOTE
    return Menu(
        progress=progress(step),
        head=(question.ask,),
        extras=tuple(text for text in extras if text),
        labels=tuple(option.label for option in options_of(question)),
        marked=frozenset() if many else None,
        foot=foot,
        keys=keys_of(setting),
        done=(step.number - 1) / step.total,
    )


def help_page(setting: Setting, question: Question, notes: Notes | None = None) -> tuple[str, ...]:
    """Why we ask, what each answer means, and what each key does."""
    return (
        question.ask,
        *reasons(setting, question),
        "",
        "You can answer:",
        *(
            f"{key}. {option.label}"
            for key, option in zip(keys_of(setting), options_of(question), strict=False)
        ),
        "The last two are fine at every question. They count as unknown, never as a no.",
        *_about_marks(question),
        "",
        *_keys(question.kind == "many", in_session=notes is not None),
    )


def _about_marks(question: Question) -> tuple[str, ...]:
    if question.kind != "many":
        return ()
    alone = [option.label for option in question.options if option.id == NONE]
    return (
        "More than one may fit: mark all that do.",
        *(
            f"{label.rstrip('.')}: this one stands alone, and so do the last two."
            for label in alone
        ),
    )


def _keys(many: bool, *, in_session: bool) -> tuple[str, ...]:
    answering = (
        (
            "Arrows: move. Home and End: the first and the last.",
            "Space, a number or a letter: mark, or take the mark away.",
            "Enter: go on with what is marked.",
        )
        if many
        else (
            "Arrows, numbers or letters: move. Home and End: the first and the last.",
            "Enter: take the answer under the cursor.",
        )
    )
    return (
        "Keys:",
        *answering,
        "Esc, Shift-Tab or Left: back to the question before.",
        *(("n: write a note to this question, or change it.",) if in_session else ()),
        "Ctrl-R: all your answers, to change one.",
        *_saving_and_ways_out(in_session),
    )


def _saving_and_ways_out(in_session: bool) -> tuple[str, ...]:
    if in_session:
        saving = "Ctrl-S: tells where this session is kept."
        leaving = "The screen is cleared. A session that was never saved is deleted."
    else:
        saving = "Ctrl-S: save your answers in a file."
        leaving = "The screen is cleared, and a draft is deleted."
    pausing = "Ctrl-Z: pause, and go to your shell. There, fg comes back."
    return (saving, "Ctrl-C: stop.", pausing, f"Ctrl-X: leave at once. {leaving}")


# --- the review ---------------------------------------------------------------


def review_menu(
    rows: Sequence[ReviewRow], *, finished: bool, on_screen: bool, notes: Notes | None = None
) -> Menu:
    """Every answer in words, after the one row that leads on. A note is a mark, never its words."""
    if finished:
        onward = f"{SHOW_RESULT}{SECOND_LINE}{STAYS if on_screen else GOES_ELSEWHERE}"
    else:
        onward = GO_ON_ASKING
    so_far = "Your answers so far." if rows else "Nothing is answered yet."
    head = ALL_HERE if finished else so_far
    change = ["Pick one to change it."] if rows else []
    if finished and notes is None:  # a counselor writes it down as a note
        change.append(IS_SOMETHING_MISSING)
    labels = (onward, *(_review_label(row, notes) for row in rows))
    return Menu("", (head,), tuple(change), labels, None, _FOOT_REVIEW, _REVIEW_KEYS)


def _review_label(row: ReviewRow, notes: Notes | None) -> str:
    answer = NO_ANSWER_YET if row.answer is None else in_words(row.question, row.answer)
    noted = notes is not None and notes.of(row.question.id)
    return SECOND_LINE.join((row.question.ask, answer, *((THERE_IS_A_NOTE,) if noted else ())))


def review_help(*, finished: bool, in_session: bool = False) -> tuple[str, ...]:
    onward = (
        "The row at the top shows your result."
        if finished
        else "The row at the top goes on with the questions. So does Esc."
    )
    return (
        "These are all your answers. You can change each of them.",
        "Then only what newly applies is asked. An answer that no longer applies isn't used.",
        onward,
        "",
        "Keys:",
        "Arrows, numbers or letters: move. Page Up and Page Down: further.",
        "Home: to the top. End: to the last answer.",
        "Enter: pick the row under the cursor.",
        *_saving_and_ways_out(in_session),
    )


# --- alerts, the result -------------------------------------------------------


def numbers_first(setting: Setting, alerts: Sequence[Alert]) -> tuple[str, ...]:
    """The same for a small window, where the end of a text is out of sight.

    Whom to call comes first, and once more where the text says that it is: below.
    """
    parts = []
    for each in alerts:
        numbers = numbers_for(setting, each)
        parts.append((each.title, *numbers, each.text, *numbers))
    return (*read_out(setting), *_with_gaps(parts))


def stop_or_go(setting: Setting, alerts: Sequence[Alert]) -> tuple[Menu, ...]:
    """The choice that an alert asks for, under all of its text or less, the longest first."""
    short = _with_gaps([(each.title, *numbers_for(setting, each)) for each in alerts])
    heads = (alert_texts(setting, alerts), short, tuple(each.title for each in alerts))
    return tuple(Menu("", head, (), (STOP_HERE, GO_ON), None, _FOOT_ALERT) for head in heads)


def result_next(*, on_screen: bool) -> tuple[str, ...]:
    return (STOPPED, STAYS if on_screen else GOES_ELSEWHERE)


def _with_gaps(parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Several texts as one, with an empty line between them."""
    return tuple(text for n, part in enumerate(parts) for text in (*([""] if n else []), *part))


TWO: Final = "Two side by side"
APPROACHES: Final = "12 Steps or not"
ANSWERS: Final = "Change an answer"
SAVE: Final = "Save or print"
DONE: Final = "Done"
ONCE_SAFE: Final = "Once you are safe"

ANSWER_KEYS: Final = (
    "Arrow keys or a number, then Enter. Esc comes back here. Ctrl-X leaves at once.",
    "Arrows, Enter. Esc comes back. Ctrl-X leaves.",
    "Arrows, Enter. Ctrl-X leaves.",
)
BACK_HERE: Final = "Press Esc or Left to go back to your answer."
MORE_BELOW: Final = "Space or Down for more. Esc goes back."
ENOUGH: Final = (
    "You have told enough to know how much care is safe. The rest help to choose among kinds."
)
SO_FAR: Final = "See the answer so far"

WHICH: Final = "Which path?"
WHICH_FIRST: Final = "Which path first?"
WHICH_BESIDE: Final = "And which one beside it?"
ALL_OTHERS: Final = "All of them, in short"

WHOM: Final = "Whom to call. What you choose here is kept nowhere."
SEE_WHOM: Final = "See the programs and meetings"
WHICH_LANGUAGE: Final = "Which language do you need?"
ANY: Final = "Any language"
WHERE_YOU_ARE: Final = "A town or a postal code. It is kept nowhere. An empty line changes nothing."
PLACE_LABEL: Final = "Near:"
ANYWHERE: Final = "Forget where I am"
FROM_HOME: Final = "Only what is online or close by"
ALL_OF_THEM: Final = "Also what is far away"

LIST: Final = "What would you like to see?"
TYPE: Final = "Type a number. Also: answer, list, done, exit!"
LABEL: Final = "Your choice:"
LABEL_OR_BACK: Final = "Your choice, or back:"
PICKING: Final = (
    "Enter opens it. Esc or Left goes back. Ctrl-X leaves at once.",
    "Enter. Esc goes back. Ctrl-X leaves.",
    "Enter. Esc goes back.",
)
NEITHER: Final = "That is none of the numbers."

SAVE_AS: Final = "How would you like to keep it?"
SHEET: Final = "A sheet to print or to open in a browser (HTML)"
MARKDOWN: Final = "A text file with headings (Markdown)"
TEXT: Final = "The whole result as plain text"
NAME: Final = "The name of the file. Esc or an empty line leaves it."
NAME_LABEL: Final = "File:"
READABLE: Final = "Only you can read the file, but whoever uses this computer as you can, too."
ENDINGS: Final = {"html": "my-answer.html", "md": "my-answer.md", "text": "my-answer.txt"}

NOTHING_CHANGED: Final = "Your answer is the same as before."


def language(name: str) -> str:
    return f"Language: {name or 'any'}"


def place(near: str) -> str:
    return f"Where I am: {near}" if near else "Say where I am"


def turning(page: int, of: int) -> Sequence[str]:
    """The keys where the answer has more than one page."""
    return (
        f"Page {page} of {of}: Space turns. Arrow keys choose. Ctrl-X leaves at once.",
        f"Page {page} of {of}: Space. Ctrl-X leaves.",
        f"Page {page} of {of}: Space.",
    )


def saved(file: str) -> str:
    return f"Written to {file}."


def so_far(parts: str) -> str:
    """Above an answer that comes before the last question."""
    return f"This is your answer so far. Still to ask: {parts}."


def now_first(path: str, before: str) -> str:
    return f"First is now: {path}. Before: {before}."


def now_safe(level: str, before: str) -> str:
    return f"The least care that is safe is now: {level}. Before: {before}."


def come(names: str) -> str:
    return f"New to do first: {names}."


def gone(names: str) -> str:
    return f"No longer first to do: {names}."


def order(path: str, rank: int, before: int) -> str:
    return f"{path} is now number {rank}. Before: {before}."
