"""Sums of runs, for the list of runs and for the run that another is compared with."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from palkkio.payroll.figures import Figures, euros
from palkkio.payroll.models import Proposal, Run, RunPart
from palkkio.payroll.parts import CALCULATE
from palkkio.payroll.values import Totals

SUMS = ("gross", "reimbursements", "withholding", "pension", "other_deductions", "net")


def run_totals(runs: Collection[Run]) -> dict[int, Totals]:
    """Sums over what is not left out, by run; while a run is calculated, of the parts that are done.

    Two queries for any number: what parts keep is added up, else the proposals.
    """
    kept = _of_parts(runs)
    missing = [run for run in runs if run.pk not in kept and run.state != Run.State.CALCULATING]
    return {run.pk: Totals() for run in runs} | kept | (_of_proposals(missing) if missing else {})


def totals_of(figures: Figures) -> Totals:
    return Totals(figures.payees, figures.contracts, **{name: euros(figures.sums[name]) for name in SUMS})


def _of_parts(runs: Collection[Run]) -> dict[int, Totals]:
    """By run; a run where a part keeps nothing is left out, but while it is calculated."""
    calculating = [run.pk for run in runs if run.state == Run.State.CALCULATING]
    parts = RunPart.objects.filter(run__in=runs, step=CALCULATE)
    current = parts.exclude(~Q(proposal=F("run__proposal")), run__in=calculating).values("run_id")
    rows = current.annotate(
        forgotten=Count("pk", filter=Q(figures__isnull=True)),
        payees=_kept("payees"),
        contracts=_kept("contracts"),
        **{name: _kept(f"sums__{name}") for name in SUMS},
    )
    return {
        row["run_id"]: Totals(
            row["payees"],
            row["contracts"],
            **{name: euros(row[name]) for name in SUMS},  # type: ignore[literal-required]
        )
        for row in rows
        if not row["forgotten"] or row["run_id"] in calculating
    }


def _kept(name: str) -> Sum:
    """A figure that parts keep, added up: a number, or cents."""
    return Sum(Cast(KT(f"figures__{name}"), BigIntegerField()), default=0)


def _of_proposals(runs: Collection[Run]) -> dict[int, Totals]:
    """By run; a run that pays nobody is left out."""
    paid = Proposal.objects.filter(run__in=runs, is_left_out=False).values("run_id")
    rows = paid.annotate(
        payees=Count("person", distinct=True, filter=Q(gross__gt=0)),
        contracts=Count("pk", filter=Q(gross__gt=0)),
        **{f"sum_{name}": Sum(name) for name in SUMS},
    )
    return {
        row["run_id"]: Totals(
            row["payees"],
            row["contracts"],
            **{name: row[f"sum_{name}"] for name in SUMS},  # type: ignore[literal-required]
        )
        for row in rows
    }
