"""Payslip (palkkalaskelma) as an accessible PDF (PAY-1); each line says why it is what it is (PAY-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from palkkio.core.days import DateRange
from palkkio.core.identifiers import masked_iban, spaced_iban
from palkkio.core.payslip import Deduction, Line, Payslip, Working
from palkkio.formats import figures
from palkkio.formats.explanation import calculation, causes
from palkkio.formats.incomes_register.income_types import income_type
from palkkio.formats.pdf.tables import Data, fact, frame, section, table
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import Words, words


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom the payee asks; what is empty is left out."""

    name: str = ""
    telephone: str = ""
    email: str = ""
    hours: str = ""


def payslip_pdf(
    payslip: Payslip,
    *,
    typesetter: Typesetter,
    language: str,
    made_at: datetime,
    ask: Ask | None = None,
    hides_account: bool = True,
    notes: Sequence[str] = (),
) -> bytes:
    """One payslip, tagged PDF/UA-1; the same values give the same bytes.

    made_at        aware moment at which the payslip was made, kept with it
    hides_account  all but the first and last four characters of the account; a document that travels tells no more
    notes          ready sentences in the payee's language
    Raises ValueError for an unknown language, KeyError for a line or deduction without words, DocumentError.
    """
    data = payslip_data(payslip, language=language, made_at=made_at, ask=ask, hides_account=hides_account, notes=notes)
    return typesetter.pdf("payslip", data, made_at=made_at)


def payslip_data(
    payslip: Payslip,
    *,
    language: str,
    made_at: datetime,
    ask: Ask | None = None,
    hides_account: bool = True,
    notes: Sequence[str] = (),
) -> Data:
    """What the template sets: every text ready to read."""
    w, result = words(language), payslip.result
    subtitle = (
        w("payslip.number", number=payslip.number),
        f"{w(f'kind.{payslip.contract_kind}')}, {w('payslip.contract', number=payslip.contract_number)}",
        w("payslip.recipient", name=payslip.recipient_name) if payslip.recipient_name else "",
    )
    if not payslip.is_explained:
        notes = (*notes, w("payslip.not_explained"))
    if result.receivable:
        notes = (*notes, w("payslip.receivable", amount=figures.euros(result.receivable)))
    account = masked_iban(payslip.iban) if hides_account else spaced_iban(payslip.iban)
    return {
        **frame(
            w,
            title=w("payslip.title", period=w.month(payslip.period)),
            subtitle=subtitle,
            payer=payslip.payer,
            made_at=made_at,
        ),
        "paid": w("payslip.paid", day=w.weekday(payslip.payday)),
        "net": figures.euros(result.net),
        "account": w("payslip.account", account=account) if payslip.iban else "",
        "lines": {
            "title": w("payslip.lines"),
            "line": w("payslip.line"),
            "quantity": w("payslip.quantity"),
            "amount": w("payslip.amount"),
        },
        "earnings": [_earning(w, line, payslip.period) for line in result.lines],
        "gross": {"name": w("payslip.gross"), "amount": figures.euros(result.gross)},
        "deductions": [_deduction(w, each) for each in result.deductions],
        "pay": {"name": w("payslip.net"), "amount": figures.euros(result.net)},
        "since_january": {
            "title": w("since_january.title"),
            "table": table(
                [(w("since_january.key"), "wide"), (w("since_january.amount"), "number")],
                [(w(f"since_january.{key}"), figures.euros(amount)) for key, amount in payslip.year_to_date],
            ),
        },
        "parties": {"title": w("parties.title"), "facts": _parties(w, payslip)},
        "notes": section(w("notes"), texts=notes),
        "ask": section(w("ask.title"), texts=_ask(w, ask)),
    }


def _earning(w: Words, line: Line, period: DateRange) -> Data:
    name = w(f"line.{line.code}")
    if line.period != period:
        name = f"{name}, {w.month(line.period)}"
    return {
        "name": name,
        "quantity": calculation(w, line),
        "amount": figures.euros(line.amount),
        "why": _why(w, line.working, line.working.days),
    }


def _deduction(w: Words, deduction: Deduction) -> Data:
    parts = [
        f"{figures.percent(percent)}\u00a0×\u00a0{figures.amount(part)}"
        for part, percent in deduction.parts
        if percent and part
    ]
    return {
        "name": w(f"deduction.{deduction.code}"),
        "quantity": " + ".join(parts),
        "amount": figures.euros(-deduction.amount),
        "why": _why(w, deduction.working, ()),
    }


def _why(w: Words, working: Working, days: Sequence[date]) -> list[str]:
    """Up to three lines: the rule in plain words; its grounds; the days that it came from."""
    inputs = dict(working.inputs)
    grounds = [working.law, working.source]
    if working.rate_valid is not None:
        grounds.append(w("payslip.valid", days=figures.days(working.rate_valid)))
    ground = ", ".join(part for part in grounds if part)
    plain = [w.get(f"rule.{working.rule}"), inputs.get("reason", "")]
    lines = [" ".join(part for part in plain if part)]
    if ground:
        lines.append(f"{w('payslip.reason')}: {ground}")
    if days:
        lines.append(f"{w('payslip.days')}: {_listed(days)}")
    if working.causes:
        lines.insert(0, f"{w('payslip.changed')}: {causes(w, working.causes)}")
    return [line for line in lines if line]


def _listed(days: Sequence[date]) -> str:
    """`1., 2. ja 8.5.` in the short: day numbers, the month after the last of each month."""
    ordered = sorted(set(days))
    return ", ".join(
        f"{day.day}.{day.month}."
        if at + 1 == len(ordered) or (ordered[at + 1].year, ordered[at + 1].month) != (day.year, day.month)
        else f"{day.day}."
        for at, day in enumerate(ordered)
    )


def _parties(w: Words, payslip: Payslip) -> list[Data]:
    payer, payee = payslip.payer, payslip.payee
    payer_text = [payer.name, w("parties.business_id", number=payer.identifier) if payer.identifier else ""]
    found = {
        kind.code
        for line in payslip.result.lines
        if (kind := income_type(payslip.contract_kind, line.code, is_taxable=line.is_taxable)) is not None
    }
    incomes = [f"{code}\u00a0{w(f'income.{code}')}" for code in sorted(found)]
    pairs = (
        (w("parties.payer"), ", ".join(part for part in (*payer_text, *payer.address) if part)),
        (w("parties.payee"), ", ".join(part for part in (payee.name, *payee.address) if part)),
        (w("parties.tax_card"), payslip.tax_card),
        (w("parties.income_types"), "; ".join(incomes)),
    )
    return [fact(name, text) for name, text in pairs if text]


def _ask(w: Words, ask: Ask | None) -> list[str]:
    if ask is None:
        return []
    contact = " · ".join(part for part in (ask.name, ask.telephone, ask.email, ask.hours) if part)
    return [w("ask.intro"), contact] if contact else []
