"""A real worker that makes payslips and PDFs five at a time, so that a test can stop it between and within steps."""

from __future__ import annotations

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palkkio.config.settings")
    django.setup()
    from django.core.management import call_command

    from palkkio.payroll.actions import calculating, documents, producing

    calculating.PAYEES_AT_ONCE = producing.PAYSLIPS_AT_ONCE = documents.DOCUMENTS_AT_ONCE = 5
    call_command("procrastinate", "worker", *sys.argv[1:])


if __name__ == "__main__":
    main()
