"""What a session holds beside Django's own: the role acted in, when sign-in was, and by what it was proved."""

from __future__ import annotations

from datetime import timedelta

ROLE = "palkkio_role"
ACTING = "palkkio_acting"  # representation by which one acts for another in that role; missing: one's own role
SIGNED_IN_AT = "palkkio_signed_in_at"
STRONG_AT = "palkkio_strong_at"  # strong authentication with the account's eID, in this session
SECOND_FACTOR_AT = "palkkio_second_factor_at"  # passkey, code of an app, recovery code or eID, in this session
CONFIRMED_AT = "palkkio_confirmed_at"  # the password was asked again
REGISTRATION = "palkkio_registration"
EID_ATTEMPT = "palkkio_eid_attempt"
PENDING = "palkkio_pending"  # a changed e-mail address or a new password under way
IS_NEW_DEVICE = "palkkio_is_new_device"
# What a visitor carries through sign-in, such as an invitation: all else of a visitor is dropped when a session begins.
KEPT = "palkkio_keep_"
NEXT = "palkkio_keep_next"  # where a visitor was going before sign-in took several pages
# However busy a session is: settings end it after an idle while, this ends it after a working day.
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=10)  # ACC-13: signing, account number, who looked
