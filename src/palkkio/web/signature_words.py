"""Versions of contracts in the reader's language: what they are, where they stand, who has signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from palkkio.contracts.signing.queries import sealed_sha256, signatories, turn_of
from palkkio.web.contract_words import kind_name
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact, Tone
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.contracts.signing.models import Signatory, Version

MATTERS: dict[str, Promise] = {
    "contract": lazy("Contract"),
    "amendment": lazy("Changed contract"),
    "index": lazy("Yearly index"),
    "payday": lazy("Changed paydays"),
}
STATES: dict[str, tuple[Promise, Tone]] = {
    "waiting": (lazy("Waiting for signature"), "warn"),
    "signed": (lazy("Signed"), "ok"),
    "told": (lazy("In force without signatures"), "ok"),
    "declined": (lazy("Not signed"), "error"),
    "expired": (lazy("Expired"), "error"),
    "withdrawn": (pgettext_lazy("document", "Withdrawn"), ""),
}
PARTS: dict[str, Promise] = {
    "carer": lazy("Carer"),
    "assistant": lazy("Assistant"),
    "employer": lazy("Employer"),
    "office_holder": lazy("Office holder"),
}


@dataclass(frozen=True, slots=True)
class SignerRow:
    """One party: who, and what has happened in their turn."""

    part: str
    name: str
    note: str
    is_done: bool
    is_now: bool


def title_of(version: Version) -> str:
    """Contract 2026-014, version 2."""
    return _("%(matter)s %(number)s, version %(version)s") % {
        "matter": MATTERS[version.matter],
        "number": version.contract.number,
        "version": version.number,
    }


def state_chip(version: Version) -> Chip:
    name, tone = STATES[version.state]
    return Chip(str(name), tone)


def checksum(sha256: str) -> str:
    """In groups of eight, so that it can be read and its line can break."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def facts_of(version: Version) -> list[Fact]:
    """What the document is, until when it waits, and its checksums before and after sealing."""
    facts = [
        Fact(_("Kind"), kind_name(version.contract.kind)),
        Fact(_("The terms hold from"), wording.day(version.first)),
    ]
    if version.closed_at is None and version.expires_on is not None:
        facts.append(Fact(_("Sign at the latest"), wording.day(version.expires_on)))
    if version.decided_on is not None:
        decided = ", ".join(part for part in (version.decision_number, wording.day(version.decided_on)) if part)
        facts.append(Fact(_("Decision"), decided))
    if version.reason:
        facts.append(Fact(_("Reason"), _(version.reason)))
    if version.document is not None:
        facts.append(Fact(_("Checksum of the document (SHA-256)"), checksum(version.document.sha256)))
    if after := sealed_sha256(version):
        facts.append(Fact(_("Checksum of what was sealed"), checksum(after), _("The two must be the same.")))
    return facts


def signers_of(version: Version) -> list[SignerRow]:
    """All parties in their order; nobody signs a version that is told."""
    if version.closed_as == "told":
        return []
    turn = turn_of(version)
    is_on_paper = version.scan_id is not None
    return [_signer(each, is_now=each == turn, is_on_paper=is_on_paper) for each in signatories(version)]


def _signer(row: Signatory, *, is_now: bool, is_on_paper: bool) -> SignerRow:
    name = row.person.name if row.person else ""
    if row.signed_at is not None:
        note = _("Signed %(moment)s") % {"moment": moment(row.signed_at)}
        if row.signed_by is not None and row.signed_by_id != row.person_id:
            note = _("%(note)s by %(name)s") % {"note": note, "name": row.signed_by.name}
    elif is_on_paper:
        note = _("Signed on paper")
    elif row.opened_at is not None:
        note = _("Opened %(moment)s") % {"moment": moment(row.opened_at)}
    else:
        note = _("Has the turn now") if is_now else _("Has not signed")
    return SignerRow(str(PARTS[row.part]), name, note, is_on_paper or row.signed_at is not None, is_now)
