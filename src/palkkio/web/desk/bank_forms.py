"""Forms of the bank's page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.formats.payment_file import PAIN_03, PAIN_09


class AnswerForm(forms.Form):
    """A file that a clerk has fetched from the bank's own pages."""

    file = forms.FileField(
        label=_("File from the bank"),
        help_text=_("XML: pain.002, camt.054 or camt.053"),
        error_messages={"required": _("Choose the file from the bank")},
    )


class AgreementForm(forms.Form):
    """What is agreed with the bank."""

    version = forms.ChoiceField(
        label=_("Version of payment files"),
        choices=[(PAIN_09, "pain.001.001.09"), (PAIN_03, "pain.001.001.03")],
        widget=forms.RadioSelect,
    )
    cut_off = forms.CharField(
        label=_("Files are taken until"),
        help_text=_("A file given before this time is paid on the next banking day. For example 14:00"),
        max_length=5,
        error_messages={"required": _("Enter a time such as 14:00")},
    )
    answer_days = forms.CharField(
        label=_("The bank answers in, banking days after the day of payment"),
        help_text=_("Left empty, the bank's answers are not read, and a payment counts as paid on its day."),
        max_length=2,
        required=False,
    )
    keeps_nordic_letters = forms.BooleanField(label=_("The bank carries the letters å, ä and ö"), required=False)
