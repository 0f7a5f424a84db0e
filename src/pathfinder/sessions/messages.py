"""The words of sessions: what a counselor reads in lists, pages and questions.

Why this module exists: one place to read them aloud and to translate them.

It must not hold anything that depends on a session beyond a name or a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pathfinder.sanitize import clean
from pathfinder.sessions.model import day_or_text, short_time

if TYPE_CHECKING:
    from pathfinder.sessions.index import Line
    from pathfinder.vault import Person

NONE_YET: Final = "No sessions yet. Save one: pathfinder quiz --for client --save"
STATES: Final = {"saved": "", "unfinished": "unfinished", "damaged": "can't be read"}
JUDGEMENTS: Final = {"open": "no judgement", "agrees": "agrees", "otherwise": "otherwise"}

SESSION: Final = "Session"
CLIENT: Final = "Client code"
BEGUN: Final = "Begun"
SAVED: Final = "Saved"
REVISION: Final = "Revision"
AUTHOR: Final = "Saved by"
KEPT_UNTIL: Final = "Kept until"
FOLLOWS: Final = "Follow-up of session"
COPY_OF: Final = "Saved from session"
UNFINISHED: Final = "This session isn't finished. Go on: pathfinder sessions resume"
DRAFT_TOO: Final = "There is an unfinished draft of it. Go on: pathfinder sessions resume"

ANSWERS: Final = "What was answered"
NOT_ANSWERED: Final = "not answered"
NOTES: Final = "Notes"

TOOL: Final = "What Pathfinder found"
TOOL_PATH: Final = "The path it put first"
TOOL_LEVEL: Final = "Least care that is safe"
TOOL_FIRST: Final = "First steps"
TOOL_ALERTS: Final = "Alerts"
RULES: Final = "Rules used"
NOTHING: Final = "none"
NO_PATH: Final = "none: this tool is made for adults"

OWN: Final = "The counselor's own judgement"
OWN_OPEN: Final = "Left open."
OWN_AGREES: Final = "Agrees with the path that Pathfinder put first."
OWN_AGREES_LEVEL: Final = "Agrees with the level of care alone"
OWN_PATH: Final = "Another path"
OWN_LEVEL: Final = "Another level of care"
OWN_REASON: Final = "Because"
OWN_LINE: Final = "Counselor's line"

HELD: Final = "stopped for safety"
HELD_LONG: Final = "Stopped for safety. No level of care worked out."
COUNTED: Final = "worked out from the answers"
AGREED: Final = "What was agreed"

SINCE: Final = "Under today's rules"
AS_GIVEN: Final = "What was found then stays as it was given."
ASK_AGAIN: Final = "To be asked"
GO_ON_ONCE_SAFE: Final = "To go on once the client is safe: pathfinder sessions resume"
GO_ON: Final = "Ask it and save a new revision: pathfinder sessions resume"

COMPARED: Final = "What has changed"
SAME: Final = "Nothing: the answers and the result are the same."
SAME_ANSWERS: Final = "All answers are the same."
SAME_RESULT: Final = "The result is the same."
CHANGED_ANSWERS: Final = "Answers that changed"
CHANGED_RESULT: Final = "What that did to the result"
CHANGED_BY_RULES: Final = "What the rules did to the result"
CHANGED_OWN: Final = "What you judged and agreed"
SAME_OWN: Final = "The same as before."
JUDGED: Final = "Judgement"
FIRST_STEP: Final = "First step"
NOT_SAID: Final = "nothing written down"
WRITTEN: Final = "Written"
WHICH_DID_WHAT: Final = "Which answer did what"
BESIDE_OTHERS: Final = "beside the other changes"
DID_NOTHING: Final = "No effect on level, first path, first steps or alerts"
NEW_STEP: Final = "new first step"
NO_STEP: Final = "no longer a first step"
NEW_ALERT: Final = "new alert"
NO_ALERT: Final = "no longer an alert"
BEFORE: Final = "Before"
NO_DAY: Final = "no day known"
AFTER: Final = "Now"
THEN_RULES: Final = "As it was given"
NOW_RULES: Final = "Under these rules"
CAME: Final = "New"
WENT: Final = "No longer"
STAYED: Final = "As before"
RANKING: Final = "Where the paths stand"
SET_ASIDE: Final = "not among the safe ones"
TWO_CAUSES: Final = (
    "The rules changed between these two sessions, so there are two causes. "
    "First, the earlier answers under today's rules:"
)

ASK_CLIENT: Final = (
    "Which client is this? Type a code, such as C-104. Please don't type a name: "
    "a code keeps the person safe if anyone sees this list."
)
CLIENT_LABEL: Final = "Client code:"
ASK_JUDGEMENT: Final = (
    "Your own judgement. It is kept beside this result and changes nothing in it."
)
I_AGREE: Final = "I agree"
I_SEE_A_PATH: Final = "I see another path"
I_SEE_A_LEVEL: Final = "I see another level of care"
LEAVE_OPEN: Final = "Leave it open"
LEAVE_JUDGEMENT_OPEN: Final = "Leave my judgement open"
JUDGED_OTHER_ANSWERS: Final = "The answers or the result are others today, so judge them anew."
BACK: Final = 'To go back a question, type "back".'
FIRST_QUESTION: Final = "This is the first question here: there is nothing to go back to."
STAYS_OPEN: Final = "It stays as it was."
KEEP_JUDGEMENT: Final = "Keep it as it is"
JUDGE_ANEW: Final = "Judge it anew"
JUDGEMENT_STAYS: Final = "Your judgement of before stays."
JUDGEMENT_NOT_KEPT: Final = "Your judgement wasn't kept; you will be asked again."
LEFT_OPEN: Final = "Your judgement is left open. The session is saved without it."
WHICH_PATH: Final = "Which path?"
WHICH_LEVEL: Final = "Which level of care?"
WHICH_REASON: Final = "What is the main reason?"
FREE_LINE: Final = "A line in your own words. Enter alone leaves it out."
NUMBER_LABEL: Final = "Number:"
LINE_LABEL: Final = "Line:"

BEGIN_ANEW: Final = "A new intake, with nothing of before (Enter alone, too)"
FORGET_WORD: Final = "forget"
IMPORT_STOPPED: Final = (
    "Stopped. What was brought in until now stays. To go on, run the same command again."
)
BACKUP_STOPPED: Final = "Stopped. No backup was written."
KEEP_YEARS: Final = (
    "How long are sessions kept? Write it into config.yaml, such as keep_years: 7. "
    "Your law and your agency say how long. See: pathfinder help environment"
)
EXPIRED: Final = "Nothing is removed by itself. To remove one: pathfinder sessions forget SESSION"
CANT_PROMISE: Final = (
    "What this can't undo: copies in backups, plain drafts you wrote elsewhere, and exports "
    "and half-written copies beside them (.part). "
    "A solid-state disk may also hold old data in cells it has put aside."
)
PASSPHRASE_NEW: Final = (
    "Sessions are kept encrypted. Choose a passphrase: five words picked at random are best. "
    "Nobody can look it up. If it is lost, the sessions are lost."
)
LOCK_ANEW: Final = (
    "The lock of these sessions was made by an earlier version: guessing is cheaper, or opening "
    "dearer, than it should be. To lock them anew, with the same words or others: "
    "pathfinder sessions passphrase"
)
BACKUP_OPENS: Final = (
    "It opens with the passphrase of the day of the backup, and with age: age -d FILE | tar x"
)
PASSPHRASE_CHANGED: Final = (
    "The passphrase is changed. An old backup of the key file still opens with the old one, "
    "and that key opens new sessions, too: delete such backups."
)

YOU_THE_MAKER: Final = "You, who made these sessions"
MAKER: Final = "Who made these sessions"
WITH_PASSPHRASE: Final = "a passphrase of their own"
WITH_KEY: Final = "an age key that they keep elsewhere"
ACCESS_STOPPED: Final = (
    "Stopped. Every session is whole. If the change was begun, the next opening by who made "
    "these sessions carries it out: pathfinder sessions access list"
)
REMOVING_CANT_UNDO: Final = (
    "What this can't undo: what they have read, copied or printed, and backups of before, which "
    "still open with their passphrase. If they can still write in the folder, take that away "
    "too: an older list put back there would let them in again."
)


def saved(id_: str, revision: int) -> tuple[str, ...]:
    """That a session is saved, and how to come back to it."""
    return (
        f"Saved, encrypted: session {id_}, revision {revision}.",
        f"To see it: pathfinder sessions show {id_}",
        f"To go on with it: pathfinder sessions resume {id_}",
    )


def more_of(id_: str) -> str:
    """Where the reasons of a result are told, once it is saved."""
    return f"For every reason, once this is saved: pathfinder explain {id_}"


def after_agreeing(id_: str) -> tuple[str, ...]:
    """What to do with what was agreed."""
    return (
        f"The client's sheet: pathfinder sessions show {id_} --format html --output FILE",
        f"The note for the chart: pathfinder sessions note {id_}",
    )


def older(id_: str, stands: int, known: int) -> str:
    """That the file of a session isn't the one that was saved last."""
    return (
        f"Session {id_}: an older copy stands here, revision {stands}. Revision {known} was saved "
        "before. Was a backup brought back?"
    )


def older_draft(id_: str, stands: str, seen: str) -> str:
    return (
        f"Session {id_}: an older draft stands here, of {short_time(stands)}. One of "
        f"{short_time(seen)} was here before. Was a backup brought back?"
    )


def going_on(id_: str) -> str:
    return f"Going on with session {id_}."


def branched(old: str, new: str) -> str:
    """That two windows ask one session, and where the answers of this one are from now on."""
    return (
        f"Session {old} is being asked in another window. Your answers here are kept as a "
        f"session of their own from now on: {new}."
    )


def draft_dropped(id_: str) -> str:
    return f"Going on with session {id_}, as it was saved last. The draft of it is dropped."


def _counted(sessions: int, drafts: int) -> str:
    many = "one session" if sessions == 1 else f"{sessions} sessions"
    if not drafts:
        return many
    return f"{many} and {'one unfinished one' if drafts == 1 else f'{drafts} unfinished ones'}"


def backed_up(file: str, sessions: int, drafts: int) -> str:
    return f"Written to {clean(file)}, and read again: {_counted(sessions, drafts)}."


def backup_not_read_again(why: str) -> str:
    return f"The backup couldn't be read again, so it isn't kept. {why}".strip()


def restored(sessions: int, drafts: int) -> str:
    return f"Brought back: {_counted(sessions, drafts)}. See them: pathfinder sessions list"


def none_expired(years: int) -> str:
    return f"No session has stood longer than {'one year' if years == 1 else f'{years} years'}."


def brought_in(new: int, there: int) -> tuple[str, ...]:
    what = "One session is" if new == 1 else f"{new:,} sessions are"
    told = [f"{what} brought in, encrypted. See them: pathfinder sessions list"]
    if there:
        told.append(f"{there:,} stood there already, and stay as they are.")
    return tuple(told)


def nobody_agreed(id_: str) -> str:
    return (
        "The input ended before anybody answered, so no new revision was saved. "
        f"Session {id_} is as it was. At a terminal: pathfinder sessions resume {id_}"
    )


def notes_stay(number: int, id_: str) -> str:
    what = "One note" if number == 1 else f"{number} notes"
    return f"{what} of before {'stays' if number == 1 else 'stay'} with session {id_} alone."


def only_begun(id_: str) -> str:
    return f"Session {id_} isn't finished: its answers so far are used."


def several(code: str) -> str:
    return f"Several sessions stand under {clean(code)}, the newest first. Which one?"


def older_ones(many: int) -> str:
    return f"{many} older: name one by its id. All of them: pathfinder sessions list"


def in_short(line: Line) -> str:
    """A session as one of several to pick from."""
    what = STATES[line.state] or f"revision {line.revisions}"
    return f"{line.id}, {short_time(line.saved)}, {what}"


def known_code(code: str, found: Sequence[Line]) -> tuple[str, ...]:
    """That there are earlier sessions under a code, before a new intake begins."""
    if not found:
        return ()
    open_ = [line.id for line in found if line.state == "unfinished"]
    go_on = [f"To go on with the unfinished one: pathfinder sessions resume {id_}" for id_ in open_]
    there = "is an earlier session" if len(found) == 1 else f"are {len(found)} earlier sessions"
    return (f"There {there} under {clean(code)}.", *go_on[:1])


def follow_up(line: Line) -> str:
    return (
        f"A follow-up of {line.id}: each question again, with the answer of "
        f"{day_or_text(line.saved) or NO_DAY} beside it"
    )


def begins_anew(id_: str) -> str:
    """After lines that picked nothing: what comes now, and how to have the other."""
    return (
        "A new intake begins, with nothing of before. For a follow-up, stop here and type: "
        f"pathfinder quiz --for client --save --from {id_}"
    )


def following_up(id_: str) -> str:
    return f"A follow-up of session {id_}. That stays as it is."


def last_two(code: str, before: str, after: str) -> str:
    return f"The last two sessions under {clean(code)}: {before}, and {after}."


def moved(before: int | None, after: int | None) -> str:
    """Where a path stood and stands; None is not among the safe ones."""
    places = (SET_ASIDE if rank is None else f"place {rank}" for rank in (before, after))
    return ", now ".join(places)


def pick(most: int) -> str:
    return f"Type a number from 1 to {most}."


def judged_before(day: str, author: str) -> str:
    """That there is a judgement of before, by whom, and of which day."""
    return f"Judged {on_day(day, author)}:"


def on_day(day: str, author: str) -> str:
    return f"on {clean(day)}{f' by {clean(author)}' if author else ''}"


def enter_means(number: int) -> str:
    return f"Enter alone means {number}."


def enter_keeps(what: str) -> str:
    return f"Enter alone keeps: {what}."


def revision(number: int, of: int) -> str:
    return f"{number} of {of}"


def notes_kept(number: int) -> str:
    what = "one note" if number == 1 else f"{number} notes"
    return f"There {'is' if number == 1 else 'are'} {what}. To see: --with-notes"


def forget_what(id_: str, client: str, revisions: int) -> str:
    client = clean(client)  # a file from elsewhere may hold anything
    if not revisions:
        return f"Forget the unfinished session {id_} of client {client}?"
    many = "its one revision" if revisions == 1 else f"all {revisions} revisions"
    return f"Forget session {id_} of client {client}, with {many} and any draft?"


def forget_prompt() -> str:
    return f'Type "{FORGET_WORD}" to remove it. Anything else keeps it.'


def chooses_passphrase(name: str) -> str:
    """Before a passphrase is chosen by somebody else than who sits here."""
    return f"{clean(name)} chooses a passphrase now. Let them type it themselves."


def access_given(person: Person) -> str:
    name = clean(person.name)
    how = (
        "open them here with the passphrase just chosen"
        if person.here
        else "open each file with age and that key"
    )
    return f"{name} has access to all sessions from now on, and can {how}."


def access_taken(person: Person) -> str:
    return f"{clean(person.name)} has no access any more. Every file is encrypted anew."


def left_damaged(number: int) -> tuple[str, ...]:
    """That some files were damaged before, and are as they were."""
    if not number:
        return ()
    what = "One file" if number == 1 else f"{number} files"
    return (f"{what} couldn't be opened, and stayed as they were: pathfinder sessions list",)
