"""The names that a resource carries: addresses that lead nowhere, versions, codes.

Why this module exists: what goes out under a name must be known by it when it comes back,
months later and under other rules. A name is worked out from the rule set, so two machines give
the same one; it is a `urn:uuid`, for we own no address that would be kept for ever.

It must not borrow the code of another system: none of our questions is theirs word for word.
"""

from __future__ import annotations

import uuid
from typing import Any, Final, NamedTuple

from pathfinder.engine.question import Question
from pathfinder.engine.ruleset import RuleSet

Json = dict[str, Any]

_OURS: Final = uuid.UUID("6b1d3c0a-6a5e-5a0e-9d0e-0d6f5b7b1f27")
_EXTENSIONS: Final = "http://hl7.org/fhir/StructureDefinition/"
EXCLUSIVE: Final = f"{_EXTENSIONS}questionnaire-optionExclusive"
ITEM_CONTROL: Final = f"{_EXTENSIONS}questionnaire-itemControl"
CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"


class Release(NamedTuple):
    """What two releases of FHIR call differently."""

    name: str
    number: str
    choice: str
    weight: str


RELEASES: Final = {
    "R4": Release("R4", "4.0.1", "choice", f"{_EXTENSIONS}ordinalValue"),
    "R5": Release("R5", "5.0.0", "coding", f"{_EXTENSIONS}itemWeight"),
}


def urn(kind: str, name: str) -> str:
    """The same name for the same thing, on every machine."""
    return uuid.uuid5(_OURS, f"{kind}:{name}").urn


def form_url(rules: RuleSet) -> str:
    return urn("questionnaire", rules.id)


def system(rules: RuleSet) -> str:
    """The system of codes: every answer of the rule set."""
    return urn("answers", rules.id)


def path_system(rules: RuleSet) -> str:
    """The system of codes for what is recommended: paths, levels, first steps."""
    return urn("paths", rules.id)


def form_version(rules: RuleSet) -> str:
    """The version that was given to the rules, and the fingerprint that can't be wrong."""
    return f"{rules.version}+{rules.sha256}"


def code(question: str, answer: str) -> str:
    """`none` at home is not `none` of the drugs: a code names its question."""
    return f"{question}.{answer}"


def coding(rules: RuleSet, question: Question, answer: str) -> Json:
    return {
        "system": system(rules),
        "version": rules.sha256,
        "code": code(question.id, answer),
        "display": question.label(answer),
    }


def canonical(rules: RuleSet) -> str:
    return f"{form_url(rules)}|{form_version(rules)}"


class CanonicalName(NamedTuple):
    """What a canonical name says of a rule set. Empty where it says nothing."""

    url: str
    version: str
    sha256: str


def named(text: str) -> CanonicalName:
    """The canonical name in its parts."""
    url, _, version = text.partition("|")
    number, _, fingerprint = version.partition("+")
    return CanonicalName(url, number, fingerprint)
