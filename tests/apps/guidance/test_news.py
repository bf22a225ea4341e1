"""News, service notices and additions: who writes, who reads, on which days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.guidance import access, actions
from palkkio.guidance.queries import addition, news_for
from palkkio.web.prose import safe_html
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY


def told(**values: Any) -> dict[str, Any]:
    texts = {
        "title_fi": "Puhelin on kiinni",
        "text_fi": "Palvelemme taas maanantaina.",
        "title_sv": "Telefonen är stängd",
        "text_sv": "Vi betjänar igen på måndag.",
    }
    return {"kind": "news", "roles": ["carer"], "first": TODAY, **texts, **values}


def read(viewer: Viewer, today: date = TODAY, language: str = "fi") -> list[str]:
    return [row.title for row in news_for(viewer, today=today, language=language)]


@pytest.fixture
def place() -> factories.Place:
    return factories.county()


def of_role(place: factories.Place, role: RoleKind) -> Viewer:
    return factories.viewer(factories.person(place, "Lukija", f"Testaaja{role.value}"), role)


def test_news_are_read_by_their_roles_on_their_days_in_the_readers_language(place: factories.Place) -> None:
    actions.save_news(None, by=place.maker, at=factories.NOW, values=told(last=TODAY + timedelta(days=6)))
    carer, employer = of_role(place, RoleKind.CARER), of_role(place, RoleKind.EMPLOYER)
    assert read(carer) == ["Puhelin on kiinni"]
    assert read(carer, language="sv") == ["Telefonen är stängd"]
    (english,) = news_for(carer, today=TODAY, language="en")
    assert (english.title, english.language) == ("Puhelin on kiinni", "fi")
    assert read(employer) == []
    assert read(carer, TODAY - timedelta(days=1)) == []
    assert read(carer, TODAY + timedelta(days=6)) == ["Puhelin on kiinni"]
    assert read(carer, TODAY + timedelta(days=7)) == []
    assert read(of_role(factories.city(), RoleKind.CARER)) == []


def test_members_of_heta_and_other_employers_are_told_apart(place: factories.Place) -> None:
    """R16: the employer is a member while a proof of the year is recorded."""
    for group, title in (("members", "Jäsenille"), ("others", "Muille"), ("", "Kaikille")):
        values = told(roles=["employer"], membership=group, title_fi=title)
        actions.save_news(None, by=place.maker, at=factories.NOW, values=values)
    employment = factories.assistance(place, of_role(place, RoleKind.ASSISTANT).person_id)
    employer = factories.viewer(employment.employer, RoleKind.EMPLOYER)
    assert set(read(employer)) == {"Muille", "Kaikille"}
    event = factories.event(employment, "heta_member", date(2026, 1, 1), date(2026, 12, 31))
    assert set(read(employer)) == {"Jäsenille", "Kaikille"}
    assert set(read(employer, date(2027, 1, 1))) == {"Muille", "Kaikille"}
    type(event).objects.filter(pk=event.pk).delete()
    assert set(read(employer)) == {"Muille", "Kaikille"}


def test_a_service_notice_comes_before_news_and_a_withdrawn_one_is_gone(place: factories.Place) -> None:
    by, at = place.maker, factories.NOW
    news = actions.save_news(None, by=by, at=at, values=told(title_fi="Uutinen"))
    actions.save_news(
        None, by=by, at=at, values=told(kind="service", title_fi="Katko", first=TODAY - timedelta(days=9))
    )
    carer = of_role(place, RoleKind.CARER)
    assert read(carer) == ["Katko", "Uutinen"]
    actions.save_news(news.pk, by=by, at=at, values=told(title_fi="Korjattu uutinen"))
    assert read(carer) == ["Katko", "Korjattu uutinen"]
    actions.withdraw_news(news.pk, by=by, at=at)
    assert read(carer) == ["Katko"]
    assert access.news(by).count() == 2
    with pytest.raises(WrongState):
        actions.withdraw_news(news.pk, by=by, at=at)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title_sv": ""}, "title_sv"),
        ({"text_fi": " "}, "text_fi"),
        ({"roles": []}, "roles"),
        ({"roles": ["emperor"]}, "roles"),
        ({"kind": "poem"}, "kind"),
        ({"membership": "members"}, "membership"),
        ({"last": TODAY - timedelta(days=1)}, "last"),
        ({"title_en": "Closed"}, "title_en"),
        ({"title_fi": "x" * 121}, "title_fi"),
    ],
)
def test_what_cannot_be_told_is_said_beside_its_field(place: factories.Place, values: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.save_news(None, by=place.maker, at=factories.NOW, values=told(**values))
    assert [error.field for error in refused.value.errors] == [field]
    assert not access.news(place.maker).exists()


def test_only_staff_of_the_organisation_write(place: factories.Place) -> None:
    news = actions.save_news(None, by=place.maker, at=factories.NOW, values=told())
    carer, stranger = of_role(place, RoleKind.CARER), factories.city().maker
    with pytest.raises(NotAllowed):
        actions.save_news(None, by=carer, at=factories.NOW, values=told())
    with pytest.raises(NotAllowed):
        actions.save_news(news.pk, by=stranger, at=factories.NOW, values=told())
    with pytest.raises(NotAllowed):
        actions.withdraw_news(news.pk, by=stranger, at=factories.NOW)
    with pytest.raises(NotAllowed):
        actions.save_addition("paper", {"fi": "x"}, by=carer, at=factories.NOW)
    with pytest.raises(NotAllowed):
        actions.save_addition("nothing", {"fi": "x"}, by=place.maker, at=factories.NOW)


def test_an_addition_is_kept_by_language_and_an_empty_text_takes_it_away(place: factories.Place) -> None:
    actions.save_addition(
        "paper", {"fi": " Kuusikuja 1 ", "sv": "Granvägen 1", "en": ""}, by=place.maker, at=factories.NOW
    )
    carer = of_role(place, RoleKind.CARER)
    assert [addition(carer, "paper", each) for each in ("fi", "sv", "en")] == ["Kuusikuja 1", "Granvägen 1", ""]
    assert addition(None, "paper", "fi") == ""
    actions.save_addition("paper", {"fi": "", "sv": "Granvägen 2"}, by=place.maker, at=factories.NOW)
    assert [addition(carer, "paper", each) for each in ("fi", "sv")] == ["", "Granvägen 2"]
    with pytest.raises(InvalidInput) as refused:
        actions.save_addition("paper", {"sv": "x" * 4001}, by=place.maker, at=factories.NOW)
    assert [error.field for error in refused.value.errors] == ["sv"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        '<a href="https://example.fi" onclick="x()">x</a>',
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_a_text_of_staff_brings_no_script_picture_or_html_of_its_own(text: str) -> None:
    for tag, rest in re.findall(r"<(\w+)([^>]*)>", str(safe_html(text))):
        assert tag in {"p", "a"}
        assert re.fullmatch(r'( href="https://[^"]*"| rel="[a-z ]*")*', rest)


def test_a_text_of_staff_keeps_paragraphs_lists_and_links() -> None:
    html = str(safe_html("# Otsikko\n\nTeksti ja [lomake](https://esimerkki.fi/a).\n\n- yksi\n- kaksi"))
    assert "<h3>Otsikko</h3>" in html
    assert '<a href="https://esimerkki.fi/a"' in html
    assert html.count("<li>") == 2
