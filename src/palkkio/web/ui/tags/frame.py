"""Menus and the title of a page."""

from __future__ import annotations

from django import forms, template
from django.utils.translation import gettext as _

from palkkio.web.ui import menus

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: template.Context, place: str) -> list[menus.Drawn]:
    """{% menu "portal" as items %}: the items of a menu that this reader sees."""
    request = context.get("request")
    layout = context.get("layout")
    path = request.path if request is not None else ""
    return menus.draw(place, getattr(layout, "viewer", None), path, str(context.get("menu_at", "")))


@register.simple_tag(takes_context=True)
def title_prefix(context: template.Context) -> str:
    """ "Error: " when the page's form was refused, so that the window's title says it first.

    Looks at `has_errors`, and at `form` and `forms` of the page.
    """
    given = [context.get("form"), *(context.get("forms") or ())]
    wrong = any(isinstance(form, forms.BaseForm) and form.is_bound and form.errors for form in given)
    return _("Error: ") if wrong or context.get("has_errors") else ""
