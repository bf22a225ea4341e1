"""Who of the staff may make accounts for others."""

from palkkio.core.viewer import RoleKind

ACCOUNTS = (RoleKind.ADMINISTRATOR,)
