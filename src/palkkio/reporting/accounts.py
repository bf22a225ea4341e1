"""Ledger accounts: which kind of sum is posted where, dated."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DeductionCode, LineCode
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.formats.ledger import NET, Posting, PostingAccounts
from palkkio.organisations.inputs import Day, Inputs
from palkkio.payroll.values import GateItem
from palkkio.reporting.models import AccountMapping, AccountMappingSeries

if TYPE_CHECKING:
    from palkkio.payroll.figures import Figures
    from palkkio.payroll.models import Run

CODES = (*(code.value for code in LineCode), *(code.value for code in DeductionCode), NET)
MAY_MAP = (RoleKind.ADMINISTRATOR, RoleKind.PAYROLL_CLERK)


@transaction.atomic
def map_account(
    *, by: Viewer, at: datetime, contract_kind: str, code: str, account: str, first: Day, product: str = ""
) -> AccountMapping:
    """From `first` on, sums of `code` are posted to `account`; what was mapped before ends the day before.

    contract_kind  a kind of contract, or "" for every kind
    code           a line or deduction code, or NET
    Raises InvalidInput, NotAllowed.
    """
    by.require(*MAY_MAP)
    inputs = Inputs(
        {"contract_kind": contract_kind, "code": code, "account": account, "first": first, "product": product},
        ("contract_kind", "code", "account", "first", "product"),
    )
    if contract_kind and contract_kind not in set(ContractKind):
        inputs.error("contract_kind", _("Choose the kind of contract"))
    if code not in CODES:
        inputs.error("code", _("Choose what is posted"))
    number = inputs.text("account", 20, _("Enter the ledger account"))
    day = inputs.day("first", _("Enter the first day"))
    text = inputs.text("product", 20)
    inputs.check()
    series, _is_new = AccountMappingSeries.objects.get_or_create(
        organisation_id=by.organisation_id, contract_kind=contract_kind, code=code
    )
    AccountMappingSeries.objects.select_for_update().get(pk=series.pk)
    for earlier in series.mappings.filter(valid__overlap=DateRange(day, None)):
        start = earlier.valid.start
        if start is not None and day is not None and start >= day:
            earlier.delete()
        else:
            earlier.valid = DateRange(start, day)
            earlier.save(update_fields=["valid"])
    made = AccountMapping.objects.create(
        organisation_id=by.organisation_id, series=series, valid=DateRange(day, None), account=number, product=text
    )
    audit.record("map_account", by=by, at=at, object_kind="account_mapping", object_id=made.pk)
    return made


def accounts_on(organisation_id: int, day: date) -> PostingAccounts:
    """Where each kind of sum is posted on a day, by (kind of contract, code)."""
    rows = AccountMapping.objects.filter(organisation_id=organisation_id, valid__contains=day).select_related("series")
    return {(row.series.contract_kind, row.series.code): Posting(row.account, row.product) for row in rows}


def unmapped(run: Run, figures: Figures) -> list[tuple[str, str]]:
    """(kind, code) of what a run proposes and the ledger has no account for, in order."""
    known = accounts_on(run.organisation_id, run.payday)
    codes = figures.posting_codes
    wanted = codes | {(kind, NET) for kind, _code in codes}
    return sorted(key for key in wanted if key not in known and ("", key[1]) not in known)


def ledger_condition(run: Run, figures: Figures) -> list[GateItem]:
    """Condition of an approval: every sum of the run has a ledger account, so that the voucher can be made."""
    missing = unmapped(run, figures)
    names = ", ".join(sorted({code for _kind, code in missing}))
    if missing:
        return [
            GateItem("ledger", False, _("Ledger accounts are missing for: %(codes)s"), {"codes": names}),
        ]
    return [GateItem("ledger", True, _("Every sum has a ledger account"))]
