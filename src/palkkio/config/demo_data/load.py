"""Fills an empty installation with the demo, tells what it does, and says at the end who can sign in as what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from palkkio.config.demo_data import answers, months, organisations, payees
from palkkio.config.demo_data.acting import ASTA, HELI, LAURI, SANNA, TIMO
from palkkio.config.demo_data.forms_of_care import AINO, OILI, PAAVO, add_forms_of_care
from palkkio.config.demo_data.ledger import map_accounts
from palkkio.config.demo_data.months import at
from palkkio.config.demo_data.news import tell_news
from palkkio.config.demo_data.organisations import PASSWORD, Staff
from palkkio.config.demo_data.signing import wait_for_signature
from palkkio.core.days import DateRange, months_between
from palkkio.core.finland import banking_days_before
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import RED, ProblemCode
from palkkio.core.viewer import RoleKind
from palkkio.documents import queries as documents
from palkkio.organisations.queries import deadline_and_payday, organisation_by_slug
from palkkio.payments import actions as payments
from palkkio.payroll import access as payroll_access
from palkkio.payroll import actions as payroll
from palkkio.payroll import queries as payroll_queries
from palkkio.reporting import actions as reporting
from palkkio.reporting import proofs
from palkkio.reporting import queries as reporting_queries

if TYPE_CHECKING:
    from palkkio.documents.models import Document
    from palkkio.payroll.models import Run

Say = Callable[[str], None]
FIRST_MONTH = date(2026, 1, 1)
CITY_FROM = date(2026, 4, 1)  # its first month in Palkkio
WAITS = "Odotetaan saajan vastausta, maksetaan seuraavassa ajossa"


@dataclass(frozen=True)
class Summary:
    """What the demo has at the end, of its last payroll run."""

    payday: date
    payees: int
    gross: Decimal
    net: Decimal
    files: tuple[Path, ...]


def is_loaded() -> bool:
    return organisation_by_slug("mallila") is not None


def load(*, today: date, say: Say) -> None:
    """Make all of it, or nothing: one transaction. Raises LookupError if the day is before the demo's second month."""
    with transaction.atomic():
        chance = Random(2026)  # noqa: S311 - the same county each time
        say("Two organisations, their staff, deadlines and decided amounts ...")
        county, city = organisations.mallila(), organisations.koela()
        map_accounts(county.administrator, city.administrator)
        answers.agree(county.clerk)
        say("Carers, contractors, recipients and contracts ...")
        everybody = payees.make_payees(county, chance)
        add_forms_of_care(county)
        few = payees.make_payees(city, chance, substitutes=3, contractors=1, first=CITY_FROM)
        tell_news(county.administrator, county.handler, today=today, at=at(today, 8))
        last = today - timedelta(days=today.day)
        for month in months_between(FIRST_MONTH, last):
            is_paid = last not in month
            say(f"Care month {month.edges[0]:%m/%Y}: entries, confirmations, reviews ...")
            for staff, their in ((county, everybody), (city, few)):
                if staff is city and month.edges[0] < CITY_FROM:
                    continue
                months.fill_month(staff, their, month, chance, is_paid=is_paid)
                if is_paid:
                    say(f"  payroll run, {'county' if staff is county else 'city'}")
                    pay_month(staff, month)
                elif staff is county:
                    months.talk_about(staff, their, month)
        wait_for_signature(county, today=today, at=at(today, 9))
        for staff in (county, city):
            proofs.prove(staff.organisation_id, at=at(today, 3))


def pay_month(staff: Staff, month: DateRange) -> Run:
    """Propose, set aside what is known, approve by a second person, make the files, hand them to the bank."""
    days = deadline_and_payday(staff.organisation_id, ContractKind.SUBSTITUTE_CARE, month)
    proposed, approved = at(days.review_by, 10, 12), at(banking_days_before(days.bank_by, 1), 9, 30)
    run = payroll.propose_run(by=staff.clerk, at=proposed, payday=days.payday)
    payroll.calculate_run(run.pk, at=proposed)
    for row in payroll_queries.proposal_rows(payroll_queries.proposals(run, view="blocked")):
        for code in row.problems:
            if ProblemCode(code) in RED:
                payroll.set_aside(run.pk, row.contract_id, code, by=staff.clerk, at=proposed, reason=WAITS)
    run.refresh_from_db()
    payroll.approve_run(run.pk, by=staff.second_clerk, at=approved, proposal=run.proposal)
    reporting.finish_run(run.pk, at=approved)
    files = reporting_queries.files_of(run)
    if files.batch is not None:
        payments.mark_sent(files.batch.pk, by=staff.clerk, at=approved + timedelta(hours=1))
        answers.answer(files.batch, at=at(days.payday, 7))
    for delivery in files.deliveries:
        reporting.mark_delivered(delivery.pk, by=staff.clerk, at=at(days.payday, 12))
    return run


def write_files(folder: Path, *, today: date) -> Summary:
    """Write the files of the county's last paid run where a visitor can open them."""
    clerk = organisations.viewer_of_email("pentti@mallila.example", RoleKind.PAYROLL_CLERK, today)
    run = payroll_access.runs(clerk).filter(state="produced").latest("payday", "pk")
    payroll.make_payslip_documents(run.pk, at=at(run.payday, 9))
    slips = list(payroll_queries.payslips_of_run(run).filter(is_cancelled=False).select_related("document"))
    files = reporting_queries.files_of(run)
    wanted = [("payslips", slip.document) for slip in slips]
    wanted += [("bank", files.batch.file if files.batch else None)]
    wanted += [("incomes-register", delivery.file) for delivery in files.deliveries]
    wanted += [("ledger", files.voucher.file if files.voucher else None)]
    written = [_write(folder / kind, document) for kind, document in wanted if document is not None]
    return Summary(
        payday=run.payday,
        payees=len({slip.person_id for slip in slips}),
        gross=sum((slip.gross for slip in slips), Decimal(0)),
        net=sum((slip.net for slip in slips), Decimal(0)),
        files=tuple(written),
    )


def _write(folder: Path, document: Document) -> Path:
    """The file in the folder, whole or not at all."""
    target = folder / document.file_name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(target.suffix + ".part")
        half.write_bytes(documents.content(document))
        half.rename(target)
    return target


SIGN_INS = (
    ("maija@mallila.example", "carer of two people, and a carer in Koela, too: change role at the top right"),
    (OILI, "informal carer: a changed contract to sign, and a reported illness"),
    (PAAVO, "family carer, paid by the month"),
    (AINO, "personal assistant of a household employer"),
    (TIMO, "household employer, whose insurances are in order"),
    (ASTA, "acts for the informal carer by an unlimited mandate"),
    (LAURI, "acts for the family carer by a mandate to read"),
    (HELI, "guardian of a minor who is to be an employer: something is missing yet"),
    ("kaisa@mallila.example", "handler: reviews care periods, accepts reported changes"),
    (SANNA, "social worker: decisions on assistance"),
    ("pentti@mallila.example", "payroll clerk: proposes a run"),
    ("hilla@mallila.example", "payroll clerk: approves what Pentti proposed"),
    ("ylermi@mallila.example", "administrator: deadlines, day types, roles"),
    ("taina@koela.example", "handler of the other organisation, who sees none of this"),
)


def tell(summary: Summary, folder: Path, say: Say) -> None:
    """Who can sign in as what, and where the files lie."""
    say("")
    say("Sign in as (invented people; the password of all is " + PASSWORD + ")")
    for email, what in SIGN_INS:
        say(f"  {email:28} {what}")
    say(
        "  After the password staff show in a second way that it is them: choose the eID, and the person in the sandbox"
    )
    say("  bank; or sign in with the eID at once. Newcomers create an account; e-mails are files in var/mail.")
    say("")
    say(f"Last payroll run, paid {summary.payday:%d.%m.%Y}:")
    say(f"  payees {summary.payees}   gross {summary.gross:,.2f} EUR   net {summary.net:,.2f} EUR")
    say(f"  files  {len(summary.files)} in {folder}")
    for kind in ("payslips", "bank", "incomes-register", "ledger"):
        of_kind = sorted(path for path in summary.files if path.parent.name == kind)
        if of_kind:
            more = f" and {len(of_kind) - 1} more" if len(of_kind) > 1 else ""
            say(f"    {kind}/{of_kind[0].name}{more}")
