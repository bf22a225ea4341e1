"""Components as HTML: what they say, also to those who only hear them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from palkkio.web.ui.catalogue.month import month
from palkkio.web.ui.tags.small import draw_icon
from palkkio.web.ui.values import (
    Bar,
    BarChart,
    BulkAction,
    Calendar,
    Cell,
    Change,
    Column,
    Flow,
    Job,
    Pages,
    PayLine,
    Row,
    Step,
    SumRow,
    Table,
    Waterfall,
    Why,
)
from palkkio.web.ui.words import DAY_WORDS, day_kind

TODAY = date(2026, 6, 8)
pytestmark = pytest.mark.usefixtures("finnish")


def drawn(source: str, path: str = "/list", **context: Any) -> str:
    request = RequestFactory().get(path)
    template = engines["django"].from_string("{% load ui %}" + source)
    return template.render(context, request)


def test_an_icon_beside_text_is_silent_and_one_with_a_title_speaks() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "care" %}')
    assert 'role="img" aria-label="has a comment"' in drawn('{% icon "chat" title="has a comment" %}')


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(ValueError, match="no symbol 'hart'"):
        draw_icon("hart")


def test_every_kind_of_day_has_a_symbol() -> None:
    for code in DAY_WORDS:
        assert draw_icon(day_kind(code).icon)


def test_a_button_that_leads_somewhere_is_a_link() -> None:
    assert drawn('{% button "Open" href="/x" %}').startswith('<a class="hds-button hds-button--primary" href="/x"')
    assert drawn('{% button "Save" name="do" value="save" hx_post="/y" %}').startswith("<button")
    assert 'hx-post="/y"' in drawn('{% button "Save" hx_post="/y" %}')


def test_what_cannot_be_done_yet_stays_focusable_and_says_why() -> None:
    html = drawn('{% button "Approve" blocked_by="why" %}')
    assert 'aria-disabled="true" aria-describedby="why"' in html
    assert 'type="button"' in html
    assert " disabled" not in html


def test_what_people_wrote_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    html = drawn(
        "{% card bad %}{{ bad }}{% endcard %}{% button bad %}{% notice bad bad %}{% fold bad %}{% endfold %}",
        bad=bad,
    )
    assert "<script" not in html


def test_the_state_line_needs_its_sentence() -> None:
    """BEY-4: who has the ball and the next date, in words."""
    with pytest.raises(ValueError, match="sentence"):
        Flow([Step("Entered", "done")], lead="")


def test_the_state_line_says_each_state_in_words() -> None:
    """BEY-4."""
    html = drawn(
        "{% flow flow %}",
        flow=Flow([Step("A", "done"), Step("B", "now", "ti 3.6."), Step("C", "next")], lead="Confirm 3.6."),
    )
    assert html.count('aria-current="step"') == 1
    assert "<b>Confirm 3.6.</b>" in html
    assert html.count('class="vh"') == 3


def test_sums_show_deductions_with_a_minus() -> None:
    html = drawn(
        "{% sum_table rows 'Sum' %}",
        rows=[SumRow("Tax", Decimal("-105.50")), SumRow("Net", Decimal(1), is_total=True)],
    )
    assert "\u2212105,50\u00a0€" in html
    assert '<tr class="total">' in html


def test_a_line_opens_to_its_why_and_a_total_does_not() -> None:
    """PAY-8."""
    lines = [
        PayLine("Care days", Decimal("780.40"), "8", Why("8 × 97,55")),
        PayLine("Net", Decimal("780.40"), kind="pay"),
    ]
    html = drawn("{% pay_lines lines %}", lines=lines)
    assert html.count("<details") == 1
    assert "line--pay" in html


def test_the_calendar_posts_days_of_the_contract_only() -> None:
    """CARE-16: no neighbouring months, no days outside the contract."""
    html = drawn("{% care_calendar cal %}{% endcare_calendar %}", cal=month(TODAY))
    days = re.findall(r'name="day" value="([\d-]+)"', html)
    assert days == [f"2026-05-{number:02}" for number in range(1, 30)]


def test_weekdays_leave_out_public_holidays() -> None:
    """CARE-5: "Valitse arkipäivät"."""
    workdays = [day.day.day for day in month(TODAY).days if day.is_workday]
    assert 14 not in workdays  # Ascension Day, a Thursday
    assert 1 not in workdays  # May Day, a Friday
    assert len(workdays) == 19


def test_a_locked_calendar_has_nothing_to_fill_in() -> None:
    """CARE-8: after confirming only the county edits."""
    html = drawn(
        "{% care_calendar cal %}{% endcare_calendar %}",
        cal=month(TODAY, is_locked=True, locked_note="You confirmed it."),
    )
    assert 'type="checkbox"' not in html
    assert "<button" not in html
    assert "You confirmed it." in html


def test_a_refused_day_keeps_picks_kind_and_comment() -> None:
    """CARE-13."""
    cal = month(
        TODAY,
        picked=frozenset({date(2026, 5, 4)}),
        typed={"type": "training", "comment": "Kurssi <1>"},
        errors={"comment": "Shorten the comment"},
    )
    html = drawn("{% care_calendar cal %}{% endcare_calendar %}", cal=cal)
    assert 'value="2026-05-04" checked' in html
    assert 'value="training" checked' in html
    assert "Kurssi &lt;1&gt;</textarea>" in html
    assert html.index("Shorten the comment") < html.index("<textarea")
    assert " data-open" in html


def test_undo_is_a_form_of_its_own() -> None:
    """CARE-16: Enter in the panel must not undo."""
    html = drawn("{% care_calendar cal %}{% endcare_calendar %}", cal=month(TODAY, said="Saved.", undo="17"))
    assert 'name="undo" value="17"' in html
    assert 'form="calendar-undo"' in html
    assert '<form id="calendar-undo"' in html


def test_a_calendar_wants_every_day_of_its_month() -> None:
    with pytest.raises(ValueError, match="each day"):
        Calendar(date(2026, 5, 1), month(TODAY).days[:-1], [], "/x")


def table(**more: Any) -> Table:
    return Table(
        "People",
        [
            Column("Name", sort="name", place="title"),
            Column("Sum", sort="sum", is_number=True, place="side"),
            Column("Note"),
        ],
        [Row([Cell("Maija", "/1"), Cell("1,00"), Cell()], value="1", pick_says="Pick Maija")],
        **more,
    )


def test_headers_sort_by_address_and_turn_round() -> None:
    html = drawn("{% data_table table %}", path="/list?q=ma&page=3&sort=name", table=table(sort="name"))
    assert 'aria-sort="ascending"' in html
    assert 'href="?q=ma&amp;sort=-name"' in html
    assert 'href="?q=ma&amp;sort=sum"' in html


def test_a_row_without_a_cell_for_each_column_is_an_error() -> None:
    with pytest.raises(ValueError, match="each column"):
        Table("People", [Column("Name")], [Row([])])


def test_a_queue_is_one_form_that_posts_the_picked_rows() -> None:
    html = drawn(
        "{% queue table actions one='1' many='2' %}{% endqueue %}",
        table=table(pick="sheet"),
        actions=[BulkAction("Review", "review")],
    )
    assert html.count("<form") == 1
    assert 'name="sheet" value="1"' in html
    assert 'name="do" value="review"' in html


@pytest.mark.parametrize(
    ("number", "total", "expected"),
    [
        (1, 15, [1]),
        (1, 60, [1, 2, 3]),
        (4, 3012, [1, 2, 3, 4, 5, None, 151]),
        (75, 3012, [1, None, 74, 75, 76, None, 151]),
        (1, 0, [1]),
    ],
)
def test_pages_show_the_ends_and_the_neighbours(number: int, total: int, expected: list[int | None]) -> None:
    assert Pages(number, 20, total).around == expected


def test_pages_keep_the_search() -> None:
    html = drawn("{% pagination pages 'Pages' %}", path="/list?q=ma&page=2", pages=Pages(2, 20, 60))
    assert 'href="?q=ma" rel="prev"' in html
    assert 'href="?q=ma&amp;page=3" rel="next"' in html
    assert "21–40 / 60" in html


def test_bars_begin_from_zero_and_have_their_figures_in_a_table() -> None:
    bars = [Bar("May", "M", Decimal(200)), Bar("June", "J", Decimal(100), "last"), Bar("July", "J", None)]
    html = drawn("{% bar_chart chart %}", chart=BarChart(bars, "Payments", "Payments by month"))
    assert 'height="118.0"' in html
    assert 'height="59.0"' in html
    assert html.count("<th") == 2


@pytest.mark.parametrize("name", ["More days", "29 contracts of which there is nothing to pay yet"])
def test_no_bar_covers_the_name_of_its_change(name: str) -> None:
    changes = [Change(name, Decimal("-90.00"))]
    chart = Waterfall(Change("April", Decimal("100.00")), changes, Change("May", Decimal("10.00")), "s", "c")
    html = drawn("{% waterfall chart %}", chart=chart)
    left, _narrow = re.findall(r'class="down" x="([\d.]+)"', html)
    assert float(left) >= 6 * len(name)
    assert float(left) < 400


def test_on_a_phone_names_stand_above_the_bars_and_amounts_beside_them() -> None:
    changes = [Change("More days", Decimal("50.00")), Change("Fewer days", Decimal("-585.30"))]
    chart = Waterfall(Change("April", Decimal("975.50")), changes, Change("May", Decimal("440.20")), "s", "c")
    narrow = drawn("{% waterfall chart %}", chart=chart).split('viewBox="0 0 300')[1]
    bars = re.findall(r'<rect class="\w+" x="([\d.]+)" y="(\d+)"\s+width="([\d.]+)"', narrow)
    names = re.findall(r'x="0" y="(\d+)"', narrow)
    assert len(bars) == len(names) == 4
    assert all(float(x) >= 0 and float(x) + float(width) <= 210 for x, _y, width in bars)
    assert all(int(name) < int(y) for name, (_x, y, _width) in zip(names, bars, strict=True))


def test_changes_that_do_not_add_up_are_an_error() -> None:
    with pytest.raises(ValueError, match="do not lead"):
        Waterfall(
            Change("April", Decimal("1.00")),
            [Change("More", Decimal("1.00"))],
            Change("May", Decimal("2.01")),
            "s",
            "c",
        )


def test_work_that_runs_asks_again_and_finished_work_does_not() -> None:
    assert 'hx-get="/poll"' in drawn("{% progress job %}", job=Job("Run", 1, 3, poll="/poll"))
    assert "hx-get" not in drawn("{% progress job %}", job=Job("Run", 3, 3, poll="/poll", is_finished=True))


@pytest.mark.usefixtures("some_menus")
def test_nothing_needs_what_the_content_security_policy_refuses(get: RequestFactory) -> None:
    from palkkio.web.ui.catalogue.page import catalogue

    html = catalogue(get.get("/ui/catalogue")).content.decode()
    assert not re.search(r'\sstyle="|\son\w+="|<style|<script(?![^>]* src=)', html)
