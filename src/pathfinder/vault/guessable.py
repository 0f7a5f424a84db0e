"""Which new passphrases are refused: those that anyone would try first.

Why this module exists: the lock makes each guess cost a second, which is worth nothing
where the tenth guess is right. A list of a few dozen words, numbers, repeats and runs of
keys stops the worst; it measures nothing, since no program can tell how a person chose.

It must not keep or show what it looks at, and it never stands between a person and what
was locked already.
"""

from __future__ import annotations

import unicodedata
from typing import Final

SHORTEST: Final = 8
SHORT: Final = "That is short, so it could be guessed: eight letters or more."
EASY: Final = "That is easy to guess: a common word, a number, a repeat, or keys in a row."
BETTER: Final = "Best are five words picked at random, such as from five pages of a book."

_FEWEST_DIGITS: Final = 12
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
)
_WORDS: Final = frozenset(
    """
    password passwort passphrase passcode secret changeme letmein welcome hello login admin
    administrator root user guest default test testing master access private computer internet
    windows qwerty asdf iloveyou love sunshine princess monkey dragon football baseball
    basketball superman batman starwars whatever trustno freedom shadow flower summer winter
    spring autumn monday friday january december jesus mother father family counselor counsellor
    counseling counselling therapist therapy recovery sobriety sober pathfinder clinic client
    clients session sessions patient nopassword mypassword yourpassword thepassword
    thisismypassword pleaseletmein opensesame correcthorsebatterystaple
    """.split()  # noqa: SIM905 (a list to read, not to parse)
)
_DIGITS: Final = "0123456789"
_BEHIND_A_WORD: Final = f"{_DIGITS} .,;:!?*#+-_"
_AS_LETTERS: Final = str.maketrans("013457@$", "oieastas")


def weakness(passphrase: str) -> str:
    """Why this is no passphrase to choose, in a line; "" where nothing speaks against it.

    >>> weakness("Password1!") == f"{EASY} {BETTER}"
    True
    """
    if len(passphrase.strip()) < SHORTEST:
        return f"{SHORT} {BETTER}"
    return f"{EASY} {BETTER}" if _is_easy(passphrase) else ""


def _is_easy(passphrase: str) -> bool:
    text = unicodedata.normalize("NFKC", passphrase).casefold()
    core = "".join(letter for letter in text if letter.isalnum())
    if len(set(core)) <= 2 or _repeats(core):
        return True
    if core.isdigit() and len(core) < _FEWEST_DIGITS:
        return True
    if any(core in 2 * row or core[::-1] in 2 * row for row in _ROWS):
        return True
    bare = text.rstrip(_BEHIND_A_WORD)
    spelled = (each.translate(_AS_LETTERS) for each in (text, bare, core.rstrip(_DIGITS)))
    words = (core, *("".join(filter(str.isalnum, each)) for each in spelled))
    return any(word.strip(_DIGITS) in _WORDS for word in words)


def _repeats(core: str) -> bool:
    """Whether it is one piece several times over, as in "owlowlowl"."""
    return (core + core).find(core, 1) < len(core)
