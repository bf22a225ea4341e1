"""Parts of one payslip's page that payee and staff read alike: where the money is, the year so far, what changed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from palkkio.payments.queries import payment_states
from palkkio.payroll.values import ChangeView, PayslipView
from palkkio.web.rule_words import line_name
from palkkio.web.states import Money, bank_stage
from palkkio.web.ui import wording
from palkkio.web.ui.values import SumRow


def money_of(view: PayslipView, today: date) -> Money:
    """Where the money of the payslip is; a payment that was made anew moves its payday."""
    payment = payment_states([view.id]).get(view.id)
    payday = max(view.payday, payment.payday) if payment is not None else view.payday
    return Money(stage=bank_stage(payment, view.payday, today), period=view.period, today=today, payday=payday)


def year_rows(view: PayslipView) -> list[SumRow]:
    year = view.year_to_date
    return [
        SumRow(_("Fees and reimbursements"), year.gross),
        SumRow(_("of which taxable"), year.taxable),
        SumRow(line_name("WITHHOLDING"), year.withholding),
        SumRow(line_name("PENSION"), year.pension),
        SumRow(_("To the account"), year.net, is_total=True),
    ]


def year_caption(view: PayslipView) -> str:
    return _("Paid from the beginning of the year to %(day)s") % {"day": wording.day(view.payday)}


def change_rows(view: PayslipView) -> list[SumRow]:
    return [SumRow(_change_name(each), _euros(each)) for each in view.changes]


def changes_caption(view: PayslipView) -> str:
    if not view.previous_payday:
        return ""
    return _("What changed since the payslip of %(day)s") % {"day": wording.day(view.previous_payday)}


def _change_name(change: ChangeView) -> str:
    name = line_name(change.code)
    more = change.quantity - change.quantity_before
    return f"{name} ({wording.signed(more.normalize() if more % 1 else int(more))})" if more else name


def _euros(change: ChangeView) -> str:
    return f"{wording.signed(change.difference, 2)}{wording.HARD_SPACE}€"
