"""Values of the bank's page: payments that came back, files on their way, what the bank has answered (PAY-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.core.identifiers import masked_iban
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.people.queries import accounts_on
from palkkio.web.desk.files_page import cut_off_words
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from palkkio.payments.models import Answer, Batch, Payment
    from palkkio.payments.queries import Terms

REASONS: dict[str, Promise] = {
    "AC01": lazy("the account number does not exist"),
    "AC04": lazy("the account is closed"),
    "AC06": lazy("the account is blocked"),
    "AC13": lazy("the account is of the wrong kind"),
    "AG01": lazy("payments to this account are not allowed"),
    "AM09": lazy("the amount is wrong"),
    "BE04": lazy("the payee's address is missing"),
    "DT01": lazy("the day of payment is wrong"),
    "FF01": lazy("the bank could not read the file"),
    "MD07": lazy("the account holder has died"),
    "MS02": lazy("the payee did not take it"),
    "MS03": lazy("the bank gives no reason"),
    "RC01": lazy("the payee's bank is not known"),
    "RR04": lazy("by order of the authorities"),
}
KINDS: dict[str, Promise] = {
    "salary": lazy("Pay"),
    "distraint": lazy("Distraint"),
    "union_dues": lazy("Trade union dues"),
    "fund_fee": lazy("Unemployment fund fee"),
    "tax": lazy("Tax and health insurance"),
    "pension": lazy("Pension insurance"),
    "unemployment": lazy("Employment Fund"),
    "accident": lazy("Accident insurance"),
}
ANSWERS: dict[str, Promise] = {
    "status": lazy("State of a payment file"),
    "notification": lazy("Entries"),
    "statement": lazy("Account statement"),
    "": lazy("File that could not be read"),
}


def reason_words(code: str, text: str) -> str:
    """The bank's code in words; a code that is not known, with what the bank writes."""
    words = str(REASONS.get(code, "")) or text or code or str(REASONS["MS03"])
    return wording.sentence(capfirst(words))


@dataclass(frozen=True, slots=True)
class Returned:
    """One payment that came back, with what the clerk needs to mend it."""

    id: int
    name: str
    what: str
    amount: str
    href: str
    why: str
    when: str
    account: str
    account_now: str
    person_href: str
    chip: Chip
    is_same_account: bool


def returned(rows: Sequence[Payment], today: date) -> list[Returned]:
    """The account of the payment beside the one in force today, both masked: the whole one is on the person's page."""
    people = {row.pk: row.payslip.person_id if row.payslip is not None else row.person_id for row in rows}
    now = accounts_on({person_id for person_id in people.values() if person_id is not None}, today)
    return [_returned(row, people[row.pk], now) for row in rows]


def _returned(row: Payment, person_id: int | None, now: Mapping[int, str]) -> Returned:
    told = max(row.told.all(), key=lambda each: each.pk, default=None)
    slip = row.payslip
    current = now.get(person_id or 0, "") if slip is not None else row.iban
    what = str(KINDS[row.kind])
    if slip is not None:
        what = _("Payslip %(number)s") % {"number": slip.number}
    is_rejected = row.outcome == "rejected"
    return Returned(
        id=row.pk,
        name=row.creditor_name,
        what=what,
        amount=wording.euros(row.amount),
        href=reverse("desk:payslip", args=[slip.pk]) if slip is not None else "",
        why=reason_words(told.reason if told else "", told.text if told else ""),
        when=wording.weekday_date(row.batch.execution_date, get_language()),
        account=masked_iban(row.iban),
        account_now=masked_iban(current) if current else _("none"),
        person_href=reverse("desk:person", args=[person_id]) if person_id is not None else "",
        chip=Chip(_("Refused by the bank") if is_rejected else _("Returned by the bank"), "error"),
        is_same_account=current == row.iban,
    )


@dataclass(frozen=True, slots=True)
class FileRow:
    """A payment file of payments made anew, or one that is on its way."""

    id: int
    name: str
    note: str
    file_href: str
    chip: Chip
    trouble: str
    may_send: bool
    may_cancel: bool
    why_not: str


def files(rows: Sequence[Batch], viewer: Viewer, *, at: datetime, cut_off: time) -> list[FileRow]:
    is_clerk = viewer.role is RoleKind.PAYROLL_CLERK
    made = []
    for row in rows:
        is_own = row.made_by_id == viewer.account_id
        payments = ngettext("%(n)s payment", "%(n)s payments", row.payment_count)
        day = wording.weekday_date(row.execution_date, get_language())
        made.append(
            FileRow(
                id=row.pk,
                name=_("Payment file %(n)s") % {"n": row.number},
                note=f"{payments % {'n': row.payment_count}}, {wording.euros(row.total)}, {day}",
                file_href=reverse("desk:bank-file", args=[row.pk]),
                chip=_file_chip(row),
                trouble=row.trouble or cut_off_words(row, at, cut_off),
                may_send=is_clerk and row.state in ("ready", "sending") and not (is_own and row.state == "ready"),
                may_cancel=is_clerk and row.state == "ready" and row.run_id is None,
                why_not=_("You made this file. A colleague gives it to the bank.")
                if is_own and row.state == "ready"
                else "",
            )
        )
    return made


def _file_chip(row: Batch) -> Chip:
    if row.state == "sent" and row.sent_at:
        return Chip(_("Given to the bank %(when)s") % {"when": moment(row.sent_at)}, "ok")
    if row.state == "sending":
        return Chip(_("Did not go to the bank"), "error") if row.trouble else Chip(_("On its way to the bank"), "warn")
    if row.state == "cancelled":
        return Chip(_("Cancelled"))
    return Chip(_("Waiting for a second person"), "warn")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    id: int
    name: str
    note: str
    file_href: str
    chip: Chip
    troubles: Sequence[str]
    is_open: bool


def answers(rows: Sequence[Answer]) -> list[AnswerRow]:
    made = []
    for row in rows:
        is_open = bool(row.troubles) and row.settled_at is None
        chip = Chip(_("Read"), "ok")
        if row.troubles:
            chip = Chip(_("To look at"), "error") if is_open else Chip(_("Looked at"))
        made.append(
            AnswerRow(
                id=row.pk,
                name=str(ANSWERS[row.kind]),
                note=f"{moment(row.read_at)} · {row.message_id[:35]}",
                file_href=reverse("desk:bank-answer-file", args=[row.pk]),
                chip=chip,
                troubles=row.troubles,
                is_open=is_open,
            )
        )
    return made


def agreement(terms: Terms, *, has_channel: bool) -> list[Fact]:
    """What is agreed, and how files go."""
    way = _("by a channel") if has_channel else _("by hand, through the bank's own pages")
    days = _("not read")
    if terms.answer_days is not None:
        text = ngettext("in %(n)s banking day", "in %(n)s banking days", terms.answer_days)
        days = text % {"n": terms.answer_days}
    facts = [
        Fact(_("Files go"), way),
        Fact(_("Version of payment files"), terms.version),
        Fact(_("Files are taken until"), f"{terms.cut_off:%H.%M}"),
        Fact(_("The bank's answers"), days),
    ]
    if has_channel and terms.asked_at:
        facts.append(Fact(_("The bank was last asked"), moment(terms.asked_at)))
    return facts
