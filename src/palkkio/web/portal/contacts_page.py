"""The values of the page of contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from palkkio.core.clock import HELSINKI
from palkkio.core.viewer import Viewer
from palkkio.organisations import access
from palkkio.organisations.queries import ContactRow, DayHours, contact_points_for, is_open, local_name
from palkkio.people import access as people
from palkkio.people.contact import Contact as PersonContact
from palkkio.people.contact import contact_of
from palkkio.web.ui import wording

# The age bands of HELP-3, by an age inside each.
BANDS = ((0, gettext_lazy("Under 21")), (21, gettext_lazy("21–64")), (65, gettext_lazy("65 or older")))


class ContactFilter(forms.Form):
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    age = forms.ChoiceField(label=gettext_lazy("Age of the care recipient"), required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], nothing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", nothing), *((str(pk), name) for pk, name in places)]
        self.fields["municipality"].choices = chosen  # type: ignore[attr-defined]
        ages = [("", _("All ages")), *((str(age), name) for age, name in BANDS)]
        self.fields["age"].choices = ages  # type: ignore[attr-defined]


def filter_of(viewer: Viewer, typed: Mapping[str, Any]) -> ContactFilter:
    """Of the reader's own organisation."""
    names = sorted((local_name(each), each.pk) for each in access.municipalities(viewer))
    return ContactFilter(typed, places=[(pk, name) for name, pk in names], nothing=_("All municipalities"))


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact point in words."""

    row: ContactRow
    hours: Sequence[tuple[str, str]]
    callback_hours: Sequence[tuple[str, str]]
    can_ask_now: bool
    phone_link: str


def own_choice(viewer: Viewer, today: date) -> dict[str, str]:
    """The reader's own municipality to begin with."""
    municipality = _contact_of(viewer, today).municipality
    return {"municipality": str(municipality.pk)} if municipality else {}


def phone_of(viewer: Viewer, today: date) -> str:
    return _contact_of(viewer, today).phone


def _contact_of(viewer: Viewer, today: date) -> PersonContact:
    return contact_of(people.person(viewer, viewer.subject_person_id), viewer, today)


def contacts_of(viewer: Viewer, chosen: Mapping[str, str], *, now: datetime) -> list[Contact]:
    return drawn(contact_points_for(viewer, **narrowed(chosen), now=now), now=now)


def narrowed(chosen: Mapping[str, str]) -> dict[str, int | None]:
    place, age = chosen.get("municipality"), chosen.get("age")
    return {"municipality_id": int(place) if place else None, "age": int(age) if age else None}


def drawn(rows: Sequence[ContactRow], *, now: datetime) -> list[Contact]:
    local = now.astimezone(HELSINKI)
    return [
        Contact(
            row=row,
            hours=hours_words(row.hours),
            callback_hours=hours_words(row.callback_hours),
            can_ask_now=row.takes_callbacks and any(is_open(each, local) for each in row.callback_hours),
            phone_link="".join(char for char in row.phone if char.isdigit() or char == "+"),
        )
        for row in rows
    ]


def hours_words(hours: Sequence[DayHours]) -> list[tuple[str, str]]:
    """("ma–ke", "9.00–11.00 ja 12.00–14.00"): neighbouring days with the same hours together."""
    by_day = [
        (day, " · ".join(f"{_clock(each.opens)}–{_clock(each.closes)}" for each in of_day))
        for day, of_day in groupby(hours, key=lambda each: each.weekday)
    ]
    spans: list[tuple[int, int, str]] = []
    for day, text in by_day:
        if spans and spans[-1][1] == day - 1 and spans[-1][2] == text:
            spans[-1] = (spans[-1][0], day, text)
        else:
            spans.append((day, day, text))
    names = wording.WEEKDAYS_SHORT[wording.known(get_language())]
    return [(names[first] if first == last else f"{names[first]}–{names[last]}", text) for first, last, text in spans]


def _clock(value: Any) -> str:
    return f"{value.hour}.{value.minute:02d}"
