"""Directories of programs: the export of the national treatment locator, and Open Referral HSDS.

Why this module exists: a directory for a whole country holds the names and numbers that an agency
would otherwise type. It is right for about half of what it holds, so everything that comes from
here stands as not called yet.

It must not open files, or take what a directory doesn't say for a "no".

Sources: the service codes of FindTreatment.gov (SAMHSA), as its search and its exports name
them; the HSDS 3 schema and its example of a service (Open Referral).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pathfinder.programs.feeds import Row, coordinates, notes, text
from pathfinder.programs.model import LANGUAGES, Imported, Program
from pathfinder.programs.spreadsheet import whole_code

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "SA": ("substance use treatment",),
    "DT": ("detoxification",),
    "HH": ("transitional housing, halfway house, or sober home",),
    "SUMH": ("treatment for co-occurring substance use plus serious mental health illness",),
    "OD": ("outpatient detoxification",),
    "ODT": ("outpatient day treatment or partial hospitalization",),
    "OIT": ("intensive outpatient treatment",),
    "OMB": ("outpatient methadone/buprenorphine or naltrexone treatment",),
    "OP": ("outpatient",),
    "ORT": ("regular outpatient treatment",),
    "HID": ("hospital inpatient detoxification",),
    "RD": ("residential detoxification",),
    "RES": ("residential", "residential/24-hour residential"),
    "RL": ("long-term residential",),
    "RS": ("short-term residential",),
    "TELE": ("telemedicine/telehealth therapy", "telemedicine/telehealth"),
    "TWFA": ("12-step facilitation", "12-step facilitation approach"),
    "MU": ("methadone used in treatment", "methadone", "methadone maintenance"),
    "BU": ("buprenorphine used in treatment", "prescribes buprenorphine",
           "prescribes/administers buprenorphine", "buprenorphine maintenance",
           "buprenorphine with naloxone", "buprenorphine without naloxone"),
    "NU": ("naltrexone used in treatment", "prescribes naltrexone", "naltrexone (oral)",
           "prescribes/administers naltrexone"),
    "ACM": ("acamprosate", "acamprosate (campral)"),
    "DSF": ("disulfiram", "disulfiram (antabuse)"),
    "OTP": ("federally-certified opioid treatment program",
            "samhsa-certified opioid treatment program"),
    "MOA": ("accepts clients using mat but prescribed elsewhere",
            "accepts clients on opioid medication"),
    "NMOA": ("does not use mat for opioid use disorders",),
    "MC": ("medicare",), "MD": ("medicaid",), "PI": ("private health insurance",),
    "MI": ("federal military insurance (e.g., tricare)",),
    "SI": ("state-financed health insurance plan other than medicaid",),
    "ITU": ("ihs/tribal/urban (itu) funds",),
    "NP": ("no payment accepted",),
    "SS": ("sliding fee scale (fee is based on income and other factors)",),
    "WN": ("adult women",), "MN": ("adult men",), "PW": ("pregnant/postpartum women",),
    "GL": ("lesbian, gay, bisexual, transgender, or queer/questioning (lgbtq)",),
    "CO": ("clients with co-occurring mental and substance use disorders",),
    "CCC": ("child care for clients' children",),
    "BC": ("residential beds for clients' children",),
    "ACC": ("aftercare/continuing care",),
    "FEM": ("female",), "MALE": ("male",),
    "SP": ("spanish",), "F4": ("arabic",), "F25": ("farsi",), "F28": ("french",),
    "F30": ("german",), "F31": ("greek",), "F35": ("hebrew",), "F36": ("hindi",),
    "F37": ("hmong",), "F42": ("italian",), "F43": ("japanese",), "F47": ("korean",),
    "F66": ("polish",), "F67": ("portuguese",), "F70": ("russian",), "F81": ("tagalog",),
    "F92": ("vietnamese",), "AH": ("sign language services for the deaf and hard of hearing",),
}  # fmt: skip
"""Service codes that a list has a key for, and how exports spell them out."""

_BY_NAME: Final = {name: code for code, names in CODES.items() for name in names}
_LANGUAGES: Final = {
    "SP": "es", "F4": "ar", "F25": "fa", "F28": "fr", "F30": "de", "F31": "el", "F35": "he",
    "F36": "hi", "F37": "hmn", "F42": "it", "F43": "ja", "F47": "ko", "F66": "pl", "F67": "pt",
    "F70": "ru", "F81": "tl", "F92": "vi", "AH": "ase",
}  # fmt: skip
_INSURANCE: Final = {
    "MD": "medicaid", "MC": "medicare", "PI": "private", "MI": "military", "ITU": "tribal",
    "SI": "state",
}  # fmt: skip
_MEDICINES: Final = {
    "MU": "methadone", "OTP": "methadone", "BU": "buprenorphine", "NU": "naltrexone",
    "ACM": "acamprosate", "DSF": "disulfiram",
}  # fmt: skip
_WITHDRAWAL: Final = frozenset({"DT", "OD", "HID", "RD"})


def treatment_locator(
    rows: Iterable[Row], paths: Sequence[str], left: Counter[str], mended: Counter[str]
) -> Iterator[Program]:
    """The facilities of an export. `paths`: these for all; with none, by their services.

    `left` counts what isn't taken, `mended` what was put right.
    """
    for row in rows:
        codes = _codes(row)
        kind = text(row.get("type_facility") or row.get("typeFacility")).upper()
        if kind and kind not in ("SA", "BOTH", "SUMH"):
            left["facilities that don't treat drinking or drugs"] += 1
            continue
        offers = tuple(paths) or _paths(codes)
        if not offers:
            left["facilities whose services are none of our paths"] += 1
            continue
        calls = list(
            dict.fromkeys(filter(None, (_phone(row.get(k)) for k in ("intake1", "phone"))))
        )
        names = dict.fromkeys(filter(None, (text(row.get(key)) for key in ("name1", "name2"))))
        name = ", ".join(names) or "No name"
        place = ", ".join(filter(None, (text(row.get(key)) for key in ("street1", "street2"))))
        yield Program(
            id="",
            name=name,
            paths=offers,
            phone=calls[0] if calls else "",
            web=_web(row.get("website")),
            address=place,
            town=text(row.get("city")),
            postal_code=_code(row.get("zip"), mended, of_the_us=True)[:5],
            coordinates=coordinates(row.get("latitude"), row.get("longitude")),
            notes=f"Another number: {calls[1]}" if len(calls) > 1 else "",
            source="Treatment locator of SAMHSA",
            imported=Imported("treatment-locator", text(row.get("frid")) or f"{name}, {place}", ""),
            **_known(codes),
        )


def hsds(
    rows: Iterable[Row], paths: Sequence[str], left: Counter[str], mended: Counter[str]
) -> Iterator[Program]:
    """The services of an HSDS file. It has no words for kinds of care, so `paths` says them."""
    for row in rows:
        if text(row.get("status")) not in ("", "active"):
            left["services that aren't active"] += 1
            continue
        holder = _mapping(row.get("organization"))
        at = _mapping(next(iter(_mappings(row.get("service_at_locations"))), {}))
        location = _mapping(at.get("location"))
        address = _mapping(next(iter(_mappings(location.get("addresses"))), {}))
        phones = [
            _phone(each.get("number"))
            for where in (row, at, location, holder)
            for each in _mappings(where.get("phones"))
        ]
        languages = [text(each.get("code")).lower() for each in _mappings(row.get("languages"))]
        name, of = text(row.get("name")), text(holder.get("name"))
        yield Program(
            id="",
            name=", ".join(dict.fromkeys(filter(None, (name, of)))) or "No name",
            paths=tuple(paths),
            phone=next(filter(None, phones), ""),
            web=_web(row.get("url") or holder.get("website")),
            address=", ".join(filter(None, (text(address.get(f"address_{n}")) for n in (1, 2)))),
            town=text(address.get("city")),
            postal_code=_code(
                address.get("postal_code"),
                mended,
                of_the_us=text(address.get("country")).upper() in ("US", "USA"),
            ),
            coordinates=coordinates(location.get("latitude"), location.get("longitude")),
            hours=notes(_mapping(next(iter(_mappings(row.get("schedules"))), {})), "description"),
            languages=tuple(dict.fromkeys(code for code in languages if code in LANGUAGES)),
            notes=notes(row, "application_process", "eligibility_description", "fees_description"),
            source=_assured(row),
            imported=Imported("hsds", text(row.get("id")) or f"{name}, {of}", ""),
        )


# --- details ------------------------------------------------------------------------------


def _codes(row: Row) -> frozenset[str]:
    """The service codes of a facility: columns of their own, or spelled out in `services`."""
    found = {
        str(key).upper()
        for key, value in row.items()
        if str(key).upper() in CODES and text(value).casefold() in ("1", "1.0", "yes", "true", "x")
    }
    for service in _mappings(row.get("services")):
        for name in str(service.get("f3") or "").split(";"):
            plain = " ".join(re.sub(r"[®™]", "", name).casefold().split())
            found.add(_BY_NAME.get(plain, ""))
    return frozenset(found - {""})


def _paths(codes: frozenset[str]) -> tuple[str, ...]:
    """What services mean among our paths. An IOP is 12-Step where 12-Step facilitation is named."""
    found = {
        "outpatient": {"ORT", "OMB"} & codes or ("OP" in codes and not codes & {"OIT", "ODT"}),
        "iop-twelve-step": "OIT" in codes and "TWFA" in codes,
        "iop-secular": "OIT" in codes and "TWFA" not in codes,
        "iop-dual-diagnosis": "OIT" in codes and bool(codes & {"CO", "SUMH"}),
        "iop-sober-living": "OIT" in codes and "HH" in codes,
        "day-treatment": "ODT" in codes,
        "residential": bool(codes & {"RES", "RL", "RS"}),
        "continuing-care": "ACC" in codes and bool(codes & {"ORT", "OIT"}),
    }
    return tuple(path for path, offered in found.items() if offered)


def _known(codes: frozenset[str]) -> dict[str, Any]:
    """What a facility's services say. A code that isn't there says nothing, but for one."""
    medicines = tuple(dict.fromkeys(name for code, name in _MEDICINES.items() if code in codes))
    spoken = tuple(code for key, code in _LANGUAGES.items() if key in codes)
    takes = {"FEM", "MALE"} & codes
    welcome = True if medicines or "MOA" in codes else False if "NMOA" in codes else None
    return {
        "online": _said("TELE", codes),
        # The locator is that of the US and names only further languages.
        "languages": ("en", *spoken) if spoken else (),
        "takes": {"FEM": "women", "MALE": "men"}[next(iter(takes))] if len(takes) == 1 else "",
        "same_gender_groups": True if codes & {"WN", "MN"} else None,
        "lgbtq": _said("GL", codes),
        "child_care": True if codes & {"CCC", "BC"} else None,
        "takes_pregnant": _said("PW", codes),
        "medication_welcome": welcome,
        "medication_on_site": medicines,
        "withdrawal_care": True if codes & _WITHDRAWAL else None,
        "dual_diagnosis": True if codes & {"CO", "SUMH"} else None,
        "sober_housing": _said("HH", codes),
        "insurance": tuple(name for code, name in _INSURANCE.items() if code in codes),
        "sliding_fee": _said("SS", codes),
        "free": _said("NP", codes),
    }


def _said(code: str, codes: frozenset[str]) -> bool | None:
    return True if code in codes else None


def _code(found: object, mended: Counter[str], *, of_the_us: bool) -> str:
    said = text(found)
    code = whole_code(said, zip_codes=of_the_us)
    if code != said:
        mended["Mended postal codes that a spreadsheet had taken for numbers"] += 1
    return code


def _phone(found: object) -> str:
    said = text(found).strip('"')
    return said if re.fullmatch(r"\+?[0-9(][0-9A-Za-z ().,/+-]{2,}", said) else ""


def _web(found: object) -> str:
    said = text(found)
    if said and "://" not in said:
        said = f"https://{said}"
    return said if re.fullmatch(r"https?://[^\s/.]+\.[^\s]+", said) else ""


def _assured(row: Row) -> str:
    day = text(row.get("assured_date"))
    return f"HSDS, assured {day}" if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day) else "HSDS"


def _mapping(found: object) -> Row:
    return found if isinstance(found, dict) else {}


def _mappings(found: object) -> list[Row]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
