"""The compiled form of the built-in rules: the same rules, and never those of yesterday."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import tiny

from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader import compiled as form
from pathfinder.loader.compiled import FILE_NAME, compiled, rules_from, rules_in
from pathfinder.loader.load import load_rules
from pathfinder.loader.rule_files import built_in

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(ROOT / "rules")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small rule set as it would lie in an installed package, with its compiled form."""
    folder = tiny.write(tmp_path)
    beside = tmp_path / FILE_NAME
    beside.write_bytes(compiled(load_rules(folder)))
    monkeypatch.setattr(form, "built_in", lambda: folder)
    monkeypatch.setattr(form, "_beside_the_package", lambda: beside)
    monkeypatch.setattr("pathfinder.loader.load.built_in", lambda: folder)
    return tmp_path


def parts(value: object, where: str) -> Iterator[tuple[str, object]]:
    """Every value inside, with its kind and where it stands: 1 isn't True, a list no tuple."""
    if isinstance(value, Mapping):
        yield where, dict
        for key, each in value.items():
            yield from parts(each, f"{where}[{key}]")
    elif isinstance(value, tuple):
        yield where, type(value)
        for at, each in enumerate(value):
            yield from parts(each, f"{where}.{getattr(value, '_fields', {}) and value._fields[at]}")
    else:
        yield where, (type(value), value)


def test_the_compiled_rules_are_those_of_the_yaml_field_by_field(rules: RuleSet) -> None:
    again = rules_from(compiled(rules), rules.sha256)
    assert again is not None
    assert list(parts(again, "rules")) == list(parts(rules, "rules"))


def test_what_was_one_record_is_one_record_again(rules: RuleSet) -> None:
    again = rules_from(compiled(rules), rules.sha256)
    assert again is not None
    assert again.question_by_id["home"] is next(q for q in again.questions if q.id == "home")


def test_the_form_holds_text_numbers_and_names_alone(rules: RuleSet) -> None:
    known = set(form._RECORDS) | set(form._GATHERED)
    rows = json.loads(compiled(rules).partition(b"\n")[2])
    assert {row[0] for row in rows} <= known
    assert all(
        value is None
        or isinstance(value, str | bool | int)
        or (isinstance(value, list) and list(map(type, value)) == [int])
        for row in rows
        for value in row
    )


def test_installed_rules_are_taken_as_compiled(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathfinder.loader.load.load_rules", _must_not_be_read)
    assert rules_in(None).id == "tiny"


def _must_not_be_read(folder: Path | None = None) -> RuleSet:
    raise AssertionError("the YAML was read")


@pytest.mark.parametrize("name", ["ruleset.yaml", "factors/home.yaml", "help_lines.yaml"])
def test_a_changed_file_of_rules_is_not_ignored(installed: Path, name: str) -> None:
    before = rules_in(None).sha256
    file = next(installed.rglob("ruleset.yaml")).parent / name
    file.write_text(file.read_text(encoding="utf-8") + "\n# looked at\n", encoding="utf-8")
    assert rules_in(None).sha256 != before


def test_a_file_of_rules_that_is_gone_is_told_as_ever(installed: Path) -> None:
    next(installed.rglob("help_lines.yaml")).unlink()
    with pytest.raises(Exception, match=r"help_lines\.yaml"):
        rules_in(None)


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_damaged_form_falls_back_on_the_yaml(installed: Path, place: int) -> None:
    file = installed / FILE_NAME
    data = bytearray(file.read_bytes())
    data[len(data) * place // 100] ^= 1
    file.write_bytes(data)
    assert rules_from(bytes(data), load_rules(None).sha256) is None
    assert rules_in(None).id == "tiny"


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n[]", b"\xff\n[]", b"[1, 2]\n[]", b"null"])
def test_what_is_no_compiled_form_falls_back_on_the_yaml(installed: Path, data: bytes) -> None:
    (installed / FILE_NAME).write_bytes(data)
    assert rules_in(None).id == "tiny"


def test_a_form_cut_short_falls_back_on_the_yaml(installed: Path) -> None:
    file = installed / FILE_NAME
    file.write_bytes(file.read_bytes()[:-20])
    assert rules_in(None).id == "tiny"


def test_without_a_form_the_yaml_is_read(installed: Path) -> None:
    (installed / FILE_NAME).unlink()
    assert rules_in(None).id == "tiny"


def test_a_form_of_another_version_is_not_taken(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = compiled(rules)
    monkeypatch.setattr(form, "__version__", "0.0.1")
    assert rules_from(data, rules.sha256) is None


def test_a_form_of_records_with_other_fields_is_not_taken(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = compiled(rules)
    less = {name: made for name, made in form._RECORDS.items() if name != "Barrier"}
    monkeypatch.setattr(form, "_RECORDS", less)
    assert rules_from(data, rules.sha256) is None


def test_a_folder_that_is_named_is_always_read(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "rules_from", lambda *_: pytest.fail("the compiled form was taken"))
    assert rules_in(form.built_in()).id == "tiny"


def test_taking_the_form_imports_neither_yaml_nor_what_reads_it(
    tmp_path: Path, rules: RuleSet
) -> None:
    beside = tmp_path / FILE_NAME
    beside.write_bytes(compiled(load_rules(built_in())))
    probe = (
        "import json, pathlib, sys; from pathfinder.loader import compiled; "
        f"compiled._beside_the_package = lambda: pathlib.Path({str(beside)!r}); "
        "import pathfinder; pathfinder.load_rules(); print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    names = json.loads(run.stdout)
    assert "pathfinder.loader.compiled" in names
    assert {"yaml", "pathfinder.loader.load", "pathfinder.loader.fields"}.isdisjoint(names)


# --- as it is built -------------------------------------------------------------------


def built(into: Path) -> zipfile.ZipFile:
    """The wheel that pip is given."""
    build = f"import hatchling.build as build; build.build_wheel({str(into)!r})"
    command = [sys.executable, "-c", build]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60)
    (wheel,) = into.glob("*.whl")
    return zipfile.ZipFile(wheel)


@pytest.mark.slow
def test_the_wheel_carries_the_form_and_takes_it(tmp_path: Path, rules: RuleSet) -> None:
    with built(tmp_path) as wheel:
        wheel.extractall(tmp_path / "site")
    probe = (
        "from pathfinder.loader import compiled, rule_files; "
        "print(compiled._built_in().sha256, compiled.__file__, rule_files.built_in())"
    )
    run = subprocess.run(
        [sys.executable, "-c", probe],
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    sha256, module, folder = run.stdout.split()
    assert sha256 == rules.sha256
    assert Path(module).is_relative_to(tmp_path)
    assert Path(folder).is_relative_to(tmp_path)


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_an_editable_install_carries_none_so_that_changed_code_is_seen(version: str) -> None:
    build = ROOT / "src" / "compile_rules.py"
    spec = importlib.util.spec_from_file_location("compile_rules", build)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    hook = module.CompiledRules(str(ROOT), {}, None, None, "", "wheel")
    data: dict[str, dict[str, str]] = {"force_include": {}}
    hook.initialize(version, data)
    made = {name: Path(file).is_file() for file, name in data["force_include"].items()}
    hook.finalize(version, data, "")
    assert made == ({} if version == "editable" else {f"pathfinder/{FILE_NAME}": True})
    assert not any(Path(file).exists() for file in data["force_include"])
