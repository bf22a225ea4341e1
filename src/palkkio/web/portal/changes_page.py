"""The values of the pages about changes: reports in a list, one report, what can be reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.contracts.queries import lists
from palkkio.core.capabilities import Capability
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.event_rules import REPORTED, Reported
from palkkio.web.change_words import (
    KINDS,
    accepted_facts,
    facts_of,
    notice_explained,
    report_days,
    state_chip,
)
from palkkio.web.contract_words import kind_name
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import ChangeReport

SHOWN = 50
DAYS_WITHOUT_CERTIFICATE = 3


@dataclass(frozen=True, slots=True)
class ReportRow:
    title: str
    about: str
    days: str
    chip: Chip
    href: str


@dataclass(frozen=True, slots=True)
class KindLink:
    title: str
    meaning: str
    href: str


@dataclass(frozen=True, slots=True)
class Reportable:
    """A contract on which something can be reported."""

    title: str
    kind: str
    number: str
    links: tuple[KindLink, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report; `accepted` are days and values that staff corrected, empty where they took it as it was told."""

    title: str
    about: str
    chip: Chip
    told: list[Fact]
    text: str
    accepted: list[Fact]
    answer: str
    state: str
    may_withdraw: bool
    withdraw_url: str
    again_url: str
    attachment_url: str
    by_county: bool
    certificate_url: str = ""  # where the certificate of a long absence is sent in; empty: none is asked
    explained: tuple[str, ...] = ()  # of a notice: why it ends the contract on its day, whether it can be taken back
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """On the page of a contract: how notice is given, or that it was."""

    text: str
    href: str
    is_given: bool


def reports(viewer: Viewer) -> list[ReportRow]:
    rows = access.change_reports(viewer).order_by("-reported_at", "-pk")[:SHOWN]
    return [
        ReportRow(
            title=str(KINDS[row.kind][0]),
            about=title_of(row.contract),
            days=report_days(row.kind, row.first, row.last),
            chip=state_chip(row),
            href=reverse("portal:change", args=[row.pk]),
        )
        for row in rows
    ]


def reportable(viewer: Viewer, today: date) -> list[Reportable]:
    """Valid contracts of kinds whose pay a reported change may touch."""
    return [
        Reportable(
            title=title_of(contract),
            kind=kind_name(contract.kind),
            number=contract.number,
            links=tuple(
                KindLink(str(KINDS[kind][0]), str(KINDS[kind][1]), report_url(contract.pk, kind))
                for kind in REPORTED[ContractKind(contract.kind)]
                if kind != Reported.NOTICE or viewer.may(Capability.SIGN)
            ),
        )
        for contract in lists(viewer, today).valid
        if REPORTED[ContractKind(contract.kind)]
    ]


def report_url(contract_id: int, kind: str) -> str:
    """Where a change is reported; notice has a page of its own."""
    if kind == Reported.NOTICE:
        return reverse("portal:give-notice", args=[contract_id])
    return reverse("portal:report-change", args=[contract_id, kind])


def notice_card(viewer: Viewer, contract: Contract, today: date) -> NoticeCard | None:
    """Notice on a contract that is in force: how to give it, or the one that was given; None: its kind has none."""
    if Reported.NOTICE not in REPORTED[ContractKind(contract.kind)] or contract.state_on(today) != "valid":
        return None
    of_contract = access.change_reports(viewer).filter(contract=contract, kind=Reported.NOTICE)
    given = of_contract.filter(state__in=("sent", "accepted")).order_by("-reported_at", "-pk").first()
    if given is not None and given.last is not None:
        text = _("Notice was given on %(day)s. The last day of the contract is %(last)s.")
        values = {"day": wording.day(given.first), "last": wording.day(given.last)}
        return NoticeCard(text % values, reverse("portal:change", args=[given.pk]), is_given=True)
    if not viewer.may(Capability.SIGN):
        return None
    return NoticeCard(str(KINDS[Reported.NOTICE][1]), reverse("portal:give-notice", args=[contract.pk]), is_given=False)


def report_page(viewer: Viewer, report: ChangeReport, today: date) -> ReportPage:
    is_sent, is_notice = report.state == report.State.SENT, report.kind == Reported.NOTICE
    may = viewer.may(Capability.SIGN if is_notice else Capability.REPORT_CHANGES)
    told = facts_of(report.kind, report.first, report.last, report.values)
    told.append(Fact(_("Reported"), moment(report.reported_at)))
    return ReportPage(
        title=str(KINDS[report.kind][0]),
        about=title_of(report.contract),
        chip=state_chip(report),
        told=told,
        text=report.text,
        accepted=accepted_facts(report),
        answer=report.reason,
        state=report.state,
        may_withdraw=is_sent and may and report.read_at is None,
        withdraw_url=reverse("portal:withdraw-change", args=[report.pk]),
        again_url=report_url(report.contract_id, report.kind) if report.state == report.State.RETURNED and may else "",
        explained=_explained(report),
        is_notice=is_notice,
        attachment_url=reverse("portal:change-attachment", args=[report.pk]) if report.attachment_id else "",
        by_county=report.channel != "electronic",
        certificate_url=reverse("portal:add-certificate", args=[report.pk]) if asks_certificate(report, today) else "",
    )


def _explained(report: ChangeReport) -> tuple[str, ...]:
    """Of a notice: why the contract ends on its day, and until when it can be taken back; empty of other reports."""
    if report.kind != Reported.NOTICE:
        return ()
    said = [notice_explained(report)]
    if report.state == report.State.SENT:
        if report.read_at is None:
            said.append(_("You can take the notice back until the county has read it."))
        else:
            text = _("The county read the notice %(moment)s. Get in touch with the unit if the care goes on after all.")
            said.append(text % {"moment": moment(report.read_at)})
    return tuple(filter(None, said))


def asks_certificate(report: ChangeReport, today: date) -> bool:
    """An assistant's absence of more than three days whose medical certificate has not been sent in (K1)."""
    if report.contract.kind != ContractKind.PERSONAL_ASSISTANCE or report.attachment_id is not None:
        return False
    if report.state not in (report.State.SENT, report.State.ACCEPTED) or report.values.get("has_certificate"):
        return False
    last = report.last or max(today, report.first)
    return (last - report.first).days >= DAYS_WITHOUT_CERTIFICATE


def title_of(contract: Contract) -> str:
    return contract.recipient.name if contract.recipient else kind_name(contract.kind)
