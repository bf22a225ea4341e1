"""Tries a failed job again; every job may run twice."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_noop as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from palkkio.audit.actions import record
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.jobs import access
from palkkio.organisations.access import one


@transaction.atomic
def try_job_again(job_id: int, *, by: Viewer, at: datetime) -> None:
    """Put a failed job back into the queue. Raises NotAllowed, WrongState if it has not failed or waits already."""
    by.require(*access.SEEING)
    job = one(access.jobs(by), job_id)
    if job.status != "failed":
        raise WrongState(_("The job is under way, or waits for its turn."))
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.pk, retry_at=at)
    except (ConnectorException, DatabaseError) as error:
        raise WrongState(_("The same job waits in the queue already.")) from error
    record("try_job_again", by=by, at=at, object_kind="job", object_id=job.pk, details={"task": job.task_name})
