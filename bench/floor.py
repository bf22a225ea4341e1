"""The floor: all rows that the run wrote, by COPY into tables like theirs, with every key and without triggers."""

from __future__ import annotations

import tempfile
import time

from django.db import connection, transaction

# Tables that only the run wrote. Files are not among them: XML counts in the time, not in the ratio.
WRITTEN = (
    "payroll_runpart",
    "payroll_proposal",
    "payroll_payslip",
    "payroll_payslipline",
    "payroll_paidrevision",
    "payments_payment",
    "reporting_report",
    "reporting_voucherline",
)
_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname
"""
BLOCK = 1 << 18


def seconds() -> float:
    """Seconds to take the rows in again: indexes, unique and foreign keys, checks and the commit included."""
    spent = 0.0
    for table in WRITTEN:
        with tempfile.TemporaryFile() as kept, connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as out:
                for block in out:
                    kept.write(block)
            cursor.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(_KEYS, [table])
            for name, definition in cursor.fetchall():
                cursor.execute(f'ALTER TABLE floor_{table} ADD CONSTRAINT "{name}" {definition}')
            kept.seek(0)
            start = time.perf_counter()
            with (
                transaction.atomic(),
                cursor.copy(f"COPY floor_{table} FROM STDIN (FORMAT binary)") as into,
            ):
                while block := kept.read(BLOCK):
                    into.write(block)
            spent += time.perf_counter() - start
            cursor.execute(f"DROP TABLE floor_{table}")
    return spent
