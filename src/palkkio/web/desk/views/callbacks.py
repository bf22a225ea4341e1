"""Call-back requests (HELP-3): who waits for a call, and who has been called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palkkio.core.problems import WrongState
from palkkio.messages import access
from palkkio.messages.actions.callbacks import handle_callback
from palkkio.organisations.queries import local_name
from palkkio.people.queries import matching
from palkkio.web.desk.forms import SearchForm
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.roles import for_staff
from palkkio.web.refusals import words
from palkkio.web.ui.values import View
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_staff
def callbacks(request: RoleRequest) -> HttpResponse:
    is_handled = request.GET.get("view") == "handled"
    found = access.callbacks(request.viewer)
    typed = words_of(request, "callbacks")
    if typed:
        found = found.filter(person__in=matching(request.viewer.organisation_id, typed))
    order = ("-handled_at", "-pk") if is_handled else ("asked_at", "pk")
    waiting = found.filter(handled_at__isnull=True)
    shown = found.filter(handled_at__isnull=False) if is_handled else waiting
    rows, pages = page_of(request, shown.select_related("contact_point", "person").order_by(*order))
    context = {
        "rows": [
            {
                "row": row,
                "name": row.person.name if row.person else "",
                "place": local_name(row.contact_point),
                "asked": moment(row.asked_at),
                "is_own": row.person_id in request.viewer.for_person_ids,
            }
            for row in rows
        ],
        "pages": pages,
        "is_handled": is_handled,
        "form": SearchForm(initial={"q": typed}, label=_("Name"), menus={}),
        "views": [
            View(_("Waiting"), reverse("desk:callbacks"), waiting.count(), is_current=not is_handled),
            View(_("Called"), reverse("desk:callbacks") + "?view=handled", is_current=is_handled),
        ],
    }
    return render(request, "desk/callbacks.html", context)


@require_POST
@for_staff
def handle(request: RoleRequest, callback_id: int) -> HttpResponse:
    try:
        handle_callback(callback_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The request is marked as called."))
    return redirect("desk:callbacks")
