"""Writes who acts for whom: online by the principal, from the signed form by staff; either side ends it (ACC-14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.capabilities import MANDATES, OF_MINORS, Capability, Scope
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.organisations.inputs import Inputs
from palkkio.people import access
from palkkio.people.mandates.queries import comes_of_age, is_minor
from palkkio.people.models import Person, Representation
from palkkio.people.rights import REPRESENTATION

FIELDS = ("scope", "first", "last")
ALREADY = "This person acts for the other already on some of these days. End that first."
ENDED = "This right has ended already."
AFTER_MINORITY = _("Enter a first day before the 18th birthday: an adult gives their mandates themself")
NOT_A_MINOR = "Only a person under 18 has a guardian or a substitute employer here. Record a mandate instead."


def checked_terms(values: Mapping[str, Any], scopes: tuple[Scope, ...], today: date) -> tuple[Scope, DateRange]:
    """Scope and days as typed. Raises InvalidInput on `scope`, `first`, `last`."""
    inputs = Inputs({"scope": "", "first": None, "last": None, **values}, FIELDS)
    scope = inputs.choice("scope", Scope, "Choose what the person may do")
    if scope not in scopes:
        inputs.error("scope", "Choose what the person may do")
    first, last = inputs.first_and_last("Enter the first day")
    if last is not None and last < today:
        inputs.error("last", "Enter a last day that is not over yet")
    inputs.check()
    return scope, DateRange.of_days(first, last)


@transaction.atomic
def record(
    principal: Person,
    agent: Person,
    *,
    by: Viewer,
    at: datetime,
    values: Mapping[str, Any],
    paper_id: int | None = None,
) -> Representation:
    """Staff record who acts for a person: from the signed form (`paper_id` is its scan), or for a minor from the
    register or the decision. A minor's guardian or substitute employer acts until the day before the 18th birthday.

    values  scope, first, last
    Raises InvalidInput, NotAllowed.
    """
    by.require(*REPRESENTATION)
    by.require_not_own(principal.pk, agent.pk)
    today = day_of(at)
    locked = one(access.persons(by).select_for_update(of=("self",)), principal.pk)
    helper = one(access.persons(by), agent.pk)
    scope, days = checked_terms(values, (*MANDATES, *OF_MINORS), today)
    inputs = Inputs({}, ("scope", "agent"))
    if locked.pk == helper.pk:
        inputs.error("agent", "Choose another person: nobody acts for themself")
    first = days.start or today
    if scope in OF_MINORS and not is_minor(locked, first):
        inputs.error("scope", NOT_A_MINOR)
    inputs.check()
    days = in_minority(locked, days, first if scope in OF_MINORS else today)
    if scope in MANDATES:
        given = Representation.Given.PAPER
    else:
        given = Representation.Given.RECORD
    return _add(locked, helper, scope, days, given, by=by, at=at, paper_id=paper_id)


@transaction.atomic
def accept(
    principal_id: int,
    agent_id: int,
    scope: Scope,
    days: DateRange,
    *,
    given_at: datetime,
    at: datetime,
    account_id: int,
) -> Representation:
    """The agent, strongly authenticated, takes the mandate that the principal has given online.

    days  as offered; of a minor's the days until the 18th birthday
    Raises InvalidInput when the agent acts for the principal already; NotAllowed when they are one person, or are not
    of one organisation.
    """
    people = Person.objects.select_for_update().in_bulk([principal_id, agent_id])
    principal, agent = people.get(principal_id), people.get(agent_id)
    if principal is None or agent is None or principal.organisation_id != agent.organisation_id:
        raise NotAllowed(NOT_FOUND)
    if principal == agent:
        raise NotAllowed("You cannot act for yourself by a mandate. These are your own matters already.")
    row = _add(
        principal,
        agent,
        scope,
        in_minority(principal, days, day_of(given_at)),
        Representation.Given.ONLINE,
        by=None,
        at=at,
        given_at=given_at,
        account_id=account_id,
    )
    row.accepted_at = at
    row.save(update_fields=["accepted_at"])
    return row


@transaction.atomic
def end(representation_id: int, *, by: Viewer, at: datetime) -> Representation:
    """Nobody acts by it from this moment on. The principal and the agent end a mandate; staff end any.

    Raises NotAllowed, also to who acts by a mandate alone; WrongState when it has ended.
    """
    row = one(access.representations(by).select_for_update(of=("self",)), representation_id)
    if by.is_staff:
        by.require(*REPRESENTATION)
        by.require_not_own(row.principal_id, row.agent_id)
    elif row.agent_id != by.person_id:
        by.require_may(Capability.GIVE_MANDATES)
    if not by.is_staff and row.scope in OF_MINORS:
        raise NotAllowed("The county ends this. Contact it.")
    if row.ended_at is not None:
        raise WrongState(ENDED)
    row.ended_at, row.ended_by_id = at, by.person_id
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record(
        "end_mandate",
        by=by,
        at=at,
        object_kind="representation",
        object_id=row.pk,
        subject_person_id=row.principal_id,
        details={"scope": row.scope, "agent": row.agent_id},
    )
    return row


def in_minority(principal: Person, days: DateRange, given_on: date) -> DateRange:
    """The days of a right to act; one given for a minor ends with minority, since the adult has not given it.

    Raises InvalidInput on `first` when none are left.
    """
    if principal.born is None or not is_minor(principal, given_on):
        return days
    first, until = days.start or given_on, comes_of_age(principal.born)
    if first >= until:
        raise InvalidInput(FieldError("first", AFTER_MINORITY))
    return DateRange(first, until if days.end is None else min(days.end, until))


def _add(
    principal: Person,
    agent: Person,
    scope: Scope,
    days: DateRange,
    given: Representation.Given,
    *,
    by: Viewer | None,
    at: datetime,
    given_at: datetime | None = None,
    paper_id: int | None = None,
    account_id: int | None = None,
) -> Representation:
    pair = Representation.objects.filter(agent=agent, principal=principal, ended_at__isnull=True)
    if pair.filter(valid__overlap=days).exists():
        inputs = Inputs({}, ("agent",))
        inputs.error("agent", ALREADY)
        inputs.check()
    row = Representation.objects.create(
        organisation_id=principal.organisation_id,
        agent=agent,
        principal=principal,
        valid=days,
        scope=scope.value,
        given=given.value,
        given_at=given_at or at,
        paper_id=paper_id,
    )
    audit.record(
        "give_mandate",
        by=by,
        at=at,
        object_kind="representation",
        object_id=row.pk,
        subject_person_id=principal.pk,
        organisation_id=principal.organisation_id,
        account_id=account_id,
        details={"scope": scope.value, "agent": agent.pk, "given": given.value},
    )
    return row
