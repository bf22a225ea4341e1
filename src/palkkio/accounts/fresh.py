"""Pages that want strong authentication not older than ten minutes (ACC-13).

    @for_payees
    @requires_fresh
    def change_account(request): ...

The reader is sent to the list of banks and comes back to the same page. Put it on the page that shows the form, too: a
form posted too late comes back as its page, and what was typed is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from palkkio.accounts import queries


def requires_fresh(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only soon after strong authentication; stands under the door (`for_roles`) of a view."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if queries.is_fresh(request):
            return view(request, *args, **kwargs)
        if getattr(request, "htmx", False):
            return HttpResponse(status=401)
        back = request.get_full_path() if request.method == "GET" else request.path
        return redirect(f"{settings.PALKKIO_EID_URL}?{urlencode({'for': 'fresh', 'next': back})}")

    guarded.is_fresh = True  # type: ignore[attr-defined]
    return guarded
