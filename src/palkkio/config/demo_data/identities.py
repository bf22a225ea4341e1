"""Invented identity codes and account numbers that pass every check and belong to nobody.

Identity codes have serials 900-999, which are given to no person. Account numbers carry the invented bank code of the
documentation example FI21 1234 5600 0007 85.
"""

from __future__ import annotations

from datetime import date

_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def identity_code(born: date, number: int) -> str:
    """A personal identity code of somebody born on `born`; `number` 0-99 tells apart those born on one day."""
    digits = f"{born:%d%m%y}{900 + number % 100:03d}"
    separator = "A" if born.year >= 2000 else "-"
    return f"{digits[:6]}{separator}{digits[6:]}{_CHECK[int(digits) % 31]}"


def iban(number: int) -> str:
    """A Finnish account number; each `number` (up to nine million) gives another."""
    body = f"123456{number % 9_000_000 + 1_000_000:07d}"
    account = body + _luhn(body)
    return f"FI{98 - int(account + '151800') % 97:02d}{account}"


def _luhn(digits: str) -> str:
    doubled = [int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits))]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)
