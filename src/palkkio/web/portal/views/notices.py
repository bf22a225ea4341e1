"""All notices in one list, and what one gets e-mail about (HELP-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.messages.actions import choose_letters, choose_mail, mark_read
from palkkio.messages.queries import notices_of
from palkkio.web.doors import for_any_role
from palkkio.web.portal import notices_page as page

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_any_role
def notices(request: RoleRequest) -> HttpResponse:
    rows = page.shown_to(request.viewer)
    context = {
        "notices": rows,
        "has_new": any(each.is_new for each in rows),
        "is_own": request.viewer.acting_for is None,
    }
    return render(request, "portal/notices.html", context)


@require_POST
@for_any_role
def read_all(request: RoleRequest) -> HttpResponse:
    new = [each.id for each in notices_of(request.viewer, only_unread=True)]
    mark_read(new, by=request.viewer, at=request.clock.now())
    return redirect("portal:notices")


@require_http_methods(["GET", "POST"])
@for_any_role
def choices(request: RoleRequest) -> HttpResponse:
    """One's own choice, also of a person whose role changes: kinds of other roles stay as they are."""
    if request.viewer.acting_for is not None:
        raise PermissionDenied
    form = page.MailForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if form.is_bound and form.is_valid():
        choose_mail(form.chosen(), by=request.viewer, at=request.clock.now())
        chosen = form.cleaned_data.get("letters")
        if chosen and chosen != page.letter_choice(request.viewer):
            choose_letters(request.viewer.person_id, chosen, by=request.viewer, at=request.clock.now())
        messages.success(request, _("Your choice is saved."))
        return redirect("portal:notices")
    context = {"form": form, "always": page.always_mailed(request.viewer)}
    return render(request, "portal/notice_choices.html", context, status=422 if form.errors else 200)
