"""Where the time goes: clocks around the database and around the pure parts, which do not run inside each other."""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from django.db import connection

READING, WRITING, CALCULATING, PDFS, FILES, REST = (
    "reading the database",
    "writing the database",
    "calculating",
    "setting PDFs",
    "writing and checking files",
    "rows, JSON and the rest",
)


class Clocks:
    """Seconds by kind of work, and by step of the run."""

    def __init__(self) -> None:
        self.by_kind: dict[str, float] = defaultdict(float)
        self.measured_in_step: dict[str, float] = {}
        self.by_step: dict[str, float] = {}
        self.statements = 0
        self._replaced: list[tuple[Any, str, Callable[..., Any]]] = []
        self.processor_seconds = 0.0

    @property
    def total(self) -> float:
        return sum(self.by_step.values())

    def share(self, kind: str) -> float:
        """Part of the whole time, 0 to 1; what no clock measured is the rest."""
        spent = self.by_kind[kind] if kind != REST else self.total - sum(self.by_kind.values())
        return spent / self.total

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        start, measured = time.perf_counter(), sum(self.by_kind.values())
        yield
        self.by_step[name] = time.perf_counter() - start
        self.measured_in_step[name] = sum(self.by_kind.values()) - measured

    def of_step(self, name: str) -> float:
        """Seconds of a step that some clock measured."""
        return self.measured_in_step[name]

    @contextmanager
    def running(self) -> Generator[None]:
        """Measure statements sent meanwhile; afterwards functions that were put behind a clock are as before."""
        start = time.process_time()
        try:
            with connection.execute_wrapper(self._statement):
                yield
        finally:
            for module, name, function in reversed(self._replaced):
                setattr(module, name, function)
        self.processor_seconds = time.process_time() - start

    def behind(self, kind: str, module: Any, *names: str) -> None:
        """Put functions of a module, as the module calls them, behind a clock."""
        for name in names:
            function = getattr(module, name)
            self._replaced.append((module, name, function))
            setattr(module, name, self._timed(kind, function))

    def _timed(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                self.by_kind[kind] += time.perf_counter() - start

        return timed

    def _statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            is_read = sql.lstrip()[:6].upper() == "SELECT"
            self.by_kind[READING if is_read else WRITING] += time.perf_counter() - start


def peak_megabytes() -> float:
    """Most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
