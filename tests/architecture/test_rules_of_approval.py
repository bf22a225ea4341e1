"""docs/rules-of-approval.md names tests that exist, for each rule R1 to R20."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "rules-of-approval.md").read_text(encoding="utf-8")


def test_every_rule_of_the_time_sheets_names_its_tests_and_they_exist() -> None:
    rows = {int(number): row for number, row in re.findall(r"(?m)^\| R(\d+) \|(.*)$", TABLE)}
    assert sorted(rows) == list(range(1, 21))
    named = [re.findall(r"`(tests/\S+)::(\w+)`", row) for row in rows.values()]
    assert all(named)
    missing = [
        f"{path}::{name}"
        for tests in named
        for path, name in tests
        if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []
