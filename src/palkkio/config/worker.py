"""The worker: takes jobs from the queue in PostgreSQL. Any number of them, on any number of machines.

`python -m palkkio.config.worker` runs until it is told to stop; a job under way is let finish. A worker that was
killed leaves its job marked as being done: once its heartbeat is old, another worker takes the job up. Jobs may
therefore run twice, and each is written so that it may.
"""

from __future__ import annotations

import os
import sys

import django
from procrastinate import JobContext
from procrastinate.contrib.django import app

from palkkio.jobs.heartbeat import DEAD_AFTER

KEPT_HOURS = 30 * 24


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_jobs_of_dead_workers", pass_context=True)
async def take_up_jobs_of_dead_workers(context: JobContext, timestamp: int) -> None:
    """Put jobs of killed workers back into the queue; runs every minute on one worker."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER.total_seconds()):
        await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="remove_done_jobs", pass_context=True)
async def remove_done_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that were done a month ago; those that failed stay until somebody has looked at them."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=False)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palkkio.config.settings")
    django.setup()
    from django.core.management import call_command

    from palkkio.rules.figures import read_all

    read_all()
    call_command("procrastinate", "worker", *sys.argv[1:])


if __name__ == "__main__":
    main()
