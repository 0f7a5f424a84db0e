"""programs.yaml: every key, what may stand under it, and one sentence about it.

Why this module exists: the strict reader, the schema for editors, the template and
docs/programs.md all go by this one declaration.

It must not read anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pathfinder.loader.fields import Form
from pathfinder.programs.languages import LANGUAGES
from pathfinder.programs.model import (
    IMPORTS,
    INSURANCE,
    MEDICINES,
    MEETING_TYPES,
    TAKES,
    UNITS,
    WAYS_TO_START,
    WEEK,
)

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "day of the week": WEEK,
    "way to start": WAYS_TO_START,
    "language": tuple(LANGUAGES),
    "medicine": MEDICINES,
    "kind of insurance": INSURANCE,
    "type of meeting": MEETING_TYPES,
    "who is taken": TAKES,
    "unit of distance": UNITS,
    "kind of import": IMPORTS,
}
"""Kinds of values that are one of a few words."""

LIST: Final = Form(
    "a list of programs",
    {
        "title?": ("text", "What the list is called."),
        "kept_by?": ("text", "Who keeps it, as clients know them."),
        "near?": ("text", "Your postal code or town: distances count from there."),
        "units?": ("unit of distance", "`miles`, which is the default, or `kilometers`."),
        "postal_codes?": ("file", "A table of postal codes beside this file, as CSV."),
        "programs?": ("a program*", "Where people can get treatment."),
        "meetings?": ("a meeting*", "Meetings of peers, each on its days at its time."),
    },
)
PROGRAM: Final = Form(
    "a program",
    {
        "id": ("kebab", "Its short name in commands, like-this."),
        "name": ("text", "Its name as the person will hear it on the phone."),
        "paths": ("path+", "What it offers: the ids that `pathfinder paths` lists."),
        "phone?": ("phone", "The number where people are let in."),
        "text_line?": ("text", "How to reach it by text message."),
        "web?": ("address on the web", "Its page, with https:// before it."),
        "address?": ("text", "Street and number."),
        "town?": ("text", "The town, without the postal code."),
        "postal_code?": ("text", "The postal or ZIP code, in quotes."),
        "coordinates?": ("coordinates", 'Latitude and longitude, as in "42.10, -72.59".'),
        "start?": ("way to start+", "How people get in, the usual way first."),
        "wait_days?": ("days of waiting", "Days from the call to the first visit; 0 is today."),
        "hours?": ("text", "When it is open, in words."),
        "days?": ("day of the week+", "The days on which its groups meet."),
        "evenings?": ("truth", "Groups or visits after work."),
        "online?": ("truth", "It can be done from home."),
        "languages?": ("language+", "Languages its care is given in, as codes: en, es."),
        "faith?": ("truth", "It is built on a faith."),
        "takes?": ("who is taken", "`everyone`, `women` or `men`."),
        "same_gender_groups?": ("truth", "It has groups for women or men alone."),
        "lgbtq?": ("truth", "It has a group, or staff trained, for LGBTQ people."),
        "child_care?": ("truth", "Someone looks after children, or they may stay too."),
        "takes_pregnant?": ("truth", "It takes people who are pregnant."),
        "medication_welcome?": ("truth", "People on methadone, buprenorphine and such are taken."),
        "medication_on_site?": ("medicine+", "Medicines that are given or prescribed there."),
        "withdrawal_care?": ("truth", "It cares for people in withdrawal."),
        "dual_diagnosis?": ("truth", "It treats mental health along with use."),
        "sober_housing?": ("truth", "It has a place to live, or finds one."),
        "insurance?": ("kind of insurance+", "Kinds of insurance that it takes."),
        "sliding_fee?": ("truth", "The price goes by what people earn."),
        "free?": ("truth", "It costs nothing."),
        "notes?": ("text", "What else a caller should know. People read it."),
        "last_called?": ("day", "The day on which somebody last called to check this entry."),
        "called_by?": ("text", "Who called: initials are enough."),
        "source?": ("text", "Where the entry is from."),
        "imported?": ("an import", "Written by an import. Leave it as it is."),
    },
)
MEETING: Final = Form(
    "a meeting",
    {
        "id": ("kebab", "Its short name, like-this."),
        "name": ("text", "What it is called."),
        "paths": ("path+", "The path it belongs to, such as `twelve-step-meetings`."),
        "days": ("day of the week+", "The days on which it meets."),
        "time": ("time", 'When it begins, as in "19:30".'),
        "ends?": ("time", 'When it ends, as in "20:30".'),
        "fellowship?": ("text", "Whose meeting it is, such as AA or SMART Recovery."),
        "place?": ("text", "The house or hall."),
        "address?": ("text", "Street and number."),
        "town?": ("text", "The town, without the postal code."),
        "postal_code?": ("text", "The postal or ZIP code, in quotes."),
        "coordinates?": ("coordinates", 'Latitude and longitude, as in "42.10, -72.59".'),
        "link?": ("address on the web", "Where it meets online."),
        "phone?": ("phone", "Where to dial in, or to ask."),
        "open?": ("truth", "Everyone may come; with false, only people with the problem."),
        "languages?": ("language+", "Languages spoken there, as codes: en, es."),
        "types?": ("type of meeting+", "What sort of meeting it is."),
        "notes?": ("text", "What else a newcomer should know. People read it."),
        "seen_on?": ("day", "The day on which somebody last made sure that it meets."),
        "source?": ("text", "Where the entry is from."),
        "imported?": ("an import", "Written by an import. Leave it as it is."),
    },
)
IMPORT: Final = Form(
    "an import",
    {
        "kind": ("kind of import", "The format it was taken from."),
        "key": ("text", "Its name or number there."),
        "fingerprint": ("text", "Tells whether somebody changed the entry since."),
    },
)
FORMS: Final = (LIST, PROGRAM, MEETING, IMPORT)
