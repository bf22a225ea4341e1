"""The values of the page of letters: to whom, what about, how it goes, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.messages.ways import choice_of
from palkkio.people.contact import Contact, contact_of
from palkkio.web.ui.values import Chip, Tone, View
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.core.viewer import Viewer
    from palkkio.messages.models import Letter
    from palkkio.people.models import Person

ABOUT: Mapping[str, Promise] = {
    "payslip_ready": lazy("Payslip"),
    "bank_account_changed": lazy("The account number was changed"),
    "payment_returned": lazy("The bank returned a payment"),
    "card_missing": lazy("The tax card is missing"),
    "mandate_given": lazy("A mandate was given"),
    "hearing_opened": lazy("Hearing on an overpayment"),
    "recovery_decided": lazy("Decision on an overpayment"),
    "decision_made": lazy("Decision on assistance"),
}
WAYS: Mapping[str, Promise] = {"printed": lazy("printed here"), "suomifi": lazy("by Suomi.fi Messages")}
CHOICES: Mapping[str, Promise] = {
    "palkkio": lazy("Reads them in Palkkio; no letters"),
    "printed": lazy("Gets them printed, by post"),
    "suomifi": lazy("Gets them by Suomi.fi Messages: to the mailbox, or by post where none is in use"),
}
STATES: Mapping[str, tuple[Promise, Tone]] = {
    "waiting": (lazy("waiting"), ""),
    "sent": (lazy("sent"), ""),
    "read": (lazy("read"), "ok"),
    "printed": (lazy("printed"), "ok"),
    "delivered": (lazy("delivered"), "ok"),
    "told": (lazy("told by phone"), "ok"),
    "failed": (lazy("failed"), "error"),
}
# The views of the page by their name in the address: what waits for the desk comes first.
VIEWS: Mapping[str, tuple[Promise, Q]] = {
    "": (lazy("To print or tell"), Q(way="printed", state="waiting")),
    "failed": (lazy("Failed"), Q(state="failed")),
    "on-the-way": (lazy("On the way"), Q(state="sent") | Q(way="suomifi", state="waiting")),
    "done": (lazy("Done"), Q(state__in=["read", "printed", "delivered", "told"])),
}
FOR_THE_DESK = VIEWS[""][1] | VIEWS["failed"][1]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter as it stands in the list."""

    id: int
    person: Person
    about: str
    note: str
    chip: Chip
    trouble: str
    contact: Contact
    is_own: bool
    may_tell: bool
    may_send_again: bool
    batch_id: int | None


def views_of(found: QuerySet[Letter], current: str) -> list[View]:
    """Those that wait for somebody with their numbers."""
    return [
        View(
            str(words),
            reverse("desk:letters") + (f"?view={name}" if name else ""),
            found.filter(which).count() if name != "done" else None,
            is_current=name == current,
        )
        for name, (words, which) in VIEWS.items()
    ]


def row_of(letter: Letter, viewer: Viewer, today: date) -> LetterRow:
    person, (words, tone) = letter.notice.person, STATES[letter.state]
    is_own, is_failed = person.pk in viewer.for_person_ids, letter.state == "failed"
    is_open = not is_own and (is_failed or letter.state == "waiting")
    return LetterRow(
        id=letter.pk,
        person=person,
        about=str(ABOUT[letter.notice.kind]),
        note=_("%(way)s, since %(moment)s")
        % {"way": WAYS[letter.way], "moment": moment(letter.state_at or letter.made_at)},
        chip=Chip(str(words), tone),
        trouble=_(letter.trouble) if letter.trouble else "",
        contact=contact_of(person, viewer, today),
        is_own=is_own,
        may_tell=is_open,
        may_send_again=is_failed and not is_own,
        batch_id=letter.batch_id,
    )


def choice_words(person: Person) -> str:
    """How a person gets letters, as it stands on their page."""
    return str(CHOICES[choice_of(person)])
