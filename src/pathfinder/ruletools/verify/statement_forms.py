"""What may stand in `checks.yaml`: each entry with its keys, and what each of them holds.

Why this module exists: the reader, the JSON Schema for editors and the page of keys go by one list.

It must not read anything.
"""

from __future__ import annotations

from typing import Final

from pathfinder.loader.fields import Form

FILE: Final = "checks.yaml"

CHECKS: Final = Form(
    FILE,
    {
        "statements": ("a statement+", "What must hold for everybody."),
        "dropped?": ("a dropped promise+", "What was promised once, and is promised no longer."),
    },
)
DROPPED: Final = Form(
    "a dropped promise",
    {
        "id": ("kebab", "The id that the statement had."),
        "says": ("text", "The promise, in words, as it was made."),
        "because": ("text", "Why it is made no longer."),
        "decided_by": ("text", "Who decided that, and answers for it."),
        "date": ("day", "The day of that decision."),
    },
)
STATEMENT: Final = Form(
    "a statement",
    {
        "id": ("kebab", "Its name in what `pathfinder rules verify` tells."),
        "says": ("text", "The promise, in words."),
        "must": ("one of the forms below+", "What is to be proved."),
    },
)
IMPLIES: Final = Form(
    'a statement with "then"',
    {
        "then": ('"then"', "What must come out."),
        "when?": ("condition", "For whom; without it, for everybody."),
        "minors?": ("true", "It speaks of those who are out of scope, of alerts and hold alone."),
    },
)
THEN: Final = Form(
    '"then"',
    {
        "alerts?": ("alert+", "All of these are shown."),
        "first?": ("first step+", "All of these are among the first steps."),
        "first_of_first?": ("first step", "This first step stands before all others."),
        "at_least?": ("level", "The safe level is this one or a higher one."),
        "first_path?": ("path or path+", "The first path is this one, or one of these."),
        "not_ranked?": ("path+", "None of these is ranked."),
        "at_most?": ("level", "The safe level is this one or a lower one."),
        "not_first?": ("first step+", "None of these is among the first steps."),
        "not_first_path?": ("path+", "The first path is none of these."),
        "not_above_need?": ("true", "The first path is at most one level above the safe one."),
        "supports?": ("support+", "All of these are offered."),
        "not_supports?": ("support+", "None of these is offered."),
        "notes?": ("note+", "All of these are told."),
        "warnings?": ("warning+", "All of these stand above the first steps."),
        "hold?": ("truth", "Whether the paths wait until the person is safe."),
        "some_path?": ("true", "At least one path is ranked."),
    },
)
LOWERS: Final = Form(
    'a statement with "one_step_worse"',
    {
        "one_step_worse": ("steps on scales", "Each question with its worse direction."),
        "never_lowers": ("part that is never lowered+", "What must not go down."),
    },
)
CHANGES: Final = Form(
    'a statement with "changing"',
    {
        "changing": ("question+", "Other answers to these, all else equal."),
        "never_changes": ("part that never changes+", "What must stay as it is."),
    },
)
ADDS: Final = Form(
    'a statement with "adding"',
    {
        "adding": ("answers of one checklist", "One of these more, each in turn, all else equal."),
        "with?": ("answers", "What is answered beside it then."),
        "when?": ("condition", "For whom; without it, for everybody who has not chosen it yet."),
        "never_changes?": ("part that never changes+", "What must stay as it is."),
        "never_lowers?": ("part that is never lowered+", "What must not go down."),
    },
)
LOSES: Final = Form(
    'a statement with "not_known"',
    {
        "not_known": ("question+", "Each in turn unsure, skipped or left out."),
        "never_loses": ("part that is never lost+", "What fired must still, or be there to check."),
    },
)
REACHES: Final = Form(
    'a statement with "somebody_for_each"',
    {"somebody_for_each": ("thing to be reached", "Each is at work for somebody.")},
)
FORMS: Final = (IMPLIES, LOWERS, CHANGES, ADDS, LOSES, REACHES)
LOWERED: Final = ("safe_level", "first_path_level")
UNCHANGED: Final = ("safe_level", "first", "alerts", "first_path", "supports", "notes")
KEPT: Final = ("alerts", "first", "gates")
REACHED: Final = ("paths", "rules")
DIRECTIONS: Final = ("up", "down")
OF_MINORS: Final = ("alerts", "hold")
