"""The check `unknown-claim`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.loader.syntax.nodes import MapNode
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity, word

FAMILY = "evidence"
PAGE = """A claim that the ledger doesn't hold, or that another article makes.

`claims:` of ruleset.yaml lists which claims each article makes. A citation with a claim of
another article sends whoever checks it to the wrong text. Who cites a claim needs the list.

To put it right, name the article that makes the claim, or add the claim to the list.
"""
CODE = "unknown-claim"
SEVERITY = Severity.ERROR
NEEDS = Needs.ALL
FILE = "ruleset.yaml"
INSTEAD_OF = "claims: [{source: book, ids: [F10, F11]}]"
GOOD = INSTEAD_OF
BAD = "claims: [{source: book, ids: [F11]}]"


def check(book: Book) -> Iterator[Found]:
    ledger = book.rules.claims
    makes = {claim: source for source, ids in ledger.items() for claim in ids}
    for spot in book.spots:
        if not isinstance(spot.node, MapNode) or not spot.trail:
            continue
        claim = word(spot.node.get("claim"))
        if not claim or spot.trail[-1] not in ("sources", "left_out"):
            continue
        node = spot.node.get("claim") or spot.node
        source = word(spot.node.get("id"))
        if claim not in makes:
            yield book.found(spot.file, node, f"no article makes the claim {claim}")
        elif source and claim not in ledger.get(source, ()):
            message = f"{claim} is a claim of {makes[claim]}, not of {source}"
            yield book.found(spot.file, node, message)
