"""Proposing a run for a payday."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.contracts import access as contracts
from palkkio.core.clock import day_of
from palkkio.core.days import ONE_DAY
from palkkio.core.finland import is_banking_day
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.actions import next_number
from palkkio.payroll import queueing, schedule
from palkkio.payroll.actions.handing_over import hand_over_rest
from palkkio.payroll.actions.rechecking import recheck_lately_changed
from palkkio.payroll.candidates import Scope, unsettled
from palkkio.payroll.models import Run
from palkkio.payroll.own import OWN_RUN, tied_people


@transaction.atomic
def propose_run(
    *,
    by: Viewer,
    at: datetime,
    payday: date,
    contract_kinds: Collection[str] | None = None,
    is_extra: bool = False,
    only_contracts: Collection[int] = (),
    reason: str = "",
) -> Run:
    """A new run for a payday; its calculation is put into the queue.

    A scheduled run takes the kinds of contract that the schedule pays on the day, each up to its care month; late
    sheets of earlier months come along. An extra run (PAY-11) is outside the schedule: any banking day, chosen
    contracts or all, months that have ended before the month of the payday.
    Raises NotAllowed, InvalidInput on `payday`, WrongState.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    today = day_of(at)
    _require_payday(payday, today)
    kinds = _kinds(by, contract_kinds)
    chosen = _own_contracts(by, only_contracts)
    until = _until(by.organisation_id, payday, kinds, is_extra=is_extra or bool(chosen))
    scope = Scope(by.organisation_id, payday, until, frozenset(chosen))
    hand_over_rest(by.organisation_id, until=max(until.values()), at=at)
    recheck_lately_changed(by.organisation_id, at=at)
    _refuse_own_matter(scope, tied_people(by, today), is_extra=is_extra)
    run = _insert(by, at, scope, is_extra=is_extra or bool(chosen))
    audit.record(
        "propose_run",
        by=by,
        at=at,
        object_kind="run",
        object_id=run.pk,
        reason=reason.strip(),
        details={"payday": payday.isoformat()},
    )
    queueing.calculate(run)
    return run


def _require_payday(payday: date, today: date) -> None:
    if payday < today:
        raise InvalidInput(FieldError("payday", _("Choose a payday that is not past.")))
    if not is_banking_day(payday):
        raise InvalidInput(FieldError("payday", _("Choose a day on which banks are open.")))


def _kinds(by: Viewer, asked: Collection[str] | None) -> tuple[str, ...]:
    paid = schedule.kinds_paid(by.organisation_id)
    if not paid:
        raise WrongState(_("No kind of contract has deadlines and paydays yet. Ask your administrator to set them."))
    if asked is None:
        return paid
    if not asked or not set(asked) <= set(paid):
        raise WrongState(_("Choose kinds of contract that your organisation has a schedule for."))
    return tuple(kind for kind in paid if kind in set(asked))


def _own_contracts(by: Viewer, asked: Collection[int]) -> list[int]:
    """The chosen contracts. Raises NotAllowed if one is another organisation's or does not exist."""
    found = sorted(contracts.contracts(by).filter(pk__in=asked).values_list("pk", flat=True)) if asked else []
    if len(found) < len(set(asked)):
        raise NotAllowed(_("A chosen contract does not exist, or it is not your organisation's."))
    return found


def _until(organisation_id: int, payday: date, kinds: Collection[str], *, is_extra: bool) -> dict[str, date]:
    """Last day of the latest care month that is paid, by kind of contract."""
    if is_extra:
        end = schedule.last_month_before(payday).edges[1]
        return dict.fromkeys(kinds, end - ONE_DAY)
    months = schedule.care_months_paid_on(organisation_id, payday, kinds)
    if not months:
        raise WrongState(_("The schedule pays nothing on this day. Choose a payday of the schedule, or an extra run."))
    return {kind: month.edges[1] - ONE_DAY for kind, month in months.items()}


def _refuse_own_matter(scope: Scope, own: frozenset[int], *, is_extra: bool) -> None:
    waiting = unsettled(scope)
    for path, rows in waiting:
        if rows.filter(Q(**{f"{path}carer_id__in": own}) | Q(**{f"{path}recipient_id__in": own})).exists():
            raise NotAllowed(OWN_RUN)
    if (is_extra or scope.only_contracts) and not any(rows.exists() for _path, rows in waiting):
        raise WrongState(_("Nothing of these contracts waits to be paid. Review their care periods first."))


def _insert(by: Viewer, at: datetime, scope: Scope, *, is_extra: bool) -> Run:
    try:
        with transaction.atomic():
            return Run.objects.create(
                organisation_id=by.organisation_id,
                number=next_number(by.organisation_id, "run"),
                payday=scope.payday,
                is_extra=is_extra,
                contract_kinds=list(scope.until_by_kind),
                only_contracts=sorted(scope.only_contracts),
                care_months_until=max(scope.until_by_kind.values()),
                until_by_kind={kind: day.isoformat() for kind, day in scope.until_by_kind.items()},
                proposed_by_id=by.account_id,
                proposed_by_person_id=by.person_id,
                proposed_at=at,
            )
    except IntegrityError as error:
        raise WrongState(_("This payday has a run already. Open it, or propose an extra run.")) from error
