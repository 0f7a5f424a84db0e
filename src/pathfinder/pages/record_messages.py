"""What the counselor's record says in words of its own; the explanation has one label of it.

Why this module exists: it goes into a chart, and is read by others than the person.
"""

from __future__ import annotations

from typing import Final

RECORD: Final = "For the record"
RECORD_DATE: Final = "Date"
RECORD_ANSWERS: Final = "Answers"
NOT_ANSWERED: Final = "not answered"
WORKED_OUT: Final = "worked out from the other answers"
RECORD_RESULT: Final = "Result"
RECORD_ALERTS: Final = "Alerts"
RECORD_HELD: Final = "Held for safety"
RECORD_HOLDS: Final = (
    "An alert came first. What follows is from the answers so far, for when the person is safe."
)
RECORD_FIRST: Final = "First steps"
RECORD_PATH: Final = "First path"
RECORD_CHECK: Final = "Questions left open"
OUT_OF_SCOPE: Final = "none, as the person is under 18"
NOTHING: Final = "none"
OWN_JUDGEMENT: Final = "Counselor's own judgement"
BLANK: Final = "____________________"
