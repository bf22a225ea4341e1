"""The values of the page of jobs: what each does, where it is, and why it failed. No person is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.jobs.queries import JobRow
from palkkio.web.ui.values import Chip, Tone
from palkkio.web.ui.words import moment

TASKS: Mapping[str, Promise] = {
    "payroll.tasks.calculate_run": lazy("Calculating a run"),
    "payroll.tasks.hand_over_months": lazy("Handing over months that are paid without entries"),
    "payroll.tasks.hand_over_months_of_all": lazy("Handing over months that are paid without entries, every night"),
    "payroll.tasks.recheck_paid_months": lazy("Looking for late changes in paid months"),
    "payroll.tasks.fetch_tax_cards": lazy("Asking for tax cards"),
    "payroll.tasks.fetch_tax_cards_of_all": lazy("Asking for tax cards, every night"),
    "payroll.tasks.make_letters": lazy("Setting payslips for the post"),
    "reporting.tasks.finish_run": lazy("Making payslips, payment file, reports and voucher"),
    "reporting.tasks.send_delivery": lazy("Sending reports to the incomes register"),
    "reporting.tasks.talk_to_incomes_register": lazy("Asking the incomes register for answers"),
    "reporting.tasks.make_separate_reports": lazy("Making separate reports of households"),
    "reporting.tasks.prove_at_night": lazy("The proof at night"),
    "payments.tasks.deliver_batch": lazy("Giving a payment file to the bank"),
    "payments.tasks.take_answers": lazy("Reading the answers of the bank"),
    "messages.tasks.tell_payslips_are_ready": lazy("Telling payees of their payslips"),
    "messages.tasks.send_letters": lazy("Sending letters by Suomi.fi Messages"),
    "messages.tasks.talk_to_suomifi_messages": lazy("Asking Suomi.fi Messages for events"),
    "messages.tasks.send_emails": lazy("Sending e-mails of notices"),
    "messages.tasks.warn_of_changed_account": lazy("Telling of a changed account number"),
    "messages.tasks.remind_carers": lazy("Reminders of deadlines"),
    "entries.tasks.make_sheets": lazy("Making the sheets of the month"),
}
STATES: Mapping[str, tuple[Promise, Tone]] = {
    "failed": (lazy("failed"), "error"),
    "doing": (lazy("under way"), ""),
    "todo": (lazy("is tried again"), "warn"),
}
PAGES = {"run_id": "desk:run", "delivery_id": "desk:delivery", "person_id": "desk:person"}


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    what: str
    href: str
    note: str
    trouble: str
    chip: Chip
    may_try: bool


def job_of(row: JobRow) -> Job:
    words, tone = STATES[row.state]
    name = row.task.removeprefix("palkkio.")
    tries = _("tried %(n)s times") % {"n": row.attempts} if row.attempts else ""
    trouble = row.trouble or (_("The reason is not known. The log tells more.") if row.state == "failed" else "")
    return Job(
        id=row.id,
        what=str(TASKS.get(name, name)),
        href=reverse(PAGES[row.about[0]], args=[row.about[1]]) if row.about and row.about[0] in PAGES else "",
        note=", ".join(filter(None, (moment(row.since) if row.since else "", tries))),
        trouble=trouble,
        chip=Chip(str(words), tone),
        may_try=row.state == "failed",
    )
