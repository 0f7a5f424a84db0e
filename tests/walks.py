"""The walks of docs/changing-rules.md, played: each edit is made, each command is run.

Run as a program, it writes the outputs anew: python tests/walks.py

A walk begins at `<!-- walk -->`, with a fresh copy of the rules in `my-rules`. What is done stands
in a comment, and often in the block below it:

- `<!-- new FILE -->`: the block is a whole file.
- `<!-- after FILE: TEXT -->`, `<!-- before FILE: TEXT -->`: the block stands there, beside the one
  line that holds the text.
- `<!-- fix FILE: TEXT .. TEXT -->`: the one text stands in the place of the other.
- `<!-- copy FILE: ID -->`: an entry once more, with the lines of the block in place of its own.
- `<!-- cut FILE: TEXT .. TEXT -->`: what stands from the one line up to the other is gone.
- `<!-- run -->`, or with the headings of what is shown: `<!-- run: Promises | To sign -->`; of a
  long one, `<!-- run: last line -->`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "changing-rules.md"
LEFT_OUT = "[…]"
_STEP = re.compile(
    r"<!-- (?P<what>walk|new|after|before|fix|copy|cut|run)\b:? ?(?P<of>.*?) ?-->\n"
    r"(?:```(?:yaml)?\n(?P<block>.*?)```)?",
    re.DOTALL,
)


def played(text: str, work: Path) -> str:
    """The page, with every output as it is now."""
    walk = _Walk(work)
    return _STEP.sub(walk.step, text)


class _Walk:
    def __init__(self, work: Path) -> None:
        self.work = work
        self.rules = work / "my-rules"

    def step(self, found: re.Match[str]) -> str:
        what, of, block = found["what"], found["of"].strip(), found["block"] or ""
        name, _, rest = of.partition(": ")
        file = self.rules / name
        if what == "walk":
            shutil.rmtree(self.rules, ignore_errors=True)
            shutil.copytree(ROOT / "rules", self.rules)
        elif what == "run":
            command, *_ = block.splitlines()
            output = "".join(f"{line}\n" for line in self._shown(command, of))
            return found[0].replace(block, f"{command}\n{output}")
        elif what == "new":
            self._write(file, block)
        elif what == "fix":
            self._write(file, _once(file.read_text(encoding="utf-8"), *rest.split(" .. ")))
        elif what == "cut":
            start, end = rest.split(" .. ")
            text = file.read_text(encoding="utf-8")
            at, to = _line(text, start)[0], _line(text, end)[0]
            self._write(file, text[:at] + text[to:])
        elif what == "copy":
            self._write(file, _copied(file.read_text(encoding="utf-8"), rest, block))
        else:
            text = file.read_text(encoding="utf-8")
            at = _line(text, rest)[what == "after"]
            self._write(file, text[:at] + block + text[at:])
        return found[0]

    def _write(self, file: Path, text: str) -> None:
        file.write_text(text, encoding="utf-8")

    def _shown(self, command: str, parts: str) -> Iterator[str]:
        program, *arguments = command.removeprefix("$ ").split()
        assert program == "pathfinder"
        ran = subprocess.run(
            [sys.executable, "-m", "pathfinder", *arguments],
            cwd=self.work,
            capture_output=True,
            env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"},
            check=False,
        )
        lines = (ran.stdout + ran.stderr).decode("utf-8").rstrip().splitlines()
        if not parts:
            yield from lines
            return
        if parts == "last line":
            yield from (LEFT_OUT, lines[-1])
            return
        wanted, shown = parts.split(" | "), True
        for place, line in enumerate(lines):
            after = place == 1 or not lines[place - 1]
            begins = place == 0 or (after and re.match(r"  \S", line))
            if begins and line.strip() not in wanted:
                if shown:
                    yield LEFT_OUT
                shown = False
            elif begins:
                shown = True
            if shown and line:
                yield line


def _line(text: str, part: str) -> tuple[int, int]:
    """Where the one line that says this, or holds it, begins, and where it ends."""
    lines = list(re.finditer(r"^.*\n", text, re.MULTILINE))
    found = [m for m in lines if m[0].strip() == part] or [m for m in lines if part in m[0]]
    assert len(found) == 1, (part, len(found))
    return found[0].span()


def _once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def _copied(text: str, name: str, block: str) -> str:
    entry = re.search(rf"^  - id: {name}\n(?:    .*\n|\n)*", text, re.MULTILINE)
    assert entry is not None
    made = entry[0]
    for line in block.splitlines(keepends=True):
        key = line.strip().removeprefix("- ").partition(":")[0]
        old = re.search(rf"^(?:    |  - ){key}:.*\n", made, re.MULTILINE)
        assert old is not None, key
        made = made.replace(old[0], line, 1)
    return text[: entry.end()] + made + text[entry.end() :]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(played(PAGE.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
