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
    "record_mandate": Duty(HANDLER | SOCIAL_WORKER | ADMINISTRATOR),
    "make_account": Duty(ADMINISTRATOR),
    # care periods
    "enter_days": Duty(HANDLER),
    "confirm_on_behalf": Duty(HANDLER),
    "return_sheet": Duty(HANDLER),
    "review_sheet": Duty(HANDLER),
    "reopen_sheet": Duty(HANDLER),
    # contracts and rates
    "add_contract": Duty(HANDLER | CLERK),
    "change_terms": Duty(HANDLER | CLERK),
    "end_contract": Duty(HANDLER | CLERK),
    "propose_rate": _about_no_one(CLERK | ADMINISTRATOR),
    "approve_rate": _about_no_one(CLERK | ADMINISTRATOR, "propose_rate"),
    # decisions
    "add_decision": Duty(SOCIAL_WORKER),
    "change_decision": Duty(SOCIAL_WORKER),
    "decide_pay_group": Duty(SOCIAL_WORKER),
    "record_notice": Duty(SOCIAL_WORKER | CLERK),
    # payroll
    "propose_run": _about_no_one(CLERK),
    "approve_run": _about_no_one(CLERK, "propose_run"),
    "return_run": _about_no_one(CLERK),
    "cancel_run": _about_no_one(CLERK),
    "set_aside": Duty(CLERK),
    "record_tax_card": Duty(CLERK),
    "hold_person": Duty(CLERK),
    "release_person": Duty(CLERK),
    "add_one_off": Duty(CLERK),
    "approve_one_off": Duty(CLERK, second_of="add_one_off"),
    "mark_sent": _about_no_one(CLERK),
    # messages
    "answer_comment": Duty(STAFF_ROLES),
    "handle_callback": Duty(STAFF_ROLES),
    # settings
    "add_unit": _about_no_one(ADMINISTRATOR),
    "add_municipality": _about_no_one(ADMINISTRATOR),
    "start_schedule": _about_no_one(ADMINISTRATOR),
    "map_account": _about_no_one(CLERK | ADMINISTRATOR),
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
