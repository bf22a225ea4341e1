"""What a sheet will pay, and what became of it (BEY-3, BEY-4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from palkkio.calculation.facts import PayFacts
from palkkio.calculation.pay import pay
from palkkio.calculation.preview import estimate
from palkkio.contracts import queries as contracts
from palkkio.core.days import DateRange, add_months
from palkkio.core.money import ZERO
from palkkio.core.payslip import PayResult
from palkkio.core.problems import ProblemCode
from palkkio.entries import queries as entries
from palkkio.organisations import queries as organisations
from palkkio.payroll import schedule
from palkkio.payroll.leave import with_leave
from palkkio.payroll.models import Hold, PaidRevision, Proposal, Receivable, Run
from palkkio.payroll.past import accumulated, card_facts, lines_paid_before, paid_in_year
from palkkio.payroll.queries.cards import card_view, tax_card_on
from palkkio.payroll.queries.views import deduction_views, line_views
from palkkio.payroll.values import Missing, Preview, SheetPay
from palkkio.people import queries as people
from palkkio.rates.queries import profile_of

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet
    from palkkio.organisations.queries import Timetable

MONTHS_BACK, MONTHS_AHEAD = 1, 3


def preview(sheet: Sheet, *, today: date | None = None) -> Preview:
    """What a sheet would pay as it stands, by today's card and rates: an estimate for who enters and who reviews.

    today  tells whether it still reaches its own payday, or goes to the next one; None: its own
    Raises WrongState if the organisation has no schedule for the month, NotCalculatedYet for other forms of care.
    """
    contract = sheet.contract
    own = organisations.deadline_and_payday(sheet.organisation_id, contract.kind, sheet.period)
    payday = own.payday if today is None else _payday_reached(sheet, own, today)
    kind = contracts.tax_card_kind(contract.kind)
    card = tax_card_on(contract.carer_id, kind, payday)
    profile = profile_of(sheet.organisation_id)
    month = entries.month_facts([sheet])[sheet.pk]
    month = with_leave({sheet.pk: month}, {sheet.pk: contract.pk}, profile)[sheet.pk]
    before = lines_paid_before([contract.pk], [sheet.period]).get(contract.pk, [])
    used = ZERO if card is None else accumulated(card, payday, paid_in_year([card.person_id], payday))
    facts = PayFacts(
        paid_on=payday,
        payee=people.payee_facts(contract.carer, payday, is_self_insured=contract.is_self_insured),
        months=(month,),
        tax_card=None if card is None else card_facts(card, used),
        profile=profile,
        paid_before=tuple(before),
    )
    result = pay(facts)
    known = estimate(facts) if result.is_held else None
    return Preview(
        lines=line_views(result.lines if known is None else known.lines, sheet.period),
        deductions=deduction_views(result.deductions),
        gross=result.gross if known is None else known.gross,
        withholding=None if known else result.withholding,
        pension=None if known else result.pension,
        net=None if known else result.net,
        receivable=result.receivable,
        card=None if card is None else card_view(card, used),
        payday=payday,
        deadline=own.deadline,
        is_late=payday != own.payday,
        is_correction=bool(before),
        missing=_missing(sheet, result, payday),
        problems=tuple(dict.fromkeys(problem.code.value for problem in result.problems)),
    )


def _payday_reached(sheet: Sheet, own: Timetable, today: date) -> date:
    """The sheet's own payday, or the next one when a run has already taken that day without it, or it is past."""
    if today <= own.payday and not _is_run_past(sheet, own.payday):
        return own.payday
    kind, organisation_id = sheet.contract.kind, sheet.organisation_id
    months = schedule.months_before(add_months(max(today, own.payday), MONTHS_AHEAD), MONTHS_AHEAD + MONTHS_BACK)
    paydays = sorted({timetable.payday for _, timetable in schedule.timetables(organisation_id, kind, months)})
    later = (day for day in paydays if day > own.payday and day >= today and not _is_run_past(sheet, day))
    return next(later, own.payday)


def _is_run_past(sheet: Sheet, payday: date) -> bool:
    """True once the scheduled run of a payday is approved: what it has not taken goes to the next one."""
    return Run.objects.filter(
        organisation_id=sheet.organisation_id,
        payday=payday,
        is_extra=False,
        contract_kinds__contains=[sheet.contract.kind],
        state__in=(Run.State.APPROVED, Run.State.PRODUCED),
    ).exists()


def _missing(sheet: Sheet, result: PayResult, payday: date) -> tuple[Missing, ...]:
    person = sheet.contract.carer
    codes = {problem.code for problem in result.problems}
    conditions = (
        (Missing.ENTRIES, not result.lines and not result.is_held and not result.receivable),
        (Missing.CONFIRMATION, sheet.state == "open"),
        (Missing.REVIEW, sheet.state != "reviewed"),
        (Missing.TAX_CARD, ProblemCode.NO_TAX_CARD in codes),
        (Missing.BANK_ACCOUNT, people.account_on(person.pk, payday) is None),
        (Missing.IDENTITY_CODE, not person.identity_code and not person.business_id),
        (Missing.RATE, result.is_held),
        (Missing.HOLD, Hold.objects.filter(person=person, released_at__isnull=True).exists()),
    )
    return tuple(missing for missing, is_so in conditions if is_so)


# --- What became of sheets --------------------------------------------------------------------------------------------


def runs_of_sheets(sheet_ids: Collection[int]) -> dict[int, SheetPay]:
    """What became of sheets in payroll, by sheet; those that no run has taken are left out.

    Three queries, and one more where some are settled.
    """
    wanted = set(sheet_ids)
    found: dict[int, SheetPay] = {}
    settled = (
        PaidRevision.objects.filter(revision__sheet_id__in=wanted, is_cancelled=False)
        .select_related("run", "payslip", "revision")
        .order_by("revision__number")
        .defer("revision__facts")
    )
    claims = _receivables({each.contract_id for each in settled})
    for each in settled:
        slip = each.payslip
        found[each.revision.sheet_id] = SheetPay(
            sheet_id=each.revision.sheet_id,
            run_id=each.run_id,
            run_state=each.run.state,
            payday=each.run.payday,
            revision=each.revision.number,
            is_settled=True,
            payslip_id=None if slip is None else slip.pk,
            payslip_number="" if slip is None else slip.number,
            net=None if slip is None else slip.net,
            receivable=claims.get((each.run_id, each.contract_id, each.revision.period), ZERO),
        )
    return found | _taken(wanted, found)


def _taken(sheet_ids: Collection[int], settled: Mapping[int, SheetPay]) -> dict[int, SheetPay]:
    """Sheets that a run has taken whose payslips are not made yet."""
    contract_ids = entries.contracts_of(sheet_ids)
    live = (Run.State.CALCULATING, Run.State.PROPOSED, Run.State.APPROVED)
    produced = PaidRevision.objects.filter(run=OuterRef("run"), contract=OuterRef("contract"))
    waiting = Proposal.objects.filter(
        ~Exists(produced), contract_id__in=contract_ids, run__state__in=live, is_left_out=False
    )
    found = {}
    for each in waiting.select_related("run").defer("facts", "result").order_by("run__payday", "run_id"):
        for sheet_id, number in ((int(name), number) for name, number in each.sheets.items()):
            if sheet_id not in sheet_ids:
                continue
            before = settled.get(sheet_id)
            found[sheet_id] = SheetPay(
                sheet_id=sheet_id,
                run_id=each.run_id,
                run_state=each.run.state,
                payday=each.run.payday,
                revision=number,
                is_settled=False,
                payslip_id=None if before is None else before.payslip_id,
                payslip_number="" if before is None else before.payslip_number,
                net=None if before is None else before.net,
                receivable=ZERO if before is None else before.receivable,
            )
    return found


def _receivables(contract_ids: Collection[int]) -> dict[tuple[int, int, DateRange], Decimal]:
    if not contract_ids:
        return {}
    rows = Receivable.objects.filter(contract_id__in=contract_ids, is_cancelled=False)
    return {
        (run_id, contract_id, period): amount
        for run_id, contract_id, period, amount in rows.values_list("run_id", "contract_id", "period", "amount")
    }
