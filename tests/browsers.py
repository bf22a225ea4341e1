"""The machine's Chromium, driven by Playwright, and the accessibility checker."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


def executable() -> str | None:
    """The machine's browser; None leaves it to the one Playwright may have installed."""
    if chosen := os.environ.get("PALKKIO_BROWSER"):
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def launched() -> Generator[Browser]:
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread; the tests' own reads of the database are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*ARGUMENTS, *as_root])
        yield browser
        browser.close()


class Windows:
    """Windows on one site, and what the browser complained of in them."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.known: list[str] = []  # other addresses that the site may lead to: the sandbox bank

    def open(
        self,
        *,
        width: int = 1280,
        height: int = 800,
        language: str = "fi",
        javascript: bool = True,
        touch: bool = False,
    ) -> Page:
        """A new visitor's window. `page.goto("/")` goes to the site."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            locale=LOCALES[language],
            timezone_id="Europe/Helsinki",
            java_script_enabled=javascript,
            has_touch=touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)  # patience for a busy machine; nothing waits it out
        self.contexts.append(context)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("request", self._watch)
        return context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused form answers 400 or 422, which the browser reports as a resource that failed to load.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:", "about:", *self.known)):
            self.complaints.append(f"asked another host: {request.url}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self.contexts:
            context.close()


def axe_findings(page: Page) -> list[str]:
    """Run axe-core, all its rules, on the page as it stands."""
    if not AXE.exists():
        pytest.fail("axe-core is not installed: run bin/test, which does its own set-up")
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {' '.join(map(str, node['target']))}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]
