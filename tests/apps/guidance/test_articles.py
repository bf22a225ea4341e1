"""The instructions: the same in three languages, true to the words of the pages (HELP-1, HELP-2)."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext, override

from palkkio.core.viewer import STAFF_ROLES, RoleKind
from palkkio.guidance import catalogue
from palkkio.web import help_articles
from tests.journeys import test_help_pictures as of_the_demo
from tests.web_portal import test_help_pictures as of_the_portal

# Bold words of the text itself that happen to be a label elsewhere, with another translation there.
NOT_LABELS = {"Read the instructions", "Check your details", "You are heard", "Hours"}


def bold(text: str) -> list[str]:
    return [each.rstrip(".") for each in re.findall(r"\*\*(.+?)\*\*", text)]


def shape(text: str) -> list[str]:
    """Headings, list items, table rows and pictures in their order: what a translation must not lose."""
    found = []
    for line in text.splitlines():
        mark = re.match(r"(#+ |- |\d+\. |\||!\[)", line)
        if mark:
            found.append(re.sub(r"\d+", "1", mark[1]))
    return found


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_every_article_of_the_contents_is_a_file_and_every_file_is_in_the_contents(language: str) -> None:
    files = {path.stem for path in (catalogue.FOLDER / language).glob("*.md")}
    assert files == set(catalogue.slugs())
    assert len(catalogue.slugs()) == len(set(catalogue.slugs()))


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_an_article_says_the_same_in_each_language(slug: str) -> None:
    english = shape(catalogue.source(slug, "en"))
    assert english[0] == "# "
    for language in ("fi", "sv"):
        assert shape(catalogue.source(slug, language)) == english


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_buttons_and_menus_are_called_as_on_the_pages(slug: str) -> None:
    """A label in bold in English is found in the other languages as the pages have it."""
    for label in set(bold(catalogue.source(slug, "en"))) - NOT_LABELS:
        for language in ("fi", "sv"):
            with override(language):
                shown = gettext(label).replace("\u00ad", "")
            if shown != label:
                assert shown in catalogue.source(slug, language), f"{label} is {shown} in {language}"


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_links_of_an_article_lead_somewhere(slug: str) -> None:
    """An unknown page raises; an unknown article would be a dead link."""
    for language in catalogue.LANGUAGES:
        for linked in re.findall(r"\]\(article:([a-z-]+)\)", catalogue.source(slug, language)):
            assert linked in catalogue.slugs()
        assert help_articles.article(slug, language).body


def test_every_role_has_a_topic_of_its_own() -> None:
    own = {role for topic in catalogue.topics() for role in topic.roles}
    assert own == set(RoleKind) - {RoleKind.CARE_RECIPIENT}
    assert next(topic for topic in catalogue.topics() if topic.slug == "staff").roles == STAFF_ROLES


def test_every_picture_that_an_article_asks_for_is_there() -> None:
    for slug in catalogue.slugs():
        for language in catalogue.LANGUAGES:
            for name in help_articles.pictures(slug, language):
                assert f"help/{language}/{name.removesuffix('.png')}" in str(help_articles.article(slug, language).body)


def test_one_command_takes_every_picture_that_an_article_asks_for() -> None:
    """`bin/pictures`; none is left over from a page that is no more."""
    taken = {f"{name}.png" for name in (*of_the_portal.TAKEN, *of_the_demo.TAKEN)}
    assert of_the_portal.KEPT == of_the_demo.KEPT
    for language in catalogue.LANGUAGES:
        asked = {name for slug in catalogue.slugs() for name in help_articles.pictures(slug, language)}
        assert asked == taken == {path.name for path in (of_the_demo.KEPT / language).iterdir()}


def test_an_unknown_article_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue.source("nothing", "fi")
