"""The answer as lines that fit a window: as much of it as there is room for.

Why this module exists: the same answer is drawn for a wide window, a small one, a screen
reader and a pipe. What has no room goes in a fixed order, and what must stay stays.

It must not say anything of its own, or know a colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.pages import answer_messages as words
from pathfinder.pages import messages
from pathfinder.pages.answer import Answer, StepShown
from pathfinder.pages.blocks import firm
from pathfinder.pages.path_rows import PathRow
from pathfinder.pages.phrases import lower_first
from pathfinder.render.layout import Line, Part, Style, one_line
from pathfinder.terminal import cells, wrap

if TYPE_CHECKING:
    from pathfinder.pages.programs import ToCall

WIDEST: Final = 79
"""The answer is a table more than a text, so it may be wider than what is read line by line."""

BAR: Final = 7
COLUMNS_FROM: Final = 60
"""So wide a window has room for columns."""

_NAME: Final = 37
_LABEL: Final = 11


class Density(NamedTuple):
    """How much is shown: paths as rows, those set aside by name, of the rows how many with what
    decides, why of the first steps with what an emergency is, reasons for the first path, air
    between the parts, and programs to call."""

    rows: int
    aside: bool
    decides: int
    whys: bool
    pros: int
    air: bool
    calls: int = 3


_MANY: Final = 99
FORMS: Final = (
    Density(_MANY, True, _MANY, True, 3, True),
    Density(_MANY, True, 3, True, 3, True),
    Density(_MANY, True, 3, True, 2, True),
    Density(_MANY, True, 3, False, 2, True),
    Density(3, True, 3, True, 2, True),
    # Air goes before what an emergency is, and why a first step comes first.
    Density(3, True, 3, True, 2, False),
    Density(3, True, 3, False, 2, True),
    Density(3, True, 3, False, 2, False),
    Density(3, False, 3, False, 2, False),
    Density(3, False, 3, False, 1, False),
    Density(3, False, 3, False, 1, False, 2),
    Density(3, False, 2, False, 1, False, 2),
    Density(3, False, 2, False, 1, False, 1),
    Density(3, False, 1, False, 1, False, 1),
    Density(2, False, 1, False, 1, False, 1),
)
"""The forms of an answer, the fullest first."""

_NO_MARK: Final = Part("")

Parts = Sequence[Sequence[Line]]
"""Lines that belong together: a small window is turned between them."""


def fitted(answer: Answer, width: int, rows: int, *, drawn: bool) -> Parts:
    """The fullest form of the answer that has no more than `rows` lines, or else the shortest.

    `drawn`: with bars and columns; otherwise as words, one path a line.
    """
    parts: Parts = ()
    for form in FORMS:
        parts = tuple(_parts(answer, width, form, drawn=drawn))
        if len(joined(parts, air=form.air)) <= rows:
            return _aired(parts, form)
    return _aired(parts, FORMS[-1])


def _decides(row: PathRow, form: Density) -> bool:
    # That it is as good is short; what it doesn't give all the same is never cut from that.
    return row.rank <= form.decides or row.decides.startswith(words.FITS_AS_WELL)


def _why(answer: Answer, step: StepShown, form: Density) -> str:
    """The reason of a first step, but for one that stands again as the first for the path."""
    if not form.whys or (form.pros and answer.pros and answer.pros[0].startswith(step.why[:-1])):
        return ""
    return step.why


def _says(row: PathRow, form: Density) -> bool:
    """Whether a row tells why it stands where it stands."""
    return row.equal or (bool(row.decides) and _decides(row, form))


def _next(answer: Answer, row: PathRow) -> str:
    """The label of the first row that isn't what fits best."""
    before = any(not each.equal for each in answer.rows[1 : row.rank - 1])
    return "" if row.equal or before else f"{words.LESS_SO}: "


def joined(parts: Parts, *, air: bool = False) -> list[Line]:
    """The lines of all parts, one after the other."""
    lines: list[Line] = []
    for part in parts:
        if air and lines:
            lines.append(())
        lines += part
    return lines


def _aired(parts: Parts, form: Density) -> Parts:
    if not form.air:
        return parts
    return tuple((*part, ()) if part is not parts[-1] else part for part in parts)


def _parts(answer: Answer, width: int, form: Density, *, drawn: bool) -> Iterator[list[Line]]:
    page = _Page(width, drawn=drawn)
    if answer.alerts:
        yield [
            line
            for each in answer.alerts
            for line in (page.alert if answer.hold else page.alert_in_short)(*each)
        ]
    if not answer.hold:
        yield list(page.title(answer.caution))
    if answer.hold:
        if answer.danger:
            yield list(page.labelled("", answer.danger, "strong"))
        if answer.first and form.whys:
            steps = "; ".join(lower_first(step.title) for step in answer.first)
            yield list(page.line(f"{messages.PLAN_AS_SOON}: {steps}."))
        return
    for label, texts in ((words.CAREFUL, answer.warnings), ("", answer.lead)):
        if texts:
            yield [line for text in texts for line in page.labelled(label, text, "strong")]
    before = [
        line
        for n, step in enumerate(answer.first, 1)
        for line in page.step(n, step.title, _why(answer, step, form), len(answer.first))
    ]
    if before and form.whys:
        before += page.labelled("", answer.emergency)
    if before:
        yield before
    title = words.OPEN_TO_YOU if answer.calm else words.START if answer.starts else words.BEST
    top, shown, headline = answer.rows[0], answer.rows[: form.rows], answer.headline
    if not page.drawn:  # as words, what gives no reason is only a name: those stand together
        last = max(n for n, row in enumerate(shown) if not n or _says(row, form))
        shown = shown[: last + 1]
    listed = shown
    if len(answer.rows) == 1 or not (page.drawn or answer.choice):
        # the first row of a list would say the same path again
        number = "" if len(answer.rows) == 1 else f"{top.rank}. "
        headline = f"{number}{headline.removesuffix('.')}, {top.hours}."
        listed = shown[1:]
    head = list(page.labelled(title, headline, "strong"))
    if answer.choice:
        head += page.labelled("", answer.choice)
    yield (
        head
        + [
            line
            for row in listed
            for line in page.path(row, decides=_decides(row, form), label=_next(answer, row))
        ]
        + list(page.others(answer, len(shown), named=form.aside))
    )
    why = [
        line
        for n, text in enumerate(answer.pros[: form.pros])
        for line in page.reason(text, "plus", first=n == 0)
    ]
    why += [line for text in answer.cons for line in page.reason(text, "minus", first=False)]
    why += page.labelled(words.AT_LEAST, answer.safe)
    why += page.labelled(words.HOW_FIRM, answer.how_sure)
    if why:
        yield why
    way, label = answer.in_the_way, words.IN_THE_WAY
    if answer.until_then and way:
        way += f" {answer.until_label}: {answer.until_then}"
    elif answer.until_then:
        way, label = answer.until_then, answer.until_label
    end = list(page.labelled(label, way))
    end += page.labelled(words.TODAY, answer.today, "strong")
    if answer.to_call is not None:
        whom = words.CALL if answer.today else words.TODAY
        end += page.labelled(whom, _call(answer.to_call, form.calls), "strong")
    end += page.labelled(words.HELP, _list(answer.help, "; "))
    yield end


class _Page:
    """How each thing of an answer becomes lines."""

    def __init__(self, width: int, *, drawn: bool) -> None:
        self.width = width
        self.drawn = drawn and width >= COLUMNS_FROM
        self.marks = drawn

    def title(self, caution: str) -> Iterator[Line]:
        yield from self._hanging(Part(f"{words.TITLE}.  ", "title"), caution, "", 0)

    def alert(self, title: str, text: str, calls: Sequence[str]) -> Iterator[Line]:
        yield from self._hanging(Part("! " if self.marks else "", "alert"), title, "alert")
        if text:
            yield from self._hanging(Part("  "), text, "")
        for call in calls:
            yield from self._hanging(Part("  "), call, "strong")

    def alert_in_short(self, title: str, text: str, calls: Sequence[str]) -> Iterator[Line]:
        """An alert that leaves room for the paths."""
        mark = "! " if self.marks else ""
        said = " ".join((text, _list(calls, "; ")))
        if cells(mark + title) > self.width // 2:
            yield from self._hanging(Part(mark, "alert"), f"{title}.", "alert")
            yield from self._hanging(Part("  "), said, "strong")
            return
        yield from self._hanging(Part(f"{mark}{title}. ", "alert"), said, "strong", 2)

    def step(self, number: int, title: str, why: str, of: int) -> Iterator[Line]:
        yield from self.labelled(
            words.FIRST if number == 1 else "",
            f"{number}. {title}." if of > 1 else f"{title}.",
            "strong",
        )
        if why:
            yield from self.labelled("", why)

    def line(self, text: str) -> Iterator[Line]:
        yield from self._hanging(Part(""), text, "", 2)

    def labelled(self, label: str, text: str, style: Style = "") -> Iterator[Line]:
        """A text under its label, which has a column of its own where there is room."""
        if not text:
            return
        if self.drawn:
            yield from self._hanging(Part(label.ljust(_LABEL), "label"), text, style)
        else:
            yield from self._hanging(Part(f"{label}: " if label else "", "label"), text, style, 2)

    def reason(self, text: str, kind: Style, *, first: bool) -> Iterator[Line]:
        if self.drawn:
            label = words.WHY if first else ""
            mark = "+ " if kind == "plus" else "- "
            yield from self._hanging(
                Part(label.ljust(_LABEL), "label"), text, "", mark=Part(mark, kind)
            )
        else:
            label = words.FOR if kind == "plus" else words.AGAINST
            yield from self._hanging(Part(f"{label} ", kind), text, "", 2)

    def path(self, row: PathRow, *, decides: bool, label: str = "") -> Iterator[Line]:
        """`label`: what stands before it, where it is told as words."""
        told = row.decides if decides else ""
        if not self.drawn:
            text = f"{row.name}, {row.hours}." + (f" {told}" if told else "")
            yield from self._hanging(Part(f"{label}{row.rank}. "), text, "", len("1. "))
            return
        full = max(1, round(BAR * row.closeness))
        bar = "█" * full
        name = row.name
        hours = row.hours
        # A few words stand beside the hours; more come below.
        if told and cells(told) + cells(hours) + 2 <= self.width - _LABEL - _NAME:
            hours, told = f"{hours}. {told}", ""
        pad = " " * max(1, _NAME - cells(name))
        yield (
            Part(f"{row.rank:>2} "),
            Part(bar.ljust(BAR), "bar"),
            Part(" "),
            Part(name, "strong" if row.equal else ""),
            Part(pad),
            Part(hours),
        )
        if told:
            yield from self._hanging(Part(" " * _LABEL), told, "")

    def others(self, answer: Answer, shown: int, *, named: bool) -> Iterator[Line]:
        rest = [row.name for row in answer.rows[shown:]]
        yield from self.labelled(words.THEN, _list(rest))
        taken = [name for name in answer.set_aside if name not in answer.beside]
        aside = _list(taken) if named or len(taken) < 3 else words.so_many(len(taken))
        beside = _list(answer.beside)
        if aside and beside:
            beside = f"{words.BESIDE}: {beside}"
        elif beside:
            yield from self.labelled(words.BESIDE_IT, beside)
            return
        yield from self.labelled(words.NOT_NOW, f"{aside} {beside}".strip())

    def _hanging(
        self, lead: Part, text: str, style: Style, indent: int | None = None, mark: Part = _NO_MARK
    ) -> Iterator[Line]:
        """A text whose later lines stand under its first word, or `indent` further in."""
        begin = cells(lead.text) + cells(mark.text)
        hang = begin if indent is None else indent
        lines = wrap(firm(one_line(text)), self.width - hang, self.width - begin)
        for number, line in enumerate(lines):
            line = line.replace("\N{NO-BREAK SPACE}", " ")
            if number:
                yield (Part(" " * hang), Part(line, style))
            else:
                yield tuple(part for part in (lead, mark, Part(line, style)) if part.text)


def _call(whom: ToCall, most: int) -> str:
    names = _list(whom.names[:most], "; ")
    return " ".join(filter(None, (whom.lead, names, whom.after)))


def _list(names: Sequence[str], between: str = ", ") -> str:
    return between.join(names) + "." if names else ""
