"""Long messages in short: of elements that are alike but for texts of their own, one stands for all.

What a schema and our rules say of an element depends on its order and its texts. Where elements differ in nothing but
texts that are right by themselves (an id, a name, a sum), what is right of one is right of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from palkkio.formats.xml_writer import DECLARATION

# A text in one line without blanks at its ends, as it stands between tags; what is escaped there is left to others.
LINE = r"(?!\s)[^<>&\x00-\x1f\ufffe\uffff]{1,%d}(?<!\s)"


@dataclass(frozen=True)
class Alike:
    """An element that a message of ours repeats.

    name    in its tag
    indent  blanks before it; where it is written otherwise, all that is repeated counts as one
    own     a group that matches the name of a tag and a text of its own in the right form, up to the closing tag:
            `<(Amount>[0-9]+)(?=</)`. Nothing else may differ
    """

    name: str
    indent: int
    own: re.Pattern[str]

    def cut(self, text: str) -> tuple[str, list[str], str]:
        """What stands before the first element, what is inside of each, what follows the last."""
        start, end = text.find(f"<{self.name}>") + len(self.name) + 2, text.rfind(f"</{self.name}>")
        if not len(self.name) + 2 <= start <= end:
            return text, [], ""
        return text[:start], text[start:end].split(self._between), text[end:]

    def joined(self, head: str, parts: Iterable[str], tail: str) -> str:
        """The text again that was `cut`."""
        return f"{head}{self._between.join(parts)}{tail}"

    @property
    def _between(self) -> str:
        return f"</{self.name}>\n{' ' * self.indent}<{self.name}>"

    def kind(self, text: str) -> tuple[tuple[str, ...], list[str]]:
        """What is not `own` in a text, which is the same in all that are alike; and what is, each behind its tag."""
        pieces = self.own.split(text)
        return tuple(pieces[::2]), pieces[1::2]

    def kinds(self, parts: Iterable[str]) -> tuple[list[str], list[str]]:
        """The first of the parts that are alike; and `own` texts of all parts, each behind its tag: `Amount>5.00`."""
        first: dict[tuple[str, ...], str] = {}
        texts: list[str] = []
        for part in parts:
            kind, own = self.kind(part)
            first.setdefault(kind, part)
            texts += own
        return list(first.values()), texts


def plain_text(xml: bytes) -> str | None:
    """A message as we write it, of nothing but elements and their texts; None: it is written otherwise."""
    if not xml.startswith(DECLARATION) or b"<!" in xml or xml.find(b"<?", 1) > 0:
        return None
    try:
        return xml.decode()
    except UnicodeDecodeError:
        return None


def texts_in(tag: str, texts: Sequence[str]) -> list[str]:
    """Of texts behind their tags those in `tag`."""
    start = f"{tag}>"
    return [text[len(start) :] for text in texts if text.startswith(start)]
