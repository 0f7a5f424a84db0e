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

_STOP: Final = re.compile(
    r"\b(?:stop(?:ping)?|quit(?:ting)?|come off|get off|go off|cut out|leave off|throw away|"
    r"throw out|skip|drop|give up|do without)\b(?: \w+){0,4}? "
    r"(?:medicines?|medications?|meds|pills?|tablets?|prescriptions?|prescribed|methadone|"
    r"buprenorphine|naltrexone|antidepressants?|lithium|insulin|doses?)\b",
    re.IGNORECASE,
)
_SPARED: Final = re.compile(
    r"\b(?:never|not|don't|doesn't|shouldn't|can't|mustn't|nobody|without|instead of|rather than|"
    r"before you|if you|if someone|when you|danger(?:ous)?|asks? you|tells? you|risk|"
    r"whether|how to)\b",
    re.IGNORECASE,
)


def check(book: Book) -> Iterator[Found]:
    for text in all_texts(book):
        for sentence in sentences(text.node.value.replace("\u2019", "'")):
            hit = _STOP.search(sentence)
            if hit and not _SPARED.search(sentence):
                message = f"{quoted(hit.group())} may cost a life; send them to who prescribed it"
                yield book.found(text.file, text.node, message, at=hit.group())
