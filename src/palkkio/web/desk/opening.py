"""Why a member of staff opens a person: an open matter says it, else they are asked once a working day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palkkio.audit.queries import has_acted_on
from palkkio.contracts.queries import of_person
from palkkio.core.sealing import SealError
from palkkio.messages.queries import waits_for_an_answer
from palkkio.people.identity import ring
from palkkio.web.look_words import ASKED, OPEN_MATTER

if TYPE_CHECKING:
    from palkkio.people.models import Person
    from palkkio.web.doors import RoleRequest

WORKING_DAY = timedelta(hours=10)
# A contract that has ended still has its last payslip, its corrections and questions.
AFTER_THE_END = timedelta(days=183)
MOST_KEPT = 50
_KEY = "desk_reasons"


class ReasonForm(forms.Form):
    why = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[*ASKED.items(), ("other", gettext_lazy("Another reason"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the reason")},
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Needed for another reason. Without names and details of health."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("why") == "other" and not typed.get("text"):
            self.add_error("text", _("Say the reason in a few words"))
        return typed

    @property
    def reason(self) -> str:
        why, text = self.cleaned_data["why"], self.cleaned_data["text"]
        return str(text if why == "other" else why)


def reason_of(request: RoleRequest, person: Person) -> str:
    """Why the person is opened now; empty: it has to be asked."""
    viewer, now = request.viewer, request.clock.now()
    if (
        _is_under_contract(viewer.organisation_id, person.pk, request.clock.today())
        or waits_for_an_answer(viewer, person.pk)
        or has_acted_on(viewer.account_id, person.pk, since=now - WORKING_DAY)
    ):
        return OPEN_MATTER
    return _kept(request, person.pk, now)


def keep_reason(request: RoleRequest, person_id: int, reason: str) -> None:
    """Remember the answer in the session, sealed, since words about people may stand in it."""
    until = (request.clock.now() + WORKING_DAY).isoformat()
    kept = {**request.session.get(_KEY, {}), f"{request.viewer.role_id}-{person_id}": [ring().seal(reason), until]}
    request.session[_KEY] = dict(list(kept.items())[-MOST_KEPT:])


def _kept(request: RoleRequest, person_id: int, now: datetime) -> str:
    sealed, until = request.session.get(_KEY, {}).get(f"{request.viewer.role_id}-{person_id}", ("", ""))
    if not sealed or datetime.fromisoformat(until) < now:
        return ""
    try:
        return ring().open(sealed)
    except SealError:  # its key is gone: asked again
        return ""


def _is_under_contract(organisation_id: int, person_id: int, today: date) -> bool:
    ends = (contract.valid.end for contract in of_person(organisation_id, person_id))
    return any(end is None or end + AFTER_THE_END > today for end in ends)
