"""What a list of programs holds: the records that everything here reads and writes.

Why this module exists: the loader, the matching, the pages and the imports speak of the same
program. Of what a program takes or offers, None (or an empty list) means that nobody knows:
it is asked on the phone, and never read as "no".

It must not read files, or judge whether a program fits anybody.
"""

from typing import Final, NamedTuple

WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WAYS_TO_START: Final = ("call", "text", "walk_in", "web", "referral")
MEDICINES: Final = ("methadone", "buprenorphine", "naltrexone", "acamprosate", "disulfiram")
INSURANCE: Final = ("medicaid", "medicare", "private", "military", "tribal", "state", "other")
TAKES: Final = ("everyone", "women", "men")
UNITS: Final = ("miles", "kilometers")
IMPORTS: Final = ("treatment-locator", "hsds", "meeting-guide", "bmlt")
MEETING_TYPES: Final = (
    "women", "men", "lgbtq", "newcomers", "young-people", "older-people", "secular", "discussion",
    "speaker", "step-study", "literature", "meditation", "child-care", "wheelchair",
    "sign-language", "professionals", "people-of-color", "dual-diagnosis",
)  # fmt: skip


class Imported(NamedTuple):
    """Where an entry was taken over from. `fingerprint`: of the entry as it was taken over, so
    that the next import can tell whether somebody has changed it by hand since."""

    kind: str
    key: str
    fingerprint: str


class Program(NamedTuple):
    """One program. The order of these is that of the keys in a written file."""

    id: str
    name: str
    paths: tuple[str, ...]
    phone: str = ""
    text_line: str = ""
    web: str = ""
    address: str = ""
    town: str = ""
    postal_code: str = ""
    coordinates: tuple[float, float] | None = None
    start: tuple[str, ...] = ()
    wait_days: int | None = None
    hours: str = ""
    days: tuple[str, ...] = ()
    evenings: bool | None = None
    online: bool | None = None
    languages: tuple[str, ...] = ()
    faith: bool | None = None
    takes: str = ""
    same_gender_groups: bool | None = None
    lgbtq: bool | None = None
    child_care: bool | None = None
    takes_pregnant: bool | None = None
    medication_welcome: bool | None = None
    medication_on_site: tuple[str, ...] = ()
    withdrawal_care: bool | None = None
    dual_diagnosis: bool | None = None
    sober_housing: bool | None = None
    insurance: tuple[str, ...] = ()
    sliding_fee: bool | None = None
    free: bool | None = None
    notes: str = ""
    last_called: str = ""
    called_by: str = ""
    source: str = ""
    imported: Imported | None = None


class Meeting(NamedTuple):
    """One meeting, on one day of the week or on several at the same time."""

    id: str
    name: str
    paths: tuple[str, ...]
    days: tuple[str, ...]
    time: str
    ends: str = ""
    fellowship: str = ""
    place: str = ""
    address: str = ""
    town: str = ""
    postal_code: str = ""
    coordinates: tuple[float, float] | None = None
    link: str = ""
    phone: str = ""
    open: bool | None = None
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    notes: str = ""
    seen_on: str = ""
    source: str = ""
    imported: Imported | None = None


class ProgramList(NamedTuple):
    """A whole list, in the order of its files. `near`: where the agency stands, as a postal code
    or a town. `postal_codes`: the path of its table of places, or an empty text."""

    title: str = ""
    kept_by: str = ""
    near: str = ""
    units: str = "miles"
    postal_codes: str = ""
    programs: tuple[Program, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    sha256: str = ""
