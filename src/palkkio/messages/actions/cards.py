"""The notice of a tax card that is missing (HELP-4): in time, since without it the tax is 60 per cent."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from palkkio.contracts.queries import payees_of_kinds
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.messages.actions.letters import ask_where_wanted
from palkkio.messages.actions.notices import defer_emails
from palkkio.messages.models import Notice
from palkkio.payroll.queries import tax_cards_on


@transaction.atomic
def warn_of_missing_cards(organisation_id: int, *, today: date, at: datetime) -> int:
    """Tell payees of contracts of this month who have no card for them today: once a month for each kind of card.

    May run every day. Returns how many are new.
    """
    month = DateRange.month_of(today)
    by_kind: dict[TaxCardKind, set[int]] = defaultdict(set)
    for person_id, kind in payees_of_kinds(organisation_id, month, [each.value for each in ContractKind]):
        by_kind[kind].add(person_id)
    rows = [
        Notice(
            organisation_id=organisation_id,
            person_id=person_id,
            kind=Notice.Kind.CARD_MISSING,
            object_id=person_id,
            key=f"card-{kind.value}-{today:%Y-%m}",
            created_at=at,
        )
        for kind, people in by_kind.items()
        for person_id in sorted(people - tax_cards_on(people, kind.value, today).keys())
    ]
    told = set(
        Notice.objects.filter(organisation_id=organisation_id, key__in={each.key for each in rows}).values_list(
            "person_id", "key"
        )
    )
    new = [each for each in rows if (each.person_id, each.key) not in told]
    Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    ask_where_wanted(new, at=at)
    if new:
        defer_emails(organisation_id)
    return len(new)
