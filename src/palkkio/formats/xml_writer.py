"""XML that is only written: text at once, since a tree of a payday's reports would be made to be thrown away."""

from __future__ import annotations

from xml.sax.saxutils import escape


class Element:
    """One element of a message that is being written. `attributes` as they stand in its tag, a blank before each."""

    __slots__ = ("attributes", "inside", "name", "text")

    def __init__(self, name: str, text: str | None = None, attributes: str = "") -> None:
        self.name, self.text, self.attributes = name, text, attributes
        self.inside: list[Element] = []


def add(parent: Element, name: str, text: str | None = None, attributes: str = "") -> Element:
    """One child, behind those that are there."""
    child = Element(name, text, attributes)
    parent.inside.append(child)
    return child


def to_bytes(root: Element) -> bytes:
    """UTF-8 without byte order mark, indented: people look at these files when something went wrong."""
    parts = ["<?xml version='1.0' encoding='UTF-8'?>\n"]
    _write(root, "", parts)
    return "".join(parts).encode()


def _write(element: Element, indent: str, parts: list[str]) -> None:
    name = element.name
    if element.inside:
        parts.append(f"{indent}<{name}{element.attributes}>\n")
        deeper = indent + "  "
        for each in element.inside:
            _write(each, deeper, parts)
        parts.append(f"{indent}</{name}>\n")
    elif element.text is None:
        parts.append(f"{indent}<{name}{element.attributes}/>\n")
    else:
        parts.append(f"{indent}<{name}{element.attributes}>{escape(element.text)}</{name}>\n")
