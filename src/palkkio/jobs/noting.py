"""Notes why a job did not go through, around every job of a worker."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import Error as DatabaseError
from procrastinate import JobContext
from procrastinate.worker import Worker

logger = logging.getLogger(__name__)
LENGTH = 300


def note_trouble(go_on: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Does the job. What it raises is noted and goes on its way; a job that goes through forgets what was noted."""
    try:
        done = go_on()
    except Exception as error:
        _note(context.job.id, text_of(error))
        raise
    _note(context.job.id, "")
    return done


def text_of(error: BaseException) -> str:
    """An error of ours in its own words; of another its kind alone, since its text may quote a row."""
    if type(error).__module__.startswith("palkkio."):
        return str(error)[:LENGTH] or type(error).__name__
    return type(error).__name__


def _note(job_id: int | None, text: str) -> None:
    from palkkio.jobs.models import JobTrouble  # settings name this module before there are models

    if job_id is None:
        return
    try:
        if text:
            JobTrouble.objects.update_or_create(pk=job_id, defaults={"at": datetime.now(UTC), "text": text})
        else:
            JobTrouble.objects.filter(pk=job_id).delete()
    except DatabaseError:
        logger.warning("Why a job failed could not be noted", extra={"job": job_id})
