"""Comments to process, and call-backs."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from palkkio.contracts.models import Contract
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.messages.actions.callbacks import ask_callback
from palkkio.messages.actions.comments import add_comment, mark_processed
from palkkio.messages.actions.holding import give_comments, leave_comments, remind_of_comments, take_comments
from palkkio.messages.models import CallbackRequest, Comment, Holder, Notice
from palkkio.organisations.actions import save_contact_point
from palkkio.organisations.queries import DayHours
from palkkio.people import queries as people
from palkkio.people.models import Role
from tests import factories
from tests.web_desk import scene

if TYPE_CHECKING:
    from django.test import Client

COMMENTS = "/desk/comments/"
TODAY = factories.TODAY


def write(may: scene.Scene, at: int, text: str = "Kysymys", about: str = "sheet") -> Comment:
    number = {"sheet": may.sheets[at].pk, "contract": may.contracts[at].pk, "other": may.carers[at].person_id}[about]
    return add_comment(about, number, text, by=may.carers[at], at=factories.NOW)


def who(answer: Any) -> list[str]:
    return [row.cells[0].text for row in answer.context["table"].rows]


def test_comments_are_listed_searched_and_sorted(desk: Client, may: scene.Scene) -> None:
    """CARE-11."""
    for at, about in enumerate(("sheet", "contract", "other")):
        write(may, at, about=about)
    assert who(desk.get(COMMENTS)) == ["Mallikas Hilla", "Testaaja Onni", "Esimerkki Väinö"]
    assert who(desk.get(COMMENTS, {"sort": "name"}))[0] == "Esimerkki Väinö"
    assert who(desk.get(COMMENTS, {"about": "contract"})) == ["Testaaja Onni"]
    assert who(desk.post("/desk/search/comments/", {"q": "väi"}, follow=True)) == ["Esimerkki Väinö"]


def test_many_are_marked_processed(desk: Client, may: scene.Scene) -> None:
    """CARE-11."""
    first, second, third = (write(may, at) for at in range(3))
    desk.post(f"{COMMENTS}processed/", {"comment": [first.pk, second.pk], "do": "processed"})
    assert who(desk.get(COMMENTS)) == ["Esimerkki Väinö"]
    assert third.processed_at is None


def test_one_is_marked_and_the_reader_stays_where_they_were(desk: Client, may: scene.Scene) -> None:
    comment = write(may, 0)
    place = f"/desk/periods/{may.sheets[0].pk}/#comments"
    assert desk.post(f"{COMMENTS}{comment.pk}/processed/", {"back": place})["Location"] == place
    away = desk.post(f"{COMMENTS}{comment.pk}/processed/", {"back": "https://elsewhere.example/"})
    assert away["Location"] == COMMENTS


def test_an_answer_leaves_the_question_open_when_asked(desk: Client, may: scene.Scene) -> None:
    comment = write(may, 0)
    desk.post(f"{COMMENTS}sheet/{may.sheets[0].pk}/answer/", {"text": "Selvitämme"})
    comment.refresh_from_db()
    assert comment.processed_at is None


def test_an_empty_answer_says_what_to_do(desk: Client, may: scene.Scene) -> None:
    answer = desk.post(f"{COMMENTS}sheet/{may.sheets[0].pk}/answer/", {"text": " "})
    assert answer.status_code == 422
    assert "Write what you want to say" in answer.content.decode()


def test_an_own_answer_is_edited_and_deleted(desk: Client, may: scene.Scene) -> None:
    desk.post(f"{COMMENTS}sheet/{may.sheets[0].pk}/answer/", {"text": "Selvitämme"})
    comment = Comment.objects.get(is_staff=True)
    desk.post(f"{COMMENTS}{comment.pk}/edit/", {"text": "Selvitimme"})
    comment.refresh_from_db()
    assert comment.text == "Selvitimme"
    colleague = scene.signed_in(may.colleague)
    assert colleague.post(f"{COMMENTS}{comment.pk}/delete/").status_code == 403
    desk.post(f"{COMMENTS}{comment.pk}/delete/")
    comment.refresh_from_db()
    assert comment.deleted_at is not None


def test_another_organisation_processes_nothing(may: scene.Scene) -> None:
    comment = write(may, 0)
    other = scene.signed_in(factories.handler(factories.city()))
    assert who(other.get(COMMENTS)) == []
    other.post(f"{COMMENTS}processed/", {"comment": [comment.pk]})
    assert other.post(f"{COMMENTS}sheet/{may.sheets[0].pk}/answer/", {"text": "Hei"}).status_code == 403
    comment.refresh_from_db()
    assert comment.processed_at is None


def test_the_menu_counts_what_waits(desk: Client, may: scene.Scene) -> None:
    write(may, 0)
    page = desk.get(COMMENTS).content.decode()
    assert 'To review <span class="count">4</span>' in page
    assert 'Comments <span class="count">1</span>' in page


# --- Who has them ----------------------------------------------------------------------------------------------------


def test_comments_are_taken_given_and_left_and_each_list_shows_its_own(desk: Client, may: scene.Scene) -> None:
    """CARE-11: the staff's inbox says who has what."""
    write(may, 0, about="contract")
    write(may, 1)
    write(may, 2, about="other")
    first = Comment.objects.get(about="contract")
    desk.post(f"{COMMENTS}processed/", {"comment": [first.pk], "do": "take"})
    assert who(desk.get(COMMENTS, {"holder": "me"})) == ["Mallikas Hilla"]
    assert who(desk.get(COMMENTS, {"holder": "nobody"})) == ["Testaaja Onni", "Esimerkki Väinö"]

    give = f"{COMMENTS}contract/{may.contracts[0].pk}/give/"
    assert may.colleague.person_id in [
        int(value) for value, _ in desk.get(give).context["form"].fields["person"].choices if value.isdigit()
    ]
    desk.post(give, {"person": str(may.colleague.person_id)})
    assert who(desk.get(COMMENTS, {"holder": "me"})) == []
    colleague = scene.signed_in(may.colleague)
    assert who(colleague.get(COMMENTS, {"holder": "me"})) == ["Mallikas Hilla"]
    assert colleague.post(give, {}).status_code == 422
    colleague.post(give, {"person": "nobody"})
    assert Holder.objects.count() == 0


def test_who_has_comments_has_them_no_more_when_they_are_processed(desk: Client, may: scene.Scene) -> None:
    comment = write(may, 0)
    take_comments("sheet", comment.object_id, by=may.colleague, at=factories.NOW)
    desk.post(f"{COMMENTS}processed/", {"comment": [comment.pk], "do": "processed"})
    assert Holder.objects.count() == 0
    with pytest.raises(WrongState):
        take_comments("sheet", comment.object_id, by=may.colleague, at=factories.NOW)


def test_nobody_is_given_comments_on_their_own_matter(may: scene.Scene) -> None:
    comment = write(may, 0)
    own = factories.viewer(people.contact_person(may.carers[0].person_id), RoleKind.HANDLER)
    for by, to in ((may.colleague, own.person_id), (own, may.colleague.person_id)):
        with pytest.raises(NotAllowed):
            give_comments("sheet", comment.object_id, to, by=by, at=factories.NOW)
    with pytest.raises(InvalidInput):
        give_comments("sheet", comment.object_id, may.carers[1].person_id, by=may.colleague, at=factories.NOW)


def test_nobody_leaves_the_comments_of_their_own_matter(may: scene.Scene) -> None:
    comment = write(may, 0)
    take_comments("sheet", comment.object_id, by=may.colleague, at=factories.NOW)
    own = factories.viewer(people.contact_person(may.carers[0].person_id), RoleKind.HANDLER)
    with pytest.raises(NotAllowed):
        leave_comments("sheet", comment.object_id, by=own, at=factories.NOW)
    assert Holder.objects.get().person_id == may.colleague.person_id


def test_an_employer_among_the_staff_takes_no_comments_of_their_assistant(may: scene.Scene) -> None:
    employer, recipient = (factories.person(may.place, name, "Työnantaja") for name in ("Eero", "Erkki"))
    helper = factories.person(may.place, "Aino", "Avustaja")
    contract = factories.assistance(may.place, helper, employer=employer)
    Contract.objects.filter(pk=contract.pk).update(recipient=recipient)
    by = factories.viewer(helper, RoleKind.ASSISTANT)
    add_comment("contract", contract.pk, "Kysymys", by=by, at=factories.NOW)
    with pytest.raises(NotAllowed):
        take_comments("contract", contract.pk, by=factories.viewer(employer, RoleKind.HANDLER), at=factories.NOW)


def test_several_are_taken_though_one_is_the_readers_own(may: scene.Scene) -> None:
    numbers = [write(may, 0).pk, write(may, 1).pk]
    own = scene.signed_in(factories.viewer(people.contact_person(may.carers[0].person_id), RoleKind.HANDLER))
    own.post(f"{COMMENTS}processed/", {"comment": numbers, "do": "take"})
    assert [each.object_id for each in Holder.objects.all()] == [may.sheets[1].pk]


def test_comments_of_one_who_has_left_are_reminded_of_to_every_handler(may: scene.Scene) -> None:
    held = write(may, 0)
    take_comments("sheet", held.object_id, by=may.colleague, at=factories.NOW)
    Role.objects.filter(person=may.colleague.person_id).update(valid=DateRange.of_days(TODAY.replace(month=1), TODAY))
    remind_of_comments(may.place.id, today=date(2026, 6, 24), at=factories.NOW)
    told = set(Notice.objects.filter(kind="comments_wait").values_list("person_id", flat=True))
    assert may.handler.person_id in told
    assert may.colleague.person_id not in told


def test_open_comments_are_reminded_of_once_before_the_payday(desk: Client, may: scene.Scene) -> None:
    """Who has them is reminded; of those that nobody has, every handler."""
    held, free = write(may, 0), write(may, 1)
    take_comments("sheet", held.object_id, by=may.colleague, at=factories.NOW)

    def remind(day: date) -> set[int]:
        before = set(Notice.objects.values_list("pk", flat=True))
        remind_of_comments(may.place.id, today=day, at=factories.NOW)
        made = Notice.objects.exclude(pk__in=before).filter(kind="comments_wait")
        return set(made.values_list("person_id", flat=True))

    assert remind(date(2026, 6, 8)) == set()
    assert "The next payday is" not in desk.get(COMMENTS).content.decode()
    mark_processed([free.pk], by=may.colleague, at=factories.NOW)
    assert remind(date(2026, 6, 24)) == {may.colleague.person_id}
    write(may, 1)
    handlers = remind(date(2026, 6, 25))
    assert len(handlers) >= 1
    assert may.colleague.person_id not in handlers
    assert remind(date(2026, 6, 26)) == set()


@pytest.fixture
def request_for_call(may: scene.Scene) -> CallbackRequest:
    """HELP-3: Hilla asks to be called on Monday at ten."""
    hours = [DayHours(weekday, time(9), time(15)) for weekday in range(5)]
    point = save_contact_point(
        None,
        by=may.administrator,
        at=factories.NOW,
        values={
            "name_fi": "Neuvonta",
            "name_sv": "Rådgivning",
            "name_en": "Advice",
            "phone": "09 123",
            "takes_callbacks": True,
        },
        hours=hours,
        callback_hours=hours,
    )
    at = datetime(2026, 6, 8, 10, 0, tzinfo=HELSINKI)
    return ask_callback(point.pk, by=may.carers[0], at=at, phone="040 123 4567", topic="Verokortti")


def test_a_caller_is_marked_called(desk: Client, may: scene.Scene, request_for_call: CallbackRequest) -> None:
    """HELP-3."""
    page = desk.get("/desk/callbacks/").content.decode()
    assert "Verokortti" in page
    desk.post(f"/desk/callbacks/{request_for_call.pk}/called/")
    request_for_call.refresh_from_db()
    assert request_for_call.handled_at is not None
    assert "Verokortti" not in desk.get("/desk/callbacks/").content.decode()
    assert "Verokortti" in desk.get("/desk/callbacks/", {"view": "handled"}).content.decode()
    again = desk.post(f"/desk/callbacks/{request_for_call.pk}/called/", follow=True)
    assert "A colleague has handled this request already." in again.content.decode()
