"""Makes, withdraws and accepts invitations. The link leaves the house in one e-mail and is kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.accounts.invitations import access, mail
from palkkio.accounts.invitations.models import Invitation
from palkkio.accounts.invitations.queries import State, digest_of, state_of
from palkkio.accounts.links import link_person_row
from palkkio.accounts.models import Account, AccountPerson, EidLink
from palkkio.audit import actions as audit
from palkkio.core.capabilities import MANDATES, MAY, Capability, Scope
from palkkio.core.clock import day_of
from palkkio.core.identifiers import normal_identity_code
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs
from palkkio.organisations.queries import payer
from palkkio.people import access as people_access
from palkkio.people import actions as people
from palkkio.people import identity
from palkkio.people.households import actions as households
from palkkio.people.mandates import actions as mandates
from palkkio.people.mandates.queries import agents_of

LinkOf = Callable[[str], str]  # token -> whole address of the page it opens
VALID = {
    Invitation.Purpose.EMPLOYER: timedelta(days=14),
    Invitation.Purpose.MANDATE: timedelta(days=14),
    Invitation.Purpose.AGAIN: timedelta(days=3),
}
INVITES = (RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR)
NOT_YOURS = "This link belongs to another person. Nothing was changed. Contact who sent it."
WORTHLESS = {
    State.USED: _("This link has been used already. Sign in with your e-mail and password."),
    State.EXPIRED: _("This link is too old. Ask who sent it for a new one."),
    State.WITHDRAWN: _("This link was withdrawn. Ask who sent it for a new one."),
    State.UNKNOWN: _("This link is not known. Open it again from the e-mail, or copy it whole."),
}
NO_EID = "Authenticate strongly first: the link is taken by who it belongs to."


@transaction.atomic
def invite_employer(person_id: int, *, by: Viewer, at: datetime, email: str, link_of: LinkOf) -> Invitation:
    """Staff send the household employer, or the substitute of a minor, the link to register with (ACC-8).

    Raises InvalidInput on `email` and when the identity code is not known; NotAllowed; WrongState: not sent.
    """
    return _invite_person(Invitation.Purpose.EMPLOYER, person_id, by, at, email, "", link_of)


@transaction.atomic
def invite_again(person_id: int, *, by: Viewer, at: datetime, email: str, reason: str, link_of: LinkOf) -> Invitation:
    """Staff let somebody in again whom they have identified; `reason` says how, and is logged (ACC-13)."""
    inputs = Inputs({"reason": reason}, ("reason",))
    how = inputs.text("reason", 300, "Write how you identified the person")
    inputs.check()
    return _invite_person(Invitation.Purpose.AGAIN, person_id, by, at, email, how, link_of)


@transaction.atomic
def offer_mandate(*, by: Viewer, at: datetime, values: Mapping[str, Any], link_of: LinkOf) -> Invitation:
    """The principal asks somebody to act for them; it is in force once the other has accepted (ACC-14).

    values  email, scope, first, last
    Raises InvalidInput, NotAllowed, WrongState: not sent. The page wants fresh strong authentication.
    """
    by.require_may(Capability.GIVE_MANDATES)
    terms = {name: values.get(name) for name in mandates.FIELDS}
    inputs = Inputs({"email": values.get("email", "")}, ("email",))
    email = inputs.email("email", "Enter the e-mail address").lower()
    try:
        scope, days = mandates.checked_terms(terms, MANDATES, day_of(at))
    except InvalidInput as refusal:
        raise InvalidInput(*inputs.errors, *refusal.errors) from refusal
    inputs.check()
    principal = people_access.person(by, by.subject_person_id)
    days = mandates.in_minority(principal, days, day_of(at))
    return _make(
        Invitation(
            organisation_id=by.organisation_id,
            purpose=Invitation.Purpose.MANDATE,
            email=email,
            principal_id=by.subject_person_id,
            scope=scope.value,
            valid=days,
            language=principal.language,
        ),
        by,
        at,
        link_of,
    )


@transaction.atomic
def withdraw(invitation_id: int, *, by: Viewer, at: datetime) -> Invitation:
    """The link opens nothing any more. Raises NotAllowed, WrongState."""
    if by.is_staff:
        by.require(*INVITES)
    row = one(access.invitations(by).select_for_update(of=("self",)), invitation_id)
    state = state_of(row, at)
    if state is not State.OPEN:
        raise WrongState(WORTHLESS[state])
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    _record("withdraw_invitation", row, by=by, at=at)
    return row


@transaction.atomic
def accept(token_digest: str, account: Account, at: datetime, values: Mapping[str, Any] | None = None) -> Invitation:
    """Who holds the link takes it, signed in to `account` and strongly authenticated just now.

    values  of a mandate: identity_code, given_names, family_name of the agent; the code must be that of the account's
            eID, so nobody takes it in another's name
    An employer's link is taken by the invited person alone, whom strong authentication has linked to the account.
    Raises WrongState with what to do for a used, old, withdrawn or unknown link; NotAllowed; InvalidInput.
    """
    row = Invitation.objects.select_for_update().filter(token_digest=token_digest).first()
    state = state_of(row, at)
    if row is None or state is not State.OPEN:
        raise WrongState(WORTHLESS[state])
    if not EidLink.objects.filter(account=account).exists():
        raise NotAllowed(NO_EID)
    if row.purpose == Invitation.Purpose.MANDATE:
        _require_offered_still(row, at)
        agent_id = _agent(row, account, at, values or {})
        mandates.accept(
            row.principal_id or 0,
            agent_id,
            Scope(row.scope),
            row.valid,
            given_at=row.made_at,
            at=at,
            account_id=account.pk,
        )
    elif not AccountPerson.objects.filter(account=account, person_id=row.person_id or 0).exists():
        raise NotAllowed(NOT_YOURS)
    elif row.purpose == Invitation.Purpose.EMPLOYER:
        households.register(row.person_id or 0, at=at, account_id=account.pk)
    row.used_at, row.used_by_id = at, account.pk
    row.save(update_fields=["used_at", "used_by"])
    _record("accept_invitation", row, by=None, at=at, account_id=account.pk)
    return row


# --- Parts -----------------------------------------------------------------------------------------------------------


def _require_offered_still(row: Invitation, at: datetime) -> None:
    """Raises WrongState when who offered the mandate for the principal may give none any more."""
    held = agents_of(row.principal_id or 0, day_of(at))
    may = {each.agent_id for each in held if Capability.GIVE_MANDATES in MAY[Scope(each.scope)]}
    if row.made_by_id not in {row.principal_id, *may}:
        raise WrongState(WORTHLESS[State.WITHDRAWN])


def _agent(row: Invitation, account: Account, at: datetime, values: Mapping[str, Any]) -> int:
    """The person of the organisation who the account is; made there when the organisation does not know them yet."""
    inputs = Inputs(dict(values), ("identity_code", "given_names", "family_name"))
    given = inputs.text("given_names", 120, "Enter the given names")
    family = inputs.text("family_name", 120, "Enter the family name")
    typed = inputs.text("identity_code", 20, "Enter your identity code")
    try:
        code = normal_identity_code(typed) if typed else ""
    except ValueError:
        code = ""
        inputs.error("identity_code", "Enter the identity code as in 010170-999R")
    if code and account.eid.identity_digest not in identity.ring().digests(code):
        inputs.error("identity_code", "Enter the identity code that you authenticated with")
    inputs.check()
    person_id = people.known_or_added(row.organisation_id, code, given, family, at=at)
    held = AccountPerson.objects.filter(person_id=person_id).first()
    if held is None:
        link_person_row(account, person_id, None, at)
    elif held.account_id != account.pk:
        raise InvalidInput(FieldError("identity_code", "You have another account: sign in with it and open the link"))
    return person_id


def _invite_person(
    purpose: Invitation.Purpose, person_id: int, by: Viewer, at: datetime, email: str, reason: str, link_of: LinkOf
) -> Invitation:
    by.require(*INVITES)
    by.require_not_own(person_id)
    person = one(people_access.persons(by).select_for_update(of=("self",)), person_id)
    inputs = Inputs({"email": email}, ("email",))
    address = inputs.email("email", "Enter the e-mail address").lower()
    if not person.identity_code:
        inputs.error("email", "Add the person's identity code first: the link is taken by strong authentication")
    inputs.check()
    waiting = Invitation.objects.filter(person=person, used_at__isnull=True, withdrawn_at__isnull=True)
    for earlier in waiting.select_for_update():
        earlier.withdrawn_at = at  # one link is alive at a time
        earlier.save(update_fields=["withdrawn_at"])
    row = Invitation(
        organisation_id=by.organisation_id,
        purpose=purpose,
        email=address,
        person=person,
        reason=reason,
        language=person.language,
    )
    return _make(row, by, at, link_of)


def _make(row: Invitation, by: Viewer, at: datetime, link_of: LinkOf) -> Invitation:
    token, lasts = secrets.token_urlsafe(32), VALID[Invitation.Purpose(row.purpose)]
    row.token_digest, row.made_at, row.made_by_id, row.expires_at = digest_of(token), at, by.person_id, at + lasts
    row.save()
    _record("invite", row, by=by, at=at)
    sender = payer(row.organisation_id).sender_email
    mail.send(row.email, link_of(token), row.language, str(row.purpose), lasts.days, sender)
    return row


def _record(action: str, row: Invitation, *, by: Viewer | None, at: datetime, account_id: int | None = None) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="invitation",
        object_id=row.pk,
        subject_person_id=row.person_id or row.principal_id,
        organisation_id=row.organisation_id,
        account_id=account_id,
        reason=row.reason,
        details={"purpose": str(row.purpose)},
    )
