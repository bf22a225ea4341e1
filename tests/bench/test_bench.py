"""bin/bench measures a run that comes out whole, by workers as in production."""

from __future__ import annotations

import pytest

from bench import measure, seed

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_a_measured_run_comes_out_whole_and_says_where_the_time_went():
    said: list[str] = []
    figures = measure.whole_run(40, seed.county(40, 10), 1, said.append)
    assert (figures.payslips, figures.reports) == (40, 40)
    assert figures.floor > 0
    assert figures.megabytes > 0
    assert set(figures.by_step) >= {"approval", "payment file, reports, voucher"}
    measure.report(figures, said.append)
    text = "\n".join(said)
    for words in ("40 payees in", "payees a second", "Peak memory of the workers together", "Floor"):
        assert words in text


def test_a_run_that_is_not_whole_gives_no_figures():
    with pytest.raises(RuntimeError, match="everybody has a payslip"):
        measure.must(False, "everybody has a payslip")
