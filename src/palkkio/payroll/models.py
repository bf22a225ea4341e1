from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from palkkio.organisations.base import OrganisationRow, PartRow
from palkkio.organisations.fields import DaysField


@pghistory.track()
class Hold(OrganisationRow):
    """Nothing is paid to this person until released (PAY-11)."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    held_at = models.DateTimeField()
    held_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(released_at__isnull=True), name="a_person_is_held_once_at_a_time"
            )
        ]


@pghistory.track()
class OneOffLine(OrganisationRow):
    """A line outside the rules, with a reason and a second person's approval (PAY-11)."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    period = DaysField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.CharField(max_length=200)
    is_taxable = models.BooleanField(default=True)
    is_pensionable = models.BooleanField(default=True)
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="a_one_off_line_is_approved_by_a_second_person",
            ),
        ]


@pghistory.track()
class Run(OrganisationRow):
    """Payroll run (maksuajo) of one payday: proposed, approved by a second person, produced.

    calculating -> proposed -> approved -> produced; back to calculating when recalculated; cancelled before the bank
    has the file. Whether it was sent is asked of payments.
    """

    class State(models.TextChoices):
        CALCULATING = "calculating"
        PROPOSED = "proposed"
        APPROVED = "approved"  # payslips and files are being made
        PRODUCED = "produced"
        CANCELLED = "cancelled"

    number = models.PositiveIntegerField()
    payday = models.DateField()
    is_extra = models.BooleanField(default=False)  # outside the schedule (PAY-11)
    contract_kinds = models.JSONField(default=list)  # kinds paid in this run
    only_contracts = models.JSONField(default=list)  # extra run: contract ids; empty: all
    care_months_until = models.DateField()  # sheets of periods that end by this day are taken
    until_by_kind = models.JSONField(default=dict)  # the same day for each kind, where kinds have other schedules
    state = models.CharField(max_length=12, choices=State.choices, default=State.CALCULATING)
    proposal = models.PositiveIntegerField(default=1)  # grows with each recalculation; approval names the one it saw
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    calculated_at = models.DateTimeField(null=True)
    progress_done = models.PositiveIntegerField(default=0)  # contracts calculated, then payslips made
    progress_of = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)  # message id: what stopped the calculation or the making of files
    trouble_params = models.JSONField(default=dict)  # names and numbers in that message
    returned_reason = models.TextField(blank=True)
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    approved_by_person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    payslips_made_at = models.DateTimeField(null=True)  # all of them: files may be made
    produced_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_run_number_is_used_once"),
            models.UniqueConstraint(
                fields=["organisation", "payday"],
                condition=Q(is_extra=False) & ~Q(state="cancelled"),
                name="one_scheduled_run_per_payday",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="a_run_is_approved_by_a_second_person",
            ),
        ]
        triggers = [pgtrigger.Protect(name="runs_are_never_deleted", operation=pgtrigger.Delete)]


class Proposal(PartRow):
    """What a run proposes for one contract: facts, result and problems; written anew by each calculation.

    When it is paid its payslip names it, and it stays as it is. It is written while its run is locked, and names what
    was read then and is never deleted: run, card, and a contract, which its terms and sheets hold. So no key of it is
    looked up again.
    """

    run = models.ForeignKey(
        Run, on_delete=models.CASCADE, related_name="proposals", db_index=False, db_constraint=False
    )
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(  # the contract's carer
        "people.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    position = models.PositiveIntegerField()  # payees by name, then contract number: the order of payslip numbers
    period = DaysField()  # the main earning period: the latest that it pays
    revision_ids = models.JSONField(default=list)  # sheet revisions that it pays
    sheets = models.JSONField(default=dict)  # their sheets, with the number of the revision
    one_off_ids = models.JSONField(default=list)
    late_month_ids = models.JSONField(default=list)  # paid months whose facts have changed, paid again
    tax_card = models.ForeignKey(
        "payroll.TaxCard", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    card_kind = models.CharField(max_length=30)
    iban = models.CharField(max_length=34, blank=True)
    facts = models.JSONField()
    result = models.JSONField()
    digest = models.CharField(max_length=32, blank=True)  # of all that an approval compares
    line_count = models.PositiveSmallIntegerField(default=0)  # without lines there is no payslip
    has_overpaid = models.BooleanField(default=False)  # lines that become a receivable
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    taxable = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    pensionable = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    reimbursements = models.DecimalField(max_digits=12, decimal_places=2)  # tax free, part of the gross
    withholding = models.DecimalField(max_digits=12, decimal_places=2)
    pension = models.DecimalField(max_digits=12, decimal_places=2)
    other_deductions = models.DecimalField(max_digits=12, decimal_places=2)
    net = models.DecimalField(max_digits=12, decimal_places=2)
    receivable = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    gross_before = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # in the scheduled run before
    days = models.DecimalField(max_digits=12, decimal_places=4, default=0)  # paid days of the care month
    days_before = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    causes = models.JSONField(default=dict)  # cause of change -> EUR; they add up to gross less gross_before
    correction = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # lines of earlier months
    problems = models.JSONField(default=list)  # code, figure, day
    problem_codes = models.JSONField(default=list)
    is_blocked = models.BooleanField(default=False)  # a red problem that is not set aside
    is_left_out = models.BooleanField(default=False)  # held, or set aside without pay: next run takes it
    is_held = models.BooleanField(default=False)  # by a hold on the person

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "run"], name="one_proposal_per_contract_and_run"),
            models.CheckConstraint(
                condition=~Q(is_blocked=True, is_left_out=True), name="what_is_left_out_blocks_nothing"
            ),
        ]
        indexes = [models.Index(fields=["run", "position"], name="proposals_in_order")]
        triggers = [
            pgtrigger.Trigger(
                name="what_was_paid_is_never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT FROM payroll_payslip WHERE proposal_id = OLD.id) THEN
                        RAISE EXCEPTION 'Proposal % was paid and stays as it is', OLD.id;
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        RETURN OLD;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]


@pghistory.track()
class SetAside(OrganisationRow):
    """A red problem of one contract in one run, set aside by a named person with a reason."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="set_asides")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "contract", "code"], name="a_problem_is_set_aside_once_per_run")
        ]


# Tables that lie beside, as the stage's own.
from palkkio.payroll.tables.cards import CardRequest, TaxCard  # noqa: E402, F401
from palkkio.payroll.tables.charges import ClientCharge  # noqa: E402, F401
from palkkio.payroll.tables.claims import DistraintOrder, DuesAuthorisation  # noqa: E402, F401
from palkkio.payroll.tables.late import LateMonth, PaidLateMonth  # noqa: E402, F401
from palkkio.payroll.tables.parts import RunPart  # noqa: E402, F401
from palkkio.payroll.tables.payslips import (  # noqa: E402, F401
    PaidOneOff,
    PaidRevision,
    Payslip,
    PayslipLine,
    Receivable,
)
from palkkio.payroll.tables.recoveries import (  # noqa: E402, F401
    Recovery,
    RecoveryPart,
    RecoveryPlan,
    RecoveryTransfer,
    RecoveryWaiver,
)
