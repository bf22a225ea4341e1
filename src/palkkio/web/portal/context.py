"""What every page of portal and desk gets besides its own: where its question mark leads, and the way home."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from palkkio.web.portal.help_articles import for_page

SECTIONS = ("periods", "hours", "contracts", "payslips", "reports", "comments")  # menu items with pages below them
DESK = "/desk/"  # the door of the county's staff


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `help_url`, `home_url`, `door_template`, `menu_at`."""
    match = getattr(request, "resolver_match", None)
    slug = for_page(match.view_name) if match else ""
    viewer = getattr(request, "viewer", None)
    is_staff = viewer is not None and viewer.is_staff
    found = {
        "help_url": reverse("portal:help-article", args=[slug]) if slug else reverse("portal:help"),
        "home_url": DESK if is_staff else reverse("portal:home"),
        "door_template": "portal/layout_desk.html" if is_staff else "portal/layout.html",
    }
    section = request.path.split("/")[1]
    return found | {"menu_at": f"portal:{section}"} if section in SECTIONS else found
