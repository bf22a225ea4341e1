"""Long messages in short: of elements that are alike but for texts of their own, one stands for all.

What a schema and our rules say of an element depends on its order and its texts. Where elements differ in nothing but
texts that are right by themselves (an id, a name, a sum), what is right of one is right of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

from palkkio.formats.xml_writer import DECLARATION

Fixed = tuple[str, ...]  # what elements that are alike have in common, around texts of their own

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

    def is_in_many(self, text: str) -> bool:
        """True if the text has more than one of the elements, as we write them."""
        return self._between in text

    def cut(self, text: str) -> tuple[str, list[str], str]:
        """What stands before the first element, what is inside of each, what follows the last."""
        start, end = text.find(f"<{self.name}>") + len(self.name) + 2, text.rfind(f"</{self.name}>")
        if not len(self.name) + 2 <= start <= end:
            return text, [], ""
        return text[:start], text[start:end].split(self._between), text[end:]

    def joined(self, head: str, parts: Iterable[str], tail: str) -> str:
        """The text again that was `cut`."""
        return f"{head}{self._between.join(parts)}{tail}"

    @cached_property
    def _between(self) -> str:
        return f"</{self.name}>\n{' ' * self.indent}<{self.name}>"

    def kind(self, text: str) -> tuple[Fixed, list[str]]:
        """What is not `own` in a text, which is the same in all that are alike; and what is, each behind its tag."""
        pieces = self.own.split(text)
        return tuple(pieces[::2]), pieces[1::2]

    def kinds(self, parts: Iterable[str]) -> tuple[list[str], Own]:
        """The first of the parts that are alike; and `own` texts of all parts."""
        first: list[str] = []
        rows: dict[Fixed, list[list[str]]] = {}
        for part in parts:
            kind, own = self.kind(part)
            alike = rows.get(kind)
            if alike is None:
                first.append(part)
                rows[kind] = [own]
            else:
                alike.append(own)
        return first, Own(rows.values())


class Own:
    """Texts of their own of many elements, by tag.

    is_clear  False where texts in one place stand in different tags: then not even a tag is right
    """

    def __init__(self, kinds: Iterable[Sequence[Sequence[str]]]) -> None:
        """`kinds`: for each kind of elements a row for each element, of texts behind their tags: `Amount>5.00`."""
        self.is_clear = True
        self._texts: dict[str, list[str]] = {}
        for rows in kinds:
            for column in zip(*rows, strict=True):
                tag = tag_of(column[0])
                self.is_clear &= all(map(str.startswith, column, repeat(f"{tag}>")))
                self._texts.setdefault(tag, []).extend(column)

    def texts(self, tag: str) -> list[str]:
        """Those in one tag, without it."""
        start = len(tag) + 1
        return [text[start:] for text in self._texts.get(tag, ())]


def tag_of(own: str) -> str:
    """The tag that a text of its own stands behind."""
    return own.partition(">")[0]


def text_of_ours(xml: bytes) -> str | None:
    """A message that begins as we write it, as text; None: it is written otherwise."""
    if not xml.startswith(DECLARATION):
        return None
    try:
        return xml.decode()
    except UnicodeDecodeError:
        return None


def is_plain(text: str) -> bool:
    """True for a message of nothing but elements and their texts.

    Asked of what was made short: texts of their own cannot begin anything else, and all else is in it.
    """
    return "<!" not in text and text.find("<?", 1) < 0
