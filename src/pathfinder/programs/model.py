"""What a list of programs holds: the records, and the words that may stand in them.

Why this module exists: the loader, the matching, the pages and the imports speak of the same
program. Of what a program takes or offers, None (or an empty list) means that nobody knows:
it is asked on the phone, and never read as "no". Languages have codes, so that a slip like `sp`
for Spanish is found: two letters are ISO 639-1; three letters are ISO 639-3, for languages that
have no shorter code, signed ones among them.

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


_NAMES: Final = """
aa Afar, ab Abkhazian, af Afrikaans, ak Akan, am Amharic, an Aragonese, ar Arabic, as Assamese,
av Avaric, ay Aymara, az Azerbaijani, ba Bashkir, be Belarusian, bg Bulgarian, bi Bislama,
bm Bambara, bn Bengali, bo Tibetan, br Breton, bs Bosnian, ca Catalan, ce Chechen, ch Chamorro,
co Corsican, cr Cree, cs Czech, cv Chuvash, cy Welsh, da Danish, de German, dv Dhivehi, dz Dzongkha,
ee Ewe, el Greek, en English, eo Esperanto, es Spanish, et Estonian, eu Basque, fa Persian,
ff Fulah, fi Finnish, fj Fijian, fo Faroese, fr French, fy Western Frisian, ga Irish,
gd Scottish Gaelic, gl Galician, gn Guarani, gu Gujarati, gv Manx, ha Hausa, he Hebrew, hi Hindi,
ho Hiri Motu, hr Croatian, ht Haitian Creole, hu Hungarian, hy Armenian, hz Herero, id Indonesian,
ig Igbo, ii Nuosu, ik Inupiaq, is Icelandic, it Italian, iu Inuktitut, ja Japanese, jv Javanese,
ka Georgian, kg Kongo, ki Kikuyu, kj Kwanyama, kk Kazakh, kl Greenlandic, km Khmer, kn Kannada,
ko Korean, kr Kanuri, ks Kashmiri, ku Kurdish, kv Komi, kw Cornish, ky Kyrgyz, lb Luxembourgish,
lg Ganda, li Limburgish, ln Lingala, lo Lao, lt Lithuanian, lu Luba-Katanga, lv Latvian,
mg Malagasy, mh Marshallese, mi Maori, mk Macedonian, ml Malayalam, mn Mongolian, mr Marathi,
ms Malay, mt Maltese, my Burmese, na Nauru, nd North Ndebele, ne Nepali, ng Ndonga, nl Dutch,
no Norwegian, nr South Ndebele, nv Navajo, ny Chichewa, oc Occitan, oj Ojibwe, om Oromo, or Odia,
os Ossetian, pa Punjabi, pl Polish, ps Pashto, pt Portuguese, qu Quechua, rm Romansh, rn Rundi,
ro Romanian, ru Russian, rw Kinyarwanda, sc Sardinian, sd Sindhi, se Northern Sami, sg Sango,
si Sinhala, sk Slovak, sl Slovenian, sm Samoan, sn Shona, so Somali, sq Albanian, sr Serbian,
ss Swati, st Southern Sotho, su Sundanese, sv Swedish, sw Swahili, ta Tamil, te Telugu, tg Tajik,
th Thai, ti Tigrinya, tk Turkmen, tl Tagalog, tn Tswana, to Tongan, tr Turkish, ts Tsonga,
tt Tatar, tw Twi, ty Tahitian, ug Uyghur, uk Ukrainian, ur Urdu, uz Uzbek, ve Venda, vi Vietnamese,
wa Walloon, wo Wolof, xh Xhosa, yi Yiddish, yo Yoruba, za Zhuang, zh Chinese, zu Zulu,
ase American Sign Language, asf Auslan, bfi British Sign Language, chr Cherokee, chk Chuukese,
ceb Cebuano, cmn Mandarin, dak Dakota, din Dinka, fil Filipino, fsl French Sign Language,
haw Hawaiian, hmn Hmong, ilo Ilocano, isg Irish Sign Language, kar Karen, kea Cape Verdean Creole,
lkt Lakota, prs Dari, psd Plains Sign Language, yue Cantonese, zun Zuni
"""

LANGUAGES: Final = {
    code: name
    for entry in _NAMES.replace("\n", " ").split(",")
    for code, _, name in [entry.strip().partition(" ")]
}
"""Code -> its name in English."""

CODES: Final = {
    **{name.casefold(): code for code, name in LANGUAGES.items()},
    "español": "es", "espanol": "es", "castilian": "es", "asl": "ase", "farsi": "fa",
    "haitian": "ht", "creole": "ht", "cape verdean": "kea", "français": "fr", "português": "pt",
    "brazilian portuguese": "pt", "navajo (diné)": "nv",
}  # fmt: skip
"""Name, in small letters -> its code: in English, and as lists and people often say it."""
