"""The page's own words: every heading and every sentence that isn't in the rules.

Why this module exists: one place to read them aloud, to measure them, and to
translate them. They are plain, kind, and promise nothing. What a person could change stands here
in a sentence, too: a result as JSON carries it, and must not pay for the page at every start
(`tests/test_startup.py`).

It must not know blocks, or hold anything that depends on the answers beyond a name or a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathfinder.engine.ruleset import RuleSet

# --- headings of the result, in the order of the page ---------------------------

CAREFUL_FIRST: Final = "Be careful"
FIRST: Final = "What to do first"
FIRST_WITH_HELP: Final = f"{FIRST}, as soon as help is there"
FIRST_NOW: Final = f"What stands under “{FIRST}” can't wait."
BOTH_NOW: Final = f"What stands under “{CAREFUL_FIRST}” and “{FIRST}” can't wait."
IF_YOUNG: Final = "If you are under 18"
BEST: Final = "The path that fits best"
START: Final = "A path to start with"
WHY: Final = "Why"
AGAINST: Final = "What speaks against it"
WHY_LEVEL: Final = "Why less care isn't safe"
WHY_LEVEL_PERHAPS: Final = "Why less care may not be safe"
NOT_KNOWN: Final = "What else could change how well it fits"
MORE: Final = "What else speaks for it"
WHAT: Final = "What it is"
GOOD: Final = "What is good about it"
HARD: Final = "What may be hard about it"
LIKE: Final = "What it is like"
IF_YOU_WAIT: Final = "If you wait"
WEEK: Final = "A week on it"
RUN_BY: Final = "Who leads it"
LENGTH: Final = "How long it takes"
COST: Final = "What it costs"
MOVES: Final = "What you can do today"
MOVES_ONCE_SAFE: Final = "What you can do once you are safe"
ASK: Final = "What to ask before you sign up"
NEXT: Final = "What to look for next"
OTHERS: Final = "Other paths"
PROGRAMS: Final = "Programs to call"
MEETINGS: Final = "Meetings to go to"
NOT_POSSIBLE: Final = "If this path can't be done now"
SET_ASIDE: Final = "Not now, and what would open them"
SUPPORTS: Final = "Things to add"
GOOD_TO_KNOW: Final = "Good to know"
TO_CHECK: Final = "Ask a professional about"
CHECK_FIRST: Final = "Ask these first"
CHECK_LEVEL: Final = "About how much care you need"
CHECK_PATHS: Final = "About the paths"
ABOUT_RESULT: Final = "About this result"
SOURCES: Final = "Where this comes from"
HELP: Final = "Help right now"
NUMBERS_SEEN: Final = "Where we read the numbers"
IN_SHORT: Final = "Your plan, in short"

# --- labels ---------------------------------------------------------------------

LEVEL: Final = "Level of care"
NOTE: Final = "Note"
DECIDES: Final = "What decides"
IN_ITS_WAY: Final = "What is in its way"
WHAT_HELPS: Final = "What may help"
COMPROMISE: Final = "What you could begin with"
IN_ITS_PLACE: Final = "What could take its place"
OR: Final = "Or"
IF_YOU_LIVE_AWAY: Final = "if you can live away, day and night"
AS_YOU_COULD_LIVE_AWAY: Final = "since you could live away, day and night"
BEFORE_EACH: Final = "What is in the way of each"
OPENS: Final = "What would open it"
OPENS_MANY: Final = "What would open them"
OPENS_BESIDES: Final = "What it takes, once less care is enough"
OPENS_TOGETHER: Final = "What would open it, taken together"
MEANWHILE: Final = "Until then"
INTEREST: Final = "What they may gain"
RULES: Final = "Rules used"
FOR: Final = "For"
AGAINST_IT: Final = "Against"

SAFE_LEVEL: Final = "Least care that is safe"
SAFE_LEVEL_ONCE_SAFE: Final = "Once you are safe, at least"
SAFE_LEVEL_ONCE_SEEN: Final = "Once you have been seen, at least"

# --- sentences ------------------------------------------------------------------

YOU_SAID: Final = "You said:"
ADDS_UP: Final = "Your answers add up to:"
ABOUT_AS_GOOD: Final = "About as good"
FOR_LATER: Final = "You said that you can't live away from home now, so it is for later."
ASK_OF_MANY: Final = "More than the least your answers ask for. Whoever sees you may advise it."
MORE_CARE: Final = "It is more care than the first path. Ask whoever assesses you if you need it."
A_LITTLE_LESS_FOR_IT: Final = "All in all, it fits a little less well."
LESS_FOR_IT: Final = "All in all, it fits less well."
SAME_FIT_MORE_CARE: Final = "It fits as well, but it asks more of you. So it comes later."
ALL_THE_SAME: Final = "They all fit as well. Those that ask more of you come later."
NOTHING_SPEAKS: Final = (
    "Your answers don't speak for one path yet, and that is all right. "
    "Of the safe ones, this one asks the least of you."
)
CAREFUL: Final = "so we stay careful"
LESS_CARE: Final = "less care than is safe now."
PERHAPS_LESS_CARE: Final = "perhaps less care than is safe now."
COMPROMISE_LESS: Final = (
    "It may be less care than is safe for you now, so keep asking for the first path.",
    "It is less care than is safe for you now, so keep asking for the first path.",
)
"""Of a step to begin with; the second where an answer that is known asks for more."""
AS_MUCH_AS_YOU_CAN: Final = "If that can't be, take the most care you can get, and keep asking."
NEITHER: Final = "If you can have neither, take the most care that you can get, and keep asking."
NO_COMPROMISE: Final = "Call a program or a doctor, say what is in the way, and ask how to start."
NOT_A_NO: Final = "What you left open doesn't count as a “no”."
TO_CHECK_WHY: Final = "You can read this out to a doctor or a counselor."
OPEN_ANSWERS_ALL: Final = "Answers that are open"
NUMBERS: Final = (
    "A number in brackets names a source. A reason with no number is our own judgement."
)
NO_GAIN_NAMED: Final = "Where no gain is named, none was stated."
ALL_SOURCES: Final = "The whole list: pathfinder sources"
MORE_HELP: Final = "More help lines"
CAN_WAIT: Final = "The paths can wait until then."
A_SLIP: Final = "Was that age a slip? Start again: pathfinder quiz"
HELP_SEEN: Final = (
    "We read these numbers on the dates given. Nobody has dialled them. They may change."
)
NOW: Final = "Now"
PLAN_NEXT: Final = "Next"
UNLESS_TOLD: Final = "unless whoever sees you advises other care"
PLAN_AS_SOON: Final = "As soon as help is there"
IN_SHORT_ONCE_SAFE: Final = "Once you are safe"
PLAN_TIME: Final = "Time"
ALONGSIDE: Final = "To add"
AFTER: Final = "After"
IN_SHORT_HELP: Final = "Help right now"

# --- how firm, and what would change it -------------------------------------------

HOW_FIRM: Final = "How firm this is"
FIRM: Final = "Firm, by what you told: no other path fits about as well."
FIRM_THOUGH_OPEN: Final = (
    "Firm by what we know. No other path fits about as well, "
    "and no one answer that you left open would put another first."
)
FIRM_ONCE_SEEN: Final = "Not firm yet. Whoever sees you first may advise other care."
ONLY_ONE: Final = "Firm, by what you told us: for now no other path is enough, or open."
ONLY_ONE_THOUGH_OPEN: Final = (
    "Firm by what we know. For now no other path is enough, or open, "
    "and no one answer that you left open would put another first."
)
CLOSE: Final = "Close. Another path fits about as well."
CLOSE_IF_KNOWN: Final = "Close. Another path could come first, once this is known:"
CLOSE_AND_IF_KNOWN: Final = "Close. The order could change, too, once this is known:"
LITTLE_KNOWN: Final = (
    "Too little is known to choose well. Each of these could put another path first:"
)
HALF_TRIED: Final = "Too many answers to try them all. Others could still put another path first:"
ONE_AT_A_TIME: Final = "We tried each open answer by itself. These are examples."
ALSO_OPEN: Final = "So could these"
WOULD_CHANGE: Final = "What would change this"
COMES_FIRST: Final = "another path would come first. That is:"
BEFORE_LESS: Final = "Ask a professional before you take less care."
OPENS_UP: Final = "another path would open up. That is:"
NOTHING_IN_THE_WAY: Final = "the first path could be done"
LESS_IN_THE_WAY: Final = "one thing less would stand in its way"
TOO_LITTLE_KNOWN: Final = "We don't know enough yet to say what would."
WAITS_TILL_SAFE: Final = "That can wait until you are safe."

# --- the explanation ----------------------------------------------------------------

SPEAKS_FOR: Final = "What speaks for it"
STRONGLY: Final = "Strongly"
CLEARLY: Final = "Clearly"
A_LITTLE: Final = "A little"
COULD_COUNT: Final = {
    STRONGLY: "Could count strongly",
    CLEARLY: "Could count clearly",
    A_LITTLE: "Could count a little",
}
NOTHING_ABOUT_IT: Final = "None of your answers speaks for it or against it."
BEFORE_ANY_PATH: Final = "Before any path"
PLACE_FIRST: Final = "This is the path that fits best."
SET_ASIDE_NOW: Final = "It is set aside for now. This is what your answers say of it."
WHY_NOT_FIRST: Final = "Why it isn't first"
WHY_NOT_NOW: Final = "Why it is set aside for now"
SPEAK_AGAINST: Final = "These answers speak against it"
SPEAK_MORE_FOR: Final = "These speak more for the first path"
AND_ALSO: Final = "And also"
SAID_ABOVE: Final = "As said above"
WITHOUT_THEM: Final = "Without all of these, it would come before that path."
WITHOUT_THEM_TIED: Final = "Without all of these, it would fit as well."
FITS_AS_WELL: Final = "It fits as well as the first path."
TIED_ON_LEVEL: Final = "It asks more of you, so it comes later."
TIED_ON_ORDER: Final = "The order is only that of our list, so ask about each."
MORE_RULES: Final = "Other rules ask for more care than it gives, too."
LEANS_TO: Final = "What your answers lean to"
NO_LEAN: Final = "They don't lean to one of the two. Both fit about as well."
BOTH_ASIDE: Final = "Both are set aside for now."
ONLY_OPEN: Final = "The other one is set aside for now."
FOR_THE_OTHER: Final = "What leans the other way"


def place(number: int, of: int) -> str:
    """Where a path stands among those that give enough care."""
    return f"It gives enough care for what you told us. Of {of} such paths it is number {number}."


def aside(path: str) -> str:
    """A path that is set aside, where it is told what the answers say of it."""
    return f"{path} (set aside for now)"


def tried(names: str) -> str:
    """What was tried, where no change would matter."""
    return f"We looked at what could change: {names}. None of it would put another path first."


def counted_as(question: str, given: str | None, value: str) -> str:
    """An answer that gates read otherwise, or read where there is none."""
    if given is None:
        return f"{question}: not known yet. To be careful, we count it as “{value}”."
    return f"{question}: you said “{given}”. Other answers don't fit, so we count it as “{value}”."


def still_in_the_way(names: str) -> str:
    """What would stand before a path that a change brings up."""
    return f"Still in its way: {names}."


def the_same_but_less(names: str) -> str:
    """What stands before the first path, and before one that asks for less of it."""
    return f"{IN_ITS_WAY}, too: {names}, though it asks for less."


def in_a_sentence(names: Sequence[object]) -> str:
    """ "a, b and c", where a name may have a comma of its own."""
    *first, last = map(str, names)
    return f"{', '.join(first)} and {last}" if first else last


def so_many_of(number: int) -> str:
    """Any so many choices of a question whose choices are counted."""
    return f"{number} or more of them"


def points(number: int) -> str:
    """Points, for those who asked to see them."""
    return f"({number:+d})" if number else "(0)"


def points_in_all(number: int) -> str:
    return f"Points in all: {number}."


def would_be(clauses: str, effect: str) -> str:
    """A change in a person's life, and what would come of it."""
    return f"If {clauses}, {effect}."


def answer_were(question: str, label: str) -> str:
    """The clause for a change that the rule set has no words of its own for."""
    return f"your answer on {question} were “{label}”"


def if_known(label: str, path: str) -> str:
    """What an open answer would put first."""
    return f"With “{label}”, for example, this would come first: {path}."


def compared(left: str, right: str) -> str:
    """The title of two paths side by side."""
    return f"{left} and {right}, side by side"


def hangs_on(names: str) -> str:
    """The answers that leave a question open."""
    return f"(Open: {names})"


def passport(rules: str, sha256: str, app: str, reviewed: str, policy: str, due: str) -> str:
    """Which rules and which program made a result, and when the rules are looked at again."""
    made_by = f"{rules}, {sha256}, dated {reviewed}. Pathfinder {app}."
    return " ".join(filter(None, [made_by, policy, f"The next time is due by {due}."]))


def call(advice: str) -> str:
    """Advice in the place of a number that isn't known."""
    return f"Call {advice}."


def seen(on: str, at: str) -> str:
    """When and where a number was last read. Never "checked": nobody called it."""
    return f"Last seen on {on} at {at}."


def some_of(some: int, every: int) -> str:
    return f"{some} of {every}"


def with_care(names: str, text: str = "", risks: Sequence[str] = ()) -> str:
    """What a gate's word rests on that the person didn't say, or said two ways, and by which other
    answers that is taken for a risk; before a `text`, that this is only taken to be so."""
    plan = f" and plan for this: {text[:1].lower()}{text[1:]}" if text else "."
    answers = "answer" if len(risks) == 1 else "answers"
    beside = f". We see a risk in your {answers} on {in_a_sentence(risks)}" if risks else ""
    return f"Not known: {names}{beside}, {CAREFUL}{plan}"


# --- names of questions ----------------------------------------------------------


def name_of(rules: RuleSet, question: str) -> str:
    """The short name of a question. Of one that an older rule set had, its id in words."""
    found = rules.question_by_id.get(question)
    return found.name if found is not None and found.name else question.replace("_", " ")


def names_of(rules: RuleSet, questions: Iterable[str]) -> Iterator[str]:
    return (name_of(rules, question) for question in questions)


# --- the views --------------------------------------------------------------------

PATHS: Final = "Paths"
PATHS_MORE: Final = "Everything about one: pathfinder paths NAME, with its name in brackets"
SOURCES_TITLE: Final = "Sources"
PUBLISHER: Final = "Publisher"
ADDRESS: Final = "Address"
LEFT_OUT: Final = "What we left out, and why"
HELP_LINES: Final = "Help lines"
UNKNOWN_REGION: Final = "We have no numbers for this place yet."
KNOWN_REGIONS: Final = "Places we have numbers for"
ROWS_REST_ON: Final = "The rows rest on these sources, and where they say nothing on our judgement."
COMPARED: Final = "Compared"
NOT_STATED: Final = "not stated"
IF_SAFE: Final = "Only if it is safe for you to involve them."
FOR_SOME: Final = "A result says this only where it fits the answers."


def label_of(rules: RuleSet, question: str, answer: str) -> str:
    """The person's words for an answer, without the full stop."""
    return rules.question_by_id[question].label(answer).rstrip(".")


def less_care(number: int, *, perhaps: bool, why: str) -> str:
    """Of so many paths, that they are too little alone, or may be by what isn't known; the reasons
    stand under the heading `why`."""
    less = PERHAPS_LESS_CARE if perhaps else LESS_CARE
    return f"{'By itself' if number == 1 else 'Each by itself'}, {less} The reasons: “{why}”."


def true_of(ranks: Sequence[int]) -> str:
    """Of which paths further down something is true as well, by their places."""
    return f"The same is true of {'path' if len(ranks) == 1 else 'paths'} {in_a_sentence(ranks)}."


def in_between(names: str) -> str:
    """Why what lies between that path and the first one isn't told in its place."""
    return f"Paths between the two have more in their way: {names}."


def less_by_itself(names: str) -> str:
    return f"{names}: only once less care is enough, too."


def taken_together(opens: Sequence[str]) -> str:
    """All that would open a path, in one sentence."""
    first, *rest = (each.rstrip(".") for each in opens)
    return f"{'; and '.join([first, *(each[:1].lower() + each[1:] for each in rest)])}."


def beside(names: str, *, many: bool) -> str:
    """That paths named so help beside another, or those that were just told."""
    return f"{names or ('They' if many else 'It')} can still help beside another path."


def first_if_known(names: str) -> str:
    """Where an open answer could call for a first step, by the names of the questions."""
    return f"What is open may still call for something to do first: {names}."


def danger_open(names: str) -> str:
    """Where an answer that could ring an alarm is open, by the names of the questions."""
    return f"You left open: {names}. That comes before any path."
