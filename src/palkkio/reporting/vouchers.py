"""The accounting voucher (tosite) of a run. Made whole, and once."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.days import DateRange
from palkkio.core.payslip import Deduction, Line, Party, PayResult, Payslip, Working
from palkkio.core.problems import WrongState
from palkkio.documents import actions as documents
from palkkio.formats import ledger
from palkkio.organisations.actions import next_number
from palkkio.organisations.locks import Lock, one_at_a_time
from palkkio.payments.actions import FileRefusedError
from palkkio.payroll.queries.handover import Posted, held_run, posted_of_run
from palkkio.reporting.accounts import accounts_on
from palkkio.reporting.models import Voucher, VoucherLine
from palkkio.reporting.queries import voucher_of_run
from palkkio.reporting.taking_over import made_of, record_made

if TYPE_CHECKING:
    from palkkio.payroll.models import Run


@transaction.atomic
def make_voucher(run_id: int, *, at: datetime, waits: bool = True) -> Voucher | None:
    """The accounting voucher of a run, balanced, and its file. Made once; None when nothing is posted.

    waits  False: None at once while somebody else is making it, who has something else to do meanwhile
    Raises WrongState (also when a ledger account is missing), FileRefusedError.
    """
    run = held_run(run_id)
    if not one_at_a_time(Lock.VOUCHERS, run_id, waits=waits):
        return None
    made_of(run)
    if made := voucher_of_run(run_id):
        return made
    posted = [_value(run, each) for each in posted_of_run(run_id)]
    if not posted:
        return None
    year = run.payday.year
    number = f"{year}-{next_number(run.organisation_id, f'voucher-{year}'):05d}"
    try:
        voucher = ledger.voucher_of_payslips(
            posted,
            number=number,
            day=run.payday,
            text=f"Run {run.number}",
            accounts=accounts_on(run.organisation_id, run.payday),
        )
        content = ledger.write_vouchers([voucher])
    except ledger.AccountMissing as error:
        codes = ", ".join(sorted({code for _kind, code in error.codes}))
        raise WrongState(_("Ledger accounts are missing for: %(codes)s"), codes=codes) from error
    except ValueError as error:
        raise FileRefusedError(f"Voucher of run {run.number}: {error}") from error
    row = Voucher.objects.create(
        organisation_id=run.organisation_id,
        run=run,
        number=number,
        posted_on=run.payday,
        file=documents.issue(
            content,
            organisation_id=run.organisation_id,
            kind="voucher",
            file_name=f"tosite-{run.payday:%Y-%m-%d}-{number}.csv",
            content_type="text/csv",
            at=at,
        ),
        made_at=at,
    )
    VoucherLine.objects.bulk_create(
        [
            VoucherLine(
                organisation_id=run.organisation_id,
                voucher=row,
                position=position,
                account=line.account,
                cost_centre=line.cost_centre,
                product=line.product,
                municipality=line.municipality,
                code=line.code,
                debit=line.debit,
                credit=line.credit,
            )
            for position, line in enumerate(voucher.lines)
        ],
        batch_size=1000,
    )
    record_made("make_voucher", run, row.pk, at, lines=len(voucher.lines))
    return row


def _value(run: Run, sums: Posted) -> ledger.PostedPayslip:
    """The sums of many payslips as one: a voucher adds them up all the same."""
    period, working = DateRange.month_of(run.payday), Working("")
    result = PayResult(
        lines=tuple(
            Line(code, Decimal(1), "piece", amount, amount, period, working) for code, amount in sums.earnings.items()
        ),
        deductions=tuple(Deduction(code, amount, amount, (), working) for code, amount in sums.deductions.items()),
    )
    nobody = Party("")
    slip = Payslip("", run.payday, period, nobody, nobody, "", sums.contract_kind, "", "", "", result)
    return ledger.PostedPayslip(slip, sums.cost_centre, sums.municipality)
