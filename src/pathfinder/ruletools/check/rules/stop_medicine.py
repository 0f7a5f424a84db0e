"""The check `stop-medicine`: its manual page, an example, and what looks for it."""

import re
from collections.abc import Iterator
from typing import Final

from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import all_texts, sentences
from pathfinder.sanitize import quoted

FAMILY = "language"
PAGE = """A text that tells someone to stop a medicine.

To stop a prescribed medicine at once can kill: a sedative, an opioid, a medicine for
another illness. Only the person who prescribed it can say how it is brought down.

To put it right, send the person to who prescribed it. A sentence that says *not* to stop is
what is wanted, and is not found.
"""
CODE = "stop-medicine"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: Call a shelter today."
BAD = "because: Stop taking your pills, and call a shelter today."

_ENDINGS: Final = ("azepam", "azolam", "oxetine", "apine", "statin", "olol")
_NAMES: Final = (
    *("medicine", "medication", "meds", "pill", "tablet", "prescription", "prescribed", "dose"),
    *("patch", "sedative", "opioid", "benzodiazepine", "benzo", "xanax", "valium", "lorazepam"),
    *("diazepam", "alprazolam", "gabapentin", "pregabalin", "tramadol", "codeine", "methadone"),
    *("buprenorphine", "suboxone", "subutex", "naltrexone", "acamprosate", "disulfiram"),
    *("antidepressant", "lithium", "insulin", "ativan", "klonopin", "librium", "clonazepam"),
    *("zolpidem", "ambien", "sertraline", "zoloft", "prozac", "fluoxetine", "oxycodone"),
    *("oxycontin", "hydrocodone", "morphine", "lyrica", "neurontin", "vivitrol", "sublocade"),
    *("antabuse", "quetiapine", "seroquel", "olanzapine", "trazodone", "lexapro", "adderall"),
    *("blood thinner", "inhaler"),
)
_GIVEN: Final = ("gave", "gives", "prescribed", "prescribes")
_MEDICINE: Final = (
    rf"\b(?:(?:{'|'.join(_NAMES)})(?:e?s)?|\w+(?:{'|'.join(_ENDINGS)})|"
    r"(?:what|drugs?|anything|everything) (?:that )?(?:your|the|a) "
    rf"(?:doctor|prescriber|psychiatrist|clinic) (?:{'|'.join(_GIVEN)}))"
)
_NAMED: Final = (*_NAMES, *_ENDINGS, *_GIVEN)
"""In small letters one of these stands in every text that names a medicine."""
_STOP: Final = re.compile(
    r"\b(?:stop(?:ping)?|quit(?:ting)?|discontinue|come off|get off|go off|cut out|leave off|"
    r"throw away|throw out|throw|get rid of|flush|put|halve|taper|skip|drop|give up|do without|"
    r"cease|cut|wean|cold turkey|take no more|(?:days?|weeks?|months?) without|living without|"
    r"live without|free of|be off|phase out|replace|(?:don't|do not) refill|"
    r"leave out|go without|no longer take|won't need|"
    r"leave|reduce|lower|(?:don't|do not) (?:keep taking|go on with|take(?! (?:more|less|too)\b))|"
    r"no longer need|no more|hold off on|stay off|keep off|detox from|avoid your|"
    r"never take(?! (?:more|less|too|two|it|them|another)\b))\b(?: \w+){0,4}? "
    + _MEDICINE
    + r"\b(?P<after>.*)",
    re.IGNORECASE,
)
_STOP_THEM: Final = re.compile(
    _MEDICINE + r"\b.*?\b(?P<stop>(?:stop|quit|skip|halve|flush|drop|discontinue|get rid of|"
    r"throw away|come off)(?: \w+){0,2}? (?:them|it|those|these))\b(?P<after>[^.!?]*)",
    re.IGNORECASE,
)
"""A medicine that is named first, and then meant by "it" or "them"."""
_MUST_END: Final = re.compile(
    _MEDICINE + r" (?:(?:must|should|have to|has to|need to|needs to|ought to) "
    r"(?:stop|end|go|be stopped|come to an end)|(?:is|are) no longer needed)\b(?P<after>[^.!?]*)",
    re.IGNORECASE,
)
_BRAND: Final = re.compile(
    r"\b(?:[Ss]top|[Qq]uit|[Ss]kip|[Dd]rop)(?: taking)? (?:your|the|all your) "
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][a-z]{3,}\b(?P<after>[^.!?]*)"
)
"""A name with a capital letter, after "stop your": most often that of a medicine."""
_NOT: Final = re.compile(
    r"\b(?:never|not|don't|doesn't|shouldn't|can't|mustn't|nobody|without|instead of|rather than|"
    r"whether|how to|what happens|tells? you to|asks? you to)\b[^,;:]*$",
    re.IGNORECASE,
)
"""Before it and in the same clause: what is said is not to stop, or is asked about."""
_SUPPOSED: Final = re.compile(
    r"\b(?:before|if|when|in case) (?:you|someone|somebody|people|they|I)(?: \w+){0,2} $",
    re.IGNORECASE,
)
"""Right before it: stopping is supposed, and not asked for."""
_HARM: Final = re.compile(
    r"\b(?:danger(?:ous)?|harm|risk(?:ier)?|worse|kill|seizures?)\b", re.IGNORECASE
)
_GERUND: Final = re.compile(r"\w+ing\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.!?;:]\s+")
_PUT: Final = re.compile(
    r"put\b(?!.*\b(?:away|aside)\b)|throw\b(?!.*\b(?:away|out)\b)|leave\b(?!.*\bat home\b)|"
    r"cut\b(?! out\b)(?!.*\bhalf\b)",
    re.IGNORECASE,
)
_WITH_HELP: Final = re.compile(
    r"lower\b(?=.*\bwith (?:you|your|a|the)\b)|"
    r"(?:taper|wean|reduce)\b(?!.*\b(?:yourself|alone|at home|on your own)\b)",
    re.IGNORECASE,
)


def _is_asked_for(sentence: str, hit: re.Match[str], start: int) -> bool:
    """Whether the sentence asks for it. That it harms is a warning, and no request."""
    before = _ENDS.split(sentence[:start])[-1]
    if _NOT.search(before) or _SUPPOSED.search(before):
        return False
    if _HARM.search(hit["after"]) and (before.strip() or _GERUND.match(sentence, start)):
        return False  # "To stop your pills is a risk" warns; "Stop your pills: a risk" doesn't
    return not (_PUT.match(sentence, start) or _WITH_HELP.match(sentence, start))


def check(book: Book) -> Iterator[Found]:
    for text in all_texts(book):
        said = " ".join(text.node.value.replace("\u2019", "'").split())
        # Most texts name no medicine, and this is quickly seen.
        small = said.lower()
        if not any(name in small for name in _NAMED) and not _BRAND.search(said):
            continue
        for words in (*map(_told, sentences(said)), _told_later(said)):
            if words:  # once for a text: one is enough to send them to it
                message = f"{quoted(words)} may cost a life; send them to who prescribed it"
                yield book.found(text.file, text.node, message, at=words)
                break


def _told(sentence: str) -> str:
    """The words that tell someone to stop a medicine; none if nothing does."""
    for pattern in (_STOP, _MUST_END, _BRAND):
        hit = pattern.search(sentence)
        if hit and _is_asked_for(sentence, hit, hit.start()):
            return hit.group().removesuffix(hit["after"])
    return ""


def _told_later(text: str) -> str:
    """The words that tell someone to stop what an earlier word names as a medicine."""
    hit = _STOP_THEM.search(text)
    if hit and _is_asked_for(text, hit, hit.start("stop")):
        return hit["stop"]
    return ""
