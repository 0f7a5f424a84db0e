"""The counselor's note: one session for a chart, in the third person, in the form it asks for.

Why this module exists: what a counselor keeps must be one they can sign. So it tells what the
client reports apart from what was worked out, names the answers behind each first step and the
level, puts the judgement before the tool's result, and says first that an intake was stopped for
safety: then nothing that three answers came to is told as a finding. What no question can know,
such as what was observed or who was present, is a blank: silence would read as "nothing".

It is the only account of a session for a chart. It must not print, or tell a note that wasn't
asked for; the forms are data (record.yaml). Ids of rules stand in the record at its end alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pathfinder.engine.rules import AlertRule, FirstRule, Gate
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.record_file import RecordWords, Section
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.phrases import level_words, listed, name_of, names_of
from pathfinder.sessions import third_person as words
from pathfinder.sessions.agreeing import SINCE
from pathfinder.sessions.choices import DONE, OTHER_CARE
from pathfinder.sessions.compare import top
from pathfinder.sessions.model import Agreed, Held, Revision, Session, day_or_text, held_of, time
from pathfinder.sessions.plan_file import became, came_about, gone_to, plan
from pathfinder.sessions.third_person import Reported, sentence_case

_RANKED: Final = 3
_OPEN: Final = 5
_TOOL: Final = ("worked_out", "level", "ranking")
"""The blocks that stand for reference, under a line that says so."""


def note(
    rules: RuleSet,
    told: RecordWords,
    session: Session,
    revision: Revision,
    style: str,
    *,
    with_notes: bool = False,
    whom: Sequence[str] = (),
    followed: Session | None = None,
) -> tuple[Block, ...]:
    """One revision as a note. `style` is one of `told.styles`.

    `whom`: programs with their numbers, from the agency's own list. `followed`: the session that
    this one follows up, if it is still there.
    """
    made = _Note(rules, told, session, revision, whom, with_notes=with_notes, followed=followed)
    title = words.title(session.client, follow_up=bool(session.follows))
    blocks: list[Block] = [Heading(1, title), *made.opening()]
    for section in told.styles[style]:
        if inside := [*made.section(section)]:
            blocks += [Heading(1, section.title), *inside]
    if with_notes and revision.notes:
        blocks.append(Heading(1, words.NOTES))
        for question, text in revision.notes.items():
            label = sentence_case(name_of(rules, question))
            blocks += [Text(line, label=label) for line in text.split("\n") if line.strip()]
    return (*blocks, Heading(1, words.RECORD), *made.passport())


def blocks_of(
    rules: RuleSet, told: RecordWords, session: Session, revision: Revision, name: str
) -> Iterable[Block]:
    """One block of the note alone, by the name that styles call it, for somebody else to read.

    The counselor's line and the blanks stay out: they are for their own chart.
    """
    return _Note(rules, told, session, revision, leaves=True).blocks(name)


class _Note:
    """The blocks of one note, by the names that styles call them."""

    def __init__(
        self,
        rules: RuleSet,
        told: RecordWords,
        session: Session,
        revision: Revision,
        whom: Sequence[str] = (),
        *,
        with_notes: bool = False,
        leaves: bool = False,
        followed: Session | None = None,
    ) -> None:
        self._rules, self._told, self._whom = rules, told, whom
        self._notes = revision.notes if with_notes else {}
        self._followed = followed
        self._leaves = leaves
        self._session, self._revision = session, revision
        self._given = session.decision(revision)
        self._held = held_of(session, revision)
        self._reported = Reported(rules, told, revision.answers, bool(session.follows))
        self._before = (followed and followed.newest.agreed) or Agreed()
        self._by_name: Mapping[str, Callable[[], Iterable[Block]]] = {
            "reported": self._reports,
            "parts": lambda: self._reports(apart=True),
            "alerts": self._alerts,
            "worked_out": self._worked_out,
            "unknown": self._unknown,
            "level": self._level,
            "ranking": self._ranking,
            "judgement": self._judgement,
            "done": self._done,
            "steps": self._steps,
            "agreed": self._agreed,
        }

    def blocks(self, name: str) -> Iterable[Block]:
        # What three answers came to is no finding: neither a level, a ranking, nor what is open.
        if self._held is not None and name in ("worked_out", "unknown", "ranking"):
            return ()
        return self._by_name[name]()

    def section(self, section: Section) -> Iterator[Block]:
        said = apart = False
        for name in section.holds:
            found = [*self.blocks(name)]
            if found and name in _TOOL and not said:
                said = True
                yield Heading(2, words.TOOL)
            if found and apart:
                yield Heading(2, words.FROM_HERE)
            apart = name == "done" and len(found) > 1
            yield from found
        yield from (Text(words.BLANK, label=label) for label in section.blanks)

    # --- stopped for safety, and what it follows ----------------------------------------

    def opening(self) -> Iterator[Block]:
        if self._held is not None:
            yield Text(self.stopped(self._held), role="strong")
            yield Text(self._held.done.get("where") or words.BLANK, label=DONE["where"])
        if self._session.follows:
            yield Text(self._earlier(), label=words.FOLLOWS)

    def _earlier(self) -> str:
        """The session that this one follows, with its day while it is kept."""
        of = f", of {day_or_text(self._followed.begun)}" if self._followed is not None else ""
        return f"{self._session.follows}{of}"

    def _done(self) -> Iterator[Block]:
        if self._held is None:
            return
        done = {**self._held.done, "where": ""}  # that stands first of all
        told = [id_ for id_ in DONE if done.get(id_)]
        yield Heading(2, words.DONE) if told else Text(words.NOTHING_WRITTEN, label=words.DONE)
        for id_ in told:
            when = id_ == "time"
            text = self._on_its_day(done[id_]) if when else done[id_]
            yield Text(text, label=words.WHEN_DONE if when else DONE[id_])

    def _on_its_day(self, clock: str) -> str:
        """When it was, with its day: that of the intake, where it was written down on that day."""
        held = (r for r in self._session.revisions if r.held and r.held.done.get("time") == clock)
        return words.on_its_day(clock, self._session.begun, next(held, self._revision).saved)

    def stopped(self, held: Held) -> str:
        holding = {alert.id for alert in self._rules.alerts if alert.hold}
        alerts = [alert for alert in self._given["alerts"] if alert["id"] in holding]
        about = (word for alert in alerts for word in self._reported.about(alert["rules"]))
        number = held.number or self._reported.last_asked()
        return words.stopped(number, "; ".join(dict.fromkeys(about)))

    # --- what the client reports --------------------------------------------------------

    def _reports(self, *, apart: bool = False) -> Iterator[Block]:
        told = [*self._reported.parts()]
        follows, held = bool(self._session.follows), self._held is not None
        yield from self._since() if follows else ()
        blank = [] if held else [part.blank for part, _ in told if part.blank]
        yield from (Text(words.BLANK, label=label) for label in blank if follows)
        for part, text in told:
            yield from [Heading(2, part.title)] if apart else ()
            yield Text(text, label="" if apart else part.title)
            if part.blank in blank and not follows:
                yield Text(words.BLANK, label=part.blank)
        asked = {part.id for part, _ in told}
        left = [part.title for part in self._told.parts if held and part.id not in asked]
        not_asked = f"{'; '.join(left)}." if left else ""
        not_used, older = self._reported.not_used(), self._reported.unlike_today()
        labels = (words.NOT_ASKED, words.NOT_USED, words.OLDER_QUESTIONS)
        found = zip(labels, (not_asked, not_used, older), strict=True)
        yield from (Text(text, label=label) for label, text in found if text)

    def _since(self) -> Iterator[Block]:
        """What came since the session before: a follow-up begins with it."""
        came = came_about(self._revision.came, self._told.first_steps, self._before)
        yield from (Text(text, label=words.CAME_OF) for text in came)
        if text := self._revision.since or words.BLANK * (self._held is None):
            yield Text(text, label=SINCE)

    # --- what the tool made of it -------------------------------------------------------

    def _alerts(self) -> Iterator[Block]:
        for alert in self._given["alerts"]:
            title = sentence_case(self._alert_name(alert))
            why = self._because(alert, self._rules.alert_rules)
            which = self._held is not None and not self._leaves and words.OR in title
            text = f"{title}. {why}{words.WHICH if which else ''}"
            yield Text(text.strip(), label=words.ALERT)

    def _alert_name(self, alert: Mapping[str, Any]) -> str:
        about = "; ".join(dict.fromkeys(self._reported.about(alert["rules"])))
        return about or self._told.alerts.get(alert["id"], alert["id"])

    def _because(self, fired: Mapping[str, Any], rules: Iterable[AlertRule | FirstRule]) -> str:
        """The answers by which something fired."""
        by_id = {rule.id: rule for rule in rules}
        whens = [by_id[id_].when for id_ in fired["rules"] if id_ in by_id]
        return words.because(self._reported.because(*whens))

    def _worked_out(self) -> Iterator[Block]:
        for id_, text in self._reported.counts():
            yield Text(text, label=sentence_case(name_of(self._rules, id_)))
        for reading in self._reported.readings(self._given["to_check"]):
            name = sentence_case(name_of(self._rules, reading.question))
            yield Text(words.read_as(*self._reported.read_as(reading)), label=name)

    def _unknown(self) -> Iterator[Block]:
        """Open answers that could bring more care, another first step or an alert; what is asked
        of nobody and care may hang on is as unknown as they are."""
        first = {step["id"] for step in self._given["first"]}
        never = [each for each in self._told.in_person if first & {*each.steps}]
        for each in never:
            earlier = self._followed.newest.notes if self._followed is not None else {}
            here = bool(each.questions & {*self._notes})
            there = self._earlier() if each.questions & {*earlier} else ""
            yield Text(words.not_asked(each.record, here=here, there=there), label=words.UNKNOWN)
        found: dict[str, list[tuple[str, str]]] = {}
        for check in self._given["to_check"]:
            for question in check["questions"]:
                targets = [(check["effect"], each) for each in check["target"]]
                found.setdefault(question, []).extend(targets)
        could = ((id_, words.could_bring(self._rules, self._told, self._given, each))
                 for id_, each in found.items())  # fmt: skip
        told = [(question, brings) for question, brings in could if brings]
        for question, brings in told[:_OPEN]:
            label = f"{words.UNKNOWN}: {name_of(self._rules, question)}"
            yield Text(brings, label=label)
        if more := [question for question, _ in told[_OPEN:]]:
            yield Text(f"{listed(names_of(self._rules, more))}.", label=words.UNKNOWN_TOO)
        if not told and not never and self._given["safe_level"]:
            yield Text(words.NOTHING_OPEN, label=words.UNKNOWN)

    def _level(self) -> Iterator[Block]:
        level = self._given["safe_level"]
        if self._held is not None:
            return
        if level is None:
            yield Text(words.NO_LEVEL)
            return
        yield Text(f"{self._in_words(level)}. {self._set_by(level)}", label=words.LEVEL)

    def _in_words(self, level: str) -> str:
        """A level with its hours, where these are a number: the rest is said to the client."""
        if level not in self._rules.level_rank:
            return level
        found = self._rules.levels[self._rules.level_rank[level]]
        counted = any(sign.isdigit() for sign in found.hours)
        return level_words(self._rules, level) if counted else found.name

    def _set_by(self, level: str) -> str:
        """The answers by which just this level is asked for."""
        asking = self._asking(level)
        if not asking:
            return words.NO_RULE
        whens = [gate.when for gate in asking]
        taken = self._reported.taken(whens, self._given["to_check"])
        told = f"{words.because(self._reported.because(*whens))} {taken}".strip()
        return told or words.FOR_UNKNOWN

    def _asking(self, level: str) -> Sequence[Gate]:
        """The rules that ask for just this level."""
        by_id = {gate.id: gate for gate in self._rules.gates if gate.at_least == level}
        named = [rule for entry in self._given["set_aside"] for rule in entry["rules"]]
        return [by_id[rule] for rule in dict.fromkeys(named) if rule in by_id]

    def _ranking(self) -> Iterator[Block]:
        ranked = self._given["ranked"]
        if ranked:
            equal = any(each["about_equal_to_top"] for each in ranked[1:_RANKED])
            paths = [self._path(each["path"]) for each in ranked[:_RANKED]]
            yield Text(words.ranking(paths, equal=equal), label=words.RANKING)

    # --- the counselor's ----------------------------------------------------------------

    def _judgement(self) -> Iterator[Block]:
        judgement, first = self._revision.judgement, self._path(top(self._given))
        blank = "" if self._leaves else words.BLANK
        if judgement is None and self._held is None:
            yield Text(f"{words.LEFT_OPEN} {blank}".strip(), label=words.JUDGEMENT)
        elif judgement is None and blank:
            yield Text(blank, label=words.RISK)
        if judgement is None:
            return
        line = "" if self._leaves else judgement.line
        if judgement.agrees:
            level = judgement.level and self._in_words(judgement.level)
            among = any(each["about_equal_to_top"] for each in self._given["ranked"][1:])
            said = words.agrees(first, level or "", line, among=among)
            yield Text(said, label=words.JUDGEMENT)
            return
        care = [self._path(judgement.path)] if judgement.path else []
        if level := judgement.level:
            care += [OTHER_CARE[level] if level in OTHER_CARE else self._in_words(level)]
        text = words.differs("; ".join(care), judgement.reason or "", line, blank)
        if self._leaves:  # the ranking that names the tool's path stays behind
            text += f" {words.PUT_FIRST}: {first}."
        yield Text(text, label=words.OTHERWISE)

    def _steps(self) -> Iterator[Block]:
        said = {each.step: each for each in self._revision.steps}
        followed = self._followed
        before = followed and {each.step for each in followed.newest.steps if each.word == "done"}
        place, done = 0, []
        for step in self._given["first"]:
            id_, word = step["id"], said.get(step["id"])
            text = f"{self._step_name(id_)}. {self._because(step, self._rules.first_rules)}".strip()
            came = word is None and (id_, "yes") in self._revision.came
            if came or (word and word.word == "done"):  # that is no plan any more
                old = not came and (before is None or id_ in before)
                done.append(Text(text, label=words.DONE_BEFORE if old else words.DONE_SINCE))
                continue
            place += 1
            if word is None and self._held is not None:  # what was done may say otherwise
                text += "" if self._leaves else f" {words.BECAME}: {words.BLANK}"
            else:
                text += f" {words.BECAME}: {became(word)}"
            yield Text(text, label=f"{words.STEP} {place}")
        yield from done
        if not self._given["first"] and self._held is None:  # three answers don't say "none"
            yield Text(words.NO_STEPS, label=words.STEPS)

    def _step_name(self, id_: str) -> str:
        return sentence_case(self._told.first_steps.get(id_, id_))

    def _agreed(self) -> Iterator[Block]:
        agreed = self._revision.agreed
        if self._whom and self._held is None:
            yield Text("; ".join(self._whom), label=words.FROM_THE_LIST)
        in_it = gone_to(self._before, self._revision.came)
        follows = bool(self._session.follows) and self._held is None
        if follows:
            yield Text(in_it or words.BLANK, label=words.PROGRAM_NOW)
        if agreed is None and self._held is None:
            yield Text(words.NOTHING_NEW if follows else words.PLAN_OPEN, label=words.PLAN)
        lines = plan(agreed or Agreed(), self._before.program if follows and in_it else "")
        yield from (Text(text, label=label) for label, text in lines)
        until = words.UNTIL_APPOINTMENT if agreed and agreed.date else words.UNTIL_CONTACT
        yield Text(words.BLANK, label=until)

    def passport(self) -> Iterator[Block]:
        """Who wrote it, when, and under which rules."""
        session, revision = self._session, self._revision
        passport = self._given["passport"]
        held, agreed = self._held, revision.agreed
        shared = bool((held and held.done.get("called")) or (agreed and agreed.program))
        yield Text(words.FROM_TO, label=words.HELD_FROM)
        for label in (words.HOW, words.PRESENT, *((words.CONSENT,) if shared else ())):
            yield Text(words.BLANK, label=label)
        if session.id:
            number = words.of_session(
                session.id, revision.number, max(revision.number, len(session.revisions))
            )
            yield Text(number, label=words.SESSION)
        yield Text(time(session.begun), label=words.BEGUN)
        yield Text(time(revision.saved), label=words.SAVED)
        set_, hash_ = f"{passport['ruleset']} {passport['version']}", passport["sha256"][:12]
        yield Text(f"Pathfinder {passport['app']}; {set_}, {hash_}", label=words.RULES)
        if decided := "; ".join(f"{what}: {', '.join(ids)}" for what, ids in self._decided()):
            yield Text(decided, label=words.DECIDED)
        yield Text(words.NOT_A_DIAGNOSIS)
        yield from (
            Text(text, label=label) for label, text in words.signed(revision.author).items()
        )

    def _decided(self) -> Iterator[tuple[str, Sequence[str]]]:
        """By which rules each thing that the note tells was decided, for an audit."""
        for alert in self._given["alerts"]:
            yield f"{words.ALERT} ({self._alert_name(alert)})".lower(), alert["rules"]
        for step in self._given["first"]:
            yield f"{words.STEP} ({self._step_name(step['id'])})".lower(), step["rules"]
        if self._held is not None:
            return
        for reading in self._reported.readings(self._given["to_check"]):
            name = name_of(self._rules, reading.question)
            yield f"{words.TAKEN} ({name})".lower(), (reading.id,)
        if (level := self._given["safe_level"]) and (asking := self._asking(level)):
            yield words.LEVEL_OF_CARE, [gate.id for gate in asking]

    def _path(self, path: str | None) -> str:
        known = self._rules.path_by_id.get(path or "")
        return known.name if known else path or words.NO_PATH
