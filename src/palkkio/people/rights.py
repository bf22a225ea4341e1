"""Who of the staff may write what in this stage."""

from __future__ import annotations

from palkkio.core.viewer import PORTAL_ROLES, STAFF_ROLES, RoleKind

PEOPLE = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
# Who records mandates from paper, guardians and substitute employers, and ends them.
REPRESENTATION = (RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR)
HOUSEHOLDS = (RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR)  # make the customer, key in paper
INSURANCES = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)  # confirm, tell that the gate is open
BANK_ACCOUNTS = (RoleKind.PAYROLL_CLERK,)
# Who may give and end a role of a kind: those who make contracts let payees in, an administrator lets staff in.
ROLES = {
    **dict.fromkeys(PORTAL_ROLES, (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)),
    **dict.fromkeys(STAFF_ROLES, (RoleKind.ADMINISTRATOR,)),
}
