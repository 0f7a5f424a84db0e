"""The page for a tablet and its code: what is in the file, and what comes back from it."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from pathlib import Path

import pytest
from command import Run
from people import anybody, on_the_path
from pyrage import x25519

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, PathfinderError
from pathfinder.fhir.page import (
    LETTERS,
    WORDS,
    length,
    looks_written,
    read_code,
    recipient_of,
    written,
)


@pytest.fixture
def made(pathfinder: Run) -> str:
    ran = pathfinder("fhir", "page")
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def element(page: str, tag: str) -> str:
    (found,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    return str(found)


# --- the file ---------------------------------------------------------------------------


def test_nothing_but_what_stands_in_the_page_may_run(made: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', made)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(element(made, kind).encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"


@pytest.mark.parametrize(
    "word",
    ["://", "fetch", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "localStorage",
     "sessionStorage", "indexedDB", "cookie", "caches", "innerHTML", "eval", "console", "<img",
     "<link", "<iframe", "src="],
)  # fmt: skip
def test_it_has_no_way_to_send_load_or_keep_anything(word: str, made: str) -> None:
    assert word not in made


def test_no_text_of_the_rules_can_end_the_script(rules: RuleSet, made: str) -> None:
    from pathfinder.engine.ruleset import region_of
    from pathfinder.fhir.page import page
    from pathfinder.fhir.questionnaire import questionnaire
    from pathfinder.fhir.vocabulary import RELEASES

    region = region_of(rules, "")
    first = rules.questions[0]._replace(ask="</script><script>alert(1)</script>{data}")
    changed = rules._replace(
        questions=(first, *rules.questions[1:]),
        question_by_id={**rules.question_by_id, first.id: first},
    )
    page_ = page(changed, questionnaire(changed, RELEASES["R4"], region), region)
    assert page_.count("</script>") == made.count("</script>") == 2
    (data,) = re.findall(r'id="data">(.*?)</script>', page_, re.DOTALL)
    assert json.loads(data)["rules"]["questions"][0]["ask"] == first.ask


def test_it_recommends_nothing(rules: RuleSet, made: str) -> None:
    for path in rules.paths:
        assert f'"{path.id}"' not in made
        assert path.name not in made


def test_its_title_says_nothing_to_who_looks_over_a_shoulder(made: str) -> None:
    assert not re.search(r"drug|drink|recover|addict", element(made, "title"), re.IGNORECASE)


def test_the_help_lines_are_those_of_the_place(pathfinder: Run) -> None:
    assert "999" in pathfinder("fhir", "page", "--region", "uk").out
    assert "999" not in pathfinder("fhir", "page").out.split('id="data"')[0]


def test_every_word_of_the_page_is_used_and_none_is_missing() -> None:
    source = Path(__file__).parents[1] / "src" / "pathfinder" / "fhir" / "page_screens.js"
    used = set(re.findall(r"\bwords\.(\w+)", source.read_text("utf-8")))
    assert used == {*WORDS, "opening"}


# --- the agency's key -------------------------------------------------------------------


def test_a_key_of_age_is_taken_apart_and_a_slip_in_it_is_seen() -> None:
    for _ in range(20):
        key = str(x25519.Identity.generate().to_public())
        assert len(recipient_of(key)) == 32
        assert recipient_of(key.upper()) == recipient_of(f" {key}\n")
        place = random.Random(key).randrange(4, len(key))
        letter = LETTERS[LETTERS.index(key[place]) - 1]
        with pytest.raises(PathfinderError, match="no public key of age"):
            recipient_of(key[:place] + letter + key[place + 1 :])


@pytest.mark.parametrize("key", ["", "age1", "AGE-SECRET-KEY-1", "age1b", "ssh-ed25519 AAAA", "é"])
def test_what_is_no_key_is_wrong_use(key: str, pathfinder: Run) -> None:
    ran = pathfinder("fhir", "page", "--key", key)
    assert (ran.code, ran.out) == (2, "")
    assert "no public key of age" in ran.err


# --- the code ---------------------------------------------------------------------------


def test_any_answers_come_back_from_their_code(rules: RuleSet) -> None:
    dice = random.Random(21)
    for _ in range(400):
        answers = on_the_path(rules, anybody(dice, rules, missing=dice.choice((0, 0.3, 0.95))))
        code = written(rules, answers)
        assert len(code.replace("-", "")) == length(rules) <= 40
        assert looks_written(code.encode())
        assert read_code(rules, code.lower().replace("-", " ").encode(), "it") == answers


def test_up_to_four_slips_in_a_code_are_noticed(rules: RuleSet) -> None:
    dice = random.Random(4)
    answers = on_the_path(rules, anybody(dice, rules))
    code = written(rules, answers).replace("-", "").lower()
    for _ in range(500):
        letters = list(code)
        for place in dice.sample(range(len(code)), dice.randint(1, 4)):
            letters[place] = dice.choice([each for each in LETTERS if each != letters[place]])
        with pytest.raises(AnswersError, match="letter by letter"):
            read_code(rules, "".join(letters).encode(), "it")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda code: code[:-1], "letter by letter"),
        (lambda code: code + "Q", "letter by letter"),
        (lambda code: "O" + code[1:], '"O" stands in no code'),
        (lambda code: "", "empty"),
        (lambda code: "hello there", "stands in no code"),
        (lambda code: "home: steady", "expected a value"),
        (lambda code: "x" * 399, "letter by letter"),
    ],
)
def test_a_code_that_does_not_hold_is_one_clear_line(
    spoil: object, said: str, rules: RuleSet, pathfinder: Run
) -> None:
    assert callable(spoil)
    ran = pathfinder("fhir", "import", "-", stdin=spoil(written(rules, {"home": "steady"})))
    assert (ran.code, ran.out) == (65, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_code_of_other_rules_is_told_from_one_with_a_slip(rules: RuleSet) -> None:
    other = rules._replace(sha256="0" * 64)
    with pytest.raises(AnswersError, match="of other rules"):
        read_code(rules, written(other, {"home": "steady"}).encode(), "it")


def test_a_code_typed_in_becomes_answers(rules: RuleSet, pathfinder: Run) -> None:
    ran = pathfinder("fhir", "import", "-", stdin=written(rules, {"home": "steady"}) + "\n")
    assert (ran.code, ran.out) == (0, "answers:\n  home: steady\n")


def test_a_locked_file_says_how_it_is_opened(pathfinder: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.age"
    file.write_bytes(b"age-encryption.org/v1\n-> X25519 x\n")
    ran = pathfinder("fhir", "import", str(file))
    assert ran.code == 66
    assert "age --decrypt" in ran.err
