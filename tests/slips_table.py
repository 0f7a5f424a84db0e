"""Slips planted on purpose, and who catches each: check, test, verify, or the page of diff.

Run: python tests/slips_table.py
Prints one line a kind of slip, with how many were planted and who was the first to catch them, then
every slip that nobody catches, by its name; before the last row, how many of all stand in our own
rules, and not in a tiny set. What is said there to change nobody's decision is held
to that by `test_proofs_bite.py`; anything else is a true miss. More than five end the run with 1.

Not planted, as no tool can know it: a number of points that is only unwise, a sentence that says
the wrong thing well, a number to call that belonged to somebody else all along.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import tiny
from mutants import mutants
from test_hidden_signs import HOME, SIGNS
from test_loader_slips import SLIPS
from test_proofs_bite import REDUNDANT, by_a_promise, by_somebody, two_people

from pathfinder import load_rules
from pathfinder.errors import RulesError
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.cases.case_file import read_cases
from pathfinder.ruletools.check.registry import TODAY, all_checks, with_change
from pathfinder.ruletools.check.run import run_checks
from pathfinder.ruletools.verify import read_statements

HAND: dict[str, tuple[str, str, str, str]] = {
    "guard-family-sessions": ("guard out", "factors/spirituality.yaml",
        "      none: [{danger: {includes: violence}}]\n    support: family", "    support: family"),
    "guard-going-home": ("guard out", "factors/home.yaml",
        "            because: so you can live there meanwhile.\n"
        "            unless: {danger: {includes: violence}}\n",
        "            because: so you can live there meanwhile.\n"),
    "guard-sober-housing": ("guard out", "factors/home.yaml",
        "    unless: {holds: no-use-to-speak-of}\n    support: sober-housing",
        "    support: sober-housing"),
    "guard-readiness": ("guard out", "factors/motivation.yaml",
        "        if: one day you wanted a change\n"
        "        unless: {any: [{danger: {includes: violence}}, {self_harm: plan}]}\n",
        "        if: one day you wanted a change\n"),
    "barrier-hours": ("barrier widened", "factors/responsibilities.yaml",
        "when: {weekly_hours: {at_most: 3_to_8}}\n    paths: {level: intensive}",
        "when: {weekly_hours: {at_most: 9_to_19}}\n    paths: {level: intensive}"),
    "barrier-money": ("barrier widened", "factors/cost.yaml",
        "    paths: {peers: false}\n    helps", "    paths: all\n    helps"),
    "barrier-rules-out": ("barrier widened", "factors/cost.yaml",
        "rules_out: false", "rules_out: true"),
    "statement-last": ("statement deleted", "checks.yaml", "  - id: a-blank-is-read-with-care", ""),
    "statement-family": ("statement deleted", "checks.yaml",
        "  - id: family-comes-in-only-where-it-is-safe", ""),
    "sign-peers-cost": ("wrong sign", "factors/cost.yaml",
        "        for:\n          - {paths: {peers: true}, weight: 2",
        "        against:\n          - {paths: {peers: true}, weight: 2"),
    "sign-home-pulls": ("wrong sign", "factors/home.yaml",
        "        says: Much at home pulls you back\n        for:",
        "        says: Much at home pulls you back\n        against:"),
    "id-of-a-support": ("wrong id", "factors/spirituality.yaml",
        "support: family-sessions", "support: family-session"),
    "id-of-a-step": ("wrong id", "factors/home.yaml", "first: safe-place", "first: safe-places"),
    "id-of-another-step": ("wrong id", "factors/safety.yaml",
        "first: psychiatric-evaluation", "first: safe-place"),
    "id-of-a-family": ("wrong id", "factors/home.yaml",
        "family: [groups, talks, after]", "family: [group, talks, after]"),
    "weight-one-zero-more": ("weight typo", "factors/cost.yaml", "weight: 3, because: and care day",
        "weight: 30, because: and care day"),
    "weight-a-letter": ("weight typo", "factors/cost.yaml", "weight: 3, because: and care day",
        "weight: l, because: and care day"),
    "inverted-money": ("condition inverted", "factors/cost.yaml",
        "when: {payment: limited}\n    paths", "when: {none: [{payment: limited}]}\n    paths"),
    "inverted-torn": ("condition inverted", "factors/motivation.yaml",
        "when: {motivation: torn}", "when: {none: [{motivation: torn}]}"),
    "inverted-two-that-slow-the-breath": ("condition inverted", "factors/withdrawal.yaml",
        "      any:\n        - {substances: {two_with: slows_breath}}\n",
        "      any:\n        - {none: [{substances: {two_with: slows_breath}}]}\n"),
    "swapped-hours": ("at_least/at_most", "factors/responsibilities.yaml",
        "when: {weekly_hours: {at_most: 3_to_8}}\n    paths: {level: intensive}",
        "when: {weekly_hours: {at_least: 3_to_8}}\n    paths: {level: intensive}"),
    "swapped-home": ("at_least/at_most", "factors/home.yaml",
        "when: {home: {at_most: unsafe}}\n    unless: {holds: no-use-to-speak-of}\n    support",
        "when: {home: {at_least: unsafe}}\n    unless: {holds: no-use-to-speak-of}\n    support"),
    "swapped-part": ("at_least/at_most", "factors/motivation.yaml",
        "{motivation: {at_least: willing}, stage", "{motivation: {at_most: willing}, stage"),
    "told-not-ready": ("told to the wrong person", "factors/motivation.yaml",
        "when: {motivation: not_ready}", "when: {motivation: committed}"),
    "told-online": ("told to the wrong person", "factors/spirituality.yaml",
        "when: {wishes: {includes: online}}", "when: {wishes: {includes: evening}}"),
    "told-evening": ("told to the wrong person", "factors/spirituality.yaml",
        "when: {wishes: {includes: evening}}\n    support: evening",
        "when: {wishes: {includes: whole_person}}\n    support: evening"),
    "trait-of-a-home-program": ("trait of a path", "paths.yaml",
        "traits: {housing: false, goes_home: true, peers: false, "
        "mental_health: true, assessment: false, family: iop}",
        "traits: {housing: true, goes_home: true, peers: false, "
        "mental_health: true, assessment: false, family: iop}"),
    "trait-of-a-day-program": ("trait of a path", "paths.yaml",
        "traits: {housing: false, goes_home: true, peers: false, "
        "mental_health: true, assessment: false, family: day}",
        "traits: {housing: true, goes_home: true, peers: false, "
        "mental_health: true, assessment: false, family: day}"),
    "trait-of-a-house": ("trait of a path", "paths.yaml",
        "traits: {housing: true, goes_home: false, peers: false, "
        "mental_health: false, assessment: false, family: iop}",
        "traits: {housing: false, goes_home: false, peers: false, "
        "mental_health: false, assessment: false, family: iop}"),
    "trait-of-a-ward": ("trait of a path", "paths.yaml",
        "traits: {housing: true, goes_home: false, peers: false, "
        "mental_health: true, assessment: false, family: residential}",
        "traits: {housing: true, goes_home: false, peers: false, "
        "mental_health: false, assessment: false, family: residential}"),
    "traits-of-a-home-program": ("trait of a path", "paths.yaml",
        "traits: {housing: false, goes_home: true, peers: false, "
        "mental_health: true, assessment: false, family: day}",
        "traits: {housing: true, goes_home: false, peers: false, "
        "mental_health: true, assessment: false, family: day}"),
    "trait-of-talks": ("trait of a path", "paths.yaml",
        "assessment: true, family: talks}", "assessment: false, family: talks}"),
    "trait-of-care-after": ("trait of a path", "paths.yaml",
        "assessment: false, family: after}", "assessment: false, family: talks}"),
    "trait-of-opioids": ("trait of a substance", "factors/severity.yaml",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy, opioid]",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy]"),
    "trait-of-sedatives": ("trait of a substance", "factors/severity.yaml",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy, taper]",
        "traits: [slows_breath, risk_in_pregnancy, taper]"),
    "breath-of-sedatives": ("trait of a substance", "factors/severity.yaml",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy, taper]",
        "traits: [hard_to_stop, risk_in_pregnancy, taper]"),
    "breath-of-opioids": ("trait of a substance", "factors/severity.yaml",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy, opioid]",
        "traits: [hard_to_stop, risk_in_pregnancy, opioid]"),
    "pregnancy-of-sedatives": ("trait of a substance", "factors/severity.yaml",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy, taper]",
        "traits: [slows_breath, hard_to_stop, taper]"),
    "pregnancy-of-opioids": ("trait of a substance", "factors/severity.yaml",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy, opioid]",
        "traits: [slows_breath, hard_to_stop, opioid]"),
    "trait-of-alcohol": ("trait of a substance", "factors/severity.yaml",
        "traits: [slows_breath, hard_to_stop, risk_in_pregnancy]",
        "traits: [hard_to_stop, risk_in_pregnancy]"),
    "trait-of-stimulants": ("trait of a substance", "factors/severity.yaml",
        "traits: [may_hold_opioids]", "traits: [not_known_to_us]"),
    "trait-of-the-rest": ("trait of a substance", "factors/severity.yaml",
        "traits: [hard_to_stop, not_known_to_us]", "traits: [not_known_to_us]"),
    "list-without-a-program": ("list with one missing", "checks.yaml",
        "not_ranked: {level: [intensive, day], goes_home: true}",
        "not_ranked: [iop-twelve-step, iop-secular, day-treatment]"),
    "list-without-an-iop": ("list with one missing", "checks.yaml",
        "then: {not_ranked: {level: intensive}}",
        "then: {not_ranked: [iop-twelve-step, iop-secular, iop-sober-living]}"),
    "list-without-a-group": ("list with one missing", "checks.yaml",
        "then: {not_ranked: {level: support}}", "then: {not_ranked: [twelve-step-meetings]}"),
    "gate-without-a-program": ("list with one missing", "factors/home.yaml",
        "set_aside: {level: [intensive, day], housing: false}",
        "set_aside: [iop-twelve-step, iop-secular, day-treatment]"),
    "gate-without-day-care": ("list with one missing", "factors/home.yaml",
        "set_aside: {level: [intensive, day], housing: false}",
        "set_aside: {level: intensive, housing: false}"),
    "question-of-withdrawal": ("question reworded", "factors/withdrawal.yaml",
        "ask: When you stop or cut down, what happens?", "ask: How do you feel most mornings?"),
    "question-of-danger": ("question reworded", "factors/safety.yaml",
        "ask: Is any of this happening right now?", "ask: Has any of this ever happened?"),
    "answer-of-a-seizure": ("question reworded", "factors/safety.yaml",
        "seizure_or_confusion: A seizure, being very confused, or seeing things",
        "seizure_or_confusion: Feeling unwell"),
    "answer-of-a-plan": ("question reworded", "factors/safety.yaml",
        "plan: Yes, and I have a plan, mean to act, or tried not long ago",
        "plan: Yes, and it worries me"),
    "answer-of-dangerous": ("question reworded", "factors/withdrawal.yaml",
        'dangerous: "Dangerous: a seizure, confusion, or seeing things"',
        "dangerous: I feel quite unwell"),
    "number-of-the-lifeline": ("number or name", "help_lines.yaml",
        'number: "988 (call or text)"', 'number: "989 (call or text)"'),
    "reviewer": ("number or name", "ruleset.yaml",
        'by: "the developers; no clinician has reviewed these rules"', 'by: "a clinician"'),
    "interest-of-a-source": ("number or name", "sources.yaml",
        "interest: sells IOP care", "interest: none stated"),
    "about-equal": ("number or name", "ruleset.yaml",
        "about_equal_within: 1", "about_equal_within: 3"),
    "case-of-violence": ("case deleted", "cases/violence-at-home.yaml", "", ""),
    "case-of-a-plan": ("case deleted", "cases/plan-to-die.yaml", "", ""),
    "text-of-naloxone": ("text weakened", "steps.yaml",
        "Carry naloxone, from a pharmacy or a clinic.",
        "You may like to hear about naloxone."),
    "text-of-stopping": ("text weakened", "steps.yaml",
        "If you use now, don't stop suddenly on your own.", "If you use now, try to stop soon."),
}  # fmt: skip
"""By hand, in the built-in rules: the kind, the file, what stood there, what stands there now. A
statement is taken out whole, from this line to the next one like it, and a case with its file."""

TOLD: dict[str, str] = {
    "list-without-an-iop": "Weaker: Where less is enough, programs of many hours are not in",
    "list-without-a-group": "Weaker: Whoever needs more than a group alone has a professional",
    "question-of-withdrawal": "was “When you stop or cut down, what happens?”; is “How do you feel",
    "question-of-danger": "was “Is any of this happening right now?”; is “Has any of this ever",
    "answer-of-a-seizure": "was “A seizure, being very confused, or seeing things”; is “Feeling",
    "answer-of-a-plan": "was “Yes, and I have a plan, mean to act, or tried not long ago”; is",
    "answer-of-dangerous": "was “Dangerous: a seizure, confusion, or seeing things”; is “I feel",
    "number-of-the-lifeline": "number: was “988 (call or text)”; is “989 (call or text)”",
    "reviewer": "(reviewed by: was “the developers; no clinician has reviewed these rules”;",
    "interest-of-a-source": "(interest: was “sells IOP care”; is “none stated”)",
    "about-equal": "(points within which paths are about equal: was “1”; is “3”)",
    "case-of-a-plan": "Cases deleted (1): “plan to die”.",
    "text-of-stopping": "was If you use now, don't stop suddenly on your own. (when: all that",
}
"""What the page of diff says of a slip that no command ends badly for."""

MOST_MISSED = 5
CATCHERS = ("check", "test", "verify", "diff", "nobody")


class Slip(NamedTuple):
    kind: str
    name: str
    caught_by: str


def written_slips() -> Iterator[Slip]:
    """A word, a key or a form that can't be read, in each kind of file."""
    for name, (file, old, new, *_) in SLIPS.items():
        with tempfile.TemporaryDirectory() as work:
            folder = tiny.write(Path(work) / "rules")
            tiny.change(folder, file, old, new)
            try:
                load_rules(folder)
            except RulesError:
                yield Slip("can't be read", name, "check")
            else:
                yield Slip("can't be read", name, "nobody")


def slips_of_the_checks() -> Iterator[Slip]:
    """What can be read and still shouldn't stand there: the bad example of each check."""
    for check in all_checks():
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work)
            for name, data in with_change(check, check.bad).items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            found = {each.code for each in run_checks(folder, TODAY).found}
            caught = "check" if check.code in found else "nobody"
            yield Slip(f"can be read: {check.family}", check.code, caught)


def hidden_signs() -> Iterator[Slip]:
    """What looks right and isn't: blanks, letters of other scripts, marks of a merge, line ends."""
    for name, (old, new, *_) in SIGNS.items():
        yield from _in_the_tiny_set(
            "hidden sign", name, lambda text, o=old, n=new: text.replace(o, n, 1)
        )
    yield from _in_the_tiny_set("hidden sign", "line ends of old Macs", _of_old_macs)


def _of_old_macs(text: str) -> str:
    return text.replace("\n", "\r")


def _in_the_tiny_set(kind: str, name: str, slip: Callable[[str], str]) -> Iterator[Slip]:
    with tempfile.TemporaryDirectory() as work:
        folder = tiny.write(Path(work) / "rules")
        file = folder / HOME
        file.write_bytes(slip(file.read_text(encoding="utf-8")).encode())
        before = {
            each.code for each in run_checks(tiny.write(Path(work) / "as it was"), TODAY).found
        }
        found = {each.code for each in run_checks(folder, TODAY).found} - before
        yield Slip(kind, name, "check" if found else "nobody")


def slips_by_hand(names: Collection[str] = tuple(HAND)) -> Iterator[Slip]:
    """What an author gets wrong in our own rules, and which command is the first to end badly."""
    for name in names:
        kind, file, old, new = HAND[name]
        with tempfile.TemporaryDirectory() as work:
            folder = Path(shutil.copytree(built_in(), Path(work) / "rules"))
            text = (folder / file).read_text(encoding="utf-8")
            assert old in text, name
            if kind == "case deleted":
                (folder / file).unlink()
                yield Slip(f"by hand: {kind}", name, _first_to_end_badly(folder, name))
                continue
            if kind == "statement deleted":
                start = text.index(old)
                end = text.find("\n  - id: ", start + 1)
                text = text[:start] + ("" if end < 0 else text[end + 1 :])
            else:
                text = text.replace(old, new, 1)
            (folder / file).write_text(text, encoding="utf-8")
            yield Slip(f"by hand: {kind}", name, _first_to_end_badly(folder, name))


def _first_to_end_badly(folder: Path, name: str) -> str:
    if run_checks(folder, date.fromisoformat(load_rules().reviewed_on)).found:
        return "check"
    commands = {
        "test": ["test", str(folder), "--threshold", "100"],
        "verify": ["verify", str(folder), "--against", "built-in"],
    }
    if name in TOLD:  # what a page tells needs no proof that nobody else does
        del commands["verify"]
    for catcher, command in commands.items():
        run = subprocess.run(
            [sys.executable, "-m", "pathfinder", "rules", *command], capture_output=True
        )
        assert run.returncode in (0, 1, 65), (command, run.stderr)
        if run.returncode:
            return catcher
    return "diff" if name in TOLD and TOLD[name] in diff_page(folder) else "nobody"


def diff_page(folder: Path) -> str:
    """The page to sign, on one line: diff fails for nothing, so what it says is what it catches."""
    command = [sys.executable, "-m", "pathfinder", "rules", "diff", "built-in", str(folder)]
    run = subprocess.run(command, capture_output=True, check=True)
    return " ".join(run.stdout.decode("utf-8").split())


def broken_rules() -> Iterator[Slip]:
    """A rule that keeps people safe, or what it stands on, taken out, turned around or moved."""
    rules = load_rules()
    people = list(read_cases(rules, built_in()))
    promises = sorted(read_statements(rules), key=two_people)
    for mutant in mutants(rules):
        if by_somebody(mutant, people):
            caught = "test"
        else:
            caught = "verify" if by_a_promise(mutant, promises) else "nobody"
        yield Slip(_kind(mutant.how), mutant.name, caught)


def _kind(how: str) -> str:
    for kind in ("taken out", "turned around", "without", "reads as", "asked", "takes over"):
        if how.startswith(kind):
            return f"rule: {kind}"
    if how.startswith(("at least", "no longer")):
        return "rule: asks for less"
    return "rule: signs counted otherwise" if "signs" in how else "rule: a bound or a list moved"


def main() -> int:
    counts: dict[str, Counter[str]] = {}
    missed: list[Slip] = []
    planted = (
        written_slips(),
        hidden_signs(),
        slips_of_the_checks(),
        slips_by_hand(),
        broken_rules(),
    )
    for slips in planted:
        for slip in slips:
            counts.setdefault(slip.kind, Counter())[slip.caught_by] += 1
            if slip.caught_by == "nobody":
                missed.append(slip)
    print(f"{'slip':36}{'planted':>9}" + "".join(f"{who:>9}" for who in CATCHERS))
    for kind, found in counts.items():
        shown = "".join(f"{found[who]:>9}" for who in CATCHERS)
        print(f"{kind:36}{found.total():>9}{shown}")
    own = [found for kind, found in counts.items() if kind.startswith(("by hand", "rule: "))]
    total = sum(own, Counter[str]())
    print(
        f"{'in our own rules':36}{total.total():>9}"
        + "".join(f"{total[who]:>9}" for who in CATCHERS)
    )
    total = sum(counts.values(), Counter[str]())
    print(f"{'all':36}{total.total():>9}" + "".join(f"{total[who]:>9}" for who in CATCHERS))
    print("Nobody catches:")
    for slip in missed:
        why = "changes nobody's decision" if slip.name in REDUNDANT else "a true miss"
        print(f"  {slip.name} ({why})")
    return 1 if len([slip for slip in missed if slip.name not in REDUNDANT]) > MOST_MISSED else 0


if __name__ == "__main__":
    sys.exit(main())
