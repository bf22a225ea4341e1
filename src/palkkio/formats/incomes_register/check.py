"""Our own check of a delivery, made from its bytes: what many reports have in common is asked once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path

from palkkio.formats.alike import LINE, Alike, Fixed, Own, is_plain, tag_of, text_of_ours
from palkkio.formats.incomes_register.rules import FORBIDDEN, pair_problems, problems_of, wrong_days
from palkkio.formats.incomes_register.shape import OWN_ID


def check_delivery(xml: bytes, *, today: date, schema: Path | None = None) -> list[str]:
    """What is wrong with a delivery of earnings payment reports, a sentence each; empty when nothing is.

    schema  the register's own, asked too where nothing else is wrong
    Knows the elements that are written here, not the whole schema; anything else is a finding.
    """
    return check_deliveries([xml], today=today, schema=schema)[0]


def check_deliveries(contents: Iterable[bytes], *, today: date, schema: Path | None = None) -> list[list[str]]:
    """Likewise of many deliveries: those that are alike are asked once."""
    all_of_them = list(contents)
    found: list[list[str]] = [[] for _each in all_of_them]
    alike: dict[Fixed, list[tuple[int, str, list[str]]]] = {}
    for place, xml in enumerate(all_of_them):
        short = _in_short(xml)
        if short is None:
            found[place] = problems_of(xml, today, schema)
        else:
            kind, texts = _REPORTS.kind(short)
            alike.setdefault(kind, []).append((place, short, texts))
    for kind, some in alike.items():
        _first, one, texts = some[0]
        own = Own([[each for _place, _short, each in some]])
        tags = map(tag_of, texts)
        if not (_are_right(own, kind) and _sound.holds((*kind, *tags), one, today, schema)):
            for place, _short, _own in some:
                found[place] = problems_of(all_of_them[place], today, schema)
    return found


class _Sound:
    """Kinds in which nothing was wrong lately, by their digests: what the parts of a run report is alike, too."""

    MOST = 256

    def __init__(self) -> None:
        self._known: set[bytes] = set()

    def holds(self, kind: Fixed, one: str, today: date, schema: Path | None) -> bool:
        """True if nothing is wrong in what is alike; `one` is of the kind, its own texts right.

        kind  with the tags of own texts
        """
        asked = blake2b("\0".join((*kind, str(today), str(schema))).encode()).digest()
        if asked in self._known:
            return True
        if problems_of(one.encode(), today, schema):
            return False
        if len(self._known) >= self.MOST:
            self._known.clear()
        self._known.add(asked)
        return True


_sound = _Sound()


_PERSON = r">\s*<Type>2</Type>\s*<Code>[0-9]{6}[-+A-Y][0-9]{3}[0-9A-Y]"
# What differs between reports that are alike: texts of which no rule asks but what `_are_right` does. A sum that is
# negative, or a contract that has ended, is not among them: rules ask for those.
_REPORTS = Alike(
    "Report",
    6,
    re.compile(
        rf"<((?:DeliveryId|ReportId)>{OWN_ID.pattern}"
        rf"|(?:EmployerName|LastName)>{LINE % 200}|FirstName>{LINE % 100}"
        r"|(?:Amount|UnitPrice|UnitAmount)>[0-9]{1,13}\.[0-9]{2}"
        rf"|EmployerId{_PERSON}|IncomeEarnerIds>\s*<Id{_PERSON}"
        r"|EmploymentPeriods>\s*<Period>\s*<StartDate>[0-9]{4}-[0-9]{2}-[0-9]{2}(?=</StartDate>\s*</Period>)"
        r")(?=</)"
    ),
)


def _in_short(xml: bytes) -> str | None:
    """The delivery with one report of each kind, of which all is right if it is of these; None where it may not be."""
    text = text_of_ours(xml)
    if text is None or not _REPORTS.is_in_many(text):
        return text
    head, reports, tail = _REPORTS.cut(text)
    kept, own = _REPORTS.kinds(reports)
    if len(own.texts("ReportId")) < len(reports) or not _are_right(own, (head,)):
        return None
    short = _REPORTS.joined(head, kept, tail)
    return short if is_plain(short) else None


def _are_right(own: Own, around: Sequence[str]) -> bool:
    """True if texts of their own are right: no report twice, people's codes and days that are, no payer among them."""
    ids = own.texts("ReportId")
    words = "\n".join([*ids, *(name for tag in _WORDS for name in own.texts(tag))])
    people = [each[-11:] for tag in ("IncomeEarnerIds", "EmployerId") for each in own.texts(tag)]
    days = {each[-10:] for each in own.texts("EmploymentPeriods")}
    codes = {code for text in around for code in _CODE.findall(text)}
    return (
        own.is_clear
        and not any(each in words for each in FORBIDDEN)
        and len(set(ids)) == len(ids)
        and codes.isdisjoint(people)
        and not any(wrong_days(day, "") for day in days)
        and not any(pair_problems("Id", "2", code) for code in people)
    )


_WORDS = ("DeliveryId", "EmployerName", "LastName", "FirstName")  # what is forbidden may stand in these
_CODE = re.compile("<Code>([^<]*)")
