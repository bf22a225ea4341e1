"""Payslips: lists, one with everything on it, and the values that PDF and reports are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Sum, prefetch_related_objects
from django.db.models.functions import ExtractMonth

from palkkio.calculation import frozen
from palkkio.core.clock import day_of
from palkkio.core.identifiers import masked_iban
from palkkio.core.money import ZERO
from palkkio.core.payslip import PayResult
from palkkio.core.payslip import Payslip as PayslipValue
from palkkio.core.viewer import Viewer
from palkkio.formats import figures
from palkkio.organisations import queries as organisations
from palkkio.payroll import access
from palkkio.payroll.explaining import explained
from palkkio.payroll.models import PaidRevision, Payslip, PayslipLine, Run
from palkkio.payroll.queries.cards import card_view
from palkkio.payroll.queries.parties import payee_on_paper, payer_on_paper
from palkkio.payroll.queries.views import deduction_views, line_views
from palkkio.payroll.values import ChangeView, MonthPaid, PaidSheet, PayslipRow, PayslipView, YearToDate

SUMS = ("gross", "taxable", "withholding", "pension", "net")


# --- Lists ------------------------------------------------------------------------------------------------------------


def payslips_of(viewer: Viewer, year: int | None = None) -> list[PayslipRow]:
    """The payslips that a viewer may see, newest payday first; for staff see `access.payslips`."""
    found = access.payslips(viewer)
    if year is not None:
        found = found.filter(payday__year=year)
    return payslip_rows(found.order_by("-payday", "-number"))


def payslips_of_run(run: Run) -> QuerySet[Payslip]:
    """Payslips of a run in the order of their numbers, without their frozen facts."""
    return Payslip.objects.filter(run=run).select_related("contract", "person").order_by("number")


def payslip_rows(payslips: QuerySet[Payslip]) -> list[PayslipRow]:
    """Payslips as list rows; slice the query set for a page."""
    other_month = PayslipLine.objects.filter(payslip=OuterRef("pk")).exclude(period=OuterRef("period"))
    found = payslips.select_related("contract").annotate(corrects=Exists(other_month))
    return [
        PayslipRow(
            id=slip.pk,
            number=slip.number,
            payday=slip.payday,
            period=slip.period,
            contract_id=slip.contract_id,
            contract_number=slip.contract.number,
            contract_kind=slip.contract.kind,
            payee=slip.payee_name,
            recipient=slip.recipient_name,
            gross=slip.gross,
            net=slip.net,
            has_correction=slip.corrects,
            is_cancelled=slip.is_cancelled,
            document_id=slip.document_id,
        )
        for slip in found
    ]


def paid_by_month(viewer: Viewer, year: int) -> list[MonthPaid]:
    """Twelve months of paydays with what was paid in each, in EUR."""
    rows = (
        access.payslips(viewer)
        .filter(payday__year=year, is_cancelled=False)
        .annotate(month=ExtractMonth("payday"))
        .values("month")
        .annotate(of_gross=Sum("gross"), of_net=Sum("net"))
    )
    found = {row["month"]: row for row in rows}
    return [
        MonthPaid(
            month,
            found[month]["of_gross"] if month in found else ZERO,
            found[month]["of_net"] if month in found else ZERO,
        )
        for month in range(1, 13)
    ]


# --- One payslip ------------------------------------------------------------------------------------------------------


def payslip_view(payslip: Payslip) -> PayslipView:
    """Everything that the page of a payslip says."""
    value = payslip_value(payslip)
    result = value.result
    card = None
    if payslip.tax_card is not None:
        card = card_view(payslip.tax_card, Decimal(payslip.facts["tax_card"]["accumulated"]))
    before = _previous(payslip)
    return PayslipView(
        id=payslip.pk,
        number=payslip.number,
        run_id=payslip.run_id,
        payday=payslip.payday,
        period=payslip.period,
        made_at=payslip.made_at,
        is_cancelled=payslip.is_cancelled,
        document_id=payslip.document_id,
        contract_id=payslip.contract_id,
        contract_number=payslip.contract.number,
        contract_kind=payslip.contract.kind,
        person_id=payslip.person_id,
        payer=value.payer,
        payee=value.payee,
        recipient=payslip.recipient_name,
        iban=payslip.iban,
        masked_iban=masked_iban(payslip.iban) if payslip.iban else "",
        lines=line_views(result.lines, payslip.period),
        deductions=deduction_views(result.deductions),
        gross=payslip.gross,
        taxable=payslip.taxable,
        pensionable=payslip.pensionable,
        net=payslip.net,
        receivable=result.receivable,
        card=card,
        year_to_date=YearToDate(**dict(value.year_to_date)),
        previous_id=None if before is None else before.pk,
        previous_payday=None if before is None else before.payday,
        changes=() if before is None else _changes(frozen.from_json(before.result), result),
        sheets=_sheets(payslip),
        is_explained=value.is_explained,
    )


def _previous(payslip: Payslip) -> Payslip | None:
    """The contract's payslip before."""
    earlier = Payslip.objects.filter(contract_id=payslip.contract_id, is_cancelled=False).exclude(pk=payslip.pk)
    return earlier.filter(payday__lte=payslip.payday, number__lt=payslip.number).order_by("payday", "number").last()


def _changes(before: PayResult, now: PayResult) -> tuple[ChangeView, ...]:
    """Lines and deductions whose sum differs, in the order of the payslip."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO, ZERO])
    for result, at in ((now, 2), (before, 0)):
        for line in result.lines:
            sums[line.code][at] += line.quantity
            sums[line.code][at + 1] += line.amount
        for deduction in result.deductions:
            sums[deduction.code][at + 1] -= deduction.amount
    changes = (
        ChangeView(code, quantity_before=was, amount_before=paid, quantity=quantity, amount=amount)
        for code, (was, paid, quantity, amount) in sums.items()
    )
    return tuple(change for change in changes if change.difference)


def _sheets(payslip: Payslip) -> tuple[PaidSheet, ...]:
    settled = PaidRevision.objects.filter(payslip=payslip).select_related("revision").order_by("revision__period")
    return tuple(
        PaidSheet(
            sheet_id=each.revision.sheet_id,
            revision=each.revision.number,
            period=each.revision.period,
            reviewed_at=each.revision.reviewed_at,
        )
        for each in settled
    )


# --- Values for PDF and reports ---------------------------------------------------------------------------------------


def payslip_value(payslip: Payslip) -> PayslipValue:
    """The payslip as `formats` takes it, in the payee's language."""
    return payslip_values([payslip])[0]


def payslip_values(payslips: Sequence[Payslip]) -> list[PayslipValue]:
    """Many payslips of one organisation as `formats` takes them; a few queries for any number."""
    if not payslips:
        return []
    prefetch_related_objects(payslips, "contract", "person", "tax_card", "proposal")
    payer = organisations.payer(payslips[0].organisation_id)
    sums = year_to_date(payslips)
    payers = {language: payer_on_paper(payer, language) for language in {slip.person.language for slip in payslips}}
    found = [explained(slip.proposal_id, slip.organisation_id, slip.facts, slip.result) for slip in payslips]
    return [
        PayslipValue(
            number=slip.number,
            payday=slip.payday,
            period=slip.period,
            payer=payers[slip.person.language],
            payee=payee_on_paper(slip.person, slip.payee_name, day_of(slip.made_at)),
            contract_number=slip.contract.number,
            contract_kind=slip.contract.kind,
            recipient_name=slip.recipient_name,
            iban=slip.iban,
            tax_card=_card_words(slip),
            result=each.result,
            year_to_date=tuple((name, getattr(sums[slip.pk], name)) for name in SUMS),
            is_explained=each.is_explained,
        )
        for slip, each in zip(payslips, found, strict=True)
    ]


def _card_words(slip: Payslip) -> str:
    """The percents of the card and the day from which it holds; words of no language."""
    card = slip.tax_card
    if card is None:
        return ""
    percents = figures.percent(card.base_percent)
    if card.ceiling is not None:
        percents = f"{percents} / {figures.percent(card.additional_percent)} ({figures.euros(card.ceiling)})"
    return f"{percents}, {figures.day(card.valid.start)} –" if card.valid.start else percents


def year_to_date(payslips: Iterable[Payslip]) -> dict[int, YearToDate]:
    """Sums of each payee's year up to and with each payslip, by payslip; one query for each year."""
    found: dict[int, YearToDate] = {}
    by_year: dict[int, list[Payslip]] = defaultdict(list)
    for slip in payslips:
        by_year[slip.payday.year].append(slip)
    for year, slips in by_year.items():
        rows = _year(year, {slip.person_id for slip in slips})
        for slip in slips:
            upto = [row.sums for row in rows[slip.person_id] if row.place <= (slip.payday, slip.number)]
            found[slip.pk] = YearToDate(*(sum(column, ZERO) for column in zip(*upto, strict=True)))
    return found


class _Paid(NamedTuple):
    place: tuple[date, str]  # payday and number: the order of payslips
    sums: tuple[Decimal, ...]  # in the order of SUMS


def _year(year: int, person_ids: Collection[int]) -> dict[int, list[_Paid]]:
    rows: dict[int, list[_Paid]] = defaultdict(list)
    paid = Payslip.objects.filter(person_id__in=person_ids, payday__year=year, is_cancelled=False)
    for person_id, payday, number, *sums in paid.values_list("person_id", "payday", "number", *SUMS):
        rows[person_id].append(_Paid((payday, number), tuple(sums)))
    return rows
