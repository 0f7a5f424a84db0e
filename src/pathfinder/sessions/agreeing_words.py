"""The words with which first steps, an agreement and what was done are asked for.

Why this module exists: one place to read them aloud and to translate them.

It must not hold anything that depends on a session beyond its id or one word.
"""

from __future__ import annotations

from typing import Final

ASK_STEP: Final = "First step:"
WHY_NOT: Final = "What is the main reason?"
STEPS_LEFT: Final = "What became of the first steps is left open from here."
ASK_AGREED: Final = "What you agreed: program, appointment, next contact. Write it down now?"
ASK_AGREED_AGAIN: Final = "Change it now?"
NOW: Final = "Yes"
KEEP: Final = "Keep it as it is"
STEP_OPEN: Final = "Leave this step open"
WHEN: Final = "When that was, such as 14:05 or 2026-12-03 14:05"
NOTHING_AGREED: Final = "Nothing of this was written down."
ASK_DONE: Final = (
    "The intake was stopped for safety, and that is saved. What was done? See to the client first: "
    'this can wait. Enter alone leaves a line open; "back" goes back one.'
)
HOW: Final = (
    'Enter alone leaves a line as it is; "-" takes away what stands there; "back" goes back one.'
)
FIELDS: Final = {
    "program": "Program, or path",
    "calls": "Who calls",
    "phone": "Phone",
    "date": "Day of the appointment, such as 2026-12-03",
    "time": "Time, such as 14:30",
    "place": "Place",
    "bring": "What to bring, with ; between",
    "next_contact": "Day of the next contact, such as 2026-12-05",
}
APPOINTMENT: Final = "Appointment"
TO_BRING: Final = "To bring"
NEXT_CONTACT: Final = "Next contact"
WITH_RANKING: Final = "The client's sheet begins with this. And Pathfinder's own result?"
BEHIND_IT: Final = "It stands behind it"
LEFT_OUT: Final = "It is left out"
WHAT_TO_TELL: Final = "What may the letter tell? Type the numbers. Enter alone tells nothing more."
NUMBERS: Final = "Numbers:"


def agreed_before(written: str) -> str:
    """That something was agreed before. `written`: its day, and by whom."""
    return f"Agreed before{f', {written}' if written else ''}:"


def numbers_of(most: int) -> str:
    return f"Type numbers from 1 to {most}, with commas between, or Enter alone."


def later(id_: str) -> str:
    return f"Later: pathfinder sessions agree {id_}"
