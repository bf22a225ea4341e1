"""Where the search of each list is posted: words into the session, the rest into the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from palkkio.core.problems import NotAllowed
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.desk.lists import keep_words
from palkkio.web.desk.roles import for_staff

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

# Lists that are searched, and what of a search may stand in their address.
LISTS = {
    "queue": ("month", "kind", "unit", "difference", "view", "sort"),
    "comments": ("about", "holder", "sort"),
    "callbacks": ("view", "sort"),
    "contracts": ("kind", "unit", "state", "sort"),
    "decisions": ("state", "group", "sort"),
    "employment-papers": ("state", "kind", "sort"),
    "households": ("state",),
    "people": ("role", "paper", "sort"),
}


@require_POST
@for_staff
def search(request: RoleRequest, name: str) -> HttpResponse:
    """Keeps the words and goes to the list (see `lists`); "all" forgets words and filters."""
    if name not in LISTS:
        raise NotAllowed(NOT_FOUND)
    if request.POST.get("all"):
        keep_words(request, name, "")
        return redirect(f"desk:{name}")
    keep_words(request, name, request.POST.get("q", ""))
    query = QueryDict(mutable=True)
    for each in LISTS[name]:
        if value := request.POST.get(each, ""):
            query[each] = value
    address = reverse(f"desk:{name}")
    return redirect(f"{address}?{query.urlencode()}" if query else address)
