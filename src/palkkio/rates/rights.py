"""Who of the staff may write what in this stage."""

from palkkio.core.viewer import RoleKind

DECIDED_RATES = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
