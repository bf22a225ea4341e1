"""The queue of periods to review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from palkkio.messages.actions.comments import add_comment
from palkkio.messages.queries import notices_of
from tests import factories
from tests.web_desk import scene

if TYPE_CHECKING:
    from django.test import Client

QUEUE = "/desk/queue/"


def shown(answer: Any) -> list[str]:
    """Names in the table, in its order."""
    return [row.cells[0].text for row in answer.context["table"].rows]


def test_the_queue_begins_from_the_month_that_is_reviewed_now(desk: Client, may: scene.Scene) -> None:
    answer = desk.get(QUEUE)
    assert answer.status_code == 200
    assert shown(answer) == ["Esimerkki Väinö", "Kokeilija Sirkka", "Mallikas Hilla", "Testaaja Onni"]
    assert "May 2026" in answer.content.decode()


def test_views_narrow_and_count(desk: Client, may: scene.Scene) -> None:
    answer = desk.get(QUEUE, {"view": "unconfirmed"})
    assert shown(answer) == ["Kokeilija Sirkka"]
    counts = {view.text: view.count for view in answer.context["views"]}
    assert counts["Confirmed"] == 3
    assert counts["Empty"] == 1


def test_words_of_a_search_stay_out_of_the_address(desk: Client, may: scene.Scene) -> None:
    answer = desk.post("/desk/search/queue/", {"q": "malli", "month": "2026-05", "view": "confirmed"}, follow=True)
    assert shown(answer) == ["Mallikas Hilla"]
    (address, _status) = answer.redirect_chain[-1]
    assert "malli" not in address.lower()
    assert "view=confirmed" in address


def test_show_all_forgets_words_and_filters(desk: Client, may: scene.Scene) -> None:
    desk.post("/desk/search/queue/", {"q": "malli", "kind": "substitute_care"})
    assert len(shown(desk.post("/desk/search/queue/", {"q": "malli", "all": "1"}, follow=True))) == 4


@pytest.mark.parametrize(
    ("sort", "first"), [("-name", "Testaaja Onni"), ("days", "Kokeilija Sirkka"), ("-days", "Esimerkki Väinö")]
)
def test_headers_sort_in_the_database(desk: Client, may: scene.Scene, sort: str, first: str) -> None:
    assert shown(desk.get(QUEUE, {"sort": sort}))[0] == first


def test_what_cannot_be_read_in_an_address_narrows_nothing(desk: Client, may: scene.Scene) -> None:
    asked = {"month": "kesä", "unit": "x", "difference": "7", "view": "nothing", "sort": "iban", "page": "99"}
    assert len(shown(desk.get(QUEUE, asked))) == 4


def test_flags_say_what_wants_attention(desk: Client, may: scene.Scene) -> None:
    """CARE-8: an unconfirmed and empty sheet, a missing card and a comment stand on the row."""
    add_comment("sheet", may.sheets[0].pk, "Voiko kurssin matkat korvata?", by=may.carers[0], at=factories.NOW)
    rows = {row.cells[0].text: row for row in desk.get(QUEUE).context["table"].rows}
    flags = {name: [chip.text for chip in row.cells[5].chips] for name, row in rows.items()}
    assert "No entries, unconfirmed" in flags["Kokeilija Sirkka"]
    assert "1 comment" in flags["Mallikas Hilla"]
    assert "Tax card missing" in flags["Mallikas Hilla"]
    assert [row.cells[0].text for row in desk.get(QUEUE, {"view": "comments"}).context["table"].rows] == [
        "Mallikas Hilla"
    ]


def test_a_row_shows_what_its_days_bring(desk: Client, may: scene.Scene) -> None:
    rows = {row.cells[0].text: row for row in desk.get(QUEUE).context["table"].rows}
    assert rows["Mallikas Hilla"].cells[2].strip == ["care"] * 8 + [""] * 23
    assert rows["Mallikas Hilla"].cells[3].text == "780,40"


def test_detail_beside_shows_the_chosen_sheet(desk: Client, may: scene.Scene) -> None:
    answer = desk.get(QUEUE, {"sheet": may.sheets[1].pk})
    assert answer.context["detail"].view.carer_name == "Onni Testaaja"
    assert "is-chosen" in answer.content.decode()


def test_picked_sheets_are_reviewed_at_once(desk: Client, may: scene.Scene) -> None:
    """CARE-8, CARE-11."""
    answer = desk.post("/desk/queue/act/", {"do": "review", "sheet": [may.pick(0), may.pick(1)]}, follow=True)
    assert may.state(0) == may.state(1) == "reviewed"
    assert may.state(2) == "confirmed"
    assert "2 care periods are reviewed." in answer.content.decode()


def test_the_result_says_which_were_refused_and_why(desk: Client, may: scene.Scene) -> None:
    """ACC-11: who keyed entries in does not review them."""
    scene.enter(may, 0, range(20, 22), by=may.handler)
    answer = desk.post("/desk/queue/act/", {"do": "review", "sheet": [may.pick(0), may.pick(1)]}, follow=True)
    assert (may.state(0), may.state(1)) == ("confirmed", "reviewed")
    (refused,) = answer.context["refused"]
    assert refused.subject == "Hilla Mallikas"
    assert "You keyed in entries" in refused.title
    assert not desk.get(QUEUE).context["refused"]


def test_a_sheet_that_changed_meanwhile_is_not_reviewed(desk: Client, may: scene.Scene) -> None:
    """CARE-13: what is reviewed is what was on the page."""
    seen = may.pick(0)
    scene.enter(may, 0, range(20, 22), by=may.colleague)
    desk.post("/desk/queue/act/", {"do": "review", "sheet": [seen]})
    assert may.state(0) == "confirmed"


def test_one_sheet_is_reviewed_from_its_detail(desk: Client, may: scene.Scene) -> None:
    desk.post("/desk/queue/act/", {"do": f"review:{may.pick(2)}", "sheet": [may.pick(0)]})
    assert (may.state(0), may.state(2)) == ("confirmed", "reviewed")


def test_nothing_picked_is_said(desk: Client, may: scene.Scene) -> None:
    answer = desk.post("/desk/queue/act/", {"do": "review"}, follow=True)
    assert "Pick at least one care period first." in answer.content.decode()


def test_many_are_returned_with_one_reason_and_their_carers_are_told(desk: Client, may: scene.Scene) -> None:
    """CARE-8."""
    picked = [may.pick(0), may.pick(1)]
    asked = desk.post("/desk/queue/act/", {"do": "return", "sheet": picked})
    assert "Hilla Mallikas" in asked.content.decode()
    without = desk.post("/desk/queue/return/", {"sheet": picked, "reason": " "})
    assert without.status_code == 422
    assert picked[0] in without.content.decode()
    desk.post("/desk/queue/return/", {"sheet": picked, "reason": "Days are missing"})
    assert may.state(0) == may.state(1) == "open"
    assert [notice.kind for notice in notices_of(may.carers[0])] == ["sheet_returned"]


def test_an_own_matter_cannot_be_picked(may: scene.Scene) -> None:
    person = factories.person(may.place, "Kaksi", "Roolia")
    handler = factories.viewer(person, factories.RoleKind.HANDLER)
    contract = factories.contract(may.place, person)
    factories.role(person)
    scene.actions.ensure_sheets(may.place.id, today=scene.TODAY)
    answer = scene.signed_in(handler).get(QUEUE)
    row = next(row for row in answer.context["table"].rows if row.cells[0].text == "Roolia Kaksi")
    assert row.value == ""
    assert contract.carer_id == person.pk


def test_a_clerk_looks_and_picks_nothing(may: scene.Scene) -> None:
    clerk = scene.signed_in(may.clerk)
    answer = clerk.get(QUEUE)
    assert not any(row.value for row in answer.context["table"].rows)
    assert clerk.post("/desk/queue/act/", {"do": "review", "sheet": [may.pick(0)]}).status_code == 403


def test_another_organisations_sheets_are_not_there(may: scene.Scene) -> None:
    other = scene.signed_in(factories.handler(factories.city()))
    assert other.get(QUEUE).context["table"].rows == []
    assert other.get(QUEUE, {"sheet": may.sheets[0].pk}).status_code == 403
    other.post("/desk/queue/act/", {"do": "review", "sheet": [may.pick(0)]})
    assert may.state(0) == "confirmed"


def test_a_page_of_fifty_asks_a_bounded_number_of_questions_and_the_next_has_the_rest(
    desk: Client, may: scene.Scene, django_assert_max_num_queries: Any
) -> None:
    scene.add_carers(may, ((f"Mallinen{number:02d}", "Testi") for number in range(49)))
    with django_assert_max_num_queries(100):
        answer = desk.get(QUEUE)
    assert len(answer.context["table"].rows) == 50
    assert answer.context["pages"].total == 53
    assert len(desk.get(QUEUE, {"page": "2"}).context["table"].rows) == 3


def test_home_of_a_handler_is_the_queue(desk: Client) -> None:
    assert desk.get(reverse("desk:home"))["Location"] == QUEUE
