"""What a session holds beside Django's own: the role acted in, and when sign-in was."""

from __future__ import annotations

from datetime import timedelta

ROLE = "palkkio_role"
ACTING = "palkkio_acting"  # representation by which one acts for another in that role; missing: one's own role
SIGNED_IN_AT = "palkkio_signed_in_at"
# However busy a session is: settings end it after an idle while, this ends it after a working day.
LONGEST = timedelta(hours=12)
