"""{% load ui %}: every component and filter of the portal and the desk. See ../README.md."""

from django import template

from palkkio.web.ui.tags import calendar, charts, filters, forms, frame, lists, money, small

register = template.Library()
for part in (filters, small, frame, forms, calendar, money, lists, charts):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
