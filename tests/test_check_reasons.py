"""What `rules check` says of reasons and texts, beyond one example of each check."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.check import run_checks
from pathfinder.ruletools.check.registry import TODAY, example_files

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover


def found(folder: Path, file: str, before: str, after: str) -> list[str]:
    """The codes of what is found once `before` has become `after` in the example rule set."""
    for name, data in example_files().items():
        text = data.decode()
        if name == file:
            assert before in text
            text = text.replace(before, after, 1)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [each.code for each in run_checks(folder, TODAY).found]


REASON = ("factors/home.yaml", "because: so you can come and go.")
NOTE = ("factors/home.yaml", "because: Call a shelter today.")


@pytest.mark.parametrize(
    "because",
    [
        "so it matters where you sleep.",
        "so it is worth asking how much of your week stays free.",
        "and such people do well.",
        "and that really matters here.",
        "evenings stay free for you here.",
        "and your home is steady here.",
        "and walls keep rain away.",
        "and that does matter here.",
        "and home is what matters here.",
        "so this fits.",
        "and that counts for something here.",
        "and this may work better for you here.",
        "and where you live matters a great deal here.",
        "and this is a good choice for many people.",
        "and this plays a part in what is right here.",
    ],
)
def test_a_reason_that_argues_nothing_is_found(because: str, tmp_path: Path) -> None:
    assert found(tmp_path, *REASON, f"because: {because}") == ["weak-reason"]


@pytest.mark.parametrize(
    "because",
    [
        "so you can sleep there and come here by day.",
        "This leaves your evenings free.",
        "and a group meets near you.",
        "and support from others is close by.",
    ],
)
def test_a_reason_that_says_what_the_path_does_is_not_found(because: str, tmp_path: Path) -> None:
    assert found(tmp_path, *REASON, f"because: {because}") == []


@pytest.mark.parametrize(
    "text",
    [
        "TODO",
        "Call [date].",
        "Call <name>.",
        "Call ???",
        "To do: find the number.",
        "Call (insert number).",
        "Call ... today.",
        "Call \u2026 today.",
        "todo say why it is so.",
        "Lorem ipsum dolor sit amet.",
        "Call (name) today.",
        "Call XX today.",
        "tbd",
        "Call today (to be written).",
        "Call today, and ...",
        "Call (number) today.",
        "Call today (citation needed).",
        "Call TK today.",
        "fixme",
        "Fill in later.",
    ],
)
def test_a_place_left_open_is_found(text: str, tmp_path: Path) -> None:
    assert "placeholder" in found(tmp_path, *NOTE, f'because: "{text}"')


@pytest.mark.parametrize(
    "text",
    [
        "Stop your medicine today.",
        "Come off the methadone first.",
        "Throw away all of your pills.",
        "You can skip a dose of your medication.",
        "Stop your Xanax.",
        "Stop gabapentin before you start.",
        "Stop taking the sedatives your doctor gave you.",
        "Stop opioids at once.",
        "Taper your sedatives at home by yourself.",
        "Discontinue lithium.",
        "Get rid of your medicine.",
        "Flush your tablets.",
        "Put your pills away for good.",
        "Halve your dose each day.",
        "You no longer need your medication.",
        "Stop your medicine, not your program.",
        "When you start, stop your medicine.",
        "If you take pills, stop them and the other tablets.",
        "If you take pills, stop them.",
        "You have a prescription. Stop taking it today.",
        "Stop taking your Klonopin.",
        "Throw your tablets away.",
        "Do not keep taking your medicine.",
        "Go cold turkey with your Xanax.",
        "It is best to be off all medication.",
        "Phase out your lithium.",
        "Do not refill your prescription.",
        "Replace your medicine with meetings.",
        "Once you feel well, your medicine is no longer needed.",
        "Try a week without your antidepressant.",
        "Wean yourself off Valium on your own.",
        "Cut your dose in half each week.",
        "Leave your medication at home.",
        "Try a few days without your pills.",
        "Quit taking what your doctor gave you.",
        "Don't take your medicine on that day.",
        "Lower your dose by half each week.",
        "Cut out the Valium.",
        "A clean start means no more meds.",
        "Put your prescription aside while you are here.",
        "Stop your Xanax, since it can do harm.",
        "Stop your Lexapro today.",
        "Stop all drugs your doctor gives you.",
        "Your prescribed pills must stop.",
        "Avoid your benzos from now on.",
        "Never take methadone.",
        "Detox from methadone before you start.",
        "Stop your blood thinner at once.",
        "Hold off on your Suboxone till then.",
        "Stop your Nardil today.",
    ],
)
def test_a_text_that_tells_to_stop_a_medicine_is_found(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, *NOTE, f"because: {text}") == ["stop-medicine"]


@pytest.mark.parametrize(
    "text",
    [
        "Don't stop your medicine at once.",
        "If you stop your pills, it can turn bad fast.",
        "Stopping sedatives at once can harm you.",
        "Ask what else can put your pills out of mind.",
        "Ask your doctor to taper your sedatives.",
        "Never skip a dose of your medication.",
        "Ask who prescribed it how to come off the pills.",
        "Stop the car and take your pills.",
        "You take a medicine. Don't stop it alone.",
        "Ask about your pills before you stop them.",
        "Leave the hospital with your pills in hand.",
        "A doctor can reduce your dose with you.",
        "Cut down with a doctor who knows your dose.",
        "Don't take more than your dose, and don't take less.",
        "A doctor can lower your dose with you.",
        "Never take more pills than you were given.",
        "To stop gabapentin at once can be dangerous.",
        "Stop your drinking with help.",
        "Talk to a doctor before you stop your Xanax.",
        "Skip your Tuesday group if you are ill.",
        "Quit your Saturday job.",
    ],
)
def test_a_text_that_keeps_someone_on_a_medicine_is_not_found(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, *NOTE, f"because: {text}") == []


def test_a_claim_of_another_article_is_told_from_one_that_nobody_makes(tmp_path: Path) -> None:
    cited = ("factors/home.yaml", "sources: [{id: book, section: Home}]\n    fires: {home: none}")
    with_claim = cited[1].replace("Home}", "Home, claim: F12}")
    assert found(tmp_path, *cited, with_claim) == ["unknown-claim"]
    file = tmp_path / "ruleset.yaml"
    ledger = "{source: book, ids: [F10, F11]}"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(ledger, f"{ledger}, {{source: film, ids: [F12]}}"), encoding="utf-8"
    )
    sources = tmp_path / "sources.yaml"
    film = 'sources:\n  - {id: film, title: F, publisher: P, year: "2020", address: not stated,'
    text = sources.read_text(encoding="utf-8")
    sources.write_text(
        text.replace("sources:\n", f"{film} interest: none stated}}\n", 1), encoding="utf-8"
    )
    messages = [each.message for each in run_checks(tmp_path, TODAY).found]
    assert "F12 is a claim of film, not of book" in messages


def test_who_cites_a_claim_needs_the_list_of_claims(tmp_path: Path) -> None:
    ledger = ("ruleset.yaml", "claims: [{source: book, ids: [F10, F11]}]", "claims: []")
    assert "unknown-claim" in found(tmp_path, *ledger)


def test_that_something_matters_is_no_reason_for_a_gate_either(tmp_path: Path) -> None:
    text = "because: It really matters how much care you get."
    assert "weak-reason" in found(tmp_path / "gate", *NOTE, text)
    assert found(tmp_path / "more", *NOTE, "because: Patience matters more than speed.") == []


@pytest.mark.parametrize(
    "because",
    [
        "and such a program makes sense.",
        "and this treatment is recommended.",
        "so this is what you need.",
        "so this has to be considered.",
        "and this program would be a suitable option.",
    ],
)
def test_a_reason_that_only_recommends_is_found(because: str, tmp_path: Path) -> None:
    assert found(tmp_path, *REASON, f"because: {because}") == ["weak-reason"]


def test_two_questions_and_two_paths_that_read_the_same_are_found(tmp_path: Path) -> None:
    ask = ("factors/home.yaml", "ask: Where do you sleep?", "ask: what do you use")
    assert found(tmp_path / "questions", *ask) == ["twin-label"]
    name = ("paths.yaml", "name: A stay with care", "name: Support groups")
    assert found(tmp_path / "paths", *name) == ["twin-label"]


@pytest.mark.parametrize(
    "text",
    [
        "Call a shelter # today.",
        "Call a shelter today. # soon",
        "Call a shelter #1 today.",
        "Call # a shelter today.",
        "A # shelter today.",
        "call # a shelter today.",
    ],
)
def test_a_text_that_ends_at_a_comment_is_found(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, *NOTE, f"because: {text}") == ["cut-text"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("first: safe-place", "first: safe-place  # the nearest one"),
        ("when: {home: none}\n    because: Call", "when: {home: none} # x\n    because: Call"),
        ("because: Call a shelter today.", 'because: "Call a shelter today." # soon'),
        ("because: Call a shelter today.", "# soon\n    because: Call a shelter today."),
    ],
)
def test_a_comment_stays_possible_behind_a_word_a_bracket_and_a_quote(
    before: str, after: str, tmp_path: Path
) -> None:
    assert found(tmp_path, "factors/home.yaml", before, after) == []


def test_files_and_folders_that_nobody_reads_are_found_wherever_they_stand(tmp_path: Path) -> None:
    assert found(tmp_path, *REASON, REASON[1]) == []
    for name in ("README.md", "schema.json", ".hidden", "factors/.home.yaml.swp"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert run_checks(tmp_path, TODAY).found == ()
    for name in ("notes.txt", "factors/home.yaml~", "cases/old/one.yaml", "drafts/two.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    told = run_checks(tmp_path, TODAY)
    assert {each.code for each in told.found} == {"unread-file"}
    assert {Path(each.file).relative_to(tmp_path).as_posix() for each in told.found} == {
        "notes.txt",
        "factors/home.yaml~",
        "cases/old",
        "drafts",
    }
    assert told.waiting == (), "what nobody reads keeps no other check from looking"


def test_texts_in_another_script_are_told_apart_and_marks_alone_are_no_text(
    tmp_path: Path,
) -> None:
    labels = ("factors/home.yaml", "unsafe: A place that isn't safe, steady: A steady place")
    told = found(tmp_path / "a", *labels, "unsafe: Нет безопасного места, steady: Свой дом")
    assert told == []
    told = found(tmp_path / "b", *REASON, "because: é")
    assert told == ["weak-reason"]


SELECTED = ("factors/home.yaml", "set_aside: [stay]")
GATE = """set_aside: {approach: twelve-step}
    opens_when: This opens up if it gets harder.
    because: Less is enough for you.
    check: Is less enough for me?
    judgement: It costs you less.
    fires: {substances: [alcohol], severity: risky, home: steady}
    quiet: {substances: [alcohol], severity: severe, home: steady}
  - id: risky-is-far-less
    when: {severity: risky, home: steady}
    set_aside: {%s}"""


def test_gates_that_name_paths_by_other_traits_are_no_twins_but_share_no_sentence(
    tmp_path: Path,
) -> None:
    told = found(tmp_path / "other", *SELECTED, GATE % "level: outpatient")
    assert told == ["twin-because"]
    told = found(tmp_path / "same", *SELECTED, GATE % "approach: twelve-step")
    assert told == ["twin-rule", "twin-because"]


TABLE = "factors/needs.yaml"
LESS = "and less than this is enough"
COUNTS = "counts-astray"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        # The same argument on the other side, behind another joining word.
        (f"because: {LESS}", "because: so someone listens here", "two-directions"),
        # Two answers of a table that say one thing.
        ("says: You use opioids", "says: You drink", "twin-because"),
        # A step of the scale that the signs never come to.
        ("counts: {risky: 0, mild: 1, severe: 2}", "counts: {risky: 0, severe: 2}", COUNTS),
    ],
)
def test_twins_and_gaps_of_a_table_are_found(
    before: str, after: str, code: str, tmp_path: Path
) -> None:
    assert code in found(tmp_path, TABLE, before, after)


def test_two_notes_that_say_the_same_are_found(tmp_path: Path) -> None:
    note = "  - id: steady-home\n    when: {home: steady}\n    because: Your home is steady.\n"
    twin = note.replace("steady-home", "safe-home").replace("home: steady}", "home: none}")
    more = twin + "    judgement: It is good to know.\n" + note
    assert found(tmp_path, "factors/home.yaml", note, more) == ["twin-because"]


def test_a_barrier_that_can_hold_without_its_question_is_found(tmp_path: Path) -> None:
    barrier = "    question: home\n    when: {home: none}\n    paths"
    loose = barrier.replace("{home: none}", "{any: [{home: none}, {severity: severe}]}")
    assert found(tmp_path / "any", "factors/home.yaml", barrier, loose) == ["barrier-elsewhere"]
    bound = barrier.replace("{home: none}", "{any: [{home: none}, {home: unsafe}]}")
    assert found(tmp_path / "bound", "factors/home.yaml", barrier, bound) == []


def test_two_paths_with_one_short_name_are_found(tmp_path: Path) -> None:
    name = (
        "paths.yaml",
        "name: A stay with care",
        "name: A stay with care\n    brief: Support groups",
    )
    assert "twin-label" in found(tmp_path, *name)


def test_the_same_sentence_in_two_tables_is_found(tmp_path: Path) -> None:
    row = "says: Your home is steady\n        for: [{paths: {approach: either}, weight: 2,"
    twin = "says: You drink\n        for: [{paths: {approach: either}, weight: 2,"
    before = f"{row} because: so you can come and go.}}]"
    after = f"{twin} because: so you can talk about it here.}}]"
    assert found(tmp_path, "factors/home.yaml", before, after) == ["twin-because"]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("sources.yaml", "title: ", "title: TODO "),
        ("factors/home.yaml", "section: Home}", 'section: "TODO"}'),
    ],
)
def test_a_place_left_open_is_found_whatever_its_key(
    file: str, before: str, after: str, tmp_path: Path
) -> None:
    assert "placeholder" in found(tmp_path, file, before, after)


def test_a_place_left_open_in_what_a_chart_says_is_found(tmp_path: Path) -> None:
    """`{answer}` is filled in by the program, and nothing else is."""
    folder = tmp_path / "rules"
    shutil.copytree(built_in(), folder)
    chart = folder / "record.yaml"
    text = chart.read_text(encoding="utf-8")
    written = text.replace("record: reports {answer}", 'record: "reports {answer} [see below]"', 1)
    assert written != text
    chart.write_text(written, encoding="utf-8")
    assert [each.code for each in run_checks(folder, date.today()).found] == ["placeholder"]


def test_a_reason_in_another_order_on_the_other_side_is_found(tmp_path: Path) -> None:
    turned = "because: and here listens someone."
    assert "two-directions" in found(tmp_path, TABLE, f"because: {LESS}.", turned)
