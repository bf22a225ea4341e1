"""Who of the staff may write what in this stage."""

from palkkio.core.viewer import STAFF_ROLES

EDITING = STAFF_ROLES  # each office tells its own news; the log says who
