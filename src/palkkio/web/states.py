"""Where is my money (BEY-4): the states of a sheet, asked of entries, payroll and payments; words: `state_words`.

Entries know open, confirmed, reviewed and returned; payroll knows the run; payments know the bank. Nobody stores the
whole: it is put together here, for portal and desk alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from palkkio.core.days import DateRange
from palkkio.organisations.queries import Timetable
from palkkio.payments.queries import PaymentState, payment_states
from palkkio.payroll.queries import runs_of_sheets
from palkkio.payroll.values import SheetPay


class Stage(StrEnum):
    """Where the money of a sheet is, in the order of its way."""

    COMING = "coming"  # the month has not begun
    OPEN = "open"
    RETURNED = "returned"  # to the carer, with a reason
    CONFIRMED = "confirmed"
    REVIEWED = "reviewed"
    IN_RUN = "in_run"
    AT_BANK = "at_bank"
    PAID = "paid"
    BANK_RETURNED = "bank_returned"  # the bank's answer: it waits to be sent anew
    NOTHING = "nothing"  # nothing was entered, or the review found nothing to pay


class Sheet(Protocol):
    """What is read of a sheet: a SheetRow and a SheetView both have it."""

    @property
    def id(self) -> int: ...
    @property
    def period(self) -> DateRange: ...
    @property
    def state(self) -> str: ...
    @property
    def is_returned(self) -> bool: ...
    @property
    def is_confirmed_on_behalf(self) -> bool: ...
    @property
    def is_empty(self) -> bool: ...
    @property
    def is_employment(self) -> bool: ...
    @property
    def timetable(self) -> Timetable | None: ...


@dataclass(frozen=True, slots=True)
class Money:
    """Where the money of one sheet is.

    payday    the day it is on the account, or was; None where the organisation has set no schedule
    deadline  of the entries
    is_late   the deadline has passed and the sheet is still open
    pay       what payroll has made of it, None: nothing yet
    reason    why it came back
    """

    stage: Stage
    period: DateRange
    today: date
    payday: date | None = None
    deadline: date | None = None
    review_by: date | None = None
    is_late: bool = False
    is_empty: bool = False
    is_confirmed_on_behalf: bool = False
    is_missed: bool = False
    pay: SheetPay | None = None
    reason: str = ""
    is_employment: bool = False  # hours of an assistant: the employer approves, nobody confirms

    @property
    def is_with_carer(self) -> bool:
        return self.stage in (Stage.OPEN, Stage.RETURNED)

    @property
    def is_over(self) -> bool:
        """Nothing more happens to it by itself."""
        return self.stage in (Stage.PAID, Stage.NOTHING)


def money_of(
    sheets: Iterable[Sheet],
    *,
    today: date,
    paydays: Mapping[int, date] | None = None,
    reasons: Mapping[int, str] | None = None,
) -> dict[int, Money]:
    """Where the money of each sheet is, by id of the sheet, with one question to payroll and one to payments.

    paydays  next payday by sheet where payroll's preview knows better than the schedule: it missed its own run
    reasons  why sheets were returned
    """
    rows = list(sheets)
    runs = runs_of_sheets([sheet.id for sheet in rows])
    payments = payment_states([pay.payslip_id for pay in runs.values() if pay.payslip_id is not None])
    found = {}
    for sheet in rows:
        pay = runs.get(sheet.id)
        payment = payments.get(pay.payslip_id) if pay is not None and pay.payslip_id is not None else None
        table = sheet.timetable
        stage = _stage(sheet, pay, payment, today)
        payday = (paydays or {}).get(sheet.id) or (table.payday if table else None)
        if pay is not None and stage in (Stage.IN_RUN, Stage.AT_BANK, Stage.PAID):
            payday = max(pay.payday, payment.payday) if payment is not None else pay.payday
        found[sheet.id] = Money(
            stage=stage,
            period=sheet.period,
            today=today,
            payday=payday,
            deadline=table.deadline if table else None,
            review_by=table.review_by if table else None,
            is_late=table is not None and sheet.state == "open" and today > table.deadline,
            is_empty=sheet.is_empty,
            is_confirmed_on_behalf=sheet.is_confirmed_on_behalf,
            is_missed=table is not None and payday is not None and payday > table.payday,
            pay=pay,
            reason=(reasons or {}).get(sheet.id, ""),
            is_employment=sheet.is_employment,
        )
    return found


def _stage(sheet: Sheet, pay: SheetPay | None, payment: PaymentState | None, today: date) -> Stage:
    first, _ = sheet.period.edges
    if sheet.state == "open":
        if sheet.is_returned:
            return Stage.RETURNED
        if first > today:
            return Stage.COMING
        payday = sheet.timetable.payday if sheet.timetable else None
        return Stage.NOTHING if sheet.is_empty and payday is not None and payday < today else Stage.OPEN
    if sheet.state == "confirmed":
        return Stage.CONFIRMED
    if pay is None:
        return Stage.NOTHING if sheet.is_empty else Stage.REVIEWED
    if not pay.is_settled:
        return Stage.IN_RUN
    if pay.payslip_id is None:
        return Stage.NOTHING
    return bank_stage(payment, pay.payday, today)


def bank_stage(payment: PaymentState | None, payday: date, today: date) -> Stage:
    """Where the money of a payslip is: what the bank says; where its answers are not read, on the account on payday."""
    if payment is None:
        return Stage.IN_RUN
    if payment.came_back:
        return Stage.BANK_RETURNED
    if payment.is_confirmed_by_bank:
        return Stage.PAID
    if payment.state != "sent":
        return Stage.IN_RUN
    is_over = max(payday, payment.payday) <= today
    return Stage.PAID if is_over and not payment.expects_answers else Stage.AT_BANK
