"""docs/rule-format.md: the page of keys is what the loader goes by."""

from __future__ import annotations

from pathlib import Path

import pytest
from built_in import RULES

from pathfinder.ruletools.author.schema import forms, keys_page, with_keys

PAGE = Path(__file__).parents[1] / "docs" / "rule-format.md"
FORMS = forms(RULES.compare_rows)


def test_the_page_of_keys_is_made_of_the_forms_of_the_loader() -> None:
    document = PAGE.read_text(encoding="utf-8")
    assert keys_page() in document, "make it anew: PAGE.write_text(with_keys(PAGE.read_text()))"
    assert with_keys(document) == document


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.what)
def test_each_key_is_told_in_one_plain_sentence(form: object) -> None:
    for key, (kind, about) in form.allowed.items():  # type: ignore[attr-defined]
        assert kind, key
        assert about.endswith("."), key
        assert len(about) <= 90, key
