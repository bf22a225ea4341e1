"""Who of the staff may write what in this stage."""

from __future__ import annotations

from palkkio.core.viewer import PORTAL_ROLES, STAFF_ROLES, RoleKind

PEOPLE = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
# Who records mandates from paper, guardians and substitute employers, and ends them.
REPRESENTATION = (RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR)
HOUSEHOLDS = (RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR)  # make the customer, key in paper
INSURANCES = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)  # confirm, tell that the gate is open
# Who sees and keeps a protection order and what it hides: those who write to the person and pay them.
PROTECTED = (RoleKind.SOCIAL_WORKER, RoleKind.PAYROLL_CLERK)
BANK_ACCOUNTS = (RoleKind.PAYROLL_CLERK,)  # who writes a new account number down
SECOND_FOR_BANK_ACCOUNTS = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)  # who approves it, another person
# Who may give and end a role of a kind: those who make contracts let payees in, an administrator lets staff in.
ROLES = {
    **dict.fromkeys(PORTAL_ROLES, (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)),
    **dict.fromkeys(STAFF_ROLES, (RoleKind.ADMINISTRATOR,)),
    # Who makes a household gives its role: social workers, too, who decide on the assistance.
    RoleKind.EMPLOYER: (RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR),
}
