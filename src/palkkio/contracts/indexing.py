"""The yearly index of agreed fees and allowances: to whom, how much; new terms, undone until paid (PAY-13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.calculation.index import Revision, by_index
from palkkio.contracts.models import AgreedRate, Contract, IndexChange, Terms
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.rates.queries import profile_of
from palkkio.rules import Profile, under

INDEXED = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
# Codes of agreed amounts that an Act revises each year, with the law's minimum where there is one. Amounts of other
# kinds of contract are decided anew by the county (B3, X4).
FEES: Mapping[ContractKind, Mapping[str, str | None]] = {
    ContractKind.INFORMAL_CARE: {"lower_fee": None},
    ContractKind.FAMILY_CARE: {"monthly_fee": "family_care/minimum_fee", "lower_fee": None, "daily_fee": None},
}
ALLOWANCES: Mapping[str, str | None] = {
    "expense_allowance": "family_care/minimum_expense_allowance",
    "expense_allowance_day": None,
}


@dataclass(frozen=True, slots=True)
class Indexed:
    """One agreed amount of a contract and what it becomes on 1 January, EUR."""

    terms: Terms
    contract: Contract
    code: str
    revision: Revision

    @property
    def change(self) -> Decimal:
        return (self.revision.after or self.revision.before) - self.revision.before


def changes(viewer: Viewer) -> Sequence[IndexChange]:
    """The organisation's index changes, the latest first; those that were undone too."""
    rows = IndexChange.objects.filter(organisation_id=viewer.organisation_id)
    return list((rows if viewer.is_staff else rows.none()).order_by("-year", "-pk"))


def change(viewer: Viewer, change_id: int) -> IndexChange:
    """Raises NotAllowed, alike for unknown ones and for others'."""
    rows = IndexChange.objects.filter(organisation_id=viewer.organisation_id)
    return one(rows if viewer.is_staff else rows.none(), change_id)


def preview(organisation_id: int, year: int) -> list[Indexed]:
    """What the index of a year does to each agreed amount in force over the turn of the year; writes nothing.

    Terms that begin on 1 January are agreed for the new year and stay as they are. Four queries.
    Raises RateNotConfirmed where an index is not confirmed: the organisation enters it.
    """
    first = date(year, 1, 1)
    codes = {code for of_kind in FEES.values() for code in of_kind} | set(ALLOWANCES)
    rows = (
        AgreedRate.objects.filter(
            organisation_id=organisation_id,
            code__in=codes,
            terms__contract__kind__in=FEES,
            terms__valid__contains=first,
        )
        .filter(terms__valid__contains=first - ONE_DAY)
        .select_related("terms__contract__carer", "terms__contract__recipient")
        .order_by("terms__contract__carer__sort_key", "terms__contract__number", "code")
    )
    with under(profile_of(organisation_id)) as chosen:
        found = [_indexed(row, year, chosen) for row in rows]
    return [each for each in found if each is not None and each.change]


def _indexed(row: AgreedRate, year: int, chosen: Profile) -> Indexed | None:
    contract = row.terms.contract
    kind = ContractKind(contract.kind)
    is_allowance = row.code in ALLOWANCES and kind is ContractKind.FAMILY_CARE
    of_kind = ALLOWANCES if is_allowance else FEES[kind]
    if row.code not in of_kind:
        return None
    revision = by_index(row.amount, year, chosen, minimum=of_kind[row.code], is_allowance=is_allowance)
    return Indexed(row.terms, contract, row.code, revision)


@transaction.atomic
def propose_index(*, by: Viewer, at: datetime, year: int) -> IndexChange:
    """Ask a second person to make the index of a year. Raises NotAllowed, WrongState where there is one already."""
    by.require(*INDEXED)
    if IndexChange.objects.filter(organisation_id=by.organisation_id, year=year, undone_at__isnull=True).exists():
        raise WrongState(_("The index of this year is proposed or made already."))
    made = IndexChange.objects.create(
        organisation_id=by.organisation_id, year=year, proposed_by_id=by.account_id, proposed_at=at
    )
    _record("propose_index", made, by, at)
    return made


@transaction.atomic
def withdraw_index(change_id: int, *, by: Viewer, at: datetime) -> None:
    """Take a proposal back. Raises WrongState when it is made: then it is undone."""
    by.require(*INDEXED)
    row = _locked(change_id, by)
    if row.made_at is not None:
        raise WrongState(_("The index is made already. It can be undone as long as nothing of it is paid."))
    _record("withdraw_index", row, by, at)
    row.delete()


@transaction.atomic
def make_index(change_id: int, *, by: Viewer, at: datetime) -> IndexChange:
    """New terms from 1 January with the revised amounts; the terms before end on 31 December.

    Computed from the contracts as they stand now. Days paid by the old amounts lead to differences in the next run.
    Raises NotAllowed for who proposed it, WrongState, RateNotConfirmed.
    """
    by.require(*INDEXED)
    row = _locked(change_id, by)
    if row.made_at is not None or row.undone_at is not None:
        raise WrongState(_("The index of this year is proposed or made already."))
    if row.proposed_by_id == by.account_id:
        raise NotAllowed(_("You proposed this. A second person approves it."))
    found = preview(row.organisation_id, row.year)
    by_terms: dict[int, list[Indexed]] = defaultdict(list)
    for each in found:
        by_terms[each.terms.pk].append(each)
    list(Contract.objects.select_for_update().filter(pk__in={each.contract.pk for each in found}).order_by("pk"))
    row.made = _new_terms(row, by_terms)
    row.made_by_id, row.made_at = by.account_id, at
    row.save()
    _record("make_index", row, by, at, contracts=len({each.contract.pk for each in found}))
    from palkkio.contracts.signing.tasks import tell_index  # tasks import the actions that they call

    tell_index.configure(lock=f"index {row.pk}").defer(change_id=row.pk, person_id=by.person_id)
    return row


def _new_terms(row: IndexChange, by_terms: Mapping[int, Sequence[Indexed]]) -> list[dict[str, Any]]:
    """Terms cut at 1 January, with copies of the amounts that are not revised. A few statements for thousands."""
    first = date(row.year, 1, 1)
    before = {pk: each[0].terms for pk, each in by_terms.items()}
    amounts: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for terms_id, code, amount in AgreedRate.objects.filter(terms_id__in=before).values_list(
        "terms_id", "code", "amount"
    ):
        amounts[terms_id][code] = amount
    ends = {pk: terms.valid.end for pk, terms in before.items()}
    for terms in before.values():
        terms.valid = DateRange(terms.valid.start, first)
    Terms.objects.bulk_update(before.values(), ["valid"], batch_size=500)
    fields = [each.attname for each in Terms._meta.concrete_fields if each.attname not in {"id", "valid", "source"}]
    made = Terms.objects.bulk_create(
        [
            Terms(
                **{name: getattr(terms, name) for name in fields},
                valid=DateRange(first, ends[pk]),
                source=_source(terms, row.year),
            )
            for pk, terms in before.items()
        ],
        batch_size=500,
    )
    kept = []
    agreed = []
    for (pk, terms), new in zip(before.items(), made, strict=True):
        revised_now = {each.code: each.revision for each in by_terms[pk]}
        for code, amount in amounts[pk].items():
            after = revised_now[code].after if code in revised_now else amount
            agreed.append(AgreedRate(organisation_id=row.organisation_id, terms=new, code=code, amount=after or amount))
        kept.append(
            {
                "terms": new.pk,
                "before": pk,
                "contract": terms.contract_id,
                "amounts": {code: [str(each.before), str(each.after)] for code, each in revised_now.items()},
            }
        )
    AgreedRate.objects.bulk_create(agreed, batch_size=1000)
    return kept


def _source(terms: Terms, year: int) -> str:
    """The ground of the amounts, with the year of the index; it stands on the payslips."""
    ground = f"{terms.source}; " if terms.source else ""
    return f"{ground}index {year}"[:200]


@transaction.atomic
def undo_index(change_id: int, *, by: Viewer, at: datetime, paid_contracts: Collection[int]) -> IndexChange:
    """The terms before go on where they ended; the history keeps what was made.

    paid_contracts  those with days of the year that are paid: while there is one, nothing is undone
    Pages call `payroll.actions.undo_index`, which knows what is paid. Raises WrongState.
    """
    by.require(*INDEXED)
    row = _locked(change_id, by)
    if row.made_at is None or row.undone_at is not None:
        raise WrongState(_("Only an index that is made can be undone."))
    if paid_contracts:
        raise WrongState(_("Some of the new amounts are paid already. Change the contracts one by one."))
    ends = dict(Terms.objects.filter(pk__in=[each["terms"] for each in row.made]).values_list("pk", "valid"))
    Terms.objects.filter(pk__in=ends).delete()
    before = Terms.objects.in_bulk([each["before"] for each in row.made])
    for each in row.made:
        terms, new = before.get(each["before"]), ends.get(each["terms"])
        if terms is not None and new is not None:
            terms.valid = DateRange(terms.valid.start, new.end)
    Terms.objects.bulk_update(before.values(), ["valid"], batch_size=500)
    row.undone_by_id, row.undone_at = by.account_id, at
    row.save()
    _record("undo_index", row, by, at, contracts=len(row.made))
    from palkkio.contracts.signing.tasks import take_back_index  # tasks import the actions that they call

    take_back_index.configure(lock=f"index {row.pk}").defer(change_id=row.pk)
    return row


def contracts_of(row: IndexChange) -> set[int]:
    """Contracts whose terms an index change has made."""
    return {each["contract"] for each in row.made}


def _locked(change_id: int, by: Viewer) -> IndexChange:
    rows = IndexChange.objects.filter(organisation_id=by.organisation_id)
    return one(rows.select_for_update(), change_id)


def _record(action: str, row: IndexChange, by: Viewer, at: datetime, **details: object) -> None:
    details = {"year": row.year, **details}
    audit.record(action, by=by, at=at, object_kind="index_change", object_id=row.pk, details=details)
