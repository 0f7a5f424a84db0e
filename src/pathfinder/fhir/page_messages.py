"""What the page for a tablet says beside the rules' own words.

Why this module exists: a person alone with a tablet in a waiting room reads these. They promise
what the page does, and no more.

It must not give advice: the page shows no result.
"""

from __future__ import annotations

from typing import Final

TITLE: Final = "Questions before your talk"
LEAVE: Final = "Leave now"
LARGER: Final = "Larger text"
HELP_NOW: Final = "Help right now"
NEEDS_SCRIPT: Final = "This page needs JavaScript. Ask the staff for another way to answer."
STAYS_HERE: Final = (
    "Your answers stay on this page until you hand them over. "
    "The page sends nothing and stores nothing."
)
WAY_OUT: Final = (
    'The button "Leave now", or the Esc key pressed twice, clears the page at once. '
    "It can't erase what someone has seen."
)

WORDS: Final = {
    "title": TITLE,
    "begin": "Begin",
    "next": "Next",
    "back": "Back",
    "why": "Why we ask",
    "one": "Choose one answer.",
    "several": "Choose all that fit.",
    "choose": 'Choose an answer. "Not sure" and "Prefer not to say" are answers, too.',
    "taken_off": "The answers that don't go with this one were taken off.",
    "progress": "Question {n} of {all}. {part}.",
    "before_more": "Before you go on",
    "tell_someone": "You can tell the staff here now. They can call for you.",
    "stop": "Stop here",
    "go_on": "Go on",
    "stopped": "Please get help now",
    "hand_over_now": "Hand over what I answered",
    "out": "This is made for adults",
    "review": "Your answers",
    "review_text": "Look at them once more. You can change each one.",
    "change": "Change",
    "done": "Done",
    "hand_over": "Thank you. Now tell your counselor",
    "no_advice": "This page gives no advice. Your counselor looks at your answers with you.",
    "file_open": "Save your answers as a file. Whoever has the file can read it.",
    "file_locked": "Save your answers as a file that only this place can open.",
    "save": "Save the file",
    "saved": "The file was given to your browser to save.",
    "code": "Or show this code",
    "code_text": "It holds all your answers. Whoever has it can read them.",
    "see_answers": "See my answers",
    "clear": "Clear all",
    "clear_sure": "Clear all answers?",
    "clear_text": "Nobody can bring them back. A file that you saved stays where it is.",
    "clear_yes": "Yes, clear them",
    "clear_no": "No, go back",
}
"""Each by the name that the page's script calls it."""
