"""What every page's frame shows: who reads, in which role of which organisation, menus, today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_language_info

from palkkio.core.capabilities import Capability
from palkkio.core.clock import Clock
from palkkio.web.ui.words import role_name, scope_name


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str  # in the language itself
    is_current: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """What the frame of a page needs. `viewer` is None for a reader who has not signed in."""

    viewer: Any
    today: date
    path: str
    languages: tuple[Language, ...]
    theme: str  # address of the organisation's stylesheet, "" for the product's own colours

    @property
    def name(self) -> str:
        return str(getattr(self.viewer, "name", "") or "")

    @property
    def role(self) -> str:
        role = getattr(self.viewer, "role", "")
        return role_name(role) if role else ""

    @property
    def acting_name(self) -> str:
        """For whom the reader acts now; empty in own matters."""
        return str(getattr(getattr(self.viewer, "acting_for", None), "principal_name", "") or "")

    @property
    def acting_scope(self) -> str:
        acting = getattr(self.viewer, "acting_for", None)
        return scope_name(acting.scope) if acting else ""

    @property
    def may_comment(self) -> bool:
        """False for who may only read for another: no form to write is drawn."""
        return self.viewer is None or not hasattr(self.viewer, "may") or bool(self.viewer.may(Capability.COMMENT))

    @property
    def choice(self) -> str:
        """The role that is chosen now, as the form of the choice posts it."""
        acting, role_id = getattr(self.viewer, "acting_for", None), getattr(self.viewer, "role_id", 0)
        return f"{role_id}-{acting.representation_id}" if acting else str(role_id)

    @property
    def organisation(self) -> str:
        return str(getattr(self.viewer, "organisation_name", "") or "")


def layout(request: HttpRequest) -> dict[str, Layout]:
    """Context processor: `layout` for the templates ui/base.html, ui/portal.html, ui/desk.html."""
    viewer = getattr(request, "viewer", None)
    current = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    languages = tuple(
        Language(code, get_language_info(code)["name_local"].capitalize(), code.split("-")[0] == current)
        for code, _ in settings.LANGUAGES
    )
    return {
        "layout": Layout(
            viewer=viewer,
            today=today(request),
            path=request.get_full_path(),
            languages=languages,
            theme=_theme(str(getattr(viewer, "organisation_slug", "") or "")),
        )
    }


def today(request: HttpRequest) -> date:
    """The product's day: by the request's clock, else by the settings' (PALKKIO_TODAY)."""
    clock: Clock = getattr(request, "clock", None) or settings.PALKKIO_CLOCK
    return clock.today()


def _theme(slug: str) -> str:
    if not slug:
        return ""
    try:
        return reverse("theme", args=[slug])
    except NoReverseMatch:  # the installation has no themes
        return ""
