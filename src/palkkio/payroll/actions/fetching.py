"""Asks the Tax Administration for payees' cards some days before their payday, and takes what comes (PAY-2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop as _

from palkkio.adapters.tax_cards import client
from palkkio.adapters.tax_cards.records import Query, Record
from palkkio.adapters.tax_cards.settings import Service
from palkkio.audit import actions as audit
from palkkio.contracts.queries import payees_of_kinds
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations import queries as organisations
from palkkio.payroll import queueing
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.models import CardRequest, Proposal, Run, TaxCard
from palkkio.payroll.queries.schedule import scheduled_paydays
from palkkio.payroll.values import PaydayRow
from palkkio.people.queries import people_to_report

NO_SERVICE = _("No connection to the Tax Administration is set up. Record the cards by hand.")


def fetch_tax_cards(organisation_id: int, *, at: datetime) -> int:
    """Ask for the cards of payees whose payday is near, and store those that are new. Returns how many are.

    A payee is asked for once a payday and kind of card, again only while there is no answer. A card that is known
    already changes nothing; a new one stands beside the older, and the one with the later first day holds, also one
    from paper. May be killed anywhere and run again. Raises TaxCardError when the service gives no answer.
    """
    service = settings.PALKKIO_TAX_CARDS
    if service is None:
        return 0
    today = day_of(at)
    last = today + timedelta(days=service.days_before_payday)
    near = [each for each in _coming(organisation_id, today) if each.payday <= last]
    _make_requests(organisation_id, near, at)
    waiting = CardRequest.objects.filter(
        organisation_id=organisation_id, state=CardRequest.State.WAITING, payday__gte=today
    )
    found = 0
    for ids in _chunks(list(waiting.order_by("pk").values_list("pk", flat=True))):
        found += _fetch(service, organisation_id, ids, at)
    return found


def _coming(organisation_id: int, today: date) -> list[PaydayRow]:
    """Paydays of the schedule from today on, the earliest first."""
    return [each for each in scheduled_paydays(organisation_id, today) if each.payday >= today]


def _make_requests(organisation_id: int, paydays: Iterable[PaydayRow], at: datetime) -> None:
    """Write down whose cards are wanted for some paydays, where that was not asked for yet."""
    CardRequest.objects.bulk_create(
        (
            CardRequest(organisation_id=organisation_id, person_id=person_id, kind=kind, payday=each.payday, made_at=at)
            for each in paydays
            for person_id, kind in _payees_of(organisation_id, each)
        ),
        ignore_conflicts=True,
    )


def _payees_of(organisation_id: int, paid: PaydayRow) -> Iterator[tuple[int, str]]:
    """Payees of a payday with the kind of their card; of a run under way also those whose contract has ended since."""
    for period, kinds in paid.periods:
        yield from sorted(payees_of_kinds(organisation_id, period, kinds))
    rows = Proposal.objects.filter(
        organisation_id=organisation_id, run__payday=paid.payday, run__state=Run.State.PROPOSED
    )
    yield from rows.order_by("person_id").values_list("person_id", "card_kind").distinct()


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + client.AT_ONCE] for first in range(0, len(ids), client.AT_ONCE))


def _fetch(service: Service, organisation_id: int, ids: Sequence[int], at: datetime) -> int:
    """One question for some requests. Nothing is locked while the service thinks."""
    requests = list(CardRequest.objects.filter(pk__in=ids).order_by("pk"))
    people = people_to_report({each.person_id for each in requests})
    asked = [each for each in requests if people[each.person_id].identity_code]
    queries = [Query(people[each.person_id].identity_code, each.kind, each.payday) for each in asked]
    rows = CardRequest.objects.filter(pk__in=[each.pk for each in asked])
    rows.update(asked_at=at, tries=F("tries") + 1)
    try:
        records = client.fetch(service, organisations.payer(organisation_id).business_id, queries)
    except client.TaxCardError as error:
        rows.update(trouble=str(error)[:200])
        raise
    return sum(_take(request.pk, record, at) for request, record in zip(asked, records, strict=True))


@transaction.atomic
def _take(request_id: int, record: Record | None, at: datetime) -> bool:
    """Write down one answer, once. True if it brought a card that was not known."""
    request = CardRequest.objects.select_for_update().get(pk=request_id)
    if request.state != CardRequest.State.WAITING:
        return False
    card = None if record is None else _known(request, record)
    is_new = record is not None and card is None
    if record is not None and card is None:
        card = _stored(request, record, at)
    request.card, request.trouble = card, ""
    if record is None:
        request.state = CardRequest.State.NONE
    else:
        request.state = CardRequest.State.NEW if is_new else CardRequest.State.SAME
    request.save(update_fields=["card", "trouble", "state"])
    return is_new


def _known(request: CardRequest, record: Record) -> TaxCard | None:
    """The newest fetched card of the kind, if it says the same."""
    rows = TaxCard.objects.filter(
        person_id=request.person_id, kind=request.kind, source=TaxCard.Source.TAX_ADMINISTRATION
    )
    latest = rows.order_by("-fetched_at", "-pk").first()
    if latest is None:
        return None
    has = (latest.base_percent, latest.ceiling, latest.additional_percent, latest.valid)
    says = (
        record.base_percent,
        record.ceiling,
        record.additional_percent,
        DateRange.of_days(record.first, record.last),
    )
    return latest if has == says else None


def _stored(request: CardRequest, record: Record, at: datetime) -> TaxCard:
    card = TaxCard.objects.create(
        organisation_id=request.organisation_id,
        person_id=request.person_id,
        kind=request.kind,
        valid=DateRange.of_days(record.first, record.last),
        base_percent=record.base_percent,
        ceiling=record.ceiling,
        additional_percent=record.additional_percent,
        accumulates_from=record.first,  # a card counts from its own first day, also a changed one (W8)
        source=TaxCard.Source.TAX_ADMINISTRATION.value,
        fetched_at=at,
    )
    refresh_open_runs(request.organisation_id, request.person_id)
    audit.record(
        "fetch_tax_card",
        by=None,
        at=at,
        organisation_id=request.organisation_id,
        object_kind="tax_card",
        object_id=card.pk,
        subject_person_id=request.person_id,
        details={"kind": request.kind},
    )
    return card


@transaction.atomic
def ask_for_tax_cards(*, by: Viewer, at: datetime) -> int:
    """Ask for the cards of the next payday now, also again where there was none. Returns how many are asked for.

    Raises NotAllowed, WrongState without a connection.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    if settings.PALKKIO_TAX_CARDS is None:
        raise WrongState(NO_SERVICE)
    following = _coming(by.organisation_id, day_of(at))[:1]
    _make_requests(by.organisation_id, following, at)
    rows = CardRequest.objects.filter(
        organisation_id=by.organisation_id, payday__in=[each.payday for each in following]
    )
    again = rows.filter(state=CardRequest.State.NONE).update(state=CardRequest.State.WAITING)
    asked = rows.filter(state=CardRequest.State.WAITING).count()
    queueing.fetch_cards(by.organisation_id)
    audit.record("ask_for_tax_cards", by=by, at=at, details={"again": again, "asked": asked})
    return asked
