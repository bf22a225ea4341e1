"""Reads what was typed, field by field, and gathers an error beside each field that cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from palkkio.core.identifiers import normal_business_id, normal_iban
from palkkio.core.problems import FieldError, InvalidInput

Choice = TypeVar("Choice", bound=StrEnum)
Day: TypeAlias = date | str | None  # as a program has it, or as typed
Amount: TypeAlias = Decimal | str | None

_FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_EARLIEST, _LATEST = date(1850, 1, 1), date(2200, 1, 1)


class Inputs:
    """Values as typed (text) or as made by a program (dates, decimals).

    Each reader returns a value of its type also when it noted an error; `check()` then raises them all together.
    A key outside `fields` is a mistake of the program: ValueError.
    """

    def __init__(self, values: Mapping[str, Any], fields: Collection[str]) -> None:
        if unknown := set(values) - set(fields):
            raise ValueError(f"Unknown values: {', '.join(sorted(unknown))}")
        self._values = values
        self._errors: dict[str, FieldError] = {}

    def __contains__(self, field: str) -> bool:
        return field in self._values

    def error(self, field: str, message: str, **params: object) -> None:
        """Note an error; the first one of a field stays."""
        self._errors.setdefault(field, FieldError(field, message, params))

    def has_error(self, field: str) -> bool:
        return field in self._errors

    @property
    def errors(self) -> tuple[FieldError, ...]:
        return tuple(self._errors.values())

    def adopt(self, other: Inputs) -> None:
        """Take over the errors of a part that was read on its own."""
        for error in other._errors.values():
            self._errors.setdefault(error.field, error)

    def check(self) -> None:
        """Raises InvalidInput when any field has an error."""
        if self._errors:
            raise InvalidInput(*self._errors.values())

    def raw(self, field: str) -> Any:
        return self._values.get(field)

    def is_empty(self, field: str) -> bool:
        """Nothing was given or typed."""
        return self._values.get(field) in (None, "")

    def text(self, field: str, limit: int, missing: str = "") -> str:
        """Text without blanks around it, at most `limit` characters; `missing` says what to do when it is empty."""
        value = str(self._values.get(field) or "").strip()
        if not value and missing:
            self.error(field, missing)
        if len(value) > limit:
            self.error(field, "Shorten this to %(limit)s characters", limit=limit)
        if any(not char.isprintable() and char not in "\r\n\t" for char in value):
            self.error(field, "Remove the characters that cannot be seen")
        return value

    def flag(self, field: str) -> bool:
        value = self._values.get(field)
        if isinstance(value, str):
            return value.lower() not in {"", "0", "false", "off", "no"}
        return bool(value)

    def day(self, field: str, missing: str = "") -> date | None:
        """A day: d.m.yyyy or yyyy-mm-dd."""
        value = self._values.get(field)
        if isinstance(value, datetime):
            raise TypeError(f"{field} is a day, not a moment")
        if self.is_empty(field):
            if missing:
                self.error(field, missing)
            return None
        found = value if isinstance(value, date) else _day_of(str(value).strip())
        if found is None or not _EARLIEST <= found < _LATEST:
            self.error(field, "Enter the day as day, month and year, for example 8.6.2026")
            return None
        return found

    def first_and_last(
        self, missing: str = "", *, first: str = "first", last: str = "last"
    ) -> tuple[date | None, date | None]:
        """The edges of some days, the last one not before the first; `missing` says what to do without a first day."""
        begins, ends = self.day(first, missing), self.day(last)
        if begins is not None and ends is not None and ends < begins:
            self.error(last, "Enter a last day that is not before the first day")
        return begins, ends

    def decimal(self, field: str, missing: str = "", *, places: int = 2, most: Decimal = Decimal(1_000_000)) -> Decimal:
        """A number that is not negative: 97,55 or 97.55; blanks between thousands are left out."""
        value = self._values.get(field)
        if self.is_empty(field):
            if missing:
                self.error(field, missing)
            return Decimal(0)
        if isinstance(value, float):
            raise TypeError(f"{field} is money: a float is not exact")
        try:
            number = Decimal("".join(str(value).split()).replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.error(field, "Enter a number, for example 97,55")
        elif number < 0:
            self.error(field, "Enter zero or more")
        elif number > most:
            self.error(field, "Enter at most %(most)s", most=most)
        elif number != round(number, places):
            self.error(field, "Enter at most %(places)s decimals", places=places)
        else:
            return number
        return Decimal(0)

    def decimal_or_none(self, field: str, *, places: int = 2, most: Decimal = Decimal(1_000_000)) -> Decimal | None:
        """As `decimal`; None where it is left out."""
        return None if self.is_empty(field) else self.decimal(field, places=places, most=most)

    def whole(self, field: str, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        text = str(self._values.get(field, "")).strip()
        if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
            return int(text)
        self.error(field, "Enter a whole number from %(least)s to %(most)s", least=least, most=most)
        return least

    def whole_or_none(self, field: str, least: int, most: int) -> int | None:
        """As `whole`; None where it is left out."""
        return None if self.is_empty(field) else self.whole(field, least, most)

    def choice(self, field: str, of: type[Choice], missing: str) -> Choice:
        """One of an enumeration; an error `missing` when it is none of them."""
        try:
            return of(str(self._values.get(field, "")))
        except ValueError:
            self.error(field, missing)
            return next(iter(of))

    def one_of(self, field: str, known: Iterable[str], missing: str, default: str = "") -> str:
        """One of some words; an error `missing` when it is none of them."""
        value = str(self._values.get(field) or default)
        if value in list(known):
            return value
        self.error(field, missing)
        return default

    def number_of(self, field: str, missing: str = "") -> int | None:
        """The id of a row, or None when nothing was chosen."""
        if self.is_empty(field):
            if missing:
                self.error(field, missing)
            return None
        text = str(self._values[field])
        if text.isascii() and text.isdigit() and len(text) < 19:
            return int(text)
        self.error(field, missing or "Choose one of the list")
        return None

    def email(self, field: str, missing: str = "") -> str:
        typed = self.text(field, 254, missing)
        try:
            if typed:
                validate_email(typed)
        except ValidationError:
            self.error(field, "Enter the e-mail address as name@example.fi")
        return typed

    def iban(self, field: str) -> str:
        """An account number without blanks."""
        try:
            return normal_iban(self.text(field, 50))
        except ValueError:
            self.error(field, "Enter the account number as FI and 16 digits")
            return ""

    def business_id(self, field: str, missing: str = "") -> str:
        """A Business ID as 1234567-1; empty when nothing was typed."""
        typed = self.text(field, 20, missing)
        try:
            return normal_business_id(typed) if typed else ""
        except ValueError:
            self.error(field, "Enter the Business ID as seven digits, a dash and one digit")
            return ""

    def language(self, field: str) -> str:
        value = str(self._values.get(field) or "")
        if value not in {"fi", "sv", "en"}:
            self.error(field, "Choose Finnish, Swedish or English")
        return value


def _day_of(text: str) -> date | None:
    try:
        if match := _FINNISH_DAY.fullmatch(text):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None
