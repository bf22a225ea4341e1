"""What each role of the county's staff may do: every act of every stage, as one table (SPEC "Who uses it").

The stages refuse by their own `rights`; this table gathers them, and a test per cell calls the real action. What
somebody who acts for another may do stands in `core.capabilities`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from palkkio.core.viewer import STAFF_ROLES, RoleKind

HANDLER = frozenset({RoleKind.HANDLER})
CLERK = frozenset({RoleKind.PAYROLL_CLERK})
ADMINISTRATOR = frozenset({RoleKind.ADMINISTRATOR})
SOCIAL_WORKER = frozenset({RoleKind.SOCIAL_WORKER})
REPRESENTING = HANDLER | SOCIAL_WORKER | ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Duty:
    """One act.

    is_about_people  it is somebody's matter: nobody does it for themself, whom they act for, or who acts for them
    second_of        the act before it that another person must have done
    """

    roles: frozenset[RoleKind]
    is_about_people: bool = True
    second_of: str = ""


def _about_no_one(roles: frozenset[RoleKind], second_of: str = "") -> Duty:
    return Duty(roles, is_about_people=False, second_of=second_of)


DUTIES: Mapping[str, Duty] = {
    # people
    "add_person": _about_no_one(HANDLER | CLERK | ADMINISTRATOR),
    "change_person": Duty(HANDLER | CLERK | ADMINISTRATOR),
    "give_role_of_portal": Duty(HANDLER | CLERK | ADMINISTRATOR),
    "give_role_of_staff": Duty(ADMINISTRATOR),
    "end_role": Duty(HANDLER | CLERK | ADMINISTRATOR),
    "set_protection": Duty(SOCIAL_WORKER | CLERK),
    "propose_account_number": Duty(CLERK),
    "approve_account_number": Duty(CLERK | ADMINISTRATOR, second_of="propose_account_number"),
    "withdraw_account_number": Duty(CLERK | ADMINISTRATOR),
    "record_mandate": Duty(REPRESENTING),
    "end_mandate": Duty(REPRESENTING),
    "make_account": Duty(ADMINISTRATOR),
    "invite_employer": Duty(REPRESENTING),
    "invite_again": Duty(REPRESENTING),
    "withdraw_invitation": _about_no_one(REPRESENTING),
    "receive_paper": _about_no_one(STAFF_ROLES),
    # household employers
    "add_household": Duty(REPRESENTING),
    "take_power_of_attorney": Duty(REPRESENTING),
    "register_on_paper": Duty(REPRESENTING),
    "enter_insurance": Duty(REPRESENTING),
    "confirm_insurance": Duty(HANDLER | CLERK | ADMINISTRATOR, second_of="enter_insurance"),
    "record_contributions": Duty(HANDLER | CLERK | ADMINISTRATOR),
    "record_tax_reference": Duty(HANDLER | CLERK | ADMINISTRATOR),
    "tell_gate": Duty(HANDLER | CLERK | ADMINISTRATOR),
    # decisions on assistance
    "add_decision": Duty(SOCIAL_WORKER),
    "change_decision": Duty(SOCIAL_WORKER),
    "decide_pay_group": Duty(SOCIAL_WORKER),
    "record_notice": Duty(SOCIAL_WORKER | CLERK),
    # care periods
    "enter_days": Duty(HANDLER),
    "clear_days": Duty(HANDLER),
    "undo_change": Duty(HANDLER),
    "write_note": Duty(HANDLER),
    "save_trip": Duty(HANDLER),
    "remove_trip": Duty(HANDLER),
    "enter_shift": Duty(HANDLER),
    "enter_paper_sheet": Duty(HANDLER),
    "enter_paper_shifts": Duty(HANDLER),
    "confirm_on_behalf": Duty(HANDLER),
    "return_sheet": Duty(HANDLER),
    "review_sheet": Duty(HANDLER, second_of="enter_days"),
    "reopen_sheet": Duty(HANDLER),
    # changes, events, leave
    "report_change": Duty(HANDLER),
    "accept_change": Duty(HANDLER, second_of="report_change"),
    "return_change": Duty(HANDLER),
    "record_event": Duty(HANDLER),
    "withdraw_event": Duty(HANDLER),
    "accept_membership": Duty(HANDLER | CLERK),
    "adjust_leave": Duty(HANDLER | CLERK),
    # contracts and rates
    "add_contract": Duty(HANDLER | CLERK),
    "change_contract": Duty(HANDLER | CLERK),
    "change_terms": Duty(HANDLER | CLERK),
    "amend_terms": Duty(HANDLER | CLERK),
    "make_version": Duty(HANDLER | CLERK),
    "withdraw_version": Duty(HANDLER | CLERK),
    "record_paper": Duty(HANDLER | CLERK),
    "save_choices": _about_no_one(ADMINISTRATOR),
    "save_template": _about_no_one(ADMINISTRATOR),
    "end_contract": Duty(HANDLER | CLERK),
    "send_paper": Duty(HANDLER | CLERK),
    "accept_paper": Duty(HANDLER | CLERK),
    "return_paper": Duty(HANDLER | CLERK),
    "accept_document": Duty(HANDLER | CLERK),
    "return_document": Duty(HANDLER | CLERK),
    "propose_rate": _about_no_one(CLERK | ADMINISTRATOR),
    "approve_rate": _about_no_one(CLERK | ADMINISTRATOR, "propose_rate"),
    "propose_revision": _about_no_one(CLERK | ADMINISTRATOR),
    "withdraw_rate": _about_no_one(CLERK | ADMINISTRATOR),
    "propose_choice": _about_no_one(CLERK | ADMINISTRATOR),
    "propose_figures": _about_no_one(CLERK | ADMINISTRATOR),
    "approve_decided": _about_no_one(CLERK | ADMINISTRATOR, "propose_choice"),
    "withdraw_decided": _about_no_one(CLERK | ADMINISTRATOR),
    "propose_index": _about_no_one(CLERK | ADMINISTRATOR),
    "make_index": _about_no_one(CLERK | ADMINISTRATOR, "propose_index"),
    "withdraw_index": _about_no_one(CLERK | ADMINISTRATOR),
    "undo_index": _about_no_one(CLERK | ADMINISTRATOR),
    # payroll
    "propose_run": _about_no_one(CLERK),
    "approve_run": _about_no_one(CLERK, "propose_run"),
    "return_run": _about_no_one(CLERK),
    "cancel_run": _about_no_one(CLERK),
    "recalculate_run": _about_no_one(CLERK),
    "try_again": _about_no_one(CLERK),
    "set_aside": Duty(CLERK),
    "take_back_set_aside": Duty(CLERK),
    "set_finding_aside": Duty(CLERK),
    "record_tax_card": Duty(CLERK),
    "hold_person": Duty(CLERK),
    "release_person": Duty(CLERK),
    "add_one_off": Duty(CLERK),
    "approve_one_off": Duty(CLERK, second_of="add_one_off"),
    "withdraw_one_off": Duty(CLERK),
    "issue_pay_certificate": _about_no_one(CLERK),
    "issue_yearly_summary": _about_no_one(CLERK),
    "mark_sent": _about_no_one(CLERK),
    "repay": Duty(CLERK),
    "pay_owed": _about_no_one(CLERK),
    "send_repair": _about_no_one(CLERK, second_of="repay"),
    "cancel_repair": _about_no_one(CLERK),
    "upload_answer": _about_no_one(CLERK),
    "settle_answer": _about_no_one(CLERK),
    "change_agreement": _about_no_one(CLERK | ADMINISTRATOR),
    "prove_again": _about_no_one(CLERK | ADMINISTRATOR),
    "mark_delivered": _about_no_one(CLERK),
    "send_now": _about_no_one(CLERK),
    "report_again": Duty(CLERK),
    "take_back_report": Duty(CLERK),
    "ask_for_tax_cards": _about_no_one(CLERK),
    # claims on pay and recoveries
    "record_distraint": Duty(CLERK),
    "end_distraint": Duty(CLERK),
    "record_dues": Duty(CLERK),
    "revoke_dues": Duty(CLERK),
    "open_recovery": Duty(CLERK),
    "answer_recovery": Duty(CLERK),
    "decide_recovery": Duty(CLERK),
    "note_appeal": Duty(CLERK),
    "settle_appeal": Duty(CLERK),
    "close_recovery": Duty(CLERK),
    "plan_recovery": Duty(CLERK),
    "record_transfer": Duty(CLERK),
    "propose_waiver": Duty(CLERK),
    "approve_waiver": Duty(CLERK, second_of="propose_waiver"),
    "withdraw_waiver": Duty(CLERK),
    # messages
    "answer_comment": Duty(STAFF_ROLES),
    "mark_processed": Duty(HANDLER | CLERK),
    "mark_unprocessed": Duty(HANDLER | CLERK),
    "take_comments": Duty(HANDLER | CLERK),
    "give_comments": Duty(HANDLER | CLERK),
    "leave_comments": _about_no_one(HANDLER | CLERK),
    "handle_callback": Duty(STAFF_ROLES),
    "mark_told": Duty(CLERK | ADMINISTRATOR),
    "try_job_again": _about_no_one(CLERK | ADMINISTRATOR),
    "print_letters": _about_no_one(CLERK | ADMINISTRATOR),
    "send_letter_again": Duty(CLERK | ADMINISTRATOR),
    "print_instead": Duty(CLERK | ADMINISTRATOR),
    "choose_letters": Duty(HANDLER | CLERK | ADMINISTRATOR),
    # settings
    "add_unit": _about_no_one(ADMINISTRATOR),
    "change_unit": _about_no_one(ADMINISTRATOR),
    "add_municipality": _about_no_one(ADMINISTRATOR),
    "save_contact_point": _about_no_one(ADMINISTRATOR),
    "start_schedule": _about_no_one(ADMINISTRATOR),
    "change_schedule": _about_no_one(ADMINISTRATOR),
    "offer_day_types": _about_no_one(ADMINISTRATOR),
    "set_account_change_days": _about_no_one(ADMINISTRATOR),
    "change_organisation": _about_no_one(ADMINISTRATOR),
    "map_account": _about_no_one(CLERK | ADMINISTRATOR),
    # what people read
    "save_news": _about_no_one(STAFF_ROLES),
    "withdraw_news": _about_no_one(STAFF_ROLES),
    "save_addition": _about_no_one(STAFF_ROLES),
}
# Acts whose action has another name, or a name that several stages use: `stage.module.function`.
ACTIONS: Mapping[str, str] = {
    "give_role_of_portal": "people.actions.give_role",
    "give_role_of_staff": "people.actions.give_role",
    "propose_account_number": "people.bank_accounts.propose",
    "approve_account_number": "people.bank_accounts.approve",
    "withdraw_account_number": "people.bank_accounts.withdraw",
    "record_mandate": "people.mandates.actions.record",
    "end_mandate": "people.mandates.actions.end",
    "withdraw_invitation": "accounts.invitations.actions.withdraw",
    "receive_paper": "documents.actions.receive",
    "tell_gate": "people.households.actions.registering.tell",
    "answer_comment": "messages.actions.comments.add_comment",
    "send_repair": "payments.sending.mark_sent",
    "approve_decided": "rates.deciding.approve",
    "withdraw_decided": "rates.deciding.withdraw",
    "undo_index": "payroll.actions.indexing.undo_index",
}
# Public actions with an actor that are no duty of staff, and why.
NO_DUTY: Mapping[str, str] = {
    "accounts.invitations.actions.offer_mandate": "the principal's own, after strong authentication",
    "accounts.links.link_person_row": "part of others: links who has proved who they are",
    "contracts.signing.actions.decline_version": "the party's own",
    "contracts.signing.actions.open_version": "whoever may see it; only a signer's own opening is noted",
    "contracts.signing.actions.sign_version": "the party's own, after strong authentication; an office holder's",
    "contracts.signing.parts.ask_next": "part of making and signing a version",
    "contracts.signing.parts.close_version": "part of others",
    "contracts.signing.parts.received": "part of make_version and record_paper",
    "contracts.signing.parts.record": "part of others",
    "contracts.signing.parts.tell_turn": "part of others",
    "contracts.signing.parts.withdraw_waiting": "part of making a version",
    "contracts.indexing.undo_index": "payroll's undo_index calls it: that stage knows what is paid",
    "documents.handling.settle": "part of accept_change, return_change, accept_paper and return_paper",
    "entries.actions.approval.approve_all": "approve_shifts of many",
    "entries.actions.approval.approve_shifts": "the employer's own, or of who acts for them",
    "entries.actions.approval.return_shifts": "the employer's own, or of who acts for them",
    "entries.change_inputs.check_notice": "part of report_change",
    "entries.actions.changes.add_certificate": "the payee's own; staff by the same right as report_change",
    "entries.actions.changes.read_notice": "part of opening a report; that a notice was read binds the carer",
    "entries.actions.changes.withdraw_change": "the payee's own",
    "entries.actions.consent.give_consent": "the assistant's own",
    "entries.actions.consent.withdraw_consent": "the assistant's own",
    "entries.actions.copying.copy_day": "enter_shift of several days",
    "entries.actions.copying.copy_week": "enter_shift of several days",
    "entries.actions.copying.mark_absent": "part of report_change",
    "entries.actions.copying.mark_present": "part of withdraw_change, return_change and accept_change",
    "entries.actions.events.end_absence": "part of accept_change",
    "entries.actions.previewing.preview_change": "writes nothing: accept_change, undone",
    "entries.actions.repairing.move_shift": "by the same right as enter_shift",
    "entries.actions.repairing.split_shift": "by the same right as enter_shift",
    "entries.actions.review.confirm_sheet": "the payee's own; staff confirm on behalf",
    "entries.actions.review.freeze": "part of review_sheet and approve_shifts",
    "entries.actions.review.give_back": "part of return_sheet and return_shifts",
    "entries.actions.review.review_sheets": "review_sheet of many",
    "entries.actions.shifts.remove_shift": "by the same right as enter_shift",
    "entries.actions.shifts.save_shift": "enter_shift is one of them",
    "entries.actions.shifts.save_shifts": "enter_shift of several",
    "entries.actions.shifts.values_of": "writes nothing: part of save_shift and enter_paper_shifts",
    "messages.actions.callbacks.ask_callback": "one's own",
    "messages.actions.comments.edit_comment": "who wrote it alone",
    "messages.actions.comments.delete_comment": "who wrote it alone",
    "messages.actions.notices.choose_mail": "one's own notices",
    "messages.actions.notices.mark_read": "one's own notices",
    "payments.actions.cancel_batch": "part of cancel_run",
    "payments.sending.send_batch": "by the same right as mark_sent and send_repair, where there is a channel",
    "payroll.actions.cancelling.cancel_run": "part of cancel_run of `reporting`, which takes the files back first",
    "payroll.actions.setting_aside.set_code_aside": "part of set_aside and set_finding_aside",
    "people.bank_accounts.change_own": "the payee's own, after strong authentication",
    "people.households.actions.registering.sign_power_of_attorney": "the employer's own, after strong authentication",
    "people.households.actions.registering.let_city_insure": "the employer's own",
    "people.households.parts.record": "part of the others",
    "people.households.actions.registering.register": "part of registration and of register_on_paper",
}


def as_markdown() -> str:
    """The table as it stands in docs/security.md."""
    order = [RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR]
    names = ["handler", "social worker", "payroll clerk", "administrator"]
    lines = [f"| act | {' | '.join(names)} | second person after |", "|---" * 6 + "|"]
    for act, duty in DUTIES.items():
        cells = ["yes" if role in duty.roles else "" for role in order]
        lines.append(f"| {act.replace('_', ' ')} | {' | '.join(cells)} | {duty.second_of.replace('_', ' ')} |")
    return "\n".join(lines)
