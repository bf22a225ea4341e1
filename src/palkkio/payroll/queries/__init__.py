"""Reads of payroll: runs and their proposals, payslips, cards, and what becomes of sheets."""

from palkkio.payroll.queries.cards import fetched_cards, tax_card_on, tax_cards_on
from palkkio.payroll.queries.certificates import pay_certificate, yearly_summary
from palkkio.payroll.queries.handover import payees_of_run
from palkkio.payroll.queries.payslips import (
    paid_by_month,
    payslip_rows,
    payslip_value,
    payslip_values,
    payslip_view,
    payslips_of,
    payslips_of_run,
)
from palkkio.payroll.queries.proposals import ORDERS, VIEWS, proposal_rows, proposals, view_counts, worked_out
from palkkio.payroll.queries.runs import run_progress, run_view
from palkkio.payroll.queries.schedule import scheduled_paydays
from palkkio.payroll.queries.sheets import preview, runs_of_sheets
from palkkio.payroll.queries.totals import run_totals

__all__ = [
    "ORDERS",
    "VIEWS",
    "fetched_cards",
    "paid_by_month",
    "pay_certificate",
    "payees_of_run",
    "payslip_rows",
    "payslip_value",
    "payslip_values",
    "payslip_view",
    "payslips_of",
    "payslips_of_run",
    "preview",
    "proposal_rows",
    "proposals",
    "run_progress",
    "run_totals",
    "run_view",
    "runs_of_sheets",
    "scheduled_paydays",
    "tax_card_on",
    "tax_cards_on",
    "view_counts",
    "worked_out",
    "yearly_summary",
]
