"""Who of the staff may write what in this stage."""

from palkkio.core.viewer import RoleKind

CHOICES = (RoleKind.ADMINISTRATOR,)
