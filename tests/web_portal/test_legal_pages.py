"""Accessibility statement, data protection, terms of use and how long data is kept: read by everybody (HELP-5)."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from palkkio.accounts.devices import COOKIE_LASTS
from palkkio.accounts.throttle import KEPT
from palkkio.documents.models import Document
from palkkio.documents.retention import retention_of
from palkkio.guidance import actions, catalogue
from tests import factories
from tests.web_portal.scene import Scene, sign_in

pytestmark = pytest.mark.django_db
ARTICLES = ("accessibility", "privacy", "terms", "retention")


def read(client: Client, slug: str) -> str:
    answer = client.get(reverse("portal:help-article", args=[slug]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_foot_of_every_page_leads_to_them(at: Scene, client: Client) -> None:
    addresses = [reverse("portal:help-article", args=[slug]) for slug in ARTICLES[:3]]
    signed_in = at.client.get(reverse("portal:home")).content.decode()
    assert all(f'href="{each}"' in signed_in for each in addresses)
    at.client.logout()
    visitor = Client().get(reverse("portal:sign-in")).content.decode()
    assert all(f'href="{each}"' in visitor for each in addresses)
    clerk = Client()
    sign_in(clerk, at.payroll.handler)
    assert all(f'href="{each}"' in clerk.get(reverse("desk:queue")).content.decode() for each in addresses)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Saavutettavuusseloste", "kahden viikon", "tietosuoja.fi", "Käyttöehdot", "Tietojen säilytysajat")),
        ("sv", ("Tillgänglighetsutlåtande", "två veckor", "tietosuoja.fi", "Användarvillkor", "Hur länge uppgifter")),
        ("en", ("Accessibility statement", "two weeks", "tietosuoja.fi", "Terms of use", "How long data is kept")),
    ],
)
def test_they_are_read_in_three_languages_without_signing_in(
    client: Client, language: str, words: tuple[str, ...]
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    pages = {slug: read(client, slug) for slug in ARTICLES}
    assert all(any(word in page for page in pages.values()) for word in words)
    assert "306/2019" in pages["accessibility"]
    assert "saavutettavuus@traficom.fi" in pages["accessibility"]
    assert reverse("portal:public-contacts") in pages["accessibility"]


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_times_are_those_by_which_the_service_keeps_data(language: str) -> None:
    rows = [row for row in catalogue.source("retention", language).splitlines() if row.startswith("| ")]
    for kind in Document.Kind:
        rule = retention_of(kind)
        assert any(f"| {rule.years} " in row and rule.law in row for row in rows), kind
    assert (KEPT.days, COOKIE_LASTS.days, settings.SESSION_COOKIE_AGE) == (1, 365, 3600)


def test_what_organisations_add_about_the_service_is_read_by_visitors_and_nothing_else_of_theirs(
    client: Client,
) -> None:
    here, there = factories.county(), factories.city()
    for place, officer in ((here, "tietosuoja@malli.example"), (there, "tietosuoja@muu.example")):
        actions.save_addition("privacy", {"fi": officer}, by=place.maker, at=factories.NOW)
        actions.save_addition("paper", {"fi": f"Only our own: {officer}"}, by=place.maker, at=factories.NOW)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fi"
    page = read(client, "privacy")
    assert "tietosuoja@malli.example" in page
    assert "tietosuoja@muu.example" in page
    assert "Only our own" not in read(client, "paper")
    viewer = factories.carer(here)
    sign_in(client, viewer, "fi")
    page = read(client, "privacy")
    assert "tietosuoja@malli.example" in page
    assert "tietosuoja@muu.example" not in page
    assert "Only our own: tietosuoja@malli.example" in read(client, "paper")
