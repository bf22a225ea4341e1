"""An assistant never sees what is granted to the employer, on no page and in no answer (SPEC EMP-4; R11, R14).

Two proofs. Planted figures: what is granted is looked for in everything that an assistant can reach, and found by the
employer. Two households: all answers are the same to the byte whatever is granted and whatever others entered.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from palkkio.accounts.actions import confirm_details
from palkkio.core.clock import HELSINKI
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries.actions import ensure_sheets
from palkkio.entries.models import Sheet
from palkkio.people.models import Person
from tests import factories
from tests.architecture.test_every_address import undone

pytestmark = [pytest.mark.long, pytest.mark.django_db]

# 37.25 hours from 07:13 to 21:47, of which 14.75 are used, 5.75 of them by another assistant
PLANTED = re.compile(r"37[.,]25|0?7[.:]13\b|21[.:]47\b|14[.,]75")
GRANTS = {"hours": "37.25", "per": "total", "clock_times": "07:13-21:47"}
MOST_PAGES = 900  # every address of portal and desk is a beginning
STAYS_IN = (
    "/sign-out/",
    "/role/",
    "/ui/language/",
    "/ui/catalogue",
    "/eid/",
    "/me/sessions/",
    "/me/security/",
    "/sign-in/",
)  # ways in: they hold chances of their own


class Reader(HTMLParser):
    """Links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "hx-get", "data-url"):
            if given.get(name):
                self.links.append(given[name])
        if tag == "form":
            self.forms.append((given.get("method", "get").lower(), given.get("action", ""), {}))
        elif self.forms and given.get("name"):
            fields = self.forms[-1][2]
            is_set = given.get("type") not in {"checkbox", "radio", "submit"} or "checked" in given
            if (tag == "input" and is_set) or (tag == "button" and given["name"] not in fields):
                fields[given["name"]] = given.get("value", "")
            elif tag in {"select", "textarea"}:
                self._select = given["name"]
                fields[self._select] = ""
        if tag == "option" and self._select and self.forms and "selected" in given:
            self.forms[-1][2][self._select] = given.get("value", "")


def walked(viewer: Viewer, starts: list[str]) -> Iterator[tuple[str, int, str]]:
    """Every page that can be reached by links, and the answer to every form sent as it stands."""
    client = Client()
    client.raise_request_exception = False  # what an error page says is an answer, too
    factories.sign_in(client, viewer, strong=True)
    waiting, seen = list(starts), set(starts)
    sent_already: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        assert len(seen) < MOST_PAGES, "the walk does not end"
        path = waiting.pop(0)
        with undone():
            answer = client.get(path)
        text = body(answer)
        yield f"GET {path}", answer.status_code, text
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        page = Reader(text)
        followed = [*page.links, *(action for method, action, _ in page.forms if method == "get")]
        followed += [answer["Location"]] if answer.status_code in {301, 302} else []
        for link in followed:
            target = urlsplit(urljoin(path, link))
            address = target.path + (f"?{target.query}" if target.query else "")
            is_ours = not target.netloc and target.scheme in {"", "http"} and not target.path.startswith("/static")
            if is_ours and address not in seen and not address.startswith(STAYS_IN):
                seen.add(address)
                waiting.append(address)
        for method, action, fields in page.forms:
            address = urljoin(path, action)
            same = (address, frozenset(fields))
            if method == "post" and not address.startswith(STAYS_IN) and same not in sent_already:
                sent_already.add(same)
                with undone():
                    sent = client.post(address, fields)
                yield f"POST {address} from {path}", sent.status_code, body(sent)


def body(answer: object) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))  # type: ignore[attr-defined]
    return f"{headers}\n{content.decode('utf-8', 'replace')}"


def alike(text: str) -> str:
    """Without tokens, nonces and the ids of decisions; those begin at 900 000 here. Of a PDF, which tells the moment
    at which it was made, the headers alone."""
    if "Content-Type: application/pdf" in text:
        text = re.sub(r"(?m)^Content-Length:.*$", "", text.split("\n%PDF", 1)[0])
    text = re.sub(r"[A-Za-z0-9]{64}", "TOKEN", text)
    text = re.sub(r"nonce[-=]\"?[\w+/=-]+", "NONCE", text)
    text = re.sub(r"(?m)^(Date|Expires|Last-Modified|ETag|Set-Cookie):.*$", "", text)
    return re.sub(r"\b9\d{5}\b", "DECISION", text)


class World:
    """Eero employs Aila and Yrjö; both entered shifts of May, some on the same hours."""

    def __init__(self) -> None:
        place = self.place = factories.county()
        self.worker = factories.social_worker(place)
        self.eero = factories.person(place, "Eero", "Työnantaja")
        self.employer = factories.viewer(self.eero, RoleKind.EMPLOYER)
        self.aila = self._assistant("Aila")
        self.yrjo = self._assistant("Yrjö")
        factories.open_gate(place, self.eero)
        for viewer in (self.employer, self.aila, self.yrjo):
            confirm_details(viewer, at=factories.NOW)
        own = factories.assistance(place, self.aila.person_id, employer=self.eero)
        other = factories.assistance(place, self.yrjo.person_id, employer=self.eero)
        ensure_sheets(place.id, today=factories.TODAY)
        self.sheet = self._sheet(own.pk)
        self.other_sheet = self._sheet(other.pk)
        self.contract_id = own.pk
        for day, hour in ((4, 6), (5, 20), (6, 9)):
            start = datetime(2026, 5, day, hour, 0, tzinfo=HELSINKI)
            factories.shift(self.sheet, start, start.replace(hour=hour + 3), decision="1.1")
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('decisions_decision', 'id'), 900000)")

    def _assistant(self, given_names: str) -> Viewer:
        row: Person = factories.person(self.place, given_names, "Avustaja")
        factories.bank_account(row)
        return factories.viewer(row, RoleKind.ASSISTANT)

    def _sheet(self, contract_id: int) -> Sheet:
        return Sheet.objects.get(contract=contract_id, period__contains=date(2026, 5, 4))

    def others_work(self) -> None:
        """The other assistant's shift lies over the own one."""
        start = datetime(2026, 5, 6, 9, 15, tzinfo=HELSINKI)
        factories.shift(self.other_sheet, start, start.replace(hour=15, minute=0), decision="1.1")

    def starts(self, decision_id: int, *spaces: str) -> list[str]:
        """Home, and every address of portal or desk for the objects of this household, whoever may open it."""
        ids = {
            "decision_id": decision_id,
            "person_id": self.eero.pk,
            "contract_id": self.contract_id,
            "sheet_id": self.sheet.pk,
            "year": 2026,
        }
        found = ["/"]
        for space in spaces:
            _, resolver = get_resolver().namespace_dict[space]
            for name in sorted(key for key in resolver.reverse_dict if isinstance(key, str)):
                ((_pattern, names),) = resolver.reverse_dict.getlist(name)[0][0][:1]
                try:
                    address = reverse(f"{space}:{name}", kwargs={each: ids.get(each, 1) for each in names})
                except NoReverseMatch:
                    continue
                if not address.startswith(STAYS_IN):
                    found.append(address)
        return found


def test_no_answer_to_an_assistant_holds_a_figure_that_is_granted() -> None:
    world = World()
    decision = factories.decision(world.place, world.eero, by=world.worker, **GRANTS)
    world.others_work()
    mail.outbox.clear()
    found, answers = [], 0
    for where, _status, text in walked(world.aila, world.starts(decision.pk, "portal", "desk")):
        answers += 1
        if match := PLANTED.search(text):
            found.append((where, match[0]))
    assert found == []
    assert [each.body for each in mail.outbox if PLANTED.search(str(each.body))] == []
    assert answers > 60
    shown = {
        match[0]
        for _where, _status, text in walked(world.employer, [reverse("portal:decisions")])
        for match in PLANTED.finditer(text)
    }
    assert {"37,25", "07.13", "21.47", "14,75"} <= shown  # the walk finds them where they may be


def answers_of(world: World, grants: Mapping[str, object], *, others: bool) -> dict[str, tuple[int, str]]:
    with undone():
        decision = factories.decision(world.place, world.eero, by=world.worker, **grants)
        if others:
            world.others_work()
        starts = world.starts(decision.pk, "portal")
        return {alike(where): (status, alike(text)) for where, status, text in walked(world.aila, starts)}


def differences(one: str, other: str) -> list[str]:
    found = difflib.unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0)
    return [line[:200] for line in found][2:8]


def test_two_households_equal_but_for_the_grants_give_an_assistant_byte_equal_answers() -> None:
    """Also equal but for another assistant's shifts."""
    world = World()
    tight = {"hours": "1", "per": "week", "clock_times": "10-11", "weekdays": ["1"]}
    wide = {"hours": "", "per": "", "clock_times": "", "two_at_once": True}
    one = answers_of(world, tight, others=True)
    other = answers_of(world, wide, others=False)
    assert sorted(one) == sorted(other)
    assert [(where, differences(one[where][1], other[where][1])) for where in one if one[where] != other[where]] == []


def saved(world: World, grants: Mapping[str, object], *, others: bool) -> list[str]:
    """What the assistant is answered to a save, a copy and a report, and the page after each."""
    client = Client()
    factories.sign_in(client, world.aila, strong=True)
    page = reverse("portal:period", args=[world.sheet.pk])
    shift = {"day": "2026-05-06", "start": "13", "end": "23.30", "version": "1"}
    copy = {"what": "week", "day": "2026-05-06", "weeks": "1", "version": "2"}
    ill = {"first": "7.5.2026", "last": "8.5.2026"}
    acts = (
        (reverse("portal:add-shift", args=[world.sheet.pk]), shift),
        (reverse("portal:copy-shifts", args=[world.sheet.pk]), copy),
        (reverse("portal:report-change", args=[world.contract_id, "own_illness"]), ill),
    )
    with undone():
        factories.decision(world.place, world.eero, by=world.worker, **grants)
        if others:
            world.others_work()
        answers = [(client.post(address, values), client.get(page)) for address, values in acts]
        assert {one.status_code for one, _ in answers} == {302}
        return [without_ids(alike(body(each))) for pair in answers for each in pair]


def without_ids(text: str) -> str:
    """Without the ids that a second round counts on from the first, and the length that they have."""
    text = re.sub(r"(?m)^Content-Length:.*$", "", text)
    text = re.sub(r"/(changes|shifts)/\d+/", r"/\1/N/", text)
    return re.sub(r'name="undo" value="\d+"', 'name="undo" value="N"', text)


def test_what_an_assistant_is_answered_to_a_save_is_the_same_whatever_is_granted_and_others_entered() -> None:
    """EMP-4: alerts of the employer do not show in it; those of own entries do, in both."""
    world = World()
    tight = {"hours": "1", "per": "week", "clock_times": "10-11", "weekdays": ["1"]}
    wide = {"hours": "", "per": "", "clock_times": "", "two_at_once": True}
    one, other = saved(world, tight, others=True), saved(world, wide, others=False)
    for first, second in zip(one, other, strict=True):
        assert differences(first, second) == []
    assert "Ylityötä" in one[1] or "Overtime" in one[1]
