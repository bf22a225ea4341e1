"""A decision on assistance is told to the employer, and goes as a letter to who gets letters: ACC-11, HELP-4, EMP-4."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest

from palkkio.audit.sealing import seal_events
from palkkio.core.viewer import RoleKind
from palkkio.decisions import actions as decisions
from palkkio.messages import from_events
from palkkio.messages.letter_files import pdf_of
from palkkio.messages.models import Letter, Notice
from palkkio.messages.posting import _body
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DECIDED = {"ground": "Tarve on\nmuuttunut", "office_holder": "Sanna Sosiaali", "decided_on": "20.5.2026"}
GRANTED = {"first": "1.6.2026", "hours": "30,5", "per": "month", "weekdays": ["1", "5"], "clock_times": "8-20"}


def tell() -> None:
    seal_events(at=NOW + timedelta(hours=2), is_whole=True)
    from_events.tell(at=NOW + timedelta(hours=2))


def text_of(letter: Letter) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf_of(letter, at=NOW + timedelta(hours=3)))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_each_version_of_a_decision_is_a_letter_that_says_what_it_grants_and_on_what_ground() -> None:
    place = factories.county()
    worker = factories.social_worker(place)
    employer = factories.person(place, "Eero", "Esimerkki", uses_paper=True, street="Mallitie 4", town="Mallila")
    assistant = factories.person(place, "Aino", "Avustaja", uses_paper=True)
    factories.viewer(employer, RoleKind.EMPLOYER), factories.viewer(assistant, RoleKind.ASSISTANT)
    values = {**GRANTED, **DECIDED, "group": 1, "name": "Henkilökohtainen apu"}
    made = decisions.add_decision(employer.pk, by=worker, at=NOW, values=values)
    tell()
    (letter,) = Letter.objects.select_related("notice__person", "file")
    assert (letter.notice.kind, letter.notice.person_id) == (Notice.Kind.DECISION_MADE, employer.pk)
    said = text_of(letter)
    for words in (
        "Päätös henkilökohtaisesta avusta",
        "on tehnyt 20.5.2026 päätöksen",
        "Päätös 1.1: Henkilökohtainen apu",
        "Voimassa: 1.6.2026 alkaen toistaiseksi",
        "30,5 tuntia kuukaudessa",
        "maanantaina, perjantaina",
        "08.00–20.00",
        "Perustelu: Tarve on muuttunut",
        "Päätöksen teki: Sanna Sosiaali",
        "30 päivän kuluessa",
        "Eero Esimerkki",
        "Mallitie 4",
    ):
        assert words in said, words
    assert _body(letter, NOW).is_verifiable  # its receipt is proved (M11)
    assert letter.file is not None
    assert letter.file.kind == "decision"

    later = NOW + timedelta(hours=1)
    further = {"first": "1.8.2026", "last": "31.8.2026", "hours": "", **DECIDED}
    decisions.change_decision(made.pk, by=worker, at=later, values=further)
    tell()
    assert "30,5 tuntia kuukaudessa" in text_of(letter)
    newer = Letter.objects.select_related("notice__person", "file").latest("pk")
    said = text_of(newer)
    assert "Voimassa: 1.8.2026–31.8.2026" in said
    assert "määrää ei ole rajattu" in said
    assert not Notice.objects.filter(person=assistant).exists()  # EMP-4


def test_who_reads_in_palkkio_is_told_there_and_gets_no_letter() -> None:
    place = factories.county()
    employer = factories.person(place, "Eero", "Esimerkki", email="eero@testi.example")
    factories.decision(place, employer, by=factories.social_worker(place))
    tell()
    assert Notice.objects.get(person=employer).kind == Notice.Kind.DECISION_MADE
    assert not Letter.objects.exists()
