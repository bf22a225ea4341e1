"""What stands where in a message: a check of order and form that needs no official schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from xml.sax.saxutils import escape

from lxml import etree

from palkkio.formats.xml import children, name_of

_ORDERED = re.compile(r"(?P<name>\w+)(?P<count>[?*+]?)")
_OPEN = re.compile(r"(?<!\\)\.|\\S|\(\?| ")  # patterns that let blanks in, or say what a schema cannot say
_SCHEMA = "http://www.w3.org/2001/XMLSchema"
TextTest = re.Pattern[str] | Callable[[str], bool]


@dataclass(frozen=True)
class Shape:
    """What stands where in a message.

    order   by element name, or by `Parent/Name` where the same name holds different things: its children in their
            order, `?` at most one, `*` any number, `+` at least one, else exactly one
    texts   likewise, a test for the text of an element without children: a pattern, or a function
    """

    order: Mapping[str, str]
    texts: Mapping[str, TextTest]
    _known: dict[tuple[str, bool], etree.XMLSchema] = field(default_factory=dict, compare=False, repr=False)

    def problems(self, root: etree._Element) -> list[str]:
        """What is missing, out of order, not known here, empty or wrongly written; a sentence each."""
        found: list[str] = []
        if not self._is_right(root):
            self._walk(root, "", name_of(root), found)
        return found

    def _is_right(self, root: etree._Element) -> bool:
        """True if nothing is wrong; asked first, since large files are right and places are named only where not.

        libxml2 looks at order and closed texts by a schema made of this shape, which refuses rather more than the walk
        does; what is left are the texts that only we can judge.
        """
        if next(root.iter(etree.Comment, etree.PI), None) is not None:
            return False  # they cut texts in pieces, of which only the first is read: the walk looks at that
        is_qualified = len(root) > 0 and str(root[0].tag).startswith("{")
        of = (str(root.tag), is_qualified)
        if of not in self._known:
            self._known[of] = etree.XMLSchema(etree.fromstring(_Writer(self, *of).schema()))
        if not self._known[of].validate(root):
            return False
        tests = self._open_texts
        for each in root.iter(*(f"{{*}}{name}" for name in tests)):
            if len(each):
                continue
            name = name_of(each)
            above = each.getparent() if tests[name] else None
            test = self.test("" if above is None else name_of(above), name)
            if not _is_written_right(each.text or "", test):
                return False
        return True

    @cached_property
    def _open_texts(self) -> dict[str, bool]:
        """Names of elements whose texts a schema cannot judge; True where that depends on what they stand in."""
        inside = {match["name"] for order in self.order.values() for match in _ORDERED.finditer(order)}
        by_place = {key.rpartition("/")[2] for key in self.texts if "/" in key}
        return {
            name: name in by_place
            for name in inside
            if name in by_place or (name not in self.order and is_open(self.texts.get(name)))
        }

    def children_of(self, parent: str, name: str) -> str | None:
        """The order of what an element holds; None: it holds text."""
        return self.order.get(f"{parent}/{name}", self.order.get(name))

    def test(self, parent: str, name: str) -> TextTest | None:
        return self.texts.get(f"{parent}/{name}", self.texts.get(name))

    def _walk(self, element: etree._Element, parent: str, path: str, found: list[str]) -> None:
        inside = list(children(element))
        name = name_of(element)
        order = self.children_of(parent, name)
        if order is None:
            found += _text_problems(element, self.test(parent, name), path, has_children=bool(inside))
            return
        found += _order_problems(order, [name_of(each) for each in inside], path)
        seen: Counter[str] = Counter()
        many = Counter(name_of(each) for each in inside)
        for each in inside:
            own = name_of(each)
            seen[own] += 1
            place = f"{path}/{own}[{seen[own]}]" if many[own] > 1 else f"{path}/{own}"
            self._walk(each, name, place, found)


class _Writer:
    """An XML schema that says what a shape says, but for open texts. Made of our own names, once for each message."""

    def __init__(self, shape: Shape, root: str, is_qualified: bool) -> None:
        self.shape, self.is_qualified = shape, is_qualified
        self.space, _brace, self.root = root.removeprefix("{").rpartition("}")
        self.types: dict[tuple[str, str], str] = {}

    def schema(self) -> str:
        first = self._type("", self.root)
        space = f' xmlns="{self.space}" targetNamespace="{self.space}"' if self.space else ""
        form = ' elementFormDefault="qualified"' if self.is_qualified else ""
        types = "".join(self.types.values())
        top = f'<x:element name="{self.root}" type="{first}"/>'
        return f'<x:schema xmlns:x="{_SCHEMA}"{space}{form}>{top}{types}</x:schema>'

    def _type(self, parent: str, name: str) -> str:
        """The name of the type of an element where it stands; its definition is added."""
        named = f"{parent}.{name}" if parent else name
        if (parent, name) not in self.types:
            self.types[parent, name] = ""  # its place, before those that it holds
            order = self.shape.children_of(parent, name)
            self.types[parent, name] = (
                _of_text(self.shape.test(parent, name), named)
                if order is None
                else self._of_children(order, name, named)
            )
        return named

    def _of_children(self, order: str, name: str, named: str) -> str:
        """Any attribute may stand there: shapes say nothing of them."""
        inside = "".join(
            f'<x:element name="{each}" type="{self._type(name, each)}"{_TIMES[count]}/>'
            for each, count in _rules(order)
        )
        return f'<x:complexType name="{named}"><x:sequence>{inside}</x:sequence>{_ATTRIBUTES}</x:complexType>'


def _of_text(test: TextTest | None, named: str) -> str:
    base, pattern = "x:string", ""
    if isinstance(test, re.Pattern) and not is_open(test):
        base = f"text.{named}"
        value = escape(test.pattern, {'"': "&quot;"})
        restriction = f'<x:restriction base="x:string"><x:pattern value="{value}"/></x:restriction>'
        pattern = f'<x:simpleType name="{base}">{restriction}</x:simpleType>'
    extended = f'<x:simpleContent><x:extension base="{base}">{_ATTRIBUTES}</x:extension></x:simpleContent>'
    return f'{pattern}<x:complexType name="{named}">{extended}</x:complexType>'


_ATTRIBUTES = '<x:anyAttribute processContents="skip"/>'
_TIMES = {
    "": "",
    "?": ' minOccurs="0"',
    "*": ' minOccurs="0" maxOccurs="unbounded"',
    "+": ' maxOccurs="unbounded"',
}


def is_open(test: TextTest | None) -> bool:
    """True for a test that a schema cannot make: none, a function, or a pattern that lets blanks in."""
    return not isinstance(test, re.Pattern) or _OPEN.search(test.pattern) is not None


def _rules(order: str) -> Iterator[tuple[str, str]]:
    return ((match["name"], match["count"]) for match in _ORDERED.finditer(order))


def _is_written_right(text: str, test: TextTest | None) -> bool:
    if not text or text != text.strip():
        return False
    if test is None:
        return True
    return test.fullmatch(text) is not None if isinstance(test, re.Pattern) else test(text)


def _text_problems(element: etree._Element, test: TextTest | None, path: str, *, has_children: bool) -> list[str]:
    if has_children:
        return [f"{path}: holds elements that do not belong there"]
    text = element.text or ""
    if not text.strip():
        return [f"{path}: is empty"]
    if text != text.strip():
        return [f"{path}: has blanks at its ends"]
    return [] if _is_written_right(text, test) else [f"{path}: is not of the right form"]


def _order_problems(order: str, names: list[str], path: str) -> list[str]:
    found = []
    rules = list(_rules(order))
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
