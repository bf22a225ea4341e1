"""Rates and rules, and the settings of the organisation (CARE-4, CARE-10, PAY-7, PAY-8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from palkkio.audit.models import Event
from palkkio.contracts.models import IndexChange
from palkkio.contracts.signing.models import Version
from palkkio.contracts.signing.tasks import tell_paydays
from palkkio.core.payslip import ContractKind, DayType
from palkkio.organisations import queries
from palkkio.organisations.models import ContactPoint, Municipality, Organisation, Schedule, Unit
from palkkio.rates.models import OfficialFigure, PolicyChoice, Rate
from palkkio.rates.queries import profile_of
from palkkio.reporting.models import AccountMapping
from tests import factories
from tests.journeys.steps import text_of
from tests.web_desk.scene import signed_in

CLASSES = (("I", "500.00"), ("II", "1000.00"), ("III", "1400.00"))
RATE = {
    "contract_kind": "substitute_care",
    "code": "training",
    "fee_class": "",
    "amount": "50,00",
    "first": "1.7.2026",
    "last": "",
    "source": "Board 4.6.2026 § 80",
}


@pytest.fixture
def place(db: None) -> factories.Place:
    return factories.county()


@pytest.fixture
def clerk(place: factories.Place) -> Client:
    return signed_in(place.second)


@pytest.fixture
def admin(place: factories.Place) -> Client:
    return signed_in(place.maker)


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


# --- Rates -----------------------------------------------------------------------------------------------------------


def test_a_rate_is_proposed_by_one_and_approved_by_another(clerk, admin):
    """Only what a second person approves pays."""
    clerk.post("/desk/rates/propose/", RATE)
    rate = Rate.objects.get()
    own = text(clerk.get("/desk/rates/"))
    assert f"/desk/rates/{rate.pk}/approve/" not in own
    assert "Board 4.6.2026 § 80" in own
    clerk.post(f"/desk/rates/{rate.pk}/approve/")
    rate.refresh_from_db()
    assert rate.approved_at is None
    assert f"/desk/rates/{rate.pk}/approve/" in text(admin.get("/desk/rates/"))
    admin.post(f"/desk/rates/{rate.pk}/approve/")
    rate.refresh_from_db()
    assert rate.approved_at is not None
    assert rate.amount == Decimal(50)


def test_rates_stand_as_a_timeline_the_latest_first(place, clerk):
    factories.rate(place, "training", "45.00", first=date(2025, 1, 1))
    factories.rate(place, "training", "48.50", first=date(2026, 1, 1))
    page = text(clerk.get("/desk/rates/"))
    assert page.index("48,50 € a day") < page.index("45,00 € a day")
    assert "1.1.–31.12.2025" in page


def test_a_proposal_is_withdrawn(clerk):
    clerk.post("/desk/rates/propose/", RATE)
    clerk.post(f"/desk/rates/{Rate.objects.get().pk}/withdraw/")
    assert not Rate.objects.exists()


def test_a_rate_without_a_decision_keeps_what_was_typed(clerk):
    response = clerk.post("/desk/rates/propose/", {**RATE, "source": ""})
    assert response.status_code == 422
    assert 'id="id_source-error"' in text(response)
    assert "50,00" in text(response)


def test_figures_of_the_law_tell_value_days_source_and_how_sure_they_are(clerk):
    """PAY-8: read-only."""
    page = text(clerk.get("/desk/rates/law/"))
    assert "Pro-Ratio, travel allowances 2026" in page
    assert "0,55 € a kilometre" in page
    assert "not known: does not pay" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_the_choices_of_the_payer_are_shown_with_their_defaults(clerk):
    page = text(clerk.get("/desk/rates/choices/"))
    assert "own choice: 0,25 € a kilometre" in page
    assert "default: 7 days" in page


def test_a_rate_of_another_organisation_is_refused(place, clerk):
    other = signed_in(factories.city().second)
    clerk.post("/desk/rates/propose/", RATE)
    rate = Rate.objects.get()
    assert other.post(f"/desk/rates/{rate.pk}/approve/").status_code == 403
    assert other.post(f"/desk/rates/{rate.pk}/withdraw/").status_code == 403


# --- Choices and official figures ------------------------------------------------------------------------------------


def test_a_choice_is_decided_by_two_and_its_history_stays(clerk, admin):
    """SYS-3, BEY-11: what holds, from which day, by which decision, and who approved it."""
    address = "/desk/rates/choices/proration/propose/"
    assert "thirtieths" in text(clerk.get(address))
    answer = clerk.post(address, {"value": "fixed_30", "first": "", "source": ""})
    assert answer.status_code == 422
    clerk.post(address, {"value": "fixed_30", "first": "1.7.2026", "last": "", "source": "Board 4.6.2026 § 81"})
    row = PolicyChoice.objects.get()
    assert f"/desk/rates/choices/{row.pk}/approve/" not in text(clerk.get("/desk/rates/choices/"))
    assert "Board 4.6.2026 § 81" in text(admin.get("/desk/rates/choices/"))
    assert admin.get(f"/desk/rates/choices/{row.pk}/effect/").status_code == 200
    admin.post(f"/desk/rates/choices/{row.pk}/approve/")
    page = text(clerk.get("/desk/rates/choices/"))
    assert "Begins later" in page
    assert "thirtieths" in page
    assert admin.get("/desk/rates/choices/nothing/propose/").status_code == 404


def test_an_official_figure_is_entered_and_approved_by_another(place, clerk, admin):
    """The protected portion of 2026 is only computed in the rules: the organisation enters the decree's."""
    assert "/desk/rates/law/enter/distraint/protected_debtor/" in text(clerk.get("/desk/rates/law/"))
    address = "/desk/rates/law/enter/distraint/protected_debtor/"
    entered = {"value_": "33,10", "first": "1.1.2025", "last": "31.12.2026", "source": "Decree 1000/2025"}
    refused = clerk.post(address, entered)
    assert refused.status_code == 422
    assert "33,10" in text(refused)
    clerk.post(address, {**entered, "first": "1.1.2026"})
    row = OfficialFigure.objects.get()
    page = text(admin.get("/desk/rates/law/"))
    assert "33,1" in page
    assert "Decree 1000/2025" in page
    assert admin.get(f"/desk/rates/law/{row.pk}/effect/").status_code == 200
    clerk.post(f"/desk/rates/law/{row.pk}/approve/")
    row.refresh_from_db()
    assert row.approved_at is None
    admin.post(f"/desk/rates/law/{row.pk}/approve/")
    assert "@" in profile_of(place.id)


def test_a_pay_table_is_entered_as_a_whole(clerk):
    address = "/desk/rates/law/enter/assistance/hourly_pay/rest/A/"
    page = text(clerk.get(address))
    assert page.count('name="value_') > 3
    clerk.post(address, {"value_0": "12,85", "value_12": "13,01", "first": "1.1.2026", "source": "Agreement, table 1"})
    assert OfficialFigure.objects.get().values == {"0": "12.85", "12": "13.01"}


def test_the_yearly_index_is_seen_first_made_by_a_second_person_and_undone(place, clerk, admin):
    """PAY-13, BEY-11: who gains and loses how much; a year without a confirmed index says what to enter."""
    factories.family_care(place, factories.carer(place, "Perhe").person_id, first=date(2024, 1, 1))
    page = text(clerk.get("/desk/rates/index/?year=2026"))
    assert "1 023,31" in page
    assert "−1,07" in page
    clerk.post("/desk/rates/index/2026/propose/")
    change = IndexChange.objects.get()
    clerk.post(f"/desk/rates/index/{change.pk}/make/")
    change.refresh_from_db()
    assert change.made_at is None
    admin.post(f"/desk/rates/index/{change.pk}/make/")
    assert "1 023,31" not in text(admin.get("/desk/rates/index/?year=2026"))
    admin.post(f"/desk/rates/index/{change.pk}/undo/")
    change.refresh_from_db()
    assert change.undone_at is not None
    assert "is not confirmed" in text(clerk.get("/desk/rates/index/?year=2027"))


def test_decided_rates_are_revised_each_in_its_way(place, clerk, admin):
    """PAY-13, X4: by the index, at the law's minimum, as decided, or not at all; two people as ever."""
    kind = ContractKind.INFORMAL_CARE
    first = date(2025, 1, 1)
    made = [factories.rate(place, f"class_{name}", amount, first=first, kind=kind) for name, amount in CLASSES]
    one, two, three = [each.pk for each in made]
    assert "/desk/rates/revise/2026/" in text(clerk.get("/desk/rates/index/?year=2026"))
    page = text(clerk.get("/desk/rates/revise/2026/"))
    assert "By the index: 530,00 € a month" in page  # lifted to the minimum of 2026
    assert "By the index: 1 023,31 € a month" in page
    assert "The minimum of the law: 530,00 € a month" in page
    assert "is not confirmed" not in page
    ways = {f"mode_{one}": "legal_minimum", f"mode_{two}": "index", f"mode_{three}": "council_decision"}
    answer = clerk.post("/desk/rates/revise/2026/", {**ways, f"amount_{three}": "", "decision": ""})
    assert answer.status_code == 422
    assert f'id="id_amount_{three}-error"' in text(answer)
    assert 'id="id_decision-error"' in text(answer)
    clerk.post("/desk/rates/revise/2026/", {**ways, f"amount_{three}": "1 500", "decision": "Board 4.12.2025 § 9"})
    found = {each.series.code: each for each in Rate.objects.filter(approved_at=None).select_related("series")}
    assert {code: each.amount for code, each in found.items()} == {
        "class_I": Decimal("530.00"),
        "class_II": Decimal("1023.31"),
        "class_III": Decimal(1500),
    }
    assert found["class_II"].source == "395/2006 96 §: 1.712 / 1.673"
    assert found["class_III"].source == "Board 4.12.2025 § 9"
    assert found["class_I"].valid.first == date(2026, 1, 1)
    for each in found.values():
        admin.post(f"/desk/rates/{each.pk}/approve/")
    assert "/desk/rates/revise/2026/" not in text(clerk.get("/desk/rates/index/?year=2026"))


def test_a_rate_that_stays_needs_no_proposal_and_one_of_another_organisation_is_refused(place, clerk):
    """B3: no Act revises other amounts; they stay as they are unless decided."""
    rate = factories.rate(place, "training", "45.00", first=date(2025, 1, 1))
    page = text(clerk.get("/desk/rates/revise/2026/"))
    assert "By the index" not in page
    clerk.post("/desk/rates/revise/2026/", {f"mode_{rate.pk}": "frozen"})
    assert Rate.objects.count() == 1
    assert clerk.post("/desk/rates/revise/2026/", {f"mode_{rate.pk}": "index"}).status_code == 422
    other = factories.rate(factories.city(), "training", "45.00", first=date(2025, 1, 1))
    assert f"mode_{other.pk}" not in text(clerk.get("/desk/rates/revise/2026/"))


def test_a_year_whose_index_is_not_known_offers_the_other_ways(place, clerk):
    factories.rate(place, "class_I", "540.00", first=date(2026, 1, 1), kind=ContractKind.INFORMAL_CARE)
    page = text(clerk.get("/desk/rates/revise/2027/"))
    assert "By the index" not in page
    assert "is not confirmed" in page
    assert "Stays as it is: 540,00 € a month" in page


# --- Settings --------------------------------------------------------------------------------------------------------

SCHEDULE = {
    **{name: str(value) for name, value in factories.SCHEDULE.items()},
    "reminder_days_before": "3, 1",
    "first": "1.7.2026",
}


def test_the_settings_are_the_administrators_alone(clerk):
    for where in ("", "municipalities/", "units/", "contact-points/", "organisation/", "schedules/substitute_care/"):
        assert clerk.get(f"/desk/settings/{where}").status_code == 403, where


def test_deadlines_change_from_a_month_on_after_a_look_at_the_next_months(place, admin):
    """CARE-10: both are data; the dates before stay."""
    where = "/desk/settings/schedules/substitute_care/"
    typed = {**SCHEDULE, "deadline_day": "5"}
    looked = admin.post(where, {**typed, "do": "preview"})
    assert looked.status_code == 200
    assert "Wed 5.8." in text(looked)
    assert "Mon 31.8." in text(looked)
    assert Schedule.objects.filter(series__contract_kind="substitute_care").count() == 1
    assert admin.post(where, {**typed, "do": "save"}).status_code == 302
    june = queries.deadline_and_payday(place.id, "substitute_care", factories.DateRange.of_month(2026, 6))
    july = queries.deadline_and_payday(place.id, "substitute_care", factories.DateRange.of_month(2026, 7))
    assert (june.deadline, july.deadline) == (date(2026, 7, 3), date(2026, 8, 5))
    assert "5" in text(admin.get("/desk/settings/"))


def test_other_paydays_are_previewed_made_and_seen_by_the_carer_as_a_new_version(place, admin, settings, tmp_path):
    """PAY-13: the preview says how many contracts are touched; changed again, the new days are told anew."""
    settings.VAR = tmp_path
    carer = factories.carer(place)
    contract = factories.contract(place, carer.person_id)
    where = "/desk/settings/schedules/substitute_care/"
    other_deadline = {**SCHEDULE, "deadline_day": "5"}
    assert "gets a new version" not in text(admin.post(where, {**other_deadline, "do": "preview"}))
    admin.post(where, {**other_deadline, "do": "save"})
    for day, first in (("20", "1.8.2026"), ("25", "1.8.2026")):
        typed = {**other_deadline, "first": first, "payday_rule": "day_of_month", "payday_day": day}
        assert "1 contract gets a new version" in text(admin.post(where, {**typed, "do": "preview"}))
        assert Version.objects.filter(contract=contract).count() == int(day == "25")
        assert admin.post(where, {**typed, "do": "save"}).status_code == 302
        job = ProcrastinateJob.objects.filter(task_name__endswith="tell_paydays").latest("pk")
        assert ProcrastinateJob.objects.filter(task_name=job.task_name).count() == (1 if day == "20" else 2)
        tell_paydays(**job.args)  # as the worker does; it may run twice
        tell_paydays(**job.args)
    own = signed_in(carer)
    listed = own.get("/signatures/")
    (card,) = listed.context["in_force"]
    newest = Version.objects.get(contract=contract, number=2)
    assert card["href"] == f"/signatures/{newest.pk}/"
    assert (newest.matter, newest.closed_as, newest.first) == ("payday", "told", date(2026, 8, 1))
    said = " ".join(text_of(own.get(f"/signatures/{newest.pk}/contract.pdf").content).split())
    assert "maksupäivät muuttuvat 1.8.2026" in said
    assert "maksupäivä on seuraavan kuukauden 25. päivä" in said


def test_a_payday_before_its_deadline_is_refused_beside_its_field(admin):
    typed = {**SCHEDULE, "payday_rule": "day_of_month", "payday_day": "1", "do": "save"}
    response = admin.post("/desk/settings/schedules/substitute_care/", typed)
    assert response.status_code == 422
    assert 'id="id_payday_day-error"' in text(response)


def test_offered_types_of_day_are_chosen(place, admin):
    """CARE-4: which of them a contract type offers is data."""
    where = "/desk/settings/day-types/substitute_care/"
    assert admin.post(where, {"day_types": []}).status_code == 422
    admin.post(where, {"day_types": ["care", "cancelled"]})
    assert queries.day_types(place.id, ContractKind.SUBSTITUTE_CARE) == (DayType.CARE, DayType.CANCELLED)


def test_municipalities_and_units_are_added_and_changed(place, admin):
    admin.post("/desk/settings/municipalities/", {"code": "902", "name_fi": "Koela", "name_sv": "Koela"})
    assert Municipality.objects.filter(code="902").exists()
    again = admin.post("/desk/settings/municipalities/", {"code": "902", "name_fi": "Koela", "name_sv": "Koela"})
    assert again.status_code == 422
    unit = {"name_fi": "Yksikkö", "name_sv": "Enhet", "name_en": "Unit", "cost_centre": "4420"}
    admin.post("/desk/settings/units/add/", unit)
    made = Unit.objects.get(cost_centre="4420")
    admin.post(f"/desk/settings/units/{made.pk}/", {**unit, "cost_centre": "4421"})
    made.refresh_from_db()
    assert made.cost_centre == "4421"


def test_a_contact_point_keeps_its_hours_and_call_back_hours(admin):
    typed = {
        "name_fi": "Neuvonta",
        "name_sv": "Rådgivning",
        "name_en": "Advice",
        "age_from": "0",
        "age_to": "",
        "phone": "+358 9 123 4567",
        "email": "",
        "address": "Mallikatu 3, 00990 Mallila",
        "takes_callbacks": "on",
        "hours_0": "9-11, 12.30-15",
        "callback_2": "13-14",
    }
    wrong = admin.post("/desk/settings/contact-points/add/", {**typed, "hours_1": "nine"})
    assert wrong.status_code == 422
    assert 'id="id_hours_1-error"' in text(wrong)
    assert "nine" in text(wrong)
    admin.post("/desk/settings/contact-points/add/", typed)
    point = ContactPoint.objects.get()
    assert point.hours.filter(is_callback=False, weekday=0).count() == 2
    page = text(admin.get(f"/desk/settings/contact-points/{point.pk}/"))
    assert "9.00-11.00, 12.30-15.00" in page
    assert "Mallikatu 3, 00990 Mallila" in page
    assert "9.00–11.00" in text(admin.get("/desk/settings/contact-points/"))


def test_a_ledger_account_is_set_from_a_day_on(clerk):
    typed = {"code": "CARE_DAY", "contract_kind": "", "account": "4520", "product": "", "first": "1.1.2026"}
    clerk.post("/desk/settings/ledger-accounts/", typed)
    clerk.post("/desk/settings/ledger-accounts/", {**typed, "account": "4530", "first": "1.7.2026"})
    assert list(AccountMapping.objects.order_by("valid").values_list("account", flat=True)) == ["4520", "4530"]
    assert "4530" in text(clerk.get("/desk/settings/ledger-accounts/"))


def test_the_organisation_is_shown_as_it_is(admin):
    page = text(admin.get("/desk/settings/organisation/"))
    assert "0737546-2" in page
    assert "Palkat Testaaja" in page
    assert admin.post("/desk/settings/organisation/").status_code == 405


def test_an_administrator_changes_how_the_organisation_is_reached(admin):
    """SYS-5, EMP-11: address, payroll and sender without the operator; who it is and pays from stays."""
    typed = {
        "address": "Postilokero 5, 00991 Mallila",
        "payroll_contact_name": "Palkkapalvelut",
        "payroll_phone": "+358 9 555 0000",
        "payroll_email": "palkat@uusi.example",
        "sender_email": "viestit@uusi.example",
        "peer_support_url": "https://vertaistuki.uusi.example",
        "iban": "FI2112345600000785",
    }
    wrong = admin.post(
        "/desk/settings/organisation/change/", {**typed, "peer_support_url": "uusi", "payroll_email": ""}
    )
    assert wrong.status_code == 422
    assert 'id="id_payroll_email-error"' in text(wrong)
    before = Organisation.objects.get()
    admin.post("/desk/settings/organisation/change/", typed)
    page = text(admin.get("/desk/settings/organisation/"))
    assert all(typed[each] in page for each in typed if each != "iban")
    assert Organisation.objects.get().iban == before.iban
    event = Event.objects.get(action="change_organisation")
    assert event.details["payroll_phone"] == "+358 9 555 0000"
