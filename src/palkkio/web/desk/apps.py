from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from palkkio.core.viewer import STAFF_ROLES as STAFF
from palkkio.core.viewer import RoleKind
from palkkio.web.ui import menus
from palkkio.web.ui.menus import MenuItem

REVIEW = frozenset({RoleKind.HANDLER, RoleKind.PAYROLL_CLERK})
PAYROLL = frozenset({RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR})


class DeskConfig(AppConfig):
    name = "palkkio.web.desk"
    label = "desk"

    def ready(self) -> None:
        menus.register(
            "desk",
            (
                MenuItem(_("To review"), "desk:queue", count="to_review", roles=REVIEW),
                MenuItem(_("Changes"), "desk:changes", count="changes", roles=frozenset({RoleKind.HANDLER})),
                MenuItem(_("Comments"), "desk:comments", count="comments", roles=REVIEW),
                MenuItem(_("Call-backs"), "desk:callbacks", count="callbacks", roles=STAFF),
                MenuItem(_("Letters"), "desk:letters", count="letters", roles=PAYROLL),
                MenuItem(_("Contracts"), "desk:contracts", roles=STAFF),
                MenuItem(_("Signatures"), "desk:signatures", count="signatures", roles=REVIEW),
                MenuItem(_("Decisions"), "desk:decisions", roles=STAFF),
                MenuItem(_("Personal assistance"), "desk:assistance", count="approvals", roles=STAFF),
                MenuItem(_("Papers"), "desk:employment-papers", count="papers", roles=REVIEW),
                MenuItem(_("Documents"), "desk:documents", count="documents", roles=REVIEW),
                MenuItem(_("People"), "desk:people", roles=STAFF),
                MenuItem(_("Payroll runs"), "desk:runs", roles=PAYROLL),
                MenuItem(_("Returned payments"), "desk:bank", count="returned", roles=PAYROLL),
                MenuItem(_("Reports"), "desk:reports", count="findings", roles=PAYROLL),
                MenuItem(_("Rates and rules"), "desk:rates", roles=PAYROLL),
                MenuItem(_("News and instructions"), "desk:news", roles=STAFF),
                MenuItem(_("Settings"), "desk:settings", roles=frozenset({RoleKind.ADMINISTRATOR})),
            ),
            counts=_counts,
        )


def _counts(viewer: Any) -> dict[str, int]:
    from palkkio.web.desk.counts import counts

    return counts(viewer)
