"""The fault table of docs/reliability.md: each row names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_row_of_the_fault_table_names_tests_that_exist() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 30
    for what, _happens, shown_by in rows:
        files = [(ROOT / each).read_text(encoding="utf-8") for each in re.findall(r"`(tests/[^`]+\.py)`", shown_by)]
        named = re.findall(r"`(test_\w+)`", shown_by)
        assert files, what
        assert named, what
        for each in named:
            assert any(re.search(rf"def {each}\b", file) for file in files), (what, each)
