"""The words of the answer, of the menu behind it, and of programs and meetings on it.

Why this module exists: the first screen has room for few words, so they are chosen, read
aloud and translated in one place. Of a program `programs/judging` gives ids; each has one
sentence here for, against and as a question.

It must not hold anything that depends on the answers or an entry beyond a name or a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pathfinder.pages import messages
from pathfinder.pages.messages import in_a_sentence

TITLE: Final = "Your answer"
NOT_A_DIAGNOSIS: Final = "Not a diagnosis: ask a doctor or a program for an assessment."


IN_SHORT_NO_DIAGNOSIS: Final = "Not a diagnosis."


def may_be_danger(number: str) -> str:
    return f"Overdose, seizure, chest pain? Call {number} now."


def may_be_hurt(number: str) -> str:
    return f"Does someone hurt you? Call {number} {SAFE_PHONE}."


def may_be_thoughts(number: str) -> str:
    """`number` without how else it can be reached, such as by text."""
    return f"Thoughts of hurting yourself? Call {number.split(' (')[0]}."


BEST: Final = "Fits best"
START: Final = "Start with"
OPEN_TO_YOU: Final = "If you like"
CALM: Final = "What your answers say"
LESS_ALONE: Final = "would ask for less care; what asks for more stands below."
CAREFUL: Final = "Careful"
FIRST: Final = "First"
LESS_SO: Final = "Less so"
THEN: Final = "Then"
NOT_NOW: Final = "Not now"
BESIDE: Final = "Beside your path"
BESIDE_IT: Final = "Beside it"
WHY: Final = "Why"
AT_LEAST: Final = "At least"
HOW_FIRM: Final = "How sure"
IN_THE_WAY: Final = "In the way"
UNTIL_THEN: Final = "Meanwhile"
AFTER_FIRST_STEPS: Final = "After the first steps:"
BY_THE_REST: Final = "What your other answers speak for"
ASK_WHEN_SEEN: Final = "Whoever sees you may advise this. Ask about it."
TODAY: Final = "Today"
CALL: Final = "Call"
HELP: Final = "Help"
FOR: Final = "For:"
AGAINST: Final = "Against:"

NOT_FIRM: Final = "Not firm."
AS_GOOD: Final = "As good"
FITS_AS_WELL: Final = f"{AS_GOOD}."
FOR_IT: Final = "For it"
AGAINST_IT: Final = "Against it"
SIDE_BY_SIDE: Final = "Both in full, side by side"
SIGNS: Final = "what you marked of the signs"
IN_ITS_WAY: Final = "In its way"
THE_SAME: Final = "The same is in its way."
SAME_AGAINST: Final = "The same is true of it."
"""What a row says in place of the words of the row right above it."""
SAFE_PHONE: Final = "from a safe phone"
KEEP_ASKING: Final = ("It may be too little: keep asking.", "Less than is safe: keep asking.")
"""Of a step to begin with; the second where an answer that is known asks for more."""

WITH_OR_WITHOUT: Final = "with or without the 12 Steps"
CHOOSABLE: Final = frozenset(("twelve-step", "secular"))
"""The approaches that a person may choose between."""

MORE: Final = "All of it: the same command with --full. Every reason: pathfinder explain"
MORE_AFTER_A_QUIZ: Final = "For all of it: pathfinder quiz --full"
LESS_IS_NOT_SAFE: Final = ("Less isn't safe:", "Less may not be safe:")
ONCE_SAFE: Final = "All of it, with your paths for when you are safe: run this again with --full."

CALL_ONE: Final = "Call"
CALL_ONE_OF: Final = "Call one of these:"
GO_TO: Final = "Go to one of these:"
NOTHING_FITS: Final = "No program on the list fits this path as you need it."
NOTHING_AT_ALL: Final = "No program on the list fits."
REACH: Final = "How to reach it"
WHERE: Final = "Where"
WHEN: Final = "When"
OFFERS: Final = "Offers"
INSURANCE: Final = "Insurance it takes"
NOTES: Final = "Good to know"
ASK: Final = "Ask"
NOT_SHOWN: Final = "Left out"
ONLY_WHAT_IS_LISTED: Final = (
    "The list changes nothing about what fits you. It only says whom to call."
)
FROM_HOME: Final = "online or close by"
NOT_PLACED: Final = "How far they are isn't known: the same town or postal code comes first."
NOT_CALLED: Final = "Nobody has checked this entry yet."
BY_REFERRAL: Final = "ask your doctor to refer you"
SOMEBODY: Final = "Somebody who can help"

SPEAKS_FOR: Final = {
    "pregnant": "They take people who are pregnant.",
    "medication": "People on medicine for opioids or drinking are welcome.",
    "from_home": "You can do it from home, or it is near.",
    "child_care": "They help with children.",
    "evenings": "They meet in the evening.",
    "free": "It costs nothing.",
    "cost": "The price goes by what you earn.",
    "dual_diagnosis": "They treat mental health, too.",
    "withdrawal_care": "They care for people in withdrawal.",
    "housing": "They have a place to live, or find one.",
    "online": "You can do it from home.",
    "lgbtq": "They have a group or trained staff for LGBTQ people.",
    "same_gender": "They have groups for women or for men.",
    "faith": "It is built on a faith.",
    "secular": "It isn't built on a faith.",
}
SPEAKS_AGAINST: Final = {
    "child_care": "They have no child care.",
    "evenings": "They don't meet in the evening.",
    "cost": "It isn't free, and the price doesn't go by what you earn.",
    "dual_diagnosis": "They don't treat mental health.",
    "online": "You can't do it from home.",
    "lgbtq": "They have no group for LGBTQ people.",
    "same_gender": "They have no groups for women or for men.",
    "faith": "It isn't built on a faith.",
    "secular": "It is built on a faith.",
}
QUESTIONS: Final = {
    "pregnant": "Do you take people who are pregnant?",
    "medication": "Can I stay on my medicine, or start one?",
    "from_home": "Can I do it from home?",
    "child_care": "Is there help with children?",
    "evenings": "Do you meet in the evening?",
    "cost": "Does the price go by what I earn?",
    "dual_diagnosis": "Do you treat mental health, too?",
    "withdrawal_care": "Can you help with withdrawal, or say who does?",
    "housing": "Can you help me find a safe place to live?",
    "medicine": "Which medicines can I get from you?",
    "online": "Can I do it from home?",
    "lgbtq": "Do you have a group for LGBTQ people?",
    "same_gender": "Do you have groups for women or for men?",
    "faith": "Is it built on a faith?",
    "secular": "Is it built on a faith?",
    "wait": "How soon can I come?",
    "insurance": "Do you take my insurance?",
    "court": "Can you send the court what it asks for?",
}
LACKS: Final = {
    "pregnant": "takes no one who is pregnant",
    "medication": "takes no one on such medicine",
    "language": "has no care in this language",
    "from_home": "can't be done from home, and isn't near",
}
DAYS: Final = {
    "monday": "Monday", "tuesday": "Tuesday", "wednesday": "Wednesday", "thursday": "Thursday",
    "friday": "Friday", "saturday": "Saturday", "sunday": "Sunday",
}  # fmt: skip
STARTS: Final = {
    "call": "by phone", "text": "by text message", "walk_in": "walk in", "web": "on their page",
    "referral": "with a referral",
}  # fmt: skip
INSURANCES: Final = {
    "medicaid": "Medicaid", "medicare": "Medicare", "private": "private plans",
    "military": "military plans", "tribal": "tribal health plans", "state": "state plans",
    "other": "other plans",
}  # fmt: skip


def safe(level: str, because: str) -> str:
    return f"{level}. {because}"


IF_YOU_CAN: Final = "if you can"


def as_good(in_its_way: str, against: str) -> str:
    """A path that fits as well as the first, with what stands before it, or speaks against it."""
    if in_its_way:
        return f"{FITS_AS_WELL} {IN_ITS_WAY}: {in_its_way}."
    said = f"{AS_GOOD}, though {against[:1].lower()}{against[1:]}"
    return said if against else FITS_AS_WELL


def in_its_way(names: str) -> str:
    """What stands before another path: in its row, above what stands before the first one."""
    return f"{IN_ITS_WAY}: {names}."


def once_seen(level: str) -> str:
    """A level of care, for who must first be seen by somebody who may ask for more."""
    return f"{level}, once you have been seen, unless told otherwise."


def could_change(names: str, more: int, *, little_known: bool) -> str:
    """What a close result hangs on; where most is open yet, what would help most to know."""
    others = f", and {more} more" if more else ""
    if little_known:
        return f"Too little is known to choose well. Most would help: {names}{others}."
    return f"Open answers could change the order: {names}{others}."


def so_many(paths: int) -> str:
    """How many paths are set aside, where their names have no room."""
    return f"{paths} other paths."


def language_is(name: str) -> str:
    return f"They have care in {name}."


def ask_for_language(name: str) -> str:
    return f"Do you have care in {name}?"


def in_language(name: str) -> str:
    return f"care in {name}"


def near(place: str) -> str:
    return f"near {place}"


def looked_for(what: str) -> str:
    return f"Looked for: {what}."


def medicines_are(names: str) -> str:
    return f"Medicine you can get there: {names}."


def only(whom: str) -> str:
    return f"They take {whom} only."


def wait(days: int) -> str:
    if days == 0:
        return "You can come the same day."
    return "The wait is about a day." if days == 1 else f"The wait is about {days} days."


def away(distance: str, near: str) -> str:
    return f"It is {distance} from {near}."


def in_town(town: str) -> str:
    return f"It is in {town}." if town else "It is under the same postal code."


def last_called(day: str) -> str:
    return f"Nobody has called since {day}, so it may have changed."


def to_start(ways: str) -> str:
    return f"to start: {ways}"


def ask_about(language: str) -> str:
    return f"ask about {language}"


def on_the_screen(day: str) -> str:
    """Behind a number that nobody has called for long."""
    return f"last checked {day}" if day else "not checked yet"


def finds_more(line: str) -> str:
    return f"{line} finds more."


def for_path(path: str) -> str:
    return f"For {path}:"


def and_more(number: int) -> str:
    return f"And {number:,} more: pathfinder programs find --answers FILE"


def kept_by(title: str, whom: str) -> str:
    return f"{title}, kept by {whom}." if title and whom else f"{title or 'Kept by ' + whom}."


def by_signs(number: int, because: str, does: str) -> str:
    """A reason of an answer that was counted from so many signs; `does`: what the path makes of
    it."""
    if not number:
        return f"You marked none of the signs of trouble, {does}"
    which = "one sign" if number == 1 else f"{number} signs"
    return f"By the {which} that you marked, {because[:1].lower()}{because[1:]}"


def your_choice(number: int) -> str:
    """Where so many paths fit about equally well, and the first two differ in approach alone."""
    which = "Both" if number == 2 else f"The first {number}"
    return f"{which} fit you about equally well: the choice is yours."


def told_of_one(choice: str, name: str) -> str:
    """Where the page goes on with one of them."""
    return f"{choice} What follows is told of one: {name}."


_THE_DAY: Final = re.compile(r",? today(?=[.;,]| by | about | how )")


def under_today(move: str) -> str:
    """A move as it stands under that label, which says the day already; where the sentence needs
    its day, with it."""
    return _THE_DAY.sub("", move, count=1)


def left_open(names: Sequence[str]) -> str:
    """What could change how well a path fits, by the names of the questions."""
    answers, are = ("answer", "is") if len(names) == 1 else ("answers", "are")
    return f"Your {answers} on {in_a_sentence(names)} {are} open as yet."


def compare(one: str, other: str) -> str:
    """The command that tells two paths in equal detail."""
    return f"pathfinder compare {one} {other}"


def best(*, hold: bool) -> str:
    """Above the first path. While there is danger, whoever sees the person may say otherwise."""
    return BY_THE_REST if hold else messages.BEST


def may_be_right(answers: Sequence[str], open_: Sequence[str] = (), *, many: bool = False) -> str:
    """Of a path with more care, or of `many`, that is set aside by answers in doubt, and by what is
    `open_`, by name."""
    what = "These paths" if many else "This path"
    doubt = [_may_not_fit(answers)] if answers else []
    doubt += [f"Not known: {in_a_sentence(open_)}."] if open_ else []
    return " ".join([*doubt, f"{what} may be right after all: ask a professional."])


def _may_not_fit(answers: Sequence[str]) -> str:
    told = in_a_sentence(answers)
    return f"{told[:1].upper()}{told[1:]} may not fit the rest."


def doubted(answers: Sequence[str]) -> str:
    """That the first place rests on answers which others contradict."""
    return f"{_may_not_fit(answers)} More care may be right."


def quoted(label: str) -> str:
    return f"your answer “{label}”"


def your_answer(question: str) -> str:
    return f"your answer on {question}"


def less_alone(says: Sequence[str]) -> str:
    """Answers that ask for less care than is safe, in the words of their reasons. What asks for
    more stands below."""
    alone = "By itself, that" if len(says) == 1 else "By themselves, these"
    return " ".join([*(f"{each}." for each in says), f"{alone} {LESS_ALONE}"])


def speaks_too(ranks: Sequence[int], *, against: bool) -> str:
    """Which paths further down a reason speaks for or against as well, by their places; nothing
    where there is none."""
    if not ranks:
        return ""
    how = "against" if against else "for"
    return f"It speaks {how} {'path' if len(ranks) == 1 else 'paths'} {in_a_sentence(ranks)}, too."
