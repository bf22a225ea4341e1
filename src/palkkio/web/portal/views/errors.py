"""Pages for what went wrong: each says what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for another's thing and for one that does not exist, so that nobody learns which it was."""
    return render(request, "portal/403.html", _frame(request), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/404.html", _frame(request), status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, the session or the reader: any of them may be what failed."""
    return HttpResponse(render_to_string("portal/500.html"), status=500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page is too old, most often after signing out in another tab."""
    return render(request, "portal/csrf.html", _frame(request), status=403)


def _frame(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    is_staff = viewer is not None and viewer.is_staff
    door = "portal/layout_desk.html" if is_staff else "portal/layout.html"
    return {"door_template": door, "is_signed_in": viewer is not None}
