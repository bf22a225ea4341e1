"""What must hold before a run may be approved: payroll's own conditions, and those that later stages add.

A later stage adds its condition when it starts, so that an approval asks it without payroll knowing the stage.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_noop as _

from palkkio.payroll.figures import Figures, figures_of, read
from palkkio.payroll.findings import open_findings
from palkkio.payroll.models import Run
from palkkio.payroll.values import GateItem

Check = Callable[[Run, Figures], list[GateItem]]
_checks: list[Check] = []


def add_check(check: Check) -> None:
    """Add a condition, which is given the run with its figures; added twice it is asked once."""
    if check not in _checks:
        _checks.append(check)


def conditions(run: Run, of_run: Figures | None = None) -> list[GateItem]:
    """All conditions of an approval that do not depend on who asks, met ones too.

    of_run  the run's figures, where they are known
    What the parts of a proposed run have kept is taken where it agrees with the proposals as they stand; else all of
    them are read. While a run is calculated nothing is compared: it tells of the parts that are done.
    """
    kept = figures_of(run) if of_run is None else of_run
    figures = kept if run.state != Run.State.PROPOSED or kept.agrees_with(run) else read(run)
    found = open_findings(run, figures)
    items = [
        GateItem("calculated", run.state == Run.State.PROPOSED, _("The proposal is calculated")),
        GateItem("something", figures.proposed > figures.left_out, _("There is something to pay")),
        GateItem(
            "blocks",
            figures.blocked == 0,
            _("Blocks that are neither repaired nor set aside: %(count)s"),
            {"count": figures.blocked},
        ),
        GateItem("others", not _is_another_being_made(run), _("No other run is being made into payslips right now")),
        GateItem("sums", figures.wrong_sums == 0, _("The lines of each payee add up to the sums")),
        GateItem(
            "proof",
            found == 0,
            _("Findings of the proof that are neither mended nor set aside: %(count)s"),
            {"count": found},
        ),
    ]
    for check in _checks:
        items += check(run, figures)
    return items


def _is_another_being_made(run: Run) -> bool:
    """True while payslips of another approved run are still missing: until then it is not known what they settle."""
    waiting = Run.objects.filter(
        organisation_id=run.organisation_id, state=Run.State.APPROVED, payslips_made_at__isnull=True
    )
    return waiting.exclude(pk=run.pk).exists()
