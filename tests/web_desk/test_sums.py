"""The page where sums agree or differ, and the year's end: PAY-7, PAY-11."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from palkkio.audit.models import Event
from palkkio.core.money import to_cents
from palkkio.reporting.models import Voucher, VoucherLine
from tests.web_desk import payroll_scene

pytestmark = pytest.mark.django_db


def test_sums_are_shown_red_where_they_differ_and_findings_say_what_to_do():
    scene = payroll_scene.make()
    scene.produced()
    sums = reverse("desk:reconciliation")
    shown = scene.first.get(sums)
    assert shown.status_code == 200
    assert "The sums agree to the cent." in shown.text
    line = VoucherLine.objects.filter(code="NET").latest("pk")
    VoucherLine.objects.filter(pk=line.pk).update(credit=line.credit + 1)
    shown = scene.first.get(sums).text
    assert "The sums differ" in shown
    assert "+1,00" in shown
    Voucher.objects.update(is_cancelled=True)
    assert scene.first.post(reverse("desk:look-again")).status_code == 302
    shown = scene.first.get(sums).text
    assert "Run without a voucher" in shown
    assert "Last looked" in shown


def test_the_year_end_lists_payees_and_gives_them_as_csv():
    scene = payroll_scene.make()
    shown = scene.admin.get(reverse("desk:year-end", args=[2026]))
    assert shown.status_code == 200
    assert "Mallikas" in shown.text
    content = scene.first.get(reverse("desk:year-csv", args=[2026])).content.decode("utf-8-sig")
    assert content.splitlines()[0] == (
        "payee;payslips;gross;taxable;withholding;pension;other_deductions;net;carer_fees;carer_daily"
    )
    rows = [line.split(";") for line in content.splitlines()[1:]]
    assert len(rows) == 3
    for row in rows:  # T13: care days alone, so that the fees of the accident insurance are the gross
        fees, daily = (Decimal(row[at].replace(",", ".")) for at in (8, 9))
        assert (row[8], daily) == (row[2], to_cents(fees / 360))
    assert scene.first.get(reverse("desk:year-end", args=[1900])).status_code == 404


def test_what_is_owed_to_others_is_listed_and_given_as_csv():
    scene = payroll_scene.make()
    shown = scene.first.get(reverse("desk:owed"), {"month": "2026-05"})
    assert shown.status_code == 200
    assert "12.6.2026" in shown.text
    content = scene.first.get(reverse("desk:owed-csv"), {"month": "2026-05"}).content.decode("utf-8-sig")
    assert content.splitlines()[0] == "employer;receiver;insurer;reference;due;amount"
    assert ";tax;" in content
    looks = Event.objects.filter(is_read=True, action__endswith="_owed").order_by("pk")
    assert [(each.action, each.actor_role) for each in looks] == [
        ("list_owed", "payroll_clerk"),
        ("export_owed", "payroll_clerk"),
    ]
    assert scene.first.get(reverse("desk:owed"), {"month": "x"}).status_code == 200
