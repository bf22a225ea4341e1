"""Contracts as documents: what waits for signature, one version, the county's own signature, contracts on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.accounts.fresh import requires_fresh
from palkkio.contracts import access as contracts
from palkkio.contracts.signing import access, actions
from palkkio.contracts.signing.queries import (
    choices_of,
    not_signed,
    of_contract,
    template_of,
    to_sign,
    turn_of,
    waiting_on_desk,
)
from palkkio.core.payslip import ContractKind
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.roles import CONTRACTS, for_contract_makers, for_staff
from palkkio.web.desk.signature_forms import PaperContractForm, ReasonForm, VersionForm
from palkkio.web.desk.views.acting import answered
from palkkio.web.looks import note_shown
from palkkio.web.signature_words import PARTS, state_chip, title_of
from palkkio.web.signing import answer_attached, answer_document, answer_signature, shown
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, Table

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.contracts.signing.models import Version
    from palkkio.web.doors import RoleRequest

NOT_SIGNED_SHOWN = 50


@require_safe
@for_contract_makers
def signatures(request: RoleRequest) -> HttpResponse:
    """What waits, with whose turn it is; what expires first comes first."""
    viewer = request.viewer
    rows, pages = page_of(request, waiting_on_desk(viewer))
    columns = [
        Column(_("Contract"), place="title"),
        Column(_("Carer"), place="bare"),
        Column(_("Whose turn")),
        Column(_("Sign at the latest")),
    ]
    table = Table(_("Contracts to sign"), columns, [_row(each) for each in rows])
    refused = list(not_signed(viewer)[:NOT_SIGNED_SHOWN])
    note_shown(request, refused)
    context = {
        "table": table,
        "pages": pages,
        "mine": to_sign(viewer),
        "refused": [
            {
                "title": title_of(each),
                "href": reverse("desk:signature", args=[each.pk]),
                "note": " · ".join(part for part in (each.contract.carer.name, each.reason) if part),
                "chip": state_chip(each),
            }
            for each in refused
        ],
    }
    return render(request, "desk/signatures/list.html", context)


def _row(version: Version) -> Row:
    turn = turn_of(version)
    return Row(
        [
            Cell(title_of(version), reverse("desk:signature", args=[version.pk])),
            Cell(version.contract.carer.name_family_first),
            Cell(str(PARTS[turn.part]) if turn else ""),
            Cell(wording.day(version.expires_on) if version.expires_on else ""),
        ]
    )


@require_safe
@for_staff
def signature(request: RoleRequest, version_id: int) -> HttpResponse:
    """One version: its file, who has signed, and what the reader may do now."""
    viewer = request.viewer
    version = access.version(viewer, version_id)
    contract = version.contract
    is_own = bool({contract.carer_id, contract.recipient_id, contract.employer_id} & viewer.for_person_ids)
    context = {
        **shown(request, version),
        "contract": contract,
        "may_withdraw": version.closed_at is None and viewer.role in CONTRACTS and not is_own,
    }
    return render(request, "desk/signatures/version.html", context)


@require_safe
@for_staff
def document(request: RoleRequest, version_id: int) -> HttpResponse:
    return answer_document(request, version_id)


@require_safe
@for_staff
def attached(request: RoleRequest, version_id: int, part: str) -> HttpResponse:
    """The care and service plan, the decision, or the scan of what was signed on paper."""
    return answer_attached(request, version_id, part, ("plan", "decision", "scan"))


@require_http_methods(["GET", "POST"])
@for_contract_makers
@requires_fresh
def sign(request: RoleRequest, version_id: int) -> HttpResponse:
    """The office holder signs for the county, soon after strong authentication."""
    return answer_signature(request, version_id, door="desk", said=lambda done: _("The contract is signed by all."))


@require_http_methods(["GET", "POST"])
@for_contract_makers
def withdraw(request: RoleRequest, version_id: int) -> HttpResponse:
    version = access.version(request.viewer, version_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        reason = form.cleaned_data["reason"]
        return _address(actions.withdraw_version(version_id, by=request.viewer, at=request.clock.now(), reason=reason))

    return answered(
        request,
        form,
        act,
        title=_("Withdraw the document"),
        lead=title_of(version),
        button=_("Withdraw the document"),
        said=_("The document is withdrawn. Nobody can sign it any more."),
        back=reverse("desk:signature", args=[version_id]),
    )


@require_http_methods(["GET", "POST"])
@for_contract_makers
def make(request: RoleRequest, contract_id: int) -> HttpResponse:
    """The contract as a document, made from the template of its kind; the first signer gets to know."""
    viewer = request.viewer
    row = _mine(request, contract_id)
    kind, is_post = ContractKind(row.kind), request.method == "POST"
    language = row.carer.language
    initial = {
        "language": language,
        "notice": getattr(template_of(row.organisation_id, row.kind), f"notice_{language}", ""),
        "days_to_sign": choices_of(row.organisation_id).days_to_sign,
        "first": request.clock.today(),
    }
    form = VersionForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        initial=initial,
        kind=kind,
        is_new=row.signed_on is None,
        is_fixed=row.valid.last is not None and kind is not ContractKind.SUBSTITUTE_CARE,
        has_plan=any(each.plan_id for each in of_contract(viewer, row)),
    )

    def act() -> str:
        plan, decision = (form.cleaned_data.get(name) for name in ("plan", "decision"))
        now, values = request.clock.now(), form.values()
        made = actions.make_version(row.pk, by=viewer, at=now, values=values, plan=plan, decision=decision)
        return _address(made)

    return answered(
        request,
        form,
        act,
        title=_("Make the document to sign"),
        lead=f"{row.number}, {row.carer.name}",
        button=_("Make the document"),
        said=_("The document is made. Who signs first has been told."),
        back=reverse("desk:contract", args=[row.pk]),
        explanation=_(
            "The document is made of the contract's terms and of the clauses that the Act and your own "
            "template give. A document that still waits is withdrawn."
        ),
    )


@require_http_methods(["GET", "POST"])
@for_contract_makers
def paper(request: RoleRequest, contract_id: int) -> HttpResponse:
    """The contract was signed on paper: its scan and the day. Who recorded it stands in the history."""
    row = _mine(request, contract_id)
    is_post = request.method == "POST"
    form = PaperContractForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        initial={"signed_on": request.clock.today()},
    )

    def act() -> str:
        recorded = actions.record_paper(
            row.pk,
            by=request.viewer,
            at=request.clock.now(),
            values={"signed_on": form.cleaned_data["signed_on"]},
            upload=form.cleaned_data["file"],
        )
        return _address(recorded)

    return answered(
        request,
        form,
        act,
        title=_("Record a contract signed on paper"),
        lead=f"{row.number}, {row.carer.name}",
        button=_("Record as signed"),
        said=_("The contract is signed."),
        back=reverse("desk:contract", args=[row.pk]),
    )


def _address(version: Version) -> str:
    return reverse("desk:signature", args=[version.pk])


def _mine(request: RoleRequest, contract_id: int) -> Contract:
    """A contract that the reader may have signed. Raises NotAllowed."""
    row = contracts.contract(request.viewer, contract_id)
    request.viewer.require_not_own(row.carer_id, row.recipient_id, row.employer_id)
    return row
