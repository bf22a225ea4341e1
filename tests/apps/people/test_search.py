from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.names import search_key
from palkkio.core.viewer import RoleKind
from palkkio.people import queries
from palkkio.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


def names(place: factories.Place, words: str, **values: object) -> list[str]:
    found = queries.search(factories.handler(place, "Hakija", "Heli"), words, **values)  # type: ignore[arg-type]
    return [person.name for person in found]


@pytest.mark.parametrize(
    "words", ["väi", "VAI", "aka", "Äkäs", "abe", "äkäs-åb", "ab väinö ak", " vaino  akas aberg ", "Väinö"]
)
def test_a_person_is_found_by_the_beginnings_of_any_words_of_the_name(words: str) -> None:
    place = factories.county()
    factories.person(place, "Väinö Olavi", "Äkäs-Åberg")
    factories.person(place, "Vieno", "Testaaja")

    assert names(place, words) == ["Väinö Olavi Äkäs-Åberg"]


@pytest.mark.parametrize("words", ["äinö", "berg", "väinö x", "!", "' & !(", "väinö:*"])
def test_the_middle_of_a_word_and_signs_find_nobody_else(words: str) -> None:
    place = factories.county()
    factories.person(place, "Väinö", "Äkäs-Åberg")

    expected = ["Väinö Äkäs-Åberg"] if words == "väinö:*" else []
    assert names(place, words) == expected


def test_a_whole_identity_code_finds_its_person() -> None:
    place = factories.county()
    person = factories.person(place, "Väinö", "Äkäs")
    factories.person(place)

    assert names(place, f" {person.identity_code.lower()} ") == [person.name]


def test_people_sort_as_finnish_readers_expect() -> None:
    place = factories.county()
    for family_name in ("Öhman", "Zetterberg", "Äkäs", "Åberg", "Aalto"):
        factories.person(place, "Sorttaa", family_name)

    expected = ["Aalto", "Zetterberg", "Åberg", "Äkäs", "Öhman"]
    found = queries.search(place.maker, "sorttaa")
    assert [person.family_name for person in found] == expected
    assert [person.family_name for person in queries.search(place.maker, "sorttaa", order="-name")] == expected[::-1]


def test_search_finds_only_people_whom_the_viewer_may_see() -> None:
    place, other = factories.county(), factories.city()
    carer = factories.carer(place, "Hakusana")
    factories.person(place, "Toinen", "Hakusana")
    factories.person(other, "Kolmas", "Hakusana")

    assert [person.pk for person in queries.search(carer, "hakusana")] == [carer.person_id]
    assert {person.given_names for person in queries.search(place.maker, "hakusana")} == {"Hilla", "Toinen"}


def test_search_narrows_to_those_who_have_a_role_on_a_day() -> None:
    place = factories.county()
    factories.role(factories.person(place, "Entinen", "Hakusana"), RoleKind.CARER, last=date(2026, 5, 31))
    factories.carer(place, "Hakusana", "Nykyinen")
    factories.person(place, "Rooliton", "Hakusana")

    assert names(place, "hakusana", role=RoleKind.CARER) == ["Entinen Hakusana", "Nykyinen Hakusana"]
    assert names(place, "hakusana", role=RoleKind.CARER, on=factories.TODAY) == ["Nykyinen Hakusana"]


def test_search_by_words_goes_through_the_index() -> None:
    place = factories.county()
    Person.objects.bulk_create(
        Person(organisation=place.organisation, search_key=f"sukunimi{number} etunimi{number % 97}")
        for number in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person")

    found = queries.matching(place.id, "etunimi12 suku")

    assert {person.search_key.split()[1] for person in found} == {"etunimi12"}
    assert "people_by_word_of_name" in found.explain()


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_is_found_by_any_beginning_of_its_words_and_no_typed_text_breaks_the_search(
    name: str, typed: str
) -> None:
    name = "".join(char for char in name if char.isprintable())
    place = factories.county()
    person = Person(organisation=place.organisation, given_names="Testi", family_name=name)
    person.save()
    try:
        for word in search_key(name).split():
            for end in (1, len(word) // 2 + 1, len(word)):
                assert queries.matching(place.id, word[:end]).filter(pk=person.pk).exists(), (name, word[:end])
        list(queries.matching(place.id, typed.replace("\x00", ""))[:1])
    finally:
        Person.objects.filter(pk=person.pk).delete()
