import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import palkkio.organisations.fields


class Migration(migrations.Migration):
    replaces = [("organisations", "0001_initial"), ("organisations", "0002_account_numbers_wait_for_the_next_payday")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("business_id", models.CharField(max_length=9)),
                ("iban", models.CharField(max_length=34)),
                ("bic", models.CharField(blank=True, max_length=11)),
                ("address", models.TextField(blank=True)),
                ("profile", models.CharField(max_length=60)),
                ("payroll_contact_name", models.CharField(max_length=120)),
                ("payroll_phone", models.CharField(max_length=30)),
                ("payroll_email", models.EmailField(max_length=254)),
                ("pension_policy_number", models.CharField(blank=True, max_length=40)),
                ("accident_policy_number", models.CharField(blank=True, max_length=40)),
                ("accident_insurer_id", models.CharField(blank=True, max_length=9)),
                ("sender_email", models.EmailField(blank=True, max_length=254)),
                ("peer_support_url", models.URLField(blank=True)),
                ("account_change_days", models.PositiveSmallIntegerField(default=5)),
                ("next_numbers", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3)),
                ("name_fi", models.CharField(max_length=60)),
                ("name_sv", models.CharField(max_length=60)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "municipalities",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="one_row_per_municipality")
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("age_from", models.PositiveSmallIntegerField(default=0)),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("takes_callbacks", models.BooleanField(default=False)),
                ("municipalities", models.ManyToManyField(related_name="+", to="organisations.municipality")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DayTypeOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contract_kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("substitute_care", "substitute_care"),
                            ("other_commission", "other_commission"),
                            ("personal_assistance", "personal_assistance"),
                        ],
                        max_length=30,
                    ),
                ),
                ("day_type", models.CharField(max_length=30)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "contract_kind", "day_type"), name="a_day_type_is_offered_once_per_kind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contract_kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("substitute_care", "substitute_care"),
                            ("other_commission", "other_commission"),
                            ("personal_assistance", "personal_assistance"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "schedule series",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "contract_kind"), name="one_series_per_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("deadline_months_after", models.PositiveSmallIntegerField(default=1)),
                ("deadline_day", models.PositiveSmallIntegerField(default=3)),
                (
                    "deadline_shift",
                    models.CharField(
                        choices=[("none", "none"), ("previous", "previous"), ("next", "next")],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "payday_rule",
                    models.CharField(
                        choices=[("last_banking_day", "last_banking_day"), ("day_of_month", "day_of_month")],
                        default="last_banking_day",
                        max_length=20,
                    ),
                ),
                ("payday_months_after", models.PositiveSmallIntegerField(default=1)),
                ("payday_day", models.PositiveSmallIntegerField(default=15)),
                (
                    "payday_shift",
                    models.CharField(
                        choices=[("none", "none"), ("previous", "previous"), ("next", "next")],
                        default="previous",
                        max_length=10,
                    ),
                ),
                ("reminder_days_before", models.JSONField(default=list)),
                ("review_days_before_payday", models.PositiveSmallIntegerField(default=8)),
                ("bank_days_before_payday", models.PositiveSmallIntegerField(default=2)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedules",
                        to="organisations.scheduleseries",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("series"),
                                    models.F("series"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="schedules_of_a_series_do_not_overlap",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("cost_centre", models.CharField(max_length=20)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_callback", models.BooleanField(default=False)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                (
                    "contact_point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="organisations.contactpoint",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "opening hours",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opens__lt", models.F("closes"))), name="hours_open_before_they_close"
                    )
                ],
            },
        ),
    ]
