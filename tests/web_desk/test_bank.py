"""The page of returned payments, seen and used: PAY-10, BEY-4."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from palkkio.adapters.bank.sandbox_messages import Fault, answers_to
from palkkio.core.clock import Clock
from palkkio.documents import queries as documents
from palkkio.payments.models import Answer, Batch, Payment
from palkkio.payroll.models import Payslip
from tests import factories
from tests.apps.payroll.scene import NOW
from tests.web_desk import payroll_scene
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.text


def upload(client, name, content):
    return client.post(reverse("desk:bank"), {"file": SimpleUploadedFile(name, content, "application/xml")})


def test_a_returned_payment_is_mended_and_paid_anew_by_two_clerks():
    scene = payroll_scene.make()
    agreed = {"version": "pain.001.001.09", "cut_off": "14.00", "answer_days": "2"}
    assert scene.first.post(reverse("desk:bank-agreement"), {**agreed, "answer_days": "99"}).status_code == 422
    assert scene.first.post(reverse("desk:bank-agreement"), agreed).status_code == 302
    run = scene.produced()
    batch = Batch.objects.get(run=run)
    assert scene.second.post(reverse("desk:mark-sent", args=[batch.pk])).status_code == 302
    slip = Payslip.objects.filter(run=run).earliest("number")
    answers = answers_to(documents.content(batch.file), {slip.iban: Fault(True, "AC04")})
    assert upload(scene.first, "x.xml", b"<html/>").status_code == 422
    for name, content in answers.items():
        assert upload(scene.first, name, content).status_code == 302
    shown = page(scene.first, "desk:bank")
    assert slip.payee_name in shown
    assert "The account is closed" in shown
    assert slip.iban not in shown  # the whole number stands on the person's page, where opening it is recorded
    assert reverse("desk:person", args=[slip.person_id]) in shown
    assert "The bank returned the payment" in page(scene.first, "desk:payslip", slip.pk)
    of_run = page(scene.first, "desk:run", run.pk)
    assert "The bank or the register has not taken all of it" in of_run
    assert "Tell the operator" not in of_run  # what we made is right
    carer = signed_in(factories.viewer(slip.person, factories.RoleKind.CARER))
    assert "The bank returned the payment" in page(carer, "portal:payslip", slip.pk)

    old = Payment.objects.get(payslip=slip)
    factories.bank_account(slip.person_id, factories.iban(), first=NOW.date())
    scene.first.post(reverse("desk:repay"), {})
    assert not Batch.objects.filter(run__isnull=True).exists()
    scene.first.post(reverse("desk:repay"), {"payment": old.pk})
    repair = Batch.objects.get(run__isnull=True)
    assert reverse("desk:mark-sent", args=[repair.pk]) not in page(scene.first, "desk:bank")
    assert reverse("desk:mark-sent", args=[repair.pk]) in page(scene.second, "desk:bank")
    scene.first.post(reverse("desk:mark-sent", args=[repair.pk]))
    repair.refresh_from_db()
    assert repair.state == "ready"
    scene.second.post(reverse("desk:mark-sent", args=[repair.pk]))
    repair.refresh_from_db()
    assert repair.state == "sent"
    assert b"CstmrCdtTrfInitn" in scene.second.get(reverse("desk:bank-file", args=[repair.pk])).content
    for name, content in answers_to(documents.content(repair.file)).items():
        upload(scene.second, name, content)
    assert Payment.objects.get(replaces=old).outcome == "settled"
    assert "The bank returned the payment" not in page(carer, "portal:payslip", slip.pk)


def test_a_file_that_waits_past_the_cut_off_says_when_it_is_paid(settings):
    scene = payroll_scene.make()
    run = scene.produced()
    said = "Given now, the file is paid on"
    assert said not in page(scene.first, "desk:run", run.pk)
    settings.PALKKIO_CLOCK = Clock(run.payday)
    assert said in page(scene.first, "desk:run", run.pk)
    scene.second.post(reverse("desk:mark-sent", args=[Batch.objects.get(run=run).pk]))
    assert said not in page(scene.first, "desk:run", run.pk)


def test_what_the_bank_says_and_nobody_understands_is_looked_at_once():
    scene = payroll_scene.make()
    run = scene.produced()
    batch = Batch.objects.get(run=run)
    scene.second.post(reverse("desk:mark-sent", args=[batch.pk]))
    debits = list(answers_to(documents.content(batch.file)).values())[1].replace(b"<NbOfTxs>3<", b"<NbOfTxs>4<")
    upload(scene.first, "odd.xml", debits)
    answer = Answer.objects.get()
    settle = reverse("desk:settle-bank-answer", args=[answer.pk])
    assert settle in page(scene.first, "desk:bank")
    assert scene.first.post(settle, {"reason": ""}).status_code == 422
    assert scene.first.post(settle, {"reason": "The bank told another number"}).status_code == 302
    assert settle not in page(scene.first, "desk:bank")
    assert scene.first.get(reverse("desk:bank-answer-file", args=[answer.pk])).content == debits
