"""What a person should look at in case somebody else did it: a new device, another account number (HELP-4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.viewer import Viewer
from palkkio.messages.actions import mark_read
from palkkio.messages.queries import notices_of
from palkkio.messages.values import NoticeRow
from palkkio.web.ui.values import Action, ToDo

ACCOUNT, DEVICE = "bank_account_changed", "new_device"


def warnings_of(viewer: Viewer, unread: Sequence[NoticeRow]) -> list[ToDo]:
    """One for each kind that has not been looked at; nobody sees those of the person they act for."""
    told = set() if viewer.acting_for else {notice.kind for notice in unread}
    found = []
    if ACCOUNT in told:
        found.append(
            ToDo(
                _("Your account number was changed"),
                Action(_("Look at the number"), href=reverse("portal:my-details")),
                icon="bank",
                note=_("If it was not you, call payroll at once."),
            )
        )
    if DEVICE in told:
        found.append(
            ToDo(
                _("Your account was used on a new device"),
                Action(_("Look at the devices"), href=reverse("portal:security")),
                icon="lock",
                note=_("If it was not you, sign the device out and change your password."),
            )
        )
    return found


def seen(viewer: Viewer, kind: str, at: datetime) -> None:
    """The page that shows what a warning is about was opened by the person themself."""
    if viewer.acting_for is not None:
        return
    if unread := [notice.id for notice in notices_of(viewer, only_unread=True) if notice.kind == kind]:
        mark_read(unread, by=viewer, at=at)
