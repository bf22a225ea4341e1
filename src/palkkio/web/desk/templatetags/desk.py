"""Tags of the desk's templates."""

from __future__ import annotations

from typing import Any

from django import forms, template

from palkkio.web.ui.tags.forms import field_context

register = template.Library()


@register.inclusion_tag("desk/search_filters.html", takes_context=True)
def search_filters(context: template.Context, form: forms.BaseForm, name: str, label: str) -> dict[str, Any]:
    """The form that narrows the list `name`: posted, so that words about people stay out of addresses."""
    request = context["request"]
    kept = [(each, value) for each in ("sort", "view") if each not in form.fields and (value := request.GET.get(each))]
    narrowed = any(form[each].value() for each in form.fields if each != "month")
    return {
        "fields": [(bound.name == "q", field_context(bound, optional=False)) for bound in form.visible_fields()],
        "name": name,
        "label": label,
        "kept": kept,
        "is_narrowed": narrowed,
        "csrf_token": context.get("csrf_token"),
    }
