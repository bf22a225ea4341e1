"""Tax cards: which one holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from palkkio.core.money import ZERO
from palkkio.payroll.cards import card_on
from palkkio.payroll.models import TaxCard
from palkkio.payroll.values import CardView


def tax_card_on(person_id: int, kind: str, day: date) -> TaxCard | None:
    """The card of a kind that a payment on `day` is taxed by; None: 60 % is withheld."""
    return card_on(TaxCard.objects.filter(person_id=person_id, kind=kind), day)


def tax_cards_on(person_ids: Collection[int], kind: str, day: date) -> dict[int, TaxCard]:
    """The cards of many people; who has none is left out. One query."""
    by_person: dict[int, list[TaxCard]] = defaultdict(list)
    for card in TaxCard.objects.filter(person_id__in=set(person_ids), kind=kind):
        by_person[card.person_id].append(card)
    found = {person_id: card_on(cards, day) for person_id, cards in by_person.items()}
    return {person_id: card for person_id, card in found.items() if card is not None}


def fetched_cards(organisation_id: int) -> QuerySet[TaxCard]:
    """Cards that came from the Tax Administration, with their people; the newest of a person and kind last."""
    rows = TaxCard.objects.filter(organisation_id=organisation_id, source=TaxCard.Source.TAX_ADMINISTRATION)
    return rows.select_related("person").order_by("fetched_at", "pk")


def card_view(card: TaxCard, accumulated: Decimal = ZERO) -> CardView:
    """A card as shown; `accumulated` EUR were paid against its ceiling before."""
    return CardView(
        id=card.pk,
        kind=card.kind,
        base=card.base_percent,
        ceiling=card.ceiling,
        additional=card.additional_percent,
        valid=card.valid,
        source=card.source,
        fetched_at=card.fetched_at,
        accumulated=accumulated,
    )
