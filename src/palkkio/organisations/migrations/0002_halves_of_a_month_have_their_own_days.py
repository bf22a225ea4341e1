from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_squashed"),
    ]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="half_deadline_day",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="schedule",
            name="half_deadline_months_after",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="schedule",
            name="half_payday_day",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="schedule",
            name="half_payday_months_after",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="schedule",
            name="half_payday_rule",
            field=models.CharField(
                blank=True,
                choices=[("last_banking_day", "last_banking_day"), ("day_of_month", "day_of_month")],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="paper_days_before_payday",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("half_deadline_day__isnull", True),
                        ("half_deadline_months_after__isnull", True),
                        ("half_payday_day__isnull", True),
                        ("half_payday_months_after__isnull", True),
                        ("half_payday_rule", ""),
                    ),
                    models.Q(
                        models.Q(("half_payday_rule", ""), _negated=True),
                        ("half_deadline_day__isnull", False),
                        ("half_deadline_months_after__isnull", False),
                        ("half_payday_day__isnull", False),
                        ("half_payday_months_after__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_half_month_has_all_its_rules_or_none",
            ),
        ),
    ]
