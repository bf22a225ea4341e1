"""Our own checks of messages: what the quick look lets through is right by the walk that names places."""

from __future__ import annotations

import copy
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from palkkio.formats.incomes_register import (
    Identifier,
    SubstituteFor,
    check_deliveries,
    check_delivery,
    write_delivery,
)
from palkkio.formats.incomes_register.check import _REPORTS, _in_short
from palkkio.formats.incomes_register.rules import problems_of
from palkkio.formats.incomes_register.shape import SHAPE
from palkkio.formats.payment_check import _SHAPES
from palkkio.formats.payment_file import PAIN_03, PAIN_09, write_payment_file
from palkkio.formats.schemas import official_schemas, wage_report_schema
from palkkio.formats.shape import Shape
from palkkio.formats.xml import name_of, parse

from .test_incomes_register import SHAPES, report
from .test_incomes_register import delivery as of_reports
from .test_payment_file import batch
from .values import MADE_AT, WRONG

MESSAGES: list[tuple[Shape, bytes]] = [
    *((_SHAPES[version], write_payment_file(batch(), version)) for version in (PAIN_03, PAIN_09)),
    *((SHAPE, write_delivery(each)) for each in SHAPES.values()),
]
TEXTS = (
    "",
    " ",
    "x",
    " 1",
    "1 ",
    "-5",
    "0.001",
    "2026-13-40",
    "true",
    "TRUE",
    "\u00a01",
    "1\u2003",
    "a" * 300,
    "2",
    "\n",
)


def walked(shape: Shape, root: etree._Element) -> list[str]:
    """What is wrong by the walk alone."""
    found: list[str] = []
    shape._walk(root, "", name_of(root), found)
    return found


@pytest.mark.parametrize("number", range(len(MESSAGES)))
def test_messages_as_we_write_them_are_right_at_the_first_look(number: int) -> None:
    shape, content = MESSAGES[number]
    assert shape._is_right(parse(content))
    assert walked(shape, parse(content)) == []


@settings(deadline=None)
@given(
    number=st.integers(0, len(MESSAGES) - 1),
    place=st.integers(0, 10_000),
    what=st.sampled_from(("leave out", "twice", "swap", "rename", "write", "write inside")),
    text=st.sampled_from(TEXTS),
)
def test_whatever_is_changed_the_first_look_lets_nothing_through_that_the_walk_finds(
    number: int, place: int, what: str, text: str
) -> None:
    """PAY-7, PAY-8: large files are checked as strictly as small ones."""
    shape, content = MESSAGES[number]
    root = parse(content)
    inside = [each for each in root.iter("{*}*") if each.getparent() is not None]
    chosen = inside[place % len(inside)]
    above = chosen.getparent()
    assert above is not None
    if what == "leave out":
        above.remove(chosen)
    elif what == "twice":
        above.insert(0, copy.deepcopy(chosen))
    elif what == "swap":
        above.append(chosen)
    elif what == "rename":
        chosen.tag = f"{str(chosen.tag).rpartition('}')[0]}}}Unheard" if "}" in str(chosen.tag) else "Unheard"
    elif what == "write":
        chosen.text = text
    else:
        etree.SubElement(chosen, str(chosen.tag)).text = text
    found = walked(shape, root)
    assert shape.problems(root) == found
    if shape._is_right(root):
        assert found == []


def test_of_reports_that_are_alike_each_has_its_own_id_and_sum_checked() -> None:
    """PAY-7: rules are asked once of reports that are alike, and of each what is its own."""
    one, other = report(report_id="a"), report(report_id="b")
    content = write_delivery(of_reports(one, other))
    assert check_delivery(content, today=MADE_AT.date()) == []
    person = b"<Code>" + one.earner.identity_code.encode() + b"</Code>"
    head, tail = content.rsplit(person, 1)
    assert check_delivery(head + b"<Code>010171-901X</Code>" + tail, today=MADE_AT.date()) == [
        "Report b: Id is not a right id of its type"
    ]
    before, behind = content.split(b">b<")
    behind = behind.replace(b"<Amount>", b"<Amount>-", 1)
    (found,) = check_delivery(b">b<".join((before, behind)), today=MADE_AT.date())
    assert found.startswith("Report b: income type")
    assert check_delivery(content.replace(b">b<", b">a<"), today=MADE_AT.date()) == [
        "Report a is in the delivery 2 times"
    ]


HOUSEHOLD = SubstituteFor(Identifier.person("010140-901U"), "Testi Testaaja")


@settings(deadline=None)
@given(st.data(), st.sampled_from(WRONG), st.booleans())
def test_reports_asked_in_short_hide_nothing_that_is_wrong_in_one_of_them(
    data: st.DataObject, wrong: str, is_of_households: bool
) -> None:
    """PAY-7: whatever text is changed in one of many that are alike, all of them asked one by one find no more."""
    reports = [report(report_id=name) for name in "abc"]
    one = of_reports(*reports)
    payer = one.payer._replace(substitute_for=HOUSEHOLD)
    deliveries = [one._replace(reports=(each,), payer=payer) for each in reports] if is_of_households else [one]
    contents = [write_delivery(each) for each in deliveries]
    shorts = [_in_short(each) or "" for each in contents]
    assert {each.count("<Report>") for each in shorts} == {1}
    assert len({_REPORTS.kind(each)[0] for each in shorts}) == 1
    text = contents.pop().decode()
    start = 0 if is_of_households else text.rindex("<Report>")
    place = data.draw(st.sampled_from(list(re.finditer(r">([^<>\s][^<>]*)<", text[start:]))))
    contents.append((text[: start + place.start(1)] + wrong + text[start + place.end(1) :]).encode())
    schema = None if (folder := official_schemas()) is None else wage_report_schema(folder)
    whole = [problems_of(each, MADE_AT.date(), schema) for each in contents]
    assert check_deliveries(contents, today=MADE_AT.date(), schema=schema) == whole


@pytest.mark.parametrize(
    "written",
    ["<A><B><!-- x --></B><C>1</C></A>", "<A><B>y</B><C><!-- -->2</C></A>", "<A><B>y</B><C><?x?>2</C></A>"],
)
def test_a_comment_or_instruction_does_not_hide_an_empty_text(written: str) -> None:
    shape = Shape(order={"A": "B C"}, texts={"C": re.compile(r"\d+")})
    assert [each.partition(":")[2] for each in shape.problems(etree.fromstring(written))] == [" is empty"]
