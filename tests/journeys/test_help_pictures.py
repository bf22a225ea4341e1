"""Pictures of the instructions that need the whole demo, taken from the pages in three languages; `bin/pictures`."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from palkkio.accounts.actions import change_language, confirm_details
from palkkio.accounts.queries import account
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.guidance.catalogue import LANGUAGES
from palkkio.web.portal import apps
from tests import factories
from tests.journeys.test_every_page import seated
from tests.journeys.test_pictures import keep

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("PALKKIO_PICTURES" not in os.environ, reason="takes the pictures of the instructions"),
]
TAKEN = ("home", "payslip", "contacts", "shifts", "hours", "decisions", "desk-queue", "desk-run")
KEPT = Path(apps.__file__).parent / "static" / "portal" / "help"
NARROW = {"width": 760, "height": 640}
WIDE = {"width": 1180, "height": 820}


def test_instructions_show_the_product_as_it_is(
    transactional_db: None, open_page: Callable[..., Page], live_server: Any
) -> None:
    from palkkio.config.demo_data import load
    from palkkio.config.demo_data.acting import TIMO
    from palkkio.config.demo_data.forms_of_care import AINO
    from palkkio.config.demo_data.organisations import viewer_of_email
    from palkkio.entries.queries import periods_of
    from palkkio.payroll import actions as payroll
    from palkkio.payroll.queries import payslips_of, scheduled_paydays

    load.load(today=factories.TODAY, say=lambda text: None)

    def of(email: str, role: RoleKind) -> Viewer:
        return viewer_of_email(email, role, factories.TODAY, organisation="mallila")

    carer, assistant = of("maija@mallila.example", RoleKind.CARER), of(AINO, RoleKind.ASSISTANT)
    confirm_details(carer, at=factories.NOW)
    employer, handler = of(TIMO, RoleKind.EMPLOYER), of("kaisa@mallila.example", RoleKind.HANDLER)
    clerk = of("pentti@mallila.example", RoleKind.PAYROLL_CLERK)
    second = of("hilla@mallila.example", RoleKind.PAYROLL_CLERK)
    paydays = scheduled_paydays(clerk.organisation_id, factories.TODAY)
    payday = next(row.payday for row in paydays if row.run_id is None and "substitute_care" in row.contract_kinds)
    run = payroll.propose_run(by=clerk, at=factories.NOW, payday=payday)
    payroll.calculate_run(run.pk, at=factories.NOW + timedelta(seconds=1))
    shifts = next(row for row in periods_of(assistant) if row.is_empty)  # the one to record now

    pictures = [
        ("home", carer, "/", NARROW, ""),
        ("payslip", carer, f"/payslips/{payslips_of(carer)[0].id}/", NARROW, "details.line summary"),
        ("contacts", carer, "/contacts/", NARROW, ""),
        ("shifts", assistant, f"/periods/{shifts.id}/", NARROW, ""),
        ("hours", employer, "/hours/", NARROW, ""),
        ("decisions", employer, "/decisions/", NARROW, ""),
        ("desk-queue", handler, "/desk/queue/", WIDE, ""),
        ("desk-run", second, f"/desk/runs/{run.pk}/", WIDE, ""),
    ]
    assert [name for name, *_ in pictures] == list(TAKEN)
    for language in LANGUAGES:
        folder = KEPT / language
        for name, viewer, address, size, opens in pictures:
            change_language(account(viewer.account_id), language, factories.NOW)
            window = seated(open_page, viewer, language, live_server.url)
            window.set_viewport_size(size)  # type: ignore[arg-type]
            answer = window.goto(address)
            assert answer is not None
            assert answer.status == 200, f"{name}: {answer.status}"
            if opens:
                window.locator(opens).first.click()
                window.locator(opens).first.evaluate("line => line.closest('section').scrollIntoView()")
            keep(window, folder / f"{name}.png")
            assert 4_000 < (folder / f"{name}.png").stat().st_size < 200_000, name
            window.context.close()
