"""The page that a mailed link opens: says plainly what it is worth, leads to registration or sign-in, and takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.accounts.fresh import requires_fresh
from palkkio.accounts.invitations import actions, again, queries
from palkkio.accounts.invitations.actions import WORTHLESS
from palkkio.accounts.invitations.queries import State
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.organisations.queries import local_name
from palkkio.web.doors import signed_in
from palkkio.web.portal.people_forms import AgentForm, LetInForm
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.accounts.invitations.models import Invitation
    from palkkio.web.doors import AccountRequest, PublicRequest

KEY = "palkkio_keep_invitation"  # digest of the link; the session takes it along through registration and sign-in


@never_cache
@require_safe
def invitation(request: PublicRequest, token: str) -> HttpResponse:
    """The link itself: what it carries goes into the session, so that it stands in no further address."""
    digest = queries.digest_of(token)
    state = queries.state_of(queries.by_digest(digest), request.clock.now())
    if state is not State.OPEN:
        return _worthless(request, state)
    request.session[KEY] = digest
    return redirect("portal:waiting-invitation")


@never_cache
@require_safe
def waiting(request: PublicRequest) -> HttpResponse:
    """What one was invited to. Before sign-in it names the organisation alone."""
    if KEY not in request.session:
        return redirect("portal:choose-role")
    found = queries.by_digest(request.session.get(KEY, ""))
    state = queries.state_of(found, request.clock.now())
    if found is None or state is not State.OPEN:
        request.session.pop(KEY, None)
        return _worthless(request, state)
    if request.user.is_authenticated:
        return redirect("portal:accept-invitation")
    if again.has_account(found):  # whoever comes shows by strong authentication that the account is theirs
        going = urlencode({"for": "sign_in", "next": reverse("portal:accept-invitation")})
        return redirect(f"{reverse('portal:eid')}?{going}")
    context = {"purpose": found.purpose, "organisation": local_name(found.organisation), "expires_at": found.expires_at}
    return render(request, "portal/people/invitation.html", context)


@never_cache
@sensitive_post_parameters("new")
@require_http_methods(["GET", "POST"])
@signed_in
@requires_fresh
def accept(request: AccountRequest) -> HttpResponse:
    """Takes the invitation that waits in the session, strongly authenticated; of a mandate, tells what it covers."""
    found = queries.by_digest(request.session.get(KEY, ""))
    state = queries.state_of(found, request.clock.now())
    if found is None or state is not State.OPEN:
        request.session.pop(KEY, None)
        return _worthless(request, state)
    if again.has_account(found):
        return _let_in_again(request, found)
    is_mandate = found.purpose == "mandate"
    form = AgentForm(request.POST if request.method == "POST" else None) if is_mandate else None
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            actions.accept(
                found.token_digest, request.user, request.clock.now(), form.cleaned_data if form is not None else None
            )
        except InvalidInput as refusal:
            if form is not None:
                put_errors(form, refusal)
        except (NotAllowed, WrongState) as refusal:
            refused = words(refusal)
        else:
            request.session.pop(KEY, None)
            messages.success(request, _taken(is_mandate))
            return redirect("portal:choose-role")
    context = {
        "form": form,
        "refused": refused,
        "invitation": found,
        "is_mandate": is_mandate,
        "organisation": local_name(found.organisation),
        "has_errors": bool(refused),
    }
    failed = refused or (form is not None and form.errors)
    return render(request, "portal/people/accept.html", context, status=422 if failed else 200)


def _let_in_again(request: AccountRequest, found: Invitation) -> HttpResponse:
    """A new password, and the address that the link came to as user name (ACC-13)."""
    is_new = found.email != request.user.email
    form = LetInForm(request.POST if request.method == "POST" else None, email=found.email if is_new else "")
    refused = ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            again.let_in(
                request,
                found.token_digest,
                typed["new"],
                takes_email=bool(typed.get("takes_email")),
                at=request.clock.now(),
            )
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except (NotAllowed, WrongState) as refusal:
            refused = words(refusal)
        else:
            request.session.pop(KEY, None)
            messages.success(request, _("You have a new password. Your other devices are signed out."))
            return redirect("portal:choose-role")
    context = {"form": form, "refused": refused, "account": request.user}
    return render(request, "portal/people/let_in.html", context, status=422 if refused or form.errors else 200)


def _taken(is_mandate: bool) -> str:
    if is_mandate:
        return _("You have the mandate now. Choose for whom you act.")
    return _("The invitation is taken. Choose your role.")


def _worthless(request: PublicRequest | AccountRequest, state: State) -> HttpResponse:
    context = {"why": _(WORTHLESS[state]), "is_used": state is State.USED}
    return render(request, "portal/people/invitation_over.html", context, status=410)
