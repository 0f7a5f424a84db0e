"""What a terminal sends, cut into sentences, and whether a key was pressed for what is seen now.

Why this module exists: a terminal answers questions of other programs, tells of its
focus, its mouse and its colours, and names keys in several protocols. Each such report
begins with Esc and goes on with letters and digits. Read letter by letter it would go
back and mark answers, so it is taken whole, or not at all (docs/decisions/0010). And an alert
that a held Enter closes was never read, and a key held at one question must not answer the
next: a person presses again, and nothing is ever answered by waiting.

It must not know what a key does, or a screen. It reads no clock but the one it is given, and
stays in the standard library, since plain lines use it, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Final, NamedTuple

ESCAPE: Final = "\x1b"
WAYS_OUT: Final = "\x03\x18"
"""Ctrl-C and Ctrl-X end an unfinished sentence and count: nobody is ever locked in."""

PATIENCE: Final = 1.0
"""Seconds that an unfinished sentence is waited for. A slow line may tear one apart."""

PASTE_BEGINS: Final = "\x1b[200~"
PASTE_ENDS: Final = "\x1b[201~"

_OPENERS: Final = "[]OPX^_"
_BY_ONE_LETTER: Final = {
    "\x8f": "O", "\x90": "P", "\x98": "X", "\x9b": "[", "\x9d": "]", "\x9e": "^", "\x9f": "_",
}  # fmt: skip
"""The same openers as one letter, without Esc."""

_LONGEST: Final = 80
_MOUSE: Final = "\x1b[M"
_BETWEEN: Final = " !\"#$%&'()*+,-./"
_END_OF_STRING: Final = "\x9c"
_BELL: Final = "\x07"


class SentenceKind(Enum):
    LETTER = "one letter or control"
    ESCAPE = "Esc, and nothing after it"
    SENTENCE = "a whole report or key"
    ALT = "Alt with a letter"
    PASTE = "what was pasted"


class Sentence(NamedTuple):
    """`text` is what came, of a paste what was pasted."""

    kind: SentenceKind
    text: str


class Sentences:
    """Cuts what comes, in whatever pieces, into sentences. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun = ""
        self._alt = False
        self._pasted: list[str] | None = None
        self._last = clock()
        self._escaped = False

    def feed(self, text: str) -> Iterator[Sentence]:
        """Take what came, and give what is whole by now."""
        now = self._clock()
        if now - self._last > PATIENCE:
            self._forget()
        self._last = now
        for letter in text:
            yield from self._take(_plain(letter))

    def flush(self) -> Iterator[Sentence]:
        """Nothing came for a moment: a lone Esc is the key of that name.

        What has begun to be a longer sentence is still waited for. And should the rest of
        one come after an Esc that was torn off, it is known by its second letter.
        """
        if self._begun == ESCAPE:
            # Of two, the rest is still Alt with a key, should it come: no key of ours.
            self._begun, self._escaped = "", True
            yield Sentence(SentenceKind.ESCAPE, ESCAPE)
        elif len(self._begun) == 2 and self._begun[1] in _BETWEEN:
            self._forget()  # Alt with a sign: a report goes on at once

    def _forget(self) -> None:
        self._begun, self._alt, self._pasted, self._escaped = "", False, None, False

    # --- one letter ---

    def _take(self, letter: str) -> Iterator[Sentence]:
        if self._pasted is not None:
            yield from self._paste(letter)
            return
        torn = self._escaped and letter in _OPENERS
        if self._escaped and not torn:
            self._alt = False
        self._escaped = False
        if torn:
            self._begun = ESCAPE + letter
        elif letter in WAYS_OUT:
            self._forget()
            yield Sentence(SentenceKind.LETTER, letter)
        elif letter == ESCAPE:
            # Esc ends what was begun. Twice, it is Alt with what follows.
            self._alt = self._begun == ESCAPE
            self._begun = self._begun + letter if self._takes_anything() else ESCAPE
        elif letter in _BY_ONE_LETTER and not self._takes_anything():
            self._begun = ESCAPE + _BY_ONE_LETTER[letter]
        elif not self._begun:
            yield Sentence(SentenceKind.LETTER, letter)
        else:
            yield from self._go_on(letter)

    def _go_on(self, letter: str) -> Iterator[Sentence]:
        begun = self._begun = self._begun + letter
        opener = begun[1]
        if len(begun) == 2:
            yield from self._second(letter)
        elif opener == "[":
            yield from self._control(letter)
        elif opener == "O":
            if not (letter.isascii() and (letter.isdigit() or letter == ";")):
                yield from self._whole(letter)
        elif opener in _BETWEEN:
            if letter not in _BETWEEN:
                yield from self._whole(letter)
        elif letter in (_BELL, _END_OF_STRING) or begun.endswith(ESCAPE + "\\"):
            yield from self._whole(letter)
        elif begun[-2] == ESCAPE:
            # A new sentence in the middle of a string: the string was never ended.
            self._begun = ESCAPE
            yield from self._go_on(letter)
        elif letter in "\r\n":
            self._begun = ""  # no report holds a line's end: somebody types
        else:
            self._begun = begun[:2] + "."  # what a string holds is nobody's key: don't keep it

    def _second(self, letter: str) -> Iterator[Sentence]:
        if letter in _OPENERS:
            return
        if letter not in _BETWEEN:
            self._begun, self._alt = "", False
            # The Linux console says Shift-Tab so. Any other is Alt with a letter or control.
            yield Sentence(
                SentenceKind.SENTENCE if letter == "\t" else SentenceKind.ALT, ESCAPE + letter
            )

    def _control(self, letter: str) -> Iterator[Sentence]:
        """Parameters, then what stands between, then one letter that ends it."""
        body = self._begun[2:]
        if body[0] == "M":  # a mouse in the oldest form: three letters of any sort
            if len(body) == len("M") + 3:
                yield from self._whole(letter)
        elif body[0] == "[":  # the Linux console names its first five function keys so
            if len(body) == 2:
                yield from self._whole(letter)
        elif letter < " " or letter > "~":
            self._begun, self._alt = "", False
            if letter < " ":
                yield Sentence(SentenceKind.LETTER, letter)
        elif letter >= "\x40":
            yield from self._whole(letter)

    def _whole(self, letter: str) -> Iterator[Sentence]:
        text, alt = self._begun, self._alt
        self._begun, self._alt = "", False
        if text == PASTE_BEGINS:
            self._pasted = []
        else:
            yield Sentence(SentenceKind.ALT if alt else SentenceKind.SENTENCE, text)

    def _paste(self, letter: str) -> Iterator[Sentence]:
        assert self._pasted is not None
        self._pasted.append(letter)
        if letter == "~" and "".join(self._pasted[-len(PASTE_ENDS) :]) == PASTE_ENDS:
            text = "".join(self._pasted[: -len(PASTE_ENDS)])
            self._pasted = None
            yield Sentence(SentenceKind.PASTE, text)

    def _takes_anything(self) -> bool:
        """Whether a string or a mouse's place has begun, in which any letter may stand."""
        return self._begun[1:2] in (*"]PX^_",) or self._begun.startswith(_MOUSE)


def without_sentences(line: str) -> str:
    """A typed line without what the terminal sent into it; what was pasted stays.

    A way out that was pressed stays, too.
    """
    if ESCAPE not in line and line.isprintable():
        return line
    line = line.replace(PASTE_BEGINS, "").replace(PASTE_ENDS, "")
    cut = Sentences(lambda: 0.0)
    return "".join(_typed(each) for each in cut.feed(line))


def _typed(sentence: Sentence) -> str:
    if sentence.kind is SentenceKind.ALT and len(sentence.text) == len(ESCAPE) + 1:
        return sentence.text[len(ESCAPE) :]  # Esc before a number is no part of it
    return sentence.text if sentence.kind is SentenceKind.LETTER else ""


def _plain(letter: str) -> str:
    """A byte that is no UTF-8 stands for the control that it is in an 8-bit terminal."""
    return chr(ord(letter) - 0xDC00) if "\udc80" <= letter <= "\udc9f" else letter


QUIET: Final = 0.5
"""Seconds without a key before Enter closes an alert or leads to the result."""

REPEATS_WITHIN: Final = 1.0
"""A key that is held begins to repeat within this time, on every system we know of."""

SETTLES: Final = 0.12
"""A key that is held comes again sooner than this, and one that is pressed does not."""


class Meant(Enum):
    YES = "yes"
    NO = "no"
    UNLESS_IT_COMES_AGAIN = "unless it comes again at once"


class Pace:
    """One keyboard, across all that is shown. `clock` counts seconds."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        quiet: float = QUIET,
        settles: float = SETTLES,
    ) -> None:
        self.settles = settles
        self.pressed = 0
        """How many keys have come. Who waits looks whether it is still the same."""
        self._clock = clock
        self._quiet = quiet
        self._shown = self._last = self._came = clock()
        self._since_key = float("inf")
        self._gap = float("inf")
        self._key = self._before = ""

    def shown(self) -> None:
        """Something new stands on the screen."""
        self._shown = self._clock()

    def drawn(self) -> None:
        """The screen has been painted. Keys that came meanwhile are read now, all at once.

        On a slow machine that takes longer than a held key takes to come again.
        """
        now = self._clock()
        if now - self._came < REPEATS_WITHIN:
            self._last = now

    def key(self) -> None:
        """A key has come, whichever."""
        now = self._clock()
        self._gap, self._last = now - self._last, now
        self._since_key, self._came = now - self._came, now
        self._before, self._key = self._key, ""
        self.pressed += 1

    def meant(self, name: str, *, calm: bool = False) -> Meant:
        """Whether the key that has just come counts. `calm`: not without a quiet moment."""
        self._key = name
        again = self._before == name and self._since_key < REPEATS_WITHIN
        if again and self._gap < self.settles:
            return Meant.NO
        if calm and min(self._gap, self._last - self._shown) < self._quiet:
            return Meant.NO
        # The first time that a held key repeats looks like a second press, until the next.
        return Meant.UNLESS_IT_COMES_AGAIN if (calm or again) and self.settles else Meant.YES


KEYBOARD: Final = Pace()
"""That of the process."""
