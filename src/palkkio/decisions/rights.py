"""Who of the staff may write what in this stage."""

from palkkio.core.viewer import RoleKind

DECISIONS = (RoleKind.SOCIAL_WORKER,)
PAY_GROUPS = (RoleKind.SOCIAL_WORKER,)  # decides on a pay group above A
NOTICES = (
    RoleKind.SOCIAL_WORKER,
    RoleKind.PAYROLL_CLERK,
)  # the notice of an assistant, as it comes to payroll (EMP-10)
