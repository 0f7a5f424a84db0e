"""The pictures of the README, made by the program: `python tests/pictures.py` writes them anew.

Why this module exists: a picture that nobody makes again tells of a program that is gone.
`tests/test_pictures.py` makes each one and compares.

It must not show what no screen shows: the lines are those of a terminal of 80 columns.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from pathfinder import decide, load_rules
from pathfinder.ask.interview import AskedQuestion
from pathfinder.ask.menu_layout import draw
from pathfinder.ask.menu_messages import question_menu
from pathfinder.ask.phrases import Setting
from pathfinder.engine.explain import explain
from pathfinder.engine.ruleset import region_of
from pathfinder.loader.answers_file import read_answers
from pathfinder.pages.answer import answer
from pathfinder.render.answer import WIDEST, fitted, joined
from pathfinder.render.layout import STYLES
from pathfinder.terminal import Size

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
ROWS = 22
LIGHT = TerminalTheme(
    (255, 255, 255),
    (27, 27, 27),
    [(0, 0, 0), (205, 0, 0), (0, 128, 0), (128, 128, 0), (0, 0, 238), (128, 0, 128), (0, 135, 175),
     (229, 229, 229)],
)  # fmt: skip
FORMAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" \
aria-label="LABEL">
<style>
.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; \
line-height: {line_height}px; }}
{styles}
</style>
<rect width="100%" height="100%" fill="#ffffff" stroke="#767676" rx="8"/>
<defs>
{lines}
</defs>
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Like rich's own, but nothing is loaded when it is opened, and it says what it shows."""

Styled = Sequence[tuple[str, str]]


def answer_lines() -> list[Styled]:
    rules = load_rules()
    answers = read_answers(rules, str(ROOT / "docs" / "examples" / "mother-with-two-hours.yaml"))
    decision = decide(rules, answers)
    told = answer(rules, decision, explain(rules, answers, decision))
    lines = joined(fitted(told, WIDEST, ROWS, drawn=True))
    return [[(part.style, part.text) for part in line] for line in lines]


def question_lines() -> list[Styled]:
    rules = load_rules()
    question = rules.question_by_id["substances"]
    place = [each.id for each in rules.questions].index(question.id)
    part = next(each.title for each in rules.factors if each.id == question.factor)
    step = AskedQuestion(question, place + 1, len(rules.questions), part, None, True)
    menu = question_menu(Setting(rules, region_of(rules, "us"), False), step)
    picture = draw(menu._replace(marked=frozenset({0})), Size(80, 24), 0)
    return [row.parts or [("strong" if row.bold else "", row.text)] for row in picture.rows]


PICTURES = {
    "answer.svg": (answer_lines, "The answer at a terminal; the text of it stands below."),
    "question.svg": (question_lines, "A question at a terminal; the text of it stands below."),
}


def svg(name: str) -> str:
    """The picture as SVG, the same whenever it is made from the same lines."""
    lines, label = PICTURES[name]
    console = Console(
        file=io.StringIO(), record=True, width=80, color_system="truecolor", force_terminal=True
    )
    for line in lines():
        text = Text()
        for style, piece in line:
            text.append(piece, STYLES[style])
        console.print(text, soft_wrap=True)
    made = console.export_svg(
        title="", theme=LIGHT, code_format=FORMAT.replace("LABEL", label), unique_id=name[:3]
    )
    return "\n".join(row.rstrip() for row in made.splitlines()) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in PICTURES:
        (FOLDER / name).write_text(svg(name), encoding="utf-8")


if __name__ == "__main__":
    main()
