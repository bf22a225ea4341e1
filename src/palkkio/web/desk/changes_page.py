"""The values of the desk's pages about reported changes: the queue, a report, its effect on fee and paid months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.accounts.queries import names_of
from palkkio.calculation.effect import Effect
from palkkio.core.clock import Clock
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.problems import Refusal
from palkkio.core.viewer import OWN_MATTER, Viewer
from palkkio.entries import access, actions
from palkkio.entries.event_rules import Reported
from palkkio.payroll.queries import runs_of_sheets
from palkkio.web.change_words import DESK_KINDS, accepted_facts, facts_of, notice_explained, report_days, state_chip
from palkkio.web.contract_words import kind_name
from palkkio.web.refusals import words
from palkkio.web.rule_words import problem_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, Row, Table
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.entries.models import ChangeReport


@dataclass(frozen=True, slots=True)
class ReportPage:
    title: str
    lead: str
    chip: Chip
    told: list[Fact]
    text: str
    accepted: list[Fact]
    answer: str
    attachment_url: str
    contract_url: str
    explained: str  # of a notice: why the contract ends on its day
    is_notice: bool


@dataclass(frozen=True, slots=True)
class MonthEffect:
    """One month before and after; None: it cannot be paid. `note`: what stands in the way, or that it is paid."""

    month: str
    before: Decimal | None
    after: Decimal | None
    change: Decimal
    is_paid: bool
    note: str


@dataclass(frozen=True, slots=True)
class EffectOfChange:
    """What accepting would do; `refusal`: why it cannot be accepted as it stands."""

    months: list[MonthEffect]
    corrected: Decimal
    refusal: str = ""

    @property
    def changes_nothing(self) -> bool:
        return not any(each.change or each.note for each in self.months)


def table(rows: Iterable[ChangeReport], viewer: Viewer) -> Table:
    columns = [
        Column(_("What has changed"), place="title"),
        Column(_("Carer")),
        Column(_("Contract"), is_extra=True),
        Column(_("Days")),
        Column(_("Reported"), is_extra=True),
        Column(_("State"), place="side"),
    ]
    return Table(_("Reported changes"), columns, [_row(row, viewer) for row in rows])


def _row(row: ChangeReport, viewer: Viewer) -> Row:
    own = bool({row.contract.carer_id, row.contract.recipient_id} & viewer.for_person_ids)
    reported = moment(row.reported_at)
    return Row(
        [
            Cell(str(DESK_KINDS[row.kind]), reverse("desk:change", args=[row.pk])),
            Cell(row.contract.carer.name_family_first),
            Cell(f"{row.contract.number}, {kind_name(row.contract.kind)}"),
            Cell(report_days(row.kind, row.first, row.last)),
            Cell(reported),
            Cell(chips=[Chip(_("Your own matter"))] if own else [state_chip(row)]),
        ]
    )


def report_page(viewer: Viewer, report: ChangeReport) -> ReportPage:
    contract = report.contract
    told = facts_of(report.kind, report.first, report.last, report.values)
    told.append(Fact(_("Reported"), moment(report.reported_at)))
    if report.channel != "electronic":
        name = names_of({report.reported_by_id}, viewer.organisation_id).get(report.reported_by_id, "")
        came = _("on paper") if report.channel == "paper" else _("by phone or in person")
        told.append(Fact(_("How it came"), f"{came}, {name}" if name else came))
    recipient = contract.recipient.name if contract.recipient else ""
    parties = " · ".join(each for each in (contract.carer.name, recipient, kind_name(contract.kind)) if each)
    return ReportPage(
        title=str(DESK_KINDS[report.kind]),
        lead=parties,
        chip=state_chip(report),
        told=told,
        text=report.text,
        accepted=accepted_facts(report),
        answer=report.reason,
        attachment_url=reverse("desk:change-attachment", args=[report.pk]) if report.attachment_id else "",
        contract_url=reverse("desk:contract", args=[contract.pk]),
        explained=notice_explained(report),
        is_notice=report.kind == Reported.NOTICE,
    )


def why_not(viewer: Viewer, report: ChangeReport) -> str:
    """Why the reader may not accept it; "" when they may."""
    if {report.contract.carer_id, report.contract.recipient_id} & viewer.for_person_ids:
        return _(OWN_MATTER)
    if report.channel != "electronic" and report.reported_by_id == viewer.account_id:
        return _("You keyed in this report. A colleague accepts it.")
    return ""


def may_handle(viewer: Viewer, report: ChangeReport) -> bool:
    return not why_not(viewer, report)


def effect_of(
    viewer: Viewer, report: ChangeReport, values: Mapping[str, Any] | None, clock: Clock
) -> EffectOfChange | None:
    """What accepting would do to the fee; None where the reader may not accept it."""
    if why_not(viewer, report):
        return None
    try:
        found = actions.preview_change(report.pk, by=viewer, at=clock.now(), today=clock.today(), values=values)
    except Refusal as refusal:
        errors = getattr(refusal, "errors", ())
        return EffectOfChange([], ZERO, " ".join(words(each) for each in errors) or words(refusal))
    sheets = dict(access.sheets(viewer).filter(contract=report.contract_id).values_list("pk", "period"))
    paid = frozenset(sheets[sheet_id] for sheet_id, pay in runs_of_sheets(sheets).items() if pay.is_settled)
    months = [_month(each, paid) for each in found]
    return EffectOfChange(months, sum((each.change for each in months if each.is_paid), ZERO))


def _month(effect: Effect[DateRange], paid: frozenset[DateRange]) -> MonthEffect:
    language = get_language()
    titles = [problem_text(problem)[0] for problem in effect.problems]
    return MonthEffect(
        month=wording.month_name(effect.contract.edges[0], language),
        before=effect.before,
        after=effect.after,
        change=effect.change,
        is_paid=effect.contract in paid,
        note=" ".join(titles),
    )
