"""Documents in words: what they are, where they stand, who sees them, how long they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from palkkio.documents.access import OF_HEALTH, OF_PAYEES
from palkkio.documents.handling import BY_THEMSELVES, State, state_on
from palkkio.documents.retention import RetentionClass, retention_of
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip

if TYPE_CHECKING:
    from datetime import date

    from palkkio.documents.models import Document

KINDS: dict[str, Promise] = {
    "certificate": lazy("Certificate"),
    "attachment": lazy("Attachment of a reported change"),
    "receipt": lazy("Receipt of a trip"),
    "paper_sheet": lazy("Care period on paper"),
    "paper": lazy("Paper of an employment"),
    "contract": lazy("Contract"),
    "care_plan": lazy("Care and service plan"),
    "decision": pgettext_lazy("document", "Decision"),
    "letter": pgettext_lazy("document", "Letter"),
    "payslip": lazy("Payslip"),
    "other": lazy("Other document"),
}


def chip_of(state: str) -> Chip:
    return {
        State.ISSUED: Chip(_("Issued"), "ok"),
        State.RECEIVED: Chip(_("Received"), "you"),
        State.RETURNED: Chip(_("Returned"), "warn"),
        State.ACCEPTED: Chip(_("Accepted"), "ok"),
        State.ENDING: Chip(_("Ends soon"), "warn"),
        State.ENDED: Chip(_("Has ended"), "error"),
    }[State(state)]


def state_chip(document: Document, today: date) -> Chip:
    """A newer version ends what the older one said."""
    if hasattr(document, "replaced_by"):
        return Chip(_("Replaced by a newer version"))
    return chip_of(state_of(document, today))


def state_of(document: Document, today: date) -> State:
    return state_on(getattr(document, "standing", None), today)


def who_sees(document: Document) -> str:
    of_staff = _("handlers and payroll clerks") if document.kind in OF_HEALTH else _("staff")
    if document.is_for_staff or document.kind not in OF_PAYEES:
        return of_staff
    return _("the person, %(staff)s") % {"staff": of_staff}


def kept(document: Document) -> str:
    """How long it is kept, and by which law."""
    rule = retention_of(document.kind)
    until = rule.ends_on(document.added_on)
    if until is not None:
        return _("until %(day)s (%(law)s)") % {"day": wording.day(until), "law": rule.law}
    return _("%(years)s years from the closing of the matter (%(law)s)") % {"years": rule.years, "law": rule.law}


def retention_name(document: Document) -> str:
    return {
        RetentionClass.CLIENT: _("client documents"),
        RetentionClass.BOOKS: _("accounting books"),
        RetentionClass.VOUCHERS: _("vouchers"),
    }[retention_of(document.kind).name]


def is_by_itself(document: Document) -> bool:
    """It is accepted or returned as a document, not with the matter that it belongs to."""
    return document.kind in BY_THEMSELVES
