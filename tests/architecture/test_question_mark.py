"""The question mark opens the article of the page one is on (HELP-1): one table, and every page is in it."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from palkkio.guidance import catalogue
from palkkio.web import help_articles
from palkkio.web.question_mark import ARTICLE_OF, ARTICLES, FRONT_PAGE, OWN, address_for
from tests.architecture.test_every_address import addresses
from tests.architecture.url_roles import URL_ROLES

# Files, and addresses that only lead on: none shows a question mark.
NO_PAGE = ("-pdf", "-csv", "-file", "run-progress", "receipt", "scan", "open-period", "attachment", "-form")
LEADS_ON = {"desk:home", "portal:eid-start", "portal:eid-back", "mfa_login_webauthn", "ui:catalogue"}


def test_every_page_has_its_article() -> None:
    pages = {
        name
        for name, door in URL_ROLES.items()
        if door.posts is None and not name.endswith(NO_PAGE) and name not in LEADS_ON
    }
    assert sorted(pages - set(ARTICLE_OF) - set(FRONT_PAGE)) == []


def test_the_table_names_addresses_and_articles_that_exist_each_page_once() -> None:
    known = set(addresses())
    named = [page for pages in ARTICLES.values() for page in pages]
    assert sorted(set(named) - known) == []
    assert len(named) == len(set(named))
    assert {*ARTICLES, *OWN.values()} <= set(catalogue.slugs())
    assert {page for page, _ in OWN} <= known


def test_each_article_is_opened_by_some_page_or_linked_by_another_article() -> None:
    linked = "".join(catalogue.source(slug, "en") for slug in catalogue.slugs())
    opened = {*ARTICLES, *OWN.values(), "tax-card"}  # that one by a to-do of the home page
    opened |= {"accessibility", "privacy", "terms"}  # by the foot of every page
    alone = [each for each in catalogue.slugs() if each not in opened and f"article:{each})" not in linked]
    assert set(alone) <= {"correcting", "paper", "notices"}  # found in their topics


def test_a_page_that_roles_share_opens_the_article_of_the_readers_own_work() -> None:
    assert address_for("portal:period", "carer") == reverse("portal:help-article", args=["recording"])
    assert address_for("portal:period", "assistant") == reverse("portal:help-article", args=["shifts"])
    assert address_for("nothing:known") == reverse("portal:help")


def test_a_link_to_a_page_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        help_articles._address("page:portal:nothing")
