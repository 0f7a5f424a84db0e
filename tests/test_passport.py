"""The passport's hash is SHA-256 of the rule files, and of nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tiny import write

from pathfinder import load_rules


def test_the_hash_is_sha256_over_names_and_bytes(tmp_path: Path) -> None:
    write(tmp_path)
    digest = hashlib.sha256()
    files = [*tmp_path.glob("*.yaml"), *(tmp_path / "factors").glob("*.yaml")]
    for file in sorted(files, key=lambda f: f.relative_to(tmp_path).as_posix()):
        data = file.read_bytes()
        name = file.relative_to(tmp_path).as_posix()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    assert load_rules(tmp_path).sha256 == digest.hexdigest()


def test_a_case_or_a_note_beside_the_rules_does_not_change_the_hash(tmp_path: Path) -> None:
    write(tmp_path)
    before = load_rules(tmp_path).sha256
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "someone.yaml").write_text("story: x\n")
    assert load_rules(tmp_path).sha256 == before
