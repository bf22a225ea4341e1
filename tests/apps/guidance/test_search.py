"""Search of the instructions by word stems (HELP-1)."""

from __future__ import annotations

import pytest

from palkkio.guidance import actions, catalogue
from palkkio.guidance.queries import search
from palkkio.guidance.searching import MOST_WORDS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("verokorttia", "fi", "tax-card"),
        ("skattekortet", "sv", "tax-card"),
        ("tax cards", "en", "tax-card"),
        ("matkoista", "fi", "trips"),
        ("valtuutuksen", "fi", "acting-for-another"),
        ("fullmakterna", "sv", "acting-for-another"),
        ("hoitopäiv", "fi", "recording"),
    ],
)
def test_an_inflected_or_half_typed_word_finds_the_article(typed: str, language: str, first: str) -> None:
    assert first in search(None, typed, language)[:3]


def test_all_words_are_wanted_and_if_no_article_has_them_all_some() -> None:
    both = search(None, "verokortti prosenttia", "fi")
    assert "tax-card" in both
    assert len(both) < len(search(None, "verokortti", "fi"))
    assert "tax-card" in search(None, "verokortti kengurulla", "fi")


@pytest.mark.parametrize("typed", ["", "  ", "&|!():*", "ja", "'; drop table", "\\", "word " * (MOST_WORDS + 5)])
def test_whatever_is_typed_is_no_error(typed: str) -> None:
    assert set(search(None, typed, "fi")) <= set(catalogue.slugs())


def test_what_an_organisation_adds_is_found_by_its_own_readers_alone() -> None:
    here, elsewhere = factories.county(), factories.city()
    actions.save_addition("paper", {"fi": "Vie paperit Kuusikujan pysäköintitaloon."}, by=here.maker, at=factories.NOW)
    assert search(here.maker, "pysäköintitalo", "fi") == ["paper"]
    assert search(elsewhere.maker, "pysäköintitalo", "fi") == []
    assert search(None, "pysäköintitalo", "fi") == []
