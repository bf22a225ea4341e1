"""bin/bench measures a run that comes out whole."""

from __future__ import annotations

import pytest

from bench import measure
from palkkio.payroll import computing

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_a_measured_run_comes_out_whole_and_says_where_the_time_went():
    said: list[str] = []
    before = computing.pay
    measure.whole_run(6, 3, said.append)
    text = "\n".join(said)
    assert "6 payees in" in text
    assert "payees a second" in text
    assert "Peak memory" in text
    for kind in ("reading the database", "calculating", "writing the database", "setting PDFs", "Floor"):
        assert kind in text
    assert computing.pay is before


def test_a_run_that_is_not_whole_gives_no_figures(monkeypatch):
    monkeypatch.setattr(measure.actions, "make_payslip_documents", lambda run_id, at: 0)
    said: list[str] = []
    with pytest.raises(RuntimeError, match="payslip, PDF and payment"):
        measure.whole_run(2, 1, said.append)
    assert not any("payees a second" in line for line in said)
