"""The form by which what a month owes is paid: one part for each debt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.problems import InvalidInput
from palkkio.payments.owed import Debt, last_paid, paid_of
from palkkio.reporting.owed import Owed, Receiver, owed_of_month
from palkkio.web.refusals import words
from palkkio.web.ui.fields import EurosField

# Names as they stand in a payment, where nothing was paid before.
NAMES = {Receiver.TAX: "Verohallinto", Receiver.UNEMPLOYMENT: "Työllisyysrahasto"}


class DebtForm(forms.Form):
    """One debt; nothing is checked unless it is picked."""

    picked = forms.BooleanField(label=_("Pay this"), required=False)
    name = forms.CharField(label=_("To whom"), max_length=70)
    iban = forms.CharField(label=_("Account number"), max_length=42)
    reference = forms.CharField(label=_("Reference"), max_length=35)
    amount = EurosField(label=_("Sum, EUR"))

    use_required_attribute = False

    def __init__(self, owed: Owed, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=key_of(owed), initial=initial)
        self.owed = owed
        if self.is_bound:  # what is missing is asked for by the action, of those that are picked
            for field in self.fields.values():
                field.required = False

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("picked"):
            self.errors.clear()
        return self.cleaned_data

    def debt(self) -> Debt:
        typed = self.cleaned_data
        return Debt(
            self.owed.receiver.value,
            self.owed.person_id,
            typed["amount"] or Decimal(0),
            typed["name"],
            typed["iban"],
            typed["reference"],
        )


def key_of(owed: Owed) -> str:
    return f"{owed.receiver.value}-{owed.person_id or 0}"


def forms_of(organisation_id: int, month: date, data: Any = None) -> list[DebtForm]:
    """A form for each debt that is not paid yet: with the household's own tax reference, else as it was paid last."""
    paid, before = paid_of(organisation_id, month), last_paid(organisation_id)
    made = []
    for owed in owed_of_month(organisation_id, month):
        key = (owed.receiver.value, owed.person_id)
        if key in paid:
            continue
        last = before.get(key)
        own = owed.reference if owed.receiver is Receiver.TAX else ""
        initial = {
            "name": last.creditor_name if last else owed.insurer or NAMES.get(owed.receiver, ""),
            "iban": last.iban if last else "",
            "reference": own or (last.reference if last else ""),
            "amount": owed.amount,
        }
        made.append(DebtForm(owed, data, initial=initial))
    return made


def put_errors(made: Sequence[DebtForm], refusal: InvalidInput) -> list[str]:
    """Errors beside their fields; those of no field are returned."""
    by_key = {key_of(each.owed): each for each in made}
    left = []
    for error in refusal.errors:
        field, _dash, key = error.field.partition("-")
        if key in by_key:
            by_key[key].add_error(field, words(error))
        else:
            left.append(words(error))
    return left
