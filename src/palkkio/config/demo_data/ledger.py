"""Ledger accounts of the demo's organisations: invented numbers."""

from __future__ import annotations

from palkkio.config.demo_data.organisations import CONTRACTS_FROM, STARTED
from palkkio.core.viewer import Viewer
from palkkio.reporting import actions as reporting

ACCOUNTS = {
    "CARE_DAY": "4520",
    "VISIT": "4521",
    "HOUR": "4522",
    "TRAINING_DAY": "4525",
    "NOTICE_DAY": "4526",
    "CANCELLED_DAY": "4527",
    "CARE_FEE": "4510",
    "EXPENSE_ALLOWANCE": "4512",
    "START_UP_ALLOWANCE": "4513",
    "BASE_PAY": "4000",
    "EVENING": "4001",
    "NIGHT": "4001",
    "SATURDAY": "4001",
    "SUNDAY": "4002",
    "PUBLIC_HOLIDAY": "4003",
    "PUBLIC_HOLIDAY_OFF": "4003",
    "OVERTIME_50": "4004",
    "OVERTIME_100": "4004",
    "SICK_PAY": "4005",
    "LEAVE_PAY": "4006",
    "LEAVE_BONUS": "4006",
    "LEAVE_COMPENSATION": "4006",
    "KILOMETRES": "4530",
    "KILOMETRES_TAXABLE": "4531",
    "TRIP_EXPENSE": "4532",
    "ONE_OFF": "4529",
    "WITHHOLDING": "2920",
    "PENSION": "2921",
    "UNEMPLOYMENT": "2922",
    "NET": "2980",
}


def map_accounts(*administrators: Viewer) -> None:
    for by in administrators:
        for code, account in ACCOUNTS.items():
            reporting.map_account(
                by=by, at=STARTED, contract_kind="", code=code, account=account, first=CONTRACTS_FROM, product="OMAISH"
            )
