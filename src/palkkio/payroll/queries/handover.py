"""What later stages ask before they take a run over."""

from __future__ import annotations

from palkkio.payroll.models import Proposal, Run


def locked_run(run_id: int) -> Run:
    """The run, its row locked to the end of the transaction, so that it is not cancelled while files are made of it."""
    return Run.objects.select_for_update().get(pk=run_id)


def lacks_payslips(run_id: int) -> bool:
    """True while payslips of an approved run are still to be made."""
    return Proposal.objects.filter(run=run_id, is_left_out=False, is_produced=False).exists()
