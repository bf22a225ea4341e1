"""Who of the staff may write what in this stage."""

from palkkio.core.viewer import RoleKind

CONTRACTS = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK)
