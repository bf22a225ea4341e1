"""What pages read of comments, notices and call-back requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment of a thread.

    is_staff  written by the county
    is_mine   the viewer wrote it; can_change: and may still edit or delete it
    """

    id: int
    about: str
    object_id: int
    day: date | None
    text: str
    author_name: str
    is_staff: bool
    is_mine: bool
    written_at: datetime
    edited_at: datetime | None
    processed_at: datetime | None
    can_change: bool
    can_process: bool

    @property
    def is_processed(self) -> bool:
        return self.processed_at is not None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice.

    object_id  SHEET_RETURNED and DEADLINE_NEAR: sheet; PAYSLIP_READY: payslip; COMMENT_ANSWERED: comment;
               CHANGE_HANDLED: change report
    about, matter_id   of the comment that a COMMENT_ANSWERED is about: sheet, contract or other
    """

    id: int
    person_id: int
    kind: str
    object_id: int
    created_at: datetime
    is_read: bool
    about: str = ""
    matter_id: int | None = None


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """Somebody waits to be called."""

    id: int
    contact_point: str
    person_id: int | None
    name: str
    phone: str
    topic: str
    asked_at: datetime
    handled_at: datetime | None
