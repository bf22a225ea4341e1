from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palkkio.core.capabilities import Capability
from palkkio.core.viewer import PAYEE_ROLES, PORTAL_ROLES, RoleKind
from palkkio.web.ui import menus
from palkkio.web.ui.menus import MenuItem

EMPLOYMENT = frozenset({RoleKind.ASSISTANT, RoleKind.EMPLOYER})
CARERS = PAYEE_ROLES - {RoleKind.ASSISTANT}  # a month of care, where an assistant has timesheets of half months


class PortalConfig(AppConfig):
    name = "palkkio.web.portal"
    label = "portal"

    def ready(self) -> None:
        menus.register(
            "portal",
            (
                MenuItem(_("Home"), "portal:home", roles=PORTAL_ROLES),
                MenuItem(_("Care periods"), "portal:periods", roles=CARERS, shown=_may_see),
                MenuItem(_("Timesheets"), "portal:periods", roles=frozenset({RoleKind.ASSISTANT}), shown=_may_see),
                MenuItem(
                    pgettext_lazy("menu", "Hours"), "portal:hours", roles=frozenset({RoleKind.EMPLOYER}), shown=_may_see
                ),
                MenuItem(_("Decisions"), "portal:decisions", roles=frozenset({RoleKind.EMPLOYER}), shown=_may_see),
                MenuItem(_("Contracts"), "portal:contracts", roles=PAYEE_ROLES, shown=_may_see),
                MenuItem(_("Contracts"), "portal:signatures", roles=frozenset({RoleKind.EMPLOYER}), shown=_may_see),
                MenuItem(_("Costs"), "portal:costs", roles=frozenset({RoleKind.EMPLOYER}), shown=_may_see),
                MenuItem(_("Papers"), "portal:papers", roles=EMPLOYMENT, shown=_may_see),
                MenuItem(_("Report a change"), "portal:changes", roles=PAYEE_ROLES),
                MenuItem(_("Fees"), "portal:payslips", roles=PAYEE_ROLES, shown=_may_see),
                MenuItem(_("Documents"), "portal:documents", roles=CARERS, shown=_may_see),
                MenuItem(_("Reports"), "portal:reports", roles=PAYEE_ROLES, shown=_may_see),
                MenuItem(_("Comments"), "portal:comments", roles=PORTAL_ROLES),
            ),
        )
        menus.register(
            "user",
            (
                MenuItem(_("Change role"), "portal:choose-role", icon="swap", signed_in=True, shown=_has_roles),
                MenuItem(_("Notices"), "portal:notices", icon="mail", signed_in=True, shown=_has_role),
                MenuItem(_("My details"), "portal:my-details", icon="user", signed_in=True),
                MenuItem(_("Sign out"), "portal:sign-out", icon="lock", posts=True, signed_in=True),
                MenuItem(_("Sign in"), "portal:sign-in", icon="user", signed_in=False),
            ),
        )
        menus.add(
            "footer",
            MenuItem(_("News"), "portal:news", signed_in=True),
            MenuItem(_("Contacts"), "portal:contacts", signed_in=True),
            MenuItem(_("Contacts"), "portal:public-contacts", signed_in=False),
            MenuItem(_("Instructions"), "portal:help"),
            MenuItem(_("Accessibility statement"), "portal:help-article", args=("accessibility",)),
            MenuItem(_("Data protection"), "portal:help-article", args=("privacy",)),
            MenuItem(_("Terms of use"), "portal:help-article", args=("terms",)),
        )


def _may_see(viewer: Any) -> bool:
    """A mandate for messages shows no care periods, contracts or payslips."""
    return bool(viewer.may(Capability.SEE))


def _has_role(viewer: object) -> bool:
    return viewer is not None


def _has_roles(viewer: object) -> bool:
    return getattr(viewer, "roles_count", 0) > 1
