"""Icons, buttons, chips, cards, facts and other small parts."""

# ruff: noqa: A002 -- arguments of a tag are called what HTML calls them

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from palkkio.web.ui.values import Action, Check, Fact, Link, Total

register = template.Library()
SPRITE = Path(__file__).parent.parent / "static" / "palkkio" / "icons.svg"


@cache
def symbols() -> frozenset[str]:
    """Names of the symbols in icons.svg."""
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text("utf-8")))


def draw_icon(name: str, title: str = "", css: str = "") -> SafeString:
    """Raises ValueError when icons.svg has no such symbol."""
    if name not in symbols():
        raise ValueError(f"icons.svg has no symbol {name!r}")
    heard = format_html('role="img" aria-label="{}"', title) if title else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        heard,
        static("palkkio/icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, title: str = "", css: str = "") -> SafeString:
    """{% icon "care" %} beside text; with a title it speaks for itself: {% icon "chat" title=_("has a comment") %}."""
    return draw_icon(name, title, css) if name else SafeString("")


def attributes(given: Mapping[str, Any]) -> dict[str, Any]:
    """hx_post becomes hx-post; None and False are left out, True is a bare attribute."""
    return {
        name.rstrip("_").replace("_", "-"): value
        for name, value in given.items()
        if value is not None and value is not False
    }


@register.inclusion_tag("ui/components/button.html")
def button(
    text: str,
    kind: str = "primary",
    *,
    href: str = "",
    icon: str = "",
    icon_after: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",
    small: bool = False,
    wide: bool = False,
    css: str = "",
    says: str = "",
    blocked_by: str = "",
    **more: Any,
) -> dict[str, Any]:
    """A button, or with `href` a link that looks like one.

    says        words for a screen reader that begin with `text`
    blocked_by  id of the text that says why it cannot be done yet; it stays focusable and the server refuses anyway
    more        further attributes: hx_post, form, formaction, data_do, download ...
    """
    classes = ["hds-button", f"hds-button--{kind}"]
    classes += ["hds-button--small"] * small + ["wide"] * wide + [css] * bool(css)
    return {
        "text": text,
        "classes": " ".join(classes),
        "href": href,
        "icon": icon,
        "icon_after": icon_after,
        "name": name,
        "value": value,
        "type": "button" if blocked_by else type,
        "says": says,
        "blocked_by": blocked_by,
        "attrs": attributes(more),
    }


@register.inclusion_tag("ui/components/action.html")
def action(action: Action | None, *, kind: str = "", small: bool = True, wide: bool = False) -> dict[str, Any]:
    """An Action as a link or button, in its own kind or in `kind`; nothing without one."""
    if action is None:
        return {"action": None}
    drawn = button(
        action.text,
        kind or action.kind,
        href=action.href,
        name=action.name,
        value=action.value,
        icon=action.icon,
        says=action.says,
        small=small,
        wide=wide,
    )
    return {"action": action, **drawn}


@register.inclusion_tag("ui/components/chip.html")
def chip(text: Any, tone: str = "", icon: str = "") -> dict[str, Any]:
    """{% chip _("Confirmed") "ok" %}, or {% chip value %} of a Chip."""
    if hasattr(text, "symbol"):
        return {"text": text.text, "tone": text.tone, "icon": text.symbol}
    return {
        "text": text,
        "tone": tone,
        "icon": icon or {"ok": "check", "warn": "alert", "error": "block"}.get(tone, ""),
    }


@register.simple_tag
def tag(text: str) -> SafeString:
    """A small label with an edge: 1.2, V2."""
    return format_html('<span class="tag">{}</span>', text)


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    *,
    id: str = "",
    level: int = 2,
    css: str = "stack",
    hidden_title: bool = False,
    icon: str = "",
) -> SafeString:
    """{% card _("Comments") id="comments" %} ... {% endcard %}: a section with its heading."""
    return render(
        "ui/components/card.html",
        {
            "title": title,
            "id": id or slug(title, "section"),
            "level": level,
            "css": css,
            "content": content,
            "hidden_title": hidden_title,
            "icon": icon,
        },
    )


@register.simple_block_tag
def fold(content: str, summary: str, *, open: bool = False, id: str = "") -> SafeString:
    """{% fold _("Show the figures") %} ... {% endfold %}: opens without a script."""
    return render("ui/components/fold.html", {"summary": summary, "open": open, "id": id, "content": content})


@register.inclusion_tag("ui/components/facts.html")
def facts(facts: Sequence[Fact]) -> dict[str, Any]:
    return {"facts": facts}


@register.inclusion_tag("ui/components/totals.html")
def totals(totals: Sequence[Total]) -> dict[str, Any]:
    return {"totals": totals}


@register.inclusion_tag("ui/components/checks.html")
def checks(checks: Sequence[Check]) -> dict[str, Any]:
    """Conditions, met or missing: "before payment"."""
    return {"checks": checks}


@register.simple_block_tag
def gate(content: str, title: str, checks: Sequence[Check]) -> SafeString:
    """The checklist before an approval; its buttons stand between the tags."""
    return render(
        "ui/components/gate.html", {"title": title, "checks": checks, "content": content, "id": slug(title, "gate")}
    )


@register.inclusion_tag("ui/components/notice.html")
def notice(
    title: str, text: str = "", *, tone: str = "info", icon: str = "", id: str = "", link: Link | None = None
) -> dict[str, Any]:
    """A notice in the page: tone info, success, alert (check this) or error (this stops it)."""
    symbols = {"info": "info", "success": "check", "alert": "alert", "error": "block"}
    return {"title": title, "text": text, "tone": tone, "icon": icon or symbols[tone], "id": id, "link": link}


@register.inclusion_tag("ui/components/said.html", takes_context=True)
def said(
    context: template.Context, text: str, *, undo: str = "", name: str = "undo", action: str = ""
) -> dict[str, Any]:
    """What was done, with the way back. `undo` is posted as `name` to `action` (or by the form around it)."""
    return {"text": text, "undo": undo, "name": name, "action": action, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/empty.html")
def empty(title: str, text: str = "", *, link: Link | None = None, level: int = 2) -> dict[str, Any]:
    """An empty list: what will appear, when, and that nothing is needed."""
    return {"title": title, "text": text, "link": link, "level": level}


@register.inclusion_tag("ui/components/back.html")
def back(text: str, href: str) -> dict[str, Any]:
    """The way up, above the heading."""
    return {"text": text, "href": href}


@register.inclusion_tag("ui/components/crumbs.html")
def crumbs(links: Sequence[Link], here: str = "") -> dict[str, Any]:
    """The way down to this page, on the desk."""
    return {"links": links, "here": here}


def render(name: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(name, context)


def slug(title: str, stem: str) -> str:
    """The id of a section, made from its heading: the same on each drawing, so that htmx finds it again."""
    return f"{stem}-{slugify(title)}"
