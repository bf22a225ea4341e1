"""Clocks around the writing and checking of files, and around the steps of a run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

FILES = "writing and checking files"


class Clocks:
    """Seconds by kind of work, and by step of the run."""

    def __init__(self) -> None:
        self.by_kind: dict[str, float] = defaultdict(float)
        self.by_step: dict[str, float] = {}
        self.say: Callable[[str], None] = lambda _text: None

    @property
    def total(self) -> float:
        return sum(self.by_step.values())

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        start = time.perf_counter()
        yield
        self.by_step[name] = time.perf_counter() - start
        self.say(f"  {name}: {self.by_step[name]:.1f} s")

    def behind(self, kind: str, module: Any, *names: str) -> None:
        """Put functions of a module, as the module calls them, behind a clock."""
        for name in names:
            setattr(module, name, self._timed(kind, getattr(module, name)))

    def _timed(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                self.by_kind[kind] += time.perf_counter() - start

        return timed


def watch_files(clocks: Clocks) -> None:
    """What makes and checks XML and CSV; none of them runs inside another or asks the database."""
    from palkkio.payments import writing
    from palkkio.reporting import storing, vouchers

    clocks.behind(FILES, writing.files, "write_payment_file")
    clocks.behind(FILES, writing, "check_payment_file")
    clocks.behind(FILES, storing.register, "report_of_paid", "write_delivery", "check_deliveries")
    clocks.behind(FILES, vouchers.ledger, "voucher_of_payslips", "write_vouchers")
