"""Fields, error summaries, password rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from palkkio.web.ui.tags.small import attributes

register = template.Library()
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
SHORT = (forms.DateField, forms.TimeField, forms.IntegerField)  # and its kin: decimals, euros


def field_context(
    bound: BoundField,
    *,
    label: str = "",
    icon: str = "",
    short: bool = False,
    hide_label: bool = False,
    optional: bool | None = None,
    **more: Any,
) -> dict[str, Any]:
    """What field.html needs; the widget keeps what was typed."""
    widget = bound.field.widget
    made_id = bound.auto_id or bound.html_name
    kind = _kind(widget)
    described = [f"{made_id}-error"] * bool(bound.errors) + [f"{made_id}-help"] * bool(bound.help_text)
    attrs: dict[str, Any] = attributes(more)
    attrs["id"] = made_id
    if kind != "choices":
        attrs["aria-describedby"] = " ".join(described) or None
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if kind in ("text", "file"):
        attrs["class"] = f"hds-text-input__input {widget.attrs.get('class', '')}".strip()
    elif kind == "select":
        attrs["class"] = "select"
    attrs = {name: value for name, value in attrs.items() if value is not None}
    return {
        "bound": bound,
        "id": made_id,
        "kind": kind,
        "label": label or bound.label,
        "help": bound.help_text,
        "errors": bound.errors,
        "described": " ".join(described),
        "short": short or isinstance(bound.field, SHORT),
        "hide_label": hide_label,
        "optional": (not bound.field.required and kind != "checkbox") if optional is None else optional,
        "control": None if kind == "choices" else bound.as_widget(attrs=attrs),
        "choices": list(bound.subwidgets) if kind == "choices" else [],
        "icon": icon,
    }


def _place(bound: BoundField) -> str:
    """Id of the control that an error leads to: of choices the first one, of a hidden field none."""
    if bound.is_hidden:
        return ""
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, CHOICES) else str(bound.auto_id)


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, CHOICES):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "text"


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """{% field form.kilometres short=True inputmode="decimal" %}: label, help, errors, then the control.

    Options: label, short (narrow control), hide_label (kept for the ear), optional (say so; known from the form);
    every other one is an attribute of the control.
    """
    return field_context(bound, **options)


@register.inclusion_tag("ui/components/field.html")
def made_field(made: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """{% made_field each short=False %}: a field that a tag of ours made with `field_context`."""
    return {**made, **changed}


@register.inclusion_tag("ui/components/fields.html")
def fields(form: forms.BaseForm, only: str = "") -> dict[str, Any]:
    """All visible fields of a form in order, or those named in `only` ("date from to"), and the hidden ones."""
    names = only.split()
    return {
        "fields": [field_context(bound) for bound in form.visible_fields() if not names or bound.name in names],
        "hidden": [] if names else form.hidden_fields(),
    }


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(*forms_given: forms.BaseForm | None, errors: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """{% error_summary form %}: nothing when all is well; else focusable, with a link to each field.

    errors  further (text, id of the place or "") pairs
    """
    items: list[tuple[str, str]] = list(errors)
    for form in forms_given:
        if form is None or not form.is_bound:
            continue
        items += [(str(message), "") for message in form.non_field_errors()]
        for bound in [*form.visible_fields(), *form.hidden_fields()]:
            items += [(str(message), _place(bound)) for message in bound.errors]
    return {"items": items}


@register.inclusion_tag("ui/components/password_rules.html")
def password_rules(input_id: str) -> dict[str, Any]:
    """The rules of a new password; each turns green while one types (ACC-3). The server checks them too."""
    return {
        "input_id": input_id,
        "rules": [
            ("length", _("at least 8 characters")),
            ("upper", _("one upper case letter")),
            ("lower", _("one lower case letter")),
            ("digit", _("one digit")),
            ("special", _("one special character, for example ! # % &")),
        ],
    }
