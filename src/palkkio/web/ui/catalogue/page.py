"""The catalogue's page."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from palkkio.web.ui.catalogue import HERE, desk, month, portal
from palkkio.web.ui.context import today
from palkkio.web.ui.fields import DayField, NumberField


class TripForm(forms.Form):
    """One field of each kind."""

    date = DayField(label="Päivä", help_text="Esimerkiksi 5.10.2026")
    place = forms.CharField(label="Lähtöpaikka")
    kilometres = NumberField(label="Kilometrit", help_text="Meno ja paluu yhteensä")
    purpose = forms.CharField(
        label="Matkan tarkoitus",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Kerro, miksi matka tehtiin"},
    )
    car = forms.ChoiceField(label="Kulkuneuvo", choices=[("own", "Oma auto"), ("bus", "Linja-auto")])
    way = forms.ChoiceField(
        label="Suunta",
        widget=forms.RadioSelect,
        choices=[("there", "Meno"), ("both", "Meno ja paluu")],
        error_messages={"required": "Valitse suunta"},
    )
    receipt = forms.FileField(label="Kuitti", required=False, help_text="PDF tai kuva, enintään 10 Mt")
    shared = forms.BooleanField(label="Kyydissä oli joku muukin", required=False)


class FilterForm(forms.Form):
    q = forms.CharField(label="Nimi tai sopimus", required=False)
    kind = forms.ChoiceField(label="Sopimus", required=False, choices=[("", "Kaikki")])
    unit = forms.ChoiceField(label="Yksikkö", required=False, choices=[("", "Kaikki")])


def is_shown() -> bool:
    """The catalogue is a workshop: an installation does not show it."""
    return not getattr(settings, "PRODUCTION", False)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component; ?door=desk in the desk's clothes, ?part=calendar one part alone. POST answers like the
    calendar's form: ?answer=refused, ?answer=saved."""
    if not is_shown():
        raise Http404
    refused = TripForm(
        {"date": "32.10.", "place": "Mallitie 4, Mallila", "kilometres": "kolmekymmentä", "purpose": "", "car": "own"}
    )
    refused.is_valid()
    if getattr(request, "viewer", None) is None:
        request.viewer = portal.VIEWER  # type: ignore[attr-defined]
    door = "desk" if request.GET.get("door") == "desk" else "portal"
    context = {
        **portal.parts(today(request)),
        **desk.parts(today(request)),
        "door_template": f"ui/{door}.html",
        "part": request.GET.get("part", ""),
        "form": TripForm(),
        "refused": refused,
        "filter_form": FilterForm(request.GET or None),
        "help_url": HERE,
        "home_url": HERE,
    }
    if request.method == "POST":
        context["calendar"] = month.answered(request.POST, today(request))
        if request.headers.get("HX-Request"):
            return render(request, "ui/catalogue_calendar.html", context, status=month.status(context["calendar"]))
    return render(request, "ui/catalogue.html", context)
