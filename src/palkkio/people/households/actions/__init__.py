"""Writes households: the customer, the power of attorney, insurances and their confirmation, who was told."""

from palkkio.people.households.actions.insuring import (
    RATES,
    confirm_insurance,
    enter_insurance,
    record_contributions,
    record_tax_reference,
)
from palkkio.people.households.actions.registering import (
    add_household,
    let_city_insure,
    register,
    register_on_paper,
    sign_power_of_attorney,
    take_power_of_attorney,
    tell,
)

__all__ = [
    "RATES",
    "add_household",
    "confirm_insurance",
    "enter_insurance",
    "let_city_insure",
    "record_contributions",
    "record_tax_reference",
    "register",
    "register_on_paper",
    "sign_power_of_attorney",
    "take_power_of_attorney",
    "tell",
]
