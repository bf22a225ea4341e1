"""Writes of payroll: proposing, calculating, approving, producing and taking back runs; cards, holds, one-off lines."""

from palkkio.payroll.actions.approving import approve_run, return_run
from palkkio.payroll.actions.calculating import calculate_run, recalculate_run
from palkkio.payroll.actions.cancelling import cancel_run
from palkkio.payroll.actions.cards import record_tax_card
from palkkio.payroll.actions.certificates import issue_pay_certificate, issue_yearly_summary
from palkkio.payroll.actions.claims import end_distraint, record_distraint, record_dues, revoke_dues
from palkkio.payroll.actions.documents import make_payslip_document, make_payslip_documents
from palkkio.payroll.actions.fetching import ask_for_tax_cards, fetch_tax_cards
from palkkio.payroll.actions.findings import set_finding_aside
from palkkio.payroll.actions.handing_over import hand_over_months
from palkkio.payroll.actions.holding import hold_person, release_person
from palkkio.payroll.actions.one_offs import add_one_off, approve_one_off, withdraw_one_off
from palkkio.payroll.actions.paying_back import plan_recovery, record_transfer
from palkkio.payroll.actions.producing import finish_run, produce_payslips, try_again
from palkkio.payroll.actions.proposing import propose_run
from palkkio.payroll.actions.rechecking import recheck_lately_changed, recheck_months
from palkkio.payroll.actions.recovering import (
    answer_recovery,
    close_recovery,
    close_settled_recoveries,
    decide_recovery,
    note_appeal,
    open_recovery,
    settle_appeal,
)
from palkkio.payroll.actions.setting_aside import set_aside, take_back_set_aside
from palkkio.payroll.actions.trouble import note_trouble
from palkkio.payroll.actions.waiving import approve_waiver, propose_waiver, withdraw_waiver

__all__ = [
    "add_one_off",
    "answer_recovery",
    "approve_one_off",
    "approve_run",
    "approve_waiver",
    "ask_for_tax_cards",
    "calculate_run",
    "cancel_run",
    "close_recovery",
    "close_settled_recoveries",
    "decide_recovery",
    "end_distraint",
    "fetch_tax_cards",
    "finish_run",
    "hand_over_months",
    "hold_person",
    "issue_pay_certificate",
    "issue_yearly_summary",
    "make_payslip_document",
    "make_payslip_documents",
    "note_appeal",
    "note_trouble",
    "open_recovery",
    "plan_recovery",
    "produce_payslips",
    "propose_run",
    "propose_waiver",
    "recalculate_run",
    "recheck_lately_changed",
    "recheck_months",
    "record_distraint",
    "record_dues",
    "record_tax_card",
    "record_transfer",
    "release_person",
    "return_run",
    "revoke_dues",
    "set_aside",
    "set_finding_aside",
    "settle_appeal",
    "take_back_set_aside",
    "try_again",
    "withdraw_one_off",
    "withdraw_waiver",
]
