"""Steps of journeys, as people take them: signing in, the worker's turn, what a downloaded file says."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext, override
from lxml import etree
from pypdf import PdfReader

from tests import factories

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from playwright.sync_api import Locator, Page


def words(message: str) -> str:
    """A message as it stands on a Finnish page."""
    with override("fi"):
        return gettext(message)


def sign_in(page: Page, email: str) -> None:
    """By e-mail and password, as everybody does, and by the code of an app (`factories.app`), as staff do."""
    page.goto("/sign-in/")
    page.get_by_label("Sähköposti").first.fill(email)
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään", exact=True).click()
    page.wait_for_url(lambda address: not address.endswith("/sign-in/"))
    if page.url.endswith("/sign-in/second-factor/"):
        page.locator("input[name=code]").fill(factories.app_code())
        page.get_by_role("button", name="Kirjaudu sisään", exact=True).click()
        page.wait_for_url(lambda address: "/sign-in" not in address)


def follow(page: Page, link: Locator) -> None:
    """Click a link or the button of a form, and wait for the page that answers: what it asked for is done by then."""
    with page.expect_navigation():
        link.click()


def worker_takes_its_turn(database_url: str, *, today: date = factories.TODAY) -> None:
    """A real worker in a process of its own does what waits in the queue, and ends."""
    done = subprocess.run(
        [sys.executable, "-m", "palkkio.config.worker", "--one-shot"],
        env={
            **os.environ,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
            "PALKKIO_TODAY": today.isoformat(),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def worker_in_this_process() -> None:
    """The same in a thread: quicker, since all modules and rules are read already."""

    def work() -> None:
        try:
            call_command("procrastinate", "worker", "--one-shot")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(work).result()


def download(page: Page, link: str) -> bytes:
    """The file behind a link of the page."""
    with page.expect_download() as told:
        page.locator(link).first.click()
    path: Path = told.value.path()
    return path.read_bytes()


def amounts_of(payment_file: bytes) -> dict[str, Decimal]:
    """Amount by payee's account."""
    transfers = etree.fromstring(payment_file).iter("{*}CdtTrfTxInf")
    return {each.findtext("{*}CdtrAcct/{*}Id/{*}IBAN"): Decimal(each.findtext(".//{*}InstdAmt")) for each in transfers}


def text_of(pdf: bytes) -> str:
    """All words of a PDF, blanks made plain."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def written(amount: Decimal) -> str:
    """1 249,17 as on a payslip, blanks made plain."""
    whole, cents = f"{amount:.2f}".split(".")
    return f"{int(whole):,}".replace(",", " ") + "," + cents
