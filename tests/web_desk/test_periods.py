"""A care period's page for staff, from correcting days to review and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from palkkio.entries import actions as entries
from palkkio.entries.models import Sheet, TripEntry
from palkkio.entries.queries import history
from tests import factories
from tests.web_desk import scene

if TYPE_CHECKING:
    from django.test import Client

PDF = b"%PDF-1.7\nscan"


def page_of(may: scene.Scene, at: int = 0) -> str:
    return f"/desk/periods/{may.sheets[at].pk}/"


def days(may: scene.Scene, *numbers: int, at: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "day": [f"2026-05-{number:02d}" for number in numbers],
        "type": "care",
        "version": may.version(at),
        "do": "save",
        **more,
    }


def entered(may: scene.Scene, at: int = 0) -> dict[int, str]:
    return {each.day.day: each.channel for each in may.sheets[at].entries.order_by("day")}


def test_the_page_shows_the_month_its_state_and_its_estimate(desk: Client, may: scene.Scene) -> None:
    """BEY-4."""
    page = desk.get(page_of(may)).content.decode()
    assert "Hilla Mallikas" in page
    assert "Waits for review" in page
    assert "780,40" in page


def test_days_that_staff_correct_are_marked_as_the_countys(desk: Client, may: scene.Scene) -> None:
    """CARE-12, CARE-13: with before and after in the history."""
    desk.post(f"{page_of(may)}days/", days(may, 20, 21))
    assert entered(may)[20] == entered(may)[21] == "staff"
    assert entered(may)[1] == "electronic"
    (change,) = [each for each in history(may.sheets[0]) if each.is_staff]
    assert change.action == "enter_days"
    assert [(line.before, line.after is not None) for line in change.lines] == [(None, True), (None, True)]


def test_a_clerk_who_forgets_the_hours_of_a_day_is_asked_for_them(desk: Client, may: scene.Scene) -> None:
    """CARE-12, CARE-15: a day by the hour keyed in without its number isn't taken for one hour."""
    carer = may.sheets[0].contract.carer_id
    support = factories.contract(may.place, carer, kind=factories.ContractKind.OTHER_COMMISSION, rates={"hour": "15"})
    entries.ensure_sheets(may.place.id, today=factories.TODAY)
    sheet = Sheet.objects.get(contract=support, period=factories.MAY)
    typed = {"day": ["2026-05-20"], "type": "hours", "version": sheet.version, "do": "save"}
    forgotten = desk.post(f"/desk/periods/{sheet.pk}/days/", {**typed, "count": ""})
    assert "Enter the hours of the day" in forgotten.content.decode()
    assert not sheet.entries.exists()
    desk.post(f"/desk/periods/{sheet.pk}/days/", {**typed, "count": "3,5"})
    assert sheet.entries.get().count == Decimal("3.5")


def test_a_save_by_htmx_answers_the_parts_that_changed(desk: Client, may: scene.Scene) -> None:
    answer = desk.post(f"{page_of(may)}days/", days(may, 20), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "Saved: Care day, 1 day." in page
    assert 'id="estimate" hx-swap-oob="true"' in page


def test_a_correction_is_undone(desk: Client, may: scene.Scene) -> None:
    said = desk.post(f"{page_of(may)}days/", days(may, 20), follow=True).context["calendar"]
    assert said.undo
    desk.post(f"{page_of(may)}days/", {"undo": said.undo, "version": may.version(0)})
    assert 20 not in entered(may)


def test_days_are_cleared(desk: Client, may: scene.Scene) -> None:
    desk.post(f"{page_of(may)}days/", days(may, 1, 2, do="clear"))
    assert min(entered(may)) == 3


def test_filled_days_are_asked_about(desk: Client, may: scene.Scene) -> None:
    """CARE-16."""
    answer = desk.post(f"{page_of(may)}days/", days(may, 8, 20))
    assert answer.status_code == 422
    assert answer.context["calendar"].ask_fill
    assert date(2026, 5, 20) in answer.context["calendar"].picked


def test_two_who_save_the_same_day_see_both_versions(desk: Client, may: scene.Scene) -> None:
    """CARE-13."""
    seen = may.version(0)
    scene.enter(may, 0, range(20, 21), by=may.colleague)
    stale = days(may, 20, type="training", version=seen)
    answer = desk.post(f"{page_of(may)}days/", stale)
    assert answer.status_code == 409
    assert entered(may)[20] == "staff"
    conflict = answer.context["conflict"]
    assert (conflict.rows[0].saved, conflict.rows[0].yours) == ("Care day", "Training day")
    mine: dict[str, list[str]] = {}
    for name, value in conflict.hidden:
        mine.setdefault(name, []).append(value)
    desk.post(f"{page_of(may)}days/", mine)
    assert may.sheets[0].entries.get(day=date(2026, 5, 20)).day_type == "training"


def test_a_review_goes_on_to_the_next_of_the_queue(desk: Client, may: scene.Scene) -> None:
    """CARE-8."""
    desk.get("/desk/queue/", {"view": "confirmed"})
    version = may.version(2)  # Esimerkki is the first by name
    answer = desk.post(f"{page_of(may, 2)}review/", {"version": version, "then": "next"})
    assert may.state(2) == "reviewed"
    assert answer["Location"] == page_of(may, 0)


def test_who_keyed_in_reads_why_they_do_not_review(desk: Client, may: scene.Scene) -> None:
    """ACC-11."""
    desk.post(f"{page_of(may)}days/", days(may, 20))
    page = desk.get(page_of(may)).content.decode()
    assert "You keyed in entries of this care period. A colleague reviews it." in page
    desk.post(f"{page_of(may)}review/", {"version": may.version(0)})
    assert may.state(0) == "confirmed"
    colleague = scene.signed_in(may.colleague)
    colleague.post(f"{page_of(may)}review/", {"version": may.version(0)})
    assert may.state(0) == "reviewed"


def test_staff_confirm_for_a_carer_who_did_not(desk: Client, may: scene.Scene) -> None:
    """CARE-9: it shows as such."""
    desk.post(f"{page_of(may, 3)}confirm/", {"version": may.version(3)})
    assert may.state(3) == "confirmed"
    assert "Confirmed on the carer's behalf by" in desk.get(page_of(may, 3)).content.decode()


def test_a_period_is_returned_with_a_reason(desk: Client, may: scene.Scene) -> None:
    """CARE-8."""
    address = f"{page_of(may)}return/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"version": may.version(0), "reason": ""}).status_code == 422
    desk.post(address, {"version": may.version(0), "reason": "Kaksi päivää puuttuu"})
    assert may.state(0) == "open"
    assert "Kaksi päivää puuttuu" in desk.get(page_of(may)).content.decode()


def test_a_stale_return_keeps_the_reason(desk: Client, may: scene.Scene) -> None:
    """CARE-13."""
    seen = may.version(0)
    scene.enter(may, 0, range(20, 21), by=may.colleague)
    answer = desk.post(f"{page_of(may)}return/", {"version": seen, "reason": "Kaksi päivää puuttuu"})
    assert answer.status_code == 422
    assert "Kaksi päivää puuttuu" in answer.content.decode()
    assert answer.context["version"] == may.version(0)


def test_a_reviewed_period_is_reopened_with_a_reason(desk: Client, may: scene.Scene) -> None:
    desk.post(f"{page_of(may)}review/", {"version": may.version(0)})
    locked = desk.get(page_of(may))
    assert locked.context["calendar"].is_locked
    desk.post(f"{page_of(may)}reopen/", {"version": may.version(0), "reason": "Päivä väärin"})
    assert may.state(0) == "confirmed"
    assert "Päivä väärin" in desk.get(page_of(may)).content.decode()


def test_previous_and_next_follow_the_queue(desk: Client, may: scene.Scene) -> None:
    desk.get("/desk/queue/", {"sort": "-name"})
    around = desk.get(page_of(may, 0)).context["around"]
    assert (around.previous_id, around.next_id) == (may.sheets[1].pk, may.sheets[3].pk)
    assert (around.position, around.total) == (2, 4)


def test_the_notes_are_edited(desk: Client, may: scene.Scene) -> None:
    desk.post(f"{page_of(may)}note/", {"text": "Soitettu hoitajalle", "version": may.version(0)})
    assert "Soitettu hoitajalle" in desk.get(page_of(may)).content.decode()


def test_a_trip_with_a_receipt_is_added_opened_and_removed(desk: Client, may: scene.Scene) -> None:
    """CARE-15."""
    trip = {
        "day": "4.5.2026",
        "origin": "Koti",
        "destination": "Apteekki",
        "kilometres": "12,5",
        "purpose": "Lääkkeet",
        "expense": "3,20",
        "receipt": SimpleUploadedFile("kuitti.pdf", PDF),
        "version": may.version(0),
    }
    answer = desk.post(f"{page_of(may)}trips/add/", trip)
    assert answer.status_code == 302, answer.context["form"].errors
    row = TripEntry.objects.get(sheet=may.sheets[0])
    assert (row.kilometres, row.channel) == (Decimal("12.5"), "staff")
    receipt = desk.get(f"{page_of(may)}trips/{row.pk}/receipt/")
    assert (receipt.content, receipt["Content-Type"]) == (PDF, "application/pdf")
    changed = {**trip, "kilometres": "15", "version": may.version(0), "receipt": ""}
    desk.post(f"{page_of(may)}trips/{row.pk}/", changed)
    desk.post(f"{page_of(may)}trips/{row.pk}/remove/", {"version": may.version(0)})
    assert not TripEntry.objects.filter(sheet=may.sheets[0]).exists()


def test_a_clerk_reads_and_changes_nothing(may: scene.Scene) -> None:
    clerk = scene.signed_in(may.clerk)
    assert clerk.get(page_of(may)).status_code == 200
    assert clerk.post(f"{page_of(may)}days/", days(may, 20)).status_code == 403
    assert clerk.post(f"{page_of(may)}review/", {"version": may.version(0)}).status_code == 403


def test_another_organisations_period_is_not_there(may: scene.Scene) -> None:
    other = scene.signed_in(factories.handler(factories.city()))
    assert other.get(page_of(may)).status_code == 403
    for act in ("days/", "review/", "confirm/", "return/", "reopen/", "note/", "trips/add/", "paper/"):
        answer = other.post(f"{page_of(may)}{act}", {"version": may.version(0), "reason": "x"})
        assert answer.status_code == 403, act
    assert may.state(0) == "confirmed"


# --- Paper -----------------------------------------------------------------------------------------------------------


def paper(may: scene.Scene, at: int = 3, **more: Any) -> dict[str, Any]:
    return {"version": may.version(at), "2026-05-04": "care", "2026-05-05": "training", **more}


def test_a_paper_is_keyed_in_with_its_scan(desk: Client, may: scene.Scene) -> None:
    """ACC-11: marked as such, the scan kept, reviewed by somebody else."""
    scan = SimpleUploadedFile("lomake.pdf", PDF)
    desk.post(f"{page_of(may, 3)}paper/", paper(may, scan=scan, note="Allekirjoitettu 2.6."))
    assert entered(may, 3) == {4: "paper", 5: "paper"}
    answer = desk.get(page_of(may, 3))
    assert "Keyed in from paper by" in answer.content.decode()
    assert not answer.context["view"].can.review
    assert desk.get(f"{page_of(may, 3)}scan/").content == PDF


def test_a_paper_without_its_scan_is_refused_and_its_days_stay(desk: Client, may: scene.Scene) -> None:
    """ACC-11."""
    answer = desk.post(f"{page_of(may, 3)}paper/", paper(may))
    assert answer.status_code == 422
    assert "scan" in answer.context["form"].errors
    assert answer.context["form"]["2026-05-05"].value() == "training"
    assert entered(may, 3) == {}


def test_a_scan_need_not_be_chosen_again(desk: Client, may: scene.Scene) -> None:
    scan = SimpleUploadedFile("lomake.pdf", PDF)
    wrong = desk.post(f"{page_of(may, 3)}paper/", paper(may, scan=scan, note="x" * 5000))
    assert wrong.status_code == 422
    kept = wrong.context["form"]["scan_id"].value()
    assert "lomake.pdf" in wrong.content.decode()
    desk.post(f"{page_of(may, 3)}paper/", paper(may, scan_id=kept))
    assert entered(may, 3) == {4: "paper", 5: "paper"}


def test_a_paper_that_met_another_change_is_saved_at_the_second_try(desk: Client, may: scene.Scene) -> None:
    """ACC-11, CARE-13: scan and days stay, and the version is the one that the reader now saw."""
    old = may.version(3)
    scene.enter(may, 3, range(5, 6), by=may.colleague)
    scan = SimpleUploadedFile("lomake.pdf", PDF)
    stale = desk.post(f"{page_of(may, 3)}paper/", paper(may, scan=scan) | {"version": old})
    assert stale.status_code == 422
    form = stale.context["form"]
    again = paper(may, scan_id=form["scan_id"].value()) | {"version": form["version"].value()}
    assert desk.post(f"{page_of(may, 3)}paper/", again).status_code == 302
    assert entered(may, 3) == {4: "paper", 5: "paper"}


def test_only_a_pdf_or_a_picture_is_a_scan(desk: Client, may: scene.Scene) -> None:
    scan = SimpleUploadedFile("lomake.pdf", b"<html>not a scan")
    answer = desk.post(f"{page_of(may, 3)}paper/", paper(may, scan=scan))
    assert "scan" in answer.context["form"].errors
    assert entered(may, 3) == {}


def test_a_scan_of_somebody_else_is_not_taken(desk: Client, may: scene.Scene) -> None:
    wrong = desk.post(
        f"{page_of(may, 0)}paper/", paper(may, 0, scan=SimpleUploadedFile("toisen.pdf", PDF), note="x" * 5000)
    )
    kept = wrong.context["form"]["scan_id"].value()
    answer = desk.post(f"{page_of(may, 3)}paper/", paper(may, scan_id=kept))
    assert "scan" in answer.context["form"].errors
