from django.db import migrations, models

# Conditions and proof ask the sums, of runs that stand as well as of the next.
FILL = """
    UPDATE payroll_proposal AS proposal
       SET sums = jsonb_build_object(
               'lines', (SELECT coalesce(jsonb_agg(jsonb_build_array(
                                    part ->> 'code', part #>> '{period,first}', part #>> '{period,last}',
                                    part ->> 'amount') ORDER BY place), '[]')
                           FROM jsonb_array_elements(result -> 'lines') WITH ORDINALITY AS line (part, place)),
               'deductions', (SELECT coalesce(jsonb_agg(jsonb_build_array(part ->> 'code', part ->> 'amount')
                                                        ORDER BY place), '[]')
                                FROM jsonb_array_elements(result -> 'deductions') WITH ORDINALITY AS line (part, place)))
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0005_pay_that_is_not_periodic")]

    operations = [
        migrations.AddField(model_name="proposal", name="sums", field=models.JSONField(default=dict)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
