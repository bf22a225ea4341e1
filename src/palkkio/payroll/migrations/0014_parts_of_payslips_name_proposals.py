from django.db import migrations

# Parts that are not done yet when the program changes: the contracts that they name become their proposals.
TO_PROPOSALS = """
    UPDATE payroll_runpart part
       SET ids = ARRAY(SELECT proposal.id FROM payroll_proposal proposal
                        WHERE proposal.run_id = part.run_id AND proposal.contract_id = ANY(part.ids)
                        ORDER BY proposal.position)
     WHERE part.step = 'produce' AND part.done_at IS NULL
"""
TO_CONTRACTS = """
    UPDATE payroll_runpart part
       SET ids = ARRAY(SELECT proposal.contract_id FROM payroll_proposal proposal
                        WHERE proposal.run_id = part.run_id AND proposal.id = ANY(part.ids)
                        ORDER BY proposal.position)
     WHERE part.step = 'produce' AND part.done_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0013_sums_are_in_the_result"),
    ]

    operations = [
        migrations.RunSQL(TO_PROPOSALS, TO_CONTRACTS),
    ]
