"""XML that is only written: text at once, since a tree of a payday's reports would be made to be thrown away."""

from __future__ import annotations

from xml.sax.saxutils import escape

DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>\n"
INDENT = "  "
MARK = "\0"  # where a pattern leaves room: no text in XML holds it


class Element:
    """One element of a message that is being written. `attributes` as they stand in its tag, a blank before each."""

    __slots__ = ("attributes", "inside", "name", "text")

    def __init__(self, name: str, text: str | None = None, attributes: str = "") -> None:
        self.name, self.text, self.attributes = name, text, attributes
        self.inside: list[Element | str] = []  # elements, and what is written already


def add(parent: Element, name: str, text: str | None = None, attributes: str = "") -> Element:
    """One child, behind those that are there."""
    child = Element(name, text, attributes)
    parent.inside.append(child)
    return child


def to_bytes(root: Element) -> bytes:
    """UTF-8 without byte order mark, indented: people look at these files when something went wrong."""
    parts: list[str] = []
    _write(root, "", parts)
    return DECLARATION + "".join(parts).encode()


def pattern_of(element: Element, depth: int) -> str:
    """An element that many are like, `depth` elements around it: `%` puts their own texts in the place of each MARK.

    Those texts are escaped where they may hold what is not text in XML; what stands as MARK inside an element, beside
    others or alone, is written already.
    """
    parts: list[str] = []
    _write(element, INDENT * depth, parts)
    return "".join(parts).replace("%", "%%").replace(MARK, "%s")


def inside_of(element: Element, depth: int) -> str:
    """What an element holds as it stands in a file, `depth` elements around it."""
    parts: list[str] = []
    _write_inside(element, INDENT * depth, parts)
    return "".join(parts)


def _write(element: Element, indent: str, parts: list[str]) -> None:
    name = element.name
    if element.inside:
        parts.append(f"{indent}<{name}{element.attributes}>\n")
        _write_inside(element, indent + INDENT, parts)
        parts.append(f"{indent}</{name}>\n")
    elif element.text is None:
        parts.append(f"{indent}<{name}{element.attributes}/>\n")
    else:
        parts.append(f"{indent}<{name}{element.attributes}>{escape(element.text)}</{name}>\n")


def _write_inside(element: Element, indent: str, parts: list[str]) -> None:
    for each in element.inside:
        if isinstance(each, str):
            parts.append(each)
        else:
            _write(each, indent, parts)
