"""Tags of payroll's templates."""

from __future__ import annotations

from typing import Any

from django import forms, template

from palkkio.web.ui.tags.forms import field_context

register = template.Library()


@register.inclusion_tag("desk/payroll/narrow.html", takes_context=True)
def narrow_form(context: template.Context, form: forms.BaseForm, label: str) -> dict[str, Any]:
    """The form that narrows a list, posted to the list itself: words about people stay out of addresses."""
    request = context["request"]
    kept = [(name, value) for name in ("sort", "view", "problem") if (value := request.GET.get(name))]
    return {
        "fields": [(bound.name == "q", field_context(bound, optional=False)) for bound in form.visible_fields()],
        "action": request.path,
        "label": label,
        "kept": [pair for pair in kept if pair[0] not in form.fields],
        "is_narrowed": any(form[name].value() not in (None, "", "all") for name in form.fields),
        "csrf_token": context.get("csrf_token"),
    }
