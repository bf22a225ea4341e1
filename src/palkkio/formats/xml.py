"""XML in and out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree


def parse(xml: bytes) -> etree._Element:
    """Root of a message; entities, DTDs and the network stay out. Raises ValueError if it is not well formed."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"The file is not well-formed XML: {error}") from error
    if str(root.getroottree().docinfo.doctype):  # type: ignore[union-attr]  # lxml-stubs leave it out
        raise ValueError("The file has a document type declaration, which no message of ours has")
    return root


def add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """One child in the namespace of `parent` (or in none, if it has none)."""
    space, brace, _ = str(parent.tag).rpartition("}")
    child = etree.SubElement(parent, f"{space}{brace}{name}")
    if text is not None:
        child.text = text
    return child


def to_bytes(root: etree._Element) -> bytes:
    """UTF-8 without byte order mark, indented: people look at these files when something went wrong."""
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def name_of(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The child elements; comments and processing instructions are passed over."""
    return element.iterchildren("{*}*")


def child(element: etree._Element, path: str) -> etree._Element | None:
    """The first descendant at `path` of local names (`GrpHdr/CtrlSum`), or None."""
    found = every(element, path)
    return found[0] if found else None


def every(element: etree._Element, path: str) -> list[etree._Element]:
    """All elements at `path` of local names below `element`."""
    found = [element]
    for step in path.split("/"):
        behind = f"}}{step}"
        found = [each for parent in found for each in parent if each.tag == step or str(each.tag).endswith(behind)]
    return found


Content = dict[str, list[Any]]  # by name: texts, or the content of elements with children


def content_of(element: etree._Element) -> Content:
    """All that is inside an element, read once: for rules that ask much of it."""
    found: Content = {}
    for each in element:
        tag: Any = each.tag
        name = tag if type(tag) is str and tag[0] != "{" else str(tag).rpartition("}")[2]
        inside = content_of(each) if len(each) else (each.text or "").strip()
        known = found.get(name)
        if known is None:
            found[name] = [inside]
        else:
            known.append(inside)
    return found


def all_in(content: Content, *path: str) -> list[Any]:
    """Everything at `path`."""
    found: list[Any] = [content]
    for name in path:
        found = [each for parent in found if parent for each in parent.get(name, ())]
    return found


def text_in(content: Content, *path: str) -> str:
    """The first text at `path`; empty if there is none."""
    found: Any = content
    for name in path:
        inside = found.get(name) if found else None
        if not inside:
            return ""
        found = inside[0]
    return found if isinstance(found, str) else ""


def text_of(element: etree._Element, path: str) -> str:
    """Text at `path`, without blanks at the ends; empty if there is none."""
    found = child(element, path)
    return "" if found is None or found.text is None else found.text.strip()
