"""Changes that carers report, and events that staff record (CARE-14, CON-6, PAY-5)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from palkkio.calculation.facts import CareTerms
from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.documents.actions import receive
from palkkio.documents.handling import accept_document, state_on, to_handle
from palkkio.documents.models import Document, Standing
from palkkio.entries import access, actions
from palkkio.entries.models import CareEvent, ChangeReport
from palkkio.entries.queries.endings import ending_by
from palkkio.entries.queries.facts import facts_of_months
from tests import factories
from tests.factories import MAY, NOW, TODAY

pytestmark = pytest.mark.django_db


def scene(fee_class="I", **values):
    place = factories.county(profile="western-uusimaa")
    carer = factories.carer(place)
    return place, carer, factories.informal_care(place, carer.person_id, fee_class, **values), factories.handler(place)


def test_an_accepted_illness_becomes_an_event_and_its_effect_is_shown_before() -> None:
    _place, carer, contract, handler = scene()
    told = {"kind": "own_illness", "first": "1.5.2026", "last": "12.5.2026", "text": "Influenssa"}
    report = actions.report_change(contract.pk, by=carer, at=NOW, values=told)
    assert not CareEvent.objects.exists()

    effects = actions.preview_change(report.pk, by=handler, at=NOW, today=TODAY)
    by_month = {each.contract.edges[0].month: each for each in effects}
    # 530 EUR from 1 May: seven of twelve days are paid, so five of 31 are lost
    assert by_month[5].before == Decimal("530.00")
    assert by_month[5].after == Decimal("444.52")
    assert [by_month[month].change for month in (6, 7)] == [0, 0]
    assert not CareEvent.objects.exists()
    assert ChangeReport.objects.get().state == "sent"

    actions.accept_change(report.pk, by=handler, at=NOW)
    event = CareEvent.objects.get()
    assert (event.kind, event.valid.first, event.valid.last) == ("carer_ill", date(2026, 5, 1), date(2026, 5, 12))
    assert event.report_id == report.pk
    with pytest.raises(WrongState):
        actions.accept_change(report.pk, by=handler, at=NOW)


def test_the_same_absence_is_not_recorded_twice() -> None:
    """PAY-5: told by the carer and recorded by staff it would be paid twice; what is new of it is accepted."""
    _place, carer, contract, handler = scene()
    event = {"kind": "carer_ill", "first": "4.5.2026", "last": "8.5.2026"}
    told = {"kind": "own_illness", "first": "8.5.2026", "last": "12.5.2026"}
    recorded = actions.record_event(contract.pk, by=handler, at=NOW, values=event)
    report = actions.report_change(contract.pk, by=carer, at=NOW, values=told)
    for act in (
        lambda: actions.record_event(contract.pk, by=handler, at=NOW, values={**event, "last": ""}),
        lambda: actions.accept_change(report.pk, by=handler, at=NOW),
    ):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert [(each.field, "already" in each.message) for each in refused.value.errors] == [("first", True)]
    away = {**event, "kind": "recipient_away", "reason": "health"}
    actions.record_event(contract.pk, by=handler, at=NOW, values=away)  # another thing
    actions.accept_change(report.pk, by=handler, at=NOW, values={"first": "9.5.2026", "last": "12.5.2026"})
    actions.withdraw_event(recorded.pk, by=handler, at=NOW, reason="Väärä viikko")
    actions.record_event(contract.pk, by=handler, at=NOW, values=event)
    assert CareEvent.objects.filter(kind="carer_ill", withdrawn_at__isnull=True).count() == 2


def test_staff_correct_the_days_and_what_was_reported_stays() -> None:
    _place, carer, contract, handler = scene(absence_other="stops")
    report = actions.report_change(
        contract.pk, by=carer, at=NOW, values={"kind": "hospital", "first": "2.5.2026", "last": "9.5.2026"}
    )
    actions.accept_change(report.pk, by=handler, at=NOW, values={"first": "3.5.2026", "last": ""}, note="Epikriisi")
    report.refresh_from_db()
    assert (report.first, report.accepted["first"], report.accepted["last"]) == (date(2026, 5, 2), "2026-05-03", None)
    event = CareEvent.objects.get()
    assert (event.kind, event.reason, event.valid) == ("recipient_away", "health", DateRange(date(2026, 5, 3), None))

    back = actions.report_change(contract.pk, by=carer, at=NOW, values={"kind": "return", "first": "20.5.2026"})
    actions.accept_change(back.pk, by=handler, at=NOW)
    (now,) = CareEvent.objects.filter(withdrawn_at__isnull=True)
    assert (now.valid.first, now.valid.last) == (date(2026, 5, 3), date(2026, 5, 19))
    assert CareEvent.objects.count() == 2

    again = actions.report_change(contract.pk, by=carer, at=NOW, values={"kind": "return", "first": "25.5.2026"})
    with pytest.raises(InvalidInput):
        actions.accept_change(again.pk, by=handler, at=NOW)


def test_changed_services_and_income_become_dated_terms() -> None:
    _place, carer, contract, handler = scene("III", otherwise="II")
    plan = {"kind": "services", "first": "10.5.2026", "interval_care_days": "14", "other_services_hours": "8,5"}
    report = actions.report_change(contract.pk, by=carer, at=NOW, values=plan)
    accepted = actions.accept_change(report.pk, by=handler, at=NOW)
    income = {"kind": "income", "first": "20.5.2026", "carer_income": ["pension"]}
    report = actions.report_change(contract.pk, by=carer, at=NOW, values=income)
    actions.accept_change(report.pk, by=handler, at=NOW)
    contract.refresh_from_db()
    terms = facts_of_months(contract, [MAY])[MAY].terms
    assert [(each.valid.first.day, each.care) for each in terms] == [
        (1, CareTerms("III", "II")),
        (10, CareTerms("III", "II", (), Decimal(14), Decimal("8.5"))),
        (20, CareTerms("III", "II", ("pension",), Decimal(14), Decimal("8.5"))),
    ]
    assert accepted.terms is not None


def test_a_returned_report_changes_nothing_and_tells_why() -> None:
    _place, carer, contract, handler = scene()
    report = actions.report_change(contract.pk, by=carer, at=NOW, values={"kind": "away", "first": "2.5.2026"})
    with pytest.raises(InvalidInput):
        actions.return_change(report.pk, by=handler, at=NOW, reason=" ")
    returned = actions.return_change(report.pk, by=handler, at=NOW, reason="Kerro, mihin päivään asti.")
    assert (returned.state, returned.reason) == ("returned", "Kerro, mihin päivään asti.")
    assert not CareEvent.objects.exists()
    mine = actions.report_change(contract.pk, by=carer, at=NOW, values={"kind": "away", "first": "2.5.2026"})
    assert actions.withdraw_change(mine.pk, by=carer, at=NOW).state == "withdrawn"
    with pytest.raises(WrongState):
        actions.accept_change(mine.pk, by=handler, at=NOW)


def test_reports_are_seen_and_handled_by_those_alone_who_may() -> None:
    place, carer, contract, handler = scene()
    report = actions.report_change(contract.pk, by=carer, at=NOW, values={"kind": "away", "first": "2.5.2026"})
    other = factories.carer(place, "Toinen")
    with pytest.raises(NotAllowed):
        access.change_report(other, report.pk)
    with pytest.raises(NotAllowed):
        actions.report_change(contract.pk, by=other, at=NOW, values={"kind": "away", "first": "2.5.2026"})
    with pytest.raises(NotAllowed):
        actions.accept_change(report.pk, by=carer, at=NOW)
    with pytest.raises(NotAllowed):
        actions.accept_change(report.pk, by=factories.clerk(place), at=NOW)
    with pytest.raises(NotAllowed):
        actions.accept_change(report.pk, by=factories.handler(factories.city()), at=NOW)
    phone = actions.report_change(contract.pk, by=handler, at=NOW, values={"kind": "away", "first": "2.5.2026"})
    assert phone.channel == "staff"
    with pytest.raises(NotAllowed):
        actions.accept_change(phone.pk, by=handler, at=NOW)
    assert actions.accept_change(phone.pk, by=factories.handler(place, "Toinen"), at=NOW).state == "accepted"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "locum", "first": "1.5.2026"}, "kind"),
        ({"kind": "away", "first": ""}, "first"),
        ({"kind": "away", "first": "1.1.2020"}, "first"),
        ({"kind": "away", "first": "5.5.2026", "last": "1.5.2026"}, "last"),
        ({"kind": "move", "first": "5.5.2026"}, "moves_to"),
        ({"kind": "services", "first": "5.5.2026", "interval_care_days": "32"}, "interval_care_days"),
        ({"kind": "income", "first": "5.5.2026", "carer_income": ["lottery"]}, "carer_income"),
    ],
)
def test_a_report_that_cannot_be_taken_says_what_to_do_beside_its_field(values, field) -> None:
    _place, carer, contract, _handler = scene()
    with pytest.raises(InvalidInput) as refused:
        actions.report_change(contract.pk, by=carer, at=NOW, values=values)
    assert [each.field for each in refused.value.errors] == [field]


@pytest.mark.parametrize(
    ("event", "last", "rule", "months"),
    [
        # 937/2005 9 §: county two months, carer one; L17 the month's end; L16 at once
        ({"kind": "notice", "first": "15.5.2026", "given_by": "county"}, date(2026, 7, 15), "notice", 2),
        ({"kind": "notice", "first": "31.5.2026", "given_by": "carer"}, date(2026, 6, 30), "notice", 1),
        ({"kind": "recipient_moves_out", "first": "5.6.2026"}, date(2026, 6, 30), "month_end", 0),
        ({"kind": "terminated", "first": "6.6.2026"}, date(2026, 6, 6), "at_once", 0),
    ],
)
def test_a_contract_ends_on_the_day_that_the_act_gives(event, last, rule, months) -> None:
    _place, _carer, contract, handler = scene()
    made = actions.record_event(contract.pk, by=handler, at=NOW, values=event)
    before = ending_by(made, contract)
    assert before is not None
    assert (before.last, before.rule, before.months) == (last, rule, months)
    contract.refresh_from_db()
    assert contract.valid.last == last
    with pytest.raises(WrongState):
        actions.withdraw_event(made.pk, by=handler, at=NOW, reason="Wrong")


def test_family_care_ends_by_the_notice_agreed_in_its_contract() -> None:
    place = factories.county()
    contract = factories.family_care(place, factories.carer(place).person_id, notice_months="1")
    handler = factories.handler(place)
    values = {"kind": "notice", "first": "15.5.2026", "given_by": "county"}
    actions.record_event(contract.pk, by=handler, at=NOW, values=values)
    contract.refresh_from_db()
    assert contract.valid.last == date(2026, 6, 15)


def test_a_wrong_event_is_withdrawn_and_kept() -> None:
    _place, _carer, contract, handler = scene()
    values = {"kind": "carer_ill", "first": "1.5.2026", "last": "3.5.2026"}
    event = actions.record_event(contract.pk, by=handler, at=NOW, values=values)
    with pytest.raises(InvalidInput):
        actions.withdraw_event(event.pk, by=handler, at=NOW, reason="")
    actions.withdraw_event(event.pk, by=handler, at=NOW, reason="Wrong carer")
    assert facts_of_months(contract, [MAY])[MAY].events == ()
    assert CareEvent.objects.get().withdrawn_reason == "Wrong carer"
    with pytest.raises(NotAllowed):
        actions.record_event(contract.pk, by=factories.handler(factories.city()), at=NOW, values=values)
    with pytest.raises(InvalidInput):
        actions.record_event(contract.pk, by=handler, at=NOW, values={**values, "kind": "sick"})


JANUARY_31 = datetime(2026, 1, 31, 12, 0, tzinfo=NOW.tzinfo)
NOTICE = {"kind": "notice", "first": "31.1.2026"}


def test_a_carers_notice_on_31_january_ends_the_contract_on_28_february() -> None:
    """CON-6, L15: one month from 31 January is the last day of February. Nothing ends until staff record it."""
    _place, carer, contract, handler = scene(first=date(2025, 1, 1))
    report = actions.report_change(contract.pk, by=carer, at=JANUARY_31, values={**NOTICE, "text": "Muutan pois"})
    assert (report.kind, report.first, report.last) == ("notice", date(2026, 1, 31), date(2026, 2, 28))
    contract.refresh_from_db()
    assert contract.valid.last is None

    effects = actions.preview_change(report.pk, by=handler, at=JANUARY_31, today=date(2026, 1, 31))
    lost = {each.contract.edges[0].month: (each.before, each.after) for each in effects}
    assert [lost[1][0] == lost[1][1], lost[2][0] == lost[2][1]] == [True, True]
    assert lost[3] == (Decimal("530.00"), Decimal("0.00"))
    actions.accept_change(report.pk, by=handler, at=JANUARY_31)
    contract.refresh_from_db()
    event = CareEvent.objects.get()
    assert (contract.valid.last, event.given_by, event.report_id) == (date(2026, 2, 28), "carer", report.pk)


def test_a_notice_is_taken_back_until_staff_have_read_it() -> None:
    """CON-6; a declaration binds who gave it once the other party knows of it (228/1929 7 §)."""
    _place, carer, contract, handler = scene(first=date(2025, 1, 1))
    first = actions.report_change(contract.pk, by=carer, at=JANUARY_31, values=NOTICE)
    with pytest.raises(WrongState, match="already"):
        actions.report_change(contract.pk, by=carer, at=JANUARY_31, values=NOTICE)
    assert actions.withdraw_change(first.pk, by=carer, at=JANUARY_31).state == "withdrawn"

    again = actions.report_change(contract.pk, by=carer, at=JANUARY_31, values=NOTICE)
    actions.read_notice(again.pk, by=handler, at=JANUARY_31)
    with pytest.raises(WrongState, match="has read your notice"):
        actions.withdraw_change(again.pk, by=carer, at=JANUARY_31)
    # carer and county agree that the care goes on
    actions.return_change(again.pk, by=handler, at=JANUARY_31, reason="Sovittu 2.2.2026, että hoito jatkuu.")
    assert not CareEvent.objects.exists()


def test_notice_is_given_by_the_carer_alone_on_its_day_and_of_a_contract_that_goes_on() -> None:
    """ACC-14: as a signature, it is nobody's who acts under a mandate."""
    place, carer, contract, _handler = scene(first=date(2025, 1, 1))
    helper = factories.acting(factories.person(place, "Auli", "Auttaja"), carer.person_id)
    with pytest.raises(NotAllowed):
        actions.report_change(contract.pk, by=helper, at=JANUARY_31, values=NOTICE)
    with pytest.raises(InvalidInput) as refused:
        actions.report_change(contract.pk, by=carer, at=JANUARY_31, values={**NOTICE, "first": "1.1.2026"})
    assert [each.field for each in refused.value.errors] == ["first"]
    ending = factories.informal_care(place, factories.carer(place, "Toinen").person_id, last=date(2026, 2, 10))
    owner = factories.viewer(ending.carer, RoleKind.CARER)
    with pytest.raises(InvalidInput) as refused:
        actions.report_change(ending.pk, by=owner, at=JANUARY_31, values=NOTICE)
    assert "ends without this notice" in refused.value.errors[0].message
    family = factories.family_care(place, factories.carer(place, "Perhe").person_id, first=date(2024, 1, 1))
    given = actions.report_change(
        family.pk, by=factories.viewer(family.carer, RoleKind.CARER), at=JANUARY_31, values=NOTICE
    )
    assert given.last == date(2026, 3, 31)  # K2: two months
    assigned = factories.contract(place, carer.person_id)
    with pytest.raises(InvalidInput):
        actions.report_change(assigned.pk, by=carer, at=JANUARY_31, values=NOTICE)


def test_a_certificate_stands_as_its_report_does_and_one_that_comes_later_waits_for_staff() -> None:
    """CARE-14, EMP-7: nothing that was sent in is left without an answer."""
    place, _carer, _contract, handler = scene()
    assistant = factories.carer(place, "Avustaja")
    employment = factories.assistance(place, assistant.person_id)
    told = {"kind": "own_illness", "first": "4.5.2026", "last": "9.5.2026"}

    def certificate() -> Document:
        of = assistant.person_id
        return receive(factories.scan(), kind="certificate", person_id=of, by=assistant, at=NOW)

    later = {**told, "first": "11.5.2026", "last": "12.5.2026"}
    reports = [actions.report_change(employment.pk, by=assistant, at=NOW, values=each) for each in (told, told, later)]
    early, returned, late = certificate(), certificate(), certificate()
    for report, document in zip(reports[:2], (early, returned), strict=True):
        actions.add_certificate(report.pk, by=assistant, at=NOW, document=document)
    actions.accept_change(reports[0].pk, by=handler, at=NOW)
    actions.return_change(reports[1].pk, by=handler, at=NOW, reason="Todistuksesta ei saa selvää.")
    actions.accept_change(reports[2].pk, by=handler, at=NOW)
    actions.add_certificate(reports[2].pk, by=assistant, at=NOW, document=late)
    stands = {each.document_id: state_on(each, TODAY) for each in Standing.objects.all()}
    assert [stands[each.pk] for each in (early, returned, late)] == ["accepted", "returned", "received"]
    assert [each.pk for each in to_handle(handler)] == [late.pk]
    accept_document(late.pk, by=handler, at=NOW, values={})
    assert not to_handle(handler).exists()
