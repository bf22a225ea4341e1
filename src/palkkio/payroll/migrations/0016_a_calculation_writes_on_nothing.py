from django.db import migrations

# A run under calculation when the program changes begins again: its parts do not take back what stood before any more.
BEGIN_AGAIN = """
    DELETE FROM payroll_runpart WHERE step = 'calculate'
        AND run_id IN (SELECT id FROM payroll_run WHERE state = 'calculating')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0015_what_is_made_together_needs_no_key"),
    ]

    operations = [
        migrations.RunSQL(BEGIN_AGAIN, migrations.RunSQL.noop),
    ]
