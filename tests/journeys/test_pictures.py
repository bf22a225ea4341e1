"""The pictures of the front page, taken from the running demo; `bin/pictures` runs this."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from palkkio.core.viewer import RoleKind
from tests import factories
from tests.journeys.test_every_page import seated

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("PALKKIO_PICTURES" not in os.environ, reason="takes the front page's pictures: bin/pictures"),
]

COLOURS = 128


@pytest.fixture
def folder() -> Path:
    return Path(os.environ["PALKKIO_PICTURES"])


def test_the_front_page_shows_the_product_as_it_is(
    transactional_db: None, open_page: Callable[..., Page], live_server: object, folder: Path
) -> None:
    from palkkio.config.demo_data import load
    from palkkio.config.demo_data.organisations import viewer_of_email
    from palkkio.entries import queries as entries
    from palkkio.payroll import actions as payroll
    from palkkio.payroll import queries as payslips
    from palkkio.payroll.queries import scheduled_paydays

    load.load(today=factories.TODAY, say=lambda text: None)
    maija = viewer_of_email("maija@mallila.example", RoleKind.CARER, factories.TODAY, organisation="mallila")
    clerk = viewer_of_email("pentti@mallila.example", RoleKind.PAYROLL_CLERK, factories.TODAY)
    second = viewer_of_email("hilla@mallila.example", RoleKind.PAYROLL_CLERK, factories.TODAY)
    handler = viewer_of_email("kaisa@mallila.example", RoleKind.HANDLER, factories.TODAY)
    rows = scheduled_paydays(clerk.organisation_id, factories.TODAY)
    payday = next(row.payday for row in rows if row.run_id is None and "substitute_care" in row.contract_kinds)
    run = payroll.propose_run(by=clerk, at=factories.NOW, payday=payday)
    payroll.calculate_run(run.pk, at=factories.NOW + timedelta(seconds=1))

    url: str = live_server.url  # type: ignore[attr-defined]
    phone = seated(open_page, maija, "fi", url)
    phone.set_viewport_size({"width": 390, "height": 844})
    may = next(row for row in entries.periods_of(maija) if row.period == factories.MAY)
    phone.goto(f"/periods/{may.id}/")
    keep(phone, folder / "period-phone.png")

    desk = seated(open_page, maija, "fi", url)
    slip = payslips.payslips_of(maija)[0]
    desk.goto(f"/payslips/{slip.id}/")
    desk.locator("details.line summary").first.click()
    desk.set_viewport_size({"width": 1280, "height": 1100})
    keep(desk, folder / "payslip.png")

    for viewer, address, name in (
        (handler, "/desk/queue/", "queue.png"),
        (second, f"/desk/runs/{run.pk}/", "run.png"),
    ):
        window = seated(open_page, viewer, "fi", url)
        window.goto(address)
        window.set_viewport_size({"width": 1280, "height": 1000})
        keep(window, folder / name)
    assert all((folder / name).stat().st_size > 10_000 for name in ("period-phone.png", "payslip.png", "run.png"))


def keep(shown: Page | Locator, path: Path, **part: Any) -> None:
    """A picture of a window or a part of its page, small enough for a repository."""
    shown.screenshot(path=path, animations="disabled", **part)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
