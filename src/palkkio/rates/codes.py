"""What a rate is for, and which rates a kind of contract has."""

from __future__ import annotations

from palkkio.core.payslip import ContractKind

# Code -> what an amount is paid for.
UNITS = {
    "class_I": "month",
    "class_II": "month",
    "class_III": "month",
    "client_charge": "day",
    "monthly_fee": "month",
    "daily_fee": "day",
    "expense_allowance": "month",
    "expense_allowance_day": "day",
    "lower_fee": "month",
    "monthly": "month",
    "care": "day",
    "training": "day",
    "notice": "day",
    "cancelled": "day",
    "locum": "day",
    "expense_per_day": "day",
    "visit": "visit",
    "hour": "hour",
    "hourly": "hour",
    "kilometre": "km",
}
CODES = tuple(UNITS)

_DAYS = ("care", "training", "notice", "cancelled")
_PIECES = ("visit", "hour", "expense_per_day", "kilometre")
DECIDED: dict[ContractKind, tuple[str, ...]] = {
    ContractKind.INFORMAL_CARE: ("class_I", "class_II", "class_III", "client_charge", "kilometre"),
    ContractKind.FAMILY_CARE: (
        "monthly_fee",
        "expense_allowance",
        "daily_fee",
        "expense_allowance_day",
        "training",
        "notice",
        "cancelled",
        "kilometre",
    ),
    ContractKind.SUBSTITUTE_CARE: (*_DAYS, "locum", *_PIECES),
    ContractKind.OTHER_COMMISSION: (*_DAYS, *_PIECES),
    ContractKind.PERSONAL_ASSISTANCE: ("kilometre",),
}
"""Amounts that an organisation decides for a kind of contract."""

_ONLY_AGREED: dict[ContractKind, tuple[str, ...]] = {
    ContractKind.INFORMAL_CARE: ("lower_fee",),
    ContractKind.FAMILY_CARE: ("lower_fee",),
    ContractKind.OTHER_COMMISSION: ("monthly",),
    ContractKind.PERSONAL_ASSISTANCE: ("hourly",),
}
_ONLY_DECIDED = frozenset({"class_I", "class_II", "class_III", "client_charge"})
AGREED: dict[ContractKind, tuple[str, ...]] = {
    kind: (*_ONLY_AGREED.get(kind, ()), *(code for code in codes if code not in _ONLY_DECIDED))
    for kind, codes in DECIDED.items()
}
"""Amounts that a contract may agree on; what is not agreed is paid by the decided rate, where there is one."""


def unit_of(code: str) -> str:
    """What an amount is paid for: month, day, visit, hour or km. Raises ValueError for an unknown code."""
    if code not in UNITS:
        raise ValueError(f"{code} is no code of a rate")
    return UNITS[code]
