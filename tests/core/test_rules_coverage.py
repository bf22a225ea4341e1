"""docs/rules-coverage.md says what proves each rule, and what it names is there."""

import re
from pathlib import Path

from palkkio.rules.coverage import coverage, file_of_test, markdown

ROOT = Path(__file__).parents[2]
RULES = {"L": 21, "X": 4, "F": 9, "I": 8, "K": 10, "T": 16, "B": 5}
RULES |= {"PK": 8, "PV": 15, "PC": 6, "PD": 9, "PS": 8, "PP": 7, "PL": 7, "PH": 9, "PT": 10, "D": 7, "W": 14}
RULES |= {"EC": 19, "EA": 22, "ET": 6}  # worked examples


def test_the_page_is_what_the_rules_say_now():
    page = ROOT / "docs" / "rules-coverage.md"
    assert page.read_text(encoding="utf-8") == markdown(), (
        "run: python -m palkkio.rules.coverage > docs/rules-coverage.md"
    )


def test_every_rule_is_named_once():
    wanted = [f"{letter}{number}" for letter, last in RULES.items() for number in range(1, last + 1)]
    assert [each.rule_id for each in coverage()] == wanted


def test_every_proof_is_there():
    for each in coverage():
        for proof in each.proofs:
            _, _, name = proof.partition("::")
            if name:
                text = (ROOT / file_of_test(proof)).read_text(encoding="utf-8")
                assert re.search(rf"^def {name}\(", text, re.MULTILINE), f"{each.rule_id}: {proof}"
            else:
                assert (ROOT / "cases" / f"{proof}.yaml").is_file(), f"{each.rule_id}: {proof}"


def test_what_is_not_built_says_why():
    for each in coverage():
        assert each.proofs or len(each.not_built) > 15
