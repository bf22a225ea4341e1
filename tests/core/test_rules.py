"""Figures of the law: every value has a source, and nobody is paid by a guess."""

import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from palkkio.core.money import percent_of, to_cents
from palkkio.rules import RateNotConfirmed, figure, keys
from palkkio.rules.figures import LAW, series_from
from palkkio.rules.tables import column_of
from palkkio.rules.yaml import Faulty, read

PENSION = "social_insurance/carer_pension/basic"
LIMIT = "travel/kilometre/commission_tax_free"


@pytest.mark.parametrize("key", keys())
def test_every_value_has_a_source_a_tag_and_the_day_it_was_read(key: str):
    for value in figure(key).values:
        assert len(value.source) > 10
        assert value.tag
        assert date(2026, 1, 1) <= value.read <= date(2100, 1, 1)


@pytest.mark.parametrize("key", keys())
def test_values_follow_each_other_without_gap_or_overlap(key: str):
    series = figure(key)
    for value, later in zip(series.values, series.values[1:], strict=False):
        assert value.valid.end == later.valid.start
    assert series.values[-1].valid.last == series.confirmed_until


@pytest.mark.parametrize("key", keys())
def test_every_figure_has_its_names_and_its_law(key: str):
    series = figure(key)
    assert {"en", "fi", "sv"} <= series.name.keys()
    assert all(series.name.values())
    assert series.law
    money = {"EUR", "EUR/km", "EUR/h", "EUR/day", "EUR/month"}
    time = {"years", "months", "weeks", "days", "h", "o'clock"}
    assert series.unit in {"%", "index", "multiplier", "yes/no", *money, *time}


@pytest.mark.parametrize(("key", "at"), [(key, at) for key in keys() for at in range(len(figure(key).examples))])
def test_worked_examples_beside_the_figures_hold(key: str, at: int):
    example = figure(key).examples[at]
    value = figure(key).on(example.on).value
    of_percent, of_units = percent_of(example.of, value), to_cents(example.of * value)
    assert example.gives == (of_percent if figure(key).unit == "%" else of_units)


def test_a_figure_is_the_one_in_force_on_the_day():
    assert figure(PENSION).on(date(2025, 12, 31)).value == Decimal("7.15")
    found = figure(PENSION).on(date(2026, 1, 1))
    assert found.value == Decimal("7.30")
    assert found.tag == "V"
    assert date(2026, 6, 30) in found.valid


def test_a_day_after_what_is_confirmed_is_an_error_and_not_last_years_figure():
    with pytest.raises(RateNotConfirmed) as refused:
        figure(PENSION).on(date(2027, 1, 1))
    assert (refused.value.figure, refused.value.day) == (PENSION, date(2027, 1, 1))


def test_a_day_before_the_first_row_is_an_error():
    with pytest.raises(RateNotConfirmed):
        figure(PENSION).on(date(2017, 12, 31))


def test_an_unknown_value_is_not_used():
    assert figure(LIMIT).on(date(2021, 12, 31)).value == Decimal("0.25")
    with pytest.raises(RateNotConfirmed, match=LIMIT):
        figure(LIMIT).on(date(2022, 1, 1))


def test_no_figure_of_2027_is_known_by_day_of_payment():
    for key in keys():
        series = figure(key)
        if series.by == "day of payment":
            with pytest.raises(RateNotConfirmed):
                series.on(date(2027, 1, 1))


def test_there_is_no_figure_outside_the_folder_of_the_law():
    for key in ("no/such/figure", "../choices", "social_insurance/../withholding/without_card"):
        with pytest.raises(KeyError):
            figure(key)


@pytest.fixture
def content() -> dict[str, Any]:
    return copy.deepcopy(read(LAW / f"{PENSION}.yaml"))


def test_computed_figures_never_pay(content: dict[str, Any]):
    for tag in ("C", "C+R"):
        content["values"][-1]["tag"] = tag
        with pytest.raises(RateNotConfirmed):
            series_from(PENSION, content).on(date(2026, 6, 30))


def test_a_recalled_figure_pays_and_says_so(content: dict[str, Any]):
    content["values"][-1]["tag"] = "R"
    assert series_from(PENSION, content).on(date(2026, 6, 30)).tag == "R"


@pytest.mark.parametrize("left_out", ["source", "tag", "read", "from", "value"])
def test_a_value_without_its_ground_is_refused(content: dict[str, Any], left_out: str):
    del content["values"][1][left_out]
    with pytest.raises(Faulty, match=PENSION):
        series_from(PENSION, content)


def test_a_blank_source_is_refused(content: dict[str, Any]):
    content["values"][1]["source"] = " "
    with pytest.raises(Faulty, match="no source"):
        series_from(PENSION, content)


def test_an_unquoted_figure_is_refused(content: dict[str, Any]):
    content["values"][1]["value"] = 7.15
    with pytest.raises(Faulty, match="quoted"):
        series_from(PENSION, content)


def test_an_unknown_figure_with_a_value_is_refused(content: dict[str, Any]):
    content["values"][1]["tag"] = "U"
    with pytest.raises(Faulty, match="tag U"):
        series_from(PENSION, content)


def test_values_out_of_order_are_refused(content: dict[str, Any]):
    content["values"].reverse()
    with pytest.raises(Faulty, match="order"):
        series_from(PENSION, content)


def test_an_unknown_key_of_a_file_is_refused(content: dict[str, Any]):
    content["confirmed_unitl"] = date(2026, 12, 31)
    with pytest.raises(Faulty, match="confirmed_unitl"):
        series_from(PENSION, content)


def test_confirmed_until_ends_the_last_value(content: dict[str, Any]):
    content["confirmed_until"] = date(2026, 6, 30)
    series = series_from(PENSION, content)
    assert series.on(date(2026, 6, 30)).value == Decimal("7.30")
    with pytest.raises(RateNotConfirmed):
        series.on(date(2026, 6, 30) + timedelta(days=1))


# --- Tables ---


WINDOWS = "assistance/agreement/windows"


@pytest.fixture
def table() -> dict[str, Any]:
    return copy.deepcopy(read(LAW / f"{WINDOWS}.yaml"))


def test_a_column_of_a_table_is_a_figure_of_its_own(table: dict[str, Any]):
    assert f"{WINDOWS}/night_until" in keys()
    found = figure(f"{WINDOWS}/night_until").on(date(2026, 6, 8))
    assert (found.value, found.tag) == (Decimal(6), "R")
    assert figure(f"{WINDOWS}/night_from").on(date(2026, 6, 8)).tag == "V"
    assert figure(f"{WINDOWS}/night_from").name["sv"] == "Tilläggens klockslag: natt från"


def test_a_table_as_a_whole_is_no_figure():
    for key in (WINDOWS, f"{WINDOWS}/noon_from", f"{WINDOWS}/night_from/x"):
        with pytest.raises(KeyError):
            figure(key)


def test_an_unknown_cell_is_not_used():
    with pytest.raises(RateNotConfirmed, match="night_from"):
        figure(f"{WINDOWS}/night_from").on(date(2022, 7, 31))


def test_a_row_that_lacks_a_cell_is_refused(table: dict[str, Any]):
    table["values"][1]["row"].pop()
    with pytest.raises(Faulty, match="6 cells for 7 columns"):
        column_of(table, "night_from", "windows")


def test_a_cell_with_an_unknown_key_is_refused(table: dict[str, Any]):
    table["values"][1]["row"][0] = {"value": "18", "sorce": "?"}
    with pytest.raises(Faulty, match="sorce"):
        column_of(table, "evening_from", "windows")
