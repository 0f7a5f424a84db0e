"""The words of a note: what stands in a chart around the answers and the names of rules.

Why this module exists: one place to read them aloud, and to translate them. They are for
clinicians: short, third person, nothing that a court or a client would read as blame.

It must not hold anything that depends on a session beyond a name or a number.
"""

from __future__ import annotations

from typing import Final

from pathfinder.sanitize import clean

NOTES: Final = "Counselor's notes"
RECORD: Final = "Record"
ALERT: Final = "Alert"
DONE: Final = "What was done"
NOTHING_WRITTEN: Final = "not written down yet"
OLDER_QUESTIONS: Final = "Answers to questions of an earlier rule set"
UNKNOWN: Final = "Unknown, and it matters"
UNKNOWN_TOO: Final = "Also unknown, and it matters"
TARGETS: Final = {"alert": "alert: ", "first": "first step: "}
NOTHING_OPEN: Final = "nothing that would change level, first steps or alerts."
IN_PERSON: Final = "To ask in person"
LEVEL: Final = "Least care that is safe, by the tool"
NO_LEVEL: Final = "No level of care worked out: the questions are made for adults."
NO_RULE: Final = "No rule asks for more."
RANKING: Final = "Ranking by the tool"
ABOUT_EQUAL: Final = "The first ones fit about equally well."
LEFT_OPEN: Final = "Left open."
LINE: Final = "Counselor's line"
STEP: Final = "First step"
STEPS: Final = "First steps"
STEP_OPEN: Final = "not decided yet"
BECAME: Final = "With the client"
NONE: Final = "none."
FROM_THE_LIST: Final = "On the agency's list"
PLAN: Final = "Plan"
PLAN_OPEN: Final = "nothing agreed in writing yet."
REFERRAL: Final = "Referral"
CALLS: Final = "Who calls"
PHONE: Final = "Phone"
APPOINTMENT: Final = "Appointment"
BRING: Final = "To bring"
NEXT_CONTACT: Final = "Next contact"
AUTHOR: Final = "Author"
BLANK: Final = "____________________"
SESSION: Final = "Session"
FOLLOWS: Final = "Follow-up of session"
BEGUN: Final = "Begun"
SAVED: Final = "Saved"
RULES: Final = "Rules used"
NO_PATH: Final = "none"
NOT_A_DIAGNOSIS: Final = (
    "Answers are as the client gave them. The tool's result is no diagnosis and no ASAM "
    "assessment; the judgement is the counselor's."
)


CLINICAL: Final = "clinical judgement"


def title(client: str) -> str:
    return f"Intake note, client {clean(client)}" if client else "Intake note"


def stopped(number: int, why: str) -> str:
    at = f" at question {number}" if number else ""
    because = f": {why}" if why else ""
    return f"Stopped for safety{at}{because}. No level of care worked out."


def because(clauses: str, rules: str) -> str:
    return f"Client {clauses} ({rules})."


def by_rule(rules: str) -> str:
    return f"({rules})"


def set_by(rule: str, clauses: str) -> str:
    return (
        f"Set by {rule}: client {clauses}." if clauses else f"Set by {rule}, for what is unknown."
    )


def counted(words: str, number: int, source: str) -> str:
    signs = "1 answer" if number == 1 else f"{number} answers"
    return f"{words}. Counted from {signs} on {source}; not said by the client."


def read_as(words: str, rule: str) -> str:
    return f"not known; for safety taken as: {words} ({rule})."


def could_bring(targets: str) -> str:
    return f"could bring {targets}."


def no_question(what: str) -> str:
    """What the questions don't ask, so that nobody takes silence for a no."""
    return f"{what}; no question of the tool asks for this."


def declined(reason: str, *, by_choice: bool) -> str:
    return "Not wanted now, by the client's choice" if by_choice else f"Not possible now: {reason}"


def at_least(level: str) -> str:
    return f"at least {level[:1].lower()}{level[1:]}"


def agrees(path: str) -> str:
    return f"Counselor agrees with the tool: {path}."


def differs(care: str, first: str, reason: str) -> str:
    return f"Counselor judges otherwise: {care}. The tool put first: {first}. Reason: {reason}."


def of_session(id_: str, number: int, of: int) -> str:
    return f"{id_}, revision {number} of {of}"
