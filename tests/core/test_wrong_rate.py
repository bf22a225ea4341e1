"""A wrong figure is found by the cases: with one cent too much in a copy of the rules they differ by it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from palkkio.calculation.cases.command import differences_of
from palkkio.rules import figures

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the figures of the law that the calculation reads in this test."""
    law = tmp_path / "law"
    shutil.copytree(figures.LAW, law)
    monkeypatch.setattr(figures, "LAW", law)
    figures.forget()
    yield law
    figures.forget()


@pytest.mark.parametrize(
    ("key", "right", "wrong", "case", "told"),
    [
        (
            "informal_care/minimum_fee",
            '"530.00"',
            '"530.01"',
            "informal_care/2026_class_1_is_the_minimum",
            "gross: expected 530.00, got 530.01 (+0.01)",
        ),
        (
            "family_care/minimum_fee",
            '"966.35"',
            '"967.35"',
            "family_care/2026_below_the_minimum",
            "line CARE_FEE: amount expected 966.35, got 967.35 (+1.00)",
        ),
        (
            "family_care/maximum_start_up_allowance",
            '"3528.16"',
            '"3528.00"',
            "family_care/2024_start_up_above_the_maximum",
            "gross: expected 4452.18, got 4452.02 (-0.16)",
        ),
        (
            "social_insurance/carer_pension/basic",
            '"7.30"',
            '"7.40"',
            "family_care/2026_tax_on_fee_and_expenses",
            "pension: expected 70.54, got 71.51 (+0.97)",
        ),
        (
            "assistance/agreement/percent",
            'value: "15"',
            'value: "16"',
            "personal_assistance/2026_saturday_evening",
            "line EVENING: amount expected 5.63, got 6.00 (+0.37)",
        ),
    ],
)
def test_a_wrong_figure_makes_its_case_differ_to_the_cent(
    copy: Path, key: str, right: str, wrong: str, case: str, told: str
):
    path = CASES / f"{case}.yaml"
    assert differences_of(path) == []
    figures.forget()
    file = copy / f"{key}.yaml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    assert told in differences_of(path)
