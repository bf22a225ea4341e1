"""Dates and money in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from palkkio.rules import choice_kinds, profile, profile_names
from palkkio.rules.figures import figure_of_law, keys
from palkkio.web.choice_words import ground_words
from palkkio.web.desk import rates_page
from palkkio.web.ui import wording

WEDNESDAY = date(2026, 6, 3)
MONDAY = date(2026, 6, 8)


def shown(filters: str, value: object, language: str = "fi") -> str:
    template = engines["django"].from_string("{% load ui %}{{ value|" + filters + " }}")
    with translation.override(language):
        return template.render({"value": value})


@pytest.mark.parametrize(
    ("filters", "value", "expected"),
    [
        ("euros", Decimal("1249.17"), "1\u00a0249,17\u00a0€"),
        ("euros", Decimal("-99.5"), "\u221299,50\u00a0€"),
        ("euros", 0, "0,00\u00a0€"),
        ("euros", None, ""),
        ("euros", "from the contract", "from the contract"),
        ("number", Decimal("655330.68"), "655\u00a0330,68"),
        ("number", 3012, "3\u00a0012"),
        ("number:2", Decimal("1.005"), "1,01"),
        ("signed:2", Decimal(420), "+420,00"),
        ("signed:2", Decimal(-420), "\u2212420,00"),
        ("signed", 0, "0"),
        ("percent", Decimal(12), "12,0\u00a0%"),
        ("percent", Decimal("7.30"), "7,30\u00a0%"),
        ("day", MONDAY, "8.6.2026"),
        ("day_short", MONDAY, "8.6."),
        ("iso", MONDAY, "2026-06-08"),
        ("day", None, ""),
    ],
)
def test_figures_are_written_alike_in_every_language(filters: str, value: object, expected: str) -> None:
    for language in ("fi", "sv", "en"):
        assert shown(filters, value, language) == expected


@pytest.mark.parametrize(
    ("filters", "value", "fi", "sv", "en"),
    [
        ("deadline", WEDNESDAY, "keskiviikkona 3.6.", "onsdagen den 3.6.", "on Wednesday 3 June"),
        ("weekday_day", MONDAY, "ma\u00a08.6.", "må\u00a08.6.", "Mon\u00a08.6."),
        ("weekday_date", MONDAY, "ma\u00a08.6.2026", "må\u00a08.6.2026", "Mon\u00a08.6.2026"),
        ("month_name", date(2026, 5, 1), "toukokuu 2026", "maj 2026", "May 2026"),
        ("day_long", MONDAY, "8. kesäkuuta", "8 juni", "8 June"),
        ("weekday", MONDAY, "maanantai", "måndag", "Monday"),
    ],
)
def test_dates_follow_the_grammar_of_the_language(filters: str, value: date, fi: str, sv: str, en: str) -> None:
    assert [shown(filters, value, language) for language in ("fi", "sv", "en")] == [fi, sv, en]


def test_a_moment_is_told_in_finlands_time() -> None:
    at = datetime(2026, 10, 21, 15, 2, tzinfo=UTC)
    assert shown("moment", at, "fi") == "21.10. klo\u00a018.02"
    assert shown("moment", at, "en") == "21 October at 18.02"


def test_every_weekday_has_its_form_in_finnish() -> None:
    forms = [wording.deadline(date(2026, 6, number), "fi").split()[0] for number in range(1, 8)]
    assert forms == [
        "maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina",
    ]  # fmt: skip


def test_a_language_without_words_of_its_own_is_told_in_finnish() -> None:
    assert wording.weekday(MONDAY, "se") == "maanantai"
    assert wording.weekday(MONDAY, "sv-fi") == "måndag"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Confirm at the latest 3.6.", "Confirm at the latest 3.6."),
        ("Confirm by 3 June", "Confirm by 3 June."),
        ("viimeistään 3.6..", "viimeistään 3.6."),
        ("Confirm now?", "Confirm now?"),
        ("", ""),
    ],
)
def test_a_sentence_ends_in_one_full_stop(text: str, expected: str) -> None:
    assert wording.sentence(text) == expected


def test_every_choice_of_a_payer_gives_its_ground_in_the_readers_language() -> None:
    grounds = {profile(name).choice(key).source for name in profile_names() for key in choice_kinds()}
    with translation.override("en"):
        assert {ground_words(each) for each in grounds} == grounds
    for language in ("fi", "sv"):
        with translation.override(language):
            assert [each for each in sorted(grounds) if ground_words(each) == each] == []


def test_every_figure_of_the_law_has_a_unit_people_read() -> None:
    with translation.override("fi"):
        units = {rates_page.unit_words(figure_of_law(key).unit) for key in keys()}
    money = {"€", "€ kilometriltä", "€ kuukaudelta", "€ päivältä", "€ tunnilta"}
    assert units <= {*money, "%", "", "vuotta", "päivää", "tuntia", "kuukautta", "viikkoa", "(kellonaika)", "yes/no"}


def test_a_page_shows_the_day_of_a_moment_in_finland() -> None:
    """Tables keep moments in UTC, where half past midnight is of the day before."""
    at = datetime(2026, 6, 7, 21, 30, tzinfo=UTC)
    assert (shown("day", at), shown("day_short", at), shown("day", date(2026, 6, 7))) == (
        "8.6.2026",
        "8.6.",
        "7.6.2026",
    )
