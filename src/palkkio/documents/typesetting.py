"""The typesetter of PDFs, kept warm: one for each thread."""

from __future__ import annotations

import threading

from django.conf import settings

from palkkio.formats.pdf import Typesetter

_of_thread = threading.local()


def typesetter() -> Typesetter:
    """The typesetter of this thread. Raises ValueError if the fonts are not installed."""
    if not hasattr(_of_thread, "typesetter"):
        _of_thread.typesetter = Typesetter(settings.PALKKIO_FONTS)
    found: Typesetter = _of_thread.typesetter
    return found
