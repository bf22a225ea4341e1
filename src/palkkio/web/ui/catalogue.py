"""The catalogue: every component with made-up data. Only in demo, development and tests."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from palkkio.web.ui import catalogue_data as data
from palkkio.web.ui.context import today


class TripForm(forms.Form):
    """One field of each kind."""

    date = forms.DateField(
        label=_("Day"),
        help_text="5.10.2026",
        input_formats=["%d.%m.%Y"],
        error_messages={"invalid": _("Enter the day in the form 5.10.2026")},
    )
    place = forms.CharField(label=_("From"))
    kilometres = forms.DecimalField(
        label=_("Kilometres"),
        localize=True,
        widget=forms.TextInput,
        error_messages={"invalid": _("Enter the kilometres as a number, for example 34")},
    )
    purpose = forms.CharField(
        label=_("Purpose of the trip"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tell why the trip was made")},
    )
    car = forms.ChoiceField(label=_("Vehicle"), choices=[("own", _("Own car")), ("bus", _("Bus"))])
    way = forms.ChoiceField(
        label=_("Direction"),
        widget=forms.RadioSelect,
        choices=[("there", _("There")), ("both", _("There and back"))],
        error_messages={"required": _("Choose the direction")},
    )
    receipt = forms.FileField(label=_("Receipt"), required=False, help_text=_("PDF or picture, at most 10 MB"))
    shared = forms.BooleanField(label=_("Somebody else was in the car"), required=False)


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Name or contract"), required=False)
    kind = forms.ChoiceField(label=_("Contract"), required=False, choices=[("", _("All"))])
    unit = forms.ChoiceField(label=_("Unit"), required=False, choices=[("", _("All"))])


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
        request.viewer = data.VIEWER  # type: ignore[attr-defined]
    door = "desk" if request.GET.get("door") == "desk" else "portal"
    context = {
        **data.parts(today(request)),
        "door_template": f"ui/{door}.html",
        "part": request.GET.get("part", ""),
        "form": TripForm(),
        "refused": refused,
        "filter_form": FilterForm(request.GET or None),
        "help_url": "/ui/catalogue",
        "home_url": "/ui/catalogue",
    }
    if request.method == "POST":
        context["calendar"] = data.answered(request.POST, today(request))
        if request.headers.get("HX-Request"):
            return render(request, "ui/catalogue_calendar.html", context, status=data.status(context["calendar"]))
    return render(request, "ui/catalogue.html", context)
