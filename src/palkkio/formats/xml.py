"""XML in and out, and a check of order and content that needs no official schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

_ORDERED = re.compile(r"(?P<name>\w+)(?P<count>[?*+]?)")
TextTest = re.Pattern[str] | Callable[[str], bool]
# Names and numbers of children of an element and all that is inside it -> where its texts stand, and their tests.
_Known = dict[tuple[object, ...], list[tuple[int, TextTest | None]]]
_MANY = 8  # children, from which on it pays to look for those with the same elements inside


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


@dataclass(frozen=True)
class Shape:
    """What stands where in a message.

    order   by element name, or by `Parent/Name` where the same name holds different things: its children in their
            order, `?` at most one, `*` any number, `+` at least one, else exactly one
    texts   likewise, a test for the text of an element without children: a pattern, or a function
    """

    order: Mapping[str, str]
    texts: Mapping[str, TextTest]

    def problems(self, root: etree._Element) -> list[str]:
        """What is missing, out of order, not known here, empty or wrongly written; a sentence each."""
        found: list[str] = []
        if not self._is_right(root, "", name_of(root), {}):
            self._walk(root, "", name_of(root), found)
        return found

    def _is_right(self, element: etree._Element, parent: str, name: str, known: _Known) -> bool:
        """True if nothing is wrong; asked first, since large files are right and places are named only where not.

        known  what was found in order before: an element like it is right if its texts are
        """
        inside = list(element)
        pair = f"{parent}/{name}"
        order = self.order.get(pair, self.order.get(name))
        if order is None:
            return not inside and self._is_text_right(element.text or "", pair, name)
        if any(not isinstance(each.tag, str) for each in inside):
            return False  # comments and instructions are passed over by the walk
        names = [each.tag.rpartition("}")[2] for each in inside]
        is_right = self._is_right if len(inside) < _MANY else self._is_like_known
        if not all(is_right(each, name, own, known) for each, own in zip(inside, names, strict=True)):
            return False
        return not _order_problems(order, names, "")

    def _is_like_known(self, element: etree._Element, parent: str, name: str, known: _Known) -> bool:
        """As `_is_right`, for one of many: of those with the same elements inside, only the first is walked."""
        whole = list(element.iter())
        layout = (parent, tuple([each.tag for each in whole]), tuple([len(each) for each in whole]))
        tests = known.get(layout)
        if tests is None:
            if not self._is_right(element, parent, name, known):
                return False
            known[layout] = list(self._tests(whole, parent))
            return True
        return all(_is_written_right(whole[at].text or "", test) for at, test in tests)

    def _tests(self, whole: Sequence[etree._Element], parent: str) -> Iterator[tuple[int, TextTest | None]]:
        """Where texts stand among an element and all that is inside it, each with its test."""
        for at, each in enumerate(whole):
            if not len(each):
                above = each.getparent() if at else None
                yield at, self._test(parent if above is None else name_of(above), name_of(each))

    def _test(self, parent: str, name: str) -> TextTest | None:
        return self.texts.get(f"{parent}/{name}", self.texts.get(name))

    def _is_text_right(self, text: str, pair: str, name: str) -> bool:
        return _is_written_right(text, self.texts.get(pair, self.texts.get(name)))

    def _walk(self, element: etree._Element, parent: str, path: str, found: list[str]) -> None:
        inside = list(children(element))
        pair = f"{parent}/{name_of(element)}"
        order = self.order.get(pair, self.order.get(name_of(element)))
        if order is None:
            found += self._text_problems(element, pair, path, has_children=bool(inside))
            return
        found += _order_problems(order, [name_of(each) for each in inside], path)
        seen: Counter[str] = Counter()
        many = Counter(name_of(each) for each in inside)
        for each in inside:
            name = name_of(each)
            seen[name] += 1
            place = f"{path}/{name}[{seen[name]}]" if many[name] > 1 else f"{path}/{name}"
            self._walk(each, name_of(element), place, found)

    def _text_problems(self, element: etree._Element, pair: str, path: str, *, has_children: bool) -> list[str]:
        if has_children:
            return [f"{path}: holds elements that do not belong there"]
        text = element.text or ""
        if not text.strip():
            return [f"{path}: is empty"]
        if text != text.strip():
            return [f"{path}: has blanks at its ends"]
        test = self.texts.get(pair, self.texts.get(name_of(element)))
        if test is None:
            return []
        is_right = test.fullmatch(text) is not None if isinstance(test, re.Pattern) else test(text)
        return [] if is_right else [f"{path}: is not of the right form"]


def _is_written_right(text: str, test: TextTest | None) -> bool:
    if not text or text != text.strip():
        return False
    if test is None:
        return True
    return test.fullmatch(text) is not None if isinstance(test, re.Pattern) else test(text)


def _order_problems(order: str, names: list[str], path: str) -> list[str]:
    found = []
    rules = [(match["name"], match["count"]) for match in _ORDERED.finditer(order)]
    known = [name for name, _ in rules]
    if unknown := [name for name in names if name not in known]:
        found.append(f"{path}: {', '.join(sorted(set(unknown)))} does not belong there")
    places = [known.index(name) for name in names if name in known]
    if places != sorted(places):
        found.append(f"{path}: its elements are not in the order {', '.join(known)}")
    for name, count in rules:
        number = names.count(name)
        if number == 0 and count in ("", "+"):
            found.append(f"{path}: {name} is missing")
        if number > 1 and count in ("", "?"):
            found.append(f"{path}: {name} may stand there only once")
    return found
