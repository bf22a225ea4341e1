import django.db.models.deletion
from django.db import migrations, models

NAME = """
    UPDATE payroll_payslip AS slip
       SET proposal_id = proposal.id
      FROM payroll_proposal AS proposal
     WHERE proposal.run_id = slip.run_id AND proposal.contract_id = slip.contract_id
"""

# What a payslip was frozen with has the last word.
KEEP = """
    UPDATE payroll_proposal AS proposal
       SET facts = slip.facts, result = slip.result
      FROM payroll_payslip AS slip
     WHERE slip.proposal_id = proposal.id AND (proposal.facts <> slip.facts OR proposal.result <> slip.result)
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0006_sums_beside_results")]

    operations = [
        migrations.AddField(
            model_name="payslip",
            name="proposal",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payslip",
                to="payroll.proposal",
            ),
        ),
        migrations.RunSQL(NAME, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="payslip",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="payslip", to="payroll.proposal"
            ),
        ),
    ]
