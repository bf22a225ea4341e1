"""Home: what do I do, where is my money."""

from __future__ import annotations

from django.urls import reverse

from palkkio.accounts.models import AccountPerson
from palkkio.messages.actions import add_comment
from tests.web_portal.scene import JUNE, NOW, Scene


def test_home_tells_to_confirm_may_with_its_deadline(at: Scene) -> None:
    """CARE-10, BEY-4."""
    at.enter(1, 2)
    page = at.client.get("/").content.decode()
    assert "Confirm the care period of May" in page
    assert "The deadline was on Wednesday 3 June." in page
    assert reverse("portal:period", args=[at.sheet().pk]) in page
    assert "The money is on your account on Tuesday 30 June." in page


def test_empty_month_says_that_without_entries_no_fee_is_paid(at: Scene) -> None:
    """CARE-9."""
    page = at.client.get("/").content.decode()
    assert "Record the care days of May" in page
    assert "Without entries no fee is paid." in page


def test_returned_sheet_comes_first_with_its_reason(at: Scene) -> None:
    """CARE-8."""
    at.enter(1)
    at.returned("The training day is missing")
    page = at.client.get("/").content.decode()
    assert "Correct the care period of May" in page
    assert "Returned to you: The training day is missing" in page


def test_june_is_not_called_for_three_weeks_before_its_end(at: Scene) -> None:
    page = at.client.get("/").content.decode()
    assert "care days of June" not in page
    assert reverse("portal:period", args=[at.sheet(JUNE).pk]) in page


def test_paid_this_year_and_latest_fees(at: Scene) -> None:
    """PAY-1: the summary of payments is on the home page."""
    slip = at.pay_april()
    page = at.client.get("/").content.decode()
    assert "787,23\xa0€" in page  # 975,50 less 12 % 117,06 and 7,30 % 71,21
    assert reverse("portal:payslip", args=[slip.pk]) in page
    assert "Payments to your account by month in 2026" in page


def test_answered_comment_is_a_thing_to_do_until_it_is_read(at: Scene) -> None:
    """CARE-11, both ways."""
    sheet = at.sheet()
    add_comment("sheet", sheet.pk, "Please check the 3rd", by=at.payroll.handler, at=NOW)
    assert "The county has answered your comment" in at.client.get("/").content.decode()
    at.client.get(reverse("portal:period", args=[sheet.pk]))
    assert "The county has answered your comment" not in at.client.get("/").content.decode()


def test_missing_tax_card_is_told_in_time(at: Scene) -> None:
    """BEY-3: what is still missing before it can be paid."""
    from palkkio.payroll.models import TaxCard

    at.enter(1)
    TaxCard.objects.all().delete()
    page = at.client.get("/").content.decode()
    assert "Your tax card is missing" in page


def test_first_sign_in_shows_own_details(at: Scene) -> None:
    """ACC-6."""
    AccountPerson.objects.update(details_confirmed_at=None)
    answer = at.client.get("/")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("portal:check-details")
    page = at.client.get(answer["Location"]).content.decode()
    assert "Maija Testaaja" in page
    assert "Mallitie 4, 00100 Mallila" in page
    at.client.post(reverse("portal:check-details"), {"answer": "right"})
    assert at.client.get("/").status_code == 200


def test_wrong_details_are_a_message_to_the_county(at: Scene) -> None:
    """ACC-6: "jotakin on väärin"."""
    from palkkio.messages.models import Comment

    AccountPerson.objects.update(details_confirmed_at=None)
    empty = at.client.post(reverse("portal:check-details"), {"answer": "wrong", "text": " "})
    assert empty.status_code == 422
    assert "Tell what is wrong" in empty.content.decode()
    at.client.post(reverse("portal:check-details"), {"answer": "wrong", "text": "My address is Mallitie 5"})
    comment = Comment.objects.get()
    assert (comment.about, comment.object_id, comment.text) == ("other", at.carer.person_id, "My address is Mallitie 5")
    assert at.client.get("/").status_code == 200


def test_staff_go_to_their_desk(at: Scene) -> None:
    from tests.web_portal.scene import sign_in

    sign_in(at.client, at.payroll.handler)
    assert at.client.get("/")["Location"] == "/desk/"


def test_carer_without_contracts_is_told_that_nothing_is_needed(at: Scene) -> None:
    from tests import factories
    from tests.web_portal.scene import sign_in

    sign_in(at.client, factories.carer(at.place, "Uusi"))
    page = at.client.get("/").content.decode()
    assert "You have nothing to do now" in page
    assert "Nothing has been paid this year yet." in page
    assert "Your first payslip appears here on the payday." in page
    for name in ("portal:periods", "portal:contracts"):
        assert "You have no contracts yet" in at.client.get(reverse(name)).content.decode()
