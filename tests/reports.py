"""What terminals send by themselves, and what is no key of ours: as a table and as a grammar.

The grammar is written from ECMA-48 and the manuals of terminals, and not from the code.
"""

from __future__ import annotations

from hypothesis import strategies as st

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"

KNOWN = {
    "device attributes": "\x1b[?1;2c",
    "device attributes, second": "\x1b[>41;366;0c",
    "device attributes, third": "\x1bP!|00000000\x1b\\",
    "cursor position": "\x1b[12;40R",
    "cursor position with page": "\x1b[?12;40;1R",
    "status": "\x1b[0n",
    "colour scheme": "\x1b[?997;1n",
    "mode": "\x1b[?2026;2$y",
    "focus in": "\x1b[I",
    "focus out": "\x1b[O",
    "foreground": "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "background": "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    "palette": "\x1b]4;1;rgb:cccc/0000/0000\x1b\\",
    "clipboard": "\x1b]52;c;MTIzDQo=\x07",
    "terminal name": "\x1bP>|XTerm(366)\x1b\\",
    "settings": "\x1bP1$r0;1m\x1b\\",
    "termcap": "\x1bP1+r544e=787465726d\x1b\\",
    "kitty graphics": "\x1b_Gi=31;OK\x1b\\",
    "kitty flags": "\x1b[?1u",
    "window size": "\x1b[8;24;80t",
    "window title": "\x1b]l1 2 3 pathfinder\x1b\\",
    "size in band": "\x1b[48;24;80;480;640t",
    "mouse, oldest": "\x1b[M !1",
    "mouse, oldest, far right": "\x1b[M \x9b1",
    "mouse, SGR": "\x1b[<0;12;4M",
    "mouse, SGR, up": "\x1b[<0;12;4m",
    "mouse, urxvt": "\x1b[32;12;4M",
    "Alt-1": "\x1b1",
    "Alt-Enter": "\x1b\r",
    "Alt-[": "\x1b[",
    "Alt-Up of rxvt": "\x1b\x1b[A",
    "Alt-Up": "\x1b[1;3A",
    "Alt-1 in CSI u": "\x1b[49;3u",
    "Alt-Enter in CSI u": "\x1b[13;3u",
    "Enter let go": "\x1b[13;1:3u",
    "Up let go": "\x1b[1;1:3A",
    "Super-c in CSI u": "\x1b[99;9u",
    "a letter in CSI u": "\x1b[49;1;49u",
    "F5": "\x1b[15~",
    "F5 of the Linux console": "\x1b[[E",
    "8-bit device attributes": "\x9b?1;2c",
    "8-bit background": "\x9d11;rgb:1/2/3\x9c",
}
"""What was seen. After Alt-[ the next keys belong to it until a second has passed."""

_PARAMETERS = st.text("0123456789:;", max_size=12)
_BETWEEN = st.text("!\"#$%&'()*+,-./", max_size=2)
_FINAL = st.sampled_from("@ABCDEFGHIJKLNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz{|}~")
_PRINTED = st.text(
    st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="\\"), max_size=20
)

_private = st.builds(
    lambda mark, rest, between, final: f"{ESC}[{mark}{rest}{between}{final}",
    st.sampled_from("<=>?"), _PARAMETERS, _BETWEEN, _FINAL,
)  # fmt: skip
_with_between = st.builds(
    lambda rest, between, final: f"{ESC}[{rest}{between}{final}",
    _PARAMETERS, _BETWEEN.filter(bool), _FINAL,
)  # fmt: skip
_string = st.builds(
    lambda opener, text, end: f"{ESC}{opener}{text}{end}",
    st.sampled_from("]P_^X"), _PRINTED, st.sampled_from([ST, BEL]),
)  # fmt: skip
_alt_in_csi_u = st.builds(
    lambda code, mods, event: f"{ESC}[{code};{mods + 1}{event}u",
    st.sampled_from([9, 13, 27, 99, 120, 49, 50, 57414]),
    st.integers(0, 63).filter(lambda mods: mods & ~5),
    st.sampled_from(["", ":1", ":2", ":3"]),
)  # fmt: skip
_let_go = st.builds(
    lambda code, mods: f"{ESC}[{code};{mods + 1}:3u",
    st.sampled_from([9, 13, 27, 99, 120]), st.integers(0, 255),
)  # fmt: skip
_mouse = st.builds(lambda place: f"{ESC}[M{place}", st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"),
    min_size=3, max_size=3,
))  # fmt: skip
_alt = st.builds(lambda letter: ESC + letter, st.sampled_from(
    "0123456789abcdefghijklmnopqrstuvwxyz?\r",
))  # fmt: skip

NO_KEYS = st.one_of(
    st.sampled_from([text for name, text in KNOWN.items() if name[:2] != "F5" and name != "Alt-["]),
    _private, _with_between, _string, _alt_in_csi_u, _let_go, _mouse, _alt,
)  # fmt: skip
"""Whole sentences, none of which is a key that a person pressed for this program."""
