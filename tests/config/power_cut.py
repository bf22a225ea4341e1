"""`python -m tests.config.power_cut STEP`: a run on the database of DATABASE_URL, for the test that cuts its power."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import django

PAYEES = 60
PAYEES_A_PART = 5


def main(step: str, kept: Path) -> None:
    django.setup()
    from django.core.management import call_command
    from tests import factories

    from bench import measure, seed
    from palkkio.payroll import actions
    from palkkio.payroll.actions import calculating, producing
    from palkkio.payroll.models import Run
    from palkkio.reporting import actions as reporting
    from palkkio.reporting import deliveries

    calculating.PAYEES_AT_ONCE = producing.PAYSLIPS_AT_ONCE = deliveries.REPORTS_AT_ONCE = PAYEES_A_PART
    at = factories.NOW
    if step == "seed":
        call_command("migrate", verbosity=0, interactive=False)
        who = seed.county(PAYEES, 10)
        kept.write_bytes(pickle.dumps(who))
        actions.propose_run(by=who.proposer, at=at, payday=measure.PAYDAY)
        return
    who = pickle.loads(kept.read_bytes())  # our own, written by the step before
    run = Run.objects.get()
    if step == "calculate":
        actions.calculate_run(run.pk, at=at)
    elif step == "produce":
        if run.state == Run.State.PROPOSED:
            actions.approve_run(run.pk, by=who.approver, at=at, proposal=run.proposal)
        reporting.finish_run(run.pk, at=at)
    elif step == "check":
        measure.check(run, PAYEES)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
