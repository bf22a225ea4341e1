"""Comments both ways, and the desk's list of those to process."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.messages import actions, queries
from palkkio.messages.models import Comment, Notice
from tests import factories
from tests.apps.entries.scene import NOW, on, scene

pytestmark = pytest.mark.django_db


def comment(may_sheet, text="Kurssin matkat?", by=None, **more):
    return actions.add_comment("sheet", may_sheet.sheet.pk, text, by=by or may_sheet.carer, at=NOW, **more)


def texts(viewer, may_sheet):
    return [row.text for row in queries.thread(viewer, "sheet", may_sheet.sheet.pk)]


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_carer_and_county_write_on_the_same_thread():
    """CARE-11"""
    may_sheet = scene()
    comment(may_sheet, "Voiko matkat korvata?")
    comment(may_sheet, "Kyllä voi.", by=may_sheet.handler)
    question, answer = queries.thread(may_sheet.carer, "sheet", may_sheet.sheet.pk)
    assert (question.text, question.is_staff, question.is_mine, question.can_change) == (
        "Voiko matkat korvata?",
        False,
        True,
        True,
    )
    assert (answer.author_name, answer.is_staff, answer.can_change) == ("Kaisa Käsittelijä", True, False)


def test_a_comment_may_be_about_a_day_of_the_period():
    """CARE-3, CARE-11"""
    may_sheet = scene()
    comment(may_sheet, day=date(2026, 5, 21))
    comment(may_sheet, day=date(2026, 5, 21))
    assert queries.comments_by_day(may_sheet.carer, may_sheet.sheet.pk) == {date(2026, 5, 21): 2}
    assert len(queries.thread(may_sheet.handler, "sheet", may_sheet.sheet.pk, day=date(2026, 5, 21))) == 2
    with pytest.raises(InvalidInput) as refused:
        comment(may_sheet, day=date(2026, 6, 1))
    assert refused.value.errors[0].field == "day"


def test_comments_on_contracts_and_other_matters():
    """CARE-11"""
    may_sheet = scene()
    actions.add_comment("contract", may_sheet.contract.pk, "Osoite on väärin", by=may_sheet.carer, at=NOW)
    actions.add_comment("other", may_sheet.carer.person_id, "Muutan", by=may_sheet.carer, at=NOW)
    for about, object_id in [("contract", may_sheet.contract.pk), ("other", may_sheet.carer.person_id)]:
        assert len(queries.thread(may_sheet.handler, about, object_id)) == 1
    with pytest.raises(InvalidInput):
        actions.add_comment("contract", may_sheet.contract.pk, "x", by=may_sheet.carer, at=NOW, day=date(2026, 5, 4))


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_an_empty_or_endless_comment_is_refused(text):
    may_sheet = scene()
    with pytest.raises(InvalidInput) as refused:
        comment(may_sheet, text)
    assert refused.value.errors[0].field == "text"


def test_nobody_reads_or_writes_on_others_threads():
    may_sheet = scene()
    other = factories.carer(may_sheet.place, "Esimerkki")
    stranger = factories.handler(factories.city())
    for viewer in (other, stranger):
        for about, pk in [
            ("sheet", may_sheet.sheet.pk),
            ("contract", may_sheet.contract.pk),
            ("other", may_sheet.carer.person_id),
        ]:
            with pytest.raises(NotAllowed):
                actions.add_comment(about, pk, "Hei", by=viewer, at=NOW)
            with pytest.raises(NotAllowed):
                queries.thread(viewer, about, pk)


def test_staff_do_not_write_in_their_own_matter():
    may_sheet = scene()
    own = factories.viewer(may_sheet.contract.carer, factories.RoleKind.HANDLER)
    with pytest.raises(NotAllowed):
        comment(may_sheet, by=own)


# --- Changing --------------------------------------------------------------------------------------------------------


def test_an_own_comment_is_edited_and_deleted_until_processed():
    """CARE-11"""
    may_sheet = scene()
    mine = comment(may_sheet)
    actions.edit_comment(mine.pk, "Kurssin matkat 13.5.?", by=may_sheet.carer, at=on(6, 9))
    (row,) = queries.thread(may_sheet.carer, "sheet", may_sheet.sheet.pk)
    assert (row.text, row.edited_at) == ("Kurssin matkat 13.5.?", on(6, 9))
    actions.delete_comment(mine.pk, by=may_sheet.carer, at=NOW)
    assert texts(may_sheet.carer, may_sheet) == texts(may_sheet.handler, may_sheet) == []
    assert Comment.objects.get(pk=mine.pk).deleted_at == NOW


def test_a_processed_comment_stays_as_it_is():
    """CARE-11"""
    may_sheet = scene()
    mine = comment(may_sheet)
    actions.mark_processed([mine.pk], by=may_sheet.handler, at=NOW)
    for act in (
        lambda: actions.edit_comment(mine.pk, "Toinen", by=may_sheet.carer, at=NOW),
        lambda: actions.delete_comment(mine.pk, by=may_sheet.carer, at=NOW),
    ):
        with pytest.raises(WrongState):
            act()
    (row,) = queries.thread(may_sheet.carer, "sheet", may_sheet.sheet.pk)
    assert (row.is_processed, row.can_change) == (True, False)


def test_only_the_author_changes_a_comment():
    may_sheet = scene()
    theirs = comment(may_sheet, by=may_sheet.handler)
    mine = comment(may_sheet)
    for pk, viewer in [(theirs.pk, may_sheet.carer), (theirs.pk, may_sheet.colleague), (mine.pk, may_sheet.handler)]:
        with pytest.raises(NotAllowed):
            actions.edit_comment(pk, "Toinen", by=viewer, at=NOW)
        with pytest.raises(NotAllowed):
            actions.delete_comment(pk, by=viewer, at=NOW)


# --- Processing ------------------------------------------------------------------------------------------------------


def test_a_carers_comment_waits_on_the_desk_until_processed():
    """CARE-11"""
    may_sheet = scene()
    mine = comment(may_sheet)
    comment(may_sheet, by=may_sheet.handler)
    assert list(queries.to_process(may_sheet.handler)) == [mine]
    assert queries.open_counts([may_sheet.sheet.pk, 987]) == {may_sheet.sheet.pk: 1}
    assert actions.mark_processed([mine.pk], by=may_sheet.handler, at=NOW) == 1
    assert not queries.to_process(may_sheet.handler).exists()
    assert queries.open_counts([may_sheet.sheet.pk]) == {}
    actions.mark_unprocessed(mine.pk, by=may_sheet.handler, at=NOW)
    assert list(queries.to_process(may_sheet.handler)) == [mine]


def test_processing_twice_marks_once():
    may_sheet = scene()
    mine = comment(may_sheet)
    actions.mark_processed([mine.pk], by=may_sheet.handler, at=NOW)
    assert actions.mark_processed([mine.pk], by=may_sheet.colleague, at=NOW) == 0
    assert Comment.objects.get(pk=mine.pk).processed_by_id == may_sheet.handler.account_id
    actions.mark_unprocessed(mine.pk, by=may_sheet.handler, at=NOW)
    with pytest.raises(WrongState):
        actions.mark_unprocessed(mine.pk, by=may_sheet.handler, at=NOW)


def test_who_may_not_process():
    may_sheet = scene()
    mine, answer = comment(may_sheet), comment(may_sheet, by=may_sheet.handler)
    own = factories.viewer(may_sheet.contract.recipient, factories.RoleKind.HANDLER)
    stranger = factories.handler(factories.city())
    for viewer in (may_sheet.carer, own, stranger, factories.administrator(may_sheet.place)):
        with pytest.raises(NotAllowed):
            actions.mark_processed([mine.pk], by=viewer, at=NOW)
    with pytest.raises(NotAllowed):
        actions.mark_processed([mine.pk, answer.pk], by=may_sheet.handler, at=NOW)
    assert Comment.objects.get(pk=mine.pk).processed_at is None


def test_the_desks_list_finds_and_orders_in_the_database():
    place = factories.county()
    first, second = scene(place=place), scene(place=place)
    second.contract.carer.family_name = "Aalto"
    second.contract.carer.save()
    one = comment(first)
    two = actions.add_comment("contract", second.contract.pk, "Hei", by=second.carer, at=on(6, 9))
    handler = first.handler
    assert list(queries.to_process(handler)) == [one, two]
    assert list(queries.to_process(handler, order="-written_at")) == [two, one]
    assert list(queries.to_process(handler, order="name")) == [two, one]
    assert list(queries.to_process(handler, words="aal")) == [two]
    assert list(queries.to_process(handler, about="sheet")) == [one]
    assert not queries.to_process(factories.handler(factories.city())).exists()


def test_the_queue_is_narrowed_to_sheets_with_comments():
    from palkkio.entries import queries as entries

    place = factories.county()
    first, second = scene(place=place), scene(place=place)
    comment(first)
    found = entries.queue(first.handler, month=factories.MAY).filter(pk__in=queries.with_open_comments(place.id))
    assert list(found) == [first.sheet]
    assert second.sheet not in found


def test_a_comment_by_staff_is_a_notice_to_the_payee():
    """CARE-11, HELP-4"""
    may_sheet = scene()
    answer = comment(may_sheet, "Kyllä voi.", by=may_sheet.handler)
    (notice,) = queries.notices_of(may_sheet.carer)
    assert (notice.kind, notice.object_id) == (Notice.Kind.COMMENT_ANSWERED, answer.pk)
    assert (notice.about, notice.matter_id) == ("sheet", may_sheet.sheet.pk)
    comment(may_sheet, "Kiitos")
    assert queries.notices_of(may_sheet.handler) == []
