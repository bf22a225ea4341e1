"""News, service notices and the organisation's own instructions, written by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.guidance import access, actions, catalogue, queries
from palkkio.organisations.access import one
from palkkio.web import help_articles
from palkkio.web.desk import guidance_page as page
from palkkio.web.desk.guidance_forms import AdditionForm, NewsForm
from palkkio.web.desk.roles import for_staff
from palkkio.web.desk.views.acting import act, ask, did
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

TEXTS = ("title_fi", "text_fi", "title_sv", "text_sv", "title_en", "text_en")


@require_safe
@for_staff
def news(request: RoleRequest) -> HttpResponse:
    """All news of the organisation, and the way to its own instructions."""
    context = {
        "table": page.news_table(request.viewer, today=request.clock.today()),
        "topics": help_articles.topics(reading_language(), request.viewer),
        "added": set(queries.additions(request.viewer, reading_language())),
    }
    return render(request, "desk/news.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def edit_news(request: RoleRequest, news_id: int | None = None) -> HttpResponse:
    """A new piece of news, or one that is changed."""
    row = None if news_id is None else one(access.news(request.viewer), news_id)
    initial: dict[str, Any] = {"kind": "news", "first": request.clock.today()}
    if row is not None:
        initial = {name: getattr(row, name) for name in (*TEXTS, "kind", "roles", "membership")}
        initial |= {"first": row.shown.first, "last": row.shown.last}
    form = NewsForm(request.POST if request.method == "POST" else None, initial=initial)

    def does() -> None:
        actions.save_news(news_id, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("It is saved."))
        return redirect("desk:news")
    return ask(
        request,
        form,
        template="desk/edit_news.html",
        title=_("Change what is told") if row else _("Tell news"),
        row=row,
    )


@require_POST
@for_staff
def withdraw_news(request: RoleRequest, news_id: int) -> HttpResponse:
    row = one(access.news(request.viewer), news_id)
    return act(
        request,
        lambda: actions.withdraw_news(row.pk, by=request.viewer, at=request.clock.now()),
        said=_("It is withdrawn. Nobody sees it any more."),
        to="desk:news",
    )


@require_http_methods(["GET", "POST"])
@for_staff
def edit_article(request: RoleRequest, slug: str) -> HttpResponse:
    """What the organisation adds to one article, in three languages."""
    if slug not in catalogue.slugs():
        raise Http404
    held = {language: queries.addition(request.viewer, slug, language) for language in catalogue.LANGUAGES}
    form = AdditionForm(request.POST if request.method == "POST" else None, initial=held)

    def does() -> None:
        actions.save_addition(slug, form.cleaned_data, by=request.viewer, at=request.clock.now())

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("It is saved."))
        return redirect("portal:help-article", slug)
    return ask(
        request,
        form,
        question=_("Your organisation's own instructions: %(title)s")
        % {"title": help_articles.article(slug, reading_language()).title},
        explanation=_("What you write stands below the article, also for readers who have not signed in.")
        if slug in catalogue.public_slugs()
        else _("What you write stands below the article, for readers of your own organisation alone."),
        yes=_("Save"),
        back_url=reverse("portal:help-article", args=[slug]),
    )
