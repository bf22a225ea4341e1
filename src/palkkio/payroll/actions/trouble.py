"""What stopped the work on a run, as its page says it."""

from __future__ import annotations

from palkkio.core.problems import Refusal
from palkkio.payroll.models import Run


def note_trouble(run_id: int, error: Exception, *, proposal: int | None = None) -> None:
    """Say on the run what stopped its calculation, or the making of its payslips or files.

    proposal  of which the calculation stopped: nothing is said on a run that has begun another since
    """
    message, params = (error.message, error.params) if isinstance(error, Refusal) else (str(error), {})
    words = {name: value if isinstance(value, int) else str(value) for name, value in params.items()}
    rows = Run.objects.filter(pk=run_id).exclude(trouble=message, trouble_params=words)
    if proposal is not None:
        rows = rows.filter(proposal=proposal)
    rows.update(trouble=message, trouble_params=words)
