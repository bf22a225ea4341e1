"""The desk's queue filters, counts, orders and pages in the database."""

from __future__ import annotations

import pytest

from palkkio.core.payslip import ContractKind, DayType
from palkkio.entries import actions, queries
from tests import factories
from tests.apps.entries.scene import APRIL, CARE, MAY, NOW, may, scene, sheet_of
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


class Desk:
    """Five Mays in one county: confirmed, open, empty, from paper, reviewed."""

    def __init__(self):
        self.place = factories.county()
        self.handler = factories.handler(self.place, "Jono", "Jaana")
        self.confirmed, self.open, self.empty, self.paper, self.reviewed = [self.sheet(name) for name in "DCBAE"]
        self.confirmed.enter(4, 5, 6)
        self.confirmed.confirm()
        self.open.enter(4)
        actions.enter_paper_sheet(
            self.paper.sheet.pk,
            by=self.paper.handler,
            at=NOW,
            version=1,
            days=dict.fromkeys(may(4, 5), CARE),
            scan=self.paper.document(),
        )
        self.reviewed.review()

    def sheet(self, name):
        found = scene(place=self.place)
        found.contract.carer.family_name = f"{name}talo"
        found.contract.carer.save()
        return found

    def names(self, **filters):
        found = queries.queue(self.handler, **{"month": MAY, **filters})
        return "".join(each.contract.carer.family_name[0] for each in found)


@pytest.fixture
def desk():
    return prepared("the desk's queue", Desk)


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ("all", "ABCD"),
        ("confirmed", "D"),
        ("unconfirmed", "ABC"),
        ("empty", "B"),
        ("paper", "A"),
        ("changed", ""),
        ("reviewed", "E"),
        ("unheard-of", "ABCD"),
    ],
)
def test_saved_views(desk, view, names):
    assert desk.names(view=view) == names


def test_each_view_says_how_many_it_holds(desk):
    counts = queries.queue_counts(desk.handler, month=MAY)
    assert counts == {view: queries.queue(desk.handler, month=MAY, view=view).count() for view in queries.VIEWS}
    assert (counts["all"], counts["empty"], counts["reviewed"]) == (4, 1, 1)


def test_counting_the_views_is_one_query(desk, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.queue_counts(desk.handler, month=MAY, words="atalo")


def test_words_find_carer_care_recipient_and_contract_number(desk):
    assert desk.names(words="dtal") == "D"
    assert desk.names(words="hoidettava taimi") == "ABCD"
    assert desk.names(words=desk.open.contract.number) == "C"
    assert desk.names(words="ei ketään") == ""


def test_month_kind_and_unit_narrow_the_queue(desk):
    from palkkio.organisations.models import Unit

    assert desk.names(month=APRIL) == ""
    assert desk.names(kind=ContractKind.SUBSTITUTE_CARE) == "ABCD"
    assert desk.names(kind=ContractKind.OTHER_COMMISSION) == ""
    other = Unit.objects.create(organisation=desk.place.organisation, name_fi="Toinen yksikkö", cost_centre="1")
    desk.open.contract.unit = other
    desk.open.contract.save()
    assert desk.names(unit_id=other.pk) == "C"


def test_other_organisations_sheets_are_in_no_queue(desk):
    stranger = factories.handler(factories.city())
    assert not queries.queue(stranger, view="all").exists()


@pytest.mark.parametrize(
    ("order", "names"),
    [("name", "ABCD"), ("-name", "DCBA"), ("days", "BCAD"), ("-days", "DACB"), ("confirmed_at", "DABC"), ("x", "ABCD")],
)
def test_orders(desk, order, names):
    assert desk.names(order=order) == names


@pytest.mark.parametrize("order", [sign + name for name in queries.ORDERS for sign in ("", "-")])
def test_every_order_works(desk, order):
    assert sorted(desk.names(order=order)) == list("ABCD")


def test_a_row_has_what_its_line_shows(desk, django_assert_num_queries):
    with django_assert_num_queries(1):
        row = queries.queue(desk.handler, month=MAY, words="dtalo").get()
        assert (row.days_total, row.trips_total, row.days_before, row.difference) == (3, 0, None, None)
        assert [each["type"] for each in row.entered] == [DayType.CARE] * 3
        assert row.entered[0]["day"] == "2026-05-04"
        assert (row.contract.carer.name, row.contract.recipient.name) == ("Hilla Dtalo", "Taimi Hoidettava")
        assert (row.is_by_county, row.is_empty, row.is_changed, row.is_returned) == (False, False, False, False)
        assert row.confirmed_at == NOW


def test_the_difference_to_the_month_before_is_shown_and_a_big_one_stands_out(desk):
    april = sheet_of(desk.open.contract, APRIL)
    days = [day.replace(month=4) for day in may(1, 2, 3, 4)]
    actions.enter_days(april.pk, by=desk.open.carer, at=NOW, version=1, days=days, day_type=CARE)
    row = queries.queue(desk.handler, month=MAY, words="ctalo").get()
    assert (row.days_before, row.difference, row.difference_percent, row.is_changed) == (4, -3, -75, True)
    assert desk.names(view="changed") == "C"
    desk.open.enter(5, 6)
    assert desk.names(view="changed") == "C"
    desk.open.enter(7)
    assert desk.names(view="changed") == ""


def test_neighbours_follow_the_order_of_the_queue(desk):
    middle = queries.neighbours(desk.handler, desk.empty.sheet.pk, month=MAY, order="name")
    assert (middle.previous_id, middle.next_id) == (desk.paper.sheet.pk, desk.open.sheet.pk)
    assert (middle.position, middle.total) == (2, 4)
    first = queries.neighbours(desk.handler, desk.paper.sheet.pk, month=MAY)
    assert (first.previous_id, first.next_id) == (None, desk.empty.sheet.pk)
    gone = queries.neighbours(desk.handler, desk.reviewed.sheet.pk, month=MAY)
    assert (gone.previous_id, gone.next_id, gone.position) == (None, desk.paper.sheet.pk, 0)


def test_a_month_that_the_contract_no_longer_holds_is_not_in_the_queue(desk):
    contract = desk.empty.contract
    contract.valid = factories.DateRange(contract.valid.start, MAY.start)
    contract.save()
    assert desk.names() == "ACD"
