"""What must hold before a run may be approved: payroll's own conditions, and those that later stages add.

A later stage adds its condition when it starts, so that an approval asks it without payroll knowing the stage.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.db.models import Count, Q
from django.utils.translation import gettext_noop as _

from palkkio.payroll.findings import open_findings
from palkkio.payroll.models import Proposal, Run
from palkkio.payroll.values import GateItem

WRONG_SUMS = """
    SELECT 1
      FROM payroll_proposal proposal
     WHERE proposal.run_id = %s AND NOT proposal.is_left_out
       AND (proposal.gross <> (SELECT coalesce(sum((line ->> 'amount')::numeric), 0)
                                 FROM jsonb_array_elements(proposal.result -> 'lines') line)
            OR proposal.gross - proposal.net <> (SELECT coalesce(sum((part ->> 'amount')::numeric), 0)
                                                   FROM jsonb_array_elements(proposal.result -> 'deductions') part))
     LIMIT 1
"""

Check = Callable[[Run], list[GateItem]]
_checks: list[Check] = []


def add_check(check: Check) -> None:
    """Add a condition; added twice it is asked once."""
    if check not in _checks:
        _checks.append(check)


def conditions(run: Run) -> list[GateItem]:
    """All conditions of an approval that do not depend on who asks, met ones too."""
    counts = Proposal.objects.filter(run=run).aggregate(
        blocked=Count("pk", filter=Q(is_blocked=True)),
        settles=Count("pk", filter=Q(is_left_out=False)),
    )
    items = [
        GateItem("calculated", run.state == Run.State.PROPOSED, _("The proposal is calculated")),
        GateItem("something", counts["settles"] > 0, _("There is something to pay")),
        GateItem(
            "blocks",
            counts["blocked"] == 0,
            _("Blocks that are neither repaired nor set aside: %(count)s"),
            {"count": counts["blocked"]},
        ),
        GateItem(
            "others",
            not _is_another_being_made(run),
            _("No other run is being made into payslips right now"),
        ),
    ]
    items.append(GateItem("sums", not _has_wrong_sums(run), _("The lines of each payee add up to the sums")))
    found = open_findings(run)
    items.append(
        GateItem(
            "proof",
            found == 0,
            _("Findings of the proof that are neither mended nor set aside: %(count)s"),
            {"count": found},
        )
    )
    for check in _checks:
        items += check(run)
    return items


def _has_wrong_sums(run: Run) -> bool:
    """True if lines and deductions, as they are frozen, do not add up to gross and net of some proposal."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG_SUMS, [run.pk])
        return cursor.fetchone() is not None


def _is_another_being_made(run: Run) -> bool:
    """True while payslips of another approved run are still missing: until then it is not known what they settle."""
    waiting = Run.objects.filter(
        organisation_id=run.organisation_id, state=Run.State.APPROVED, payslips_made_at__isnull=True
    )
    return waiting.exclude(pk=run.pk).exists()
