"""Payroll runs at the desk: proposing, looking, approving by a second person (PAY-7, BEY-7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palkkio.audit.models import Event
from palkkio.core.viewer import Viewer
from palkkio.payroll import actions
from palkkio.payroll.computing import NotComputed
from palkkio.payroll.models import Hold, Payslip, Proposal, Run, SetAside
from palkkio.reporting import actions as reporting
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY
from tests.web_desk.payroll_scene import Scene, calculate, make
from tests.web_desk.scene import signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def at(db: None) -> Scene:
    return make()


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_coming_paydays_are_listed_with_their_dates_and_proposed_by_a_button(at):
    """PAY-7, CARE-10: May is paid on 30 June, entries by 3 June."""
    page = text(at.first.get("/desk/runs/"))
    assert "30.6.2026" in page
    assert "3.6." in page
    response = at.first.post("/desk/runs/propose/", {"payday": "2026-06-30"})
    run = Run.objects.get(payday=PAYDAY)
    assert response.url == f"/desk/runs/{run.pk}/"
    assert run.proposed_by_id == at.house.proposer.account_id


def test_a_month_that_is_not_over_cannot_be_proposed_from_the_list(at):
    """The form is there for May alone: June goes on, and April is paid."""
    page = text(at.first.get("/desk/runs/"))
    assert page.count('name="payday"') == 1
    assert 'value="2026-06-30"' in page


def test_a_payday_that_has_a_run_says_so_and_makes_no_second_one(at):
    at.proposed()
    response = at.first.post("/desk/runs/propose/", {"payday": "2026-06-30"}, follow=True)
    assert Run.objects.filter(payday=PAYDAY).count() == 1
    assert "This payday has a run already" in text(response) or "hds-notification" in text(response)


def test_an_administrator_looks_but_does_not_propose(at):
    assert at.admin.get("/desk/runs/").status_code == 200
    assert at.admin.post("/desk/runs/propose/", {"payday": "2026-06-30"}).status_code == 403


def test_an_extra_run_takes_chosen_contracts_and_keeps_its_reason(at):
    """PAY-11: outside the schedule, with the reason on the record."""
    typed = {"payday": "15.6.2026", "contracts": at.contracts[0].number, "reason": "The carer moved"}
    response = at.first.post("/desk/runs/extra/", typed)
    run = Run.objects.get(is_extra=True)
    assert response.url == f"/desk/runs/{run.pk}/"
    assert run.only_contracts == [at.contracts[0].pk]
    calculate(run)
    assert "The carer moved" in text(at.second.get(response.url))


def test_an_extra_run_with_an_unknown_number_keeps_what_was_typed(at):
    typed = {"payday": "15.6.2026", "contracts": "1999-001", "reason": "The carer moved"}
    response = at.first.post("/desk/runs/extra/", typed)
    assert response.status_code == 422
    assert "1999-001" in text(response)
    assert "The carer moved" in text(response)
    assert not Run.objects.filter(is_extra=True).exists()


def test_an_extra_run_on_a_day_when_banks_are_closed_is_refused_beside_the_day(at):
    response = at.first.post("/desk/runs/extra/", {"payday": "20.6.2026", "contracts": "", "reason": "Late"})
    assert response.status_code == 422
    assert 'id="id_payday-error"' in text(response)


def test_the_page_of_a_run_shows_sums_and_why_they_changed(at):
    """PAY-7, BEY-7: 30 days now, 27 in April: three more of 97.55."""
    run = at.proposed()
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert "2 926,50" in page  # gross of 30 days
    assert "+292,65" in page
    assert 'class="chart fall"' in page


def test_the_proposer_sees_why_not_and_a_second_person_the_button_with_the_sum(at):
    """PAY-7: approve and propose are never the same person."""
    run = at.proposed()
    own = text(at.first.get(f"/desk/runs/{run.pk}/"))
    assert 'aria-disabled="true" aria-describedby="gate-why"' in own
    other = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert "aria-disabled" not in other
    net = sum(Proposal.objects.filter(run=run).values_list("net", flat=True))
    assert f"{net:,.2f}".replace(",", " ").replace(".", ",") + " €" in other
    at.first.post(f"/desk/runs/{run.pk}/approve/", {"proposal": run.proposal})
    run.refresh_from_db()
    assert run.state == "proposed"
    at.second.post(f"/desk/runs/{run.pk}/approve/", {"proposal": run.proposal})
    run.refresh_from_db()
    assert run.state == "approved"
    assert run.approved_by_id == at.house.approver.account_id


def test_a_proposal_that_changed_meanwhile_is_not_approved(at):
    run = at.proposed()
    response = at.second.post(f"/desk/runs/{run.pk}/approve/", {"proposal": run.proposal - 1}, follow=True)
    run.refresh_from_db()
    assert run.state == "proposed"
    assert response.status_code == 200


def test_red_problems_are_grouped_with_their_repair_and_set_aside_with_a_reason(at):
    """BEY-7, PAY-2: no card stops the payee, until it is set aside; taken back, it stops again."""
    bare = at.house.contract(name="Kokeilija", card=False)
    at.house.month(bare, 4)
    run = at.proposed()
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert f"/desk/people/{bare.carer_id}/tax-cards/add/" in page
    assert 'aria-disabled="true"' in page
    where = f"/desk/runs/{run.pk}/set-aside/NO_TAX_CARD/"
    assert at.second.post(where, {"contract": bare.pk, "reason": ""}).status_code == 422
    at.second.post(where, {"contract": bare.pk, "reason": "She asked for it"})
    assert SetAside.objects.get(run=run).reason == "She asked for it"
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert "aria-disabled" not in page
    assert "She asked for it" in page
    at.second.post(f"/desk/runs/{run.pk}/take-back/", {"contract": bare.pk, "code": "NO_TAX_CARD"})
    assert 'aria-disabled="true"' in text(at.second.get(f"/desk/runs/{run.pk}/"))


def test_payees_are_found_by_name_without_the_name_in_the_address(at):
    """Personal data never stands in a URL."""
    run = at.proposed()
    where = f"/desk/runs/{run.pk}/payees/"
    response = at.second.post(where, {"q": "testaaja", "view": "all"})
    assert response.status_code == 302
    assert "testaaja" not in response.url.lower()
    page = text(at.second.get(response.url))
    assert "Hilla Testaaja" in page
    assert "Hilla Esimerkki" not in page
    assert "Hilla Esimerkki" in text(at.second.get(at.second.post(where, {"all": "1"}).url))


def test_payees_are_sorted_in_the_database(at):
    run = at.proposed()
    page = text(at.second.get(f"/desk/runs/{run.pk}/payees/?sort=-gross"))
    assert page.index("Hilla Testaaja") < page.index("Hilla Esimerkki") < page.index("Hilla Mallikas")


def test_a_payee_shows_each_line_with_its_why_and_what_changed(at):
    """PAY-8, BEY-1; the look is on the record."""
    run = at.proposed()
    proposal = Proposal.objects.get(run=run, contract=at.contracts[0])
    page = text(at.second.get(f"/desk/runs/{run.pk}/payees/{proposal.pk}/"))
    assert "780,40" in page  # 8 × 97.55
    assert "937/2005" in page or "263/2015" in page
    assert "−97,55" in page  # one day fewer than April
    look = Event.objects.get(action="open_proposal", is_read=True)
    assert look.subject_person_id == at.contracts[0].carer_id


def test_a_payee_of_another_run_is_not_shown(at):
    run = at.proposed()
    april = Run.objects.exclude(pk=run.pk).get()
    other = Proposal.objects.filter(run=april).first()
    assert at.second.get(f"/desk/runs/{run.pk}/payees/{other.pk}/").status_code == 403


def test_the_preview_is_a_csv_of_payees_and_lines(at):
    run = at.proposed()
    response = at.second.get(f"/desk/runs/{run.pk}/preview.csv")
    body = response.content.decode("utf-8-sig")
    assert response["Content-Type"].startswith("text/csv")
    assert "Hilla Mallikas" in body
    assert "780,40" in body
    assert Event.objects.filter(action="export_run").exists()


def test_a_payee_is_held_and_released_from_the_run(at):
    """PAY-11: hold or release one payee; the proposal follows at once."""
    run = at.proposed()
    person = at.contracts[0].carer_id
    response = at.second.post(f"/desk/people/{person}/hold/?run={run.pk}", {"reason": "The account is unclear"})
    assert response.url == f"/desk/runs/{run.pk}/"
    assert Proposal.objects.get(run=run, contract=at.contracts[0]).is_held
    assert "The account is unclear" in text(at.second.get("/desk/holds/"))
    at.second.post(f"/desk/people/{person}/release/?run={run.pk}")
    assert Hold.objects.get().released_at is not None
    assert not Proposal.objects.get(run=run, contract=at.contracts[0]).is_held


def test_a_run_is_returned_with_a_reason_that_the_page_shows(at):
    run = at.proposed()
    assert at.second.post(f"/desk/runs/{run.pk}/return/", {"reason": " "}).status_code == 422
    at.second.post(f"/desk/runs/{run.pk}/return/", {"reason": "Check the trips"})
    run.refresh_from_db()
    assert run.state == "calculating"
    assert "Check the trips" in text(at.first.get(f"/desk/runs/{run.pk}/"))


def test_while_it_is_calculated_the_bar_asks_again_and_then_loads_the_page(at):
    """Progress works without JavaScript too: the page tells it by itself."""
    run = at.proposed()
    at.first.post(f"/desk/runs/{run.pk}/recalculate/")
    page = text(at.first.get(f"/desk/runs/{run.pk}/"))
    assert f'hx-get="/desk/runs/{run.pk}/progress/"' in page
    assert "<noscript>" in page
    assert 'h2 id="run-job-title"' in page  # no level of headings is left out
    with CaptureQueriesContext(connection) as asked:
        part = at.first.get(f"/desk/runs/{run.pk}/progress/", headers={"HX-Request": "true"})
    assert b"<progress" in part.content
    assert [word for each in asked for word in re.findall(r'FROM "(payroll_\w+)"', each["sql"])] == [
        "payroll_run",
        "payroll_runpart",
    ]
    run.refresh_from_db()
    calculate(run)
    done = at.first.get(f"/desk/runs/{run.pk}/progress/", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_a_run_is_cancelled_with_a_reason_until_the_bank_has_the_file(at):
    """PAY-11: all parts are taken back; after the bank has it, it is too late."""
    run = at.produced()
    at.first.post(f"/desk/runs/{run.pk}/cancel/", {"reason": "Wrong payday"})
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert not Payslip.objects.filter(run=run, is_cancelled=False).exists()
    assert "Wrong payday" in text(at.first.get(f"/desk/runs/{run.pk}/"))
    april = Run.objects.exclude(pk=run.pk).get()
    assert at.first.post(f"/desk/runs/{april.pk}/cancel/", {"reason": "Too late"}).status_code == 422


def test_what_stopped_the_files_is_told_and_begun_again(at):
    """PAY-7: can be repeated without paying twice; the job waits for a clerk who has mended the cause."""
    run = at.proposed()
    at.house.approve(run)
    Run.objects.filter(pk=run.pk).update(trouble="Payslips of the run are still being made.")
    where = f"/desk/runs/{run.pk}/again/"
    assert where in text(at.first.get(f"/desk/runs/{run.pk}/"))
    at.first.post(where)
    assert where not in text(at.first.get(f"/desk/runs/{run.pk}/"))
    reporting.finish_run(run.pk, at=NOW)
    assert Payslip.objects.filter(run=run).count() == 3


def test_a_calculation_that_stopped_is_begun_again_from_its_page(at):
    run = at.proposed()
    at.first.post(f"/desk/runs/{run.pk}/recalculate/")
    actions.note_trouble(run.pk, NotComputed("2026-001"))
    page = text(at.first.get(f"/desk/runs/{run.pk}/"))
    assert "The pay of contract 2026-001 cannot be calculated" in page
    assert "When the run is calculated, a second person approves it" in page  # it does not say that it goes on
    in_finnish = text(signed_in(at.house.approver, "fi").get(f"/desk/runs/{run.pk}/"))
    assert "Sopimuksen 2026-001" in in_finnish
    assert "cannot be calculated" not in in_finnish
    bar = at.first.get(f"/desk/runs/{run.pk}/progress/", headers={"HX-Request": "true"})
    assert bar["HX-Refresh"] == "true"  # who watched the bar gets the page with its button
    (where,) = re.findall(r'<form method="post" action="(/desk/runs/[^"]+)"', page)
    at.first.post(where)
    run.refresh_from_db()
    assert (run.state, run.trouble) == ("calculating", "")
    actions.note_trouble(run.pk, NotComputed("2026-001"), proposal=run.proposal - 1)  # of a worker that was late
    run.refresh_from_db()
    assert run.trouble == ""
    assert calculate(run).state == "proposed"


def test_contracts_without_pay_and_new_ones_are_told(at):
    """BEY-7: contracts without pay."""
    at.house.contract(name="Kokeilija")
    run = at.proposed()
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert 'id="without"' in page
    assert "Hilla Kokeilija" in page


def test_a_missing_ledger_account_stops_the_approval_and_leads_to_the_accounts(at):
    """What has no account cannot be posted."""
    from palkkio.reporting.models import AccountMapping

    AccountMapping.objects.filter(series__code="PENSION").delete()
    run = at.proposed()
    page = text(at.second.get(f"/desk/runs/{run.pk}/"))
    assert 'aria-disabled="true"' in page
    assert "/desk/settings/ledger-accounts/" in page


def test_another_organisations_run_is_refused(at):
    city = factories.city()
    stranger = signed_in(city.second)
    run = at.proposed()
    for where in ("", "payees/", "preview.csv", "return/", "cancel/", "set-aside/NO_TAX_CARD/"):
        assert stranger.get(f"/desk/runs/{run.pk}/{where}").status_code == 403
    for where in ("approve/", "recalculate/", "take-back/"):
        assert stranger.post(f"/desk/runs/{run.pk}/{where}", {"proposal": 1, "contract": 1}).status_code == 403


@pytest.mark.journey
@pytest.mark.long  # the month of tests/journeys/test_a_month.py walks the same pages
@pytest.mark.django_db(transaction=True)
def test_a_run_goes_from_proposal_to_its_files_with_two_people(
    page: Page,
    open_page: Callable[..., Page],
    sit_down: Callable[[Page, Viewer], Page],
    axe: Callable[[Page], list[str]],
) -> None:
    """PAY-7: one clerk proposes, another approves, the files are there and agree."""
    at = make()
    sit_down(page, at.house.proposer)
    page.goto("/desk/runs/")
    assert axe(page) == []
    page.locator("form[action$='/runs/propose/'] button").click()
    page.wait_for_url("**/desk/runs/*/")
    run = Run.objects.get(payday=PAYDAY)
    assert page.locator("progress").is_visible()
    calculate(run)
    page.locator(".gate").wait_for()  # the bar loads the page when the work is done
    assert page.locator(".gate [aria-disabled=true]").is_visible()
    assert axe(page) == []

    other = sit_down(open_page(width=1280, height=900), at.house.approver)
    other.goto(f"/desk/runs/{run.pk}/")
    other.locator(".gate form[action$='/approve/'] button").click()
    other.locator("progress").wait_for()
    run.refresh_from_db()
    assert run.state == "approved"
    reporting.finish_run(run.pk, at=NOW)
    other.locator("#files").wait_for()
    with other.expect_download() as got:
        other.locator("a[href*='/files/']").first.click()
    assert got.value.suggested_filename.startswith("pain001-2026-06-30")
    assert other.locator(".chip--error").count() == 0
    assert axe(other) == []
    other.locator("form[action$='/sent/'] button").first.click()
    other.locator("form[action*='/payment-files/']").wait_for(state="detached")
