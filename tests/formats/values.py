"""Made-up values that the tests of the writers share. Nobody has these identity codes or accounts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import Deduction, Line, Party, PayResult, Payslip, Working

MADE_AT = datetime(2026, 6, 26, 9, 30, tzinfo=HELSINKI)
PAYDAY = date(2026, 6, 30)
MAY = DateRange.of_month(2026, 5)
COUNTY = Party("Mallilan hyvinvointialue", "0737546-2", ("Mallikatu 1", "00000 Mallila"))


def iban(number: int) -> str:
    """An invented Finnish account number with right check digits."""
    body = f"999999{number:08d}"
    return f"FI{98 - int(body + '151800') % 97:02d}{body}"


def identity_code(day: date, serial: int) -> str:
    """An identity code given to nobody (serials 900-999), with a right check character."""
    digits = f"{day:%d%m%y}{serial:03d}"
    check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31]
    return f"{digits[:6]}{'A' if day.year >= 2000 else '-'}{digits[6:]}{check}"


MAIJA = Party("Maija Testaaja", identity_code(date(1971, 2, 3), 912), ("Esimerkkipolku 2 B 3", "00000 Mallila"))


def line(
    code: str = "CARE_DAY",
    quantity: str = "8",
    of: str = "97.55",
    amount: str = "780.40",
    unit: str = "day",
    period: DateRange = MAY,
    is_taxable: bool = True,
    is_pensionable: bool = True,
    working: Working | None = None,
) -> Line:
    days = (1, 2, 8, 9, 15, 16, 22, 23)
    reason = Working(
        rule="care_day",
        law="937/2005 4 a §",
        source="Aluehallituksen päätös 15.12.2025",
        rate_valid=DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31)),
        tag="V",
        days=tuple(date(2026, 5, day) for day in days) if code == "CARE_DAY" else (),
    )
    return Line(
        code,
        Decimal(quantity),
        unit,
        Decimal(of),
        Decimal(amount),
        period,
        working or reason,
        is_taxable,
        is_pensionable,
    )


def kilometres(quantity: str = "84", of: str = "0.25", amount: str = "21.00") -> Line:
    working = Working(rule="kilometres", law="1535/1992 71 §", source="Aluehallituksen päätös 15.12.2025", tag="R")
    return line("KILOMETRES", quantity, of, amount, "km", is_taxable=False, is_pensionable=False, working=working)


def deduction(code: str, amount: str, of: str, percent: str, law: str = "") -> Deduction:
    part = ((Decimal(of), Decimal(percent)),)
    return Deduction(code, Decimal(amount), Decimal(of), part, Working(rule=code.lower(), law=law))


def result() -> PayResult:
    """829.18 EUR of fees and 21.00 of kilometres; 12 % tax, 7.30 % pension: 690.15 to the account."""
    return PayResult(
        lines=(line(), line("CANCELLED_DAY", "1", "48.78", "48.78"), kilometres()),
        deductions=(
            deduction("WITHHOLDING", "99.50", "829.18", "12.0", "1118/1996 9 §"),
            deduction("PENSION", "60.53", "829.18", "7.30", "81/2016"),
        ),
    )


def payslip(number: str = "2026-0007-1", **changes: object) -> Payslip:
    values: dict[str, object] = {
        "number": number,
        "payday": PAYDAY,
        "period": MAY,
        "payer": COUNTY,
        "payee": MAIJA,
        "contract_number": "2026-014",
        "contract_kind": "substitute_care",
        "recipient_name": "Eero Esimerkki",
        "iban": iban(78501),
        "tax_card": "12,0 % / 30,0 %, 1.3.2026 alkaen",
        "result": result(),
        "year_to_date": (
            ("gross", Decimal("7462.58")),
            ("withholding", Decimal("895.51")),
            ("pension", Decimal("544.77")),
            ("net", Decimal("6022.30")),
        ),
    }
    return Payslip(**{**values, **changes})  # type: ignore[arg-type]


# Texts that stand where they do not belong.
WRONG = (
    *(
        "",
        " ",
        " x",
        "x ",
        "x",
        "a",
        "-1.00",
        "1.234",
        "9" * 300,
        "2026-02-30",
        "010171-901X",
        "\ufffe",
        "&#7;",
        "&#65;",
    ),
    *("--", "<b/>", "</Amount><Amount>1.00"),
)
