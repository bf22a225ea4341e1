from __future__ import annotations

from django.db import models


class JobTrouble(models.Model):
    """Why a job of the queue did not go through when it was last tried; the row goes when it does, or with the job."""

    job_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    text = models.CharField(max_length=300)  # without personal data

    def __str__(self) -> str:
        return f"job {self.job_id}"
