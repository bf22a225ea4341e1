"""Photographed pages of a paper: turned upright, one after another in one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from palkkio.core.problems import FieldError, InvalidInput
from palkkio.documents.kinds import JPEG, MOST_BYTES, PNG, type_of

MOST_PAGES = 20
MOST_PIXELS = 64_000_000  # a larger picture is no photo of a paper; decoding it could exhaust the memory
LONG_SIDE, SHORT_SIDE = 2339, 1654  # A4 at 200 dots an inch: the small print of a certificate stays legible
DPI = 200
QUALITIES = (80, 60, 40)  # of the pictures; the next one when the pages together are too large to keep
TURNS = (0, 90, 180, 270)  # degrees clockwise


def one_pdf(photos: Sequence[bytes], turns: Sequence[int]) -> bytes:
    """One PDF of JPEG and PNG pictures, a page each; a picture is first set upright as the camera noted it.

    turns  degrees clockwise for each picture, one of TURNS
    Nothing of the camera's notes (place, device) is kept. Raises InvalidInput on the field `file`.
    """
    refuse_too_many(photos)
    pages = [_page(photo, turn) for photo, turn in zip(photos, turns, strict=True)]
    made = b""
    for quality in QUALITIES:
        made = _joined(pages, quality)
        if len(made) <= MOST_BYTES:
            break
    return made


def refuse_too_many(photos: Sequence[object]) -> None:
    """Raises InvalidInput on the field `file` if they are more than the pages of one document."""
    if len(photos) > MOST_PAGES:
        raise InvalidInput(FieldError("file", "Choose at most %(most)s pages.", {"most": MOST_PAGES}))


def _joined(pages: Sequence[Image.Image], quality: int) -> bytes:
    made, (first, *rest) = BytesIO(), pages
    first.save(made, "PDF", save_all=True, append_images=rest, resolution=DPI, quality=quality, producer="Palkkio")
    return made.getvalue()


def _page(photo: bytes, turn: int) -> Image.Image:
    if type_of(photo) not in (JPEG, PNG):
        raise InvalidInput(
            FieldError("file", "Several pages are joined from JPEG and PNG pictures. Choose pictures, or one PDF.")
        )
    if turn not in TURNS:
        raise ValueError(f"A page is turned by 0, 90, 180 or 270 degrees, not by {turn}")
    try:
        with Image.open(BytesIO(photo), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise InvalidInput(
                    FieldError("file", "A picture is too large. Take the photo again in a smaller size.")
                )
            picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
            upright = ImageOps.exif_transpose(picture)
            flat = _on_white(upright).rotate(-turn, expand=True)
            flat.info.clear()  # else a comment of the camera's stands in the PDF
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise InvalidInput(
            FieldError("file", "A picture cannot be opened. Take the photo again, or choose another picture.")
        ) from error
    is_tall = flat.height >= flat.width
    flat.thumbnail((SHORT_SIDE, LONG_SIDE) if is_tall else (LONG_SIDE, SHORT_SIDE))
    return flat


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, which a page has none of."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")
