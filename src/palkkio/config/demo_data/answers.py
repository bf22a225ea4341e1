"""What the bank has said of the demo's payments so far: paid, but for one that came back in the last run."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from palkkio.adapters.bank.sandbox_messages import Fault, answers_to
from palkkio.config.demo_data.organisations import STARTED
from palkkio.core.viewer import Viewer
from palkkio.documents import queries as documents
from palkkio.formats.payment_file import PAIN_09
from palkkio.payments import actions as payments
from palkkio.payments import queries

if TYPE_CHECKING:
    from palkkio.payments.models import Batch

CLOSED = "AC04"
ANSWERS_IN = 2  # banking days
LAST_PAID_IN = 5  # the month in which April's sheets were paid


def agree(clerk: Viewer) -> None:
    """The county's bank answers; the city's files are taken to the bank by hand, and its answers are not read."""
    payments.change_agreement(by=clerk, at=STARTED, version=PAIN_09, cut_off="14:00", answer_days=ANSWERS_IN)


def answer(batch: Batch, *, at: datetime) -> None:
    """The answers to one file, where answers are read: in May one comes back: the account is closed."""
    if queries.terms_of(batch.organisation_id).answer_days is None:
        return
    faults = {}
    if batch.execution_date.month == LAST_PAID_IN:
        faults = {queries.payment_file_of(batch).payments[-1].iban: Fault(True, CLOSED)}
    for name, content in answers_to(documents.content(batch.file), faults).items():
        payments.take_answer(content, batch.organisation_id, name=name, at=at)


def write_faults(folder: Path, organisation_id: int) -> None:
    """Tell the sandbox bank of accounts that are closed: what is paid there comes back once more."""
    folder.mkdir(parents=True, exist_ok=True)
    faults = dict.fromkeys(queries.returned_to(organisation_id), f"returned {CLOSED}")
    (folder / "faults.json").write_text(json.dumps(faults), encoding="utf-8")
