"""Yearly summary (vuosiyhteenveto) of what was paid and withheld, on request (PAY-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.core.payslip import Party
from palkkio.formats import figures
from palkkio.formats.pdf.certificate import PaymentRow, sum_columns, sums_of
from palkkio.formats.pdf.tables import Data, fact, frame, section, table
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import Words, words


@dataclass(frozen=True, slots=True)
class YearlySummary:
    """Payments with a payday in `year`, and the sums in EUR by income type code as reported to the Incomes Register."""

    year: int
    payer: Party
    payee: Party
    by_income_type: tuple[tuple[int, Decimal], ...]
    payments: tuple[PaymentRow, ...]


def yearly_summary_pdf(summary: YearlySummary, *, typesetter: Typesetter, language: str, made_at: datetime) -> bytes:
    """The summary as tagged PDF/UA-1. Raises ValueError for a payment of another year or an unknown language."""
    data = yearly_summary_data(summary, language=language, made_at=made_at)
    return typesetter.pdf("report", data, made_at=made_at)


def yearly_summary_data(summary: YearlySummary, *, language: str, made_at: datetime) -> Data:
    w = words(language)
    if any(payment.payday.year != summary.year for payment in summary.payments):
        raise ValueError("A yearly summary holds the payments of one year")
    incomes = [(str(code), w(f"income.{code}"), figures.amount(amount)) for code, amount in summary.by_income_type]
    columns = [(w("summary.code"), "text"), (w("summary.name"), "wide"), (w("summary.amount"), "number")]
    sections = [
        section(w("summary.incomes"), table(columns, incomes)),
        section(w("summary.months"), _by_month(w, summary)),
    ]
    return {
        **frame(
            w,
            title=w("summary.title", year=str(summary.year)),
            subtitle=(summary.payee.name,),
            payer=summary.payer,
            made_at=made_at,
        ),
        "intro": [w("summary.intro", year=str(summary.year))] if summary.payments else [w("certificate.none")],
        "facts": [fact(w("parties.payer"), summary.payer.name), fact(w("parties.payee"), summary.payee.name)],
        "sections": sections if summary.payments else [],
        "outro": [],
    }


def _by_month(w: Words, summary: YearlySummary) -> Data:
    rows = [
        (
            w.month(DateRange.of_month(summary.year, month)),
            *sums_of([each for each in summary.payments if each.payday.month == month]),
        )
        for month in sorted({each.payday.month for each in summary.payments})
    ]
    total = (w("certificate.all"), *sums_of(summary.payments))
    return table([(w("summary.month"), "wide"), *sum_columns(w)], [*rows, total] if rows else [], sums=1)
