"""LHC-Forms, the form tool of the National Library of Medicine, in a page of its own.

PATHFINDER_FHIR names a folder with it in `lforms/`, unpacked from its npm package.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, Page

SCRIPTS = ("assets/lib/zone.min.js", "runtime.js", "polyfills.js", "main.js")
SETTLED = """(async () => {
  const count = () => document.querySelectorAll('#form .lhc-item').length;
  for (let before = -1; before !== count() || !before; ) {
    before = count();
    await new Promise(done => setTimeout(done, 200));
  }
})()"""
"""On a busy computer it takes a while until the form stands there."""

CLICK = """(async code => {
  const pause = time => new Promise(done => setTimeout(done, time));
  const labels = () => [...document.querySelectorAll('#form label')]
    .filter(label => label.id.endsWith('|' + code));
  for (let tries = 0; tries < 100 && labels().length !== 1; tries++) await pause(50);
  if (labels().length !== 1) return code + ': ' + labels().length;
  labels()[0].click();
  await pause(20);
  return '';
})(%s)"""


def lforms_needed() -> Path:
    """Its folder. Skips, or fails where a browser is required."""
    folder = Path(os.environ.get("PATHFINDER_FHIR", "")) / "lforms" / "dist" / "lforms"
    if folder.is_dir():
        return folder
    what = "PATHFINDER_FHIR names no folder with lforms/"
    if os.environ.get("PATHFINDER_BROWSER") == "required":
        pytest.fail(what)
    pytest.skip(what)


def host_page(folder: Path, file: Path) -> Path:
    """A page that loads LHC-Forms from the disk, and nothing else."""
    scripts = [folder / "webcomponent" / name for name in SCRIPTS]
    scripts.append(folder / "fhir" / "lformsFHIRAll.min.js")
    style = (folder / "webcomponent" / "styles.css").as_uri()
    file.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>form</title>'
        f'<link rel="stylesheet" href="{style}"><div id="form"></div>'
        + "".join(f'<script src="{each.as_uri()}"></script>' for each in scripts),
        "utf-8",
    )
    return file


def shown(browser: Browser, host: Path, form: dict[str, Any], release: str) -> Page:
    """The form, as LHC-Forms draws it."""
    page = browser.open(host, width=900)
    page.run(f"window.form = {json.dumps(form)}")
    page.run(f"LForms.Util.addFormToPage(form, 'form', {{fhirVersion: '{release}'}})")
    page.run(SETTLED)
    return page


def click(page: Page, code: str) -> None:
    """Choose the answer with this code, as a hand would."""
    assert page.run(CLICK % json.dumps(code)) == ""


def given_back(page: Page, release: str) -> dict[str, Any]:
    """The QuestionnaireResponse that LHC-Forms makes of what is filled in."""
    script = f"JSON.stringify(LForms.Util.getFormFHIRData('QuestionnaireResponse', '{release}'))"
    return dict(json.loads(page.run(script)))
