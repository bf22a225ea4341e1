"""The register over HTTP: signed messages, acknowledgements, answers by report, and what the sandbox refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from palkkio.adapters.configuration import SettingsError
from palkkio.adapters.incomes_register import client
from palkkio.adapters.incomes_register.sandbox import Sandbox, running
from palkkio.adapters.incomes_register.settings import read_register
from palkkio.adapters.incomes_register.signing import SignatureError, make_certificate, sign, verified
from palkkio.core.days import DateRange
from palkkio.formats import schemas
from palkkio.formats.incomes_register import Contact, Delivery, Identifier, Transaction, replacement_of, write_delivery
from palkkio.formats.incomes_register.answers import Answer, Status, facts_of, read_answer, write_status_request
from palkkio.formats.incomes_register.invalidations import TakenBack, write_invalidations
from palkkio.formats.incomes_register.separate import SeparateReport, write_separate_report
from palkkio.formats.xml import to_bytes
from tests.formats.test_incomes_register import EARNER, delivery, report
from tests.formats.values import COUNTY, MADE_AT, identity_code

TODAY = date(2026, 6, 30)
OWNER = Identifier.business(COUNTY.identifier)
UNKNOWN = EARNER._replace(identity_code=identity_code(date(1970, 1, 1), 999))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running(tmp_path_factory.mktemp("register"), TODAY) as server:
        yield server


def give(sandbox: Sandbox, made: Delivery) -> Answer:
    return client.send(sandbox.register, write_delivery(made), "100")


def became(sandbox: Sandbox, delivery_id: str, kind: str = "100") -> Answer:
    return client.ask(
        sandbox.register, delivery_type=kind, delivery_id=delivery_id, owner=OWNER, at=MADE_AT, is_production=False
    )


def codes(answer: Answer) -> list[str]:
    return [error.code for item in answer.invalid for error in item.errors] or [each.code for each in answer.errors]


def test_a_delivery_is_acknowledged_and_each_report_answered_for(sandbox: Sandbox) -> None:
    """PAY-10: one faulty report does not stop the others, and says which rule it broke."""
    right, wrong = report(report_id="a-1"), report(report_id="a-2", earner=UNKNOWN)
    taken = give(sandbox, delivery(right, wrong, delivery_id="a"))
    assert (taken.status, len(taken.register_id), taken.is_final) == (Status.IN_PROCESS, 32, False)
    answer = became(sandbox, "a")
    assert (answer.status, answer.register_id) == (Status.VALID, taken.register_id)
    assert [each.report_id for each in answer.valid] == ["a-1"]
    assert [each.report_id for each in answer.invalid] == ["a-2"]
    assert codes(answer) == ["EARNER_UNKNOWN"]


def test_a_delivery_given_twice_is_refused_and_can_be_asked_for_instead(sandbox: Sandbox) -> None:
    """Cut off before the answer came: the register has it, and says so when it is asked by the delivery's own id."""
    sandbox.forgets_to_answer = 1
    with pytest.raises(client.RegisterError):
        give(sandbox, delivery(report(report_id="b-1"), delivery_id="b"))
    assert became(sandbox, "b").status == Status.VALID
    again = give(sandbox, delivery(report(report_id="b-1"), delivery_id="b"))
    assert (again.status, codes(again)) == (Status.REFUSED_ON_RECEIPT, ["DELIVERY_ID_USED"])
    assert codes(became(sandbox, "never given")) == ["DELIVERY_UNKNOWN"]


def test_a_replacement_gives_all_again_and_what_it_may_not_change_is_taken_back_first(sandbox: Sandbox) -> None:
    """C1, C2, C7."""
    first = report(report_id="c-1")
    give(sandbox, delivery(first, delivery_id="c"))
    assert codes(_given(sandbox, delivery(first, delivery_id="c2"), "c2")) == ["REPORT_ID_USED"]
    right = _given(sandbox, delivery(replacement_of(first), delivery_id="c3"), "c3")
    assert [each.version for each in right.valid] == [2]
    other_days = delivery(replacement_of(first), delivery_id="c4", period=DateRange.of_month(2026, 4))
    assert codes(_given(sandbox, other_days, "c4")) == ["INVALIDATE_FIRST"]
    assert facts_of(write_delivery(other_days)) != facts_of(write_delivery(delivery(first)))
    taken_back = write_invalidations(
        [TakenBack("c-1", right.valid[0].register_id)],
        delivery_id="c5",
        created_at=MADE_AT,
        owner=OWNER,
        is_production=False,
    )
    assert client.send(sandbox.register, taken_back, "105").status == Status.IN_PROCESS
    assert [each.report_id for each in became(sandbox, "c5", "105").valid] == ["c-1"]
    assert codes(_given(sandbox, delivery(replacement_of(first), delivery_id="c6"), "c6")) == ["REPORT_TAKEN_BACK"]


def _given(sandbox: Sandbox, made: Delivery, delivery_id: str) -> Answer:
    give(sandbox, made)
    return became(sandbox, delivery_id)


FAULTS = {
    "METHODS_MIXED": {"transactions": (Transaction(101, Decimal(100)), Transaction(201, Decimal(100)))},
    "KILOMETRES_MISPLACED": {"transactions": (Transaction(201, Decimal(100), kilometres=3),)},
    "ALLOWANCE_MISSING": {"transactions": (Transaction(331, Decimal(25)),)},
    "INSURANCE_CLASH": {"transactions": (Transaction(336, Decimal(9), insurance=((1, True), (2, True))),)},
    "REPORT_UNKNOWN": {"action": 2},
}


@pytest.mark.parametrize("code", FAULTS)
def test_the_sandbox_refuses_what_the_rules_forbid(sandbox: Sandbox, code: str) -> None:
    """Rules 5, 7, 8 and 10 of the register."""
    made = report(report_id=f"f-{code}")._replace(**FAULTS[code])
    assert code in codes(_given(sandbox, delivery(made, delivery_id=f"f-{code}"), f"f-{code}"))


def test_the_sandbox_refuses_a_payday_too_far_ahead_and_a_contact_less_schema(sandbox: Sandbox) -> None:
    """Rule 6, and the schema where it is found."""
    far = delivery(report(report_id="g-1"), delivery_id="g", payday=date(2026, 9, 1))
    assert codes(_given(sandbox, far, "g")) == ["PAYDAY_TOO_FAR"]
    if schemas.official_schemas() is not None:
        broken = write_delivery(delivery(report(report_id="g-2"), delivery_id="g2")).replace(
            b"FaultyControl", b"Faulty"
        )
        assert codes(client.send(sandbox.register, broken, "100")) == ["SCHEMA"]


def test_separate_reports_are_taken_and_follow_their_schema(sandbox: Sandbox) -> None:
    """I4: the employer's health insurance contribution of a month, or that no wages were paid."""
    made = SeparateReport(
        "s", "s-1", DateRange.of_month(2026, 6), OWNER, "Mallilan hyvinvointialue", CONTACTS, Decimal("1234.50")
    )
    xml = write_separate_report(made, created_at=MADE_AT, is_production=False)
    none = write_separate_report(
        replace(made, delivery_id="s2", report_id="s-2", contribution=None), created_at=MADE_AT, is_production=False
    )
    for content in (xml, none):
        assert client.send(sandbox.register, content, "101").status == Status.IN_PROCESS
    assert [each.report_id for each in became(sandbox, "s", "101").valid] == ["s-1"]
    half = replace(made, month=DateRange.of_days(date(2026, 6, 1), TODAY.replace(day=15)))
    with pytest.raises(ValueError, match="one calendar month"):
        write_separate_report(half, created_at=MADE_AT, is_production=False)


def test_a_separate_report_bears_the_day_of_helsinki() -> None:
    made = SeparateReport("s", "s-1", DateRange.of_month(2026, 6), OWNER, "", CONTACTS, Decimal(1))
    at_night = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # half past one of the first of July
    assert b"<ReportDate>2026-07-01</ReportDate>" in write_separate_report(
        made, created_at=at_night, is_production=False
    )


CONTACTS = (Contact("Palkka Esimerkki", "+358 50 000 0000", "palkat@example.org"),)


@pytest.mark.skipif(schemas.official_schemas() is None, reason="not run: official schemas not found")
def test_signed_messages_follow_the_official_schemas(tmp_path: Path) -> None:
    """Both versions of the reports, invalidations and status requests with the signature in its place."""
    folder = schemas.official_schemas()
    assert folder is not None
    certificate, key = make_certificate(tmp_path, "payer")
    signature = {"key": key.read_bytes(), "certificate": certificate.read_bytes()}
    status = write_status_request(
        created_at=MADE_AT, delivery_type=100, delivery_id="x", owner=OWNER, is_production=False
    )
    taken_back = write_invalidations(
        [TakenBack("x-1")], delivery_id="x2", created_at=MADE_AT, owner=OWNER, is_production=False
    )
    separate = SeparateReport("x3", "x-3", DateRange.of_month(2026, 6), OWNER, "", CONTACTS, Decimal(1))
    summary = write_separate_report(separate, created_at=MADE_AT, is_production=False)
    for xml, name in (
        (write_delivery(delivery()), "v2022/WageReportsToIR.xsd"),
        (write_delivery(delivery()), "wage-report-2026/WageReportsToIR.xsd"),
        (taken_back, "v2022/InvalidationsToIR.xsd"),
        (summary, "v2022/PayerSummaryReportsToIR.xsd"),
        (status, "v2022/StatusRequestToIR.xsd"),
    ):
        signed = sign(xml, **signature)
        assert schemas.validate(etree.tostring(signed), folder / "incomes-register" / name) == []


def test_a_changed_or_foreign_signature_is_not_taken(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, "payer")
    other, _ = make_certificate(tmp_path, "other")
    signed = sign(write_delivery(delivery()), key=key.read_bytes(), certificate=certificate.read_bytes())
    assert verified(signed, certificate=certificate.read_bytes()).tag == signed.tag
    with pytest.raises(SignatureError):
        verified(signed, certificate=other.read_bytes())
    signed.find(".//Source").text = "Somebody else"
    with pytest.raises(SignatureError):
        verified(signed, certificate=certificate.read_bytes())
    with pytest.raises(SignatureError):
        verified(etree.fromstring(to_bytes(etree.Element("nothing"))), certificate=certificate.read_bytes())


def test_a_server_in_trouble_gives_no_answer(sandbox: Sandbox) -> None:
    sandbox.failures = 1
    with pytest.raises(client.RegisterError, match="503"):
        became(sandbox, "a")
    with pytest.raises(client.RegisterError):
        client.ask(
            replace(sandbox.register, url="http://localhost:9"),
            delivery_type="100",
            delivery_id="a",
            owner=OWNER,
            at=datetime.now(MADE_AT.tzinfo),
            is_production=False,
        )


def test_the_register_is_configured_and_production_refuses_the_sandbox() -> None:
    text = """{"url": "http://localhost:1/", "certificate": "a", "key": "b", "register_certificate": "c",
               "is_sandbox": true}"""
    assert read_register("", production=True) is None
    found = read_register(text, production=False)
    assert found is not None
    assert (found.url, found.poll_minutes) == ("http://localhost:1", 5)
    for wrong, production in ((text, True), ("{}", False), ("{", False), (text.replace("true", "false"), False)):
        with pytest.raises(SettingsError):
            read_register(wrong, production=production)
    with pytest.raises(ValueError, match="not an answer"):
        read_answer(b"<other/>")
