"""Photographed pages become one PDF; files with malware, and those that were not looked at, are not taken in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from palkkio.adapters.malware import sandbox
from palkkio.adapters.malware.clamd import Scanner
from palkkio.core.problems import InvalidInput
from palkkio.documents import actions, pages, retention
from palkkio.documents.models import Blob, Document
from tests import factories

RED, BLUE = (200, 0, 0), (0, 0, 200)


def photo(
    width: int = 60, height: int = 40, *, kind: str = "JPEG", orientation: int = 0, corner: tuple[int, ...] = BLUE
) -> bytes:
    """A red picture whose upper left quarter is of another colour, so that one sees how it lies."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(corner, (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
        exif[0x010F] = "Testikamera"
    made = BytesIO()
    picture.save(made, kind, exif=exif, comment="Testipaikka")
    return made.getvalue()


def looks(pdf: bytes) -> list[Image.Image]:
    """The pictures of the pages."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [
            pikepdf.PdfImage(next(iter(page.get_images().values()))).as_pil_image().convert("RGB")
            for page in opened.pages
        ]


def is_blue(picture: Image.Image, x: float, y: float) -> bool:
    red, _, blue = picture.getpixel((int(picture.width * x), int(picture.height * y)))  # type: ignore[misc]
    return bool(blue > red)


def test_several_photos_become_the_pages_of_one_pdf_in_their_order_each_turned() -> None:
    pdf = pages.one_pdf([photo(), photo(), photo(kind="PNG")], [0, 90, 180])

    first, second, third = looks(pdf)
    assert (first.size, second.size, third.size) == ((60, 40), (40, 60), (60, 40))
    assert is_blue(first, 0.25, 0.25)
    assert is_blue(second, 0.75, 0.25)
    assert is_blue(third, 0.75, 0.75)


def test_a_photo_stands_as_the_camera_was_held_and_its_notes_are_not_kept() -> None:
    held_upright = photo(orientation=6)  # to be shown a quarter turn clockwise

    [page] = looks(pdf := pages.one_pdf([held_upright], [0]))

    assert page.size == (40, 60)
    assert is_blue(page, 0.75, 0.25)
    assert b"Testipaikka" in held_upright
    assert b"Testikamera" not in pdf
    assert b"Testipaikka" not in pdf
    assert b"Exif" not in pdf


def test_a_large_photo_is_made_as_large_as_a_legible_sheet() -> None:
    [page] = looks(pages.one_pdf([photo(4000, 3000)], [90]))
    assert page.width == pages.SHORT_SIDE
    assert page.height <= pages.LONG_SIDE


def test_pages_that_are_too_large_together_are_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    made = BytesIO()
    Image.effect_noise((400, 400), 100).save(made, "PNG")
    whole = pages.one_pdf([made.getvalue()], [0])
    monkeypatch.setattr(pages, "MOST_BYTES", len(whole) - 1)
    assert len(pages.one_pdf([made.getvalue()], [0])) < len(whole)


def test_what_is_transparent_becomes_white_paper() -> None:
    made = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG")
    [page] = looks(pages.one_pdf([made.getvalue()], [0]))
    assert min(page.getpixel((5, 5))) > 250  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize(
    ("photos", "says"),
    [
        ([b"%PDF-1.7"], "JPEG and PNG"),
        ([photo(), b"\xff\xd8\xff\xe0 no picture"], "cannot be opened"),
        ([photo()[:200]], "cannot be opened"),
        ([photo()] * 21, "at most"),
        ([photo(9000, 8000, kind="PNG")], "too large"),
    ],
)
def test_what_cannot_be_a_page_is_refused_beside_the_field(photos: list[bytes], says: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        pages.one_pdf(photos, [0] * len(photos))
    assert [(each.field, says in each.message) for each in refusal.value.errors] == [("file", True)]


# --- Malware ---------------------------------------------------------------------------------------------------------


def send(content: bytes) -> Document:
    carer = factories.carer(factories.county())
    upload = SimpleUploadedFile("todistus.pdf", content)
    return actions.receive(upload, kind="certificate", person_id=carer.person_id, by=carer, at=factories.NOW)


@pytest.mark.django_db
def test_malware_is_refused_and_nothing_of_it_is_kept(settings: Any) -> None:
    with sandbox.running() as server:
        settings.PALKKIO_CLAMD = server.scanner
        with pytest.raises(InvalidInput) as refusal:
            send(b"%PDF-1.7\n" + sandbox.EICAR)
        assert refusal.value.errors[0].message == actions.MALWARE
        assert Document.objects.count() == Blob.objects.count() == 0
        assert send(b"%PDF-1.7\n").kind == "certificate"


@pytest.mark.django_db
def test_a_file_is_refused_while_the_scanner_does_not_answer(settings: Any) -> None:
    settings.PALKKIO_CLAMD = Scanner(host="127.0.0.1", port=1, seconds=1)
    with pytest.raises(InvalidInput) as refusal:
        send(b"%PDF-1.7\n")
    assert refusal.value.errors[0].message == actions.NOT_CHECKED
    assert Document.objects.count() == Blob.objects.count() == 0


# --- How long --------------------------------------------------------------------------------------------------------


def test_each_kind_has_a_class_of_keeping_with_its_law() -> None:
    for kind in Document.Kind:
        assert retention.retention_of(kind).law
    added = factories.TODAY
    assert str(retention.retention_of("payslip").ends_on(added)) == "2036-12-31"
    assert str(retention.retention_of("receipt").ends_on(added)) == "2032-12-31"
    assert retention.retention_of("certificate").ends_on(added) is None
