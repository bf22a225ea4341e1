"""A care period: the list, the page, entering, undoing, two versions, confirming."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from palkkio.core.payslip import DayType
from palkkio.entries import actions as entries
from palkkio.entries.models import DayEntry, SheetChange, TripEntry
from palkkio.payroll.models import TaxCard
from tests import factories
from tests.web_portal.scene import APRIL, JUNE, MAY, NOW, Scene, days_of


def save(at: Scene, *numbers: int, htmx: bool = True, **typed: Any) -> Any:
    """Posts the calendar of May as the page would."""
    sheet = at.sheet()
    data = {"day": days_of(MAY, *numbers), "version": sheet.version, "do": "save", **typed}
    headers = {"HX-Request": "true"} if htmx else {}
    return at.client.post(reverse("portal:save-days", args=[sheet.pk]), data, headers=headers)


def page_of(at: Scene, month: Any = MAY) -> str:
    return str(at.client.get(reverse("portal:period", args=[at.sheet(month).pk])).content.decode())


def entered(at: Scene) -> dict[int, str]:
    return {each.day.day: each.day_type for each in DayEntry.objects.filter(sheet=at.sheet())}


# --- The list --------------------------------------------------------------------------------------------------------


def test_periods_are_listed_in_order_with_their_state(at: Scene) -> None:
    """CARE-1."""
    at.enter(1, 2)
    page = at.client.get(reverse("portal:periods")).content.decode()
    assert page.index("To record and confirm") < page.index("May 2026") < page.index("June 2026")
    assert "2 days recorded" in page
    assert "Coming" in page
    assert "July 2026" in page


def test_periods_of_one_contract(at: Scene) -> None:
    """CARE-1: from a contract ("Hoitopäivät") to its care periods."""
    other = at.payroll.contract(carer=at.carer, card=False, first=MAY.edges[0])
    entries.ensure_sheets(at.place.id, today=factories.TODAY)
    page = at.client.get(reverse("portal:periods"), {"contract": other.pk}).content.decode()
    assert reverse("portal:period", args=[at.sheet(MAY, other).pk]) in page
    assert reverse("portal:period", args=[at.sheet(MAY).pk]) not in page
    assert at.client.get(reverse("portal:periods"), {"contract": "999999"}).status_code == 200


def test_menu_switches_between_care_recipients(at: Scene) -> None:
    """CARE-2."""
    aino = factories.person(at.place, "Aino", "Esimerkki")
    other = at.payroll.contract(carer=at.carer, card=False, recipient=aino)
    entries.ensure_sheets(at.place.id, today=factories.TODAY)
    assert "Aino Esimerkki, substitute care" in page_of(at)
    answer = at.client.get(reverse("portal:open-period"), {"sheet": at.sheet(MAY, other).pk})
    assert answer["Location"] == reverse("portal:period", args=[at.sheet(MAY, other).pk])


# --- Entering --------------------------------------------------------------------------------------------------------


def test_days_are_saved_and_the_answer_says_so(at: Scene) -> None:
    """CARE-3, CARE-7: Friday and Saturday are two entries."""
    answer = save(at, 1, 2, type="care")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<palkkio-calendar" in page
    assert "Saved: Care day, 2 days." in page
    assert entered(at) == {1: "care", 2: "care"}
    assert "195,10" in page  # the preview is drawn again: 2 × 97,55


def test_only_offered_types_are_shown(at: Scene) -> None:
    """CARE-4: which day types a contract type offers is data."""
    from palkkio.organisations.models import DayTypeOffer

    DayTypeOffer.objects.filter(contract_kind="substitute_care", day_type="training").delete()
    page = page_of(at)
    assert 'value="training"' not in page
    answer = save(at, 1, type="training")
    assert answer.status_code == 422
    assert entered(at) == {}


def test_kind_of_day_is_asked_for_and_the_picks_stay(at: Scene) -> None:
    answer = save(at, 4, 5)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose what kind of day it was." in page
    assert page.count("checked") == 2


def test_filled_days_ask_whether_to_replace(at: Scene) -> None:
    """CARE-16: replace, or only the empty ones."""
    at.enter(4, kind=DayType.TRAINING)
    asked = save(at, 4, 5, type="care", comment="All week")
    assert asked.status_code == 422
    assert "Choose what happens to the days that already have an entry." in asked.content.decode()
    assert "All week" in asked.content.decode()
    save(at, 4, 5, type="care", fill="empty")
    assert entered(at) == {4: "training", 5: "care"}
    save(at, 4, 5, type="care", fill="replace")
    assert entered(at) == {4: "care", 5: "care"}


def test_save_can_be_undone(at: Scene) -> None:
    """CARE-16."""
    at.enter(4, kind=DayType.TRAINING)
    save(at, 4, type="care")
    change = SheetChange.objects.latest("pk")
    answer = save(at, undo=change.pk)
    assert "Undone." in answer.content.decode()
    assert entered(at) == {4: "training"}


def test_entries_of_a_day_are_cleared(at: Scene) -> None:
    """CARE-6."""
    at.enter(4, 5)
    answer = save(at, 4, do="clear")
    assert "Cleared the entries of 1 day." in answer.content.decode()
    assert entered(at) == {5: "care"}


def test_comment_of_a_day_is_sent_with_it(at: Scene) -> None:
    """CARE-3, CARE-11."""
    from palkkio.messages.models import Comment

    save(at, 4, type="cancelled", comment="Eero was in hospital")
    comment = Comment.objects.get()
    assert (comment.day, comment.text) == (MAY.edges[0].replace(day=4), "Eero was in hospital")
    assert "has a comment" in page_of(at)


def test_saving_without_javascript_comes_back_to_the_page_with_undo(at: Scene) -> None:
    answer = save(at, 1, htmx=False, type="care")
    assert answer.status_code == 302
    page = at.client.get(answer["Location"]).content.decode()
    assert "Saved: Care day, 1 day." in page
    assert 'name="undo"' in page
    assert "Saved: Care day" not in page_of(at)


def test_hours_are_asked_only_where_the_rate_is_per_hour_or_visit(at: Scene) -> None:
    """CARE-15."""
    assert 'name="count"' not in page_of(at)
    support = factories.contract(
        at.place, at.carer.person_id, kind=factories.ContractKind.OTHER_COMMISSION, rates={"visit": "30", "hour": "15"}
    )
    entries.ensure_sheets(at.place.id, today=factories.TODAY)
    sheet = at.sheet(MAY, support)
    url = reverse("portal:period", args=[sheet.pk])
    assert 'name="count"' in at.client.get(url).content.decode()
    typed = {"day": days_of(MAY, 4), "version": sheet.version, "type": "hours", "count": "3,5"}
    at.client.post(reverse("portal:save-days", args=[sheet.pk]), typed)
    assert DayEntry.objects.get(sheet=sheet).count == Decimal("3.5")
    forgotten = at.client.post(reverse("portal:save-days", args=[sheet.pk]), {**typed, "count": ""})
    assert "Enter the hours of the day" in forgotten.content.decode()
    refused = at.client.post(reverse("portal:save-days", args=[sheet.pk]), {**typed, "count": "many"})
    assert refused.status_code == 422
    assert "Enter a number, for example 34 or 12,5" in refused.content.decode()
    assert 'value="many"' in refused.content.decode()


def test_another_carers_period_and_an_unknown_one_answer_alike(at: Scene) -> None:
    other = at.payroll.contract(name="Toinen")
    entries.ensure_sheets(at.place.id, today=factories.TODAY)
    theirs = at.client.get(reverse("portal:period", args=[at.sheet(MAY, other).pk]))
    unknown = at.client.get(reverse("portal:period", args=[987654]))
    assert theirs.status_code == unknown.status_code == 403
    assert b"This is not yours to see" in unknown.content


# --- Two versions ----------------------------------------------------------------------------------------------------


def test_conflict_shows_both_versions_and_either_can_be_kept(at: Scene) -> None:
    """CARE-13."""
    version = at.sheet().version
    at.by_county(4, kind=DayType.CANCELLED)
    typed = {"day": days_of(MAY, 4), "type": "care", "comment": "I was there", "version": version, "do": "save"}
    url = reverse("portal:save-days", args=[at.sheet().pk])
    answer = at.client.post(url, typed, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Two versions of the same days" in page
    assert "Cancelled care day" in page
    assert "Kaisa Käsittelijä" in page
    assert "I was there" in page
    assert entered(at) == {4: "cancelled"}
    mine = {**typed, "version": at.sheet().version, "fill": "replace"}
    assert f'name="version" value="{mine["version"]}"' in page
    assert at.client.post(url, mine).status_code == 302
    assert entered(at) == {4: "care"}


def test_saves_of_different_days_are_both_kept(at: Scene) -> None:
    """CARE-13."""
    version = at.sheet().version
    at.by_county(5, kind=DayType.CANCELLED)
    answer = save(at, 4, type="care", version=version)
    assert "both were kept" in answer.content.decode()
    assert entered(at) == {4: "care", 5: "cancelled"}


def test_history_tells_who_did_what(at: Scene) -> None:
    """CARE-12, CARE-13: entries made by the county are visible as such."""
    at.enter(4)
    at.by_county(5, kind=DayType.CANCELLED)
    page = page_of(at)
    assert "Kaisa Käsittelijä" in page
    assert "entered by the county" in page
    assert "Mon\xa04.5.: Care day" in page


# --- Notes, trips ----------------------------------------------------------------------------------------------------


def test_notes_ask_for_the_email_while_it_is_not_known(at: Scene) -> None:
    """CARE-17."""
    from palkkio.people.models import Person

    assert "Your e-mail address" not in page_of(at)
    Person.objects.filter(pk=at.carer.person_id).update(email="")
    assert "Your e-mail address" in page_of(at)
    url = reverse("portal:write-note", args=[at.sheet().pk])
    refused = at.client.post(url, {"text": "Hello", "email": "nonsense", "version": at.sheet().version})
    assert refused.status_code == 422
    assert "nonsense" in refused.content.decode()
    at.client.post(url, {"text": "Hello", "email": "maija@uusi.example", "version": at.sheet().version})
    assert at.sheet().note == "Hello\nmaija@uusi.example"


def test_notes_written_by_two_are_both_shown(at: Scene) -> None:
    """CARE-13."""
    version = at.sheet().version
    entries.write_note(at.sheet().pk, by=at.payroll.handler, at=NOW, version=version, text="From the county")
    url = reverse("portal:write-note", args=[at.sheet().pk])
    answer = at.client.post(url, {"text": "From me", "version": version})
    assert answer.status_code == 409
    assert "From the county" in answer.content.decode()
    assert "From me" in answer.content.decode()
    assert at.sheet().note == "From the county"


def test_trip_with_a_receipt(at: Scene) -> None:
    """CARE-15."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    sheet = at.sheet()
    url = reverse("portal:add-trip", args=[sheet.pk])
    typed = {"day": "4.5.2026", "origin": "Mallitie 4", "destination": "Sairaala", "kilometres": "34"}
    refused = at.client.post(url, {**typed, "kilometres": "thirty", "version": sheet.version})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Enter a number" in page
    assert "Tell why the trip was made" in page
    assert 'value="Mallitie 4"' in page
    picture = SimpleUploadedFile("kuitti.png", PNG, content_type="image/png")
    typed |= {"purpose": "To the hospital", "expense": "4,50", "version": str(sheet.version)}
    assert at.client.post(url, {**typed, "receipt": picture}).status_code == 302
    trip = TripEntry.objects.get()
    assert (trip.kilometres, trip.expense) == (Decimal(34), Decimal("4.50"))
    shown = at.client.get(reverse("portal:receipt", args=[sheet.pk, trip.pk]))
    assert shown["Content-Type"] == "application/pdf"  # a photographed page is kept as one
    assert shown.content.startswith(b"%PDF-")
    at.client.post(reverse("portal:remove-trip", args=[sheet.pk, trip.pk]), {"version": at.sheet().version})
    assert not TripEntry.objects.exists()


def test_trip_on_a_day_of_the_calendar(at: Scene) -> None:
    """CARE-15: kilometres, from and to, purpose, offered on the day."""
    answer = save(at, 4, type="care", kilometres="34", origin="Koti", destination="Sairaala", purpose="To the hospital")
    assert "The trip is saved." in answer.content.decode()
    assert TripEntry.objects.get().kilometres == 34
    refused = save(at, 5, type="care", kilometres="34")
    assert refused.status_code == 422
    assert entered(at) == {4: "care"}


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "89993d1d0000000049454e44ae426082"
)


# --- Confirming ------------------------------------------------------------------------------------------------------


def test_confirming_tells_the_county_and_locks_the_entries(at: Scene) -> None:
    """CARE-8."""
    at.enter(4)
    sheet = at.sheet()
    answer = at.client.post(reverse("portal:confirm-period", args=[sheet.pk]), {"version": sheet.version}, follow=True)
    page = answer.content.decode()
    assert "The period is confirmed." in page
    assert at.sheet().state == "confirmed"
    assert "only the county can change it now" in page
    assert "Ask: Family care unit, +358 9 123 4500." in page
    assert 'name="day"' not in page
    assert save(at, 5, type="care").status_code == 422


def test_confirming_before_the_last_care_day_asks_once(at: Scene) -> None:
    """CARE-16."""
    sheet = at.sheet(JUNE)
    url = reverse("portal:confirm-period", args=[sheet.pk])
    asked = at.client.post(url, {"version": sheet.version})
    assert "Confirm already now?" in asked.content.decode()
    assert at.sheet(JUNE).state == "open"
    at.client.post(url, {"version": sheet.version, "sure": "yes"})
    assert at.sheet(JUNE).state == "confirmed"


def test_confirming_what_somebody_changed_meanwhile_shows_it_first(at: Scene) -> None:
    """CARE-13."""
    version = at.sheet().version
    at.by_county(4)
    answer = at.client.post(reverse("portal:confirm-period", args=[at.sheet().pk]), {"version": version}, follow=True)
    assert "Somebody changed the care period while you were on the page." in answer.content.decode()
    assert at.sheet().state == "open"


def test_page_says_what_happens_when_one_forgets_to_confirm(at: Scene) -> None:
    """CARE-16, CARE-9."""
    at.enter(4)
    assert "If you forget to confirm, the county reviews the entries" in page_of(at)


def test_returned_period_says_why_and_can_be_edited_again(at: Scene) -> None:
    """CARE-8."""
    at.enter(4)
    at.returned("The 5th is missing")
    assert "The county returned this period to you: The 5th is missing" in page_of(at)
    assert save(at, 5, type="care").status_code == 200


def test_confirmed_on_behalf_shows_as_such(at: Scene) -> None:
    """CARE-9."""
    at.enter(4)
    sheet = at.sheet()
    entries.confirm_on_behalf(sheet.pk, by=at.payroll.handler, at=NOW, version=sheet.version)
    assert "Kaisa Käsittelijä of the county confirmed this period on your behalf" in page_of(at)


# --- Preview, tax rate, paper ----------------------------------------------------------------------------------------


def test_preview_tells_how_the_tax_card_came(at: Scene) -> None:
    """W6: whoever got the card electronically says so, and the carer need not show it."""
    assert "got it electronically from the Tax Administration" in page_of(at)
    TaxCard.objects.update(source=TaxCard.Source.PAPER)
    assert "has recorded it from your paper card" in page_of(at)


def test_preview_tells_what_the_days_bring(at: Scene) -> None:
    """BEY-3: 10 days, 12 % tax, 7.30 % pension."""
    at.enter(*range(1, 11))
    page = page_of(at)
    for figure in ("975,50", "−117,06", "−71,21", "787,23"):
        assert figure in page
    assert "to your account Tue\xa030.6.2026" in page
    assert "Your confirmation is missing" in page


def test_tax_rate_in_force_is_shown(at: Scene) -> None:
    """CARE-12."""
    page = page_of(at)
    assert "Your tax rate" in page
    assert "12,0\xa0%" in page


def test_paid_period_leads_to_its_payslip(at: Scene) -> None:
    """BEY-4."""
    slip = at.pay_april()
    page = page_of(at, APRIL)
    assert "Paid to your account on Friday 29 May." in page
    assert reverse("portal:payslip", args=[slip.pk]) in page
    assert "only" in page or "reviewed" in page


def test_month_prints_with_its_entries(at: Scene) -> None:
    """CARE-16: the month prints for those who keep paper."""
    save(at, 4, type="cancelled", comment="In hospital")
    page = at.client.get(reverse("portal:print-period", args=[at.sheet().pk])).content.decode()
    assert "Cancelled care day" in page
    assert "In hospital" in page
    assert page.count("<tr") == 32


@pytest.mark.parametrize("undo", ["x", "999999999", "-1"])
def test_undo_of_something_else_is_refused(at: Scene, undo: str) -> None:
    assert save(at, undo=undo).status_code == 403
