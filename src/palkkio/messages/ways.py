"""Who gets letters, and how: what the person has chosen, else what follows from how they use the service (ACC-11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from palkkio.adapters.suomifi_messages.settings import Service
from palkkio.messages.letter_models import LetterChoice, Way
from palkkio.messages.models import Notice
from palkkio.organisations.queries import payer
from palkkio.people.queries import paper_users

if TYPE_CHECKING:
    from palkkio.people.models import Person

# Notices that go as letters to those who get letters: payslips, decisions, and what one must do something about.
AS_LETTERS = frozenset(
    {
        Notice.Kind.PAYSLIP_READY,
        Notice.Kind.BANK_ACCOUNT_CHANGED,
        Notice.Kind.PAYMENT_RETURNED,
        Notice.Kind.CARD_MISSING,
        Notice.Kind.MANDATE_GIVEN,
        Notice.Kind.HEARING_OPENED,
        Notice.Kind.RECOVERY_DECIDED,
        Notice.Kind.DECISION_MADE,
    }
)
DECISIONS = frozenset({Notice.Kind.RECOVERY_DECIDED, Notice.Kind.DECISION_MADE})  # their receipt is proved (M11)


def service_of(organisation_id: int) -> Service | None:
    """The organisation's way to Suomi.fi Messages; None: it has none."""
    found: Service | None = settings.PALKKIO_SUOMIFI_MESSAGES.get(payer(organisation_id).slug)
    return found


def ways_of(organisation_id: int, person_ids: Iterable[int]) -> dict[int, Way]:
    """How letters go to each of the people; who reads everything in Palkkio is left out.

    Without a choice, those without electronic services get them printed. Where the organisation has no way to Suomi.fi
    Messages, what should go there is printed.
    """
    ids = set(person_ids)
    chosen = dict(LetterChoice.objects.filter(person_id__in=ids).values_list("person_id", "choice"))
    found = dict.fromkeys(paper_users(ids - chosen.keys()), Way.PRINTED)
    has_service = bool(settings.PALKKIO_SUOMIFI_MESSAGES) and service_of(organisation_id) is not None
    for person_id, choice in chosen.items():
        if choice != LetterChoice.Choice.PALKKIO:
            found[person_id] = Way(choice) if has_service else Way.PRINTED
    return found


def choice_of(person: Person) -> str:
    """What the person has chosen, one of LetterChoice.Choice, or what follows from how they use the service."""
    chosen = LetterChoice.objects.filter(person=person).values_list("choice", flat=True).first()
    return chosen or str(LetterChoice.Choice.PRINTED if person.uses_paper else LetterChoice.Choice.PALKKIO)
