"""Writes what an organisation is and has chosen. An administrator does it; the operator adds the organisation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.viewer import Viewer
from palkkio.organisations import access
from palkkio.organisations.contact_points import save_contact_point
from palkkio.organisations.inputs import Inputs
from palkkio.organisations.models import Municipality, Organisation, Unit
from palkkio.organisations.rights import CHOICES
from palkkio.organisations.schedules import change_schedule, offer_day_types, start_schedule, tried_schedule
from palkkio.rules import profile_names

__all__ = [
    "add_municipality",
    "add_organisation",
    "add_unit",
    "change_organisation",
    "change_schedule",
    "change_unit",
    "next_number",
    "next_numbers",
    "offer_day_types",
    "save_contact_point",
    "set_account_change_days",
    "start_schedule",
    "tried_schedule",
]

ORGANISATION_FIELDS = (
    "slug",
    "name_fi",
    "name_sv",
    "name_en",
    "business_id",
    "iban",
    "bic",
    "address",
    "profile",
    "payroll_contact_name",
    "payroll_phone",
    "payroll_email",
    "pension_policy_number",
    "accident_policy_number",
    "accident_insurer_id",
    "sender_email",
    "peer_support_url",
)
CONTACT_FIELDS = (
    "address",
    "payroll_contact_name",
    "payroll_phone",
    "payroll_email",
    "sender_email",
    "peer_support_url",
)
MOST_ACCOUNT_CHANGE_DAYS = 20
UNIT_FIELDS = ("name_fi", "name_sv", "name_en", "cost_centre", "phone", "email")


# --- The organisation ------------------------------------------------------------------------------------------------


@transaction.atomic
def add_organisation(*, at: datetime, values: Mapping[str, Any]) -> Organisation:
    """A new county or city, added by the operator at the command line. Raises InvalidInput."""
    inputs = Inputs(values, ORGANISATION_FIELDS)
    texts = _contact_values(inputs)
    texts |= {field: inputs.text(field, 120, "Enter this") for field in ("name_fi", "name_sv", "name_en")}
    optional = {"bic": 11, "pension_policy_number": 40, "accident_policy_number": 40}
    texts |= {field: inputs.text(field, limit) for field, limit in optional.items()}
    texts |= {
        "slug": _slug(inputs),
        "business_id": inputs.business_id(
            "business_id", missing="Enter the Business ID as seven digits, a dash and one digit"
        ),
        "iban": inputs.iban("iban"),
        "profile": inputs.text("profile", 60, "Enter the profile of the organisation's choices"),
        "accident_insurer_id": inputs.business_id("accident_insurer_id"),
    }
    if texts["profile"] and texts["profile"] not in profile_names():
        inputs.error("profile", "Choose one of: %(names)s", names=", ".join(profile_names()))
    inputs.check()
    organisation = Organisation.objects.create(**texts)
    audit.record(
        "add_organisation",
        by=None,
        at=at,
        object_kind="organisation",
        object_id=organisation.pk,
        organisation_id=organisation.pk,
    )
    return organisation


@transaction.atomic
def change_organisation(*, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Organisation:
    """How an organisation is reached and from which address it writes (SYS-5); who it is and pays from stays.

    Raises InvalidInput, NotAllowed.
    """
    by.require(*CHOICES)
    row = Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    inputs = Inputs(values, CONTACT_FIELDS)
    texts = _contact_values(inputs)
    inputs.check()
    changed = sorted(field for field, text in texts.items() if getattr(row, field) != text)
    for field in changed:
        setattr(row, field, texts[field])
    row.save(update_fields=changed)
    audit.record(
        "change_organisation",
        by=by,
        at=at,
        object_kind="organisation",
        object_id=row.pk,
        details={field: texts[field] for field in changed},
    )
    return row


def _contact_values(inputs: Inputs) -> dict[str, str]:
    return {
        "address": inputs.text("address", 500),
        "payroll_contact_name": inputs.text("payroll_contact_name", 120, "Enter this"),
        "payroll_phone": inputs.text("payroll_phone", 30, "Enter this"),
        "payroll_email": inputs.email("payroll_email", "Enter the e-mail address of payroll"),
        "sender_email": inputs.email("sender_email"),
        "peer_support_url": _url(inputs),
    }


def next_number(organisation_id: int, series: str) -> int:
    """The next number of a series, without gaps: the organisation's row stays locked to the end of the transaction.

    series  "contract-2026", "run", "payslip", "batch" ...
    Raises Organisation.DoesNotExist.
    """
    return next_numbers(organisation_id, series, 1)[0]


@transaction.atomic
def next_numbers(organisation_id: int, series: str, count: int) -> range:
    """The next `count` numbers of a series, as `next_number`."""
    # Not the key: rows that only refer to the organisation are written meanwhile.
    organisation = Organisation.objects.select_for_update(no_key=True).only("next_numbers").get(pk=organisation_id)
    last = int(organisation.next_numbers.get(series, 0))
    organisation.next_numbers[series] = last + count
    organisation.save(update_fields=["next_numbers"])
    return range(last + 1, last + count + 1)


@transaction.atomic
def set_account_change_days(days: int | str, *, by: Viewer, at: datetime) -> None:
    """So many days before a payday a changed account number waits for the day after it (ACC-7).

    Raises InvalidInput on `account_change_days`, NotAllowed.
    """
    by.require(*CHOICES)
    row = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    inputs = Inputs({"account_change_days": days}, ("account_change_days",))
    row.account_change_days = inputs.whole("account_change_days", 0, MOST_ACCOUNT_CHANGE_DAYS)
    inputs.check()
    row.save(update_fields=["account_change_days"])
    audit.record(
        "set_account_change_days",
        by=by,
        at=at,
        object_kind="organisation",
        object_id=row.pk,
        details={"days": row.account_change_days},
    )


# --- Municipalities and units ----------------------------------------------------------------------------------------


@transaction.atomic
def add_municipality(*, by: Viewer, at: datetime, code: str, name_fi: str, name_sv: str) -> Municipality:
    """A municipality in the payer's area, by its three-digit code. Raises InvalidInput."""
    by.require(*CHOICES)
    inputs = Inputs({"code": code, "name_fi": name_fi, "name_sv": name_sv}, ("code", "name_fi", "name_sv"))
    if not re.fullmatch(r"[0-9]{3}", inputs.text("code", 3)):
        inputs.error("code", "Enter the municipality code as three digits, for example 049")
    elif access.municipalities(by).filter(code=code).exists():
        inputs.error("code", "This municipality is already on the list")
    names = {field: inputs.text(field, 60, "Enter the name") for field in ("name_fi", "name_sv")}
    inputs.check()
    made = Municipality.objects.create(organisation_id=by.organisation_id, code=inputs.text("code", 3), **names)
    audit.record("add_municipality", by=by, at=at, object_kind="municipality", object_id=made.pk)
    return made


@transaction.atomic
def add_unit(*, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Unit:
    """A unit that handles contracts. Raises InvalidInput."""
    by.require(*CHOICES)
    made = Unit.objects.create(organisation_id=by.organisation_id, **_unit_values(values))
    audit.record("add_unit", by=by, at=at, object_kind="unit", object_id=made.pk)
    return made


@transaction.atomic
def change_unit(unit_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Unit:
    """New values for a unit. Raises InvalidInput, NotAllowed."""
    by.require(*CHOICES)
    unit = access.one(access.units(by).select_for_update(), unit_id)
    for field, value in _unit_values(values).items():
        setattr(unit, field, value)
    unit.save()
    audit.record("change_unit", by=by, at=at, object_kind="unit", object_id=unit.pk)
    return unit


def _unit_values(values: Mapping[str, Any]) -> dict[str, str]:
    inputs = Inputs(values, UNIT_FIELDS)
    texts = {field: inputs.text(field, 120, "Enter the name") for field in ("name_fi", "name_sv", "name_en")}
    texts |= {
        "cost_centre": inputs.text("cost_centre", 20, "Enter the cost centre that vouchers use"),
        "phone": inputs.text("phone", 30),
        "email": inputs.email("email"),
    }
    inputs.check()
    return texts


def _slug(inputs: Inputs) -> str:
    slug = inputs.text("slug", 50, "Enter a short name for addresses")
    if slug and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        inputs.error("slug", "Use small letters a to z, digits and dashes")
    elif Organisation.objects.filter(slug=slug).exists():
        inputs.error("slug", "Choose another short name: this one is taken")
    return slug


def _url(inputs: Inputs) -> str:
    typed = inputs.text("peer_support_url", 200)
    if typed and not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", typed):
        inputs.error("peer_support_url", "Enter the address as https://...")
    return typed
