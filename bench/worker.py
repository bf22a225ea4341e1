"""`python -m bench.worker FILE`: a worker as in production whose files are behind a clock; at its end it tells FILE."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import django


def main(told: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palkkio.config.settings")
    django.setup()
    from django.core.management import call_command

    from bench.clocks import Clocks, watch_files
    from palkkio.rules.figures import read_all

    clocks = Clocks()
    watch_files(clocks)
    read_all()  # as a worker in production has before its first job
    start = time.process_time()
    try:
        call_command("procrastinate", "worker", "--concurrency", "1")
    finally:
        figures = {
            "files": sum(clocks.by_kind.values()),
            "processor": time.process_time() - start,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        Path(told).write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
