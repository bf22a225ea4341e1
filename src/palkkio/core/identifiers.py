"""Identity codes, account numbers and Business IDs: thin names over python-stdnum."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from stdnum import iban as _iban
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus as _ytunnus

_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_IDENTITY_CODE = re.compile(r"(\d{2})(\d{2})(\d{2})([-+YXWVUABCDEF])(\d{3})([0-9A-FHJ-NPR-Y])")
_FINNISH_IBAN = re.compile(r"FI[0-9]{16}")
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def normal_identity_code(text: str) -> str:
    """Personal identity code (henkilötunnus) in upper case without blanks. Raises ValueError if it is not one.

    The separator is part of the identity (new ones from 1.1.2023), so it is never stripped.
    """
    code = "".join(text.split()).upper()
    match = _IDENTITY_CODE.fullmatch(code)
    if not match:
        raise ValueError("not a personal identity code")
    day, month, year, separator, serial, check = match.groups()
    date(_CENTURY[separator] + int(year), int(month), int(day))
    if int(serial) < 2 or _CHECK[int(day + month + year + serial) % 31] != check:
        raise ValueError("not a personal identity code")
    return code


def born_on(identity_code: str) -> date:
    """Day of birth that a personal identity code carries."""
    code = normal_identity_code(identity_code)
    return date(_CENTURY[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def is_test_identity(identity_code: str) -> bool:
    """True for serials 900-999, which are given to nobody."""
    return int(normal_identity_code(identity_code)[7:10]) >= 900


def normal_iban(text: str) -> str:
    """Account number (IBAN) without blanks. Raises ValueError if length or check digits are wrong."""
    if _FINNISH_IBAN.fullmatch(text):  # nearly all: country, length and digits are right, 97 is what remains to ask
        if int(f"{text[4:]}1518{text[2:4]}") % 97 == 1:
            return text
        raise ValueError("not an account number")
    try:
        return str(_iban.validate(text))
    except ValidationError as error:
        raise ValueError("not an account number") from error


def masked_iban(iban: str) -> str:
    """`FI21 •••• •••• ••07 85`: enough for the owner to know the account."""
    hidden = iban[:4] + "•" * (len(iban) - 8) + iban[-4:]
    return " ".join(hidden[at : at + 4] for at in range(0, len(hidden), 4))


def spaced_iban(iban: str) -> str:
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


@lru_cache(maxsize=256)  # of one payer on each of many reports
def normal_business_id(text: str) -> str:
    """Business ID (Y-tunnus) as 1234567-1. Raises ValueError if it is not one."""
    try:
        digits = str(_ytunnus.validate(text))
    except ValidationError as error:
        raise ValueError("not a Business ID") from error
    return f"{digits[:7]}-{digits[7]}"


def reference_number(base: str) -> str:
    """Reference number of a payment (viitenumero): 3 to 19 digits with the check digit behind them.

    Raises ValueError for anything else.
    """
    if not re.fullmatch(r"\d{3,19}", base):
        raise ValueError("a reference number is made of 3 to 19 digits")
    weighted = sum(int(digit) * (7, 3, 1)[at % 3] for at, digit in enumerate(reversed(base)))
    return base + str(-weighted % 10)


def normal_reference(text: str) -> str:
    """Reference number of a payment without blanks: Finnish (viitenumero) or international (RF...).

    Raises ValueError if its form or check digits are wrong.
    """
    plain = re.sub(r"\s", "", text).upper()
    if re.fullmatch(r"RF\d{2}[0-9A-Z]{1,21}", plain):
        digits = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
        if int(digits) % 97 == 1:
            return plain
    elif re.fullmatch(r"\d{4,20}", plain) and plain.strip("0"):
        plain = plain.lstrip("0")
        if len(plain) >= 4 and reference_number(plain[:-1]) == plain:
            return plain
    raise ValueError("not a reference number")
