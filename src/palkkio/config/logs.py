"""Logs without personal data: one JSON object a line.

What a line never holds: bodies, query strings, form values, and the text of an exception, since the text of a
database error quotes the row. An exception is told by its type, its places in the code and, from the database, the
name of the constraint.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from psycopg import Error as DatabaseError

EXTRA = ("status_code", "job", "task", "run", "batch", "seconds", "count")


class JsonFormatter(logging.Formatter):
    """time, level, name, message; of a request its method and path; of an error its type and places."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage().split("?", 1)[0],
        }
        line |= {
            key: getattr(record, key) for key in EXTRA if isinstance(getattr(record, key, None), int | float | str)
        }
        if (method := getattr(getattr(record, "request", None), "method", None)) is not None:
            line["method"] = method
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = [told(error) for error in chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False, default=str)


def chain(error: BaseException | None) -> list[BaseException]:
    """The error and those that led to it, the last first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def told(error: BaseException) -> dict[str, Any]:
    """An error without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    entry: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if isinstance(error, DatabaseError):
        entry["sqlstate"] = error.sqlstate
        entry["constraint"] = error.diag.constraint_name
    return entry


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything through one handler to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "palkkio.config.logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": level, "propagate": False},
            # Its lines are whole requests and SQL with values in it.
            "django.server": {"handlers": [], "propagate": False},
            "django.db.backends": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
        },
    }
