"""From a terminal's sentences to keys: what prompt_toolkit hears of a terminal, and when.

Why this module exists: prompt_toolkit takes an unknown report apart into Esc and
letters, which would go back and mark answers. Here a report that is no key is nothing,
and a key is known in every protocol that a terminal may have been left in. It also
knows a key that is held down from one that is pressed (docs/decisions/0010).

It must not know what a key does in a menu.
"""

from __future__ import annotations

import re
import select
import time
from collections.abc import Callable, Iterator
from typing import Final

from prompt_toolkit.input import Input
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from pathfinder.ask.keystrokes import ESCAPE, Sentence, SentenceKind, Sentences

PLAIN_MODES: Final = (
    "\x1b[>0u"  # kitty's keyboard protocol: a fresh entry on its stack, all off
    "\x1b[>4;0m"  # xterm's modifyOtherKeys off
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l"  # no mouse, no focus reports
    "\x1b[?1l\x1b>"  # arrows and the number pad in their plain form
)
"""What a program that died may have left on. Sent when our own screen is entered."""

MODES_OF_BEFORE: Final = "\x1b[<1u\x1b[>4m"
"""What stood on kitty's stack, and xterm's own setting, again."""

_SHIFT, _ALT, _CTRL = 1, 2, 4
_LOCKS: Final = 64 | 128
_RELEASED: Final = "3"
_CONTROL_SEQUENCE = re.compile(
    r"\x1b\[(?P<number>\d{0,7})[:\d]*"
    r"(?:;(?P<mods>\d{0,4})(?::(?P<event>\d))?(?:;(?P<code>\d{0,7})[\d:]*)?)?"
    r"(?P<final>[A-Za-z~])"
)
_BY_CODE: Final = {
    9: Keys.ControlI,
    13: Keys.ControlM,
    27: Keys.Escape,
    127: Keys.ControlH,
    57414: Keys.ControlM,  # Enter of the number pad
}
_WITH_CTRL: Final = {ord(letter): Keys(f"c-{letter}") for letter in "abcdefghijklmnopqrstuvwxyz"}
_NUMBER_PAD_ENTER: Final = "\x1bOM"


def key_of(sentence: Sentence) -> Keys | str | None:
    """The key that a sentence is, or None: a report, or Alt with a letter, is none."""
    text = sentence.text
    found: Keys | str | tuple[Keys, ...] | None
    if text == "\n":
        # Enter, where the terminal was between two menus: it would not be known for the same key.
        found = Keys.ControlM
    elif sentence.kind is SentenceKind.LETTER:
        found = ANSI_SEQUENCES.get(text, text)
    elif sentence.kind is SentenceKind.ESCAPE:
        found = Keys.Escape
    elif sentence.kind is SentenceKind.SENTENCE:
        found = _named(text)
    else:
        return None
    return None if isinstance(found, tuple) or found is Keys.Ignore else found


def _named(text: str) -> Keys | tuple[Keys, ...] | None:
    if text == _NUMBER_PAD_ENTER:
        return Keys.ControlM
    found = _CONTROL_SEQUENCE.fullmatch(text)
    if found is None:
        return ANSI_SEQUENCES.get(text)
    if found["event"] == _RELEASED:
        return None
    mods = (int(found["mods"] or 1) - 1) & ~_LOCKS
    number, final = found["number"], found["final"]
    if final == "u":
        return _coded(int(number or 0), mods)
    if final == "~" and number == "27" and found["code"]:
        return _coded(int(found["code"]), mods)
    if found["code"] is not None:
        return None
    plain = f"{ESCAPE}[{'' if final != '~' and number == '1' else number}{final}"
    return ANSI_SEQUENCES.get(f"{ESCAPE}[{number or 1};{mods + 1}{final}" if mods else plain)


def _coded(code: int, mods: int) -> Keys | None:
    """A key by its number, as CSI u and modifyOtherKeys send it."""
    if mods & ~(_SHIFT | _CTRL):
        return None
    if mods & _CTRL and code not in _BY_CODE:
        return _WITH_CTRL.get(code | 32 if 65 <= code <= 90 else code)
    if code == 9 and mods == _SHIFT:
        return Keys.BackTab
    return _BY_CODE.get(code)


class WholeSentences(Vt100Parser):
    """In place of prompt_toolkit's parser: gives a key for each sentence that is one."""

    def __init__(
        self, give: Callable[[KeyPress], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sentences = Sentences(clock)
        super().__init__(give)

    def reset(self, request: bool = False) -> None:
        """Nothing: the end of a sentence may come after the question it began at."""

    def feed(self, data: str) -> None:
        self._give(self._sentences.feed(data))

    def flush(self) -> None:
        self._give(self._sentences.flush())

    def _give(self, sentences: Iterator[Sentence]) -> None:
        for sentence in sentences:
            if sentence.kind is SentenceKind.PASTE:
                self.feed_key_callback(KeyPress(Keys.BracketedPaste, sentence.text))
            elif (key := key_of(sentence)) is not None:
                self.feed_key_callback(KeyPress(key, sentence.text))


def listen(source: Input) -> None:
    """From here on this input gives keys for whole sentences. Windows names its keys itself."""
    parser = getattr(source, "vt100_parser", None)
    if isinstance(parser, Vt100Parser) and not isinstance(parser, WholeSentences):
        source.vt100_parser = WholeSentences(parser.feed_key_callback)  # type: ignore[attr-defined]


_MOST_READS: Final = 1000
"""More than a terminal holds. Where input never ends, forgetting it must."""


def forget(source: Input) -> list[str]:
    """Drop the keys that were typed ahead, and give their names.

    They are read and not flushed away: flushing could tear a sentence apart, and its end
    would count as keys.
    """
    dropped = get_typeahead(source)
    for _ in range(_MOST_READS):
        if source.closed or not _waiting(source):
            break
        dropped += source.read_keys()
    return [str(press.key) for press in dropped]


def _waiting(source: Input) -> bool:
    try:
        return bool(select.select([source.fileno()], [], [], 0)[0])
    except (OSError, ValueError, NotImplementedError):  # Windows, or an input without a file
        return False
