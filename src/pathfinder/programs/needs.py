"""What a person needs and wishes of a program, read from the decision and what they were asked.

Why this module exists: the answers that choose among paths also choose among programs. A hard
need takes a program out that is known not to meet it; a wish or a duty moves it up or down. An
unknown answer needs nothing. What a program doesn't say is asked, and never held against it.

It must not know a program of the list, read a file, or change the decision.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pathfinder.engine.conditions import View
from pathfinder.engine.decision import Decision

DUTIES: Final = frozenset({"job", "school", "caring"})
OPIOID_MEDICINES: Final = ("methadone", "buprenorphine", "naltrexone")
ALCOHOL_MEDICINES: Final = ("naltrexone", "acamprosate", "disulfiram")


class Circumstances(NamedTuple):
    """What no answer tells: a language (its code), whether care must come home, and where the
    person is, as a postal code, a town, or latitude and longitude."""

    language: str = ""
    from_home: bool = False
    near: str = ""


class Want(NamedTuple):
    """Something that ranks programs. `question`: whose answer asks for it; of a first step, its
    id. `more` and `less`: points where a program has it, and where it is known not to."""

    id: str
    question: str
    more: int
    less: int


class PersonNeeds(NamedTuple):
    """`hard`: what a program must not be known to lack. `asks`: what to ask every program."""

    hard: tuple[str, ...]
    wants: tuple[Want, ...]
    asks: tuple[str, ...]
    medicines: tuple[str, ...]
    language: str
    housing: bool


NOTHING_MORE: Final = Circumstances()


def needs_of(decision: Decision, asked: Circumstances = NOTHING_MORE) -> PersonNeeds:
    """Everything that bears on the choice of a program."""
    view = decision.view
    steps = {fired.id for fired in decision.first}
    asks = tuple(_asks(view))
    return PersonNeeds(
        hard=tuple(_hard(view, steps, asked)),
        wants=tuple(_wants(view, steps)),
        asks=asks,
        medicines=_medicines(view, steps),
        language=asked.language,
        housing=_is(view, "home", "none", "unsafe"),
    )


def _hard(view: View, steps: set[str], asked: Circumstances) -> Iterator[str]:
    if _is(view, "health", "pregnant") or "prenatal-care" in steps:
        yield "pregnant"
    # Who takes a medicine, or should be offered one, must not be turned away for it.
    on_medicine = _is(view, "medication", "for_opioids", "for_alcohol", "interested")
    if on_medicine or "opioid-medication" in steps:
        yield "medication"
    if asked.language:
        yield "language"
    if asked.from_home:
        yield "from_home"


def _wants(view: View, steps: set[str]) -> Iterator[Want]:
    """The strongest first: they are told in this order."""
    if _is(view, "responsibilities", "caring"):
        yield Want("child_care", "responsibilities", 2, -2)
    if _is(view, "responsibilities", *DUTIES):
        yield Want("evenings", "responsibilities", 2, -2)
    elif _is(view, "wishes", "evening"):
        yield Want("evenings", "wishes", 2, -2)
    if _is(view, "payment", "limited"):
        yield Want("cost", "payment", 3, -2)
    if _is(view, "mental_health", "affecting", "severe"):
        yield Want("dual_diagnosis", "mental_health", 2, -2)
    if "medical-evaluation" in steps:
        yield Want("withdrawal_care", "medical-evaluation", 2, 0)
    if _is(view, "home", "none", "unsafe", "others_use"):
        yield Want("housing", "home", 2, 0)
    if _medicines(view, steps):
        yield Want("medicine", _asked_for(view), 2, 0)
    if _is(view, "wishes", "online"):
        yield Want("online", "wishes", 2, -1)
    if _is(view, "wishes", "lgbtq"):
        yield Want("lgbtq", "wishes", 2, -1)
    if _is(view, "wishes", "same_gender_group"):
        yield Want("same_gender", "wishes", 2, -1)
    if _is(view, "wishes", "faith_based"):
        yield Want("faith", "wishes", 2, -1)
    elif _is(view, "spirituality", "secular_only"):
        yield Want("secular", "spirituality", 1, -3)


def _asks(view: View) -> Iterator[str]:
    if _is(view, "payment", "covered"):
        yield "insurance"
    if _is(view, "responsibilities", "court"):
        yield "court"


def _medicines(view: View, steps: set[str]) -> tuple[str, ...]:
    """Those that this person takes or is offered, if a program has them on site."""
    found: dict[str, None] = {}
    if "opioid-medication" in steps or _is(view, "medication", "for_opioids"):
        found |= dict.fromkeys(OPIOID_MEDICINES)
    if _is(view, "medication", "for_alcohol") or (
        _is(view, "medication", "interested") and _is(view, "substances", "alcohol")
    ):
        found |= dict.fromkeys(ALCOHOL_MEDICINES)
    return tuple(found)


def _asked_for(view: View) -> str:
    known = _is(view, "medication", "for_opioids", "for_alcohol", "interested")
    return "medication" if known else "opioid-medication"


def _is(view: View, question: str, *answers: str) -> bool:
    """Whether the question is known to be answered so."""
    value = view.get(question)
    if isinstance(value, str):
        return value in answers
    return isinstance(value, frozenset) and not value.isdisjoint(answers)
