"""Identity codes, account numbers, Business IDs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.identifiers import (
    born_on,
    is_test_identity,
    masked_iban,
    normal_business_id,
    normal_iban,
    normal_identity_code,
    spaced_iban,
)

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def identity_code(day: date, separator: str, serial: int) -> str:
    digits = f"{day:%d%m%y}{serial:03}"
    return f"{day:%d%m%y}{separator}{serial:03}{CHECK[int(digits) % 31]}"


@pytest.mark.parametrize(
    "code", ["131052-308T", "010594Y9021", "020594X902N", "030594W903B", "040594V902Y", "010516B903X"]
)
def test_old_and_new_separators_are_identity_codes(code: str):
    assert normal_identity_code(code) == code


@pytest.mark.parametrize(
    "code",
    [
        "010190-999K",  # wrong check character
        "310290-9012",  # no such day
        "131052308T",  # the separator is part of the identity
        "131052-001T",  # serials begin at 002
        "131052G308T",  # not a separator
        "",
    ],
)
def test_other_text_is_refused(code: str):
    with pytest.raises(ValueError, match=r"identity code|day|month"):
        normal_identity_code(code)


def test_blanks_and_small_letters_are_put_right():
    assert normal_identity_code(" 131052-308t ") == "131052-308T"


@given(
    st.sampled_from(["+", "-", "A", "Y", "F"]).flatmap(
        lambda separator: st.tuples(
            st.just(separator),
            st.dates(
                *{"+": (date(1850, 1, 1), date(1899, 12, 31)), "A": (date(2000, 1, 1), date(2026, 12, 31))}.get(
                    {"F": "A"}.get(separator, separator), (date(1900, 1, 1), date(1999, 12, 31))
                )
            ),
        )
    ),
    st.integers(2, 999),
)
def test_an_identity_code_tells_the_day_of_birth(separator_and_day: tuple[str, date], serial: int):
    separator, day = separator_and_day
    code = identity_code(day, separator, serial)
    assert born_on(code) == day
    assert is_test_identity(code) == (serial >= 900)


def test_account_numbers_are_checked_and_stored_without_blanks():
    assert normal_iban("FI21 1234 5600 0007 85") == "FI2112345600000785"
    with pytest.raises(ValueError, match="account number"):
        normal_iban("FI21 1234 5600 0007 86")
    with pytest.raises(ValueError, match="account number"):
        normal_iban("FI21 1234 5600 0007")


def test_a_masked_account_shows_enough_to_know_it():
    assert masked_iban("FI2112345600000785") == "FI21 •••• •••• ••07 85"
    assert spaced_iban("FI2112345600000785") == "FI21 1234 5600 0007 85"


def test_business_ids_are_checked():
    assert normal_business_id("07375462") == "0737546-2"
    assert normal_business_id("0201256-6") == "0201256-6"
    with pytest.raises(ValueError, match="Business ID"):
        normal_business_id("0737546-3")
