"""The values of the pages about changes: reports in a list, one report, what can be reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.contracts.queries import lists
from palkkio.core.capabilities import Capability
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.event_rules import REPORTED
from palkkio.web.change_words import KINDS, days, facts_of, state_chip
from palkkio.web.contract_words import kind_name
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact

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


def reports(viewer: Viewer) -> list[ReportRow]:
    rows = access.change_reports(viewer).order_by("-reported_at", "-pk")[:SHOWN]
    return [
        ReportRow(
            title=str(KINDS[row.kind][0]),
            about=title_of(row.contract),
            days=days(row.first, row.last, is_open=row.kind not in ("return", "move")),
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
                KindLink(
                    str(KINDS[kind][0]),
                    str(KINDS[kind][1]),
                    reverse("portal:report-change", args=[contract.pk, kind.value]),
                )
                for kind in REPORTED[ContractKind(contract.kind)]
            ),
        )
        for contract in lists(viewer, today).valid
        if REPORTED[ContractKind(contract.kind)]
    ]


def report_page(viewer: Viewer, report: ChangeReport, today: date) -> ReportPage:
    is_sent = report.state == report.State.SENT
    may = viewer.may(Capability.REPORT_CHANGES)
    told = facts_of(report.kind, report.first, report.last, report.values)
    told.append(Fact(_("Reported"), wording.moment(localtime(report.reported_at), get_language())))
    return ReportPage(
        title=str(KINDS[report.kind][0]),
        about=title_of(report.contract),
        chip=state_chip(report),
        told=told,
        text=report.text,
        accepted=accepted_facts(report),
        answer=report.reason,
        state=report.state,
        may_withdraw=is_sent and may,
        withdraw_url=reverse("portal:withdraw-change", args=[report.pk]),
        again_url=reverse("portal:report-change", args=[report.contract_id, report.kind])
        if report.state == report.State.RETURNED and may
        else "",
        attachment_url=reverse("portal:change-attachment", args=[report.pk]) if report.attachment_id else "",
        by_county=report.channel != "electronic",
        certificate_url=reverse("portal:add-certificate", args=[report.pk]) if asks_certificate(report, today) else "",
    )


def asks_certificate(report: ChangeReport, today: date) -> bool:
    """An assistant's absence of more than three days whose medical certificate has not been sent in (K1)."""
    if report.contract.kind != ContractKind.PERSONAL_ASSISTANCE or report.attachment_id is not None:
        return False
    if report.state not in (report.State.SENT, report.State.ACCEPTED) or report.values.get("has_certificate"):
        return False
    last = report.last or max(today, report.first)
    return (last - report.first).days >= DAYS_WITHOUT_CERTIFICATE


def accepted_facts(report: ChangeReport) -> list[Fact]:
    """What was accepted where it differs from what was reported."""
    if report.state != report.State.ACCEPTED:
        return []
    first = date.fromisoformat(report.accepted["first"])
    last = date.fromisoformat(report.accepted["last"]) if report.accepted["last"] else None
    if (first, last, report.accepted["values"]) == (report.first, report.last, report.values):
        return []
    return facts_of(report.kind, first, last, report.accepted["values"])


def title_of(contract: Contract) -> str:
    return contract.recipient.name if contract.recipient else kind_name(contract.kind)
