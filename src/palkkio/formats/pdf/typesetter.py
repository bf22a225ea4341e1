"""Typst kept warm: templates of this package, fonts of a folder given, nothing from the system."""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import typst

TEMPLATES = Path(__file__).with_name("templates")
FONT = "Source Sans 3"
STANDARD = "ua-1"
ARCHIVABLE = ["a-2a", STANDARD]
Item = TypeVar("Item")
Made = TypeVar("Made")


class DocumentError(RuntimeError):
    """A document could not be set; the message is Typst's. A mistake of ours, never of who asked for it."""


class Typesetter:
    """Sets documents as tagged PDF/UA-1. Keep it: the fonts are read and the templates compiled once.

    One of them belongs to one thread. The same data, moment and fonts give the same bytes. Letters that no font of the
    folder has are printed as `?`, since a rare letter in a name must not stop a run: where that happens, put a font
    that has them beside Source Sans 3.
    """

    def __init__(self, fonts_folder: Path) -> None:
        """Raises ValueError if the folder, with those below it, holds no Source Sans 3 in TrueType or OpenType."""
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts_folder)]
        )
        if FONT not in self._fonts.families():
            raise ValueError(f"The folder {fonts_folder} does not hold the font {FONT}")
        self._compilers: dict[str, typst.Compiler] = {}

    def pdf(self, template: str, data: Mapping[str, Any], *, made_at: datetime, is_archivable: bool = False) -> bytes:
        """One document; an archivable one is PDF/A-2 too. Raises DocumentError if it would not be accessible."""
        standards = ARCHIVABLE if is_archivable else [STANDARD]
        pages = self._compile(template, data, format="pdf", pdf_standards=standards, timestamp=_seconds(made_at))
        return pages[0]

    def pictures(self, template: str, data: Mapping[str, Any], *, made_at: datetime, ppi: float = 110) -> list[bytes]:
        """The pages of one document as PNG, to look at."""
        return self._compile(template, data, format="png", ppi=ppi, timestamp=_seconds(made_at))

    def _compile(self, template: str, data: Mapping[str, Any], **options: Any) -> list[bytes]:
        compiler = self._compilers.get(template)
        if compiler is None:
            compiler = self._compilers[template] = typst.Compiler(
                str(TEMPLATES / f"{template}.typ"),
                root=str(TEMPLATES),
                font_paths=self._fonts,
                ignore_system_fonts=True,
            )
        text = json.dumps(_without_controls(data), ensure_ascii=False, sort_keys=True)
        while True:
            try:
                made, warnings = compiler.compile_with_warnings(sys_inputs={"data": text}, **options)
            except typst.TypstError as error:
                lacking = _lacking_letters(f"{error.message}\n{error.diagnostic}") & set(text)
                if not lacking:
                    raise DocumentError(f"{error.message}\n{error.diagnostic}") from error
                text = text.translate(dict.fromkeys(map(ord, lacking), "?"))
                continue
            if warnings:
                raise DocumentError("; ".join(str(warning.message) for warning in warnings))
            return made if isinstance(made, list) else [made or b""]


def set_many(
    fonts_folder: Path, make: Callable[[Typesetter, Item], Made], items: Iterable[Item], *, threads: int
) -> Iterator[Made]:
    """`make(typesetter, item)` for each item, in their order, with a typesetter for each of `threads` threads.

    Typst works outside Python's lock, so two threads set twice as many. Only a few results wait at a time, so that
    thousands of documents need no more memory than some. `make` touches no database.
    """
    own = threading.local()

    def one(item: Item) -> Made:
        if not hasattr(own, "typesetter"):
            own.typesetter = Typesetter(fonts_folder)
        return make(own.typesetter, item)

    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Made]] = deque()
        for item in items:
            waiting.append(pool.submit(one, item))
            if len(waiting) >= 4 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _without_controls(value: Any) -> Any:
    """`value` with control characters as blanks; they come from pasted text and no font shows them."""
    if isinstance(value, str):
        return "".join(" " if unicodedata.category(char) == "Cc" and char not in "\n\t" else char for char in value)
    if isinstance(value, Mapping):
        return {key: _without_controls(inside) for key, inside in value.items()}
    return [_without_controls(inside) for inside in value] if isinstance(value, list | tuple) else value


def _lacking_letters(message: str) -> set[str]:
    """The letters that no font of the folder has, as Typst names them."""
    texts = re.findall(r'the text `"(.+?)"` could not be displayed', message)
    return {
        char for text in texts for char in re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
    }


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("The moment of making needs a time zone")
    return int(moment.timestamp())
