"""Contracts that are paid by the month, events and shifts: what payroll reads (CARE-9, PAY-4, PAY-5)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from palkkio.audit.models import Event
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.events import AbsenceReason, CarerIll, Notice, RecipientAway
from palkkio.calculation.facts import Caps, CareTerms, OtherAbsence
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.entries import actions, queries
from palkkio.entries.models import Sheet, SheetRevision
from palkkio.rules import profile
from tests import factories
from tests.factories import APRIL, MAY, NOW

pytestmark = pytest.mark.django_db


def frozen(contract, month=MAY):
    actions.freeze_months(contract.organisation_id, until=date(2026, 5, 31), at=NOW)
    revision = SheetRevision.objects.select_related("sheet__contract").get(sheet__contract=contract, period=month)
    return queries.revision_facts(revision)


def test_a_month_paid_contract_gets_its_sheets_reviewed_by_nobody_once() -> None:
    place = factories.county()
    contract = factories.informal_care(place, factories.carer(place).person_id)
    by_day = factories.family_care(
        place, factories.carer(place).person_id, paid_by="day", rates={"daily_fee": "60", "expense_allowance_day": "20"}
    )
    unsigned = factories.informal_care(place, factories.carer(place).person_id, signed_on=None)
    with_entries = factories.contract(place, factories.carer(place).person_id)

    assert actions.freeze_months(place.id, until=date(2026, 5, 31), at=NOW) == 5  # January to May
    assert actions.freeze_months(place.id, until=date(2026, 5, 31), at=NOW) == 0

    sheet = Sheet.objects.get(contract=contract, period=MAY)
    assert (sheet.state, sheet.channel, sheet.reviewed_by_id) == ("reviewed", "contract", None)
    assert sheet.revisions.get().facts == {"entries": [], "trips": []}
    assert not Sheet.objects.filter(contract__in=[by_day, unsigned, with_entries]).exists()
    waiting = queries.revisions_to_pay(place.id, [ContractKind.INFORMAL_CARE], date(2026, 4, 30))
    assert [each.period for each in waiting] == [DateRange.of_month(2026, n) for n in (1, 2, 3, 4)]
    actions.ensure_sheets(place.id, today=factories.TODAY)
    assert Sheet.objects.filter(contract=by_day, period=MAY, state="open").exists()
    assert not Sheet.objects.filter(contract=unsigned).exists()


def test_months_before_the_first_schedule_are_not_handed_over() -> None:
    place = factories.county()
    factories.pays(place, ContractKind.INFORMAL_CARE, first=date(2026, 4, 1))
    contract = factories.informal_care(place, factories.carer(place).person_id, first=date(2020, 1, 1))
    assert actions.freeze_months(place.id, until=date(2026, 5, 30), at=NOW) == 1  # May is not over
    assert Sheet.objects.get(contract=contract).period == APRIL


def test_a_month_that_is_taken_back_is_told_and_one_that_was_reopened_meanwhile_stays() -> None:
    """CARE-9: nothing that somebody has touched is lost, and it stops no other month."""
    place = factories.county()
    factories.pays(place, ContractKind.INFORMAL_CARE, first=date(2026, 4, 1))
    reopened, untouched = (factories.informal_care(place, factories.carer(place).person_id) for _ in range(2))
    assert actions.freeze_months(place.id, until=date(2026, 5, 31), at=NOW) == 4
    revisions = list(SheetRevision.objects.values_list("pk", flat=True))
    sheet = Sheet.objects.get(contract=reopened, period=MAY)
    actions.reopen_sheet(sheet.pk, by=factories.handler(place), at=NOW, version=1, reason="Looked at again")
    gone = set(Sheet.objects.exclude(pk=sheet.pk).values_list("pk", flat=True))

    assert actions.take_back_months(revisions, at=NOW) == 3
    assert [each.pk for each in Sheet.objects.all()] == [sheet.pk]
    events = Event.objects.filter(action="take_back_month")
    assert {each.object_id for each in events} == gone
    told = {(each.subject_person_id, each.details["contract"], each.details["month"]) for each in events}
    assert (untouched.carer_id, untouched.pk, "2026-05") in told
    (frozen_event,) = Event.objects.filter(action="freeze_months")
    assert (frozen_event.organisation_id, frozen_event.details) == (place.id, {"until": "2026-05-31", "months": 4})


def test_a_family_carers_days_have_sheets_and_their_own_amounts() -> None:
    place = factories.county()
    for code, amount in (("daily_fee", "60"), ("expense_allowance_day", "20"), ("monthly_fee", "1000")):
        factories.pays(place, ContractKind.FAMILY_CARE)
        factories.rate(place, code, amount, kind=ContractKind.FAMILY_CARE)
    contract = factories.family_care(place, factories.carer(place).person_id, paid_by="day", rates={}, clients="2")
    actions.ensure_sheets(place.id, today=factories.TODAY)
    sheet = Sheet.objects.get(contract=contract, period=MAY)
    (terms,) = queries.month_facts([sheet])[sheet.pk].terms
    assert {code: rate.amount for code, rate in terms.rates.items()} == {
        "daily_fee": Decimal(60),
        "expense_allowance": Decimal(20),
    }
    assert terms.clients == 2


def test_the_terms_of_informal_care_reach_the_calculation() -> None:
    place = factories.county()
    contract = factories.informal_care(
        place,
        factories.carer(place).person_id,
        "III",
        otherwise="II",
        carer_income=["pension"],
        interval_care_days="14",
        other_services_hours="12,5",
        absence_other="days",
        absence_other_days="10",
        rates={"lower_fee": "300"},
    )
    factories.rate(place, "class_III", "1700", kind=ContractKind.INFORMAL_CARE)
    (terms,) = frozen(contract).terms
    assert terms.care == CareTerms("III", "II", ("pension",), Decimal(14), Decimal("12.5"))
    assert terms.absence_other == OtherAbsence(10)
    assert {code: rate.amount for code, rate in terms.rates.items()} == {"class_III": 1700, "lower_fee": 300}


def test_a_lower_class_asks_for_no_amount_above_it() -> None:
    place = factories.county()
    contract = factories.informal_care(place, factories.carer(place).person_id, "I")
    for name in ("I", "II", "III"):
        factories.rate(place, f"class_{name}", "1000", kind=ContractKind.INFORMAL_CARE)
    (terms,) = frozen(contract).terms
    assert set(terms.rates) == {"class_I"}


def test_the_caps_of_a_commission_reach_the_calculation() -> None:
    place = factories.county()
    contract = factories.contract(
        place,
        factories.contractor(place).person_id,
        kind=ContractKind.OTHER_COMMISSION,
        rates={"monthly": "50"},
        cap_visits="4",
        cap_euros="300",
    )
    actions.ensure_sheets(place.id, today=factories.TODAY)
    sheet = Sheet.objects.get(contract=contract, period=MAY)
    (terms,) = queries.month_facts([sheet])[sheet.pk].terms
    assert terms.caps == Caps(visits=Decimal(4), euros=Decimal("300.00"))
    assert terms.rates["monthly"].amount == 50


def test_the_same_month_through_the_tables_gives_the_cents_of_the_pure_case() -> None:
    # domain care-fees 2.4 case 1, by the choices of that payer: begins on 10 April, 21 of 30 days of 392.57
    place = factories.county(profile="pietarsaari-2018")
    factories.pays(place, ContractKind.INFORMAL_CARE, first=date(2018, 1, 1))
    contract = factories.informal_care(
        place, factories.carer(place).person_id, "I", first=date(2018, 4, 10), signed_on=date(2018, 4, 1)
    )
    april = DateRange.of_month(2018, 4)
    actions.freeze_months(place.id, until=date(2018, 4, 30), at=NOW)
    revision = SheetRevision.objects.select_related("sheet__contract").get(sheet__contract=contract, period=april)
    lines, problems = earning_lines(queries.revision_facts(revision), profile("pietarsaari-2018"))
    assert [(line.code, line.quantity, line.of, line.amount) for line in lines] == [
        ("CARE_FEE", Decimal(21), Decimal("392.57"), Decimal("274.80"))
    ]
    assert not [each for each in problems if each.is_red]


def test_events_reach_every_month_that_they_may_change_and_withdrawn_ones_none() -> None:
    place = factories.county()
    contract = factories.informal_care(place, factories.carer(place).person_id)
    factories.event(contract, "carer_ill", date(2026, 4, 28), date(2026, 5, 12))
    factories.event(contract, "recipient_away", date(2026, 3, 1), reason="health")
    factories.event(contract, "notice", date(2026, 4, 10), given_by="county")
    factories.event(contract, "days_off", date(2026, 6, 1), date(2026, 6, 3))
    wrong = factories.event(contract, "terminated", date(2026, 5, 2))
    wrong.withdrawn_at, wrong.withdrawn_reason, wrong.withdrawn_by_id = NOW, "Typed by mistake", wrong.recorded_by_id
    wrong.save()
    assert [type(each) for each in frozen(contract).events] == [RecipientAway, Notice, CarerIll]
    away = frozen(contract).events[0]
    assert isinstance(away, RecipientAway)
    assert (away.reason, away.days) == (AbsenceReason.HEALTH, DateRange(date(2026, 3, 1), None))
    march = DateRange.of_month(2026, 3)
    assert [type(each) for each in frozen(contract, march).events] == [RecipientAway]


def test_an_assistants_half_months_carry_shifts_terms_and_what_lies_around() -> None:
    place = factories.county()
    contract = factories.assistance(place, factories.carer(place).person_id, rates={"hourly": "14.50"})
    actions.ensure_sheets(place.id, today=factories.TODAY)
    halves = Sheet.objects.filter(contract=contract, period__overlap=MAY).order_by("period")
    first, second = halves
    assert (first.period.last, second.period.first) == (date(2026, 5, 15), date(2026, 5, 16))
    factories.shift(
        first, datetime(2026, 5, 15, 20, tzinfo=HELSINKI), datetime(2026, 5, 16, 6, tzinfo=HELSINKI), decision="1.1"
    )
    factories.shift(
        second, datetime(2026, 5, 18, 8, tzinfo=HELSINKI), datetime(2026, 5, 18, 16, tzinfo=HELSINKI), is_scheduled=True
    )
    facts = queries.month_facts([second])[second.pk]
    assert [(each.start.hour, each.is_scheduled) for each in facts.shifts] == [(5, True)]
    assert facts.around is not None
    assert [each.decision for each in facts.around.shifts] == ["1.1"]
    terms = facts.terms[0].assistant
    assert terms is not None
    assert (terms.pay_group, terms.area, terms.weekly_hours, terms.leave_rule) == ("A", "rest", Decimal(20), "days14")
    assert terms.hourly is not None
    assert terms.hourly.amount == Decimal("14.50")
    assert facts.terms[0].rates == {}
    # what a review freezes comes back the same
    revision = SheetRevision(
        organisation_id=place.id,
        sheet=second,
        number=1,
        period=second.period,
        facts=queries.facts.frozen_facts(second),
        reviewed_at=NOW,
    )
    revision.save()
    assert queries.revision_facts(revision) == facts


@pytest.mark.parametrize("count", [1, 6])
def test_facts_take_as_many_queries_for_one_as_for_many(count: int, django_assert_max_num_queries) -> None:
    place = factories.county()
    for _ in range(count):
        contract = factories.informal_care(place, factories.carer(place).person_id)
        factories.event(contract, "carer_ill", date(2026, 5, 1), date(2026, 5, 12))
    actions.freeze_months(place.id, until=date(2026, 5, 31), at=NOW)
    revisions = list(SheetRevision.objects.select_related("sheet__contract").filter(period=MAY))
    with django_assert_max_num_queries(4):
        found = queries.facts_of_revisions(revisions)
    assert len(found) == count
