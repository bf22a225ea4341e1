"""Pay certificate and yearly summary as values (PAY-11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Party
from palkkio.core.viewer import Viewer
from palkkio.formats.incomes_register.income_types import income_type
from palkkio.formats.pdf import PayCertificate, PaymentRow, YearlySummary
from palkkio.formats.pdf.certificate import CertifiedContract
from palkkio.organisations import queries as organisations
from palkkio.payroll import access
from palkkio.payroll.models import Payslip, PayslipLine
from palkkio.payroll.queries.parties import payee_on_paper, payer_on_paper
from palkkio.people import access as people


def pay_certificate(
    viewer: Viewer, person_id: int, *, first: date, last: date, language: str, purpose: str = ""
) -> PayCertificate:
    """What was paid to a person on paydays from `first` to `last`. Raises NotAllowed, ValueError for days turned."""
    period = DateRange.of_days(first, last)
    slips = _paid(viewer, person_id).filter(payday__gte=first, payday__lte=last)
    contracts = {slip.contract_id: slip.contract for slip in slips}
    return PayCertificate(
        payer=payer_on_paper(organisations.payer(viewer.organisation_id), language),
        payee=_payee(viewer, person_id, first),
        period=period,
        contracts=tuple(CertifiedContract(each.number, each.kind, each.valid) for each in contracts.values()),
        payments=_payments(slips),
        purpose=purpose,
    )


def yearly_summary(viewer: Viewer, person_id: int, *, year: int, language: str) -> YearlySummary:
    """What was paid to a person in a year, and by income type as it was reported. Raises NotAllowed."""
    slips = _paid(viewer, person_id).filter(payday__year=year)
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    lines = PayslipLine.objects.filter(payslip__in=slips).values_list(
        "payslip__contract__kind", "code", "is_taxable", "amount"
    )
    for kind, code, is_taxable, amount in lines:
        found = income_type(kind, code, is_taxable=is_taxable)
        if found is not None:
            sums[found.code] += amount
    return YearlySummary(
        year=year,
        payer=payer_on_paper(organisations.payer(viewer.organisation_id), language),
        payee=_payee(viewer, person_id, date(year, 1, 1)),
        by_income_type=tuple(sorted(sums.items())),
        payments=_payments(slips),
    )


def _paid(viewer: Viewer, person_id: int) -> QuerySet[Payslip]:
    found = access.payslips(viewer).filter(person_id=person_id, is_cancelled=False, run__produced_at__isnull=False)
    return found.select_related("contract").order_by("payday", "number")


def _payments(slips: Iterable[Payslip]) -> tuple[PaymentRow, ...]:
    return tuple(
        PaymentRow(slip.payday, slip.period, slip.gross, slip.taxable, slip.withholding, slip.pension, slip.net)
        for slip in slips
    )


def _payee(viewer: Viewer, person_id: int, since: date) -> Party:
    person = people.person(viewer, person_id)
    return payee_on_paper(person, person.name, since)
