"""Who of the staff may propose and approve rates; never the same person for one rate."""

from palkkio.core.viewer import RoleKind

RATES = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
