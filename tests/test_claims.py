"""Every row of the ledger of claims is answered, or left out with its reason.

The ids below are our own copy of the ledger. A claim counts where a text that a
person reads cites it; whether the text says what the row says is for readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathfinder.engine.question import Citation
from pathfinder.engine.rules import Argument
from pathfinder.engine.ruleset import RuleSet

LEDGER = {
    "difference": [f"D{n}" for n in range(1, 14)],
    "beyond-the-steps": [f"B{n}" for n in range(1, 32)],
    "what-is-iop": [f"W{n}" for n in range(1, 11)],
    "iops-and-addiction": [f"I{n}" for n in range(1, 15)],
    "iop-flexibility": [f"F{n}" for n in range(1, 14)],
}


def citations(thing: object) -> Iterator[Citation]:
    """Every citation inside a loaded rule set that stands beside a text."""
    if isinstance(thing, Citation):
        yield thing
    elif isinstance(thing, Argument) and not thing.because:
        return  # an empty row says nothing, so what its table cites answers no claim
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from citations(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from citations(value)


def test_every_claim_is_answered_or_left_out_with_a_reason(rules: RuleSet) -> None:
    cited = {citation.claim for citation in citations(rules) if citation.claim}
    left_out = {entry.claim for entry in rules.left_out}
    ledger = {claim for claims in LEDGER.values() for claim in claims}
    assert ledger - cited - left_out == set()
    assert cited <= ledger
    assert left_out <= ledger
    assert not cited & left_out
    assert all(entry.because for entry in rules.left_out)


def test_a_claim_that_only_an_empty_reason_cites_is_not_answered(rules: RuleSet) -> None:
    row = next(
        each
        for table in rules.reasons
        for row in table.rows.values()
        for each in row.arguments
        if each.grounds.sources
    )
    assert list(citations(row._replace(because=""))) == []
    assert list(citations(row._replace(because="Why."))) == list(row.grounds.sources)


def test_at_most_six_claims_are_left_out(rules: RuleSet) -> None:
    assert len(rules.left_out) <= 6


def test_each_claim_is_cited_under_the_article_that_makes_it(rules: RuleSet) -> None:
    for citation in citations(rules):
        if citation.claim:
            assert citation.claim in LEDGER[citation.id], citation


def test_every_source_is_cited(rules: RuleSet) -> None:
    cited = {citation.id for citation in citations(rules)}
    assert {source.id for source in rules.sources} == cited
