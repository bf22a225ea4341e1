from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.problems import InvalidInput
from palkkio.organisations.inputs import Inputs

_DAYS = ("first", "last", "since", "until")


@pytest.mark.parametrize("typed", ["8.6.2026", "08.06.2026", "2026-06-08", date(2026, 6, 8)])
def test_a_day_is_read_as_people_write_it(typed: Any) -> None:
    assert Inputs({"day": typed}, ["day"]).day("day") == date(2026, 6, 8)


@pytest.mark.parametrize("typed", ["31.2.2026", "6/8/2026", "tomorrow", "8.6.26", "2026-6-8", "1.1.0001"])
def test_a_day_that_cannot_be_read_is_an_error_beside_its_field(typed: str) -> None:
    inputs = Inputs({"day": typed}, ["day"])
    inputs.day("day")

    with pytest.raises(InvalidInput) as refusal:
        inputs.check()
    assert [error.field for error in refusal.value.errors] == ["day"]


@given(st.decimals(min_value=0, max_value=999_999, places=2))
def test_an_amount_is_read_with_comma_or_point_and_blanks_between_thousands(amount: Decimal) -> None:
    for typed in (f"{amount:,.2f}".replace(",", " ").replace(".", ","), f"{amount:.2f}", amount):
        inputs = Inputs({"amount": typed}, ["amount"])
        assert inputs.decimal("amount") == amount
        inputs.check()


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1,234", "NaN", "Infinity", "1e9", "1000000,01", "1,2,3"])
def test_an_amount_that_cannot_be_taken_is_an_error_beside_its_field(typed: str) -> None:
    inputs = Inputs({"amount": typed}, ["amount"])
    inputs.decimal("amount", "Enter the amount")

    with pytest.raises(InvalidInput) as refusal:
        inputs.check()
    assert [error.field for error in refusal.value.errors] == ["amount"]


@given(st.text(max_size=30))
def test_no_typed_text_breaks_a_reader(typed: str) -> None:
    fields = ["a", "b", "c", "d", "e", "f", "g"]
    inputs = Inputs(dict.fromkeys(fields, typed), fields)
    inputs.day("a")
    inputs.decimal("b")
    inputs.whole("c", 0, 9)
    inputs.number_of("d")
    inputs.iban("e")
    inputs.business_id("f")
    inputs.email("g")


def test_a_last_day_before_the_first_is_an_error_beside_it() -> None:
    inputs = Inputs({"first": "8.6.2026", "last": "7.6.2026", "since": "1.6.2026", "until": ""}, _DAYS)

    assert inputs.first_and_last(first="since", last="until") == (date(2026, 6, 1), None)
    assert not inputs.errors
    inputs.first_and_last("Enter the first day")
    assert [error.field for error in inputs.errors] == ["last"]


@pytest.mark.parametrize("typed", [None, ""])
def test_a_number_that_is_left_out_is_none_and_one_that_is_wrong_is_not(typed: str | None) -> None:
    left_out = Inputs({"number": typed}, ["number"])
    assert (left_out.whole_or_none("number", 1, 9), left_out.decimal_or_none("number")) == (None, None)
    assert not left_out.errors

    wrong = Inputs({"number": "many"}, ["number"])
    assert wrong.whole_or_none("number", 1, 9) is not None
    assert [error.field for error in wrong.errors] == ["number"]


def test_one_of_some_words_is_taken_else_the_default() -> None:
    inputs = Inputs({"known": "b", "left_out": "", "unknown": "c"}, ["known", "left_out", "unknown"])

    assert inputs.one_of("known", ("a", "b"), "Choose one", "a") == "b"
    assert inputs.one_of("left_out", ("a", "b"), "Choose one", "a") == "a"
    assert inputs.one_of("unknown", ("a", "b"), "Choose one", "a") == "a"
    assert [error.field for error in inputs.errors] == ["unknown"]


def test_all_errors_are_told_at_once_one_for_each_field() -> None:
    inputs = Inputs({"name": "", "day": "x"}, ["name", "day"])
    inputs.text("name", 10, "Enter the name")
    inputs.error("name", "Something else")
    inputs.day("day")

    with pytest.raises(InvalidInput) as refusal:
        inputs.check()
    assert [(error.field, error.message) for error in refusal.value.errors] == [
        ("name", "Enter the name"),
        ("day", "Enter the day as day, month and year, for example 8.6.2026"),
    ]


def test_a_value_that_nobody_reads_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="nickname"):
        Inputs({"nickname": "x"}, ["name"])
