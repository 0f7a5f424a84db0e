"""The handout on one sheet: what a person takes home, or a counselor hands over.

Why this module exists: nobody carries seven pages. One sheet has what fits best, what to do
first, whom to call, the paths and what to ask; `handout` has all of it, for `--full`.

With `discreet` it may lie on a kitchen table: it quotes no answer, names no substance and no
thought of self-harm, and words alerts as what to do. It must not take a note or a code; names
only where a counselor wrote down what was agreed, or an agency whom to call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.question import told
from pathfinder.engine.ruleset import HelpLine, RuleSet
from pathfinder.pages import answer_messages, discreet_words, messages
from pathfinder.pages import handout_messages as words
from pathfinder.pages.answer import Answer, StepShown, answer
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.discreet_words import says_too_much
from pathfinder.pages.path_rows import PathRow
from pathfinder.pages.phrases import first_sentence, lines_of_steps, sentence, sentences
from pathfinder.pages.phrases import number as number_of

if TYPE_CHECKING:
    from pathfinder.programs.matching import NamedPrograms

MOVES = 3
QUESTIONS = 5
LEAST_QUESTIONS = 2
"""Where warnings need the room, questions for a program give way: they can be asked later."""
REASONS = 2
CALLS = 5
AFTER_AGREEING = 3
_SETTLED = ("done", "declined")


class Call(NamedTuple):
    """A number to call. `dial` is what a phone takes, empty where there is nothing to dial."""

    label: str
    number: str
    dial: str


class Calls(NamedTuple):
    entries: tuple[Call, ...]


class Ways(NamedTuple):
    """The ranked paths in a short table."""

    rows: tuple[PathRow, ...]


class Boxes(NamedTuple):
    """Things to tick off."""

    entries: tuple[str, ...]


Piece = Heading | Text | Calls | Ways | Boxes


class StepSaid(NamedTuple):
    """What became of a first step: "agreed", "done" or "declined"; `by_choice` of the client."""

    word: str
    by_choice: bool = True


class Opening(NamedTuple):
    """What a counselor and a client agreed: it opens the sheet, after alarms alone.

    `discreet`: the same for a sheet that may lie on a kitchen table. Without `with_ranking`
    the paths are left out. `notice`: the agency's own text, at the foot. `differs`: the counselor
    judged otherwise than Pathfinder, whose result is then told in one kind sentence, and argues
    with nobody. `judged`: the path that the counselor judged or agreed with, or "". `least`: the
    level below which it isn't safe may be told; not behind a plan that nobody judged.
    `steps`: what became of first steps. `booked`: there is an appointment. `moves_out`: moves that
    are no longer to be told, since they are arranged or argue with what was agreed. `tell`: what
    is always said: how a move of the rules begins, and words for who has no such move. `titles`:
    what "agreed" or "done" tells of, where a step holds a second thing, which is a move then.
    """

    pieces: tuple[Piece, ...]
    discreet: tuple[Piece, ...] = ()
    with_ranking: bool = True
    notice: str = ""
    differs: bool = False
    judged: str = ""
    least: bool = True
    steps: Mapping[str, StepSaid] = {}
    booked: bool = False
    moves_out: frozenset[str] = frozenset()
    tell: tuple[tuple[str, str], ...] = ()
    titles: Mapping[str, str] = {}


NO_OPENING = Opening(())


class Sheet(NamedTuple):
    """`title` is the one first heading; `large` is set in large print."""

    title: str
    pieces: tuple[Piece, ...]
    large: bool


def sheet(
    rules: RuleSet,
    decision: Decision,
    date: str,
    explained: Explanation | None,
    *,
    discreet: bool = False,
    large: bool = False,
    found: NamedPrograms | None = None,
    opening: Opening = NO_OPENING,
) -> Sheet:
    """The sheet of a decision that ranks a path. `date` is printed as it is given.

    `opening`: what was agreed.
    `found`: programs of the agency's list, with numbers that a phone dials.
    """
    told_ = answer(rules, decision, explained)
    pieces: list[Piece] = []
    pieces += _urgent(decision, rules, discreet=discreet)
    pieces += opening.discreet if discreet else opening.pieces
    pieces += _steps(decision, told_, opening, discreet=discreet)
    if decision.hold and opening.with_ranking:
        pieces.append(Heading(1, rules.texts.once_safe.text))
    ranks = opening.with_ranking and not opening.differs
    if ranks:
        too = opening.judged == decision.ranked[0].path
        pieces += _best(told_, discreet=discreet, least=opening.least, too=too)
    moves = [*_moves(decision, rules, opening, discreet=discreet)]
    pieces += moves
    if found is not None and not opening.differs:  # these are found for the tool's own paths
        pieces += _programs(rules, decision, found, discreet=discreet)
    if ranks:
        # Behind what was agreed the first few are enough, and all of it stays on one page.
        most = AFTER_AGREEING if opening.pieces else len(told_.rows)
        pieces += [Heading(1, words.PATHS), Ways(_ways(rules, told_).rows[:most])]
        aside = [name for name in told_.set_aside if name not in told_.beside]
        for label, names in (
            (answer_messages.NOT_NOW, aside),
            (answer_messages.BESIDE, told_.beside),
        ):
            if names and (opening.least or label != answer_messages.NOT_NOW):
                pieces.append(Text(f"{', '.join(names)}.", label=label))
    fits = decision.ranked[0].path if opening.least else ""  # a plan may be for another place
    asked = opening.judged if opening.differs else fits
    if (ranks or opening.differs) and not decision.hold:  # nobody signs up while there is danger
        told_moves = sum(len(piece.entries) for piece in moves if isinstance(piece, Boxes))
        room = max(LEAST_QUESTIONS, QUESTIONS + MOVES - max(MOVES, told_moves))
        pieces += _questions(rules, decision, asked, room, discreet=discreet)
    behind = opening.differs and opening.with_ranking and not discreet
    if behind and asked != decision.ranked[0].path:
        pieces += [Heading(1, words.PUT_FIRST), Text(words.kindly(told_.headline))]
    if not decision.alerts:
        lines = [*decision.help_lines[:1], *lines_of_steps(rules, decision), *decision.help_lines]
        calls = _numbers(rules, decision) if discreet else _calls(lines)
        pieces += [Heading(1, words.CALL), calls]
    pieces += map(Text, filter(None, opening.notice.split("\n")))
    pieces.append(Text(f"{answer_messages.NOT_A_DIAGNOSIS} {words.sheet_made(date)}"))
    title = words.TITLE if ranks else words.TITLE_AGREED  # no paths stand on it
    return Sheet(discreet_words.TITLE if discreet else title, tuple(pieces), large)


def as_blocks(page: Sheet) -> tuple[Block, ...]:
    """The pieces as blocks, for a form that knows no boxes and no table."""
    found: list[Block] = []
    for piece in page.pieces:
        match piece:
            case Boxes():
                found += map(Bullet, piece.entries)
            case Calls():
                found += [Bullet(f"{call.number}", label=call.label) for call in piece.entries]
            case Ways():
                found += [
                    Bullet(f"{row.hours}.", label=f"{row.rank}. {row.name}") for row in piece.rows
                ]
            case _:
                found.append(piece)
    return tuple(found)


def _urgent(decision: Decision, rules: RuleSet, *, discreet: bool) -> Iterable[Piece]:
    if not decision.alerts:
        return
    texts = {alert.id: alert for alert in rules.alerts}
    yield Heading(1, words.NOW if discreet else messages.NOW, role="alert")
    said = {f.id: sentence(texts[f.id].in_short or texts[f.id].title) for f in decision.alerts}
    moves = [discreet_words.alert(*each) for each in said.items()] if discreet else said.values()
    for move in dict.fromkeys(moves):
        yield Text(move, role="strong")
    named = [id_ for fired in decision.alerts for id_ in fired.lines]
    lines = [line for line in decision.help_lines if line.id in named]
    lines += [*lines_of_steps(rules, decision), *decision.help_lines]
    yield _numbers(rules, decision) if discreet else _calls(lines)


def _steps(
    decision: Decision, told_: Answer, opening: Opening, *, discreet: bool
) -> Iterable[Piece]:
    """First steps to do, then those that are done, then those that weren't wanted.

    What was declined is told kindly, with why it would still help: each first step keeps somebody
    safe. It is no order, so there is no box to tick.
    """
    if not told_.first:
        return
    said = {id_: each.word for id_, each in opening.steps.items()}
    rows = _rows(decision, told_, opening)
    open_ = [(id_, step) for id_, step in rows if said.get(id_) not in _SETTLED]
    if open_:
        yield Heading(1, messages.FIRST)
    if discreet:
        if open_:
            yield Boxes(tuple(dict.fromkeys(discreet_words.step(id_) for id_, _ in open_)))
        return
    agreed = words.BOOKED_STEP if opening.booked else words.AGREED_STEP
    if open_:
        yield Boxes(
            tuple(
                f"{step.title}. {step.why}" + (f" {agreed}" if said.get(id_) == "agreed" else "")
                for id_, step in open_
            )
        )
    else:
        yield Heading(1, words.FIRST_STEPS)
    yield from _settled(rows, opening)


def _rows(decision: Decision, told_: Answer, opening: Opening) -> list[tuple[str, StepShown]]:
    rows = zip((fired.id for fired in decision.first), told_.first, strict=True)
    return [(i, row._replace(title=opening.titles.get(i, row.title))) for i, row in rows]


def _settled(rows: Iterable[tuple[str, StepShown]], opening: Opening) -> Iterable[Text]:
    done, declined = (
        [
            (id_, step)
            for id_, step in rows
            if id_ in opening.steps and said == opening.steps[id_].word
        ]
        for said in _SETTLED
    )
    for _, step in done:
        yield Text(f"{step.title}.", label=words.DONE_STEP)
    for id_, step in declined:
        now = words.CHOSE_NOT if opening.steps[id_].by_choice else words.NOT_POSSIBLE
        yield Text(f"{now} {step.why}", label=step.title)


def settled(
    rules: RuleSet, decision: Decision, explained: Explanation | None, opening: Opening
) -> tuple[Decision, Opening]:
    """For the whole handout: a decision without what is settled, and an opening that tells it."""
    told_ = tuple(_settled(_rows(decision, answer(rules, decision, explained), opening), opening))
    gone = {id_ for id_, said in opening.steps.items() if said.word in _SETTLED}
    left = decision._replace(
        first=tuple(fired for fired in decision.first if fired.id not in gone),
        next_moves=tuple(move for move in decision.next_moves if move not in opening.moves_out),
    )
    return left, opening._replace(pieces=(*opening.pieces, *told_))


def _best(told_: Answer, *, discreet: bool, least: bool, too: bool) -> Iterable[Piece]:
    """`least`: what is safe at least is told. `too`: the counselor sees it like that."""
    if not discreet:  # it speaks of drinking or drugs
        for text in told_.lead:
            yield Text(text, role="strong")
    title = messages.START if told_.starts else answer_messages.best(hold=told_.hold)
    title = answer_messages.OPEN_TO_YOU if told_.calm else title
    yield Heading(1, title if least else words.PUT_FIRST)
    yield Text(told_.headline, role="strong")
    if told_.choice:
        yield Text(told_.choice)
    if too:
        yield Text(words.COUNSELOR_TOO)
    if not discreet:  # each of these begins with what the person said
        for text in told_.pros[:REASONS]:
            yield Text(text, label=messages.FOR)
        for text in told_.cons:
            yield Text(text, label=messages.AGAINST_IT)
        if least and told_.safe:
            yield Text(told_.safe, label=answer_messages.AT_LEAST)
        if told_.in_the_way:
            yield Text(told_.in_the_way, label=answer_messages.IN_THE_WAY)
    if told_.until_then:
        way, *rest = sentences(told_.until_then)  # the way itself is the name of a path
        rest = [each for each in rest if not (discreet and says_too_much(each))]
        yield Text(" ".join([way, *rest]), label=told_.until_label)


def _moves(
    decision: Decision, rules: RuleSet, opening: Opening, *, discreet: bool
) -> Iterable[Piece]:
    """Every move that keeps somebody safe, and of the rest what fits beside: each of them whole.

    A second sentence may be what makes the first one safe. What a visit or a choice has settled
    is no move any more. A discreet sheet says in its own words what it may not quote, first steps
    among it, so their details stand in the air there: of those it keeps what warns.
    """
    out = {alert.text for alert in rules.alerts} | opening.moves_out
    moves = [move for move in decision.next_moves if move not in out]
    always = [
        next((move for move in moves if begins and move.startswith(begins)), tell)
        for begins, tell in opening.tell
    ]
    safe = {*always, *(warning.because for warning in decision.warnings)}
    of_steps = [move for step in rules.steps for move in step.moves]
    safe |= {move.text for move in of_steps if move.warns}
    details = {move.text for move in of_steps if not move.warns}
    quiet = [move for move in moves if discreet and (says_too_much(move) or move in details)]
    others = [move for move in moves if move not in safe and move not in quiet]
    few = others[: max(1, MOVES - len(safe.intersection(moves)))]
    entries = [move for move in moves if move in few or (move in safe and move not in quiet)]
    entries += [move for move in always if not (discreet and says_too_much(move))]
    own = [discreet_words.instead(move, warns=move in safe) for move in quiet]
    # While somebody is to be called now, nothing is put off till they get worse.
    entries += [
        each for each in own if each and (each != discreet_words.WARNS or not decision.hold)
    ]
    if entries:
        yield Heading(1, messages.MOVES)
        yield Boxes(tuple(dict.fromkeys(entries)))


def _programs(
    rules: RuleSet, decision: Decision, found: NamedPrograms, *, discreet: bool
) -> Iterable[Piece]:
    """Whom to call. A discreet sheet names nobody: the name of a program tells where one goes."""
    from pathfinder.pages import programs

    calls = programs.contacts(found)
    told_ = programs.to_call(rules, decision, found)
    yield Heading(1, discreet_words.CALL if discreet else messages.PROGRAMS)
    if calls:
        yield Calls(
            tuple(
                Call(
                    answer_messages.SOMEBODY if discreet else each.name,
                    each.reach + (f" ({each.beware})" if each.beware else ""),
                    each.dial,
                )
                for each in calls
            )
        )
    elif not discreet:
        yield Text(" ".join(filter(None, (told_.lead, _sentences(told_.names), told_.after))))


def _sentences(names: Iterable[str]) -> str:
    text = "; ".join(names)
    return f"{text}." if text else ""


def _questions(
    rules: RuleSet, decision: Decision, path: str, most: int, *, discreet: bool
) -> Iterable[Piece]:
    known = rules.path_by_id.get(path)  # other care than the paths has no questions here
    asks = [first_sentence(p.text) for p in told(known.ask, decision.view)] if known else []
    if discreet:
        asks = [ask for ask in asks if not says_too_much(ask)]
    if asks:
        yield Heading(1, messages.ASK)
        yield Boxes(tuple(asks[:most]))


def _ways(rules: RuleSet, told_: Answer) -> Ways:
    """On paper there is room for whole names."""
    return Ways(tuple(r._replace(name=rules.path_by_id[r.path].name) for r in told_.rows))


def _calls(lines: Iterable[HelpLine]) -> Calls:
    calls = [Call(line.name.split(",")[0], number_of(line), _dial(line.number)) for line in lines]
    return Calls(tuple(dict.fromkeys(calls))[:CALLS])


def _numbers(rules: RuleSet, decision: Decision) -> Calls:
    """The numbers of everybody's discreet sheet."""
    lines = discreet_words.numbers(rules, decision)
    return Calls(
        tuple(Call(discreet_words.help_line(i), number_of(i), _dial(i.number)) for i in lines)
    )


def _dial(number: str) -> str:
    """The number as a phone takes it; nothing for "text HOME to 741741" and for advice."""
    first = number.split("(")[0].strip()
    figures = "".join(sign for sign in first if sign.isdigit() or sign == "+")
    return figures if figures and not any(sign.isalpha() for sign in first) else ""
