"""Recording a tax card (PAY-2)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import TaxCardKind
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import Viewer
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.actions.locking import require_clerk_of
from palkkio.payroll.models import TaxCard

HUNDRED = Decimal(100)


@transaction.atomic
def record_tax_card(
    person_id: int,
    *,
    by: Viewer,
    at: datetime,
    kind: str,
    first: date,
    last: date | None = None,
    base: Decimal,
    ceiling: Decimal | None,
    additional: Decimal,
    source: str = TaxCard.Source.PAPER.value,
    accumulates_from: date | None = None,
    accumulated_before: Decimal = ZERO,
) -> TaxCard:
    """A card as it was fetched or keyed in; proposed runs of the person are brought up to date.

    A later card replaces an earlier one from its first day; none is changed or removed.

    last                None: the end of the year of `first`
    ceiling             EUR a year, None: the card has none
    accumulates_from    None: the card's own first day, as on a changed card
    accumulated_before  EUR paid against the ceiling before this house's payslips, for a system that takes over
    Raises InvalidInput beside the field, NotAllowed in one's own matter.
    """
    require_clerk_of(by, day_of(at), person_id)
    last = date(first.year, 12, 31) if last is None else last
    begins = accumulates_from or first
    _check(kind, first, last, base, ceiling, additional, begins, accumulated_before)
    card = TaxCard.objects.create(
        organisation_id=by.organisation_id,
        person_id=person_id,
        kind=kind,
        valid=DateRange.of_days(first, last),
        base_percent=base,
        ceiling=ceiling,
        additional_percent=additional,
        accumulates_from=begins,
        accumulated_before=accumulated_before,
        source=TaxCard.Source(source).value,
        fetched_at=at,
    )
    refresh_open_runs(by.organisation_id, person_id)
    audit.record(
        "record_tax_card",
        by=by,
        at=at,
        object_kind="tax_card",
        object_id=card.pk,
        subject_person_id=person_id,
        details={"kind": kind, "source": source},
    )
    return card


def _check(
    kind: str,
    first: date,
    last: date,
    base: Decimal,
    ceiling: Decimal | None,
    additional: Decimal,
    accumulates_from: date,
    accumulated_before: Decimal,
) -> None:
    errors = []
    if kind not in {each.value for each in TaxCardKind}:
        errors.append(FieldError("kind", _("Choose the kind of card. A salary card cannot be used for care fees.")))
    if last < first:
        errors.append(FieldError("last", _("Enter a last day that is not before the first day.")))
    for field, percent in (("base", base), ("additional", additional)):
        if not ZERO <= percent <= HUNDRED:
            errors.append(FieldError(field, _("Enter the percentage as a number from 0 to 100.")))
    for field, amount in (("ceiling", ceiling), ("accumulated_before", accumulated_before)):
        if amount is not None and amount < 0:
            errors.append(FieldError(field, _("Enter zero or more.")))
    if not date(first.year, 1, 1) <= accumulates_from <= last:
        errors.append(FieldError("accumulates_from", _("Enter a day of the card's year, not after its last day.")))
    if errors:
        raise InvalidInput(*errors)
