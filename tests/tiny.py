"""A tiny rule set that holds, and what it takes to break one line of it.

For tests of anything that reads rules: `write(folder)` puts the files there,
`change(folder, name, old, new)` edits one, `place(folder, name, text)` says
where a text stands.
"""

from __future__ import annotations

from pathlib import Path

_GROUNDS = "sources: [{id: book, section: One}]"

_TEXTS = "\n".join(
    f"  {key}: {{text: Some words., {_GROUNDS}}}"
    for key in (
        "privacy",
        "sensitive",
        "not_a_diagnosis",
        "assessment",
        "review",
        "evidence",
        "level_opens_when",
        "about_equal",
        "above_need",
        "once_safe",
    )
)


def _path(name: str, level: str, approach: str) -> str:
    lists = "\n".join(
        f"    {key}: [{{text: Some words., {_GROUNDS}}}]"
        for key in ("what", "week", "run_by", "length", "cost", "ask", "next")
    )
    return f"""\
  - id: {name}
    name: A name
    short: What it is.
    level: {level}
    approach: {approach}
    first_moves: [call-today]
{lists}
    compare: {{philosophy: Some words., time: Some words., {_GROUNDS}}}
"""


FILES: dict[str, str] = {
    "ruleset.yaml": f"""\
id: tiny
version: "1.0.0"
title: A tiny rule set
reviewed: {{date: "2026-11-22", by: nobody, next: "2027-05-22"}}
scope: {{question: age_group, out: [under_18]}}
factors: [{{id: needs, title: Needs}}, {{id: home, title: Home}}]
order: [age_group, substances, severity, severity_signs, home]
levels:
  - {{id: support, name: Support groups, hours: a few}}
  - {{id: outpatient, name: Outpatient, hours: under nine}}
  - {{id: residential, name: Residential, hours: day and night}}
texts:
{_TEXTS}
  under_18: [{{text: Some words., judgement: We decided so.}}]
""",
    "sources.yaml": """\
sources:
  - {id: book, title: A book, publisher: A press, year: not stated, address: not stated,
     interest: none stated}
left_out:
  - {claim: F10, because: Nobody needs it.}
""",
    "paths.yaml": f"""\
compare: [{{id: philosophy, title: Philosophy}}, {{id: time, title: Time}}]
shared:
  - {{id: call-today, text: Call today., {_GROUNDS}}}
paths:
{_path("groups", "support", "either")}{_path("talks", "outpatient", "secular")}\
{_path("stay", "residential", "twelve-step")}""",
    "steps.yaml": f"""\
alerts:
  - {{id: call-emergency, title: Call now, text: Some words., lines: [emergency], hold: true,
     {_GROUNDS}}}
steps:
  - {{id: safe-place, title: A safe place, moves: [{{text: Some words., {_GROUNDS}}}]}}
""",
    "supports.yaml": f"""\
supports:
  - {{id: online, title: Online, text: Some words., {_GROUNDS}}}
""",
    "help_lines.yaml": """\
default: us
elsewhere:
  id: elsewhere
  name: another country
  lines:
    - {id: elsewhere-emergency, name: Emergency, number: your local emergency number,
       when: any time, kinds: [emergency], seen_on: "2026-11-22", seen_at: nowhere}
regions:
  - id: us
    name: United States
    aliases: [usa]
    lines:
      - {id: us-emergency, name: Emergency, number: "911", when: any time,
         kinds: [emergency, violence], seen_on: "2026-11-22", seen_at: a page}
""",
    "factors/needs.yaml": f"""\
factor: needs
questions:
  - id: age_group
    kind: one
    ask: How old are you?
    why: This tool is for adults.
    cue: The age.
    answers: {{under_18: Under 18, adult: 18 or over}}
  - id: substances
    kind: many
    ask: What do you use?
    why: Some need a doctor.
    cue: All of them.
    answers: {{alcohol: Alcohol, opioids: Opioids, cannabis: Cannabis, none: None of these}}
  - id: severity
    kind: scale
    ask: How hard is it?
    why: It sets the care.
    cue: Signs.
    answers: {{risky: Risky, mild: Mild, severe: Severe}}
    unsure: I can't say
    ask_when: {{none: [{{substances: none}}]}}
    can_change: true
    derived: {{from: severity_signs, counts: {{risky: 0, mild: 1, severe: 2}}}}
    by_region: {{us: In the States., elsewhere: In your country.}}
    readings:
      - {{id: severity-unknown, as: mild, when: {{severity: {{answered: false}}}},
         because: You are not sure., check: How hard is it?, judgement: To be safe.}}
      - {{id: severity-corrected, as: severe, when: {{severity: [risky, mild], home: none}},
         because: It is harder., check: How hard is it?, judgement: To be safe.}}
  - id: severity_signs
    kind: many
    ask: Which of these?
    why: They tell how hard it is.
    cue: Two signs.
    answers: {{cravings: Cravings, conflict: Conflict, none: None of these}}
    ask_when: {{severity: {{answered: false}}}}
alerts:
  - id: opioids-alert
    when: {{substances: {{includes: opioids}}}}
    alert: call-emergency
    because: This is an emergency.
    check: Is this an emergency?
    judgement: To be safe.
    fires: {{substances: [opioids]}}
    quiet: {{substances: [alcohol]}}
supports:
  - id: online-for-adults
    when: {{age_group: adult}}
    unless: {{substances: cannabis}}
    support: online
    because: You can.
    judgement: To be safe.
reasons:
  - id: substances-reasons
    by: substances
    {_GROUNDS}
    answers:
      alcohol: {{says: You drink, for: [{{paths: [groups], weight: 1, because: and it helps.}}]}}
      opioids:
        says: You use opioids
        for:
          - {{paths: [groups], weight: 2, because: and people help there.}}
          - {{paths: [stay], weight: 3, because: and here is a doctor.}}
      cannabis:
        says: You use cannabis
        against: [{{paths: [stay], weight: 3, because: and this is too much.}}]
        judgement: To be safe.
      none: {{}}
      unsure: {{says: You are not sure, for: [{{paths: [talks], weight: 1, because: so talk.}}]}}
""",
    "factors/home.yaml": f"""\
factor: home
questions:
  - id: home
    kind: scale
    ask: Where do you sleep?
    why: Home matters.
    cue: A bed.
    answers: {{none: Nowhere, unsafe: Not safe, steady: Steady}}
first:
  - id: no-safe-home
    when: {{home: {{at_most: unsafe}}}}
    first: safe-place
    because: You need a safe place.
    check: Is home safe?
    {_GROUNDS}
    fires: {{home: none}}
    quiet: {{home: steady}}
gates:
  - id: severe-without-a-home
    when: {{severity: {{at_least: severe}}, home: [none, unsafe]}}
    at_least: residential
    because: You need care day and night.
    check: Do I need this care?
    {_GROUNDS}
    fires: {{severity: severe, home: none}}
    quiet: {{severity: severe, home: steady}}
  - id: risky-is-less
    when: {{all: [{{severity: risky}}], any: [{{home: steady}}, {{substances: alcohol}}]}}
    set_aside: [stay]
    opens_when: If it gets harder.
    alongside: true
    because: Less is enough.
    check: Is less enough?
    judgement: To be safe.
    fires: {{severity: risky, home: steady}}
    quiet: {{severity: severe}}
notes:
  - {{id: a-note, when: {{home: steady}}, because: Home is steady., judgement: So it is.}}
moves:
  - {{id: a-move, when: {{home: none}}, because: Call a shelter., judgement: So it is.}}
barriers:
  - id: far-away
    question: home
    when: {{home: none}}
    paths: [stay, talks]
    helps: [online]
    rules_out: true
    because: It is far.
    judgement: So it is.
reasons:
  - id: home-reasons
    by: home
    {_GROUNDS}
    answers:
      none:
        says: You have no home
        for: [{{paths: [stay], weight: 3, because: and you sleep here.}}]
      unsafe: {{}}
      steady:
        says: Home is steady
        for: [{{paths: [groups, talks], weight: 1, because: so you can come.}}]
        against: [{{paths: [stay], weight: 1, because: so you can sleep there.}}]
""",
}


def write(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    """The files in `folder`; `changes` replaces a file's text, or leaves it out with None."""
    for name, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first `old` in a file, which must be there."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, f"{old!r} isn't in {name}"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def place(folder: Path, name: str, text: str) -> tuple[int, int]:
    """Line and column of the first `text` in a file, from 1."""
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if text in line:
            return number, line.index(text) + 1
    raise AssertionError(f"{text!r} isn't in {name}")
