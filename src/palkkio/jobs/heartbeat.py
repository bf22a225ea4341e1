"""When a worker is taken for dead. No tables here: the worker asks before there are any."""

from __future__ import annotations

from datetime import timedelta

DEAD_AFTER = timedelta(seconds=45)  # a worker writes its heartbeat every ten seconds
