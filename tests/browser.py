"""A headless Chromium for the tests, spoken to over two pipes: no port, no driver, no package.

Tests that use it skip where the browser or axe-core is missing, unless PATHFINDER_BROWSER is
`required`: then they fail. PATHFINDER_AXE names the file axe.min.js of the npm package axe-core.
"""

from __future__ import annotations

import base64
import json
import os
import re
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip
PATIENCE = 60
"""Seconds without a word from the browser after which something is wrong."""

PAPER = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}
"""Width and height in inches."""


def needed() -> tuple[str, str]:
    """The browser's program and the text of axe-core. Skips, or fails where they are required."""
    program = program_needed()
    axe = os.environ.get("PATHFINDER_AXE", "")
    if os.path.isfile(axe):
        return program, Path(axe).read_text(encoding="utf-8")
    return _missing("PATHFINDER_AXE names no file axe.min.js")


def program_needed() -> str:
    """The browser's program. Skips, or fails where one is required."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    return program or _missing("there is no Chromium")


def _missing(what: str) -> NoReturn:
    if os.environ.get("PATHFINDER_BROWSER") == "required":
        pytest.fail(f"a browser is required, and {what}")
    pytest.skip(what)


class Browser:
    """One browser process. `messages` that ask for nothing are kept by session."""

    def __init__(self, program: str) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="pathfinder-browser-")
        hears, self._out = os.pipe()
        self._in, says = os.pipe()
        # The browser listens on 3 and speaks on 4; only a shell can put pipes just there.
        command = f'exec "$0" "$@" 3<&{hears} 4>&{says}'
        self._process = subprocess.Popen(
            ["bash", "-c", command, program, *QUIET, "--remote-debugging-pipe",
             f"--user-data-dir={self._home.name}", "about:blank"],
            pass_fds=(hears, says), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(hears)
        os.close(says)
        self._waiting = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def close(self) -> None:
        os.close(self._out)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        self._home.cleanup()

    def ask(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """One command of the DevTools protocol, and its answer."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._hear()
            if answer.get("id") == message["id"]:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])
            self.events.append(answer)

    def wait_for(self, method: str, session: str) -> None:
        while not any(self._is(event, method, session) for event in self.events):
            self.events.append(self._hear())

    def open(self, file: Path, *, width: int, dark: bool = False) -> Page:
        """The file in a window of that width, in light or dark colours, when it has loaded."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Network", "Runtime"):
            page.ask(f"{domain}.enable")
        page.resize(width)
        page.look(dark=dark)
        page.ask("Page.navigate", url=file.as_uri())
        self.wait_for("Page.loadEventFired", session)
        return page

    @staticmethod
    def _is(event: dict[str, Any], method: str, session: str) -> bool:
        return event.get("method") == method and event.get("sessionId") == session

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._in], [], [], PATIENCE)
            assert ready, f"the browser said nothing for {PATIENCE} seconds"
            found = os.read(self._in, 1 << 20)
            assert found, "the browser has ended"
            self._waiting += found
        message, _, self._waiting = self._waiting.partition(b"\0")
        return dict(json.loads(message))


class Page:
    """One open page."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        return self._browser.ask(method, self._session, **params)

    def look(self, *, dark: bool = False, media: str = "", forced: bool = False) -> None:
        """The colours that the reader asked for; `media` "print" shows it as on paper."""
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "forced-colors", "value": "active" if forced else "none"},
        ]
        self.ask("Emulation.setEmulatedMedia", media=media, features=features)

    def resize(self, width: int) -> None:
        self.ask("Emulation.setDeviceMetricsOverride",
                 width=width, height=900, deviceScaleFactor=1, mobile=False)  # fmt: skip

    def press(self, key: str) -> None:
        typed = "\r" if key == "Enter" else key
        text = {"text": typed} if len(typed) == 1 else {}
        code = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowDown": 40}[key]
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                     **(text if kind == "keyDown" else {}))  # fmt: skip

    def run(self, script: str) -> Any:
        """What an expression, or the promise that it makes, comes to."""
        answer = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def violations(self, axe: str) -> list[str]:
        """What axe-core finds, best practices included: each rule, and the first element."""
        self.run(f"if (!window.axe) {{ {axe} }}")
        found = self.run("axe.run(document, {resultTypes: ['violations']})")
        return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]

    def requests(self) -> list[str]:
        """Every address that the page asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self._browser.events
            if Browser._is(event, "Network.requestWillBeSent", self._session)
        ]

    def picture(self, file: Path) -> None:
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, paper: str) -> bytes:
        width, height = PAPER[paper]
        printed = self.ask("Page.printToPDF", paperWidth=width, paperHeight=height)
        return base64.b64decode(printed["data"])


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
