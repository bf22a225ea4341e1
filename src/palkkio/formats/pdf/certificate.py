"""Pay certificate (palkkatodistus) on request (PAY-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Party
from palkkio.formats import figures
from palkkio.formats.pdf.tables import Data, fact, frame, section, table
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import Words, words


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payslip's sums in EUR; `period` is what it was paid for."""

    payday: date
    period: DateRange
    gross: Decimal
    taxable: Decimal
    withholding: Decimal
    pension: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class CertifiedContract:
    number: str
    kind: str
    valid: DateRange


@dataclass(frozen=True, slots=True)
class PayCertificate:
    """Payments with a payday in `period`; the payee's identity code is printed, since who asks needs it."""

    payer: Party
    payee: Party
    period: DateRange
    contracts: tuple[CertifiedContract, ...]
    payments: tuple[PaymentRow, ...]
    purpose: str = ""


def pay_certificate_pdf(
    certificate: PayCertificate, *, typesetter: Typesetter, language: str, made_at: datetime
) -> bytes:
    """The certificate as tagged PDF/UA-1. Raises ValueError for a payment outside the period or an unknown language."""
    data = pay_certificate_data(certificate, language=language, made_at=made_at)
    return typesetter.pdf("report", data, made_at=made_at)


def pay_certificate_data(certificate: PayCertificate, *, language: str, made_at: datetime) -> Data:
    w = words(language)
    if any(payment.payday not in certificate.period for payment in certificate.payments):
        raise ValueError("A certificate holds the payments of its period")
    payee = certificate.payee
    outro = [w("certificate.made", day=figures.day(day_of(made_at)))]
    if certificate.purpose:
        outro.insert(0, w("certificate.purpose", purpose=certificate.purpose))
    code = [w("parties.identity_code", code=payee.identifier)] if payee.identifier else []
    return {
        **frame(
            w,
            title=w("certificate.title"),
            subtitle=(w("certificate.period", period=figures.days(certificate.period)),),
            payer=certificate.payer,
            made_at=made_at,
        ),
        "intro": [w("certificate.intro", payer=certificate.payer.name)],
        "facts": [fact(w("parties.payee"), ", ".join([payee.name, *code]))],
        "sections": [
            section(w("certificate.contracts"), _contracts(w, certificate.contracts)),
            section(
                w("certificate.payments"),
                payments_table(w, certificate.payments, w("certificate.all")),
                () if certificate.payments else (w("certificate.none"),),
            ),
        ],
        "outro": outro,
    }


def _contracts(w: Words, contracts: Sequence[CertifiedContract]) -> Data:
    return table(
        [(w("certificate.contract"), "text"), (w("certificate.kind"), "wide"), (w("certificate.valid"), "text")],
        [(each.number, w(f"kind.{each.kind}"), figures.days(each.valid)) for each in contracts],
    )


_SUMS = ("gross", "taxable", "withholding", "pension", "net")


def sum_columns(w: Words) -> list[tuple[str, str]]:
    return [(w(f"certificate.{name}"), "number") for name in _SUMS]


def sums_of(payments: Sequence[PaymentRow]) -> tuple[str, ...]:
    """Gross, taxable, withholding, pension and net of some payments, as read."""
    return tuple(figures.amount(sum((getattr(each, name) for each in payments), ZERO)) for name in _SUMS)


def payments_table(w: Words, payments: Sequence[PaymentRow], total: str) -> Data:
    ordered = sorted(payments, key=lambda each: (each.payday, str(each.period.start)))
    rows = [(figures.day(each.payday), w.month(each.period), *sums_of([each])) for each in ordered]
    return table(
        [(w("certificate.payday"), "text"), (w("certificate.month"), "wide"), *sum_columns(w)],
        [*rows, (total, "", *sums_of(ordered))] if rows else [],
        sums=1,
    )
