"""Feeds of meetings, as their fellowships publish them: Meeting Guide JSON, and JSON of BMLT.

Why this module exists: nobody types a hundred meetings, and every week some move. What a feed
says is taken over as it says it; what it doesn't say stays unknown.

It must not open files, reach a network, or take the day on which a feed was changed for the day
on which somebody made sure that a meeting is held.

Sources: the Meeting Guide specification (code4recovery/spec), with its table of types; the
answers of BMLT's GetSearchResults, in which Sunday is day 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pathfinder.programs.model import WEEK, Imported, Meeting
from pathfinder.sanitize import clean

Row = Mapping[str, Any]

_FROM_SUNDAY: Final = (WEEK[6], *WEEK[:6])
_LONGEST_NOTES: Final = 600

MEETING_GUIDE_TYPES: Final[Mapping[str, str]] = {
    "W": "women", "M": "men", "LGBTQ": "lgbtq", "G": "lgbtq", "L": "lgbtq", "BI": "lgbtq",
    "T": "lgbtq", "NB": "lgbtq", "BE": "newcomers", "Y": "young-people", "SEN": "older-people",
    "A": "secular", "D": "discussion", "SP": "speaker", "ST": "step-study", "12x12": "step-study",
    "TR": "step-study", "B": "literature", "LIT": "literature", "ABSI": "literature",
    "GR": "literature", "LS": "literature", "DR": "literature", "MED": "meditation",
    "11": "meditation", "BA": "child-care", "X": "wheelchair", "ASL": "sign-language",
    "P": "professionals", "POC": "people-of-color", "DD": "dual-diagnosis",
}  # fmt: skip
MEETING_GUIDE_LANGUAGES: Final[Mapping[str, str]] = {
    "EN": "en", "S": "es", "FR": "fr", "DE": "de", "ITA": "it", "JA": "ja", "KOR": "ko",
    "POL": "pl", "POR": "pt", "RUS": "ru", "UK": "uk", "EL": "el", "HE": "he", "HI": "hi",
    "FA": "fa", "AM": "am", "PUN": "pa", "TL": "tl", "TH": "th", "SV": "sv", "NO": "no",
    "DA": "da", "HU": "hu", "HR": "hr", "SK": "sk", "LT": "lt", "ML": "ml", "ASL": "ase",
}  # fmt: skip
BMLT_FORMATS: Final[Mapping[str, str]] = {
    "W": "women", "M": "men", "GL": "lgbtq", "LGBTQ": "lgbtq", "BEG": "newcomers", "B": "newcomers",
    "YP": "young-people", "Y": "young-people", "DI": "discussion", "D": "discussion",
    "SPK": "speaker", "SD": "speaker", "ST": "step-study", "SWG": "step-study",
    "BT": "literature", "LIT": "literature", "LC": "literature", "JT": "literature",
    "IW": "step-study", "IP": "literature", "ME": "meditation", "MED": "meditation",
    "CW": "child-care", "WC": "wheelchair", "ASL": "sign-language",
}  # fmt: skip
_SAID_ELSEWHERE: Final = frozenset({"O", "C", "ONL", "TC", "VM", "HY"})
"""Open, closed, online, closed for now: they have keys of their own."""


def meeting_guide(
    rows: Iterable[Row], paths: Sequence[str], fellowship: str, left: Counter[str]
) -> Iterator[Meeting]:
    """The meetings of a feed. What has no place in a list is counted in `left`, in words."""
    for row in rows:
        types = [str(each) for each in _list(row.get("types"))]
        days = _days(row.get("day"), 0)
        time = _time(row.get("time"))
        link, dial = _web(row.get("conference_url")), text(row.get("conference_phone"))
        shut = "TC" in types
        if not days or not time:
            left["meetings without a day or a time, which are held by appointment"] += 1
            continue
        if shut and not (link or dial):
            left["meetings whose place is closed for now"] += 1
            continue
        yield Meeting(
            id="",
            name=text(row.get("name")) or "Meeting",
            paths=tuple(paths),
            days=days,
            time=time,
            ends=_time(row.get("end_time")),
            fellowship=fellowship or text(row.get("entity")),
            place="" if shut else text(row.get("location")),
            address="" if shut else _address(row),
            town=text(row.get("city")),
            postal_code=text(row.get("postal_code")),
            coordinates=coordinates(row.get("latitude"), row.get("longitude")),
            link=link,
            phone=_phone(dial),
            open=True if "O" in types else False if "C" in types else None,
            languages=_words(types, MEETING_GUIDE_LANGUAGES, Counter()),
            types=_words(types, MEETING_GUIDE_TYPES, left, "type", MEETING_GUIDE_LANGUAGES),
            notes=notes(row, "notes", "location_notes", "conference_url_notes", "group_notes"),
            source=_source("Meeting Guide feed", row.get("updated")),
            imported=Imported("meeting-guide", text(row.get("slug")), ""),
        )


def bmlt(
    rows: Iterable[Row], paths: Sequence[str], fellowship: str, left: Counter[str]
) -> Iterator[Meeting]:
    """The meetings that a BMLT server gave, as `meeting_guide` does."""
    for row in rows:
        formats = [each for each in re.split(r"[,\s]+", text(row.get("formats")).upper()) if each]
        days, time = _days(row.get("weekday_tinyint"), 1), _time(row.get("start_time"))
        link = _web(row.get("virtual_meeting_link"))
        virtual = text(row.get("venue_type")) == "2" or "VM" in formats
        if text(row.get("published")) == "0":
            left["meetings that aren't published"] += 1
            continue
        if not days or not time:
            left["meetings without a day or a time"] += 1
            continue
        language = text(row.get("lang_enum")).lower()
        yield Meeting(
            id="",
            name=text(row.get("meeting_name")) or "NA meeting",
            paths=tuple(paths),
            days=days,
            time=time,
            ends=_later(time, text(row.get("duration_time"))),
            fellowship=fellowship or "NA",
            place="" if virtual else text(row.get("location_text")),
            address="" if virtual else text(row.get("location_street")),
            town=text(row.get("location_municipality")),
            postal_code=text(row.get("location_postal_code_1")),
            coordinates=coordinates(row.get("latitude"), row.get("longitude")),
            link=link,
            phone=_phone(text(row.get("phone_meeting_number"))),
            open=True if "O" in formats else False if "C" in formats else None,
            languages=(language,) if re.fullmatch("[a-z]{2}", language) else (),
            types=_words(formats, BMLT_FORMATS, left, "format"),
            notes=notes(row, "comments", "location_info", "virtual_meeting_additional_info"),
            source="BMLT",
            imported=Imported("bmlt", text(row.get("id_bigint")), ""),
        )


# --- what every feed has ------------------------------------------------------------------


def text(found: object) -> str:
    """One line of plain text: no tags of a web page, no letters that steer a terminal."""
    if found is None or isinstance(found, bool | list | dict):
        return ""
    plain = re.sub(r"<[^>]{0,200}>", " ", str(found))
    return " ".join(clean(plain).split())[:300]


def notes(row: Row, *keys: str) -> str:
    said = dict.fromkeys(filter(None, (text(row.get(key)) for key in keys)))
    return ". ".join(each.rstrip(".") for each in said)[:_LONGEST_NOTES]


def coordinates(north: object, east: object) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None for what is none, and for 0, 0, which is no place."""
    try:
        found = round(float(text(north)), 5), round(float(text(east)), 5)
    except ValueError:
        return None
    inside = abs(found[0]) <= 90 and abs(found[1]) <= 180
    return found if inside and found != (0.0, 0.0) else None


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]


def _days(found: object, sunday: int) -> tuple[str, ...]:
    """Days of the week. `sunday`: the number of the first day."""
    days = []
    for each in _list(found):
        number = text(each)
        if number.isdigit() and 0 <= int(number[:3]) - sunday < len(WEEK):
            days.append(_FROM_SUNDAY[int(number) - sunday])
        elif number.casefold() in WEEK:
            days.append(number.casefold())
    return tuple(day for day in WEEK if day in days)


def _time(found: object) -> str:
    """19:30, from 19:30 or 19:30:00; "" for anything else."""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?", text(found))
    return f"{int(match[1]):02}:{match[2]}" if match else ""


def _later(time: str, duration: str) -> str:
    match = re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])(?::[0-5][0-9])?", duration)
    if not match or not (int(match[1]) or int(match[2])):
        return ""
    minutes = int(time[:2]) * 60 + int(time[3:]) + int(match[1]) * 60 + int(match[2])
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _web(found: object) -> str:
    said = text(found)
    return said if re.fullmatch(r"https?://[^\s/.]+\.[^\s]+", said) else ""


def _phone(said: str) -> str:
    """A number that people can dial: what follows a comma is keyed in by a telephone."""
    number = said.split(",")[0].strip()
    return number if re.fullmatch(r"\+?[0-9(][0-9 ().+/-]{2,}", number) else ""


def _address(row: Row) -> str:
    street = text(row.get("address"))
    return street or text(row.get("formatted_address"))


def _source(name: str, updated: object) -> str:
    day = text(updated)[:10]
    return f"{name}, changed {day}" if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day) else name


def _words(
    codes: Iterable[str],
    words: Mapping[str, str],
    left: Counter[str],
    what: str = "",
    elsewhere: Mapping[str, str] = BMLT_FORMATS,
) -> tuple[str, ...]:
    """The words for these codes. One that has none is counted, unless another key says it."""
    found = []
    for code in codes:
        if code in words:
            found.append(words[code])
        elif what and code not in elsewhere and code not in _SAID_ELSEWHERE:
            left[f"{what} {text(code)[:20]}, for which a list has no word"] += 1
    return tuple(dict.fromkeys(found))
