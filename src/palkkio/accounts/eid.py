"""Strong authentication (vahva tunnistautuminen) of a visitor: to the bank and back, and what follows from it.

The identity code goes no further than this module: rows and sessions hold keyed digests of it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from palkkio.accounts import devices, throttle
from palkkio.accounts.links import link_person_row
from palkkio.accounts.models import Account, AccountPerson, EidLink
from palkkio.accounts.session import EID_ATTEMPT, SECOND_FACTOR_AT, STRONG_AT
from palkkio.accounts.starting import begin_session
from palkkio.adapters.identity import client
from palkkio.adapters.identity.client import Attempt, AuthenticationRefused, Refused
from palkkio.adapters.identity.provider import Provider
from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import NotAllowed
from palkkio.people import identity as identity_codes
from palkkio.people import queries as people

log = logging.getLogger(__name__)

FAILED = "Strong authentication did not succeed. Nothing was changed. Try again."
CANCELLED = "You interrupted the strong authentication. Nothing was changed."
UNREACHABLE = "The identification service does not answer just now. Try again in a while."
SOMEBODY_ELSE = "This is another person's identity than the one of your account. Nothing was changed."
OTHER_ACCOUNT = "Your identity is linked to another account already. Sign in with it."
NO_ACCOUNT = "No account is linked to your identity yet. Create one."


class Purpose(StrEnum):
    """What a visitor went to the bank for."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    FRESH = "fresh"  # of a signed-in account: to sign, to change the account number; links the eID the first time
    PASSWORD = "password"  # noqa: S105 - a purpose
    EMAIL = "email"  # the address of the account is lost


@dataclass(frozen=True, slots=True)
class Proof:
    """A strong authentication that succeeded: digests of the identity code under every key, the current one first."""

    digests: tuple[str, ...]
    purpose: Purpose
    going_to: str


def providers() -> tuple[Provider, ...]:
    """The list of banks."""
    found: tuple[Provider, ...] = settings.PALKKIO_IDENTITY_PROVIDERS
    return found


def begin(request: HttpRequest, key: str, purpose: Purpose, *, redirect_uri: str, going_to: str = "") -> str:
    """The address of the bank to go to. Raises NotAllowed: no such bank, or it does not answer."""
    provider = _provider(key)
    if provider is None:
        raise NotAllowed(FAILED)
    try:
        url, attempt = client.begin(
            provider, redirect_uri, at=timezone.now(), language=getattr(request, "LANGUAGE_CODE", "fi")
        )
    except AuthenticationRefused as refusal:
        raise NotAllowed(_words(refusal, provider)) from refusal
    request.session[EID_ATTEMPT] = {"attempt": attempt.as_dict(), "for": purpose.value, "next": going_to}
    return url


def finish(request: HttpRequest) -> Proof:
    """What came back from the bank; an attempt ends with its first answer. Raises NotAllowed."""
    kept = request.session.pop(EID_ATTEMPT, None)
    attempt = Attempt.from_dict(kept["attempt"]) if kept else None
    provider = _provider(attempt.provider) if attempt else None
    if kept is None or attempt is None or provider is None:
        log.warning("Strong authentication refused: no attempt in this session")
        raise NotAllowed(FAILED)
    if throttle.count_attempt(request, f"eid:{request.session.session_key}") is None:
        raise NotAllowed(throttle.TOO_OFTEN)
    try:
        identity = client.finish(provider, attempt, request.GET.dict(), at=timezone.now())
    except AuthenticationRefused as refusal:
        raise NotAllowed(_words(refusal, provider)) from refusal
    digests = tuple(identity_codes.ring().digests(identity.identity_code))
    return Proof(digests, Purpose(kept["for"]), kept["next"])


def purpose_under_way(request: HttpRequest) -> Purpose | None:
    """What this session went to a bank for."""
    kept = request.session.get(EID_ATTEMPT)
    return Purpose(kept["for"]) if kept else None


def _provider(key: str) -> Provider | None:
    return next((each for each in providers() if each.key == key), None)


def _words(refusal: AuthenticationRefused, provider: Provider) -> str:
    log.warning("Strong authentication refused by %s: %s", provider.key, refusal.reason.value)
    match refusal.reason:
        case Refused.CANCELLED:
            return CANCELLED
        case Refused.UNREACHABLE:
            return UNREACHABLE
        case _:
            return FAILED


# --- What follows ----------------------------------------------------------------------------------------------------


def account_of(digests: tuple[str, ...], day: datetime) -> Account | None:
    """The account of an identity: the one it is linked to, else the one of a person with this identity code."""
    linked = EidLink.objects.filter(identity_digest__in=digests).select_related("account").first()
    if linked is not None:
        return linked.account
    person_ids = people.designated(digests, day_of(day))
    held = AccountPerson.objects.filter(person_id__in=person_ids, account__eid__isnull=True)
    found = held.select_related("account").order_by("account_id").first()
    return found.account if found else None


@transaction.atomic
def link(account: Account, digests: tuple[str, ...], at: datetime) -> None:
    """The account belongs to this identity, and to every person with it whom an organisation gave a role (ACC-2).

    Raises NotAllowed: the account is somebody else's, or the identity has another account.
    """
    locked = Account.objects.select_for_update().get(pk=account.pk)
    held = EidLink.objects.filter(account=locked).first()
    if held is not None and held.identity_digest not in digests:
        raise NotAllowed(SOMEBODY_ELSE)
    if EidLink.objects.filter(identity_digest__in=digests).exclude(account=locked).exists():
        raise NotAllowed(OTHER_ACCOUNT)
    own = AccountPerson.objects.filter(account=locked).values_list("person_id", flat=True)
    if people.are_others(own, digests):
        raise NotAllowed(SOMEBODY_ELSE)
    if held is None:
        EidLink.objects.create(account=locked, identity_digest=digests[0], linked_at=at)
        audit.record("link_eid", by=None, at=at, object_kind="account", object_id=locked.pk, account_id=locked.pk)
    elif held.identity_digest != digests[0]:  # sealed with a newer key since
        held.identity_digest = digests[0]
        held.save(update_fields=["identity_digest"])
    taken = set(AccountPerson.objects.values_list("person_id", flat=True).filter(person__identity_digest__in=digests))
    for person_id in people.designated(digests, day_of(at)):
        if person_id not in taken:
            link_person_row(locked, person_id, None, at)


def sign_in(request: HttpRequest, digests: tuple[str, ...], at: datetime) -> Account:
    """Begin a session with the linked eID alone. Raises NotAllowed: this identity has no account."""
    account = account_of(digests, at)
    if account is None or not account.is_active:
        raise NotAllowed(NO_ACCOUNT)
    link(account, digests, at)
    begin_session(request, account, at, with_second_factor=True)
    mark(request)
    return account


def prove(request: HttpRequest, account: Account, digests: tuple[str, ...], at: datetime) -> None:
    """The session of a signed-in account is strongly authenticated from now on; its key is renewed.

    Raises NotAllowed: somebody else's identity.
    """
    link(account, digests, at)
    key = request.session.session_key
    request.session.cycle_key()
    devices.rename_session(request, key)
    mark(request)
    audit.record(
        "authenticate_strongly", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk
    )


def mark(request: HttpRequest, moment: float | None = None) -> None:
    """Write down when strong authentication was, in seconds since 1970 (UTC); None: just now."""
    moment = timezone.now().timestamp() if moment is None else moment
    request.session[STRONG_AT] = request.session[SECOND_FACTOR_AT] = moment
