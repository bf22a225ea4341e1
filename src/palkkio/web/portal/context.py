"""What every page of portal and desk gets besides its own: where its question mark leads, and the way home."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from palkkio.web.question_mark import address_for

SECTIONS = ("periods", "hours", "contracts", "payslips", "reports", "comments")  # menu items with pages below them
DESK = "/desk/"  # the door of the county's staff


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `help_url`, `home_url`, `door_template`, `menu_at`."""
    match = getattr(request, "resolver_match", None)
    viewer = getattr(request, "viewer", None)
    role = viewer.role.value if viewer is not None else ""
    is_staff = viewer is not None and viewer.is_staff
    found = {
        "help_url": address_for(match.view_name if match else "", role),
        "home_url": DESK if is_staff else reverse("portal:home"),
        "door_template": "portal/layout_desk.html" if is_staff else "portal/layout.html",
    }
    section = request.path.split("/")[1]
    return found | {"menu_at": f"portal:{section}"} if section in SECTIONS else found
