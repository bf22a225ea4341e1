from __future__ import annotations

import pytest

from palkkio.payroll import gate


@pytest.fixture(autouse=True)
def payroll_alone(monkeypatch):
    """Payroll's own conditions of an approval: those of later stages have their tests there."""
    monkeypatch.setattr(gate, "_checks", [])
